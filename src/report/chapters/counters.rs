//! Counters and bookings: how soon slots are had, how they are used, how long visitors wait, district by district.

use super::counter_waits;
use super::shared::{DAY_S, MINUTE_S, Telling, name};
use crate::measures::{Basis, ScopeKind, Unit};
use crate::report::chart::{Axis, Bar, Bars, Chart, ChartKind};
use crate::report::document::{Datum, Grid, Section};
use crate::report::language::{capital, readable};

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let services = tell.run.scopes(ScopeKind::Service);
    if services.is_empty() {
        return Vec::new();
    }
    let (counters, districts) = (tell.run.scopes(ScopeKind::Counter), tell.run.scopes(ScopeKind::District));
    let mut sections = vec![
        tell.heading("counters", "Counters and bookings", "Sportelli e appuntamenti"),
        Section::Chart(lead_time(tell, &districts)),
        counter_waits::means(tell, &counters),
        counter_waits::most(tell, &counters),
        Section::Chart(slots(tell, &counters)),
        Section::Chart(no_shows(tell, &districts)),
        Section::Grid(by_district(tell, &districts)),
        Section::Grid(needs_by_district(tell, &districts)),
        Section::Grid(by_counter(tell, &counters)),
        Section::Grid(by_service(tell, &services)),
    ];
    sections.extend(waits(tell, [&counters, &services, &districts]));
    sections
}

/// How long visitors wait, by counter, by service and by district.
fn waits(tell: &Telling<'_>, [counters, services, districts]: [&[&str]; 3]) -> [Section; 3] {
    let table = |id, title: (&str, &str), first: (&str, &str), kind, scopes| {
        let title = tell.text(title.0, title.1);
        counter_waits::table(tell, (id, title), tell.text(first.0, first.1), (kind, scopes))
    };
    [
        table(
            "waits-by-counter",
            ("Waits by counter", "Attese per sportello"),
            ("counter", "sportello"),
            ScopeKind::Counter,
            counters,
        ),
        table(
            "waits-by-service",
            ("Waits by service", "Attese per servizio"),
            ("service", "servizio"),
            ScopeKind::Service,
            services,
        ),
        table(
            "waits-by-district",
            ("Waits by district of home", "Attese per quartiere di residenza"),
            ("district", "quartiere"),
            ScopeKind::District,
            districts,
        ),
    ]
}

fn lead_time(tell: &Telling<'_>, districts: &[&str]) -> Chart {
    let bar = |&district: &&str| {
        let row = tell.find("lead_time", Basis::Visit, ScopeKind::District, district);
        tell.bar_in(DAY_S, capital(&readable(district)), row)
    };
    Chart {
        id: "lead-time",
        title: tell.text(
            "Days from booking to appointment, by district",
            "Giorni dalla prenotazione all'appuntamento, per quartiere",
        ),
        note: tell.text(
            "Of the citizens who live there, wherever they go; the whiskers are 95 % intervals.",
            "Dei cittadini che vi abitano, ovunque vadano; i baffi sono intervalli al 95 %.",
        ),
        kind: ChartKind::Bars(Bars {
            x: Axis::plain(tell.text("days", "giorni")),
            bars: districts.iter().map(bar).collect(),
            rule: None,
        }),
    }
}

fn slots(tell: &Telling<'_>, counters: &[&str]) -> Chart {
    let bar = |&counter: &&str| {
        let row = tell.find(SLOT_USE, Basis::Visit, ScopeKind::Counter, counter);
        let known = row.map(|row| row.known).unwrap_or_default();
        let text = tell.language.value(Unit::Share, known.mean, known.half_width);
        Bar { name: capital(&readable(counter)), value: known.mean, low: known.low, high: known.high, text }
    };
    let bars: Vec<Bar> = counters.iter().map(bar).collect();
    Chart {
        id: "slot-use",
        title: tell.text("Use of slots by counter", "Uso dei posti prenotabili per sportello"),
        note: tell.text(
            "Visitors with an appointment over the visits that slots have room for; above 100 % where slots are overbooked.",
            "Visitatori con appuntamento sulle visite per cui c'è posto; oltre il 100 % dove si prenota in eccesso.",
        ),
        kind: ChartKind::Bars(Bars { x: Axis::share(tell.text("slots used", "posti usati")), bars, rule: None }),
    }
}

fn no_shows(tell: &Telling<'_>, districts: &[&str]) -> Chart {
    Chart {
        id: "no-shows",
        title: tell.text(
            "Appointments that nobody came for, by district",
            "Appuntamenti a cui nessuno si presenta, per quartiere",
        ),
        note: tell.text(
            "Of the slots that came; appointments that were cancelled are left out.",
            "Dei posti la cui ora è venuta; gli appuntamenti disdetti non contano.",
        ),
        kind: ChartKind::Bars(Bars {
            x: Axis::share(tell.text("no-shows", "assenti")),
            bars: tell.bars("no_shows", Basis::Visit, ScopeKind::District, districts),
            rule: None,
        }),
    }
}

/// A number that may pass 1, and is told as a share.
const SLOT_USE: &str = "slot_use";

