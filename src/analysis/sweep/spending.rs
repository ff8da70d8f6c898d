//! How many replications each scenario gets: a number, or as many as it takes to decide something.

use super::selection::Selection;
use super::unit::LARGEST_UNIT;
use super::wanted_series::{of_whole, unknown};
use crate::analysis::wanted;
use crate::diagnostic::{Code, Diagnostic};
use crate::measures::{Basis, Extract, Extracted, ScopeKind, SeriesKey};
use crate::scenario::{Decided, Study, Until};
use crate::stats::{Confidence, Difference, PairedRatios, Shown, Wanted};

/// How many replications a scenario gets.
#[derive(Clone, Debug, PartialEq)]
pub enum Spending {
    /// So many.
    Fixed(u32),
    /// As many as it takes.
    Until {
        /// What is to be decided.
        until: Until,
        /// By which measure of the whole center; `None`: the first target's.
        by: Option<SeriesKey>,
    },
}

/// Every two scenarios of a race are held against each other.
const MOST_IN_RACE: u32 = 2_000;

/// Replications unless the study says otherwise.
const USUAL: u32 = 10;

impl Spending {
    /// Of a study with so many scenarios.
    ///
    /// # Errors
    /// A measure that is none; targets to decide where there are none; more scenarios or replications than can be kept apart.
    pub fn of(study: &Study, scenarios: u32) -> Result<Spending, Vec<Diagnostic>> {
        let spending = Spending::written(study)?;
        let most = spending.goals().last().copied().unwrap_or(0);
        let units = u64::from(scenarios) * u64::from(most.div_ceil(LARGEST_UNIT));
        let is_race = matches!(&spending, Spending::Until { until, .. } if until.decided == Decided::Best);
        let wrong = |code: Code, path: &str, message: String| {
            Err(vec![Diagnostic::new(code, path, message).at(study.origins.place(path))])
        };
        if units > u32::MAX.into() {
            let message = format!(
                "{scenarios} scenarios with up to {most} replications each are too many for one sweep"
            );
            wrong(Code::STUDY_TOO_LARGE, "study.design", message)
        } else if is_race && scenarios > MOST_IN_RACE {
            let message = format!(
                "the best is looked for among at most {MOST_IN_RACE} scenarios, and there are {scenarios}"
            );
            wrong(Code::STUDY_UNTIL, "study.until.decided", message)
        } else {
            Ok(spending)
        }
    }

    fn written(study: &Study) -> Result<Spending, Vec<Diagnostic>> {
        let header = &study.document.study;
        let Some(until) = &header.until else {
            return Ok(Spending::Fixed(header.replications.unwrap_or(USUAL)));
        };
        let until_path = |key: &str| format!("study.until.{key}");
        if until.decided == Decided::Targets && study.base.targets.is_empty() {
            let path = until_path("decided");
            let message = "the base has no targets to decide";
            let found =
                Diagnostic::new(Code::STUDY_UNTIL, &path, message).with_help("add [targets.NAME] to it");
            return Err(vec![found.at(study.origins.place(&path))]);
        }
        let named = until
            .measure
            .as_ref()
            .map(|name| of_whole(name).ok_or_else(|| vec![unknown(study, &until_path("measure"), name)]));
        Ok(Spending::Until { until: until.clone(), by: named.transpose()? })
    }

    /// As a directory of results remembers it; `None` where its measure is none.
    pub fn until(until: Until) -> Option<Spending> {
        let by = match &until.measure {
            Some(name) => Some(of_whole(name)?),
            None => None,
        };
        Some(Spending::Until { until, by })
    }

    /// The measure that decides, if it was named.
    pub fn by(&self) -> Option<&SeriesKey> {
        match self {
            Spending::Until { by, .. } => by.as_ref(),
            Spending::Fixed(_) => None,
        }
    }

    /// The counts of replications at which it is asked what is decided; the last is the most.
    pub(super) fn goals(&self) -> Vec<u32> {
        match self {
            Spending::Fixed(count) => vec![*count],
            Spending::Until { until, .. } => {
                let step = |goal: &u32| match until.decided {
                    Decided::Best => Some(goal.saturating_add(until.first)),
                    Decided::Targets | Decided::Difference => Some(goal.saturating_mul(2)),
                };
                let within =
                    std::iter::successors(Some(until.first), step).take_while(|goal| *goal < until.at_most);
                within.chain([until.at_most]).collect()
            }
        }
    }

