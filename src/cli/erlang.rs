//! `centralino erlang`: the calculators of Erlang, both ways.

use std::io;

use super::problems::Trouble;
use super::terminal::{colour, tell};
use super::{Format, Outcome};
use crate::queueing::{Answer, Formula, Goal, MOST_AGENTS, QueueingError, Workload, offered_load};
use crate::report::{self, Calculation, render};
use crate::scenario::Span;

/// Computes by Erlang's formulas what agents give, or how few are enough
///
/// With --agents: what so many give. With a goal (--service-level, --abandonment, --blocking, --occupancy-at-most): the fewest
/// agents that meet it. With both: whether so many are enough.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino erlang a --calls 2175 --aht 240s --patience 5m --agents 150
  centralino erlang a --calls 2175 --aht 240s --patience 5m --service-level 0.8 --within 20s
  centralino erlang c --erlangs 145 --aht 4m --service-level 0.8 --occupancy-at-most 0.85
  centralino erlang b --erlangs 145 --blocking 0.01

Exit codes: 0 done, 1 the agents cannot do the work or are too few for the goal, 2 wrong use.")]
pub(super) struct Erlang {
    #[command(subcommand)]
    formula: Which,
}

#[derive(Debug, clap::Subcommand)]
enum Which {
    B(B),
    C(C),
    A(A),
}

/// Nobody waits: who finds all agents or lines busy is blocked
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino erlang b --erlangs 5 --lines 10
  centralino erlang b --calls 2175 --aht 4m --blocking 0.01

Exit codes: 0 done, 1 the lines are too few for the goal, 2 wrong use.")]
struct B {
    #[command(flatten)]
    asked: Asked,

    /// At most this share of the calls is blocked
    #[arg(long, value_name = "SHARE", value_parser = share)]
    blocking: Option<f64>,
}

/// Callers wait, for ever if need be
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino erlang c --calls 2175 --aht 4m --agents 150
  centralino erlang c --calls 540 --per 30m --aht 4m --service-level 0.8 --within 20s

Exit codes: 0 done, 1 the agents cannot do the work or are too few for the goal, 2 wrong use.")]
struct C {
    #[command(flatten)]
    asked: Asked,

    #[command(flatten)]
    in_time: InTime,
}

/// Callers wait as long as their patience lasts, which is exponential
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  centralino erlang a --calls 2175 --aht 4m --patience 5m --agents 150
  centralino erlang a --calls 2175 --aht 4m --patience 5m --service-level 0.8 --within 20s
  centralino erlang a --calls 2175 --aht 4m --patience 5m --abandonment 0.03 --format json

Exit codes: 0 done, 1 the agents are too few for the goal, 2 wrong use.")]
struct A {
    #[command(flatten)]
    asked: Asked,

    #[command(flatten)]
    in_time: InTime,

    /// Mean time that a caller would wait before hanging up
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    patience: f64,

    /// At most this share of the calls gives up
    #[arg(long, value_name = "SHARE", value_parser = share)]
    abandonment: Option<f64>,
}

/// What every formula is asked with.
#[derive(Debug, clap::Args)]
struct Asked {
    /// Calls that come in the time of --per
    #[arg(long, value_name = "N", value_parser = amount, required_unless_present = "erlangs")]
    calls: Option<f64>,

    /// The time in which --calls come
    #[arg(long, value_name = "DURATION", default_value = "1h", value_parser = duration, conflicts_with = "erlangs")]
    per: f64,

    /// The offered load in place of --calls: calls a second times mean handle time in seconds
    #[arg(long, value_name = "E", value_parser = amount, conflicts_with = "calls")]
    erlangs: Option<f64>,

    /// Mean handle time: talk, hold and wrap-up, such as 240s or 4m
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    aht: Option<f64>,

    /// How many answer; left out: the fewest for the goal are sought
    #[arg(long, visible_alias = "lines", value_name = "N")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_AGENTS)))]
    agents: Option<u32>,

    /// At most this share of the agents' time is spent serving
    #[arg(long, value_name = "SHARE", value_parser = share)]
    occupancy_at_most: Option<f64>,

    /// What is printed: a page, or the same as JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What counts as answered in time, and how much of it is wanted.
#[derive(Debug, clap::Args)]
struct InTime {
    /// Answered within this is in time
    #[arg(long, value_name = "DURATION", default_value = "20s", value_parser = span)]
    within: Span,

    /// At least this share of the calls is answered in time
    #[arg(long, value_name = "SHARE", value_parser = share)]
    service_level: Option<f64>,
}

impl Erlang {
    /// Computes and tells.
    ///
    /// # Errors
    /// A question that lacks something, or that no formula answers.
    pub(super) fn run(&self) -> Result<Outcome, Trouble> {
        match &self.formula {
            Which::B(b) => {
                let goal = Goal { blocking: b.blocking, ..Goal::default() };
                b.asked.answer(Formula::B, goal)
            }
            Which::C(C { asked, in_time }) => {
                let formula =
                    Formula::C { mean_service_s: asked.handle_time()?, threshold_s: in_time.within.as_s() };
                asked.answer(formula, in_time.goal())
            }
            Which::A(A { asked, in_time, patience, abandonment }) => {
                let formula = Formula::A {
                    mean_service_s: asked.handle_time()?,
                    mean_patience_s: *patience,
                    threshold_s: in_time.within.as_s(),
                };
                asked.answer(formula, Goal { abandonment: *abandonment, ..in_time.goal() })
            }
        }
    }
}

impl InTime {
    fn goal(&self) -> Goal {
        Goal { service_level: self.service_level, ..Goal::default() }
    }
}

impl Asked {
    fn handle_time(&self) -> Result<f64, Trouble> {
        self.aht.ok_or_else(|| {
            Trouble::usage("the mean handle time is missing", "give it by --aht, such as --aht 4m")
        })
    }

