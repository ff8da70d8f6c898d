//! Counters and bookings on the whole way from text to logs: stories counted by hand, and the audit of whole cities.

use std::collections::BTreeSet;

use centralino::log::{Cause, LegRow, VisitRow};
use centralino::measures::{Basis, ScopeKind};

use crate::support::{record, scenario, scenario_with};

/// Two weeks around Easter and the change of clocks: three counters in two districts, two services.
const CITY: &str = r#"
    [scenario]
    name = "a city's counters"
    start = "2008-03-17"
    days = 10
    [calendar]
    time_zone = "Europe/Rome"
    holidays = "IT"
    [profiles.elderly]
    share = 0.3
    districts = { centre = 0.2, north = 0.8 }
    accepted_km.times = 0.5
    accepted_lead.times = 2.0
    patience.times = 1.5
    [profiles.others]
    share = 0.7
    [districts.centre]
    share = 0.6
    at = [0.0, 0.0]
    km = { centre = 0.8 }
    [districts.north]
    share = 0.4
    at = [3.0, 4.0]
    [counters.larga]
    district = "centre"
    desks = 3
    clerks = { "00:00" = 3, "12:00" = 2 }
    hours = "Mon-Fri 08:30-15:30, holidays closed"
    [counters.strada]
    district = "centre"
    desks = 2
    hours = "Mon-Sat 09:00-12:00"
    [counters.padova]
    district = "north"
    desks = 2
    shifts = { morning = 2, day = 1 }
    hours = "Mon-Fri 08:30-15:30, holidays closed"
    [shifts.morning]
    start = "08:00"
    end = "13:00"
    breaks.coffee = { from = "10:00", length = "20m", waves = 2 }
    [shifts.day]
    start = "10:00"
    end = "16:00"
    [services.card]
    counters = ["larga", "padova", "strada"]
    visit_time = { lognormal = { mean = "14m", sd = "8m" } }
    patience = { exponential = "40m" }
    unresolved = 0.05
    after_decline = { walk_in = 0.5, call = 0.2, delay = { exponential = "5h" } }
    after_leaving = { walk_in = 0.4, book = 0.3, call = 0.2, delay = { exponential = "9h" } }
    after_no_show = { book = 0.6, delay = { exponential = "1d" } }
    after_cancellation = { book = 0.5, delay = "1h" }
    after_unresolved = { book = 1.0, delay = { exponential = "1d" }, at_most = 3 }
    [services.card.booking]
    slot = "15m"
    per_slot = 1
    per_slot_at = { larga = 2 }
    hours = "08:30-13:00"
    uptake = 0.5
    horizon_days = 6
    notice = "2h"
    overbooking = 1.5
    accepted_lead = { exponential = "5d" }
    accepted_km = 6.0
    no_show = 0.2
    cancellation = 0.1
    reminder = { before = "1d", no_show_times = 0.5, cancels = 0.4 }
    talk = "90s"
    preparation = { office = "registry", work = "8m", share = 0.9, saves = "5m" }
    [services.certificate]
    counters = ["strada", "larga"]
    visit_time = { exponential = "6m" }
    patience = "25m"
    after_leaving = { call = 1.0, delay = "30m", at_most = 2 }
    [offices.registry]
    hours = "Mon-Fri 08:00-14:00, holidays closed"
    staff = 1
    [contact_types.call]
    patience = { exponential = "3m" }
    service_time = { exponential = "3m" }
    service = "card"
    outcome.tier1 = { booking = 0.5, unresolved = 0.1, rest = "resolved" }
    after_unresolved = { repeat = 0.8, delay = "2h" }
    after_abandonment = { retrial = 0.5, delay = { exponential = "20m" } }
    [arrivals.call]
    per_day = 60
    day = { "08:00" = 1, "18:00" = 0 }
    [arrivals.card]
    type = "call"
    service = "card"
    per_day = 100
    day = { "07:00" = 1, "22:00" = 0 }
    [arrivals.certificate]
    type = "call"
    service = "certificate"
    per_day = 60
    day = { "08:00" = 1, "13:00" = 0 }
    [queues.all.steps.first]
    groups = ["agents"]
    [routing.all]
    order = 1
    queue = "all"
    [agent_groups.agents]
    serves = ["all"]
    staffing.heads = { "07:00" = 1, "12:00" = 2, "20:00" = 0 }
