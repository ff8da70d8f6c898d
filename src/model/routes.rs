//! Which rule takes whom.

use super::{Bound, ContactTypeId, GroupId, LaneId, NumberId, OpeningId, QueueId, RuleId, Select, TIERS};
use crate::time::SimDuration;

/// A routing rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// Where its contacts wait.
    pub queue: QueueId,
    /// In which lane.
    pub lane: LaneId,
    /// The step that contacts have reached on entering: the last that begins at once.
    pub entry_step: u8,
    /// By step: the groups that may serve, in the order in which a new contact is offered to them.
    pub offers: Vec<Vec<GroupId>>,
    /// By step: those of `offers` that the step brings.
    pub added: Vec<Vec<GroupId>>,
    /// Whether steps of the queue have conditions.
    pub conditional: bool,
    /// Whether the queue tells its callers anything.
    pub tells: bool,
    /// Whether it does something with a contact that enters: counts it, or prefers its last agent.
    pub minds_entries: bool,
    /// The queue's way of selecting an idle agent of a group.
    pub select: Select,
    /// When it applies; `None`: always.
    pub condition: Option<OpeningId>,
    /// What else it asks; `None`: nothing.
    pub asks: Option<Box<super::Asks>>,
    /// Whether and how a known caller goes to the agent who served the need last.
    pub last_agent: Option<LastAgent>,
}

/// How a rule prefers the agent who served a need last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastAgent {
    /// The tier that the rule's contacts are bound for.
    pub tier: u8,
    /// How long a contact waits for a busy agent before anybody else may take it.
    pub wait_at_most: SimDuration,
}

impl Rule {
    /// Whether it takes whatever contact of its class comes, at any hour.
    pub fn takes_all(&self) -> bool {
        self.condition.is_none() && self.asks.is_none()
    }

    /// How many contacts it takes, if there is a bound.
    #[inline]
    pub fn band(&self) -> Option<super::Band> {
        self.asks.as_ref()?.band
    }
}

/// Which rules may take a contact, by what never changes of it. Built by `routing`'s caller from the rules' conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Routes {
    /// By [`Routes::class`] and tier: a range of `candidates`.
    pub ranges: Vec<(u32, u32)>,
    /// Rules in the order in which they are tried; only the last of a range has no condition, or a closed door follows.
    pub candidates: Vec<RuleId>,
    /// By class: the first candidate, where nothing is asked before it takes a contact; shorter where nobody has looked.
    pub certain: Vec<Option<RuleId>>,
    /// Number of profiles.
    pub profiles: usize,
    /// Number of access numbers.
    pub numbers: usize,
    /// Whether a rule asks if a contact was redirected; otherwise those who were share a class with those who were not.
    pub redirects: bool,
}

impl Routes {
    /// The class of a contact: type, profile, number, recognised or not, what it is bound for.
    #[inline]
    pub fn class(
        &self,
        contact_type: ContactTypeId,
        profile: super::ProfileId,
        number: NumberId,
        recognised: bool,
        bound: Bound,
    ) -> usize {
        let caller = (contact_type.index() * self.profiles + profile.index()) * self.numbers + number.index();
        let bounds = self.bounds();
        // A power of two: those who are bound otherwise than they may be are as if they were not.
        (caller * 2 + usize::from(recognised)) * bounds + (bound as usize & (bounds - 1))
    }

    /// How many kinds of [`Bound`] have classes of their own.
    #[inline]
    pub fn bounds(&self) -> usize {
        if self.redirects { 2 * TIERS } else { TIERS }
    }

    /// The rule that takes whatever contact of a class comes, if it is known to be the first to try.
    #[inline]
    pub fn certain(&self, class: usize) -> Option<RuleId> {
        self.certain.get(class).copied().flatten()
    }

    /// The rules to try for a class, in order.
    #[inline]
    pub fn candidates(&self, class: usize) -> &[RuleId] {
        let (start, end) = self.ranges[class];
        &self.candidates[start as usize..end as usize]
    }
}
