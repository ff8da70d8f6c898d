//! Stories of agents who ask others before they finish. Seconds of one hour.

use super::observer::{
    AgentState, Consultation as Told, Fate, HandOver, NeedEnd, Observer, Refusal, Refused,
};
use super::simulation::Simulation;
use super::testing::*;
use crate::model::*;
use crate::time::{SimDuration, SimTime};

/// What is told of legs, questions and agents.
#[derive(Default)]
struct Heard {
    story: Story,
    asked: Vec<Told>,
    refused: Vec<(SimTime, GroupId)>,
}

impl Observer for Heard {
    fn leg_ends(&mut self, leg: &super::observer::Leg) {
        self.story.leg_ends(leg);
    }
    fn need_ends(&mut self, at: SimTime, need: &super::observer::Need) {
        self.story.need_ends(at, need);
    }
    fn agent_changes(&mut self, at: SimTime, agent: AgentId, group: GroupId, state: AgentState) {
        self.story.agent_changes(at, agent, group, state);
    }
    fn contact_refused(&mut self, refused: &Refused) {
        self.story.contact_refused(refused);
    }
    fn consultation_ends(&mut self, told: &Told) {
        self.asked.push(*told);
    }
    fn consultation_is_refused(&mut self, refused: &Refused, first_group: GroupId) {
        self.refused.push((refused.at, first_group));
    }
}

fn play(model: &Model, contacts: &[(f64, u16)]) -> Heard {
    let mut heard = Heard::default();
    let mut simulation = Simulation::<true, true, true, Heard>::new(model, 1, 0, &mut heard);
    simulation.arrivals.script(contacts);
    simulation.run();
    heard
}

fn always(outcome: Outcome) -> Outcomes {
    Outcomes { cumulative: vec![1.0], outcome: vec![outcome] }
}

/// Two agents of tier 1 talk for 60 s and ask one of tier 2 for 30 s, then conclude for 20 s; they give up after so many seconds.
fn asking(limit_s: u64) -> Model {
    let mut model = two_tiers();
    model.groups = vec![group("tier1", 0..2, vec![QueueId(0)]), group("tier2", 2..3, vec![QueueId(1)])];
    model.groups[1].tier = 2;
    model.agent_group = vec![GroupId(0), GroupId(0), GroupId(1)];
    let of = &mut model.contact_types[0];
    of.outcome[0] = always(Outcome::Consulted);
    of.consultation = Some(Box::new(Consultation {
        time: constant(30.0),
        conclusion: Some(constant(20.0)),
        wrap_up: None,
        limit: SimDuration::from_whole_s(limit_s),
        otherwise: Outcome::Escalated,
        outcome: always(Outcome::Resolved),
    }));
    model
}

/// (need, entered, left, fate, over) of each question.
fn questions(heard: &Heard) -> Vec<(u16, f64, f64, Fate, f64)> {
    let told = heard.asked.iter();
    told.map(|told| {
        let leg = &told.leg;
        let need = leg.caller.need.process().0;
        (need, leg.entered.as_s(), leg.left.as_s(), leg.fate, told.over.as_s())
    })
    .collect()
}

fn outcomes(heard: &Heard) -> Vec<(Outcome, f64)> {
    let services = heard.story.legs.iter().filter_map(|leg| leg.service);
    services.map(|service| (service.outcome, service.talk_ended.as_s())).collect()
}

#[test]
fn the_first_agent_asks_the_second_and_then_finishes() {
    let heard = play(&asking(120), &[(0.0, 0), (10.0, 0)]);
    // The first asks from 60 to 90 s; the second puts its question at 70 s, waits for 20 s and asks until 120 s.
    assert_eq!(
        questions(&heard),
        [(0, 60.0, 60.0, Fate::Answered, 90.0), (0, 70.0, 90.0, Fate::Answered, 120.0)]
    );
    assert_eq!(outcomes(&heard), [(Outcome::Resolved, 110.0), (Outcome::Resolved, 140.0)]);
    assert_eq!(heard.story.ends(), [NeedEnd::Resolved; 2]);
    assert!(heard.story.needs.iter().all(|need| !need.transferred && need.resolved_at == Some(1)));
    assert!(heard.story.needs.iter().all(|need| need.is_resolved_at_first_contact()), "nobody was passed on");
    assert_eq!(heard.story.when(1, AgentState::Holding), [70.0]);
    assert_eq!(heard.story.when(1, AgentState::Talking), [10.0, 120.0], "with the caller, before and after");
    assert_eq!(heard.story.when(2, AgentState::Idle), [0.0, 120.0], "free as soon as both have spoken");
}

