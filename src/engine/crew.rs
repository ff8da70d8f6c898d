//! The people of a group that works by shifts: who should be where, and what comes next for whom.
//!
//! A duty (a shift on a day) is unrolled into changes of its people when its time comes near, so a year of shifts takes little room. What
//! a change does to agents and contacts is `shifts`' business: a crew only says it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::attendance::{Attendance, Standing};
use super::observer::Staff;
use crate::model::{Duty, RunClock, ShiftPlan};
use crate::time::{SimDuration, SimTime};

/// The people of one group.
#[derive(Clone, Debug)]
pub struct Crew<'m> {
    plan: &'m ShiftPlan,
    attendance: Attendance<'m>,
    /// From when on people work.
    begins: SimTime,
    horizon: SimTime,
    /// The first duty that is not unrolled yet.
    next_duty: usize,
    coming: BinaryHeap<Reverse<Change>>,
    people: Vec<Person>,
    staff: Staff,
}

/// What happens to a person (counted from the group's first agent) at an instant. Their order is the order of ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    at: SimTime,
    person: u16,
    what: What,
}

/// What happens, in the order in which one person's changes of one instant go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    ShiftEnds,
    ShiftStarts { day: u32, standing: Standing },
    LogsIn,
    LeavesEarly,
    BreakDue { pause: Pause, length: SimDuration },
    PayResumes,
    BreakEnds,
}

/// Why a person is away from work for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Pause {
    /// A break of the shift, by its index.
    Planned(u16),
    /// A piece that adherence loses, paid like the shift.
    Unplanned,
}

#[derive(Clone, Debug, Default)]
struct Person {
    place: Place,
    /// Whether the person is down for a shift now, and comes.
    duty: Option<Standing>,
    /// The date of the shift.
    day: u32,
    /// An unpaid break lasts until then.
    unpaid_until: Option<SimTime>,
    /// Breaks that are due and not begun, in the order in which they came due.
    due: Vec<(Pause, SimDuration)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Not logged in.
    #[default]
    Off,
    /// Logged in.
    In,
    /// Finishes the work in hand and then leaves.
    Leaving,
    OnBreak {
        until: SimTime,
    },
}

/// What a change asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing but a look at who is planned.
    Nothing,
    /// The person logs in.
    LogsIn,
    /// The person, who works on nothing, logs out.
    Leaves,
    /// The person, who works on nothing, goes on a break.
    BeginsBreak,
    /// The person is back from a break.
    Returns,
    /// The person works and will go when that is done.
    IsCalledAway,
    /// The person need not go after all.
    StaysOn,
    /// The person is absent from now on.
    IsAbsent,
    /// The shift of an absent person is over.
    AbsenceEnds,
}

impl<'m> Crew<'m> {
    /// Everybody off, all duties to come.
    pub fn new(plan: &'m ShiftPlan, attendance: Attendance<'m>, clock: &RunClock) -> Self {
        let people = vec![Person::default(); plan.people()];
        Crew {
            plan,
            attendance,
            begins: clock.begins,
            horizon: clock.horizon,
            next_duty: 0,
            coming: BinaryHeap::new(),
            people,
            staff: Staff::default(),
        }
    }

    /// The people by plan now; how many are logged in, only the agents know.
    pub fn staff(&self, logged_in: u32) -> Staff {
        Staff { logged_in, ..self.staff }
    }

    /// When the next change is.
    pub fn next_at(&mut self) -> Option<SimTime> {
        while let Some(duty) = self.plan.duties.get(self.next_duty) {
            let starts = self.instant(duty.start_us);
            if self.coming.peek().is_some_and(|Reverse(change)| change.at < starts) {
                break;
            }
            self.next_duty += 1;
            self.unroll(duty);
        }
        self.coming.peek().map(|Reverse(change)| change.at)
    }

    /// Lays out what comes for the people of a duty.
    fn unroll(&mut self, duty: &Duty) {
        let shift = &self.plan.shifts[usize::from(duty.shift)];
        let standings = self.attendance.of_duty(shift, duty);
        for (head, standing) in (0..duty.heads).zip(standings) {
            let person = shift.agents.start + head;
            self.comes(duty.start_us, person, What::ShiftStarts { day: duty.day, standing });
            self.comes(duty.end_us, person, What::ShiftEnds);
            if standing == Standing::Comes {
                self.is_there_within(duty, person, self.attendance.edges(shift, duty, head));
                let (length, pieces) = self.attendance.pieces(shift, duty, head);
                pieces
                    .into_iter()
                    .for_each(|due_us| self.pauses(duty, person, due_us, length, Pause::Unplanned));
            }
            for (pause, row) in shift.breaks.iter().enumerate() {
                let due_us = duty.break_due_us(shift, pause, head);
                self.pauses(duty, person, due_us, row.length, Pause::Planned(pause as u16));
            }
        }
    }

