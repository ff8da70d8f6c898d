//! Dials of campaigns as rows.

use super::{LogSink, Recorder};
use crate::engine::{AfterDial, Dial, DialEnd, DialService, ListedPerson};
use crate::log::{AfterDialName, AgentStateName, DialEndName, DialRow, Name, NeedName};

impl<S: LogSink> Recorder<'_, S> {
    /// A dial that is over, and the work of its agent.
    pub(super) fn record_dial(&mut self, dial: &Dial) {
        let service = dial.service.as_ref();
        let again = match dial.then {
            AfterDial::Again(at) => Some(self.time(at)),
            AfterDial::Finished | AfterDial::Exhausted | AfterDial::Open => None,
        };
        let row = DialRow {
            replication: self.replication,
            campaign: self.names.campaigns[dial.campaign.index()].clone(),
            person: self.person(dial),
            attempt: dial.attempt.into(),
            listed: self.time(dial.listed),
            reserved: dial.reserved,
            dialled: self.time(dial.dialled),
            rang_until: self.time(dial.rang_until),
            left: self.time(dial.left),
            group: service.map(|of| self.names.groups[of.group.index()].clone()),
            agent: service.map(|of| self.names.agents[of.agent.index()].clone()),
            assigned: service.map(|of| self.time(of.assigned)),
            talk_ended: service.map(|of| self.time(of.talk_ended)),
            wrap_up_ended: service.map(|of| self.time(of.wrap_up_ended)),
            end: end(dial.end),
            then: then(dial.then),
            again,
        };
        self.sink.dial(row);
        self.last = self.last.max(dial.left);
        if let Some(service) = service {
            self.record_work_of_dial(dial, service);
        }
    }

    fn record_work_of_dial(&mut self, dial: &Dial, service: &DialService) {
        let &DialService { agent, group, assigned, talk_ended, wrap_up_ended } = service;
        self.last = self.last.max(wrap_up_ended);
        let spells = [
            (AgentStateName::Ringing, (assigned, dial.left)),
            (AgentStateName::Talking, (dial.left, talk_ended)),
            (AgentStateName::WrappingUp, (talk_ended, wrap_up_ended)),
        ];
        for (state, spell) in spells {
            self.record_state((agent, group), state, spell, None);
        }
    }

    /// How the log names who was called.
    fn person(&self, dial: &Dial) -> Name {
        match dial.person {
            ListedPerson::OfList { batch, number } => {
                let batch = &self.model.campaigns[dial.campaign.index()].batches[usize::from(batch)];
                Name::from(format!("{}/{number}", batch.date))
            }
            ListedPerson::OfCase { need, opening } => {
                let need = NeedName {
                    process: self.names.processes[need.process().index()].clone(),
                    cell: (self.model.clock.first_cell + u64::from(need.cell())) as i64,
                    number: need.number(),
                };
                Name::from(format!("{need}#{opening}"))
            }
        }
    }
}

fn end(end: DialEnd) -> DialEndName {
    match end {
        DialEnd::NoAnswer => DialEndName::NoAnswer,
        DialEnd::WrongParty => DialEndName::WrongParty,
        DialEnd::Reached => DialEndName::Reached,
        DialEnd::Abandoned => DialEndName::Abandoned,
    }
}

fn then(then: AfterDial) -> AfterDialName {
    match then {
        AfterDial::Finished => AfterDialName::Finished,
        AfterDial::Again(_) => AfterDialName::Again,
        AfterDial::Exhausted => AfterDialName::Exhausted,
        AfterDial::Open => AfterDialName::Open,
    }
}
