//! Whether the staff can do the work: hours with nobody on duty, and waits that grow without bound.

use super::findings::{Findings, path};
use super::flows::{Stream, expected_by_cell, expected_within};
use super::timeline::Timeline;
use crate::diagnostic::Code;
use crate::model::{AgentGroup, AgentId, Chatting, Model, NEVER, Queue, QueueId};
use crate::time::SimTime;

/// A time within the run: from, until.
type Gap = (SimTime, SimTime);

/// Checks every queue that contacts are expected in.
pub(super) fn check_load(
    model: &Model,
    streams: &[Stream<'_>],
    timeline: &Timeline,
    findings: &mut Findings,
) {
    for (row, queue) in model.queues.iter().enumerate() {
        let id = QueueId::from_index(row);
        let entering: Vec<&Stream<'_>> =
            streams.iter().filter(|stream| stream.may_enter(model, id)).collect();
        let load = QueueLoad { model, timeline, id, queue, groups: eligible(model, queue), entering };
        load.check_served(findings);
        load.check_overload(findings);
    }
}

fn eligible<'m>(model: &'m Model, queue: &Queue) -> Vec<&'m AgentGroup> {
    let groups = model.groups.iter().zip(&queue.eligible_from);
    groups.filter(|(_, from)| **from != NEVER).map(|(group, _)| group).collect()
}

/// A queue with those who may serve it and those who enter it.
struct QueueLoad<'m> {
    model: &'m Model,
    timeline: &'m Timeline,
    id: QueueId,
    queue: &'m Queue,
    groups: Vec<&'m AgentGroup>,
    entering: Vec<&'m Stream<'m>>,
}

