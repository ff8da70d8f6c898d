//! Callbacks and other ways: what callers were offered in place of waiting, and what became of it.

use super::shared::{HOUR_S, Telling, name};
use crate::measures::{Basis, ScopeKind, Unit};
use crate::report::chart::{Axis, Bars, Chart, ChartKind};
use crate::report::document::{Grid, Section};
use crate::report::flow::Flow;
use crate::report::language::{Language, capital};

/// Rounding of sums is not somebody.
const NOBODY: f64 = 1e-6;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let sum = |measure: &str| tell.run.whole(measure, Basis::Contact).map_or(0.0, |row| row.numerator);
    if sum("callbacks_offered") + sum("deferrals_offered") <= 0.0 {
        return Vec::new();
    }
    let offered = |queue: &&str| {
        let mean = |measure: &str| tell.mean(measure, Basis::Leg, ScopeKind::Queue, queue).unwrap_or(0.0);
        mean("callbacks_offered") + mean("deferrals_offered") > 0.0
    };
    let queues: Vec<&str> =
        tell.largest_first(ScopeKind::Queue, "offered", Basis::Leg).into_iter().filter(offered).collect();
    let mut sections = vec![
        tell.heading("offers", "Callbacks and other ways", "Richiamate e altre vie"),
        Section::Prose(vec![sentence(tell)]),
        Section::Chart(flow(tell)),
    ];
    sections.extend(acceptance(tell, &queues).map(Section::Chart));
    sections.push(Section::Grid(table(tell, &queues)));
    sections
}

/// How many promises were kept.
fn sentence(tell: &Telling<'_>) -> String {
    let told = |measure: &str| tell.whole(measure, Basis::Contact);
    let count = tell.run.whole("callbacks_accepted", Basis::Contact).map_or(0.0, |row| row.numerator);
    let other = tell.run.whole("deferral_success", Basis::Contact).map_or(0.0, |row| row.denominator);
    let callbacks = (count > NOBODY).then(|| match tell.language {
        Language::English => format!(
            "{} callers a run accept a callback; {} of the promises reach their citizen, {} as promised.",
            tell.language.amount(count),
            told("callbacks_reached"),
            told("callbacks_kept")
        ),
        Language::Italian => format!(
            "Accettano una richiamata {} cittadini per simulazione; raggiunti: {}, come promesso: {}.",
            tell.language.amount(count),
            told("callbacks_reached"),
            told("callbacks_kept")
        ),
    });
    let ways = (other > NOBODY).then(|| match tell.language {
        Language::English => format!(
            "{} take another way, which meets the need of {}.",
            tell.language.amount(other),
            told("deferral_success")
        ),
        Language::Italian => {
            format!(
                "Prendono un'altra via {}, che risolve il bisogno di {}.",
                tell.language.amount(other),
                told("deferral_success")
            )
        }
    });
    let said: Vec<String> = [callbacks, ways].into_iter().flatten().collect();
    if said.is_empty() {
        tell.text("Nobody accepts what is offered.", "Nessuno accetta ciò che viene offerto.")
    } else {
        said.join(" ")
    }
}

/// Offers by what callers say to them, then by what becomes of it. Each number is a sum that the measures keep.
fn flow(tell: &Telling<'_>) -> Chart {
    let pair = |measure: &str| {
        tell.run.whole(measure, Basis::Contact).map_or((0.0, 0.0), |row| (row.numerator, row.denominator))
    };
    let ((called, calls), (reached, promises)) = (pair("callback_acceptance"), pair("callbacks_reached"));
    let ((other, ways), (met, _)) = (pair("deferral_acceptance"), pair("deferral_success"));
    let nodes = [
        (0, "callback offered", "richiamata offerta"),
        (0, "another way offered", "altra via offerta"),
        (1, "accepted", "accettata"),
        (1, "another way taken", "altra via presa"),
        (1, "declined", "rifiutata"),
        (2, "reached", "raggiunti"),
        (2, "not reached", "non raggiunti"),
        (2, "need met", "bisogno risolto"),
        (2, "need not met", "bisogno non risolto"),
    ];
    let nodes: Vec<(usize, String)> = nodes
        .iter()
        .map(|&(column, english, italian)| (column, capital(&tell.text(english, italian))))
        .collect();
    let some = |value: f64| if value > NOBODY { value } else { 0.0 };
    let links = [
        (0, 2, called),
        (0, 4, calls - called),
        (1, 3, other),
        (1, 4, ways - other),
        (2, 5, reached),
        (2, 6, promises - reached),
        (3, 7, met),
        (3, 8, other - met),
    ];
    let links = links.map(|(from, to, value)| (from, to, some(value)));
    let text = |value| tell.language.value(Unit::Count, Some(value), None);
    Chart {
        id: "offers-flow",
        title: tell.text("What becomes of offers", "Che cosa accade alle offerte"),
        note: tell.text(
            "Offers in place of waiting, mean of the replications. Who declines goes on waiting; a promise that is open when the run ends counts as not reached.",
            "Offerte al posto dell'attesa, media delle repliche. Chi rifiuta continua ad attendere; una promessa aperta alla fine conta come non raggiunta.",
        ),
        kind: ChartKind::Flow(Flow::new(&nodes, &links, text).unwrap_or_default()),
    }
}

/// How many say yes, queue by queue; of callbacks, or of other ways where there are only these.
fn acceptance(tell: &Telling<'_>, queues: &[&str]) -> Option<Chart> {
    let bars = |measure: &str| tell.bars(measure, Basis::Leg, ScopeKind::Queue, queues);
    let has = |measure: &str| bars(measure).iter().any(|bar| bar.value.is_some());
    let (measure, title) = if has("callback_acceptance") {
        ("callback_acceptance", tell.text("Callbacks accepted by queue", "Richiamate accettate per coda"))
    } else {
        ("deferral_acceptance", tell.text("Other ways taken by queue", "Altre vie prese per coda"))
    };
    (queues.len() > 1).then(|| Chart {
        id: "acceptance",
        title,
        note: tell.text("Accepted offers over offers.", "Offerte accettate sul totale delle offerte."),
        kind: ChartKind::Bars(Bars {
            x: Axis::share(tell.text("accepted", "accettate")),
            bars: bars(measure),
            rule: None,
        }),
    })
}

fn table(tell: &Telling<'_>, queues: &[&str]) -> Grid {
    let columns = tell.say(
        [
            "queue",
            "callbacks offered",
            "accepted",
            "reached",
            "as promised",
            "dials",
            "hours until reached",
            "other ways offered",
            "taken",
            "need met",
        ],
        [
            "coda",
            "richiamate offerte",
            "accettate",
            "raggiunti",
            "come promesso",
            "chiamate fatte",
            "ore fino al contatto",
            "altre vie offerte",
            "prese",
            "bisogno risolto",
        ],
    );
    let row = |&queue: &&str| {
        let datum = |measure: &str| tell.datum(measure, Basis::Leg, ScopeKind::Queue, queue);
        vec![
            name(queue),
            datum("callbacks_offered"),
            datum("callback_acceptance"),
            datum("callbacks_reached"),
            datum("callbacks_kept"),
            datum("callback_tries"),
            tell.datum_in(HOUR_S, "time_to_callback", Basis::Leg, ScopeKind::Queue, queue),
            datum("deferrals_offered"),
            datum("deferral_acceptance"),
            datum("deferral_success"),
        ]
    };
    Grid {
        id: "offers-table",
        title: tell.text("Offers by queue", "Offerte per coda"),
        columns: columns.map(String::from).into(),
        rows: queues.iter().map(row).collect(),
        foot: None,
    }
}
