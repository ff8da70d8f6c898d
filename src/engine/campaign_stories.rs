//! Campaigns, each rule in a story that a hand can check. One agent, unless it is said; it rings 10 s until the answer and 20 s without one, a talk
//! takes 50 s, and a contact that comes in takes 60 s.

use super::observer::{AfterDial, AgentState, Dial, DialEnd, ListedPerson};
use super::testing::*;
use crate::model::*;
use crate::time::{SimDuration, SimTime};

use DialEnd::{Abandoned, NoAnswer, Reached, WrongParty};

/// So many persons at time zero; everybody answers, and is the right party.
fn campaign(persons: u32) -> Campaign {
    let always = |value| Rates(vec![(SimTime::ZERO, value)]);
    Campaign {
        name: "reminders".into(),
        key: 7,
        batches: vec![batch(0.0, persons)],
        hours: None,
        groups: vec![GroupId(0)],
        contact_type: None,
        dialling: Dialling::Progressive,
        attempts: 1,
        spacing: constant(100.0),
        answered: always(1.0),
        right_party: always(1.0),
        ring_answered: constant(10.0),
        ring_unanswered: constant(20.0),
        service_time: constant(50.0),
        wrong_party_time: constant(5.0),
        wrap_up: None,
        reserve: 0,
        occupancy_below: None,
        level: None,
    }
}

fn batch(seconds: f64, persons: u32) -> Batch {
    Batch { at: at(seconds), day: 0, date: "1970-01-01".into(), persons }
}

/// So many agents, and a campaign.
fn dialling(agents: u16, persons: u32, change: impl FnOnce(&mut Campaign)) -> Model {
    let mut model = one_group(agents);
    let mut of = campaign(persons);
    change(&mut of);
    model.campaigns = vec![of];
    model
}

/// (who, when it began to ring, when a talk or the try was over, how it ended) of each dial in the order in which they were over.
fn dials(story: &super::testing::Story) -> Vec<(u32, f64, f64, DialEnd)> {
    let of = |dial: &Dial| {
        let number = match dial.person {
            ListedPerson::OfList { number, .. } => number,
            ListedPerson::OfCase { .. } => u32::MAX,
        };
        let over = dial.service.map_or(dial.left, |service| service.talk_ended);
        (number, dial.dialled.as_s(), over.as_s(), dial.end)
    };
    story.dials.iter().map(of).collect()
}

#[test]
fn an_idle_agent_dials_for_one_after_the_other() {
    let story = eager(&dialling(1, 3, |of| of.wrap_up = Some(constant(40.0))), &[]);
    assert_eq!(
        dials(&story),
        [(0, 0.0, 60.0, Reached), (1, 100.0, 160.0, Reached), (2, 200.0, 260.0, Reached)]
    );
    assert_eq!(story.when(0, AgentState::Ringing), [0.0, 100.0, 200.0]);
    assert_eq!(story.when(0, AgentState::Talking), [10.0, 110.0, 210.0]);
    assert!(story.dials.iter().all(|dial| dial.reserved && dial.then == AfterDial::Finished));
}

#[test]
fn contacts_that_come_in_go_first() {
    let story = eager(&dialling(1, 2, |_| {}), &[(30.0, 0), (31.0, 0)]);
    assert_eq!(dials(&story), [(0, 0.0, 60.0, Reached), (1, 180.0, 240.0, Reached)]);
    assert_eq!(story.waits().iter().map(|&(_, wait, _)| wait).collect::<Vec<_>>(), [30.0, 89.0]);
}

#[test]
fn with_preview_the_record_is_looked_at_before_it_rings() {
    let story = eager(&dialling(1, 2, |of| of.dialling = Dialling::Preview(constant(30.0))), &[]);
    assert_eq!(dials(&story), [(0, 30.0, 90.0, Reached), (1, 120.0, 180.0, Reached)]);
    assert_eq!(story.dials[0].service.map(|of| of.assigned), Some(at(0.0)));
}

