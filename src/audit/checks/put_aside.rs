//! Work that a call may interrupt, wrap-up and what is written: it is interrupted by calls alone, and only where nobody idles; it is taken up again, by the
//! same agent, before that one idles or goes; and no call waits while somebody might be called from it.

use std::collections::BTreeMap;

use crate::audit::plan::{GroupPlan, Plan};
use crate::audit::promises::Promises;
use crate::audit::report::{Check, leg_name};
use crate::audit::run::Run;
use crate::audit::spells::{Spell, joined};
use crate::log::{AgentRow, AgentStateName, LegRow, LogTime};
use crate::scenario::{InterruptibleWrapUp, Rest};

/// Work for a leg that might be interrupted.
pub(super) struct Piece<'a> {
    leg: &'a LegRow,
    agent: &'a str,
    /// Whether it is the wrap-up; otherwise the work on something written.
    is_wrap_up: bool,
    rule: InterruptibleWrapUp,
    began: LogTime,
    ended: LogTime,
    stretches: Vec<Spell>,
}

impl Piece<'_> {
    /// When it lay aside.
    fn pauses(&self) -> impl Iterator<Item = Spell> + '_ {
        let begins = std::iter::once(self.began).chain(self.stretches.iter().map(|stretch| stretch.1));
        begins.zip(self.stretches.iter().map(|stretch| stretch.0)).filter(|(from, to)| from < to)
    }
}

/// What agents did.
#[derive(Default)]
pub(super) struct Days<'a> {
    /// By agent and instant of the assignment: the legs.
    assigned: BTreeMap<&'a str, BTreeMap<LogTime, Vec<&'a LegRow>>>,
    /// By agent: when it was at work, without a gap.
    at_work: BTreeMap<&'a str, Vec<Spell>>,
    /// By agent and whether it was wrap-up: when something lay aside.
    pauses: BTreeMap<(&'a str, bool), Vec<Spell>>,
    /// By group: when somebody idled.
    idle: BTreeMap<&'a str, Vec<Spell>>,
}

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let pieces = pieces(plan, run, check);
    let days = Days::new(run, &pieces);
    let promises = Promises::new(plan, run);
    for piece in &pieces {
        is_whole(piece, check);
        is_interrupted_by_calls(plan, piece, &days, check);
        is_taken_up_again(piece, &days, check);
        let interrupted = piece.pauses().filter_map(|(from, _)| days.only_caller(plan, piece.agent, from));
        for call in interrupted.filter(|call| !promises.is_kept(call)) {
            nobody_idles(plan, call, &days, check);
        }
    }
    for (&name, group) in &plan.groups {
        if group.of.interruptible_wrap_up.is_some() || group.of.interruptible_written {
            takes_no_more_after_duty(plan, run, (name, group), check);
        }
        nobody_waits(plan, run, (name, group), (&pieces, &days, &promises), check);
    }
}

/// A leg by need, attempt and number.
type Key<'a> = (&'a crate::log::NeedName, u32, u32);

