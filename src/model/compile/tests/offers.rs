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