#[test]
fn who_does_not_answer_is_called_again_and_given_up_in_the_end() {
    let nobody = |of: &mut Campaign| (of.answered, of.attempts) = (Rates(vec![(SimTime::ZERO, 0.0)]), 3);
    let story = eager(&dialling(1, 1, nobody), &[]);
    assert_eq!(
        dials(&story),
        [(0, 0.0, 20.0, NoAnswer), (0, 120.0, 140.0, NoAnswer), (0, 240.0, 260.0, NoAnswer)]
    );
    let then: Vec<AfterDial> = story.dials.iter().map(|dial| dial.then).collect();
    assert_eq!(then, [AfterDial::Again(at(120.0)), AfterDial::Again(at(240.0)), AfterDial::Exhausted]);
    assert_eq!(story.when(0, AgentState::Talking), [0.0; 0]);
}

#[test]
fn whoever_may_be_called_first_is_called_next_and_fresh_persons_before_equals() {
    let wrong = |of: &mut Campaign| {
        (of.right_party, of.attempts) = (Rates(vec![(SimTime::ZERO, 0.0)]), 2);
        of.batches.push(batch(115.0, 1));
        of.spacing = constant(100.0);
    };
    // A wrong party takes 5 s: the first may be called again from 115 s on, as the one who comes on the list then may be.
    let story = eager(&dialling(1, 1, wrong), &[]);
    assert_eq!(
        story.dials.iter().map(|dial| dial.dialled.as_s()).collect::<Vec<_>>(),
        [0.0, 115.0, 130.0, 230.0]
    );
    let fresh: Vec<u8> = story.dials.iter().map(|dial| dial.attempt).collect();
    assert_eq!(fresh, [0, 0, 1, 1]);
    assert!(story.dials.iter().all(|dial| dial.end == WrongParty));
}

#[test]
fn an_attempt_beyond_the_run_is_none() {
    let late = |of: &mut Campaign| {
        (of.answered, of.attempts) = (Rates(vec![(SimTime::ZERO, 0.0)]), 2);
        of.spacing = constant(3580.0);
    };
    assert_eq!(eager(&dialling(1, 1, late), &[]).dials[0].then, AfterDial::Open);
    // And no dial begins at the horizon: of one a minute the last begins at 3,540 s.
    assert_eq!(eager(&dialling(1, 100, |_| {}), &[]).dials.len(), 60);
}

#[test]
fn a_reserve_stays_idle() {
    let story = eager(&dialling(3, 4, |of| of.reserve = 2), &[(5.0, 0)]);
    // One agent dials, the others are left; at 60 s one of them serves the contact until 65 s, and there is nobody to spare.
    let began: Vec<f64> = story.dials.iter().map(|dial| dial.dialled.as_s()).collect();
    assert_eq!(began, [0.0, 65.0, 125.0, 185.0]);
}

#[test]
fn above_the_occupancy_nobody_dials() {
    // One of two busy is a half, which is not below a half.
    for (below, at_once) in [(0.5, [0.0, 60.0]), (0.51, [0.0, 0.0])] {
        let story = eager(&dialling(2, 2, |of| of.occupancy_below = Some(below)), &[]);
        assert_eq!(story.dials.iter().map(|dial| dial.dialled.as_s()).collect::<Vec<_>>(), at_once);
    }
}

#[test]
fn after_a_bad_stretch_nobody_dials_for_a_stretch() {
    let gate = LevelGate {
        queues: vec![true],
        at_least: 0.8,
        within: SimDuration::from_whole_s(20),
        over: SimDuration::from_whole_s(100),
    };
    let minds = |of: &mut Campaign| {
        of.level = Some(gate);
        of.batches = vec![batch(150.0, 1)];
    };
    // The second call waits 50 s: from 100 s to 200 s the level is low.
    let story = eager(&dialling(1, 0, minds), &[(0.0, 0), (10.0, 0)]);
    assert_eq!(dials(&story), [(0, 200.0, 260.0, Reached)]);
}

#[test]
fn it_dials_within_its_hours_and_ends_what_has_begun() {
    let mut model = dialling(1, 9, |of| of.hours = Some(OpeningId(0)));
    let turns = vec![at(100.0), at(200.0), at(1000.0)];
    model.openings = vec![Opening { name: "hours".into(), open_at_zero: false, turns }];
    let story = eager(&model, &[]);
    let began: Vec<f64> = story.dials.iter().map(|dial| dial.dialled.as_s()).collect();
    assert_eq!(began[..4], [100.0, 160.0, 1000.0, 1060.0]);
}

