//! Rule: what becomes of a dial: it rings, somebody answers or not, an agent speaks, and the person is done with or called again.
//!
//! With preview and progressive dialling the agent is there before it rings. With predictive dialling whoever answers waits for one a short time. The
//! lines for each agent follow the abandonment: an abandoned call takes `step` times one less the limit from them, an answered one that finds an agent gives `step`
//! times the limit back. So over n answered calls no more than `limit` n are abandoned, but for those who are on the line when lines are
//! cut back to one for each agent, from when on agents are there before it rings until that debt is paid.

use super::campaigns::{DialDraw, Person, Timing};
use super::contacts::Index;
use super::event::key;
use super::observer::{AfterDial, AgentState, Dial, DialEnd, DialService, ListedPerson, Observer};
use super::simulation::Simulation;
use super::wheel::TimerId;
use crate::model::{AgentId, Campaign, ContactTypeId, Dialling};
use crate::random::Distribution;
use crate::time::{SimDuration, SimTime};

/// A dial under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call {
    person: Person,
    /// Who is there, since when.
    agent: Option<(AgentId, SimTime)>,
    /// Whether the agent was there before it rang.
    reserved: bool,
    dialled: SimTime,
    rang_until: SimTime,
    answered: bool,
    /// When an agent began to speak.
    left: SimTime,
    /// The end of the patience of whoever waits for an agent.
    timer: TimerId,
}

