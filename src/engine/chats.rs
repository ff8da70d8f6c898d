//! Rule: an agent who chats serves several at once, each the slower the more there are.
//!
//! A desk knows what is left of each chat in work at full speed. Whenever the number of its chats changes, that is brought up to the moment and
//! the desk's earliest end is set anew: a timer of the wheel, which can be taken back, unlike the ends of work of all other agents. Whoever chats
//! is off the list of the idle; who of them takes one more chat is found by looking at the group's desks.

use super::back_office::LOOKS;
use super::contacts::{Contact, Index};
use super::event::key;
use super::observer::{AgentState, Apart, Fate, HandOver, Leg, Observer, Service};
use super::simulation::Simulation;
use super::wheel::TimerId;
use crate::model::{AgentId, Chatting, GroupId, IdleOut, Model, Outcome};
use crate::random::Purpose;
use crate::time::{SimDuration, SimTime};

/// The desks of agents who chat.
#[derive(Clone, Debug, Default)]
pub struct Desks {
    /// By agent; empty where nobody chats.
    desks: Vec<Desk>,
    /// By group: how many of its agents have a chat.
    busy: Vec<u32>,
}

/// The chats of one agent, in the order in which they came.
#[derive(Clone, Debug)]
struct Desk {
    chats: Vec<Chat>,
    /// Up to when the chats are brought up to date.
    since: SimTime,
    /// The earliest end, and whose it is.
    timer: TimerId,
    next: usize,
    /// Whether the agent takes no more chats: a shift has ended, a break is due, there are more people than heads.
    is_leaving: bool,
}

#[derive(Clone, Copy, Debug)]
struct Chat {
    contact: Index,
    phase: Phase,
}

/// What happens in a chat.
#[derive(Clone, Copy, Debug)]
enum Phase {
    /// Accepted, not yet answered.
    Ringing { until: SimTime, work_us: f64 },
    /// Worked on; so much is left at full speed.
    Talking { left_us: f64 },
    /// The citizen writes no more, and the agent waits for it.
    Silent { until: SimTime },
    /// The citizen is gone; the agent works on it.
    WrappingUp { until: SimTime },
}

impl Desks {
    /// For a model's agents, if any of them chats.
    pub fn new(model: &Model) -> Self {
        if !model.anybody_chats() {
            return Desks::default();
        }
        let desk = Desk {
            chats: Vec::new(),
            since: SimTime::ZERO,
            timer: TimerId::NONE,
            next: 0,
            is_leaving: false,
        };
        Desks { desks: vec![desk; model.agent_group.len()], busy: vec![0; model.groups.len()] }
    }

    /// Whether nobody chats in this model.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.desks.is_empty()
    }

    fn of(&mut self, agent: AgentId) -> &mut Desk {
        &mut self.desks[agent.index()]
    }
}

impl Desk {
    /// Whether another chat finds a place.
    fn has_room(&self, chatting: &Chatting) -> bool {
        !self.is_leaving && self.chats.len() < chatting.speed.len()
    }

    /// Brings what is left up to `now`.
    fn passes(&mut self, now: SimTime, chatting: &Chatting) {
        let done_us = now.since(self.since).as_us() as f64 * chatting.speed_of(self.chats.len());
        for chat in &mut self.chats {
            if let Phase::Talking { left_us } = &mut chat.phase {
                *left_us = (*left_us - done_us).max(0.0);
            }
        }
        self.since = now;
    }

    /// The earliest end if nothing changes, and whose it is; of several the chat that came first.
    fn earliest(&self, chatting: &Chatting) -> Option<(usize, SimTime)> {
        let speed = chatting.speed_of(self.chats.len());
        let end = |chat: &Chat| match chat.phase {
            Phase::Ringing { until, .. } | Phase::Silent { until } | Phase::WrappingUp { until } => until,
            // To the nearest microsecond.
            Phase::Talking { left_us } => {
                self.since.after(SimDuration::from_us((left_us / speed + 0.5) as u64))
            }
        };
        self.chats.iter().map(end).enumerate().min_by_key(|&(place, at)| (at, place))
    }
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// The agent of a group without anybody idle who takes one more chat: of those who have room the one with the fewest, then the one whose
    /// desk has been as it is for longest.
    #[cold]
    pub(super) fn has_room_for_chat(&self, group: GroupId) -> Option<AgentId> {
        let row = &self.model.groups[group.index()];
        let chatting = row.chatting.as_ref()?;
        let desk = |agent: &u16| &self.desks.desks[usize::from(*agent)];
        let agents = row.agents.clone().filter(|agent| {
            self.agents.state(AgentId(*agent)) == AgentState::Chatting && desk(agent).has_room(chatting)
        });
        agents.min_by_key(|agent| (desk(agent).chats.len(), desk(agent).since, *agent)).map(AgentId)
    }

