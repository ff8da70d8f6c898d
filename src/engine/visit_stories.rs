//! Stories of counters: who is offered which slot, who is served when, and what those try next who are not. Seconds of one hour.

use super::observer::{Cause, NeedEnd, Visit, VisitChannel, VisitEnd};
use super::testing::{Story, at, constant, eager, one_group, process};
use crate::model::*;
use crate::time::SimDuration;

/// Wants the counter.
const WANTS: u16 = 1;

/// One agent for calls; a counter with one desk, open until 3000 s, whose visits take 150 s, with slots for one visit each from 600 s on, every 100 s, that all book who
/// want it.
pub(super) fn city() -> Model {
    let mut model = one_group(1);
    model.processes.push(process("wants", 0));
    let change = |second: f64, open, served_at_once| CounterChange { at: at(second), open, served_at_once };
    let counter = Counter {
        name: "one".into(),
        district: 0,
        changes: vec![change(0.0, true, 1), change(3000.0, false, 1)],
    };
    let slots: Vec<Slot> =
        (6..26).map(|of| Slot { start: at(f64::from(of) * 100.0), second_of_day: of * 100 }).collect();
    let days = vec![AgendaDay { day: 0, first: 0, end: slots.len() as u32 }];
    let agenda = Agenda { room: 1, places: 1, slots, days };
    let booking = Booking {
        uptake: 1.0,
        horizon_days: 0,
        released_every_days: 1,
        notice: SimDuration::ZERO,
        choose: Choose::Earliest,
        accepted_lead: None,
        accepted_m: f64::INFINITY,
        no_show: 0.0,
        cancellation: 0.0,
        reminder: None,
        talk: Some(constant(30.0)),
        preparation: None,
    };
    let service = Service {
        name: "card".into(),
        at: vec![ServedAt { counter: CounterId(0), agenda }],
        visit_time: constant(150.0),
        patience: None,
        unresolved: 0.0,
        booking: Some(booking),
        next: Default::default(),
    };
    model.counters = Some(Box::new(Counters {
        districts: vec![String::new()],
        profiles: vec![VisitorProfile { lives: vec![1.0], km_times: 1.0, lead_times: 1.0 }],
        metres: vec![0],
        counters: vec![counter],
        services: vec![service],
        of_process: vec![None, Some(ServiceId(0))],
        of_type: vec![Some(ServiceId(0))],
        first_day: 0,
        midnights: vec![at(0.0), at(86_400.0)],
    }));
    model
}

pub(super) fn counters(model: &mut Model) -> &mut Counters {
    model.counters.as_mut().unwrap()
}

pub(super) fn service(model: &mut Model) -> &mut Service {
    &mut counters(model).services[0]
}

pub(super) fn booking(model: &mut Model) -> &mut Booking {
    service(model).booking.as_mut().unwrap()
}

/// A second counter, 2 km off, with the same slots.
pub(super) fn with_another(model: &mut Model) {
    let counters = counters(model);
    counters.counters.push(Counter { name: "two".into(), ..counters.counters[0].clone() });
    counters.metres = vec![0, 2000];
    let agenda = counters.services[0].at[0].agenda.clone();
    counters.services[0].at.push(ServedAt { counter: CounterId(1), agenda });
}

/// A citizen who certainly does this next, after 10 s.
fn then(walk_in: f64, book: f64, call: f64) -> Option<NextTry> {
    Some(NextTry { walk_in, book, call, delay: constant(10.0), at_most: 4 })
}

/// (slot, began, end) of each try in the order in which they ended, in seconds.
pub(super) fn visits(story: &Story) -> Vec<(Option<f64>, Option<f64>, VisitEnd)> {
    let told = |visit: &Visit| {
        (visit.booked.map(|of| of.slot.as_s()), visit.began.map(|began| began.as_s()), visit.end)
    };
    story.visits.iter().map(told).collect()
}

/// Citizens who want the counter at these seconds.
pub(super) fn wanted(seconds: &[f64]) -> Vec<(f64, u16)> {
    seconds.iter().map(|&second| (second, WANTS)).collect()
}