"#;

#[test]
fn nothing_impossible_happens_at_a_citys_counters() {
    let nearest = ("talk = \"90s\"", "talk = \"90s\"\nchoose = \"nearest\"");
    let preferred =
        ("talk = \"90s\"", "choose = \"preferred_time\"\nprefers = { from = \"09:00\", to = \"12:00\" }");
    let spread = ("talk = \"90s\"", "choose = \"spread\"\nspread = { max_km = 5.5, max_days = 4 }");
    let weekly = ("horizon_days = 6", "horizon_days = 13\nreleased_every_days = 7");
    let runs: [(u64, &[(&str, &str)]); 5] =
        [(1, &[]), (2, &[nearest]), (3, &[preferred]), (4, &[spread]), (5, &[weekly, spread])];
    let mut ends = BTreeSet::new();
    for (seed, changes) in runs {
        let recorded = record(&scenario_with(CITY, changes), seed, 0);
        recorded.passes_audit();
        ends.extend(recorded.logs.visits.iter().map(|row| row.end));
        assert!(recorded.logs.legs.iter().filter(|leg| leg.cause == Cause::Visit).count() > 20);
        assert!(recorded.logs.visits.iter().filter(|row| row.prepared).count() > 20);
        let checks = recorded.audit().checks;
        let of_visits: Vec<_> = checks.iter().rev().take(6).collect();
        assert!(of_visits.iter().all(|check| check.examined > 100), "{of_visits:?}");
    }
    assert!(ends.len() == 7, "{ends:?}");
}

