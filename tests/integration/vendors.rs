//! What is offered to vendors: a story counted by hand.

use centralino::measures::{Basis, ReplicationRow, ScopeKind};

use crate::audited::sound;
use crate::support::{Recorded, record, scenario};

/// Two vendors with a queue each and one that they share, another that has none of its own. Five call the first vendor's queue in one
/// morning: it is open to one agent from 10:00 on, and whoever comes before has hung up by then.
const STORY: &str = r#"
    [scenario]
    name = "two vendors"
    start = "2024-01-08"
    days = 1
    [vendors.acme]
    [vendors.best]
    [vendors.city]
    [contact_types.first]
    patience = "10s"
    service_time = "1s"
    [contact_types.second]
    patience = "10s"
    service_time = "1s"
    [contact_types.both]
    patience = "10s"
    service_time = "1s"
    [contact_types.ours]
    patience = "10s"
    service_time = "1s"
    [arrivals.early]
    type = "first"
    exactly = 3
    day = { "00:00" = 0, "08:00" = 1, "09:00" = 0 }
    [arrivals.late]
    type = "first"
    exactly = 2
    day = { "00:00" = 0, "11:00" = 1, "12:00" = 0 }
    [arrivals.second]
    exactly = 4
    day = { "00:00" = 0, "11:00" = 1, "12:00" = 0 }
    [arrivals.both_early]
    type = "both"
    exactly = 6
    day = { "00:00" = 0, "08:00" = 1, "09:00" = 0 }
    [arrivals.both_late]
    type = "both"
    exactly = 7
    day = { "00:00" = 0, "11:00" = 1, "12:00" = 0 }
    [arrivals.ours]
    exactly = 1
    day = { "00:00" = 0, "08:00" = 1, "09:00" = 0 }
    [queues.first.steps.now]
    groups = ["a1"]
    [queues.first.steps.later]
    after = "5s"
    add = ["a2"]
    [queues.second.steps.now]
    groups = ["b1"]
    [queues.both.steps.now]
    groups = ["a1", "b1"]
    [queues.ours.steps.now]
    groups = ["c1", "a1"]
    [routing.first]
    order = 1
    when.type = "first"
    queue = "first"
    [routing.second]
    order = 2
    when.type = "second"
    queue = "second"
    [routing.both]
    order = 3
    when.type = "both"
    queue = "both"
    [routing.ours]
    order = 4
    queue = "ours"
    [agent_groups.a1]
    vendor = "acme"
    serves = ["first", "both", "ours"]
    staffing.heads = { "00:00" = 0, "10:00" = 9 }
    [agent_groups.a2]
    vendor = "acme"
    serves = ["first"]
    staffing.heads = { "00:00" = 0, "10:00" = 9 }
    [agent_groups.b1]
    vendor = "best"
    serves = ["second", "both"]
    staffing.heads = { "00:00" = 0, "10:00" = 9 }
    [agent_groups.c1]
    vendor = "city"
    serves = ["ours"]
    staffing.heads = { "00:00" = 0, "10:00" = 9 }
"#;

fn found(run: &Recorded, measure: &str, vendor: &str) -> Option<(f64, f64)> {
    let is_it = |row: &ReplicationRow<'_>| {
        row.measure == measure
            && row.basis == Basis::Leg
            && row.scope_kind == ScopeKind::Vendor
            && row.scope == vendor
    };
    run.results.replication_rows().find(is_it).map(|row| (row.numerator, row.denominator))
}

