//! Time zero, the horizon, periods and cells, with days of 23 and 25 hours.

use super::*;

const HOUR_US: u64 = 3_600_000_000;

#[test]
fn a_summer_monday_in_rome_starts_at_22_oclock_universal_time() {
    let clock = model(&[]).clock;
    // date -u -d "2008-06-15 22:00" +%s
    assert_eq!(clock.zero_unix_us, 1_213_567_200_000_000);
    assert_eq!((clock.count_from.as_us(), clock.horizon.as_us()), (0, 24 * HOUR_US));
    assert_eq!((clock.periods, clock.cells, clock.first_cell), (96, 96, 1_213_567_200 / 900));
}

#[test]
fn spring_has_92_quarter_hours_and_autumn_100() {
    let quarters = |start: &str| {
        let clock = model(&[&format!("scenario.start={start}")]).clock;
        (clock.periods, clock.cells, clock.horizon.as_us() / HOUR_US)
    };
    assert_eq!(quarters("2008-03-30"), (92, 92, 23));
    assert_eq!(quarters("2008-10-26"), (100, 100, 25));
}

#[test]
fn the_run_in_goes_before_the_start_and_is_not_counted() {
    let clock = model(&["scenario.run_in=1h10m", "scenario.period=30m"]).clock;
    // 70 minutes rounded up to whole quarter-hours: time zero is 22:45 of the day before.
    assert_eq!(clock.count_from.as_us(), HOUR_US + HOUR_US / 4);
    assert_eq!((clock.cells, clock.periods), (96 + 5, 48));
    assert_eq!(clock.period(clock.count_from), 0);
}

#[test]
fn cells_know_their_local_date() {
    let model = model(&["scenario.run_in=1h"]);
    let dates: Vec<_> = model.cell_dates.iter().map(|date| (date.month % 12 + 1, date.day)).collect();
    // 2008-06-15 is day 14,045 since 1970.
    assert_eq!(dates[3], (6, 14_045));
    assert_eq!(dates[4], (6, 14_046));
    assert_eq!((model.cell_dates[4].year, model.cell_dates[4].month), (2008, 2008 * 12 + 5));
}

#[test]
fn a_period_divides_every_day_of_the_run() {
    assert_eq!(model(&["scenario.period=2h"]).clock.periods, 12);
    let on_23_hours = errors(&["scenario.period=2h", "scenario.start=2008-03-29", "scenario.days=3"]);
    assert_eq!(on_23_hours, ["E4004 scenario.period"]);
    let mut odd = scenario(SMALL, &[]);
    odd.scenario.period = crate::scenario::Span::from_s(1000.0);
    assert_eq!(errors_of(&odd), ["E4004 scenario.period"]);
}

#[test]
fn spans_that_no_clock_holds_are_refused() {
    let mut long = scenario(SMALL, &[]);
    long.scenario.days = u32::MAX;
    assert_eq!(errors_of(&long), ["E4007 scenario.days"]);
    long.scenario.days = 2_000;
    long.scenario.run_in = crate::scenario::Span::from_s(2_000.0 * 86_400.0);
    assert_eq!(errors_of(&long), ["E4007 scenario.run_in"]);
    long.scenario.days = 0;
    long.scenario.run_in = crate::scenario::Span::ZERO;
    assert_eq!(errors_of(&long), ["E3005 scenario.days"]);
    assert_eq!(errors(&["scenario.start=1969-12-31"]), ["E3005 scenario.start"]);
    let zone = ["calendar.time_zone=Pacific/Apia", "scenario.start=2011-12-30"];
    assert_eq!(errors(&zone), ["E3005 scenario.start"], "Samoa skipped this day");
}

#[test]
fn zones_and_holidays_are_known_by_name() {
    assert_eq!(errors(&["calendar.time_zone=Europe/Rom"]), ["E4001 calendar.time_zone"]);
    assert_eq!(errors(&["calendar.holidays=IT-RM"]), ["E4002 calendar.holidays"]);
    let found = compile(&scenario(SMALL, &["calendar.time_zone=Europe/Rom"])).unwrap_err();
    assert_eq!(found[0].help.as_deref(), Some("did you mean \"Europe/Rome\"?"));
}

/// The autumn day of 25 hours: the quarter-hours of its second 02:00 show the same wall clock as those of the first.
#[test]
fn cells_know_what_the_wall_shows() {
    let model = model(&["scenario.start=2008-10-26"]);
    let shown: Vec<u32> = model.cell_dates.iter().map(|date| date.second_of_day).collect();
    assert_eq!(shown[..3], [0, 900, 1800]);
    assert_eq!((shown[8], shown[12], shown[16], shown[99]), (7200, 7200, 10_800, 85_500));
}

#[test]
fn a_steady_state_has_a_warm_up_before_its_batches() {
    let steady = "scenario.steady_state={ warm_up = \"2h\", batches = 24 }";
    let model = model(&[steady]);
    assert_eq!((model.batches, model.clock.count_from.as_us()), (Some(24), 2 * HOUR_US));
    assert_eq!(super::model(&[]).batches, None);
}
