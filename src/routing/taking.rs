//! Which waiting contact a freed agent takes.
//!
//! Contacts of a lane are in the order of entering, and steps only ever add groups as a contact waits. So the
//! contacts of a lane that a group may serve are its first ones, and the head alone decides for the lane. Conditions of steps speak of the
//! queue and of the group, never of the contact, and so leave this as it is.

use crate::model::{AgentGroup, GroupId, LaneId, Model, NeedId, QueueId, Take};
use crate::time::SimTime;

/// The first contact of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// When it entered the queue.
    pub entered: SimTime,
    /// The step that it has reached.
    pub step: u8,
    /// Its need, for ties.
    pub need: NeedId,
}

/// What can be seen of those who wait.
pub trait Waiting {
    /// The moment.
    fn now(&self) -> SimTime;
    /// Whether anybody may be waiting in the queue.
    fn is_waiting(&self, queue: QueueId) -> bool;
    /// The step from which an agent of the group who is free may serve the queue now.
    fn eligible_from(&self, queue: QueueId, group: GroupId) -> u8;
    /// The first contact of a lane whose patience lasts.
    fn head(&mut self, lane: LaneId) -> Option<Head>;
}

/// A lane's head as a candidate: larger priority first, then smaller rank (entry less credit), then smaller need.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    lane: LaneId,
    priority: i32,
    rank: (i64, NeedId),
    /// Weight times age; 0 where the group does not weigh.
    score: f64,
}

/// The lane whose head an agent of `group` takes, if there is any that it may serve.
///
/// Priority decides across the queues that the group serves, then the group's `take`; with `take_first = "order"` the
/// order of queues comes before priority.
#[inline]
pub fn take(model: &Model, group: GroupId, waiting: &mut impl Waiting) -> Option<LaneId> {
    let row = &model.groups[group.index()];
    if row.order_first {
        return take_in_order(model, group, waiting);
    }
    let mut best: Option<Candidate> = None;
    for (place, &queue) in row.serves.iter().enumerate() {
        if !waiting.is_waiting(queue) {
            continue;
        }
        let Some(mut candidate) = first_of_queue(model, queue, group, waiting) else {
            continue;
        };
        if row.take == Take::Weighted {
            candidate.score = row.weights[place] * (waiting.now().as_us() as i64 - candidate.rank.0) as f64;
        }
        if best.is_none_or(|best| goes_before(row, &candidate, &best)) {
            best = Some(candidate);
        }
    }
    best.map(|candidate| candidate.lane)
}

/// The lane of the first queue, in the group's order, that has somebody for it.
#[inline(always)]
fn take_in_order(model: &Model, group: GroupId, waiting: &mut impl Waiting) -> Option<LaneId> {
    let serves = &model.groups[group.index()].serves;
    serves.iter().find_map(|&queue| {
        let found = waiting.is_waiting(queue).then(|| first_of_queue(model, queue, group, waiting));
        found.flatten().map(|candidate| candidate.lane)
    })
}

/// Whether a candidate of a later queue goes before the best one so far.
fn goes_before(group: &AgentGroup, candidate: &Candidate, best: &Candidate) -> bool {
    candidate.priority > best.priority
        || candidate.priority == best.priority
            && match group.take {
                Take::InOrder => false,
                Take::LongestWait => candidate.rank < best.rank,
                Take::Weighted => {
                    candidate.score > best.score
                        || candidate.score == best.score && candidate.rank < best.rank
                }
            }
}

/// The head that the group would take from one queue: lanes fall in priority; among equal priorities rank decides.
#[inline(always)]
fn first_of_queue(
    model: &Model,
    queue: QueueId,
    group: GroupId,
    waiting: &mut impl Waiting,
) -> Option<Candidate> {
    let from_step = waiting.eligible_from(queue, group);
    let mut best: Option<Candidate> = None;
    for lane in model.queues[queue.index()].lanes.clone().map(LaneId) {
        let row = &model.lanes[lane.index()];
        if best.is_some_and(|best| best.priority > row.priority) {
            break;
        }
        let Some(head) = waiting.head(lane).filter(|head| head.step >= from_step) else { continue };
        let rank = (head.entered.as_us() as i64 - row.credit.as_us() as i64, head.need);
        if best.is_none_or(|best| rank < best.rank) {
            best = Some(Candidate { lane, priority: row.priority, rank, score: 0.0 });
        }
    }
    best
}