    /// An agent takes a chat, and more of those who wait if there is room.
    #[inline(never)]
    pub(super) fn takes_chat(&mut self, agent: AgentId, index: Index) {
        self.begins_chat(agent, index);
        self.fills_desk(agent);
    }

    fn begins_chat(&mut self, agent: AgentId, index: Index) {
        let group = self.agents.group(agent);
        let row = &self.model.groups[group.index()];
        let Some(chatting) = &row.chatting else { return };
        let answered = self.now.after(row.answer_delay);
        let work_us = self.talk_with(agent, index, row.tier).as_us() as f64;
        let contact = &mut self.contacts[index];
        contact.until = answered;
        let (queue, entered) = (contact.queue, contact.entered);
        let part = falls_silent(self.model, contact).map_or(1.0, |(part, _)| part);
        let work_us = work_us * part;
        self.notes_wait(queue, entered);
        let desk = self.desks.of(agent);
        desk.passes(self.now, chatting);
        let phase = match answered > self.now {
            true => Phase::Ringing { until: answered, work_us },
            false => Phase::Talking { left_us: work_us },
        };
        desk.chats.push(Chat { contact: index, phase });
        if desk.chats.len() == 1 {
            self.agents.chats(agent);
            self.work.begins(agent, self.now);
            self.observer.agent_changes(self.now, agent, group, AgentState::Chatting);
            self.more_chat(group, 1);
        }
        self.sets_desk(agent);
    }

    /// So many more agents of a group have a chat.
    fn more_chat(&mut self, group: GroupId, more: i32) {
        let busy = &mut self.desks.busy[group.index()];
        *busy = busy.saturating_add_signed(more);
        self.observer.chatting_changes(self.now, group, *busy);
    }

    /// Those who wait come to a desk as long as it has room.
    fn fills_desk(&mut self, agent: AgentId) {
        let group = self.agents.group(agent);
        let Some(chatting) = &self.model.groups[group.index()].chatting else { return };
        while self.desks.of(agent).has_room(chatting) {
            let Some(index) = self.next_contact(group) else { break };
            self.leaves_lane(index);
            self.begins_chat(agent, index);
        }
    }

    /// Sets a desk's earliest end.
    fn sets_desk(&mut self, agent: AgentId) {
        let group = self.agents.group(agent);
        let Some(chatting) = &self.model.groups[group.index()].chatting else { return };
        let desk = &mut self.desks.desks[agent.index()];
        self.wheel.cancel(std::mem::replace(&mut desk.timer, TimerId::NONE));
        if let Some((place, at)) = desk.earliest(chatting) {
            desk.next = place;
            desk.timer = self.wheel.set(key(at, self.slots.chats), agent.0.into(), agent.0.into());
        }
    }

    /// Something ends at a desk.
    #[inline(never)]
    pub(super) fn desk_changes(&mut self) {
        let payload = self.wheel.pop().payload;
        if payload & LOOKS != 0 {
            return self.is_idle_for_long(GroupId(payload as u16));
        }
        let agent = AgentId(payload as u16);
        let group = self.agents.group(agent);
        let Some(chatting) = &self.model.groups[group.index()].chatting else {
            return self.piece_ends(agent);
        };
        let desk = self.desks.of(agent);
        desk.timer = TimerId::NONE;
        desk.passes(self.now, chatting);
        let place = desk.next;
        let Chat { contact, phase } = desk.chats[place];
        match phase {
            Phase::Ringing { work_us, .. } => desk.chats[place].phase = Phase::Talking { left_us: work_us },
            Phase::Talking { .. } => match falls_silent(self.model, &self.contacts[contact]) {
                Some((_, after)) => desk.chats[place].phase = Phase::Silent { until: self.now.after(after) },
                None => self.chat_ends(agent, place, false),
            },
            Phase::Silent { .. } => self.chat_ends(agent, place, true),
            Phase::WrappingUp { .. } => self.chat_is_done(agent, place),
        }
        self.sets_desk(agent);
    }

