//! The way of citizens: from their need to its end, and what becomes of their attempts.

use super::shared::Telling;
use crate::measures::{Basis, ScopeKind, Unit};
use crate::report::chart::{Chart, ChartKind};
use crate::report::document::Section;
use crate::report::flow::Flow;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    vec![
        tell.heading("citizens", "Citizens from need to end", "I cittadini dal bisogno alla fine"),
        Section::Chart(Chart {
            id: "needs-flow",
            title: tell.text("What becomes of needs", "Che cosa accade ai bisogni"),
            note: tell.text(
                "Needs, mean of the replications; a band is as wide as it is many. A need is open if it has not ended when the run does.",
                "Bisogni, media delle repliche; una fascia è larga quanto sono. Un bisogno è aperto se non è finito alla fine della simulazione.",
            ),
            kind: ChartKind::Flow(needs(tell).unwrap_or_default()),
        }),
        Section::Chart(Chart {
            id: "contacts-flow",
            title: tell.text("What becomes of contacts", "Che cosa accade ai contatti"),
            note: tell.text(
                "Contacts that reached a queue or were refused before it, mean of the replications.",
                "Contatti arrivati a una coda o rifiutati prima, media delle repliche.",
            ),
            kind: ChartKind::Flow(contacts(tell).unwrap_or_default()),
        }),
    ]
}

/// Rounding of sums is not somebody.
const NOBODY: f64 = 1e-6;

fn some(value: f64) -> f64 {
    if value > NOBODY { value } else { 0.0 }
}

fn count(tell: &Telling<'_>) -> impl Fn(f64) -> String {
    let language = tell.language;
    move |value| language.value(Unit::Count, Some(value), None)
}

fn named(tell: &Telling<'_>, nodes: &[(usize, &str, &str)]) -> Vec<(usize, String)> {
    nodes.iter().map(|&(column, english, italian)| (column, tell.text(english, italian))).collect()
}

/// Needs by whether anybody answered them, then by their end. Each number is a sum that the measures keep, so the flow balances or is not drawn.
fn needs(tell: &Telling<'_>) -> Option<Flow> {
    if !tell.run.scopes(ScopeKind::Service).is_empty() {
        return needs_at_counters_too(tell);
    }
    let row = |measure: &str| tell.run.whole(measure, Basis::Need);
    let (all, resolved) = row("needs_resolved").map(|row| (row.denominator, row.numerator))?;
    let (tier1, answered) = row("tier1_resolved").map(|row| (row.numerator, row.denominator))?;
    let (given_up, open) = (row("needs_given_up")?.numerator, row("needs_open")?.numerator);
    let by_menu = all - row("per_need")?.denominator;
    let elsewhere = resolved - by_menu - tier1;
    let helpless = answered - tier1 - elsewhere;
    let nodes = named(
        tell,
        &[
            (0, "needs", "bisogni"),
            (1, "answered", "con risposta"),
            (1, "met by a menu or another way", "risolti dal menu o per altra via"),
            (1, "never answered", "mai risposta"),
            (2, "met at tier 1", "risolti al livello 1"),
            (2, "met at tier 2 or by an office", "risolti al livello 2 o da un ufficio"),
            (2, "met without an agent", "risolti senza operatore"),
            (2, "not met", "non risolti"),
            (3, "given up", "abbandonati"),
            (3, "open at the end", "aperti alla fine"),
        ],
    );
    let never = all - answered - by_menu;
    let links = [
        (0, 1, answered),
        (0, 2, by_menu),
        (0, 3, never),
        (1, 4, tier1),
        (1, 5, elsewhere),
        (1, 7, helpless),
        (2, 6, by_menu),
        (3, 7, never),
        (7, 8, given_up),
        (7, 9, open),
    ];
    Flow::new(&nodes, &links.map(|(from, to, value)| (from, to, some(value))), count(tell))
}

/// Where counters meet needs as agents do, whether anybody answered says little: needs by their ends alone.
fn needs_at_counters_too(tell: &Telling<'_>) -> Option<Flow> {
    let sum = |measure: &str| tell.run.whole(measure, Basis::Need).map(|row| row.numerator);
    let (resolved, tier1) = (sum("needs_resolved")?, sum("tier1_resolved")?);
    let nodes = named(
        tell,
        &[
            (0, "needs", "bisogni"),
            (1, "met", "risolti"),
            (1, "not met", "non risolti"),
            (2, "met at tier 1", "risolti al livello 1"),
            (2, "met at a counter or elsewhere", "risolti a uno sportello o altrove"),
            (2, "given up", "abbandonati"),
            (2, "open at the end", "aperti alla fine"),
        ],
    );
    let (given_up, open) = (sum("needs_given_up")?, sum("needs_open")?);
    let links = [
        (0, 1, resolved),
        (0, 2, given_up + open),
        (1, 3, tier1),
        (1, 4, resolved - tier1),
        (2, 5, given_up),
        (2, 6, open),
    ];
    Flow::new(&nodes, &links.map(|(from, to, value)| (from, to, some(value))), count(tell))
}

/// Contacts by why they came, then by what became of them.
fn contacts(tell: &Telling<'_>) -> Option<Flow> {
    let sum = |measure: &str| tell.run.whole(measure, Basis::Contact).map_or(0.0, |row| row.numerator);
    let all = tell.run.whole("retrial_share", Basis::Contact)?.denominator;
    let (retrials, repeats) = (sum("retrial_share"), sum("repeat_share"));
    let fates = ["answered", "abandoned", "sent_away", "blocked", "callbacks_accepted", "moved"].map(sum);
    let nodes = named(
        tell,
        &[
            (0, "first attempts", "primi tentativi"),
            (0, "try again", "richiamano"),
            (0, "come again", "ritornano"),
            (1, "contacts", "contatti"),
            (2, "answered", "con risposta"),
            (2, "hung up", "riagganciano"),
            (2, "sent away", "congedati"),
            (2, "blocked", "respinti"),
            (2, "callback", "richiamata"),
            (2, "moved", "spostati"),
        ],
    );
    // Those who ask for news of a case neither try nor come again.
    let with_news = !tell.run.scopes(ScopeKind::Office).is_empty();
    let mut nodes = nodes;
    if with_news {
        nodes[0].1 = tell.text(
            "first attempts, and asking for news of cases",
            "primi tentativi e richieste di notizie sulle pratiche",
        );
    }
    let origins = [(0, 3, all - retrials - repeats), (1, 3, retrials), (2, 3, repeats)];
    let ends = fates.into_iter().enumerate().map(|(fate, value)| (3, 4 + fate, value));
    let links: Vec<(usize, usize, f64)> =
        origins.into_iter().chain(ends).map(|(from, to, value)| (from, to, some(value))).collect();
    Flow::new(&nodes, &links, count(tell))
}