impl<'m, const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'m, EAGER, RARE, USUAL, O>
{
    /// Of which campaign a person is.
    fn campaign_of(&self, person: &Person) -> &'m Campaign {
        let model = self.model;
        &model.campaigns[person.campaign.index()]
    }

    /// A call to a person that rings from `dialled` on.
    fn call(&self, person: Person, dialled: SimTime) -> Call {
        let of = self.campaign_of(&person);
        let answered = person.draw(DialDraw::Answered).happens(of.answered.at(dialled));
        let ring = if answered { &of.ring_answered } else { &of.ring_unanswered };
        let rang_until = dialled.after(drawn(ring, &person, DialDraw::RingTime));
        Call {
            person,
            agent: None,
            reserved: false,
            dialled,
            rang_until,
            answered,
            left: rang_until,
            timer: TimerId::NONE,
        }
    }

    /// Whether the person on the list is who has answered.
    fn is_right_party(&self, call: &Call) -> bool {
        let rate = self.campaign_of(&call.person).right_party.at(call.dialled);
        call.person.draw(DialDraw::RightParty).happens(rate)
    }

    /// How long an agent talks with whoever has answered. Nobody is faster than others with a wrong party.
    fn talk_of_campaign(&mut self, call: &Call, agent: AgentId) -> SimDuration {
        let of = self.campaign_of(&call.person);
        if !self.is_right_party(call) {
            return drawn(&of.wrong_party_time, &call.person, DialDraw::Talk);
        }
        let times = of.contact_type.map_or(1.0, |of| self.talk_times(agent, of));
        SimDuration::from_s(of.service_time.sample(call.person.draw(DialDraw::Talk)) * times)
    }

    /// The factor on an agent's talks about a contact type: that of group and level, and what tenure does.
    fn talk_times(&mut self, agent: AgentId, of: ContactTypeId) -> f64 {
        let skill = self.model.service_factors.as_ref().map_or(1.0, |factors| factors.of(agent, of));
        if self.tenures.is_some() { skill * self.tenure_times(agent, of) } else { skill }
    }

    /// An idle agent looks at a person's record and dials.
    pub(super) fn dials_with(&mut self, agent: AgentId, person: Person) {
        let preview = match &self.campaign_of(&person).dialling {
            Dialling::Preview(preview) => drawn(preview, &person, DialDraw::Preview),
            Dialling::Progressive | Dialling::Predictive(_) => SimDuration::ZERO,
        };
        let call = self.call(person, self.now.after(preview));
        let call = Call { agent: Some((agent, self.now)), reserved: true, ..call };
        let talk = if call.answered { self.talk_of_campaign(&call, agent) } else { SimDuration::ZERO };
        self.is_with(agent, call, talk);
    }

    /// An agent is with a call from now on, until the talk is over.
    fn is_with(&mut self, agent: AgentId, call: Call, talk: SimDuration) {
        let Some(campaigns) = &mut self.campaigns else { return };
        let index = campaigns.calls.insert(call);
        let group = self.agents.group(agent);
        self.agents.dials(agent, index);
        self.work.begins(agent, self.now);
        self.work_ends.set(key(call.left.after(talk), agent.0));
        self.observer.dial_begins(self.now);
        if call.left > self.now {
            self.observer.agent_changes(self.now, agent, group, AgentState::Ringing);
        }
        if call.answered {
            self.observer.agent_changes(call.left, agent, group, AgentState::Talking);
        }
    }

    /// A person is dialled for whom no agent is there yet.
    pub(super) fn dials_ahead(&mut self, person: Person) {
        let call = self.call(person, self.now);
        let Some(campaigns) = &mut self.campaigns else { return };
        campaigns.rows[person.campaign.index()].lines += 1;
        let index = campaigns.calls.insert(call);
        self.sets_campaign_timer(call.rang_until, person.order(), Timing::Rung, index);
    }

    /// Somebody has answered a dial without an agent, and waits for one; or it is given up.
    pub(super) fn has_rung(&mut self, index: Index) {
        let Some(call) = self.campaigns.as_ref().map(|campaigns| campaigns.calls[index]) else { return };
        if !call.answered {
            return self.is_over_without_agent(index, DialEnd::NoAnswer);
        }
        let Dialling::Predictive(of) = &self.campaign_of(&call.person).dialling else { return };
        let hangs_up = self.now.after(drawn(&of.patience, &call.person, DialDraw::Patience));
        let timer = self.sets_campaign_timer(hangs_up, call.person.order(), Timing::HangsUp, index);
        if let Some(campaigns) = &mut self.campaigns {
            campaigns.calls[index].timer = timer;
            campaigns.rows[call.person.campaign.index()].waiting.push_back(index);
        }
    }

    /// Whoever has answered hears nobody, and hangs up.
    pub(super) fn hangs_up_on_silence(&mut self, index: Index) {
        let Some(campaigns) = &mut self.campaigns else { return };
        let campaign = campaigns.calls[index].person.campaign;
        campaigns.rows[campaign.index()].waiting.retain(|&waiting| waiting != index);
        self.is_over_without_agent(index, DialEnd::Abandoned);
    }

    fn is_over_without_agent(&mut self, index: Index, end: DialEnd) {
        let Some(campaigns) = &mut self.campaigns else { return };
        let call = campaigns.calls.remove(index);
        campaigns.rows[call.person.campaign.index()].lines -= 1;
        if end == DialEnd::Abandoned {
            self.paces(&call.person, 1.0);
        }
        self.dial_ends(&Call { left: self.now, ..call }, None, end);
    }

    /// Whoever has answered is given an agent.
    pub(super) fn is_connected(&mut self, index: Index, agent: AgentId) {
        let Some(campaigns) = &mut self.campaigns else { return };
        let call = campaigns.calls.remove(index);
        let row = &mut campaigns.rows[call.person.campaign.index()];
        row.lines -= 1;
        row.talking += 1;
        self.wheel.cancel(call.timer);
        self.paces(&call.person, 0.0);
        let call = Call { agent: Some((agent, self.now)), left: self.now, timer: TimerId::NONE, ..call };
        let talk = self.talk_of_campaign(&call, agent);
        self.is_with(agent, call, talk);
    }

    /// The lines for each agent after an answered call, of which `abandoned` was.
    fn paces(&mut self, person: &Person, abandoned: f64) {
        let Dialling::Predictive(of) = &self.campaign_of(person).dialling else { return };
        if let Some(campaigns) = &mut self.campaigns {
            let pace = &mut campaigns.rows[person.campaign.index()].pace;
            *pace = (*pace + of.step * (of.limit - abandoned)).min(of.most);
        }
    }

    /// An agent has dialled in vain, or has spoken with whoever answered; whether the agent wraps up.
    #[cold]
    #[inline(never)]
    pub(super) fn call_of_campaign_ends(&mut self, agent: AgentId) -> bool {
        let index = self.agents.contact(agent);
        let Some(campaigns) = &mut self.campaigns else { return false };
        let call = campaigns.calls.remove(index);
        if !call.reserved {
            campaigns.rows[call.person.campaign.index()].talking -= 1;
        }
        self.concerns_campaigns();
        let group = self.agents.group(agent);
        let wrap_up = match (&self.campaign_of(&call.person).wrap_up, call.answered) {
            (Some(wrap_up), true) => drawn(wrap_up, &call.person, DialDraw::WrapUp),
            _ => SimDuration::ZERO,
        };
        let wrap_up_ends = self.now.after(wrap_up);
        if wrap_up_ends > self.now {
            self.anticipates_wrap_up(&call.person, wrap_up_ends);
        }
        let end = match call.answered {
            false => DialEnd::NoAnswer,
            true if self.is_right_party(&call) => DialEnd::Reached,
            true => DialEnd::WrongParty,
        };
        if call.reserved && call.answered {
            self.paces(&call.person, 0.0);
        }
        let assigned = call.agent.map_or(call.dialled, |(_, since)| since);
        let (talk_ended, wrap_up_ended) = (self.now, wrap_up_ends);
        let service = DialService { agent, group, assigned, talk_ended, wrap_up_ended };
        self.dial_ends(&call, Some(service), end);
        self.goes_into_wrap_up(agent, group, wrap_up_ends)
    }

    /// Tells of a dial that is over, and sees to what becomes of the person.
    fn dial_ends(&mut self, call: &Call, service: Option<DialService>, end: DialEnd) {
        let person = call.person;
        let then = self.after_dial(&person, end);
        let Person { campaign, who, listed, attempts, .. } = person;
        self.observer.dial_is_over(&Dial {
            campaign,
            person: who,
            listed,
            attempt: attempts,
            reserved: call.reserved,
            dialled: call.dialled,
            rang_until: call.rang_until,
            left: call.left,
            service,
            end,
            then,
        });
        if let AfterDial::Again(at) = then {
            return self.is_called_later(Person { attempts: attempts + 1, ..person }, at);
        }
        if let (ListedPerson::OfCase { need, opening }, AfterDial::Finished) = (who, then) {
            self.closing_is_told(need, opening);
        }
    }

    fn after_dial(&self, person: &Person, end: DialEnd) -> AfterDial {
        let of = self.campaign_of(person);
        if end == DialEnd::Reached {
            return AfterDial::Finished;
        }
        if person.attempts + 1 >= of.attempts {
            return AfterDial::Exhausted;
        }
        let again = self.now.after(drawn(&of.spacing, person, DialDraw::Spacing));
        if again < self.model.clock.horizon { AfterDial::Again(again) } else { AfterDial::Open }
    }
}

fn drawn(of: &Distribution, person: &Person, draw: DialDraw) -> SimDuration {
    SimDuration::from_s(of.sample(person.draw(draw)))
}
