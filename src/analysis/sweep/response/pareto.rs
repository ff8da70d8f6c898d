//! The Pareto front of cost against service: scenarios than which no other is both cheaper and better.

use super::{Known, Response};

/// A scenario on the front.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnFront {
    /// Its place among the response's points.
    pub point: usize,
    /// What it costs.
    pub cost: Known,
    /// How well it serves.
    pub service: Known,
}

impl Response {
    /// The front of cost against the first service measure, by estimates, the cheapest first; empty where nothing costs anything.
    pub fn front(&self) -> Vec<OnFront> {
        let (Some(cost), Some(&service)) = (self.cost_key(), self.service_keys().first()) else {
            return Vec::new();
        };
        let both = |(point, of): (usize, &super::Point)| {
            Some(OnFront { point, cost: of.of(cost)?, service: of.of(service)? })
        };
        let mut all: Vec<OnFront> = self.points.iter().enumerate().filter_map(both).collect();
        all.sort_by(|a, b| {
            let dearer = a.cost.value.total_cmp(&b.cost.value);
            dearer.then(b.service.value.total_cmp(&a.service.value)).then(a.point.cmp(&b.point))
        });
        let mut best = f64::NEG_INFINITY;
        all.retain(|candidate| {
            let is_better = candidate.service.value > best;
            best = best.max(candidate.service.value);
            is_better
        });
        all
    }
}
