//! How people get better with the days that they have been at work.

use super::Outcome;
use crate::time::SimTime;

/// What all groups whose people's tenure matters share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learning {
    /// Factors by whole days at work from 0 on; the last holds on.
    pub curves: Vec<Vec<f64>>,
    /// The local days of the run: from when, and which, in days since 1970-01-01.
    pub days: Vec<(SimTime, u32)>,
}

/// The tenure of one group's people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupTenure {
    /// By contact type: which of [`Learning::curves`] is the factor on talks.
    pub service_time: Vec<Option<u16>>,
    /// By contact type: outcomes that come so many times as often, by curve.
    pub outcome_times: Vec<Vec<(Outcome, u16)>>,
    /// By agent of the group: the first day, in days since 1970-01-01; 0 is long ago.
    pub hired: Vec<u32>,
    /// How places are left.
    pub attrition: Option<Attrition>,
    /// From so many days at work on no curve of the group changes.
    pub settled: u32,
}

/// How people leave a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attrition {
    /// Probability that a place is left before a day.
    pub per_day: f64,
    /// So many days it then stays empty, that day being the first.
    pub vacant_days: u32,
}

impl Learning {
    /// A curve's factor after so many days at work.
    #[inline]
    pub fn factor(&self, curve: u16, days: u32) -> f64 {
        let curve = &self.curves[usize::from(curve)];
        curve[(days as usize).min(curve.len() - 1)]
    }

    /// The largest factor of a curve.
    pub fn most(&self, curve: u16) -> f64 {
        self.curves[usize::from(curve)].iter().copied().fold(0.0, f64::max)
    }

    /// The smallest factor of a curve.
    pub fn least(&self, curve: u16) -> f64 {
        self.curves[usize::from(curve)].iter().copied().fold(f64::INFINITY, f64::min)
    }
}
