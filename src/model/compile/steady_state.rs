//! A steady state: the batches of its one long run.

use super::findings::Findings;
use crate::diagnostic::Code;
use crate::scenario::Scenario;

/// Fewer batches say too little about how much they vary; more say no more, and grow alike (Schmeiser 1982: 10 to 30 do).
const BATCHES: std::ops::RangeInclusive<f64> = 10.0..=1000.0;

/// Into how many batches the counted time is cut; `None` where the scenario is about its own days.
pub(super) fn batches(scenario: &Scenario, periods: u32, findings: &mut Findings) -> Option<u32> {
    let steady = scenario.scenario.steady_state?;
    if !scenario.scenario.run_in.is_zero() {
        let message = format!("a steady state has its warm-up, here {}, and no run-in", steady.warm_up);
        findings.add(
            Code::STEADY_STATE,
            "scenario.run_in",
            message,
            "leave it out, or leave steady_state out",
        );
    }
    let batches = findings.number("scenario.steady_state.batches", steady.batches.into(), BATCHES) as u32;
    if batches > periods {
        let message = format!("the {periods} periods of the run cannot be cut into {batches} batches");
        let help = "simulate more days, choose a shorter period or fewer batches";
        findings.add(Code::STEADY_STATE, "scenario.steady_state.batches", message, help);
    }
    Some(batches.min(periods))
}
