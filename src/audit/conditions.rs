//! When the conditions of steps held, as the logs tell: who waited, who idled, who was logged in, and how long the last one had waited.
//!
//! Between two changes everything is known. At an instant with changes, what an event saw depends on the order of events; so
//! a condition is *certain* only over stretches of time, and *possible* at an instant if any order allows it.

use std::collections::BTreeMap;

use super::plan::{Plan, QueuePlan, StepPlan};
use super::run::Run;
use crate::log::{AgentRow, AgentStateName, LegFate, LegRow, LogTime};
use crate::scenario::ExpectedWait;

/// Stretches of time in order, that do not overlap.
pub(super) type Spans = Vec<(LogTime, LogTime)>;

type Events<'a> = BTreeMap<&'a str, Vec<(LogTime, i64)>>;

/// What the logs tell of a run.
#[derive(Debug, Default)]
struct Moments<'a> {
    /// By queue.
    stays: BTreeMap<&'a str, Vec<Stay>>,
    waiting: BTreeMap<&'a str, Count>,
    /// By queue: when contacts were given agents, in order.
    waits: BTreeMap<&'a str, Vec<Taken>>,
    /// By group.
    idle: BTreeMap<&'a str, Count>,
    /// By group: who turned to idleness or work from anything but idleness.
    freed: BTreeMap<&'a str, Count>,
    present: BTreeMap<&'a str, Count>,
}

/// Somebody's place in the line of a queue.
#[derive(Clone, Copy, Debug)]
struct Stay {
    /// Since when its wait counts: a callback keeps the place of its caller, whose own stay ended when it was promised.
    entered: LogTime,
    from: LogTime,
    until: LogTime,
}

/// Contacts of a queue that were given agents at one instant.
#[derive(Clone, Copy, Debug)]
struct Taken {
    at: LogTime,
    /// The least and the most that they had waited.
    least: i64,
    most: i64,
    /// Whether it was one.
    alone: bool,
}

/// A conditional step of a queue in a run.
#[derive(Debug, Default)]
struct StepTruth {
    /// Where its condition certainly held.
    certain: Spans,
    /// Those who had waited longer than its bound of the expected wait, if that is asked of who waits longest.
    older: Count,
}

impl<'a> Moments<'a> {
    fn new(plan: &Plan<'_>, run: &Run<'a>) -> Self {
        let mut moments = Moments::default();
        let mut assigned: Events<'a> = BTreeMap::new();
        for leg in run.queued() {
            let Some(queue) = leg.queue.as_deref() else { continue };
            let (from, until) = (run.in_line_from(leg), left_the_line(plan, leg));
            let stay = Stay { entered: leg.entered, from, until };
            moments.stays.entry(queue).or_default().push(stay);
            if let Some(at) = leg.assigned {
                assigned.entry(queue).or_default().push((at, at.us_since(leg.entered)));
            }
        }
        for (queue, mut waits) in assigned {
            waits.sort_unstable();
            let together = waits.chunk_by(|a, b| a.0 == b.0);
            let taken = |waits: &[(LogTime, i64)]| Taken {
                at: waits[0].0,
                least: waits[0].1,
                most: waits[waits.len() - 1].1,
                alone: waits.len() == 1,
            };
            let rows = together.map(taken).collect();
            moments.waits.insert(queue, rows);
        }
        for (&queue, stays) in &moments.stays {
            let spans: Spans = stays.iter().map(|stay| (stay.from, stay.until)).collect();
            moments.waiting.insert(queue, Count::of_spans(&spans));
        }
        moments.count_agents(run);
        moments
    }

    fn count_agents(&mut self, run: &Run<'a>) {
        let [mut idle, mut freed, mut present] = [const { Events::new() }; 3];
        let over = run.agents.iter().map(|row| row.to).max();
        for rows in run.rows_by_agent() {
            let mut last: Option<&AgentRow> = None;
            for row in rows.iter().filter(|row| row.state.is_there() && row.from < row.to) {
                if row.state == AgentStateName::Idle {
                    idle.entry(&row.group).or_default().extend([(row.from, 1), (row.to, -1)]);
                }
                let idled =
                    last.is_some_and(|last| last.state == AgentStateName::Idle && last.to == row.from);
                if !idled {
                    freed.entry(&row.group).or_default().push((row.from, 1));
                }
                last = Some(row);
            }
            // Who is freed when the run is over idles for no time, and has no row for it.
            if let Some(last) =
                last.filter(|last| last.state != AgentStateName::Idle && Some(last.to) == over)
            {
                freed.entry(&last.group).or_default().push((last.to, 1));
            }
        }
        for (group, events) in presence(run) {
            present.entry(group).or_default().extend(events);
        }
        let counts =
            |events: Events<'a>| events.into_iter().map(|(name, of)| (name, Count::new(of))).collect();
        (self.idle, self.freed, self.present) = (counts(idle), counts(freed), counts(present));
    }

