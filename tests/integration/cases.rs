//! Offices and cases on the whole way from text to logs: due times counted by hand, closing time, and the audit of it all.

use std::collections::{BTreeMap, BTreeSet};

use centralino::log::{CaseRow, CaseStretchEnd, Cause, LogTime, NeedEndName};
use centralino::model::Mode;

use crate::support::{Recorded, compile, failed, other_modes, record, replication, scenario, scenario_with};

/// Two weeks around Easter and the change of clocks, two offices, three case types.
const CITY: &str = r#"
    [scenario]
    name = "a city's offices"
    start = "2008-03-17"
    days = 14
    [calendar]
    time_zone = "Europe/Rome"
    holidays = "IT"
    [contact_types.change]
    patience = { exponential = "3m" }
    service_time = { exponential = "3m" }
    case = { residence = 0.6, tree = 0.2, rest = "note" }
    outcome.tier1 = { case = 0.5, unresolved = 0.1, rest = "resolved" }
    after_unresolved = { repeat = 0.8, delay = "2h" }
    after_abandonment = { retrial = 0.5, delay = { exponential = "20m" } }
    [contact_types.news]
    patience = { exponential = "3m" }
    service_time = { exponential = "2m" }
    [arrivals.change]
    per_day = 60
    day = { "08:00" = 1, "18:00" = 0 }
    [queues.all.steps.first]
    groups = ["agents"]
    [routing.all]
    order = 1
    queue = "all"
    [agent_groups.agents]
    serves = ["all"]
    staffing.heads = { "07:00" = 1, "12:00" = 2, "20:00" = 0 }
    [offices.registry]
    hours = "Mon-Fri 08:30-12:30 14:00-16:00, holidays closed"
    staff = { "00:00" = 3, "15:00" = 1 }
    [offices.parks]
    hours = "Mon, Thu 09:00-17:00"
    staff = 2
    discipline = "priority"
    [case_types.residence]
    office = "registry"
    work = { lognormal = { mean = "40m", sd = "50m" } }
    due = "2 working days"
    rework = 0.1
    status_contacts = { hazard_per_day_open = 0.05, hazard_per_day_late = 1.5, type = "news" }
    [case_types.tree]
    office = "parks"
    work = "90m"
    due = "6 working hours"
    status_contacts = { hazard_per_day_open = 0.3 }
    [case_types.note]
    office = "parks"
    priority = 1
    work = { exponential = "30m" }
    due = "3 days"
    resolves = true
"#;

#[test]
fn nothing_impossible_happens_in_a_citys_offices() {
    let disciplines = [
        ("discipline = \"priority\"", "discipline = \"oldest\""),
        ("staff = 2", "staff = [1, 2, 3, 0, 2, 1]"),
    ];
    for (seed, changes) in [(1, &disciplines[..0]), (2, &disciplines[..1]), (3, &disciplines[1..])] {
        let recorded = record(&scenario_with(CITY, changes), seed, 0);
        recorded.passes_audit();
        let ends: BTreeSet<CaseStretchEnd> = recorded.logs.cases.iter().map(|row| row.end).collect();
        assert_eq!(ends.len(), 4, "all that can end a stretch does");
        assert!(recorded.logs.legs.iter().filter(|leg| leg.cause == Cause::Status).count() > 30);
        let checks = recorded.audit().checks;
        let of_cases: Vec<_> = checks.iter().filter(|check| CHECKS.contains(&check.name)).collect();
        assert_eq!(of_cases.len(), CHECKS.len());
        assert!(of_cases.iter().all(|check| check.examined > 100), "{of_cases:?}");
    }
}

