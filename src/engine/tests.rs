//! The rules and the tie contract, each in a story that a hand can check.

use super::observer::{AgentState, Cause, Fate, NeedEnd, Refusal};
use super::testing::*;
use crate::model::*;
use crate::time::{SimDuration, SimTime};

use Fate::{Abandoned, Answered, SentAway};

#[test]
fn two_agents_serve_three_contacts() {
    let story = both(&one_group(2), &[(0.0, 0), (0.0, 0), (0.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 0.0, Answered), (0, 60.0, Answered)]);
    assert_eq!(story.ends(), [NeedEnd::Resolved; 3]);
}

#[test]
fn an_agent_freed_at_the_instant_at_which_patience_ends_answers() {
    let mut model = one_group(1);
    model.contact_types[0].patience = Some(constant(60.0));
    let story = both(&model, &[(0.0, 0), (0.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 60.0, Answered)]);
}

#[test]
fn a_microsecond_less_of_patience_is_not_enough() {
    let mut model = one_group(1);
    model.contact_types[0].patience = Some(constant(59.999_999));
    let story = both(&model, &[(0.0, 0), (0.0, 0)]);
    assert_eq!(story.waits(), [(0, 59.999_999, Abandoned), (0, 0.0, Answered)]);
    assert_eq!(story.ends(), [NeedEnd::GivenUp, NeedEnd::Resolved]);
}

#[test]
fn without_any_patience_one_is_gone_before_anything_else() {
    let mut model = one_group(1);
    model.contact_types[0].patience = Some(constant(0.0));
    let story = both(&model, &[(0.0, 0), (0.0, 0), (60.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Abandoned), (0, 0.0, Answered), (0, 0.0, Answered)]);
}

#[test]
fn who_logs_in_at_the_instant_at_which_patience_ends_answers() {
    let mut model = one_group(2);
    model.groups[0].heads = vec![(SimTime::ZERO, 1), (at(30.0), 2)];
    model.contact_types[0].patience = Some(constant(30.0));
    let story = both(&model, &[(0.0, 0), (0.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 30.0, Answered)]);
    assert_eq!(story.agents(), [0, 1]);
}

/// A second group that the queue adds after 30 s.
fn widening(patience_s: f64) -> Model {
    let mut model = one_group(2);
    model.groups = vec![group("agents", 0..1, vec![QueueId(0)]), group("senior", 1..2, vec![QueueId(0)])];
    model.agent_group = vec![GroupId(0), GroupId(1)];
    model.queues[0].steps.push(Step { name: "widen".into(), after: SimDuration::from_whole_s(30) });
    model.queues[0].eligible_from = vec![0, 1];
    model.rules[0] = rule("all", 0, 0, vec![vec![GroupId(0)], vec![GroupId(0), GroupId(1)]]);
    model.contact_types[0].patience = Some(constant(patience_s));
    model
}

#[test]
fn a_step_that_fires_gives_the_contact_to_an_idle_agent_of_the_group_it_adds() {
    let story = both(&widening(300.0), &[(0.0, 0), (0.0, 0), (10.0, 0)]);
    // The third reaches the step at 40 s, when the senior agent is busy until 90 s; the first agent is free at 60 s.
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 30.0, Answered), (0, 50.0, Answered)]);
    assert_eq!(story.agents(), [0, 1, 0]);
}

#[test]
fn patience_that_ends_at_the_instant_of_a_step_has_ended() {
    let story = both(&widening(30.0), &[(0.0, 0), (0.0, 0)]);
    assert_eq!(story.waits(), [(0, 30.0, Abandoned), (0, 0.0, Answered)]);
}

#[test]
fn a_freed_agent_of_an_added_group_takes_only_who_has_reached_the_step() {
    let mut model = widening(300.0);
    // The senior agent works for another type until 35 s; of those who wait it may take who entered by 5 s.
    model.contact_types.push(contact_type("other", 35.0));
    model.processes.push(process("other", 1));
    model.queues.push(queue("other", 1..2, vec![NEVER, 0]));
    model.lanes.push(Lane { queue: QueueId(1), priority: 0, credit: SimDuration::ZERO });
    model.rules.push(rule("other", 1, 1, vec![vec![GroupId(1)]]));
    model.groups[1].serves = vec![QueueId(1), QueueId(0)];
    model.queues[0].eligible_from = vec![0, 1];
    model.routes.ranges = vec![(0, 1), (0, 1), (0, 1), (0, 1), (1, 2), (1, 2), (1, 2), (1, 2)];
    model.routes.candidates = vec![RuleId(0), RuleId(1)];
    model.queues[1].eligible_from = vec![NEVER, 0];
    model.queues[0].eligible_from = vec![0, 1];
    let story = both(&model, &[(0.0, 1), (0.0, 0), (1.0, 0), (20.0, 0)]);
    // At 35 s the contact of 1 s (step reached at 31 s) goes to the senior agent; the one of 20 s waits for 60 s.
    assert_eq!(
        story.waits(),
        [(1, 0.0, Answered), (0, 0.0, Answered), (0, 34.0, Answered), (0, 40.0, Answered)]
    );
}

#[test]
fn a_contact_that_enters_as_an_agent_is_freed_does_not_wait() {
    let story = both(&one_group(1), &[(0.0, 0), (60.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 0.0, Answered)]);
}

