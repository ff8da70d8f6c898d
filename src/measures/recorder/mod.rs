//! The recorder of the log: what the engine tells, as rows with names.
//!
//! One row a leg or refusal, one an agent's state, one a need at its end, in the order in which the engine tells of them (a leg
//! when its caller has left, work with its leg, idleness and breaks when they are over); whoever needs another order sorts. The run-in and the
//! draining are logged too. How rows look in a file is `log`'s business.

mod dials;
mod names;
mod rows;
mod sink;
mod words;

use std::collections::BTreeMap;

pub use sink::{LogRows, LogSink, LogWriters};

use self::names::Names;
use self::words::{outcome, preparation_end, stretch_end, visit_channel, visit_end};
use crate::engine::{
    AgentState, CallbackTry, Caller, Case, CaseStretch, Consultation, Dial, Greeting, GreetingEnd, Leg, Need,
    Observer, PreparationEnd, PreparationStretch, Refused, Service, Stretch, StretchEnd, StretchOf, TryEnd,
    Visit, WebEnd, WebVisit,
};
use crate::log::{
    AgentRow, AgentStateName, CaseRow, GreetingEndName, GreetingRow, LegFate, LegRow, NeedRow,
    PreparationRow, VisitRow, WebEndName, WebRow,
};
use crate::model::{AgentId, GroupId, Model, Outcome};
use crate::time::SimTime;

/// An observer that turns one replication into log rows.
///
/// States of agents that are not work (idle, on a break) are told by the event loop only: a log is recorded eagerly.
#[derive(Clone, Debug)]
pub struct Recorder<'m, S> {
    model: &'m Model,
    names: Names,
    replication: u32,
    sink: S,
    /// By agent: what it does that is not work, since when.
    resting: Vec<Option<(AgentStateName, SimTime)>>,
    /// Agents who have asked others, and from when to when their callers held.
    asked: BTreeMap<AgentId, (SimTime, SimTime)>,
    /// The latest instant told of.
    last: SimTime,
}

impl<'m, S: LogSink> Recorder<'m, S> {
    /// For one replication of `model`, whose rows go to `sink`.
    pub fn new(model: &'m Model, replication: u32, sink: S) -> Self {
        let resting = vec![None; model.agent_group.len()];
        let (names, asked) = (Names::new(model), BTreeMap::new());
        Recorder { model, names, replication, sink, resting, asked, last: SimTime::ZERO }
    }

    /// The sink with all rows.
    pub fn into_sink(self) -> S {
        self.sink
    }

    /// An agent's row; nothing for a state that took no time.
    fn record_state(
        &mut self,
        (agent, group): (AgentId, GroupId),
        state: AgentStateName,
        (from, to): (SimTime, SimTime),
        leg: Option<(&Caller, Option<u8>)>,
    ) {
        if to <= from {
            return;
        }
        let vendor = self.model.groups[group.index()].vendor;
        let row = AgentRow {
            replication: self.replication,
            agent: self.names.agents[agent.index()].clone(),
            group: self.names.groups[group.index()].clone(),
            vendor: vendor.map(|vendor| self.names.vendors[vendor.index()].clone()),
            state,
            from: self.time(from),
            to: self.time(to),
            need: leg.map(|(caller, _)| self.need(caller)),
            attempt: leg.and_then(|(caller, leg)| leg.map(|_| u32::from(caller.attempt))),
            leg: leg.and_then(|(_, leg)| leg.map(u32::from)),
        };
        self.sink.agent(row);
    }

    fn record_work(&mut self, leg: &Leg, service: &Service) {
        self.last = self.last.max(service.wrap_up_ended);
        if self.model.groups[service.group.index()].chatting.is_some() {
            // Told as a whole when the agent has no chat any more.
            return;
        }
        let who = (service.agent, service.group);
        let of = Some((&leg.caller, Some(leg.leg)));
        self.record_state(who, AgentStateName::Ringing, (service.assigned, leg.left), of);
        if service.apart.talk {
            return;
        }
        let (asked, over) = self.asked.remove(&service.agent).unwrap_or((leg.left, leg.left));
        self.record_state(who, AgentStateName::Talking, (leg.left, asked), of);
        self.record_state(who, AgentStateName::Holding, (asked, over), of);
        self.record_state(who, AgentStateName::Talking, (over, service.held_from), of);
        self.record_state(who, AgentStateName::Holding, (service.held_from, service.talk_ended), of);
        let wrap_up = (service.talk_ended, service.worked_until(leg.left));
        self.record_state(who, AgentStateName::WrappingUp, wrap_up, of);
    }