#[test]
fn the_ledger_of_needs_balances_and_offices_resolve_some() {
    let logs = record(&scenario(CITY), 5, 0).logs;
    let mut ends: BTreeMap<(NeedEndName, Option<u32>), u32> = BTreeMap::new();
    logs.needs.iter().for_each(|need| *ends.entry((need.end, need.resolved_at)).or_default() += 1);
    assert!(ends[&(NeedEndName::Resolved, Some(3))] > 50, "{ends:?}");
    assert!(ends[&(NeedEndName::Open, None)] > 5, "{ends:?}");
    let needs: BTreeSet<_> = logs.legs.iter().map(|leg| &leg.need).collect();
    assert_eq!(needs.len(), logs.needs.len());
}

/// A case opened at an instant of local time, of a type that is due so, at an office with these hours.
fn due(opened: &str, due: &str, hours: &str) -> String {
    let text = format!(
        r#"
        [scenario]
        name = "one case"
        start = "{}"
        days = 1
        [calendar]
        time_zone = "Europe/Rome"
        holidays = "IT"
        [contact_types.call]
        service_time = "0s"
        case = "it"
        outcome.tier1 = {{ case = 1.0 }}
        [arrivals.call]
        exactly = 200
        day = {{ "{}" = 1, "{}" = 0 }}
        [queues.all.steps.first]
        groups = ["agents"]
        [routing.all]
        order = 1
        queue = "all"
        [agent_groups.agents]
        serves = ["all"]
        staffing.heads = 1
        [offices.it]
        hours = "{hours}"
        staff = 1
        [case_types.it]
        office = "it"
        work = "1h"
        due = "{due}"
        "#,
        &opened[..10],
        &opened[11..],
        opened[11..].replace(":00", ":15"),
    );
    let recorded = record(&scenario(&text), 1, 0);
    recorded.passes_audit();
    let first: &CaseRow = recorded.logs.cases.iter().min_by_key(|row| row.opened).unwrap();
    let late = first.due.unwrap();
    // Within the quarter-hour cases come evenly, and what is due in working hours is due as much later.
    let whole = LogTime(late.0.div_euclid(900_000_000) * 900_000_000);
    recorded.calendar.timestamp(whole.0)[..16].to_string()
}

#[test]
fn working_days_skip_weekends_and_holidays() {
    let office = "Mon-Fri 08:30-15:30, holidays closed";
    assert_eq!(due("2008-06-16T10:00", "1 working day", office), "2008-06-17T15:30");
    assert_eq!(due("2008-06-16T10:00", "5 working days", office), "2008-06-23T15:30");
    assert_eq!(due("2008-06-20T20:00", "1 working day", office), "2008-06-23T15:30");
    assert_eq!(due("2008-05-30T10:00", "1 working day", office), "2008-06-03T15:30", "2 June is a holiday");
    assert_eq!(due("2008-03-20T10:00", "2 working days", office), "2008-03-25T15:30", "Easter Monday is one");
}

#[test]
fn working_hours_run_while_the_office_is_open_whatever_the_clocks_do() {
    let office = "Mon-Fri 08:30-12:30 14:00-16:00, holidays closed";
    assert_eq!(due("2008-06-16T10:00", "2 working hours", office), "2008-06-16T12:00");
    assert_eq!(due("2008-06-16T10:00", "4 working hours", office), "2008-06-16T15:30");
    assert_eq!(due("2008-06-16T06:00", "6 working hours", office), "2008-06-16T16:00", "at its closing");
    assert_eq!(due("2008-06-20T15:00", "2 working hours", office), "2008-06-23T09:30");
    let night = "Mon-Sun 00:00-06:00";
    assert_eq!(
        due("2008-03-30T01:00", "3 working hours", night),
        "2008-03-30T05:00",
        "02:00 to 03:00 is not"
    );
    assert_eq!(
        due("2008-10-26T01:00", "3 working hours", night),
        "2008-10-26T03:00",
        "02:00 to 03:00 is twice"
    );
}

#[test]
fn plain_days_have_24_hours() {
    assert_eq!(due("2008-03-29T12:00", "1 day", "always"), "2008-03-30T13:00");
    assert_eq!(due("2008-03-29T12:00", "36h", "always"), "2008-03-31T01:00");
}

