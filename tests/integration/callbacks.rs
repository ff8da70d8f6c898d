//! Callbacks, other ways and announced waits, from the scenario's text to log, audit and measures.

use centralino::log::{LegFate, LegRow};
use centralino::measures::Basis;
use centralino::scenario::Scenario;

use crate::audited::sound;
use crate::support::{Recorded, estimate, failed, record, scenario};

/// A desk of ten that is too small from nine to eleven, with what its queue offers.
fn desk(queue: &str, offers: &str) -> Scenario {
    scenario(&toml_of(queue, offers))
}

fn toml_of(queue: &str, offers: &str) -> String {
    format!(
        r#"
        [scenario]
        name = "a desk with a peak"
        start = "2024-01-01"
        [profiles.young]
        share = 0.6
        [profiles.old]
        share = 0.4
        [contact_types.calls]
        patience = {{ exponential = "4m" }}
        service_time = {{ exponential = "4m" }}
        wrap_up = "10s"
        outcome.tier1 = {{ escalate = 0.1, unresolved = 0.05, rest = "resolved" }}
        after_abandonment = {{ retrial = 0.5, delay = {{ exponential = "10m" }}, at_most = 3 }}
        after_unresolved = {{ repeat = 0.5, delay = {{ exponential = "30m" }}, at_most = 3 }}
        [numbers.main]
        trunk = "lines"
        [trunks.lines]
        lines = 30
        [arrivals.calls]
        per_day = 2000
        day = {{ "00:00" = 0.2, "08:00" = 1.0, "09:00" = 2.0, "11:00" = 0.9, "20:00" = 0.2 }}
        number = "main"
        [queues.calls]
        expected_wait = {{ queue_over_rate = {{ handle_time = "4m10s" }} }}
        steps.first.groups = ["desk"]
        {queue}
        [queues.second.steps.first]
        groups = ["back"]
        [routing.all]
        order = 1
        queue = "calls"
        [routing.second]
        order = 2
        when = {{ tier = 2 }}
        queue = "second"
        [agent_groups.desk]
        serves = ["calls"]
        answer_delay = "2s"
        staffing.heads = 10
        [agent_groups.back]
        tier = 2
        serves = ["second"]
        staffing.heads = 3
        {offers}
        "#
    )
}

const HOLD: &str = r#"
    [offers.hold]
    accepted = 0.5
    accepted_by = { old = 0.2 }
    callback = { dial_time = "15s", reached = 0.7, tries = 3, delay = "10m", within = "10m" }
"#;

const EVENING: &str = r#"
    [offers.evening]
    accepted = 0.4
    [offers.evening.callback]
    dial_time = { exponential = "15s" }
    reached = 0.6
    tries = 2
    delay = { exponential = "5m" }
    after_failure = { retrial = 0.5, delay = { exponential = "20m" }, at_most = 3 }
    [offers.evening.callback.slots]
    hours = "13:00-16:00"
    length = "30m"
    capacity = 3
    latest = "12h"
    choose = "any"
"#;

const WEB: &str = r#"
    [offers.web]
    accepted = 0.3
    deferral = { solved = 0.6, after_failure = { retrial = 0.8, delay = { exponential = "5m" }, at_most = 4 } }
"#;

fn count(legs: &[LegRow], of: impl Fn(&&LegRow) -> bool) -> usize {
    legs.iter().filter(of).count()
}

#[test]
fn a_day_with_kept_places_passes_the_audit() {
    let at_once = r#"steps.callback = { if_expected_wait_over = "2m", offer = "hold" }"#;
    let later = r#"steps.callback = { after = "1m", if_waiting_over = 3, offer = "hold" }"#;
    for queue in [at_once, later] {
        let recorded = sound(&desk(queue, HOLD), 1);
        let legs = &recorded.logs.legs;
        let accepted = count(legs, |leg| leg.fate == LegFate::Callback);
        let reached = count(legs, |leg| leg.is_callback() && leg.fate == LegFate::Answered);
        let dialled = count(legs, |leg| leg.is_callback() && leg.assigned.is_some());
        assert!(accepted > 30 && reached > 20 && dialled > reached, "{accepted} {reached} {dialled}");
        for basis in [Basis::Contact, Basis::Leg] {
            let of = |measure: &str| estimate(&recorded.results, measure, basis).0;
            assert_eq!(of("callbacks_accepted"), accepted as f64);
            assert_eq!(of("callbacks_reached"), reached as f64 / accepted as f64);
            assert_eq!(of("callback_tries"), dialled as f64 / accepted as f64);
            assert_eq!(of("callback_acceptance"), accepted as f64 / of("callbacks_offered"));
        }
    }
}

