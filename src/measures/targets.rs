//! Targets: what was promised, and how often it was kept.
//!
//! A contact type's threshold t is that of its targets: `model::compile` refuses targets that disagree.

use super::layout::Layout;
use super::measure::{Kind, Measure};
use super::spans::Spans;
use super::totals::Totals;
use super::{Basis, Replication, TargetResult};
use crate::model::{Model, Target};
use crate::scenario::{Basis as TargetBasis, Per};
use crate::stats::{Confidence, RatioSample, Scale};

/// One target over replications.
#[derive(Clone, Debug)]
pub(super) struct TargetBooks {
    target: Target,
    /// Days of each span that is judged.
    spans: Vec<std::ops::Range<usize>>,
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
            target: target.clone(),
            value: RatioSample::default(),
            met: RatioSample::default(),
        };
        model.targets.iter().map(books).collect()
    }

    /// Adds the next replication.
    pub(super) fn add(&mut self, layout: &Layout, replication: &Replication) {
        let pairs: Vec<(f64, f64)> =
            self.spans.iter().map(|days| self.pair(layout, replication, days.clone())).collect();
        let judged = pairs.iter().filter(|pair| pair.1 != 0.0);
        let kept = judged.clone().filter(|pair| pair.0 / pair.1 >= self.target.service_level);
        self.met.push(kept.count() as f64, judged.count() as f64);
        let whole = self.pair(layout, replication, 0..replication.days.len());
        self.value.push(whole.0, whole.1);
    }

    /// The formula's numerator and denominator over some days.
    fn pair(&self, layout: &Layout, replication: &Replication, days: std::ops::Range<usize>) -> (f64, f64) {
        let mut totals = Totals::default();
        days.for_each(|day| self.add_day(layout, replication, day, &mut totals));
        match Measure::named(&self.target.formula).map(|measure| measure.kind) {
            Some(Kind::Ratio(numerator, denominator)) => (numerator(&totals), denominator(&totals)),
            _ => (0.0, 0.0),
        }
    }

    fn add_day(&self, layout: &Layout, replication: &Replication, day: usize, totals: &mut Totals) {
        let cells = &replication.days[day].cells;
        for contact_type in self.target.contact_types.iter().map(|id| id.index()) {
            match self.target.basis {
                TargetBasis::Contact => totals.add_cell(&cells[contact_type]),
                TargetBasis::Leg => {
                    totals.add_cell(&cells[contact_type]);
                    totals.add_cell(&cells[layout.first_later + contact_type]);
                }
                TargetBasis::Need => {
                    totals.add_needs(&replication.needs.days[day * layout.types + contact_type]);
                }
            }
        }
    }

    /// What became of it.
    pub(super) fn result(&self) -> TargetResult<'_> {
        let (target, confidence) = (&self.target, Confidence::default());
        TargetResult {
            target: &target.name,
            formula: &target.formula,
            basis: match target.basis {
                TargetBasis::Leg => Basis::Leg,
                TargetBasis::Contact => Basis::Contact,
                TargetBasis::Need => Basis::Need,
            },
            per: target.per,
            promised: target.service_level,
            within_s: target.within.as_s(),
            value: self.value.ratio(),
            interval: self.value.interval(Scale::Share, &confidence),
            spread: self.value.spread(),
            met: self.met.ratio(),
            met_interval: self.met.interval(Scale::Share, &confidence),
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
        Per::Month => {
            let mut months: Vec<std::ops::Range<usize>> = Vec::new();
            for day in days {
                match months.last_mut() {
                    Some(month) if spans.month_of[month.start] == spans.month_of[day] => month.end = day + 1,
                    _ => months.push(day..day + 1),
                }
            }
            months
        }
    }
}
