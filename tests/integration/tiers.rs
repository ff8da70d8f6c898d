//! Tiers: outcome tables of types, profiles and groups, and contacts that are passed on.

use std::collections::BTreeMap;

use centralino::log::{LegRow, OutcomeName};
use centralino::measures::{Basis, ScopeKind};

use crate::audited::is_sound;
use crate::support::{Recorded, record, scenario};

/// Two departments of tier 1, experts, two profiles; `{{tables}}` says how talks end.
const CENTER: &str = r#"
[scenario]
name = "Who is passed on"
start = "2008-06-16"
days = 2
[profiles.elderly]
share = 0.4
[profiles.others]
share = 0.6
[vendors.inside]
[vendors.outside]
[contact_types.taxes]
service_time = { exponential = "4m" }
patience = { exponential = "5m" }
wrap_up = { exponential = "20s" }
tier2.service_time = { exponential = "6m" }
outcome.tier1 = { escalate = 0.2, wrong_department = 0.1, rest = "resolved" }
outcome.tier2 = { send_back = 0.2, rest = "resolved" }
[arrivals.taxes]
per_hour = 40
[queues.general.steps.first]
groups = ["desk", "others"]
[queues.special.steps.first]
groups = ["others"]
[queues.experts.steps.first]
groups = ["experts"]
[routing.escalated]
order = 1
when = { tier = 2 }
queue = "experts"
[routing.redirected]
order = 2
when = { redirected = true }
queue = "special"
priority = 5
tests = [{ given = { type = "taxes", redirected = true }, goes_to = "special" }]
[routing.others]
order = 3
queue = "general"
[agent_groups.desk]
vendor = "outside"
serves = ["general"]
staffing.heads = 3
[agent_groups.others]
vendor = "inside"
serves = ["special", "general"]
staffing.heads = 2
[agent_groups.experts]
tier = 2
vendor = "inside"
serves = ["experts"]
staffing.heads = 3
"#;

fn run(tables: &str) -> Recorded {
    record(&scenario(&format!("{CENTER}{tables}")), 11, 0)
}

/// Part of the answered legs that pass, of those that fit.
fn share(run: &Recorded, fits: impl Fn(&LegRow) -> bool, passes: impl Fn(&LegRow) -> bool) -> f64 {
    let answered: Vec<_> = run.logs.legs.iter().filter(|leg| leg.outcome.is_some() && fits(leg)).collect();
    answered.iter().filter(|leg| passes(leg)).count() as f64 / answered.len() as f64
}

fn ended(leg: &LegRow, outcome: OutcomeName) -> bool {
    leg.outcome == Some(outcome)
}

#[test]
fn contacts_go_on_come_back_and_stop_and_the_audit_follows_them() {
    let run = run("");
    is_sound(&run);
    let legs = &run.logs.legs;
    for (outcome, to) in
        [(OutcomeName::Escalated, 2), (OutcomeName::WrongDepartment, 1), (OutcomeName::SentBack, 1)]
    {
        let passed: Vec<_> = legs.iter().filter(|leg| ended(leg, outcome)).collect();
        assert!(passed.len() > 20 && passed.iter().all(|leg| leg.transferred_to == Some(to)), "{outcome}");
    }
    assert_eq!(legs.iter().map(|leg| leg.leg).max(), Some(3), "three passes are the most");
    let redirected = legs.iter().filter(|leg| leg.rule.as_deref() == Some("redirected"));
    assert!(
        redirected.clone().count() > 50
            && redirected.clone().all(|leg| leg.queue.as_deref() == Some("special"))
    );
}

#[test]
fn the_measures_of_passing_on_are_those_of_the_log() {
    let run = run("");
    for (measure, outcome) in [
        ("escalation_share", OutcomeName::Escalated),
        ("redirected_share", OutcomeName::WrongDepartment),
        ("sent_back_share", OutcomeName::SentBack),
    ] {
        for (vendor, index) in [("inside", 0), ("outside", 1)] {
            let scope = centralino::measures::Scope::new(ScopeKind::Vendor, index);
            let told =
                run.results.find(measure, Basis::Leg, scope).and_then(|row| row.mean).unwrap_or(f64::NAN);
            let counted = share(&run, |leg| leg.vendor.as_deref() == Some(vendor), |leg| ended(leg, outcome));
            assert!((told - counted).abs() < 1e-12, "{measure} of {vendor}: {told}, not {counted}");
        }
    }
}

