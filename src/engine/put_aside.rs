//! Rule: work that a call may interrupt is put aside for it, and taken up again afterwards.
//!
//! When such work ends nobody knows beforehand, so it has no place among the ends of work, which are never taken back: a pile holds, agent by
//! agent, the piece at hand, whose end is a timer of the wheel, and the pieces put aside, the latest on top. Whoever is idle goes first: an agent is called from
//! a piece only for a contact that finds nobody idle. A piece that begins while such a contact waits is put aside at once. The leg that a piece
//! belongs to is told when the piece is over.

use std::collections::BTreeSet;

use super::contacts::Index;
use super::event::key;
use super::observer::{AgentState, Apart, Leg, Observer, Service, Stretch, StretchOf};
use super::simulation::Simulation;
use super::wheel::TimerId;
use crate::model::{AgentId, GroupId, LaneId, Model, Outcome, QueueId, Rest, Rule};
use crate::routing::{Head, Waiting, first_idle, take};
use crate::time::{SimDuration, SimTime};

/// The piles of all agents.
#[derive(Clone, Debug, Default)]
pub struct Piles {
    /// By agent; empty where no work may be interrupted.
    piles: Vec<Pile>,
    /// By group: who may be called from the piece at hand, by since when.
    callable: Vec<BTreeSet<(SimTime, AgentId)>>,
}

/// The work of one agent that may be interrupted.
#[derive(Clone, Debug, Default)]
struct Pile {
    at_hand: Option<AtHand>,
    /// The latest last.
    aside: Vec<Piece>,
    /// Whether the agent takes no more contacts: a shift has ended, a break is due.
    is_leaving: bool,
}

/// A piece that is worked on.
#[derive(Clone, Copy, Debug)]
struct AtHand {
    piece: Piece,
    since: SimTime,
    timer: TimerId,
}

/// What is left of a piece of work.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// The leg that it is the wrap-up of, as it is told when that is over.
    leg: Leg,
    left: SimDuration,
    done: SimDuration,
}

impl Piles {
    /// For a model's agents, if work of any of them may be interrupted.
    pub fn new(model: &Model) -> Self {
        if !model.anybody_is_interrupted() {
            return Piles::default();
        }
        Piles {
            piles: vec![Pile::default(); model.agent_group.len()],
            callable: vec![BTreeSet::new(); model.groups.len()],
        }
    }

    /// Whether no work may be interrupted in this model.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.piles.is_empty()
    }

    /// Whether an agent has put something aside.
    #[inline]
    pub fn has_aside(&self, agent: AgentId) -> bool {
        self.piles.get(agent.index()).is_some_and(|pile| !pile.aside.is_empty())
    }

    fn of(&mut self, agent: AgentId) -> &mut Pile {
        &mut self.piles[agent.index()]
    }
}

impl<'m, const EAGER: bool, const RARE: bool, O: Observer> Simulation<'m, EAGER, RARE, O> {
    /// A talk has ended, and its wrap-up may be interrupted: the caller leaves, and the agent begins with it or takes the next call.
    /// `service` has the wrap-up that is to follow.
    #[cold]
    #[inline(never)]
    pub(super) fn begins_wrap_up(&mut self, index: Index, service: Service, tier: u8) {
        let Service { agent, group, outcome, .. } = service;
        let contact = &self.contacts[index];
        let leg = contact.leg_until(super::observer::Fate::Answered, contact.until);
        let leg = Leg { service: Some(service), ..leg };
        match outcome {
            Outcome::Resolved => self.is_resolved(index, tier),
            _ => self.is_not_met(index, outcome, tier),
        }
        let left = service.wrap_up_ended.since(service.talk_ended);
        let piece = Piece { leg, left, done: SimDuration::ZERO };
        self.agents.wraps_up(agent);
        let may = self.may_put_aside(agent, group);
        match self.next_call_for(agent, group).filter(|_| may) {
            Some(index) => {
                self.lays_aside(agent, piece);
                self.work.ends(agent, self.now);
                self.takes_call(agent, index);
            }
            None => self.takes_up(agent, piece),
        }
    }

