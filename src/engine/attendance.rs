//! Rule: who is away, and who comes late: shrinkage and adherence by draws that have an address.
//!
//! A coin has (group, component, shift and day, or period), a person (group, shift, head, day): whatever else the plan changes, the same people
//! are absent (DESIGN 6).

use super::observer::Staff;
use super::tenure::Place;
use crate::model::{AgentGroup, Break, Duty, GroupShift, Per, ScheduledHeads, Shrinkage, ShrinkageDraw};
use crate::random::{Distribution, Key, Purpose};
use crate::time::SimDuration;

/// The draws about one group's people in one replication.
#[derive(Clone, Copy, Debug)]
pub struct Attendance<'m> {
    group: &'m AgentGroup,
    root: Key,
    key: Key,
}

const HOUR_US: u64 = 3600 * crate::time::US_PER_S;

/// The first of a person's sub-draws for pieces, after those for the edges.
const FIRST_PIECE: u64 = 2;

/// Whether a person who is down for a shift comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Comes.
    Comes,
    /// Is elsewhere or absent for all of it.
    Away {
        /// And paid all the same.
        paid: bool,
    },
}

/// Heads with shrinkage taken off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetHeads {
    /// By the plan.
    pub scheduled: u32,
    /// Those who are there.
    pub net: u32,
    /// Those of the others who are paid.
    pub paid_away: u32,
}

impl NetHeads {
    /// Nobody is away.
    pub fn all_of(heads: u32) -> NetHeads {
        NetHeads { scheduled: heads, net: heads, paid_away: 0 }
    }

    /// The staff if so many are logged in.
    pub fn staff(&self, logged_in: u32) -> Staff {
        let staff = Staff::of_heads(self.net, logged_in);
        Staff { scheduled: self.scheduled, paid: staff.paid + self.paid_away, ..staff }
    }
}

impl<'m> Attendance<'m> {
    /// For a group of the replication whose root key this is.
    pub fn new(group: &'m AgentGroup, root: Key) -> Self {
        Attendance { group, root, key: root.named(group.key) }
    }

    /// Who of a duty comes, by head.
    pub fn of_duty(&self, shift: &GroupShift, duty: &Duty) -> Vec<Standing> {
        let standing = |head| match self.is_vacant(shift.agents.start + head, duty.day) {
            true => Standing::Away { paid: false },
            false => Standing::Comes,
        };
        let mut standings: Vec<Standing> = (0..duty.heads).map(standing).collect();
        for component in &self.group.shrinkage {
            match component.draw {
                ShrinkageDraw::Rounded(_) => self.some_are_away(shift, duty, component, &mut standings),
                ShrinkageDraw::Each(_) => self.each_may_be_absent(shift, duty, component, &mut standings),
            }
        }
        standings
    }

    /// Whether a place of the group has nobody on a day.
    fn is_vacant(&self, number: u16, day: u32) -> bool {
        let Some(tenure) = &self.group.tenure else { return false };
        Place::new(self.group, tenure, number, self.root).is_vacant(day)
    }

    /// A share of those who are left, rounded by a coin; who it is, their own numbers say.
    fn some_are_away(&self, shift: &GroupShift, duty: &Duty, of: &Shrinkage, standings: &mut [Standing]) {
        let rank =
            |head: usize| self.person(shift, head, duty.day).named(of.key).draw(Purpose::Shrinkage).word();
        let comes = standings.iter().enumerate().filter(|(_, standing)| **standing == Standing::Comes);
        let mut left: Vec<(u64, usize)> = comes.map(|(head, _)| (rank(head), head)).collect();
        left.sort_unstable();
        let coin = self.key.named(shift.key).cell(duty.day.into()).named(of.key).draw(Purpose::Shrinkage);
        let away = rounded(left.len() as f64 * of.share, coin.uniform());
        for &(_, head) in left.iter().take(away as usize) {
            standings[head] = Standing::Away { paid: of.paid };
        }
    }

