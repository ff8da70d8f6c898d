//! What citizens do about a visit: come or not, take an offer or not, and what comes next.

use super::contacts::Citizen;
use super::visitors::{Doing, Visitor, try_key};
use crate::model::{Counters, NextTry};
use crate::random::{Key, Purpose};
use crate::time::{SimDuration, SimTime};

/// What a citizen does next.
#[derive(Clone, Copy)]
pub(super) enum Next {
    WalkIn,
    Book,
    Call,
}

/// What a citizen with so many tries behind does next, and when; `None`: gives up.
pub(super) fn next_try(rule: &NextTry, key: Key, citizen: &Citizen, at: SimTime) -> Option<(Next, SimTime)> {
    let calls = u32::from(citizen.attempt) + u32::from(citizen.has_called);
    if u32::from(citizen.tries) + calls >= rule.at_most || citizen.attempt == u8::MAX {
        return None;
    }
    let uniform = key.draw(Purpose::Retrial).uniform();
    let next = match uniform {
        u if u < rule.walk_in => Next::WalkIn,
        u if u < rule.walk_in + rule.book => Next::Book,
        u if u < rule.walk_in + rule.book + rule.call => Next::Call,
        _ => return None,
    };
    let delay = rule.delay.sample(key.draw(Purpose::RetrialDelay));
    Some((next, at.after(SimDuration::from_s(delay))))
}

/// What will become of a booking that was made at `asked` and still stands at `now`, and when: as from the booking on, given what has not happened since.
pub(super) fn fate(
    booking: &crate::model::Booking,
    key: Key,
    (asked, now): (SimTime, SimTime),
    slot: SimTime,
) -> (Doing, SimTime) {
    let draw = |k| key.draw(Purpose::NoShow).sub(k);
    let (lead, left) = (slot.since(asked), slot.since(now));
    let part_left = left.as_us() as f64 / lead.as_us() as f64;
    // Of all who cancel at any time alike, those who would by now have done so.
    if draw(0).happens(given(booking.cancellation * part_left, booking.cancellation * (1.0 - part_left))) {
        let after_us = left.as_us() as f64 * draw(1).uniform();
        return (Doing::Cancelling, now.after(SimDuration::from_us(after_us as u64)));
    }
    let reminder = booking.reminder.filter(|reminder| reminder.before < lead);
    let no_show = booking.no_show * reminder.map_or(1.0, |reminder| reminder.no_show_times);
    match reminder {
        Some(reminder) if reminder.before >= left => {
            // Who would cancel when reminded has done so.
            let stays_away = given(no_show * (1.0 - reminder.cancels), no_show * reminder.cancels);
            (if draw(2).happens(stays_away) { Doing::StayingAway } else { Doing::Coming }, slot)
        }
        _ if !draw(2).happens(no_show) => (Doing::Coming, slot),
        Some(reminder) if draw(3).happens(reminder.cancels) => {
            (Doing::Cancelling, now.after(left - reminder.before))
        }
        _ => (Doing::StayingAway, slot),
    }
}

/// The probability of what happens with probability `p`, given that something else of probability `gone` has not.
pub(super) fn given(p: f64, gone: f64) -> f64 {
    if p > 0.0 { p / (1.0 - gone) } else { 0.0 }
}

/// Whether a citizen finds an offer too late or too far.
pub(super) fn declines(counters: &Counters, visitor: &Visitor) -> bool {
    let visit = &visitor.visit;
    let (Some(booking), Some(booked)) = (&counters.services[visit.service.index()].booking, visit.booked)
    else {
        return false;
    };
    let profile = &counters.profiles[visitor.citizen.profile.index()];
    let draw = try_key(&visitor.citizen).draw(Purpose::Booking);
    let accepted = booking.accepted_lead.as_ref().map(|lead| lead.sample(draw) * profile.lead_times);
    let is_late = accepted.is_some_and(|accepted_s| booked.slot.since(visit.asked).as_s() > accepted_s);
    let metres = counters.metres(visit.district, visit.counter);
    is_late || f64::from(metres) > booking.accepted_m * profile.km_times
}