    /// What an agent did that was not work is over.
    fn rest_ends(&mut self, at: SimTime, agent: AgentId, group: GroupId) {
        if let Some((state, since)) = self.resting[agent.index()].take() {
            self.record_state((agent, group), state, (since, at), None);
        }
    }
}

impl<S: LogSink> Observer for Recorder<'_, S> {
    fn greeting_ends(&mut self, greeting: &Greeting) {
        let caller = &greeting.caller;
        let (end, fate) = match greeting.end {
            GreetingEnd::Queue => (GreetingEndName::Queue, None),
            GreetingEnd::SelfServed => (GreetingEndName::SelfServed, Some(LegFate::SelfServed)),
            GreetingEnd::HungUp => (GreetingEndName::HungUp, Some(LegFate::LeftMenu)),
        };
        let contact = self.contact(caller, greeting.ended);
        self.sink.greeting(GreetingRow {
            replication: self.replication,
            need: contact.need.clone(),
            attempt: contact.attempt,
            contact_type: contact.contact_type.clone(),
            profile: contact.profile.clone(),
            number: contact.number.clone(),
            recognised: caller.recognised,
            menu: greeting.menu.map(|menu| self.names.menus[menu.index()].clone()),
            began: self.time(greeting.began),
            ended: self.time(greeting.ended),
            end,
            chose: greeting.chose.map(|chose| self.names.contact_types[chose.index()].clone()),
        });
        // A call that ends here has no leg, and still stands among them.
        if let Some(fate) = fate {
            self.sink.leg(LegRow { fate, ..contact });
        }
        self.last = self.last.max(greeting.ended);
    }

    fn web_is_tried(&mut self, visit: &WebVisit) {
        let contact = self.contact(&visit.caller, visit.at);
        let (end, again) = match visit.end {
            WebEnd::Solved => (WebEndName::Solved, None),
            WebEnd::Calls { at } => (WebEndName::Calls, Some(self.time(at))),
            WebEnd::GivesUp => (WebEndName::GivesUp, None),
            WebEnd::Open => (WebEndName::Open, None),
        };
        self.sink.web(WebRow {
            replication: self.replication,
            need: contact.need,
            contact_type: contact.contact_type,
            profile: contact.profile,
            number: contact.number,
            tried: contact.entered,
            end,
            again,
        });
    }

    fn leg_ends(&mut self, leg: &Leg) {
        let row = self.leg(leg);
        self.sink.leg(row);
        self.last = self.last.max(leg.left);
        if let Some(service) = &leg.service {
            self.record_work(leg, service);
        }
    }

    fn leg_is_withdrawn(&mut self, leg: &Leg, told: Outcome) {
        let row = LegRow { outcome: Some(outcome(told)), ..self.leg(leg) };
        self.sink.leg(row);
        self.last = self.last.max(leg.left);
    }

    fn callback_is_tried(&mut self, tried: &CallbackTry) {
        let leg = &tried.leg;
        let row = LegRow { channel: self.names.callback.clone(), ..self.leg(leg) };
        self.sink.leg(match tried.end {
            TryEnd::NotReached => {
                LegRow { fate: LegFate::NotReached, outcome: None, transferred_to: None, ..row }
            }
            TryEnd::Reached | TryEnd::Broken => row,
        });
        self.last = self.last.max(leg.left);
        if let Some(service) = &leg.service {
            self.record_work(leg, service);
        }
    }

    fn contact_refused(&mut self, refused: &Refused) {
        let row = self.refused(refused);
        self.sink.leg(row);
    }

    fn consultation_ends(&mut self, told: &Consultation) {
        let leg = &told.leg;
        let channel = self.names.consultation.clone();
        self.sink.leg(LegRow { channel, outcome: None, transferred_to: None, ..self.leg(leg) });
        self.last = self.last.max(told.over);
        if let Some(service) = &leg.service {
            self.record_work(leg, service);
        }
        self.asked.insert(told.first, (told.asked, told.over));
    }

    fn consultation_is_refused(&mut self, refused: &Refused, _first_group: GroupId) {
        let row = self.refused(refused);
        self.sink.leg(LegRow { channel: self.names.consultation.clone(), ..row });
    }

    fn need_ends(&mut self, at: SimTime, need: &Need) {
        self.sink.need(self.ended(at, need));
    }

    fn need_of_district_ends(&mut self, at: SimTime, need: &Need, district: u16) {
        let district = self.names.districts[usize::from(district)].clone();
        self.sink.need(NeedRow { district, ..self.ended(at, need) });
    }

    fn case_is_worked(&mut self, stretch: &CaseStretch) {
        if stretch.from == stretch.until && stretch.end == StretchEnd::Interrupted {
            return;
        }
        let row = CaseRow {
            pass: Some(u32::from(stretch.pass)),
            from: Some(self.time(stretch.from)),
            end: stretch_end(stretch.end),
            ..self.case(&stretch.case, stretch.until)
        };
        self.sink.case(row);
    }

    fn case_stays_open(&mut self, at: SimTime, case: &Case) {
        let row = self.case(case, at);
        self.sink.case(row);
    }

    fn preparation_is_worked(&mut self, stretch: &PreparationStretch) {
        let (of, until) = (&stretch.of, self.time(stretch.until));
        if stretch.from == Some(stretch.until) && stretch.end == PreparationEnd::Interrupted {
            return;
        }
        let row = PreparationRow {
            replication: self.replication,
            need: self.need(&of.caller),
            number: u32::from(of.number),
            service: self.names.services[of.service.index()].clone(),
            office: self.names.offices[of.office.index()].clone(),
            asked: self.time(of.asked),
            slot: self.time(of.slot),
            from: stretch.from.map(|from| self.time(from)),
            to: until,
            end: preparation_end(stretch.end),
        };
        self.sink.preparation(row);
    }

    fn visit_is_over(&mut self, visit: &Visit) {
        let row = VisitRow {
            replication: self.replication,
            need: self.need(&visit.caller),
            number: u32::from(visit.number),
            service: self.names.services[visit.service.index()].clone(),
            profile: self.names.profiles[visit.caller.profile.index()].clone(),
            district: self.names.districts[usize::from(visit.district)].clone(),
            counter: self.names.counters[visit.counter.index()].clone(),
            channel: visit_channel(visit.channel),
            asked: self.time(visit.asked),
            slot: visit.booked.map(|booked| self.time(booked.slot)),
            prepared: visit.booked.is_some_and(|booked| booked.prepared.is_done()),
            came: visit.came.map(|at| self.time(at)),
            began: visit.began.map(|at| self.time(at)),
            ended: self.time(visit.ended),
            end: visit_end(visit.end),
        };
        self.sink.visit(row);
    }

    fn dial_is_over(&mut self, dial: &Dial) {
        self.record_dial(dial);
    }

    fn stretch_ends(&mut self, stretch: &Stretch) {
        let &Stretch { agent, group, from, until, .. } = stretch;
        let (state, of) = match &stretch.of {
            StretchOf::WrapUp { caller, leg } => (AgentStateName::WrappingUp, (caller, Some(*leg))),
            StretchOf::Written { caller, leg } => (AgentStateName::Talking, (caller, Some(*leg))),
            StretchOf::Case { caller } => (AgentStateName::BackOffice, (caller, None)),
        };
        self.record_state((agent, group), state, (from, until), Some(of));
    }

    fn agent_changes(&mut self, at: SimTime, agent: AgentId, group: GroupId, state: AgentState) {
        self.last = self.last.max(at);
        self.rest_ends(at, agent, group);
        self.resting[agent.index()] = match state {
            AgentState::Idle => Some((AgentStateName::Idle, at)),
            AgentState::OnBreak => Some((AgentStateName::OnBreak, at)),
            AgentState::Absent => Some((AgentStateName::Absent, at)),
            // Several legs at once are one stretch of work.
            AgentState::Chatting => Some((AgentStateName::Chatting, at)),
            // Work is recorded with its leg, or by stretches.
            AgentState::Off
            | AgentState::Ringing
            | AgentState::Talking
            | AgentState::Holding
            | AgentState::WrappingUp
            | AgentState::BackOffice => None,
        };
    }

    /// Those who are idle at the end stay so until the last has hung up, or the horizon.
    fn run_ends(&mut self) {
        let end = self.last.max(self.model.clock.horizon);
        for index in 0..self.resting.len() {
            self.rest_ends(end, AgentId::from_index(index), self.model.agent_group[index]);
        }
    }
}
