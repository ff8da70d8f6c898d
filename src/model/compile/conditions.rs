//! Conditions of steps: what must hold besides the time waited, and how a queue's expected wait is told.

use super::findings::{Findings, path};
use super::names::Names;
use super::queues::NamedStep;
use crate::diagnostic::Code;
use crate::model::{AgentGroup, Condition, Conditions, ExpectedWait, GroupId, OpeningId, Way};
use crate::scenario::{self as document, join};
use crate::time::SimDuration;

/// The conditions of a queue's steps, in their order; `None` if it has none. `by_step` holds the groups that each brings.
pub(super) fn conditions(
    steps: &[NamedStep<'_>],
    by_step: &[Vec<GroupId>],
    groups: &Names<'_>,
    opening: impl Fn(&str) -> Option<OpeningId>,
) -> Option<Box<Conditions>> {
    // What a step offers has a condition of its own.
    let brings = |step: &document::Step| step.offer.is_none();
    if !steps.iter().any(|(_, step)| step.is_conditional() && brings(step)) {
        return None;
    }
    let of_step = steps.iter().map(|(name, step)| match brings(step) {
        true => condition(step, groups, opening(name)),
        false => Condition::default(),
    });
    let mut ways = vec![Vec::new(); groups.len()];
    for (row, (brought, (_, step))) in by_step.iter().zip(steps).enumerate() {
        for group in brought {
            let reserve = step.reserve.get(groups.name(group.index())).copied().unwrap_or(0);
            ways[group.index()].push(Way { step: row as u8, reserve });
        }
    }
    Some(Box::new(Conditions { of_step: of_step.collect(), ways }))
}

/// What must hold for a step.
pub(super) fn condition(step: &document::Step, groups: &Names<'_>, hours: Option<OpeningId>) -> Condition {
    Condition {
        waiting_over: step.if_waiting_over,
        expected_wait_over: step.if_expected_wait_over.map(|bound| SimDuration::from_s(bound.as_s())),
        idle_over: idle_over(step, groups),
        hours,
    }
}

/// Which other groups must have how many idle. Names that are nobody's are told by [`check_idle_counts`].
fn idle_over(step: &document::Step, groups: &Names<'_>) -> Vec<(GroupId, u32)> {
    let known = |(name, &over): (&String, &u32)| Some((GroupId::from_index(groups.row(name)?), over));
    step.if_idle_over.iter().filter_map(known).collect()
}

/// How a queue's expected wait is told. The agents that count are those of the groups that a step without conditions brings.
pub(super) fn expected_wait(
    name: &str,
    of: document::ExpectedWait,
    steps: &[NamedStep<'_>],
    by_step: &[Vec<GroupId>],
    groups: usize,
    findings: &mut Findings,
) -> ExpectedWait {
    let (handle_time, patience) = match of {
        document::ExpectedWait::LastToEnterService => return ExpectedWait::LastToEnterService,
        document::ExpectedWait::HeadOfLine => return ExpectedWait::HeadOfLine,
        document::ExpectedWait::QueueOverRate { handle_time, patience } => (handle_time, patience),
    };
    let at = path(&["queues", name, "expected_wait", "queue_over_rate"]);
    let mut mean = |key: &str, mean_s: f64| {
        if mean_s <= 0.0 {
            findings.add(Code::OUT_OF_RANGE, join(&at, key), "a mean of nothing", "give a duration above 0");
        }
        mean_s.max(1e-6)
    };
    let handle_s = mean("handle_time", handle_time.as_s());
    let abandonment = patience.map_or(0.0, |patience| 1.0 / mean("patience", patience.as_s()));
    let mut counts = vec![false; groups];
    let unconditional = by_step.iter().zip(steps).filter(|(_, (_, step))| !step.is_conditional());
    for group in unconditional.flat_map(|(brought, _)| brought) {
        counts[group.index()] = true;
    }
    ExpectedWait::QueueOverRate { counts, handle_s, abandonment }
}

/// The waits at which the wait of who waits longest passes a bound: over is more than the bound itself.
pub(super) fn marks(expected_wait: &ExpectedWait, conditions: Option<&Conditions>) -> Vec<SimDuration> {
    if *expected_wait != ExpectedWait::HeadOfLine {
        return Vec::new();
    }
    let bounds = conditions.iter().flat_map(|conditions| &conditions.of_step);
    let passed = |bound: SimDuration| SimDuration::from_us(bound.as_us() + 1);
    let mut marks: Vec<SimDuration> = bounds.filter_map(|of| of.expected_wait_over).map(passed).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Reserves are of groups of their step, other counts of idle agents of other groups, and both may be exceeded.
pub(super) fn check_idle_counts(
    queue: &str,
    steps: &[NamedStep<'_>],
    names: &Names<'_>,
    groups: &[AgentGroup],
    findings: &mut Findings,
) {
    for (step_name, step) in steps {
        for (group, &reserve) in &step.reserve {
            let at = join(&path(&["queues", queue, "steps", step_name, "reserve"]), group);
            let Some(row) = names.resolve(group, &at, findings) else { continue };
            if !step.groups.contains(group) && !step.add.contains(group) {
                let message = format!("the step does not bring \"{group}\"");
                let help = format!("name \"{group}\" in the step's groups, or reserve one that it brings");
                findings.add(Code::RESERVES_OTHERS, at, message, help);
                continue;
            }
            can_be_exceeded((group, groups.get(row)), reserve, at, "reserve fewer", findings);
        }
        for (group, &over) in &step.if_idle_over {
            let at = join(&path(&["queues", queue, "steps", step_name, "if_idle_over"]), group);
            let Some(row) = names.resolve(group, &at, findings) else { continue };
            if step.groups.contains(group) || step.add.contains(group) {
                let message = format!("the step brings \"{group}\" itself");
                let help = format!("write reserve = {{ {group} = {over} }}, or name another group");
                findings.add(Code::IDLE_OF_ITS_OWN, at, message, help);
                continue;
            }
            can_be_exceeded((group, groups.get(row)), over, at, "ask for fewer", findings);
        }
    }
}

/// A group has more people than so many.
fn can_be_exceeded(
    (name, group): (&str, Option<&AgentGroup>),
    bound: u32,
    at: String,
    help: &str,
    findings: &mut Findings,
) {
    let most = group.map_or(0, super::staffing::people);
    if bound >= most && most > 0 {
        let message = format!("\"{name}\" never has more than {most} people: the step never takes anybody");
        findings.add(Code::RESERVES_ALL, at, message, help);
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Model, compile};
    use crate::scenario::Scenario;

    /// A desk, and helpers whom these steps bring.
    fn compiled(queue: &str) -> Result<(Model, Vec<String>), Vec<String>> {
        let text = format!(
            r#"
            [scenario]
            name = "conditions"
            start = "2008-06-16"
            [contact_types.a]
            service_time = "1m"
            patience = "5m"
            [arrivals.a]
            per_hour = 10
            [queues.q]
            steps.first.groups = ["desk"]
            {queue}
            [routing.all]
            order = 1
            queue = "q"
            [agent_groups.desk]
            serves = ["q"]
            staffing.heads = 2
            [agent_groups.help]
            serves = ["q"]
            staffing.heads = 3
            "#
        );
        let scenario: Scenario = toml::from_str(&text).unwrap();
        let told = |found: Vec<crate::diagnostic::Diagnostic>| {
            found.iter().map(|finding| format!("{} {}", finding.code, finding.path)).collect::<Vec<_>>()
        };
        compile(&scenario).map(|compiled| (compiled.model, told(compiled.warnings))).map_err(told)
    }

    #[test]
    fn a_group_may_come_twice_if_the_first_time_it_is_under_a_condition() {
        let twice = "steps.now = { add = [\"help\"], if_waiting_over = 3 }\nsteps.late = { after = \"1m\", add = [\"help\"] }";
        let (model, warnings) = compiled(twice).unwrap();
        assert_eq!(warnings, [""; 0]);
        let (queue, rule) = (&model.queues[0], &model.rules[0]);
        let names: Vec<&str> = queue.steps.iter().map(|step| step.name.as_str()).collect();
        assert_eq!((names, rule.entry_step), (vec!["first", "now", "late"], 1));
        let conditions = queue.conditions.as_ref().unwrap();
        assert_eq!(conditions.ways[1].iter().map(|way| way.step).collect::<Vec<_>>(), [1, 2]);
        assert_eq!((rule.offers[2].len(), rule.added[2].len()), (2, 1), "offered to each group once");
        assert!(!model.capabilities().not_lazy.is_empty(), "who waits counts at the very instant");
        let again = "steps.now = { add = [\"help\"] }\nsteps.late = { after = \"1m\", add = [\"help\"], if_waiting_over = 3 }";
        assert_eq!(
            compiled(again).unwrap_err()[..2],
            ["E5012 queues.q.steps.now.after", "E5011 queues.q.steps.late.add[0]"]
        );
    }

    #[test]
    fn what_is_reserved_is_of_the_step_and_leaves_somebody() {
        let step = |reserve: &str| {
            compiled(&format!("steps.now = {{ add = [\"help\"], reserve = {{ {reserve} }} }}"))
        };
        assert_eq!(step("help = 2").unwrap().1, [""; 0]);
        assert_eq!(step("help = 3").unwrap().1, ["W6052 queues.q.steps.now.reserve.help"]);
        assert_eq!(step("desk = 1").unwrap_err(), ["E5041 queues.q.steps.now.reserve.desk"]);
        assert_eq!(step("hlep = 1").unwrap_err(), ["E2104 queues.q.steps.now.reserve.hlep"]);
    }

    #[test]
    fn idle_agents_that_are_asked_for_are_of_other_groups() {
        let step = |asked: &str| {
            compiled(&format!("steps.now = {{ add = [\"help\"], if_idle_over = {{ {asked} }} }}"))
        };
        let (model, warnings) = step("desk = 1").unwrap();
        assert_eq!(warnings, [""; 0]);
        let conditions = model.queues[0].conditions.as_ref().unwrap();
        assert_eq!(conditions.of_step[1].idle_over, [(crate::model::GroupId(0), 1)]);
        assert_eq!(step("desk = 2").unwrap().1, ["W6052 queues.q.steps.now.if_idle_over.desk"]);
        assert_eq!(step("help = 1").unwrap_err(), ["E5042 queues.q.steps.now.if_idle_over.help"]);
        assert_eq!(step("dsek = 1").unwrap_err(), ["E2104 queues.q.steps.now.if_idle_over.dsek"]);
    }

    #[test]
    fn hours_and_expected_waits_are_checked() {
        let hours = compiled("steps.now = { add = [\"help\"], hours = \"18:00-\" }");
        assert_eq!(hours.unwrap_err(), ["E4003 queues.q.steps.now.hours"]);
        let rate = compiled(
            "expected_wait = { queue_over_rate = { handle_time = \"0s\", patience = \"1m\" } }\n\
             steps.now = { add = [\"help\"], if_expected_wait_over = \"1m\" }",
        );
        assert_eq!(rate.unwrap_err(), ["E3005 queues.q.expected_wait.queue_over_rate.handle_time"]);
        let line = "expected_wait = \"head_of_line\"\nsteps.now = { add = [\"help\"], if_expected_wait_over = \"1m\" }";
        let (model, _) = compiled(line).unwrap();
        assert_eq!(model.queues[0].marks.iter().map(|mark| mark.as_us()).collect::<Vec<_>>(), [60_000_001]);
    }
}
