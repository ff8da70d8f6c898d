//! Typed indices into the model's tables.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u16);

        impl $name {
            /// The id of row `index`. Tables are checked to be shorter than 65,536 rows when the model is compiled.
            #[inline]
            pub fn from_index(index: usize) -> Self {
                debug_assert!(index <= u16::MAX as usize);
                $name(index as u16)
            }

            /// The row.
            #[inline]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

ids! {
    /// A row of [`Model::processes`](super::Model::processes).
    ProcessId,
    /// A row of [`Model::contact_types`](super::Model::contact_types).
    ContactTypeId,
    /// A row of [`Model::profiles`](super::Model::profiles).
    ProfileId,
    /// A row of [`Model::numbers`](super::Model::numbers).
    NumberId,
    /// A row of [`Model::trunks`](super::Model::trunks).
    TrunkId,
    /// A row of [`Greetings::menus`](super::Greetings::menus).
    MenuId,
    /// A row of [`Model::queues`](super::Model::queues).
    QueueId,
    /// A row of [`Model::lanes`](super::Model::lanes).
    LaneId,
    /// A row of [`Model::rules`](super::Model::rules).
    RuleId,
    /// A row of [`Model::groups`](super::Model::groups).
    GroupId,
    /// A row of [`Model::vendors`](super::Model::vendors).
    VendorId,
    /// A row of [`Model::sites`](super::Model::sites).
    SiteId,
    /// A row of [`Model::openings`](super::Model::openings).
    OpeningId,
    /// A row of [`Model::offices`](super::Model::offices).
    OfficeId,
    /// A row of [`Model::offers`](super::Model::offers).
    OfferId,
    /// A row of [`Model::case_types`](super::Model::case_types).
    CaseTypeId,
    /// A row of [`Model::campaigns`](super::Model::campaigns).
    CampaignId,
    /// A row of [`Counters::counters`](super::Counters::counters).
    CounterId,
    /// A row of [`Counters::services`](super::Counters::services).
    ServiceId,
    /// An agent of the whole center: groups follow one another, so that a group's agents are a range.
    AgentId,
}