    fn each_may_be_absent(
        &self,
        shift: &GroupShift,
        duty: &Duty,
        of: &Shrinkage,
        standings: &mut [Standing],
    ) {
        let coming = standings.iter_mut().enumerate().filter(|(_, standing)| **standing == Standing::Comes);
        for (head, standing) in coming {
            let person = self.person(shift, head, duty.day);
            if person.named(of.key).draw(Purpose::Absence).happens(of.share) {
                *standing = Standing::Away { paid: of.paid };
            }
        }
    }

    /// How long after the start of a duty a person logs in, and how long before its end the person leaves.
    pub fn edges(&self, shift: &GroupShift, duty: &Duty, head: u16) -> (SimDuration, SimDuration) {
        let adherence = &self.group.adherence;
        if adherence.late_log_in.is_none() && adherence.early_log_out.is_none() {
            return (SimDuration::ZERO, SimDuration::ZERO);
        }
        let draw = self.person(shift, head.into(), duty.day).draw(Purpose::Adherence);
        let time = |of: &Option<Distribution>, k| {
            of.as_ref().map_or(SimDuration::ZERO, |of| SimDuration::from_s(of.sample(draw.sub(k))))
        };
        (time(&adherence.late_log_in, 0), time(&adherence.early_log_out, 1))
    }

    /// The pieces of a duty that a person loses besides breaks: when each is due, and how long all are. There is one in each hour, or what is
    /// nearest to an hour, at a uniform place.
    pub fn pieces(&self, shift: &GroupShift, duty: &Duty, head: u16) -> (SimDuration, Vec<i64>) {
        let lost = self.group.adherence.lost;
        if lost <= 0.0 {
            return (SimDuration::ZERO, Vec::new());
        }
        let length_us = duty.length_us();
        let hours = ((length_us + HOUR_US / 2) / HOUR_US).max(1);
        let piece_us = (lost * duty.at_work_us(shift, head) as f64 / hours as f64 + 0.5) as u64;
        let room_us = (length_us / hours).saturating_sub(piece_us);
        let draw = self.person(shift, head.into(), duty.day).draw(Purpose::Adherence);
        let due = |hour: u64| {
            let into_us =
                length_us * hour / hours + (draw.sub(FIRST_PIECE + hour).uniform() * room_us as f64) as u64;
            duty.start_us.saturating_add_unsigned(into_us)
        };
        (SimDuration::from_us(piece_us), (0..hours).map(due).collect())
    }

    /// How late a person is back from a break of the duty of a day.
    pub fn late_return(&self, shift: &GroupShift, day: u32, head: u16, pause: &Break) -> SimDuration {
        self.group.adherence.late_return.as_ref().map_or(SimDuration::ZERO, |of| {
            let person = self.person(shift, head.into(), day);
            SimDuration::from_s(of.sample(person.named(pause.key).draw(Purpose::Adherence)))
        })
    }

    /// Heads without names, less those who are away.
    pub fn of_heads(&self, row: &ScheduledHeads) -> NetHeads {
        let mut heads = NetHeads { scheduled: row.heads, net: row.heads, paid_away: 0 };
        for of in &self.group.shrinkage {
            let away = match of.draw {
                ShrinkageDraw::Rounded(per) => {
                    let coin = self.key.named(of.key).cell(at(per, row)).draw(Purpose::Shrinkage);
                    rounded(f64::from(heads.net) * of.share, coin.uniform())
                }
                ShrinkageDraw::Each(per) => self.absent_heads(of, heads.net, at(per, row)),
            };
            heads.net -= away;
            heads.paid_away += if of.paid { away } else { 0 };
        }
        heads
    }

    /// How many of the first `heads` are absent in a span.
    fn absent_heads(&self, of: &Shrinkage, heads: u32, span: u64) -> u32 {
        let person = |head: u32| self.key.item(head.into()).cell(span).named(of.key);
        let absent = |head: &u32| person(*head).draw(Purpose::Absence).happens(of.share);
        (0..heads).filter(absent).count() as u32
    }