#[test]
fn modes_agree_where_nobody_asks_for_news() {
    let silent = scenario_with(
        CITY,
        &[
            (
                "status_contacts = { hazard_per_day_open = 0.05, hazard_per_day_late = 1.5, type = \"news\" }",
                "",
            ),
            ("status_contacts = { hazard_per_day_open = 0.3 }", ""),
            ("after_abandonment = { retrial = 0.5, delay = { exponential = \"20m\" } }", ""),
            (
                "[contact_types.news]\n    patience = { exponential = \"3m\" }\n    service_time = { exponential = \"2m\" }\n",
                "",
            ),
        ],
    );
    let model = compile(&silent);
    assert_eq!(other_modes(&model), [Mode::Lazy]);
    let eager = replication(&model, Mode::Eager, 9, 0);
    assert_eq!(eager, replication(&model, Mode::Lazy, 9, 0));
}

#[test]
fn more_people_move_nobodys_work_and_ask_for_a_subset() {
    let asked = |staff: &str| -> BTreeSet<(String, LogTime)> {
        let recorded = record(&scenario_with(CITY, &[("staff = 2", staff)]), 4, 0);
        let news = recorded
            .logs
            .legs
            .into_iter()
            .filter(|leg| leg.cause == Cause::Status && leg.contact_type.as_ref() == "change");
        news.map(|leg| (leg.need.to_string(), leg.entered)).collect()
    };
    // Agents answer at once, so that talks end when they did.
    let (few, many) = (asked("staff = 1"), asked("staff = 9"));
    assert!(many.len() + 5 < few.len(), "{} of {}", many.len(), few.len());
    assert!(many.iter().filter(|contact| few.contains(contact)).count() * 10 >= many.len() * 8);
}

/// What the audit says of a broken log: the checks that notice.
fn noticed(break_it: impl Fn(&mut Recorded)) -> Vec<&'static str> {
    let mut recorded = record(&scenario(CITY), 1, 0);
    break_it(&mut recorded);
    failed(&recorded.audit())
}

const LIVES: &str = "a case is due, worked on and closed as its type says";
const WORK: &str = "people of an office work on what is there";
const ORDER: &str = "an office takes up the case that is first";
const OPENINGS: &str = "a talk that ends so opens a case";
const NEEDS: &str = "a need ends once and as its contacts say";
const CHECKS: [&str; 5] = [OPENINGS, LIVES, WORK, ORDER, NEWS];
const NEWS: &str = "who contacts the center about a case has one";

#[test]
fn the_audit_notices_what_cannot_be() {
    // The end of one at which the same person takes up the next.
    let closed = |rows: &mut Vec<CaseRow>| -> usize {
        let hands_on =
            |row: &CaseRow| rows.iter().any(|next| next.from == Some(row.to) && next.office == row.office);
        rows.iter().position(|row| row.end == CaseStretchEnd::Closed && hands_on(row)).unwrap()
    };
    let found = noticed(|of| {
        let row = closed(&mut of.logs.cases);
        of.logs.cases[row].to.0 -= 60_000_000;
    });
    assert!(found.contains(&WORK) && found.contains(&NEEDS), "{found:?}");
    let found = noticed(|of| {
        let row = closed(&mut of.logs.cases);
        of.logs.cases[row].due = None;
    });
    assert!(found.contains(&LIVES), "{found:?}");
    let found = noticed(|of| {
        let need = of.logs.cases[0].need.clone();
        of.logs.cases.retain(|row| row.need != need);
    });
    assert!(found.contains(&OPENINGS), "{found:?}");
    let found = noticed(|of| {
        let tree = of
            .logs
            .cases
            .iter_mut()
            .find(|row| &*row.case_type == "tree" && row.end == CaseStretchEnd::Closed);
        tree.unwrap().to.0 -= 1;
    });
    assert!(found.contains(&LIVES), "{found:?}");
    let found = noticed(|of| {
        let asks = of.logs.legs.iter_mut().find(|leg| &*leg.contact_type == "news").unwrap();
        asks.contact_type = "change".into();
    });
    assert!(found.contains(&NEWS), "{found:?}");
    let found = noticed(|of| {
        let need = of.logs.needs.iter_mut().find(|need| need.resolved_at == Some(3)).unwrap();
        need.resolved_at = Some(1);
    });
    assert_eq!(found, [NEEDS]);
}

