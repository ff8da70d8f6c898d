//! Outbound campaigns, from the scenario's text to log, audit and measures.

use centralino::log::{AfterDialName, DialEndName, DialRow, NeedEndName};
use centralino::measures::Basis;
use centralino::scenario::{Scenario, Volume};

use crate::audited::sound;
use crate::support::{Recorded, estimate, failed, record, scenario};

/// Three days of a desk by shifts and of one by heads, with a campaign.
fn desk(campaign: &str) -> Scenario {
    scenario(&format!(
        r#"
        [scenario]
        name = "a desk that calls"
        start = "2024-01-01"
        days = 3
        [contact_types.calls]
        patience = {{ exponential = "3m" }}
        service_time = {{ exponential = "4m" }}
        wrap_up = "10s"
        [arrivals.calls]
        per_day = 900
        day = {{ "00:00" = 0.2, "08:00" = 1.0, "09:00" = 2.0, "11:00" = 0.9, "20:00" = 0.2 }}
        [queues.calls.steps.first]
        groups = ["desk"]
        [queues.calls.steps.later]
        after = "20s"
        add = ["back"]
        [routing.all]
        order = 1
        queue = "calls"
        [shifts.day]
        start = "08:00"
        end = "18:00"
        breaks.noon = {{ from = "12:00", length = "30m", waves = 2 }}
        [agent_groups.desk]
        serves = ["calls"]
        answer_delay = "2s"
        cost_per_hour = 20.0
        staffing.shifts = {{ day = 6 }}
        [agent_groups.back]
        serves = ["calls"]
        cost_per_hour = 30.0
        staffing.heads = {{ "00:00" = 1, "09:00" = 4, "17:00" = 2 }}
        {campaign}
        "#
    ))
}

const PROGRESSIVE: &str = r#"
    [campaigns.reminders]
    list = { "2024-01-01" = 150, "2024-01-02" = 100 }
    hours = "10:00-13:00 14:00-19:00"
    groups = ["desk", "back"]
    attempts = 3
    spacing = "3h"
    answered = { "00:00" = 0.3, "17:00" = 0.6 }
    right_party = 0.7
    ring_time = { answered = "9s", unanswered = "25s" }
    service_time = { exponential = "2m" }
    wrong_party_time = "15s"
    wrap_up = "20s"
    reserve = 1
"#;

const PREVIEW: &str = r#"
    [campaigns.debtors]
    list = 200
    groups = ["back"]
    dialling = "preview"
    preview = { exponential = "40s" }
    attempts = 2
    spacing = { exponential = "5h" }
    answered = 0.5
    ring_time = { answered = { exponential = "10s" }, unanswered = "25s" }
    service_time = "90s"
    occupancy_below = 0.6
    service_level = { queues = ["calls"], at_least = 0.9, within = "20s", over = "15m" }
"#;

const PREDICTIVE: &str = r#"
    [campaigns.survey]
    list = 3000
    hours = "09:30-17:30"
    groups = ["desk", "back"]
    dialling = "predictive"
    predictive = { abandonment_limit = 0.05, patience = "2s", most_lines = 4 }
    attempts = 2
    spacing = "2h"
    answered = 0.3
    right_party = 0.9
    ring_time = { answered = { exponential = "10s" }, unanswered = "25s" }
    service_time = { exponential = "2m" }
    wrap_up = "15s"
"#;

/// People who differ in how fast they talk about reminders, some of them new.
const TYPED: &str = r#"
    levels.expert = { share = 0.4, service_time = { times = 0.75, reminders = { times = 0.8 } } }
    tenure = { curve = "slow", since = "2020-01-01", hired.autumn = { share = 0.5, on = "2023-12-31" } }
    [contact_types.reminders]
    service_time = "1m"
    [tenure.slow]
    service_time = { start = 1.1, half_life = "7d" }
    by_type.reminders.service_time = { weeks = { 0 = 1.5, 1 = 1.2, 4 = 1 } }
    [campaigns.reminders]
    list = 400
    type = "reminders"
    groups = ["back"]
    answered = 0.5
    right_party = 0.8
    ring_time = { answered = "9s", unanswered = "25s" }
    service_time = "100s"
    wrong_party_time = "15s"
    wrap_up = "20s"
"#;

