//! Effects, break points and fronts of scenarios with numbers that a hand can check.

use super::*;
use crate::measures::Basis;

const LEVEL: usize = 0;
const COST: usize = 1;

fn key(measure: &'static str, scope_kind: ScopeKind) -> SeriesKey {
    SeriesKey { measure, basis: Basis::Contact, scope_kind, scope: "x".into() }
}

/// Scenarios of (volume, rules, service level in per cent, cost), each level known to 2 points; the first is the base.
fn response(rows: &[(f64, &str, f64, f64)]) -> Response {
    let known = |value: f64, half_width: f64, promised: Option<f64>| {
        Some(Known { value, low: value - half_width, high: value + half_width, half_width, promised })
    };
    // Two replications, one a tenth above the other.
    let around = |value: f64| {
        let mut sample = RatioSample::default();
        [0.95, 1.05].iter().for_each(|part| sample.push(part * value, 1.0));
        Some(sample)
    };
    let point = |(scenario, &(volume, rules, level, cost)): (usize, &(f64, &str, f64, f64))| Point {
        scenario: scenario as u32,
        at: vec![
            Coordinate { label: volume.to_string(), number: Some(volume), is_base: volume == 1.0 },
            Coordinate { label: rules.into(), number: None, is_base: rules == "base" },
        ],
        replications: 10,
        values: vec![known(level, 2.0, Some(80.0)), known(cost, 0.0, None)],
        samples: vec![around(level), around(cost)],
    };
    Response {
        keys: vec![key("answered_over_offered", ScopeKind::Target), key("cost", ScopeKind::Whole)],
        points: rows.iter().enumerate().map(point).collect(),
    }
}

/// Two volumes by two rules: the base does not count twice.
fn factorial() -> Response {
    response(&[
        (1.0, "base", 84.0, 100.0),
        (1.0, "base", 84.0, 100.0),
        (1.0, "new", 90.0, 120.0),
        (1.2, "base", 76.0, 110.0),
        (1.2, "new", 82.0, 130.0),
    ])
}

#[test]
fn a_main_effect_is_the_mean_over_the_other_factors_and_the_strongest_comes_first() {
    let effects = factorial().effects(2, LEVEL, false);
    assert_eq!(
        effects.iter().map(|effect| (effect.factor, effect.swing)).collect::<Vec<_>>(),
        [(0, 8.0), (1, 6.0)]
    );
    let means: Vec<(&str, f64)> =
        effects[0].levels.iter().map(|level| (level.label.as_str(), level.mean)).collect();
    assert_eq!(means, [("1", 87.0), ("1.2", 79.0)]);
    assert_eq!(effects[1].levels.iter().map(|level| level.scenarios).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn one_at_a_time_a_factor_is_looked_at_where_the_others_are_as_in_the_base() {
    let alone = response(&[
        (1.0, "base", 84.0, 100.0),
        (0.8, "base", 92.0, 90.0),
        (1.2, "base", 76.0, 110.0),
        (1.0, "new", 90.0, 120.0),
    ]);
    let effects = alone.effects(2, LEVEL, true);
    let means: Vec<f64> = effects[0].levels.iter().map(|level| level.mean).collect();
    assert_eq!(means, [92.0, 84.0, 76.0]);
    assert_eq!(effects[1].levels.iter().map(|level| level.mean).collect::<Vec<_>>(), [84.0, 90.0]);
}

/// From 84 at 1.0 to 76 at 1.2 the promise of 80 breaks at 1.1; its lower end, 82 to 74, at 1.05; its upper end, 86 to 78, at 1.15.
#[test]
fn a_break_point_lies_between_its_neighbours_with_its_uncertainty() {
    let breaks = factorial().breaks(2);
    let old = breaks.iter().find(|of| of.others == [(1, "base".to_string())]).unwrap();
    let Holds::UpTo(at, Some(low), Some(high)) = old.holds else { panic!("{old:?}") };
    for (found, wanted) in [(at, 1.1), (low, 1.05), (high, 1.15)] {
        assert!((found - wanted).abs() < 1e-12, "{found}, not {wanted}");
    }
    let new = breaks.iter().find(|of| of.others == [(1, "new".to_string())]).unwrap();
    assert_eq!((new.holds, new.range), (Holds::Everywhere, (1.0, 1.2)));
    assert_eq!(breaks.len(), 2, "rules are no numbers");
}

#[test]
fn what_rises_holds_from_a_value_on_and_an_end_beyond_the_line_is_not_told() {
    let rising = response(&[(1.0, "base", 79.0, 1.0), (2.0, "base", 81.0, 1.0)]);
    let Holds::From(at, low, high) = rising.breaks(1)[0].holds else { panic!() };
    assert!((at - 1.5).abs() < 1e-12);
    assert_eq!((low, high), (None, None));
    let low = response(&[(1.0, "base", 70.0, 1.0), (2.0, "base", 71.0, 1.0)]);
    assert_eq!(low.breaks(1)[0].holds, Holds::Nowhere);
}

#[test]
fn the_front_has_those_that_nobody_beats_in_both() {
    let front = factorial().front();
    assert_eq!(front.iter().map(|on| on.point).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(front.iter().map(|on| on.cost.value).collect::<Vec<_>>(), [100.0, 120.0]);
    let free = response(&[(1.0, "base", 84.0, 0.0), (1.2, "base", 76.0, 0.0)]);
    assert!(free.front().is_empty());
}

#[test]
fn many_values_are_cut_into_quarters_of_their_range() {
    let rows: Vec<(f64, &str, f64, f64)> =
        (0..21).map(|step| (f64::from(step) / 20.0, "base", f64::from(step), 1.0)).collect();
    let effect = &response(&rows).effects(1, COST - 1, false)[0];
    let levels: Vec<(&str, usize)> =
        effect.levels.iter().map(|level| (level.label.as_str(), level.scenarios)).collect();
    assert_eq!(
        levels,
        [("0.05 to 0.2875", 5), ("0.2875 to 0.525", 5), ("0.525 to 0.7625", 5), ("0.7625 to 1", 5)]
    );
}

/// New rules lift 84 to 90 at a volume of 1, and 82 at 1.2: 84 is there at 1 + 0.2 x 6/8 = 1.15, at a cost of 120 + 10 x 3/4 - 100 = 27.5. Without one
/// replication all numbers are a twentieth larger or smaller, so the volume stays and the cost is 27.5 x 0.95 or x 1.05.
#[test]
fn the_same_service_is_found_on_the_changed_line() {
    let savings = factorial().savings(2);
    let found = savings.iter().find(|of| of.before == 1.0).unwrap();
    assert_eq!((found.factor, found.changed, found.level.as_str(), found.is_base), (0, 1, "new", true));
    let cost = found.cost.unwrap();
    assert!(
        (found.same_service_at.value - 1.15).abs() < 1e-12 && (cost.value - 27.5).abs() < 1e-9,
        "{found:?}"
    );
    let t = Confidence::default().student_t(1);
    let error = 27.5 * 0.05;
    assert!(found.same_service_at.half_width.unwrap() < 1e-9, "{found:?}");
    assert!((cost.half_width.unwrap() - t * error).abs() < 1e-6, "{found:?}");
    // 76 lies below the changed line.
    assert_eq!(savings.len(), 1);
}
