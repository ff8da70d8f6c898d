//! The rows of the compiled scenario: everything resolved, indexed and checked.
//!
//! Tables are sorted by name as bytes, so that an index is also the order in which ties are broken. Nothing here
//! changes during a run and nothing can fail: what could was refused by `compile`.

use std::ops::Range;

use super::{
    Adherence, Certain, Conditions, ContactTypeId, ExpectedWait, GroupId, GroupTenure, LaneId, Listed,
    NumberId, OpeningId, ProcessId, QueueId, RuleId, ScheduledHeads, ShiftPlan, Shrinkage, SiteId, TrunkId,
    VendorId,
};
use crate::random::Distribution;
use crate::time::{SimDuration, SimTime};

/// From when to when, and how time divides.
#[derive(Clone, Debug, PartialEq)]
pub struct RunClock {
    /// Time zero in microseconds of Unix time: the start less the run-in, or less the longest wait of those who wait then.
    pub zero_unix_us: i64,
    /// From when on people work and needs come: time zero, or the start where contacts wait already.
    pub begins: SimTime,
    /// The start: what entered before it is not counted.
    pub count_from: SimTime,
    /// The horizon H: from here on nothing new starts.
    pub horizon: SimTime,
    /// Length of a period in microseconds.
    pub period_us: u64,
    /// How many periods lie between `count_from` and `horizon`.
    pub periods: u32,
    /// The absolute quarter-hour (Unix time / 900 s) that holds time zero.
    pub first_cell: u64,
    /// How many quarter-hours the run touches.
    pub cells: u32,
}

/// Length of an arrival cell in microseconds: an absolute quarter-hour, whatever the period.
pub const CELL_US: u64 = 900_000_000;

impl RunClock {
    /// The counted period that holds `at`: before the start the first, from the horizon on the last.
    #[inline]
    pub fn period(&self, at: SimTime) -> u32 {
        let period = at.since(self.count_from).as_us() / self.period_us;
        (period as u32).min(self.periods - 1)
    }

    /// When counted period `index` starts.
    #[inline]
    pub fn period_start(&self, index: u32) -> SimTime {
        self.count_from + SimDuration::from_us(self.period_us * u64::from(index))
    }

    /// Microseconds of Unix time.
    pub fn unix_us(&self, at: SimTime) -> i64 {
        self.zero_unix_us + at.as_us() as i64
    }

    /// Where cell `cell` (counted from the first) starts; `None` for a first cell that began before time zero.
    pub fn cell_start(&self, cell: u32) -> i64 {
        (self.first_cell + u64::from(cell)) as i64 * CELL_US as i64 - self.zero_unix_us
    }
}

/// An arrival process: expected first attempts by cell.
#[derive(Clone, Debug)]
pub struct Process {
    /// Its name.
    pub name: String,
    /// What its random numbers are keyed by: the hash of its `key`, or of its name.
    pub key: u64,
    /// What its contacts want.
    pub contact_type: ContactTypeId,
    /// What they dial.
    pub number: NumberId,
    /// Expected first attempts by cell at busyness 1, one value a cell of the run.
    pub mean: Vec<f64>,
    /// Cells within which the rate changes: sorted by cell; all others are even.
    pub uneven: Vec<UnevenCell>,
    /// What multiplies the mean, if anything.
    pub busyness: Option<usize>,
    /// Needs that are there for certain, in place of a Poisson number by cell; `mean` is then what comes of them.
    pub certain: Option<Certain>,
    /// Whose citizens they are.
    pub citizens: Citizens,
}

/// Whose citizens a process brings.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Citizens {
    /// Its own.
    #[default]
    Own,
    /// Its own, some of whom are of another contact type.
    Split(Box<Split>),
    /// Those that another process splits off; `mean` is then its part.
    Anothers,
}

/// How a process shares its citizens out.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Expected first attempts by cell of all parts together, from which their number is drawn; `mean` of the process is what is left to
    /// itself.
    pub drawn: Vec<f64>,
    /// Cumulative shares of the parts; the last is the rest, the process's own.
    pub cumulative: Vec<f64>,
    /// What the citizens of each part want, and what they dial.
    pub parts: Vec<(ContactTypeId, NumberId)>,
}

