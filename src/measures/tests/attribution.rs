//! What counts when: periods, the run-in, the horizon, and rows that stay open for long.

use super::fixture::*;
use crate::engine::{Observer, RunEnd, Staff};
use crate::measures::{Attribution, Basis, Collector, Detail, PeriodKind, Results, Scope, ScopeKind};
use crate::time::SimDuration;

/// Entered at 14:50 of the first quarter, waits 30 s, talks 20 minutes, wraps up 5: counted in the first quarter, its time
/// where it passes.
#[test]
fn fates_count_on_entry_and_time_when_it_passes() {
    let model = hour();
    let mut collector = Collector::new(&model, EVERYTHING);
    collector.staff_changes(s(0.0), FRONT, &there(1));
    tell(&mut collector, &wrapped_up(answered(890.0, 30.0, 1200.0), 300.0));
    let results = gathered(&model, [collector.finish(Default::default())]);
    let of = |measure, basis| by_period(&results, measure, basis, "all");
    assert_eq!(of("answered", Basis::Contact), [1.0, 0.0, 0.0, 0.0].map(Some));
    assert_eq!(of("speed_of_answer", Basis::Contact), [Some(30.0), None, None, None]);
    assert_eq!(of("mean_queue", Basis::Time), [10.0 / 900.0, 20.0 / 900.0, 0.0, 0.0].map(Some));
    assert_eq!(of("occupancy", Basis::Time), [0.0, 880.0 / 900.0, 620.0 / 900.0, 0.0].map(Some));
}

/// A quarter is [start, end): what enters at 900 s sharp is the second's.
#[test]
fn a_boundary_belongs_to_the_period_that_starts() {
    let legs =
        [abandoned(0.0, 1.0), abandoned(899.999_999, 1.0), abandoned(900.0, 1.0), abandoned(3599.0, 1.0)];
    let results = results(&hour(), &legs);
    assert_eq!(by_period(&results, "offered", Basis::Leg, "all"), [2.0, 1.0, 0.0, 1.0].map(Some));
}

/// A run-in of 10 minutes. A contact of the run-in counts nowhere, but its talk counts from the start on; its transfer that
/// enters after the start is a leg that counts, of a contact that does not.
#[test]
fn the_run_in_is_not_counted_but_its_work_goes_on() {
    let model = center(4, 600);
    let mut collector = Collector::new(&model, EVERYTHING);
    collector.staff_changes(s(100.0), FRONT, &there(1));
    let first = answered(500.0, 50.0, 150.0);
    let mut second = answered(700.0, 10.0, 90.0);
    (second.caller, second.leg) = (first.caller, 1);
    tell(&mut collector, &first);
    tell(&mut collector, &second);
    tell(&mut collector, &abandoned(599.999_999, 1.0));
    let results = gathered(&model, [collector.finish(Default::default())]);
    assert_close(whole(&results, "offered", Basis::Contact), 0.0);
    assert_close(whole(&results, "offered", Basis::Leg), 1.0);
    assert_close(whole(&results, "mean_queue", Basis::Time), (10.0 + 0.999_999) / 3600.0);
    assert_close(whole(&results, "occupancy", Basis::Time), (100.0 + 90.0) / 3600.0);
}

/// Present at the horizon: the fate counts in the last quarter, time only up to the horizon.
#[test]
fn draining_counts_fates_and_no_time() {
    let model = hour();
    let mut collector = Collector::new(&model, EVERYTHING);
    collector.staff_changes(s(0.0), FRONT, &there(1));
    let first = answered(3500.0, 50.0, 150.0);
    let mut second = answered(3700.0, 100.0, 500.0);
    (second.caller, second.leg) = (first.caller, 1);
    tell(&mut collector, &first);
    collector.staff_changes(s(3650.0), FRONT, &there(5));
    tell(&mut collector, &second);
    let results = gathered(&model, [collector.finish(Default::default())]);
    assert_eq!(by_period(&results, "answered", Basis::Leg, "first"), [0.0, 0.0, 0.0, 2.0].map(Some));
    assert_close(whole(&results, "speed_of_answer", Basis::Leg), 75.0);
    assert_close(whole(&results, "mean_queue", Basis::Time), 50.0 / 3600.0);
    assert_close(whole(&results, "occupancy", Basis::Time), 50.0 / 3600.0);
}

