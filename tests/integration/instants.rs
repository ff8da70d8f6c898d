//! What falls together in one instant or lies about the horizon, on the whole way from text to logs and the audit.

use centralino::log::{CaseStretchEnd, Cause, VisitEndName};

use crate::support::{Recorded, record, scenario};

fn audited(text: &str) -> Recorded {
    let run = record(&scenario(text), 5, 0);
    let report = run.audit();
    assert!(report.is_clean(), "{report}");
    run
}

/// Six cases of half an hour that are there at midnight, and agents who work on them.
fn cases(office: &str, groups: &str) -> String {
    format!(
        r#"
        [scenario]
        name = "half hours"
        start = "2024-01-15"
        days = 1
        [contact_types.forms]
        service_time = "4m"
        outcome.tier1 = {{ case = 1, rest = "resolved" }}
        case = "form"
        [arrivals.forms]
        exactly = 0
        [queues.forms.steps.first]
        groups = ["early", "long"]
        [routing.all]
        order = 1
        queue = "forms"
        [offices.registry]
        {office}
        staff = 1
        discipline = "oldest"
        [case_types.form]
        office = "registry"
        work = "30m"
        due = "30 days"
        [start_state.cases.form]
        count = 6
        age = {{ uniform = {{ min = "1d", max = "2d" }} }}
        [agent_groups.long]
        serves = ["forms"]
        back_office = {{ offices = ["registry"], after_idle = "0s", keep_idle = 1 }}
        {groups}
        [agent_groups.early]
        serves = ["forms"]
        back_office = {{ offices = ["registry"], after_idle = "30m", keep_idle = 0 }}
        "#
    )
}

/// From when to when each case is worked on that is taken up by one o'clock, in minutes, and how it ends.
fn worked(run: &Recorded) -> Vec<(i64, i64, CaseStretchEnd)> {
    let midnight = run.logs.agents.iter().map(|row| row.from).min().expect("agents");
    let minutes = |at: centralino::log::LogTime| at.us_since(midnight) / 60_000_000;
    let rows = run.logs.cases.iter().filter_map(|row| Some((minutes(row.from?), minutes(row.to), row.end)));
    let mut rows: Vec<_> = rows.filter(|row| row.0 <= 60).collect();
    rows.sort_by_key(|row| (row.0, row.1));
    rows
}

#[test]
fn who_goes_home_as_work_ends_takes_nothing_from_those_who_stay() {
    // The office's one person is done at 00:30 and goes; a second agent comes then, so that the first may take up a case: the oldest.
    let groups = "staffing.heads = { \"00:00\" = 1, \"00:30\" = 2 }";
    let text = cases("hours = \"00:00-00:30\"", groups).replace(
        "[agent_groups.early]\n",
        "[agent_groups.early]\n        staffing.heads = { \"00:00\" = 0 }\n",
    );
    let run = audited(&text);
    let done = CaseStretchEnd::Closed;
    assert_eq!(worked(&run), [(0, 30, done), (30, 60, done), (60, 90, done)]);
    let mut taken: Vec<_> = run.logs.cases.iter().filter(|row| row.from.is_some()).collect();
    taken.sort_by_key(|row| row.from);
    assert!(taken.is_sorted_by_key(|row| row.opened), "a younger case goes first");
}

#[test]
fn who_has_idled_for_long_enough_as_the_shift_ends_lays_back_what_was_taken_up() {
    let shift = "[shifts.first]\n        start = \"00:00\"\n        end = \"00:30\"\n        ";
    let text = cases("hours = \"Sat 08:00-09:00\"", "staffing.heads = 2").replace(
        "[agent_groups.early]\n",
        &format!("{shift}[agent_groups.early]\n        staffing.shifts = {{ first = 1 }}\n"),
    );
    let run = audited(&text);
    assert!(
        run.logs.cases.iter().all(|row| row.end != CaseStretchEnd::Interrupted || row.from < Some(row.to))
    );
}

