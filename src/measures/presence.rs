//! Who is there: time scheduled, logged in, in overtime and paid, by group.

use super::cell::GroupTime;
use super::ring::Ring;
use super::spans::{PeriodFinder, Walk};
use crate::engine::Staff;
use crate::model::{GroupId, Model};
use crate::time::SimTime;

/// The staff of all groups, accounted up to some instant.
#[derive(Clone, Debug)]
pub(super) struct Presence {
    groups: Vec<Present>,
}

/// The staff of one group, accounted up to `since_us`.
#[derive(Clone, Copy, Debug, Default)]
struct Present {
    staff: Staff,
    /// Those of them who have a chat.
    chatting: u32,
    /// Those of them who are at a case.
    at_cases: u32,
    since_us: u64,
}

impl Presence {
    pub(super) fn new(model: &Model) -> Self {
        Presence { groups: vec![Present::default(); model.groups.len()] }
    }

    /// From `at` on the people of `group` are these.
    pub(super) fn change(
        &mut self,
        finder: &PeriodFinder,
        ring: &mut Ring,
        at: SimTime,
        group: GroupId,
        staff: &Staff,
    ) {
        self.groups[group.index()].account(finder, ring, group.index(), at.as_us());
        self.groups[group.index()].staff = *staff;
    }

    /// From `at` on so many of `group` have a chat.
    pub(super) fn chat(
        &mut self,
        finder: &PeriodFinder,
        ring: &mut Ring,
        at: SimTime,
        group: GroupId,
        agents: u32,
    ) {
        self.groups[group.index()].account(finder, ring, group.index(), at.as_us());
        self.groups[group.index()].chatting = agents;
    }

    /// From `at` on so many of `group` are at a case.
    pub(super) fn work_on_cases(
        &mut self,
        finder: &PeriodFinder,
        ring: &mut Ring,
        at: SimTime,
        group: GroupId,
        agents: u32,
    ) {
        self.groups[group.index()].account(finder, ring, group.index(), at.as_us());
        self.groups[group.index()].at_cases = agents;
    }

    /// Accounts all groups up to `to_us`, where a row closes.
    pub(super) fn account(&mut self, finder: &PeriodFinder, ring: &mut Ring, to_us: u64) {
        for (index, group) in self.groups.iter_mut().enumerate() {
            group.account(finder, ring, index, to_us);
        }
    }

    pub(super) fn clear(&mut self) {
        self.groups.fill(Present::default());
    }
}

impl Present {
    /// Accounts the time since the last change.
    fn account(&mut self, finder: &PeriodFinder, ring: &mut Ring, group: usize, to_us: u64) {
        if self.since_us >= to_us {
            return;
        }
        let (from, until) = (SimTime::from_us(self.since_us), SimTime::from_us(to_us));
        let mut walk = Walk::from(finder, finder.period(from));
        walk.split(finder, finder.clip(from), finder.clip(until), |period, us| {
            let time: &mut GroupTime = &mut ring.row(period).sheet.groups[group];
            time.scheduled_us += u64::from(self.staff.scheduled) * us;
            time.net_us += u64::from(self.staff.net) * us;
            time.logged_in_us += u64::from(self.staff.logged_in) * us;
            time.overtime_us += u64::from(self.staff.overtime) * us;
            time.paid_us += u64::from(self.staff.paid) * us;
            time.chatting_us += u64::from(self.chatting) * us;
            time.back_office_us += u64::from(self.at_cases) * us;
        });
        self.since_us = to_us;
    }
}