impl Process {
    /// Expected first attempts of a cell whose citizens the process draws.
    #[inline]
    pub fn drawn_mean(&self, cell: usize) -> f64 {
        match &self.citizens {
            Citizens::Own => self.mean[cell],
            Citizens::Split(split) => split.drawn[cell],
            Citizens::Anothers => 0.0,
        }
    }

    /// Its needs, if they are known one by one.
    pub fn listed(&self) -> Option<&Listed> {
        match &self.certain {
            Some(Certain::Listed(listed) | Certain::Waiting(listed)) => Some(listed),
            _ => None,
        }
    }

    /// Whether its contacts wait already when the run begins.
    pub fn waits_at_start(&self) -> bool {
        matches!(self.certain, Some(Certain::Waiting(_)))
    }
}

/// A cell within which the rate changes.
#[derive(Clone, Debug, PartialEq)]
pub struct UnevenCell {
    /// The cell, counted from the run's first.
    pub cell: u32,
    /// Pieces in order of time: (end of the piece as an offset into the cell in microseconds, cumulative share of
    /// the cell's mean at that end). The first piece starts at `first_offset_us`; the last share is 1.
    pub pieces: Vec<(u64, f64)>,
    /// Where the first piece starts.
    pub first_offset_us: u64,
}

impl UnevenCell {
    /// Where in the cell the need with this uniform begins: the inverse of the cumulative rate.
    pub fn offset(&self, uniform: f64) -> u64 {
        let (mut from, mut share_from) = (self.first_offset_us, 0.0);
        for &(until, share) in &self.pieces {
            if uniform < share {
                let into = (uniform - share_from) / (share - share_from);
                return from + (into * (until - from) as f64) as u64;
            }
            (from, share_from) = (until, share);
        }
        from.saturating_sub(1)
    }
}

/// What known events make of something, talk and hold or the probability to try again, of the needs that begin on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct EventFactors {
    /// The day ([`CellDate::day`]) of the run's first cell.
    pub first_day: u32,
    /// By process: one factor a day of the run; empty where all are 1.
    pub by_process: Vec<Vec<f64>>,
}

impl EventFactors {
    /// The factor for needs of a process that begin on a day.
    #[inline]
    pub fn times(&self, process: ProcessId, day: u32) -> f64 {
        let by_day = &self.by_process[process.index()];
        by_day.get(day.wrapping_sub(self.first_day) as usize).copied().unwrap_or(1.0)
    }
}

/// A busyness factor: independent levels that multiply.
#[derive(Clone, Debug, PartialEq)]
pub struct BusynessFactor {
    /// Its name.
    pub name: String,
    /// Hash of the name.
    pub key: u64,
    /// Correlation of each process's normal score with the common one.
    pub shared: f64,
    /// The levels in use.
    pub levels: Vec<BusynessLevel>,
}

/// One level of a busyness factor.
#[derive(Clone, Debug, PartialEq)]
pub struct BusynessLevel {
    /// Which.
    pub span: BusynessSpan,
    /// Standard deviation of the factor; its mean is 1.
    pub cv: f64,
    /// Weights of the normal scores of this index, the one before, ...: rho^k, cut below 1e-6, scaled to squares that sum 1.
    pub weights: Vec<f64>,
}

impl BusynessLevel {
    /// Sets the levels' addresses apart.
    pub fn tag(&self) -> u64 {
        self.span as u64
    }
}

/// The span that has one factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BusynessSpan {
    /// A calendar year.
    Year,
    /// A calendar month.
    Month,
    /// A local day.
    Day,
    /// An absolute quarter-hour.
    Period,
}

/// Which year, month and day a cell lies in, for busyness: absolute indices (year; months since year 0; days since 1970).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellDate {
    /// Calendar year.
    pub year: u32,
    /// 12 * year + month - 1.
    pub month: u32,
    /// Local days since 1970-01-01.
    pub day: u32,
    /// What the wall shows when it begins, in seconds of that day.
    pub second_of_day: u32,
}

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

/// A segment of citizens.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Cumulative share of needs up to and including it.
    pub cumulative_share: f64,
    /// Probability that its caller is recognised.
    pub recognised: f64,
    /// Multiplies patience.
    pub patience_times: f64,
    /// Multiplies talk and hold, of callers who are not recognised and of those who are.
    pub service_times: [f64; 2],
}

