//! Stories of tiers: who is passed on where, and how often.

use super::observer::{AgentState, Fate, HandOver, NeedEnd, Refusal};
use super::testing::*;
use crate::model::*;
use crate::time::{SimDuration, SimTime};

/// (leg, entered, began to speak, talk ended) of each answered leg, in seconds, in the order in which they ended.
fn talks(story: &Story) -> Vec<(u8, f64, f64, f64)> {
    let talk = |leg: &super::observer::Leg| {
        leg.service.map(|service| (leg.leg, leg.entered.as_s(), leg.left.as_s(), service.talk_ended.as_s()))
    };
    story.legs.iter().filter_map(talk).collect()
}

fn outcomes(story: &Story) -> Vec<Outcome> {
    story.legs.iter().filter_map(|leg| leg.service).map(|service| service.outcome).collect()
}

fn always(outcome: Outcome) -> Outcomes {
    Outcomes { cumulative: vec![1.0], outcome: vec![outcome] }
}

#[test]
fn what_tier_2_sends_back_goes_round_three_times_and_no_more() {
    let mut model = two_tiers();
    model.contact_types[0].outcome[1] = always(Outcome::SentBack);
    let story = eager(&model, &[(0.0, 0)]);
    // 60 s at tier 1, 100 s at tier 2, and the same once more; the fourth talk may not pass it on.
    let [first, second] = [Outcome::Escalated, Outcome::SentBack];
    assert_eq!(
        talks(&story),
        [(0, 0.0, 0.0, 60.0), (1, 60.0, 60.0, 160.0), (2, 160.0, 160.0, 220.0), (3, 220.0, 220.0, 320.0)]
    );
    assert_eq!(outcomes(&story), [first, second, first, Outcome::Unresolved]);
    assert_eq!(story.ends(), [NeedEnd::GivenUp]);
    model.contact_types[0].passed_on_at_most = 1;
    let story = eager(&model, &[(0.0, 0)]);
    assert_eq!(outcomes(&story), [first, Outcome::Unresolved]);
}

/// The first group is always the wrong department; those whom it redirects go to the second queue, whose group helps.
fn two_departments() -> Model {
    let mut model = two_tiers();
    model.groups[1].tier = 1;
    model.contact_types[0].outcome = [always(Outcome::Resolved), always(Outcome::Resolved)];
    model.outcomes = Some(OutcomeTables {
        rows: vec![0, 1],
        tables: vec![always(Outcome::WrongDepartment), always(Outcome::Resolved)],
        profiles: 1,
        groups: 2,
    });
    let [first, again] = [(0, 1), (1, 2)];
    model.routes.ranges = [[first, again, again, again]; 2].concat();
    model.routes.redirects = true;
    model
}

#[test]
fn the_wrong_department_passes_on_at_its_tier_by_the_rules_for_the_redirected() {
    let story = eager(&two_departments(), &[(0.0, 0), (0.0, 0)]);
    // The first talk is wrong for both: 0 to 60 s and 60 to 120 s; the second department follows at once.
    assert_eq!(
        talks(&story),
        [(0, 0.0, 0.0, 60.0), (0, 0.0, 60.0, 120.0), (1, 60.0, 60.0, 120.0), (1, 120.0, 120.0, 180.0)]
    );
    assert_eq!(story.ends(), [NeedEnd::Resolved; 2]);
    assert!(story.needs.iter().all(|need| need.transferred && need.resolved_at == Some(1)));
}

#[test]
fn who_is_redirected_enters_after_all_else_of_that_instant() {
    // The second department is freed at 120 s, by the first contact, before the second contact enters there.
    let story = eager(&two_departments(), &[(0.0, 0), (0.0, 0)]);
    assert!(story.legs.iter().filter(|leg| leg.leg == 1).all(|leg| leg.left == leg.entered));
}

#[test]
fn without_a_rule_for_them_the_redirected_go_where_they_came_from() {
    let mut model = two_departments();
    model.routes.redirects = false;
    model.routes.ranges = [[(0, 1), (1, 2)]; 2].concat();
    let story = eager(&model, &[(0.0, 0)]);
    assert_eq!(story.agents(), [0, 0, 0, 0]);
    assert_eq!(story.waits(), [(0, 0.0, Fate::Answered); 4]);
    assert_eq!(outcomes(&story)[3], Outcome::Unresolved);
}

