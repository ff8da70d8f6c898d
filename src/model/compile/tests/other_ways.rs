//! The web site first, and other ways after a failure: what is laid out, and what is said about each mistake.

use super::*;
use crate::model::{Mode, ProfileId, Turn};

const WEB: &str =
    "contact_types.taxes.web={ share = 0.2, share_by = { elderly = 0.1 }, solved = 0.5, calls = 0.6 }";

#[test]
fn parts_are_by_profile_and_say_who_never_calls() {
    let model = model(&[WEB]);
    let web = model.contact_types[0].web.as_ref().unwrap();
    assert_eq!(web.share, [0.1, 0.2]);
    // Half are helped, and of the others 0.4 give up.
    assert!((web.never_call(ProfileId(1)) - 0.2 * 0.7).abs() < 1e-12);
    assert!((web.calling - (1.0 - 0.25 * 0.07 - 0.75 * 0.14)).abs() < 1e-12);
    assert!(model.has_rare_rules() && model.capabilities().mode != Mode::Recursion);
}

#[test]
fn others_come_as_another_type_or_go_to_a_counter() {
    let again =
        "contact_types.taxes.after_abandonment={ retrial = 0.5, delay = '9m', instead = { taxes = 0.25 } }";
    let model = model(&[again]);
    let rule = model.contact_types[0].after_abandonment.as_ref().unwrap();
    let instead = rule.instead.as_ref().unwrap();
    assert_eq!(instead.cumulative, [0.25]);
    assert!(matches!(instead.turns[..], [Turn::Contact(_)]));
}

#[test]
fn each_mistake_is_told() {
    for (key, expected) in [
        ("web={ share = 1.2, solved = 0.5 }", "E3005 contact_types.taxes.web.share"),
        ("web={ share = 0.2, solved = -1 }", "E3005 contact_types.taxes.web.solved"),
        ("web={ share = 0.2, solved = 0.5, calls = 2 }", "E3005 contact_types.taxes.web.calls"),
        (
            "web={ share = 0.2, solved = 0.5, share_by = { elderly = 3 } }",
            "E3005 contact_types.taxes.web.share_by.elderly",
        ),
    ] {
        assert_eq!(errors(&[&format!("contact_types.taxes.{key}")]), [expected]);
    }
    let unknown =
        errors(&["contact_types.taxes.web={ share = 0.2, solved = 0.5, solved_by = { young = 0.1 } }"]);
    assert!(
        unknown.len() == 1 && unknown[0].ends_with("contact_types.taxes.web.solved_by.young"),
        "{unknown:?}"
    );
    let again = |rest: &str| {
        errors(&[&format!("contact_types.taxes.after_blocking={{ retrial = 0.5, delay = '9m', {rest} }}")])
    };
    let unknown = again("instead = { letters = 0.5 }");
    assert!(unknown.len() == 1 && unknown[0].ends_with("after_blocking.instead.letters"), "{unknown:?}");
    let unknown = again("visits = { card = 0.5 }");
    assert!(unknown.len() == 1 && unknown[0].ends_with("after_blocking.visits.card"), "{unknown:?}");
    assert_eq!(
        again("instead = { taxes = -0.5 }"),
        ["E3005 contact_types.taxes.after_blocking.instead.taxes"]
    );
}

#[test]
fn topics_have_names_and_types_without_one_are_their_own() {
    assert_eq!(errors(&["contact_types.taxes.topic=''"]), ["E4350 contact_types.taxes.topic"]);
    let model = model(&["contact_types.taxes.topic='money'"]);
    let topics: Vec<_> =
        (0..model.contact_types.len()).map(|row| model.topics.name_of(row).unwrap_or_default()).collect();
    let own = model.contact_types.iter().map(|of| if of.name == "taxes" { "money" } else { &*of.name });
    assert_eq!(topics, own.collect::<Vec<_>>());
}

#[test]
fn a_topic_that_is_spelled_almost_like_another_is_doubted() {
    let like_taxes =
        "contact_types.fees={ topic = 'mony', service_time = '3m', outcome.tier1 = { rest = 'resolved' } }";
    let calls = "arrivals.fees={ type = 'fees', per_day = 3 }";
    let found = warnings(&["contact_types.taxes.topic='money'", like_taxes, calls]);
    let of_topics: Vec<_> = found.iter().filter(|found| found.starts_with("W6150")).collect();
    assert_eq!(of_topics, ["W6150 contact_types.fees.topic", "W6150 contact_types.taxes.topic"]);
}