#[test]
fn who_finds_nobody_in_time_passes_the_caller_on() {
    let heard = play(&asking(15), &[(0.0, 0), (10.0, 0)]);
    assert_eq!(
        questions(&heard)[0],
        (0, 70.0, 85.0, Fate::Abandoned, 85.0),
        "told first, since it is over first"
    );
    // Escalated at 85 s, served from 90 to 190 s by the second agent, as any contact of tier 2.
    assert_eq!(
        outcomes(&heard),
        [(Outcome::Escalated, 85.0), (Outcome::Resolved, 110.0), (Outcome::Resolved, 190.0)]
    );
    let legs: Vec<_> = heard.story.legs.iter().map(|leg| (leg.leg, leg.entered.as_s())).collect();
    assert_eq!(legs, [(0, 10.0), (0, 0.0), (1, 85.0)]);
    assert_eq!(heard.story.when(1, AgentState::Idle), [0.0, 85.0]);
}

#[test]
fn a_question_stands_in_the_line_of_tier_2_in_its_turn() {
    let mut model = asking(600);
    // The second type is escalated at once; it comes to tier 2 at 65 s, after the first question and before the second.
    model.contact_types.push(contact_type("other", 1.0));
    model.contact_types[1].outcome[0] = always(Outcome::Escalated);
    model.contact_types[1].handling[1].service_time = constant(40.0);
    model.processes.push(process("other", 1));
    model.routes.ranges = [[(0, 1), (1, 2), (0, 1), (1, 2)]; 2].concat();
    model.groups[0] = group("tier1", 0..3, vec![QueueId(0)]);
    model.groups[1] = group("tier2", 3..4, vec![QueueId(1)]);
    model.groups[1].tier = 2;
    model.agent_group = vec![GroupId(0), GroupId(0), GroupId(0), GroupId(1)];
    let heard = play(&model, &[(0.0, 0), (10.0, 0), (64.0, 1)]);
    // Tier 2 is asked from 60 to 90 s, serves the other from 90 to 130 s, and is asked again until 160 s.
    assert_eq!(questions(&heard)[1], (0, 70.0, 130.0, Fate::Answered, 160.0));
    let other = heard.story.legs.iter().find(|leg| leg.leg == 1).unwrap();
    assert_eq!((other.entered.as_s(), other.left.as_s()), (65.0, 90.0));
}

#[test]
fn a_contact_goes_on_after_a_consultation_as_its_table_says() {
    let mut model = asking(120);
    let of = model.contact_types[0].consultation.as_mut().unwrap();
    (of.outcome, of.conclusion, of.wrap_up) = (always(Outcome::Escalated), None, Some(constant(7.0)));
    let heard = play(&model, &[(0.0, 0)]);
    // No conclusion: escalated at 90 s; the second agent has 7 s of work left.
    assert_eq!(outcomes(&heard), [(Outcome::Escalated, 90.0), (Outcome::Resolved, 197.0)]);
    assert_eq!(heard.story.legs[1].left.as_s(), 97.0);
    assert_eq!(heard.story.when(2, AgentState::WrappingUp), [90.0]);
    assert!(heard.story.needs[0].transferred);
}

#[test]
fn nobody_is_asked_in_a_closed_queue_and_closing_ends_the_wait() {
    let mut model = asking(600);
    model.contact_types[0].consultation.as_mut().unwrap().otherwise = Outcome::Unresolved;
    model.openings = vec![Opening { name: "hours".into(), open_at_zero: true, turns: vec![at(75.0)] }];
    model.queues[1].hours = Some(OpeningId(0));
    model.queues[1].sends_away = true;
    let heard = play(&model, &[(0.0, 0), (10.0, 0), (20.0, 0)]);
    // The first is being answered when the queue closes, the second waits, the third asks at 135 s.
    assert_eq!(
        questions(&heard),
        [(0, 70.0, 75.0, Fate::SentAway, 75.0), (0, 60.0, 60.0, Fate::Answered, 90.0)]
    );
    assert_eq!(heard.refused, [(at(135.0), GroupId(0))]);
    assert_eq!(
        outcomes(&heard),
        [(Outcome::Unresolved, 75.0), (Outcome::Resolved, 110.0), (Outcome::Unresolved, 135.0)]
    );
}

