//! The customer's three tiers against what its case study and later reports say, and a week of them against the audit.

use centralino::measures::{Basis, Results, Scope, ScopeKind};
use centralino::model::Mode;

use super::audited::is_sound;
use super::support::{Recorded, compile, load, record, results, shipped};

/// One year as forecast: random factors on the rates held at 1.
fn year_as_forecast(file: &str) -> Results {
    let held = ["year", "month", "day", "period"].map(|level| format!("busyness.city.{level}.cv=0"));
    let held: Vec<&str> = held.iter().map(String::as_str).collect();
    let scenario = load(&shipped(&format!("milano-020202/{file}")), &held);
    results(&compile(&scenario), Mode::Eager, 2008, 1)
}

fn whole(results: &Results, measure: &str, basis: Basis) -> f64 {
    results.find(measure, basis, Scope::WHOLE).and_then(|row| row.mean).unwrap_or(f64::NAN)
}

/// A measure of a leg, by the names of a kind of scope.
fn of_each(results: &Results, measure: &str, kind: ScopeKind) -> Vec<(String, f64)> {
    let rows = results.rows().filter(|row| {
        row.measure == measure && row.basis == Basis::Leg && row.scope_kind == kind && row.period.is_none()
    });
    rows.map(|row| (row.scope.to_string(), row.mean.unwrap_or(f64::NAN))).collect()
}

#[test]
fn three_tiers_have_the_calls_the_vendors_and_the_answers_of_the_reports() {
    let year = year_as_forecast("three-tiers.toml");
    // Case study: 1,734,872 calls. Who was served by the menu called too; who calls for news is among the offered.
    let calls = whole(&year, "offered", Basis::Contact)
        + whole(&year, "blocked", Basis::Contact)
        + whole(&year, "self_served", Basis::Contact)
        + whole(&year, "menu_abandonment", Basis::Contact) * whole(&year, "greeted", Basis::Contact);
    assert!((calls / 1_734_872.0 - 1.0).abs() < 0.005, "{calls} calls");
    // Press: 98 % are solved by the operator who answers, so 2 % go on to a specialist or an office.
    let cases = whole(&year, "cases_opened", Basis::Case) / whole(&year, "answered", Basis::Leg);
    let passed_on = whole(&year, "escalation_share", Basis::Leg) + cases;
    assert!((passed_on - 0.02).abs() < 0.003, "{passed_on} of talks go on");
    // Press: 70 % with the companies, 30 % with the city's own staff; of those who call, not of those who are called.
    let answered = of_each(&year, "answered", ScopeKind::Vendor);
    let all: f64 = answered.iter().map(|(_, answered)| answered).sum();
    let outbound = of_each(&year, "answered", ScopeKind::ContactType);
    let (_, outbound) = outbound.iter().find(|(name, _)| name == "outbound").unwrap();
    let (_, city) = answered.iter().find(|(vendor, _)| vendor == "comune").unwrap();
    let share = city / (all - outbound);
    assert!((share - 0.3).abs() < 0.02, "{share} of calls with the city");
    // Press: 85 % within 30 s, which the contract promises; the offices keep their due times but for permits.
    assert!(whole(&year, "answered_over_offered", Basis::Contact) > 0.85);
    assert!((0.9..1.0).contains(&whole(&year, "cases_on_time", Basis::Case)));
}

#[test]
fn a_new_vendor_in_a_june_of_identity_cards_brings_waits_of_minutes_that_pass() {
    // Two weeks of six; the press has a mean wait of 8.8 minutes for such a June.
    let waits = |file: &str| {
        let held = ["year", "month", "day", "period"].map(|level| format!("busyness.city.{level}.cv=0"));
        let span = ["scenario.start=2008-06-02", "scenario.days=14", "scenario.run_in=6h"];
        let sets: Vec<&str> = held.iter().map(String::as_str).chain(span).collect();
        let scenario = load(&shipped(&format!("milano-020202/{file}")), &sets);
        whole(&results(&compile(&scenario), Mode::Eager, 2008, 1), "speed_of_answer", Basis::Contact)
    };
    let (before, after) = (waits("three-tiers.toml"), waits("vendor-change.toml"));
    assert!(before < 30.0 && after > 120.0, "{before} s before, {after} s with the new vendor");
}

#[test]
fn a_week_with_everything_passes_the_audit() {
    let week = ["scenario.start=2008-06-02", "scenario.days=7", "scenario.run_in=6h"];
    let recorded: Recorded = record(&load(&shipped("milano-020202/complete.toml"), &week), 2008, 0);
    let of = |measure: &str, basis: Basis| whole(&recorded.results, measure, basis);
    assert!(of("consultations", Basis::Leg) > 0.0 && of("interruptions", Basis::Time) > 0.0);
    assert!(of("worked_by_agents", Basis::Case) > 0.0 && of("bookings", Basis::Visit) > 1_000.0);
    is_sound(&recorded);
}

#[test]
fn a_week_of_three_tiers_passes_the_audit() {
    // With a holiday in it: the fifteenth of August.
    let week = ["scenario.start=2008-08-11", "scenario.days=7", "scenario.run_in=6h"];
    let recorded: Recorded = record(&load(&shipped("milano-020202/three-tiers.toml"), &week), 2008, 0);
    assert!(recorded.logs.cases.len() > 100, "{} stretches of work on cases", recorded.logs.cases.len());
    is_sound(&recorded);
}
