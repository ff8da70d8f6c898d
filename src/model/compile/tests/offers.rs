//! Announced waits: what is said about each mistake.

use super::*;
use crate::model::Mode;

#[test]
fn two_announcements_have_two_bounds() {
    let announced = "queues.first.announced={ a = { over = '1m' }, b = { over = '60s' } }";
    assert_eq!(errors(&[announced]), ["E4231 queues.first.announced"]);
    let balking = "queues.first.announced={ a = { over = '1m', balking = 1.5 } }";
    assert_eq!(errors(&[balking]), ["E3005 queues.first.announced.a.balking"]);
}

#[test]
fn who_is_told_something_is_watched_eagerly() {
    let capabilities = model(&["queues.first.announced={ a = { over = '1m' } }"]).capabilities();
    assert_eq!(capabilities.mode, Mode::Eager);
    assert_eq!(capabilities.not_lazy, ["callers of \"first\" are offered or told something"]);
}

#[test]
fn each_mistake_of_an_offer_has_its_code_and_place() {
    const LATER: &str =
        "offers.later={ accepted = 0.5, callback = { dial_time = '15s', reached = 0.8, within = '1h' } }";
    const STEP: &str = "queues.first.steps.later={ after = '1m', offer = 'later' }";
    let mistakes: &[(&[&str], &str)] = &[
        (
            &["queues.first.steps.later={ after = '1m', offer = 'sooner' }"],
            "E4230 queues.first.steps.later.offer",
        ),
        (&["offers.later={ accepted = 0.5 }", STEP], "E4231 offers.later"),
        (&[LATER, STEP, "offers.later.callback.tries=3"], "E4231 offers.later.callback"),
        (
            &[LATER, "queues.first.steps.later={ after = '1m', offer = 'later', add = ['senior'] }"],
            "E4231 queues.first.steps.later",
        ),
    ];
    for (changes, told) in mistakes {
        let errors = errors(changes);
        assert!(errors.iter().any(|error| error == told), "{changes:?}: {errors:?}, not {told}");
    }
    assert_eq!(warnings(&[LATER]), ["W6002 offers.later"]);
}

#[test]
fn slots_of_callbacks_while_their_queue_is_closed_are_told() {
    let slots = "offers.later={ accepted = 0.5, callback = { dial_time = '15s', reached = 0.8, slots = { hours = 'Mon 18:00-20:00', length = '30m', capacity = 5, latest = '20h' } } }";
    let step = "queues.first.steps.later={ after = '1m', offer = 'later' }";
    let found = warnings(&[slots, step, "queues.first.hours='Mon-Fri 08:00-18:00'"]);
    assert!(found.iter().any(|warning| warning.starts_with("W6110 offers.later")), "{found:?}");
}
