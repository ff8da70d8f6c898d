//! The measures by name: formula, unit, and for what each exists.
//!
//! One entry a measure. A, B, C, D, F, X and O = A + B + C + D + F as in DESIGN 5: answered, abandoned, callback accepted, sent
//! away, moved, refused, offered. Subscript t: with a wait of at most t; s: of at most the short-abandonment bound.

use super::peaks::PeakBy;
use super::totals::Totals;
use super::{Basis, ScopeKind};
use crate::stats::Scale;

/// What a measure's numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Between 0 and 1.
    Share,
    /// Seconds.
    Seconds,
    /// How many, on average a replication.
    Count,
    /// Contacts at one time.
    Contacts,
    /// People at one time.
    People,
    /// A pure number.
    Number,
    /// The scenario's currency.
    Money,
}

impl Unit {
    /// How its intervals behave at the ends.
    pub(super) fn scale(self) -> Scale {
        if self == Unit::Share { Scale::Share } else { Scale::Amount }
    }
}

/// An entry of [`MEASURES`].
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Its name in files.
    pub name: &'static str,
    /// Its formula, for people.
    pub formula: &'static str,
    /// What its numbers are.
    pub unit: Unit,
    /// Whether it is kept by day and period too.
    pub by_period: bool,
    /// On which bases and for which kinds of scope it exists.
    pub exists: &'static [(Basis, &'static [ScopeKind])],
    /// What it is about, where it exists only in centers that have it.
    pub only_with: Only,
    pub(super) kind: Kind,
}

/// What a center must have for a measure to exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Nothing more.
    Anything,
    /// A lookup or a menu before the queue.
    Greetings,
    /// Contacts that come again.
    Returns,
    /// Callbacks or other ways in place of waiting.
    Offers,
    /// Warm transfers that end otherwise than cold at their limit.
    Withdrawals,
    /// Agents who ask others.
    Consultations,
    /// Contacts that are written.
    Writing,
    /// Agents who have several chats at once.
    Chats,
    /// Work that calls may interrupt.
    Interruptions,
    /// Agents who work on cases.
    BackOffice,
    /// Citizens who try the web site first.
    Web,
    /// Offices that prepare visits.
    Preparations,
}

/// How a measure is computed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Numerator over denominator, each summed over replications.
    Ratio(fn(&Totals) -> f64, fn(&Totals) -> f64),
    /// A quantile of waits over all replications.
    WaitQuantile(f64),
    /// The longest wait.
    LongestWait,
    /// A quantile of handle times over all replications.
    HandleQuantile(f64),
    /// A quantile of times to close over all replications.
    CloseQuantile(f64),
    /// A quantile of waits at counters without an appointment over all replications.
    WalkInQuantile(f64),
    /// The same with one.
    BookedQuantile(f64),
    /// Whether no case is late in the end.
    Clears,
    /// When the last late case was done, if that is so.
    TimeToClear,
    /// How often a target was met.
    Kept(KeptBy),
    /// The fullest span beside a mean one.
    Peak(PeakBy),
    /// How the profile that is served worst fares against the one that is served best.
    Fairness,
}

/// By what spans it is looked at whether a target was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeptBy {
    Day,
    Month,
    Interval,
    /// ... each counting as much as was offered in it.
    Offered,
}

impl Measure {
    /// The entry with this name.
    pub fn named(name: &str) -> Option<&'static Measure> {
        MEASURES.iter().find(|measure| measure.name == name)
    }

    /// Whether it is about people of offices, and not about cases.
    pub(super) fn is_of_people(&self) -> bool {
        !self.exists_for(Basis::Case, CaseType)
    }

    /// Whether it is known with an interval: all are but a maximum.
    pub fn has_interval(&self) -> bool {
        !matches!(self.kind, Kind::LongestWait)
    }

    /// Numerator and denominator over `totals`; nothing over nothing for what is no ratio of totals. What is a sum, and no ratio, is
    /// counted over `spans` spans: 1 for a span of its own, its share of the run for a part of a run.
    pub(super) fn pair(&self, totals: &Totals, spans: f64) -> (f64, f64) {
        match self.kind {
            Kind::Ratio(numerator, denominator) => {
                let is_sum = denominator(&Totals::default()) != 0.0;
                (numerator(totals), if is_sum { spans } else { denominator(totals) })
            }
            _ => (0.0, 0.0),
        }
    }

    /// Whether it exists for vendors by the queues that they serve alone: groups know only of what they answered.
    pub(super) fn is_of_own_queues(&self) -> bool {
        self.exists_for(Basis::Leg, Vendor) && !self.exists_for(Basis::Leg, AgentGroup)
    }

    /// Whether it exists only for vendors that share no queue: of what others may serve too it is not known whose it was.
    pub(super) fn is_of_vendors_apart(&self) -> bool {
        matches!(self.kind, Kind::WaitQuantile(_) | Kind::LongestWait) || APART.contains(&self.name)
    }

    /// Whether it exists on this basis for this kind of scope.
    pub fn exists_for(&self, basis: Basis, kind: ScopeKind) -> bool {
        self.exists.iter().any(|&(on, kinds)| on == basis && kinds.contains(&kind))
    }
}

/// Microseconds in a second.
const US_PER_S: f64 = 1e6;

use ScopeKind::{
    AgentGroup, Campaign, CaseType, Channel, ContactType, Counter, District, Number, Office, Profile, Queue,
    Service, Site, Target, Tier, Topic, Vendor, Whole,
};

