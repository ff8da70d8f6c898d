//! The measures by name: formula, unit, and for what each exists.
//!
//! One entry a measure. A, B, C, D, F, X and O = A + B + C + D + F as in DESIGN 5: answered, abandoned, callback accepted, sent
//! away, moved, refused, offered. Subscript t: with a wait of at most t; s: of at most the short-abandonment bound.

mod campaigns;
mod cases;
mod consultations;
mod counts;
mod entry;
mod greetings;
mod levels;
mod mixed;
mod needs;
mod offers;
mod returns;
mod spread;
mod visits;
mod web;
mod work;

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

/// One of [`measures`].
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
        measures().find(|measure| measure.name == name)
    }

    /// Whether it is about people of offices, and not about cases.
    pub(super) fn is_of_people(&self) -> bool {
        !self.exists_for(Basis::Case, ScopeKind::CaseType)
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
        self.exists_for(Basis::Leg, ScopeKind::Vendor) && !self.exists_for(Basis::Leg, ScopeKind::AgentGroup)
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

/// Measures that exist for vendors that share no queue, beside quantiles of waits.
pub(super) const APART: [&str; 5] = ["delayed", "excess_wait", "blocked", "blocking", "blocked_included"];

/// By subject.
static SUBJECTS: &[&[Measure]] = &[
    levels::MEASURES,
    work::MEASURES,
    returns::MEASURES,
    needs::MEASURES,
    cases::MEASURES,
    visits::MEASURES,
    web::MEASURES,
    campaigns::MEASURES,
    counts::MEASURES,
    greetings::MEASURES,
    offers::MEASURES,
    consultations::MEASURES,
    mixed::MEASURES,
    spread::MEASURES,
];

/// All measures, in the order of the files.
pub fn measures() -> impl Iterator<Item = &'static Measure> + Clone {
    SUBJECTS.iter().copied().flatten()
}
