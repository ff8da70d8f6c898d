//! What cannot be, one story a test; each names the check that must find it and a word of what it says.

use super::story::{Story, at, served, state, unserved};
use crate::log::{AgentStateName, Cause, LegFate, NeedEndName, OutcomeName};
use crate::time::SimDuration;

const LEGS: &str = "a leg has one fate and its times in order";
const FOLLOW: &str = "legs of a contact follow one another";
const ATTEMPTS: &str = "attempts follow failures";
const OUTCOMES: &str = "a talk ends as its type allows";
const NEEDS: &str = "a need ends once and as its contacts say";
const ARRIVALS: &str = "needs begin in their cell, within the run";
const COUNTED: &str = "an exact number of needs is met";
const PLACES: &str = "an agent is in one place";
const AGREE: &str = "legs and agents tell the same";
const ELIGIBLE: &str = "who serves is eligible";
const ASSIGNED: &str = "nobody works beyond the staffing";
const PRESENT: &str = "who is logged in is staffed";
const ORDER: &str = "a freed agent takes who is first";
const IDLE: &str = "nobody waits while an eligible agent idles";
const OFFERED: &str = "a contact is offered in the order of its groups";
const LONGEST: &str = "an idle agent is selected as its queue says";
const CLOSED: &str = "queues take nobody while closed";
const SENT_AWAY: &str = "who is sent away is sent away by closing";
const TRUNKS: &str = "calls fit on their trunks";
const ROUTED: &str = "the first rule that holds routes";

/// The check has a finding in which the word stands.
fn finds(story: &Story, check: &str, word: &str) {
    let report = story.audit();
    let found = report.check(check).unwrap();
    let texts = found
        .findings
        .iter()
        .map(|f| format!("{} {:?} expected {} found {}", f.who, f.at, f.expected, f.found));
    assert!(
        texts.clone().any(|text| text.contains(word)),
        "{word} is not in {:?}\n{report}",
        texts.collect::<Vec<_>>()
    );
}

/// The check has findings and the others have none.
fn finds_alone(story: &Story, check: &str, word: &str) {
    finds(story, check, word);
    let report = story.audit();
    let others: Vec<_> =
        report.checks.iter().filter(|c| c.failed > 0 && c.name != check).map(|c| c.name).collect();
    assert!(others.is_empty(), "{others:?}\n{report}");
}

#[test]
fn a_talk_that_ends_before_it_begins() {
    let story = Story::right().with(0, 0, 0, |leg| leg.talk_ended = Some(at(1)));
    finds(&story, LEGS, "in this order");
}

#[test]
fn an_abandoned_leg_with_an_agent_and_an_answered_one_without() {
    let abandoned = Story::right().with(4, 0, 0, |leg| leg.group = Some("a".into()));
    finds_alone(&abandoned, LEGS, "no service at all");
    let answered = Story::right().with(0, 0, 0, |leg| leg.wrap_up_ended = None);
    finds(&answered, LEGS, "an agent and all times");
}

#[test]
fn a_wait_that_is_not_the_time_waited() {
    let story = Story::right().with(5, 0, 0, |leg| leg.wait_s = SimDuration::from_us(1));
    finds_alone(&story, LEGS, "no wait");
    let story = Story::right().with(10, 0, 0, |leg| leg.wait_s = SimDuration::from_us(9_999_999));
    finds_alone(&story, LEGS, "a wait of 10000000 us");
}

#[test]
fn an_agent_who_speaks_before_the_answer_delay_is_over() {
    finds_alone(&Story::right().where_("\"2s\"", "\"3s\""), LEGS, "an answer delay of 3000000 us");
}

#[test]
fn somebody_hangs_up_who_waits_for_ever() {
    finds_alone(&Story::right().where_("patience = { exponential = \"1m\" }", ""), LEGS, "without patience");
}

#[test]
fn a_contact_that_is_dead_and_served() {
    // Need 4 hung up at second 90 and is served as well.
    let story = Story::right().and(served(4, 0, 60, ("a#001", 170, 172, 200, 200)));
    finds(&story, FOLLOW, "info/1348452/4, attempt 0, leg 0");
}