#[test]
fn an_agent_talks_as_fast_as_about_the_type_of_the_campaign() {
    // The second of two agents takes twice as long about the type, and whoever is new half as long again until 400 s.
    let mut model = dialling(2, 4, |of| of.contact_type = Some(ContactTypeId(0)));
    let factors = ServiceFactors { row: vec![0, 1], times: vec![1.0, 2.0], differ_within_groups: true };
    model.service_factors = Some(factors);
    model.learning =
        Some(Learning { curves: vec![vec![1.5, 1.0]], days: vec![(SimTime::ZERO, 100), (at(85.0), 101)] });
    model.groups[0].tenure = Some(GroupTenure {
        service_time: vec![Some(0)],
        outcome_times: vec![vec![]],
        hired: vec![100, 100],
        attrition: None,
        settled: 2,
    });
    // On the first day 75 s and 150 s after 10 s of ringing, on the second 50 s and 100 s.
    let story = eager(&model, &[]);
    let ends: Vec<f64> = dials(&story).iter().map(|&(_, _, over, _)| over).collect();
    assert_eq!(ends, [85.0, 145.0, 160.0, 205.0]);
    model.campaigns[0].contact_type = None;
    let ends: Vec<f64> = dials(&eager(&model, &[])).iter().map(|&(_, _, over, _)| over).collect();
    assert_eq!(ends, [60.0, 60.0, 120.0, 120.0], "without a type all talk alike");
}

#[test]
fn nobody_is_slower_with_a_wrong_party() {
    let mut model = dialling(1, 1, |of| {
        of.contact_type = Some(ContactTypeId(0));
        of.right_party = Rates(vec![(SimTime::ZERO, 0.0)]);
    });
    model.service_factors =
        Some(ServiceFactors { row: vec![0], times: vec![2.0], differ_within_groups: false });
    assert_eq!(dials(&eager(&model, &[])), [(0, 0.0, 15.0, WrongParty)]);
}

/// Lines ahead: an answered call gives half a line, an abandoned one takes half a line, from one to two.
fn predictive() -> Dialling {
    Dialling::Predictive(ahead())
}

fn ahead() -> Predictive {
    Predictive { limit: 0.5, patience: constant(5.0), most: 2.0, step: 1.0, anticipation: None }
}

/// Looking ahead 10 s, with such a part of the talks over by then.
fn looking_ahead(talks: f64) -> Dialling {
    let anticipation = Anticipation {
        talks: Rates(vec![(SimTime::ZERO, talks)]),
        wrap_ups: WrapUpEnds::Within(SimDuration::from_whole_s(10)),
    };
    Dialling::Predictive(Predictive { anticipation: Some(anticipation), ..ahead() })
}

#[test]
fn it_rings_for_an_agent_whose_wrap_up_ends_within_sight() {
    let of = |of: &mut Campaign| (of.dialling, of.wrap_up) = (looking_ahead(0.0), Some(constant(15.0)));
    let story = eager(&dialling(1, 5, of), &[]);
    // A wrap-up until 75 s is in sight from 65 s on: with 1.5 lines another call rings then, and is answered when the agent is free. With 2 lines
    // two ring from 130 s on, of which one finds nobody; that costs half a line.
    let expected = [
        (0, 0.0, 60.0, Reached),
        (1, 65.0, 125.0, Reached),
        (3, 130.0, 145.0, Abandoned),
        (2, 130.0, 190.0, Reached),
        (4, 195.0, 255.0, Reached),
    ];
    assert_eq!(dials(&story), expected);
    // Without looking ahead it rings from the end of the wrap-up on.
    let of = |of: &mut Campaign| (of.dialling, of.wrap_up) = (predictive(), Some(constant(15.0)));
    assert_eq!(dials(&eager(&dialling(1, 2, of), &[]))[1], (1, 75.0, 135.0, Reached));
}

#[test]
fn a_wrap_up_that_is_as_short_as_the_sight_is_seen_from_its_beginning() {
    let of = |of: &mut Campaign| (of.dialling, of.wrap_up) = (looking_ahead(0.0), Some(constant(10.0)));
    let story = eager(&dialling(1, 2, of), &[]);
    assert_eq!(dials(&story), [(0, 0.0, 60.0, Reached), (1, 60.0, 120.0, Reached)]);
}

