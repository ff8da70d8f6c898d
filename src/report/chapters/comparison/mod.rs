//! The report of a comparison: the question, the answer, what it costs, where the difference lies, what was changed.

mod hours;

use super::warnings;
use super::words::measure_words;
use crate::measures::Unit;
use crate::report::chart::{Axis, Chart, ChartKind, Heat, Naming, Point, Points};
use crate::report::document::{Chapter, Datum, Document, Grid, Mark, Note, Section};
use crate::report::language::{Language, capital, readable};
use crate::report::saved::{SavedComparison, SavedDifference, SavedVariant, unit_named};

/// A comparison that is told in a language.
struct Telling<'a> {
    found: &'a SavedComparison,
    language: Language,
}

/// The report of a comparison. `version` is that of the program that simulated it.
pub fn comparison_report(found: &SavedComparison, version: &str, language: Language) -> Document {
    let tell = Telling { found, language };
    let n = language.count(found.replications.into());
    let subtitle = match language {
        Language::English => format!(
            "{n} replications with the same citizens under each; differences are variant less base, of shares in points"
        ),
        Language::Italian => format!(
            "{n} repliche con gli stessi cittadini in ciascuno; le differenze sono variante meno base, delle quote in punti"
        ),
    };
    let chapters = [question, scorecards, cost_and_service, where_it_differs, changes];
    let mut sections: Vec<Section> = chapters.iter().flat_map(|chapter| chapter(&tell)).collect();
    sections.extend(data(&tell, version));
    let names: Vec<String> = found.variants.iter().map(|variant| readable(&variant.name)).collect();
    let title = format!("{}: {}", found.base, language.list(&names));
    Document { title, subtitle, sections, warnings: warnings::shown(&found.warnings, language) }
}

impl Telling<'_> {
    fn text(&self, english: &str, italian: &str) -> String {
        self.language.say(english, italian).into()
    }

    fn heading(&self, id: &'static str, english: &str, italian: &str) -> Section {
        Section::Chapter(Chapter { id, title: self.text(english, italian) })
    }

    /// What a row is called: the measure, and of whom where it is not of the whole.
    fn name(&self, row: &SavedDifference) -> String {
        let words = measure_words(self.language, &row.measure);
        match row.scope_kind.as_str() {
            "whole" => capital(&words),
            _ => format!("{}, {}", capital(&words), readable(&row.scope)),
        }
    }

    /// A difference with its sign and the interval that stands for all verdicts.
    fn difference(&self, row: &SavedDifference) -> String {
        let known = row.corrected;
        let text = self.language.value(unit_named(&row.unit), known.mean, known.half_width);
        if known.mean.is_some_and(|mean| mean > 0.0) { format!("+{text}") } else { text }
    }
}

fn judged(variant: &SavedVariant) -> impl Iterator<Item = &SavedDifference> {
    variant.rows.iter().filter(|row| row.verdict.is_some())
}

fn question(tell: &Telling<'_>) -> Vec<Section> {
    let names: Vec<String> = tell.found.variants.iter().map(|variant| readable(&variant.name)).collect();
    let list = tell.language.list(&names);
    let base = &tell.found.base;
    let mut said = vec![match tell.language {
        Language::English => format!("What changes, for whom and at what price, if {base} becomes {list}?"),
        Language::Italian => format!("Che cosa cambia, per chi e a quale prezzo, se {base} diventa {list}?"),
    }];
    said.extend(tell.found.variants.iter().map(|variant| answer(tell, variant)));
    vec![tell.heading("question", "The question", "La domanda"), Section::Prose(said)]
}

/// What a variant is better and worse in, as far as can be told.
fn answer(tell: &Telling<'_>, variant: &SavedVariant) -> String {
    let of = |words: &[&str]| -> Vec<String> {
        let rows = judged(variant)
            .filter(|row| row.verdict.as_deref().is_some_and(|verdict| words.contains(&verdict)));
        rows.map(|row| format!("{} ({})", tell.name(row).to_lowercase(), tell.difference(row))).collect()
    };
    let (better, worse, other) = (of(&["better"]), of(&["worse"]), of(&["more", "less"]));
    let name = capital(&readable(&variant.name));
    let mut parts = Vec::new();
    let mut say = |rows: &[String], english: &str, italian: &str| {
        if !rows.is_empty() {
            parts.push(format!("{} {}", tell.language.say(english, italian), tell.language.list(rows)));
        }
    };
    say(&better, "better in", "migliora in");
    say(&worse, "worse in", "peggiora in");
    say(&other, "different in", "cambia in");
    if parts.is_empty() {
        return match tell.language {
            Language::English => format!("{name}: no difference can be shown on the scorecard."),
            Language::Italian => format!("{name}: nessuna differenza si può mostrare sul quadro."),
        };
    }
    format!("{name}: {}.", parts.join("; "))
}