#[test]
fn who_hung_up_in_a_vendors_own_queue_was_offered_to_it() {
    let run = sound(&scenario(STORY), 1);
    let taken = |vendor: &str| {
        let of_both = |leg: &&centralino::log::LegRow| {
            leg.queue.as_deref() == Some("both") && leg.vendor.as_deref() == Some(vendor)
        };
        run.logs.legs.iter().filter(of_both).count() as f64
    };
    let (acme, best) = (taken("acme"), taken("best"));
    assert_eq!(acme + best, 7.0);
    // Three of its own five hang up after 10 s; the six early ones of the shared queue count for nobody.
    assert_eq!(found(&run, "offered", "acme"), Some((5.0 + acme, 1.0)));
    assert_eq!(found(&run, "abandoned", "acme"), Some((3.0, 1.0)));
    assert_eq!(found(&run, "answered_over_offered", "acme"), Some((2.0 + acme, 5.0 + acme)));
    assert_eq!(found(&run, "wait_all", "acme"), Some((30.0, 5.0 + acme)));
    assert_eq!(found(&run, "own_queue_share", "acme"), Some((5.0, 5.0 + acme)));
    assert_eq!(found(&run, "answered_over_offered", "best"), Some((4.0 + best, 4.0 + best)));
    assert_eq!(found(&run, "own_queue_share", "best"), Some((4.0, 4.0 + best)));
    // What was offered to a vendor without a queue of its own is not known.
    assert_eq!(found(&run, "offered", "city"), None);
    assert_eq!(found(&run, "answered_over_offered", "city"), None);
    assert_eq!(found(&run, "answered", "city"), Some((0.0, 1.0)));
}

/// The same without the shared queue and without a third vendor's: whoever wants them calls the first vendor, whose queue takes nobody before 08:30.
fn apart() -> String {
    let text = STORY
        .replace("queue = \"both\"", "queue = \"first\"")
        .replace("queue = \"ours\"", "queue = \"first\"");
    let text = text.replace(
        "[queues.first.steps.now]",
        "[queues.first]\nhours = \"Mon-Sun 08:30-24:00\"\n[queues.first.steps.now]",
    );
    let parts = text.split("\n    [").filter(|part| {
        !["queues.both", "queues.ours", "agent_groups.c1", "vendors.city"]
            .iter()
            .any(|gone| part.starts_with(gone))
    });
    let text = parts.collect::<Vec<_>>().join("\n    [");
    text.replace(", \"both\", \"ours\"]", "]").replace(", \"both\"]", "]")
}

#[test]
fn who_shares_no_queue_is_told_of_waits_and_of_who_was_refused() {
    let run = sound(&scenario(&apart()), 1);
    let of_first = |fate: fn(centralino::log::LegFate) -> bool| {
        let legs = run.logs.legs.iter();
        legs.filter(|leg| leg.queue.as_deref() == Some("first") && fate(leg.fate)).count() as f64
    };
    let refused = of_first(centralino::log::LegFate::is_refused);
    let (queued, left) = (
        of_first(centralino::log::LegFate::is_queued),
        of_first(|fate| fate == centralino::log::LegFate::Abandoned),
    );
    // Ten come early, of whom those before half past eight find the queue closed; nine come late and are answered at once.
    assert_eq!((refused + left, queued - left), (10.0, 9.0));
    assert!(refused > 0.0 && left > 0.0, "{refused} refused, {left} hung up");
    assert_eq!(found(&run, "blocked", "acme"), Some((refused, 1.0)));
    assert_eq!(found(&run, "blocking", "acme"), Some((refused, queued + refused)));
    assert_eq!(found(&run, "delayed", "acme"), Some((left, queued)));
    assert_eq!(found(&run, "excess_wait", "acme"), Some((0.0, queued)), "10 s are within 20 s");
    assert_eq!(found(&run, "delayed", "best"), Some((0.0, 4.0)));
    let quantile = |measure: &str, vendor: &str| {
        let is_it = |row: &centralino::measures::MeasureRow<'_>| {
            row.measure == measure && row.scope_kind == ScopeKind::Vendor && row.scope == vendor
        };
        run.results.whole_rows().find(is_it).and_then(|row| row.mean)
    };
    assert_eq!(quantile("wait_max", "acme"), Some(10.0));
    assert_eq!(quantile("wait_max", "best"), Some(0.0));
    let share = left / queued;
    let p90 = if share > 0.1 { 10.0 } else { 0.0 };
    assert!((quantile("wait_p90", "acme").unwrap() - p90).abs() <= 0.01 * p90, "{share} wait for 10 s");
    // Who shares a queue has none of these.
    let shared = record(&scenario(STORY), 1, 0);
    for measure in ["delayed", "excess_wait", "blocked", "blocking", "wait_p90"] {
        assert_eq!(found(&shared, measure, "acme"), None, "{measure}");
    }
}
