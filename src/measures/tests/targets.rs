//! Targets: judged by day, by month, over the run.

use super::fixture::*;
use crate::engine::{Leg, NeedEnd, Observer};
use crate::measures::{Basis, Collector, Results};
use crate::model::{ContactTypeId, Model, Target};
use crate::scenario::{Basis as TargetBasis, Per};
use crate::time::SimDuration;

fn target(basis: TargetBasis, per: Per) -> Target {
    Target {
        name: "contract".into(),
        contact_types: vec![ContactTypeId(0)],
        service_level: 0.8,
        within: SimDuration::from_whole_s(20),
        formula: "answered_over_offered".into(),
        basis,
        per,
    }
}

/// Days from 1 on: four calls answered at once but `late` of them after 30 s.
fn day(number: u32, late: usize) -> Vec<Leg> {
    let begins = f64::from(number - 1) * 86_400.0;
    (0..4).map(|call| answered(begins, if call < late { 30.0 } else { 0.0 }, 60.0)).collect()
}

fn with(model: &mut Model, target: Target) -> Model {
    Model { targets: vec![target], ..model.clone() }
}

fn days(model: &Model) -> Results {
    let legs: Vec<Leg> = [day(1, 0), day(2, 1), day(3, 4), day(12, 0)].concat();
    results(model, &legs)
}

/// Shares of days 100, 75, 0, 100 %: two of the four days with calls met 80 %. Months of ten days: 58 % and 100 %.
#[test]
fn met_by_day_by_month_and_over_the_run() {
    let mut model = center(96 * 14, 0);
    for (per, met, judged) in [(Per::Day, 0.5, 4), (Per::Month, 0.5, 2), (Per::Whole, 0.0, 1)] {
        let results = days(&with(&mut model, target(TargetBasis::Contact, per)));
        let result = &results.targets()[0];
        assert_eq!((result.target, result.basis, result.promised), ("contract", Basis::Contact, 0.8));
        assert_close(result.value, 11.0 / 16.0);
        assert_eq!((result.met, result.judged), (Some(met), judged), "{per:?}");
    }
}

/// Five first legs, three of them in time, and a later one after 41 s; taxes are not this target's business.
#[test]
fn a_target_counts_contacts_or_legs_of_its_types() {
    let mut model = center(96, 0);
    let mut transferred = answered(100.0, 41.0, 60.0);
    transferred.leg = 1;
    let taxes = about_taxes(abandoned(0.0, 60.0));
    let legs = [day(1, 2), vec![taxes, transferred, answered(50.0, 20.0, 9.0)]].concat();
    for (basis, value) in [(TargetBasis::Contact, 3.0 / 5.0), (TargetBasis::Leg, 3.0 / 6.0)] {
        let results = results(&with(&mut model, target(basis, Per::Whole)), &legs);
        assert_close(results.targets()[0].value, value);
    }
}

#[test]
fn a_target_may_be_about_needs() {
    let mut model = center(96, 0);
    let target = Target { formula: "per_need".into(), ..target(TargetBasis::Need, Per::Day) };
    let model = with(&mut model, target);
    let mut collector = Collector::new(&model, EVERYTHING);
    for wait_s in [3, 20, 21] {
        collector.need_ends(s(90.0), &need(caller(5.0), NeedEnd::Resolved, Some(wait_s)));
    }
    let results = gathered(&model, [collector.finish(Default::default())]);
    assert_close(results.targets()[0].value, 2.0 / 3.0);
    assert_eq!(results.targets()[0].met, Some(0.0));
}

#[test]
fn without_calls_nothing_is_met_or_missed() {
    let mut model = center(96 * 14, 0);
    let results = results(&with(&mut model, target(TargetBasis::Leg, Per::Day)), &[]);
    let result = &results.targets()[0];
    assert_eq!((result.value, result.met, result.judged), (None, None, 0));
}

/// Shares of days 100, 75, 0, 100 % in one quarter-hour each, of 4 calls each but 8 on the first: two of four days, one of two months, two
/// of four quarter-hours, and 12 of 20 calls.
#[test]
fn how_often_a_target_was_met_by_day_by_month_and_by_period() {
    let mut model = center(96 * 14, 0);
    let legs: Vec<Leg> = [day(1, 0), day(1, 0), day(2, 1), day(3, 4), day(12, 0)].concat();
    let results = results(&with(&mut model, target(TargetBasis::Leg, Per::Whole)), &legs);
    let met = |measure| value(&results, measure, Basis::Leg, scope(crate::measures::ScopeKind::Target, 0));
    assert_close(met("days_met"), 0.5);
    assert_close(met("months_met"), 0.5);
    assert_close(met("intervals_met"), 0.5);
    assert_close(met("intervals_met_weighted"), 0.6);
    let contract = scope(crate::measures::ScopeKind::Target, 0);
    assert_eq!(results.find("days_met", Basis::Contact, contract), None, "a target has one basis");
}