    /// A break of a duty is due, or what is left of it when the run begins.
    fn pauses(&mut self, duty: &Duty, person: u16, due_us: i64, length: SimDuration, pause: Pause) {
        let left_us = due_us + length.as_us() as i64 - due_us.max(self.begins.as_us() as i64);
        if left_us > 0 && due_us < duty.end_us {
            let length = SimDuration::from_us(left_us as u64);
            self.comes(due_us, person, What::BreakDue { pause, length });
        }
    }

    /// A person logs in so late and leaves so early; who would leave first, or before the run, does not come at all.
    fn is_there_within(&mut self, duty: &Duty, person: u16, (late, early): (SimDuration, SimDuration)) {
        let comes_us = duty.start_us.saturating_add_unsigned(late.as_us());
        let leaves_us = duty.end_us.saturating_sub_unsigned(early.as_us());
        if comes_us >= leaves_us || self.instant(leaves_us) == self.begins {
            return;
        }
        self.comes(comes_us, person, What::LogsIn);
        if leaves_us < duty.end_us {
            self.comes(leaves_us, person, What::LeavesEarly);
        }
    }

    /// A change at an instant, which may lie before the run; from the horizon on no plan changes anything.
    fn comes(&mut self, at_us: i64, person: u16, what: What) {
        let at = self.instant(at_us);
        if at < self.horizon {
            self.coming.push(Reverse(Change { at, person, what }));
        }
    }

    /// An instant of the run, or when it begins for what lies before.
    fn instant(&self, at_us: i64) -> SimTime {
        SimTime::from_us(at_us.max(0) as u64).max(self.begins)
    }

    /// Makes the next change: whose it is and what it asks for. `is_busy` tells who works on a contact.
    pub fn change(&mut self, is_busy: impl Fn(u16) -> bool) -> Option<(u16, Effect)> {
        let Reverse(Change { at, person, what }) = self.coming.pop()?;
        let busy = is_busy(person);
        self.uncount(person);
        let effect = match what {
            What::ShiftEnds => self.shift_ends(person, busy),
            What::ShiftStarts { day, standing } => self.shift_starts(person, day, standing),
            What::LogsIn => self.logs_in(person),
            What::LeavesEarly => self.is_to_leave(person, busy),
            What::BreakDue { pause, length } => self.break_is_due(at, person, busy, (pause, length)),
            What::PayResumes => self.pay_resumes(at, person),
            What::BreakEnds => self.break_ends(at, person),
        };
        self.count(person);
        Some((person, effect))
    }

    /// A person who was called away has finished: goes now, or (if somebody else was meant) does not.
    pub fn is_freed(&mut self, at: SimTime, person: u16) -> Effect {
        self.uncount(person);
        let row = &mut self.people[usize::from(person)];
        let effect = match row.place {
            Place::Leaving => {
                row.place = Place::Off;
                Effect::Leaves
            }
            Place::In if !row.due.is_empty() => self.begins_break(at, person),
            _ => Effect::Nothing,
        };
        self.count(person);
        effect
    }

    fn shift_starts(&mut self, person: u16, day: u32, standing: Standing) -> Effect {
        let row = &mut self.people[usize::from(person)];
        (row.duty, row.day) = (Some(standing), day);
        match (standing, row.place) {
            // Still at work on the contact of the last shift.
            (Standing::Comes, Place::Leaving) => {
                row.place = Place::In;
                Effect::StaysOn
            }
            (Standing::Away { .. }, Place::Off) => Effect::IsAbsent,
            _ => Effect::Nothing,
        }
    }

    fn logs_in(&mut self, person: u16) -> Effect {
        let row = &mut self.people[usize::from(person)];
        if row.place != Place::Off {
            return Effect::Nothing;
        }
        row.place = Place::In;
        Effect::LogsIn
    }

    fn shift_ends(&mut self, person: u16, busy: bool) -> Effect {
        let row = &mut self.people[usize::from(person)];
        row.unpaid_until = None;
        match (row.duty.take(), row.place) {
            (Some(Standing::Away { .. }), Place::Off) => Effect::AbsenceEnds,
            _ => self.is_to_leave(person, busy),
        }
    }

