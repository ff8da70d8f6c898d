//! What citizens want, how long that takes and how talks end.

use super::ContactTypeId;
use crate::random::Distribution;
use crate::time::SimDuration;

/// A topic on a channel.
#[derive(Clone, Debug)]
pub struct ContactType {
    /// Its name.
    pub name: String,
    /// How it comes in.
    pub channel: super::Channel,
    /// How often its citizens fall silent in a chat; `None`: never.
    pub idle_out: Option<super::IdleOut>,
    /// When the answer is due, of what is written; `None`: whenever.
    pub answer_due: Option<Box<super::AnswerDue>>,
    /// How long its callers wait; `None`: for ever.
    pub patience: Option<Distribution>,
    /// Whether all attempts of a need have the patience of the first.
    pub keeps_patience: bool,
    /// Talk and wrap-up, by tier: `[tier - 1]`.
    pub handling: [Handling; TIERS],
    /// How a talk ends, by tier: `[tier - 1]`.
    pub outcome: [Outcomes; TIERS],
    /// What is opened where a talk ends with a case; there where one may.
    pub case: Option<super::CaseChoice>,
    /// How often an attempt is passed on at most.
    pub passed_on_at_most: u8,
    /// How what is escalated is handed over; `None`: cold.
    pub warm: Option<WarmTransfer>,
    /// How agents ask others, where talks may end with a consultation.
    pub consultation: Option<Box<Consultation>>,
    /// Probability of leaving at once when nobody is free.
    pub balking: f64,
    /// Citizens who try the web site first; `None`: nobody.
    pub web: Option<Box<super::WebFirst>>,
    /// After a talk that ended unresolved.
    pub after_unresolved: Option<Retrial>,
    /// After hanging up (balking included).
    pub after_abandonment: Option<Retrial>,
    /// After being refused or sent away.
    pub after_blocking: Option<Retrial>,
    /// Answered within this is in time.
    pub within: SimDuration,
}

/// Tiers that answer contacts.
pub const TIERS: usize = 2;
/// The tier of offices, which answer no contacts.
pub const OFFICES_TIER: u8 = 3;

/// How long an agent is busy with a contact.
#[derive(Clone, Debug)]
pub struct Handling {
    /// Talk and hold.
    pub service_time: Distribution,
    /// Work after it; `None`: none.
    pub wrap_up: Option<Distribution>,
}

/// An escalation at which the first agent stays until the second takes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WarmTransfer {
    /// How long at most.
    pub limit: SimDuration,
    /// How the contact ends then; `None`: the transfer is cold.
    pub otherwise: Option<Outcome>,
    /// How long both speak with the caller.
    pub introduction: SimDuration,
}

/// How an agent of tier 1 asks one of tier 2 while the caller holds.
#[derive(Clone, Debug)]
pub struct Consultation {
    /// How long the two speak.
    pub time: Distribution,
    /// How long the first speaks with the caller afterwards; `None`: not at all.
    pub conclusion: Option<Distribution>,
    /// Work of the second after it; `None`: none.
    pub wrap_up: Option<Distribution>,
    /// How long the first waits for a second at most.
    pub limit: SimDuration,
    /// How the contact ends then.
    pub otherwise: Outcome,
    /// How it ends after a consultation.
    pub outcome: Outcomes,
}

impl Consultation {
    /// Every way in which it may end.
    pub fn ends(&self) -> impl Iterator<Item = Outcome> + '_ {
        self.outcome.outcome.iter().copied().chain([self.otherwise])
    }
}

/// Outcomes of a talk in declared order; the last takes the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcomes {
    /// Cumulative probability of each.
    pub cumulative: Vec<f64>,
    /// What each means.
    pub outcome: Vec<Outcome>,
}

/// How a talk ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The need is met.
    Resolved,
    /// The contact goes to the next tier.
    Escalated,
    /// The talk did not help; the citizen may contact the center again.
    Unresolved,
    /// A case is opened to an office.
    Case,
    /// A visit to a counter is booked.
    Booking,
    /// The contact was with the wrong department: it is routed again at the same tier.
    WrongDepartment,
    /// Tier 2 sends the contact back to tier 1.
    SentBack,
    /// The caller chose wrongly in the menu: the contact is routed anew by what it wants. No table has this.
    Misrouted,
    /// The agent asks another one, and the contact ends as that turns out. No leg is told so: it has the outcome in the end.
    Consulted,
}

impl Outcome {
    /// What a contact is bound for after a talk at `tier` that ended so; `None`: it leaves the center.
    #[inline]
    pub fn passes_on(self, tier: u8) -> Option<Bound> {
        match self {
            Outcome::Resolved
            | Outcome::Unresolved
            | Outcome::Case
            | Outcome::Booking
            | Outcome::Consulted => None,
            Outcome::Escalated => Some(Bound::new(tier + 1, false)),
            Outcome::WrongDepartment => Some(Bound::new(tier, true)),
            Outcome::SentBack => Some(Bound::new(1, true)),
            Outcome::Misrouted => Some(Bound::First),
        }
    }
}

/// What a contact is bound for when it is routed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Bound {
    /// Tier 1, as all new contacts.
    First,
    /// Tier 2, by an escalation.
    Second,
    /// Tier 1 after a talk with the wrong department, or sent back by tier 2.
    FirstAgain,
    /// Tier 2 after a talk with the wrong department.
    SecondAgain,
}

impl Bound {
    /// All of them; the place is the number.
    pub const ALL: [Bound; 2 * TIERS] = [Bound::First, Bound::Second, Bound::FirstAgain, Bound::SecondAgain];

    /// For `tier` (above the last: the last), redirected or not.
    pub fn new(tier: u8, redirected: bool) -> Bound {
        let tier = usize::from(tier).clamp(1, TIERS);
        Bound::ALL[usize::from(redirected) * TIERS + tier - 1]
    }

    /// The tier.
    pub fn tier(self) -> u8 {
        self as u8 % TIERS as u8 + 1
    }

    /// Whether it comes from a talk that ended as wrong department or sent back.
    pub fn is_redirected(self) -> bool {
        self as usize >= TIERS
    }
}

/// Whether and when a citizen tries again.
#[derive(Clone, Debug)]
pub struct Retrial {
    /// Probability of another attempt.
    pub probability: f64,
    /// Time until it.
    pub delay: Distribution,
    /// Attempts in all, the first included.
    pub at_most: u32,
    /// As what else some of them come; `None`: all as before.
    pub instead: Option<Box<Instead>>,
}

/// As what those come who do not try again as before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// As another contact type.
    Contact(ContactTypeId),
    /// To a counter, for a service.
    Visit(super::ServiceId),
}

/// What some of those who try again do instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Instead {
    /// Cumulative parts; what is left to 1 comes as before.
    pub cumulative: Vec<f64>,
    /// What each part does.
    pub turns: Vec<Turn>,
}