#[test]
fn at_the_second_of_closing_a_queue_is_closed() {
    let mut model = one_group(2);
    model.openings =
        vec![Opening { name: "hours".into(), open_at_zero: false, turns: vec![at(10.0), at(100.0)] }];
    model.queues[0].hours = Some(OpeningId(0));
    let story = both(&model, &[(9.0, 0), (10.0, 0), (100.0, 0)]);
    assert_eq!(story.refused, [(at(9.0), Refusal::Closed), (at(100.0), Refusal::Closed)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered)]);
}

#[test]
fn closing_sends_away_those_who_wait_and_nobody_who_talks() {
    let mut model = one_group(1);
    model.openings = vec![Opening { name: "hours".into(), open_at_zero: true, turns: vec![at(50.0)] }];
    model.queues[0].hours = Some(OpeningId(0));
    let contacts = [(0.0, 0), (1.0, 0), (2.0, 0)];
    let served = eager(&model, &contacts);
    assert_eq!(served.waits(), [(0, 0.0, Answered), (0, 59.0, Answered), (0, 118.0, Answered)]);
    model.queues[0].sends_away = true;
    let sent = eager(&model, &contacts);
    assert_eq!(sent.waits(), [(0, 49.0, SentAway), (0, 48.0, SentAway), (0, 0.0, Answered)]);
}

#[test]
fn with_the_last_agent_gone_a_queue_that_needs_staff_keeps_and_takes_nobody() {
    let mut model = one_group(1);
    model.groups[0].heads = vec![(SimTime::ZERO, 1), (at(30.0), 0), (at(100.0), 1)];
    let contacts = [(0.0, 0), (10.0, 0), (40.0, 0), (60.0, 0), (100.0, 0)];
    // The agent finishes at 60 s and leaves: those of 10 s and 40 s are sent away, that of 60 s is refused. At 100 s somebody
    // logs in before the last contact enters.
    model.queues[0].needs_staff = true;
    let story = eager(&model, &contacts);
    assert_eq!(
        story.waits(),
        [(0, 0.0, Answered), (0, 50.0, SentAway), (0, 20.0, SentAway), (0, 0.0, Answered)]
    );
    assert_eq!(story.refused, [(at(60.0), Refusal::Closed)]);
    // Without it they wait for the next one.
    model.queues[0].needs_staff = false;
    let waits: Vec<f64> = both(&model, &contacts).waits().iter().map(|&(_, wait, _)| wait).collect();
    assert_eq!(waits, [0.0, 90.0, 120.0, 160.0, 180.0]);
}

/// The agents, who would come in after 30 s, leave at 20 s, and the senior comes: between the two changes nobody is there.
#[test]
fn a_queue_that_needs_staff_keeps_its_contacts_over_a_change_of_groups() {
    let mut model = widening(300.0);
    model.queues[0].needs_staff = true;
    model.queues[0].eligible_from = vec![1, 0];
    model.rules[0] = rule("all", 0, 0, vec![vec![GroupId(1)], vec![GroupId(1), GroupId(0)]]);
    model.groups[0].heads = vec![(SimTime::ZERO, 1), (at(20.0), 0)];
    model.groups[1].heads = vec![(SimTime::ZERO, 0), (at(20.0), 1)];
    assert_eq!(eager(&model, &[(10.0, 0)]).waits(), [(0, 10.0, Answered)]);
    // Who comes a second later finds nobody.
    model.groups[1].heads = vec![(SimTime::ZERO, 0), (at(21.0), 1)];
    assert_eq!(eager(&model, &[(10.0, 0)]).waits(), [(0, 10.0, SentAway)]);
}

#[test]
fn a_leaver_finishes_and_a_colleague_goes_on() {
    let mut model = one_group(2);
    model.groups[0].heads = vec![(SimTime::ZERO, 2), (at(30.0), 1)];
    let story = both(&model, &[(0.0, 0), (10.0, 0), (20.0, 0)]);
    // At 60 s the first agent is free and one too many: it leaves, and the third contact waits for the second agent.
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 0.0, Answered), (0, 50.0, Answered)]);
    assert_eq!(story.when(0, AgentState::Off), [60.0]);
    assert_eq!(story.agents(), [0, 1, 1]);
}

#[test]
fn if_heads_rise_before_a_leaver_is_free_it_stays() {
    let mut model = one_group(2);
    model.groups[0].heads = vec![(SimTime::ZERO, 2), (at(30.0), 1), (at(40.0), 2)];
    let story = both(&model, &[(0.0, 0), (10.0, 0), (20.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 0.0, Answered), (0, 40.0, Answered)]);
    assert_eq!(story.when(0, AgentState::Off), [] as [f64; 0]);
}

#[test]
fn of_idle_agents_the_highest_index_leaves_first_and_the_lowest_comes_first() {
    let mut model = one_group(3);
    model.groups[0].heads = vec![(SimTime::ZERO, 3), (at(10.0), 1), (at(20.0), 2)];
    let story = both(&model, &[]);
    assert_eq!(story.when(2, AgentState::Off), [10.0]);
    assert_eq!(story.when(1, AgentState::Off), [10.0]);
    assert_eq!(story.when(1, AgentState::Idle), [0.0, 20.0]);
}

