//! Offices and case types: mistakes, and who is at work when.

use super::*;
use crate::diagnostic::Code;
use crate::model::{Discipline, DueRule};
use crate::time::SimTime;

/// What makes one talk in ten a case of the registry.
const OFFICE: [&str; 4] = [
    "offices.registry={ hours = 'Mon-Fri 08:30-15:30', staff = { '00:00' = 2, '12:00' = 1 } }",
    "case_types.change={ office = 'registry', work = '20m', due = '5 working days' }",
    "contact_types.taxes.case=change",
    "contact_types.taxes.outcome.tier1={ escalate = 0.2, case = 0.1, rest = 'resolved' }",
];

fn with(changes: &[&'static str]) -> Vec<&'static str> {
    OFFICE.iter().chain(changes).copied().collect()
}

#[test]
fn people_are_at_work_while_the_office_is_open() {
    let model = compile(&scenario(SMALL, &OFFICE)).unwrap().model;
    let hour = |h: f64| SimTime::from_us((h * 3.6e9) as u64);
    let office = &model.offices[0];
    assert_eq!(office.at_work, [(hour(0.0), 0), (hour(8.5), 2), (hour(12.0), 1), (hour(15.5), 0)]);
    assert_eq!(office.discipline, Discipline::DueDate);
    let case = &model.case_types[0];
    assert_eq!(case.due, Some(DueRule::WorkingDays(5)));
    assert_eq!(case.due(office, hour(10.0)), hour(7.0 * 24.0 + 15.5));
}

const SHIFTS: [&str; 3] = [
    "offices.registry={ hours = 'Mon-Fri 08:30-15:30', shifts = { early = 2, late = 1 } }",
    "shifts.early={ start = '08:00', end = '14:00', breaks = { lunch = { from = '11:00', length = '30m', waves = 2 } } }",
    "shifts.late={ start = '12:00', end = '18:00' }",
];

#[test]
fn an_office_may_work_by_shifts_with_breaks() {
    let changes: Vec<&str> = SHIFTS.iter().chain(&OFFICE[1..]).copied().collect();
    let office = &compile(&scenario(SMALL, &changes)).unwrap().model.offices[0];
    let hour = |h: f64| SimTime::from_us((h * 3.6e9) as u64);
    // One of two goes to lunch at 11:00, the other at 11:30 when the first returns; at 12:00 all three are there.
    let expected =
        [(0.0, 0), (8.5, 2), (11.0, 1), (12.0, 3), (14.0, 1), (15.5, 0)].map(|(h, people)| (hour(h), people));
    assert_eq!(office.at_work, expected);
    let mut absent = changes.clone();
    absent.push("offices.registry.absence=0.2");
    let office = &compile(&scenario(SMALL, &absent)).unwrap().model.offices[0];
    assert_eq!(office.at_work, expected, "by the plan");
    let duties = &office.absence.as_ref().unwrap().duties;
    let there: Vec<_> = duties.iter().map(|duty| (duty.head, duty.there[0].1)).collect();
    assert_eq!(there, [(0, hour(11.0)), (1, hour(11.5)), (0, hour(15.5))]);
}

/// The same by a table, and one more on a Monday by its date.
#[test]
fn an_office_may_have_a_roster() {
    let mut changes: Vec<&str> = SHIFTS.iter().chain(&OFFICE[1..]).copied().collect();
    changes[0] = "offices.registry={ hours = 'Mon-Fri 08:30-15:30', roster = [{ day = 'weekday', shift = 'early', heads = 2 }, { day = 'weekday', shift = 'late', heads = 1 }] }";
    let people =
        |changes: &[&str]| compile(&scenario(SMALL, changes)).unwrap().model.offices[0].at_work.clone();
    let by_shifts: Vec<&str> = SHIFTS.iter().chain(&OFFICE[1..]).copied().collect();
    assert_eq!(people(&changes), people(&by_shifts));
    changes[0] = "offices.registry={ hours = 'Mon-Fri 08:30-15:30', shifts = { early = 9, late = 9 }, \
                  roster = [{ day = '2008-06-16', shift = 'early', heads = 2 }, { day = '2008-06-16', shift = 'late', heads = 1 }] }";
    assert_eq!(people(&changes), people(&by_shifts), "a date says most");
    changes[0] = "offices.registry={ hours = 'Mon-Fri 08:30-15:30', roster = [{ day = 'weekday', shift = 'evening', heads = 2 }] }";
    assert_eq!(errors(&changes), ["E5020 offices.registry.roster[0].shift"]);
    changes[0] = "offices.registry={ hours = 'Mon-Fri 08:30-15:30', staff = 1, roster = [{ day = 'weekday', shift = 'early', heads = 2 }] }";
    assert_eq!(errors(&changes), ["E4323 offices.registry"]);
}

#[test]
fn an_office_is_staffed_in_one_way() {
    let both = with(&["offices.registry.shifts={ early = 2 }", SHIFTS[1]]);
    assert_eq!(errors(&both), ["E4323 offices.registry"]);
    let neither: Vec<&str> =
        ["offices.registry={ hours = 'Mon-Fri 08:30-15:30' }"].iter().chain(&OFFICE[1..]).copied().collect();
    assert_eq!(errors(&neither), ["E4323 offices.registry"]);
    let unknown: Vec<&str> = SHIFTS[..1].iter().chain(&OFFICE[1..]).copied().collect();
    assert_eq!(
        errors(&unknown),
        ["E5020 offices.registry.shifts.early", "E5020 offices.registry.shifts.late"]
    );
}

#[test]
fn mistakes_of_cases_have_their_places() {
    assert_eq!(errors(&with(&["case_types.change.office=registrar"])), ["E2120 case_types.change.office"]);
    assert_eq!(errors(&with(&["contact_types.taxes.case=changes"])), ["E2121 contact_types.taxes.case"]);
    let shares = "contact_types.taxes.case={ change = 0.5, rest = 'chang' }";
    assert_eq!(errors(&with(&[shares])), ["E2121 contact_types.taxes.case.rest"]);
    let shares = "contact_types.taxes.case={ change = 0.5 }";
    assert_eq!(errors(&with(&[shares])), ["E3008 contact_types.taxes.case"]);
    let shares = "contact_types.taxes.case={ change = 0.5, rest = 0.5 }";
    assert_eq!(errors(&with(&[shares]))[0], "E3001 contact_types.taxes.case.rest");
    assert_eq!(errors(&OFFICE[3..]), ["E5080 contact_types.taxes.case"]);
    assert_eq!(errors(&with(&["case_types.change.due=0 working days"])), ["E3005 case_types.change.due"]);
    assert_eq!(errors(&with(&["case_types.change.rework=1.0"])), ["E3005 case_types.change.rework"]);
    assert_eq!(
        errors(&with(&["offices.registry.hours=Mon-Fry 08:00-09:00"])),
        ["E4003 offices.registry.hours"]
    );
    let news = "case_types.change.status_contacts={ hazard_per_day_late = 0.1, type = 'news' }";
    assert_eq!(errors(&with(&[news])), ["E2101 case_types.change.status_contacts.type"]);
    let news = "case_types.change.status_contacts={ hazard_per_day_late = -0.1 }";
    assert_eq!(errors(&with(&[news])), ["E3005 case_types.change.status_contacts.hazard_per_day_late"]);
}

#[test]
fn a_groups_own_table_may_open_cases_too() {
    let of_group = "agent_groups.general.outcome.taxes={ case = 0.3, rest = 'resolved' }";
    assert_eq!(errors(&[of_group]), ["E5080 contact_types.taxes.case"]);
    let found = compile(&scenario(SMALL, &[OFFICE[0], OFFICE[1], OFFICE[2], of_group])).unwrap().warnings;
    assert_eq!(found, []);
}

#[test]
fn what_contradicts_itself_is_refused() {
    let news = "case_types.change.status_contacts={ hazard_per_day_late = 0.1 }";
    let found = errors(&with(&["case_types.change.resolves=true", news]));
    assert_eq!(found, ["E5080 case_types.change.status_contacts"]);
    assert_eq!(errors(&with(&["offices.registry.hours=Mon closed"])), ["E5080 case_types.change.due"]);
}

#[test]
fn a_way_that_contradicts_itself_is_refused() {
    let stage = |stage: &'static str| errors(&with(&[stage, "offices.parks={ staff = 1 }"]));
    let twice = "case_types.change.hand_over={ again = { order = 1, office = 'registry', work = '1h' } }";
    assert_eq!(stage(twice)[0], "E4050 case_types.change.hand_over.again.office");
    let unknown = "case_types.change.hand_over={ next = { order = 1, office = 'park', work = '1h' } }";
    assert_eq!(stage(unknown), ["E2120 case_types.change.hand_over.next.office"]);
    let share =
        "case_types.change.hand_over={ next = { order = 1, office = 'parks', work = '1h', share = 1.5 } }";
    assert_eq!(stage(share), ["E3005 case_types.change.hand_over.next.share"]);
    let again = "case_types.change.reopening={ probability = 1.0, delay = '1d' }";
    assert_eq!(errors(&with(&[again])), ["E3005 case_types.change.reopening.probability"]);
    let again = "case_types.change.reopening={ probability = 0.1, delay = '1d', type = 'news' }";
    assert_eq!(errors(&with(&[again])), ["E2101 case_types.change.reopening.type"]);
    let message = "case_types.change.message={ delay = '1h' }";
    let found = errors(&with(&["case_types.change.resolves=true", message]));
    assert_eq!(found, ["E5080 case_types.change.message"]);
    let news = "case_types.change.status_contacts={ hazard_per_day_late = 0.1, when_recognised.service_time.times = 0.0 }";
    assert_eq!(
        errors(&with(&[news])),
        ["E3005 case_types.change.status_contacts.when_recognised.service_time.times"]
    );
}

#[test]
fn stages_follow_by_their_order() {
    let way = "case_types.change.hand_over={ a = { order = 2, office = 'a', work = '1h' }, b = { order = 1, office = 'b', work = '2h' } }";
    let offices = ["offices.a={ staff = 1 }", "offices.b={ staff = 1 }"];
    let model = compile(&scenario(SMALL, &with(&[way, offices[0], offices[1]]))).unwrap().model;
    let names: Vec<_> =
        model.case_types[0].stages.iter().map(|of| &*model.offices[of.office.index()].name).collect();
    assert_eq!(names, ["b", "a"]);
}

#[test]
fn news_that_no_rule_takes_is_told() {
    let found = errors(&with(&[
        "contact_types.news={ service_time = '2m' }",
        "case_types.change.status_contacts={ hazard_per_day_late = 0.1, type = 'news' }",
        "routing.known.when={ type = 'taxes' }",
        "routing.all.when={ type = 'taxes' }",
    ]));
    assert_eq!(found, ["E5004 routing"]);
}

#[test]
fn offices_and_case_types_that_nothing_uses_are_told() {
    let found = compile(&scenario(SMALL, &OFFICE[..2])).unwrap().warnings;
    let told: Vec<String> = found.iter().map(|f| format!("{} {}", f.code, f.path)).collect();
    assert_eq!(told, ["W6002 case_types.change"]);
    let found = compile(&scenario(SMALL, &OFFICE[..1])).unwrap().warnings;
    assert_eq!(found.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["offices.registry"]);
    let unused = compile(&scenario(SMALL, &OFFICE[..3])).unwrap().warnings;
    assert_eq!(unused.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["contact_types.taxes.case"]);
}

#[test]
fn mistakes_of_open_cases_have_their_places() {
    let open = |cases: &'static str| errors(&with(&[cases]));
    assert_eq!(open("start_state.cases.chang={ count = 1, age = '1d' }"), ["E2121 start_state.cases.chang"]);
    let old = "start_state.cases.change={ count = 1, age = { exponential = '1d' }, oldest = '400d' }";
    assert_eq!(open(old), ["E3005 start_state.cases.change.oldest"]);
    assert_eq!(
        open("start_state.cases.change={ count = 1, age = '400d' }"),
        ["E3005 start_state.cases.change.age"]
    );
    let many = "start_state.cases.change={ count = 200000, age = '1d' }";
    assert_eq!(open(many), ["E3005 start_state.cases.change.count"]);
    let run_in = ["start_state.cases.change={ count = 1, age = '1d' }", "scenario.run_in=1d"];
    assert_eq!(errors(&with(&run_in)), ["E4040 start_state"]);
    let nobody = "start_state.cases.other={ count = 1, age = '1d' }";
    let other = "case_types.other={ office = 'registry', work = '1h' }";
    let found = compile(&scenario(SMALL, &with(&[other, nobody]))).unwrap_err();
    let told: Vec<String> = found.iter().filter(|of| of.is_error()).map(|of| of.message.clone()).collect();
    assert_eq!(told, ["no contact type opens cases of \"other\""]);
}

#[test]
fn cases_that_are_mostly_older_than_the_oldest_are_told() {
    let older = "start_state.cases.change={ count = 1, age = { exponential = '20d' }, oldest = '10d' }";
    let found = compile(&scenario(SMALL, &with(&[older]))).unwrap().warnings;
    let told: Vec<String> = found.iter().map(|f| format!("{} {}: {}", f.code, f.path, f.message)).collect();
    let expected = "W6152 start_state.cases.change.oldest: most would be longer ago than 10d, since the mean is 20d: they are as long ago as this";
    assert_eq!(told[0], expected);
}

#[test]
fn an_office_may_have_other_people_on_other_days() {
    let staff = "offices.registry.staff_on={ mon = 5, '2008-06-16' = { '08:30' = 1 } }";
    let of = |change: &'static str| {
        compile(&scenario(SMALL, &with(&[change]))).unwrap().model.offices[0].at_work.clone()
    };
    let usual: Vec<u32> = of("offices.registry.discipline=oldest").iter().map(|of| of.1).collect();
    let other: Vec<u32> = of(staff).iter().map(|of| of.1).collect();
    assert_eq!((usual, other), (vec![0, 2, 1, 0], vec![0, 1, 0]));
    assert_eq!(
        errors(&with(&["offices.registry.staff_on={ monday = 5 }"])),
        ["E2003 offices.registry.staff_on.monday"]
    );
    assert_eq!(errors(&with(&["offices.registry.absence=1.0"])), ["E3005 offices.registry.absence"]);
}

#[test]
fn an_office_that_cannot_do_its_work_is_told() {
    let warnings = |changes: &[&'static str]| -> Vec<String> {
        let found = compile(&scenario(SMALL, &with(changes))).unwrap().warnings;
        let of_offices = found.iter().filter(|warning| warning.code == Code::OFFICE_OVERLOAD);
        of_offices.map(|warning| format!("{} {}", warning.path, warning.message)).collect()
    };
    assert_eq!(warnings(&["case_types.change.work=1s"]), [""; 0]);
    let found = warnings(&["case_types.change.work=100h"]);
    assert!(found.len() == 1 && found[0].starts_with("offices.registry "), "{found:?}");
    assert!(found[0].contains("its people have 10.5 ("), "3.5 h of two and 3.5 h of one: {found:?}");
}