#[test]
fn a_transfer_that_is_lost() {
    let story = Story::right().without(|leg| leg.leg == 1);
    finds(&story, FOLLOW, "another leg in queue tier2");
}

#[test]
fn a_transfer_to_a_closed_tier_ends_the_call() {
    // Tier 2 begins at 10:00: what is passed on at 09:01 ends there.
    let story = Story::right()
        .where_("[queues.tier2]", "[queues.tier2]\nhours = \"10:00-18:00\"")
        .without(|leg| leg.leg == 1 || leg.need.number == 5);
    assert!(story.audit().is_clean(), "{}", story.audit());
    // The log may also say so with a row of its own.
    let refused = unserved(1, 0, 62, 62, LegFate::RefusedClosed);
    let told = story.and(crate::log::LegRow { leg: 1, queue: Some("tier2".into()), ..refused });
    assert!(told.audit().is_clean(), "{}", told.audit());
}

#[test]
fn a_transfer_that_arrives_late_or_out_of_the_blue() {
    let late = Story::right().with(1, 0, 1, |leg| {
        (leg.entered, leg.assigned, leg.left) = (at(63), Some(at(63)), at(63));
    });
    finds_alone(&late, FOLLOW, "one 1000000 us after it");
    finds(
        &Story::right().with(1, 0, 0, |leg| leg.transferred_to = None),
        FOLLOW,
        "transferred before this one",
    );
}

#[test]
fn a_caller_who_calls_again_after_an_answer_or_too_often() {
    let again = unserved(4, 2, 600, 600, LegFate::RefusedTrunks);
    finds(&Story::right().and(again.clone()), ATTEMPTS, "one that met it");
    finds(&Story::right().and(again), ATTEMPTS, "at most 1 attempts");
    finds_alone(
        &Story::right().where_("at_most = 2", "at_most = 1"),
        ATTEMPTS,
        "at most 1 attempts; attempt 1".split(';').next().unwrap(),
    );
}

/// Need 4 hung up and called again; told as if an answer had brought it back.
#[test]
fn a_retrial_that_is_told_as_a_repeat() {
    let story = Story::right().with(4, 1, 0, |leg| leg.cause = Cause::Repeat);
    finds_alone(&story, ATTEMPTS, "the cause retrial");
    let story = Story::right().with(0, 0, 0, |leg| leg.cause = Cause::Retrial);
    finds_alone(&story, ATTEMPTS, "a first attempt that is fresh");
}

#[test]
fn a_talk_that_ends_as_its_type_never_does() {
    let mut story = Story::right();
    story.leg(0, 0, 0).outcome = Some(OutcomeName::Unresolved);
    finds(&story, OUTCOMES, "info/1348452/0, attempt 0, leg 0");
    let mut story = Story::right();
    story.leg(1, 0, 0).outcome = Some(OutcomeName::Resolved);
    finds_alone(&story, OUTCOMES, "a transfer exactly after a talk that passes on");
    let mut story = Story::right();
    story.leg(10, 0, 0).outcome = Some(OutcomeName::Resolved);
    finds_alone(&story, OUTCOMES, "resolved of a sent_away leg");
}

#[test]
fn a_caller_who_calls_again_before_hanging_up() {
    let story = Story::right()
        .with(4, 0, 0, |leg| (leg.left, leg.wait_s) = (at(401), SimDuration::from_whole_s(341)));
    finds(&story, ATTEMPTS, "two calls at once");
}

#[test]
fn an_attempt_that_nobody_made() {
    let story = Story::right().without(|leg| leg.need.number == 4 && leg.attempt == 0);
    finds(&story, ATTEMPTS, "attempt 0 of its need");
}

