//! What is offered to vendors: a story counted by hand.

use centralino::measures::{Basis, ReplicationRow, ScopeKind};

use crate::recount::{differences, within};
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
    let run = record(&scenario(STORY), 1, 0);
    assert!(run.audit().is_clean(), "{}", run.audit());
    assert_eq!(differences(&run, within(&run)), Vec::<String>::new());
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