/// Who is promised a callback after half a minute has waited since the call came, and is the head of the line as its caller would be.
#[test]
fn the_head_of_a_line_has_waited_since_its_caller_came() {
    let steps = r#"
        steps.callback = { after = "30s", offer = "hold" }
        steps.help = { after = "1m", add = ["help"], if_expected_wait_over = "2m" }
        "#;
    let help = "[agent_groups.help]\nserves = [\"calls\"]\nstaffing.heads = 2\n[offers.hold]\naccepted = 1\n";
    let callback = "callback = { dial_time = \"15s\", reached = 0.9, tries = 1, delay = \"10m\" }";
    let toml = toml_of(steps, &format!("{help}{callback}"));
    let over_rate = r#"{ queue_over_rate = { handle_time = "4m10s" } }"#;
    let recorded = sound(&scenario(&toml.replace(over_rate, "\"head_of_line\"")), 1);
    // Some are taken by the help before two minutes have gone by since the promise.
    let soon = |leg: &&LegRow| {
        let waited = leg.assigned.map(|assigned| assigned.us_since(leg.entered));
        waited.is_some_and(|waited| (120_000_001..150_000_000).contains(&waited))
    };
    let helped = |leg: &&LegRow| leg.is_callback() && leg.group.as_deref() == Some("help") && soon(leg);
    assert!(count(&recorded.logs.legs, helped) > 10);
}

#[test]
fn a_day_with_slots_passes_the_audit() {
    let queue = r#"steps.evening = { if_expected_wait_over = "1m", offer = "evening" }"#;
    let recorded = sound(&desk(queue, EVENING), 1);
    let legs = &recorded.logs.legs;
    let accepted = count(legs, |leg| leg.fate == LegFate::Callback);
    assert!((10..=18).contains(&accepted), "six slots of three: {accepted}");
    assert!(count(legs, |leg| leg.fate == LegFate::NotReached) > 0);
}

#[test]
fn a_day_with_another_way_and_announced_waits_passes_the_audit() {
    let queue = r#"
        steps.web = { if_expected_wait_over = "1m", offer = "web" }
        steps.hold = { if_expected_wait_over = "3m", offer = "hold" }
        steps.evening = { after = "2m", offer = "evening" }
        announced.some = { over = "1m", patience.times = 1.5 }
        announced.long = { over = "4m", patience.times = 0.5, balking = 0.3 }
    "#;
    let recorded = sound(&desk(queue, &[HOLD, EVENING, WEB].concat()), 2);
    let legs = &recorded.logs.legs;
    let moved = count(legs, |leg| leg.fate == LegFate::Moved);
    let met = count(legs, |leg| leg.fate == LegFate::Moved && leg.outcome.is_some());
    assert!(moved > 20 && met > 10 && met < moved, "{moved} {met}");
    assert_eq!(estimate(&recorded.results, "moved", Basis::Leg).0, moved as f64);
    assert_eq!(estimate(&recorded.results, "deferral_success", Basis::Leg).0, met as f64 / moved as f64);
    assert!(count(legs, |leg| leg.fate == LegFate::Abandoned && leg.left == leg.entered) > 0, "some balk");
}

/// What the audit finds if the logs of a day were those of a scenario that says otherwise.
fn found_as(recorded: &Recorded, queue: &str, offers: &str) -> Vec<&'static str> {
    failed(&recorded.audit_as(&desk(queue, offers)))
}

