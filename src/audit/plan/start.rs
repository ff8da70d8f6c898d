//! What is there when the run begins.

use super::{Plan, us};
use crate::log::{LegRow, NeedName, VisitRow};
use crate::scenario::{BookedVisits, OpenCases, Scenario};

impl<'a> Plan<'a> {
    /// What the logs call the process of those who wait at the start under a name.
    pub(in crate::audit) fn process_of_waiting(name: &str) -> String {
        format!("start_state.waiting.{name}")
    }

    /// What the logs call the process of the needs whose cases are open at the start under a name.
    pub(in crate::audit) fn process_of_cases(name: &str) -> String {
        format!("start_state.cases.{name}")
    }

    /// The open cases of the start among which a need is.
    pub(in crate::audit) fn start_cases(&self, need: &NeedName) -> Option<(&'a str, &'a OpenCases)> {
        let cases = self.scenario.start_state.as_ref().map(|state| &state.cases)?;
        let (name, of) = cases.get_key_value(need.process.strip_prefix("start_state.cases.")?)?;
        Some((name, of))
    }

    /// What the logs call the process of the needs whose visits are booked at the start under a name.
    pub(in crate::audit) fn process_of_bookings(name: &str) -> String {
        format!("start_state.bookings.{name}")
    }

    /// The bookings of the start, with their service, among which a need is.
    pub(in crate::audit) fn start_bookings(&self, need: &NeedName) -> Option<(&'a str, &'a BookedVisits)> {
        let bookings = self.scenario.start_state.as_ref().map(|state| &state.bookings)?;
        let (name, of) = bookings.get_key_value(need.process.strip_prefix("start_state.bookings.")?)?;
        Some((of.service.as_deref().unwrap_or(name), of))
    }

    /// Whether a try is a booking of the start.
    pub(in crate::audit) fn is_booked_before(&self, row: &VisitRow) -> bool {
        row.number == 0 && self.start_bookings(&row.need).is_some()
    }

    /// Whether the need of a leg is known beforehand: logged, or waiting at the start.
    pub(in crate::audit) fn is_listed(&self, leg: &LegRow) -> bool {
        let waiting = self.scenario.start_state.iter().flat_map(|state| state.waiting.keys());
        let waiting = waiting.map(|name| Plan::process_of_waiting(name));
        let open = self.scenario.start_state.iter().flat_map(|state| state.cases.keys());
        let mut waiting = waiting.chain(open.map(|name| Plan::process_of_cases(name)));
        let logged = self.scenario.arrivals.get(&*leg.need.process).is_some_and(|of| of.replay.is_some());
        logged || waiting.any(|process| *process == *leg.need.process)
    }
}

/// No notice reaches further back: 366 days.
const MOST_BEFORE_US: i64 = 31_622_400_000_000;

/// How long before the start the first of what is there then began: a wait, a case, or a booking; `None`: nothing is there.
pub(super) fn longest_wait_us(scenario: &Scenario) -> Option<i64> {
    let state = || scenario.start_state.iter();
    let waiting = state().flat_map(|state| state.waiting.values());
    let waited = waiting.filter(|of| of.count > 0).map(|of| us(of.waited));
    let open = state().flat_map(|state| state.cases.values());
    let opened = open.filter(|of| of.count > 0).map(|of| us(of.oldest()));
    let booked = state().flat_map(|state| &state.bookings).filter(|(_, of)| of.count > 0);
    let booked = booked.map(|(name, of)| {
        let service = scenario.services.get(of.service.as_deref().unwrap_or(name));
        // Some booked no earlier than the notice of their slots asks for.
        let notice = service.and_then(|of| of.booking.as_ref()).map_or(0, |booking| us(booking.notice));
        us(of.longest()).max(notice.min(MOST_BEFORE_US))
    });
    waited.chain(opened).chain(booked).max()
}