/// 60 s at tier 1, 100 s at tier 2, one agent each, everything escalated; the first stays for at most so many seconds.
fn warm(limit_s: u64, introduction_s: u64) -> Model {
    let mut model = two_tiers();
    let [limit, introduction] = [limit_s, introduction_s].map(SimDuration::from_whole_s);
    model.contact_types[0].warm = Some(WarmTransfer { limit, introduction, otherwise: None });
    model
}

/// (leg, began to speak, stayed from, talk and hold ended, how) of each answered leg.
fn holds(story: &Story) -> Vec<(u8, f64, f64, f64, HandOver)> {
    let hold = |leg: &super::observer::Leg| {
        leg.service
            .map(|of| (leg.leg, leg.left.as_s(), of.held_from.as_s(), of.talk_ended.as_s(), of.hand_over))
    };
    story.legs.iter().filter_map(hold).collect()
}

#[test]
fn in_a_warm_transfer_the_first_agent_stays_until_the_second_is_introduced() {
    let mut model = warm(120, 10);
    model.contact_types[0].handling[0].wrap_up = Some(constant(5.0));
    let story = eager(&model, &[(0.0, 0), (0.0, 0)]);
    // Tier 2 is idle at 60 s: introduced to 70 s, wrapped up at 75 s. The second talk lasts from 75 to 135 s; tier 2 is free at 60 + 10 + 100 = 170 s
    // only, so the first agent stays from 135 s until the introduction ends at 180 s.
    assert_eq!(
        holds(&story),
        [
            (0, 0.0, 60.0, 70.0, HandOver::TakenOver),
            (1, 60.0, 170.0, 170.0, HandOver::Cold),
            (0, 75.0, 135.0, 180.0, HandOver::TakenOver),
            (1, 170.0, 280.0, 280.0, HandOver::Cold),
        ]
    );
    assert_eq!(story.when(0, AgentState::Holding), [60.0, 135.0]);
    assert_eq!(story.when(0, AgentState::Idle), [0.0, 185.0]);
    assert_eq!(story.ends(), [NeedEnd::Resolved; 2]);
    assert!(!model.capabilities().allows(Mode::Lazy));
}

#[test]
fn at_the_limit_the_transfer_turns_cold_and_patience_begins() {
    let mut model = warm(30, 0);
    // Tier 2 talks from 60 to 160 s. The second contact's agent stays from 120 to 150 s.
    let story = eager(&model, &[(0.0, 0), (0.0, 0)]);
    assert_eq!(holds(&story)[1], (0, 60.0, 120.0, 150.0, HandOver::TurnedCold));
    assert_eq!(story.waits()[3], (0, 40.0, Fate::Answered), "the place in the queue is kept");
    // Nine seconds of patience from 150 s on are too few, ten are enough: at 160 s tier 2 is freed first.
    for (patience_s, fate) in [(9.0, Fate::Abandoned), (10.0, Fate::Answered)] {
        model.contact_types[0].patience = Some(constant(patience_s));
        model.contact_types[0].handling[0].service_time = constant(60.0);
        let story = eager(&model, &[(0.0, 0), (55.0, 0)]);
        let last = story.legs.iter().find(|leg| leg.leg == 1 && leg.caller.need.number() == 1);
        assert_eq!(last.map(|leg| leg.fate), Some(fate), "patience of {patience_s} s");
    }
}

#[test]
fn a_second_agent_who_is_freed_at_the_limit_still_takes_over() {
    // The first agent stays from 120 s; tier 2 is freed at 160 s.
    let story = eager(&warm(40, 0), &[(0.0, 0), (0.0, 0)]);
    assert_eq!(holds(&story)[2], (0, 60.0, 120.0, 160.0, HandOver::TakenOver));
    let story = eager(&warm(39, 0), &[(0.0, 0), (0.0, 0)]);
    assert_eq!(holds(&story)[1], (0, 60.0, 120.0, 159.0, HandOver::TurnedCold));
}