/// The same, looking ahead, with agents who do nothing else.
fn looking_ahead(wrap_up: &str) -> String {
    let of_own = "[agent_groups.dialers]\nserves = []\nstaffing.heads = 12\n[campaigns.survey]";
    PREDICTIVE
        .replace("[campaigns.survey]", of_own)
        .replace("[\"desk\", \"back\"]", "[\"dialers\"]")
        .replace("most_lines = 4", "most_lines = 4, anticipates = \"6s\"")
        .replace("wrap_up = \"15s\"", &format!("wrap_up = {wrap_up}"))
}

fn count(dials: &[DialRow], of: impl Fn(&&DialRow) -> bool) -> usize {
    dials.iter().filter(of).count()
}

#[test]
fn days_with_each_way_of_dialling_pass_the_audit() {
    for (campaign, reserved) in [(PROGRESSIVE, true), (PREVIEW, true), (PREDICTIVE, false)] {
        let recorded = sound(&desk(campaign), 1);
        let dials = &recorded.logs.dials;
        let ends =
            [DialEndName::NoAnswer, DialEndName::Reached].map(|end| count(dials, |row| row.end == end));
        assert!(ends.iter().all(|&dials| dials > 50), "{ends:?} of {}", dials.len());
        assert!(count(dials, |row| row.then == AfterDialName::Exhausted) > 10);
        assert_eq!(dials.iter().all(|row| row.reserved), reserved);
        let reached = estimate(&recorded.results, "persons_reached", Basis::Dial).0;
        assert_eq!(reached, count(dials, |row| row.end == DialEndName::Reached) as f64);
    }
    let all = sound(&desk(&[PROGRESSIVE, PREVIEW, PREDICTIVE].concat()), 2);
    assert!(count(&all.logs.dials, |row| row.end == DialEndName::Abandoned) > 0);
}

#[test]
fn who_is_fast_about_a_type_is_fast_when_the_center_calls() {
    let recorded = sound(&desk(TYPED), 1);
    let reached: Vec<&DialRow> =
        recorded.logs.dials.iter().filter(|row| row.end == DialEndName::Reached).collect();
    let talks = |row: &&DialRow| row.talk_ended.map_or(0, |ended| ended.us_since(row.left));
    // Of four agents numbers 1 and 3 are experts, and numbers 0 and 2 new: their second day at work begins the run.
    let of_day = |day: f64| 1.5 - 0.3 * (day + 1.0) / 7.0;
    let factors = |day: f64| [of_day(day), 0.6, of_day(day), 0.6];
    for row in &reached {
        let number = row.agent.as_ref().and_then(|agent| agent.rsplit_once('#')?.1.parse::<usize>().ok());
        let day = row
            .assigned
            .map_or(0.0, |at| (at.us_since(recorded.logs.dials[0].listed) / 86_400_000_000) as f64);
        let expected = 100e6 * factors(day)[number.unwrap_or(0)];
        assert!((talks(row) as f64 - expected).abs() <= 1.0, "{row:?}: {expected}");
    }
    assert!(reached.len() > 50, "{}", reached.len());
    let dial = "a dial goes as its campaign dials";
    for (from, to) in [
        ("    type = \"reminders\"\n", ""),
        ("type = \"reminders\"", "type = \"calls\""),
        ("share = 0.4", "share = 0.2"),
        ("times = 0.75", "times = 0.76"),
        ("times = 0.8", "times = 0.81"),
        ("0 = 1.5", "0 = 1.4"),
        ("2023-12-31", "2023-12-30"),
        ("on = \"2023-12-31\" }", "on = \"2023-12-31\" }, attrition = { per_year = 1 }"),
    ] {
        assert!(TYPED.contains(from), "{from}");
        let found = found_as(&recorded, &TYPED.replace(from, to));
        // Whoever may have come since is as fast as anybody of the curve.
        assert_eq!(found.contains(&dial), !to.contains("attrition"), "{to}: {found:?}");
    }
}

