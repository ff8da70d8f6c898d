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

/// So that a what-if changes `choose` alone.
#[test]
fn what_belongs_to_another_way_of_choosing_is_told() {
    let limits = "services.card.booking.spread={ max_km = 3.0, max_days = 4 }";
    assert_eq!(warnings(&city(&[limits])), ["W6158 services.card.booking.spread"]);
    assert_eq!(warnings(&city(&[limits, "services.card.booking.choose=spread"])), [""; 0]);
    let hours = "services.card.booking.prefers={ from = '09:00', to = '12:00' }";
    assert_eq!(warnings(&city(&[hours])), ["W6158 services.card.booking.prefers"]);
}

/// What is said with these visits booked at the start; the city has 28 and 18 slots a day at its counters, for the ten days until 27 June.
fn booked(changes: &[&str], bookings: &str) -> Vec<String> {
    let bookings = format!("start_state.bookings.card={{ {bookings} }}");
    let all = city(&[changes, &[bookings.as_str()]].concat());
    match compile(&scenario(SMALL, &all)) {
        Ok(compiled) => {
            compiled.warnings.iter().map(|found| format!("{} {}", found.code, found.path)).collect()
        }
        Err(found) => found.iter().map(|found| format!("{} {}", found.code, found.path)).collect(),
    }
}

#[test]
fn mistakes_of_visits_that_are_booked_at_the_start_have_their_places() {
    assert_eq!(booked(&[], "count = 460, ahead = '2d'"), [""; 0]);
    let at = |code: &str, key: &str| vec![format!("{code} start_state.bookings.card{key}")];
    assert_eq!(booked(&[], "count = 461, ahead = '2d'"), at("E4352", ".count"));
    assert_eq!(booked(&[], "count = 281, ahead = '2d', counter = 'larga'"), at("E4352", ".count"));
    assert_eq!(booked(&[], "count = 280, ahead = '2d', counter = 'larga'"), [""; 0]);
    assert_eq!(booked(&[], "count = 9, ahead = '15d'"), at("W6151", ".ahead"));
    assert_eq!(booked(&[], "count = 9, ahead = '2d', service = 'cards'"), at("E4202", ".service"));
    assert_eq!(booked(&[], "count = 9, ahead = '2d', counter = 'padua'"), at("E4201", ".counter"));
    assert_eq!(booked(&[], "count = 9, ahead = '2d', contact_type = 'tax'"), at("E2101", ".contact_type"));
    assert_eq!(booked(&[], "count = 9, ahead = '2d', profile = 'elder'"), at("E2102", ".profile"));
    assert_eq!(booked(&[], "count = 9, ahead = '2d', number = '020202'"), at("E2105", ".number"));
    assert_eq!(booked(&[], "count = 100001, ahead = '2d'"), at("E3005", ".count"));
    assert_eq!(booked(&[], "count = 9, ahead = '2d', longest = '400d'"), at("E3005", ".longest"));
    assert_eq!(booked(&[], "count = 9, ahead = '2d', booked = '0s'"), at("E3005", ".booked"));
    assert_eq!(
        booked(&[], "count = 9, ahead = { uniform = { min = '2d', max = '1d' } }"),
        at("E3006", ".ahead.uniform")
    );
    let long_ago = "count = 9, ahead = '2d', booked = { exponential = '3d' }, longest = '2d'";
    assert_eq!(booked(&[], long_ago), at("W6152", ".longest"));
    assert_eq!(booked(&["scenario.run_in=1h"], "count = 9, ahead = '2d'"), ["E4040 start_state"]);
    let elsewhere =
        &["services.card.counters=['larga']", "services.other={ counters = ['padova'], visit_time = '5m' }"];
    assert_eq!(
        booked(elsewhere, "count = 9, ahead = '2d', counter = 'padova'")[0],
        at("E4351", ".counter")[0]
    );
    let unbooked = "service = 'other', count = 9, ahead = '2d'";
    assert_eq!(booked(elsewhere, unbooked)[0], at("E4351", ".service")[0]);
    let two = &[
        "contact_types.second={ service_time = '2m' }",
        "arrivals.more={ type = 'second', service = 'card', per_day = 5 }",
    ];
    assert_eq!(booked(two, "count = 9, ahead = '2d'"), at("E4351", ""));
    let found = compile(&scenario(
        SMALL,
        &city(&[two, &["start_state.bookings.card={ count = 9, ahead = '2d' }"][..]].concat()),
    ));
    let found = found.unwrap_err();
    assert_eq!(found[0].message, "contacts of several types want \"card\": \"second\", \"taxes\"");
    assert_eq!(
        booked(
            &["arrivals.more={ type = 'taxes', per_day = 1, key = 'start_state.bookings.card' }"],
            "count = 9, ahead = '2d'"
        ),
        at("E4010", "")
    );
}

