//! A report chapter by chapter: what is said of a run, in the reader's language.
//!
//! Each file is a chapter; it takes its numbers from what is kept of the run and says nothing where there is nothing to say.

mod appendix;
mod campaigns;
mod channels;
mod citizens;
mod comparison;
mod costs;
mod counter_waits;
mod counters;
mod decision;
mod offers;
mod offices;
mod people;
mod shared;
mod staff;
mod sweep;
mod through_time;
mod topics;
mod waits;
mod warnings;
mod web;
mod words;

pub use comparison::comparison_report;
pub use sweep::sweep_report;

use self::shared::Telling;
use super::document::{Document, Section};
use super::language::Language;
use super::saved::SavedRun;

/// The report of a run. `version` is that of the program that simulated it.
pub fn run_report(run: &SavedRun, version: &str, language: Language) -> Document {
    let tell = Telling { run, language };
    let chapters: [fn(&Telling<'_>) -> Vec<Section>; 14] = [
        decision::chapter,
        through_time::chapter,
        staff::chapter,
        waits::chapter,
        channels::chapter,
        offers::chapter,
        campaigns::chapter,
        web::chapter,
        topics::chapter,
        people::chapter,
        citizens::chapter,
        offices::chapter,
        counters::chapter,
        costs::chapter,
    ];
    let mut sections: Vec<Section> = chapters.iter().flat_map(|chapter| chapter(&tell)).collect();
    sections.extend(appendix::chapter(&tell, version));
    Document {
        title: run.about.name.clone(),
        subtitle: subtitle(run, language),
        sections,
        warnings: warnings::shown(&run.warnings, language),
    }
}

fn subtitle(run: &SavedRun, language: Language) -> String {
    let about = &run.about;
    let days = if about.days == 1 {
        language.date(&about.start)
    } else {
        let to = language.say("to", "-");
        format!("{} {to} {}", language.date(&about.start), language.date(&about.end))
    };
    let n = language.count(about.replications.into());
    let replications = match (about.replications, language) {
        (1, Language::English) => "simulated once".into(),
        (1, Language::Italian) => "simulato una volta".into(),
        (_, Language::English) => format!("simulated {n} times"),
        (_, Language::Italian) => format!("simulato {n} volte"),
    };
    let plus_minus = match about.intervals.as_str() {
        "nothing" => String::new(),
        _ => format!("; {}", language.say("± is a 95 % half-width", "± è metà dell'intervallo al 95 %")),
    };
    format!("{days}, {replications}{plus_minus}")
}