#[test]
fn those_who_book_come_at_their_slots_and_wait_where_visits_take_longer() {
    let story = eager(&city(), &wanted(&[0.0, 1.0, 2.0]));
    let resolved = |slot, began| (Some(slot), Some(began), VisitEnd::Resolved);
    assert_eq!(visits(&story), [resolved(600.0, 600.0), resolved(700.0, 750.0), resolved(800.0, 900.0)]);
    assert!(story.legs.is_empty() && story.ends() == [NeedEnd::Resolved; 3]);
    let need = story.needs[0];
    assert_eq!((need.resolved_at, need.attempts, need.answered), (Some(OFFICES_TIER), 0, 0));
    assert_eq!(story.ended[2], at(1050.0));
}

#[test]
fn walk_ins_are_served_between_appointments() {
    let mut model = city();
    // The booking at 0 s is for 600 s; whoever wants the counter later walks in.
    model.processes.push(process("walks", 0));
    let mut walks = service(&mut model).clone();
    (walks.name, walks.booking) = ("walks".into(), None);
    counters(&mut model).services.push(walks);
    counters(&mut model).of_process.push(Some(ServiceId(1)));
    let story = eager(&model, &[(0.0, WANTS), (590.0, 2), (595.0, 2)]);
    let told: Vec<_> = visits(&story).into_iter().map(|(slot, began, _)| (slot, began)).collect();
    assert_eq!(told, [(None, Some(590.0)), (Some(600.0), Some(740.0)), (None, Some(890.0))]);
}

#[test]
fn who_has_waited_long_enough_leaves_and_calls() {
    let mut model = city();
    (service(&mut model).booking, service(&mut model).patience) = (None, Some(constant(100.0)));
    service(&mut model).next[Failure::Left as usize] = then(0.0, 0.0, 1.0);
    let story = eager(&model, &wanted(&[0.0, 20.0, 60.0]));
    let ends: Vec<VisitEnd> = story.visits.iter().map(|visit| visit.end).collect();
    // Served until 150 s; one leaves at 120 s, the other waits until 150 s.
    assert_eq!(ends, [VisitEnd::GaveUp, VisitEnd::Resolved, VisitEnd::Resolved]);
    assert_eq!(story.visits[2].began, Some(at(150.0)));
    let leg = &story.legs[0];
    assert_eq!((leg.entered, leg.caller.cause, leg.caller.attempt), (at(130.0), Cause::Visit, 0));
    let called = story.needs.iter().find(|need| need.attempts == 1).unwrap();
    assert_eq!((called.resolved_at, called.is_resolved_at_first_contact()), (Some(1), false));
}

#[test]
fn a_full_agenda_is_declined_and_a_cancellation_frees_a_place() {
    let mut model = city();
    service(&mut model).at[0].agenda.slots.truncate(2);
    service(&mut model).at[0].agenda.days[0].end = 2;
    let story = eager(&model, &wanted(&[0.0, 1.0, 2.0]));
    assert_eq!(story.visits[0].end, VisitEnd::Full);
    assert_eq!(story.ends()[0], NeedEnd::GivenUp);
    assert_eq!(story.visits.len(), 3);

    // Everybody cancels at some time before 600 s, so at 599 s there is room again, or at once where a slot has two places.
    booking(&mut model).cancellation = 1.0;
    let story = eager(&model, &wanted(&[0.0, 1.0, 2.0, 599.0]));
    let ends: Vec<VisitEnd> = story.visits.iter().map(|visit| visit.end).collect();
    assert_eq!(ends[0], VisitEnd::Full);
    assert_eq!(ends[1..], [VisitEnd::Cancelled; 3]);
    service(&mut model).at[0].agenda.places = 2;
    booking(&mut model).cancellation = 0.0;
    let story = eager(&model, &wanted(&[0.0, 1.0, 2.0]));
    assert_eq!(
        visits(&story).iter().map(|of| of.0).collect::<Vec<_>>(),
        [Some(600.0), Some(600.0), Some(700.0)]
    );
}

#[test]
fn an_offer_too_late_or_too_far_is_declined() {
    let mut model = city();
    booking(&mut model).accepted_lead = Some(constant(650.0));
    service(&mut model).next[Failure::Declined as usize] = then(1.0, 0.0, 0.0);
    // The second is offered 700 s, 699 s ahead, and walks in ten seconds later.
    let story = eager(&model, &wanted(&[0.0, 1.0]));
    let declined = (Some(700.0), None, VisitEnd::Declined);
    assert_eq!(visits(&story)[0], declined);
    let walked = story.visits.iter().find(|visit| visit.channel == VisitChannel::WalkIn).unwrap();
    assert_eq!((walked.came, walked.began, walked.number), (Some(at(11.0)), Some(at(11.0)), 1));
    assert_eq!(story.ends(), [NeedEnd::Resolved; 2]);

    counters(&mut model).profiles[0].lead_times = 2.0;
    assert!(eager(&model, &wanted(&[0.0, 1.0])).visits.iter().all(|visit| visit.end == VisitEnd::Resolved));
    counters(&mut model).metres = vec![1500];
    booking(&mut model).accepted_m = 1000.0;
    let far = eager(&model, &wanted(&[0.0]));
    assert_eq!(far.visits[0].end, VisitEnd::Declined);
    counters(&mut model).profiles[0].km_times = 1.5;
    assert_eq!(eager(&model, &wanted(&[0.0])).visits[0].end, VisitEnd::Resolved);
}