#[test]
fn the_audit_sees_how_far_a_dialler_looks_ahead() {
    let check = "a dialler that looks ahead rings as many lines as it should";
    for wrap_up in ["\"15s\"", "{ exponential = \"15s\" }"] {
        let text = looking_ahead(wrap_up);
        let recorded = sound(&desk(&text), 7);
        assert!(count(&recorded.logs.dials, |row| !row.reserved) > 1000);
        let as_such = recorded.audit();
        let looked = as_such.checks.iter().find(|of| of.name == check).map_or(0, |of| of.examined);
        assert!(looked > 3000, "{looked}");
        for (from, to) in [
            ("anticipates = \"6s\"", "anticipates = \"4s\""),
            ("anticipates = \"6s\"", "anticipates = \"9s\""),
            ("abandonment_limit = 0.05", "abandonment_limit = 0.1"),
            ("\n    answered = 0.3", "\n    reserve = 1\n    answered = 0.3"),
        ] {
            assert!(text.contains(from), "{from}");
            let found = found_as(&recorded, &text.replace(from, to));
            assert!(found.contains(&check), "{wrap_up}, {to}: {found:?}");
        }
    }
}

#[test]
fn who_is_expected_fills_the_reserve_and_contacts_go_first() {
    // The campaign's agents serve contacts too, and two of each group are left idle for them.
    let text = PREDICTIVE
        .replace("most_lines = 4", "most_lines = 4, anticipates = \"8s\"")
        .replace("\"2s\"", "\"5s\"")
        .replace("answered = 0.3", "reserve = 2\n    answered = 0.6");
    for seed in 8..10 {
        let recorded = sound(&desk(&text), seed);
        assert!(count(&recorded.logs.dials, |row| !row.reserved) > 200);
    }
}

#[test]
fn inbound_citizens_are_the_same_with_a_campaign() {
    let without = record(&desk(""), 3, 0);
    let with = record(&desk(PROGRESSIVE), 3, 0);
    let first = |run: &Recorded| {
        let mut needs: Vec<_> =
            run.logs.needs.iter().map(|row| (row.need.clone(), row.first_attempt)).collect();
        needs.sort();
        needs
    };
    assert_eq!(first(&without), first(&with));
    assert!(without.logs.dials.is_empty() && without.logs.needs.len() > 1000);
}

#[test]
fn more_persons_move_nobody_on_the_list() {
    // Nothing comes in, and everybody is called once at the first instant: a longer list adds persons behind, whose draws are their own.
    let quiet = |persons: u32| {
        let text =
            PROGRESSIVE.replace("{ \"2024-01-01\" = 150, \"2024-01-02\" = 100 }", &persons.to_string());
        let mut scenario = desk(&text);
        scenario.arrivals.get_mut("calls").unwrap().per_day = Some(Volume::Number(0.0));
        record(&scenario, 4, 0).logs.dials
    };
    let (few, many) = (quiet(20), quiet(60));
    let ring = |dials: &[DialRow], person: &str| {
        let first = dials.iter().find(|row| &*row.person == person && row.attempt == 0).unwrap();
        (first.end, first.talk_ended.map(|at| at.us_since(first.left)))
    };
    for number in 0..20 {
        let person = format!("2024-01-01/{number}");
        assert_eq!(ring(&few, &person), ring(&many, &person), "{person}");
    }
}

/// What the audit finds if the logs of a run were those of a scenario that says otherwise.
fn found_as(recorded: &Recorded, campaign: &str) -> Vec<&'static str> {
    failed(&recorded.audit_as(&desk(campaign)))
}