#[test]
fn the_longest_idle_agent_is_taken() {
    let story = both(&one_group(3), &[(0.0, 0), (1.0, 0), (70.0, 0), (71.0, 0)]);
    // Agent 2 has been idle since 0 s, agent 0 since 60 s, agent 1 since 61 s.
    assert_eq!(story.agents(), [0, 1, 2, 0]);
}

#[test]
fn wrap_up_and_answer_delay_keep_an_agent_from_the_next_contact() {
    let mut model = one_group(1);
    model.contact_types[0].handling[0].wrap_up = Some(constant(30.0));
    model.groups[0].answer_delay = SimDuration::from_whole_s(2);
    let story = both(&model, &[(0.0, 0), (1.0, 0)]);
    assert_eq!(story.waits(), [(0, 2.0, Answered), (0, 93.0, Answered)]);
    let service = story.legs[1].service.expect("it was answered");
    assert_eq!(
        (service.assigned.as_s(), service.talk_ended.as_s(), service.wrap_up_ended.as_s()),
        (92.0, 154.0, 184.0)
    );
    assert_eq!(story.when(0, AgentState::WrappingUp), [62.0, 154.0]);
}

#[test]
fn talks_take_as_long_as_the_factors_of_agent_and_type_say() {
    let mut model = one_group(2);
    // The second agent takes half as long again.
    let (row, times) = (vec![0, 1], vec![1.0, 1.5]);
    model.service_factors = Some(ServiceFactors { row, times, differ_within_groups: true });
    let story = both(&model, &[(0.0, 0), (0.0, 0), (0.0, 0)]);
    let ends: Vec<f64> = story.legs.iter().map(|leg| leg.service.unwrap().talk_ended.as_s()).collect();
    assert_eq!(ends, [60.0, 90.0, 120.0]);
    assert_eq!(model.capabilities().mode, Mode::Lazy, "agents who differ are beyond the recursion");
}

/// `agents` who are selected in this way, the talks of two types lasting 60 s and 10 s.
fn selecting(select: Select, agents: u16) -> Model {
    let mut model = one_group(agents);
    model.contact_types.push(contact_type("short", 10.0));
    model.processes.push(process("short", 1));
    model.routes.ranges = vec![(0, 1); 8];
    model.queues[0].select = select;
    model.rules[0].select = select;
    model
}

#[test]
fn the_least_occupied_agent_is_taken_and_of_equals_the_longest_idle() {
    // Agent 0 works 0 to 60 s, agent 1 from 5 to 15 s; at 70 s agent 2 has not worked at all, at 71 s agent 1 has least.
    let story =
        both(&selecting(Select::LeastOccupied, 3), &[(0.0, 0), (5.0, 1), (70.0, 0), (71.0, 0), (72.0, 0)]);
    assert_eq!(story.agents(), [1, 0, 2, 1, 0]);
    // Both have worked 10 s when the third contact comes: agent 1 has been idle longer, agent 0 works since 21 s.
    let story =
        both(&selecting(Select::LeastOccupied, 2), &[(0.0, 1), (1.0, 1), (21.0, 1), (32.0, 1), (43.0, 1)]);
    assert_eq!(story.agents(), [0, 1, 0, 1, 0]);
}

#[test]
fn who_has_logged_in_just_now_is_the_least_occupied() {
    let mut model = selecting(Select::LeastOccupied, 2);
    model.groups[0].heads = vec![(SimTime::ZERO, 1), (at(100.0), 2)];
    let story = both(&model, &[(0.0, 1), (120.0, 1), (140.0, 1)]);
    // At 140 s agent 0 has worked 10 of 140 s, agent 1 10 of 40 s.
    assert_eq!(story.agents(), [0, 1, 0]);
}

#[test]
fn the_fastest_agent_for_the_type_is_taken_and_of_equals_the_longest_idle() {
    let mut model = selecting(Select::Fastest, 3);
    let times = vec![1.0, 1.0, 1.0, 0.5];
    model.service_factors = Some(ServiceFactors { row: vec![0, 0, 2], times, differ_within_groups: true });
    // The short type is done in half the time by agent 2; the long one goes to the longest idle.
    let story = both(&model, &[(0.0, 1), (1.0, 1), (20.0, 0), (90.0, 0), (91.0, 1), (92.0, 0)]);
    let mut agents: Vec<(f64, u16)> = story
        .legs
        .iter()
        .map(|leg| (leg.entered.as_s(), leg.service.expect("it was answered").agent.0))
        .collect();
    agents.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert_eq!(agents, [(0.0, 2), (1.0, 0), (20.0, 1), (90.0, 2), (91.0, 0), (92.0, 1)]);
}

#[test]
fn a_random_agent_is_any_of_the_idle_and_the_same_whatever_else_happens() {
    let contacts: Vec<(f64, u16)> = (0..12).map(|i| (f64::from(i) * 70.0, 0)).collect();
    let model = selecting(Select::Random, 3);
    let all = both(&model, &contacts).agents();
    assert!((0..3).all(|agent| all.contains(&agent)), "{all:?}");
    // Everybody is idle again after each contact: without the last contact the others go where they went.
    assert_eq!(both(&model, &contacts[..11]).agents(), all[..11]);
}

