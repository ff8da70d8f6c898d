//! What was asked and what came out, in sentences.

use super::{Telling, cell};
use crate::measures::Unit;
use crate::report::document::{Datum, Figure, Grid, Section};
use crate::report::language::{Language, capital};
use crate::report::saved::{SavedHolds, SavedLine};
use crate::scenario::Decided;

/// Sentences about where promises break.
const MOST_BREAKS: usize = 4;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let mut said = vec![question(tell)];
    said.extend(base(tell));
    said.extend(decided(tell));
    said.extend(breaks(tell));
    said.extend(strongest(tell));
    said.extend(cheapest(tell));
    let mut sections = vec![
        tell.heading("decision", "In short", "In breve"),
        Section::Prose(said),
        Section::Figures(figures(tell)),
    ];
    sections.extend(promises(tell).map(Section::Grid));
    sections
}

fn question(tell: &Telling<'_>) -> String {
    let names: Vec<String> = (0..tell.found.factors.len()).map(|factor| tell.factor(factor)).collect();
    let (factors, one) = (tell.language.list(&names), names.len() == 1);
    match (tell.language, one) {
        (Language::English, true) => format!("What becomes of service and cost as {factors} changes?"),
        (Language::English, false) => format!("What becomes of service and cost as {factors} change?"),
        (Language::Italian, true) => format!("Che cosa diventano servizio e costo se cambia: {factors}?"),
        (Language::Italian, false) => format!("Che cosa diventano servizio e costo se cambiano {factors}?"),
    }
}

/// Each promise in the base.
fn base(tell: &Telling<'_>) -> Vec<String> {
    let of = |(place, key): (usize, &crate::report::saved::SavedKey)| {
        let value = tell.of(0, place)?;
        let (name, number) = (tell.key(key), tell.value(0, place));
        let promised = key.promised.map(|promised| tell.language.share(promised));
        let verdict = match (value.verdict.as_deref(), tell.language) {
            (Some("met"), Language::English) => "it is kept",
            (Some("met"), Language::Italian) => "è rispettato",
            (Some("not met"), Language::English) => "it is not kept",
            (Some("not met"), Language::Italian) => "non è rispettato",
            (_, Language::English) => "whether it is kept cannot be told",
            (_, Language::Italian) => "se sia rispettato non si può dire",
        };
        Some(match (promised, tell.language) {
            (Some(promised), Language::English) => {
                format!("{name} stands at {number} in the base, {promised} being promised: {verdict}.")
            }
            (Some(promised), Language::Italian) => {
                format!("{name} è a {number} nella base, con {promised} promesso: {verdict}.")
            }
            (None, Language::English) => format!("{name} stands at {number} in the base."),
            (None, Language::Italian) => format!("{name} è a {number} nella base."),
        })
    };
    tell.service().filter_map(of).collect()
}

/// What replications were spent on, and whether that is decided.
fn decided(tell: &Telling<'_>) -> Option<String> {
    let until = tell.found.until.as_ref()?;
    let sure = tell.language.share(until.confidence);
    if until.decided == Decided::Best {
        return Some(best(tell, &sure));
    }
    let open = tell.language.count(tell.found.undecided.into());
    let (what, cosa) = match until.decided {
        Decided::Targets => ("whether it keeps its promises", "se rispetta gli obiettivi"),
        _ => ("whether it differs from the base", "se è diverso dalla base"),
    };
    Some(match (tell.found.undecided, tell.language) {
        (0, Language::English) => format!("Of every scenario it is decided {what}, at {sure} each."),
        (0, Language::Italian) => format!("Di ogni scenario è deciso {cosa}, al {sure} ciascuno."),
        (_, Language::English) => format!("Of {open} scenarios it is not decided {what}, at {sure} each."),
        (_, Language::Italian) => format!("Di {open} scenari non è deciso {cosa}, al {sure} ciascuno."),
    })
}

