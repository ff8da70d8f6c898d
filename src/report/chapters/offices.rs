//! Cases: what offices got, closed, and left lying.

use super::shared::{Telling, name};
use crate::measures::{Basis, ScopeKind, Unit};
use crate::report::chart::{Axis, Bars, Chart, ChartKind};
use crate::report::document::{Datum, Grid, Section};

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let offices = tell.run.scopes(ScopeKind::Office);
    if offices.is_empty() {
        return Vec::new();
    }
    let types = tell.run.scopes(ScopeKind::CaseType);
    vec![
        tell.heading("cases", "Cases and offices", "Pratiche e uffici"),
        Section::Chart(backlog(tell, &offices)),
        Section::Chart(on_time(tell, &types)),
        Section::Grid(table(tell, "offices", "Offices", "Uffici", ScopeKind::Office, &offices)),
        Section::Grid(table(
            tell,
            "case-types",
            "Case types",
            "Tipi di pratica",
            ScopeKind::CaseType,
            &types,
        )),
    ]
}

fn backlog(tell: &Telling<'_>, offices: &[&str]) -> Chart {
    Chart {
        id: "backlog",
        title: tell.text("Open cases by office", "Pratiche aperte per ufficio"),
        note: tell.text(
            "Mean number of cases that are open, through the whole run.",
            "Numero medio di pratiche aperte, per tutta la simulazione.",
        ),
        kind: ChartKind::Bars(Bars {
            x: Axis::plain(tell.text("cases", "pratiche")),
            bars: tell.bars("mean_backlog", Basis::Case, ScopeKind::Office, offices),
            rule: None,
        }),
    }
}

fn on_time(tell: &Telling<'_>, types: &[&str]) -> Chart {
    Chart {
        id: "cases-on-time",
        title: tell.text("Cases closed by their due time", "Pratiche chiuse entro la scadenza"),
        note: tell.text(
            "Of the cases that were due within the run.",
            "Delle pratiche in scadenza durante la simulazione.",
        ),
        kind: ChartKind::Bars(Bars {
            x: Axis::share(tell.text("on time", "in tempo")),
            bars: tell.bars("cases_on_time", Basis::Case, ScopeKind::CaseType, types),
            rule: None,
        }),
    }
}

const S_PER_DAY: f64 = 86_400.0;

fn table(
    tell: &Telling<'_>,
    id: &'static str,
    english: &str,
    italian: &str,
    kind: ScopeKind,
    scopes: &[&str],
) -> Grid {
    let columns = tell.say(
        ["name", "opened", "closed", "on time", "days to close", "open, mean", "late, mean", "done again"],
        [
            "nome",
            "aperte",
            "chiuse",
            "in tempo",
            "giorni per chiudere",
            "giacenti, media",
            "in ritardo, media",
            "rifatte",
        ],
    );
    let row = |scope: &&str| {
        let datum = |measure: &str| tell.datum(measure, Basis::Case, kind, scope);
        let days =
            tell.find("time_to_close", Basis::Case, kind, scope).map(|row| row.known).unwrap_or_default();
        vec![
            name(scope),
            datum("cases_opened"),
            datum("cases_closed"),
            datum("cases_on_time"),
            Datum::Value {
                unit: Unit::Number,
                value: days.mean.map(|s| s / S_PER_DAY),
                half_width: days.half_width.map(|s| s / S_PER_DAY),
            },
            datum("mean_backlog"),
            datum("mean_backlog_late"),
            datum("cases_reworked"),
        ]
    };
    Grid {
        id,
        title: tell.text(english, italian),
        columns: columns.map(String::from).into(),
        rows: scopes.iter().map(row).collect(),
        foot: None,
    }
}