#[test]
fn of_those_who_talk_a_part_is_expected() {
    // Three agents; half of those who talk are expected to be free. After the first calls, which have their agents, there are 2 lines for each: with all three
    // idle 6, three of which are given agents at 70 s, when 2 times half of 3 may ring, as three wait already: nobody rings before they hang up.
    let story = eager(&dialling(3, 12, |of| of.dialling = looking_ahead(0.5)), &[]);
    let began: Vec<(f64, DialEnd)> = story.dials.iter().map(|dial| (dial.dialled.as_s(), dial.end)).collect();
    let ahead = [(60.0, Abandoned), (60.0, Abandoned), (60.0, Abandoned)];
    assert_eq!(began[..6], [[(0.0, Reached); 3], ahead].concat()[..]);
    let next: Vec<f64> = story.dials.iter().map(|dial| dial.dialled.as_s()).filter(|&at| at > 60.0).collect();
    assert!(next.first().is_some_and(|&at| at >= 75.0), "{next:?}");
}

#[test]
fn whoever_is_expected_fills_the_reserve_first() {
    // The wrap-up of one of two in sight fills the reserve of one, so nobody is rung for before it ends.
    let of = |of: &mut Campaign| {
        (of.dialling, of.wrap_up, of.reserve) = (looking_ahead(0.0), Some(constant(15.0)), 1);
    };
    let mut model = dialling(2, 3, of);
    model.contact_types[0].handling[0].service_time = constant(200.0);
    // A contact holds the other agent from 20 s to 220 s, so that at 75 s one idles, who is the reserve, and the campaign goes on at 220 s.
    assert_eq!(
        dials(&eager(&model, &[(20.0, 0)])).iter().map(|dial| dial.1).collect::<Vec<_>>(),
        [0.0, 220.0, 285.0]
    );
    model.campaigns[0].reserve = 0;
    assert_eq!(
        dials(&eager(&model, &[(20.0, 0)])).iter().map(|dial| dial.1).collect::<Vec<_>>(),
        [0.0, 0.0, 65.0]
    );
}

#[test]
fn lines_ahead_follow_the_abandonment() {
    let story = eager(&dialling(1, 5, |of| of.dialling = predictive()), &[]);
    // The first call has its agent from the start. With 1.5 lines it rings once without the agent being held; when that is answered at 70 s there are
    // 2 lines, of which one talks, so another rings: its person is on the line at 80 s, and hangs up at 85 s.
    let expected = [
        (0, 0.0, 60.0, Reached),
        (2, 70.0, 85.0, Abandoned),
        (1, 60.0, 120.0, Reached),
        (4, 130.0, 145.0, Abandoned),
        (3, 120.0, 180.0, Reached),
    ];
    assert_eq!(dials(&story), expected);
    let reserved: Vec<bool> = story.dials.iter().map(|dial| dial.reserved).collect();
    assert_eq!(reserved, [true, false, false, false, false]);
    assert_eq!(story.when(0, AgentState::Idle), [0.0, 60.0, 120.0, 180.0]);
    // An agent whom it finds talks at once: from 60 s to 70 s nobody rings.
    assert_eq!(story.when(0, AgentState::Ringing), [0.0]);
}

#[test]
fn whoever_has_answered_waits_for_an_agent() {
    // Two agents, and a contact that holds one of them from 65 s on: the call that is answered at 70 s finds the other, the one of 80 s none, until
    // 83 s, when the contact has gone.
    let mut model = dialling(2, 6, |of| {
        of.dialling = Dialling::Predictive(Predictive { limit: 1.0, ..ahead() });
    });
    model.contact_types[0].handling[0].service_time = constant(8.0);
    let story = eager(&model, &[(65.0, 0), (73.0, 0)]);
    let waited = |dial: &&Dial| dial.left > dial.rang_until;
    for dial in story.dials.iter().filter(waited) {
        assert!(dial.left.since(dial.rang_until) <= SimDuration::from_whole_s(5));
    }
    assert!(story.dials.iter().any(|dial| waited(&dial) && dial.end == Reached), "{:?}", dials(&story));
    assert_eq!(story.waits().len(), 2);
}

#[test]
fn two_campaigns_look_in_the_order_of_their_names() {
    let mut model = dialling(1, 1, |_| {});
    model.campaigns.push(Campaign { name: "surveys".into(), key: 8, ..campaign(1) });
    let story = eager(&model, &[]);
    let order: Vec<(u16, f64)> =
        story.dials.iter().map(|dial| (dial.campaign.0, dial.dialled.as_s())).collect();
    assert_eq!(order, [(0, 0.0), (1, 60.0)]);
}
