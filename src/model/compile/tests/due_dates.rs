//! When cases are due over weekends, holidays and both changes of clocks, counted by hand.
//!
//! In 2024 Rome's clocks went forward on Easter Sunday, 31 March (2:00 became 3:00), and back on 27 October (3:00 became 2:00); Easter Monday, 1
//! April, and All Saints, Friday 1 November, are holidays. Instants are written with their distance from universal time, so that no
//! calendar of ours has a part in them.

use super::*;
use crate::calendar::Calendar;
use crate::time::SimTime;

/// When a case is due at an office with these hours that was opened at an instant.
fn due(start: &str, hours: &str, opened: &str, due: &str) -> i64 {
    let changes = [
        format!("scenario.start={start}"),
        "scenario.days=14".into(),
        "calendar={ time_zone = 'Europe/Rome', holidays = 'IT' }".into(),
        format!("offices.registry={{ hours = '{hours}', staff = 2 }}"),
        format!("case_types.change={{ office = 'registry', work = '20m', due = '{due}' }}"),
        "contact_types.taxes.case=change".into(),
        "contact_types.taxes.outcome.tier1={ escalate = 0.2, case = 0.1, rest = 'resolved' }".into(),
    ];
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    let model = compile(&scenario(SMALL, &changes)).unwrap().model;
    let zero_us = model.clock.unix_us(SimTime::ZERO);
    let opened = SimTime::from_us((instant(opened) - zero_us) as u64);
    model.clock.unix_us(model.case_types[0].due(&model.offices[0], opened))
}

fn instant(text: &str) -> i64 {
    Calendar::parse_timestamp(text).unwrap()
}

/// Six hours on working days.
const WEEK: &str = "Mon-Fri 08:30-12:30 14:00-16:00, holidays closed";

fn all_are_due(start: &str, hours: &str, opened: &str, expected: &[(&str, &str)]) {
    for (rule, at) in expected {
        let (found, expected) = (due(start, hours, opened, rule), instant(at));
        assert_eq!(found, expected, "{rule} after {opened}: {} s off", (found - expected) / 1_000_000);
    }
}

#[test]
fn clocks_go_forward_on_easter_sunday() {
    // Thursday 15:00: an hour is left of that day, six of Good Friday, which is no holiday; then Tuesday, in summer time.
    all_are_due(
        "2024-03-25",
        WEEK,
        "2024-03-28T15:00:00.000000+01:00",
        &[
            ("1 working days", "2024-03-29T16:00:00.000000+01:00"),
            ("2 working days", "2024-04-02T16:00:00.000000+02:00"),
            ("5 working days", "2024-04-05T16:00:00.000000+02:00"),
            ("0.5 working hours", "2024-03-28T15:30:00.000000+01:00"),
            ("3 working hours", "2024-03-29T10:30:00.000000+01:00"),
            ("8 working hours", "2024-04-02T09:30:00.000000+02:00"),
            // One on Thursday, six on Friday, six on Tuesday, and five of Wednesday, which has a pause from 12:30 to 14:00.
            ("18 working hours", "2024-04-03T15:00:00.000000+02:00"),
            // Five days of 24 hours end an hour later by the clock.
            ("5d", "2024-04-02T16:00:00.000000+02:00"),
        ],
    );
}

#[test]
fn clocks_go_back_before_all_saints() {
    // Thursday 15:00 in summer time; Friday, Monday to Thursday in winter time, Friday is a holiday.
    all_are_due(
        "2024-10-21",
        WEEK,
        "2024-10-24T15:00:00.000000+02:00",
        &[
            ("1 working days", "2024-10-25T16:00:00.000000+02:00"),
            ("2 working days", "2024-10-28T16:00:00.000000+01:00"),
            ("5 working days", "2024-10-31T16:00:00.000000+01:00"),
            ("6 working days", "2024-11-04T16:00:00.000000+01:00"),
            ("8 working hours", "2024-10-28T09:30:00.000000+01:00"),
            // One on Thursday, six on Friday, 24 from Monday to Thursday: the 32nd begins on the Monday after.
            ("32 working hours", "2024-11-04T09:30:00.000000+01:00"),
            ("7d", "2024-10-31T14:00:00.000000+01:00"),
        ],
    );
}

/// An office that is open on Sundays from 1:00 to 5:00: three hours where clocks go forward, five where they go back. On
/// holidays that the hours do not name it is open as on Sundays.
#[test]
fn open_time_passes_as_long_as_it_lasts_while_clocks_change() {
    let nights = "Sun 01:00-05:00";
    all_are_due(
        "2024-03-25",
        nights,
        "2024-03-30T12:00:00.000000+01:00",
        &[
            ("1 working hours", "2024-03-31T03:00:00.000000+02:00"),
            ("2 working hours", "2024-03-31T04:00:00.000000+02:00"),
            ("3 working hours", "2024-03-31T05:00:00.000000+02:00"),
            ("4 working hours", "2024-04-01T02:00:00.000000+02:00"),
            ("1 working days", "2024-03-31T05:00:00.000000+02:00"),
        ],
    );
    all_are_due(
        "2024-10-21",
        nights,
        "2024-10-26T12:00:00.000000+02:00",
        &[
            ("2 working hours", "2024-10-27T02:00:00.000000+01:00"),
            ("3 working hours", "2024-10-27T03:00:00.000000+01:00"),
            ("5 working hours", "2024-10-27T05:00:00.000000+01:00"),
            ("6 working hours", "2024-11-01T02:00:00.000000+01:00"),
            ("1 working days", "2024-10-27T05:00:00.000000+01:00"),
        ],
    );
}
