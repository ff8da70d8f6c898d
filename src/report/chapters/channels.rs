//! Channels beside the telephone: how much comes by each, what is written by its due times, chats at once.

use super::shared::{HOUR_S, Telling, name};
use crate::measures::{Basis, ScopeKind};
use crate::report::chart::{Axis, Bars, Chart, ChartKind};
use crate::report::document::{Datum, Grid, Section};

/// Channels of which somebody waits at the other end.
const SPOKEN: [&str; 2] = ["voice", "chat"];

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let channels = tell.largest_first(ScopeKind::Channel, "offered", Basis::Contact);
    if channels.is_empty() {
        return Vec::new();
    }
    let with_data = |kind: ScopeKind, measure: &str, basis: Basis| -> Vec<&str> {
        let has_data = |scope: &&str| tell.mean(measure, basis, kind, scope).is_some();
        tell.run.scopes(kind).into_iter().filter(has_data).collect()
    };
    let written = with_data(ScopeKind::ContactType, "written_on_time", Basis::Contact);
    let chatting = with_data(ScopeKind::AgentGroup, "mean_concurrency", Basis::Time);
    let mut sections = vec![
        tell.heading("channels", "Channels", "Canali"),
        Section::Chart(volume(tell, &channels)),
        Section::Grid(table(tell, &channels)),
    ];
    if !written.is_empty() {
        sections.push(Section::Chart(on_time(tell, &written)));
        sections.push(Section::Grid(replies(tell, &written)));
    }
    if !chatting.is_empty() {
        sections.push(Section::Chart(concurrency(tell, &chatting)));
    }
    sections
}

fn volume(tell: &Telling<'_>, channels: &[&str]) -> Chart {
    Chart {
        id: "channel-volume",
        title: tell.text("Contacts by channel", "Contatti per canale"),
        note: tell.text(
            "Contacts offered over the whole; the whiskers are 95 % intervals. All other chapters are about calls unless they say otherwise.",
            "Contatti offerti in tutto; i baffi sono intervalli al 95 %. Gli altri capitoli riguardano le chiamate, se non dicono altro.",
        ),
        kind: ChartKind::Bars(Bars {
            x: Axis::plain(tell.text("contacts", "contatti")),
            bars: tell.bars("offered", Basis::Contact, ScopeKind::Channel, channels),
            rule: None,
        }),
    }
}

fn table(tell: &Telling<'_>, channels: &[&str]) -> Grid {
    let columns = tell.say(
        [
            "channel",
            "offered",
            "answered in time",
            "speed of answer",
            "abandoned",
            "on time",
            "hours to reply",
            "unanswered, mean",
            "overdue, mean",
            "handle time",
        ],
        [
            "canale",
            "offerti",
            "risposti in tempo",
            "attesa alla risposta",
            "abbandonati",
            "entro la scadenza",
            "ore per rispondere",
            "in attesa, media",
            "scaduti, media",
            "tempo di gestione",
        ],
    );
    let row = |&channel: &&str| {
        let is_written = !SPOKEN.contains(&channel);
        let datum = |measure: &str, basis: Basis| tell.datum(measure, basis, ScopeKind::Channel, channel);
        let only = |of_written: bool, measure: &str| {
            if is_written == of_written { datum(measure, Basis::Contact) } else { Datum::text("\u{2013}") }
        };
        let hours = tell.datum_in(HOUR_S, "time_to_reply", Basis::Contact, ScopeKind::Channel, channel);
        vec![
            name(channel),
            datum("offered", Basis::Contact),
            only(false, "answered_over_offered"),
            only(false, "speed_of_answer"),
            only(false, "abandonment"),
            only(true, "written_on_time"),
            if is_written { hours } else { Datum::text("\u{2013}") },
            only(true, "mean_unanswered"),
            only(true, "mean_unanswered_late"),
            datum("handle_time", Basis::Leg),
        ]
    };
    Grid {
        id: "channels-table",
        title: tell.text("Channels", "Canali"),
        columns: columns.map(String::from).into(),
        rows: channels.iter().map(row).collect(),
        foot: Some(tell.text(
            "Calls and chats are judged by their waits, what is written by its due times.",
            "Chiamate e chat si giudicano dalle attese, ciò che è scritto dalle scadenze.",
        )),
    }
}

fn on_time(tell: &Telling<'_>, topics: &[&str]) -> Chart {
    Chart {
        id: "written-on-time",
        title: tell.text(
            "Written contacts answered by their due time",
            "Contatti scritti con risposta entro la scadenza",
        ),
        note: tell
            .text("Of those that were due within the run.", "Di quelli in scadenza durante la simulazione."),
        kind: ChartKind::Bars(Bars {
            x: Axis::share(tell.text("on time", "in tempo")),
            bars: tell.bars("written_on_time", Basis::Contact, ScopeKind::ContactType, topics),
            rule: None,
        }),
    }
}

fn replies(tell: &Telling<'_>, topics: &[&str]) -> Grid {
    let columns = tell.say(
        ["topic", "offered", "on time", "hours to reply", "unanswered, mean", "overdue, mean"],
        ["argomento", "offerti", "in tempo", "ore per rispondere", "in attesa, media", "scaduti, media"],
    );
    let row = |&topic: &&str| {
        let datum = |measure: &str| tell.datum(measure, Basis::Contact, ScopeKind::ContactType, topic);
        vec![
            name(topic),
            datum("offered"),
            datum("written_on_time"),
            tell.datum_in(HOUR_S, "time_to_reply", Basis::Contact, ScopeKind::ContactType, topic),
            datum("mean_unanswered"),
            datum("mean_unanswered_late"),
        ]
    };
    Grid {
        id: "replies",
        title: tell.text("What is written", "Ciò che è scritto"),
        columns: columns.map(String::from).into(),
        rows: topics.iter().map(row).collect(),
        foot: None,
    }
}

fn concurrency(tell: &Telling<'_>, groups: &[&str]) -> Chart {
    Chart {
        id: "concurrency",
        title: tell.text("Chats at once by group", "Chat contemporanee per gruppo"),
        note: tell.text(
            "How many chats agents have on average while they have any.",
            "Quante chat hanno in media gli operatori mentre ne hanno.",
        ),
        kind: ChartKind::Bars(Bars {
            x: Axis::plain(tell.text("chats at once", "chat contemporanee")),
            bars: tell.bars("mean_concurrency", Basis::Time, ScopeKind::AgentGroup, groups),
            rule: None,
        }),
    }
}