#[test]
fn the_audit_finds_what_the_offer_does_not_say() {
    let hold = r#"steps.callback = { if_expected_wait_over = "2m", offer = "hold" }"#;
    let evening = r#"steps.evening = { if_expected_wait_over = "1m", offer = "evening" }"#;
    let (held, slots) = (sound(&desk(hold, HOLD), 1), sound(&desk(evening, EVENING), 1));
    let promises = "callbacks are promised and tried as offered";
    for (from, to) in [
        ("tries = 3", "tries = 2"),
        ("tries = 3", "tries = 4"),
        ("delay = \"10m\"", "delay = \"11m\""),
        ("dial_time = \"15s\"", "dial_time = \"14s\""),
        ("reached = 0.7", "reached = 1.0"),
        ("reached = 0.7", "reached = 0.0"),
        ("accepted = 0.5", "accepted = 0.0"),
    ] {
        let found = found_as(&held, hold, &HOLD.replace(from, to));
        assert!(found.contains(&promises), "{to}: {found:?}");
    }
    for condition in ["if_expected_wait_over = \"5m\"", "if_waiting_over = 30", "hours = \"20:00-21:00\""] {
        let queue = format!("steps.callback = {{ {condition}, offer = \"hold\" }}");
        assert!(found_as(&held, &queue, HOLD).contains(&promises), "{condition}");
    }
    let later = r#"steps.callback = { after = "1s", if_expected_wait_over = "2m", offer = "hold" }"#;
    assert!(found_as(&held, later, HOLD).contains(&promises));
    for (from, to, check) in [
        ("capacity = 3", "capacity = 2", promises),
        ("hours = \"13:00-16:00\"", "hours = \"13:10-16:00\"", promises),
        ("hours = \"13:00-16:00\"", "hours = \"13:00-15:00\"", promises),
        ("latest = \"12h\"", "latest = \"1h\"", "slots of callbacks begin in time"),
    ] {
        let found = found_as(&slots, evening, &EVENING.replace(from, to));
        assert!(found.contains(&check), "{to}: {found:?}");
    }
    let gives_up = EVENING.replace("retrial = 0.5", "retrial = 0.0");
    assert!(found_as(&slots, evening, &gives_up).contains(&"attempts follow failures"));
}

/// Whoever accepted a callback freed the line then, and a visit booked in it frees none.
#[test]
fn a_booking_in_a_callback_frees_no_line() {
    let counters = "[districts.town]\nshare = 1\nat = [0.0, 0.0]\nkm = { town = 1 }\n[counters.hall]\ndistrict = \"town\"\ndesks = 4\n\
                    hours = \"08:00-18:00\"\nclerks = 4\n[services.card]\ncounters = [\"hall\"]\nvisit_time = \"10m\"\n\
                    patience = \"1h\"\n[services.card.booking]\nslot = \"15m\"\nhorizon_days = 3\n[contact_types.calls]\nservice = \"card\"\n";
    let step = "[queues.calls.steps.offer]\nafter = \"30s\"\noffer = \"hold\"\n";
    let text = toml_of(step, HOLD)
        .replace("[contact_types.calls]\n", counters)
        .replace("escalate = 0.1,", "escalate = 0.1, booking = 0.3,")
        .replace("lines = 30", "lines = 14");
    let run = record(&scenario(&text), 3, 0);
    let booked =
        |leg: &&LegRow| leg.is_callback() && leg.outcome == Some(centralino::log::OutcomeName::Booking);
    assert!(run.logs.legs.iter().filter(booked).count() > 5);
    assert!(count_refused(&run) > 0, "lines are short");
    run.passes_audit();
}

fn count_refused(run: &Recorded) -> usize {
    run.logs.legs.iter().filter(|leg| leg.fate == LegFate::RefusedTrunks).count()
}

/// The agent who is freed as the run ends idles for no time, and a try that takes none is made first: with another idle that leaves one in reserve.
#[test]
fn a_try_of_no_length_at_the_very_end_of_a_run_leaves_the_reserve() {
    // Calls at 23:50 and 23:55 of a Monday; the first ends at 00:10. The second is kept from the idle agent, and called back then in vain.
    let midnight_s = 1_705_276_800;
    let row = |number: u32, minute: i64| {
        let at_us = (midnight_s + 60 * minute) * 1_000_000;
        let cell = at_us / 900_000_000;
        format!(
            "{{ need = \"log/{cell}/{number}\", at_us = {at_us}, type = \"calls\", recognised = false }},"
        )
    };
    let rows = row(0, 23 * 60 + 50) + &row(1, 23 * 60 + 55);
    let text = format!(
        r#"
        [scenario]
        name = "one in reserve"
        start = "2024-01-15"
        [contact_types.calls]
        service_time = "20m"
        [arrivals.log]
        type = "calls"
        replay.contacts = [{rows}]
        [queues.calls]
        steps.first = {{ groups = ["desk"], reserve = {{ desk = 1 }} }}
        steps.held = {{ after = "10s", offer = "hold" }}
        [offers.hold]
        accepted = 1
        [offers.hold.callback]
        reached = 0
        dial_time = "0s"
        [routing.all]
        order = 1
        queue = "calls"
        [agent_groups.desk]
        serves = ["calls"]
        staffing.heads = 2
        "#
    );
    let run = record(&scenario(&text), 1, 0);
    let tried = run.logs.legs.iter().find(|leg| leg.fate == LegFate::NotReached).expect("a try in vain");
    assert_eq!(tried.left.unix_s(), midnight_s + 24 * 3600 + 600);
    run.passes_audit();
}