fn scorecards(tell: &Telling<'_>) -> Vec<Section> {
    let mut sections = vec![tell.heading("scorecards", "Scorecard", "Quadro dei risultati")];
    sections.extend(tell.found.variants.iter().map(|variant| Section::Grid(scorecard(tell, variant))));
    sections
}

fn scorecard(tell: &Telling<'_>, variant: &SavedVariant) -> Grid {
    let columns = tell.language.say(
        ["measure", "base", "variant", "difference", "verdict"],
        ["misura", "base", "variante", "differenza", "esito"],
    );
    let share = |known: super::super::saved::Known| Datum::Value {
        unit: Unit::Share,
        value: known.mean,
        half_width: known.half_width,
    };
    let met = tell.found.targets.iter().zip(&variant.targets).map(|(base, variant)| {
        let name = format!("{} {}", readable(&base.target), tell.language.say("met in", "rispettato nel"));
        vec![Datum::Text(name), share(base.met), share(variant.met), Datum::text(""), Datum::text("")]
    });
    let level =
        tell.language.value(Unit::Share, Some(1.0 - 0.05 / f64::from(tell.found.verdicts.max(1))), None);
    Grid {
        id: "scorecard",
        title: capital(&readable(&variant.name)),
        columns: columns.map(String::from).into(),
        rows: met.chain(judged(variant).map(|row| scorecard_row(tell, row))).collect(),
        foot: Some(match tell.language {
            Language::English => format!(
                "Each interval is at {level}, so that all verdicts together hold at 95 % (Bonferroni)."
            ),
            Language::Italian => format!(
                "Ogni intervallo è al {level}, così tutti gli esiti insieme valgono al 95 % (Bonferroni)."
            ),
        }),
    }
}

fn scorecard_row(tell: &Telling<'_>, row: &SavedDifference) -> Vec<Datum> {
    let unit = unit_named(&row.unit);
    let known = row.corrected;
    vec![
        Datum::Text(tell.name(row)),
        Datum::number(unit, row.base),
        Datum::number(unit, row.variant),
        Datum::Value { unit, value: known.mean, half_width: known.half_width },
        verdict(tell.language, row.verdict.as_deref().unwrap_or("")),
    ]
}

fn verdict(language: Language, words: &str) -> Datum {
    let (mark, italian) = match words {
        "better" => (Mark::Good, "meglio"),
        "worse" => (Mark::Bad, "peggio"),
        "more" => (Mark::Neutral, "di più"),
        "less" => (Mark::Neutral, "di meno"),
        "no difference shown" => (Mark::Open, "nessuna differenza mostrata"),
        "same within worth" => (Mark::Neutral, "uguale entro la soglia"),
        other => (Mark::Neutral, other),
    };
    Datum::Mark(mark, language.say(words, italian).into())
}

/// The row of the scorecard that stands for service: the promised formula of the whole, or the plain one.
fn service_row(variant: &SavedVariant) -> Option<&SavedDifference> {
    let level = |row: &&SavedDifference| {
        row.scope_kind == "whole" && crate::model::FORMULAS.contains(&row.measure.as_str())
    };
    judged(variant).find(level)
}

fn cost_and_service(tell: &Telling<'_>) -> Vec<Section> {
    let here = Point { name: tell.text("base", "base"), x: (0.0, 0.0, 0.0), y: (0.0, 0.0, 0.0) };
    let around = |row: &SavedDifference| {
        let mean = row.corrected.mean?;
        Some((row.corrected.low.unwrap_or(mean), mean, row.corrected.high.unwrap_or(mean)))
    };
    let point = |variant: &SavedVariant| {
        let cost = judged(variant).find(|row| row.measure == "cost" && row.scope_kind == "whole")?;
        Some(Point { name: readable(&variant.name), x: around(cost)?, y: around(service_row(variant)?)? })
    };
    let points: Vec<Point> = tell.found.variants.iter().filter_map(point).collect();
    let points = if points.is_empty() { points } else { std::iter::once(here).chain(points).collect() };
    let chart = Chart {
        id: "cost-and-service",
        title: tell.text("Cost against service", "Costo e servizio"),
        note: tell.text(
            "Differences from the base with the intervals of the scorecard. Up and to the left is better and cheaper.",
            "Differenze dalla base con gli intervalli del quadro. In alto a sinistra è meglio e costa meno.",
        ),
        kind: ChartKind::Points(Points {
            x: Axis::plain(tell.text("difference in cost", "differenza di costo")),
            y: Axis::share(tell.text("difference in service level, points", "differenza di livello di servizio, punti")),
            points,
            naming: Naming::Legend,
            rule: None,
        }),
    };
    vec![tell.heading("cost", "Cost against service", "Costo e servizio"), Section::Chart(chart)]
}

