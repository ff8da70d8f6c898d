//! One day of a scenario by itself: the unit of replication of a question about a date (DESIGN 8).

use crate::calendar::Date;
use crate::scenario::{Scenario, Span};

/// A day alone is preceded by at least this long, so that it starts with the citizens of the evening before.
const RUN_IN_S: f64 = 86_400.0;

/// A date that a scenario does not cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{asked} is outside the scenario, which covers {first} to {last}")]
pub struct OutsideScenario {
    asked: Date,
    first: Date,
    last: Date,
}

/// The scenario with `date` alone counted, after a run-in of at least 24 h. Its citizens are those whom the whole scenario
/// has on that date. What is there when the scenario starts is so for its first date, which then needs no run-in, and for no other.
///
/// # Errors
/// A date that the scenario does not cover.
pub fn only(scenario: Scenario, date: Date) -> Result<Scenario, OutsideScenario> {
    let first = scenario.scenario.start;
    let last = first.plus_days(i64::from(scenario.scenario.days) - 1);
    if date < first || date > last {
        return Err(OutsideScenario { asked: date, first, last });
    }
    let mut alone = scenario;
    alone.scenario.start = date;
    alone.scenario.days = 1;
    if date == first && alone.first_came().is_some() {
        return Ok(alone);
    }
    alone.start_state = None;
    match &mut alone.scenario.steady_state {
        Some(steady) => steady.warm_up = Span::from_s(steady.warm_up.as_s().max(RUN_IN_S)),
        None => alone.scenario.run_in = Span::from_s(alone.scenario.run_in.as_s().max(RUN_IN_S)),
    }
    Ok(alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(run_in: &str) -> Scenario {
        let text = format!(
            r#"{{"scenario": {{"name": "week", "start": "2008-06-16", "days": 7, "run_in": "{run_in}"}}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_alone_keeps_a_longer_run_in_and_lengthens_a_shorter_one() {
        for (run_in, expected_s) in [("0s", 86_400.0), ("36h", 129_600.0)] {
            let alone = only(week(run_in), date("2008-06-22")).unwrap().scenario;
            assert_eq!((alone.start, alone.days), (date("2008-06-22"), 1));
            assert_eq!(alone.run_in.as_s(), expected_s);
        }
    }

    #[test]
    fn who_waits_at_the_start_does_so_on_the_first_date_alone() {
        let mut scenario = week("0s");
        scenario.start_state =
            serde_json::from_str(r#"{"waiting": {"a": {"count": 1, "waited": "1m"}}}"#).unwrap();
        let first = only(scenario.clone(), date("2008-06-16")).unwrap();
        assert_eq!((first.start_state.is_some(), first.scenario.run_in.as_s()), (true, 0.0));
        let later = only(scenario, date("2008-06-17")).unwrap();
        assert_eq!((later.start_state, later.scenario.run_in.as_s()), (None, 86_400.0));
    }

    #[test]
    fn a_date_outside_is_refused_with_the_range() {
        for outside in ["2008-06-15", "2008-06-23"] {
            let refused = only(week("0s"), date(outside)).unwrap_err().to_string();
            assert_eq!(
                refused,
                format!("{outside} is outside the scenario, which covers 2008-06-16 to 2008-06-22")
            );
        }
    }
}
