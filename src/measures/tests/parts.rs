//! Parts of a replication: batches, weeks, months, and the periods of a week.

use super::fixture::*;
use crate::engine::{Leg, RunEnd};
use crate::measures::{Basis, Collector, Detail, Doubted, Grounds, PeriodKind, Results, Scope, ScopeKind};
use crate::model::Model;
use crate::stats::Method;

/// So many calls at once at `at_s`, hung up at once.
fn calls(at_s: f64, count: usize) -> Vec<Leg> {
    vec![abandoned(at_s, 0.0); count]
}

fn offered(results: &Results) -> (Option<f64>, f64, Method) {
    let row = results.find("offered", Basis::Contact, Scope::WHOLE).unwrap();
    let interval = row.interval.unwrap();
    (row.mean, interval.half_width, interval.method)
}

/// Eight quarter-hours in four batches.
fn two_hours() -> Model {
    Model { batches: Some(4), ..center(8, 0) }
}

/// 1, 2, 3, 4 calls in four batches: 10 in all; each batch is a quarter of the run, so residuals are -1.5, -0.5, 0.5, 1.5. Their squares sum to 5, times 4/3, root 2.582; t(3) = 3.1824.
#[test]
fn batches_of_one_run_by_hand() {
    let model = two_hours();
    let legs: Vec<Leg> = (0..4).flat_map(|batch| calls(1800.0 * batch as f64 + 1000.0, batch + 1)).collect();
    let results = results(&model, &legs);
    let (mean, half_width, method) = offered(&results);
    assert_eq!((mean, method, results.grounds()), (Some(10.0), Method::BatchMeans, Grounds::Batches(4)));
    assert!((half_width - 3.182_446 * (20.0_f64 / 3.0).sqrt()).abs() < 1e-4, "{half_width}");
    let rows: Vec<_> = results.replication_rows().filter(|row| row.measure == "offered").collect();
    assert_eq!(rows[0].numerator, 10.0, "files tell of replications, not of batches");
}

/// The same twice: eight batches, of which four have twice what the others have.
#[test]
fn batches_of_several_runs_are_taken_together() {
    let model = two_hours();
    let legs =
        |times: usize| -> Vec<Leg> { (0..4).flat_map(|batch| calls(1800.0 * batch as f64, times)).collect() };
    let results = gathered(&model, [replication(&model, &legs(2)), replication(&model, &legs(4))]);
    let (mean, half_width, _) = offered(&results);
    assert_eq!((mean, results.grounds()), (Some(12.0), Grounds::Batches(8)));
    // Residuals -1 and 1, squares 8, times 8/7, over 2; t(7) = 2.3646.
    assert!((half_width - 2.364_624 * (64.0_f64 / 7.0).sqrt() / 2.0).abs() < 1e-4, "{half_width}");
}

/// A queue in which ever more wait grows; nothing else is said then.
#[test]
fn a_growing_queue_is_told() {
    let model = Model { batches: Some(12), ..center(24, 0) };
    let legs: Vec<Leg> = (0..24)
        .flat_map(|period| vec![abandoned(900.0 * f64::from(period), 60.0); 1 + 3 * period as usize])
        .collect();
    let doubts = results(&model, &legs).doubts();
    assert_eq!(doubts.len(), 1, "{doubts:?}");
    assert_eq!((doubts[0].doubted, doubts[0].measure), (Doubted::Stability, "mean_queue"));
    assert_eq!(doubts[0].scope, scope(ScopeKind::Queue, 0));
}

/// Nobody waits in the first batch of ten, all others are alike but for a wiggle.
#[test]
fn a_warm_up_that_was_left_in_is_told() {
    let model = Model { batches: Some(10), ..center(10, 0) };
    let wait = |period: usize| if period == 0 { 0.0 } else { 30.0 + [0.0, 2.0, -1.0, 1.0][period % 4] };
    let legs: Vec<Leg> =
        (0..10).flat_map(|period| vec![abandoned(900.0 * period as f64, wait(period)); 5]).collect();
    let doubts = results(&model, &legs).doubts();
    assert!(
        doubts.iter().any(|doubt| doubt.doubted == Doubted::WarmUp && doubt.measure == "wait_all"),
        "{doubts:?}"
    );
    assert_eq!(results_without_batches(&legs).doubts(), []);
}

