//! Stories of a case's way: from office to office, open again, and the message that tells of its closing. Seconds of one hour.

use super::case_stories::{center, ends, office, stretches};
use super::observer::{Cause, NeedEnd, StretchEnd};
use super::testing::{Story, at, constant, contact_type, eager};
use crate::model::*;
use crate::time::SimTime;

use NeedEnd::{Open, Resolved};
use StretchEnd::{Closed, HandedOver};

fn reopening(probability: f64, delay: f64, contact_type: Option<ContactTypeId>) -> Option<Reopening> {
    Some(Reopening { probability, delay: constant(delay), contact_type })
}

/// An office of one, and another of one that goes on.
fn two_offices(share: f64) -> Model {
    let mut model = center(1, 100.0);
    model.offices.push(office(vec![(SimTime::ZERO, 0), (at(500.0), 1), (at(3600.0), 0)]));
    model.case_types[0].stages = vec![Stage { office: OfficeId(1), share, work: constant(40.0) }];
    model
}

#[test]
fn a_case_goes_on_to_the_next_office_and_waits_for_it() {
    let story = eager(&two_offices(1.0), &[(0.0, 0), (10.0, 0)]);
    assert_eq!(
        stretches(&story),
        [
            (10.0, 10.0, 110.0, HandedOver),
            (20.0, 110.0, 210.0, HandedOver),
            (10.0, 500.0, 540.0, Closed),
            (20.0, 540.0, 580.0, Closed)
        ]
    );
    let offices: Vec<_> = story.stretches.iter().map(|stretch| stretch.case.office.index()).collect();
    assert_eq!(offices, [0, 0, 1, 1]);
    assert_eq!(ends(&story), [(Resolved, 540.0), (Resolved, 580.0)]);
}

#[test]
fn a_case_that_passes_an_office_by_is_closed() {
    let story = eager(&two_offices(0.0), &[(0.0, 0)]);
    assert_eq!(stretches(&story), [(10.0, 10.0, 110.0, Closed)]);
}

/// Every case is opened again 200 s after its closing, as long as there is time: a probability of 1 is for stories only.
fn opened_again(contact_type: Option<ContactTypeId>) -> Model {
    let mut model = center(1, 100.0);
    model.case_types[0].reopening = reopening(1.0, 200.0, contact_type);
    model.case_types[0].due = Some(DueRule::After(crate::time::SimDuration::from_whole_s(50)));
    model
}

#[test]
fn a_case_is_opened_again_and_due_anew_and_its_need_stays_open() {
    let mut model = opened_again(None);
    model.clock.horizon = at(800.0);
    model.offices[0].at_work[1].0 = at(800.0);
    let story = eager(&model, &[(0.0, 0)]);
    assert_eq!(
        stretches(&story),
        [(10.0, 10.0, 110.0, Closed), (310.0, 310.0, 410.0, Closed), (610.0, 610.0, 710.0, Closed)]
    );
    let told: Vec<_> =
        story.stretches.iter().map(|of| (of.case.reopened, of.case.due.unwrap().as_s(), of.pass)).collect();
    assert_eq!(told, [(0, 60.0, 0), (1, 360.0, 0), (2, 660.0, 0)]);
    assert_eq!(ends(&story), [(Open, 800.0)], "it was to be opened again");
    assert_eq!(story.legs.len(), 1, "nobody called");
}

#[test]
fn whoever_complains_has_the_case_opened_when_the_talk_ends() {
    let mut model = opened_again(Some(ContactTypeId(1)));
    model.contact_types.push(contact_type("complaints", 30.0));
    model.routes.ranges = vec![(0, 1); 2 * 2 * TIERS];
    let story = eager(&model, &[(0.0, 0)]);
    assert_eq!(stretches(&story)[..2], [(10.0, 10.0, 110.0, Closed), (340.0, 340.0, 440.0, Closed)]);
    let complaint = story.legs[1];
    assert_eq!((complaint.caller.cause, complaint.entered), (Cause::Complaint, at(310.0)));
    assert_eq!(complaint.caller.contact_type, ContactTypeId(1));
}

