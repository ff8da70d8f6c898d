//! Topics: contact types that are about the same, by whatever channel and number.

/// The topics of a center; none where no contact type names one.
#[derive(Clone, Debug, Default)]
pub struct Topics {
    /// In the order of their names.
    pub names: Vec<String>,
    /// By contact type: its topic's place among the names.
    pub of_type: Vec<u16>,
}

impl Topics {
    /// The topic of a contact type.
    pub fn name_of(&self, contact_type: usize) -> Option<&str> {
        self.of_type.get(contact_type).map(|&topic| &*self.names[usize::from(topic)])
    }
}
