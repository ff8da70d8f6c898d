//! What it costs.

use super::shared::{Telling, name};
use crate::measures::{Basis, ScopeKind};
use crate::report::chart::{Axis, Bars, Chart, ChartKind};
use crate::report::document::{Grid, Section};

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let costs = |kind: ScopeKind| tell.largest_first(kind, "cost", Basis::Time);
    let vendors = costs(ScopeKind::Vendor);
    let mut sections = vec![tell.heading("costs", "Costs", "Costi")];
    let is_free =
        tell.run.whole("cost", Basis::Time).is_none_or(|row| row.known.mean.is_none_or(|cost| cost <= 0.0));
    if is_free {
        let none = tell.text(
            "No data: no agent group has a cost per hour.",
            "Nessun dato: nessun gruppo ha un costo orario.",
        );
        sections.push(Section::Prose(vec![none]));
        return sections;
    }
    let (kind, scopes) = if vendors.len() > 1 {
        (ScopeKind::Vendor, vendors)
    } else {
        (ScopeKind::AgentGroup, costs(ScopeKind::AgentGroup))
    };
    sections.push(Section::Chart(chart(tell, kind, &scopes)));
    sections.push(Section::Grid(table(tell)));
    sections
}

fn chart(tell: &Telling<'_>, kind: ScopeKind, scopes: &[&str]) -> Chart {
    let (english, italian) = match kind {
        ScopeKind::Vendor => ("Cost by vendor", "Costo per gestore"),
        _ => ("Cost by agent group", "Costo per gruppo"),
    };
    Chart {
        id: "costs",
        title: tell.text(english, italian),
        note: tell.text(
            "Cost of the hours paid over the whole, in the scenario's currency.",
            "Costo delle ore pagate in tutto, nella valuta dello scenario.",
        ),
        kind: ChartKind::Bars(Bars {
            x: Axis::plain(tell.text("cost", "costo")),
            bars: tell.bars("cost", Basis::Time, kind, scopes),
            rule: None,
        }),
    }
}

fn table(tell: &Telling<'_>) -> Grid {
    let columns = tell.say(
        ["who", "cost", "cost per contact answered", "contacts answered", "utilisation"],
        ["chi", "costo", "costo per contatto con risposta", "contatti con risposta", "utilizzo"],
    );
    let row = |kind: ScopeKind, scope: &str| {
        vec![
            name(scope),
            tell.datum("cost", Basis::Time, kind, scope),
            tell.datum("cost_per_contact", Basis::Leg, kind, scope),
            tell.datum("answered", Basis::Leg, kind, scope),
            tell.datum("utilisation", Basis::Time, kind, scope),
        ]
    };
    let kinds = [ScopeKind::Vendor, ScopeKind::AgentGroup];
    let rows = kinds
        .into_iter()
        .flat_map(|kind| {
            tell.largest_first(kind, "cost", Basis::Time).into_iter().map(move |scope| (kind, scope))
        })
        .map(|(kind, scope)| row(kind, scope))
        .collect();
    Grid {
        id: "costs-table",
        title: tell.text("Costs by vendor and agent group", "Costi per gestore e gruppo"),
        columns: columns.map(String::from).into(),
        rows,
        foot: Some(tell.text(
            "Vendors first, then their groups. Utilisation: work over time paid.",
            "Prima i gestori, poi i gruppi. Utilizzo: lavoro su tempo pagato.",
        )),
    }
}
