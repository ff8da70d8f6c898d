//! Stories of visits that an office prepares: who works on what when, and who is prepared. Seconds of one hour.

use super::case_stories::{case_type, office};
use super::observer::{PreparationEnd, Prepared, VisitEnd};
use super::testing::{Story, at, constant, contact_type, eager};
use super::visit_stories::{booking, city, counters, wanted};
use crate::model::*;
use crate::time::{SimDuration, SimTime};

use PreparationEnd::{Interrupted, Open, Withdrawn};

const DONE: PreparationEnd = PreparationEnd::Done { in_vain: false };
const IN_VAIN: PreparationEnd = PreparationEnd::Done { in_vain: true };

/// The city, whose visits of 150 s an office of these people prepares in `work` seconds each: they take 50 s less then. Slots begin at 600 s and every 100 s.
fn prepared_by(people: &[(f64, u32)], work: f64) -> Model {
    let mut model = city();
    let until_the_end = people.iter().map(|&(from, heads)| (at(from), heads)).chain([(at(3600.0), 0)]);
    model.offices = vec![office(until_the_end.collect())];
    booking(&mut model).preparation = Some(Preparation {
        office: OfficeId(0),
        priority: 0,
        work: constant(work),
        share: 1.0,
        saves: SimDuration::from_whole_s(50),
    });
    model
}

/// (booked, from, until, how it ended) of each stretch, in the order in which they ended.
fn pieces(story: &Story) -> Vec<(f64, Option<f64>, f64, PreparationEnd)> {
    let told = |from: SimTime| from.as_s();
    story.preparations.iter().map(|s| (s.of.asked.as_s(), s.from.map(told), s.until.as_s(), s.end)).collect()
}

/// (slot, whether prepared, end) of each visit in the order in which they ended.
fn visits(story: &Story) -> Vec<(f64, bool, f64)> {
    let told = |visit: &super::observer::Visit| {
        visit.booked.map(|of| (of.slot.as_s(), of.prepared.is_done(), visit.ended.as_s()))
    };
    story.visits.iter().filter_map(told).collect()
}

#[test]
fn one_person_prepares_one_visit_after_the_other() {
    let story = eager(&prepared_by(&[(0.0, 1)], 100.0), &wanted(&[0.0, 10.0, 20.0]));
    assert_eq!(
        pieces(&story),
        [(0.0, Some(0.0), 100.0, DONE), (10.0, Some(100.0), 200.0, DONE), (20.0, Some(200.0), 300.0, DONE)]
    );
    assert_eq!(visits(&story), [(600.0, true, 700.0), (700.0, true, 800.0), (800.0, true, 900.0)]);
    assert_eq!(story.visits[1].booked.map(|of| of.prepared), Some(Prepared::Since(at(200.0))));

    // Two people begin with two at once.
    let story = eager(&prepared_by(&[(0.0, 2)], 100.0), &wanted(&[0.0, 10.0, 20.0]));
    let until: Vec<f64> = pieces(&story).iter().map(|piece| piece.2).collect();
    assert_eq!(until, [100.0, 110.0, 200.0]);
}

#[test]
fn what_is_interrupted_at_closing_is_not_done_for_a_visit_before_the_opening() {
    let people = [(0.0, 1), (250.0, 0), (900.0, 1)];
    let story = eager(&prepared_by(&people, 100.0), &wanted(&[0.0, 10.0, 20.0]));
    assert_eq!(
        pieces(&story)[2..],
        [(20.0, Some(200.0), 250.0, Interrupted), (20.0, None, 800.0, Withdrawn)]
    );
    assert_eq!(visits(&story), [(600.0, true, 700.0), (700.0, true, 800.0), (800.0, false, 950.0)]);

    // Opened again at 500 s, the office does what is left.
    let people = [(0.0, 1), (250.0, 0), (500.0, 1)];
    let story = eager(&prepared_by(&people, 100.0), &wanted(&[0.0, 10.0, 20.0]));
    assert_eq!(pieces(&story)[3], (20.0, Some(500.0), 550.0, DONE));
    assert_eq!(visits(&story)[2], (800.0, true, 900.0));
}

#[test]
fn a_piece_is_in_time_if_it_is_done_when_the_visit_begins() {
    let ended = |work: f64| visits(&eager(&prepared_by(&[(0.0, 1)], work), &wanted(&[0.0])))[0];
    assert_eq!(ended(600.0), (600.0, true, 700.0));
    assert_eq!(ended(600.5), (600.0, false, 750.0));
    // Whoever waits for the desk is prepared for as long: the second visit begins at 750 s, and not at 700 s.
    let story = eager(&prepared_by(&[(0.0, 2)], 720.0), &wanted(&[0.0, 10.0]));
    assert_eq!(visits(&story), [(600.0, false, 750.0), (700.0, true, 850.0)]);
}