/// All work of groups that may be interrupted. Who stayed with a caller, or called back, finishes what follows.
fn pieces<'a>(plan: &Plan<'_>, run: &Run<'a>, check: &mut Check) -> Vec<Piece<'a>> {
    let mut stretches: BTreeMap<(Key<'a>, bool), Vec<&'a AgentRow>> = BTreeMap::new();
    for &row in &run.agents {
        let is_wrap_up = row.state == AgentStateName::WrappingUp;
        if let (Some(need), Some(attempt), Some(leg)) = (&row.need, row.attempt, row.leg)
            && (is_wrap_up || row.state == AgentStateName::Talking)
        {
            stretches.entry(((need, attempt, leg), is_wrap_up)).or_default().push(row);
        }
    }
    let mut pieces = Vec::new();
    let works = run.legs.iter().flat_map(|&leg| [(leg, false), (leg, true)]);
    for (leg, is_wrap_up) in works {
        let Some(rule) = rule_of(plan, run, leg, is_wrap_up) else { continue };
        let (Some(agent), Some(talk_ended), Some(wrap_up_ended)) =
            (leg.agent.as_deref(), leg.talk_ended, leg.wrap_up_ended)
        else {
            continue;
        };
        let (began, ended) = if is_wrap_up { (talk_ended, wrap_up_ended) } else { (leg.left, talk_ended) };
        let rows = stretches.remove(&((&leg.need, leg.attempt, leg.leg), is_wrap_up)).unwrap_or_default();
        check.expect_of(leg, rows.iter().all(|row| &*row.agent == agent), || {
            (began, format!("{agent} to do it alone"), "another agent".into())
        });
        let mut stretches: Vec<Spell> = rows.iter().map(|row| (row.from, row.to)).collect();
        stretches.sort_unstable();
        if stretches.is_empty() && !is_wrap_up {
            // Work of no length that was put aside before it began has no row: it was done at its end.
            stretches.push((ended, ended));
        }
        pieces.push(Piece { leg, agent, is_wrap_up, rule, began, ended, stretches });
    }
    pieces
}

/// What becomes of a leg's wrap-up, or of the work on it, when a call comes; `None`: its agent is not called from it, and it is told as a whole.
fn rule_of(plan: &Plan<'_>, run: &Run<'_>, leg: &LegRow, is_wrap_up: bool) -> Option<InterruptibleWrapUp> {
    let rest = Rest::Resumed;
    match (is_written_in_pieces(plan, leg), is_wrap_up) {
        // Whoever goes on with what was written begins with nothing else that is.
        (true, false) => Some(InterruptibleWrapUp { rest, put_aside_at_most: Some(1) }),
        (false, false) => None,
        (_, true) if may_be_interrupted(plan, run, leg) => plan.group_of(leg)?.of.interruptible_wrap_up,
        (true, true) => Some(InterruptibleWrapUp { rest, put_aside_at_most: Some(0) }),
        (false, true) => None,
    }
}

/// Whether the agent of a leg puts it aside for calls since it is written.
fn is_written_in_pieces(plan: &Plan<'_>, leg: &LegRow) -> bool {
    plan.is_written(leg) && plan.group_of(leg).is_some_and(|group| group.of.interruptible_written)
}

/// Until when an agent worked for a leg in one go.
pub(super) fn worked_in_one_until(plan: &Plan<'_>, run: &Run<'_>, leg: &LegRow) -> Option<LogTime> {
    if is_written_in_pieces(plan, leg) {
        Some(leg.left)
    } else if may_be_interrupted(plan, run, leg) {
        leg.talk_ended
    } else {
        leg.wrap_up_ended
    }
}

/// Whether such work for a leg stands in the log of agents in pieces.
pub(super) fn is_in_pieces(plan: &Plan<'_>, run: &Run<'_>, leg: &LegRow, state: AgentStateName) -> bool {
    match state {
        AgentStateName::Talking => is_written_in_pieces(plan, leg),
        AgentStateName::WrappingUp => rule_of(plan, run, leg, true).is_some(),
        _ => false,
    }
}

/// Whether the wrap-up of a leg may be interrupted.
pub(super) fn may_be_interrupted(plan: &Plan<'_>, run: &Run<'_>, leg: &LegRow) -> bool {
    let rule = plan.group_of(leg).and_then(|group| group.of.interruptible_wrap_up);
    let asked = || leg.is_consultation() || run.consultation_of(leg).is_some();
    rule.is_some() && !leg.is_callback() && plan.stays(leg).is_none() && !asked()
}

impl<'a> Days<'a> {
    pub(super) fn new(run: &Run<'a>, pieces: &[Piece<'a>]) -> Self {
        let mut days = Days::default();
        for &leg in &run.stays {
            if let (Some(agent), Some(assigned)) = (leg.agent.as_deref(), leg.assigned) {
                days.assigned.entry(agent).or_default().entry(assigned).or_default().push(leg);
            }
        }
        for row in run.agents.iter().filter(|row| row.from < row.to) {
            if row.state.works() {
                days.at_work.entry(&row.agent).or_default().push((row.from, row.to));
            } else if row.state == AgentStateName::Idle {
                days.idle.entry(&row.group).or_default().push((row.from, row.to));
            }
        }
        days.at_work.values_mut().for_each(|work| *work = joined(work));
        for piece in pieces {
            days.pauses.entry((piece.agent, piece.is_wrap_up)).or_default().extend(piece.pauses());
        }
        days
    }

    /// The call that an agent was assigned at an instant.
    pub(super) fn caller(&self, plan: &Plan<'_>, agent: &str, at: LogTime) -> Option<&'a LegRow> {
        self.callers(plan, agent, at).next()
    }

    /// The same, if it is one only: of several, whose talks took no time, nothing says which was for whom the agent was called.
    fn only_caller(&self, plan: &Plan<'_>, agent: &str, at: LogTime) -> Option<&'a LegRow> {
        let mut callers = self.callers(plan, agent, at);
        callers.next().filter(|_| callers.next().is_none())
    }

    fn callers<'s>(
        &'s self,
        plan: &'s Plan<'_>,
        agent: &str,
        at: LogTime,
    ) -> impl Iterator<Item = &'a LegRow> + use<'a, 's> {
        let assigned = self.assigned.get(agent).and_then(|days| days.get(&at));
        assigned.into_iter().flatten().copied().filter(|leg| !plan.is_written(leg))
    }

    /// How many wrap-ups of an agent, or other pieces, lay aside at an instant.
    fn aside(&self, agent: &str, is_wrap_up: bool, at: LogTime) -> usize {
        let pauses = self.pauses.get(&(agent, is_wrap_up)).into_iter().flatten();
        pauses.filter(|&&(from, to)| from <= at && at < to).count()
    }
}