#[test]
fn what_is_prepared_for_them_is_work_of_the_office() {
    let prepared = [
        "offices.registry={ staff = 1, hours = 'Mon-Fri 08:00-16:00' }",
        "services.card.booking.preparation={ office = 'registry', work = '2h', saves = '2m' }",
    ];
    // Nobody books in the run; eight hours are enough for four.
    assert_eq!(booked(&prepared, "count = 3, ahead = '9h'"), [""; 0]);
    assert_eq!(booked(&prepared, "count = 30, ahead = '9h'"), ["W6060 offices.registry"]);
}

#[test]
fn visitors_who_call_and_whom_no_rule_takes_are_told() {
    let rules = ["routing.known.when={ type = 'taxes' }", "routing.all.when={ type = 'taxes' }"];
    let second = "contact_types.second={ service_time = '2m' }";
    let call = "services.card.after_no_show={ call = 0.5, delay = '1d' }";
    let visits = "count = 9, ahead = '2d', contact_type = 'second'";
    let told = |changes: &[&str], visits| booked(&[&rules[..], &[second], changes].concat(), visits);
    assert_eq!(told(&[call], visits), ["E5004 routing"]);
    // They never call; or nobody does.
    assert_eq!(told(&[], visits), [""; 0]);
    assert_eq!(told(&[call], "count = 0, ahead = '2d', contact_type = 'second'"), [""; 0]);
    // The same of those who want the counter from the beginning.
    let wants = "arrivals.cards.type='second'";
    assert_eq!(told(&[call, wants], "count = 0, ahead = '2d'"), ["E5004 routing"]);
}

#[test]
fn visits_that_are_booked_at_named_counters_take_their_places_first() {
    let all = city(&[
        "start_state.bookings.a={ service = 'card', count = 180, ahead = '2d' }",
        "start_state.bookings.b={ service = 'card', count = 280, ahead = '2d', counter = 'larga' }",
    ]);
    let model = compile(&scenario(SMALL, &all)).unwrap().model;
    let named: Vec<_> = model.start_bookings.iter().map(|of| (of.row, of.count)).collect();
    assert_eq!(named, [(Some(0), 280), (None, 180)]);
    let more: Vec<&str> = all.iter().copied().chain(["start_state.bookings.a.count=181"]).collect();
    assert_eq!(errors(&more), ["E4352 start_state.bookings.a.count"]);
}

#[test]
fn slots_can_be_booked_when_they_are_released_and_not_only_at_the_start() {
    let released = ["services.card.booking={ slot = '15m', horizon_days = 6, released_every_days = 7 }"];
    // Those of the week that begins with the run are released on its Monday: nobody has booked them before.
    assert_eq!(booked(&released, "count = 1, ahead = '2d'"), ["E4352 start_state.bookings.card.count"]);
    let long =
        ["services.card.booking={ slot = '15m', horizon_days = 13, released_every_days = 7, notice = '9d' }"];
    // A week earlier they were; and nine days before it, of Wednesday's from 00:00 on.
    assert_eq!(booked(&long, "count = 138, ahead = '2d'"), [""; 0]);
    assert_eq!(booked(&long, "count = 139, ahead = '2d'"), ["E4352 start_state.bookings.card.count"]);
}
