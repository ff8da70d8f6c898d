//! Campaigns: lists and probabilities laid out over the run, and what is said about each mistake.

use super::*;
use crate::model::{Dialling, Mode, WrapUpEnds};
use crate::time::{SimDuration, SimTime};

/// A campaign by `general`, with more keys.
fn with(more: &str) -> String {
    format!(
        "campaigns.c={{ list = 10, groups = ['general'], answered = 0.5, service_time = '1m', \
         ring_time = {{ answered = '10s', unanswered = '20s' }}{more} }}"
    )
}

fn hour(hour: u64) -> SimTime {
    SimTime::from_us(hour * 3_600_000_000)
}

#[test]
fn a_list_comes_from_the_start_or_from_the_midnight_of_its_dates() {
    let start = model(&[&with("")]);
    let [batch] = &start.campaigns[0].batches[..] else { panic!("one batch") };
    assert_eq!((batch.at, batch.persons, batch.date.as_str()), (hour(0), 10, "2008-06-16"));
    let dates = with("").replace("list = 10", "list = { '2008-06-17' = 3, '2008-06-16' = 2 }");
    let two_days = model(&[&dates, "scenario.days=2"]);
    let batches: Vec<_> =
        two_days.campaigns[0].batches.iter().map(|batch| (batch.at, batch.persons)).collect();
    assert_eq!(batches, [(hour(0), 2), (hour(24), 3)]);
    assert_eq!(warnings(&[&dates]), ["W6140 campaigns.c.list"]);
}

#[test]
fn probabilities_follow_the_wall_clock_and_before_the_first_time_it_is_the_last_ones() {
    let banded = with("").replace("answered = 0.5", "answered = { '08:00' = 0.2, '17:00' = 0.6 }");
    let model = model(&[&banded]);
    let answered = &model.campaigns[0].answered;
    assert_eq!([0, 7, 8, 16, 17, 23].map(|h| answered.at(hour(h))), [0.6, 0.6, 0.2, 0.2, 0.6, 0.6]);
    assert_eq!(model.campaigns[0].right_party.at(hour(12)), 1.0);
    assert_eq!(model.capabilities().mode, Mode::Eager);
    assert!(model.has_rare_rules());
}

#[test]
fn each_mistake_is_told() {
    for (more, expected) in [
        (", dialling = 'preview'", "E4340 campaigns.c.preview"),
        (", preview = '20s'", "E4340 campaigns.c.preview"),
        (", dialling = 'predictive'", "E4340 campaigns.c.predictive"),
        (", predictive = { abandonment_limit = 0.03, patience = '2s' }", "E4340 campaigns.c.predictive"),
        (", attempts = 2", "E4340 campaigns.c.spacing"),
        (
            ", dialling = 'predictive', predictive = { abandonment_limit = 3, patience = '2s' }",
            "E3005 campaigns.c.predictive.abandonment_limit",
        ),
        (
            ", dialling = 'predictive', predictive = { abandonment_limit = 0.03, patience = '2s', anticipates = '11m' }",
            "E3005 campaigns.c.predictive.anticipates",
        ),
        (", type = 'surveys'", "E2103 campaigns.c.type"),
        (", attempts = 0", "E3005 campaigns.c.attempts"),
        (", right_party = 1.2", "E3005 campaigns.c.right_party"),
        (", right_party = {}", "E4340 campaigns.c.right_party"),
        (", right_party = { '08:00' = -1 }", "E3005 campaigns.c.right_party.\"08:00\""),
        (", occupancy_below = 2", "E3005 campaigns.c.occupancy_below"),
        (", hours = 'whenever'", "E4021 campaigns.c.hours"),
        (
            ", service_level = { queues = ['third'], at_least = 0.8, within = '20s', over = '15m' }",
            "E2103 campaigns.c.service_level.queues[0]",
        ),
        (
            ", service_level = { queues = [], at_least = 0.8, within = '20s', over = '15m' }",
            "E4340 campaigns.c.service_level.queues",
        ),
        (
            ", service_level = { queues = ['first'], at_least = 0.8, within = '20s', over = '1s' }",
            "E3005 campaigns.c.service_level.over",
        ),
    ] {
        let found = errors(&[&with(more)]);
        let code = expected.split(' ').next().unwrap_or_default();
        let told = |found: &String| {
            found == expected
                || code.starts_with("E2") && found.ends_with(&expected[6..])
                || code == "E4021" && found.ends_with(&expected[6..])
        };
        assert!(found.len() == 1 && found.iter().any(told), "{more}: {found:?}");
    }
    let nobody = with("").replace("['general']", "[]");
    assert_eq!(errors(&[&nobody]), ["E4340 campaigns.c.groups"]);
    let twice = with("").replace("['general']", "['general', 'general']");
    assert_eq!(errors(&[&twice]), ["E4340 campaigns.c.groups[1]"]);
    let unknown = with("").replace("['general']", "['generals']");
    assert_eq!(errors(&[&unknown]).len(), 1);
}

#[test]
fn agents_who_chat_do_not_dial() {
    let text = format!(
        "{SMALL}\n[contact_types.chat]\nchannel = \"chat\"\nservice_time = \"4m\"\n[arrivals.chat]\nper_day = 10\n\
         [agent_groups.chatters]\nserves = [\"chats\"]\nstaffing.heads = 1\nconcurrency = 2\n\
         [queues.chats.steps.start]\ngroups = [\"chatters\"]\n[routing.chats]\norder = 1\nwhen.type = \"chat\"\nqueue = \"chats\"\n"
    );
    let chatters = with("").replace("['general']", "['chatters']");
    assert_eq!(errors_of(&scenario(&text, &[&chatters])), ["E4340 campaigns.c.groups[0]"]);
}

