//! What an agent has in hand that a call may interrupt, and what lies aside.

use std::collections::BTreeSet;

use super::back_office::AtCases;
use super::contacts::Index;
use super::observer::Leg;
use super::wheel::TimerId;
use crate::model::{AgentId, GroupId, Model};
use crate::time::{SimDuration, SimTime};

/// The piles of all agents.
#[derive(Clone, Debug, Default)]
pub struct Piles {
    /// By agent; empty where no work may be interrupted.
    piles: Vec<Pile>,
    /// By group: who may be called from the piece at hand; by what that is, then by since when.
    callable: Vec<BTreeSet<Callable>>,
    pub(super) cases: AtCases,
}

/// What it is: cases first, then what is written, then wrap-up; since when, and who.
type Callable = (u8, SimTime, AgentId);

/// The work of one agent that may be interrupted.
#[derive(Clone, Debug, Default)]
pub(super) struct Pile {
    pub(super) at_hand: Option<AtHand>,
    /// Whether the agent may be called from it.
    pub(super) is_callable: bool,
    /// The latest last.
    pub(super) aside: Vec<Piece>,
    /// Whether the agent takes no more contacts: a shift has ended, a break is due.
    pub(super) is_leaving: bool,
}

/// A piece that is worked on.
#[derive(Clone, Copy, Debug)]
pub(super) struct AtHand {
    pub(super) piece: Piece,
    pub(super) since: SimTime,
    pub(super) timer: TimerId,
}

/// What is left of a piece of work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) of: Work,
    pub(super) left: SimDuration,
    pub(super) done: SimDuration,
}

/// What a piece of work is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Work {
    /// The wrap-up of a leg, as it is told when that is over.
    WrapUp(Leg),
    /// The work on something written.
    Written(Index),
    /// A case or the preparation of a visit; it is never put aside, but goes back to its office.
    Case(Index),
}

impl AtHand {
    /// Where its agent stands among those who may be called.
    fn place(&self, agent: AgentId) -> Callable {
        let rank = match self.piece.of {
            Work::Case(_) => 0,
            Work::Written(_) => 1,
            Work::WrapUp(_) => 2,
        };
        (rank, self.since, agent)
    }
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
            cases: AtCases::new(model.agent_group.len(), model.groups.len()),
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

    /// The pile of an agent.
    pub(super) fn of(&self, agent: AgentId) -> &Pile {
        &self.piles[agent.index()]
    }

    pub(super) fn of_mut(&mut self, agent: AgentId) -> &mut Pile {
        &mut self.piles[agent.index()]
    }

    /// Notes whether an agent of a group may be called from the piece at hand.
    pub(super) fn set_callable(&mut self, agent: AgentId, group: GroupId, may: bool) {
        let pile = &mut self.piles[agent.index()];
        let Some(at_hand) = pile.at_hand.filter(|_| pile.is_callable != may) else { return };
        pile.is_callable = may;
        let (who, callable) = (at_hand.place(agent), &mut self.callable[group.index()]);
        if may {
            callable.insert(who)
        } else {
            callable.remove(&who)
        };
    }

    /// Who of a group is called first.
    pub(super) fn first_callable(&self, group: GroupId) -> Option<AgentId> {
        self.callable[group.index()].first().map(|&(.., agent)| agent)
    }

    /// The piece that an agent of a group had at hand.
    pub(super) fn take_from_hand(&mut self, agent: AgentId, group: GroupId) -> Option<AtHand> {
        self.set_callable(agent, group, false);
        self.of_mut(agent).at_hand.take()
    }
}

impl Pile {
    /// How many wrap-ups lie aside.
    pub(super) fn wrap_ups_aside(&self) -> usize {
        self.aside.iter().filter(|piece| matches!(piece.of, Work::WrapUp(_))).count()
    }
}
