//! The decision summary: what a manager must know, in sentences, and the scorecard of targets.

use super::shared::Telling;
use super::staff::shortage;
use crate::measures::{Basis, ScopeKind, Unit};
use crate::report::document::{Datum, Figure, Grid, Mark, Section};
use crate::report::language::{Language, readable};
use crate::report::saved::SavedTarget;

pub(super) fn chapter(tell: &Telling<'_>) -> Vec<Section> {
    let mut sections =
        vec![tell.heading("decision", "In short", "In breve"), Section::Prose(sentences(tell))];
    sections.push(Section::Figures(figures(tell)));
    if !tell.run.targets.is_empty() {
        sections.push(Section::Grid(scorecard(tell)));
    }
    sections
}

fn sentences(tell: &Telling<'_>) -> Vec<String> {
    let mut said: Vec<String> = tell.run.targets.iter().map(|target| promise(tell, target)).collect();
    if said.is_empty() {
        said.push(no_promise(tell));
    }
    said.push(volume(tell));
    said.extend(worst(tell));
    said.extend(shortage(tell).map(|shortage| shortage.sentence(tell)));
    said.extend(topics(tell));
    said.extend(money(tell));
    said
}

/// A target, whether it is kept, and how sure that is.
fn promise(tell: &Telling<'_>, target: &SavedTarget) -> String {
    let l = tell.language;
    let name = readable(&target.name);
    let value = l.value(Unit::Share, target.value.mean, target.value.half_width);
    let (promised, within) = (l.share(target.promised), l.duration(target.within_s));
    let verdict = match (target.verdict.as_deref(), l) {
        (Some("met"), Language::English) => "is kept",
        (Some("met"), Language::Italian) => "è rispettato",
        (Some("not met"), Language::English) => "is not kept",
        (Some("not met"), Language::Italian) => "non è rispettato",
        (Some(_), Language::English) => "cannot be decided from this run",
        (Some(_), Language::Italian) => "non si può decidere da questa simulazione",
        (None, Language::English) => return format!("The target \u{201c}{name}\u{201d} has no data."),
        (None, Language::Italian) => return format!("L'obiettivo \u{ab}{name}\u{bb} non ha dati."),
    };
    let first = match l {
        Language::English => format!(
            "The target \u{201c}{name}\u{201d} {verdict}: {value} answered within {within}, against {promised} promised."
        ),
        Language::Italian => format!(
            "L'obiettivo \u{ab}{name}\u{bb} {verdict}: {value} di risposte entro {within} (promesso: {promised})."
        ),
    };
    let rest = [kept(tell, target), to_decide(tell, target)].into_iter().flatten();
    std::iter::once(first).chain(rest).collect::<Vec<_>>().join(" ")
}

/// How often it was kept.
fn kept(tell: &Telling<'_>, target: &SavedTarget) -> Option<String> {
    let l = tell.language;
    let met = l.value(Unit::Share, Some(target.met.mean?), target.met.half_width);
    let judged = l.count(target.judged.into());
    let (span, giorni) = match target.per.as_str() {
        "day" => ("days", "giorni simulati"),
        "month" => ("months", "mesi simulati"),
        _ => ("runs", "simulazioni"),
    };
    (target.judged > 1).then(|| match l {
        Language::English => format!("It was kept in {met} of {judged} simulated {span}."),
        Language::Italian => format!("È stato rispettato in {met} di {judged} {giorni}."),
    })
}

fn to_decide(tell: &Telling<'_>, target: &SavedTarget) -> Option<String> {
    let needed = tell.language.count(target.to_decide?.into());
    Some(match tell.language {
        Language::English => format!("About {needed} replications would decide it."),
        Language::Italian => format!("Circa {needed} repliche basterebbero a deciderlo."),
    })
}

fn no_promise(tell: &Telling<'_>) -> String {
    let level = tell.whole(&tell.run.formula, Basis::Contact);
    match tell.language {
        Language::English => format!("No target is set; {level} of contacts are {}.", tell.in_time()),
        Language::Italian => format!("Nessun obiettivo è fissato; {level} di {}.", tell.in_time()),
    }
}

/// How many contacts, how they fare.
fn volume(tell: &Telling<'_>) -> String {
    let l = tell.language;
    let days = f64::from(tell.run.about.days.max(1));
    let offered = tell.run.whole("offered", Basis::Contact).and_then(|row| row.known.mean);
    let a_day =
        offered.map_or(l.no_data().into(), |offered| l.value(Unit::Count, Some(offered / days), None));
    let [lost, wait, p90] =
        [("abandonment", Basis::Contact), ("speed_of_answer", Basis::Contact), ("wait_p90", Basis::Contact)]
            .map(|(measure, basis)| tell.whole(measure, basis));
    match l {
        Language::English => format!(
            "{a_day} contacts come a day; {lost} hang up before anybody answers. Whoever is answered waits {wait} on average, and \
             nine in ten wait no longer than {p90}."
        ),
        Language::Italian => format!(
            "Arrivano {a_day} contatti al giorno; riaggancia prima della risposta: {lost}. Chi riceve risposta attende in media \
             {wait}, e nove su dieci non attendono più di {p90}."
        ),
    }
}

fn worst(tell: &Telling<'_>) -> Option<String> {
    let named: Vec<String> = tell
        .run
        .worst
        .iter()
        .take(3)
        .map(|span| {
            format!("{} ({})", tell.span(&span.span), tell.language.value(Unit::Share, span.level.mean, None))
        })
        .collect();
    let list = tell.language.list(&named);
    (!named.is_empty()).then(|| match tell.language {
        Language::English => format!("Service is weakest here: {list}."),
        Language::Italian => format!("Il servizio è più debole qui: {list}."),
    })
}

