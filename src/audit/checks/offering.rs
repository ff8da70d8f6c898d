//! A contact that enters is offered to idle agents in the order of the groups.

use std::collections::BTreeMap;

use crate::audit::conditions::Truths;
use crate::audit::plan::Plan;
use crate::audit::promises::Promises;
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::log::{AgentStateName, LegRow, LogTime};

/// Of the groups of the steps that begin at once, those that the rule prefers come first, then the steps' order: no group before the
/// one that answers at once has somebody idle all around that instant.
pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let idle = Idle::new(run);
    let (truths, promises) = (Truths::new(plan, run), Promises::new(plan, run));
    for leg in run.queued().filter(|leg| leg.assigned == Some(leg.entered) && !promises.is_kept(leg)) {
        let taken = leg.group.as_deref().unwrap_or_default();
        let order = offer_order(plan, leg);
        if !order.contains(&taken) {
            // Not eligible: another check's finding.
            continue;
        }
        let before = order.iter().take_while(|&&group| group != taken);
        let passed_over = before
            .copied()
            .find(|group| idle.around(group, leg.entered) && certainly_may(plan, &truths, leg, group));
        check.expect_of(leg, passed_over.is_none(), || {
            let expected = format!("an idle agent of {} to answer", passed_over.unwrap_or_default());
            (leg.entered, expected, format!("one of {taken}, who comes later"))
        });
    }
}

fn offer_order<'p>(plan: &'p Plan<'_>, leg: &LegRow) -> Vec<&'p str> {
    let (Some(queue), Some(rule)) = (plan.queue_of(leg), plan.rule_of(leg)) else { return Vec::new() };
    let mut groups: Vec<&str> = Vec::new();
    for (group, _) in queue.ways().filter(|(_, step)| step.after_us == 0) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let is_preferred = |group: &&str| rule.prefer.iter().any(|known| known == group);
    let preferred = rule.prefer.iter().map(String::as_str).filter(|group| groups.contains(group));
    let others = groups.iter().copied().filter(|group| !is_preferred(group));
    preferred.chain(others).collect()
}

/// Whether a group might certainly serve a leg at its entry: by a step without conditions, or by one whose conditions held all around
/// that instant.
fn certainly_may(plan: &Plan<'_>, truths: &Truths<'_, '_>, leg: &LegRow, group: &str) -> bool {
    let (Some(name), Some(queue)) = (leg.queue.as_deref(), plan.queue_of(leg)) else { return false };
    let at = leg.entered;
    queue.ways_of(group).filter(|step| step.after_us == 0).any(|step| {
        let around = |&(from, to): &(LogTime, LogTime)| from < at && at < to;
        !step.is_conditional() || truths.idle_spans(name, step, group).iter().any(around)
    })
}

/// By group: when its agents idle, by the end of idling.
struct Idle<'a>(BTreeMap<&'a str, Vec<(LogTime, LogTime)>>);

impl<'a> Idle<'a> {
    /// By group (begins, ends), in order of begin, each with the latest end of all so far.
    fn new(run: &Run<'a>) -> Self {
        let mut spans: BTreeMap<&str, Vec<(LogTime, LogTime)>> = BTreeMap::new();
        for row in run.agents.iter().filter(|row| row.state == AgentStateName::Idle) {
            spans.entry(&row.group).or_default().push((row.from, row.to));
        }
        for spans in spans.values_mut() {
            spans.sort_unstable();
            let mut latest = LogTime(i64::MIN);
            for (_, ends) in spans {
                latest = latest.max(*ends);
                *ends = latest;
            }
        }
        Idle(spans)
    }

    /// Whether an agent was idle before, at and after an instant.
    fn around(&self, group: &str, at: LogTime) -> bool {
        let Some(spans) = self.0.get(group) else { return false };
        let earlier = spans.partition_point(|&(begins, _)| begins < at);
        earlier > 0 && spans[earlier - 1].1 > at
    }
}
