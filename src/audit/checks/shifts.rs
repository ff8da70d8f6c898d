//! People who work by shifts are there while they are on duty, work then and on breaks not at all.
//!
//! Who has a contact in hand when the shift ends or a break is due finishes it first, and only it. From the horizon on nobody's
//! shift ends any more. Who is absent is so for a whole shift, and no more people than shrinkage allows. Where people come late, return late or
//! leave early, how much is theirs; that they are there in one piece, and that a break is not cut short, holds all the same.

use std::collections::BTreeMap;

use crate::audit::duties::Duty;
use crate::audit::plan::Plan;
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::spells::{Spell, spells};
use crate::audit::subject::Subject;
use crate::calendar::Date;
use crate::log::{AgentRow, AgentStateName, LogTime};
use crate::scenario::{Adherence, AdherenceTimes};

/// The time of one person of one replication.
struct Person<'a> {
    replication: u32,
    agent: &'a str,
    adherence: Option<&'a Adherence>,
    /// For how many days the place is empty once it is left for good.
    empty_days: i64,
    /// Whether that is the only reason to be absent.
    only_empty: bool,
    duties: &'a [Duty],
    horizon: LogTime,
    /// From when on people work.
    zero: LogTime,
    /// The contacts that the person worked on, each from assignment to the end of wrap-up.
    work: Vec<Spell>,
    rows: &'a [&'a AgentRow],
}

/// Whoever works or idles is on duty, or has been when the contact in hand began.
pub fn examine_duty(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    each_person(plan, run, |person| person.is_on_duty(check));
    // People whom no shift has.
    for row in &run.agents {
        let Some(duties) = plan.groups.get(&*row.group).and_then(|group| group.duties.as_ref()) else {
            continue;
        };
        check.expect(duties.of(&row.group, &row.agent).is_some(), || {
            row.finding(row.from, "a person of the roster", "somebody whom no shift has")
        });
    }
}

/// Whoever is on duty is there, from the start to the end.
pub fn examine_presence(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    each_person(plan, run, |person| person.is_there(check));
}

/// Breaks begin when they are due, or when the contact in hand is finished, and have their length.
pub fn examine_breaks(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    each_person(plan, run, |person| person.has_breaks(check));
}

/// Who is absent is absent for a whole shift, and as many as shrinkage says.
pub fn examine_absence(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    // By group, shift and start: how many are down for it, and how many of them are away.
    let mut shifts: BTreeMap<(String, LogTime), (u32, u32)> = BTreeMap::new();
    each_person(plan, run, |person| {
        let shift = person.agent.rsplit_once('#').map_or(person.agent, |(shift, _)| shift);
        for duty in person.duties {
            let (heads, away) = shifts.entry((shift.to_string(), person.begin(duty))).or_default();
            *heads += 1;
            *away += u32::from(person.is_absent(duty));
        }
        for row in person.rows.iter().filter(|row| row.state == AgentStateName::Absent) {
            let whole = |duty: &Duty| {
                let ends = row.to == duty.to || duty.to >= person.horizon && row.to >= person.horizon;
                row.from == person.begin(duty) && ends
            };
            check.expect(person.duties.iter().any(whole), || {
                person.finding(row.from, "absence for a whole shift", format!("until {:?}", row.to))
            });
        }
    });
    for ((shift, from), (heads, away)) in shifts {
        let group = plan
            .groups
            .iter()
            .find(|(name, _)| shift.strip_prefix(**name).is_some_and(|s| s.starts_with('/')));
        let Some((_, group)) = group else { continue };
        let (least, most) = match group.empty_days {
            0 => (heads - group.shrinkage.most(heads), heads - group.shrinkage.least(heads)),
            // Any place may be empty, and so fewer are left from whom shrinkage takes its part.
            _ => (0, heads),
        };
        check.expect((least..=most).contains(&away), || {
            run.finding(shift, from, format!("{least} to {most} of {heads} away"), away)
        });
    }
}