#[test]
fn a_need_that_never_ends_ends_twice_or_ends_otherwise() {
    let mut story = Story::right();
    let row = story.needs.pop().unwrap();
    finds_alone(&story, NEEDS, "0 ends");
    story.needs.extend([row.clone(), row.clone()]);
    finds_alone(&story, NEEDS, "2 ends");
    story.needs.pop();
    story.needs[0].end = NeedEndName::GivenUp;
    finds_alone(&story, NEEDS, "a need that is resolved");
    story.needs[0] = crate::log::NeedRow { need: served(99, 0, 0, ("a#000", 0, 0, 0, 0)).need, ..row };
    finds(&story, NEEDS, "a contact of it");
}

#[test]
fn a_need_that_stays_open_though_its_citizen_may_not_call_again() {
    let mut story = Story::right();
    story.needs[11].end = NeedEndName::Open;
    finds_alone(&story, NEEDS, "a need that is given_up");
}

#[test]
fn a_need_whose_attempts_are_miscounted() {
    let mut story = Story::right();
    story.needs[4].attempts = 1;
    finds_alone(&story, NEEDS, "attempts 2");
}

#[test]
fn a_need_that_begins_outside_the_run_or_its_quarter_hour() {
    let late = Story::right().and(unserved(13, 0, 54_000, 54_000, LegFate::RefusedClosed));
    finds_alone(&late, ARRIVALS, "at the horizon or after");
    let early = Story::right().and(unserved(13, 0, -32_401, -32_401, LegFate::RefusedClosed));
    finds_alone(&early, ARRIVALS, "before time zero");
    let elsewhere = Story::right().with(11, 0, 0, |leg| leg.need.cell -= 1);
    finds_alone(&elsewhere, ARRIVALS, "a first attempt in quarter-hour");
}

#[test]
fn one_need_more_or_fewer_than_exactly() {
    for (exactly, weights) in [(12, ""), (14, ""), (14, "per = \"run\""), (13, "weekday.mon = 0")] {
        let volume = format!("exactly = {exactly}\n{weights}");
        let story = Story::right().where_("per_day = 10", &volume);
        finds_alone(&story, COUNTED, "found 13 needs");
    }
}

#[test]
fn a_need_of_another_process() {
    let story = Story::right().where_("[arrivals.info]", "[arrivals.taxes]");
    finds_alone(&story, ARRIVALS, "what the arrivals info bring");
}

#[test]
fn an_agent_in_two_places() {
    // a#000 serves need 0 until 112 and need 3 from 62 on.
    let story = Story::right().with(3, 0, 0, |leg| leg.agent = Some("a#000".into()));
    finds(&story, PLACES, "still busy with info/1348452/0, attempt 0, leg 0");
    finds(&story, PLACES, "while still");
}

#[test]
fn an_agent_who_is_cut_off_at_the_end_of_the_shift() {
    let mut story = Story::right();
    story.agents.retain(|row| row.from < at(32_400));
    story.agents.iter_mut().for_each(|row| row.to = row.to.min(at(32_400)));
    finds(&story, AGREE, "a#001 talking in the log of agents");
}

#[test]
fn work_without_a_leg_and_a_leg_of_another() {
    let mut story = Story::right();
    story.agents.push(state("b#000", AgentStateName::Talking, at(40_000), at(40_001), None));
    finds(&story, AGREE, "talking without one");
    let mut story = Story::right();
    story.agents.iter_mut().filter(|row| row.attempt == Some(1)).for_each(|row| row.attempt = Some(0));
    finds_alone(&story, AGREE, "not info/1348452/4, attempt 1, leg 0");
}

#[test]
fn a_group_that_serves_before_its_step_or_without_one() {
    // b may serve after 30 s.
    let early = served(2, 0, 20, ("b#000", 49, 49, 300, 300));
    finds(
        &Story::right().with(2, 0, 0, |leg| *leg = early),
        ELIGIBLE,
        "a step that begins after 30000000 us before b may serve",
    );
    let expert = served(2, 0, 20, ("experts#000", 20, 20, 40, 40));
    let expert = crate::log::LegRow { queue: Some("general".into()), rule: Some("all".into()), ..expert };
    finds(&Story::right().with(2, 0, 0, |leg| *leg = expert), ELIGIBLE, "not experts");
}