const CALLERS: &[ScopeKind] = &[Whole, ContactType, Profile, Number, Channel, Topic];
/// Needs are told by where citizens live too.
const CITIZENS: &[ScopeKind] = &[Whole, ContactType, Profile, Number, Channel, Topic, District];
const ENTRIES: &[ScopeKind] = &[Whole, ContactType, Queue, Channel, Topic];
/// Where waiting ends, whoever ends it: vendors too, as far as queues are theirs alone.
const FATES: &[ScopeKind] = &[Whole, ContactType, Queue, Vendor, Channel, Topic];
const STAFF: &[ScopeKind] = &[Whole, AgentGroup, Tier, Vendor, Site];
/// Measures that exist for vendors that share no queue, beside quantiles of waits.
const APART: [&str; 5] = ["delayed", "excess_wait", "blocked", "blocking", "blocked_included"];
type Exists = &'static [(Basis, &'static [ScopeKind])];

/// Contacts by who calls, legs by where they wait.
const OFFERED: Exists = &[(Basis::Contact, CALLERS), (Basis::Leg, ENTRIES)];
/// As [`OFFERED`], and legs by the vendor to whom they are offered.
const ENDED: Exists = &[(Basis::Contact, CALLERS), (Basis::Leg, FATES)];
/// What is offered to a vendor.
const OWN_QUEUES: Exists = &[(Basis::Leg, &[Vendor])];
/// As [`OFFERED`], and the legs that a group answered.
const ANSWERED: Exists = &[
    (Basis::Contact, CALLERS),
    (Basis::Leg, &[Whole, ContactType, Queue, AgentGroup, Tier, Vendor, Site, Channel, Topic]),
];
/// Work on legs.
const WORK: Exists =
    &[(Basis::Leg, &[Whole, ContactType, Queue, AgentGroup, Tier, Vendor, Site, Channel, Topic])];
/// Refused before a queue: by who calls, and by the queue that was closed.
const REFUSED: Exists = &[(Basis::Contact, CALLERS), (Basis::Leg, &[Queue, Vendor])];
const NEEDS: Exists = &[(Basis::Need, CITIZENS)];
/// In centers whose citizens try the web site first.
const WEB: Exists = &[(Basis::Need, CALLERS)];
/// In centers with offices.
const CASES: Exists = &[(Basis::Case, &[Whole, Office, CaseType])];
/// In centers with counters.
const VISITS: Exists = &[(Basis::Visit, &[Whole, Service, Counter, District])];
/// Of what offices prepare.
const PREPARATIONS: Exists = &[(Basis::Visit, &[Whole, Service, Office])];
/// In centers with campaigns.
const DIALS: Exists = &[(Basis::Dial, &[Whole, Campaign])];
const CONTACTS: Exists = &[(Basis::Contact, CALLERS)];
/// Of who comes: to the telephone, and to counters.
const PEAKS: Exists =
    &[(Basis::Contact, &[Whole, ContactType, Channel]), (Basis::Visit, &[Whole, Service, Counter, District])];
const WAITS: Exists =
    &[(Basis::Contact, &[Whole, ContactType, Channel, Topic]), (Basis::Leg, &[Queue, Vendor])];
const HANDLES: Exists = &[(Basis::Leg, &[Whole, ContactType, Channel, Topic])];
const TIME: Exists = &[(Basis::Time, STAFF)];
/// Of what is written.
const WRITTEN: Exists = &[(Basis::Contact, &[ContactType, Channel, Topic])];
/// Of each target, on its own basis.
const KEPT: Exists = &[(Basis::Contact, &[Target]), (Basis::Leg, &[Target]), (Basis::Need, &[Target])];
/// Needs end when their interval has long been closed.
const KEPT_BY_INTERVAL: Exists = &[(Basis::Contact, &[Target]), (Basis::Leg, &[Target])];

const fn ratio(
    name: &'static str,
    unit: Unit,
    exists: Exists,
    formula: &'static str,
    numerator: fn(&Totals) -> f64,
    denominator: fn(&Totals) -> f64,
) -> Measure {
    Measure {
        name,
        formula,
        unit,
        by_period: false,
        exists,
        only_with: Only::Anything,
        kind: Kind::Ratio(numerator, denominator),
    }
}

const fn share(
    name: &'static str,
    exists: Exists,
    formula: &'static str,
    numerator: fn(&Totals) -> f64,
    denominator: fn(&Totals) -> f64,
) -> Measure {
    ratio(name, Unit::Share, exists, formula, numerator, denominator)
}

const fn seconds(
    name: &'static str,
    exists: Exists,
    formula: &'static str,
    numerator: fn(&Totals) -> f64,
    denominator: fn(&Totals) -> f64,
) -> Measure {
    ratio(name, Unit::Seconds, exists, formula, numerator, denominator)
}

const fn count(
    name: &'static str,
    exists: Exists,
    formula: &'static str,
    numerator: fn(&Totals) -> f64,
) -> Measure {
    ratio(name, Unit::Count, exists, formula, numerator, |_| 1.0)
}

const fn heads(name: &'static str, formula: &'static str, numerator: fn(&Totals) -> f64) -> Measure {
    ratio(name, Unit::People, TIME, formula, numerator, |t| t.span_s)
}