    fn answer(&self, formula: Formula, goal: Goal) -> Result<Outcome, Trouble> {
        let goal = Goal { occupancy: self.occupancy_at_most, ..goal };
        if self.agents.is_none() && goal.is_empty() {
            let help = "give --agents 150 to see what they give, or a goal to find the fewest: see --help";
            return Err(Trouble::usage("nothing is asked", help));
        }
        let workload = Workload { erlangs: self.load()?, formula };
        let answer = workload.answer(self.agents, &goal).map_err(|error| unanswered(&error))?;
        let middle = match answer {
            Answer::Given { performance, .. } | Answer::Fewest(performance) => performance.agents,
            Answer::Overload { least, .. } => least,
            Answer::Beyond => MOST_AGENTS,
        };
        let around = workload.around(middle).map_err(|error| unanswered(&error))?;
        let calculation = Calculation { workload, demand: self.demand(), goal, answer, around };
        self.tell(&calculation)?;
        Ok(if calculation.is_yes() { Outcome::Done } else { Outcome::No })
    }

    fn tell(&self, calculation: &Calculation) -> Result<(), Trouble> {
        match self.format {
            Format::Json => tell(&format!("{:#}\n", report::erlang_json(calculation))),
            Format::Text => tell(&render(&report::erlang(calculation), colour(&io::stdout()))),
        }
    }

    /// The load in erlangs, which is one that the formulas are tested with.
    fn load(&self) -> Result<f64, Trouble> {
        let erlangs = match (self.erlangs, self.calls) {
            (Some(erlangs), _) => erlangs,
            (None, Some(calls)) => offered_load(calls / self.per, self.handle_time()?),
            (None, None) => return Err(Trouble::usage("nobody calls", "give --calls 2175 or --erlangs 145")),
        };
        let most = f64::from(MOST_AGENTS);
        if erlangs <= most {
            Ok(erlangs)
        } else {
            Err(Trouble::usage(
                format!("{erlangs} erlangs are more than {most}, up to which the formulas are tested"),
                "check --calls, --per and --aht; or take the work apart",
            ))
        }
    }

    /// What the load comes from, in the words of the command.
    fn demand(&self) -> String {
        let each = self.aht.map(|aht| format!("of {} each", Span::from_s(aht)));
        let calls = self.calls.map(|calls| format!("{calls} calls in {}", Span::from_s(self.per)));
        match (calls, each) {
            (Some(calls), Some(each)) => format!("{calls} {each}"),
            (None, Some(each)) => format!("calls {each}"),
            _ => String::new(),
        }
    }
}

fn unanswered(error: &QueueingError) -> Trouble {
    Trouble::usage(error.to_string(), "check the numbers: see --help for what each means")
}

/// A number above 0.
fn amount(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value > 0.0 && value.is_normal() => Ok(value),
        _ => Err("a number above 0 is wanted, such as 145".into()),
    }
}

/// A share between 0 and 1, neither of which can be promised; `80%` is 0.8.
fn share(text: &str) -> Result<f64, String> {
    let (number, of) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 100.0));
    match number.trim().parse::<f64>() {
        Ok(value) if value > 0.0 && value < of => Ok(value / of),
        _ => Err("a share between 0 and 1 is wanted, such as 0.8 or 80%".into()),
    }
}

fn span(text: &str) -> Result<Span, String> {
    text.parse().map_err(|error: crate::scenario::SpanError| error.to_string())
}

/// The seconds of a duration that is not 0.
fn duration(text: &str) -> Result<f64, String> {
    let span = span(text)?;
    if span.is_zero() { Err("a duration above 0 is wanted".into()) } else { Ok(span.as_s()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_written_in_two_ways() {
        assert_eq!(
            ["0.8", "80%", "80 %", "2.5%"].map(|text| share(text).ok()),
            [0.8, 0.8, 0.8, 0.025].map(Some)
        );
        for text in ["0", "1", "80", "100%", "-0.1", "NaN", "inf", "", "%"] {
            assert!(share(text).is_err(), "{text}");
        }
    }

    #[test]
    fn amounts_and_durations_are_above_0() {
        assert_eq!((amount("2175").ok(), duration("4m").ok()), (Some(2175.0), Some(240.0)));
        for text in ["0", "-1", "NaN", "inf", "1e-320", "many"] {
            assert!(amount(text).is_err(), "{text}");
        }
        assert!(duration("0s").is_err());
        assert!(duration("240").is_err_and(|why| why.contains("write \"240s\"")));
    }
}
