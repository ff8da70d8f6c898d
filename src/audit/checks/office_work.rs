//! The work of offices on cases and preparations: as many people as there are, on what is there, in the order of the discipline.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::pieces::{Piece, Stretch, Urgency, pieces_of};
use crate::audit::plan::{Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::audit::subject::Subject;
use crate::calendar::Date;
use crate::log::{AgentStateName, LogTime};

/// No more people work than are there, and nobody idles while a case waits.
pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for (name, office) in &plan.offices {
        let pieces = pieces_of(plan, run, name);
        let mut steps: BTreeMap<LogTime, (i64, i64)> = office.changes().map(|at| (at, (0, 0))).collect();
        let mut step = |at: LogTime, present: i64, worked: i64| {
            let sums = steps.entry(at).or_default();
            *sums = (sums.0 + present, sums.1 + worked);
        };
        for piece in &pieces {
            step(piece.since, 1, 0);
            for stretch in &piece.stretches {
                let left = if stretch.leaves { 1 } else { 0 };
                if stretch.by_agent {
                    // Meanwhile it is not there for the office's people.
                    step(stretch.from, -1, 0);
                    step(stretch.to, 1 - left, 0);
                    continue;
                }
                step(stretch.from, 0, 1);
                step(stretch.to, -left, -1);
            }
            if let Some(at) = piece.taken_out {
                step(at, -1, 0);
            }
        }
        let (mut present, mut worked) = (0, 0);
        let mut there: BTreeMap<(Date, i64, usize), There> = BTreeMap::new();
        for (at, (more_present, more_worked)) in steps {
            (present, worked) = (present + more_present, worked + more_worked);
            let people = office.people_at(at);
            if office.of.absence > 0.0 {
                let seen = there.entry(office.who_is_down(at)).or_default();
                is_known_who_is_there(run, (name, at), seen, (people, present, worked), check);
                continue;
            }
            check.expect(worked == people.min(present), || {
                run.finding(
                    format!("office {name}"),
                    at,
                    format!("{} of {people} people at work on {present} cases", people.min(present)),
                    worked,
                )
            });
        }
    }
}

/// What is seen of how many are there, of those who are down for work on one day.
#[derive(Clone, Copy, Debug, Default)]
struct There {
    /// The most at work.
    most: i64,
    /// How many they are: as many as are at work while a case waits.
    exactly: Option<i64>,
}

/// Who is away is away all day: while cases wait there are always as many at work, and never more.
fn is_known_who_is_there(
    run: &Run<'_>,
    (name, at): (&str, LogTime),
    seen: &mut There,
    (people, present, worked): (i64, i64, i64),
    check: &mut Check,
) {
    seen.most = seen.most.max(worked);
    if worked < present {
        seen.exactly = seen.exactly.or(Some(worked));
    }
    let fits = worked <= people
        && seen
            .exactly
            .is_none_or(|exactly| seen.most <= exactly && (worked >= present || worked == exactly));
    check.expect(fits, || {
        run.finding(
            format!("office {name}"),
            at,
            format!("{seen:?} of {people} people at work on {present} cases"),
            worked,
        )
    });
}

/// Instants at which an agent goes who was at work for the office until then, or who goes or is called and had been idle for long enough to begin. What was
/// taken up for no time at all is laid back, which no log has; meanwhile others may have taken up the next.
fn left_at_once(plan: &Plan<'_>, run: &Run<'_>, office: &str) -> BTreeSet<LogTime> {
    let next = run.agents.iter().skip(1).map(Some).chain([None]);
    let goes = run.agents.iter().zip(next).filter(|(row, next)| {
        let rule = plan.groups.get(&*row.group).and_then(|group| group.of.back_office.as_ref());
        let Some(rule) = rule.filter(|rule| rule.offices.iter().any(|of| of == office)) else { return false };
        let next = next.filter(|next| next.agent == row.agent && next.from == row.to).map(|next| next.state);
        let idled = row.state == AgentStateName::Idle && row.to.us_since(row.from) >= us(rule.after_idle);
        match next {
            None | Some(AgentStateName::OnBreak) => idled || row.state == AgentStateName::BackOffice,
            // A call at the very instant.
            Some(next) => idled && rule.interruptible && next.works() && next != AgentStateName::BackOffice,
        }
    });
    let called_as_they_come = run.agents.iter().filter(|row| {
        let rule = plan.groups.get(&*row.group).and_then(|group| group.of.back_office.as_ref());
        let rule = rule.filter(|rule| rule.offices.iter().any(|of| of == office));
        row.state.works() && rule.is_some_and(|rule| rule.interruptible && us(rule.after_idle) == 0)
    });
    goes.map(|(row, _)| row.to).chain(called_as_they_come.map(|row| row.from)).collect()
}