    /// What is to be known of a conditional step.
    fn truth(&self, plan: &Plan<'_>, name: &str, queue: &QueuePlan<'_>, step: &StepPlan<'_>) -> StepTruth {
        let mut truth = StepTruth { older: self.older(name, queue, step), ..StepTruth::default() };
        let mut instants: Vec<LogTime> = vec![plan.zero, LogTime(i64::MAX)];
        instants.extend(self.waiting.get(name).into_iter().flat_map(Count::instants));
        instants.extend(truth.older.instants());
        instants.extend(step.hours.iter().flat_map(|hours| hours.turns()));
        instants.extend(self.waits.get(name).into_iter().flatten().map(|taken| taken.at));
        let groups = queue.unconditional_groups().filter_map(|group| self.present.get(group));
        instants.extend(groups.flat_map(Count::instants));
        let others = step.idle_over.keys().filter_map(|group| self.idle.get(group.as_str()));
        instants.extend(others.flat_map(Count::instants));
        instants.sort_unstable();
        instants.dedup();
        let certain =
            |pair: &&[LogTime]| self.is_certain_after(plan, name, queue, step, &truth.older, pair[0]);
        truth.certain = joined(instants.windows(2).filter(certain).map(|pair| (pair[0], pair[1])));
        truth
    }

    fn older(&self, name: &str, queue: &QueuePlan<'_>, step: &StepPlan<'_>) -> Count {
        let (Some(bound), ExpectedWait::HeadOfLine) = (step.expected_over_us, queue.expected_wait) else {
            return Count::default();
        };
        let stays = self.stays.get(name).into_iter().flatten();
        let older = stays.map(|stay| (stay.from.max(LogTime(stay.entered.0 + bound + 1)), stay.until));
        Count::of_spans(&older.filter(|(from, until)| from <= until).collect::<Vec<_>>())
    }

    /// Whether the condition of a step certainly holds from an instant on until something changes.
    fn is_certain_after(
        &self,
        plan: &Plan<'_>,
        name: &str,
        queue: &QueuePlan<'_>,
        step: &StepPlan<'_>,
        older: &Count,
        at: LogTime,
    ) -> bool {
        let waiting = self.waiting.get(name).map_or(0, |count| count.after(at));
        let expects_longer = |bound: i64| match queue.expected_wait {
            ExpectedWait::LastToEnterService => {
                self.last_taken(name, LogTime(at.0 + 1)).is_some_and(|taken| taken.least > bound)
            }
            ExpectedWait::HeadOfLine => older.after(at) > 0,
            ExpectedWait::QueueOverRate { .. } => {
                let heads = queue.unconditional_groups().filter_map(|group| self.present.get(group));
                let heads: i64 = heads.map(|count| count.after(at)).sum();
                queue.queue_over_rate_s(waiting, heads) > bound as f64 / 1e6
            }
        };
        let idle = |group: &str| self.idle.get(group).map_or(0, |count| count.after(at));
        step.waiting_over.is_none_or(|over| waiting > over)
            && step.idle_over.iter().all(|(group, &over)| idle(group) > over.into())
            && step.hours.as_ref().is_none_or(|hours| hours.is_open(plan.clock(at)))
            && step.expected_over_us.is_none_or(expects_longer)
    }

    /// Whether the condition of a step may have held at an instant.
    fn is_possible(
        &self,
        plan: &Plan<'_>,
        name: &str,
        queue: &QueuePlan<'_>,
        step: &StepPlan<'_>,
        (truth, who): (&StepTruth, Asks),
        at: LogTime,
    ) -> bool {
        let waiting = self.waiting.get(name).map_or(0, |count| count.most_at(at));
        let just_before = LogTime(at.0 - 1);
        let expects_longer = |bound: i64| match queue.expected_wait {
            ExpectedWait::LastToEnterService => {
                // One who was taken alone had not been taken before.
                let another = |taken: &Taken| taken.at < at || !taken.alone || who == Asks::Waiting;
                let now = self.last_taken(name, LogTime(at.0 + 1)).filter(another);
                let known = [self.last_taken(name, at), now];
                known.into_iter().flatten().any(|taken| taken.most > bound)
            }
            ExpectedWait::HeadOfLine => truth.older.most_at(at) > 0,
            ExpectedWait::QueueOverRate { .. } => {
                let heads = queue.unconditional_groups().filter_map(|group| self.present.get(group));
                let heads: i64 = heads.map(|count| count.before(at).min(count.after(at))).sum();
                queue.queue_over_rate_s(waiting, heads) > bound as f64 / 1e6
            }
        };
        let open = |hours: &super::switch::Switch| {
            [just_before, at].into_iter().any(|at| hours.is_open(plan.clock(at)))
        };
        step.waiting_over.is_none_or(|over| waiting > over)
            && step.idle_over.iter().all(|(group, &over)| self.may_have_idled(group, over.into(), at))
            && step.hours.as_ref().is_none_or(open)
            && step.expected_over_us.is_none_or(expects_longer)
    }

