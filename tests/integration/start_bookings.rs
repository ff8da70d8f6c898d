//! Visits that are booked when the run begins, on the whole way from text to logs and measures.

use std::collections::BTreeMap;

use centralino::log::{Cause, LogTime, VisitEndName, VisitRow};
use centralino::measures::{Basis, ScopeKind};
use centralino::scenario::Scenario;

use crate::support::{Recorded, failed, record, scenario_with};

const S: i64 = 1_000_000;
/// Midnight of 16 June 2008 in Rome, a Monday.
const START: LogTime = LogTime(1_213_567_200 * S);

/// A week that begins with eighty visits booked, in a city with two counters.
const BOOKED: &str = r#"
    [scenario]
    name = "booked before"
    start = "2008-06-16"
    days = 7
    [calendar]
    time_zone = "Europe/Rome"
    [contact_types.call]
    patience = { exponential = "3m" }
    service_time = { exponential = "3m" }
    service = "card"
    outcome.tier1 = { booking = 0.4, rest = "resolved" }
    [profiles.elderly]
    share = 0.3
    [profiles.others]
    share = 0.7
    recognised = 0.5
    [arrivals.call]
    per_day = 40
    day = { "08:00" = 1, "18:00" = 0 }
    [arrivals.wants]
    type = "call"
    service = "card"
    per_day = 30
    day = { "08:00" = 1, "18:00" = 0 }
    [queues.all.steps.first]
    groups = ["agents"]
    [routing.all]
    order = 1
    queue = "all"
    [agent_groups.agents]
    serves = ["all"]
    staffing.heads = { "00:00" = 1, "08:00" = 2 }
    [districts.north]
    share = 0.5
    at = [0.0, 5.0]
    [districts.south]
    share = 0.5
    at = [0.0, 0.0]
    [counters.a]
    district = "north"
    desks = 2
    hours = "Mon-Fri 08:30-12:30"
    [counters.b]
    district = "south"
    desks = 1
    hours = "Mon-Fri 08:30-12:30"
    [offices.registry]
    hours = "Mon-Fri 08:00-14:00"
    staff = 1
    [services.card]
    counters = ["a", "b"]
    visit_time = "10m"
    unresolved = 0.1
    after_no_show = { book = 0.3, call = 0.3, delay = { exponential = "1d" }, at_most = 4 }
    after_cancellation = { book = 0.5, delay = { exponential = "1d" }, at_most = 4 }
    after_unresolved = { walk_in = 0.4, call = 0.4, delay = { exponential = "1d" }, at_most = 4 }
    [services.card.booking]
    slot = "15m"
    horizon_days = 14
    uptake = 0.7
    notice = "1d"
    no_show = 0.2
    cancellation = 0.1
    reminder = { before = "2d", no_show_times = 0.6, cancels = 0.4 }
    accepted_lead = "9d"
    preparation = { office = "registry", work = "10m", share = 0.9, saves = "3m" }
    [start_state.bookings.card]
    count = 60
    ahead = { exponential = "4d" }
    booked = { exponential = "3d" }
    longest = "20d"
    [start_state.bookings.south]
    service = "card"
    count = 20
    ahead = "33h"
    counter = "b"
    profile = "elderly"
"#;

fn with(changes: &[(&str, &str)]) -> Scenario {
    scenario_with(BOOKED, changes)
}

/// The bookings of the start under a name, in their order.
fn booked<'a>(recorded: &'a Recorded, name: &str) -> Vec<&'a VisitRow> {
    let process = format!("start_state.bookings.{name}");
    let of_name = |row: &&VisitRow| *row.need.process == *process && row.number == 0;
    let mut rows: Vec<_> = recorded.logs.visits.iter().filter(of_name).collect();
    rows.sort_by_key(|row| row.need.number);
    rows
}

#[test]
fn nothing_impossible_happens_to_visits_that_are_booked_at_the_start() {
    let weekly = ("horizon_days = 14", "horizon_days = 13\n    released_every_days = 7");
    let agents = ("uptake = 0.7", "uptake = 0.0");
    let crowded = ("count = 60", "count = 230");
    let spread = ("uptake = 0.7", "uptake = 0.7\n    choose = \"spread\"\n    overbooking = 2.0");
    let runs: [&[(&str, &str)]; 5] = [&[], &[weekly], &[agents], &[crowded], &[spread]];
    let mut calls = 0;
    for (seed, changes) in (1..).zip(runs) {
        let recorded = record(&with(changes), seed, 0);
        let report = recorded.passes_audit();
        let check = report.check(TOLD).unwrap();
        assert!(check.examined > 300, "{}", check.examined);
        let of_start = |name: &str| name.starts_with("start_state.bookings.");
        let again = recorded.logs.visits.iter().filter(|row| row.number > 0 && of_start(&row.need.process));
        assert!(again.count() > 5, "some try again");
        calls += recorded.logs.legs.iter().filter(|leg| of_start(&leg.need.process)).count();
        let needs = recorded.logs.needs.iter().filter(|need| of_start(&need.need.process));
        assert!(needs.count() >= 80);
    }
    assert!(calls > 10, "{calls} calls of those who did not come, or were not helped");
}