#[test]
fn the_table_that_says_most_decides() {
    let run = run("[profiles.elderly.outcome.taxes]\ntier1 = { escalate = 1.0 }\n\
         [agent_groups.others.outcome]\ntaxes = { unresolved = 1.0 }\n\
         [agent_groups.others.outcome_by_profile.elderly]\ntaxes = { resolved = 1.0 }\n");
    is_sound(&run);
    let (mut of_profile, mut of_group, mut of_both) = (0, 0, 0);
    for leg in run.logs.legs.iter().filter(|leg| leg.outcome.is_some() && leg.leg < 3) {
        let elderly = leg.profile.as_deref() == Some("elderly");
        match (leg.group.as_deref(), elderly) {
            (Some("desk"), true) => {
                of_profile += 1;
                assert!(ended(leg, OutcomeName::Escalated));
            }
            (Some("others"), false) => {
                of_group += 1;
                assert!(ended(leg, OutcomeName::Unresolved));
            }
            (Some("others"), true) => {
                of_both += 1;
                assert!(ended(leg, OutcomeName::Resolved));
            }
            _ => {}
        }
    }
    assert!(of_profile > 50 && of_group > 50 && of_both > 20, "{of_profile} {of_group} {of_both}");
}

/// How each need's first talk ended.
fn first_talks(run: &Recorded) -> BTreeMap<String, Option<OutcomeName>> {
    let firsts = run.logs.legs.iter().filter(|leg| leg.attempt == 0 && leg.leg == 0 && leg.outcome.is_some());
    firsts.map(|leg| (leg.need.to_string(), leg.outcome)).collect()
}

#[test]
fn a_table_of_its_own_moves_only_whom_it_must() {
    // Everybody is answered by the desk at once, so that only the table differs.
    let alone = |tables: &str| {
        let text = CENTER.replace("groups = [\"desk\", \"others\"]", "groups = [\"desk\"]");
        let text = text.replace("serves = [\"special\", \"general\"]", "serves = [\"special\"]");
        let text = text.replace("staffing.heads = 3", "staffing.heads = 60");
        first_talks(&record(&scenario(&format!("{text}{tables}")), 11, 0))
    };
    let base = alone("");
    let more = alone(
        "[agent_groups.desk.outcome]\ntaxes = { escalate = 0.3, wrong_department = 0.1, rest = \"resolved\" }\n",
    );
    assert_eq!(base.keys().collect::<Vec<_>>(), more.keys().collect::<Vec<_>>());
    let escalated = Some(OutcomeName::Escalated);
    let moved = base.iter().filter(|(need, was)| **was == escalated && more[*need] != escalated);
    assert_eq!(moved.count(), 0, "whom the desk escalated it still does");
    let all = base.len() as f64;
    let escalated = more.values().filter(|&&ends| ends == escalated).count() as f64;
    assert!((escalated / all - 0.3).abs() < 4.0 * (0.21 / all).sqrt(), "{}", escalated / all);
}

#[test]
fn the_audit_notices_a_talk_that_its_table_does_not_have() {
    let run = run("");
    let strict = scenario(&format!(
        "{CENTER}[agent_groups.desk.outcome]\ntaxes = {{ escalate = 0.2, rest = \"resolved\" }}\n"
    ));
    let report = run.audit_as(&strict);
    let failed = report.check("a talk ends as its type allows").map_or(0, |check| check.failed);
    let wrong = run
        .logs
        .legs
        .iter()
        .filter(|leg| leg.group.as_deref() == Some("desk") && ended(leg, OutcomeName::WrongDepartment));
    assert!(failed > 0 && failed == wrong.count() as u64);
    let shorter = CENTER.replace("wrap_up =", "passed_on_at_most = 2\nwrap_up =");
    assert!(run.audit_as(&scenario(&shorter)).failures() > 0, "a third pass");
}

const WARM: &str = "[contact_types.taxes.warm_transfer]\nlimit = \"90s\"\nintroduction = \"20s\"\n";

#[test]
fn agents_stay_with_callers_and_the_audit_follows_them() {
    let run = run(WARM);
    is_sound(&run);
    let held = |leg: &&LegRow| leg.outcome == Some(OutcomeName::Escalated);
    let next = |leg: &LegRow| {
        run.logs
            .legs
            .iter()
            .find(|next| (&next.need, next.attempt, next.leg) == (&leg.need, leg.attempt, leg.leg + 1))
    };
    let (mut taken_over, mut turned_cold, mut held_us, mut answered) = (0.0, 0.0, 0, 0.0);
    for leg in run.logs.legs.iter().filter(|leg| leg.outcome.is_some()) {
        answered += 1.0;
        let Some(next) = next(leg).filter(|_| held(&leg)) else { continue };
        held_us += leg.talk_ended.unwrap_or_default().us_since(next.entered);
        let waited = next.assigned.map_or(i64::MAX, |assigned| assigned.us_since(next.entered));
        if waited <= 90_000_000 { taken_over += 1.0 } else { turned_cold += 1.0 }
    }
    assert!(taken_over > 50.0 && turned_cold > 5.0, "{taken_over} {turned_cold}");
    for (measure, exact) in [
        ("warm_transfer_share", taken_over / answered),
        ("turned_cold_share", turned_cold / answered),
        ("hold_time", held_us as f64 / 1e6 / (taken_over + turned_cold)),
    ] {
        let (told, _) = crate::support::estimate(&run.results, measure, Basis::Leg);
        assert!((told - exact).abs() < 1e-9 * exact.max(1.0), "{measure}: {told}, not {exact}");
    }
    let rows = run.logs.agents.iter().filter(|row| row.state == centralino::log::AgentStateName::Holding);
    assert_eq!(rows.map(|row| row.to.us_since(row.from)).sum::<i64>(), held_us);
}