/// An access number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its name.
    pub name: String,
    /// The bundle that its calls hold a line of.
    pub trunk: Option<TrunkId>,
    /// When it is answered; `None`: always.
    pub hours: Option<OpeningId>,
    /// Whether another answers in its place, so that nobody dials it.
    pub merged: bool,
}

/// A bundle of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trunk {
    /// Its name.
    pub name: String,
    /// How many.
    pub lines: u32,
}

/// Something that is open at some times and closed at others: a queue's hours, a rule's condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// For messages.
    pub name: String,
    /// Whether it is open at time zero.
    pub open_at_zero: bool,
    /// When it turns to the other, strictly rising, all within (0, horizon).
    pub turns: Vec<SimTime>,
}

/// Where contacts wait.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// When it takes contacts; `None`: always.
    pub hours: Option<OpeningId>,
    /// Whether those who wait at closing are sent away.
    pub sends_away: bool,
    /// Whether it takes and keeps contacts only while somebody of its groups is at work.
    pub needs_staff: bool,
    /// Which idle agent of a group a contact goes to.
    pub select: Select,
    /// Steps in the order of `after`; the first has `after` 0, and with conditions others may have it too.
    pub steps: Vec<Step>,
    /// Its lanes, by falling priority, then falling credit.
    pub lanes: Range<u16>,
    /// By group: the step from which it may serve, [`NEVER`] if none; with conditions, at the earliest.
    pub eligible_from: Vec<u8>,
    /// What must hold besides; `None`: nothing.
    pub conditions: Option<Box<Conditions>>,
    /// How its expected wait is told.
    pub expected_wait: ExpectedWait,
    /// Waits at which the wait of who waits longest passes a bound of a condition.
    pub marks: Vec<SimDuration>,
    /// Whether its contacts call agents from work that may be interrupted: nothing written comes to it.
    pub calls: bool,
    /// What its callers are told and offered; `None`: nothing.
    pub told: Option<Box<super::Told>>,
}

/// In [`Queue::eligible_from`]: not at any step.
pub const NEVER: u8 = u8::MAX;

/// A stage of a contact's waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// Time since entering the queue.
    pub after: SimDuration,
}

/// The contacts of one queue with one priority and one credit: they keep the order of entering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Whose.
    pub queue: QueueId,
    /// Larger goes first.
    pub priority: i32,
    /// Added to its contacts' age when they are compared.
    pub credit: SimDuration,
}

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

/// Who answers.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentGroup {
    /// Its name.
    pub name: String,
    /// 1 or 2.
    pub tier: u8,
    /// Who employs them.
    pub vendor: Option<VendorId>,
    /// Where they work.
    pub site: Option<SiteId>,
    /// Queues in the order in which a freed agent looks.
    pub serves: Vec<QueueId>,
    /// How a freed agent chooses among equal priorities.
    pub take: Take,
    /// By place in `serves`: what [`Take::Weighted`] multiplies ages by; otherwise empty.
    pub weights: Vec<f64>,
    /// Whether the order of `serves` decides: it comes before priority, or all who may be taken in order have one.
    pub order_first: bool,
    /// Between accepting a contact and speaking: the caller still waits, the agent is no longer idle.
    pub answer_delay: SimDuration,
    /// Its agents.
    pub agents: Range<u16>,
    /// (from when, how many heads are planned): the first at time zero, strictly rising, each different from the one before.
    /// Of a group that works by shifts, those on duty and not on a break, if nobody is late or absent.
    pub heads: Vec<(SimTime, u32)>,
    /// Who works which shift; `None`: the heads are all that is said.
    pub shifts: Option<ShiftPlan>,
    /// How its agents serve several chats at once; `None`: each serves one contact.
    pub chatting: Option<super::Chatting>,
    /// What becomes of a wrap-up of theirs when a call comes; `None`: it is not interrupted.
    pub interruptible_wrap_up: Option<InterruptibleWrapUp>,
    /// Whether they put what is written aside when a call comes.
    pub interruptible_written: bool,
    /// On whose cases they work when they have nothing else to do; `None`: they idle.
    pub back_office: Option<Box<BackOffice>>,
    /// What its people's random numbers are keyed by: the hash of its name.
    pub key: u64,
    /// What takes scheduled people away: rounded components first, then those that strike each person alone, by name.
    pub shrinkage: Vec<Shrinkage>,
    /// Of heads with shrinkage: the spans that have draws of their own; empty otherwise.
    pub scheduled: Vec<ScheduledHeads>,
    /// How people keep to their shifts.
    pub adherence: Adherence,
    /// How long its people have been at work; `None`: it does not matter.
    pub tenure: Option<GroupTenure>,
    /// How long its people stay with callers for a warm transfer at most; `None`: as the contact type says.
    pub warm_limit: Option<SimDuration>,
    /// How long its people wait for another whom they ask at most; `None`: as the contact type says.
    pub consultation_limit: Option<SimDuration>,
    /// Wage and overhead per hour.
    pub cost_per_hour: f64,
}

