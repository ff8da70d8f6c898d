//! Variants held against their base, measure by measure and replication by replication.

mod enough;
mod hours;
mod scorecard;

use std::collections::BTreeMap;

pub use self::enough::Enough;
pub use self::hours::{HourDifference, HourMaps};
use self::scorecard::Scorecard;
pub(super) use self::scorecard::WHOLE;
use super::wanted;
use crate::experiment::overflows;
use crate::measures::{Basis, Results, ScopeKind, SeriesView, Unit};
use crate::stats::{Confidence, Difference, PairedRatios, Shown, Wanted};

/// A base and its variants, simulated with the same citizens.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Of the base, then of each variant, in their order: how many of the promised spans were kept, by target.
    pub targets: Vec<Vec<TargetKept>>,
    /// By variant: every measure of the whole run that both have, the scorecard's first.
    pub variants: Vec<Vec<Row>>,
    /// By variant: the service level by weekday and hour, and by queue and hour.
    pub hours: Vec<Vec<HourDifference>>,
    /// Of the base, then of each variant: replications whose center filled without bound.
    pub overflowed: Vec<usize>,
    /// How many verdicts the scorecard holds, over all variants; its intervals are corrected for them.
    pub verdicts: u32,
    /// The smallest difference that matters, as a part of the base's value.
    pub worth: f64,
    /// Replications of each scenario.
    pub replications: u32,
}

/// A target of one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetKept {
    /// Its name.
    pub target: String,
    /// Share of the judged spans that met it.
    pub met: Option<f64>,
    /// Half of its 95 % interval.
    pub half_width: Option<f64>,
}

/// A measure under base and variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name in files.
    pub measure: &'static str,
    /// What the numbers are.
    pub unit: Unit,
    /// What is counted.
    pub basis: Basis,
    /// Over whom.
    pub scope_kind: ScopeKind,
    /// Its name.
    pub scope: String,
    /// The base's value; `None`: no data.
    pub base: Option<f64>,
    /// The variant's.
    pub variant: Option<f64>,
    /// Variant less base, with its own 95 % interval; `None` where one of them has no data.
    pub difference: Option<Difference>,
    /// How many independent replications one with common random numbers is worth; `None` without an interval.
    pub saving: Option<f64>,
    /// What the scorecard says of it, corrected for all its verdicts; `None` of rows that are not on it.
    pub verdict: Option<Verdict>,
}

/// A difference on the scorecard.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What it shows of the variant.
    pub shown: Shown,
    /// Which way is better; `None` of what is neither: then better means more.
    pub wanted: Option<Wanted>,
    /// The difference with the interval that stands for all verdicts together.
    pub corrected: Difference,
}

impl Verdict {
    /// In words: of what is neither better nor worse, more or less.
    pub fn words(&self) -> &'static str {
        match (self.shown, self.wanted) {
            (Shown::Better, None) => "more",
            (Shown::Worse, None) => "less",
            (shown, _) => shown.words(),
        }
    }
}

impl Comparison {
    /// Of results of as many replications each, the base's first. `worth` is a part of the base's value.
    pub fn of(results: &[Results], worth: f64) -> Comparison {
        let Some((base, variants)) = results.split_first() else { return Comparison::default() };
        let (card, series) = (Scorecard::of(base), base.series().collect::<Vec<_>>());
        let pairs: Vec<Vec<Pair<'_>>> = variants.iter().map(|variant| pairs(&series, variant)).collect();
        let verdicts = pairs.iter().flatten().filter(|pair| card.holds(pair)).count() as u32;
        let corrected = Confidence::default().shared_by(verdicts).unwrap_or_default();
        let row = |pair: &Pair<'_>| row(pair, card.holds(pair).then_some((&corrected, worth)));
        let rows = |pairs: &Vec<Pair<'_>>| {
            let mut rows: Vec<Row> = pairs.iter().map(row).collect();
            rows.sort_by_key(|row| row.verdict.is_none());
            rows
        };
        Comparison {
            targets: results.iter().map(kept).collect(),
            overflowed: results.iter().map(|results| overflows(results.run_ends()).len()).collect(),
            variants: pairs.iter().map(rows).collect(),
            hours: Vec::new(),
            verdicts,
            worth,
            replications: base.replications(),
        }
    }
}

fn kept(results: &Results) -> Vec<TargetKept> {
    let of = |target: crate::measures::TargetResult<'_>| TargetKept {
        target: target.target.into(),
        met: target.met,
        half_width: target.met_interval.map(|interval| interval.half_width),
    };
    results.targets().into_iter().map(of).collect()
}

/// A series of the base and the same of a variant.
struct Pair<'a> {
    base: SeriesView<'a>,
    variant: SeriesView<'a>,
}

/// The series of the base that a variant has too; a group or queue that only one of them has is left out.
fn pairs<'a>(base: &[SeriesView<'a>], variant: &'a Results) -> Vec<Pair<'a>> {
    let key = |view: &SeriesView<'a>| (view.measure, view.basis, view.scope_kind, view.scope);
    let others: BTreeMap<_, _> = variant.series().map(|view| (key(&view), view)).collect();
    let both = |&base: &SeriesView<'a>| others.get(&key(&base)).map(|&variant| Pair { base, variant });
    base.iter().filter_map(both).collect()
}

fn row(pair: &Pair<'_>, judged: Option<(&Confidence, f64)>) -> Row {
    let Pair { base, variant } = pair;
    let mut paired = PairedRatios::default();
    for (of_base, of_variant) in base.sample.pairs().iter().zip(variant.sample.pairs()) {
        paired.push((of_variant.numerator, of_variant.denominator), (of_base.numerator, of_base.denominator));
    }
    // Pooled quantiles are not the means of the replications' own: the interval is laid around what is printed.
    let estimate = base.mean.zip(variant.mean).map(|(base, variant)| variant - base);
    let difference = |confidence: &Confidence| {
        let difference = paired.difference(confidence);
        estimate.zip(difference).map(|(estimate, difference)| difference.around(estimate))
    };
    let verdict = judged.and_then(|(confidence, worth)| {
        let corrected = difference(confidence)?;
        let wanted = wanted(base.measure);
        let smallest = worth * base.mean.unwrap_or(0.0).abs();
        let shown = corrected.shown(wanted.unwrap_or(Wanted::More), smallest);
        Some(Verdict { shown, wanted, corrected })
    });
    Row {
        measure: base.measure,
        unit: base.unit,
        basis: base.basis,
        scope_kind: base.scope_kind,
        scope: base.scope.into(),
        base: base.mean,
        variant: variant.mean,
        difference: difference(&Confidence::default()),
        saving: paired.saving(),
        verdict,
    }
}
