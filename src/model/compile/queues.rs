//! Queues: their steps, who may serve from which, and that groups and queues name each other.

use super::conditions::{check_idle_counts, conditions, expected_wait, marks};
use super::findings::{Findings, path};
use super::names::Directory;
use super::offers::told;
use super::openings::Openings;
use crate::diagnostic::Code;
use crate::model::{AgentGroup, GroupId, NEVER, Queue, QueueId, Select, Step};
use crate::scenario::{self as document, AtClose, Scenario, join_index};
use crate::time::SimDuration;

/// The most steps of a queue: what [`Queue::eligible_from`] can number.
const MOST_STEPS: usize = 254;

/// By queue and step, the groups that come to it there, in order of preference.
pub(super) type GroupsByStep = Vec<Vec<Vec<GroupId>>>;

/// The queues, sorted by name, without their lanes; and the groups that each step brings.
pub(super) fn queues(
    scenario: &Scenario,
    names: &Directory<'_>,
    openings: &Openings,
    findings: &mut Findings,
) -> (Vec<Queue>, GroupsByStep) {
    let (mut queues, mut groups) = (Vec::new(), Vec::new());
    for (row, ((name, of), &hours)) in scenario.queues.iter().zip(&openings.of_queue).enumerate() {
        let steps = sorted_steps(of);
        check_steps(name, &steps, findings);
        let by_step = groups_by_step(name, &steps, names, findings);
        let opening = |step: &str| {
            let row_by_name = of.steps.keys().position(|name| name == step)?;
            openings.of_step[row][row_by_name]
        };
        let conditions = conditions(&steps, &by_step, &names.groups, opening);
        let told = told(name, of, &steps, (&names.offers, &names.groups), opening, findings);
        let expected_wait =
            expected_wait(name, of.expected_wait, &steps, &by_step, names.groups.len(), findings);
        queues.push(Queue {
            name: name.clone(),
            hours,
            sends_away: of.at_close == AtClose::SendAway,
            needs_staff: of.without_staff == document::WithoutStaff::SendAway,
            select: select(of.select),
            steps: steps.iter().map(|(name, step)| compiled(name, step)).collect(),
            lanes: 0..0,
            eligible_from: eligible_from(&by_step, names.groups.len()),
            marks: marks(&expected_wait, conditions.as_deref()),
            conditions,
            expected_wait,
            calls: true,
            told,
        });
        groups.push(by_step);
    }
    (queues, groups)
}

fn select(of: document::Select) -> Select {
    match of {
        document::Select::LongestIdle => Select::LongestIdle,
        document::Select::LeastOccupied => Select::LeastOccupied,
        document::Select::Fastest => Select::Fastest,
        document::Select::Random => Select::Random,
    }
}

pub(super) type NamedStep<'s> = (&'s str, &'s document::Step);

fn sorted_steps(queue: &document::Queue) -> Vec<NamedStep<'_>> {
    let mut steps: Vec<NamedStep<'_>> =
        queue.steps.iter().map(|(name, step)| (name.as_str(), step)).collect();
    // The table is sorted by name, and the sort is stable. Of steps that begin together the one with `groups` is the first.
    steps.sort_by_key(|(_, step)| (after(step), step.groups.is_empty()));
    steps
}

fn after(step: &document::Step) -> SimDuration {
    SimDuration::from_s(step.after.as_s())
}

fn compiled(name: &str, step: &document::Step) -> Step {
    Step { name: name.into(), after: after(step) }
}