const fn special(name: &'static str, exists: Exists, formula: &'static str, kind: Kind) -> Measure {
    Measure { name, formula, unit: Unit::Seconds, by_period: false, exists, only_with: Only::Anything, kind }
}

const fn kept(name: &'static str, exists: Exists, formula: &'static str, by: KeptBy) -> Measure {
    Measure {
        name,
        formula,
        unit: Unit::Share,
        by_period: false,
        exists,
        only_with: Only::Anything,
        kind: Kind::Kept(by),
    }
}

const fn peak(name: &'static str, formula: &'static str, by: PeakBy) -> Measure {
    Measure { unit: Unit::Number, ..special(name, PEAKS, formula, Kind::Peak(by)) }
}

const fn by_period(measure: Measure) -> Measure {
    Measure { by_period: true, ..measure }
}

const fn of_returns(measure: Measure) -> Measure {
    Measure { only_with: Only::Returns, ..measure }
}

const fn of_greetings(measure: Measure) -> Measure {
    Measure { only_with: Only::Greetings, ..measure }
}

const fn of_web(measure: Measure) -> Measure {
    Measure { only_with: Only::Web, ..measure }
}

const fn of_preparations(measure: Measure) -> Measure {
    Measure { only_with: Only::Preparations, ..measure }
}

const fn of_writing(measure: Measure) -> Measure {
    Measure { only_with: Only::Writing, ..measure }
}

const fn of_offers(measure: Measure) -> Measure {
    Measure { only_with: Only::Offers, ..measure }
}

const fn of_withdrawals(measure: Measure) -> Measure {
    Measure { only_with: Only::Withdrawals, ..measure }
}

const fn of_consultations(measure: Measure) -> Measure {
    Measure { only_with: Only::Consultations, ..measure }
}