/// One agent, and one of another group whom a step that begins at once adds under a condition.
fn overflow(condition: Condition, expected_wait: ExpectedWait) -> Model {
    let [agents, other] = [GroupId(0), GroupId(1)];
    let mut model = one_group(2);
    model.groups = vec![group("agents", 0..1, vec![QueueId(0)]), group("other", 1..2, vec![QueueId(0)])];
    model.agent_group = vec![agents, other];
    let queue = &mut model.queues[0];
    queue.steps.push(Step { name: "overflow".into(), after: SimDuration::ZERO });
    queue.eligible_from = vec![0, 1];
    if let (ExpectedWait::HeadOfLine, Some(bound)) = (&expected_wait, condition.expected_wait_over) {
        queue.marks = vec![bound + SimDuration::from_us(1)];
    }
    queue.expected_wait = expected_wait;
    let ways = vec![vec![Way { step: 0, reserve: 0 }], vec![Way { step: 1, reserve: 0 }]];
    queue.conditions = Some(Box::new(Conditions { of_step: vec![Condition::default(), condition], ways }));
    model.rules[0] = Rule {
        entry_step: 1,
        conditional: true,
        ..rule("all", 0, 0, vec![vec![agents], vec![agents, other]])
    };
    model
}

fn expected_over(seconds: u64) -> Condition {
    Condition { expected_wait_over: Some(SimDuration::from_whole_s(seconds)), ..Condition::default() }
}

#[test]
fn one_more_who_waits_lets_another_group_take_the_first_in_line() {
    let condition = Condition { waiting_over: Some(1), ..Condition::default() };
    let model = overflow(condition, ExpectedWait::default());
    let story = eager(&model, &[(0.0, 0), (1.0, 0), (2.0, 0), (3.0, 0)]);
    // At 2 s two wait: the contact of 1 s goes to the other group, not the one that has just come. At 62 s one waits, which
    // is not over 1: the other agent idles, and the last contact waits for 120 s.
    assert_eq!(
        story.waits(),
        [(0, 0.0, Answered), (0, 1.0, Answered), (0, 58.0, Answered), (0, 117.0, Answered)]
    );
    assert_eq!(story.agents(), [0, 1, 0, 0]);
    assert_eq!(story.when(1, AgentState::Idle), [0.0, 62.0]);
}

#[test]
fn over_nobody_is_as_soon_as_one_waits_and_who_balks_has_not_waited() {
    let condition = Condition { waiting_over: Some(0), ..Condition::default() };
    let mut model = overflow(condition, ExpectedWait::default());
    let story = eager(&model, &[(0.0, 0), (1.0, 0)]);
    assert_eq!((story.waits(), story.agents()), (vec![(0, 0.0, Answered); 2], vec![0, 1]));
    model.contact_types[0].balking = 1.0;
    assert_eq!(eager(&model, &[(0.0, 0), (1.0, 0)]).waits(), [(0, 0.0, Abandoned), (0, 0.0, Answered)]);
}

#[test]
fn the_head_of_the_line_passes_its_bound_by_waiting() {
    let model = overflow(expected_over(30), ExpectedWait::HeadOfLine);
    let story = eager(&model, &[(0.0, 0), (10.0, 0), (15.0, 0)]);
    // A microsecond over 30 s; then the contact of 15 s is the head, and the first agent is free at 60 s.
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 30.000_001, Answered), (0, 45.0, Answered)]);
    assert_eq!(story.agents(), [0, 1, 0]);
}

#[test]
fn the_last_wait_passes_its_bound_when_somebody_is_taken() {
    let model = overflow(expected_over(20), ExpectedWait::LastToEnterService);
    let story = eager(&model, &[(0.0, 0), (30.0, 0), (31.0, 0)]);
    // At 60 s the contact of 30 s has waited 30 s: the other group takes the one of 31 s at the same instant.
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 30.0, Answered), (0, 29.0, Answered)]);
    assert_eq!(story.agents(), [0, 0, 1]);
    let longer = eager(
        &overflow(expected_over(30), ExpectedWait::LastToEnterService),
        &[(0.0, 0), (30.0, 0), (31.0, 0)],
    );
    assert_eq!(longer.agents(), [0, 0, 0], "over 30 s is more than 30 s");
}

fn over_rate(abandonment: f64) -> ExpectedWait {
    ExpectedWait::QueueOverRate { counts: vec![true, false], handle_s: 60.0, abandonment }
}

#[test]
fn the_queue_over_the_rate_passes_its_bound_when_one_more_waits() {
    // With one waiting a newcomer expects two services, 120 s; with two 180 s.
    let contacts = [(0.0, 0), (1.0, 0), (2.0, 0)];
    assert_eq!(eager(&overflow(expected_over(119), over_rate(0.0)), &contacts).agents(), [0, 1, 0]);
    let waits = eager(&overflow(expected_over(120), over_rate(0.0)), &contacts).waits();
    assert_eq!(waits, [(0, 0.0, Answered), (0, 1.0, Answered), (0, 58.0, Answered)]);
    // If each who waits hangs up once in 60 s, one waiting makes it 60 s + 30 s.
    assert_eq!(eager(&overflow(expected_over(89), over_rate(1.0 / 60.0)), &contacts).agents(), [0, 1, 0]);
}