#[test]
fn they_lie_as_far_ahead_as_said_and_were_booked_a_day_before() {
    // From Tuesday at 09:00 on there are 14 slots; then comes Wednesday.
    let recorded = record(&with(&[("count = 60", "count = 0")]), 1, 0);
    let rows = booked(&recorded, "south");
    let slot = |day: i64, place: i64| LogTime(START.0 + (day * 86_400 + 30_600 + place * 900) * S);
    let expected = (2..16).map(|place| slot(1, place)).chain((0..6).map(|place| slot(2, place)));
    let expected: Vec<_> = expected.map(Some).collect();
    assert_eq!(rows.iter().map(|row| row.slot).collect::<Vec<_>>(), expected);
    assert!(rows.iter().all(|row| row.asked == LogTime(START.0 - 86_400 * S) && *row.counter == *"b"));
    assert!(rows.iter().all(|row| row.profile.as_deref() == Some("elderly")));
    // The registry has Monday for all of them, from its opening on, and nine in ten can be prepared.
    assert!((14..20).contains(&rows.iter().filter(|row| row.prepared).count()));
    let worked: Vec<_> = recorded.logs.preparations.iter().filter_map(|row| row.from).collect();
    assert!(worked.len() >= 14 && worked.iter().all(|&from| from >= START));
}

#[test]
fn what_was_booked_before_is_counted_where_it_takes_place_only() {
    let nobody_else = [("per_day = 40", "per_day = 0.0001"), ("per_day = 30", "per_day = 0.0001")];
    let never_again = [
        ("after_no_show = { book = 0.3, call = 0.3,", "after_no_show = { book = 0.0, call = 0.0,"),
        ("after_cancellation = { book = 0.5,", "after_cancellation = { book = 0.0,"),
        (
            "after_unresolved = { walk_in = 0.4, call = 0.4,",
            "after_unresolved = { walk_in = 0.0, call = 0.0,",
        ),
    ];
    let recorded = record(&with(&[&nobody_else[..], &never_again].concat()), 1, 0);
    let service = recorded.results.scopes(ScopeKind::Service).next().unwrap().0;
    let find = |measure| recorded.results.find(measure, Basis::Visit, service).unwrap().mean;
    let rows: Vec<_> = [booked(&recorded, "card"), booked(&recorded, "south")].concat();
    let within = |row: &&&VisitRow| row.slot.is_some_and(|slot| slot.0 < START.0 + 7 * 86_400 * S);
    let ended = |end| rows.iter().filter(within).filter(|row| row.end == end).count() as f64;
    let served = ended(VisitEndName::Resolved) + ended(VisitEndName::Unresolved);
    assert_eq!(find("visits"), Some(served));
    let shows = served + ended(VisitEndName::NoShow);
    assert_eq!(find("no_shows"), Some(ended(VisitEndName::NoShow) / shows));
    assert!(served > 30.0 && ended(VisitEndName::NoShow) > 0.0);
    // Nobody asked for a slot in the counted time, so nothing is said of how long they waited for one.
    assert_eq!(find("lead_time"), None);
    assert!(rows.iter().any(|row| row.end == VisitEndName::Open), "some lie beyond the week");
}

#[test]
fn more_of_them_keep_the_first_and_nobody_elses_numbers() {
    let slots = |count: &str| -> Vec<(LogTime, Option<LogTime>)> {
        let recorded = record(&with(&[("count = 60", count)]), 7, 0);
        booked(&recorded, "card").iter().map(|row| (row.asked, row.slot)).collect()
    };
    let (few, many) = (slots("count = 20"), slots("count = 60"));
    assert_eq!((few.len(), many.len()), (20, 60));
    assert_eq!(few[..], many[..20]);
    let calls = |count: &str| -> Vec<LogTime> {
        let legs = record(&with(&[("count = 60", count)]), 7, 0).logs.legs;
        let mut fresh: Vec<_> =
            legs.iter().filter(|leg| leg.cause == Cause::Fresh).map(|leg| leg.entered).collect();
        fresh.sort_unstable();
        fresh
    };
    assert_eq!(calls("count = 60"), calls("count = 0"));
}

#[test]
fn who_books_later_finds_what_they_leave() {
    // Until the 27th of June two counters have ten days of 16 slots: all are taken.
    let leads = |count: &str| {
        let recorded = record(&with(&[("count = 60", count), ("accepted_lead = \"9d\"", "")]), 3, 0);
        let mut of_day: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
        for row in recorded.logs.visits.iter().filter(|row| *row.need.process == *"wants") {
            let Some(slot) = row.slot else { continue };
            let of_day = of_day.entry((row.asked.0 - START.0) / (86_400 * S)).or_default();
            *of_day = (of_day.0 + slot.us_since(row.asked), of_day.1 + 1);
        }
        let (sum, n) = of_day[&0];
        sum as f64 / n as f64 / (86_400.0 * S as f64)
    };
    let (empty, full) = (leads("count = 0"), leads("count = 300"));
    assert!(empty < 3.0 && full > 8.0, "{empty} and {full} days");
}

const TOLD: &str = "visits that are booked at the start are as told";

#[test]
fn the_audit_notices_bookings_that_are_others() {
    let recorded = record(&with(&[]), 1, 0);
    let says = |changes: &[(&str, &str)]| failed(&recorded.audit_as(&with(changes)));
    assert!(says(&[("count = 60", "count = 61")]).contains(&TOLD));
    assert!(says(&[("ahead = \"33h\"", "ahead = \"34h\"")]).contains(&TOLD));
    assert!(says(&[("longest = \"20d\"", "longest = \"3d\"")]).contains(&TOLD));
    assert!(says(&[("profile = \"elderly\"", "profile = \"others\"")]).contains(&TOLD));
    let broken = |change: fn(&mut VisitRow)| -> Vec<&str> {
        let mut broken = record(&with(&[]), 1, 0);
        let rows = broken.logs.visits.iter_mut();
        let mut rows = rows.filter(|row| row.need.process.ends_with(".card") && row.came.is_none());
        change(rows.next().expect("one who did not come"));
        failed(&broken.audit())
    };
    assert!(broken(|row| row.asked = LogTime(START.0 + 1)).contains(&TOLD));
    assert!(broken(|row| row.end = VisitEndName::Declined).contains(&TOLD));
}