/// (counter, slot) of what each of some citizens was offered.
fn offered(choose: Choose, wants: usize) -> Vec<(u16, f64)> {
    let mut model = city();
    with_another(&mut model);
    booking(&mut model).choose = choose;
    let seconds: Vec<f64> = (0..wants).map(|of| of as f64).collect();
    let mut story = eager(&model, &wanted(&seconds));
    story.visits.sort_by_key(|visit| visit.asked);
    story.visits.iter().map(|visit| (visit.counter.0, visit.booked.unwrap().slot.as_s())).collect()
}

#[test]
fn each_way_of_choosing_offers_its_own_slots() {
    assert_eq!(offered(Choose::Earliest, 4), [(0, 600.0), (1, 600.0), (0, 700.0), (1, 700.0)]);
    assert_eq!(offered(Choose::Nearest, 3), [(0, 600.0), (0, 700.0), (0, 800.0)]);
    let about = Choose::PreferredTime { from_s: 1199.0, to_s: 1201.0, within_s: 60.0 };
    assert_eq!(offered(about, 3), [(0, 1200.0), (1, 1200.0), (0, 600.0)]);
    // Of equal loads the nearer; then the other has less.
    let spread = |max_m| Choose::Spread { max_m, max_days: 9 };
    assert_eq!(offered(spread(5000), 4), [(0, 600.0), (1, 600.0), (0, 700.0), (1, 700.0)]);
    assert_eq!(offered(spread(1000), 3), [(0, 600.0), (0, 700.0), (0, 800.0)]);
}

#[test]
fn load_is_spread_over_days_before_slots() {
    let mut model = city();
    let agenda = &mut service(&mut model).at[0].agenda;
    agenda.days = vec![AgendaDay { day: 0, first: 0, end: 4 }, AgendaDay { day: 1, first: 4, end: 6 }];
    agenda.slots.truncate(6);
    booking(&mut model).horizon_days = 1;
    booking(&mut model).choose = Choose::Spread { max_m: 0, max_days: 1 };
    let mut story = eager(&model, &wanted(&[0.0, 1.0, 2.0, 3.0]));
    story.visits.sort_by_key(|visit| visit.asked);
    let slots: Vec<f64> = story.visits.iter().map(|visit| visit.booked.unwrap().slot.as_s()).collect();
    // Loads 0/4 and 0/2; 1/4 and 0/2; 1/4 and 1/2; 2/4 and 1/2.
    assert_eq!(slots, [600.0, 1000.0, 700.0, 800.0]);
}

#[test]
fn slots_are_released_on_mondays_up_to_the_horizon() {
    let mut model = city();
    let booking = Booking { horizon_days: 13, released_every_days: 7, ..booking(&mut model).clone() };
    // Day 4 is Monday, 5 January 1970.
    assert_eq!([4, 5, 10, 11].map(|today| booking.last_day(today)), [17, 17, 17, 24]);
    // Every second day counted from it.
    let second = Booking { released_every_days: 2, ..booking.clone() };
    assert_eq!([4, 5, 6, 14_218, 14_219].map(|today| second.last_day(today)), [17, 17, 19, 14_231, 14_231]);
    let rolling = Booking { released_every_days: 1, ..booking };
    assert_eq!([4, 5].map(|today| rolling.last_day(today)), [17, 18]);
}

#[test]
fn who_is_inside_at_closing_is_served_unless_no_clerk_is_left() {
    let mut model = city();
    service(&mut model).booking = None;
    counters(&mut model).counters[0].changes[1].at = at(100.0);
    let walk = |model: &Model| visits(&eager(model, &wanted(&[0.0, 50.0, 120.0])));
    // The last one finds the doors closed, and they do not open again.
    let last = (None, None, VisitEnd::Open);
    assert_eq!(
        walk(&model),
        [(None, Some(0.0), VisitEnd::Resolved), (None, Some(150.0), VisitEnd::Resolved), last]
    );
    counters(&mut model).counters[0].changes[1].served_at_once = 0;
    assert_eq!(walk(&model), [(None, None, VisitEnd::SentAway), (None, Some(0.0), VisitEnd::Resolved), last]);
}

