//! Offers and announced waits: what is said about each mistake, and which slots there are.

use super::*;
use crate::model::{Mode, OfferKind};

const STEP: &str = "queues.first.steps.offer={ if_expected_wait_over = '2m', offer = 'back' }";
const HOLD: &str = "offers.back.callback={ dial_time = '10s' }";

/// Code and path of each error with a callback that the first queue offers, changed so.
fn errors_with(more: &[&str]) -> Vec<String> {
    errors(&[&[STEP, HOLD], more].concat())
}

#[test]
fn names_are_looked_up() {
    assert_eq!(errors(&[STEP]), ["E4230 queues.first.steps.offer.offer"]);
    assert_eq!(
        errors_with(&["offers.back.accepted_by={ old = 0.5 }"]),
        ["E2102 offers.back.accepted_by.old"]
    );
}

#[test]
fn an_offer_is_one_thing_and_its_step_brings_nobody() {
    let [both, nothing] = ["offers.back.deferral={ solved = 0.5 }", "offers.back={ accepted = 0.5 }"];
    assert_eq!(errors_with(&[both]), ["E4231 offers.back"]);
    assert_eq!(errors(&[STEP, nothing]), ["E4231 offers.back"]);
    // Who comes first is in the step of the same instant that has `groups`.
    let brings = "queues.first.steps.offer={ after = '1s', offer = 'back', add = ['expert'] }";
    assert!(errors(&[brings, HOLD]).contains(&"E4231 queues.first.steps.offer".to_string()));
}

#[test]
fn several_tries_have_a_delay_and_slots_no_time_of_their_own() {
    assert_eq!(errors_with(&["offers.back.callback.tries=2"]), ["E4231 offers.back.callback"]);
    assert_eq!(errors_with(&["offers.back.callback.tries=21"])[0], "E3005 offers.back.callback.tries");
    let slots =
        "offers.back.callback.slots={ hours = '13:00-14:00', length = '30m', capacity = 2, latest = '9h' }";
    let within = "offers.back.callback.within=1h";
    assert_eq!(errors_with(&[slots, within]), ["E4231 offers.back.callback.within"]);
}

#[test]
fn slots_are_cut_from_the_beginning_of_their_hours() {
    let of = |hours: &str, length: &str| {
        format!(
            "offers.back.callback.slots={{ hours = '{hours}', length = '{length}', capacity = 2, latest = '9h' }}"
        )
    };
    let (minutes, too_short) = (of("10:00-11:30, 13:00-13:50", "40m"), of("13:00-13:30", "40m"));
    let model = model(&[STEP, HOLD, &minutes]);
    let OfferKind::Callback(callback) = &model.offers[0].kind else { panic!("a callback") };
    let starts: Vec<f64> =
        callback.slots.iter().flat_map(|slots| &slots.starts).map(|at| at.as_s() / 60.0).collect();
    assert_eq!(starts, [600.0, 640.0, 780.0], "from 11:20 and from 13:40 on none fits");
    assert_eq!(errors_with(&[&too_short]), ["E4231 offers.back.callback.slots.hours"]);
    let closes = "queues.first.hours=Mon 00:00-12:00";
    assert_eq!(warnings(&[STEP, HOLD, &minutes, closes]), ["W6110 offers.back.callback.slots.hours"]);
}

#[test]
fn what_nobody_offers_is_told() {
    assert_eq!(warnings(&[HOLD]), ["W6002 offers.back"]);
    assert_eq!(warnings(&[STEP, HOLD]), Vec::<String>::new());
}

#[test]
fn two_announcements_have_two_bounds() {
    let announced = "queues.first.announced={ a = { over = '1m' }, b = { over = '60s' } }";
    assert_eq!(errors(&[announced]), ["E4231 queues.first.announced"]);
    let balking = "queues.first.announced={ a = { over = '1m', balking = 1.5 } }";
    assert_eq!(errors(&[balking]), ["E3005 queues.first.announced.a.balking"]);
}

#[test]
fn who_is_offered_or_told_something_is_watched_eagerly() {
    for tells in [&[STEP, HOLD][..], &["queues.first.announced={ a = { over = '1m' } }"]] {
        let capabilities = model(tells).capabilities();
        assert_eq!(capabilities.mode, Mode::Eager);
        assert_eq!(capabilities.not_lazy, ["callers of \"first\" are offered or told something"]);
    }
}
