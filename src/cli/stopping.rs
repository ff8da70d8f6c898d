//! When a run stops: after a number, at a precision, at a time limit.

use std::time::Duration;

use super::options::Threads;
use super::problems::Trouble;
use super::simulate::quoted;
use crate::experiment::{FIRST_CHECKPOINT, Plan, Precision, StopReason};
use crate::measures::Results;
use crate::report::Ending;
use crate::scenario::Span;

/// Replications unless the command says otherwise.
pub(super) const USUAL: u32 = 10;
/// The most with `--precision` unless the command says otherwise: the seventh doubling of the first checkpoint.
const USUAL_MOST: u32 = FIRST_CHECKPOINT << 7;

/// The options.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Stopping {
    /// Stops once half-widths are at most this: absolute for shares (0.01 is one point of per cent), a part of the value for all
    /// else. Looked at after 10, 20, 40, ... replications
    #[arg(long, value_name = "BOUND", value_parser = bound)]
    precision: Option<f64>,

    /// What --precision is about: a target, or a measure as in contact/speed_of_answer or wait_p90@queue:taxes; may be given
    /// often. All targets if left out, answered_over_offered by contact where there are none
    #[arg(long, value_name = "NAME", requires = "precision")]
    precision_of: Vec<String>,

    /// Begins no more replications after so long, as in 90s or 10m; those that have begun count
    #[arg(long, value_name = "TIME", value_parser = time_limit)]
    time_limit: Option<Duration>,
}

pub(super) fn bound(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(bound) if bound > 0.0 && bound < 1.0 => Ok(bound),
        _ => Err("write a number above 0 and below 1, such as 0.01".into()),
    }
}

fn time_limit(text: &str) -> Result<Duration, String> {
    let span: Span = text.parse().map_err(|error| format!("{error}"))?;
    Ok(Duration::from_secs_f64(span.as_s()))
}

/// How far a run goes that takes `usual` replications unless told otherwise, or as many as a precision takes.
///
/// # Errors
/// Fewer replications than a precision takes.
pub(super) fn plan(
    replications: Option<u32>,
    usual: u32,
    precision: Option<f64>,
    threads: &Threads,
) -> Result<Plan, Trouble> {
    let checkpoints = precision.is_some();
    let replications = replications.unwrap_or(if checkpoints { USUAL_MOST } else { usual });
    if checkpoints && replications < FIRST_CHECKPOINT {
        let message = format!("--precision takes at least {FIRST_CHECKPOINT} replications");
        return Err(Trouble::usage(message, "raise --replications, which is the most that are run"));
    }
    Ok(Plan { checkpoints, ..Plan::of(replications, threads.count()) })
}

impl Stopping {
    /// The plan of a run. A steady state takes one replication, which is long, unless more are asked for.
    ///
    /// # Errors
    /// Fewer replications than a precision takes.
    pub(super) fn plan(
        &self,
        replications: Option<u32>,
        is_steady: bool,
        threads: &Threads,
    ) -> Result<Plan, Trouble> {
        let usual = if is_steady { 1 } else { USUAL };
        let plan = plan(replications, usual, self.precision, threads)?;
        Ok(Plan { time_limit: self.time_limit, ..plan })
    }

    /// What is enough, if that was said.
    ///
    /// # Errors
    /// A name of nothing.
    pub(super) fn precision(&self, results: &Results) -> Result<Option<Precision>, Trouble> {
        let made = self.precision.map(|bound| Precision::new(bound, &self.precision_of, results));
        made.transpose().map_err(|not| {
            Trouble::usage(
                format!("--precision-of: {not}"),
                "name a target, or a measure of docs/measures.md",
            )
        })
    }

    /// The options that give the same replications again, without those that depend on the machine's speed: what a time limit
    /// cut off is so many replications.
    pub(super) fn words(&self, ending: &Ending<'_>) -> String {
        let (done, most) = (ending.stopped.replications, ending.plan.replications);
        match (self.precision, ending.stopped.by) {
            (Some(bound), StopReason::Precision | StopReason::Count) => {
                let of: String = self
                    .precision_of
                    .iter()
                    .map(|name| format!(" --precision-of {}", quoted(name)))
                    .collect();
                format!("--replications {most} --precision {bound}{of}")
            }
            _ => format!("--replications {done}"),
        }
    }
}
