//! The sums of one replication.

use super::Detail;
use super::layout::Layout;
use super::needs::Needs;
use super::sheet::Sheet;
use super::spans::Spans;
use crate::engine::RunEnd;
use crate::stats::Histogram;

/// What a replication leaves behind: whole numbers by day (and by period, if the run's detail asks for it), needs, and
/// histograms of the whole run. Equal replications have equal tables, whoever counted them.
#[derive(Clone, Debug, PartialEq)]
pub struct Replication {
    /// How the run ended.
    pub end: RunEnd,
    pub(super) days: Vec<Sheet>,
    /// Empty unless asked for.
    pub(super) periods: Vec<Sheet>,
    pub(super) needs: Needs,
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
            periods: sheets(periods),
            needs: Needs::new(layout, spans.days(), periods),
            waits: vec![Histogram::default(); layout.types],
            queue_waits: vec![Histogram::default(); queue_waits],
            handles: vec![Histogram::default(); layout.types],
        }
    }

    /// The sums of the whole run.
    pub(super) fn whole(&self, layout: &Layout) -> Sheet {
        let mut whole = Sheet::new(layout);
        self.days.iter().for_each(|day| whole.add(day));
        whole
    }
}