fn best(tell: &Telling<'_>, sure: &str) -> String {
    let left = tell.found.left.as_deref().unwrap_or_default();
    if let [one] = left {
        let place = capital(&tell.scenario_in_words(*one));
        return match tell.language {
            Language::English => format!("{place} is the best, with probability {sure} or more."),
            Language::Italian => format!("{place} è il migliore, con probabilità {sure} o più."),
        };
    }
    let count = tell.language.count(left.len() as u64);
    match tell.language {
        Language::English => format!("Which is the best of {count} scenarios is undecided."),
        Language::Italian => format!("Quale di {count} scenari sia il migliore resta indeciso."),
    }
}

fn breaks(tell: &Telling<'_>) -> Vec<String> {
    let all = &tell.found.lines;
    let is_beside_base =
        |line: &&SavedLine| line.others_as_in_base || !all.iter().any(|line| line.others_as_in_base);
    all.iter().filter(is_beside_base).take(MOST_BREAKS).map(|line| holds(tell, line)).collect()
}

/// `Contract holds up to volume +14.4 % (+12.1 % to +16.8 %).`
fn holds(tell: &Telling<'_>, line: &SavedLine) -> String {
    let name = tell.found.keys.get(line.key).map_or(String::new(), |key| tell.key(key));
    let others = if line.others.is_empty() {
        String::new()
    } else {
        format!(", {} {}", tell.language.say("with", "con"), tell.setting(&line.others))
    };
    let holds = tell.language.say("holds", "regge");
    format!("{name} {holds} {}{others}.", where_it_holds(tell, line, &tell.factor(line.factor)))
}

/// Where a promise is kept along a line: `up to +14.4 % (+12.1 % to +16.8 %)`, with the factor's name where that is not said beside.
pub(super) fn where_it_holds(tell: &Telling<'_>, line: &SavedLine, factor: &str) -> String {
    let factor = if factor.is_empty() { String::new() } else { format!("{factor} ") };
    let number = |number: f64| tell.number(line.factor, number);
    let ends = line.points.first().zip(line.points.last());
    let (from, to) = ends.map_or((String::new(), String::new()), |(from, to)| (number(from.0), number(to.0)));
    let between = |low: Option<f64>, high: Option<f64>| {
        let low = low.map_or_else(|| format!("{} {from}", tell.language.say("below", "sotto")), number);
        let high = high.map_or_else(|| format!("{} {to}", tell.language.say("above", "oltre")), number);
        format!("({low} {} {high})", tell.language.say("to", "\u{2013}"))
    };
    match (line.holds, tell.language) {
        (SavedHolds::Everywhere, Language::English) => format!("from {factor}{from} to {to}"),
        (SavedHolds::Everywhere, Language::Italian) => format!("da {factor}{from} a {to}"),
        (SavedHolds::Nowhere, Language::English) => format!("nowhere from {factor}{from} to {to}"),
        (SavedHolds::Nowhere, Language::Italian) => format!("mai da {factor}{from} a {to}"),
        (SavedHolds::Mixed, Language::English) => format!("here and there from {factor}{from} to {to}"),
        (SavedHolds::Mixed, Language::Italian) => format!("a tratti da {factor}{from} a {to}"),
        (SavedHolds::UpTo { at, low, high }, Language::English) => {
            format!("up to {factor}{} {}", number(at), between(low, high))
        }
        (SavedHolds::UpTo { at, low, high }, Language::Italian) => {
            format!("fino a {factor}{} {}", number(at), between(low, high))
        }
        (SavedHolds::From { at, low, high }, Language::English) => {
            format!("from {factor}{} on {}", number(at), between(low, high))
        }
        (SavedHolds::From { at, low, high }, Language::Italian) => {
            format!("da {factor}{} in poi {}", number(at), between(low, high))
        }
    }
}

