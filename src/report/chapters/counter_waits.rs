//! Waits at counters: their means, and what most visitors wait no longer than, with an appointment and without.

use super::shared::{MINUTE_S, Telling, name};
use crate::measures::{Basis, ScopeKind};
use crate::report::chart::{Axis, Bar, Bars, Chart, ChartKind};
use crate::report::document::{Datum, Grid, Section};
use crate::report::language::{capital, readable};

/// A way to the desk: how it is told, the mean of its waits, and their quantiles.
struct Way {
    told: (&'static str, &'static str),
    mean: &'static str,
    quantiles: [&'static str; 4],
}

/// What is told of both ways, in this order.
const WAYS: [Way; 2] = [
    Way {
        told: ("with an appointment", "con appuntamento"),
        mean: "booked_wait",
        quantiles: ["booked_wait_p50", "booked_wait_p80", "booked_wait_p90", "booked_wait_p95"],
    },
    Way {
        told: ("without", "senza"),
        mean: "walk_in_wait",
        quantiles: ["walk_in_wait_p50", "walk_in_wait_p80", "walk_in_wait_p90", "walk_in_wait_p95"],
    },
];
/// Of the quantiles that which the chart shows: nine in ten.
const NINE_IN_TEN: usize = 2;

/// The chart of means.
pub(super) fn means(tell: &Telling<'_>, counters: &[&str]) -> Section {
    Section::Chart(Chart {
        id: "counter-waits",
        title: tell.text("Minutes of waiting at counters", "Minuti di attesa agli sportelli"),
        note: tell.text(
            "Of those who were served: with an appointment from its time on, without from entering on.",
            "Di chi è stato servito: con appuntamento dalla sua ora, senza dall'ingresso.",
        ),
        kind: bars(tell, counters, |way| way.mean),
    })
}

/// The chart of what nine in ten wait at most.
pub(super) fn most(tell: &Telling<'_>, counters: &[&str]) -> Section {
    Section::Chart(Chart {
        id: "counter-waits-p90",
        title: tell.text(
            "Minutes that nine in ten wait at most at counters",
            "Minuti che nove su dieci attendono al più agli sportelli",
        ),
        note: tell.text(
            "The 90 % quantile of the waits of those who were served; the whiskers are 95 % intervals, wide where few come.",
            "Il quantile al 90 % delle attese di chi è stato servito; i baffi sono intervalli al 95 %, larghi dove vengono in pochi.",
        ),
        kind: bars(tell, counters, |way| way.quantiles[NINE_IN_TEN]),
    })
}

/// A measure of each way, counter by counter.
fn bars(tell: &Telling<'_>, counters: &[&str], measure: fn(&Way) -> &'static str) -> ChartKind {
    let bar = |counter: &str, way: &Way| -> Bar {
        let row = tell.find(measure(way), Basis::Visit, ScopeKind::Counter, counter);
        let told = tell.say(way.told.0, way.told.1);
        tell.bar_in(MINUTE_S, format!("{}, {told}", capital(&readable(counter))), row)
    };
    ChartKind::Bars(Bars {
        x: Axis::plain(tell.text("minutes", "minuti")),
        bars: counters.iter().flat_map(|&counter| WAYS.iter().map(move |way| bar(counter, way))).collect(),
        rule: None,
    })
}

/// Means and quantiles of the scopes of a kind, a row for each way by which somebody was served there.
pub(super) fn table(
    tell: &Telling<'_>,
    (id, title): (&'static str, String),
    first: String,
    (kind, scopes): (ScopeKind, &[&str]),
) -> Section {
    let headings = tell.say(
        ["appointment", "mean, minutes", "50 % within", "80 % within", "90 % within", "95 % within"],
        ["appuntamento", "media, minuti", "50 % entro", "80 % entro", "90 % entro", "95 % entro"],
    );
    let minutes = |measure: &str, scope: &str| tell.datum_in(MINUTE_S, measure, Basis::Visit, kind, scope);
    let row = |scope: &str, way: &Way| -> Vec<Datum> {
        let told = Datum::Text(tell.text(way.told.0, way.told.1));
        let numbers = std::iter::once(way.mean).chain(way.quantiles).map(|measure| minutes(measure, scope));
        [name(scope), told].into_iter().chain(numbers).collect()
    };
    let served = |scope: &str, way: &Way| tell.mean(way.mean, Basis::Visit, kind, scope).is_some();
    let ways = scopes.iter().flat_map(|&scope| WAYS.iter().map(move |way| (scope, way)));
    Section::Grid(Grid {
        id,
        title,
        columns: std::iter::once(first).chain(headings.map(String::from)).collect(),
        rows: ways.filter(|(scope, way)| served(scope, way)).map(|(scope, way)| row(scope, way)).collect(),
        foot: Some(tell.text(
            "Minutes, of those who were served; quantiles over all replications together.",
            "Minuti, di chi è stato servito; quantili su tutte le repliche insieme.",
        )),
    })
}
