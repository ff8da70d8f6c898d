//! An agent is in one place at a time, and the log of legs and the log of agents tell the same work.

use std::collections::BTreeSet;

use super::put_aside::{is_in_pieces, worked_in_one_until};
use crate::audit::plan::Plan;
use crate::audit::report::{Check, Finding, leg_name};
use crate::audit::run::Run;
use crate::audit::spells::spells;
use crate::audit::subject::Subject;
use crate::log::{AgentRow, AgentStateName, DialRow, LegRow, LogTime};

/// Neither the legs that an agent serves nor the states that it is in overlap.
pub fn examine_places(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for rows in run.rows_by_agent() {
        for row in rows {
            check.expect(row.from <= row.to, || {
                row.finding(row.from, "a state that begins before it ends", format!("an end at {:?}", row.to))
            });
        }
        for pair in rows.windows(2) {
            check.expect(pair[0].to <= pair[1].from, || {
                let found = format!("{} while still {}", pair[1].state, pair[0].state);
                pair[1].finding(pair[1].from, "one state at a time", found)
            });
        }
    }
    // The agent's states say when work that may be interrupted was worked on.
    let free = |leg: &LegRow| worked_in_one_until(plan, run, leg);
    let mut served: Vec<_> = run.stays.iter().filter(|leg| leg.assigned.is_some()).collect();
    served.sort_by_key(|leg| (&leg.agent, leg.assigned, free(leg)));
    served.retain(|leg| !chats(plan, leg));
    for pair in served.windows(2).filter(|pair| pair[0].agent == pair[1].agent) {
        check.expect_of(pair[1], free(pair[0]) <= pair[1].assigned, || {
            let agent = pair[1].agent.as_deref().unwrap_or_default();
            let at = pair[1].assigned.unwrap_or_default();
            (at, format!("{agent} in one place"), format!("the agent still busy with {}", leg_name(pair[0])))
        });
    }
    dials_do_not_overlap(plan, run, check);
}

/// Whoever dials for a campaign does nothing else.
fn dials_do_not_overlap(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    if run.dials.is_empty() {
        return;
    }
    for ((group, agent), mut spells) in spells(plan, run) {
        spells.sort_unstable();
        for pair in spells.windows(2) {
            check.expect(pair[0].1 <= pair[1].0, || {
                run.finding(
                    agent,
                    pair[1].0,
                    "one contact or dial at a time",
                    format!("another one until {:?}, in {group}", pair[0].1),
                )
            });
        }
    }
}

/// Whether the agent of a leg has several chats at once, which a check of its own looks at.
fn chats(plan: &Plan<'_>, leg: &LegRow) -> bool {
    plan.group_of(leg).is_some_and(|group| group.of.concurrency.is_some())
}

/// A stretch of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Work<'a> {
    agent: &'a str,
    from: LogTime,
    to: LogTime,
    state: AgentStateName,
}

/// Each stretch of work that the legs tell stands in the log of agents, and the other way round.
pub fn examine_agreement(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut of_legs: Vec<(Work<'_>, &LegRow)> =
        run.legs_by_contact().flat_map(|contact| works_of_contact(plan, run, contact)).collect();
    let consultations = run.consultations.iter();
    of_legs.extend(
        consultations.flat_map(|&row| works(row, row.caller_left(), None).map(move |work| (work, row))),
    );
    // A check of its own looks at work that may be interrupted.
    let in_pieces = |work: &Work<'_>, leg| is_in_pieces(plan, run, leg, work.state);
    of_legs.retain(|(work, leg)| work.from < work.to && !chats(plan, leg) && !in_pieces(work, leg));
    of_legs.sort_by_key(|&(work, _)| work);
    let mut of_agents: Vec<(Work<'_>, &AgentRow)> =
        run.agents.iter().map(|row| (work_of(row), *row)).collect();
    let chats_by_log = |row: &AgentRow| {
        row.state == AgentStateName::Chatting
            && plan.groups.get(&*row.group).is_some_and(|group| group.of.concurrency.is_some())
    };
    tell_the_same_dials(run, &mut of_agents, check);
    let leg_of = |row: &AgentRow| {
        let legs = run.legs_of(row.need.as_ref()?);
        legs.iter().find(|leg| Some(leg.attempt) == row.attempt && Some(leg.leg) == row.leg).copied()
    };
    of_agents.retain(|(work, row)| {
        let told = work.state.works() && work.from < work.to && !chats_by_log(row);
        told && !leg_of(row).is_some_and(|leg| in_pieces(work, leg))
    });
    of_agents.sort_by_key(|&(work, _)| work);
    compare(&of_legs, &of_agents, check);
}

/// The work of dials stands in the log of agents; what does is taken out of `of_agents`.
fn tell_the_same_dials(run: &Run<'_>, of_agents: &mut Vec<(Work<'_>, &AgentRow)>, check: &mut Check) {
    let works = run.dials.iter().flat_map(|dial| works_of_dial(dial));
    let mut of_dials: BTreeSet<Work<'_>> = works.filter(|work| work.from < work.to).collect();
    if of_dials.is_empty() {
        return;
    }
    check.examined += of_dials.len() as u64;
    of_agents.retain(|(work, row)| row.need.is_some() || !of_dials.remove(work));
    for work in of_dials {
        check.expect(false, || {
            run.finding(
                work.agent,
                work.from,
                format!("{} for a dial in the log of agents", work.state),
                "nothing of the kind",
            )
        });
    }
}

fn works_of_dial(dial: &DialRow) -> impl Iterator<Item = Work<'_>> {
    let served =
        move || Some((dial.agent.as_deref()?, dial.assigned?, dial.talk_ended?, dial.wrap_up_ended?));
    served().into_iter().flat_map(move |(agent, assigned, talk_ended, wrap_up_ended)| {
        [
            Work { agent, from: assigned, to: dial.left, state: AgentStateName::Ringing },
            Work { agent, from: dial.left, to: talk_ended, state: AgentStateName::Talking },
            Work { agent, from: talk_ended, to: wrap_up_ended, state: AgentStateName::WrappingUp },
        ]
    })
}

