//! Topics: what citizens ask for, and what stays unanswered.

use super::shared::{Telling, name};
use crate::measures::{Basis, ScopeKind, Unit};
use crate::report::chart::{Axis, Bars, Chart, ChartKind};
use crate::report::document::{Datum, Grid, Section};

/// Below this part of all contacts a topic is a niche.
const NICHE: f64 = 0.01;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let topics = tell.largest_first(ScopeKind::ContactType, "offered", Basis::Contact);
    vec![
        tell.heading("topics", "Topics", "Argomenti"),
        Section::Chart(volume(tell, &topics)),
        Section::Chart(unanswered(tell, &topics)),
        Section::Grid(table(tell, ScopeKind::ContactType, &topics)),
    ]
    .into_iter()
    .chain(over_channels(tell))
    .collect()
}

/// Topics that contact types name, over all their channels.
fn over_channels(tell: &Telling<'_>) -> Option<Section> {
    let topics = tell.largest_first(ScopeKind::Topic, "offered", Basis::Contact);
    (!topics.is_empty()).then(|| {
        let title = tell.text("Topics over all channels", "Argomenti su tutti i canali");
        Section::Grid(Grid { id: "topics-over-channels", title, ..table(tell, ScopeKind::Topic, &topics) })
    })
}

fn volume(tell: &Telling<'_>, topics: &[&str]) -> Chart {
    let bars = tell.bars("offered", Basis::Contact, ScopeKind::ContactType, topics);
    Chart {
        id: "topics",
        title: tell.text("Contacts by topic", "Contatti per argomento"),
        note: tell.text(
            "Contacts offered over the whole, calls that try again included; the whiskers are 95 % intervals.",
            "Contatti offerti in tutto, richiamate comprese; i baffi sono intervalli al 95 %.",
        ),
        kind: ChartKind::Bars(Bars { x: Axis::plain(tell.text("contacts", "contatti")), bars, rule: None }),
    }
}

fn unanswered(tell: &Telling<'_>, topics: &[&str]) -> Chart {
    let mut topics = topics.to_vec();
    let lost =
        |topic: &str| tell.mean("abandonment", Basis::Contact, ScopeKind::ContactType, topic).unwrap_or(0.0);
    topics.sort_by(|a, b| lost(b).total_cmp(&lost(a)));
    Chart {
        id: "unanswered",
        title: tell.text("Unanswered by topic", "Senza risposta per argomento"),
        note: tell.text(
            "The part of contacts offered whose caller hangs up before an answer, worst first.",
            "La parte dei contatti offerti in cui chi chiama riaggancia prima della risposta, dai peggiori.",
        ),
        kind: ChartKind::Bars(Bars {
            x: Axis::share(tell.text("abandoned", "abbandonati")),
            bars: tell.bars("abandonment", Basis::Contact, ScopeKind::ContactType, &topics),
            rule: None,
        }),
    }
}

fn table(tell: &Telling<'_>, kind: ScopeKind, topics: &[&str]) -> Grid {
    let offered = |topic: &str| tell.mean("offered", Basis::Contact, kind, topic).unwrap_or(0.0);
    let all: f64 = topics.iter().map(|topic| offered(topic)).sum();
    let columns = tell.say(
        [
            "topic",
            "offered",
            "of all",
            "answered in time",
            "abandoned",
            "hung up",
            "try again",
            "come again",
            "needs met",
            "handle time",
        ],
        [
            "argomento",
            "offerti",
            "sul totale",
            "risposti in tempo",
            "abbandonati",
            "riagganci",
            "richiamano",
            "ritornano",
            "bisogni risolti",
            "tempo di gestione",
        ],
    );
    let row = |topic: &&str| {
        let datum = |measure: &str, basis: Basis| tell.datum(measure, basis, kind, topic);
        vec![
            name(topic),
            datum("offered", Basis::Contact),
            Datum::number(Unit::Share, (all > 0.0).then(|| offered(topic) / all)),
            datum(&tell.run.formula, Basis::Contact),
            datum("abandonment", Basis::Contact),
            datum("abandoned", Basis::Contact),
            datum("retrial_share", Basis::Contact),
            datum("repeat_share", Basis::Contact),
            datum("needs_resolved", Basis::Need),
            datum("handle_time", Basis::Leg),
        ]
    };
    let niches: Vec<String> = topics
        .iter()
        .filter(|topic| all > 0.0 && offered(topic) / all < NICHE)
        .map(|topic| crate::report::language::readable(topic))
        .collect();
    let told = tell.text(
        "Try again: after nobody answered. Come again: after a talk that did not help, which is what complaints begin with.",
        "Richiamano: dopo una mancata risposta. Ritornano: dopo un colloquio che non è servito, da cui nascono i reclami.",
    );
    let foot = if niches.is_empty() {
        told
    } else {
        let list = tell.language.list(&niches);
        format!(
            "{told} {} {list}.",
            tell.say("Niches, below 1 % of contacts:", "Nicchie, sotto l'1 % dei contatti:")
        )
    };
    Grid {
        id: "topics-table",
        title: tell.text("Topics", "Argomenti"),
        columns: columns.map(String::from).into(),
        rows: topics.iter().map(row).collect(),
        foot: Some(foot),
    }
}
