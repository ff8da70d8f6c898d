//! Waits, handle times, times to close and waits at counters as distributions: of one replication, or of all together.

use std::borrow::Cow;

use super::US_PER_S;
use super::layout::Layout;
use super::measure::Kind;
use super::{Replication, Scope, ScopeKind};
use crate::stats::Histogram;

/// Histograms in microseconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Distributions {
    /// By contact type: waits of contacts.
    waits: Vec<Histogram>,
    /// By queue: waits of legs; none with one queue.
    queue_waits: Vec<Histogram>,
    /// By contact type: handle times of legs.
    handles: Vec<Histogram>,
    /// By case type: times to close.
    closes: Vec<Histogram>,
    /// By row of visits: waits at counters without an appointment, and with one.
    walk_ins: Vec<Histogram>,
    booked: Vec<Histogram>,
    /// How many of these rows are services, and counters.
    visit_rows: (usize, usize),
    /// By case type.
    case_office: Vec<usize>,
    /// By contact type: whether it is of the whole.
    in_whole: Vec<bool>,
    /// By scope of channels: the contact types that come by it.
    by_channel: Vec<Vec<usize>>,
    /// By topic: its contact types.
    by_topic: Vec<Vec<usize>>,
    /// By vendor: its queues, if it shares none.
    by_vendor: Vec<Vec<usize>>,
}

impl Distributions {
    pub(super) fn new(layout: &Layout) -> Self {
        let empty = |count: usize| vec![Histogram::default(); count];
        let queues = if layout.queues > 1 { layout.queues } else { 0 };
        Distributions {
            waits: empty(layout.types),
            queue_waits: empty(queues),
            handles: empty(layout.types),
            closes: empty(layout.case_types),
            walk_ins: empty(layout.visit_width()),
            booked: empty(layout.visit_width()),
            visit_rows: layout.visit_parts(),
            case_office: layout.case_office.clone(),
            in_whole: layout.in_whole.clone(),
            by_channel: layout.types_by(ScopeKind::Channel),
            by_topic: layout.types_by(ScopeKind::Topic),
            by_vendor: queues_apart(layout),
        }
    }

    /// Takes a replication's histograms out of it.
    pub(super) fn of(layout: &Layout, replication: &mut Replication) -> Self {
        Distributions {
            waits: std::mem::take(&mut replication.waits),
            queue_waits: std::mem::take(&mut replication.queue_waits),
            handles: std::mem::take(&mut replication.handles),
            closes: std::mem::take(&mut replication.cases.closes),
            walk_ins: std::mem::take(&mut replication.visits.walk_in_waits),
            booked: std::mem::take(&mut replication.visits.booked_waits),
            ..Distributions::new(layout)
        }
    }

    /// Adds another replication.
    pub(super) fn add(&mut self, other: &Distributions) {
        let add = |sums: &mut [Histogram], others: &[Histogram]| {
            sums.iter_mut().zip(others).for_each(|(sum, other)| sum.add(other));
        };
        add(&mut self.waits, &other.waits);
        add(&mut self.queue_waits, &other.queue_waits);
        add(&mut self.handles, &other.handles);
        add(&mut self.closes, &other.closes);
        add(&mut self.walk_ins, &other.walk_ins);
        add(&mut self.booked, &other.booked);
    }