#[test]
fn the_audit_notices_who_did_not_stay_or_stayed_too_long() {
    let warm = run(WARM);
    assert!(warm.audit_as(&scenario(CENTER)).failures() > 0, "nobody stays in a cold transfer");
    assert!(run("").audit_as(&warm.scenario).failures() > 0, "somebody stays in a warm one");
    for other in [WARM.replace("90s", "80s"), WARM.replace("20s", "15s")] {
        let report = warm.audit_as(&scenario(&format!("{CENTER}{other}")));
        let failed = report.check("legs of a contact follow one another").map_or(0, |check| check.failed);
        assert!(failed > 0, "{other}");
    }
}

/// Nobody waits alone for tier 2: at the limit the contact becomes a case, or the talk has not helped.
fn ends(otherwise: &str) -> String {
    let limit = WARM.replace("introduction", &format!("otherwise = \"{otherwise}\"\nintroduction"));
    let more = "[case_types.check]\noffice = \"office\"\nwork = \"10m\"\n\
                [case_types.check.status_contacts]\nhazard_per_day_open = 3\n[offices.office]\nstaff = 3\n";
    let text = CENTER.replace("wrap_up =", "after_unresolved = { repeat = 0.7, delay = \"9m\" }\nwrap_up =");
    let text = match otherwise {
        "case" => text.replace("wrap_up =", "case = \"check\"\nwrap_up ="),
        _ => text,
    };
    format!("{text}{limit}{}", if otherwise == "case" { more } else { "" })
}

#[test]
fn a_warm_transfer_ends_otherwise_at_its_limit_and_the_audit_follows_it() {
    for (otherwise, outcome) in [("case", OutcomeName::Case), ("unresolved", OutcomeName::Unresolved)] {
        let run = record(&scenario(&ends(otherwise)), 11, 0);
        is_sound(&run);
        let withdrawn = |leg: &&LegRow| leg.fate == centralino::log::LegFate::SentAway && ended(leg, outcome);
        let count = run.logs.legs.iter().filter(withdrawn).count();
        assert!(count > 5, "{count} of {otherwise}");
        let answered = run.logs.legs.iter().filter(|leg| leg.group.is_some()).count();
        let (told, _) = crate::support::estimate(&run.results, "withdrawn_share", Basis::Leg);
        assert!((told - count as f64 / answered as f64).abs() < 1e-12, "{told}");
        let (cold, _) = crate::support::estimate(&run.results, "turned_cold_share", Basis::Leg);
        assert_eq!(cold, 0.0, "nobody waits on alone");
        let other = if otherwise == "case" { "unresolved" } else { "case" };
        let failures = |text: &str| run.audit_as(&scenario(text)).failures();
        assert!(failures(&ends(otherwise).replace(&format!("otherwise = \"{otherwise}\""), "")) > 0);
        assert!(failures(&ends(otherwise).replace("90s", "80s")) > 0);
        assert!(failures(&ends(other)) > 0);
    }
}

#[test]
fn groups_have_limits_of_their_own_and_the_audit_knows_them() {
    let limit = "warm_transfer_limit = \"10s\"\n";
    let text =
        format!("{CENTER}{WARM}").replace("[agent_groups.desk]\n", &format!("[agent_groups.desk]\n{limit}"));
    let run = record(&scenario(&text), 11, 0);
    is_sound(&run);
    assert!(run.audit_as(&scenario(&format!("{CENTER}{WARM}"))).failures() > 0);
}

#[test]
fn what_a_limit_cannot_be_is_told() {
    let told = |text: &str| -> Vec<String> {
        let found = match centralino::model::compile(&scenario(text)) {
            Ok(compiled) => compiled.warnings,
            Err(found) => found,
        };
        found.iter().map(|found| format!("{} {}", found.code, found.path)).collect()
    };
    let warm = format!("{CENTER}{WARM}otherwise = \"escalate\"\n");
    assert_eq!(told(&warm), ["E4322 contact_types.taxes.warm_transfer.otherwise"]);
    let group = |group: &str| {
        let head = format!("[agent_groups.{group}]\n");
        told(&CENTER.replace(&head, &format!("{head}warm_transfer_limit = \"1m\"\n")))
    };
    assert_eq!(group("desk"), ["W6002 agent_groups.desk.warm_transfer_limit"], "no transfer is warm");
    let experts = format!("{CENTER}{WARM}");
    let head = "[agent_groups.experts]\n";
    let experts = experts.replace(head, &format!("{head}warm_transfer_limit = \"1m\"\n"));
    assert_eq!(told(&experts), ["W6002 agent_groups.experts.warm_transfer_limit"], "they pass nobody on");
}