    /// The last contacts that were given agents before an instant.
    fn last_taken(&self, queue: &str, before: LogTime) -> Option<Taken> {
        let waits = self.waits.get(queue)?;
        let next = waits.partition_point(|taken| taken.at < before);
        Some(waits[next.checked_sub(1)?])
    }

    /// Where a group certainly may serve a step's contacts and has somebody idle whom the step may take.
    fn idle_spans(&self, group: &str, reserve: i64, truth: &StepTruth) -> Spans {
        let Some(idle) = self.idle.get(group) else { return Spans::new() };
        let instants: Vec<LogTime> = idle.instants().chain([LogTime(i64::MAX)]).collect();
        let enough = |pair: &&[LogTime]| idle.after(pair[0]) > reserve;
        let spans = joined(instants.windows(2).filter(enough).map(|pair| (pair[0], pair[1])));
        both(&spans, &truth.certain)
    }

    /// Whether more agents of a group than the reserve may have been idle at an instant, those who had just become free included.
    fn may_have_idled(&self, group: &str, reserve: i64, at: LogTime) -> bool {
        let idle = self.idle.get(group).map_or(0, |count| count.before(at));
        let freed = self.freed.get(group).map_or(0, |count| count.added_at(at));
        idle + freed > reserve
    }
}

/// When a leg no longer counted among those who wait. Who is sent away because nobody will ever serve is so at the horizon, and has been
/// in the line until the run was over.
fn left_the_line(plan: &Plan<'_>, leg: &LegRow) -> LogTime {
    match leg.fate {
        LegFate::SentAway if leg.left == leg.entered.max(plan.horizon) => LogTime(i64::MAX - 1),
        _ => leg.waited_until(),
    }
}

/// For whom a condition may have held.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// One who was given an agent at the instant.
    Taken,
    /// One who was not.
    Waiting,
}

/// What is to be known of the conditional steps of all queues in a run.
pub(super) struct Truths<'p, 'a> {
    plan: &'p Plan<'p>,
    moments: Moments<'a>,
    /// By queue and step.
    steps: BTreeMap<&'p str, BTreeMap<&'p str, StepTruth>>,
}

impl<'p, 'a> Truths<'p, 'a> {
    pub fn new(plan: &'p Plan<'p>, run: &Run<'a>) -> Self {
        let conditional = plan.queues.values().any(|queue| queue.steps.iter().any(StepPlan::is_conditional));
        let moments = if conditional { Moments::new(plan, run) } else { Moments::default() };
        let mut steps: BTreeMap<&str, BTreeMap<&str, StepTruth>> = BTreeMap::new();
        for (&name, queue) in &plan.queues {
            for step in queue.steps.iter().filter(|step| step.is_conditional()) {
                let truth = moments.truth(plan, name, queue, step);
                steps.entry(name).or_default().insert(step.name, truth);
            }
        }
        Truths { plan, moments, steps }
    }

    fn truth(&self, queue: &str, step: &StepPlan<'_>) -> Option<&StepTruth> {
        self.steps.get(queue)?.get(step.name)
    }

    /// Where the condition of a step certainly held; `None`: it has none.
    pub fn certain(&self, queue: &str, step: &StepPlan<'_>) -> Option<&Spans> {
        self.truth(queue, step).map(|truth| &truth.certain)
    }

    /// Where somebody of a group idled whom a conditional step certainly might take.
    pub fn idle_spans(&self, queue: &str, step: &StepPlan<'_>, group: &str) -> Spans {
        let truth = self.truth(queue, step);
        truth.map_or_else(Spans::new, |truth| self.moments.idle_spans(group, step.reserve(group), truth))
    }

    /// Whether the condition of a step may have held at an instant.
    pub fn may_have_held(&self, name: &str, queue: &QueuePlan<'_>, step: &StepPlan<'_>, at: LogTime) -> bool {
        let truth = self.truth(name, step);
        truth.is_none_or(|truth| {
            self.moments.is_possible(self.plan, name, queue, step, (truth, Asks::Waiting), at)
        })
    }

    /// Whether a step may have taken an agent of a group at an instant.
    pub fn may_take(
        &self,
        name: &str,
        queue: &QueuePlan<'_>,
        step: &StepPlan<'_>,
        group: &str,
        at: LogTime,
    ) -> bool {
        let Some(truth) = self.truth(name, step) else { return true };
        self.moments.may_have_idled(group, step.reserve(group), at)
            && self.moments.is_possible(self.plan, name, queue, step, (truth, Asks::Taken), at)
    }
}