impl AgentGroup {
    /// Whether any work of its people may be interrupted by a call.
    pub fn is_interrupted(&self) -> bool {
        self.interruptible_wrap_up.is_some() || self.interruptible_written || self.back_office.is_some()
    }
}

/// Work on cases of offices by agents who have nothing else to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackOffice {
    /// Whose cases, in the order in which an agent looks.
    pub offices: Vec<super::OfficeId>,
    /// How long an agent has been idle before it takes a case.
    pub after_idle: SimDuration,
    /// So many of the group are to stay idle.
    pub keep_idle: u32,
    /// Whether a call that finds nobody idle interrupts it.
    pub interruptible: bool,
}

pub use crate::scenario::Rest;

/// Work after a talk that a call may interrupt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InterruptibleWrapUp {
    /// What becomes of the rest.
    pub rest: Rest,
    /// How many of them an agent has put aside at once at most; one that begins beyond is not interrupted.
    pub at_most: u32,
}

/// How a freed agent chooses among contacts of equal priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// The first queue of `serves` that has one.
    InOrder,
    /// The one of greatest age; ties by need.
    LongestWait,
    /// The one of greatest age times its queue's weight; ties by age, then by need.
    Weighted,
}

/// Which idle agent of a group a contact goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Select {
    /// The one who has been idle longest.
    LongestIdle,
    /// The one with the smallest share of busy time since log-in; ties go to the longest idle.
    LeastOccupied,
    /// The one with the smallest factor on the contact's talk; ties go to the longest idle.
    Fastest,
    /// Any of them, each with the same probability.
    Random,
}

/// What was promised.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Its name.
    pub name: String,
    /// The contact types that it is about, all of them if it applies to everything.
    pub contact_types: Vec<ContactTypeId>,
    /// The share promised.
    pub service_level: f64,
    /// In time is within this.
    pub within: SimDuration,
    /// The formula's name.
    pub formula: String,
    /// `leg`, `contact` or `need`.
    pub basis: crate::scenario::Basis,
    /// Over which span it is judged.
    pub per: crate::scenario::Per,
}

/// Which need it is: process, cell and number within the cell. Its order is the order of ties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NeedId(pub u64);

/// Bits of a need's number within its cell.
pub const NEED_BITS: u32 = 20;
/// Bits of a need's cell, counted from the run's first.
pub const NEED_CELL_BITS: u32 = 28;

impl NeedId {
    /// The `i`-th need of a process in a cell of the run.
    #[inline]
    pub fn new(process: ProcessId, cell: u32, i: u32) -> Self {
        NeedId(
            u64::from(process.0) << (NEED_BITS + NEED_CELL_BITS)
                | u64::from(cell) << NEED_BITS
                | u64::from(i),
        )
    }

    /// Its process.
    pub fn process(self) -> ProcessId {
        ProcessId((self.0 >> (NEED_BITS + NEED_CELL_BITS)) as u16)
    }

    /// Its cell, counted from the run's first.
    pub fn cell(self) -> u32 {
        (self.0 >> NEED_BITS) as u32 & ((1 << NEED_CELL_BITS) - 1)
    }

    /// Its number within the cell.
    pub fn number(self) -> u32 {
        self.0 as u32 & ((1 << NEED_BITS) - 1)
    }
}