#[test]
fn the_audit_notices_an_office_that_takes_the_wrong_case_or_interrupts_out_of_order() {
    let recorded = record(&scenario(CITY), 1, 0);
    let audit = |changes: &[(&str, &str)]| failed(&recorded.audit_as(&scenario_with(CITY, changes)));
    assert!(audit(&[("discipline = \"priority\"", "discipline = \"oldest\"")]).contains(&ORDER));
    assert!(audit(&[("staff = 2", "staff = 3")]).contains(&WORK));
    assert!(audit(&[("Mon, Thu 09:00-17:00", "Mon, Thu 09:00-16:00")]).contains(&WORK));
    assert!(audit(&[("work = \"90m\"", "work = \"91m\"")]).contains(&LIVES));
    assert!(audit(&[("6 working hours", "7 working hours")]).contains(&LIVES));
    assert!(audit(&[("hazard_per_day_open = 0.05", "hazard_per_day_open = 0.0")]).contains(&NEWS));
}

/// Talks of no time that all open a case at an office of one; cases are open and late for a while.
#[test]
fn contacts_that_ask_for_news_are_as_many_as_the_integrated_hazard_says() {
    let logs = record(
        &scenario(
            r#"
            [scenario]
            name = "any news?"
            start = "2008-06-16"
            days = 60
            [contact_types.call]
            service_time = "0s"
            case = "it"
            outcome.tier1 = { case = 1.0 }
            [arrivals.call]
            per_hour = 2
            [queues.all.steps.first]
            groups = ["agents"]
            [routing.all]
            order = 1
            queue = "all"
            [agent_groups.agents]
            serves = ["all"]
            staffing.heads = 1
            [offices.it]
            hours = "Mon-Fri 08:00-18:00"
            staff = 10
            [case_types.it]
            office = "it"
            work = { exponential = "80m" }
            due = "1d"
            status_contacts = { hazard_per_day_open = 0.4, hazard_per_day_late = 1.1 }
            "#,
        ),
        7,
        0,
    )
    .logs;
    let day_us = 86_400e6;
    let over =
        logs.cases.iter().filter(|row| matches!(row.end, CaseStretchEnd::Closed | CaseStretchEnd::Open));
    let expected: f64 = over
        .map(|row| {
            let late_us = row.to.us_since(row.due.unwrap()).max(0) as f64;
            0.4 * row.to.us_since(row.opened) as f64 / day_us + 1.1 * late_us / day_us
        })
        .sum();
    let asked = logs.legs.iter().filter(|leg| leg.cause == Cause::Status).count() as f64;
    assert!(expected > 500.0, "{expected}");
    assert!((asked - expected).abs() < 4.0 * expected.sqrt(), "{asked} contacts, {expected} expected");
}

const BY_SHIFTS: (&str, &str) = (
    "staff = { \"00:00\" = 3, \"15:00\" = 1 }",
    "shifts = { early = 2, late = 1 }\n    shifts_on.fri = { early = 2 }\n    [shifts.early]\n    start = \"08:00\"\n    end = \"14:00\"\n    \
     breaks.coffee = { from = \"10:00\", length = \"20m\", waves = 2 }\n    [shifts.late]\n    start = \"11:00\"\n    end = \"17:00\"",
);