#[test]
fn the_audit_finds_what_the_campaign_does_not_say() {
    let runs = [PROGRESSIVE, PREVIEW, PREDICTIVE].map(|campaign| (campaign, sound(&desk(campaign), 5)));
    let [dial, pace, list, blend, idle] = [
        "a dial goes as its campaign dials",
        "predictive dialling keeps its limit",
        "a person on a list is called as the campaign says",
        "campaigns leave agents to what comes in",
        "nobody on a list waits while an agent may be spared",
    ];
    for (which, from, to, check) in [
        (0, "attempts = 3", "attempts = 2", list),
        (0, "attempts = 3", "attempts = 4", list),
        (0, "spacing = \"3h\"", "spacing = \"2h\"", list),
        (0, "= 150", "= 100", list),
        (0, "\"2024-01-02\" = 100", "\"2024-01-03\" = 100", list),
        (0, "10:00-13:00 14:00", "11:00-13:00 14:00", dial),
        (0, "answered = { \"00:00\" = 0.3", "answered = { \"00:00\" = 0.0", dial),
        (0, "right_party = 0.7", "right_party = 1.0", dial),
        (0, "unanswered = \"25s\"", "unanswered = \"24s\"", dial),
        (0, "wrong_party_time = \"15s\"", "wrong_party_time = \"16s\"", dial),
        (0, "wrap_up = \"20s\"", "", dial),
        (0, "groups = [\"desk\", \"back\"]", "groups = [\"desk\"]", dial),
        (0, "reserve = 1", "reserve = 2", blend),
        (0, "reserve = 1", "", idle),
        (0, "10:00-13:00 14:00", "10:00-13:00 13:30", idle),
        (1, "occupancy_below = 0.6", "occupancy_below = 0.4", blend),
        (1, "at_least = 0.9", "at_least = 1.0", blend),
        (1, "service_time = \"90s\"", "service_time = \"91s\"", dial),
        (1, "dialling = \"preview\"\n    preview = { exponential = \"40s\" }", "", dial),
        (2, "patience = \"2s\"", "patience = \"1s\"", dial),
        (2, "abandonment_limit = 0.05", "abandonment_limit = 0.0", pace),
        (2, "most_lines = 4", "most_lines = 1", pace),
    ] {
        let (campaign, recorded) = &runs[which];
        assert!(campaign.contains(from), "{from}");
        let found = found_as(recorded, &campaign.replace(from, to));
        assert!(found.contains(&check), "{to}: {found:?}");
    }
    // An agent who dials and serves at once, a dial that the log of agents lacks, and somebody called out of turn.
    let mut broken = record(&desk(PROGRESSIVE), 5, 0);
    broken.logs.dials.remove(3);
    assert!(!broken.audit().is_clean());
    let mut swapped = record(&desk(PROGRESSIVE), 5, 0);
    let other = swapped.logs.dials.iter().position(|row| &*row.person == "2024-01-01/100").unwrap();
    let (first, second) = (swapped.logs.dials[0].person.clone(), swapped.logs.dials[other].person.clone());
    for row in &mut swapped.logs.dials {
        if row.person == first || row.person == second {
            row.listed.0 += 3_600_000_000 * 2;
        }
    }
    assert!(!swapped.audit().is_clean());
}

#[test]
fn a_closing_is_told_by_a_call() {
    let notices = r#"
        [offices.registry]
        staff = 4
        [case_types.change]
        office = "registry"
        work = "30m"
        status_contacts = { hazard_per_day_open = 0.5 }
        reopening = { probability = 0.2, delay = { exponential = "6h" } }
        [case_types.change.message]
        delay = "1h"
        campaign = "notices"
        calls_back = { probability = 0.3, delay = "10m" }
        [campaigns.notices]
        hours = "09:00-20:00"
        groups = ["back"]
        attempts = 3
        spacing = "2h"
        answered = 0.5
        right_party = 0.8
        ring_time = { answered = "10s", unanswered = "25s" }
        service_time = "1m"
    "#;
    let text = "outcome.tier1 = { case = 0.2, rest = \"resolved\" }\n        case = \"change\"";
    let mut scenario = desk(notices);
    let with_cases = crate::support::scenario(&format!(
        "[contact_types.calls]\nservice_time = \"1m\"\n{text}\n[scenario]\nname = \"x\"\nstart = \"2024-01-01\""
    ));
    let of_cases = with_cases.contact_types["calls"].clone();
    if let Some(calls) = scenario.contact_types.get_mut("calls") {
        (calls.case, calls.outcome) = (of_cases.case, of_cases.outcome);
    }
    let recorded = sound(&scenario, 6);
    let dials = &recorded.logs.dials;
    let persons = count(dials, |row| row.attempt == 0);
    let closed = recorded.logs.cases.iter().filter(|row| row.end.to_string() == "closed").count();
    assert!(persons > 100 && persons <= closed, "{persons} of {closed}");
    assert!(dials.iter().all(|row| row.person.contains('#')));
    // A need whose citizen was told of the last closing is resolved, and it was at the closing that it was met.
    let reached = dials.iter().filter(|row| row.end == DialEndName::Reached).count();
    let resolved = recorded.logs.needs.iter().filter(|row| row.end == NeedEndName::Resolved).count();
    assert!(reached > 50 && resolved > 1000, "{reached} {resolved}");
    let complaints = recorded.logs.legs.iter().filter(|leg| leg.cause.to_string() == "complaint").count();
    assert!(complaints > 10, "some contact the center about the call: {complaints}");
}
