//! The sums of one replication.

use super::campaigns::Dials;
use super::cases::Cases;
use super::cell::Figures;
use super::layout::Layout;
use super::needs::Needs;
use super::peaks::ByHour;
use super::planner::Intervals;
use super::sheet::Sheet;
use super::spans::Spans;
use super::targets::KeptIntervals;
use super::visits::Visits;
use super::week_hours::WeekHours;
use super::written::Written;
use super::{Detail, ScopeKind};
use crate::engine::{Leg, RunEnd};
use crate::stats::Histogram;

/// What a replication leaves behind: whole numbers by day (and by period, if the run's detail asks for it), needs, and
/// histograms of the whole run. Equal replications have equal tables, whoever counted them.
#[derive(Clone, Debug, PartialEq)]
pub struct Replication {
    /// How the run ended.
    pub end: RunEnd,
    pub(super) days: Vec<Sheet>,
    /// Empty unless asked for; periods close in order, so the list grows with them.
    pub(super) periods: Vec<Sheet>,
    /// Empty unless the run is cut into batches.
    pub(super) batches: Vec<Sheet>,
    /// By place in the week, of types and queues only; empty unless asked for.
    pub(super) week: Vec<Sheet>,
    /// Empty unless asked for.
    pub(super) week_hours: WeekHours,
    /// By target: how many periods met it.
    pub(super) kept: Vec<KeptIntervals>,
    pub(super) intervals: Intervals,
    /// Contacts by hour and contact type, refused ones included.
    pub(super) by_hour: ByHour,
    pub(super) needs: Needs,
    /// Empty without offices.
    pub(super) cases: Cases,
    /// Empty where nothing is written.
    pub(super) written: Written,
    /// Empty without counters.
    pub(super) visits: Visits,
    /// Empty without campaigns.
    pub(super) dials: Dials,
    /// By contact type: waits of first legs, whatever their fate.
    pub(super) waits: Vec<Histogram>,
    /// By queue: waits of legs. Empty with one queue.
    pub(super) queue_waits: Vec<Histogram>,
    /// By contact type: handle times of answered legs.
    pub(super) handles: Vec<Histogram>,
}

impl Replication {
    pub(super) fn new(layout: &Layout, spans: &Spans, detail: Detail) -> Self {
        let sheets = |count: usize| vec![Sheet::new(layout); count];
        let periods = if detail.periods { spans.periods() } else { 0 };
        let queue_waits = if layout.queues > 1 { layout.queues } else { 0 };
        Replication {
            end: RunEnd::default(),
            days: sheets(spans.days()),
            periods: Vec::new(),
            intervals: Intervals::new(detail.intervals),
            by_hour: ByHour::new(spans.clock_hours(), layout.types),
            batches: sheets(spans.batches()),
            week: vec![Sheet::of_queues(layout); if detail.week { spans.week_slots() } else { 0 }],
            week_hours: WeekHours::new(layout, detail.week_hours),
            kept: vec![KeptIntervals::default(); layout.scopes(ScopeKind::Target).count()],
            needs: Needs::new(layout, spans.days(), periods, spans.batches()),
            cases: Cases::default(),
            written: Written::default(),
            visits: Visits::default(),
            dials: Dials::default(),
            waits: vec![Histogram::default(); layout.types],
            queue_waits: vec![Histogram::default(); queue_waits],
            handles: vec![Histogram::default(); layout.types],
        }
    }

    /// Numerators and denominators of `answered_over_offered` by hour of the week from Monday's midnight on, [`WEEK_HOURS`](super::WEEK_HOURS) of them: each of the whole
    /// center (its contacts), then of each queue in the model's order (its stays). None unless the detail asked for it.
    pub fn week_hours(&self) -> impl Iterator<Item = (f64, f64)> {
        self.week_hours.pairs()
    }

    /// The sums of the whole run.
    pub(super) fn whole(&self, layout: &Layout) -> Sheet {
        self.sum_of_days(layout, 0..self.days.len())
    }

    /// The sums of some days.
    pub(super) fn sum_of_days(&self, layout: &Layout, days: std::ops::Range<usize>) -> Sheet {
        let mut sum = Sheet::new(layout);
        self.days[days].iter().for_each(|day| sum.add(day));
        sum
    }

    /// Folds a period that is over into its day, its batch and its place in the week, and keeps it if periods are wanted.
    pub(super) fn fold(
        &mut self,
        layout: &Layout,
        spans: &Spans,
        detail: Detail,
        (period, sheet): (u32, &Sheet),
    ) {
        self.days[spans.day_of[period as usize] as usize].add(sheet);
        if let Some(&batch) = spans.batch_of.get(period as usize) {
            self.batches[batch as usize].add(sheet);
        }
        if let Some(slot) = self.week.get_mut(spans.week_slot_of[period as usize] as usize) {
            slot.add(sheet);
        }
        if detail.week_hours {
            self.week_hours.add(layout, spans.week_hour_of(period), sheet);
        }
        self.intervals.keep(layout, sheet);
        let hour = self.by_hour.hour(spans.clock_hour_of(period));
        hour.iter_mut().zip(&sheet.cells).for_each(|(came, cell)| *came += cell.demand());
        if detail.periods {
            self.periods.push(sheet.clone());
        }
    }

    /// Adds a leg to the histograms.
    #[inline(always)]
    pub(super) fn record(&mut self, leg: &Leg, figures: &Figures) {
        let contact_type = leg.caller.contact_type.index();
        if leg.leg == 0 {
            self.waits[contact_type].record(figures.wait_us);
        }
        if let Some(waits) = self.queue_waits.get_mut(leg.queue.index()) {
            waits.record(figures.wait_us);
        }
        if leg.service.is_some() {
            self.handles[contact_type].record(figures.handle_us);
        }
    }
}