#[test]
fn a_step_that_the_wait_has_not_reached() {
    finds_alone(
        &Story::right().with(3, 0, 0, |leg| leg.step = Some("widen".into())),
        ELIGIBLE,
        "found step widen",
    );
    let unwidened = Story::right().with(2, 0, 0, |leg| leg.step = Some("first".into()));
    finds_alone(&unwidened, ELIGIBLE, "in step first");
}

#[test]
fn an_agent_of_another_tier_vendor_or_group() {
    finds_alone(&Story::right().with(0, 0, 0, |leg| leg.tier = Some(2)), ELIGIBLE, "Some(2)");
    finds(&Story::right().with(0, 0, 0, |leg| leg.vendor = None), ELIGIBLE, "Some(\"city\")");
    finds(&Story::right().with(0, 0, 0, |leg| leg.agent = Some("b#000".into())), ELIGIBLE, "an agent of a");
}

#[test]
fn a_third_agent_where_two_are_staffed() {
    let story = Story::right().and(served(13, 0, 30, ("a#002", 30, 32, 40, 40)));
    finds(&story, ASSIGNED, "expected at most 2 at work found 3");
    finds_alone(&Story::right().where_("\"08:00\" = 2", "\"08:00\" = 3"), PRESENT, "3 logged in");
}

#[test]
fn an_agent_who_takes_another_contact_after_the_shift() {
    // a#000 is free at second 32,500, 100 s after the heads fell to 0, and takes one more.
    let story = Story::right().where_("hours = \"08:00-18:00\"\nat_close = \"send_away\"", "");
    let story =
        story.with(11, 0, 0, |leg| *leg = served(11, 0, 32_401, ("a#000", 32_500, 32_502, 32_600, 32_600)));
    finds(&story, ASSIGNED, "expected at most 0 at work found 1 after an assignment");
}

#[test]
fn an_agent_who_idles_after_the_shift_or_stays_away_from_it() {
    let mut story = Story::right();
    story.agents.push(state("b#000", AgentStateName::Idle, at(32_400), at(32_500), None));
    finds_alone(&story, PRESENT, "at most 0 logged in");
    let mut story = Story::right();
    story.agents.retain(|row| &*row.group != "senior");
    finds_alone(&story, PRESENT, "1 logged in");
}

/// Need 4 entered 5 s after need 3 and is served at second 62, while need 3 waits till 84.
fn swapped() -> Story {
    Story::right()
        .without(|leg| matches!(leg.need.number, 4 | 12))
        .with(3, 0, 0, |leg| *leg = unserved(3, 0, 55, 84, LegFate::Abandoned))
        .and(served(4, 0, 60, ("a#001", 62, 64, 164, 170)))
}

#[test]
fn a_younger_contact_taken_first() {
    finds_alone(&swapped(), ORDER, "info/1348452/3, attempt 0, leg 0 to be taken first");
}

#[test]
fn a_younger_contact_of_higher_priority_or_with_enough_credit_goes_first() {
    let recognised = swapped().with(4, 0, 0, |leg| {
        (leg.recognised, leg.rule, leg.priority) = (true, Some("known".into()), Some(5));
    });
    assert!(recognised.audit().is_clean(), "{}", recognised.audit());
    let credit = |seconds: u64| {
        let text = format!("credit = \"{seconds}s\"");
        recognised.clone().where_("priority = 5", &text).with(4, 0, 0, |leg| {
            (leg.priority, leg.credit_s) = (Some(0), Some(SimDuration::from_whole_s(seconds)));
        })
    };
    assert!(credit(6).audit().is_clean(), "{}", credit(6).audit());
    finds_alone(&credit(4), ORDER, "to be taken first");
}

#[test]
fn a_caller_who_waits_while_somebody_idles() {
    // Need 4 calls again at second 390 and waits until 400; a#000 idles since 112.
    let story = Story::right().with(4, 1, 0, |leg| {
        (leg.entered, leg.wait_s) = (at(390), SimDuration::from_whole_s(12));
    });
    finds_alone(&story, IDLE, "no agent of a idle while it waits");
}

