//! Several replications: ratios of sums, intervals, pooled quantiles, and rows from which anyone can recompute them.

use super::fixture::*;
use crate::engine::RunEnd;
use crate::measures::{Basis, Collector, Detail, Results, Scope, ScopeKind, measures};

/// 1 of 2 abandoned, then 3 of 8: together 4 of 10, not the mean of 50 and 37.5 %.
fn two_replications() -> Results {
    let model = hour();
    let some = |abandons: usize, answers: usize| {
        let mut legs = vec![abandoned(10.0, 4.0); abandons];
        legs.extend(vec![answered(1000.0, 6.0, 60.0); answers]);
        replication(&model, &legs)
    };
    gathered(&model, [some(1, 1), some(3, 5)])
}

#[test]
fn a_ratio_is_of_sums() {
    let results = two_replications();
    assert_close(whole(&results, "abandonment", Basis::Contact), 0.4);
    assert_close(whole(&results, "offered", Basis::Contact), 5.0);
    assert_eq!(by_period(&results, "abandonment", Basis::Contact, "all"), [Some(1.0), Some(0.0), None, None]);
    assert_eq!(results.replications(), 2);
}

/// Offered 2 and 8: mean 5, sd 3 sqrt 2, half-width t(1) x 3 = 38.1186.
#[test]
fn a_count_has_students_interval() {
    let results = two_replications();
    let offered = results.find("offered", Basis::Contact, Scope::WHOLE).unwrap();
    let half_width = offered.half_width().unwrap();
    assert!((half_width - 38.118_614_2).abs() < 1e-6, "{half_width}");
    assert_eq!((offered.n, offered.spread), (2, None));
}

#[test]
fn quantiles_are_pooled_and_the_maximum_has_no_interval() {
    let results = two_replications();
    let find = |measure: &str| results.find(measure, Basis::Contact, Scope::WHOLE).unwrap();
    assert!((find("wait_p50").mean.unwrap() - 6.0).abs() < 0.006, "5th and 6th of 4 x 4 s, 6 x 6 s");
    assert_eq!(find("wait_max").mean, Some(6.0));
    assert!(find("wait_p90").interval.is_some());
    assert_eq!(find("wait_max").interval, None);
    let queue = results.find("wait_p50", Basis::Leg, scope(ScopeKind::Queue, 0)).unwrap();
    assert_eq!(queue.mean, find("wait_p50").mean);
}

#[test]
fn everyone_can_recompute_every_ratio() {
    let results = two_replications();
    let rows: Vec<_> = results.replication_rows().collect();
    for row in results.whole_rows() {
        let same = |other: &&crate::measures::ReplicationRow<'_>| {
            (other.measure, other.basis, other.scope_kind, other.scope)
                == (row.measure, row.basis, row.scope_kind, row.scope)
        };
        let mine: Vec<_> = rows.iter().filter(same).collect();
        assert_eq!(mine.iter().map(|row| row.replication).collect::<Vec<_>>(), [0, 1]);
        let (x, y) = mine.iter().fold((0.0, 0.0), |(x, y), row| (x + row.numerator, y + row.denominator));
        let quantile = row.measure.starts_with("wait_p") || row.measure.starts_with("handle_time_p");
        if !quantile && row.measure != "wait_max" {
            assert_eq!(row.mean, (y != 0.0).then(|| x / y), "{} of {}", row.measure, row.scope);
        }
    }
}

#[test]
fn planners_intervals_are_means_over_replications() {
    let results = two_replications();
    let rows: Vec<_> = results.period_rows().collect();
    assert_eq!(rows.len(), 8, "four quarters of two queues");
    assert_eq!((rows[0].queue, rows[0].offered, rows[0].abandoned, rows[0].wait_s), ("first", 2.0, 2.0, 8.0));
    let second_quarter = &rows[2];
    assert_eq!(second_quarter.period.index, 1);
    assert_eq!((second_quarter.answered, second_quarter.answered_in_time), (3.0, 3.0));
    assert_eq!((second_quarter.handle_s, second_quarter.wait_s), (180.0, 18.0));
}

/// A year keeps them too, though it keeps no measures by period.
#[test]
fn planners_intervals_need_no_measures_by_period() {
    let model = hour();
    let detail = Detail { intervals: true, ..Detail::WHOLE };
    let (mut collector, mut results) = (Collector::new(&model, detail), Results::new(&model, detail));
    let legs = [abandoned(10.0, 4.0), answered(1000.0, 6.0, 60.0), sent_away(3000.0, 9.0)];
    legs.iter().for_each(|leg| tell(&mut collector, leg));
    results.add(collector.finish(RunEnd::default()));
    assert_eq!(results.period_measure_rows().count(), 0);
    let all = gathered(&model, [replication(&model, &legs)]);
    assert_eq!(results.period_rows().collect::<Vec<_>>(), all.period_rows().collect::<Vec<_>>());
    assert_eq!(all.period_rows().map(|row| row.sent_away).sum::<f64>(), 1.0);
}

#[test]
fn names_are_unique_and_no_series_comes_twice() {
    for (index, measure) in measures().enumerate() {
        assert!(measures().take(index).all(|other| other.name != measure.name), "{} twice", measure.name);
    }
    let results = two_replications();
    let mut keys: Vec<_> = results
        .whole_rows()
        .map(|row| (row.measure, row.basis, row.scope_kind, row.scope.to_string()))
        .collect();
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all);
}

#[test]
fn thirty_replications_say_what_one_year_may_bring() {
    let model = hour();
    let runs = (1..=30).map(|calls| replication(&model, &vec![abandoned(10.0, 4.0); calls]));
    let results = gathered(&model, runs);
    let spread = results.find("offered", Basis::Leg, Scope::WHOLE).unwrap().spread.unwrap();
    assert_eq!((spread.low, spread.high), (3.0, 27.0));
    assert_eq!(results.run_ends(), [RunEnd::default(); 30]);
}