/// The factor that moves the first promise most.
fn strongest(tell: &Telling<'_>) -> Option<String> {
    let (place, key) = tell.service().next()?;
    let effect = key.effects.first().filter(|effect| effect.swing > 0.0)?;
    let by_mean = |a: &&crate::report::saved::SavedEffectLevel,
                   b: &&crate::report::saved::SavedEffectLevel| {
        a.mean.total_cmp(&b.mean)
    };
    let (low, high) = (effect.levels.iter().min_by(by_mean)?, effect.levels.iter().max_by(by_mean)?);
    let text = |level: &crate::report::saved::SavedEffectLevel| {
        (
            tell.language.value(tell.unit(place), Some(level.mean), None),
            tell.level(effect.factor, &level.label),
        )
    };
    let ((least, at_least), (most, at_most)) = (text(low), text(high));
    let (name, factor) = (tell.key(key), capital(&tell.factor(effect.factor)));
    Some(match tell.language {
        Language::English => format!(
            "{factor} moves {name} most: on average from {least} at {at_least} to {most} at {at_most}."
        ),
        Language::Italian => format!(
            "{factor} è ciò che più muove {name}: in media da {least} con {at_least} a {most} con {at_most}."
        ),
    })
}

/// The cheapest way to keep all promises.
fn cheapest(tell: &Telling<'_>) -> Option<String> {
    if tell.service().all(|(_, key)| key.verdicts == [0; 3]) {
        return None;
    }
    if tell.found.all_kept == 0 {
        return Some(
            tell.text("No scenario keeps all promises.", "Nessuno scenario rispetta tutti gli obiettivi."),
        );
    }
    let (scenario, cost) = (tell.found.cheapest?, tell.found.cost?);
    let (place, price) = (tell.scenario_in_words(scenario), tell.value(scenario, cost));
    let (service, key) = tell.service().next()?;
    let (name, level) = (tell.key(key), tell.value(scenario, service));
    Some(match tell.language {
        Language::English => format!(
            "The cheapest that keeps all promises, by the estimates, is {place}: it costs {price}, with {name} at {level}."
        ),
        Language::Italian => format!(
            "Il meno caro che rispetta tutti gli obiettivi, secondo le stime, è {place}: costa {price}, con {name} a {level}."
        ),
    })
}

fn figures(tell: &Telling<'_>) -> Vec<Figure> {
    let count = |count: usize| tell.language.count(count as u64);
    let mut figures = vec![
        Figure::new(tell.text("scenarios", "scenari"), count(tell.found.scenario_count)),
        Figure::new(
            tell.text("replications in all", "repliche in tutto"),
            tell.language.count(tell.found.replications),
        ),
    ];
    if tell.service().any(|(_, key)| key.verdicts != [0; 3]) {
        let name =
            tell.text("keep all promises, by estimates", "rispettano tutti gli obiettivi, secondo le stime");
        figures.push(Figure::new(name, count(tell.found.all_kept)));
    }
    if !tell.found.front.is_empty() {
        let name = tell.text("on the front of cost against service", "sulla frontiera di costo e servizio");
        figures.push(Figure::new(name, count(tell.found.front.len())));
    }
    figures
}

/// Each promise: in the base, and in how many scenarios it is kept.
fn promises(tell: &Telling<'_>) -> Option<Grid> {
    let columns = tell.language.say(
        ["promise", "promised", "base", "in the base", "scenarios that keep it", "that miss it", "undecided"],
        [
            "obiettivo",
            "promesso",
            "base",
            "nella base",
            "scenari che lo rispettano",
            "che lo mancano",
            "incerti",
        ],
    );
    let row = |(place, key): (usize, &crate::report::saved::SavedKey)| {
        let value = tell.of(0, place);
        let counts = key.verdicts.map(|count| Datum::number(Unit::Count, Some(count as f64)));
        let first = [
            Datum::Text(tell.key(key)),
            Datum::number(Unit::Share, key.promised),
            cell(tell.unit(place), value),
            tell.verdict(value.and_then(|value| value.verdict.as_deref())),
        ];
        first.into_iter().chain(counts).collect()
    };
    let rows: Vec<Vec<Datum>> = tell.service().filter(|(_, key)| key.verdicts != [0; 3]).map(row).collect();
    (!rows.is_empty()).then(|| Grid {
        id: "promises",
        title: tell.text("Promises", "Obiettivi"),
        columns: columns.map(String::from).into(),
        rows,
        foot: Some(tell.text(
            "Kept or missed: the whole 95 % interval lies on that side of what is promised.",
            "Rispettato o mancato: l'intero intervallo al 95 % sta da quella parte del valore promesso.",
        )),
    })
}