fn check_steps(queue: &str, steps: &[NamedStep<'_>], findings: &mut Findings) {
    check_first_step(queue, steps, findings);
    check_later_steps(queue, steps, findings);
    check_same_after(queue, steps, findings);
    if steps.len() > MOST_STEPS {
        let message = format!("{} steps: the program holds {MOST_STEPS}", steps.len());
        findings.add(Code::TOO_MANY, path(&["queues", queue, "steps"]), message, "merge some");
    }
}

/// A contact that enters must have somebody to be offered to: one step at 0 with `groups`.
fn check_first_step(queue: &str, steps: &[NamedStep<'_>], findings: &mut Findings) {
    let message = match steps.first() {
        None => "the queue has no step".to_string(),
        Some((name, step)) if !step.after.is_zero() => {
            format!("the first step, \"{name}\", begins after {}: nobody may serve before", step.after)
        }
        Some((name, step)) if step.groups.is_empty() => {
            format!("the first step, \"{name}\", names no `groups`")
        }
        Some((name, step)) if !step.add.is_empty() => {
            format!("the first step, \"{name}\", has `add`, and there is nothing to add to")
        }
        Some(_) => return,
    };
    let help = format!("write [queues.{queue}.steps.first] with groups = [...] and no `after`");
    findings.add(Code::NO_STEP, path(&["queues", queue, "steps"]), message, help);
}

/// Steps only ever add.
fn check_later_steps(queue: &str, steps: &[NamedStep<'_>], findings: &mut Findings) {
    for (name, step) in steps.iter().skip(1) {
        let at = path(&["queues", queue, "steps", name]);
        if !step.groups.is_empty() {
            let message = "a later step cannot replace the groups of the first";
            findings.add(Code::STEP_ADDS, format!("{at}.groups"), message, "name those that join with `add`");
        } else if step.add.is_empty() && step.offer.is_none() {
            findings.add(Code::STEP_ADDS, at, "the step adds no group", "name those that join with `add`");
        }
    }
}

fn check_same_after(queue: &str, steps: &[NamedStep<'_>], findings: &mut Findings) {
    let together = |pair: &&[NamedStep<'_>]| {
        let conditions = |step: &document::Step| document::Step {
            groups: Vec::new(),
            add: Vec::new(),
            after: Default::default(),
            ..step.clone()
        };
        after(pair[0].1) == after(pair[1].1) && conditions(pair[0].1) == conditions(pair[1].1)
    };
    for pair in steps.windows(2).filter(together) {
        let ((first, _), (second, step)) = (pair[0], pair[1]);
        let message = format!("\"{second}\" begins after {}, as \"{first}\" does", step.after);
        let at = path(&["queues", queue, "steps", second, "after"]);
        findings.add(Code::SAME_AFTER, at, message, "merge the two, or let one begin later");
    }
}

/// The groups that each step brings; a group that an earlier step has without a condition is a finding.
fn groups_by_step(
    queue: &str,
    steps: &[NamedStep<'_>],
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Vec<Vec<GroupId>> {
    let mut known: Vec<GroupId> = Vec::new();
    let mut by_step = Vec::with_capacity(steps.len());
    for (name, step) in steps {
        let mut brought = Vec::new();
        for (key, listed) in [("groups", &step.groups), ("add", &step.add)] {
            for (i, group) in listed.iter().enumerate() {
                let at = format!("{}[{i}]", path(&["queues", queue, "steps", name, key]));
                let Some(row) = names.groups.resolve(group, &at, findings) else { continue };
                let id = GroupId::from_index(row);
                if brought.contains(&id) || known.contains(&id) {
                    let message = format!("\"{group}\" may serve already");
                    findings.add(Code::NAMED_TWICE, at, message, "keep the first");
                } else {
                    brought.push(id);
                }
            }
        }
        if !step.is_conditional() {
            known.extend(&brought);
        }
        by_step.push(brought);
    }
    by_step
}

fn eligible_from(by_step: &[Vec<GroupId>], groups: usize) -> Vec<u8> {
    let mut from = vec![NEVER; groups];
    for (step, brought) in by_step.iter().enumerate().take(MOST_STEPS) {
        brought.iter().for_each(|group| from[group.index()] = from[group.index()].min(step as u8));
    }
    from
}

/// DESIGN 5: a step names a group exactly if the group lists the queue.
pub(super) fn check_mutual(
    scenario: &Scenario,
    names: &Directory<'_>,
    queues: &[Queue],
    groups: &[AgentGroup],
    findings: &mut Findings,
) {
    for (name, of) in &scenario.queues {
        check_idle_counts(name, &sorted_steps(of), &names.groups, groups, findings);
    }
    for (row, queue) in queues.iter().enumerate() {
        check_groups_list(QueueId::from_index(row), queue, groups, findings);
    }
    for (row, (name, of)) in scenario.agent_groups.iter().enumerate() {
        check_steps_name(row, name, &of.serves, names, queues, findings);
    }
}

/// Every group that a step names lists the queue.
fn check_groups_list(id: QueueId, queue: &Queue, groups: &[AgentGroup], findings: &mut Findings) {
    for (group, &from) in groups.iter().zip(&queue.eligible_from) {
        if from == NEVER || group.serves.contains(&id) {
            continue;
        }
        let at = path(&["queues", &queue.name, "steps", &queue.steps[usize::from(from)].name]);
        let message = format!("\"{}\" does not list \"{}\" in its `serves`", group.name, queue.name);
        let help = format!("add \"{}\" to agent_groups.{}.serves", queue.name, group.name);
        findings.add(Code::GROUP_AND_QUEUE, at, message, help);
    }
}

/// Every queue that a group lists has a step that names the group.
fn check_steps_name(
    group: usize,
    name: &str,
    serves: &[String],
    names: &Directory<'_>,
    queues: &[Queue],
    findings: &mut Findings,
) {
    for (i, queue) in serves.iter().enumerate() {
        let never = |queue: usize| queues[queue].eligible_from[group] == NEVER;
        if names.queues.row(queue).is_some_and(never) {
            let at = join_index(&path(&["agent_groups", name, "serves"]), i);
            let message = format!("no step of \"{queue}\" names \"{name}\"");
            let help = format!("add \"{name}\" to a step of queues.{queue}, or take \"{queue}\" out");
            findings.add(Code::GROUP_AND_QUEUE, at, message, help);
        }
    }
}
