//! Who calls and where: profiles, access numbers, bundles of lines.

use super::distributions::SHARES_WITHIN;
use super::findings::{Findings, path, written};
use super::names::{Directory, EVERYBODY, MAIN};
use crate::diagnostic::Code;
use crate::model::{Number, OpeningId, Profile, Trunk, TrunkId};
use crate::scenario::{self as document, Scenario};

/// The largest factor on a duration.
const MOST_TIMES: f64 = 1e6;

/// The profiles, sorted by name; one of everybody where the scenario has none.
pub(super) fn profiles(scenario: &Scenario, findings: &mut Findings) -> Vec<Profile> {
    if scenario.profiles.is_empty() {
        return vec![everybody()];
    }
    let known_times = scenario.recognition.as_ref().map_or(1.0, |of| of.service_time.times);
    let known_times = findings.number("recognition.service_time.times", known_times, 0.0..=MOST_TIMES);
    let mut sum = 0.0;
    let rows = scenario.profiles.iter().map(|(name, of)| {
        let mut row = profile(name, of, known_times, findings);
        sum += row.cumulative_share;
        row.cumulative_share = sum;
        row
    });
    let mut rows: Vec<Profile> = rows.collect();
    check_shares(sum, findings);
    if let Some(last) = rows.last_mut() {
        last.cumulative_share = 1.0;
    }
    rows
}

fn everybody() -> Profile {
    Profile {
        name: EVERYBODY.into(),
        cumulative_share: 1.0,
        recognised: 0.0,
        patience_times: 1.0,
        service_times: [1.0; 2],
    }
}

/// A profile with its own share in place of the cumulative one; its recognised callers talk `known_times` as long as others.
fn profile(name: &str, of: &document::Profile, known_times: f64, findings: &mut Findings) -> Profile {
    let mut number = |keys: &[&str], value, most| {
        let keys: Vec<&str> = ["profiles", name].iter().chain(keys).copied().collect();
        findings.number(&path(&keys), value, 0.0..=most)
    };
    let service_times = number(&["service_time", "times"], of.service_time.times, MOST_TIMES);
    Profile {
        name: name.into(),
        cumulative_share: number(&["share"], of.share, 1.0),
        recognised: number(&["recognised"], of.recognised, 1.0),
        patience_times: number(&["patience", "times"], of.patience.times, MOST_TIMES),
        service_times: [service_times, service_times * known_times],
    }
}

fn check_shares(sum: f64, findings: &mut Findings) {
    if (sum - 1.0).abs() > SHARES_WITHIN {
        let message = format!("the profiles' shares sum to {}, not to 1", written(sum));
        let missing = written(1.0 - sum);
        let help = format!("a profile for all others would have the share {missing}");
        let help = if missing > 0.0 { help } else { "lower some".into() };
        findings.add(Code::SHARES, "profiles", message, help);
    }
}

/// The access numbers, sorted by name; one named `main` where the scenario has none.
pub(super) fn numbers(
    scenario: &Scenario,
    names: &Directory<'_>,
    hours: &[Option<OpeningId>],
    findings: &mut Findings,
) -> Vec<Number> {
    if scenario.numbers.is_empty() {
        return vec![Number { name: MAIN.into(), trunk: None, hours: None, merged: false }];
    }
    let number = |((name, of), &hours): ((&String, &document::Number), &Option<OpeningId>)| {
        let at = path(&["numbers", name, "trunk"]);
        let trunk = of.trunk.as_ref().and_then(|trunk| names.trunks.resolve(trunk, &at, findings));
        let merged = names.numbers.row(name).is_some_and(|row| names.is_merged(row));
        Number { name: name.clone(), trunk: trunk.map(TrunkId::from_index), hours, merged }
    };
    scenario.numbers.iter().zip(hours).map(number).collect()
}

/// The bundles of lines, sorted by name.
pub(super) fn trunks(scenario: &Scenario) -> Vec<Trunk> {
    scenario.trunks.iter().map(|(name, of)| Trunk { name: name.clone(), lines: of.lines }).collect()
}
