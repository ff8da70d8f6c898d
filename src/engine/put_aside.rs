//! Rule: work that a call may interrupt is put aside for it, and taken up again afterwards.
//!
//! When such work ends nobody knows beforehand, so it has no place among the ends of work, which are never taken back: a pile holds, agent by
//! agent, the piece at hand, whose end is a timer of the wheel, and the pieces put aside, the latest on top. Whoever is idle goes first: an agent is called from
//! a piece only for a contact that finds nobody idle. A piece that begins while such a contact waits is put aside at once. The leg that a piece
//! belongs to is told when the piece is over.

use super::contacts::Index;
use super::event::key;
use super::observer::{AgentState, Apart, Leg, Observer, Service, Stretch, StretchOf};
use super::piles::{AtHand, Piece, Work};
use super::simulation::Simulation;
use crate::model::{AgentId, GroupId, LaneId, Outcome, QueueId, Rest, Rule};
use crate::routing::{Head, Waiting, first_idle, take};
use crate::time::{SimDuration, SimTime};

impl<'m, const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'m, EAGER, RARE, USUAL, O>
{
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
        let piece = Piece { of: Work::WrapUp(leg), left, done: SimDuration::ZERO };
        self.agents.wraps_up(agent);
        let may = self.may_put_aside(agent, group);
        self.begins_piece(agent, group, piece, may);
    }

    /// A piece begins, or is put aside before it does for a call that waits, if it may be.
    pub(super) fn begins_piece(&mut self, agent: AgentId, group: GroupId, piece: Piece, may: bool) {
        match self.next_call_for(agent, group).filter(|_| may) {
            Some(index) => {
                self.lays_aside(agent, piece);
                self.work.ends(agent, self.now);
                self.takes_call(agent, index);
            }
            None => self.takes_up(agent, piece),
        }
    }

    /// An agent goes on with a piece.
    fn takes_up(&mut self, agent: AgentId, piece: Piece) {
        if let Work::Written(index) = piece.of {
            return self.takes_up_written(agent, index, piece);
        }
        let group = self.agents.group(agent);
        self.agents.wraps_up(agent);
        self.has_at_hand(agent, piece);
        self.observer.agent_changes(self.now, agent, group, AgentState::WrappingUp);
    }

    /// A piece is worked on from now on. A case is laid down at the horizon at the latest.
    pub(super) fn has_at_hand(&mut self, agent: AgentId, piece: Piece) {
        let ends = match piece.of {
            Work::WrapUp(_) | Work::Written(_) => self.now.after(piece.left),
            Work::Case(_) => self.now.after(piece.left).min(self.model.clock.horizon),
        };
        let timer = self.wheel.set(key(ends, self.slots.chats), agent.0.into(), agent.0.into());
        self.piles.of_mut(agent).at_hand = Some(AtHand { piece, since: self.now, timer });
        self.is_callable(agent);
    }

    /// Notes whether an agent may be called from the piece at hand.
    fn is_callable(&mut self, agent: AgentId) {
        let group = self.agents.group(agent);
        let Some(at_hand) = self.piles.of(agent).at_hand else { return };
        let back_office = self.model.groups[group.index()].back_office.as_ref();
        let may = match at_hand.piece.of {
            Work::WrapUp(_) => self.may_put_aside(agent, group),
            Work::Written(_) => !self.piles.of(agent).is_leaving,
            Work::Case(_) => back_office.is_some_and(|rule| rule.interruptible),
        };
        self.piles.set_callable(agent, group, may);
    }

    /// Whether an agent may put one more wrap-up aside: is not to go, and has not put too many aside.
    fn may_put_aside(&self, agent: AgentId, group: GroupId) -> bool {
        let (pile, rule) = (self.piles.of(agent), self.model.groups[group.index()].interruptible_wrap_up);
        !pile.is_leaving && rule.is_some_and(|rule| pile.wrap_ups_aside() < rule.at_most as usize)
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
            let agent = self.piles.first_callable(group)?;
            // Whoever is called will have been idle, for conditions that count the idle.
            let may_serve =
                || self.conditional_step(rule.queue, group, self.agents.idle_count(group) + 1) <= step;
            (!self.agents.has_surplus(group) && (!rule.conditional || may_serve())).then_some(agent)
        })
    }

    /// Whether an agent may be called from the piece at hand for a contact of a queue.
    #[cold]
    pub(super) fn may_be_called(&self, agent: AgentId, queue: QueueId) -> bool {
        self.model.queues[queue.index()].calls
            && !self.agents.has_surplus(self.agents.group(agent))
            && self.piles.of(agent).is_callable
    }

    /// An agent is called from the piece at hand, if there is one.
    #[inline(never)]
    pub(super) fn leaves_piece(&mut self, agent: AgentId) {
        let Some(AtHand { piece, since, timer }) = self.takes_from_hand(agent) else { return };
        self.wheel.cancel(timer);
        match piece.of {
            Work::WrapUp(_) | Work::Written(_) => {
                let piece = self.was_worked_on(agent, piece, since, true);
                self.lays_aside(agent, piece);
                self.work.ends(agent, self.now);
            }
            Work::Case(case) => self.lays_down_case(agent, case, since, true),
        }
    }

    /// The piece at hand, which is so no longer.
    fn takes_from_hand(&mut self, agent: AgentId) -> Option<AtHand> {
        self.piles.take_from_hand(agent, self.agents.group(agent))
    }

    /// A stretch of work on a leg is over.
    fn was_worked_on(&mut self, agent: AgentId, piece: Piece, since: SimTime, interrupted: bool) -> Piece {
        let (group, until) = (self.agents.group(agent), self.now);
        let of = match piece.of {
            Work::WrapUp(leg) => StretchOf::WrapUp { caller: leg.caller, leg: leg.leg },
            Work::Written(index) => {
                let contact = &self.contacts[index];
                StretchOf::Written { caller: contact.caller(), leg: contact.leg }
            }
            Work::Case(case) => StretchOf::Case { caller: self.caller_of_task(case) },
        };
        self.observer.stretch_ends(&Stretch { agent, group, of, from: since, until, interrupted });
        let did = until.since(since);
        Piece { left: piece.left - did, done: piece.done + did, ..piece }
    }

    /// A piece is put aside, or what is left of it is dropped.
    fn lays_aside(&mut self, agent: AgentId, piece: Piece) {
        let group = self.agents.group(agent);
        match self.model.groups[group.index()].interruptible_wrap_up.map(|rule| rule.rest) {
            Some(Rest::Dropped) if matches!(piece.of, Work::WrapUp(_)) => self.wrap_up_is_over(piece),
            _ => self.piles.of_mut(agent).aside.push(piece),
        }
    }

    /// Nothing is left of a wrap-up: its leg is told.
    fn wrap_up_is_over(&mut self, piece: Piece) {
        let Piece { of: Work::WrapUp(leg), done, .. } = piece else { return };
        let Some(service) = leg.service else { return };
        let aside = service.apart.aside + (self.now.since(service.talk_ended) - done);
        let apart = Apart { wrap_up: true, aside, ..service.apart };
        let service = Service { wrap_up_ended: self.now, apart, ..service };
        self.observer.leg_ends(&Leg { service: Some(service), ..leg });
    }

    /// The piece at hand of an agent is done.
    #[inline(never)]
    pub(super) fn piece_ends(&mut self, agent: AgentId) {
        let Some(AtHand { piece, since, .. }) = self.takes_from_hand(agent) else { return };
        match piece.of {
            Work::WrapUp(_) => {
                let piece = self.was_worked_on(agent, piece, since, false);
                self.wrap_up_is_over(piece);
                self.becomes_free(agent);
            }
            Work::Written(index) => {
                let piece = self.was_worked_on(agent, piece, since, false);
                self.written_ends(agent, index, piece.done);
            }
            Work::Case(case) => self.work_at_case_ends(agent, case, since),
        }
    }

    /// An agent who has put work aside has finished with something else: it takes the next call or goes on with the latest piece. Whoever is to go finishes
    /// everything first.
    #[cold]
    #[inline(never)]
    pub(super) fn goes_on_with_pile(&mut self, agent: AgentId, group: GroupId) {
        match self.next_call_for(agent, group) {
            Some(index) => self.takes_call(agent, index),
            None => {
                if let Some(piece) = self.piles.of_mut(agent).aside.pop() {
                    self.takes_up(agent, piece);
                }
            }
        }
    }

    /// The waiting contact that an agent takes before work that may be interrupted, if it takes contacts at all.
    pub(super) fn next_call_for(&mut self, agent: AgentId, group: GroupId) -> Option<Index> {
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
    pub(super) fn takes_call(&mut self, agent: AgentId, index: Index) {
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
        if matches!(self.agents.state(agent), AgentState::Off | AgentState::OnBreak) {
            // Who goes lays down the case at hand.
            if let Some(AtHand { piece: Piece { of: Work::Case(case), .. }, since, timer }) =
                self.takes_from_hand(agent)
            {
                self.wheel.cancel(timer);
                self.lays_down_case(agent, case, since, false);
            }
        }
        self.piles.of_mut(agent).is_leaving = closes;
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
            let Some(agent) = self.piles.first_callable(group) else { return };
            let Some(index) = self.next_call(group) else { return };
            self.comes_to(agent, index);
        }
    }
}

/// What can be seen of those who wait and may call agents from their work.
struct Calls<'s, 'm, const EAGER: bool, const RARE: bool, const USUAL: bool, O>(
    &'s mut Simulation<'m, EAGER, RARE, USUAL, O>,
);

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer> Waiting
    for Calls<'_, '_, EAGER, RARE, USUAL, O>
{
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
