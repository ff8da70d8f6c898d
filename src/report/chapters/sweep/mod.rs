//! The report of a sweep: what holds up to where, what moves it, what it costs, scenario by scenario.

mod breaks;
mod data;
mod decision;
mod effects;
mod front;
mod savings;
mod scenarios;

use super::warnings;
use super::words::measure_words;
use crate::measures::Unit;
use crate::report::document::{Chapter, Datum, Document, Mark, Section, Verdict};
use crate::report::language::{Language, capital, readable};
use crate::report::saved::{SavedKey, SavedScenario, SavedSweep, SavedValue, unit_named};

/// The report of a sweep. `version` is that of the program that simulated it.
pub fn sweep_report(found: &SavedSweep, version: &str, language: Language) -> Document {
    let tell = Telling { found, language };
    let chapters = [
        decision::chapter,
        breaks::chapter,
        savings::chapter,
        effects::chapter,
        front::chapter,
        scenarios::chapter,
    ];
    let mut sections: Vec<Section> = chapters.iter().flat_map(|chapter| chapter(&tell)).collect();
    sections.extend(data::chapter(&tell, version));
    Document {
        title: found.study.clone(),
        subtitle: subtitle(&tell),
        sections,
        warnings: warnings::shown(&found.warnings, language),
    }
}

fn subtitle(tell: &Telling<'_>) -> String {
    let scenarios = tell.language.count(tell.found.scenario_count as u64);
    let replications = tell.language.count(tell.found.replications);
    match tell.language {
        Language::English => format!(
            "{scenarios} scenarios, {replications} replications in all, the same citizens under each; ± is a 95 % half-width"
        ),
        Language::Italian => format!(
            "{scenarios} scenari, {replications} repliche in tutto, gli stessi cittadini in ciascuno; ± è metà dell'intervallo al 95 %"
        ),
    }
}

/// A sweep that is told in a language.
struct Telling<'a> {
    found: &'a SavedSweep,
    language: Language,
}

impl<'a> Telling<'a> {
    fn text(&self, english: &str, italian: &str) -> String {
        self.language.say(english, italian).into()
    }

    fn heading(&self, id: &'static str, english: &str, italian: &str) -> Section {
        Section::Chapter(Chapter { id, title: self.text(english, italian) })
    }

    /// What a measure is called: a target by its name.
    fn key(&self, key: &SavedKey) -> String {
        match key.scope_kind.as_str() {
            "target" => capital(&readable(&key.scope)),
            _ => capital(&measure_words(self.language, &key.measure)),
        }
    }

    /// What its numbers are, for an axis.
    fn measure(&self, key: &SavedKey) -> String {
        measure_words(self.language, &key.measure)
    }

    fn factor(&self, factor: usize) -> String {
        self.found.factors.get(factor).map_or(String::new(), |factor| readable(&factor.name))
    }

    /// A number of a factor: of one that multiplies as the change from the base.
    fn number(&self, factor: usize, number: f64) -> String {
        let multiplies = self.found.factors.get(factor).is_some_and(|factor| factor.multiplies);
        if multiplies { self.change(number - 1.0) } else { self.language.plain(number) }
    }

    /// `+14.4 %`
    fn change(&self, change: f64) -> String {
        let tenths = (change * 1000.0).round() / 1000.0;
        let sign = match tenths {
            0.0 => "±",
            more if more > 0.0 => "+",
            _ => "",
        };
        format!("{sign}{}", self.language.share(tenths + 0.0))
    }

    /// A factor's value as results write it, in words.
    fn level(&self, factor: usize, label: &str) -> String {
        match label.parse::<f64>() {
            Ok(number) => self.number(factor, number),
            Err(_) => readable(label),
        }
    }

    /// `volume +10 %, heads 24`
    fn setting(&self, at: &[(usize, String)]) -> String {
        let word = |(factor, label): &(usize, String)| {
            format!("{} {}", self.factor(*factor), self.level(*factor, label))
        };
        at.iter().map(word).collect::<Vec<_>>().join(", ")
    }

    fn scenario(&self, number: u32) -> Option<&'a SavedScenario> {
        let scenarios = &self.found.scenarios;
        scenarios.binary_search_by_key(&number, |scenario| scenario.scenario).ok().map(|at| &scenarios[at])
    }

    /// `scenario 4 (volume +10 %, heads 24)`, or the base.
    fn scenario_in_words(&self, number: u32) -> String {
        if number == 0 {
            return self.text("the base", "la base");
        }
        let word = self.language.say("scenario", "lo scenario");
        let at =
            self.scenario(number).map(|scenario| scenario.at.iter().cloned().enumerate().collect::<Vec<_>>());
        at.map_or_else(|| format!("{word} {number}"), |at| format!("{word} {number} ({})", self.setting(&at)))
    }

    /// What is known of a key under a scenario.
    fn of(&self, scenario: u32, key: usize) -> Option<&'a SavedValue> {
        self.scenario(scenario)?.values.get(key)
    }

    /// Likewise, as text with its half-width.
    fn value(&self, scenario: u32, key: usize) -> String {
        let known = self.of(scenario, key).map(|value| value.known).unwrap_or_default();
        let unit = self.unit(key);
        self.language.value(unit, known.mean, known.half_width)
    }

    fn unit(&self, key: usize) -> Unit {
        self.found.keys.get(key).map_or(Unit::Number, |key| unit_named(&key.unit))
    }

    /// Targets, or the service level where there is none, by their places among the keys.
    fn service(&self) -> impl Iterator<Item = (usize, &'a SavedKey)> {
        let cost = self.found.cost;
        self.found.keys.iter().enumerate().filter(move |(place, _)| Some(*place) != cost)
    }

    /// A verdict with its sign.
    fn verdict(&self, verdict: Option<&str>) -> Datum {
        match verdict {
            Some("met") => Datum::Mark(Mark::from(Verdict::Met), self.text("kept", "rispettato")),
            Some("not met") => {
                Datum::Mark(Mark::from(Verdict::NotMet), self.text("not kept", "non rispettato"))
            }
            Some(_) => Datum::Mark(Mark::from(Verdict::Undecided), self.text("undecided", "incerto")),
            None => Datum::text(""),
        }
    }
}

/// A number with its half-width as a cell.
fn cell(unit: Unit, value: Option<&SavedValue>) -> Datum {
    let known = value.map(|value| value.known).unwrap_or_default();
    Datum::Value { unit, value: known.mean, half_width: known.half_width.filter(|&half| half > 0.0) }
}
