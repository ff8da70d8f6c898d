//! The time of people: who of a group works which shift when.
//!
//! Instants are microseconds since time zero and may lie before it: who works the night before the run is on duty when it begins.

use std::ops::Range;

use crate::random::Distribution;
use crate::time::{SimDuration, SimTime};

/// The people of a group that works by shifts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShiftPlan {
    /// The shifts that its people work, sorted by name.
    pub shifts: Vec<GroupShift>,
    /// Each shift on each day on which somebody works it, by start, then shift. All start before the horizon.
    pub duties: Vec<Duty>,
}

/// A shift of a group: its people belong to it for the whole run.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupShift {
    /// The shift's name.
    pub name: String,
    /// Hash of the name.
    pub key: u64,
    /// Its people, counted from the group's first agent: person i of the shift is the i-th of them on every day.
    pub agents: Range<u16>,
    /// Its breaks, sorted by name.
    pub breaks: Vec<Break>,
}

/// A break of a shift.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// Its name.
    pub name: String,
    /// Hash of the name.
    pub key: u64,
    /// How long each has.
    pub length: SimDuration,
    /// Whether it is paid.
    pub paid: bool,
    /// Person i goes in wave i modulo this.
    pub waves: u16,
    /// From one wave to the next.
    pub every: SimDuration,
}

/// A shift on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Which of [`ShiftPlan::shifts`].
    pub shift: u16,
    /// The local date on which it starts, in days since 1970-01-01.
    pub day: u32,
    /// How many people are down for it: the first of the shift.
    pub heads: u16,
    /// From when.
    pub start_us: i64,
    /// Until when.
    pub end_us: i64,
    /// By break of the shift: when its first wave is due.
    pub breaks_us: Vec<i64>,
}

/// A component of a group's shrinkage.
#[derive(Clone, Debug, PartialEq)]
pub struct Shrinkage {
    /// Its name.
    pub name: String,
    /// Hash of the name.
    pub key: u64,
    /// Part of those who are left after the components before it.
    pub share: f64,
    /// How it is drawn.
    pub draw: ShrinkageDraw,
    /// Whether those who are away are paid.
    pub paid: bool,
}

/// How a component of shrinkage is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShrinkageDraw {
    /// A number of people, rounded by a coin.
    Rounded(Per),
    /// Each person by chance.
    Each(Per),
}

/// The span of one draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// A shift; of heads without shifts a local day.
    Day,
    /// A period.
    Period,
}

/// How people keep to their shifts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Adherence {
    /// From the start of the shift to logging in; `None`: on the second.
    pub late_log_in: Option<Distribution>,
    /// From the end of a break to being back.
    pub late_return: Option<Distribution>,
    /// From leaving to the end of the shift.
    pub early_log_out: Option<Distribution>,
    /// Part of the planned time at work that is lost in pieces, one an hour.
    pub lost: f64,
}

/// Scheduled heads from an instant on, and the spans that have draws of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduledHeads {
    /// From when.
    pub at: SimTime,
    /// How many are scheduled.
    pub heads: u32,
    /// The local date, in days since 1970-01-01.
    pub day: u32,
    /// When the period starts, in unix seconds.
    pub period: u64,
}

impl ShiftPlan {
    /// How many people there are.
    pub fn people(&self) -> usize {
        self.shifts.last().map_or(0, |shift| usize::from(shift.agents.end))
    }

    /// The shift that a person belongs to, the person counted from the group's first agent.
    pub fn shift_of(&self, person: u16) -> &GroupShift {
        let before = self.shifts.partition_point(|shift| shift.agents.end <= person);
        &self.shifts[before]
    }
}

impl Duty {
    /// How long the shift is.
    pub fn length_us(&self) -> u64 {
        (self.end_us - self.start_us).max(0) as u64
    }

    /// How much of the shift is planned as work: without the breaks of the shift's person `head`, as far as they lie in it.
    pub fn at_work_us(&self, shift: &GroupShift, head: u16) -> u64 {
        let of_break = |(index, pause): (usize, &Break)| {
            let left_us = self.end_us - self.break_due_us(shift, index, head);
            pause.length.as_us().min(left_us.max(0) as u64)
        };
        let on_breaks = shift.breaks.iter().enumerate().map(of_break).fold(0, u64::saturating_add);
        self.length_us().saturating_sub(on_breaks)
    }

    /// When break `index` of `shift` is due for the shift's person `head`.
    pub fn break_due_us(&self, shift: &GroupShift, index: usize, head: u16) -> i64 {
        let row = &shift.breaks[index];
        let wave = i64::from(head % row.waves.max(1));
        self.breaks_us[index] + wave * row.every.as_us() as i64
    }
}
