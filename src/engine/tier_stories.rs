//! Stories of tiers: who is passed on where, and how often.

use super::observer::{Fate, NeedEnd};
use super::testing::*;
use crate::model::*;

/// (leg, entered, began to speak, talk ended) of each answered leg, in seconds, in the order in which they ended.
fn talks(story: &Story) -> Vec<(u8, f64, f64, f64)> {
    let talk = |leg: &super::observer::Leg| {
        leg.service.map(|service| (leg.leg, leg.entered.as_s(), leg.left.as_s(), service.talk_ended.as_s()))
    };
    story.legs.iter().filter_map(talk).collect()
}

fn outcomes(story: &Story) -> Vec<Outcome> {
    story.legs.iter().filter_map(|leg| leg.service).map(|service| service.outcome).collect()
}

fn always(outcome: Outcome) -> Outcomes {
    Outcomes { cumulative: vec![1.0], outcome: vec![outcome] }
}

#[test]
fn what_tier_2_sends_back_goes_round_three_times_and_no_more() {
    let mut model = two_tiers();
    model.contact_types[0].outcome[1] = always(Outcome::SentBack);
    let story = eager(&model, &[(0.0, 0)]);
    // 60 s at tier 1, 100 s at tier 2, and the same once more; the fourth talk may not pass it on.
    let [first, second] = [Outcome::Escalated, Outcome::SentBack];
    assert_eq!(
        talks(&story),
        [(0, 0.0, 0.0, 60.0), (1, 60.0, 60.0, 160.0), (2, 160.0, 160.0, 220.0), (3, 220.0, 220.0, 320.0)]
    );
    assert_eq!(outcomes(&story), [first, second, first, Outcome::Unresolved]);
    assert_eq!(story.ends(), [NeedEnd::GivenUp]);
    model.contact_types[0].passed_on_at_most = 1;
    let story = eager(&model, &[(0.0, 0)]);
    assert_eq!(outcomes(&story), [first, Outcome::Unresolved]);
}

/// The first group is always the wrong department; those whom it redirects go to the second queue, whose group helps.
fn two_departments() -> Model {
    let mut model = two_tiers();
    model.groups[1].tier = 1;
    model.contact_types[0].outcome = [always(Outcome::Resolved), always(Outcome::Resolved)];
    model.outcomes = Some(OutcomeTables {
        rows: vec![0, 1],
        tables: vec![always(Outcome::WrongDepartment), always(Outcome::Resolved)],
        profiles: 1,
        groups: 2,
    });
    let [first, again] = [(0, 1), (1, 2)];
    model.routes.ranges = [[first, again, again, again]; 2].concat();
    model.routes.redirects = true;
    model
}

#[test]
fn the_wrong_department_passes_on_at_its_tier_by_the_rules_for_the_redirected() {
    let story = eager(&two_departments(), &[(0.0, 0), (0.0, 0)]);
    // The first talk is wrong for both: 0 to 60 s and 60 to 120 s; the second department follows at once.
    assert_eq!(
        talks(&story),
        [(0, 0.0, 0.0, 60.0), (0, 0.0, 60.0, 120.0), (1, 60.0, 60.0, 120.0), (1, 120.0, 120.0, 180.0)]
    );
    assert_eq!(story.ends(), [NeedEnd::Resolved; 2]);
    assert!(story.needs.iter().all(|need| need.transferred && need.resolved_at == Some(1)));
}

#[test]
fn who_is_redirected_enters_after_all_else_of_that_instant() {
    // The second department is freed at 120 s, by the first contact, before the second contact enters there.
    let story = eager(&two_departments(), &[(0.0, 0), (0.0, 0)]);
    assert!(story.legs.iter().filter(|leg| leg.leg == 1).all(|leg| leg.left == leg.entered));
}

#[test]
fn without_a_rule_for_them_the_redirected_go_where_they_came_from() {
    let mut model = two_departments();
    model.routes.redirects = false;
    model.routes.ranges = [[(0, 1), (1, 2)]; 2].concat();
    let story = eager(&model, &[(0.0, 0)]);
    assert_eq!(story.agents(), [0, 0, 0, 0]);
    assert_eq!(story.waits(), [(0, 0.0, Fate::Answered); 4]);
    assert_eq!(outcomes(&story)[3], Outcome::Unresolved);
}