/// The work of each leg of a contact.
fn works_of_contact<'s, 'a>(
    plan: &'s Plan<'_>,
    run: &'s Run<'a>,
    contact: &'s [&'a LegRow],
) -> impl Iterator<Item = (Work<'a>, &'a LegRow)> + 's {
    contact.iter().flat_map(move |&leg| {
        let asked = run.consultation_of(leg).map(|row| (row.entered, row.caller_left()));
        works(leg, run.spoke_until(plan, leg), asked).map(move |work| (work, leg))
    })
}

/// Talks, holds and wrap-up of a leg whose caller was held from when on in the end, and from when to when while another agent was asked.
fn works(
    leg: &LegRow,
    held_from: LogTime,
    asked: Option<(LogTime, LogTime)>,
) -> impl Iterator<Item = Work<'_>> {
    use AgentStateName::{Holding, Ringing, Talking, WrappingUp};
    let served = move || Some((leg.agent.as_deref()?, leg.assigned?, leg.talk_ended?, leg.wrap_up_ended?));
    served().into_iter().flat_map(move |(agent, assigned, talk_ended, wrap_up_ended)| {
        let (asked, over) = asked.unwrap_or((leg.left, leg.left));
        let work = |state, from, to| Work { agent, from, to, state };
        [
            work(Ringing, assigned, leg.left),
            work(Talking, leg.left, asked),
            work(Holding, asked, over),
            work(Talking, over, held_from),
            work(Holding, held_from, talk_ended),
            work(WrappingUp, talk_ended, wrap_up_ended),
        ]
    })
}

fn work_of(row: &AgentRow) -> Work<'_> {
    Work { agent: &row.agent, from: row.from, to: row.to, state: row.state }
}

/// Walks two sorted lists side by side.
fn compare(of_legs: &[(Work<'_>, &LegRow)], of_agents: &[(Work<'_>, &AgentRow)], check: &mut Check) {
    let mut rows = of_agents.iter().peekable();
    for &(work, leg) in of_legs {
        while let Some((told, row)) = rows.next_if(|(told, _)| *told < work) {
            check.expect(false, || without_leg(told, row));
        }
        let Some((_, row)) = rows.next_if(|(told, _)| *told == work) else {
            check.expect_of(leg, false, || {
                let expected = format!("{} {} in the log of agents", work.agent, work.state);
                (work.from, expected, "nothing of the kind".into())
            });
            continue;
        };
        check.expect(names_leg(row, leg), || {
            row.finding(row.from, "the leg that it serves", format!("not {}", leg_name(leg)))
        });
    }
    for (told, row) in rows {
        check.expect(false, || without_leg(told, row));
    }
}

fn without_leg(told: &Work<'_>, row: &AgentRow) -> Finding {
    row.finding(told.from, "a leg that it serves", format!("{} without one", told.state))
}

/// Whether a row that names a leg names this one, and names the leg's group and vendor.
fn names_leg(row: &AgentRow, leg: &LegRow) -> bool {
    row.need.as_ref().is_none_or(|need| *need == leg.need)
        && row.attempt.is_none_or(|attempt| attempt == leg.attempt)
        && row.leg.is_none_or(|number| number == leg.leg)
        && leg.group.as_ref() == Some(&row.group)
        && leg.vendor == row.vendor
}