/// Group by group of the rows: when somebody came to be there and was there no more, breaks left out.
pub(super) fn presence<'a>(run: &Run<'a>) -> impl Iterator<Item = (&'a str, [(LogTime, i64); 2])> {
    let there = |row: &&&'a AgentRow| row.state.is_there() && row.from < row.to;
    run.agents.iter().filter(there).map(|row| (&*row.group, [(row.from, 1), (row.to, -1)]))
}

/// A count that changes over time.
#[derive(Debug, Default)]
pub(super) struct Count {
    /// (when, how much was added at that instant, the count after it), in order.
    changes: Vec<(LogTime, i64, i64)>,
}

impl Count {
    /// From (when, by how much).
    pub fn new(mut events: Vec<(LogTime, i64)>) -> Count {
        events.sort_unstable();
        let mut after = 0;
        let changes = events.chunk_by(|a, b| a.0 == b.0).map(|together| {
            after += together.iter().map(|&(_, by)| by).sum::<i64>();
            (together[0].0, together.iter().map(|&(_, by)| by.max(0)).sum(), after)
        });
        Count { changes: changes.collect() }
    }

    /// How many of these spans are under way.
    fn of_spans(spans: &[(LogTime, LogTime)]) -> Count {
        Count::new(spans.iter().flat_map(|&(from, to)| [(from, 1), (to, -1)]).collect())
    }

    pub fn before(&self, at: LogTime) -> i64 {
        let next = self.changes.partition_point(|&(when, ..)| when < at);
        next.checked_sub(1).map_or(0, |index| self.changes[index].2)
    }

    pub fn after(&self, at: LogTime) -> i64 {
        self.before(LogTime(at.0 + 1))
    }

    fn added_at(&self, at: LogTime) -> i64 {
        let found = self.changes.binary_search_by_key(&at, |&(when, ..)| when);
        found.map_or(0, |index| self.changes[index].1)
    }

    /// The most that any order of the events of an instant allows.
    pub fn most_at(&self, at: LogTime) -> i64 {
        self.before(at) + self.added_at(at)
    }

    pub fn instants(&self) -> impl Iterator<Item = LogTime> {
        self.changes.iter().map(|&(at, ..)| at)
    }
}

/// Spans in order, those that touch made one.
fn joined(spans: impl Iterator<Item = (LogTime, LogTime)>) -> Spans {
    let mut joined = Spans::new();
    for (from, to) in spans {
        match joined.last_mut() {
            Some((_, end)) if *end == from => *end = to,
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// Where two lists of spans both are.
pub(super) fn both(a: &[(LogTime, LogTime)], b: &[(LogTime, LogTime)]) -> Spans {
    let (mut i, mut j, mut both) = (0, 0, Spans::new());
    while let (Some(&(a_from, a_to)), Some(&(b_from, b_to))) = (a.get(i), b.get(j)) {
        let (from, to) = (a_from.max(b_from), a_to.min(b_to));
        if from < to {
            both.push((from, to));
        }
        if a_to < b_to {
            i += 1;
        } else {
            j += 1;
        }
    }
    both
}

/// Makes one span of those that overlap. Spans that only touch stay apart: at that instant nothing may have held.
pub(super) fn join(spans: &mut Spans) {
    spans.sort_unstable();
    let mut joined: Spans = Vec::with_capacity(spans.len());
    for &(from, to) in spans.iter() {
        match joined.last_mut() {
            Some((_, end)) if from < *end => *end = to.max(*end),
            _ => joined.push((from, to)),
        }
    }
    *spans = joined;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_knows_what_was_before_at_and_after_an_instant() {
        let at = LogTime;
        let count = Count::of_spans(&[(at(0), at(5)), (at(5), at(9)), (at(5), at(5))]);
        assert_eq!((count.before(at(5)), count.most_at(at(5)), count.after(at(5))), (1, 3, 1));
        assert_eq!((count.before(at(0)), count.after(at(9))), (0, 0));
    }

    #[test]
    fn spans_meet_where_both_are() {
        let at = |(from, to)| (LogTime(from), LogTime(to));
        let spans = |list: &[(i64, i64)]| list.iter().copied().map(at).collect::<Spans>();
        assert_eq!(both(&spans(&[(0, 5), (7, 9)]), &spans(&[(3, 8), (9, 12)])), spans(&[(3, 5), (7, 8)]));
        assert_eq!(joined(spans(&[(0, 5), (5, 9), (10, 11)]).into_iter()), spans(&[(0, 9), (10, 11)]));
    }
}