#[test]
fn a_caller_who_hangs_up_or_balks_while_somebody_idles() {
    let story = Story::right().and(unserved(13, 0, 600, 601, LegFate::Abandoned));
    finds_alone(&story, IDLE, "no agent of a idle");
    let story = Story::right().and(unserved(13, 0, 600, 600, LegFate::Abandoned));
    finds_alone(&story, IDLE, "no agent of a idle");
    // Need 12 takes the last idle agent at second 1000; nobody knows who came first.
    let tie = Story::right().and(unserved(13, 0, 25, 25, LegFate::Abandoned));
    assert!(tie.audit().is_clean(), "{}", tie.audit());
}

#[test]
fn a_widened_contact_that_is_left_waiting() {
    // Need 2 may be served by b from second 50 on, and waits until 51.
    let story = Story::right().with(2, 0, 0, |leg| {
        let step = Some("widen".into());
        *leg = crate::log::LegRow { step, ..served(2, 0, 20, ("b#000", 51, 51, 300, 300)) };
    });
    finds_alone(&story, IDLE, "no agent of b idle");
}

#[test]
fn a_group_that_comes_later_answers_first() {
    let story = Story::right().with(6, 0, 0, |leg| {
        *leg = served(6, 0, 14_400, ("senior#000", 14_400, 14_400, 14_500, 14_510));
    });
    finds(&story, OFFERED, "an idle agent of a to answer");
    // Unless the rule prefers it.
    let queue = "order = 30\nqueue = \"general\"";
    let story = story.where_(queue, &format!("{queue}\nprefer = [\"senior\"]"));
    assert_eq!(story.audit().check(OFFERED).map(|check| check.failed), Some(0));
}

#[test]
fn an_agent_who_has_idled_less_is_taken() {
    let story = Story::right().with(6, 0, 0, |leg| leg.agent = Some("a#001".into()));
    finds(&story, LONGEST, "a#000 to be selected (LongestIdle)");
}

/// The right day where `b`, who takes need 2 at second 50 after 30 s, joins under a condition.
fn widening_if(condition: &str) -> Story {
    Story::right().where_("add = [\"b\"]", &format!("add = [\"b\"], {condition}"))
}

#[test]
fn a_group_that_serves_while_its_condition_does_not_hold() {
    let why = "conditions under which b may serve";
    let (right, wrong) = ("at_close = \"send_away\"", "at_close = \"send_away\"\nexpected_wait = ");
    let expects = |wait: &str, over: &str| {
        let condition = format!("if_expected_wait_over = \"{over}\"");
        widening_if(&condition).where_(right, &format!("{wrong}{wait}"))
    };
    let over_rate = "{ queue_over_rate = { handle_time = \"1m\" } }";
    // Need 2 waits alone; two agents serve a minute each; nobody before it has waited.
    let holding = [
        widening_if("if_waiting_over = 0"),
        widening_if("hours = \"09:00-10:00\""),
        widening_if("reserve = { b = 0 }"),
        expects("\"head_of_line\"", "29s"),
        expects(over_rate, "59s"),
    ];
    for story in holding {
        assert!(story.audit().is_clean(), "{}", story.audit());
    }
    let failing = [
        widening_if("if_waiting_over = 1"),
        widening_if("hours = \"10:00-11:00\""),
        widening_if("reserve = { b = 1 }"),
        widening_if("if_idle_over = { a = 0 }"),
        expects("\"head_of_line\"", "31s"),
        expects("\"last_to_enter_service\"", "0s"),
        expects(over_rate, "61s"),
    ];
    for story in failing {
        finds_alone(&story, ELIGIBLE, why);
    }
}

