//! How talks end where profile or agent group make a difference.

use super::{ContactTypeId, GroupId, Outcomes, ProfileId};

/// The outcome table of every contact type, profile and group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutcomeTables {
    /// By contact type, profile and group: which of `tables`.
    pub rows: Vec<u32>,
    /// The distinct tables.
    pub tables: Vec<Outcomes>,
    /// Number of profiles.
    pub profiles: usize,
    /// Number of groups.
    pub groups: usize,
}

impl OutcomeTables {
    /// All tables of a row of contact types.
    pub fn of_type(&self, contact_type: usize) -> impl Iterator<Item = &Outcomes> {
        let width = self.profiles * self.groups;
        self.rows[contact_type * width..(contact_type + 1) * width]
            .iter()
            .map(|&table| &self.tables[table as usize])
    }

    /// How a talk of a profile about a contact type ends with an agent of a group.
    #[inline]
    pub fn of(&self, contact_type: ContactTypeId, profile: ProfileId, group: GroupId) -> &Outcomes {
        let row = (contact_type.index() * self.profiles + profile.index()) * self.groups + group.index();
        &self.tables[self.rows[row] as usize]
    }
}
