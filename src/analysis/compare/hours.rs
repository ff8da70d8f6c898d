//! Where in the week a variant differs: the service level by weekday and hour, and by queue and hour of the day, replication by replication.
//!
//! Moments are kept and no replications, so that memory does not grow with them.

use crate::measures::{Basis, Results, ScopeKind, WEEK_HOURS, week_hours_basis};
use crate::stats::{Confidence, Difference, PairedMoments};

const HOURS: usize = 24;

/// The service level (`answered_over_offered`) in an hour under base and variant.
#[derive(Clone, Debug, PartialEq)]
pub struct HourDifference {
    /// What is counted.
    pub basis: Basis,
    /// The queue; `None`: the whole center.
    pub queue: Option<String>,
    /// 0 is Monday; `None`: all days.
    pub weekday: Option<usize>,
    /// The hour of the wall clock.
    pub hour: usize,
    /// The base's value.
    pub base: f64,
    /// The variant's.
    pub variant: f64,
    /// Variant less base, with its own 95 % interval.
    pub difference: Difference,
}

/// Maps in the making, of all variants.
#[derive(Clone, Debug, Default)]
pub struct HourMaps {
    /// The base's queues.
    queues: Vec<String>,
    /// By variant and queue of the base: the variant's place for it; `None`: it has none of that name.
    places: Vec<Vec<Option<usize>>>,
    /// The base's pairs of the replication under way.
    base: Vec<(f64, f64)>,
    variants: Vec<Map>,
}

/// A variant's moments: of the whole by hour of the week; of each queue by hour of the day.
#[derive(Clone, Debug)]
struct Map {
    week: Vec<PairedMoments>,
    queues: Vec<PairedMoments>,
}

impl HourMaps {
    /// Of results, the base's first.
    pub fn new(results: &[Results]) -> HourMaps {
        let Some((base, variants)) = results.split_first() else { return HourMaps::default() };
        let queues = |results: &Results| -> Vec<String> {
            results.scopes(ScopeKind::Queue).map(|(_, name)| name.into()).collect()
        };
        let names = queues(base);
        let places = |variant: &Results| {
            let theirs = queues(variant);
            names.iter().map(|name| theirs.iter().position(|other| other == name)).collect()
        };
        let map = || Map {
            week: vec![PairedMoments::default(); WEEK_HOURS],
            queues: vec![PairedMoments::default(); names.len() * HOURS],
        };
        HourMaps {
            places: variants.iter().map(places).collect(),
            base: Vec::new(),
            variants: variants.iter().map(|_| map()).collect(),
            queues: names,
        }
    }

    /// Adds a replication of a scenario, 0 being the base: each replication's base first, then its variants.
    pub fn add(&mut self, scenario: usize, pairs: impl Iterator<Item = (f64, f64)>) {
        let pairs: Vec<(f64, f64)> = pairs.collect();
        let Some(variant) = scenario.checked_sub(1) else {
            self.base = pairs;
            return;
        };
        let (map, places) = (&mut self.variants[variant], &self.places[variant]);
        let (own, theirs) = (1 + self.queues.len(), pairs.len() / WEEK_HOURS);
        for (hour, moments) in map.week.iter_mut().enumerate() {
            moments.push(pairs[hour * theirs], self.base[hour * own]);
        }
        let by_hour = |pairs: &[(f64, f64)], width: usize, entity: usize, hour: usize| {
            let days = (0..WEEK_HOURS / HOURS).map(|day| pairs[(day * HOURS + hour) * width + entity]);
            days.fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1))
        };
        for (queue, place) in places.iter().enumerate() {
            let Some(place) = place else { continue };
            for hour in 0..HOURS {
                let variant = by_hour(&pairs, theirs, 1 + place, hour);
                let base = by_hour(&self.base, own, 1 + queue, hour);
                map.queues[queue * HOURS + hour].push(variant, base);
            }
        }
    }

    /// By variant: every hour in which both have data.
    pub fn differences(&self) -> Vec<Vec<HourDifference>> {
        self.variants.iter().map(|map| self.of(map)).collect()
    }

    fn of(&self, map: &Map) -> Vec<HourDifference> {
        let confidence = Confidence::default();
        let found = |moments: &PairedMoments, queue: Option<usize>, weekday: Option<usize>, hour: usize| {
            let [variant, base] = moments.ratios();
            Some(HourDifference {
                basis: week_hours_basis(queue.map_or(0, |queue| 1 + queue)),
                queue: queue.map(|queue| self.queues[queue].clone()),
                weekday,
                hour,
                base: base?,
                variant: variant?,
                difference: moments.difference(&confidence)?,
            })
        };
        let week = map.week.iter().enumerate();
        let week = week.filter_map(|(at, moments)| found(moments, None, Some(at / HOURS), at % HOURS));
        let queues = map.queues.iter().enumerate();
        week.chain(queues.filter_map(|(at, moments)| found(moments, Some(at / HOURS), None, at % HOURS)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of a week in which one hour has contacts; (in time, of) of the whole, then of queues.
    fn week(hour: usize, entities: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> {
        let mut pairs = vec![(0.0, 0.0); WEEK_HOURS * entities.len()];
        pairs[hour * entities.len()..][..entities.len()].copy_from_slice(entities);
        pairs.into_iter()
    }

    fn maps() -> HourMaps {
        HourMaps {
            queues: ["a", "b"].map(String::from).into(),
            // The variant has them the other way round, after another.
            places: vec![vec![Some(2), Some(1)]],
            base: Vec::new(),
            variants: vec![Map {
                week: vec![PairedMoments::default(); WEEK_HOURS],
                queues: vec![PairedMoments::default(); 2 * HOURS],
            }],
        }
    }

    /// Tuesday at ten: 6 of 10 and 7 of 10 in time under the base, 8 of 10 and 9 of 10 under the variant.
    #[test]
    fn queues_are_matched_by_name_and_days_are_summed() {
        let (tuesday, wednesday) = (24 + 10, 48 + 10);
        let mut maps = maps();
        for (hour, base, variant) in [(tuesday, 6.0, 8.0), (wednesday, 7.0, 9.0)] {
            maps.add(0, week(hour, &[(base, 10.0), (base, 10.0), (0.0, 4.0)]));
            maps.add(1, week(hour, &[(variant, 10.0), (1.0, 2.0), (4.0, 4.0), (variant, 10.0)]));
        }
        let found = maps.differences().remove(0);
        let told: Vec<_> = found
            .iter()
            .map(|hour| (hour.queue.as_deref(), hour.weekday, hour.hour, hour.difference.estimate))
            .collect();
        let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(matches!(told[0], (None, Some(1), 10, d) if near(d, 0.2)), "{told:?}");
        assert!(matches!(told[1], (None, Some(2), 10, d) if near(d, 0.2)), "{told:?}");
        assert!(matches!(told[2], (Some("a"), None, 10, d) if near(d, 0.2)), "{told:?}");
        assert!(matches!(told[3], (Some("b"), None, 10, d) if near(d, 1.0)), "{told:?}");
        // Each weekday has data in one replication alone; the queue's hour has the same difference in both.
        assert_eq!(found[0].difference.interval, None);
        assert!(found[2].difference.interval.unwrap().half_width < 1e-9);
        assert_eq!((found[0].basis, found[2].basis), (Basis::Contact, Basis::Leg));
    }
}
