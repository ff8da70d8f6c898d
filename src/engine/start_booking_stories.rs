//! Visits that are booked when the run begins, each rule in a story that a hand can check. The run begins at 300 s; slots are those of the city of
//! the other stories: from 600 s on, every 100 s, the last at 2500 s; visits take 150 s.

use super::observer::{Cause, Visit, VisitChannel, VisitEnd};
use super::testing::{Story, at, constant, eager, process};
use super::visit_stories::{booking, city, counters, service, visits, wanted, with_another};
use crate::model::*;
use crate::random::Distribution;
use crate::time::SimDuration;

/// So many visits are booked `booked` seconds before the run begins, to lie `ahead` seconds after it.
fn booked(count: u32, ahead: f64, booked: f64) -> StartBookings {
    StartBookings {
        process: ProcessId(2),
        service: ServiceId(0),
        count,
        ahead: constant(ahead),
        booked: constant(booked),
        longest: SimDuration::from_s(300.0),
        row: None,
        contact_type: ContactTypeId(0),
        profile: None,
        number: NumberId(0),
    }
}

/// The city from 300 s on, with these bookings.
fn begun_with(mut model: Model, bookings: Vec<StartBookings>) -> Model {
    model.clock.begins = at(300.0);
    model.clock.count_from = at(300.0);
    model.processes.push(process("start_state.bookings.card", 0));
    counters(&mut model).of_process.push(None);
    model.start_bookings = bookings;
    model
}

/// In the order in which they were booked: (asked, slot).
fn slots(story: &Story) -> Vec<(f64, f64)> {
    let mut tries: Vec<&Visit> = story.visits.iter().filter(|visit| visit.asked < at(300.0)).collect();
    tries.sort_by_key(|visit| visit.caller.need.number());
    tries.iter().map(|visit| (visit.asked.as_s(), visit.booked.unwrap().slot.as_s())).collect()
}

#[test]
fn they_hold_the_first_places_from_then_on_and_others_book_around_them() {
    let model = begun_with(city(), vec![booked(3, 400.0, 100.0)]);
    let story = eager(&model, &wanted(&[310.0, 320.0]));
    assert_eq!(slots(&story), [(200.0, 700.0), (200.0, 800.0), (200.0, 900.0)]);
    let resolved = |slot, began| (Some(slot), Some(began), VisitEnd::Resolved);
    // Who books at 310 s has 600 s, the one slot that is free before them; the next has 1000 s.
    let served = [
        resolved(600.0, 600.0),
        resolved(700.0, 750.0),
        resolved(800.0, 900.0),
        resolved(900.0, 1050.0),
        resolved(1000.0, 1200.0),
    ];
    assert_eq!(visits(&story), served);
    let need = story.needs[1];
    assert_eq!((need.attempts, need.resolved_at, need.visited), (0, Some(OFFICES_TIER), true));
    assert_eq!(story.visits[1].channel, VisitChannel::Web);
}

#[test]
fn where_nothing_later_is_free_they_lie_as_late_as_can_be() {
    let model = begun_with(city(), vec![booked(3, 2150.0, 100.0)]);
    let told: Vec<f64> = slots(&eager(&model, &[])).into_iter().map(|(_, slot)| slot).collect();
    assert_eq!(told, [2500.0, 2400.0, 2300.0]);
}

#[test]
fn nobody_booked_later_than_a_notice_allows_or_longer_ago_than_said() {
    let mut model = city();
    booking(&mut model).notice = SimDuration::from_s(550.0);
    // 700 s with a notice of 550 s was booked by 150 s; 800 s by 250 s, and so at 200 s as drawn.
    let story = eager(&begun_with(model.clone(), vec![booked(2, 400.0, 100.0)]), &[]);
    assert_eq!(slots(&story), [(150.0, 700.0), (200.0, 800.0)]);
    let early = StartBookings { longest: SimDuration::from_s(250.0), ..booked(1, 600.0, 290.0) };
    assert_eq!(slots(&eager(&begun_with(model.clone(), vec![early]), &[])), [(50.0, 900.0)]);
    // Of 600 s it would have been before time zero, if the notice were 601 s.
    booking(&mut model).notice = SimDuration::from_s(601.0);
    let story = eager(&begun_with(model, vec![booked(1, 0.0, 100.0)]), &[]);
    assert_eq!(slots(&story), [(99.0, 700.0)]);
}

#[test]
fn each_goes_to_the_nearest_counter_until_it_is_full_unless_one_is_named() {
    let mut model = city();
    with_another(&mut model);
    let at_two = StartBookings { row: Some(1), ..booked(2, 300.0, 10.0) };
    let story = eager(&begun_with(model, vec![at_two, booked(21, 300.0, 20.0)]), &[]);
    let of = |counter: u16| -> Vec<(f64, f64)> {
        let mut there: Vec<_> =
            story.visits.iter().filter(|visit| visit.counter == CounterId(counter)).collect();
        there.sort_by_key(|visit| visit.booked.unwrap().slot);
        there.iter().map(|visit| (visit.asked.as_s(), visit.booked.unwrap().slot.as_s())).collect()
    };
    assert_eq!(of(0).len(), 20);
    assert!(of(0).iter().all(|&(asked, _)| asked == 280.0));
    assert_eq!(of(1), [(290.0, 600.0), (290.0, 700.0), (280.0, 800.0)]);
}

