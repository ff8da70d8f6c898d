//! The web site first: whose need it meets before they contact the center, topic by topic.

use super::shared::{Telling, name};
use crate::measures::{Basis, ScopeKind};
use crate::report::chart::{Axis, Bars, Chart, ChartKind};
use crate::report::document::{Datum, Grid, Section};

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let visits = |topic: &str| tell.mean("web_visits", Basis::Need, ScopeKind::ContactType, topic);
    let mut topics = tell.largest_first(ScopeKind::ContactType, "web_visits", Basis::Need);
    topics.retain(|topic| visits(topic).is_some_and(|visits| visits > 0.0));
    if topics.is_empty() {
        return Vec::new();
    }
    vec![
        tell.heading("web", "The web site first", "Prima il sito web"),
        Section::Chart(success(tell, &topics)),
        Section::Grid(table(tell, &topics)),
    ]
}

fn success(tell: &Telling<'_>, topics: &[&str]) -> Chart {
    Chart {
        id: "web-success",
        title: tell
            .text("Needs that the web site meets, by topic", "Bisogni risolti dal sito, per argomento"),
        note: tell.text(
            "Of the citizens who try it first; the whiskers are 95 % intervals.",
            "Dei cittadini che lo provano per primo; i baffi sono intervalli al 95 %.",
        ),
        kind: ChartKind::Bars(Bars {
            x: Axis::share(tell.text("needs met", "bisogni risolti")),
            bars: tell.bars("web_success", Basis::Need, ScopeKind::ContactType, topics),
            rule: None,
        }),
    }
}

fn table(tell: &Telling<'_>, topics: &[&str]) -> Grid {
    let columns = tell.say(
        ["topic", "tried the web site", "need met", "met, never called", "called after it"],
        ["argomento", "provano il sito", "bisogno risolto", "risolti, non chiamano", "chiamano dopo"],
    );
    let row = |head: Datum, kind: ScopeKind, scope: &str| {
        let datum = |measure: &str| tell.datum(measure, Basis::Need, kind, scope);
        vec![
            head,
            datum("web_visits"),
            datum("web_success"),
            datum("web_deflected"),
            datum("web_then_called"),
        ]
    };
    let mut rows: Vec<_> =
        topics.iter().map(|topic| row(name(topic), ScopeKind::ContactType, topic)).collect();
    if topics.len() > 1 {
        rows.push(row(Datum::text(tell.say("All", "Tutti")), ScopeKind::Whole, ""));
    }
    Grid {
        id: "web-table",
        title: tell.text("The web site by topic", "Il sito per argomento"),
        columns: columns.map(String::from).into(),
        rows,
        foot: Some(tell.text(
            "Need met and called after it are parts of those who tried it. Who neither was helped nor called gave up, or would have called after the end.",
            "Bisogno risolto e chiamano dopo sono parti di chi lo ha provato. Chi non ha trovato risposta e non ha chiamato ha rinunciato, o avrebbe chiamato dopo la fine.",
        )),
    }
}