/// One caller waits from 0:10 to 20:00 while a call a minute comes and goes: rows from the first quarter on stay open.
#[test]
fn a_contact_that_waits_for_hours_keeps_its_row() {
    let model = center(96, 0);
    let mut collector = Collector::new(&model, EVERYTHING);
    let patient = answered(600.0, 71_400.0, 60.0);
    collector.leg_begins(patient.entered, patient.queue, &patient.caller);
    for minute in 11..1200 {
        tell(&mut collector, &about_taxes(abandoned(60.0 * f64::from(minute), 30.0)));
    }
    collector.leg_ends(&patient);
    (1200..1440)
        .for_each(|minute| tell(&mut collector, &about_taxes(abandoned(60.0 * f64::from(minute), 30.0))));
    let results = gathered(&model, [collector.finish(Default::default())]);
    let first = by_period(&results, "answered", Basis::Leg, "first");
    assert_eq!((first[0], first[79], first[80]), (Some(1.0), Some(0.0), Some(0.0)));
    let second = by_period(&results, "offered", Basis::Leg, "second");
    assert_eq!((second[0], second[1], second[95]), (Some(4.0), Some(15.0), Some(15.0)));
    let queue = by_period(&results, "mean_queue", Basis::Time, "first");
    assert_eq!(
        (queue[0], queue[1], queue[79], queue[80]),
        (Some(1.0 / 3.0), Some(1.0), Some(1.0), Some(0.0))
    );
}

/// Planned: 2 heads, 1 from 0:30 on. Logged in: 2 until 0:40, when the leaver's last contact is over; then 1.
#[test]
fn overtime_is_time_above_the_plan() {
    let model = hour();
    let mut collector = Collector::new(&model, EVERYTHING);
    collector.staff_changes(s(0.0), FRONT, &there(1));
    collector.staff_changes(s(0.0), FRONT, &there(2));
    collector.staff_changes(s(1800.0), FRONT, &Staff::of_heads(1, 2));
    collector.staff_changes(s(2400.0), FRONT, &there(1));
    let results = gathered(&model, [collector.finish(Default::default())]);
    let front = scope(ScopeKind::AgentGroup, FRONT.index());
    assert_close(value(&results, "overtime", Basis::Time, front), 600.0);
    let logged_in_s = 2.0 * 2400.0 + 1200.0;
    assert_close(value(&results, "cost", Basis::Time, front), 20.0 * logged_in_s / 3600.0);
}

/// Two on duty for half an hour, then one of them has an unpaid lunch of ten minutes; after the shift one works on for five.
#[test]
fn occupancy_is_of_those_there_and_utilisation_of_those_paid() {
    let model = hour();
    let mut collector = Collector::new(&model, EVERYTHING);
    let staff =
        |scheduled, logged_in, overtime, paid| Staff { scheduled, net: scheduled, logged_in, overtime, paid };
    collector.staff_changes(s(0.0), FRONT, &staff(2, 2, 0, 2));
    tell(&mut collector, &answered(600.0, 0.0, 1200.0));
    collector.staff_changes(s(1800.0), FRONT, &staff(2, 1, 0, 1));
    collector.staff_changes(s(2400.0), FRONT, &staff(2, 2, 0, 2));
    collector.staff_changes(s(3000.0), FRONT, &staff(0, 1, 1, 1));
    collector.staff_changes(s(3300.0), FRONT, &staff(0, 0, 0, 0));
    let results = gathered(&model, [collector.finish(Default::default())]);
    let front = |measure| value(&results, measure, Basis::Time, scope(ScopeKind::AgentGroup, FRONT.index()));
    // There 2 x 1800 + 600 + 2 x 600 + 300 s; paid as much, for the lunch is not.
    assert_close(front("occupancy"), 1200.0 / 5700.0);
    assert_close(front("utilisation"), 1200.0 / 5700.0);
    assert_close(front("overtime"), 300.0);
    assert_close(front("cost"), 20.0 * 5700.0 / 3600.0);
    assert_close(front("heads_scheduled"), 6000.0 / 3600.0);
    assert_close(front("heads_logged_in"), 5700.0 / 3600.0);
}

/// The engine tells a call of a recursion as a whole on entry: its work lies hours ahead, rows open early.
#[test]
fn work_may_lie_far_ahead() {
    let model = center(96, 0);
    let mut collector = Collector::new(&model, EVERYTHING);
    tell(&mut collector, &answered(10.0, 40_000.0, 900.0));
    collector.staff_changes(s(43_200.0), FRONT, &there(1));
    tell(&mut collector, &answered(80_000.0, 0.0, 900.0));
    let results = gathered(&model, [collector.finish(Default::default())]);
    let queue = by_period(&results, "mean_queue", Basis::Time, "all");
    assert_eq!((queue[20], queue[50]), (Some(1.0), Some(0.0)));
    assert_close(whole(&results, "occupancy", Basis::Time), 1800.0 / 43_200.0);
}

