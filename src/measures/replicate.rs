//! Where the engine's loop is compiled for the product.

use super::Collector;
use crate::engine::{
    self, AgentState, CallbackEnd, CallbackTry, Caller, Case, CaseStretch, Consultation, Dial, Greeting, Leg,
    Mode, Need, Observer, OfferMade, PreparationStretch, Refused, RunEnd, Staff, Stretch, Visit, WebVisit,
};
use crate::model::{AgentId, CampaignId, GroupId, Model, OfficeId, Outcome, QueueId};
use crate::time::SimTime;

/// Runs replication `replication` of `model` into `collector` and, if there is one, `extra`; [`Collector::finish`] then gives
/// the sums.
///
/// The loop is instantiated here for the two observers that the product has, and nowhere else: neither binary nor tests nor
/// benches compile it again.
pub fn replicate(
    model: &Model,
    seed: u64,
    replication: u64,
    mode: Mode,
    collector: &mut Collector,
    extra: Option<&mut dyn Observer>,
) -> RunEnd {
    match extra {
        None => engine::run(model, seed, replication, mode, collector),
        Some(extra) => {
            engine::run_with_all_rules(model, seed, replication, mode, &mut Tee { collector, extra })
        }
    }
}

/// The collector, and somebody else.
struct Tee<'a> {
    collector: &'a mut Collector,
    extra: &'a mut dyn Observer,
}

impl Observer for Tee<'_> {
    fn greeting_ends(&mut self, greeting: &Greeting) {
        self.collector.greeting_ends(greeting);
        self.extra.greeting_ends(greeting);
    }

    fn web_is_tried(&mut self, visit: &WebVisit) {
        self.collector.web_is_tried(visit);
        self.extra.web_is_tried(visit);
    }

    fn leg_begins(&mut self, entered: SimTime, queue: QueueId, caller: &Caller) {
        self.collector.leg_begins(entered, queue, caller);
        self.extra.leg_begins(entered, queue, caller);
    }

    fn leg_ends(&mut self, leg: &Leg) {
        self.collector.leg_ends(leg);
        self.extra.leg_ends(leg);
    }

    fn leg_is_withdrawn(&mut self, leg: &Leg, outcome: Outcome) {
        self.collector.leg_is_withdrawn(leg, outcome);
        self.extra.leg_is_withdrawn(leg, outcome);
    }

    fn consultation_begins(&mut self, at: SimTime) {
        self.collector.consultation_begins(at);
        self.extra.consultation_begins(at);
    }

    fn consultation_ends(&mut self, told: &Consultation) {
        self.collector.consultation_ends(told);
        self.extra.consultation_ends(told);
    }

    fn consultation_is_refused(&mut self, refused: &Refused, first_group: GroupId) {
        self.collector.consultation_is_refused(refused, first_group);
        self.extra.consultation_is_refused(refused, first_group);
    }

    fn contact_refused(&mut self, refused: &Refused) {
        self.collector.contact_refused(refused);
        self.extra.contact_refused(refused);
    }

    fn offer_is_made(&mut self, at: SimTime, made: &OfferMade) {
        self.collector.offer_is_made(at, made);
        self.extra.offer_is_made(at, made);
    }

    fn callback_begins(&mut self, at: SimTime) {
        self.collector.callback_begins(at);
        self.extra.callback_begins(at);
    }

    fn callback_is_tried(&mut self, tried: &CallbackTry) {
        self.collector.callback_is_tried(tried);
        self.extra.callback_is_tried(tried);
    }

    fn callback_ends(&mut self, at: SimTime, end: &CallbackEnd) {
        self.collector.callback_ends(at, end);
        self.extra.callback_ends(at, end);
    }

    fn retrial_is_set(&mut self, at: SimTime, caller: &Caller, again: SimTime) {
        self.collector.retrial_is_set(at, caller, again);
        self.extra.retrial_is_set(at, caller, again);
    }

    fn need_ends(&mut self, at: SimTime, need: &Need) {
        self.collector.need_ends(at, need);
        self.extra.need_ends(at, need);
    }

    fn need_of_district_ends(&mut self, at: SimTime, need: &Need, district: u16) {
        self.collector.need_of_district_ends(at, need, district);
        self.extra.need_of_district_ends(at, need, district);
    }

    fn case_opens(&mut self, case: &Case) {
        self.collector.case_opens(case);
        self.extra.case_opens(case);
    }

    fn case_is_worked(&mut self, stretch: &CaseStretch) {
        self.collector.case_is_worked(stretch);
        self.extra.case_is_worked(stretch);
    }

    fn office_changes(&mut self, at: SimTime, office: OfficeId, people: u32) {
        self.collector.office_changes(at, office, people);
        self.extra.office_changes(at, office, people);
    }

    fn case_stays_open(&mut self, at: SimTime, case: &Case) {
        self.collector.case_stays_open(at, case);
        self.extra.case_stays_open(at, case);
    }

    fn preparation_is_worked(&mut self, stretch: &PreparationStretch) {
        self.collector.preparation_is_worked(stretch);
        self.extra.preparation_is_worked(stretch);
    }

    fn visit_is_over(&mut self, visit: &Visit) {
        self.collector.visit_is_over(visit);
        self.extra.visit_is_over(visit);
    }

    fn persons_are_listed(&mut self, at: SimTime, campaign: CampaignId, persons: u32) {
        self.collector.persons_are_listed(at, campaign, persons);
        self.extra.persons_are_listed(at, campaign, persons);
    }

    fn dial_begins(&mut self, at: SimTime) {
        self.collector.dial_begins(at);
        self.extra.dial_begins(at);
    }

    fn dial_is_over(&mut self, dial: &Dial) {
        self.collector.dial_is_over(dial);
        self.extra.dial_is_over(dial);
    }

    fn agent_changes(&mut self, at: SimTime, agent: AgentId, group: GroupId, state: AgentState) {
        self.collector.agent_changes(at, agent, group, state);
        self.extra.agent_changes(at, agent, group, state);
    }

    fn chatting_changes(&mut self, at: SimTime, group: GroupId, agents: u32) {
        self.collector.chatting_changes(at, group, agents);
        self.extra.chatting_changes(at, group, agents);
    }

    fn back_office_changes(&mut self, at: SimTime, group: GroupId, agents: u32) {
        self.collector.back_office_changes(at, group, agents);
        self.extra.back_office_changes(at, group, agents);
    }

    fn stretch_ends(&mut self, stretch: &Stretch) {
        self.collector.stretch_ends(stretch);
        self.extra.stretch_ends(stretch);
    }

    fn staff_changes(&mut self, at: SimTime, group: GroupId, staff: &Staff) {
        self.collector.staff_changes(at, group, staff);
        self.extra.staff_changes(at, group, staff);
    }

    fn run_ends(&mut self) {
        self.collector.run_ends();
        self.extra.run_ends();
    }
}
