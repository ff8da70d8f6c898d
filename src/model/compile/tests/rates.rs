//! Expected first attempts by cell.

use super::*;

fn means(overrides: &[&str]) -> Vec<f64> {
    model(overrides).processes[0].mean.clone()
}

fn total(overrides: &[&str]) -> f64 {
    means(overrides).iter().sum()
}

fn close(value: f64, expected: f64) -> bool {
    (value - expected).abs() <= 1e-9 * expected.abs().max(1.0)
}

#[test]
fn a_flat_day_of_960_brings_10_a_quarter_hour() {
    let means = means(&[]);
    assert_eq!(means.len(), 96);
    assert!(means.iter().all(|&mean| mean == 10.0), "{means:?}");
}

#[test]
fn a_constant_rate_of_100_an_hour_is_exactly_25_a_cell() {
    let text = SMALL.replace("per_day = 960", "per_hour = 100");
    let process = compile(&scenario(&text, &[])).unwrap().model.processes[0].clone();
    assert!(process.mean.iter().all(|&mean| mean == 25.0));
    assert!(process.uneven.is_empty());
}

#[test]
fn the_shape_sums_to_one_whatever_its_weights() {
    // Two contacts by night (00-08 and 20-24, 12 hours of weight 1) for every 10 by day (12 hours of weight 5).
    let shape = "arrivals.taxes.day={ '00:00' = 1, '08:00' = 5, '20:00' = 1 }";
    let means = means(&[shape]);
    assert!(close(means.iter().sum(), 960.0));
    assert!(close(means[0], 960.0 / 6.0 / 48.0));
    assert!(close(means[32], 5.0 * means[31]));
}

#[test]
fn spring_loses_the_missing_hour_and_autumn_has_it_twice() {
    // All contacts between 02:00 and 04:00, 480 in each hour.
    let shape = "arrivals.taxes.day={ '02:00' = 1, '04:00' = 0 }";
    let on = |start: &str| total(&[shape, &format!("scenario.start={start}")]);
    assert!(close(on("2008-03-29"), 960.0));
    assert!(close(on("2008-03-30"), 480.0));
    assert!(close(on("2008-10-26"), 1440.0));
    let spring = means(&[shape, "scenario.start=2008-03-30"]);
    // Wall 03:00 follows 01:59: it is the third real hour.
    assert_eq!((spring[7], spring[8], spring[11], spring[12]), (0.0, 120.0, 120.0, 0.0));
}

#[test]
fn kinds_of_day_scale_the_volume_and_a_holiday_is_as_a_sunday() {
    let weekday = "arrivals.taxes.weekday={ sat = 0.5, sun = 0.25 }";
    let on = |start: &str| total(&[weekday, &format!("scenario.start={start}")]);
    assert!(close(on("2008-06-14"), 480.0));
    assert!(close(on("2008-06-02"), 240.0), "2 June is a holiday");
    let own = "arrivals.taxes.weekday={ sun = 0.25, holiday = 0.125 }";
    assert!(close(total(&[own, "scenario.start=2008-06-02"]), 120.0));
}

#[test]
fn the_run_in_has_its_own_days_rates() {
    let weekday = "arrivals.taxes.weekday={ sun = 0.5 }";
    let means = means(&[weekday, "scenario.run_in=1h"]);
    assert_eq!(means.len(), 100);
    assert_eq!((means[3], means[4]), (5.0, 10.0), "Sunday's last and Monday's first quarter");
}

#[test]
fn a_rate_that_changes_within_a_cell_is_cut_into_pieces() {
    // From 08:05 on twice the rate: 86,400 + 57,300 s of weight one share 960.
    let process = &model(&["arrivals.taxes.day={ '00:00' = 1, '08:05' = 2 }"]).processes[0].clone();
    assert_eq!(process.uneven.len(), 1);
    let cell = &process.uneven[0];
    assert_eq!((cell.cell, cell.first_offset_us), (32, 0));
    assert_eq!(cell.pieces.len(), 2);
    // 5 minutes of weight 1, 10 minutes of weight 2: a fifth of the cell's contacts.
    assert_eq!(cell.pieces[0].0, 300_000_000);
    assert!(close(cell.pieces[0].1, 0.2));
    assert_eq!(cell.pieces[1], (900_000_000, 1.0));
    let per_weight_second = 960.0 / (86_400.0 + 57_300.0);
    assert!(close(process.mean[32], per_weight_second * 1500.0));
    assert!(close(process.mean.iter().sum(), 960.0));
}

#[test]
fn who_begins_at_five_past_has_nobody_before() {
    let process = &model(&["arrivals.taxes.day={ '08:05' = 1, '08:10' = 0 }"]).processes[0].clone();
    assert_eq!(process.uneven[0].first_offset_us, 300_000_000);
    assert_eq!(process.uneven[0].pieces, [(600_000_000, 1.0)]);
    assert!(close(process.mean[32], 960.0));
}

#[test]
fn weights_of_any_length_that_divides_the_day() {
    assert!(close(means(&["arrivals.taxes.day=[1, 3]"])[95], 960.0 * 0.75 / 48.0));
    assert_eq!(errors(&["arrivals.taxes.day=[1, 1, 1, 1, 1, 1, 1]"]), ["E4006 arrivals.taxes.day"]);
    assert_eq!(errors(&["arrivals.taxes.day=[0, 0]"]), ["E4006 arrivals.taxes.day"]);
}

#[test]
fn rows_by_kind_of_day_are_scaled_each() {
    let mut rows = scenario(SMALL, &["scenario.start=2008-06-15", "scenario.days=2"]);
    let row = |day: &str, start: &str, weight| crate::scenario::DayRow {
        day: day.into(),
        start: start.parse().unwrap(),
        weight,
    };
    let shape = vec![row("weekday", "00:00", 7.0), row("sun", "12:00", 0.5)];
    rows.arrivals.get_mut("taxes").unwrap().day = Some(crate::scenario::DayShape::Rows(shape));
    let means = compile(&rows).unwrap().model.processes[0].mean.clone();
    assert_eq!((means[47], means[48], means[96]), (0.0, 20.0, 10.0));
    rows.scenario.start = "2008-06-14".parse().unwrap();
    assert_eq!(errors_of(&rows), ["E4006 arrivals.taxes.day"], "no row holds for a Saturday");
}

#[test]
fn busyness_is_scaled_and_levels_without_spread_are_left_out() {
    let text = format!("{SMALL}\n[busyness.city]\nday = {{ cv = 0.12, lag1 = 0.5 }}\nyear = {{ cv = 0 }}\n");
    let model = compile(&scenario(&text, &["arrivals.taxes.busyness=city"])).unwrap().model;
    assert_eq!(model.processes[0].busyness, Some(0));
    assert_eq!(model.busyness[0].levels.len(), 1);
    assert_eq!(model.busyness[0].levels[0].weights.len(), 20);
}
