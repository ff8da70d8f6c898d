//! What a comparison says, as it is kept for later reports.

use serde::{Deserialize, Serialize};

use super::Known;
use crate::analysis::{HourDifference, Row, TargetKept};
use crate::report::comparison::Compared;
use crate::report::tables::unit_name;
use crate::stats::Difference;

/// A finished comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedComparison {
    /// The base's name.
    pub base: String,
    /// The hash of its scenario.
    pub base_hash: String,
    /// The master seed.
    pub seed: u64,
    /// Replications of each scenario.
    pub replications: u32,
    /// How many verdicts there are in all.
    pub verdicts: u32,
    /// The smallest difference that matters, as a part of the base's value.
    pub worth: f64,
    /// The command that does it again.
    pub command: String,
    /// What to be careful with.
    pub warnings: Vec<String>,
    /// How often the base met its targets.
    pub targets: Vec<SavedKept>,
    /// The variants.
    pub variants: Vec<SavedVariant>,
}

/// How often a target was met.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedKept {
    /// Its name.
    pub target: String,
    /// The share of spans that met it.
    pub met: Known,
}

/// A variant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedVariant {
    /// What it is called.
    pub name: String,
    /// The hash of its scenario.
    pub hash: String,
    /// What differs in the inputs.
    pub changes: Vec<SavedChange>,
    /// How often it met the targets.
    pub targets: Vec<SavedKept>,
    /// Every measure that both have, the scorecard's first.
    pub rows: Vec<SavedDifference>,
    /// The service level by weekday and hour, and by queue and hour.
    #[serde(default)]
    pub hours: Vec<SavedHour>,
}

/// The difference in service level in an hour of the wall clock.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedHour {
    /// The queue; nothing: the whole center.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// 0 is Monday; nothing: all days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<usize>,
    /// From 0 on.
    pub hour: usize,
    /// Variant less base.
    pub difference: Known,
}

/// A value that differs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedChange {
    /// Where.
    pub path: String,
    /// The base's value; `None`: it has none.
    pub base: Option<String>,
    /// The variant's.
    pub variant: Option<String>,
}

/// A measure under base and variant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedDifference {
    /// Its name in files.
    pub measure: String,
    /// What is counted.
    pub basis: String,
    /// Over whom.
    pub scope_kind: String,
    /// Its name.
    pub scope: String,
    /// What the numbers are.
    pub unit: String,
    /// The base's value.
    pub base: Option<f64>,
    /// The variant's.
    pub variant: Option<f64>,
    /// Variant less base.
    pub difference: Known,
    /// Likewise, with the interval that stands for all verdicts together.
    pub corrected: Known,
    /// In words; `None` of what is not on the scorecard.
    pub verdict: Option<String>,
}

/// What is kept of a comparison.
pub fn saved_comparison(compared: &Compared<'_>) -> SavedComparison {
    let comparison = compared.comparison;
    let both = compared.variants.iter().zip(&comparison.variants).zip(comparison.targets.iter().skip(1));
    let hours = comparison.hours.iter().map(|hours| hours.iter().map(hour).collect());
    let variants = both.zip(hours.chain(std::iter::repeat_with(Vec::new)));
    let variants = variants.map(|(((variant, rows), targets), hours)| SavedVariant {
        hours,
        name: variant.name.clone(),
        hash: variant.hash.clone(),
        changes: variant
            .changes
            .iter()
            .map(|change| SavedChange {
                path: change.path.clone(),
                base: change.base.clone(),
                variant: change.variant.clone(),
            })
            .collect(),
        targets: targets.iter().map(kept).collect(),
        rows: rows.iter().map(difference).collect(),
    });
    SavedComparison {
        base: compared.base.into(),
        base_hash: compared.base_hash.into(),
        seed: compared.seed,
        replications: comparison.replications,
        verdicts: comparison.verdicts,
        worth: comparison.worth,
        command: compared.command.into(),
        warnings: compared.warnings.to_vec(),
        targets: comparison.targets.first().into_iter().flatten().map(kept).collect(),
        variants: variants.collect(),
    }
}

fn kept(target: &TargetKept) -> SavedKept {
    let met = Known { mean: target.met, half_width: target.half_width, ..Known::default() };
    SavedKept { target: target.target.clone(), met }
}

fn difference(row: &Row) -> SavedDifference {
    SavedDifference {
        measure: row.measure.into(),
        basis: row.basis.name().into(),
        scope_kind: row.scope_kind.name().into(),
        scope: row.scope.clone(),
        unit: unit_name(row.unit).into(),
        base: row.base,
        variant: row.variant,
        difference: row.difference.as_ref().map(known).unwrap_or_default(),
        corrected: row.verdict.as_ref().map(|verdict| known(&verdict.corrected)).unwrap_or_default(),
        verdict: row.verdict.as_ref().map(|verdict| verdict.words().into()),
    }
}

fn hour(found: &HourDifference) -> SavedHour {
    SavedHour {
        queue: found.queue.clone(),
        weekday: found.weekday,
        hour: found.hour,
        difference: known(&found.difference),
    }
}

fn known(difference: &Difference) -> Known {
    super::gather::known(Some(difference.estimate), difference.interval)
}