    /// An agent works on a piece from now on.
    fn takes_up(&mut self, agent: AgentId, piece: Piece) {
        let group = self.agents.group(agent);
        let (timer, since) = (key(self.now.after(piece.left), self.slots.chats), self.now);
        let timer = self.wheel.set(timer, agent.0.into(), agent.0.into());
        self.agents.wraps_up(agent);
        self.piles.of(agent).at_hand = Some(AtHand { piece, since, timer });
        self.is_callable(agent);
        self.observer.agent_changes(self.now, agent, group, AgentState::WrappingUp);
    }

    /// Notes whether an agent may be called from the piece at hand.
    fn is_callable(&mut self, agent: AgentId) {
        let group = self.agents.group(agent);
        let may = self.may_put_aside(agent, group);
        let Some(at_hand) = self.piles.of(agent).at_hand else { return };
        let callable = &mut self.piles.callable[group.index()];
        match may {
            true => _ = callable.insert((at_hand.since, agent)),
            false => _ = callable.remove(&(at_hand.since, agent)),
        }
    }

    /// Whether an agent may put one more piece aside: is not to go, and has not put too many aside.
    fn may_put_aside(&self, agent: AgentId, group: GroupId) -> bool {
        let pile = &self.piles.piles[agent.index()];
        let rule = self.model.groups[group.index()].interruptible_wrap_up;
        !pile.is_leaving && rule.is_some_and(|rule| pile.aside.len() < rule.at_most as usize)
    }

    /// The agent who is called from a piece of work for a contact that finds nobody idle: of the first group that has one, the one who is at it for
    /// longest.
    #[cold]
    #[inline(never)]
    pub(super) fn called_from_work(&self, groups: &[GroupId], rule: &Rule, index: Index) -> Option<AgentId> {
        if !self.model.queues[rule.queue.index()].calls {
            return None;
        }
        let step = self.contacts[index].step;
        first_idle(groups, |group| {
            let &(_, agent) = self.piles.callable[group.index()].first()?;
            // Whoever is called will have been idle, for conditions that count the idle.
            let may_serve =
                || self.conditional_step(rule.queue, group, self.agents.idle_count(group) + 1) <= step;
            (!self.agents.has_surplus(group) && (!rule.conditional || may_serve())).then_some(agent)
        })
    }

    /// Whether an agent may be called from the piece at hand for a contact of a queue.
    #[cold]
    pub(super) fn may_be_called(&self, agent: AgentId, queue: QueueId) -> bool {
        let group = self.agents.group(agent);
        let at_hand = self.piles.piles[agent.index()].at_hand;
        self.model.queues[queue.index()].calls
            && !self.agents.has_surplus(group)
            && at_hand.is_some_and(|at| self.piles.callable[group.index()].contains(&(at.since, agent)))
    }

    /// An agent is called from the piece at hand, if there is one.
    #[inline(never)]
    pub(super) fn leaves_piece(&mut self, agent: AgentId) {
        let Some(AtHand { piece, since, timer }) = self.piles.of(agent).at_hand.take() else { return };
        self.wheel.cancel(timer);
        let piece = self.was_worked_on(agent, piece, since, true);
        self.lays_aside(agent, piece);
        self.work.ends(agent, self.now);
    }

    /// A stretch of work on a piece is over.
    fn was_worked_on(&mut self, agent: AgentId, piece: Piece, since: SimTime, interrupted: bool) -> Piece {
        let group = self.agents.group(agent);
        self.piles.callable[group.index()].remove(&(since, agent));
        let (caller, leg, until) = (piece.leg.caller, piece.leg.leg, self.now);
        let of = StretchOf::WrapUp { caller, leg };
        self.observer.stretch_ends(&Stretch { agent, group, of, from: since, until, interrupted });
        let did = until.since(since);
        Piece { left: piece.left - did, done: piece.done + did, ..piece }
    }

    /// A piece is put aside, or what is left of it is dropped.
    fn lays_aside(&mut self, agent: AgentId, piece: Piece) {
        let group = self.agents.group(agent);
        match self.model.groups[group.index()].interruptible_wrap_up.map(|rule| rule.rest) {
            Some(Rest::Dropped) => self.piece_is_over(piece),
            _ => self.piles.of(agent).aside.push(piece),
        }
    }