    fn person(&self, shift: &GroupShift, head: usize, day: u32) -> Key {
        self.key.named(shift.key).item(head as u64).cell(day.into())
    }
}

/// The span of a row that has one draw.
fn at(per: Per, row: &ScheduledHeads) -> u64 {
    match per {
        Per::Day => row.day.into(),
        Per::Period => row.period,
    }
}

/// A number of people, its fraction by a coin: the mean is the number.
fn rounded(number: f64, coin: f64) -> u32 {
    let whole = number.floor();
    whole as u32 + u32::from(coin < number - whole)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{by_shifts, constant, duty, one_group, pause};
    use super::*;
    use crate::model::{Adherence, Model};

    fn component(name: &str, share: f64, draw: ShrinkageDraw, paid: bool) -> Shrinkage {
        Shrinkage { name: name.into(), key: crate::random::name_hash(name), share, draw, paid }
    }

    fn of_days(model: &Model, days: std::ops::Range<u32>, heads: u16) -> Vec<Vec<Standing>> {
        let group = &model.groups[0];
        let attendance = Attendance::new(group, Key::replication(1, 0));
        let shift = &group.shifts.as_ref().unwrap().shifts[0];
        days.map(|day| attendance.of_duty(shift, &Duty { day, ..duty(0, heads, (0, 100), &[]) })).collect()
    }

    fn away(days: &[Vec<Standing>]) -> f64 {
        let away = days.iter().flatten().filter(|standing| **standing != Standing::Comes).count();
        away as f64 / days.len() as f64
    }

    #[test]
    fn a_coin_rounds_so_that_the_mean_is_right() {
        assert_eq!([0.0, 0.24, 0.26].map(|coin| rounded(3.25, coin)), [4, 4, 3]);
        assert_eq!([0.0, 0.99].map(|coin| rounded(2.0, coin)), [2, 2]);
    }

    #[test]
    fn training_takes_its_share_and_absence_comes_as_it_comes() {
        let mut model = by_shifts(&[(20, &[])], vec![]);
        model.groups[0].shrinkage = vec![component("training", 0.06, ShrinkageDraw::Rounded(Per::Day), true)];
        let trained = of_days(&model, 0..1000, 20);
        // 1.2 of 20: one or two on each day.
        assert!(trained.iter().all(|day| (1.0..=2.0).contains(&away(std::slice::from_ref(day)))));
        assert!((away(&trained) - 1.2).abs() < 0.05, "{}", away(&trained));
        model.groups[0].shrinkage = vec![component("ill", 0.06, ShrinkageDraw::Each(Per::Day), true)];
        let ill = of_days(&model, 0..1000, 20);
        assert!((away(&ill) - 1.2).abs() < 0.12, "{}", away(&ill));
        // Binomial: nobody on 0.94^20 = 29 % of days, three and more on 12 %.
        let days = |least: f64| ill.iter().filter(|day| away(std::slice::from_ref(day)) >= least).count();
        assert!((670..750).contains(&days(1.0)) && (80..160).contains(&days(3.0)));
    }

    #[test]
    fn the_same_people_are_absent_whatever_the_plan() {
        let mut model = by_shifts(&[(30, &[])], vec![]);
        model.groups[0].shrinkage = vec![component("ill", 0.1, ShrinkageDraw::Each(Per::Day), true)];
        let (few, many) = (of_days(&model, 0..50, 20), of_days(&model, 0..50, 30));
        assert!(few.iter().zip(&many).all(|(few, many)| few[..] == many[..20]));
        // A higher share adds absent people, and another component leaves these where they are.
        model.groups[0].shrinkage[0].share = 0.2;
        model.groups[0].shrinkage.push(component("leave", 0.1, ShrinkageDraw::Each(Per::Day), false));
        let more = of_days(&model, 0..50, 30);
        let stay_away = |(few, more): (&Standing, &Standing)| *few == Standing::Comes || few == more;
        assert!(many.iter().flatten().zip(more.iter().flatten()).all(stay_away));
    }

    #[test]
    fn heads_lose_planned_ones_by_period_and_absent_ones_by_day() {
        let mut model = one_group(10);
        model.groups[0].shrinkage = vec![
            component("meetings", 0.05, ShrinkageDraw::Rounded(Per::Period), true),
            component("ill", 0.1, ShrinkageDraw::Each(Per::Day), false),
        ];
        let attendance = Attendance::new(&model.groups[0], Key::replication(1, 0));
        let row = |heads, day: u32, period| {
            let at = crate::time::SimTime::ZERO;
            attendance.of_heads(&ScheduledHeads { at, heads, day, period })
        };
        let net: u32 = (0..4000).map(|i| row(10, i, u64::from(i)).net).sum();
        // 10 x 0.95 x 0.9 = 8.55.
        assert!((f64::from(net) / 4000.0 - 8.55).abs() < 0.05, "{net}");
        // On one day the same head is ill all the time; who is in a meeting changes with the period.
        let in_meeting = |period| row(10, 3, period).paid_away;
        let nets: Vec<u32> = (0..40).map(|period| row(10, 3, period).net + in_meeting(period)).collect();
        assert!(nets.iter().all(|&net| net.abs_diff(nets[0]) <= 1), "{nets:?}");
        assert!((0..40).any(|p| in_meeting(p) == 0) && (0..40).any(|p| in_meeting(p) == 1));
    }

    #[test]
    fn a_share_is_lost_in_pieces_one_an_hour() {
        // Eight hours with half an hour of lunch: 5 % of 7.5 h are 22.5 min, in eight pieces of 168.75 s.
        let mut model = by_shifts(&[(2, &[pause(1800)])], vec![]);
        model.groups[0].adherence = Adherence { lost: 0.05, ..Adherence::default() };
        let attendance = Attendance::new(&model.groups[0], Key::replication(1, 0));
        let shift = &model.groups[0].shifts.as_ref().unwrap().shifts[0];
        let day = |day| Duty { day, ..duty(0, 2, (0, 8 * 3600), &[4 * 3600]) };
        let (length, due) = attendance.pieces(shift, &day(1), 0);
        assert_eq!((length.as_s(), due.len()), (168.75, 8));
        for (hour, due_us) in (0..).zip(&due) {
            assert!(
                (hour * 3_600_000_000..(hour + 1) * 3_600_000_000 - 168_750_000).contains(due_us),
                "{due:?}"
            );
        }
        assert!(
            attendance.pieces(shift, &day(2), 0).1 != due && attendance.pieces(shift, &day(1), 1).1 != due
        );
        // Who is never there loses all of half an hour in one piece.
        let mut group = model.groups[0].clone();
        group.adherence.lost = 1.0;
        let attendance = Attendance::new(&group, Key::replication(1, 0));
        let short = duty(0, 2, (0, 1800), &[4000]);
        assert_eq!(attendance.pieces(shift, &short, 0), (SimDuration::from_whole_s(1800), vec![0]));
    }

    #[test]
    fn lateness_is_a_person_s_of_a_day() {
        let mut model = by_shifts(&[(2, &[pause(30)])], vec![]);
        let late = Distribution::exponential(300.0).unwrap();
        model.groups[0].adherence = Adherence {
            late_log_in: Some(late.clone()),
            late_return: Some(late),
            early_log_out: Some(constant(60.0)),
            lost: 0.0,
        };
        let attendance = Attendance::new(&model.groups[0], Key::replication(1, 0));
        let shift = &model.groups[0].shifts.as_ref().unwrap().shifts[0];
        let day = |day| Duty { day, ..duty(0, 2, (0, 900), &[100]) };
        let (late, early) = attendance.edges(shift, &day(1), 0);
        assert_eq!((attendance.edges(shift, &day(1), 0).0, early.as_s()), (late, 60.0));
        assert!(
            attendance.edges(shift, &day(2), 0).0 != late && attendance.edges(shift, &day(1), 1).0 != late
        );
        assert!(attendance.late_return(shift, 1, 0, &shift.breaks[0]) != late);
    }
}