#[test]
fn who_cancels_does_so_after_the_start_and_may_try_again() {
    let mut model = city();
    booking(&mut model).cancellation = 1.0;
    service(&mut model).next[Failure::Cancelled as usize] =
        Some(NextTry { walk_in: 0.0, book: 0.0, call: 1.0, delay: constant(10.0), at_most: 4 });
    let story = eager(&begun_with(model, vec![booked(5, 400.0, 100.0)]), &[]);
    for visit in &story.visits {
        assert_eq!(visit.end, VisitEnd::Cancelled);
        let slot = visit.booked.unwrap().slot;
        assert!((at(300.0)..slot).contains(&visit.ended), "{visit:?}");
        let leg = story.legs.iter().find(|leg| leg.caller.need == visit.caller.need).unwrap();
        let caller = (leg.caller.cause, leg.caller.attempt);
        assert_eq!((leg.entered, caller), (visit.ended.after(SimDuration::from_s(10.0)), (Cause::Visit, 0)));
    }
    assert_eq!(story.legs.len(), 5);
}

/// Reminded `before` seconds before the slot at 700 s, booked at 100 s; nobody would come, and all cancel when reminded.
fn reminded(before: f64) -> Vec<(Option<f64>, Option<f64>, VisitEnd)> {
    let mut model = city();
    booking(&mut model).no_show = 1.0;
    booking(&mut model).reminder =
        Some(Reminder { before: SimDuration::from_s(before), no_show_times: 1.0, cancels: 1.0 });
    let story = eager(&begun_with(model, vec![booked(1, 400.0, 200.0)]), &[]);
    if story.visits[0].end == VisitEnd::Cancelled {
        assert_eq!(story.visits[0].ended, at(700.0 - before));
    }
    visits(&story)
}

#[test]
fn whoever_still_has_a_booking_did_not_cancel_when_reminded_before_the_start() {
    // At 350 s they are reminded, and cancel; at 250 s those who would have are gone, so that whoever is left comes.
    assert_eq!(reminded(350.0), [(Some(700.0), None, VisitEnd::Cancelled)]);
    assert_eq!(reminded(450.0), [(Some(700.0), Some(700.0), VisitEnd::Resolved)]);
    // Who booked later than the reminder is not reminded.
    assert_eq!(reminded(600.0), [(Some(700.0), None, VisitEnd::NoShow)]);
}

/// The part of 20,000 bookings for 700 s, made at 100 s, that ends so.
fn part(model: &mut Model, end: VisitEnd) -> f64 {
    counters(model).services[0].at[0].agenda.places = 20_000;
    counters(model).counters[0].changes[0].served_at_once = 20_000;
    let story = eager(&begun_with(model.clone(), vec![booked(20_000, 400.0, 200.0)]), &[]);
    assert_eq!(story.visits.len(), 20_000);
    story.visits.iter().filter(|visit| visit.end == end).count() as f64 / 20_000.0
}

fn expect(found: f64, p: f64) {
    let z = (found - p) / (p * (1.0 - p) / 20_000.0).sqrt();
    assert!(z.abs() < 4.0, "{found} for {p}: z = {z:.1}");
}

#[test]
fn fates_are_those_of_bookings_that_have_come_so_far() {
    let mut model = city();
    booking(&mut model).cancellation = 0.6;
    // Two of six hundred seconds each third are behind them: 0.6 x 2/3 of 1 - 0.6 / 3.
    expect(part(&mut model, VisitEnd::Cancelled), 0.5);
    booking(&mut model).cancellation = 0.0;
    booking(&mut model).no_show = 0.8;
    booking(&mut model).reminder =
        Some(Reminder { before: SimDuration::from_s(450.0), no_show_times: 0.5, cancels: 0.25 });
    // Reminded at 250 s: 0.4 would not come, a quarter of them has cancelled; 0.3 of the 0.9 who are left stays away.
    expect(part(&mut model, VisitEnd::NoShow), 1.0 / 3.0);
}

#[test]
fn more_of_them_keep_the_first_and_another_name_moves_nobody() {
    let few = |count, others: u32| {
        let mut model = begun_with(city(), vec![booked(count, 0.0, 100.0)]);
        model.start_bookings[0].ahead = Distribution::exponential(500.0).unwrap();
        model.processes.push(process("start_state.bookings.other", 0));
        counters(&mut model).of_process.push(None);
        model.start_bookings.push(StartBookings { process: ProcessId(3), ..booked(others, 900.0, 50.0) });
        let story = eager(&model, &[]);
        let of_first = story.visits.iter().filter(|visit| visit.caller.need.process() == ProcessId(2));
        let mut slots: Vec<_> = of_first.map(|v| (v.caller.need.number(), v.booked.unwrap().slot)).collect();
        slots.sort_unstable();
        slots
    };
    let (some, more) = (few(4, 0), few(9, 0));
    assert_eq!(some[..], more[..4]);
    assert_eq!(more, few(9, 5));
}
