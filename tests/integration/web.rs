//! The web site before the telephone, and other channels after a failure: from the scenario's text to log, audit and measures.

use centralino::log::{Cause, NeedEndName, WebEndName};
use centralino::measures::{Basis, ScopeKind};
use centralino::scenario::Scenario;

use crate::audited::sound;
use crate::support::{Recorded, compile, estimate, failed, record, scenario};

/// A desk of few, of whose citizens some try the web site first, and a back office that answers what is written.
fn desk(of_type: &str, more: &str) -> Scenario {
    scenario(&format!(
        r#"
        [scenario]
        name = "a desk behind a web site"
        start = "2024-01-01"
        days = 2
        [profiles.young]
        share = 0.6
        [profiles.old]
        share = 0.4
        [contact_types.calls]
        patience = {{ exponential = "2m" }}
        service_time = {{ exponential = "4m" }}
        outcome.tier1 = {{ unresolved = 0.2, rest = "resolved" }}
        {of_type}
        [contact_types.mails]
        channel = "email"
        due = "1d"
        service_time = {{ exponential = "3m" }}
        [contact_types.chats]
        channel = "chat"
        patience = {{ exponential = "5m" }}
        service_time = {{ exponential = "6m" }}
        outcome.tier1 = {{ unresolved = 0.3, rest = "resolved" }}
        after_unresolved = {{ repeat = 0.9, delay = "30m", instead = {{ calls = 0.5 }} }}
        [numbers.main]
        trunk = "lines"
        [trunks.lines]
        lines = 9
        [arrivals.calls]
        per_day = 700
        day = {{ "00:00" = 0.2, "08:00" = 1.0, "20:00" = 0.2 }}
        number = "main"
        [arrivals.mails]
        per_day = 20
        [arrivals.chats]
        per_day = 30
        [queues.calls.steps.first]
        groups = ["desk"]
        [queues.mails.steps.first]
        groups = ["back"]
        [queues.chats.steps.first]
        groups = ["chatters"]
        [routing.calls]
        order = 1
        when.type = "calls"
        queue = "calls"
        [routing.mails]
        order = 2
        when.type = "mails"
        queue = "mails"
        [routing.chats]
        order = 3
        when.type = "chats"
        queue = "chats"
        [agent_groups.desk]
        serves = ["calls"]
        staffing.heads = {{ "00:00" = 1, "08:00" = 3, "20:00" = 1 }}
        [agent_groups.back]
        serves = ["mails"]
        staffing.heads = 2
        [agent_groups.chatters]
        serves = ["chats"]
        staffing.heads = 1
        concurrency = 2
        {more}
        "#
    ))
}

const WEB: &str = r#"
    web = { share = 0.3, share_by = { young = 0.8 }, solved = 0.5, solved_by = { old = 0.3 }, calls = 0.7, delay = { exponential = "20m" } }
"#;

const OTHERWISE: &str = r#"
    after_abandonment = { retrial = 0.8, delay = { exponential = "10m" }, at_most = 5, instead = { mails = 0.4, chats = 0.2 } }
    after_blocking = { retrial = 0.9, delay = { exponential = "5m" }, instead = { chats = 0.5 } }
    after_unresolved = { repeat = 0.6, delay = "20m", instead = { mails = 1.0 } }
"#;

#[test]
fn whom_the_web_site_helps_never_calls_and_others_call_later() {
    let recorded = sound(&desk(WEB, ""), 1);
    let rows = &recorded.logs.web;
    let count = |end: WebEndName| rows.iter().filter(|row| row.end == end).count();
    let [solved, called, given_up] = [WebEndName::Solved, WebEndName::Calls, WebEndName::GivesUp].map(count);
    assert!(solved > 250 && called > 150 && given_up > 50, "{solved} {called} {given_up}");
    let first =
        recorded.logs.legs.iter().filter(|leg| leg.cause == Cause::Web && leg.attempt == 0 && leg.leg == 0);
    assert_eq!(first.count(), called);
    let alone = recorded.logs.needs.iter().filter(|row| row.attempts == 0);
    let met = alone.clone().filter(|row| row.end == NeedEndName::Resolved).count();
    assert_eq!((alone.count(), met), (rows.len() - called, solved));
    let of = |measure: &str| estimate(&recorded.results, measure, Basis::Need).0;
    assert_eq!(of("web_visits"), rows.len() as f64);
    assert_eq!(of("web_deflected"), solved as f64);
    assert_eq!(of("web_success"), solved as f64 / rows.len() as f64);
    assert_eq!(of("web_then_called"), called as f64 / rows.len() as f64);
    let young = rows.iter().filter(|row| row.profile.as_deref() == Some("young")).count() as f64;
    let of_young = recorded.results.replication_rows().find(|row| {
        row.measure == "web_visits" && row.scope_kind == ScopeKind::Profile && row.scope == "young"
    });
    assert_eq!(of_young.map(|row| row.numerator), Some(young));
}

