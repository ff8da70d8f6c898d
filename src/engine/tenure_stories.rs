//! People who learn and leave, each rule in a story that a hand can check. A talk with somebody experienced takes 60 s.

use super::tenure::{Place, Tenures};
use super::testing::*;
use crate::model::*;
use crate::random::Key;
use crate::time::SimTime;

/// One agent whose talks take twice and then one and a half times as long; the run begins on day 100, and day 101 comes at 400 s.
fn newcomer() -> Model {
    let mut model = one_group(1);
    model.learning = Some(Learning {
        curves: vec![vec![2.0, 1.5, 1.0], vec![3.0, 1.0]],
        days: vec![(SimTime::ZERO, 100), (at(400.0), 101)],
    });
    model.groups[0].tenure = Some(GroupTenure {
        service_time: vec![Some(0)],
        outcome_times: vec![vec![]],
        hired: vec![100],
        attrition: None,
        settled: 3,
    });
    model
}

fn talk_ends(model: &Model, contacts: &[(f64, u16)]) -> Vec<f64> {
    both(model, contacts).legs.iter().map(|leg| leg.service.unwrap().talk_ended.as_s()).collect()
}

#[test]
fn a_talk_takes_as_long_as_the_day_on_which_it_begins_says() {
    // 120 s on the first day, also past midnight; 90 s on the second.
    assert_eq!(talk_ends(&newcomer(), &[(10.0, 0), (399.0, 0), (600.0, 0)]), [130.0, 519.0, 690.0]);
    let mut model = newcomer();
    model.groups[0].tenure.as_mut().unwrap().hired = vec![0];
    assert_eq!(talk_ends(&model, &[(10.0, 0)]), [70.0], "who has been there for long");
    model.groups[0].tenure.as_mut().unwrap().hired = vec![101];
    assert_eq!(talk_ends(&model, &[(10.0, 0)]), [130.0], "who begins tomorrow is no better today");
}

#[test]
fn outcomes_come_so_many_times_as_often_and_the_last_takes_what_is_left() {
    // A third unresolved, three times as often on the first day: all of them; and on the second a third.
    let mut model = newcomer();
    model.contact_types[0].outcome[0] =
        Outcomes { cumulative: vec![1.0 / 3.0, 1.0], outcome: vec![Outcome::Unresolved, Outcome::Resolved] };
    model.groups[0].tenure.as_mut().unwrap().outcome_times = vec![vec![(Outcome::Unresolved, 1)]];
    model.groups[0].tenure.as_mut().unwrap().service_time = vec![None];
    let contacts: Vec<(f64, u16)> = (0..14).map(|i| (61.0 * f64::from(i), 0)).collect();
    let story = both(&model, &contacts);
    let services = story.legs.iter().filter_map(|leg| leg.service);
    let (first, second): (Vec<_>, Vec<_>) = services.partition(|service| service.talk_ended < at(400.0));
    let unresolved = |of: &[super::observer::Service]| {
        of.iter().filter(|service| service.outcome == Outcome::Unresolved).count()
    };
    assert_eq!((unresolved(&first), first.len()), (6, 6));
    assert!((1..=7).contains(&unresolved(&second)), "{} of {}", unresolved(&second), second.len());
}

#[test]
fn a_level_changes_how_talks_end() {
    let mut model = one_group(2);
    model.contact_types[0].outcome[0] =
        Outcomes { cumulative: vec![0.5, 1.0], outcome: vec![Outcome::Unresolved, Outcome::Resolved] };
    let times = vec![vec![(Outcome::Unresolved, 2.0)], vec![(Outcome::Unresolved, 0.0)]];
    model.outcome_factors = Some(OutcomeFactors { row: vec![0, 1], times });
    let contacts: Vec<(f64, u16)> = (0..28).map(|i| (32.0 * f64::from(i), 0)).collect();
    let story = both(&model, &contacts);
    let outcomes = story.legs.iter().map(|leg| leg.service.map(|service| (service.agent.0, service.outcome)));
    let outcomes: std::collections::BTreeSet<_> =
        outcomes.flatten().map(|(agent, o)| (agent, format!("{o:?}"))).collect();
    assert_eq!(outcomes, [(0, "Unresolved".to_string()), (1, "Resolved".to_string())].into());
}

/// A group of 40 by heads, of whom a tenth leaves each day.
fn leaving(vacant_days: u32) -> Model {
    let mut model = one_group(40);
    let days = (0..60).map(|day| (at(60.0 * f64::from(day)), 100 + day)).collect();
    model.learning = Some(Learning { curves: vec![vec![1.0]], days });
    model.groups[0].tenure = Some(GroupTenure {
        service_time: vec![None],
        outcome_times: vec![vec![]],
        hired: vec![0; 40],
        attrition: Some(Attrition { per_day: 0.1, vacant_days }),
        settled: 100,
    });
    model
}

#[test]
fn whenever_the_run_begins_the_same_people_are_there() {
    for vacant_days in [0, 5] {
        let (whole, mut later) = (leaving(vacant_days), leaving(vacant_days));
        let root = Key::replication(7, 0);
        let mut through = Tenures::new(&whole, root).unwrap();
        let days = whole.learning.as_ref().unwrap().days.clone();
        for (number, &(from, _)) in days.iter().enumerate() {
            later.learning.as_mut().unwrap().days = days[number..].to_vec();
            let begun = Tenures::new(&later, root).unwrap();
            assert_eq!(through.first_days_at(from), begun.first_days(), "{vacant_days} empty, day {number}");
        }
    }
}

#[test]
fn a_place_is_empty_for_so_long_after_it_is_left() {
    let (now, later) = (leaving(0), leaving(5));
    let root = Key::replication(7, 0);
    let place = |model: &Model, number| {
        let group = model.groups[0].clone();
        Place::new(&group, group.tenure.as_ref().unwrap(), number, root)
    };
    for number in 0..40 {
        let (now, later) = (place(&now, number), place(&later, number));
        for day in 100..160 {
            let left = (day - 4..=day).any(|day| now.is_left(day));
            assert_eq!(
                (now.is_vacant(day), later.is_vacant(day)),
                (false, left),
                "place {number}, day {day}"
            );
        }
    }
}