#[test]
fn a_talk_without_length_opens_no_case_before_it() {
    let text = r#"
        [scenario]
        name = "cases at once"
        start = "2024-01-15"
        [profiles.known]
        share = 1
        recognised = 1
        [contact_types.forms]
        service_time = "0s"
        outcome.tier1 = { case = 0.5, unresolved = 0.3, rest = "resolved" }
        case = "form"
        after_unresolved = { repeat = 1, delay = "10m", at_most = 9 }
        [arrivals.forms]
        per_hour = 30
        [queues.new.steps.first]
        groups = ["desk"]
        [queues.open.steps.first]
        groups = ["desk"]
        [routing.nothing_open]
        order = 1
        when = { has_open_case = false }
        queue = "new"
        [routing.others]
        order = 2
        queue = "open"
        [offices.registry]
        staff = 1
        [case_types.form]
        office = "registry"
        work = "1h"
        status_contacts = { hazard_per_day_open = 4.0, hazard_per_day_late = 0.0 }
        [agent_groups.desk]
        serves = ["new", "open"]
        staffing.heads = 2
        "#;
    let run = audited(text);
    let about_case = |leg: &&centralino::log::LegRow| leg.cause == Cause::Status;
    let (news, first): (Vec<_>, Vec<_>) = run.logs.legs.iter().partition(about_case);
    assert!(news.len() > 50 && news.iter().all(|leg| leg.queue.as_deref() == Some("open")), "{}", news.len());
    assert!(first.iter().all(|leg| leg.queue.as_deref() == Some("new")));
}

#[test]
fn who_asks_for_news_may_be_in_the_menu_at_the_horizon() {
    let text = r#"
        [scenario]
        name = "a long menu"
        start = "2024-01-15"
        [numbers.single]
        ivr = "main"
        [ivr.main]
        time = "20m"
        [contact_types.forms]
        service_time = "1m"
        outcome.tier1 = { case = 1 }
        case = "form"
        [arrivals.forms]
        per_hour = 30
        [queues.calls.steps.first]
        groups = ["desk"]
        [routing.all]
        order = 1
        queue = "calls"
        [offices.registry]
        hours = "Sat 08:00-09:00"
        staff = 1
        [case_types.form]
        office = "registry"
        work = "1h"
        status_contacts = { hazard_per_day_open = 4.0, hazard_per_day_late = 0.0 }
        [agent_groups.desk]
        serves = ["calls"]
        staffing.heads = 9
        "#;
    let run = audited(text);
    // 16 January 2024, midnight UTC.
    let horizon = centralino::log::LogTime(1_705_363_200_000_000);
    let late = run.logs.legs.iter().filter(|leg| leg.cause == Cause::Status && leg.entered > horizon);
    assert!(late.count() > 5);
}

#[test]
fn the_last_night_that_can_be_booked_is_whole() {
    // Nobody asks before the horizon, at midnight; the talks that end after it may book the one slot of that day, from ten to midnight on.
    let text = r#"
        [scenario]
        name = "a slot over midnight"
        start = "2024-01-15"
        [contact_types.cards]
        service_time = "50m"
        outcome.tier1 = { booking = 1 }
        service = "card"
        [arrivals.cards]
        per_day = 6
        day = { "00:00" = 0, "23:30" = 1 }
        [queues.calls.steps.first]
        groups = ["desk"]
        [routing.all]
        order = 1
        queue = "calls"
        [agent_groups.desk]
        serves = ["calls"]
        staffing.heads = 9
        [counters.hall]
        desks = 1
        hours = "23:50-00:10"
        [services.card]
        counters = ["hall"]
        visit_time = "5m"
        [services.card.booking]
        slot = "15m"
        horizon_days = 0
        "#;
    let run = audited(text);
    let ends: Vec<_> = run.logs.visits.iter().map(|visit| visit.end).collect();
    assert!(ends.len() > 2, "{ends:?}");
    assert_eq!(ends.iter().filter(|&&end| end == VisitEndName::Open).count(), 1, "{ends:?}");
}

#[test]
fn a_campaign_rings_as_soon_as_another_has_a_line_less() {
    let campaign = |group: &str, anticipates: &str| {
        format!(
            r#"
        list = 400
        groups = ["{group}"]
        attempts = 3
        spacing = "20m"
        answered = 0.4
        ring_time = {{ answered = {{ exponential = "8s" }}, unanswered = {{ exponential = "25s" }} }}
        service_time = "150s"
        dialling = "predictive"
        predictive = {{ abandonment_limit = 0.2, patience = {{ exponential = "10s" }}, step = 0.7{anticipates} }}
        "#
        )
    };
    let text = format!(
        r#"
        [scenario]
        name = "two diallers"
        start = "2024-01-15"
        [contact_types.none]
        service_time = "4m"
        [arrivals.none]
        exactly = 0
        [queues.none.steps.first]
        groups = ["first", "second"]
        [routing.all]
        order = 1
        queue = "none"
        [agent_groups.first]
        serves = ["none"]
        staffing.heads = 3
        [agent_groups.second]
        serves = ["none"]
        staffing.heads = 2
        [campaigns.a]
        {}
        [campaigns.b]
        {}
        "#,
        campaign("first", ", anticipates = \"45s\""),
        campaign("second", "")
    );
    let run = audited(&text);
    assert!(run.logs.dials.iter().filter(|dial| !dial.reserved).count() > 200);
}