    /// Breaks that are due lapse; who works finishes first.
    fn is_to_leave(&mut self, person: u16, busy: bool) -> Effect {
        let row = &mut self.people[usize::from(person)];
        let was_called_away = !row.due.is_empty();
        row.due.clear();
        match row.place {
            Place::Off | Place::Leaving => Effect::Nothing,
            Place::In if busy => {
                row.place = Place::Leaving;
                if was_called_away { Effect::Nothing } else { Effect::IsCalledAway }
            }
            Place::In | Place::OnBreak { .. } => {
                row.place = Place::Off;
                Effect::Leaves
            }
        }
    }

    fn break_is_due(&mut self, at: SimTime, person: u16, busy: bool, due: (Pause, SimDuration)) -> Effect {
        let row = &mut self.people[usize::from(person)];
        match row.place {
            Place::Leaving => Effect::Nothing,
            Place::Off => {
                // A break that nobody takes: an unpaid one is unpaid all the same.
                if row.duty.is_some() {
                    self.is_not_paid(at.after(due.1), person, due.0);
                }
                Effect::Nothing
            }
            Place::OnBreak { .. } => {
                row.due.push(due);
                Effect::Nothing
            }
            Place::In => {
                row.due.push(due);
                match (busy, row.due.len()) {
                    (false, _) => self.begins_break(at, person),
                    (true, 1) => Effect::IsCalledAway,
                    (true, _) => Effect::Nothing,
                }
            }
        }
    }

    /// The break that has been due longest begins and keeps its length, and more if the person is late to return.
    fn begins_break(&mut self, at: SimTime, person: u16) -> Effect {
        let shift = self.plan.shift_of(person);
        let row = &mut self.people[usize::from(person)];
        let (pause, length) = row.due.remove(0);
        let head = person - shift.agents.start;
        let late = match pause {
            Pause::Planned(index) => {
                self.attendance.late_return(shift, row.day, head, &shift.breaks[usize::from(index)])
            }
            Pause::Unplanned => SimDuration::ZERO,
        };
        let until = at.after(length).after(late);
        row.place = Place::OnBreak { until };
        self.is_not_paid(at.after(length), person, pause);
        self.coming.push(Reverse(Change { at: until, person, what: What::BreakEnds }));
        Effect::BeginsBreak
    }

    /// Until an instant a person is not paid, if the break is an unpaid one.
    fn is_not_paid(&mut self, until: SimTime, person: u16, pause: Pause) {
        let Pause::Planned(index) = pause else { return };
        if !self.plan.shift_of(person).breaks[usize::from(index)].paid {
            self.people[usize::from(person)].unpaid_until = Some(until);
            self.coming.push(Reverse(Change { at: until, person, what: What::PayResumes }));
        }
    }

    fn break_ends(&mut self, at: SimTime, person: u16) -> Effect {
        let row = &mut self.people[usize::from(person)];
        if row.place != (Place::OnBreak { until: at }) {
            // It was cut off by the end of the shift.
            return Effect::Nothing;
        }
        if !row.due.is_empty() {
            self.begins_break(at, person);
            return Effect::Nothing;
        }
        row.place = Place::In;
        Effect::Returns
    }

    fn pay_resumes(&mut self, at: SimTime, person: u16) -> Effect {
        let row = &mut self.people[usize::from(person)];
        if row.unpaid_until == Some(at) {
            row.unpaid_until = None;
        }
        Effect::Nothing
    }

    fn count(&mut self, person: u16) {
        let now = self.people[usize::from(person)].counts();
        self.staff.scheduled += now.scheduled;
        self.staff.net += now.net;
        self.staff.paid += now.paid;
        self.staff.overtime += now.overtime;
    }

    fn uncount(&mut self, person: u16) {
        let before = self.people[usize::from(person)].counts();
        self.staff.scheduled -= before.scheduled;
        self.staff.net -= before.net;
        self.staff.paid -= before.paid;
        self.staff.overtime -= before.overtime;
    }
}

impl Person {
    /// What the person adds to the staff.
    fn counts(&self) -> Staff {
        let comes = self.duty == Some(Standing::Comes);
        let overtime = !comes && self.place != Place::Off;
        let by_plan = comes || self.duty == Some(Standing::Away { paid: true });
        Staff {
            scheduled: u32::from(self.duty.is_some()),
            net: u32::from(comes),
            logged_in: 0,
            overtime: u32::from(overtime),
            paid: u32::from(by_plan && self.unpaid_until.is_none() || overtime),
        }
    }
}