/// Whoever is free takes up the case that is first by the discipline; who must stop lays down the last one, and only then.
pub fn examine_order(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for (name, office) in &plan.offices {
        let pieces = pieces_of(plan, run, name);
        let mut at_instant: BTreeMap<LogTime, Instant<'_, '_>> = BTreeMap::new();
        for piece in &pieces {
            at_instant.entry(piece.since).or_default().opened.push(piece);
            for stretch in &piece.stretches {
                at_instant.entry(stretch.from).or_default().taken_up.push((piece, stretch));
                at_instant.entry(stretch.to).or_default().laid_down.push((piece, stretch));
            }
            if let Some(at) = piece.taken_out {
                at_instant.entry(at).or_default().taken_out.push(piece);
            }
        }
        let left_at_once = left_at_once(plan, run, name);
        let (mut waiting, mut worked_on) = (BTreeSet::<Urgency<'_>>::new(), BTreeSet::<Urgency<'_>>::new());
        for (at, instant) in at_instant {
            for (piece, _) in &instant.laid_down {
                worked_on.remove(&piece.urgency(office.of));
            }
            for piece in instant.taken_up.iter().map(|of| of.0).chain(instant.taken_out.iter().copied()) {
                waiting.remove(&piece.urgency(office.of));
            }
            let last = instant.taken_up.iter().map(|(piece, _)| piece.urgency(office.of)).max();
            let laid_back = left_at_once.contains(&at);
            if let (Some(first), Some(last), false) = (waiting.first(), last, laid_back) {
                check.expect(*first > last, || {
                    run.finding(
                        format!("office {name}"),
                        at,
                        format!("the case of {} to be taken up first", first.3),
                        format!("that of {}", last.3),
                    )
                });
            }
            for (piece, stretch) in instant.laid_down.iter().filter(|(_, of)| of.interrupted && !of.by_agent)
            {
                let is_last = worked_on.last().is_none_or(|last| *last < piece.urgency(office.of));
                let fewer = office.may_be_fewer(at);
                check.expect(is_last && fewer, || {
                    piece.finding(stretch.to, "an interruption of the last case as people go", "another one")
                });
            }
            // Of what is laid down, opened and taken up at one instant the order is not looked into.
            let instant_ends = instant.laid_down.iter().filter(|(_, of)| !of.leaves).map(|of| of.0);
            for piece in instant_ends.chain(instant.opened.iter().copied()) {
                waiting.insert(piece.urgency(office.of));
            }
            for piece in &instant.taken_out {
                waiting.remove(&piece.urgency(office.of));
            }
            for (piece, stretch) in &instant.taken_up {
                waiting.remove(&piece.urgency(office.of));
                if stretch.to > at && !stretch.by_agent {
                    worked_on.insert(piece.urgency(office.of));
                }
            }
        }
    }
}

/// What happens to an office's work at one instant.
#[derive(Default)]
struct Instant<'p, 'a> {
    opened: Vec<&'p Piece<'a>>,
    taken_up: Vec<(&'p Piece<'a>, &'p Stretch)>,
    laid_down: Vec<(&'p Piece<'a>, &'p Stretch)>,
    taken_out: Vec<&'p Piece<'a>>,
}
