//! Who is logged in: time logged in, and overtime, by group.

use super::cell::GroupTime;
use super::ring::Ring;
use super::spans::{PeriodFinder, Walk};
use crate::model::{GroupId, Model};
use crate::time::SimTime;

/// The heads of all groups, accounted up to some instant.
#[derive(Clone, Debug)]
pub(super) struct Presence {
    groups: Vec<Heads>,
}

/// The heads of one group.
#[derive(Clone, Debug, Default)]
struct Heads {
    /// Logged in since `since_us`.
    logged_in: u32,
    since_us: u64,
    /// (from when, how many) by the staffing plan.
    plan: Vec<(u64, u32)>,
    /// The entry of the plan after the one that holds at `since_us`.
    next: usize,
}

impl Presence {
    pub(super) fn new(model: &Model) -> Self {
        let plan = |heads: &[(SimTime, u32)]| heads.iter().map(|&(at, heads)| (at.as_us(), heads)).collect();
        let heads = |group: &crate::model::AgentGroup| Heads { plan: plan(&group.heads), ..Heads::default() };
        Presence { groups: model.groups.iter().map(heads).collect() }
    }

    /// From `at` on `logged_in` agents of `group` are logged in.
    pub(super) fn change(
        &mut self,
        finder: &PeriodFinder,
        ring: &mut Ring,
        at: SimTime,
        group: GroupId,
        logged_in: u32,
    ) {
        self.groups[group.index()].account(finder, ring, group.index(), at.as_us());
        self.groups[group.index()].logged_in = logged_in;
    }

    /// Accounts all groups up to `to_us`, where a row closes.
    pub(super) fn account(&mut self, finder: &PeriodFinder, ring: &mut Ring, to_us: u64) {
        for (index, group) in self.groups.iter_mut().enumerate() {
            group.account(finder, ring, index, to_us);
        }
    }

    pub(super) fn clear(&mut self) {
        for group in &mut self.groups {
            (group.logged_in, group.since_us, group.next) = (0, 0, 0);
        }
    }
}

impl Heads {
    /// Accounts the time since the last change, piece by piece of the plan.
    fn account(&mut self, finder: &PeriodFinder, ring: &mut Ring, group: usize, to_us: u64) {
        while self.since_us < to_us {
            let planned_until = self.plan.get(self.next).map_or(u64::MAX, |&(at_us, _)| at_us);
            if planned_until <= self.since_us {
                self.next += 1;
                continue;
            }
            let until = planned_until.min(to_us);
            self.add(finder, ring, group, until);
            self.since_us = until;
        }
    }

    /// Adds `[since_us, until_us)`, in which neither the plan nor the heads change.
    fn add(&self, finder: &PeriodFinder, ring: &mut Ring, group: usize, until_us: u64) {
        let planned = self.next.checked_sub(1).map_or(0, |entry| self.plan[entry].1);
        let heads = u64::from(self.logged_in);
        let surplus = u64::from(self.logged_in.saturating_sub(planned));
        let (from, until) = (SimTime::from_us(self.since_us), SimTime::from_us(until_us));
        let mut walk = Walk::from(finder, finder.period(from));
        walk.split(finder, finder.clip(from), finder.clip(until), |period, us| {
            let time: &mut GroupTime = &mut ring.row(period).sheet.groups[group];
            time.logged_in_us += heads * us;
            time.overtime_us += surplus * us;
        });
    }
}
