//! How far a run was to go, and what stopped it.

use serde_json::{Value, json};

use super::number;
use crate::diagnostic::{Code, Diagnostic};
use crate::experiment::{Known, Plan, Precision, StopReason, Stopped};
use crate::measures::Results;
use crate::stats::Confidence;

/// The end of a run, and what it was to reach.
#[derive(Clone, Copy, Debug)]
pub struct Ending<'a> {
    /// What was planned.
    pub plan: Plan,
    /// What stopped it.
    pub stopped: Stopped,
    /// What would have been enough.
    pub precision: Option<&'a Precision>,
}

impl Ending<'_> {
    /// `by precision after 40 of at most 1,280 replications: contract_voice is known to ± 0.9 % (± 1 % was asked)`; `None` where
    /// nothing but the number of replications could stop the run.
    pub(super) fn text(&self, results: &Results) -> Option<String> {
        if self.precision.is_none() && self.plan.time_limit.is_none() {
            return None;
        }
        let by = match self.stopped.by {
            StopReason::Count => "the number of replications",
            StopReason::Precision => "precision",
            StopReason::Time => "the time limit",
        };
        let (done, most) = (self.stopped.replications, self.plan.replications);
        let after = if done == most {
            format!("after all {}", number::count(most.into()))
        } else {
            format!("after {} of at most {}", number::count(done.into()), number::count(most.into()))
        };
        // What is not reached is a warning's business.
        let reached = self.precision.filter(|precision| precision.is_met(results)).and_then(|precision| {
            let known = precision.known(results);
            Some(format!(": {}", known_text(worst(&known)?, precision.bound())))
        });
        Some(format!("by {by} {after} replications{}", reached.unwrap_or_default()))
    }

    /// What was asked and not reached.
    pub(super) fn warning(&self, results: &Results) -> Option<Diagnostic> {
        let precision = self.precision?;
        let known = precision.known(results);
        let far: Vec<&Known> = known.iter().filter(|known| !known.met).collect();
        let worst = worst(&known).filter(|known| !known.met)?;
        let others = match far.len() {
            1 => String::new(),
            many => format!(", and {} more are not precise enough either", many - 1),
        };
        let message = format!("{}{others}", known_text(worst, precision.bound()));
        let n = self.stopped.replications;
        let needed = worst
            .half_width
            .and_then(|half_width| Confidence::default().replications_for(precision.bound(), half_width, n));
        let help = match needed {
            Some(needed) => {
                format!(
                    "about {} replications would do: raise --replications or --time-limit",
                    number::rounded_up(needed.into())
                )
            }
            _ => "ask for less precision".into(),
        };
        Some(Diagnostic::new(Code::NOT_PRECISE, "", message).with_help(help))
    }

    /// For files: what stopped the run, and what it was to reach.
    pub(super) fn json(&self, results: &Results) -> Value {
        let known = |precision: &Precision| -> Value {
            let each = precision.known(results);
            each.iter()
                .map(|known| {
                    json!({
                        "number": known.name,
                        "half_width": known.half_width,
                        "relative": known.relative,
                        "met": known.met,
                    })
                })
                .collect()
        };
        json!({
            "by": self.stopped.by.name(),
            "at_most": self.plan.replications,
            "time_limit_s": self.plan.time_limit.map(|limit| limit.as_secs_f64()),
            "precision": self.precision.map(|precision| json!({ "bound": precision.bound(), "of": known(precision) })),
        })
    }
}

/// The number that is furthest from being known well enough: one without an interval, or that of the largest half-width.
fn worst(known: &[Known]) -> Option<&Known> {
    let width = |known: &Known| known.half_width.unwrap_or(f64::INFINITY);
    known.iter().reduce(|worst, next| if width(next) > width(worst) { next } else { worst })
}

/// `contract_voice is known to ± 1.4 % (± 1 % was asked)`
fn known_text(known: &Known, bound: f64) -> String {
    let asked = number::share(bound);
    match known.half_width {
        None => format!("{} has no interval (± {asked} was asked)", known.name),
        Some(half_width) if known.relative => {
            format!(
                "{} is known to {} of its value ({asked} was asked)",
                known.name,
                number::fine_share(half_width)
            )
        }
        Some(half_width) => {
            format!("{} is known to ± {} (± {asked} was asked)", known.name, number::fine_share(half_width))
        }
    }
}
