//! Campaigns: whom the center calls, how many it reaches, and what a reach takes.

use super::shared::{Telling, name};
use crate::measures::{Basis, ScopeKind};
use crate::report::chart::{Axis, Bars, Chart, ChartKind};
use crate::report::document::{Datum, Grid, Section};
use crate::report::language::Language;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let campaigns = tell.run.scopes(ScopeKind::Campaign);
    if campaigns.is_empty() {
        return Vec::new();
    }
    vec![
        tell.heading("campaigns", "Campaigns", "Campagne"),
        Section::Prose(vec![sentence(tell)]),
        Section::Chart(reached(tell, &campaigns)),
        Section::Grid(dials(tell, &campaigns)),
        Section::Grid(persons(tell, &campaigns)),
    ]
}

/// How many persons are done with.
fn sentence(tell: &Telling<'_>) -> String {
    let row = |measure: &str| tell.run.whole(measure, Basis::Dial);
    let finished = tell.language.amount(row("reach_share").map_or(0.0, |row| row.denominator));
    let listed = tell.language.amount(row("persons_listed").map_or(0.0, |row| row.numerator));
    let told = |measure: &str| tell.whole(measure, Basis::Dial);
    let (dials, share) = (told("dials"), told("reach_share"));
    match tell.language {
        Language::English => format!(
            "{listed} persons a run come on lists and are dialled {dials} times. {finished} are finished, that is reached or dialled for the last time in vain; of these {share} are reached."
        ),
        Language::Italian => format!(
            "Entrano nelle liste {listed} persone per simulazione; chiamate: {dials}. Concluse, cioè raggiunte o chiamate invano per l'ultima volta: {finished}; di queste raggiunte: {share}."
        ),
    }
}

fn reached(tell: &Telling<'_>, campaigns: &[&str]) -> Chart {
    Chart {
        id: "reached",
        title: tell.text("Persons reached by campaign", "Persone raggiunte per campagna"),
        note: tell.text(
            "Of those who are finished: reached, or dialled for the last time in vain. The whiskers are 95 % intervals.",
            "Di quelle concluse: raggiunte, o chiamate invano per l'ultima volta. I baffi sono intervalli al 95 %.",
        ),
        kind: ChartKind::Bars(Bars {
            x: Axis::share(tell.text("reached", "raggiunte")),
            bars: tell.bars("reach_share", Basis::Dial, ScopeKind::Campaign, campaigns),
            rule: None,
        }),
    }
}

/// A column: its heading in both languages, and the measure.
type Column = (&'static str, &'static str, &'static str);

fn table(
    tell: &Telling<'_>,
    (id, title): (&'static str, String),
    columns: &[Column],
    campaigns: &[&str],
    foot: Option<String>,
) -> Grid {
    let row = |head: Datum, kind: ScopeKind, scope: &str| -> Vec<Datum> {
        let cells = columns.iter().map(|(_, _, measure)| tell.datum(measure, Basis::Dial, kind, scope));
        std::iter::once(head).chain(cells).collect()
    };
    let mut rows: Vec<_> =
        campaigns.iter().map(|campaign| row(name(campaign), ScopeKind::Campaign, campaign)).collect();
    if campaigns.len() > 1 {
        rows.push(row(Datum::text(tell.say("All", "Tutte")), ScopeKind::Whole, ""));
    }
    let headings = columns.iter().map(|(english, italian, _)| tell.text(english, italian));
    Grid {
        id,
        title,
        columns: std::iter::once(tell.text("campaign", "campagna")).chain(headings).collect(),
        rows,
        foot,
    }
}

fn dials(tell: &Telling<'_>, campaigns: &[&str]) -> Grid {
    const COLUMNS: [Column; 5] = [
        ("persons listed", "persone in lista", "persons_listed"),
        ("dials", "chiamate", "dials"),
        ("answered", "con risposta", "dials_answered"),
        ("abandoned, of answered", "abbandonate, sulle risposte", "dial_abandonment"),
        ("right person, of talks", "persona giusta, sui colloqui", "right_party_share"),
    ];
    table(tell, ("dials", tell.text("Dials", "Chiamate")), &COLUMNS, campaigns, None)
}

fn persons(tell: &Telling<'_>, campaigns: &[&str]) -> Grid {
    const COLUMNS: [Column; 6] = [
        ("reached", "raggiunte", "persons_reached"),
        ("in vain to the last", "invano fino all'ultima", "persons_exhausted"),
        ("reached, of finished", "raggiunte, sulle concluse", "reach_share"),
        ("attempts per person", "tentativi per persona", "attempts_per_person"),
        ("agent time per reach", "tempo operatore per raggiunta", "agent_time_per_reach"),
        ("cost per reach", "costo per raggiunta", "cost_per_reach"),
    ];
    let cost = tell.run.whole("cost_per_reach", Basis::Dial).and_then(|row| row.known.mean);
    let is_free = cost.is_none_or(|cost| cost <= 0.0);
    let told = if is_free { &COLUMNS[..5] } else { &COLUMNS[..] };
    let foot = tell.text(
        "Finished: reached, or dialled for the last time in vain; attempts are those at finished persons. Agent time: preview, ringing, talk and wrap-up, also of dials in vain.",
        "Concluse: raggiunte, o chiamate invano per l'ultima volta; i tentativi sono quelli verso le persone concluse. Tempo operatore: esame della scheda, squilli, colloquio e lavoro dopo, anche delle chiamate a vuoto.",
    );
    table(tell, ("persons", tell.text("Persons", "Persone")), told, campaigns, Some(foot))
}