/// All measures, in the order of the files.
pub static MEASURES: &[Measure] = &[
    by_period(share(
        "answered_over_offered",
        ENDED,
        "A_t / (A + B + D)",
        |t| t.answered_in_time,
        |t| t.voice(),
    )),
    share("answered_over_answered", ANSWERED, "A_t / A", |t| t.answered_in_time, |t| t.answered),
    share(
        "abandoned_count_as_met",
        ENDED,
        "(A_t + B_t) / (A + B + D)",
        |t| t.answered_in_time + t.abandoned_in_time,
        |t| t.voice(),
    ),
    share(
        "quick_abandons_excluded",
        ENDED,
        "A_t / (A + B + D - B_t)",
        |t| t.answered_in_time,
        |t| t.voice() - t.abandoned_in_time,
    ),
    share(
        "short_abandons_excluded",
        ENDED,
        "A_t / (A + B + D - B_s)",
        |t| t.answered_in_time,
        |t| t.voice() - t.abandoned_short,
    ),
    share(
        "flow_outs_included",
        ENDED,
        "A_t / (A + B + D + F)",
        |t| t.answered_in_time,
        |t| t.voice() + t.moved,
    ),
    share("blocked_included", REFUSED, "A_t / (O + X)", |t| t.answered_in_time, |t| t.offered() + t.refused),
    share(
        "callbacks_kept",
        OFFERED,
        "promised callbacks whose citizen was reached in the slot, or within the time that was promised / C",
        |t| t.promises_kept,
        |t| t.promises,
    ),
    share(
        "per_need",
        NEEDS,
        "needs first answered within t of that attempt's entry / needs, by first attempt; those that nobody answered are missed, those that a menu met or that never contacted the center left out",
        |t| t.needs_met,
        |t| t.needs - t.needs_self_served,
    ),
    by_period(seconds(
        "speed_of_answer",
        ANSWERED,
        "waits of A, zero ones included / A",
        |t| t.wait_answered_s,
        |t| t.answered,
    )),
    by_period(seconds("wait_all", ENDED, "waits of O / O", |t| t.wait_all_s(), |t| t.offered())),
    seconds("wait_abandoned", ENDED, "waits of B / B", |t| t.wait_abandoned_s, |t| t.abandoned),
    seconds("excess_wait", ENDED, "sum of (wait - t)+ over O / O", |t| t.excess_wait_s, |t| t.offered()),
    special("wait_p50", WAITS, "smallest w with P(wait of O <= w) >= 0.50", Kind::WaitQuantile(0.50)),
    special("wait_p80", WAITS, "smallest w with P(wait of O <= w) >= 0.80", Kind::WaitQuantile(0.80)),
    special("wait_p90", WAITS, "smallest w with P(wait of O <= w) >= 0.90", Kind::WaitQuantile(0.90)),
    special("wait_p95", WAITS, "smallest w with P(wait of O <= w) >= 0.95", Kind::WaitQuantile(0.95)),
    special("wait_p99", WAITS, "smallest w with P(wait of O <= w) >= 0.99", Kind::WaitQuantile(0.99)),
    special("wait_max", WAITS, "longest wait of O over all replications", Kind::LongestWait),
    by_period(share("abandonment", ENDED, "B / O", |t| t.abandoned, |t| t.offered())),
    share(
        "abandonment_without_short",
        ENDED,
        "(B - B_s) / (O - B_s)",
        |t| t.abandoned - t.abandoned_short,
        |t| t.offered() - t.abandoned_short,
    ),
    share("blocking", REFUSED, "X / (O + X)", |t| t.refused, |t| t.offered() + t.refused),
    share("delayed", ENDED, "those of O with a wait above 0 / O", |t| t.delayed, |t| t.offered()),
    by_period(ratio(
        "mean_queue",
        Unit::Contacts,
        &[(Basis::Time, &[Whole, Queue])],
        "time waited within the span, summed over contacts / length of the span",
        |t| t.waiting_s,
        |t| t.span_s,
    )),
    by_period(seconds(
        "handle_time",
        WORK,
        "talk, hold and wrap-up of A / A",
        |t| t.handle_s,
        |t| t.answered,
    )),
    special(
        "handle_time_p50",
        HANDLES,
        "smallest h with P(handle time of A <= h) >= 0.50",
        Kind::HandleQuantile(0.50),
    ),
    special(
        "handle_time_p90",
        HANDLES,
        "smallest h with P(handle time of A <= h) >= 0.90",
        Kind::HandleQuantile(0.90),
    ),
    ratio(
        "handle_time_cv",
        Unit::Number,
        WORK,
        "standard deviation of handle times of A / their mean, both as means over replications",
        handle_deviation_s,
        |t| if t.answered > 0.0 { t.handle_s / t.answered } else { 0.0 },
    ),
    by_period(share(
        "occupancy",
        TIME,
        "(talk + hold + wrap-up) / time logged in and not on a break",
        |t| t.work_s,
        |t| t.logged_in_s,
    )),
    share("utilisation", TIME, "(talk + hold + wrap-up) / time paid", |t| t.work_s, |t| t.paid_s),
    seconds(
        "overtime",
        TIME,
        "time at work after the end of a shift, or above the staffed heads",
        |t| t.overtime_s,
        |_| 1.0,
    ),
    by_period(heads("heads_scheduled", "time on duty by the plan / length of the span", |t| t.scheduled_s)),
    by_period(heads("heads_net", "time on duty by the plan and not absent / length of the span", |t| {
        t.net_s
    })),
    by_period(heads("heads_logged_in", "time logged in and not on a break / length of the span", |t| {
        t.logged_in_s
    })),
    share(
        "retrial_share",
        CONTACTS,
        "contacts that try again after nobody answered / (O + X)",
        |t| t.retrials,
        |t| t.offered() + t.refused,
    ),
    share(
        "repeat_share",
        CONTACTS,
        "contacts that come again after a talk that did not help / (O + X)",
        |t| t.repeats,
        |t| t.offered() + t.refused,
    ),
    of_returns(share(
        "status_share",
        CONTACTS,
        "contacts that ask for news of a case / (O + X)",
        |t| t.news,
        |t| t.offered() + t.refused,
    )),
    of_returns(share(
        "complaint_share",
        CONTACTS,
        "contacts that complain about a closed case / (O + X)",
        |t| t.complaints,
        |t| t.offered() + t.refused,
    )),
    of_returns(share(
        "failure_demand",
        CONTACTS,
        "contacts that come since something before did not help: retrials, repeats, news, complaints, calls after a try at a counter / (O + X)",
        |t| t.again,
        |t| t.offered() + t.refused,
    )),
    of_returns(share(
        "failure_demand_load",
        WORK,
        "handle time of such contacts / handle time of A",
        |t| t.again_handle_s,
        |t| t.handle_s,
    )),
    share("transfer_share", WORK, "A that went on to another queue / A", |t| t.transferred, |t| t.answered),
    share(
        "escalation_share",
        WORK,
        "A that went on to the next tier / A",
        |t| t.transferred - t.redirected - t.sent_back - t.passed_from_wrong_queue,
        |t| t.answered,
    ),
    share(
        "redirected_share",
        WORK,
        "A that went on to another department of the same tier / A",
        |t| t.redirected,
        |t| t.answered,
    ),
    share("sent_back_share", WORK, "A that went back to tier 1 / A", |t| t.sent_back, |t| t.answered),
    share(
        "warm_transfer_share",
        WORK,
        "A that a second agent took over while the first stayed / A",
        |t| t.taken_over,
        |t| t.answered,
    ),
    share(
        "turned_cold_share",
        WORK,
        "A that went on alone after their agent had stayed / A",
        |t| t.turned_cold,
        |t| t.answered,
    ),
    of_withdrawals(share(
        "withdrawn_share",
        WORK,
        "A whose agent had stayed to the limit and then ended the contact / A",
        |t| t.withdrawn,
        |t| t.answered,
    )),
    seconds(
        "hold_time",
        WORK,
        "time that agents stayed for a second agent / A with whom they stayed",
        |t| t.held_s,
        |t| t.taken_over + t.turned_cold + t.withdrawn,
    ),
    share(
        "first_contact_resolution",
        NEEDS,
        "needs first answered more than W = 7 days before the horizon: those that this first talk resolved, with no transfer / all",
        |t| t.needs_first_contact,
        |t| t.needs_seen_through,
    ),
    share(
        "tier1_resolved",
        NEEDS,
        "needs that an agent of tier 1 resolved / needs with an answered contact",
        |t| t.needs_resolved_at_tier1,
        |t| t.needs_answered,
    ),
    of_returns(count("needs", NEEDS, "needs", |t| t.needs)),
    share("needs_resolved", NEEDS, "needs that ended resolved / needs", |t| t.needs_resolved, |t| t.needs),
    share("needs_given_up", NEEDS, "needs that were given up / needs", |t| t.needs_given_up, |t| t.needs),
    of_returns(share(
        "needs_unanswered",
        NEEDS,
        "needs that contacted the center and that neither an agent nor a menu ever answered / needs",
        |t| t.needs - t.needs_answered - t.needs_self_served,
        |t| t.needs,
    )),
    of_returns(ratio(
        "contacts_per_need",
        Unit::Number,
        NEEDS,
        "attempts, refused ones and those that end in a menu included / needs",
        |t| t.needs_attempts,
        |t| t.needs,
    )),
    of_returns(seconds(
        "time_to_resolution",
        NEEDS,
        "time from the first attempt to the end of resolved needs / resolved needs",
        |t| t.resolution_s,
        |t| t.needs_timed,
    )),
    share("needs_open", NEEDS, "needs open at the horizon / needs", |t| t.needs_open, |t| t.needs),
    count("cases_opened", CASES, "cases opened", |t| t.cases_opened),
    count("cases_closed", CASES, "cases closed", |t| t.cases_closed),
    share(
        "cases_reworked",
        CASES,
        "closed cases whose work was done more than once / closed cases",
        |t| t.cases_reworked,
        |t| t.cases_closed,
    ),
    share(
        "cases_reopened",
        CASES,
        "cases opened again after a closing / cases closed",
        |t| t.cases_reopened,
        |t| t.cases_closed,
    ),
    share(
        "cases_on_time",
        CASES,
        "cases due within the span that were closed by then / cases due within the span",
        |t| t.cases_on_time,
        |t| t.cases_due,
    ),
    seconds(
        "time_to_close",
        CASES,
        "time from opening to closing of closed cases / closed cases",
        |t| t.time_to_close_s,
        |t| t.cases_closed,
    ),
    special(
        "time_to_close_p50",
        CASES,
        "smallest t with P(time to close of closed cases <= t) >= 0.50",
        Kind::CloseQuantile(0.50),
    ),
    special(
        "time_to_close_p90",
        CASES,
        "smallest t with P(time to close of closed cases <= t) >= 0.90",
        Kind::CloseQuantile(0.90),
    ),
    ratio(
        "mean_backlog",
        Unit::Number,
        CASES,
        "time that cases were open within the span, summed over cases / length of the span",
        |t| t.cases_open_s,
        |t| t.span_s,
    ),
    ratio(
        "mean_backlog_late",
        Unit::Number,
        CASES,
        "as mean_backlog, of cases after their due time",
        |t| t.cases_late_s,
        |t| t.span_s,
    ),
    Measure {
        unit: Unit::Share,
        ..special(
            "backlog_clears",
            CASES,
            "replications in which no case is late at the end of the last day / replications",
            Kind::Clears,
        )
    },
    special(
        "time_to_clear",
        CASES,
        "time from the start to the end of the last day that ends with a late case, 0 if none does, as a mean over replications that clear",
        Kind::TimeToClear,
    ),
    share(
        "office_occupancy",
        &[(Basis::Case, &[Whole, Office])],
        "time at work on cases / time that people of offices are there",
        |t| t.office_work_s,
        |t| t.office_staffed_s,
    ),
    count("bookings_asked", VISITS, "citizens who asked for a slot", |t| t.visits.asked as f64),
    count("bookings", VISITS, "slots booked", |t| t.visits.booked as f64),
    share(
        "booking_refused",
        VISITS,
        "citizens for whom no slot was free, or who declined the offer / citizens who asked for a slot",
        |t| (t.visits.full + t.visits.declined) as f64,
        |t| t.visits.asked as f64,
    ),
    share(
        "booking_declined",
        VISITS,
        "citizens who declined the offer as too late or too far / citizens who were offered a slot",
        |t| t.visits.declined as f64,
        |t| (t.visits.asked - t.visits.full) as f64,
    ),
    seconds(
        "lead_time",
        VISITS,
        "time from booking to slot / slots booked",
        |t| t.visits.lead_us as f64 / US_PER_S,
        |t| t.visits.booked as f64,
    ),
    share(
        "cancelled_share",
        VISITS,
        "bookings that were cancelled / bookings that were cancelled, kept or not",
        |t| t.visits.cancelled as f64,
        |t| (t.visits.cancelled + t.visits.kept + t.visits.no_shows) as f64,
    ),
    share(
        "no_shows",
        VISITS,
        "bookings that nobody came for / bookings of slots that came, cancelled ones left out",
        |t| t.visits.no_shows as f64,
        |t| (t.visits.kept + t.visits.no_shows) as f64,
    ),
    ratio(
        "slot_use",
        Unit::Number,
        &[(Basis::Visit, &[Whole, Service, Counter])],
        "visitors with an appointment / visits that slots have room for, overbooking not counted",
        |t| t.visits.kept as f64,
        |t| t.visits.room as f64,
    ),
    count("visits", VISITS, "visitors who were served", |t| t.visits.visits() as f64),
    count("walk_ins", VISITS, "visitors without an appointment", |t| t.visits.walk_ins as f64),
    share(
        "walk_in_share",
        VISITS,
        "visitors without an appointment / visitors",
        |t| t.visits.walk_ins as f64,
        |t| (t.visits.walk_ins + t.visits.kept) as f64,
    ),
    share(
        "walk_ins_left",
        VISITS,
        "visitors without an appointment who left unserved or were sent away / visitors without an appointment",
        |t| t.visits.left as f64,
        |t| t.visits.walk_ins as f64,
    ),
    seconds(
        "walk_in_wait",
        VISITS,
        "wait of those who were served without an appointment / their number",
        |t| t.visits.walk_in_wait_us as f64 / US_PER_S,
        |t| t.visits.walk_in_visits as f64,
    ),
    seconds(
        "booked_wait",
        VISITS,
        "wait from the slot on of those who were served with an appointment / their number",
        |t| t.visits.booked_wait_us as f64 / US_PER_S,
        |t| t.visits.booked_visits as f64,
    ),
    special(
        "walk_in_wait_p50",
        VISITS,
        "smallest w with P(wait of those served without an appointment <= w) >= 0.50",
        Kind::WalkInQuantile(0.50),
    ),
    special(
        "walk_in_wait_p80",
        VISITS,
        "smallest w with P(wait of those served without an appointment <= w) >= 0.80",
        Kind::WalkInQuantile(0.80),
    ),
    special(
        "walk_in_wait_p90",
        VISITS,
        "smallest w with P(wait of those served without an appointment <= w) >= 0.90",
        Kind::WalkInQuantile(0.90),
    ),
    special(
        "walk_in_wait_p95",
        VISITS,
        "smallest w with P(wait of those served without an appointment <= w) >= 0.95",
        Kind::WalkInQuantile(0.95),
    ),
    special(
        "booked_wait_p50",
        VISITS,
        "smallest w with P(wait from the slot on of those served with an appointment <= w) >= 0.50",
        Kind::BookedQuantile(0.50),
    ),
    special(
        "booked_wait_p80",
        VISITS,
        "smallest w with P(wait from the slot on of those served with an appointment <= w) >= 0.80",
        Kind::BookedQuantile(0.80),
    ),
    special(
        "booked_wait_p90",
        VISITS,
        "smallest w with P(wait from the slot on of those served with an appointment <= w) >= 0.90",
        Kind::BookedQuantile(0.90),
    ),
    special(
        "booked_wait_p95",
        VISITS,
        "smallest w with P(wait from the slot on of those served with an appointment <= w) >= 0.95",
        Kind::BookedQuantile(0.95),
    ),
    seconds(
        "visit_time",
        VISITS,
        "time at the desk / visitors who were served",
        |t| t.visits.visit_us as f64 / US_PER_S,
        |t| t.visits.visits() as f64,
    ),
    ratio(
        "visit_distance",
        Unit::Number,
        VISITS,
        "kilometres from home to the counter / visitors who were served",
        |t| t.visits.metres as f64 / 1000.0,
        |t| t.visits.visits() as f64,
    ),
    share(
        "prepared_share",
        VISITS,
        "visits that were prepared / visitors who were served with an appointment",
        |t| t.visits.prepared as f64,
        |t| t.visits.booked_visits as f64,
    ),
    of_preparations(count("preparations", PREPARATIONS, "preparations finished", |t| t.visits.pieces as f64)),
    of_preparations(share(
        "preparations_in_time",
        PREPARATIONS,
        "preparations due within the span that were finished by then / preparations due within the span, the visit being booked still when its slot began",
        |t| t.visits.pieces_in_time as f64,
        |t| t.visits.pieces_due as f64,
    )),
    of_preparations(seconds(
        "time_to_prepare",
        PREPARATIONS,
        "time from the booking to the finish of finished preparations / preparations finished",
        |t| t.visits.piece_us as f64 / US_PER_S,
        |t| t.visits.pieces as f64,
    )),
    of_preparations(seconds(
        "preparation_work",
        PREPARATIONS,
        "time at work on preparations / preparations finished",
        |t| t.visits.preparing_us as f64 / US_PER_S,
        |t| t.visits.pieces as f64,
    )),
    of_preparations(share(
        "preparations_in_vain",
        PREPARATIONS,
        "finished preparations whose visit had begun by then or did not take place / preparations finished",
        |t| t.visits.pieces_in_vain as f64,
        |t| t.visits.pieces as f64,
    )),
    share(
        "visits_unresolved",
        VISITS,
        "visits that did not help / visitors who were served",
        |t| t.visits.unresolved as f64,
        |t| t.visits.visits() as f64,
    ),
    share(
        "counter_occupancy",
        &[(Basis::Visit, &[Whole, Counter])],
        "time with visitors at desks / time that desks had a clerk, after closing only while somebody was served",
        |t| t.visits.busy_us as f64,
        |t| t.visits.staffed_us as f64,
    ),
    of_web(count("web_visits", WEB, "citizens who tried the web site first", |t| t.web_visits)),
    of_web(count("web_deflected", WEB, "citizens whose need the web site met, who never called", |t| {
        t.web_solved
    })),
    of_web(share(
        "web_success",
        WEB,
        "citizens whose need the web site met / citizens who tried it first",
        |t| t.web_solved,
        |t| t.web_visits,
    )),
    of_web(share(
        "web_then_called",
        WEB,
        "citizens who contacted the center after the web site / citizens who tried it first",
        |t| t.web_called,
        |t| t.web_visits,
    )),
    count("persons_listed", DIALS, "persons who came on a campaign's list", |t| t.dials.listed as f64),
    count("dials", DIALS, "dials", |t| t.dials.dials as f64),
    share(
        "dials_answered",
        DIALS,
        "dials that somebody answered / dials",
        |t| t.dials.answered as f64,
        |t| t.dials.dials as f64,
    ),
    share(
        "right_party_share",
        DIALS,
        "dials that reached the person on the list / dials that somebody answered and an agent took",
        |t| t.dials.reached as f64,
        |t| (t.dials.answered - t.dials.abandoned) as f64,
    ),
    share(
        "dial_abandonment",
        DIALS,
        "answered dials for which no agent was free in time / answered dials",
        |t| t.dials.abandoned as f64,
        |t| t.dials.answered as f64,
    ),
    seconds(
        "dial_wait",
        DIALS,
        "time from the answer to an agent or to hanging up / answered dials",
        |t| t.dials.wait_us as f64 / US_PER_S,
        |t| t.dials.answered as f64,
    ),
    count("persons_reached", DIALS, "persons on the list who were reached", |t| t.dials.reached as f64),
    count("persons_exhausted", DIALS, "persons who were dialled for the last time in vain", |t| {
        t.dials.exhausted as f64
    }),
    count("persons_finished", DIALS, "persons who were reached, or dialled for the last time in vain", |t| {
        (t.dials.reached + t.dials.exhausted) as f64
    }),
    share(
        "reach_share",
        DIALS,
        "persons reached / persons reached, or dialled for the last time in vain",
        |t| t.dials.reached as f64,
        |t| (t.dials.reached + t.dials.exhausted) as f64,
    ),
    ratio(
        "attempts_per_person",
        Unit::Number,
        DIALS,
        "attempts at persons who were reached, or dialled for the last time in vain / those persons",
        |t| t.dials.attempts as f64,
        |t| (t.dials.reached + t.dials.exhausted) as f64,
    ),
    seconds(
        "agent_time_per_reach",
        DIALS,
        "time of agents for the campaign: preview, ringing, talk and wrap-up / persons reached",
        |t| t.dials.agent_us as f64 / US_PER_S,
        |t| t.dials.reached as f64,
    ),
    ratio(
        "cost_per_reach",
        Unit::Money,
        DIALS,
        "cost per hour x hours of agents for the campaign / persons reached",
        |t| t.dial_cost,
        |t| t.dials.reached as f64,
    ),
    ratio("cost", Unit::Money, TIME, "cost per hour x hours paid", |t| t.cost, |_| 1.0),
    ratio(
        "cost_per_contact",
        Unit::Money,
        &[(Basis::Contact, &[Whole]), (Basis::Leg, &[AgentGroup, Tier, Vendor, Site])],
        "cost / A",
        |t| t.cost,
        |t| t.answered,
    ),
    ratio(
        "cost_per_resolved_need",
        Unit::Money,
        &[(Basis::Need, &[Whole])],
        "cost / needs that ended resolved",
        |t| t.cost,
        |t| t.needs_resolved,
    ),
    by_period(count("offered", ENDED, "O", |t| t.offered())),
    by_period(count("answered", ANSWERED, "A", |t| t.answered)),
    by_period(count("abandoned", ENDED, "B", |t| t.abandoned)),
    count("sent_away", ENDED, "D", |t| t.sent_away),
    count("callbacks_accepted", ENDED, "C", |t| t.callbacks),
    count("moved", ENDED, "F", |t| t.moved),
    share(
        "own_queue_share",
        OWN_QUEUES,
        "O of queues that the vendor serves alone / O",
        |t| t.answered_in_own_queues + t.offered() - t.answered,
        |t| t.offered(),
    ),
    count("blocked", REFUSED, "X", |t| t.refused),
    of_greetings(count("greeted", CONTACTS, "calls that were looked up or came to a menu", |t| t.greeted)),
    of_greetings(share(
        "recognised_share",
        CONTACTS,
        "greeted calls whose caller the telephone system knew / greeted calls",
        |t| t.recognised,
        |t| t.greeted,
    )),
    of_greetings(seconds(
        "greeting_time",
        CONTACTS,
        "time from the call to the end of lookup and menu / greeted calls",
        |t| t.greeting_s,
        |t| t.greeted,
    )),
    of_greetings(count("self_served", CONTACTS, "calls whose need a menu met", |t| t.self_served)),
    of_greetings(share(
        "self_service_share",
        CONTACTS,
        "calls whose need a menu met / calls that came to a menu",
        |t| t.self_served,
        |t| t.menus,
    )),
    of_greetings(share(
        "menu_abandonment",
        CONTACTS,
        "greeted calls whose caller hung up before the queue / greeted calls",
        |t| t.hung_up,
        |t| t.greeted,
    )),
    of_greetings(share(
        "misroute_share",
        CONTACTS,
        "calls that chose another contact type than they wanted / calls that went from a menu to a queue",
        |t| t.misrouted,
        |t| t.chose,
    )),
    of_offers(count("callbacks_offered", OFFERED, "offers of a callback", |t| t.callbacks_offered)),
    of_offers(share(
        "callback_acceptance",
        OFFERED,
        "accepted offers of a callback / offers of a callback",
        |t| t.callback_offers_taken,
        |t| t.callbacks_offered,
    )),
    of_offers(share(
        "callbacks_reached",
        OFFERED,
        "promised callbacks whose citizen was reached / C",
        |t| t.promises_reached,
        |t| t.promises,
    )),
    of_offers(ratio(
        "callback_tries",
        Unit::Number,
        OFFERED,
        "times that an agent dialled for a promised callback / C",
        |t| t.callback_tries,
        |t| t.promises,
    )),
    of_offers(seconds(
        "time_to_callback",
        OFFERED,
        "time from accepting a callback to being reached / those who were reached",
        |t| t.reached_after_s,
        |t| t.promises_reached,
    )),
    of_offers(count("deferrals_offered", OFFERED, "offers of another way", |t| t.deferrals_offered)),
    of_offers(share(
        "deferral_acceptance",
        OFFERED,
        "accepted offers of another way / offers of another way",
        |t| t.deferrals_accepted,
        |t| t.deferrals_offered,
    )),
    of_offers(share(
        "deferral_success",
        OFFERED,
        "accepted offers of another way that met the need / accepted offers of another way",
        |t| t.deferrals_met,
        |t| t.deferrals_accepted,
    )),
    of_consultations(count("consultations", WORK, "consultations that agents asked for", |t| {
        t.consultations
    })),
    of_consultations(share(
        "consultations_taken",
        WORK,
        "consultations that a second agent took / consultations that agents asked for",
        |t| t.consultations_taken,
        |t| t.consultations,
    )),
    of_consultations(seconds(
        "consultation_wait",
        WORK,
        "time from asking until the second agent spoke / consultations that a second agent took",
        |t| t.consultation_wait_s,
        |t| t.consultations_taken,
    )),
    of_consultations(seconds(
        "consultation_time",
        WORK,
        "time that two agents spoke / consultations that a second agent took",
        |t| t.consultation_time_s,
        |t| t.consultations_taken,
    )),
    of_consultations(count("consultations_given", WORK, "consultations that agents gave to others", |t| {
        t.consultations_given
    })),
    of_writing(share(
        "written_on_time",
        WRITTEN,
        "written contacts due in the span whose answer was out by then / those due in it",
        |t| t.written_on_time,
        |t| t.written_due,
    )),
    of_writing(seconds(
        "time_to_reply",
        WRITTEN,
        "time from coming to the end of the last work on it, of written contacts answered in the span / those",
        |t| t.written_reply_s,
        |t| t.written_answered,
    )),
    of_writing(ratio(
        "mean_unanswered",
        Unit::Contacts,
        WRITTEN,
        "time that written contacts were unanswered within the span / length of the span",
        |t| t.written_open_s,
        |t| t.span_s,
    )),
    of_writing(ratio(
        "mean_unanswered_late",
        Unit::Contacts,
        WRITTEN,
        "time that written contacts were unanswered past their due time within the span / length of the span",
        |t| t.written_late_s,
        |t| t.span_s,
    )),
    Measure {
        only_with: Only::BackOffice,
        ..share(
            "back_office_share",
            TIME,
            "time of agents at cases / time logged in",
            |t| t.back_office_s,
            |t| t.logged_in_s,
        )
    },
    of_preparations(share(
        "preparing_share",
        &[(Basis::Case, &[Whole, Office])],
        "time at work on preparations / time at work on cases and preparations, of agents and of people of offices",
        |t| t.office_preparing_s,
        |t| t.office_agents_s + t.office_work_s,
    )),
    Measure {
        only_with: Only::BackOffice,
        ..share(
            "worked_by_agents",
            &[(Basis::Case, &[Whole, Office])],
            "time of agents at cases / time at work on cases, of agents and of people of offices",
            |t| t.office_agents_s,
            |t| t.office_agents_s + t.office_work_s,
        )
    },
    Measure {
        only_with: Only::Interruptions,
        unit: Unit::Count,
        ..seconds(
            "interruptions",
            TIME,
            "pieces of work at hand that a call interrupted within the span",
            |t| t.interruptions,
            |_| 1.0,
        )
    },
    Measure {
        only_with: Only::Chats,
        ..ratio(
            "mean_concurrency",
            Unit::Number,
            TIME,
            "time of chats with agents who have several at once, summed over chats / time of these agents with one chat or more",
            |t| t.chats_s,
            |t| t.chatting_s,
        )
    },
    Measure {
        unit: Unit::Share,
        ..special(
            "fairness",
            &[(Basis::Contact, &[Whole])],
            "smallest A_t / (A + B + D) of a profile / largest, of profiles with data; none with fewer than two",
            Kind::Fairness,
        )
    },
    peak(
        "peak_hour_to_mean",
        "contacts (refused ones too) or visitors of the hour in which most came / those of a mean hour, closed ones included",
        PeakBy::Hour,
    ),
    peak("peak_day_to_mean", "as peak_hour_to_mean, by local day", PeakBy::Day),
    kept("days_met", KEPT, "days whose service level is at least the target's / days with data", KeptBy::Day),
    kept(
        "months_met",
        KEPT,
        "months, or simulated parts of them, whose service level is at least the target's / months with data",
        KeptBy::Month,
    ),
    kept(
        "intervals_met",
        KEPT_BY_INTERVAL,
        "periods whose service level is at least the target's / periods with data",
        KeptBy::Interval,
    ),
    kept(
        "intervals_met_weighted",
        KEPT_BY_INTERVAL,
        "O of periods whose service level is at least the target's / O of periods with data",
        KeptBy::Offered,
    ),
];

/// sqrt(E h^2 - (E h)^2); rounding may leave the difference a little below 0.
fn handle_deviation_s(totals: &Totals) -> f64 {
    if totals.answered == 0.0 {
        return 0.0;
    }
    let mean = totals.handle_s / totals.answered;
    (totals.handle_square_s2 / totals.answered - mean * mean).max(0.0).sqrt()
}