#[test]
fn whoever_works_for_nothing_is_not_told_and_nobody_begins() {
    let story = eager(&prepared_by(&[(0.0, 1)], 1000.0), &wanted(&[0.0, 10.0]));
    assert_eq!(pieces(&story), [(10.0, None, 750.0, Withdrawn), (0.0, Some(0.0), 1000.0, IN_VAIN)]);
    assert_eq!(visits(&story), [(600.0, false, 750.0), (700.0, false, 900.0)]);

    // Interrupted at 700 s, it is not taken up again.
    let people = [(0.0, 1), (700.0, 0), (900.0, 1)];
    let story = eager(&prepared_by(&people, 1000.0), &wanted(&[0.0]));
    assert_eq!(pieces(&story), [(0.0, Some(0.0), 700.0, Withdrawn)]);
}

#[test]
fn what_is_cancelled_is_taken_out() {
    let mut model = prepared_by(&[(0.0, 0)], 100.0);
    booking(&mut model).cancellation = 1.0;
    let story = eager(&model, &wanted(&[0.0]));
    let visit = story.visits[0];
    assert_eq!(
        (visit.end, visit.booked.map(|of| of.prepared)),
        (VisitEnd::Cancelled, Some(Prepared::NotYet))
    );
    assert_eq!(pieces(&story), [(0.0, None, visit.ended.as_s(), Withdrawn)]);

    // Nobody knows that the visitor will not come.
    let mut model = prepared_by(&[(0.0, 1)], 100.0);
    booking(&mut model).no_show = 1.0;
    let story = eager(&model, &wanted(&[0.0]));
    let visit = story.visits[0];
    assert_eq!((visit.end, visit.booked.map(|of| of.prepared.is_done())), (VisitEnd::NoShow, Some(true)));
    assert_eq!(pieces(&story), [(0.0, Some(0.0), 100.0, DONE)]);
}

#[test]
fn only_a_share_is_prepared_and_what_lies_beyond_the_run_stays_open() {
    let mut model = prepared_by(&[(0.0, 0)], 100.0);
    booking(&mut model).preparation.as_mut().unwrap().share = 0.0;
    assert_eq!(pieces(&eager(&model, &wanted(&[0.0]))), []);

    let mut model = prepared_by(&[(0.0, 0)], 100.0);
    counters(&mut model).services[0].at[0].agenda.slots[0].start = at(4000.0);
    let story = eager(&model, &wanted(&[0.0]));
    assert_eq!((pieces(&story), story.visits[0].end), (vec![(0.0, None, 3600.0, Open)], VisitEnd::Open));
}

/// Visits wanted at 0 s and 5 s and a call at 10 s that opens a case at 20 s, due at 120 s, all for one person: the work that is begun at 100 s.
fn comes_second(discipline: Discipline, priority: i32) -> &'static str {
    let mut model = prepared_by(&[(0.0, 1)], 100.0);
    let always_a_case = Outcomes { cumulative: vec![1.0], outcome: vec![Outcome::Case] };
    model.contact_types[0] = ContactType {
        outcome: [always_a_case.clone(), always_a_case],
        case: Some(CaseChoice { cumulative: vec![1.0], case_types: vec![CaseTypeId(0)] }),
        ..contact_type("calls", 10.0)
    };
    model.case_types =
        vec![CaseType { due: Some(DueRule::After(SimDuration::from_whole_s(100))), ..case_type(100.0) }];
    model.offices[0].discipline = discipline;
    booking(&mut model).preparation.as_mut().unwrap().priority = priority;
    let story = eager(&model, &[(0.0, 1), (5.0, 1), (10.0, 0)]);
    let case = story.stretches[0].from.as_s();
    assert!(
        pieces(&story)[1]
            .1
            .is_some_and(|piece| [case, piece] == [100.0, 200.0] || [piece, case] == [100.0, 200.0])
    );
    if case == 100.0 { "case" } else { "preparation" }
}

#[test]
fn preparations_stand_among_cases_by_the_discipline() {
    assert_eq!(comes_second(Discipline::DueDate, 0), "case", "due at 120 s, and the slot begins at 700 s");
    assert_eq!(comes_second(Discipline::Oldest, 0), "preparation", "it came at 5 s");
    assert_eq!(comes_second(Discipline::Priority, 0), "case");
    assert_eq!(comes_second(Discipline::Priority, 1), "preparation");
}

#[test]
fn an_agent_prepares_between_calls() {
    let mut model = prepared_by(&[(0.0, 0)], 100.0);
    let rule = BackOffice {
        offices: vec![OfficeId(0)],
        after_idle: SimDuration::ZERO,
        keep_idle: 0,
        interruptible: true,
    };
    model.groups[0].back_office = Some(Box::new(rule));
    model.offices[0].worked_by = vec![GroupId(0)];
    let story = eager(&model, &[(0.0, 1), (50.0, 0)]);
    assert_eq!(pieces(&story), [(0.0, Some(0.0), 50.0, Interrupted), (0.0, Some(110.0), 160.0, DONE)]);
    assert!(story.preparations.iter().all(|stretch| stretch.by == Some(AgentId(0))));
    assert_eq!(story.waits()[0].1, 0.0, "the call did not wait");
    assert_eq!(visits(&story), [(600.0, true, 700.0)]);
}
