//! Advanced paths: rules that know a caller's past, and rules that split what comes between vendors.

use std::collections::BTreeMap;

use centralino::log::{Cause, LegFate, LegRow};
use centralino::measures::{Basis, Scope, ScopeKind};

use crate::audited::is_sound;
use crate::support::{Recorded, record, scenario};

/// A center of two vendors, whose callers come again after half of the talks; `{RULES}` says who goes where.
const CENTER: &str = r#"
[scenario]
name = "Advanced paths"
start = "2008-06-16"
days = 3
[profiles.known]
share = 0.5
recognised = 1.0
[profiles.strangers]
share = 0.5
[vendors.a]
[vendors.b]
[contact_types.taxes]
service_time = { exponential = "4m" }
patience = { exponential = "6m" }
outcome.tier1 = { unresolved = 0.5, rest = "resolved" }
after_unresolved = { repeat = 1.0, delay = { exponential = "3h" }, at_most = 4 }
after_abandonment = { retrial = 0.7, delay = { exponential = "10m" }, at_most = 4 }
[arrivals.taxes]
per_hour = 20
[queues.first.steps.all]
groups = ["a"]
[queues.second.steps.all]
groups = ["b"]
[agent_groups.a]
vendor = "a"
serves = ["first"]
staffing.heads = 2
[agent_groups.b]
vendor = "b"
serves = ["second"]
staffing.heads = 2
[routing.others]
order = 9
queue = "second"
"#;

fn run(rules: &str) -> Recorded {
    record(&scenario(&format!("{CENTER}{rules}")), 11, 0)
}

fn by_need(run: &Recorded) -> BTreeMap<String, Vec<&LegRow>> {
    let mut needs: BTreeMap<String, Vec<&LegRow>> = BTreeMap::new();
    for leg in &run.logs.legs {
        needs.entry(leg.need.to_string()).or_default().push(leg);
    }
    needs.values_mut().for_each(|legs| legs.sort_by_key(|leg| (leg.attempt, leg.leg)));
    needs
}

fn is_first(leg: &LegRow) -> bool {
    leg.queue.as_deref() == Some("first")
}

#[test]
fn who_was_answered_within_a_while_is_sent_down_a_path_of_its_own_if_recognised() {
    let run = run("[routing.again]\norder = 1\nqueue = \"first\"\nwhen = { repeat_within_days = 0.125 }\n");
    is_sound(&run);
    let mut counts = [0; 3];
    for legs in by_need(&run).values() {
        for (row, leg) in legs.iter().enumerate() {
            let answered = legs[..row].iter().rev().find(|leg| leg.fate == LegFate::Answered);
            let ago = answered.map(|answer| leg.entered.us_since(answer.left));
            let within = ago.is_some_and(|ago| ago <= 3 * 3_600_000_000);
            assert_eq!(is_first(leg), within && leg.recognised, "{leg:?}");
            counts[usize::from(ago.is_some()) + usize::from(within)] += 1;
        }
    }
    assert!(counts.iter().all(|&count| count > 100), "fresh, too late, in time: {counts:?}");
}

#[test]
fn attempts_are_counted_whether_anybody_answered_or_not() {
    let run = run("[routing.again]\norder = 1\nqueue = \"first\"\nwhen = { attempt_over = 1 }\n");
    is_sound(&run);
    let third = |leg: &&LegRow| leg.recognised && leg.attempt > 1;
    assert!(run.logs.legs.iter().all(|leg| is_first(leg) == third(&leg)));
    assert!(run.logs.legs.iter().filter(third).count() > 50);
}

#[test]
fn a_mark_splits_needs_between_vendors_and_stays_with_them() {
    let run = run("[routing.a]\norder = 1\nqueue = \"first\"\nwhen = { mark = { below = 0.7 } }\n");
    is_sound(&run);
    let needs = by_need(&run);
    assert!(needs.values().all(|legs| legs.iter().all(|leg| is_first(leg) == is_first(legs[0]))));
    let first = needs.values().filter(|legs| is_first(legs[0])).count() as f64;
    let (all, z) = (needs.len() as f64, 4.0);
    assert!((first - 0.7 * all).abs() < z * (0.21 * all).sqrt(), "{first} of {all}");
    let offered = |name: usize| {
        let scope = Scope::new(ScopeKind::Vendor, name);
        run.results.find("answered_over_answered", Basis::Leg, scope).and_then(|row| row.mean)
    };
    assert!(offered(0).is_some() && offered(1).is_some());
}

#[test]
fn a_higher_share_keeps_whom_a_vendor_had() {
    let of = |share: f64| {
        let rule =
            format!("[routing.a]\norder = 1\nqueue = \"first\"\nwhen = {{ mark = {{ below = {share} }} }}\n");
        let run = run(&rule);
        let legs = run.logs.legs.into_iter().filter(|leg| leg.attempt == 0 && is_first(leg));
        legs.map(|leg| leg.need.to_string()).collect::<std::collections::BTreeSet<String>>()
    };
    let (few, many) = (of(0.3), of(0.4));
    assert!(few.is_subset(&many) && few.len() < many.len());
}