/// A column: its heading, and the measure with the seconds of its unit where it is a time.
type Column = ((&'static str, &'static str), &'static str, Option<f64>);

fn table(
    tell: &Telling<'_>,
    (id, title): (&'static str, String),
    first: String,
    columns: &[Column],
    (kind, scopes): (ScopeKind, &[&str]),
) -> Grid {
    let heading = |column: &Column| tell.say(column.0.0, column.0.1).to_string();
    let cell = |scope: &str, &(_, measure, unit_s): &Column| match unit_s {
        None if measure == SLOT_USE => {
            let known =
                tell.find(measure, Basis::Visit, kind, scope).map(|row| row.known).unwrap_or_default();
            Datum::Value { unit: Unit::Share, value: known.mean, half_width: known.half_width }
        }
        Some(unit_s) => tell.datum_in(unit_s, measure, Basis::Visit, kind, scope),
        None => tell.datum(measure, Basis::Visit, kind, scope),
    };
    let row = |&scope: &&str| -> Vec<Datum> {
        std::iter::once(name(scope)).chain(columns.iter().map(|column| cell(scope, column))).collect()
    };
    Grid {
        id,
        title,
        columns: std::iter::once(first).chain(columns.iter().map(heading)).collect(),
        rows: scopes.iter().map(row).collect(),
        foot: None,
    }
}

fn by_district(tell: &Telling<'_>, districts: &[&str]) -> Grid {
    const COLUMNS: [Column; 9] = [
        (("asked for a slot", "chiedono un posto"), "bookings_asked", None),
        (("got none", "non lo ottengono"), "booking_refused", None),
        (("days ahead", "giorni di anticipo"), "lead_time", Some(DAY_S)),
        (("no-shows", "assenti"), "no_shows", None),
        (("visits", "visite"), "visits", None),
        (("without appointment", "senza appuntamento"), "walk_in_share", None),
        (("minutes, booked", "minuti, con"), "booked_wait", Some(MINUTE_S)),
        (("minutes, walk-in", "minuti, senza"), "walk_in_wait", Some(MINUTE_S)),
        (("kilometres", "chilometri"), "visit_distance", None),
    ];
    let title = tell.text("By district of home", "Per quartiere di residenza");
    table(
        tell,
        ("districts", title),
        tell.text("district", "quartiere"),
        &COLUMNS,
        (ScopeKind::District, districts),
    )
}

/// What becomes of the needs of those who live there, by whatever way.
fn needs_by_district(tell: &Telling<'_>, districts: &[&str]) -> Grid {
    let headings = [
        ("district", "quartiere"),
        ("needs", "bisogni"),
        ("met", "risolti"),
        ("given up", "abbandonati"),
        ("open", "aperti"),
        ("never answered", "mai risposta"),
        ("contacts a need", "contatti per bisogno"),
        ("days to the end", "giorni fino alla fine"),
    ];
    let measures =
        ["needs", "needs_resolved", "needs_given_up", "needs_open", "needs_unanswered", "contacts_per_need"];
    let (basis, kind) = (Basis::Need, ScopeKind::District);
    let row = |&district: &&str| {
        let counts = measures.iter().map(|measure| tell.datum(measure, basis, kind, district));
        let days = tell.datum_in(DAY_S, "time_to_resolution", basis, kind, district);
        std::iter::once(name(district)).chain(counts).chain([days]).collect()
    };
    Grid {
        id: "needs-by-district",
        title: tell.text(
            "Needs by district of home, over all ways",
            "Bisogni per quartiere di residenza, su tutte le vie",
        ),
        columns: headings.iter().map(|&(english, italian)| tell.say(english, italian).to_string()).collect(),
        rows: districts.iter().map(row).collect(),
        foot: None,
    }
}

fn by_counter(tell: &Telling<'_>, counters: &[&str]) -> Grid {
    const COLUMNS: [Column; 8] = [
        (("visits", "visite"), "visits", None),
        (("slots used", "posti usati"), "slot_use", None),
        (("no-shows", "assenti"), "no_shows", None),
        (("without appointment", "senza appuntamento"), "walk_in_share", None),
        (("walk-ins that left", "senza, andati via"), "walk_ins_left", None),
        (("minutes, booked", "minuti, con"), "booked_wait", Some(MINUTE_S)),
        (("minutes, walk-in", "minuti, senza"), "walk_in_wait", Some(MINUTE_S)),
        (("occupancy", "occupazione"), "counter_occupancy", None),
    ];
    let title = tell.text("Counters", "Sportelli");
    table(
        tell,
        ("counters-table", title),
        tell.text("counter", "sportello"),
        &COLUMNS,
        (ScopeKind::Counter, counters),
    )
}

fn by_service(tell: &Telling<'_>, services: &[&str]) -> Grid {
    const COLUMNS: [Column; 9] = [
        (("asked for a slot", "chiedono un posto"), "bookings_asked", None),
        (("booked", "prenotano"), "bookings", None),
        (("declined", "rinunciano"), "booking_declined", None),
        (("cancelled", "disdicono"), "cancelled_share", None),
        (("days ahead", "giorni di anticipo"), "lead_time", Some(DAY_S)),
        (("visits", "visite"), "visits", None),
        (("prepared", "preparate"), "prepared_share", None),
        (("minutes at the desk", "minuti allo sportello"), "visit_time", Some(MINUTE_S)),
        (("did not help", "non risolutive"), "visits_unresolved", None),
    ];
    let title = tell.text("Services", "Servizi");
    table(
        tell,
        ("services", title),
        tell.text("service", "servizio"),
        &COLUMNS,
        (ScopeKind::Service, services),
    )
}