/// A place that is left for good has nobody until a newcomer can be there.
pub fn examine_empty_places(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    each_person(plan, run, |person| {
        if person.empty_days > 0 && person.only_empty {
            person.stays_away(check);
        }
    });
}

fn each_person(plan: &Plan<'_>, run: &Run<'_>, mut see: impl FnMut(Person<'_>)) {
    let rows: BTreeMap<&str, &[&AgentRow]> =
        run.rows_by_agent().map(|rows| (&*rows[0].agent, rows)).collect();
    let work: BTreeMap<&str, Vec<Spell>> =
        spells(plan, run).into_iter().map(|((_, agent), work)| (agent, work)).collect();
    for (name, group) in &plan.groups {
        for (agent, duties) in group.duties.iter().flat_map(|duties| duties.people(name)) {
            see(Person {
                replication: run.replication,
                agent: &agent,
                adherence: group.adherence,
                empty_days: group.empty_days,
                only_empty: group.of.shrinkage.is_empty(),
                duties,
                horizon: plan.horizon,
                zero: plan.begins,
                work: work.get(agent.as_str()).cloned().unwrap_or_default(),
                rows: rows.get(agent.as_str()).copied().unwrap_or_default(),
            });
        }
    }
}

impl Subject for Person<'_> {
    fn subject(&self) -> (u32, String) {
        (self.replication, self.agent.to_string())
    }
}

