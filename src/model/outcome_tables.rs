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
    /// How a talk of a profile about a contact type ends with an agent of a group.
    #[inline]
    pub fn of(&self, contact_type: ContactTypeId, profile: ProfileId, group: GroupId) -> &Outcomes {
        let row = (contact_type.index() * self.profiles + profile.index()) * self.groups + group.index();
        &self.tables[self.rows[row] as usize]
    }
}