#[test]
fn an_agent_who_leaves_lengthens_the_expected_wait() {
    let mut model = overflow(expected_over(90), over_rate(0.0));
    let [agents, other] = [GroupId(0), GroupId(1)];
    model.groups = vec![group("agents", 0..2, vec![QueueId(0)]), group("other", 2..3, vec![QueueId(0)])];
    model.groups[0].heads = vec![(SimTime::ZERO, 2), (at(30.0), 1)];
    model.agent_group = vec![agents, agents, other];
    let story = eager(&model, &[(0.0, 0), (0.0, 0), (5.0, 0)]);
    // Two agents: two services in 60 s. When the first has left at 60 s it is 120 s, before the second is free.
    assert_eq!((story.waits()[2], story.agents()), ((0, 55.0, Answered), vec![0, 1, 2]));
}

#[test]
fn hours_of_a_step_bring_its_group_to_those_who_wait() {
    let condition = Condition { hours: Some(OpeningId(0)), ..Condition::default() };
    let mut model = overflow(condition, ExpectedWait::default());
    model.openings =
        vec![Opening { name: "evening".into(), open_at_zero: false, turns: vec![at(30.0), at(95.0)] }];
    let story = eager(&model, &[(0.0, 0), (1.0, 0), (70.0, 0), (96.0, 0)]);
    // The other agent takes the contact of 1 s at 30 s and is busy until 90 s; from 95 s on it takes nobody.
    let waits: Vec<f64> = story.waits().iter().map(|&(_, wait, _)| wait).collect();
    assert_eq!((waits, story.agents()), (vec![0.0, 29.0, 0.0, 34.0], vec![0, 1, 0, 0]));
}

/// The other agent helps only while one of a third group idles, which serves another queue.
#[test]
fn another_group_that_idles_lets_help_come() {
    let condition = Condition { idle_over: vec![(GroupId(2), 0)], ..Condition::default() };
    let mut model = overflow(condition, ExpectedWait::default());
    model.groups.push(group("third", 2..3, vec![QueueId(1)]));
    model.agent_group.push(GroupId(2));
    model.queues[0].eligible_from.push(NEVER);
    model.queues[0].conditions.as_mut().unwrap().ways.push(vec![]);
    model.queues.push(queue("second", 1..2, vec![NEVER, NEVER, 0]));
    model.lanes.push(Lane { queue: QueueId(1), priority: 0, credit: SimDuration::ZERO });
    model.contact_types.push(contact_type("second", 60.0));
    model.processes.push(process("second", 1));
    model.rules.push(rule("second", 1, 1, vec![vec![GroupId(2)]]));
    model.routes.ranges = [[(0, 1); 4], [(1, 2); 4]].concat();
    model.routes.candidates = vec![RuleId(0), RuleId(1)];
    // The third agent works from 0 to 60 s: the contact of 2 s waits until then, and not until 61 s, when its own agent is free.
    let story = eager(&model, &[(0.0, 1), (1.0, 0), (2.0, 0), (3.0, 0)]);
    assert_eq!(
        story.waits(),
        [(1, 0.0, Answered), (0, 0.0, Answered), (0, 58.0, Answered), (0, 58.0, Answered)]
    );
    assert_eq!(story.agents(), [2, 0, 1, 0]);
    // While it idles the newcomer is helped at once.
    assert_eq!(eager(&model, &[(1.0, 0), (2.0, 0)]).agents(), [0, 1]);
}

#[test]
fn a_reserve_is_left_to_others() {
    let mut model = two_queues(Take::InOrder, false);
    model.groups[0] = group("agents", 0..3, vec![QueueId(0), QueueId(1)]);
    model.agent_group = vec![GroupId(0); 3];
    let ways = vec![vec![Way { step: 0, reserve: 1 }]];
    model.queues[0].conditions = Some(Box::new(Conditions { of_step: vec![Condition::default()], ways }));
    model.rules[0].conditional = true;
    let story = eager(&model, &[(0.0, 0), (1.0, 0), (2.0, 0), (3.0, 1)]);
    // At 2 s one agent idles, who is the reserve: the second process takes that agent at 3 s. At 60 s the first agent is free and
    // alone, at 61 s there are two: one may go.
    assert_eq!(
        story.waits(),
        [(0, 0.0, Answered), (0, 0.0, Answered), (1, 0.0, Answered), (0, 59.0, Answered)]
    );
    assert_eq!(story.agents()[3], 1);
}

/// Two processes into one queue by two lanes.
fn two_lanes(priority: i32, credit_s: u64) -> Model {
    let mut model = one_group(1);
    model.contact_types.push(contact_type("second", 60.0));
    model.processes.push(process("second", 1));
    model.queues[0].lanes = 0..2;
    model.lanes = vec![
        Lane { queue: QueueId(0), priority, credit: SimDuration::from_whole_s(credit_s) },
        Lane { queue: QueueId(0), priority: 0, credit: SimDuration::ZERO },
    ];
    model.rules =
        vec![rule("first", 0, 1, vec![vec![GroupId(0)]]), rule("second", 0, 0, vec![vec![GroupId(0)]])];
    model.routes.ranges = vec![(0, 1), (0, 1), (0, 1), (0, 1), (1, 2), (1, 2), (1, 2), (1, 2)];
    model.routes.candidates = vec![RuleId(0), RuleId(1)];
    model
}

#[test]
fn larger_priority_goes_first_whenever_it_came() {
    let story = both(&two_lanes(5, 0), &[(0.0, 0), (1.0, 0), (59.0, 1)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (1, 1.0, Answered), (0, 119.0, Answered)]);
}

