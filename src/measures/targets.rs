//! Targets: what was promised, and how often it was kept.
//!
//! A contact type's threshold t is that of its targets: `model::compile` refuses targets that disagree.

use super::cell::NeedCell;
use super::layout::Layout;
use super::measure::{KeptBy, Measure};
use super::sheet::Sheet;
use super::spans::Spans;
use super::totals::Totals;
use super::{Basis, Replication, TargetResult};
use crate::model::{Model, Target};
use crate::scenario::{Basis as TargetBasis, Per};
use crate::stats::{Confidence, Interval, RatioSample, Scale};

/// By what a target is judged, over any span.
#[derive(Clone, Debug)]
pub(super) struct Judge {
    contact_types: Vec<usize>,
    basis: TargetBasis,
    promised: f64,
    measure: Option<&'static Measure>,
}

/// Periods of one replication that met a target, and those with data; the same weighted by what was offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct KeptIntervals {
    met: u32,
    judged: u32,
    met_offered: u64,
    offered: u64,
}

impl Judge {
    /// Of all targets of `model`.
    pub(super) fn all(model: &Model) -> Vec<Judge> {
        model.targets.iter().map(Judge::new).collect()
    }

    fn new(target: &Target) -> Judge {
        Judge {
            contact_types: target.contact_types.iter().map(|id| id.index()).collect(),
            basis: target.basis,
            promised: target.service_level,
            measure: Measure::named(&target.formula),
        }
    }

    /// The formula's numerator and denominator over a span.
    pub(super) fn pair(&self, layout: &Layout, sheet: &Sheet, needs: &[NeedCell]) -> (f64, f64) {
        let mut totals = Totals::default();
        self.add(layout, sheet, needs, &mut totals);
        self.of(&totals)
    }

    fn of(&self, totals: &Totals) -> (f64, f64) {
        self.measure.map_or((0.0, 0.0), |measure| measure.pair(totals, 1.0))
    }

    fn add(&self, layout: &Layout, sheet: &Sheet, needs: &[NeedCell], totals: &mut Totals) {
        for &contact_type in &self.contact_types {
            match self.basis {
                TargetBasis::Contact => totals.add_cell(&sheet.cells[contact_type]),
                TargetBasis::Leg => {
                    totals.add_cell(&sheet.cells[contact_type]);
                    totals.add_cell(&sheet.cells[layout.first_later + contact_type]);
                }
                TargetBasis::Need => totals.add_needs(&needs[contact_type]),
            }
        }
    }

    /// Whether the promise was kept by so many of so many; `None` without data.
    fn kept(&self, pair: (f64, f64)) -> Option<bool> {
        (pair.1 != 0.0).then(|| pair.0 / pair.1 >= self.promised)
    }

    /// Judges a period that is over. Needs are not: they may end long after.
    pub(super) fn judge_interval(&self, layout: &Layout, sheet: &Sheet, kept: &mut KeptIntervals) {
        if self.basis == TargetBasis::Need {
            return;
        }
        let mut totals = Totals::default();
        self.add(layout, sheet, &[], &mut totals);
        if let Some(met) = self.kept(self.of(&totals)) {
            let offered = totals.offered() as u64;
            kept.judged += 1;
            kept.offered += offered;
            kept.met += u32::from(met);
            kept.met_offered += if met { offered } else { 0 };
        }
    }
}

/// One target over replications.
#[derive(Clone, Debug)]
pub(super) struct TargetBooks {
    target: Target,
    pub(super) judge: Judge,
    /// Days of each span that is judged.
    spans: Vec<std::ops::Range<usize>>,
    months: Vec<std::ops::Range<usize>>,
    /// The formula over the whole run, by replication.
    value: RatioSample,
    /// Spans that met it and spans with data, by replication.
    met: RatioSample,
}

impl TargetBooks {
    /// Of all targets of `model`.
    pub(super) fn all(model: &Model, spans: &Spans) -> Vec<TargetBooks> {
        let books = |target: &Target| TargetBooks {
            spans: judged_spans(spans, target.per),
            months: spans.months(),
            judge: Judge::new(target),
            target: target.clone(),
            value: RatioSample::default(),
            met: RatioSample::default(),
        };
        model.targets.iter().map(books).collect()
    }

    /// Adds the next replication.
    pub(super) fn add(&mut self, layout: &Layout, replication: &Replication) {
        let (kept, judged) = self.kept_spans(layout, replication, self.spans.iter().cloned());
        self.met.push(kept, judged);
        let whole = self.pair(layout, replication, 0..replication.days.len());
        self.value.push(whole.0, whole.1);
    }

    /// How many of one replication's spans met it, and how many have data.
    pub(super) fn kept_by(
        &self,
        layout: &Layout,
        replication: &Replication,
        target: usize,
        by: KeptBy,
    ) -> (f64, f64) {
        let days = replication.days.len();
        let intervals = replication.kept[target];
        match by {
            KeptBy::Day => self.kept_spans(layout, replication, (0..days).map(|day| day..day + 1)),
            KeptBy::Month => self.kept_spans(layout, replication, self.months.iter().cloned()),
            KeptBy::Interval => (intervals.met.into(), intervals.judged.into()),
            KeptBy::Offered => (intervals.met_offered as f64, intervals.offered as f64),
        }
    }

    fn kept_spans(
        &self,
        layout: &Layout,
        replication: &Replication,
        spans: impl Iterator<Item = std::ops::Range<usize>>,
    ) -> (f64, f64) {
        let judged = spans.filter_map(|days| self.judge.kept(self.pair(layout, replication, days)));
        judged.fold((0.0, 0.0), |(met, judged), kept| (met + f64::from(u8::from(kept)), judged + 1.0))
    }

    /// The formula's numerator and denominator over some days.
    fn pair(&self, layout: &Layout, replication: &Replication, days: std::ops::Range<usize>) -> (f64, f64) {
        let mut totals = Totals::default();
        for day in days {
            let needs = &replication.needs.days[day * layout.types..][..layout.types];
            self.judge.add(layout, &replication.days[day], needs, &mut totals);
        }
        self.judge.of(&totals)
    }

    /// The formula over the whole run, by replication.
    pub(super) fn value(&self) -> &RatioSample {
        &self.value
    }

    /// What became of it.
    /// `within` is what the parts of replications say of its interval, if they are what is gone by.
    pub(super) fn result(&self, within: Option<Option<Interval>>) -> TargetResult<'_> {
        let (target, confidence) = (&self.target, Confidence::default());
        let over_replications = || self.value.interval(Scale::Share, &confidence);
        TargetResult {
            target: &target.name,
            formula: &target.formula,
            basis: Basis::of_target(target.basis),
            per: target.per,
            promised: target.service_level,
            within_s: target.within.as_s(),
            value: self.value.ratio(),
            interval: within.unwrap_or_else(over_replications),
            spread: self.value.spread(),
            met: self.met.ratio(),
            met_interval: self.met.event_interval(&confidence),
            judged: self.met.sums().denominator as u32,
        }
    }
}

/// The days of each span that a target is judged over.
fn judged_spans(spans: &Spans, per: Per) -> Vec<std::ops::Range<usize>> {
    let days = 0..spans.days();
    match per {
        Per::Whole => vec![days],
        Per::Day => days.map(|day| day..day + 1).collect(),
        Per::Month => spans.months(),
    }
}