fn results_without_batches(legs: &[Leg]) -> Results {
    results(&center(10, 0), legs)
}

/// Ten weeks of 1 and 3 calls by turns: 20 in all, a week being a tenth of the run. Nine differences of 2: 36, times 10/18, root 4.4721; t(6) = 2.4469.
#[test]
fn the_weeks_of_the_only_year_by_hand() {
    let model = center(96 * 70, 0);
    let legs: Vec<Leg> = (0..10)
        .flat_map(|week| calls(f64::from(week) * 7.0 * 86_400.0, if week % 2 == 0 { 1 } else { 3 }))
        .collect();
    let (mut results, one) = (results(&model, &legs), replication(&model, &legs));
    let (mean, half_width, method) = offered(&results);
    assert_eq!((mean, method, results.grounds()), (Some(20.0), Method::WithinYear, Grounds::Weeks(10)));
    assert!((half_width - 2.446_912 * 20.0_f64.sqrt()).abs() < 1e-4, "{half_width}");
    results.add(one);
    assert_eq!(results.grounds(), Grounds::Replications(2), "two years say more than the weeks of one");
    assert_eq!(offered(&results).2, Method::Jackknife);
}

#[test]
fn nine_weeks_are_too_few() {
    let results = results(&center(96 * 63, 0), &calls(0.0, 3));
    assert_eq!(results.grounds(), Grounds::Nothing);
    assert_eq!(results.find("offered", Basis::Contact, Scope::WHOLE).unwrap().interval, None);
}

/// Months of the fixture have ten days, and the run begins with one.
#[test]
fn months_are_sums_of_their_days() {
    let model = center(96 * 25, 0);
    let day = |day: u32, count: usize| calls(f64::from(day) * 86_400.0, count);
    let results = results(&model, &[day(0, 1), day(9, 2), day(10, 5), day(24, 7)].concat());
    let rows: Vec<_> = results
        .month_rows()
        .filter(|row| (row.measure, row.basis, row.scope) == ("offered", Basis::Contact, "all"))
        .collect();
    assert_eq!(rows.iter().map(|row| row.mean.unwrap()).collect::<Vec<_>>(), [3.0, 5.0, 7.0]);
    let lengths: Vec<f64> = rows.iter().map(|row| row.period.unwrap().length_s() / 86_400.0).collect();
    assert_eq!(lengths, [10.0, 10.0, 5.0]);
    assert!(rows.iter().all(|row| row.period.unwrap().kind == PeriodKind::Month));
}

/// Day 1000 since 1970 is a Wednesday: 3 calls at its midnight and 1 a week later are 2 on a usual Wednesday; a call on Monday at 10:15 in one of two weeks a half.
#[test]
fn a_usual_week_by_hand() {
    let model = center(96 * 14, 0);
    let detail = Detail { week: true, ..Detail::WHOLE };
    let monday = 5.0 * 86_400.0 + 10.25 * 3600.0;
    let legs = [calls(0.0, 3), calls(monday, 1), calls(7.0 * 86_400.0, 1)].concat();
    let mut collector = Collector::new(&model, detail);
    legs.iter().for_each(|leg| tell(&mut collector, leg));
    let mut results = Results::new(&model, detail);
    results.add(collector.finish(RunEnd::default()));
    let rows: Vec<(u32, f64)> = results
        .week_rows()
        .filter(|row| (row.measure, row.basis, row.scope) == ("offered", Basis::Contact, "all"))
        .map(|row| (row.period.unwrap().index, row.mean.unwrap()))
        .collect();
    assert_eq!(rows.len(), 672);
    let busy: Vec<(u32, f64)> = rows.into_iter().filter(|row| row.1 > 0.0).collect();
    assert_eq!(busy, [(41, 0.5), (192, 2.0)]);
}