/// Its stretches lie between the end of the talk and its own end, which is that of the last.
fn is_whole(piece: &Piece<'_>, check: &mut Check) {
    let Piece { leg, rule, began, ended, ref stretches, .. } = *piece;
    let last = stretches.last().map_or(began, |stretch| stretch.1);
    let first = stretches.first().map_or(began, |stretch| stretch.0);
    let in_one = rule.rest == Rest::Resumed || stretches.len() <= 1 && first == began;
    let fits = first >= began && last == ended && in_one;
    check.expect_of(leg, fits, || {
        let expected = format!("work from {began:?} to {ended:?} ({:?})", rule.rest);
        (began, expected, format!("{stretches:?} in the log of agents"))
    });
}

/// It is put aside where its agent takes a call, and not more of them than may be at once.
fn is_interrupted_by_calls(plan: &Plan<'_>, piece: &Piece<'_>, days: &Days<'_>, check: &mut Check) {
    for (from, _) in piece.pauses() {
        check.expect_of(piece.leg, days.caller(plan, piece.agent, from).is_some(), || {
            (from, "a call for which work is put aside".into(), "none".into())
        });
        let aside = days.aside(piece.agent, piece.is_wrap_up, from);
        let most = piece.rule.put_aside_at_most.map_or(usize::MAX, |most| most as usize);
        check.expect_of(piece.leg, aside <= most, || {
            (from, format!("at most {most} put aside by {}", piece.agent), aside.to_string())
        });
    }
}

/// While it lies aside its agent is at work.
fn is_taken_up_again(piece: &Piece<'_>, days: &Days<'_>, check: &mut Check) {
    let at_work = days.at_work.get(piece.agent).map_or(&[][..], Vec::as_slice);
    for (from, to) in piece.pauses() {
        let next = at_work.partition_point(|work| work.1 < to);
        let works = at_work.get(next).is_some_and(|work| work.0 <= from);
        check.expect_of(piece.leg, works, || {
            (from, format!("{} at work until this is done", piece.agent), "idle, or gone".into())
        });
    }
}