#[test]
fn credit_moves_a_contact_as_if_it_had_waited_longer_and_nothing_else() {
    let contacts = [(0.0, 0), (20.0, 0), (30.0, 0), (40.0, 1)];
    let mut model = two_lanes(0, 15);
    // At 60 s: the contact of 40 s counts as one of 25 s, between those of 20 s and 30 s.
    let story = both(&model, &contacts);
    assert_eq!(
        story.waits(),
        [(0, 0.0, Answered), (0, 40.0, Answered), (1, 80.0, Answered), (0, 150.0, Answered)]
    );
    model.contact_types[1].patience = Some(constant(79.0));
    assert_eq!(both(&model, &contacts).waits()[1..3], [(1, 79.0, Abandoned), (0, 40.0, Answered)]);
}

#[test]
fn equal_age_is_decided_by_the_need() {
    let story = both(&two_lanes(0, 10), &[(0.0, 0), (20.0, 0), (30.0, 1)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 40.0, Answered), (1, 90.0, Answered)]);
}

/// Two queues with one group for both.
fn two_queues(take: Take, order_first: bool) -> Model {
    let mut model = two_lanes(0, 0);
    model.queues = vec![queue("calls", 0..1, vec![0]), queue("second", 1..2, vec![0])];
    model.lanes = vec![
        Lane { queue: QueueId(0), priority: 0, credit: SimDuration::ZERO },
        Lane { queue: QueueId(1), priority: 1, credit: SimDuration::ZERO },
    ];
    model.rules =
        vec![rule("first", 0, 0, vec![vec![GroupId(0)]]), rule("second", 1, 1, vec![vec![GroupId(0)]])];
    model.groups[0].serves = vec![QueueId(0), QueueId(1)];
    (model.groups[0].take, model.groups[0].order_first) = (take, order_first);
    model
}

#[test]
fn priority_is_compared_across_queues_unless_the_order_comes_first() {
    let contacts = [(0.0, 0), (1.0, 0), (2.0, 1)];
    let by_priority = both(&two_queues(Take::InOrder, false), &contacts);
    assert_eq!(by_priority.waits()[1..], [(1, 58.0, Answered), (0, 119.0, Answered)]);
    let by_order = both(&two_queues(Take::InOrder, true), &contacts);
    assert_eq!(by_order.waits()[1..], [(0, 59.0, Answered), (1, 118.0, Answered)]);
}

#[test]
fn equal_priorities_go_by_order_or_by_the_longest_wait() {
    let contacts = [(0.0, 0), (1.0, 1), (2.0, 0)];
    let with = |take| {
        let mut model = two_queues(take, false);
        model.lanes[1].priority = 0;
        both(&model, &contacts)
    };
    assert_eq!(with(Take::InOrder).waits()[1..], [(0, 58.0, Answered), (1, 119.0, Answered)]);
    assert_eq!(with(Take::LongestWait).waits()[1..], [(1, 59.0, Answered), (0, 118.0, Answered)]);
}

#[test]
fn weighted_ages_decide_among_equal_priorities() {
    let contacts = [(0.0, 0), (1.0, 0), (41.0, 1), (110.0, 0), (111.0, 1)];
    let with = |weights: [f64; 2]| {
        let mut model = two_queues(Take::Weighted, false);
        model.lanes[1].priority = 0;
        model.groups[0].weights = weights.to_vec();
        both(&model, &contacts).waits().iter().map(|&(process, ..)| process).collect::<Vec<_>>()
    };
    // At 60 s the ages are 59 s and 19 s, at 120 s 79 s of the second, 10 s and 9 s.
    assert_eq!(with([1.0, 3.0]), [0, 0, 1, 1, 0], "59 against 57");
    assert_eq!(
        with([1.0, 4.0]),
        [0, 1, 0, 1, 0],
        "59 against 76, then 119 against 36, then 70 against 4 * 69"
    );
    assert_eq!(with([0.0, 0.0]), [0, 0, 1, 0, 1], "equal products go by age");
}

#[test]
fn equal_weights_are_the_longest_wait() {
    let contacts: Vec<(f64, u16)> = (0..40).map(|i| (f64::from(i * 37 % 600), (i % 3 == 0).into())).collect();
    let with = |take| {
        let mut model = two_queues(take, false);
        model.lanes[1].priority = 0;
        model.lanes[1].credit = SimDuration::from_whole_s(45);
        model.groups[0].weights = vec![2.5, 2.5];
        both(&model, &contacts).legs
    };
    assert_eq!(with(Take::Weighted), with(Take::LongestWait));
}

#[test]
fn a_line_is_held_from_arrival_until_the_caller_has_left() {
    let mut model = one_group(1);
    model.trunks = vec![Trunk { name: "main".into(), lines: 2 }];
    model.numbers[0].trunk = Some(TrunkId(0));
    model.contact_types[0].patience = Some(constant(10.0));
    let story = eager(&model, &[(0.0, 0), (1.0, 0), (2.0, 0), (11.0, 0), (60.0, 0)]);
    // The second hangs up at 11 s, which is before the fourth comes; the first leaves at 60 s, before the fifth.
    assert_eq!(story.refused, [(at(2.0), Refusal::TrunksBusy)]);
    assert_eq!(
        story.waits(),
        [(0, 10.0, Abandoned), (0, 10.0, Abandoned), (0, 0.0, Answered), (0, 0.0, Answered)]
    );
}