impl QueueLoad<'_> {
    /// Contacts must not come while nobody who may serve them is on duty.
    fn check_served(&self, findings: &mut Findings) {
        let ever = self.groups.iter().any(|group| group.heads.iter().any(|&(_, heads)| heads > 0));
        // What is written is meant to wait until somebody comes.
        let minds = |stream: &&&Stream<'_>| !ever || !stream.contact_type.channel.is_written();
        let entering: Vec<&Stream<'_>> = self.entering.iter().filter(minds).copied().collect();
        let mut gaps = self.nobody_on_duty();
        if gaps.is_empty() || entering.is_empty() {
            return;
        }
        let by_cell = expected_by_cell(self.model, &entering, self.id);
        let expected = |&(from, until): &Gap| expected_within(self.model, &by_cell, from, until);
        gaps.retain(|gap| expected(gap) > 0.0);
        if gaps.is_empty() {
            return;
        }
        let for_ever = self.who_waits_for_ever();
        if ever || for_ever.is_empty() {
            self.tell_unserved(&gaps, gaps.iter().map(expected).sum(), &for_ever, findings);
        } else {
            self.tell_nobody_ever(&for_ever, findings);
        }
    }

    fn tell_unserved(&self, gaps: &[Gap], contacts: f64, for_ever: &[&str], findings: &mut Findings) {
        let (from, until) = gaps[0];
        let hours: f64 = gaps.iter().map(|(from, until)| until.since(*from).as_s() / 3600.0).sum();
        let more = match gaps.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more times, {hours:.1} h in all"),
        };
        let consequence = match for_ever {
            [] => "their callers wait until somebody comes or they leave".to_string(),
            names => format!("callers of {} wait until somebody comes", names.join(", ")),
        };
        let message = format!(
            "nobody serves \"{}\" from {} to {}{more}, when {contacts:.1} contacts are expected; {consequence}",
            self.queue.name,
            self.timeline.text(from),
            self.timeline.text(until)
        );
        let help = "staff these hours, or give the queue `hours`";
        findings.add(Code::UNSERVED, path(&["queues", &self.queue.name]), message, help);
    }

    fn tell_nobody_ever(&self, for_ever: &[&str], findings: &mut Findings) {
        let message = format!(
            "no group that serves \"{}\" ever has anybody on duty, and callers of {} wait for ever",
            self.queue.name,
            for_ever.join(", ")
        );
        let help = "staff one of its groups, or give these contact types a `patience`";
        findings.add(Code::NOBODY, path(&["queues", &self.queue.name]), message, help);
    }

    /// The streams whose callers wait until they are served: they never give up, and nobody sends them away.
    fn endless(&self) -> impl Iterator<Item = &Stream<'_>> {
        let empties = self.queue.sends_away && self.queue.hours.is_some();
        self.entering.iter().copied().filter(move |stream| stream.waits_for_ever() && !empties)
    }

    /// Names of contact types that wait until they are served.
    fn who_waits_for_ever(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.endless().map(|stream| stream.contact_type.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// When the queue is open and no eligible group has a head, as (from, until) within the run.
    fn nobody_on_duty(&self) -> Vec<Gap> {
        let hours = self.queue.hours.map(|opening| &self.model.openings[opening.index()]);
        let changes = self.groups.iter().flat_map(|group| group.heads.iter().map(|&(at, _)| at));
        let turns = hours.iter().flat_map(|opening| opening.turns.iter().copied());
        let mut instants: Vec<SimTime> =
            changes.chain(turns).chain([SimTime::ZERO, self.model.clock.horizon]).collect();
        instants.sort_unstable();
        instants.dedup();
        let nobody = |at: SimTime| {
            hours.is_none_or(|opening| opening.is_open(at))
                && self.groups.iter().all(|group| group.heads_at(at) == 0)
        };
        let mut times: Vec<Gap> = Vec::new();
        for pair in instants.windows(2).filter(|pair| nobody(pair[0])) {
            match times.last_mut() {
                Some(last) if last.1 == pair[0] => last.1 = pair[1],
                _ => times.push((pair[0], pair[1])),
            }
        }
        times
    }

    /// Work of callers who never give up against the time of those who may do it. Who holds a line is in no such
    /// queue: there are only so many.
    fn check_overload(&self, findings: &mut Findings) {
        let unbounded = self.endless().filter(|stream| !stream.holds_a_line(self.model));
        let work_s: f64 = unbounded.map(|stream| self.work_s(stream)).sum();
        let staffed_s: f64 = self.groups.iter().map(|group| self.staffed_s(group)).sum();
        if work_s <= 0.0 || staffed_s <= 0.0 || work_s < staffed_s {
            return;
        }
        let run_s = self.model.clock.horizon.as_s();
        let message = format!(
            "contacts that never give up bring \"{}\" work for {:.1} agents, {:.1} are on duty on average ({:.0} %): \
             the queue grows without bound",
            self.queue.name,
            work_s / run_s,
            staffed_s / run_s,
            100.0 * work_s / staffed_s
        );
        let help = "add people, or give these contact types a `patience`";
        findings.add(Code::OVERLOAD, path(&["queues", &self.queue.name]), message, help);
    }

    /// Seconds of work that a stream brings here where nobody is ever free: those who balk bring none, the shortest
    /// answer delay is work too.
    fn work_s(&self, stream: &Stream<'_>) -> f64 {
        let delays = self.groups.iter().map(|group| group.answer_delay.as_s());
        let (delay_s, fastest) = (delays.reduce(f64::min).unwrap_or(0.0), self.fastest(stream));
        let work_s = |cell: u32| match stream.expected(self.model, self.id, cell) {
            0.0 => 0.0,
            contacts => {
                let times = fastest * stream.event_times(self.model, cell);
                contacts * (stream.handle_time_s(times) + delay_s)
            }
        };
        let staying = 1.0 - stream.contact_type.balking;
        staying * (0..self.model.clock.cells).map(work_s).sum::<f64>()
    }

    /// The smallest factor on talk among those who may serve a stream.
    fn fastest(&self, stream: &Stream<'_>) -> f64 {
        let agents = self.groups.iter().flat_map(|group| group.agents.clone()).map(AgentId);
        let skill =
            self.model.service_factors.as_ref().map_or(1.0, |factors| factors.least(agents, stream.type_id));
        skill * self.groups.iter().map(|group| self.least_by_tenure(group, stream)).fold(1.0, f64::min)
    }

    /// The smallest factor on talk that tenure ever puts on a stream in a group.
    fn least_by_tenure(&self, group: &AgentGroup, stream: &Stream<'_>) -> f64 {
        let curve = group.tenure.as_ref().and_then(|tenure| tenure.service_time[stream.type_id.index()]);
        let least = curve.and_then(|curve| Some(self.model.learning.as_ref()?.least(curve)));
        least.unwrap_or(1.0)
    }

    /// Head-seconds of a group over the run.
    fn staffed_s(&self, group: &AgentGroup) -> f64 {
        // Whoever chats does the work of several, at the speed of so many.
        let net = group.net_share() * group.chatting.as_ref().map_or(1.0, Chatting::most_at_once);
        let ends = group.heads.iter().skip(1).map(|&(at, _)| at).chain([self.model.clock.horizon]);
        group
            .heads
            .iter()
            .zip(ends)
            .map(|(&(from, heads), until)| net * f64::from(heads) * until.since(from).as_s())
            .sum()
    }
}