/// Whom a visit disappoints calls, finds the only line busy, and calls again at that instant: the log has both calls there, and the
/// first is the one that follows the visit.
#[test]
fn who_calls_after_a_visit_and_finds_the_line_busy_calls_again_at_once() {
    let line = "[trunks.line]\nlines = 1\n[numbers.only]\ntrunk = \"line\"\n[contact_types.call]
        after_blocking = { retrial = 1, delay = \"0s\", at_most = 3 }";
    let changes = [
        ("[contact_types.call]", line),
        ("per_day = 60\n    day = { \"08:00\" = 1, \"18:00\" = 0 }", "number = \"only\"\n    per_hour = 30"),
        ("type = \"call\"", "type = \"call\"\n    number = \"only\""),
    ];
    let recorded = record(&scenario_with(CITY, &changes), 6, 0);
    let legs = &recorded.logs.legs;
    let twice = legs.iter().filter(|leg| leg.cause == Cause::Visit).filter(|first| {
        let again = |leg: &&LegRow| leg.need == first.need && leg.entered == first.entered;
        legs.iter().filter(again).any(|leg| leg.cause == Cause::Retrial)
    });
    assert!(twice.count() > 20);
    recorded.passes_audit();
}

/// Quantiles are the smallest wait that so large a share does not exceed, rounded up by less than a thousandth.
#[test]
fn quantiles_of_waits_at_counters_are_those_of_the_log() {
    let recorded = record(&scenario(CITY), 9, 0);
    let mut compared = 0;
    for (kind, of) in
        [(ScopeKind::Service, 0), (ScopeKind::Counter, 1), (ScopeKind::District, 2), (ScopeKind::Whole, 3)]
    {
        for (scope, name) in recorded.results.scopes(kind) {
            let is_of = |row: &&VisitRow| {
                let own = [&*row.service, &*row.counter, row.district.as_deref().unwrap_or_default()];
                own.get(of).is_none_or(|own| *own == name)
            };
            for (with_slot, way) in [(true, "booked_wait"), (false, "walk_in_wait")] {
                let rows = recorded.logs.visits.iter().filter(is_of);
                let of_way = rows.filter(|row| row.slot.is_some() == with_slot);
                let wait = |row: &VisitRow| Some(row.began?.us_since(row.slot.or(row.came)?));
                let mut waits: Vec<i64> = of_way.filter_map(wait).collect();
                waits.sort_unstable();
                for percent in [50, 80, 90, 95] {
                    let measure = format!("{way}_p{percent}");
                    let found = recorded.results.find(&measure, Basis::Visit, scope).and_then(|row| row.mean);
                    let rank = (percent * waits.len()).div_ceil(100);
                    let Some(&exact) = rank.checked_sub(1).and_then(|at| waits.get(at)) else {
                        assert_eq!(found, None, "{measure} of {name}");
                        continue;
                    };
                    let (exact, found) = (exact as f64 / 1e6, found.unwrap());
                    assert!(
                        exact <= found && found <= 1.001 * exact + 1e-6,
                        "{name} {measure}: {found}, {exact}"
                    );
                    compared += usize::from(exact > 0.0);
                }
            }
        }
    }
    assert!(compared > 40, "{compared}");
}

/// A counter that is open over midnight has slots from its opening on, in the first night too, and in those in which clocks change.
#[test]
fn slots_of_a_night_are_counted_from_the_evening() {
    let night = |start: &str| {
        let text = format!(
            r#"
            [scenario]
            name = "a counter at night"
            start = "{start}"
            days = 3
            [calendar]
            time_zone = "Europe/Rome"
            [contact_types.call]
            service_time = "2m"
            [counters.night]
            desks = 1
            clerks = 1
            hours = "22:15-02:45"
            [services.card]
            counters = ["night"]
            visit_time = "10m"
            [services.card.booking]
            slot = "25m"
            uptake = 1
            horizon_days = 1
            [arrivals.call]
            type = "call"
            service = "card"
            per_hour = 12
            [queues.all.steps.first]
            groups = ["agents"]
            [routing.all]
            order = 1
            queue = "all"
            [agent_groups.agents]
            serves = ["all"]
            staffing.heads = 1
            "#
        );
        let recorded = record(&scenario(&text), 5, 0);
        recorded.passes_audit();
        let slots: BTreeSet<i64> =
            recorded.logs.visits.iter().filter_map(|row| Some(row.slot?.unix_s())).collect();
        let zero = recorded.calendar.midnight(recorded.scenario.scenario.start);
        slots.into_iter().map(|slot| (slot - zero) / 60).collect::<Vec<_>>()
    };
    // Minutes from the first midnight. 22:15 and every 25 minutes until 02:00; at 00:20 of the first night the sixth since 22:15 the evening before.
    let of_night = |opens: i64, slots: i64| (0..slots).map(move |slot| opens + 25 * slot);
    let day = 24 * 60;
    let plain = night("2008-06-16");
    let booked_in_first_night = plain.iter().filter(|&&slot| slot < 165);
    assert!(booked_in_first_night.clone().count() > 2, "{plain:?}");
    assert!(booked_in_first_night.clone().all(|slot| (slot + 105) % 25 == 0), "{plain:?}");
    let all: Vec<i64> = plain.iter().copied().filter(|slot| (165..day + 165).contains(slot)).collect();
    assert_eq!(all, of_night(day - 105, 10).collect::<Vec<_>>());
    // At 02:00 of 30 March 2008 it is 03:00, and the counter closes: the last slot begins at 01:35.
    let spring = night("2008-03-29");
    let all: Vec<i64> = spring.iter().copied().filter(|slot| (165..day + 165).contains(slot)).collect();
    assert_eq!(all, of_night(day - 105, 9).collect::<Vec<_>>());
    // At 03:00 of 26 October 2008 it is 02:00 again: the counter has closed at 02:45, and opens again for one slot.
    let autumn = night("2008-10-25");
    let all: Vec<i64> = autumn.iter().copied().filter(|slot| (165..day + 240).contains(slot)).collect();
    assert_eq!(all, of_night(day - 105, 10).chain([day + 180]).collect::<Vec<_>>());
}