    /// The histograms of one scope, to be asked for several quantiles: waits of the contacts of a type or of the whole, or
    /// of the legs of a queue, or of a vendor that shares none; handle times of a type or of the whole; times to close of a case type, an office or the whole; waits at counters
    /// of a service, a counter, a district or the whole.
    pub(super) fn at(&self, scope: Scope) -> ScopeDistributions<'_> {
        match scope.kind {
            ScopeKind::Whole => ScopeDistributions {
                waits: merged_of(&self.waits, &self.in_whole),
                handles: merged_of(&self.handles, &self.in_whole),
                closes: merged(&self.closes),
                walk_ins: merged(services_of(&self.walk_ins, self.visit_rows.0)),
                booked: merged(services_of(&self.booked, self.visit_rows.0)),
            },
            ScopeKind::ContactType => ScopeDistributions {
                waits: row(&self.waits, scope),
                handles: row(&self.handles, scope),
                ..Default::default()
            },
            ScopeKind::Channel | ScopeKind::Topic => {
                let of_kind = if scope.kind == ScopeKind::Topic { &self.by_topic } else { &self.by_channel };
                let types = of_kind.get(usize::from(scope.index)).map_or(&[][..], Vec::as_slice);
                let sum = |rows: &[Histogram]| {
                    let mut sum = Histogram::default();
                    types.iter().for_each(|&row| sum.add(&rows[row]));
                    Cow::Owned(sum)
                };
                ScopeDistributions {
                    waits: sum(&self.waits),
                    handles: sum(&self.handles),
                    ..Default::default()
                }
            }
            // A center's only queue has all waits.
            ScopeKind::Queue if self.queue_waits.is_empty() => {
                ScopeDistributions { waits: merged(&self.waits), ..Default::default() }
            }
            ScopeKind::Queue => {
                ScopeDistributions { waits: row(&self.queue_waits, scope), ..Default::default() }
            }
            // The only queue is somebody's.
            ScopeKind::Vendor if self.queue_waits.is_empty() => {
                ScopeDistributions { waits: merged(&self.waits), ..Default::default() }
            }
            ScopeKind::Vendor => {
                let mut waits = Histogram::default();
                let queues = self.by_vendor.get(usize::from(scope.index)).into_iter().flatten();
                queues.for_each(|&queue| waits.add(&self.queue_waits[queue]));
                ScopeDistributions { waits: Cow::Owned(waits), ..Default::default() }
            }
            ScopeKind::AgentGroup | ScopeKind::Tier | ScopeKind::Site => Default::default(),
            ScopeKind::Profile | ScopeKind::Number | ScopeKind::Target => Default::default(),
            ScopeKind::Campaign => Default::default(),
            ScopeKind::Service => self.at_counters(scope, 0),
            ScopeKind::Counter => self.at_counters(scope, self.visit_rows.0),
            ScopeKind::District => self.at_counters(scope, self.visit_rows.0 + self.visit_rows.1),
            ScopeKind::CaseType => {
                ScopeDistributions { closes: row(&self.closes, scope), ..Default::default() }
            }
            ScopeKind::Office => {
                let mut closes = Histogram::default();
                let its = self.closes.iter().zip(&self.case_office);
                its.filter(|(_, office)| **office == usize::from(scope.index))
                    .for_each(|(of, _)| closes.add(of));
                ScopeDistributions { closes: Cow::Owned(closes), ..Default::default() }
            }
        }
    }

    /// Waits at counters in the row of a scope, of those that begin at `first`.
    fn at_counters(&self, scope: Scope, first: usize) -> ScopeDistributions<'_> {
        let row = |rows: &'_ [Histogram]| {
            rows.get(first + usize::from(scope.index)).cloned().map_or_else(Default::default, Cow::Owned)
        };
        ScopeDistributions { walk_ins: row(&self.walk_ins), booked: row(&self.booked), ..Default::default() }
    }
}

/// By vendor: its queues, if it shares none.
fn queues_apart(layout: &Layout) -> Vec<Vec<usize>> {
    let apart = |scope| layout.own_queues(scope).filter(|_| layout.serves_only_own_queues(scope)).collect();
    layout.scopes(ScopeKind::Vendor).map(apart).collect()
}

/// The first rows of visits, those of services.
fn services_of(rows: &[Histogram], services: usize) -> &[Histogram] {
    &rows[..services.min(rows.len())]
}

/// Waits and handle times of one scope.
#[derive(Clone, Debug, Default)]
pub(super) struct ScopeDistributions<'a> {
    waits: Cow<'a, Histogram>,
    handles: Cow<'a, Histogram>,
    closes: Cow<'a, Histogram>,
    walk_ins: Cow<'a, Histogram>,
    booked: Cow<'a, Histogram>,
}