impl Person<'_> {
    /// When a duty ends: never from the horizon on.
    fn end(&self, duty: &Duty) -> LogTime {
        if duty.to < self.horizon { duty.to } else { LogTime(i64::MAX) }
    }

    fn begin(&self, duty: &Duty) -> LogTime {
        duty.from.max(self.zero)
    }

    /// The times on duty, those that follow each other without a gap as one.
    fn times_on_duty(&self) -> Vec<Spell> {
        joined(self.duties.iter().map(|duty| (self.begin(duty), self.end(duty))))
    }

    fn is_on_duty(&self, check: &mut Check) {
        let on_duty = self.times_on_duty();
        let within = |from, to| on_duty.iter().any(|&(begin, end)| begin <= from && to <= end);
        for &(from, _) in &self.work {
            check.expect(within(from, from), || self.finding(from, "to be on duty", "taking a contact"));
        }
        for row in self.rows.iter().filter(|row| !row.state.works()) {
            check.expect(within(row.from, row.to), || {
                self.finding(row.from, "to be on duty", format!("{} until {:?}", row.state, row.to))
            });
        }
    }

    /// Whether the person is absent from a duty.
    fn is_absent(&self, duty: &Duty) -> bool {
        let begin = self.begin(duty);
        self.rows.iter().any(|row| row.state == AgentStateName::Absent && row.from == begin)
    }

    /// Whoever was there on one day and is absent on a later one has left in between: nobody can have the place until so many days after the first.
    fn stays_away(&self, check: &mut Check) {
        let (mut last_there, mut empty_until) = (None, None);
        for duty in self.duties.iter().filter(|duty| self.begin(duty) < self.horizon) {
            if self.is_absent(duty) {
                let there: Option<Date> = last_there.take();
                empty_until = there.map(|there| there.plus_days(self.empty_days)).or(empty_until);
                continue;
            }
            check.expect(empty_until.is_none_or(|until| until < duty.date), || {
                self.finding(duty.from, format!("nobody until {empty_until:?}"), "somebody")
            });
            last_there = Some(duty.date);
        }
    }

    fn is_there(&self, check: &mut Check) {
        let there = joined(self.rows.iter().map(|row| (row.from, row.to)));
        if let Some(Adherence::Times(adherence)) = self.adherence {
            return self.is_there_in_one_piece(adherence, &there, check);
        }
        for duty in self.duties {
            let (from, to) = (self.begin(duty), duty.to.min(self.horizon));
            let next = there.partition_point(|&(_, end)| end <= from);
            let is_there = there.get(next).is_some_and(|&(begin, end)| begin <= from && to <= end);
            check.expect(from >= to || is_there, || {
                let found = match there.get(next) {
                    Some(&(begin, end)) if begin < to => format!("there from {begin:?} to {end:?}"),
                    _ => "nobody".into(),
                };
                self.finding(from, format!("to be there until {to:?}"), found)
            });
        }
    }

    /// As [`Self::is_there`] where people may come late and leave early.
    fn is_there_in_one_piece(&self, adherence: &AdherenceTimes, there: &[Spell], check: &mut Check) {
        for duty in self.duties {
            let (from, to) = (self.begin(duty), duty.to.min(self.horizon));
            let spells: Vec<&Spell> =
                there.iter().filter(|&&(begin, end)| begin < to && from < end).collect();
            let whole = match spells.as_slice() {
                [] => adherence.late_log_in.is_some() || adherence.early_log_out.is_some(),
                [(begin, end)] => {
                    (adherence.late_log_in.is_some() || *begin <= from)
                        && (adherence.early_log_out.is_some() || to <= *end)
                }
                _ => false,
            };
            check.expect(from >= to || whole, || {
                self.finding(from, format!("to be there until {to:?}"), format!("{} spells", spells.len()))
            });
        }
    }

    /// Breaks of one who may return late: none begins before it is due, and none is shorter than its length unless the person goes.
    fn has_breaks_at_least(&self, found: &[Spell], check: &mut Check) {
        let there = joined(self.rows.iter().map(|row| (row.from, row.to)));
        for &(from, to) in found {
            let pauses = self.duties.iter().flat_map(|duty| &duty.breaks);
            let due = pauses.filter(|pause| pause.due.max(self.zero) <= from).max_by_key(|pause| pause.due);
            let goes = there.iter().any(|&(_, end)| end == to);
            let began_before = from == self.zero;
            let right = due.is_some_and(|of| {
                goes || began_before || to.0 - from.0 >= of.length_us.min(self.shortest_us())
            });
            check.expect(right, || {
                self.finding(from, "a break that is due, in its length", format!("one until {to:?}"))
            });
        }
    }

    fn shortest_us(&self) -> i64 {
        self.duties.iter().flat_map(|duty| &duty.breaks).map(|pause| pause.length_us).min().unwrap_or(0)
    }

    fn has_breaks(&self, check: &mut Check) {
        let of_state = |row: &&&AgentRow| row.state == AgentStateName::OnBreak;
        let found = joined(self.rows.iter().filter(of_state).map(|row| (row.from, row.to)));
        match self.adherence {
            Some(Adherence::Times(_)) => return self.has_breaks_at_least(&found, check),
            Some(&Adherence::Share(share)) => return self.has_breaks_and_pieces(share, &found, check),
            None => {}
        }
        let expected = joined(self.duties.iter().flat_map(|duty| self.breaks(duty)));
        for &(from, to) in &expected {
            check.expect(found.contains(&(from, to)), || {
                let message = format!("a break until {to:?}");
                let other = found.iter().find(|&&(begin, end)| begin < to && from < end);
                let other =
                    other.map_or("none".into(), |&(begin, end)| format!("one from {begin:?} to {end:?}"));
                self.finding(from, message, other)
            });
        }
        for &(from, to) in found.iter().filter(|spell| !expected.contains(spell)) {
            check.expect(false, || {
                self.finding(from, "no break, or another one", format!("a break until {to:?}"))
            });
        }
    }

    /// Breaks of one who loses a share of the time at work in pieces, one in each hour: when a break is due the person goes, or is away already, and
    /// until no hour's end has the person been away longer than breaks and pieces have been due. All are had in the end, unless the end comes first.
    fn has_breaks_and_pieces(&self, share: f64, found: &[Spell], check: &mut Check) {
        let away = |from: LogTime, to: LogTime| -> i64 {
            found.iter().map(|&(begin, end)| (end.min(to).0 - begin.max(from).0).max(0)).sum()
        };
        // What the run's begin or end cuts is looked at by nobody.
        let whole = |duty: &&Duty| self.zero <= duty.from && duty.to < self.horizon && !self.is_absent(duty);
        for duty in self.duties.iter().filter(whole) {
            for pause in duty.breaks.iter().filter(|pause| pause.due < duty.to) {
                let goes = self.in_hand_until(pause.due);
                let is_away = found.iter().any(|&(begin, end)| {
                    begin <= goes && (end.0 - goes.0 >= pause.length_us || end == duty.to)
                });
                check.expect(goes >= duty.to || is_away, || {
                    self.finding(goes, "a break in its length", "none, or a shorter one")
                });
            }
            let pieces = Pieces::new(duty, share);
            for hour in 1..=pieces.hours {
                let (until, found_us) = (pieces.end(duty, hour), away(duty.from, pieces.end(duty, hour)));
                let most_us = duty.due_us(until) + hour * pieces.most_us;
                check.expect(found_us <= most_us, || {
                    self.finding(until, format!("away for {most_us} us at most"), format!("{found_us} us"))
                });
            }
            let is_cut =
                found.iter().any(|&(_, end)| end == duty.to) || self.in_hand_until(duty.to) > duty.to;
            let least_us = duty.due_us(duty.to) + pieces.hours * (pieces.most_us - 1);
            let found_us = away(duty.from, duty.to);
            check.expect(is_cut || found_us >= least_us, || {
                self.finding(duty.to, format!("away for {least_us} us at least"), format!("{found_us} us"))
            });
        }
    }

    /// The breaks of a duty as they had to be, given the work of the log.
    fn breaks(&self, duty: &Duty) -> Vec<Spell> {
        if self.is_absent(duty) {
            return Vec::new();
        }
        let (mut spells, end): (Vec<Spell>, LogTime) = (Vec::new(), self.end(duty));
        for pause in &duty.breaks {
            let is_over = LogTime(pause.due.0 + pause.length_us);
            let due = pause.due.max(self.zero);
            if is_over <= self.zero || pause.due >= self.horizon || due >= end {
                continue;
            }
            let length_us = is_over.0 - due.0;
            let from = match spells.last() {
                Some(&(_, returns)) if due <= returns => returns,
                _ => self.in_hand_until(due),
            };
            let to = LogTime(from.0 + length_us).min(end);
            // At the end of the shift the end comes first.
            if from < to {
                spells.push((from, to));
            }
        }
        spells
    }

    /// When the contact in hand at an instant is finished: that instant if there is none.
    fn in_hand_until(&self, at: LogTime) -> LogTime {
        let in_hand = self.work.iter().find(|&&(from, to)| from <= at && at < to);
        in_hand.map_or(at, |&(_, to)| to)
    }
}

