//! When a comparison has enough replications: differences known within a bound.

use super::{Comparison, Row, scorecard};
use crate::experiment::{Aim, NotAnAim, named_measures};
use crate::measures::{Basis, Detail, Results, ScopeKind, Unit};
use crate::model::Model;

/// A bound for the half-widths of differences: absolute of shares, a part of the base's value of everything else.
#[derive(Clone, Debug, PartialEq)]
pub struct Enough {
    bound: f64,
    /// What is asked about; nothing: the service levels on the scorecards.
    asked: Vec<Asked>,
}

/// A measure of a scope.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    measure: &'static str,
    basis: Basis,
    scope_kind: ScopeKind,
    scope: String,
}

impl Enough {
    /// Differences in the measures that `names` say, or else in every service level on the scorecards, known within `bound`.
    ///
    /// # Errors
    /// A name of nothing in the base.
    pub fn new(bound: f64, names: &[String], base: &Model) -> Result<Enough, NotAnAim> {
        let results = Results::new(base, Detail::WHOLE);
        let asked = |aim| match aim {
            Aim::Measure { measure, basis, scope } => {
                Some(Asked { measure, basis, scope_kind: scope.kind, scope: results.name_of(scope).into() })
            }
            Aim::Target(_) => None,
        };
        Ok(Enough { bound, asked: named_measures(names, &results)?.into_iter().filter_map(asked).collect() })
    }

    /// Whether it is. A difference without an interval, or that a variant lacks, is never known.
    pub fn is_met(&self, comparison: &Comparison) -> bool {
        let of_variant = |rows: &Vec<Row>| {
            if self.asked.is_empty() {
                let on_it = rows.iter().filter(|row| row.verdict.is_some());
                let mut levels = on_it.filter(|row| scorecard::is_service_level(row)).peekable();
                levels.peek().is_some() && levels.all(|row| self.is_known(row))
            } else {
                self.asked.iter().all(|asked| rows.iter().any(|row| asked.is(row) && self.is_known(row)))
            }
        };
        comparison.variants.iter().all(of_variant)
    }

    fn is_known(&self, row: &Row) -> bool {
        let Some(interval) = row.difference.and_then(|difference| difference.interval) else { return false };
        let scale = if row.unit == Unit::Share { 1.0 } else { row.base.unwrap_or(0.0).abs() };
        interval.half_width <= self.bound * scale
    }
}

impl Asked {
    fn is(&self, row: &Row) -> bool {
        (self.measure, self.basis, self.scope_kind) == (row.measure, row.basis, row.scope_kind)
            && self.scope == row.scope
    }
}