/// Kinds of scope that are mapped, with their headings.
const MAPPED: [(&str, &str, &str, &str, &str); 3] = [
    (
        "queue",
        "leg",
        "differences-by-queue",
        "Difference in service level by queue",
        "Differenza di livello di servizio per coda",
    ),
    (
        "contact_type",
        "contact",
        "differences-by-topic",
        "Difference in service level by topic",
        "Differenza di livello di servizio per argomento",
    ),
    (
        "profile",
        "contact",
        "differences-by-profile",
        "Difference in service level by profile",
        "Differenza di livello di servizio per profilo",
    ),
];

fn where_it_differs(tell: &Telling<'_>) -> Vec<Section> {
    let mut sections = vec![tell.heading("where", "Where the difference lies", "Dove sta la differenza")];
    let maps = MAPPED.iter().filter_map(|&(kind, basis, id, english, italian)| {
        let heat = difference_map(tell, kind, basis)?;
        Some(Section::Chart(Chart {
            id,
            title: tell.text(english, italian),
            note: tell.text(
                "Points of per cent of contacts answered in time, variant less base. Not corrected for their number: small ones may be chance.",
                "Punti percentuali di contatti con risposta in tempo, variante meno base. Senza correzione per il loro numero: quelle piccole possono essere caso.",
            ),
            kind: ChartKind::Heat(heat),
        }))
    });
    sections.extend(maps);
    sections.extend(hours::maps(tell));
    sections
}

/// Colours are full at so many points.
const REACH: f64 = 0.10;

fn difference_map(tell: &Telling<'_>, kind: &str, basis: &str) -> Option<Heat> {
    let first = tell.found.variants.first()?;
    let is_it = |row: &&SavedDifference| {
        row.measure == "answered_over_offered" && row.scope_kind == kind && row.basis == basis
    };
    let scopes: Vec<&str> = first.rows.iter().filter(is_it).map(|row| row.scope.as_str()).collect();
    let value = |scope: &str, variant: &SavedVariant| {
        variant.rows.iter().filter(is_it).find(|row| row.scope == scope).and_then(|row| row.difference.mean)
    };
    let heat = Heat {
        rows: scopes.iter().map(|scope| capital(&readable(scope))).collect(),
        columns: tell.found.variants.iter().map(|variant| readable(&variant.name)).collect(),
        x_label: tell.text("variant", "variante"),
        values: scopes
            .iter()
            .map(|scope| tell.found.variants.iter().map(|variant| value(scope, variant)).collect())
            .collect(),
        half_widths: Vec::new(),
        y: Axis::share(tell.text("difference in points", "differenza in punti")),
        middle: 0.0,
        reach: REACH,
        ends: (tell.text("worse", "peggio"), tell.text("better", "meglio")),
    };
    (!scopes.is_empty()).then_some(heat)
}

fn changes(tell: &Telling<'_>) -> Vec<Section> {
    let columns = tell
        .language
        .say(["variant", "what", "base", "becomes"], ["variante", "che cosa", "base", "diventa"]);
    let side =
        |side: &Option<String>| Datum::text(side.clone().unwrap_or_else(|| tell.text("nothing", "niente")));
    let rows = tell.found.variants.iter().flat_map(|variant| {
        variant.changes.iter().map(move |change| {
            vec![
                Datum::Text(readable(&variant.name)),
                Datum::text(&change.path),
                side(&change.base),
                side(&change.variant),
            ]
        })
    });
    let grid = Grid {
        id: "changes",
        title: tell.text("Inputs that differ from the base", "Dati che differiscono dalla base"),
        columns: columns.map(String::from).into(),
        rows: rows.collect(),
        foot: None,
    };
    vec![tell.heading("changes", "What was changed", "Che cosa è cambiato"), Section::Grid(grid)]
}

fn data(tell: &Telling<'_>, version: &str) -> Vec<Section> {
    let found = tell.found;
    let mut notes = vec![
        Note::new(tell.language.say("base", "base"), format!("{} ({})", found.base, found.base_hash)),
        Note::new(tell.language.say("seed", "seme"), found.seed.to_string()),
        Note::new(tell.language.say("version", "versione"), format!("centralino {version}")),
        Note::new(
            tell.language.say("replications", "repliche"),
            tell.language.count(found.replications.into()),
        ),
        Note::new(tell.language.say("command", "comando"), found.command.clone()),
    ];
    if found.worth > 0.0 {
        notes.push(Note::new(
            tell.language.say("smallest difference that matters", "differenza minima che conta"),
            tell.language.share(found.worth),
        ));
    }
    notes.extend(
        found.variants.iter().map(|variant| Note::new(readable(&variant.name), variant.hash.clone())),
    );
    vec![tell.heading("appendix", "Data", "Dati"), Section::Notes(notes)]
}
