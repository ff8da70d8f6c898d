//! Nobody waits, hangs up or is sent away while an agent idles who might have served; where a step has conditions, while they
//! certainly held and more idled than it leaves in reserve.

use std::collections::BTreeMap;

use crate::audit::conditions::{Spans, Truths, join};
use crate::audit::plan::Plan;
use crate::audit::promises::Promises;
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::log::{AgentStateName, LegFate, LegRow, LogTime};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let idle = idle_by_group(run);
    let (truths, promises) = (Truths::new(plan, run), Promises::new(plan, run));
    let mut conditional: BTreeMap<(&str, &str, &str), Spans> = BTreeMap::new();
    for (&name, queue) in &plan.queues {
        for (group, step) in queue.ways().filter(|(_, step)| step.is_conditional()) {
            conditional.insert((name, step.name, group), truths.idle_spans(name, step, group));
        }
    }
    for leg in run.queued() {
        let (Some(name), Some(queue)) = (leg.queue.as_deref(), plan.queue_of(leg)) else { continue };
        for (group, step) in queue.ways() {
            let after_us = step.after_us;
            let spans = match step.is_conditional() {
                true => conditional.get(&(name, step.name, group)),
                false => idle.get(group),
            };
            let Some(spans) = spans else { continue };
            let own = promises.ends(leg).max(run.in_line_from(leg));
            let from = LogTime(leg.entered.0 + after_us).max(own);
            let to = leg.waited_until();
            let idle_from = if from < to { meets(spans, from, to) } else { None };
            let is_awaited = promises.of(leg).is_some();
            let idle_from = idle_from.or_else(|| turned_away(spans, leg, after_us).filter(|_| !is_awaited));
            check.expect_of(leg, idle_from.is_none(), || {
                let expected = format!("no agent of {group} idle while it waits");
                (idle_from.unwrap_or(from), expected, "one".into())
            });
        }
    }
}

/// The first instant of `[from, to)` at which a span has somebody idle for more than that instant.
fn meets(spans: &Spans, from: LogTime, to: LogTime) -> Option<LogTime> {
    let next = spans.partition_point(|&(_, ends)| ends <= from);
    spans.get(next).map(|&(begins, _)| begins.max(from)).filter(|&at| at < to)
}

/// For a caller who hung up on entering: whether somebody was idle before, at and after that instant.
fn turned_away(spans: &Spans, leg: &LegRow, after_us: i64) -> Option<LogTime> {
    let at = leg.entered;
    let turns_away = matches!(leg.fate, LegFate::Abandoned | LegFate::Callback | LegFate::Moved);
    if !turns_away || leg.left > at || after_us > 0 {
        return None;
    }
    let next = spans.partition_point(|&(_, ends)| ends <= at);
    spans.get(next).filter(|&&(begins, _)| begins < at).map(|_| at)
}

fn idle_by_group<'a>(run: &Run<'a>) -> BTreeMap<&'a str, Spans> {
    let mut spans: BTreeMap<&str, Spans> = BTreeMap::new();
    for row in run.agents.iter().filter(|row| row.state == AgentStateName::Idle && row.from < row.to) {
        spans.entry(&row.group).or_default().push((row.from, row.to));
    }
    spans.values_mut().for_each(join);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_overlap_are_joined_and_those_that_touch_are_not() {
        let at = |(from, to)| (LogTime(from), LogTime(to));
        let mut spans = [(5, 9), (0, 3), (2, 5), (20, 21)].map(at).to_vec();
        join(&mut spans);
        assert_eq!(spans, [(0, 5), (5, 9), (20, 21)].map(at));
        assert_eq!(meets(&spans, LogTime(9), LogTime(20)), None);
        assert_eq!(meets(&spans, LogTime(9), LogTime(21)), Some(LogTime(20)));
        assert_eq!(meets(&spans, LogTime(4), LogTime(5)), Some(LogTime(4)));
    }
}
