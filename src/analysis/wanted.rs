//! Which way a measure is better, for verdicts.

use crate::model::FORMULAS;
use crate::stats::Wanted;

/// Measures of which a city wants more, beside the formulas of service level.
const MORE: [&str; 8] = [
    "days_met",
    "fairness",
    "first_contact_resolution",
    "intervals_met",
    "intervals_met_weighted",
    "months_met",
    "needs_resolved",
    "tier1_resolved",
];

/// Measures of which it wants less, beside all waits.
const LESS: [&str; 16] = [
    "abandoned",
    "abandonment",
    "abandonment_without_short",
    "blocked",
    "blocking",
    "cost",
    "cost_per_contact",
    "cost_per_resolved_need",
    "delayed",
    "excess_wait",
    "mean_queue",
    "needs_given_up",
    "overtime",
    "retrial_share",
    "sent_away",
    "speed_of_answer",
];

/// Which way a measure is better; `None` of what is neither, such as volumes, handle times and occupancy.
pub fn wanted(measure: &str) -> Option<Wanted> {
    if MORE.contains(&measure) || FORMULAS.contains(&measure) {
        Some(Wanted::More)
    } else if LESS.contains(&measure) || measure.starts_with("wait_") {
        Some(Wanted::Less)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::Measure;

    #[test]
    fn every_name_is_a_measures() {
        let unknown: Vec<&&str> =
            MORE.iter().chain(&LESS).filter(|name| Measure::named(name).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn service_is_wanted_and_waits_are_not() {
        assert_eq!(wanted("answered_over_offered"), Some(Wanted::More));
        assert_eq!([wanted("wait_p90"), wanted("cost")], [Some(Wanted::Less); 2]);
        assert_eq!([wanted("offered"), wanted("occupancy")], [None; 2]);
    }
}
