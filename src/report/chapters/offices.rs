//! Cases: what offices got, closed, and left lying.

use super::shared::{DAY_S, Telling, name};
use super::through_time::day_ticks;
use crate::measures::{Basis, ScopeKind, Unit};
use crate::report::chart::{Axis, Bars, Chart, ChartKind, Lines, Series};
use crate::report::document::{Datum, Grid, Section};
use crate::report::language::Language;
use crate::report::saved::BacklogDay;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let offices = tell.run.scopes(ScopeKind::Office);
    let types = tell.run.scopes(ScopeKind::CaseType);
    if offices.is_empty() || types.is_empty() {
        return Vec::new();
    }
    vec![
        tell.heading("cases", "Cases and offices", "Pratiche e uffici"),
        Section::Chart(backlog_by_day(tell)),
        Section::Grid(ages(tell)),
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

fn backlog_by_day(tell: &Telling<'_>) -> Chart {
    let days: Vec<&BacklogDay> = tell.run.backlog.iter().filter(|day| day.scope_kind == "whole").collect();
    let series = |english: &str, italian: &str, value: fn(&BacklogDay) -> f64| Series {
        name: tell.text(english, italian),
        y: days.iter().map(|day| Some(value(day))).collect(),
        ..Series::default()
    };
    let dates: Vec<&str> = days.iter().map(|day| day.date.as_str()).collect();
    Chart {
        id: "backlog-by-day",
        title: tell.text("Open cases by day", "Pratiche aperte per giorno"),
        note: tell.text(
            "At the end of each day, means over the replications.",
            "Alla fine di ogni giorno, medie delle repliche.",
        ),
        kind: ChartKind::Lines(Lines {
            x: (0..days.len()).map(|day| day as f64).collect(),
            labels: dates.iter().map(|date| tell.language.date(date)).collect(),
            x_label: tell.text("day", "giorno"),
            ticks: day_ticks(tell, &dates),
            y: Axis::plain(tell.text("cases", "pratiche")),
            y_domain: (Some(0.0), None),
            series: vec![
                series("open", "aperte", |day| day.open),
                series("late among them", "di cui in ritardo", |day| day.late),
            ],
            rule: None,
            gap: None,
            steps: false,
        }),
    }
}

/// How old the cases are that are open at the end, by office.
fn ages(tell: &Telling<'_>) -> Grid {
    let last = tell.run.backlog.last().map_or("", |day| day.date.as_str());
    let columns = tell.say(
        [
            "office",
            "open",
            "late",
            "up to 1 day",
            "1 to 3",
            "3 to 7",
            "7 to 14",
            "14 to 30",
            "30 to 60",
            "over 60",
        ],
        [
            "ufficio",
            "aperte",
            "in ritardo",
            "fino a 1 giorno",
            "da 1 a 3",
            "da 3 a 7",
            "da 7 a 14",
            "da 14 a 30",
            "da 30 a 60",
            "oltre 60",
        ],
    );
    let row = |day: &BacklogDay| {
        let count = |value: f64| Datum::number(Unit::Count, Some(value));
        let office = if day.scope_kind == "whole" {
            Datum::Text(tell.text("all offices", "tutti gli uffici"))
        } else {
            name(&day.scope)
        };
        std::iter::once(office)
            .chain([day.open, day.late].into_iter().chain(day.by_age.iter().copied()).map(count))
            .collect()
    };
    Grid {
        id: "backlog-ages",
        title: match tell.language {
            Language::English => format!("Age of the cases open on {}, in days", tell.language.date(last)),
            Language::Italian => {
                format!("Età delle pratiche aperte il {}, in giorni", tell.language.date(last))
            }
        },
        columns: columns.map(String::from).into(),
        rows: tell.run.backlog.iter().filter(|day| day.date == last).map(row).collect(),
        foot: None,
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
        vec![
            name(scope),
            datum("cases_opened"),
            datum("cases_closed"),
            datum("cases_on_time"),
            tell.datum_in(DAY_S, "time_to_close", Basis::Case, kind, scope),
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