    /// Nothing is left of a piece: its leg is told.
    fn piece_is_over(&mut self, piece: Piece) {
        let Piece { leg, done, .. } = piece;
        let Some(service) = leg.service else { return };
        let aside = self.now.since(service.talk_ended) - done;
        let apart = Apart { wrap_up: true, aside };
        let service = Service { wrap_up_ended: self.now, apart, ..service };
        self.observer.leg_ends(&Leg { service: Some(service), ..leg });
    }

    /// The piece at hand of an agent is done.
    #[inline(never)]
    pub(super) fn piece_ends(&mut self, agent: AgentId) {
        let Some(AtHand { piece, since, .. }) = self.piles.of(agent).at_hand.take() else { return };
        let piece = self.was_worked_on(agent, piece, since, false);
        self.piece_is_over(piece);
        self.becomes_free(agent);
    }

    /// An agent who has put work aside has finished with something else: it takes the next call or goes on with the latest piece. Whoever is to go finishes
    /// everything first.
    #[cold]
    #[inline(never)]
    pub(super) fn goes_on_with_pile(&mut self, agent: AgentId, group: GroupId) {
        match self.next_call_for(agent, group) {
            Some(index) => self.takes_call(agent, index),
            None => {
                if let Some(piece) = self.piles.of(agent).aside.pop() {
                    self.takes_up(agent, piece);
                }
            }
        }
    }

    /// The waiting contact that an agent takes before work that may be interrupted, if it takes contacts at all.
    fn next_call_for(&mut self, agent: AgentId, group: GroupId) -> Option<Index> {
        if self.piles.of(agent).is_leaving || self.agents.has_surplus(group) {
            return None;
        }
        self.awaiting_call(agent).or_else(|| self.next_call(group))
    }

    /// The first who waits for this one agent, if it calls agents from work.
    fn awaiting_call(&self, agent: AgentId) -> Option<Index> {
        let index = self.awaited.first_of(agent)?;
        self.model.queues[self.contacts[index].queue.index()].calls.then_some(index)
    }

    /// The waiting contact that an agent of `group` takes next, of those that call agents from work.
    fn next_call(&mut self, group: GroupId) -> Option<Index> {
        if !self.reach.serves_any(group, self.lanes.waiting_queues()) {
            return None;
        }
        let model = self.model;
        let lane = take(model, group, &mut Calls(self))?;
        Some(self.lanes.first(lane))
    }

    /// A waiting contact comes to an agent.
    fn takes_call(&mut self, agent: AgentId, index: Index) {
        if self.awaited.first_of(agent) == Some(index) {
            return self.takes_awaited(agent, index);
        }
        self.comes_to(agent, index);
    }

    /// An agent is to go when its work is done, or may stay after all.
    #[cold]
    pub(super) fn closes_pile(&mut self, agent: AgentId, closes: bool) {
        if self.piles.is_empty() {
            return;
        }
        let group = self.agents.group(agent);
        self.piles.of(agent).is_leaving = closes;
        self.is_callable(agent);
        if closes || self.piles.of(agent).at_hand.is_none() {
            return;
        }
        match self.awaiting_call(agent).filter(|_| self.may_put_aside(agent, group)) {
            Some(index) => self.takes_awaited(agent, index),
            None => self.calls_from_work(group),
        }
    }

    /// Agents of a group may be called from work again: those who wait call them.
    #[cold]
    pub(super) fn calls_from_work(&mut self, group: GroupId) {
        while !self.piles.is_empty() && !self.agents.has_surplus(group) {
            let Some(&(_, agent)) = self.piles.callable[group.index()].first() else { return };
            let Some(index) = self.next_call(group) else { return };
            self.comes_to(agent, index);
        }
    }
}

/// What can be seen of those who wait and may call agents from their work.
struct Calls<'s, 'm, const EAGER: bool, const RARE: bool, O>(&'s mut Simulation<'m, EAGER, RARE, O>);

impl<const EAGER: bool, const RARE: bool, O: Observer> Waiting for Calls<'_, '_, EAGER, RARE, O> {
    fn now(&self) -> SimTime {
        self.0.now
    }

    fn is_waiting(&self, queue: QueueId) -> bool {
        self.0.model.queues[queue.index()].calls && self.0.is_waiting(queue)
    }

    fn eligible_from(&self, queue: QueueId, group: GroupId) -> u8 {
        self.0.eligible_from(queue, group)
    }

    fn head(&mut self, lane: LaneId) -> Option<Head> {
        self.0.head(lane)
    }
}