#[test]
fn who_hangs_up_calls_again_until_the_attempts_are_spent() {
    let mut model = one_group(1);
    model.contact_types[0] = contact_type("calls", 500.0);
    model.contact_types[0].patience = Some(constant(20.0));
    model.contact_types[0].after_abandonment =
        Some(Retrial { probability: 1.0, delay: constant(100.0), at_most: 3, instead: None });
    let story = eager(&model, &[(0.0, 0), (10.0, 0)]);
    // Attempts at 10, 130 and 250 s, each given up after 20 s.
    let entered: Vec<f64> = story.legs.iter().map(|leg| leg.entered.as_s()).collect();
    assert_eq!(entered, [10.0, 130.0, 250.0, 0.0]);
    assert_eq!(story.legs[2].caller.attempt, 2);
    assert_eq!(story.ends(), [NeedEnd::GivenUp, NeedEnd::Resolved]);
    assert_eq!(story.needs[0].caller.need_began, at(10.0));
}

#[test]
fn a_retrial_beyond_the_horizon_leaves_the_need_open() {
    let mut model = one_group(1);
    model.contact_types[0].patience = Some(constant(20.0));
    model.contact_types[0].after_abandonment =
        Some(Retrial { probability: 1.0, delay: constant(3570.0), at_most: 3, instead: None });
    let story = eager(&model, &[(0.0, 0), (10.0, 0)]);
    assert_eq!(story.ends(), [NeedEnd::Open, NeedEnd::Resolved]);
}

/// An event doubles the wish to try again of those who call on its day, or takes it away.
#[test]
fn an_event_changes_how_many_try_again() {
    let ends = |times: f64| {
        let mut model = one_group(1);
        model.contact_types[0].patience = Some(constant(20.0));
        model.contact_types[0].after_abandonment =
            Some(Retrial { probability: 0.5, delay: constant(25.0), at_most: 2, instead: None });
        let first_day = model.cell_dates[0].day;
        model.event_retrial = Some(EventFactors { first_day, by_process: vec![vec![times]] });
        eager(&model, &[(0.0, 0), (10.0, 0)]).ends()
    };
    assert_eq!(ends(0.0), [NeedEnd::GivenUp, NeedEnd::Resolved]);
    assert_eq!(ends(2.0), [NeedEnd::Resolved, NeedEnd::Resolved]);
}

#[test]
fn a_need_that_was_answered_at_the_second_attempt_says_how_long_that_took() {
    let mut model = one_group(1);
    model.contact_types[0].patience = Some(constant(20.0));
    model.contact_types[0].after_abandonment =
        Some(Retrial { probability: 1.0, delay: constant(25.0), at_most: 2, instead: None });
    let story = eager(&model, &[(0.0, 0), (10.0, 0)]);
    // Gone at 30 s, back at 55 s, answered at 60 s.
    assert_eq!(story.answered_after(1), Some(5.0));
    assert_eq!(story.needs[1].caller.attempt, 1);
}

/// Talks that never help, and callers who always come back 30 s later, twice at most.
fn never_helps(agents: u16) -> Model {
    let mut model = one_group(agents);
    model.contact_types[0].outcome[0] =
        Outcomes { cumulative: vec![1.0], outcome: vec![Outcome::Unresolved] };
    model.contact_types[0].after_unresolved =
        Some(Retrial { probability: 1.0, delay: constant(30.0), at_most: 3, instead: None });
    model
}

#[test]
fn who_was_not_helped_comes_again_with_the_same_need_until_the_attempts_are_spent() {
    let story = both(&never_helps(1), &[(0.0, 0)]);
    let entered: Vec<f64> = story.legs.iter().map(|leg| leg.entered.as_s()).collect();
    // Talks of 60 s from 0, 90 and 180 s.
    assert_eq!(entered, [0.0, 90.0, 180.0]);
    let causes: Vec<Cause> = story.legs.iter().map(|leg| leg.caller.cause).collect();
    assert_eq!(causes, [Cause::Fresh, Cause::Repeat, Cause::Repeat]);
    assert_eq!(story.ends(), [NeedEnd::GivenUp]);
    assert_eq!((story.needs[0].answered, story.needs[0].resolved_at), (3, None));
    assert!(!story.needs[0].is_resolved_at_first_contact());
}

#[test]
fn who_comes_again_and_hangs_up_then_tries_again_is_one_need() {
    // A talk from 0 to 60 s does not help; back at 90 s, when another caller's talk lasts until 125 s; hangs up at 100 s.
    let mut model = never_helps(1);
    model.contact_types[0].patience = Some(constant(10.0));
    model.contact_types[0].after_abandonment =
        Some(Retrial { probability: 1.0, delay: constant(50.0), at_most: 3, instead: None });
    let story = eager(&model, &[(0.0, 0), (65.0, 0)]);
    let of_first: Vec<(Cause, f64)> = story
        .legs
        .iter()
        .filter(|leg| leg.caller.need.number() == 0)
        .map(|leg| (leg.caller.cause, leg.entered.as_s()))
        .collect();
    assert_eq!(of_first, [(Cause::Fresh, 0.0), (Cause::Repeat, 90.0), (Cause::Retrial, 150.0)]);
}