/// The largest topic, and the one that is left unanswered most.
fn topics(tell: &Telling<'_>) -> Option<String> {
    let kind = ScopeKind::ContactType;
    let topics = tell.largest_first(kind, "offered", Basis::Contact);
    let [largest, _, ..] = topics.as_slice() else { return None };
    let offered = |topic: &str| tell.mean("offered", Basis::Contact, kind, topic).unwrap_or(0.0);
    let all: f64 = topics.iter().map(|topic| offered(topic)).sum();
    let lost = |topic: &&&str| tell.mean("abandonment", Basis::Contact, kind, topic).unwrap_or(0.0);
    let neglected = topics.iter().max_by(|a, b| lost(a).total_cmp(&lost(b)))?;
    let share = tell.language.value(Unit::Share, Some(offered(largest) / all.max(f64::MIN_POSITIVE)), None);
    let unanswered = tell.language.value(Unit::Share, Some(lost(&neglected)), None);
    let (largest, neglected) = (readable(largest), readable(neglected));
    Some(match tell.language {
        Language::English => format!(
            "The largest topic is {largest} with {share} of contacts; the topic most often left unanswered is {neglected} \
             ({unanswered} hang up)."
        ),
        Language::Italian => format!(
            "L'argomento più richiesto è {largest} ({share} dei contatti); quello che più spesso resta senza risposta è \
             {neglected} ({unanswered} riaggancia)."
        ),
    })
}

fn money(tell: &Telling<'_>) -> Option<String> {
    let cost =
        tell.run.whole("cost", Basis::Time).filter(|row| row.known.mean.is_some_and(|cost| cost > 0.0))?;
    let (cost, each) = (tell.told(Some(cost)), tell.whole("cost_per_contact", Basis::Contact));
    let need = tell.whole("cost_per_resolved_need", Basis::Need);
    Some(match tell.language {
        Language::English => {
            format!(
                "Staff costs {cost} over the whole: {each} for each answered contact, {need} for each need that is met."
            )
        }
        Language::Italian => {
            format!(
                "Il personale costa {cost} in tutto: {each} per contatto con risposta, {need} per bisogno risolto."
            )
        }
    })
}

fn figures(tell: &Telling<'_>) -> Vec<Figure> {
    let rows = [
        ("contacts offered", "contatti offerti", "offered", Basis::Contact),
        ("speed of answer", "attesa media alla risposta", "speed_of_answer", Basis::Contact),
        ("wait, 90 % below", "attesa, 90 % sotto", "wait_p90", Basis::Contact),
        ("abandoned", "abbandonati", "abandonment", Basis::Contact),
        ("occupancy", "occupazione", "occupancy", Basis::Time),
        ("handle time", "tempo di gestione", "handle_time", Basis::Leg),
        ("needs met", "bisogni risolti", "needs_resolved", Basis::Need),
        ("cost", "costo", "cost", Basis::Time),
    ];
    let there = rows.into_iter().filter(|(_, _, measure, basis)| {
        *measure != "cost"
            || tell.run.whole("cost", *basis).is_some_and(|row| row.known.mean.is_some_and(|cost| cost > 0.0))
    });
    there
        .map(|(english, italian, measure, basis)| {
            Figure::new(tell.say(english, italian), tell.whole(measure, basis))
        })
        .collect()
}

fn scorecard(tell: &Telling<'_>) -> Grid {
    let columns = tell.say(
        ["target", "promised", "within", "value", "verdict", "spans that met it", "judged"],
        ["obiettivo", "promesso", "entro", "valore", "esito", "periodi che lo rispettano", "giudicati"],
    );
    Grid {
        id: "scorecard",
        title: tell.text("Scorecard of targets", "Quadro degli obiettivi"),
        columns: columns.map(String::from).into(),
        rows: tell.run.targets.iter().map(|target| scorecard_row(tell, target)).collect(),
        foot: Some(formulas(tell)),
    }
}

fn scorecard_row(tell: &Telling<'_>, target: &SavedTarget) -> Vec<Datum> {
    let (mark, word) = match target.verdict.as_deref() {
        Some("met") => (Mark::Good, tell.say("met", "rispettato")),
        Some("not met") => (Mark::Bad, tell.say("not met", "non rispettato")),
        Some(_) => (Mark::Open, tell.say("undecided", "indeciso")),
        None => (Mark::Neutral, tell.language.no_data()),
    };
    let share = |known: crate::report::saved::Known| Datum::Value {
        unit: Unit::Share,
        value: known.mean,
        half_width: known.half_width,
    };
    vec![
        super::shared::name(&target.name),
        Datum::number(Unit::Share, Some(target.promised)),
        Datum::number(Unit::Seconds, Some(target.within_s)),
        share(target.value),
        Datum::Mark(mark, word.into()),
        share(target.met),
        Datum::number(Unit::Number, Some(target.judged.into())),
    ]
}

/// By which formula and basis each target is judged.
fn formulas(tell: &Telling<'_>) -> String {
    let of =
        |target: &SavedTarget| format!("{}: {} ({})", readable(&target.name), target.formula, target.basis);
    let each: Vec<String> = tell.run.targets.iter().map(of).collect();
    format!("{} {}", tell.say("Formulas:", "Formule:"), each.join("; "))
}
