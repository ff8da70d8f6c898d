//! The customer's year against its sources: the total, the working days, the days that everybody remembers.

use centralino::calendar::Date;
use centralino::measures::{Basis, PeriodKind, Results, ScopeKind};
use centralino::model::Mode;

use super::support::{compile, load, results, shipped};

/// One year as forecast: random factors on the rates held at 1.
fn year_as_forecast() -> Results {
    let held = ["year", "month", "day", "period"].map(|level| format!("busyness.city.{level}.cv=0"));
    let held: Vec<&str> = held.iter().map(String::as_str).collect();
    let scenario = load(&shipped("milano-020202/year-2008.toml"), &held);
    results(&compile(&scenario), Mode::Eager, 2008, 1)
}

/// Contacts of the year's days, from the first of January on.
fn by_day(results: &Results) -> Vec<f64> {
    let days = results.rows().filter(|row| {
        let of_a_day = row.period.is_some_and(|period| period.kind == PeriodKind::Day);
        row.measure == "offered"
            && row.basis == Basis::Contact
            && row.scope_kind == ScopeKind::Whole
            && of_a_day
    });
    days.map(|row| row.mean.unwrap_or(f64::NAN)).collect()
}

/// The place of a date in 2008 among its days, from 0.
fn day_of_2008(date: &str) -> usize {
    let first: Date = "2008-01-01".parse().unwrap();
    usize::try_from(first.days_until(date.parse().unwrap())).unwrap()
}

#[test]
fn the_year_has_the_calls_of_the_case_study_retrials_repeats_and_outbound_included() {
    let days = by_day(&year_as_forecast());
    assert_eq!(days.len(), 366);
    let total: f64 = days.iter().sum();
    // 1,734,872 calls; Poisson leaves 0.1 %, and retrials are solved for with a share that hangs up of 3 %.
    assert!((total / 1_734_872.0 - 1.0).abs() < 0.005, "{total} calls");
    let of = |date: &str| days[day_of_2008(date)];
    // An ordinary Wednesday in March, of 7,000 calls in the year after.
    assert!((6_300.0..7_000.0).contains(&of("2008-03-12")), "{}", of("2008-03-12"));
    assert!(of("2008-01-02") > 1.25 * of("2008-03-12"), "the launch of Ecopass: {}", of("2008-01-02"));
    assert!(of("2008-06-16") > 1.25 * of("2008-06-25"), "the first instalment: {}", of("2008-06-16"));
    assert!(of("2008-08-13") < 0.65 * of("2008-07-09"), "August: {}", of("2008-08-13"));
    for holiday in ["2008-06-02", "2008-08-15", "2008-12-08", "2008-12-25"] {
        assert!(of(holiday) < 1_000.0, "{holiday}: {}", of(holiday));
    }
    assert!(of("2008-12-07") < 1_000.0, "the patron saint's day: {}", of("2008-12-07"));
}