#[test]
fn a_repeat_due_beyond_the_horizon_leaves_the_need_open() {
    let mut model = never_helps(1);
    model.contact_types[0].after_unresolved =
        Some(Retrial { probability: 1.0, delay: constant(3540.0), at_most: 3, instead: None });
    assert_eq!(both(&model, &[(0.0, 0)]).ends(), [NeedEnd::Open], "due at 3,600 s exactly");
    assert!(!model.capabilities().allows(Mode::Recursion) && model.capabilities().allows(Mode::Lazy));
}

#[test]
fn balking_is_hanging_up_after_no_wait() {
    let mut model = one_group(1);
    model.contact_types[0].balking = 1.0;
    let story = both(&model, &[(0.0, 0), (10.0, 0), (60.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Abandoned), (0, 0.0, Answered), (0, 0.0, Answered)]);
}

#[test]
fn a_cold_transfer_queues_for_tier_2_and_leaves_tier_1_free() {
    let mut model = two_tiers();
    model.contact_types[0].handling[0].wrap_up = Some(constant(15.0));
    let story = eager(&model, &[(0.0, 0), (1.0, 0)]);
    let told: Vec<(u8, f64, f64)> =
        story.legs.iter().map(|leg| (leg.leg, leg.entered.as_s(), leg.left.as_s())).collect();
    // Tier 1: 0 to 60 s with wrap-up to 75 s, 75 to 135 s. Tier 2: 60 to 160 s, then from 160 s.
    assert_eq!(told, [(0, 0.0, 0.0), (0, 1.0, 75.0), (1, 60.0, 60.0), (1, 135.0, 160.0)]);
    assert!(story.legs[0].service.is_some_and(|service| service.transferred()));
    assert_eq!(story.ends(), [NeedEnd::Resolved; 2]);
    assert_eq!(story.answered_after(1), Some(74.0), "the contact's first answer");
    assert_eq!((story.needs[1].answered, story.needs[1].resolved_at), (1, Some(2)));
    assert!(story.needs[0].transferred);
}

#[test]
fn a_transfer_enters_after_all_else_of_its_instant() {
    // At 120 s the talk of tier 1 ends first, then tier 2 is freed, and only then the transfer enters: without a wait.
    let mut model = two_tiers();
    model.contact_types[0].handling[1].service_time = constant(60.0);
    let story = eager(&model, &[(0.0, 0), (30.0, 0)]);
    let waits: Vec<f64> = story.legs.iter().map(|leg| leg.left.since(leg.entered).as_s()).collect();
    assert_eq!(waits, [0.0, 30.0, 0.0, 0.0]);
}

#[test]
fn a_transfer_to_a_closed_queue_is_refused_and_its_need_given_up() {
    let mut model = two_tiers();
    model.openings = vec![Opening { name: "hours".into(), open_at_zero: true, turns: vec![at(60.0)] }];
    model.queues[1].hours = Some(OpeningId(0));
    let story = eager(&model, &[(0.0, 0)]);
    // The queue closes at 60 s, before the transfer of that instant enters.
    assert_eq!(story.refused, [(at(60.0), Refusal::Closed)]);
    assert_eq!((story.waits(), story.ends()), (vec![(0, 0.0, Answered)], vec![NeedEnd::GivenUp]));
}

#[test]
fn with_nobody_left_those_who_wait_are_sent_away_at_the_horizon() {
    let mut model = one_group(1);
    model.groups[0].heads = vec![(SimTime::ZERO, 0)];
    let story = both(&model, &[(100.0, 0)]);
    assert_eq!(story.waits(), [(0, 3500.0, SentAway)]);
    model.contact_types[0].patience = Some(constant(50.0));
    assert_eq!(both(&model, &[(100.0, 0)]).waits(), [(0, 50.0, Abandoned)]);
}

#[test]
fn who_is_sent_away_at_the_horizon_has_not_come_to_a_step_beyond_it() {
    let mut model = widening(300.0);
    model.contact_types[0].patience = None;
    model.groups.iter_mut().for_each(|group| group.heads = vec![(SimTime::ZERO, 0)]);
    // Of two who wait until 3600 s, one comes to the step at 3600 s and the other would at 3601 s.
    model.queues[0].steps[1].after = SimDuration::from_whole_s(3500);
    let story = both(&model, &[(100.0, 0), (101.0, 0)]);
    let steps: Vec<(f64, u8)> = story.legs.iter().map(|leg| (leg.left.as_s(), leg.step)).collect();
    assert_eq!(steps, [(3600.0, 1), (3600.0, 0)]);
}

#[test]
fn a_rule_with_a_condition_gives_way_to_the_next_when_it_does_not_hold() {
    let mut model = two_queues(Take::InOrder, false);
    model.openings = vec![Opening { name: "evening".into(), open_at_zero: false, turns: vec![at(10.0)] }];
    model.rules[1].condition = Some(OpeningId(0));
    model.routes.ranges = vec![(0, 2); 8];
    model.routes.candidates = vec![RuleId(1), RuleId(0)];
    let story = both(&model, &[(9.0, 0), (10.0, 0)]);
    let rules: Vec<u16> = story.legs.iter().map(|leg| leg.rule.0).collect();
    assert_eq!(rules, [0, 1]);
}
