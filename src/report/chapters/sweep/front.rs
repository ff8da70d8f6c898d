//! The front: scenarios than which no other is both cheaper and better.

use super::breaks::axis;
use super::{Telling, cell};
use crate::report::chart::{Chart, ChartKind, Naming, Point, Points, Rule};
use crate::report::document::{Datum, Grid, Section};
use crate::report::saved::SavedScenario;

/// Points without names.
const MOST_REST: usize = 300;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let (Some(cost), Some((service, _))) = (tell.found.cost, tell.service().next()) else {
        return Vec::new();
    };
    vec![
        tell.heading("front", "Cost against service", "Costo e servizio"),
        Section::Chart(chart(tell, cost, service)),
        Section::Grid(table(tell, cost, service)),
    ]
}

fn point(scenario: &SavedScenario, cost: usize, service: usize) -> Option<Point> {
    let ends = |key: usize| {
        let known = scenario.values.get(key)?.known;
        Some((known.low?, known.mean?, known.high?))
    };
    Some(Point { name: scenario.scenario.to_string(), x: ends(cost)?, y: ends(service)? })
}

fn chart(tell: &Telling<'_>, cost: usize, service: usize) -> Chart {
    let on_front = |number: &u32| point(tell.scenario(*number)?, cost, service);
    let others =
        tell.found.scenarios.iter().filter(|scenario| !tell.found.front.contains(&scenario.scenario));
    let (of_cost, of_service) = (&tell.found.keys[cost], &tell.found.keys[service]);
    Chart {
        id: "front-chart",
        title: tell.text("Cost against service", "Costo e servizio"),
        note: tell.text(
            "Scenarios with their 95 % intervals both ways; numbers are those of the tables, 0 is the base. Nothing is both cheaper and better than a scenario on the front, by the estimates: two neighbours may be closer than their intervals.",
            "Scenari con gli intervalli al 95 % nei due sensi; i numeri sono quelli delle tabelle, 0 è la base. Secondo le stime nulla costa meno e serve meglio di uno scenario sulla frontiera: due vicini possono distare meno dei loro intervalli.",
        ),
        kind: ChartKind::Points(Points {
            x: axis(tell, cost, &tell.measure(of_cost)),
            y: axis(tell, service, &tell.measure(of_service)),
            points: tell.found.front.iter().filter_map(on_front).collect(),
            naming: Naming::Line {
                name: tell.text("on the front", "sulla frontiera"),
                rest_name: tell.text("other scenarios", "altri scenari"),
                rest: others.filter_map(|scenario| point(scenario, cost, service)).take(MOST_REST).collect(),
            },
            rule: of_service.promised.map(|at| Rule {
                at,
                name: format!("{} {}", tell.language.say("promised:", "promesso:"), tell.language.share(at)),
            }),
        }),
    }
}

fn table(tell: &Telling<'_>, cost: usize, service: usize) -> Grid {
    let first = tell.text("scenario", "scenario");
    let factors = (0..tell.found.factors.len()).map(|factor| tell.factor(factor));
    let last =
        [tell.text("cost", "costo"), tell.key(&tell.found.keys[service]), tell.text("promise", "obiettivo")];
    let row = |number: &u32| {
        let scenario = tell.scenario(*number)?;
        let at = scenario.at.iter().enumerate().map(|(factor, label)| Datum::Text(tell.level(factor, label)));
        let value = scenario.values.get(service);
        let verdict = tell.verdict(value.and_then(|value| value.verdict.as_deref()));
        let own =
            [cell(tell.unit(cost), scenario.values.get(cost)), cell(tell.unit(service), value), verdict];
        Some(std::iter::once(Datum::Text(number.to_string())).chain(at).chain(own).collect())
    };
    Grid {
        id: "front-table",
        title: tell.text("The front, the cheapest first", "La frontiera, dal meno caro"),
        columns: std::iter::once(first).chain(factors).chain(last).collect(),
        rows: tell.found.front.iter().filter_map(row).collect(),
        foot: None,
    }
}