#[test]
fn somebody_waits_while_a_condition_holds_and_an_agent_idles() {
    let late = |condition: &str| {
        widening_if(condition).with(2, 0, 0, |leg| {
            let step = Some("widen".into());
            *leg = crate::log::LegRow { step, ..served(2, 0, 20, ("b#000", 51, 51, 300, 300)) };
        })
    };
    finds_alone(&late("if_waiting_over = 0"), IDLE, "no agent of b idle");
    finds_alone(&late("hours = \"09:00-10:00\""), IDLE, "no agent of b idle");
    finds_alone(&late("reserve = { b = 0 }"), IDLE, "no agent of b idle");
    // With one in reserve it is right that b idles; need 2 is then not b's at all.
    finds_alone(&late("reserve = { b = 1 }"), ELIGIBLE, "conditions under which b may serve");
}

/// The right day where agents are selected in another way.
fn selecting(select: &str) -> Story {
    Story::right()
        .where_("at_close = \"send_away\"", &format!("at_close = \"send_away\"\nselect = \"{select}\""))
}

#[test]
fn an_agent_who_has_been_busier_is_taken() {
    // At second 400 a#000 has worked 112 s and a#001 160 s; at second 1000 it is 212 s against 160 s.
    let story = selecting("least_occupied");
    assert!(story.audit().is_clean(), "{}", story.audit());
    finds(&story.with(12, 0, 0, |leg| leg.agent = Some("a#000".into())), LONGEST, "a#001 to be selected");
}

#[test]
fn a_slower_agent_is_taken() {
    // One of two agents is an expert, who goes before the other whenever both idle.
    let levels = "\n[agent_groups.a.levels.expert]\nshare = 0.5\nservice_time.times = 0.5";
    let expert_first =
        selecting("fastest").where_("[agent_groups.b]", &format!("{levels}\n[agent_groups.b]"));
    // With equal shares the name goes first: a#000 is the expert, as needs 0, 4 and 6 show; need 7 went to a#001.
    finds(&expert_first, LONGEST, "a#000 to be selected (Fastest)");
    let found = expert_first.audit().check(LONGEST).map(|check| check.failed);
    assert_eq!(found, Some(2), "needs 12 and 7: {}", expert_first.audit());
}

#[test]
fn whoever_is_taken_by_chance_is_right() {
    let story = selecting("random");
    let report = story.with(12, 0, 0, |leg| leg.agent = Some("a#000".into())).audit();
    assert!(report.is_clean(), "{report}");
}

#[test]
fn a_contact_of_less_weight_taken_first() {
    // A second queue of weight 3: need 4 entered it at 60 and at 62 weighs 6 s, need 3 of second 55 weighs 7 s.
    let other = "[queues.other]\nsteps.first = { groups = [\"a\"] }\n[queues.tier2]";
    let rule = "[routing.known]\norder = 10\nwhen = { recognised = true }\nqueue = \"general\"\npriority = 5";
    let story = |weight: f64| {
        let group = format!(
            "serves = [\"general\", \"other\"]\ntake = \"weighted\"\nweights = {{ other = {weight} }}\nanswer_delay"
        );
        swapped()
            .where_("[queues.tier2]", other)
            .where_(rule, "[routing.known]\norder = 10\nwhen = { recognised = true }\nqueue = \"other\"")
            .where_("serves = [\"general\"]\nanswer_delay", &group)
            .with(4, 0, 0, |leg| {
                (leg.recognised, leg.rule, leg.queue) = (true, Some("known".into()), Some("other".into()));
            })
    };
    assert!(story(4.0).audit().is_clean(), "{}", story(4.0).audit());
    finds_alone(&story(3.0), ORDER, "info/1348452/3, attempt 0, leg 0 to be taken first");
}

#[test]
fn an_entry_after_closing_and_a_refusal_before() {
    // At 18:00 exactly a queue that closes at 18:00 is closed.
    let entry = unserved(13, 0, 32_400, 32_401, LegFate::Abandoned);
    finds_alone(&Story::right().and(entry), CLOSED, "general to be open");
    let refusal = unserved(13, 0, 32_399, 32_399, LegFate::RefusedClosed);
    finds_alone(&Story::right().and(refusal), CLOSED, "a refusal though it is open");
}

#[test]
fn somebody_waits_on_after_closing() {
    let story = Story::right().with(10, 0, 0, |leg| {
        *leg = unserved(10, 0, 32_390, 32_410, LegFate::Abandoned);
    });
    finds_alone(&story, CLOSED, "nobody to wait after closing");
}

