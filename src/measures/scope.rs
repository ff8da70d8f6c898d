//! What a number is about: what is counted, and over whom.

/// What is counted once (DESIGN 5): three bases of fates, never in one column, and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// A stay in a queue: the ACD's view.
    Leg,
    /// An attempt, from its first queue entry to its first answer.
    Contact,
    /// What a citizen wanted, over all attempts.
    Need,
    /// Time that passed: agents', queues'.
    Time,
    /// What an office does for a citizen.
    Case,
    /// A try at a counter.
    Visit,
    /// A dial of a campaign.
    Dial,
}

impl Basis {
    /// Of a target.
    pub(super) fn of_target(basis: crate::scenario::Basis) -> Basis {
        match basis {
            crate::scenario::Basis::Leg => Basis::Leg,
            crate::scenario::Basis::Contact => Basis::Contact,
            crate::scenario::Basis::Need => Basis::Need,
        }
    }

    /// As files write it.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Leg => "leg",
            Basis::Contact => "contact",
            Basis::Need => "need",
            Basis::Time => "time",
            Basis::Case => "case",
            Basis::Visit => "visit",
            Basis::Dial => "dial",
        }
    }
}

/// Over whom a number is summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeKind {
    /// The whole center.
    Whole,
    /// A contact type.
    ContactType,
    /// A queue.
    Queue,
    /// An agent group.
    AgentGroup,
    /// All groups of a tier.
    Tier,
    /// All groups of a vendor.
    Vendor,
    /// All groups at a site.
    Site,
    /// A segment of citizens.
    Profile,
    /// An access number.
    Number,
    /// An office.
    Office,
    /// A case type.
    CaseType,
    /// All contact types that come by a channel, where there is another than voice.
    Channel,
    /// What citizens visit counters for.
    Service,
    /// A counter.
    Counter,
    /// Where citizens live.
    District,
    /// Persons whom the center calls.
    Campaign,
    /// All contact types of a topic, where any names one.
    Topic,
    /// A target: the contacts that it is about, on its basis.
    Target,
}

impl ScopeKind {
    /// All kinds, in the order of the files.
    pub const ALL: [ScopeKind; 18] = [
        ScopeKind::Whole,
        ScopeKind::ContactType,
        ScopeKind::Queue,
        ScopeKind::AgentGroup,
        ScopeKind::Tier,
        ScopeKind::Vendor,
        ScopeKind::Site,
        ScopeKind::Profile,
        ScopeKind::Number,
        ScopeKind::Office,
        ScopeKind::CaseType,
        ScopeKind::Channel,
        ScopeKind::Service,
        ScopeKind::Counter,
        ScopeKind::District,
        ScopeKind::Campaign,
        ScopeKind::Topic,
        ScopeKind::Target,
    ];

    /// As files write it.
    pub fn name(self) -> &'static str {
        match self {
            ScopeKind::Whole => "whole",
            ScopeKind::ContactType => "contact_type",
            ScopeKind::Queue => "queue",
            ScopeKind::AgentGroup => "agent_group",
            ScopeKind::Tier => "tier",
            ScopeKind::Vendor => "vendor",
            ScopeKind::Site => "site",
            ScopeKind::Profile => "profile",
            ScopeKind::Number => "number",
            ScopeKind::Office => "office",
            ScopeKind::CaseType => "case_type",
            ScopeKind::Channel => "channel",
            ScopeKind::Service => "service",
            ScopeKind::Counter => "counter",
            ScopeKind::District => "district",
            ScopeKind::Campaign => "campaign",
            ScopeKind::Topic => "topic",
            ScopeKind::Target => "target",
        }
    }
}

/// One of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// The kind.
    pub kind: ScopeKind,
    /// Its row in the model's table; a tier's number less 1; 0 for the whole.
    pub index: u16,
}

impl Scope {
    /// The whole center.
    pub const WHOLE: Scope = Scope { kind: ScopeKind::Whole, index: 0 };

    /// Row `index` of a kind.
    pub fn new(kind: ScopeKind, index: usize) -> Scope {
        Scope { kind, index: index as u16 }
    }
}