#[test]
fn a_band_fills_one_vendor_each_day_before_the_other() {
    let run = run(
        "[routing.a]\norder = 1\nqueue = \"first\"\nwhen = { at_most = { contacts = 120, per = \"day\" } }\n",
    );
    is_sound(&run);
    let mut legs: Vec<&LegRow> = run.logs.legs.iter().collect();
    legs.sort_by_key(|leg| leg.entered);
    let midnight = 1_213_574_400_000_000;
    for day in 0..3 {
        let of_day = legs.iter().filter(|leg| (leg.entered.0 - midnight) / 86_400_000_000 == day);
        let first: Vec<bool> = of_day.map(|leg| is_first(leg)).collect();
        assert!(first.len() > 300 && first[..120].iter().all(|&first| first), "day {day}");
        assert!(!first[120..].contains(&true), "day {day}");
    }
}

#[test]
fn a_band_by_period_begins_anew_with_each() {
    let run = run(
        "[routing.a]\norder = 1\nqueue = \"first\"\nwhen = { at_most = { contacts = 3, per = \"period\" } }\n",
    );
    is_sound(&run);
    let mut taken: BTreeMap<i64, (usize, usize)> = BTreeMap::new();
    for leg in &run.logs.legs {
        let (first, all) = taken.entry(leg.entered.0 / 900_000_000).or_default();
        *first += usize::from(is_first(leg));
        *all += 1;
    }
    // The last period has also what enters after the horizon: nothing here.
    assert!(taken.values().all(|&(first, all)| first == all.min(3)), "{taken:?}");
    assert!(taken.values().filter(|(_, all)| *all > 3).count() > 20);
}

const OFFICE: &str = r#"
[offices.registry]
staff = 1
[case_types.certificate]
office = "registry"
work = { exponential = "2h" }
due = "1h"
status_contacts = { hazard_per_day_open = 3.0, hazard_per_day_late = 6.0 }
"#;

#[test]
fn who_has_an_open_case_is_known_by_it() {
    let center = CENTER.replace("unresolved = 0.5", "case = 0.05").replace(
        "service_time = { exponential = \"4m\" }",
        "service_time = { exponential = \"4m\" }\ncase = \"certificate\"",
    );
    let rules = "[routing.a]\norder = 1\nqueue = \"first\"\nwhen = { has_open_case = true }\n";
    let run = record(&scenario(&format!("{center}{OFFICE}{rules}")), 11, 0);
    is_sound(&run);
    let news: Vec<&LegRow> = run.logs.legs.iter().filter(|leg| leg.cause == Cause::Status).collect();
    assert!(news.iter().filter(|leg| is_first(leg)).count() > 20, "{} ask for news", news.len());
    assert!(news.iter().all(|leg| is_first(leg) == leg.recognised));
    assert!(run.logs.legs.iter().filter(|leg| leg.cause != Cause::Status).all(|leg| !is_first(leg)));
}

/// Two shifts of a day, with lunch by day.
const SHIFTS: &str = r#"
[shifts.day]
start = "06:00"
end = "18:00"
breaks.lunch = { from = "12:00", length = "30m", waves = 2 }
[shifts.night]
start = "18:00"
end = "06:00"
"#;

/// Agents of tier 1, whose callers come again within the hour.
fn to_the_last_agent(wait: &str, staffing: &str) -> Recorded {
    let center = CENTER
        .replace("delay = { exponential = \"3h\" }", "delay = { exponential = \"30m\" }")
        .replace("staffing.heads = 2", staffing);
    let rule = format!(
        "[routing.again]\norder = 1\nqueue = \"second\"\nwhen = {{ repeat_within_days = 1 }}\n\
         prefer_last_agent.wait_at_most = \"{wait}\"\n{SHIFTS}"
    );
    record(&scenario(&format!("{center}{rule}")), 11, 0)
}

/// Of contacts after an answered one, the part that had the same agent, among known callers and among strangers.
fn same_agent(run: &Recorded) -> [f64; 2] {
    [true, false].map(|known| {
        let (mut same, mut all) = (0, 0);
        for legs in by_need(run).values() {
            let answered: Vec<_> = legs.iter().filter(|leg| leg.fate == LegFate::Answered).collect();
            for pair in answered.windows(2).filter(|pair| pair[1].recognised == known) {
                all += 1;
                same += i32::from(pair[0].agent == pair[1].agent);
            }
        }
        f64::from(same) / f64::from(all)
    })
}

#[test]
fn who_comes_again_waits_a_while_for_the_agent_who_knows_the_need() {
    for staffing in ["staffing.heads = 5", "staffing.shifts = { day = 5, night = 5 }"] {
        let with = |wait: &str| {
            let run = to_the_last_agent(wait, staffing);
            is_sound(&run);
            same_agent(&run)
        };
        let [none, some, long] = ["0s", "1m", "1h"].map(with);
        assert!(none[0] < some[0] && some[0] < long[0] && long[0] > 0.7, "{none:?} {some:?} {long:?}");
        assert!(long[1] < 0.4, "strangers are not waited with: {long:?}");
    }
}