#[test]
fn campaigns_that_do_nothing_are_told() {
    let nobody = with("").replace("list = 10, ", "");
    assert_eq!(warnings(&[&nobody]), ["W6002 campaigns.c"]);
    assert_eq!(warnings(&[&with(", hours = 'Sun 09:00-12:00'")]), ["W6141 campaigns.c.hours"]);
}

#[test]
fn what_a_dialler_expects_follows_from_means() {
    let looks = |span: &str, more: &str| {
        let ahead =
            format!("predictive = {{ abandonment_limit = 0.03, patience = '2s', anticipates = '{span}' }}");
        let model = model(&[&with(&format!(", dialling = 'predictive', {ahead}{more}"))]);
        match &model.campaigns[0].dialling {
            Dialling::Predictive(of) => of.anticipation.clone().unwrap(),
            other => panic!("{other:?}"),
        }
    };
    let looks_ahead = |more: &str| looks("25s", more);
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    // Talks of a minute on average; 25 s less a wrap-up of 15 s are left for their end: 1 - e^(-1/6).
    let same = looks_ahead(", wrap_up = '15s'");
    near(same.talks.at(hour(1)), 0.153_518_275_109_385_87);
    assert_eq!(same.wrap_ups, WrapUpEnds::Within(SimDuration::from_whole_s(25)));
    near(looks("0s", "").talks.at(hour(1)), 0.0);
    near(looks_ahead(", wrap_up = '25s'").talks.at(hour(1)), 0.0);
    near(looks_ahead(", wrap_up = '40s'").talks.at(hour(1)), 0.0);
    // None at all: 1 - e^(-25/60). By night half are wrong parties, which take no time: 1 - e^(-25/30).
    let by_hour = looks_ahead(", right_party = { '00:00' = 0.5, '08:00' = 1 }");
    near(by_hour.talks.at(hour(9)), 0.340_759_369_799_556_2);
    near(by_hour.talks.at(hour(1)), 0.565_401_791_492_921_7);
    // Two memoryless stages of 60 s and 20 s: 1 - (60 e^(-25/60) - 20 e^(-25/20)) / 40; of equal ones 1 - (1 + 25/60) e^(-25/60).
    let differ = looks_ahead(", wrap_up = { exponential = '20s' }");
    near(
        differ.talks.at(hour(1)),
        1.0 - (60.0 * 0.659_240_630_200_443_8 - 20.0 * 0.286_504_796_860_190_1) / 40.0,
    );
    let WrapUpEnds::Part(part) = differ.wrap_ups else { panic!("a part") };
    near(part, 1.0 - 0.286_504_796_860_190_1);
    let alike = looks_ahead(", wrap_up = { exponential = '60s' }");
    near(alike.talks.at(hour(1)), 1.0 - (1.0 + 25.0 / 60.0) * 0.659_240_630_200_443_8);
}

#[test]
fn a_type_that_changes_no_talk_is_told_and_one_that_only_campaigns_have_is_used() {
    let of_taxes = with(", type = 'taxes'");
    assert_eq!(warnings(&[&of_taxes]), ["W6157 campaigns.c.type"]);
    let slower = "agent_groups.general.service_time={ taxes = { times = 1.2 } }";
    assert_eq!(warnings(&[&of_taxes, slower]), Vec::<String>::new());
    let of_others = "agent_groups.general.service_time={ others = { times = 1.2 } }";
    let others = "contact_types.others={ service_time = '1m' }";
    assert!(warnings(&[&of_taxes, of_others, others]).contains(&"W6157 campaigns.c.type".to_owned()));
    assert_eq!(warnings(&[&with(", type = 'others'"), of_others, others]), Vec::<String>::new());
    let learns = [
        "tenure.slow={ service_time = { start = 1.5, half_life = '7d' } }",
        "agent_groups.general.tenure.curve=slow",
    ];
    assert_eq!(warnings(&[&of_taxes, learns[0], learns[1]]), Vec::<String>::new());
}

#[test]
fn a_closing_names_a_campaign_that_there_is() {
    let cases = [
        "contact_types.taxes.case=note",
        "contact_types.taxes.outcome.tier1={ case = 0.1, escalate = 0.2, rest = 'resolved' }",
        "offices.o={ staff = 1 }",
    ];
    let of = |campaign: &str| {
        format!(
            "case_types.note={{ office = 'o', work = '1m', message = {{ delay = '1h', campaign = '{campaign}' }} }}"
        )
    };
    let all = |campaign: &str| {
        let (note, list) = (of(campaign), with("").replace("list = 10, ", ""));
        let mut overrides: Vec<String> = cases.map(String::from).into();
        overrides.extend([note, list]);
        overrides
    };
    let right = all("c");
    let right: Vec<&str> = right.iter().map(String::as_str).collect();
    assert_eq!(warnings(&right), Vec::<String>::new(), "fed by closings");
    let wrong = all("d");
    let wrong: Vec<&str> = wrong.iter().map(String::as_str).collect();
    assert_eq!(errors(&wrong), ["E4341 case_types.note.message.campaign"]);
}