#[test]
fn who_walks_in_again_at_the_instant_of_closing_finds_the_doors_closed() {
    let mut model = city();
    (service(&mut model).booking, service(&mut model).unresolved) = (None, 1.0);
    let at_once = NextTry { delay: constant(0.0), ..then(1.0, 0.0, 0.0).unwrap() };
    service(&mut model).next[Failure::Unresolved as usize] = Some(at_once);
    counters(&mut model).counters[0].changes[1].at = at(150.0);
    let told = visits(&eager(&model, &wanted(&[0.0])));
    assert_eq!(told, [(None, Some(0.0), VisitEnd::Unresolved), (None, None, VisitEnd::Open)]);
}

#[test]
fn a_booking_beyond_the_horizon_stays_open() {
    let mut model = city();
    service(&mut model).at[0].agenda.slots[0].start = at(4000.0);
    service(&mut model).at[0].agenda.slots.truncate(1);
    service(&mut model).at[0].agenda.days[0].end = 1;
    let story = eager(&model, &wanted(&[0.0]));
    assert_eq!(visits(&story), [(Some(4000.0), None, VisitEnd::Open)]);
    assert_eq!((story.ends(), story.ended[0]), (vec![NeedEnd::Open], at(3600.0)));
}

#[test]
fn who_does_not_come_is_noticed_at_the_slot_and_a_reminder_helps() {
    let mut model = city();
    booking(&mut model).no_show = 1.0;
    service(&mut model).next[Failure::NoShow as usize] = then(0.0, 1.0, 0.0);
    let story = eager(&model, &wanted(&[0.0]));
    // 600 s, then 700 s (booked at 610 s), 800 s and 900 s: four tries in all.
    let missed = |slot| (Some(slot), None, VisitEnd::NoShow);
    assert_eq!(visits(&story), [600.0, 700.0, 800.0, 900.0].map(missed));
    assert_eq!(story.ends(), [NeedEnd::GivenUp]);

    let reminder =
        |no_show_times, cancels| Reminder { before: SimDuration::from_whole_s(60), no_show_times, cancels };
    booking(&mut model).reminder = Some(reminder(0.0, 0.0));
    assert_eq!(visits(&eager(&model, &wanted(&[0.0]))), [(Some(600.0), Some(600.0), VisitEnd::Resolved)]);
    booking(&mut model).reminder = Some(reminder(1.0, 1.0));
    let story = eager(&model, &wanted(&[0.0]));
    assert_eq!((story.visits[0].end, story.visits[0].ended), (VisitEnd::Cancelled, at(540.0)));
}

#[test]
fn an_agent_who_books_talks_longer_and_the_visit_is_the_needs() {
    let mut model = city();
    model.contact_types[0].outcome[0] = Outcomes { cumulative: vec![1.0], outcome: vec![Outcome::Booking] };
    let story = eager(&model, &[(0.0, 0)]);
    let service = story.legs[0].service.unwrap();
    // 60 s of talk and 30 s for the booking.
    assert_eq!((service.talk_ended, service.outcome), (at(90.0), Outcome::Booking));
    let visit = story.visits[0];
    assert_eq!((visit.asked, visit.channel, visit.end), (at(90.0), VisitChannel::Agent, VisitEnd::Resolved));
    let need = story.needs[0];
    assert_eq!((need.attempts, need.answered, need.resolved_at), (1, 1, Some(OFFICES_TIER)));
    assert!(!need.is_resolved_at_first_contact());
}

#[test]
fn a_visit_that_does_not_help_goes_on() {
    let mut model = city();
    service(&mut model).unresolved = 1.0;
    service(&mut model).next[Failure::Unresolved as usize] = then(0.0, 0.0, 1.0);
    let story = eager(&model, &wanted(&[0.0]));
    // At the desk until 750 s; the call at 760 s resolves.
    assert_eq!((story.visits[0].end, story.legs[0].entered), (VisitEnd::Unresolved, at(760.0)));
    assert_eq!((story.ends(), story.needs[0].attempts), (vec![NeedEnd::Resolved], 1));
}