impl ScopeDistributions<'_> {
    /// The quantile or maximum that a measure asks for, in seconds; `None` without data.
    pub(super) fn value_s(&self, kind: Kind) -> Option<f64> {
        let histogram = match Pooled::of(kind)? {
            Pooled::Waits => &self.waits,
            Pooled::Handles => &self.handles,
            Pooled::Closes => &self.closes,
            Pooled::WalkIns => &self.walk_ins,
            Pooled::Booked => &self.booked,
        };
        value_s(kind, histogram)
    }

    /// The histogram that is asked for.
    pub(super) fn histogram(self, pooled: Pooled) -> Histogram {
        match pooled {
            Pooled::Waits => self.waits,
            Pooled::Handles => self.handles,
            Pooled::Closes => self.closes,
            Pooled::WalkIns => self.walk_ins,
            Pooled::Booked => self.booked,
        }
        .into_owned()
    }
}

/// What quantiles and maxima are pooled from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pooled {
    Waits,
    Handles,
    Closes,
    WalkIns,
    Booked,
}

impl Pooled {
    /// Every kind; their order is that of extracts' bytes.
    pub(super) const ALL: [Pooled; 5] =
        [Pooled::Waits, Pooled::Handles, Pooled::Closes, Pooled::WalkIns, Pooled::Booked];

    /// Of a measure; `None` where it is no quantile.
    pub(super) fn of(kind: Kind) -> Option<Pooled> {
        match kind {
            Kind::WaitQuantile(_) | Kind::LongestWait => Some(Pooled::Waits),
            Kind::HandleQuantile(_) => Some(Pooled::Handles),
            Kind::CloseQuantile(_) => Some(Pooled::Closes),
            Kind::WalkInQuantile(_) => Some(Pooled::WalkIns),
            Kind::BookedQuantile(_) => Some(Pooled::Booked),
            Kind::Ratio(..) | Kind::Kept(_) | Kind::Peak(_) => None,
            Kind::Fairness | Kind::Clears | Kind::TimeToClear => None,
        }
    }
}

/// The quantile or maximum of a histogram in microseconds that a measure asks for, in seconds; `None` without data.
pub(super) fn value_s(kind: Kind, histogram: &Histogram) -> Option<f64> {
    let us = match kind {
        Kind::WaitQuantile(p)
        | Kind::HandleQuantile(p)
        | Kind::CloseQuantile(p)
        | Kind::WalkInQuantile(p)
        | Kind::BookedQuantile(p) => histogram.quantile(p),
        Kind::LongestWait => histogram.maximum(),
        Kind::Ratio(..) | Kind::Kept(_) | Kind::Peak(_) => None,
        Kind::Fairness | Kind::Clears | Kind::TimeToClear => None,
    };
    us.map(|us| us as f64 / US_PER_S)
}

fn row(rows: &[Histogram], scope: Scope) -> Cow<'_, Histogram> {
    rows.get(usize::from(scope.index)).map_or_else(|| Cow::Owned(Histogram::default()), Cow::Borrowed)
}

/// Those rows together for which `counts` holds.
fn merged_of<'a>(rows: &'a [Histogram], counts: &[bool]) -> Cow<'a, Histogram> {
    if counts.iter().all(|&counts| counts) {
        return merged(rows);
    }
    let mut sum = Histogram::default();
    rows.iter().zip(counts).filter(|(_, counts)| **counts).for_each(|(row, _)| sum.add(row));
    Cow::Owned(sum)
}

fn merged(rows: &[Histogram]) -> Cow<'_, Histogram> {
    if let [one] = rows {
        return Cow::Borrowed(one);
    }
    let mut sum = Histogram::default();
    rows.iter().for_each(|row| sum.add(row));
    Cow::Owned(sum)
}