/// A collector that was used, finished or broken off counts like a new one.
#[test]
fn a_cleared_collector_is_as_new() {
    let model = center(96, 600);
    let legs = [wrapped_up(answered(890.0, 30.0, 1200.0), 300.0), about_taxes(abandoned(40_000.0, 7.0))];
    let mut collector = Collector::new(&model, EVERYTHING);
    let mut run = |legs: &[crate::engine::Leg]| {
        collector.staff_changes(s(0.0), FRONT, &there(2));
        legs.iter().for_each(|leg| tell(&mut collector, leg));
        collector.leg_begins(s(50_000.0), legs[0].queue, &legs[0].caller);
        collector.finish(Default::default())
    };
    let first = run(&legs);
    assert_ne!(first, run(&legs[..1]));
    assert_eq!(first, run(&legs));
    tell(&mut collector, &legs[0]);
    collector.staff_changes(s(9000.0), FRONT, &there(7));
    collector.clear();
    assert_eq!(collector.finish(Default::default()), replication(&model, &[]));
}

#[test]
fn labels_are_the_periods_and_days_in_unix_time() {
    let mut model = center(100, 0);
    model.clock.horizon = model.clock.count_from + SimDuration::from_whole_s(100 * 900 - 300);
    let results = results(&model, &[abandoned(0.0, 2.0), abandoned(86_400.0, 1.0), abandoned(89_000.0, 1.0)]);
    let start = (START_CELL * 900) as i64 * 1_000_000;
    let offered: Vec<_> =
        results.day_rows().filter(|row| (row.measure, row.scope) == ("offered", "all")).collect();
    let spans: Vec<_> = offered.iter().filter_map(|row| row.period).collect();
    assert_eq!(spans[0].kind, PeriodKind::Day);
    assert_eq!((spans[0].start_unix_us, spans[0].end_unix_us), (start, start + 86_400_000_000));
    let second = spans.iter().find(|span| span.index == 1).unwrap();
    assert_eq!(second.length_s(), 3300.0, "to the horizon");
    let by_contact: Vec<_> =
        offered.iter().filter(|row| row.basis == Basis::Contact).map(|row| row.mean).collect();
    assert_eq!(by_contact, [Some(1.0), Some(2.0)]);
    let last = results.period_measure_rows().last().and_then(|row| row.period).unwrap();
    assert_eq!((last.index, last.length_s()), (99, 600.0));
    assert_eq!(results.find("offered", Basis::Contact, Scope::WHOLE).unwrap().period, None);
}

/// Results of legs that count by `attribution`.
fn counted_by(attribution: Attribution, model: &crate::model::Model, legs: &[crate::engine::Leg]) -> Results {
    let detail = Detail { attribution, ..EVERYTHING };
    let (mut collector, mut results) = (Collector::new(model, detail), Results::new(model, detail));
    legs.iter().for_each(|leg| tell(&mut collector, leg));
    results.add(collector.finish(RunEnd::default()));
    results
}

/// Entered at 14:50 of the first quarter, answered in the second, over in the third; and a call that hangs up in the second.
#[test]
fn a_contact_counts_in_the_period_of_its_entry_of_its_answer_or_of_its_end() {
    let legs = [wrapped_up(answered(890.0, 30.0, 1200.0), 300.0), abandoned(890.0, 20.0)];
    let (one, none) = (Some(1.0), Some(0.0));
    for (attribution, answered, abandoned) in [
        (Attribution::Entry, [one, none, none, none], [one, none, none, none]),
        (Attribution::Answer, [none, one, none, none], [none, one, none, none]),
        (Attribution::End, [none, none, one, none], [none, one, none, none]),
    ] {
        let results = counted_by(attribution, &hour(), &legs);
        assert_eq!(by_period(&results, "answered", Basis::Contact, "all"), answered, "{attribution:?}");
        assert_eq!(by_period(&results, "abandoned", Basis::Leg, "first"), abandoned, "{attribution:?}");
        assert_eq!(whole(&results, "offered", Basis::Contact), Some(2.0));
        assert_eq!(whole(&results, "wait_max", Basis::Contact), Some(30.0));
        // Time passes where it passes.
        let queue = by_period(&results, "mean_queue", Basis::Time, "all");
        assert_eq!(queue, [20.0 / 900.0, 30.0 / 900.0, 0.0, 0.0].map(Some), "{attribution:?}");
    }
}

/// A run-in of 10 minutes: who entered in it counts nowhere by entry, and by answer where it was answered.
#[test]
fn by_answer_a_contact_of_the_run_in_counts_where_it_was_answered() {
    let legs = [answered(590.0, 20.0, 60.0), answered(500.0, 20.0, 60.0)];
    let offered =
        |attribution| whole(&counted_by(attribution, &center(4, 600), &legs), "offered", Basis::Leg);
    assert_eq!(offered(Attribution::Entry), Some(0.0));
    assert_eq!(offered(Attribution::Answer), Some(1.0));
    assert_eq!(offered(Attribution::End), Some(1.0));
}