/// The pieces of a duty that a share of adherence loses.
struct Pieces {
    hours: i64,
    /// The length of one, rounded up.
    most_us: i64,
}

impl Pieces {
    fn new(duty: &Duty, share: f64) -> Pieces {
        const HOUR_US: i64 = 3_600_000_000;
        let length_us = duty.to.0 - duty.from.0;
        let hours = ((length_us + HOUR_US / 2) / HOUR_US).max(1);
        let at_work_us = length_us - duty.due_us(duty.to);
        let most_us = ((1.0 - share) * at_work_us as f64 / hours as f64).ceil() as i64;
        Pieces { hours, most_us }
    }

    /// The end of an hour of the duty.
    fn end(&self, duty: &Duty, hour: i64) -> LogTime {
        LogTime(duty.from.0 + (duty.to.0 - duty.from.0) * hour / self.hours)
    }
}

/// Spells in order, those that touch or overlap as one.
fn joined(spells: impl Iterator<Item = Spell>) -> Vec<Spell> {
    let mut spells: Vec<Spell> = spells.filter(|(from, to)| from < to).collect();
    spells.sort_unstable();
    let mut joined: Vec<Spell> = Vec::with_capacity(spells.len());
    for (from, to) in spells {
        match joined.last_mut() {
            Some((_, end)) if from <= *end => *end = to.max(*end),
            _ => joined.push((from, to)),
        }
    }
    joined
}
