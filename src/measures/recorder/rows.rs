//! How rows are made of what the engine tells.

use super::words::{cause, fate, need_end, outcome};
use super::{LogSink, Recorder};
use crate::engine::{Caller, Case, Fate, Leg, Need, Refusal, Refused, Service};
use crate::log::{CaseRow, CaseStretchEnd, LegFate, LegRow, LogTime, NeedName, NeedRow, OutcomeName};
use crate::time::{SimDuration, SimTime};

impl<'m, S: LogSink> Recorder<'m, S> {
    pub(super) fn time(&self, at: SimTime) -> LogTime {
        LogTime(self.model.clock.unix_us(at))
    }

    pub(super) fn need(&self, caller: &Caller) -> NeedName {
        NeedName {
            process: self.names.processes[caller.need.process().index()].clone(),
            cell: (self.model.clock.first_cell + u64::from(caller.need.cell())) as i64,
            number: caller.need.number(),
        }
    }

    /// What every row about a contact has: who, what, in which attempt; entered and left at `at`.
    pub(super) fn contact(&self, caller: &Caller, at: SimTime) -> LegRow {
        LegRow {
            replication: self.replication,
            need: self.need(caller),
            cause: cause(caller.cause),
            attempt: u32::from(caller.attempt),
            contact_type: self.names.contact_types[caller.contact_type.index()].clone(),
            channel: self.names.channels[caller.contact_type.index()].clone(),
            profile: self.names.profiles[caller.profile.index()].clone(),
            recognised: caller.recognised,
            number: self.names.numbers[caller.number.index()].clone(),
            topic: self.names.topics[caller.contact_type.index()].clone(),
            entered: self.time(at),
            left: self.time(at),
            ..LegRow::default()
        }
    }

    pub(super) fn leg(&self, leg: &Leg) -> LegRow {
        let lane = &self.model.lanes[self.model.rules[leg.rule.index()].lane.index()];
        let row = LegRow {
            leg: u32::from(leg.leg),
            queue: Some(self.names.queues[leg.queue.index()].clone()),
            rule: Some(self.names.rules[leg.rule.index()].clone()),
            priority: Some(lane.priority),
            credit_s: Some(lane.credit),
            step: self.names.steps[leg.queue.index()].get(usize::from(leg.step)).cloned(),
            fate: fate(leg.fate),
            left: self.time(leg.left),
            wait_s: leg.left.since(leg.entered),
            ..self.contact(&leg.caller, leg.entered)
        };
        match (&leg.service, leg.fate) {
            (Some(service), _) => self.served(row, service),
            (None, Fate::Moved { met: true }) => LegRow { outcome: Some(OutcomeName::Resolved), ..row },
            (None, _) => row,
        }
    }

    pub(super) fn refused(&self, refused: &Refused) -> LegRow {
        LegRow {
            leg: u32::from(refused.leg),
            fate: match refused.why {
                Refusal::TrunksBusy => LegFate::RefusedTrunks,
                Refusal::Closed => LegFate::RefusedClosed,
            },
            queue: refused.queue.map(|queue| self.names.queues[queue.index()].clone()),
            wait_s: SimDuration::ZERO,
            ..self.contact(&refused.caller, refused.at)
        }
    }

    pub(super) fn served(&self, row: LegRow, service: &Service) -> LegRow {
        let group = &self.model.groups[service.group.index()];
        let tier = u32::from(group.tier);
        LegRow {
            group: Some(self.names.groups[service.group.index()].clone()),
            agent: Some(self.names.agents[service.agent.index()].clone()),
            vendor: group.vendor.map(|vendor| self.names.vendors[vendor.index()].clone()),
            tier: Some(tier),
            assigned: Some(self.time(service.assigned)),
            outcome: Some(outcome(service.outcome)),
            talk_ended: Some(self.time(service.talk_ended)),
            wrap_up_ended: Some(self.time(service.wrap_up_ended)),
            transferred_to: service.outcome.passes_on(group.tier).map(|bound| u32::from(bound.tier())),
            ..row
        }
    }

    pub(super) fn ended(&self, at: SimTime, need: &Need) -> NeedRow {
        let caller = &need.caller;
        NeedRow {
            replication: self.replication,
            need: self.need(caller),
            contact_type: self.names.contact_types[caller.contact_type.index()].clone(),
            profile: self.names.profiles[caller.profile.index()].clone(),
            number: self.names.numbers[caller.number.index()].clone(),
            recognised: caller.recognised,
            first_attempt: self.time(caller.need_began),
            attempts: need.attempts,
            end: need_end(need.end),
            first_answered: need.first_answer.map(|answer| self.time(answer.at)),
            answered_after_s: need.first_answer.map(|answer| answer.wait),
            answered: u32::from(need.answered),
            transferred: need.transferred,
            resolved_at: need.resolved_at.map(u32::from),
            ended: self.time(at),
            district: None,
        }
    }

    /// What every row about a case has: whose, what, and until when.
    pub(super) fn case(&self, case: &Case, to: SimTime) -> CaseRow {
        CaseRow {
            replication: self.replication,
            need: self.need(&case.caller),
            case_type: self.names.case_types[case.case_type.index()].clone(),
            office: self.names.offices[case.office.index()].clone(),
            opened: self.time(case.opened),
            due: case.due.map(|due| self.time(due)),
            pass: None,
            from: None,
            to: self.time(to),
            end: CaseStretchEnd::Open,
        }
    }
}