#[test]
fn an_office_by_shifts_passes_the_audit_which_knows_its_breaks() {
    let text = scenario_with(CITY, &[BY_SHIFTS]);
    let recorded = record(&text, 7, 0);
    recorded.passes_audit();
    let at_coffee = |row: &&CaseRow| row.end == CaseStretchEnd::Interrupted && &*row.office == "registry";
    let ended = recorded.logs.cases.iter().filter(at_coffee);
    let minutes = |row: &CaseRow| recorded.calendar.local(row.to.unix_s()).second_of_day / 60;
    assert!(ended.map(minutes).any(|minute| minute == 600), "somebody lays work down at ten");
    for (was, is) in
        [("waves = 2", "waves = 1"), ("late = 1", "late = 2"), ("length = \"20m\"", "length = \"15m\"")]
    {
        let other = scenario(&CITY.replace(BY_SHIFTS.0, &BY_SHIFTS.1.replace(was, is)));
        assert!(recorded.audit_as(&other).failures() > 0, "{was} is {is}");
    }
}

/// Everybody works whenever there, so that the time worked tells who was.
#[test]
fn whoever_is_away_is_away_for_the_shift() {
    let endless = ("work = { lognormal = { mean = \"40m\", sd = \"50m\" } }", "work = \"90h\"");
    let absent = format!("{}\n", BY_SHIFTS.1).replacen("shifts =", "absence = 0.3\n    shifts =", 1);
    let worked_s = |recorded: &Recorded| -> f64 {
        let rows = recorded.logs.cases.iter().filter(|row| &*row.office == "registry");
        rows.filter_map(|row| Some(row.to.us_since(row.from?) as f64 / 1e6)).sum()
    };
    let all = worked_s(&record(&scenario_with(CITY, &[endless, BY_SHIFTS]), 3, 0));
    let mut share = 0.0;
    for number in 0..6 {
        let recorded = record(&scenario_with(CITY, &[endless, (BY_SHIFTS.0, &absent)]), 3, number);
        recorded.passes_audit();
        share += worked_s(&recorded) / all / 6.0;
    }
    // About 140 shifts with a draw each: the standard deviation is 0.04.
    assert!((share - 0.7).abs() < 0.16, "{share}");
}

/// Shifts outside the hours: nobody is ever there, and so nobody is absent.
#[test]
fn an_office_whose_shifts_never_fall_within_its_hours_does_no_work() {
    let nights = "absence = 0.3\n    shifts = { night = 2 }\n    [shifts.night]\n    start = \"22:00\"\n    end = \"23:00\"";
    let recorded = record(&scenario_with(CITY, &[(BY_SHIFTS.0, nights)]), 3, 0);
    recorded.passes_audit();
    let rows: Vec<&CaseRow> = recorded.logs.cases.iter().filter(|row| &*row.office == "registry").collect();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.end == CaseStretchEnd::Open));
}

#[test]
fn an_offices_roster_may_be_a_table_of_its_own() {
    let dir = tempfile::tempdir().expect("a directory");
    let table = "group,day,shift,heads\nregistry,weekday,early,2\nregistry,weekday,late,1\nother,weekday,late,9\n\
                 registry,fri,early,2\nregistry,fri,late,0\n";
    std::fs::write(dir.path().join("people.csv"), table).expect("room");
    let by_table = BY_SHIFTS.1.replace(
        "shifts = { early = 2, late = 1 }\n    shifts_on.fri = { early = 2 }",
        "roster = \"people.csv\"",
    );
    assert!(by_table.contains("roster"));
    let file = dir.path().join("city.toml");
    std::fs::write(&file, CITY.replace(BY_SHIFTS.0, &by_table)).expect("room");
    let (by_table, by_shifts) =
        (record(&crate::support::load(&file, &[]), 7, 0), record(&scenario_with(CITY, &[BY_SHIFTS]), 7, 0));
    by_table.passes_audit();
    assert_eq!(by_table.logs.cases, by_shifts.logs.cases);
}