    /// Whether what is decided of a scenario depends on no other, so that parts of a sweep can be run apart.
    pub fn is_by_scenario(&self) -> bool {
        !matches!(self, Spending::Until { until, .. } if until.decided != Decided::Targets)
    }
}

/// The series that decides: the named one, the first target's, or the service level of the whole.
pub(super) fn deciding<'e>(extract: &'e Extract, by: Option<&SeriesKey>) -> Option<&'e Extracted> {
    match by {
        Some(key) => extract.find(key),
        None => extract.series.iter().find(|series| series.promised.is_some()).or_else(|| {
            extract.find(&SeriesKey {
                measure: "answered_over_offered",
                basis: Basis::Contact,
                scope_kind: ScopeKind::Whole,
                scope: "all".into(),
            })
        }),
    }
}

/// Whether every target is met or missed for certain; each look shares the confidence.
pub(super) fn targets_are_decided(extract: &Extract, confidence: &Confidence) -> bool {
    extract.series.iter().filter(|series| series.promised.is_some()).all(|series| {
        let promised = series.promised.unwrap_or(0.0);
        let interval = extract.interval(series, confidence);
        interval.is_some_and(|interval| interval.low >= promised || interval.high < promised)
    })
}

/// Scenario less base, replication by replication; `None` without data on both sides.
pub fn difference(
    (extract, series): (&Extract, &Extracted),
    base: &Extract,
    confidence: &Confidence,
) -> Option<Difference> {
    let of_base = base.find(&series.key)?;
    let mut paired = PairedRatios::default();
    for (of_base, own) in of_base.sample.pairs().iter().zip(series.sample.pairs()) {
        paired.push((own.numerator, own.denominator), (of_base.numerator, of_base.denominator));
    }
    let difference = paired.difference(confidence)?;
    if extract.replications != base.replications {
        return Some(difference);
    }
    // Pooled quantiles are not the means of the replications' own: the interval is laid around what is told.
    let estimate = extract.value(series)? - base.value(of_base)?;
    Some(difference.around(estimate))
}

/// Whether a scenario differs from the base for certain, or not by what matters.
pub(super) fn difference_is_decided(
    extract: &Extract,
    base: &Extract,
    by: Option<&SeriesKey>,
    worth: f64,
    confidence: &Confidence,
) -> bool {
    let shown = deciding(extract, by).and_then(|series| {
        let difference = difference((extract, series), base, confidence)?;
        Some(difference.shown(Wanted::More, worth))
    });
    shown.is_some_and(|shown| shown != Shown::NoDifferenceShown)
}

/// What each replication says of the deciding measure; more is better.
pub(super) fn observations(extract: &Extract, by: Option<&SeriesKey>) -> Vec<f64> {
    let Some(series) = deciding(extract, by) else { return vec![0.0; extract.replications as usize] };
    let sign = if wanted(series.key.measure) == Some(Wanted::Less) { -1.0 } else { 1.0 };
    series.sample.pairs().iter().map(|pair| sign * pair.ratio().unwrap_or(0.0)).collect()
}

/// The confidence of each of several looks so that all hold together.
pub(super) fn of_each_look(confidence: f64, looks: usize) -> Confidence {
    let whole = Confidence::new(confidence).unwrap_or_default();
    whole.shared_by(u32::try_from(looks).unwrap_or(u32::MAX)).unwrap_or(whole)
}

/// The race of a sweep that looks for the best.
#[derive(Debug)]
pub(super) struct Race {
    scenarios: Vec<u32>,
    selection: Selection,
}

impl Race {
    /// After the first replications of all scenarios.
    pub(super) fn new(seen: &[(u32, Vec<f64>)], until: &Until) -> Race {
        let first: Vec<&[f64]> = seen.iter().map(|(_, values)| values.as_slice()).collect();
        let selection = Selection::new(&first, until.worth.unwrap_or(f64::MIN_POSITIVE), until.confidence);
        Race { scenarios: seen.iter().map(|(scenario, _)| *scenario).collect(), selection }
    }

    /// Who is left after `r` replications.
    pub(super) fn left(&mut self, r: u32, mean: impl Fn(u32) -> f64) -> Vec<u32> {
        let Race { scenarios, selection } = self;
        selection.screen(r, |index| mean(scenarios[index])).iter().map(|&index| scenarios[index]).collect()
    }
}
