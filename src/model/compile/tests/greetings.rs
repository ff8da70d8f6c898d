//! Lookups and menus: what is said about each mistake, and whom they send where.

use super::*;

const MENU: &str = "ivr.main={ time = '30s' }";

/// Code and path of each error with a menu that everybody hears who asks about taxes.
fn errors_with(more: &[&str]) -> Vec<String> {
    let mut all = vec![MENU, "contact_types.taxes.ivr=main"];
    all.extend(more);
    errors(&all)
}

const OTHERS: [&str; 3] = [
    "contact_types.permits={ service_time = '2m', patience = '5m' }",
    "arrivals.permits={ per_day = 10 }",
    "ivr.main.redirect_time=30s",
];

#[test]
fn names_are_looked_up() {
    assert_eq!(errors(&["contact_types.taxes.ivr=main"]), ["E2130 contact_types.taxes.ivr"]);
    assert_eq!(
        errors(&["numbers.one={ ivr = 'main' }", "arrivals.taxes.number=one"]),
        ["E2130 numbers.one.ivr"]
    );
    assert_eq!(errors_with(&["ivr.main.self_service.tax=0.5"]), ["E2101 ivr.main.self_service.tax"]);
    assert_eq!(errors_with(&["ivr.main.misrouted.tax={ taxes = 0.1 }"]), ["E2101 ivr.main.misrouted.tax"]);
    assert_eq!(
        errors_with(&["ivr.main.misrouted.taxes={ permit = 0.1 }", "ivr.main.redirect_time=30s"]),
        ["E2101 ivr.main.misrouted.taxes.permit"]
    );
}

#[test]
fn misrouted_parts_name_others_fit_and_take_time() {
    let with = |more: &[&str]| errors_with(&[&OTHERS[..], more].concat());
    let at = "ivr.main.misrouted.taxes";
    assert_eq!(with(&["ivr.main.misrouted.taxes={ taxes = 0.1 }"]), [format!("E3007 {at}.taxes")]);
    let two = [
        "contact_types.bins={ service_time = '2m' }",
        "ivr.main.misrouted.taxes={ permits = 0.7, bins = 0.6 }",
    ];
    assert_eq!(with(&two), [format!("E3008 {at}")]);
    let timeless = [OTHERS[0], OTHERS[1], "ivr.main.misrouted.taxes={ permits = 0.1 }"];
    assert_eq!(errors_with(&timeless), ["E2002 ivr.main"]);
}

#[test]
fn hours_in_which_lookups_are_down_are_hours() {
    assert_eq!(errors(&["recognition.down=whenever"]), ["E4003 recognition.down"]);
}

#[test]
fn what_a_menu_serves_is_in_no_count_of_offered_contacts() {
    let counted = ["arrivals.taxes.counts=offered", "arrivals.taxes.abandonment=0.1"];
    model(&[MENU, "contact_types.taxes.ivr=main"]);
    assert_eq!(
        errors_with(&[&counted[..], &["ivr.main.self_service.taxes=0.5"]].concat()),
        ["E4022 arrivals.taxes.counts"]
    );
}

#[test]
fn a_menu_that_nobody_hears_is_told() {
    assert_eq!(warnings(&[MENU]), ["W6002 ivr.main"]);
}

/// Whoever chooses permits needs a rule, though nobody calls about them.
#[test]
fn what_is_chosen_wrongly_needs_a_rule() {
    let more =
        [OTHERS[0], OTHERS[2], "ivr.main.misrouted.taxes={ permits = 0.1 }", "routing.all.when.type=taxes"];
    assert_eq!(errors_with(&more), ["E5004 routing"]);
}

/// 40 calls an hour of 270 s are 3 agents at tier 1, where 2 work: too few for patient callers, unless the menu serves half of them.
#[test]
fn self_service_takes_load_away() {
    let text = SMALL.replace("patience = { exponential = \"3m\" }\n", "");
    let two = ["agent_groups.general.staffing.heads=1", "agent_groups.senior.staffing.heads=1"];
    let overloaded = |more: &[&str]| {
        let found = compile(&scenario(&text, &[&two[..], more].concat())).unwrap().warnings;
        found.iter().any(|finding| finding.code.as_str() == "W6001")
    };
    assert!(overloaded(&[]));
    assert!(!overloaded(&[MENU, "contact_types.taxes.ivr=main", "ivr.main.self_service.taxes=0.5"]));
}
