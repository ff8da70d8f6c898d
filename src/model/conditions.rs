//! What must hold, besides the time waited, for the groups of a step to serve a queue.

use super::{GroupId, NEVER, OpeningId, QueueId};
use crate::time::SimDuration;

/// The conditions of a queue's steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// By step.
    pub of_step: Vec<Condition>,
    /// By group: the steps that bring it, in their order.
    pub ways: Vec<Vec<Way>>,
}

/// What must hold for the groups of a step; what is `None` always holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// More contacts than this wait in the queue.
    pub waiting_over: Option<u32>,
    /// The queue's expected wait is longer than this.
    pub expected_wait_over: Option<SimDuration>,
    /// Of each of these groups, none of which the step brings, more agents than so many are idle.
    pub idle_over: Vec<(GroupId, u32)>,
    /// It is within these hours.
    pub hours: Option<OpeningId>,
}

/// A way in which a group comes to a queue's contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// The step that brings it.
    pub step: u8,
    /// More agents of the group than this must be idle, the one who is asked included.
    pub reserve: u32,
}

/// What conditions look at.
pub trait Moment {
    /// How many wait in a queue.
    fn waiting(&self, queue: QueueId) -> u32;
    /// Whether a queue's expected wait is longer than a bound.
    fn expects_longer(&self, queue: QueueId, bound: SimDuration) -> bool;
    /// How many agents of a group are idle.
    fn idle(&self, group: GroupId) -> u32;
    /// Whether something is open.
    fn is_open(&self, opening: OpeningId) -> bool;
}

impl Condition {
    /// Whether it holds whatever happens.
    pub fn always_holds(&self) -> bool {
        *self == Condition::default()
    }

    /// Whether it holds for a queue at a moment.
    pub fn holds(&self, queue: QueueId, moment: &impl Moment) -> bool {
        self.waiting_over.is_none_or(|over| moment.waiting(queue) > over)
            && self.hours.is_none_or(|opening| moment.is_open(opening))
            && self.idle_over.iter().all(|&(group, over)| moment.idle(group) > over)
            && self.expected_wait_over.is_none_or(|bound| moment.expects_longer(queue, bound))
    }
}

impl Conditions {
    /// The first step from which a group may serve the queue's contacts at this moment, [`NEVER`] if none; `idle` of the group's
    /// agents are idle, the one who is asked included.
    ///
    /// Conditions speak of the queue and the group and never of the contact: among those who wait in a lane the first has reached
    /// the most steps, and so still decides for all.
    pub fn eligible_from(&self, queue: QueueId, group: GroupId, idle: u32, moment: &impl Moment) -> u8 {
        let holds =
            |way: &&Way| idle > way.reserve && self.of_step[usize::from(way.step)].holds(queue, moment);
        self.ways[group.index()].iter().find(holds).map_or(NEVER, |way| way.step)
    }
}

/// How long a contact that entered a queue now would have to wait.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ExpectedWait {
    /// As long as the last contact of the queue that was given an agent.
    #[default]
    LastToEnterService,
    /// As long as the one who waits longest has waited.
    HeadOfLine,
    /// Those who wait and itself over the rate at which the queue's agents serve.
    QueueOverRate {
        /// By group: whether its people count.
        counts: Vec<bool>,
        /// Seconds that a contact takes one of them.
        handle_s: f64,
        /// Hangings-up a second by each who waits; 0: they stay.
        abandonment: f64,
    },
}

/// The expected wait in seconds of a contact behind `waiting` others, of whom each hangs up at rate `abandonment`, where `heads` agents
/// take `handle_s` for one each, so that they serve `rate` = `heads` / `handle_s` contacts a second: the sum over places i = 0 ... `waiting` of
/// 1 / (rate + i * abandonment), which without abandonment is (waiting + 1) / rate (Whitt 1999; Ibrahim and Whitt 2009), computed so that it
/// is its bound where it should be. The sum ends where it passes `enough`.
pub fn queue_over_rate(waiting: u32, (heads, handle_s): (u32, f64), abandonment: f64, enough: f64) -> f64 {
    if heads == 0 {
        return f64::INFINITY;
    }
    if abandonment <= 0.0 {
        return (f64::from(waiting) + 1.0) * handle_s / f64::from(heads);
    }
    let rate = f64::from(heads) / handle_s;
    let mut sum = 0.0;
    for place in 0..=waiting {
        sum += 1.0 / (rate + f64::from(place) * abandonment);
        if sum > enough {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queue_over_the_rate_counts_the_newcomer_and_those_who_give_up() {
        // Two agents of 60 s each serve a contact every 30 s.
        let rate = (2, 60.0);
        assert_eq!(queue_over_rate(0, rate, 0.0, f64::INFINITY), 30.0);
        assert_eq!(queue_over_rate(3, rate, 0.0, f64::INFINITY), 120.0);
        // However many they are, with as many others in front it is a handle time and no more.
        for heads in 1..2000 {
            assert_eq!(queue_over_rate(heads - 1, (heads, 240.0), 0.0, f64::INFINITY), 240.0);
        }
        // Behind one who hangs up once in 60 s on average: 30 s + 1 / (2/60 + 1/60) = 20 s.
        assert!((queue_over_rate(1, rate, 1.0 / 60.0, f64::INFINITY) - 50.0).abs() < 1e-12);
        assert_eq!(queue_over_rate(0, (0, 60.0), 1.0, f64::INFINITY), f64::INFINITY, "nobody serves");
    }
}