#[test]
fn with_and_without_the_web_site_the_citizens_are_the_same() {
    let [without, with] = ["", WEB].map(|web| record(&desk(web, ""), 3, 0));
    let needs = |run: &Recorded| {
        let mut needs: Vec<_> = run
            .logs
            .needs
            .iter()
            .map(|row| (row.need.clone(), row.first_attempt, row.profile.clone()))
            .collect();
        needs.sort();
        needs
    };
    assert_eq!(needs(&without), needs(&with));
    assert!(without.logs.web.is_empty() && without.logs.legs.len() > with.logs.legs.len());
}

#[test]
fn contacts_that_were_counted_are_those_who_called() {
    // Of the young 0.8 (0.5 + 0.5 x 0.3) never call, of the old 0.3 (0.3 + 0.7 x 0.3).
    let never = 0.6 * 0.8 * 0.65 + 0.4 * 0.3 * 0.51;
    let mut counted = desk(WEB, "");
    let calls = counted.arrivals.get_mut("calls").unwrap();
    (calls.counts, calls.abandonment) = (centralino::scenario::Counts::Offered, Some(0.0));
    let of = |scenario: &Scenario| {
        let model = compile(scenario);
        model.processes.iter().find(|row| row.name == "calls").unwrap().mean.iter().sum::<f64>()
    };
    let needs = of(&desk(WEB, ""));
    assert!((of(&counted) - needs / (1.0 - never)).abs() < 1e-6 * needs);
}

#[test]
fn after_a_failure_some_come_by_another_channel() {
    let recorded = sound(&desk(OTHERWISE, ""), 4);
    let legs = &recorded.logs.legs;
    let turned = |cause: Cause, contact_type: &str| {
        let is = |leg: &&centralino::log::LegRow| leg.cause == cause && &*leg.contact_type == contact_type;
        legs.iter().filter(|leg| &*leg.need.process == "calls").filter(is).count()
    };
    let [mails, chats, calls] = ["mails", "chats", "calls"].map(|of| turned(Cause::Retrial, of));
    assert!(mails > 20 && chats > 10 && calls > 20, "{mails} {chats} {calls}");
    assert!(turned(Cause::Repeat, "mails") > 20);
    assert!(turned(Cause::Repeat, "calls") > 0, "from a chat back to the telephone");
    let needs = recorded.logs.needs.iter();
    assert!(needs.filter(|row| &*row.need.process == "calls" && &*row.contact_type == "mails").count() > 20);
    // Who tries again, and when, is not moved by how.
    let before = record(
        &desk(
            &OTHERWISE
                .replace("instead", "visits")
                .replace("visits = { mails = 0.4, chats = 0.2 }", "instead = {}")
                .replace("visits = { chats = 0.5 }", "instead = {}")
                .replace("visits = { mails = 1.0 }", "instead = {}"),
            "",
        ),
        4,
        0,
    );
    assert!(before.logs.needs.len() == recorded.logs.needs.len());
}

const COUNTERS: &str = r#"
    [counters.hall]
    desks = 3
    hours = "08:00-19:00"
    [services.card]
    counters = ["hall"]
    visit_time = { exponential = "8m" }
    booking = { uptake = 0.5, slot = "15m", horizon_days = 10 }
"#;

#[test]
fn after_a_failure_some_go_to_a_counter() {
    let to_counter =
        "after_abandonment = { retrial = 0.9, delay = { exponential = \"10m\" }, visits = { card = 0.6 } }";
    let recorded = sound(&desk(to_counter, COUNTERS), 5);
    let visits = &recorded.logs.visits;
    assert!(visits.len() > 20, "{}", visits.len());
    assert!(visits.iter().any(|row| row.slot.is_some()) && visits.iter().any(|row| row.slot.is_none()));
}

/// What the audit finds if the logs of a run were those of a scenario that says otherwise.
fn found_as(recorded: &Recorded, scenario: &Scenario) -> Vec<&'static str> {
    failed(&recorded.audit_as(scenario))
}

#[test]
fn the_audit_finds_what_the_scenario_does_not_say() {
    let constant = WEB.replace("{ exponential = \"20m\" }", "\"20m\"");
    let (web, otherwise) = (sound(&desk(&constant, ""), 6), sound(&desk(OTHERWISE, ""), 6));
    for (from, to) in [
        ("delay = \"20m\"", "delay = \"19m\""),
        ("solved = 0.5", "solved = 0.0"),
        ("solved = 0.5", "solved = 1.0"),
        ("calls = 0.7", "calls = 1.0"),
        ("calls = 0.7", "calls = 0.0"),
        ("young = 0.8", "young = 0.0"),
        ("young = 0.8", "young = 1.0"),
    ] {
        assert!(constant.contains(from));
        let found = found_as(&web, &desk(&constant.replace(from, to), ""));
        assert!(found.contains(&"who tries the web site first calls afterwards or not"), "{to}: {found:?}");
    }
    assert!(!found_as(&web, &desk("", "")).is_empty());
    for (from, to) in [
        ("instead = { mails = 0.4, chats = 0.2 }", "instead = { chats = 0.2 }"),
        ("instead = { mails = 0.4, chats = 0.2 }", "instead = { mails = 0.8, chats = 0.2 }"),
        ("instead = { mails = 1.0 }", "instead = {}"),
    ] {
        let found = found_as(&otherwise, &desk(&OTHERWISE.replace(from, to), ""));
        assert!(found.contains(&"attempts follow failures"), "{to}: {found:?}");
    }
}