/// As `asking`, and whoever escalates in the end stays for at most a minute, then introduces for 5 s and wraps up for 7 s.
fn asking_and_staying(limit_s: u64) -> Model {
    let mut model = asking(limit_s);
    let of = &mut model.contact_types[0];
    let [limit, introduction] = [60, 5].map(SimDuration::from_whole_s);
    of.warm = Some(WarmTransfer { limit, introduction, otherwise: None });
    of.handling[0].wrap_up = Some(constant(7.0));
    of.consultation.as_mut().unwrap().outcome = always(Outcome::Escalated);
    model
}

/// (stayed from, talk and hold ended, how) of each leg at tier 1.
fn stays(heard: &Heard) -> Vec<(f64, f64, HandOver)> {
    let first = heard.story.legs.iter().filter(|leg| leg.leg == 0).filter_map(|leg| leg.service);
    first.map(|of| (of.held_from.as_s(), of.talk_ended.as_s(), of.hand_over)).collect()
}

#[test]
fn who_escalates_after_asking_stays_with_the_caller() {
    let heard = play(&asking_and_staying(120), &[(0.0, 0), (10.0, 0)]);
    // Questions from 60 to 90 and from 90 to 120 s; then 20 s with the caller each, until 110 and 140 s. Tier 2 takes the first at 120 s, and is
    // free at 225 s: later than the second agent stays, whose caller waits on alone from 200 s.
    assert_eq!(questions(&heard)[1], (0, 70.0, 90.0, Fate::Answered, 120.0));
    assert_eq!(stays(&heard), [(110.0, 125.0, HandOver::TakenOver), (140.0, 200.0, HandOver::TurnedCold)]);
    assert_eq!(outcomes(&heard)[0], (Outcome::Escalated, 125.0));
    assert_eq!(
        heard.story.when(0, AgentState::Holding),
        [60.0, 110.0],
        "for the answer, then for the second agent"
    );
    assert_eq!(heard.story.when(0, AgentState::Talking), [0.0, 90.0]);
    assert_eq!(heard.story.when(0, AgentState::WrappingUp), [125.0]);
    assert_eq!(heard.story.when(0, AgentState::Idle), [0.0, 132.0]);
    assert_eq!(heard.story.when(1, AgentState::Idle), [0.0, 207.0]);
    let second: Vec<_> = heard.story.legs.iter().filter(|leg| leg.leg == 1).collect();
    assert_eq!(second.iter().map(|leg| leg.entered.as_s()).collect::<Vec<_>>(), [110.0, 140.0]);
    assert_eq!(second.iter().map(|leg| leg.left.as_s()).collect::<Vec<_>>(), [120.0, 225.0]);
    assert_eq!(heard.story.ends(), [NeedEnd::Resolved; 2]);
    assert!(heard.story.needs.iter().all(|need| need.transferred && need.resolved_at == Some(2)));
}

#[test]
fn who_gives_up_asking_stays_with_the_caller_too() {
    // The second agent gives up at 85 s, escalates and stays; tier 2 comes at 90 s, before the first escalates at 110 s.
    let heard = play(&asking_and_staying(15), &[(0.0, 0), (10.0, 0)]);
    assert_eq!(questions(&heard)[0], (0, 70.0, 85.0, Fate::Abandoned, 85.0));
    assert_eq!(stays(&heard), [(85.0, 95.0, HandOver::TakenOver), (110.0, 170.0, HandOver::TurnedCold)]);
    assert_eq!(heard.story.when(1, AgentState::Holding), [70.0, 85.0]);
    assert_eq!(heard.story.when(1, AgentState::Idle), [0.0, 102.0]);
}

#[test]
fn who_escalates_after_asking_leaves_at_once_where_tier_2_is_closed() {
    let mut model = asking_and_staying(120);
    model.openings = vec![Opening { name: "hours".into(), open_at_zero: true, turns: vec![at(100.0)] }];
    model.queues[1].hours = Some(OpeningId(0));
    let heard = play(&model, &[(0.0, 0)]);
    assert_eq!(stays(&heard), [(110.0, 110.0, HandOver::TurnedCold)]);
    assert_eq!(heard.story.refused, [(at(110.0), Refusal::Closed)]);
    assert_eq!(heard.story.when(0, AgentState::Idle), [0.0, 117.0]);
    assert_eq!(heard.story.ends(), [NeedEnd::GivenUp]);
}