#[test]
fn somebody_is_sent_away_at_another_time() {
    let story = Story::right().with(4, 0, 0, |leg| leg.fate = LegFate::SentAway);
    finds(&story, SENT_AWAY, "sending away at closing");
}

#[test]
fn a_queue_that_needs_staff_keeps_nobody_without() {
    // The last of its agents finishes at second 32,500, after the heads fell at 32,400.
    let hours = "hours = \"08:00-18:00\"\nat_close = \"send_away\"";
    let story = Story::right()
        .where_(hours, "without_staff = \"send_away\"")
        .with(10, 0, 0, |leg| *leg = unserved(10, 0, 32_480, 32_500, LegFate::SentAway))
        .with(11, 0, 0, |leg| *leg = unserved(11, 0, 32_501, 32_501, LegFate::RefusedClosed));
    assert!(story.audit().is_clean(), "{}", story.audit());
    let early = story.clone().with(10, 0, 0, |leg| *leg = unserved(10, 0, 32_480, 32_490, LegFate::SentAway));
    finds_alone(&early, SENT_AWAY, "with the last agent");
    let late = story.clone().with(10, 0, 0, |leg| *leg = unserved(10, 0, 32_480, 32_510, LegFate::Abandoned));
    finds_alone(&late, CLOSED, "nobody to wait after the last agent");
    let refused =
        story.clone().with(11, 0, 0, |leg| *leg = unserved(11, 0, 32_401, 32_401, LegFate::RefusedClosed));
    finds_alone(&refused, CLOSED, "a refusal though it is open");
    finds_alone(&story.and(unserved(13, 0, 32_600, 32_600, LegFate::Abandoned)), CLOSED, "nobody there");
}

#[test]
fn a_call_too_many_and_a_refusal_too_many() {
    finds_alone(&Story::right().where_("lines = 5", "lines = 4"), TRUNKS, "at most 4 calls on lines");
    finds_alone(&Story::right().where_("lines = 5", "lines = 6"), TRUNKS, "with all 6 lines of lines in use");
    finds_alone(&Story::right().where_("trunk = \"lines\"", ""), TRUNKS, "a number with a trunk");
}

#[test]
fn a_line_is_held_over_a_transfer() {
    // Without the second leg of need 1 there are four calls at second 65.
    let story = Story::right().without(|leg| leg.leg == 1);
    finds(&story, TRUNKS, "found 4");
}

#[test]
fn a_contact_that_goes_by_another_rule_queue_or_priority() {
    let known = Story::right().with(0, 0, 0, |leg| leg.recognised = true);
    finds_alone(&known, ROUTED, "Some(\"known\")");
    let elsewhere = Story::right().with(4, 0, 0, |leg| leg.queue = Some("tier2".into()));
    finds(&elsewhere, ROUTED, "Some(\"tier2\")");
    let priority = Story::right().with(4, 0, 0, |leg| leg.priority = Some(7));
    finds_alone(&priority, ROUTED, "Some(7)");
    let credit = Story::right().with(4, 0, 0, |leg| leg.credit_s = None);
    finds_alone(&credit, ROUTED, "None");
}

#[test]
fn a_rule_that_holds_at_other_hours() {
    let story = Story::right().where_("when = { recognised = true }", "when = { hours = \"09:00-09:02\" }");
    finds(&story, ROUTED, "info/1348452/0, attempt 0, leg 0");
    let report = story.audit();
    let failed = report.check(ROUTED).unwrap();
    // Needs 0 to 4 entered by 09:01; from 09:02 on the rule no longer holds.
    assert!(failed.findings.iter().all(|finding| finding.at < at(120)), "{report}");
}

#[test]
fn hours_that_cannot_be_read_are_told() {
    let report = Story::right().where_("\"08:00-18:00\"", "\"08:00-\"").audit();
    assert_eq!(report.check("the scenario can be read").map(|check| check.failed), Some(1));
    assert!(report.to_string().contains("queue general"));
}