    /// The citizen of a chat leaves, met or not, or is bound for the next tier.
    fn chat_ends(&mut self, agent: AgentId, place: usize, silent: bool) {
        let group = self.agents.group(agent);
        let row = &self.model.groups[group.index()];
        let index = self.desks.of(agent).chats[place].contact;
        let contact = &mut self.contacts[index];
        let answered = contact.until;
        contact.is_answered(answered);
        let (drawn, wrap_up) = self.ending(agent, index, group);
        let outcome = if silent { Outcome::Unresolved } else { drawn };
        let wrap_up_ends = self.now.after(wrap_up);
        if self.pasts.are_kept() {
            self.notes_talk(index, agent, answered, outcome);
        }
        let contact = &self.contacts[index];
        let service = Service {
            agent,
            group,
            assigned: answered.before(row.answer_delay),
            held_from: self.now,
            talk_ended: self.now,
            wrap_up_ended: wrap_up_ends,
            outcome,
            hand_over: HandOver::Cold,
            apart: Apart::NOTHING,
        };
        let leg = Leg { service: Some(service), ..contact.leg_until(Fate::Answered, answered) };
        self.observer.leg_ends(&leg);
        match outcome {
            Outcome::Resolved => self.is_resolved(index, row.tier),
            _ => self.is_not_met(index, outcome, row.tier),
        }
        if wrap_up_ends > self.now {
            self.desks.of(agent).chats[place].phase = Phase::WrappingUp { until: wrap_up_ends };
        } else {
            self.chat_is_done(agent, place);
        }
    }

    /// Nothing is left of a chat: there is room for the next, or the agent is free.
    fn chat_is_done(&mut self, agent: AgentId, place: usize) {
        let desk = self.desks.of(agent);
        desk.chats.remove(place);
        if desk.chats.is_empty() {
            self.more_chat(self.agents.group(agent), -1);
            return self.becomes_free(agent);
        }
        self.fills_desk(agent);
    }

    /// An agent who chats is called away, or may stay after all.
    #[cold]
    pub(super) fn closes_desk(&mut self, agent: AgentId, closes: bool) {
        self.closes_pile(agent, closes);
        if self.desks.is_empty() {
            return;
        }
        let was_closed = std::mem::replace(&mut self.desks.of(agent).is_leaving, closes);
        if was_closed && !closes && self.agents.state(agent) == AgentState::Chatting {
            self.fills_desk(agent);
        }
    }

    /// Of a group with more people than heads, none of them idle: as many as are too many take no more chats, those with the fewest first.
    #[cold]
    pub(super) fn closes_desks(&mut self, group: GroupId) {
        let row = &self.model.groups[group.index()];
        if row.chatting.is_none() || self.crews[group.index()].is_some() {
            return;
        }
        let chats = |agent: AgentId| self.agents.state(agent) == AgentState::Chatting;
        let mut agents: Vec<AgentId> =
            row.agents.clone().map(AgentId).filter(|&agent| chats(agent)).collect();
        agents
            .sort_by_key(|&agent| (self.desks.desks[agent.index()].chats.len(), std::cmp::Reverse(agent.0)));
        let too_many = self.agents.surplus(group) as usize;
        for (place, agent) in agents.into_iter().enumerate() {
            self.closes_desk(agent, place < too_many);
        }
    }
}

/// Where the citizen of a chat falls silent: after which part of the work, and how long the agent then waits.
fn falls_silent(model: &Model, contact: &Contact) -> Option<(f64, SimDuration)> {
    let idle_out: &IdleOut = model.contact_types[contact.citizen.contact_type.index()].idle_out.as_ref()?;
    let draw = contact.stage().draw(Purpose::IdleOut);
    draw.sub(0).happens(idle_out.share).then(|| (draw.sub(1).uniform(), idle_out.after))
}