#[test]
fn a_complaint_that_nobody_answers_is_made_again() {
    let mut model = opened_again(Some(ContactTypeId(1)));
    model
        .contact_types
        .push(ContactType { patience: Some(constant(5.0)), ..contact_type("complaints", 30.0) });
    model.routes.ranges = vec![(0, 1); 2 * 2 * TIERS];
    // Nobody is there from 300 to 500 s.
    model.groups[0].heads = vec![(SimTime::ZERO, 9), (at(300.0), 0), (at(500.0), 9)];
    let story = eager(&model, &[(0.0, 0)]);
    let complaints: Vec<_> =
        story.legs[1..3].iter().map(|leg| (leg.entered, leg.service.is_some())).collect();
    assert_eq!(complaints, [(at(310.0), false), (at(515.0), true)], "200 s after hanging up");
    assert_eq!(stretches(&story)[1].0, 545.0);
}

/// A case of 100 s whose citizen asks every 30 s or so until a message comes, 300 s after the closing.
fn told_by_message() -> Model {
    let mut model = center(1, 100.0);
    let status =
        Status { open_per_s: 1.0 / 30.0, late_per_s: 0.0, contact_type: None, recognised_times: 1.0 };
    model.case_types[0].status = Some(status);
    // Nobody can tell, so that they ask on.
    let asks = ContactType { patience: Some(constant(1.0)), ..contact_type("news", 30.0) };
    model.contact_types.push(asks);
    model.routes.ranges = vec![(0, 1); 2 * 2 * TIERS];
    model.case_types[0].status = Some(Status { contact_type: Some(ContactTypeId(1)), ..status });
    model.groups[0].heads = vec![(SimTime::ZERO, 9), (at(60.0), 0)];
    model.case_types[0].message =
        Some(ClosingMessage { delay: constant(300.0), campaign: None, calls_back: None });
    model
}

fn asked(story: &Story) -> Vec<f64> {
    story.legs.iter().filter(|leg| leg.caller.cause == Cause::Status).map(|leg| leg.entered.as_s()).collect()
}

#[test]
fn a_citizen_asks_until_the_message_comes_and_the_need_was_met_by_the_closing() {
    let story = eager(&told_by_message(), &[(0.0, 0)]);
    let asked = asked(&story);
    assert!(asked.iter().any(|&at| at > 110.0) && asked.iter().all(|&at| at <= 410.0), "{asked:?}");
    let left = story.legs.last().unwrap().left.as_s();
    assert_eq!(ends(&story), [(Resolved, left.max(110.0))]);
    assert_eq!(story.needs[0].resolved_at, Some(OFFICES_TIER));
}

#[test]
fn whoever_is_told_of_the_closing_asks_no_more() {
    let mut model = told_by_message();
    model.groups[0].heads = vec![(SimTime::ZERO, 9)];
    let story = eager(&model, &[(0.0, 0)]);
    let left = story.legs.iter().map(|leg| leg.service.unwrap().talk_ended.as_s());
    assert_eq!(left.filter(|&left| left > 110.0).count(), 1, "{:?}", asked(&story));
}

#[test]
fn whoever_calls_back_about_a_message_does_so_once() {
    let mut model = told_by_message();
    model.case_types[0].status = None;
    let calls_back = CallsBack { probability: 1.0, delay: constant(50.0), contact_type: None };
    model.case_types[0].message =
        Some(ClosingMessage { delay: constant(300.0), campaign: None, calls_back: Some(calls_back) });
    model.groups[0].heads = vec![(SimTime::ZERO, 9)];
    let story = eager(&model, &[(0.0, 0)]);
    let called: Vec<_> = story.legs.iter().map(|leg| (leg.entered.as_s(), leg.caller.cause)).collect();
    assert_eq!(called, [(0.0, Cause::Fresh), (460.0, Cause::Complaint)]);
    assert_eq!(ends(&story), [(Resolved, 470.0)]);
    assert_eq!(story.stretches.len(), 1);
}

#[test]
fn talks_with_recognised_callers_about_their_case_are_shorter() {
    let talks = |recognised: f64| -> Vec<f64> {
        let mut model = center(1, 1000.0);
        let status = Status { open_per_s: 0.01, late_per_s: 0.0, contact_type: None, recognised_times: 0.5 };
        model.case_types[0].status = Some(status);
        model.profiles[0].recognised = recognised;
        let story = eager(&model, &[(0.0, 0)]);
        story.legs.iter().map(|leg| leg.service.unwrap().talk_ended.since(leg.left).as_s()).collect()
    };
    let (known, unknown) = (talks(1.0), talks(0.0));
    assert!(known.len() > 3 && known[1..].iter().all(|&s| s == 5.0), "{known:?}");
    assert_eq!(known[0], 10.0);
    assert!(unknown.iter().all(|&s| s == 10.0));
}