/// No agent idled before, at and after the instant at which a call interrupted somebody, who might have taken it.
pub(super) fn nobody_idles(plan: &Plan<'_>, call: &LegRow, days: &Days<'_>, check: &mut Check) {
    let (Some(queue), Some(at)) = (plan.queue_of(call), call.assigned) else { return };
    let waited_us = at.us_since(call.entered);
    let mut ways = queue.ways().filter(|(_, step)| step.after_us <= waited_us && !step.is_conditional());
    let around =
        |group: &str| days.idle.get(group).into_iter().flatten().any(|&(from, to)| from < at && at < to);
    let idle = ways.find(|(group, _)| around(group)).map(|(group, _)| group);
    check.expect_of(call, idle.is_none(), || {
        let expected = format!("an idle agent of {}", idle.unwrap_or_default());
        (at, expected, "one who was called from other work".into())
    });
}

/// Who has put something aside takes no more contacts when the shift is over.
fn takes_no_more_after_duty(
    plan: &Plan<'_>,
    run: &Run<'_>,
    (name, group): (&str, &GroupPlan<'_>),
    check: &mut Check,
) {
    let Some(duties) = &group.duties else { return };
    for leg in run.stays.iter().filter(|leg| leg.group.as_deref() == Some(name)) {
        let (Some(agent), Some(at)) = (leg.agent.as_deref(), leg.assigned) else { continue };
        let mut of_agent = duties.of(name, agent).into_iter().flatten();
        // At that very instant work ends before anybody goes, and changes of other groups may give who idles a contact.
        let was_free = || {
            let is_it = |row: &&&AgentRow| &*row.agent == agent && row.to == at;
            run.agents.iter().find(is_it).is_some_and(|row| row.state != AgentStateName::OnBreak)
        };
        let on_duty = of_agent.any(|duty| {
            duty.from <= at && (at < duty.to || duty.to >= plan.horizon || at == duty.to && was_free())
        });
        check.expect_of(leg, on_duty, || (at, format!("{agent} on duty"), leg_name(leg)));
    }
}

/// When an agent of a group might be called from such work: while not as much as may be lies aside.
fn callable(name: &str, pieces: &[Piece<'_>], days: &Days<'_>) -> Vec<Spell> {
    let of_group = pieces.iter().filter(|piece| piece.leg.group.as_deref() == Some(name));
    let stretches = of_group.flat_map(|piece| piece.stretches.iter().map(move |&stretch| (piece, stretch)));
    let callable = stretches.filter(|&(piece, (from, _))| {
        let most = piece.rule.put_aside_at_most.map_or(usize::MAX, |most| most as usize);
        days.aside(piece.agent, piece.is_wrap_up, from) < most
    });
    callable.map(|(_, stretch)| stretch).collect()
}

/// No call waits while an agent might be called from wrap-up or a case. Looked at where the heads are the same all the time: while more are there than the heads,
/// nobody is called.
fn nobody_waits<'a>(
    plan: &Plan<'_>,
    run: &Run<'_>,
    (name, group): (&str, &GroupPlan<'_>),
    (pieces, days, promises): (&[Piece<'a>], &Days<'a>, &Promises<'_>),
    check: &mut Check,
) {
    let mut callable = callable(name, pieces, days);
    callable.extend(super::back_office::callable(run, name, group));
    callable.retain(|(from, to)| from < to);
    if callable.is_empty() || super::chats::constant_heads(plan, group).is_none() {
        return;
    }
    callable.sort_unstable();
    let callable = joined(&callable);
    for leg in run.queued() {
        let Some(queue) = plan.queue_of(leg).filter(|_| plan.calls(leg)) else { continue };
        for step in queue.ways_of(name).filter(|step| !step.is_conditional()) {
            let own = promises.ends(leg).max(run.in_line_from(leg));
            let from = LogTime(leg.entered.0 + step.after_us).max(own).max(plan.begins);
            let next = callable.partition_point(|&(_, until)| until <= from);
            let found = callable.get(next).map(|&(begins, _)| begins.max(from));
            let found = found.filter(|&at| at < leg.waited_until());
            check.expect_of(leg, found.is_none(), || {
                let expected = format!("nobody to wait while an agent of {name} might be called from work");
                (found.unwrap_or(from), expected, "a wait".into())
            });
        }
    }
}