#[test]
fn who_has_an_agent_on_the_line_neither_balks_nor_hangs_up() {
    let mut model = warm(600, 0);
    model.contact_types[0].balking = 1.0;
    model.contact_types[0].patience = Some(constant(1.0));
    let story = eager(&model, &[(0.0, 0), (60.0, 0)]);
    assert_eq!(
        story.waits(),
        [
            (0, 0.0, Fate::Answered),
            (0, 0.0, Fate::Answered),
            (0, 0.0, Fate::Answered),
            (0, 40.0, Fate::Answered)
        ]
    );
}

#[test]
fn a_closed_second_tier_lets_the_first_agent_go_at_once() {
    let mut model = warm(600, 10);
    model.openings = vec![Opening { name: "hours".into(), open_at_zero: true, turns: vec![at(60.0)] }];
    model.queues[1].hours = Some(OpeningId(0));
    let story = eager(&model, &[(0.0, 0), (0.0, 0)]);
    assert_eq!(holds(&story)[0], (0, 0.0, 60.0, 60.0, HandOver::TurnedCold));
    assert_eq!(story.refused, [(at(60.0), Refusal::Closed), (at(120.0), Refusal::Closed)]);
    assert_eq!(story.ends(), [NeedEnd::GivenUp; 2]);
}

/// The first agent who has waited for 20 s has a case opened, or has not helped.
fn ends_otherwise(outcome: Outcome) -> Story {
    let mut model = warm(20, 10);
    model.groups[0] = group("tier1", 0..2, vec![QueueId(0)]);
    model.groups[1] = group("tier2", 2..3, vec![QueueId(1)]);
    model.groups[1].tier = 2;
    model.agent_group = vec![GroupId(0), GroupId(0), GroupId(1)];
    let of = &mut model.contact_types[0];
    of.warm = of.warm.map(|warm| WarmTransfer { otherwise: Some(outcome), ..warm });
    of.handling[0].wrap_up = Some(constant(5.0));
    eager(&model, &[(0.0, 0), (10.0, 0)])
}

#[test]
fn a_transfer_that_nobody_takes_over_ends_at_the_limit() {
    let story = ends_otherwise(Outcome::Unresolved);
    // The first is taken over at 60 s; the second waits from 70 to 90 s.
    assert_eq!(
        holds(&story)[..2],
        [(0, 0.0, 60.0, 70.0, HandOver::TakenOver), (0, 10.0, 70.0, 90.0, HandOver::Withdrawn)]
    );
    let withdrawn = story.legs.iter().find(|leg| leg.fate == Fate::SentAway).unwrap();
    assert_eq!((withdrawn.leg, withdrawn.entered, withdrawn.left), (1, at(70.0), at(90.0)));
    assert_eq!(story.ends(), [NeedEnd::GivenUp, NeedEnd::Resolved]);
    assert_eq!(story.when(1, AgentState::WrappingUp), [90.0]);
    assert_eq!(story.when(1, AgentState::Idle), [0.0, 95.0]);
    assert_eq!(story.when(2, AgentState::Idle), [0.0, 170.0], "nobody is left in the line of tier 2");
}

#[test]
fn a_group_may_stay_longer_or_shorter_than_the_type_says() {
    let mut model = warm(600, 0);
    model.groups[0].warm_limit = Some(SimDuration::from_whole_s(20));
    let story = eager(&model, &[(0.0, 0), (0.0, 0)]);
    // The second talk ends at 120 s; tier 2 is busy with the first caller until 160 s.
    assert_eq!(holds(&story)[1], (0, 60.0, 120.0, 140.0, HandOver::TurnedCold));
}

#[test]
fn who_has_an_agent_on_the_line_after_the_horizon_is_sent_away_when_that_one_goes() {
    let mut model = warm(100, 0);
    model.groups[1].heads = vec![(SimTime::ZERO, 0)];
    // 3,000 s of talk from 800 s on: beyond the hour the agent stays from 3,800 to 3,900 s, and nobody ever comes.
    model.contact_types[0].handling[0].service_time = constant(3000.0);
    let story = eager(&model, &[(800.0, 0)]);
    assert_eq!(holds(&story), [(0, 800.0, 3800.0, 3900.0, HandOver::TurnedCold)]);
    let last = story.legs.iter().find(|leg| leg.leg == 1).unwrap();
    assert_eq!((last.fate, last.entered, last.left), (Fate::SentAway, at(3800.0), at(3900.0)));
}
