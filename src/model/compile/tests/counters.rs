//! Counters and bookings: what is said about each mistake.

use super::*;

/// Two districts, a counter in each, a service that is booked at both.
const CITY: &[&str] = &[
    "districts.centre={ share = 0.6, at = [0.0, 0.0], km = { centre = 1.0 } }",
    "districts.north={ share = 0.4, at = [0.0, 5.0] }",
    "counters.larga={ district = 'centre', desks = 3, hours = 'Mon-Fri 08:30-15:30' }",
    "counters.padova={ district = 'north', desks = 2, hours = 'Mon-Fri 08:30-13:00' }",
    "services.card={ counters = ['larga', 'padova'], visit_time = '12m' }",
    "services.card.booking={ slot = '15m', horizon_days = 14 }",
    "arrivals.cards={ type = 'taxes', service = 'card', per_day = 50 }",
];

fn city<'a>(changes: &[&'a str]) -> Vec<&'a str> {
    CITY.iter().chain(changes).copied().collect()
}

#[test]
fn the_city_itself_is_sound() {
    assert_eq!(warnings(&city(&[])), [""; 0]);
}

#[test]
fn each_mistake_has_its_code_and_place() {
    let mistakes: &[(&[&str], &str)] = &[
        (&["counters.larga.district='south'"], "E4200 counters.larga.district"),
        (&["districts.north.km={ south = 3.0 }"], "E4200 districts.north.km.south"),
        (&["services.card.counters=['larga', 'padua']"], "E4201 services.card.counters[1]"),
        (&["arrivals.cards.service='passport'"], "E4202 arrivals.cards.service"),
        (
            &["districts.centre.km={ north = 4.0 }", "districts.north.km={ centre = 5.0 }"],
            "E4203 districts.centre.km.north",
        ),
        (&["districts.east={ share = 0.0 }"], "E4203 districts.east"),
        (
            &["counters.moscova={ desks = 1 }", "services.card.counters=['larga', 'moscova', 'padova']"],
            "E4204 counters.moscova.district",
        ),
        (&["services.card.counters=[]"], "E4205 services.card.counters"),
        (
            &[
                "services.passport={ counters = ['larga'], visit_time = '5m', after_leaving = { book = 1, delay = '1d' } }",
                "arrivals.cards.service='passport'",
            ],
            "E4205 services.passport.after_leaving.book",
        ),
        (
            &["services.card.booking.released_every_days=30"],
            "E4206 services.card.booking.released_every_days",
        ),
        (
            &["services.card.booking.spread={ max_km = 3.0, max_days = 4 }"],
            "E4206 services.card.booking.spread",
        ),
        (&["services.card.booking.slot='90.5s'"], "E4206 services.card.booking.slot"),
        (
            &["contact_types.taxes.outcome.tier1={ booking = 0.2, rest = 'resolved' }"],
            "E4207 contact_types.taxes.service",
        ),
    ];
    for (changes, told) in mistakes {
        let errors = errors(&city(changes));
        assert!(errors.iter().any(|error| error == told), "{changes:?}: {errors:?}, not {told}");
    }
}

#[test]
fn a_counter_that_never_opens_is_told() {
    // The Monday is no Sunday.
    let closed = warnings(&city(&["counters.padova.hours='Sun 09:00-12:00'"]));
    assert!(closed.contains(&"W6100 counters.padova.hours".to_string()), "{closed:?}");
}
