//! A morning by shifts that a hand can follow, and what cannot have been: seconds after 09:00.
//!
//! Two people work from 08:00 to 12:00 (-3600 to 10,800) with a coffee of 15 minutes at 10:00 and 10:15, one after the other.

use super::story::{Story, at, served, state};
use crate::log::{AgentRow, AgentStateName, LegRow, LogTime};

use AgentStateName::{Idle, OnBreak};

const ON_DUTY: &str = "who works by shifts is on duty";
const THERE: &str = "who is on duty is there";
const BREAKS: &str = "breaks begin when due and keep their length";

const SCENARIO: &str = r#"
[scenario]
name = "a morning"
start = "2008-06-16"
[contact_types.info]
service_time = { exponential = "2m" }
[arrivals.info]
per_day = 10
[shifts.morning]
start = "08:00"
end = "12:00"
breaks.coffee = { from = "10:00", length = "15m", waves = 2 }
[queues.general.steps.first]
groups = ["desk"]
[routing.all]
order = 1
queue = "general"
[agent_groups.desk]
serves = ["general"]
staffing.shifts = { morning = 2 }
"#;

/// Person `head` of the desk in a state.
fn row(head: u32, what: AgentStateName, (from, to): (i64, i64), leg: Option<&LegRow>) -> AgentRow {
    let agent = format!("desk/morning#00{head}");
    AgentRow { group: "desk".into(), ..state(&agent, what, at(from), at(to), leg) }
}

fn call(number: u32, head: u32, from: i64, to: i64) -> LegRow {
    let agent = format!("desk/morning#00{head}");
    LegRow {
        group: Some("desk".into()),
        number: None,
        ..served(number, 0, from, (&agent, from, from, to, to))
    }
}

/// One call before the coffee of the first, one over it of the second, one over the end of the shift.
fn morning() -> Story {
    let legs = vec![call(0, 0, 100, 400), call(1, 1, 4400, 4700), call(2, 0, 10_700, 11_000)];
    let work = |leg: usize, head, spell| row(head, AgentStateName::Talking, spell, Some(&legs[leg]));
    let agents = vec![
        row(0, Idle, (-3600, 100), None),
        work(0, 0, (100, 400)),
        row(0, Idle, (400, 3600), None),
        row(0, OnBreak, (3600, 4500), None),
        row(0, Idle, (4500, 10_700), None),
        work(2, 0, (10_700, 11_000)),
        row(1, Idle, (-3600, 4400), None),
        work(1, 1, (4400, 4700)),
        row(1, OnBreak, (4700, 5600), None),
        row(1, Idle, (5600, 10_800), None),
    ];
    Story { scenario: SCENARIO.into(), agents, ..Story::of(legs) }
}

/// The check has a finding in which the word stands.
fn finds(story: &Story, check: &str, word: &str) {
    let report = story.audit();
    let findings = &report.check(check).unwrap().findings;
    let found = findings.iter().any(|f| format!("{} {} {}", f.who, f.expected, f.found).contains(word));
    assert!(found, "{word} is not in {check}\n{report}");
}

#[test]
fn a_right_morning_has_no_finding_about_shifts() {
    let report = morning().audit();
    for check in [ON_DUTY, THERE, BREAKS] {
        let check = report.check(check).unwrap();
        assert!(check.examined > 0 && check.failed == 0, "{report}");
    }
}

#[test]
fn a_contact_taken_after_the_shift() {
    let mut story = morning();
    let legs: Vec<LegRow> = story.legs.drain(..).chain([call(3, 0, 11_000, 11_100)]).collect();
    story.agents.push(row(0, AgentStateName::Talking, (11_000, 11_100), Some(&legs[3])));
    finds(&Story { legs, ..story }, ON_DUTY, "taking a contact");
}

#[test]
fn somebody_who_stays_after_the_shift() {
    let mut story = morning();
    story.agents[9].to = at(10_801);
    finds(&story, ON_DUTY, "idle until");
}

#[test]
fn a_log_in_that_was_skipped_and_one_that_came_late() {
    let mut story = morning();
    story.agents.retain(|row| !row.agent.ends_with("#001"));
    finds(&story, THERE, "nobody");
    let mut story = morning();
    story.agents[0].from = at(-3599);
    finds(&story, THERE, "to be there until");
}

#[test]
fn a_log_out_before_the_end() {
    let mut story = morning();
    story.agents[9].to = at(10_799);
    finds(&story, THERE, "to be there until");
}

#[test]
fn a_break_that_was_skipped_or_cut_short_or_began_early_or_late() {
    let mut story = morning();
    story.agents[3].state = Idle;
    finds(&story, BREAKS, "none");
    for (from, to) in [(3600, 4499), (3600, 4501), (3599, 4500), (3601, 4501)] {
        let mut story = morning();
        (story.agents[3].from, story.agents[3].to) = (at(from), at(to));
        finds(&story, BREAKS, "one from");
    }
}

#[test]
fn a_contact_taken_when_a_break_is_due() {
    // Freed at 4700 s the second person takes another contact before the coffee.
    let mut story = morning();
    let legs: Vec<LegRow> = story.legs.drain(..).chain([call(3, 1, 4700, 4760)]).collect();
    story.agents[8].from = at(4760);
    story.agents[8].to = at(5660);
    finds(&Story { legs, ..story }, BREAKS, "a break until");
}

#[test]
fn an_absence_without_shrinkage_and_one_for_a_part_of_a_shift() {
    const ABSENT: &str = "as many are absent as shrinkage says";
    let mut away = morning();
    away.legs.retain(|leg| leg.agent.as_deref().is_none_or(|agent| agent.ends_with("#000")));
    away.agents.retain(|row| row.agent.ends_with("#000"));
    away.agents.push(row(1, AgentStateName::Absent, (-3600, 10_800), None));
    finds(&away, ABSENT, "0 to 0 of 2 away");
    let shrunk = "staffing = { shifts = { morning = 2 }, means = \"scheduled\" }\nshrinkage.ill.share = 0.1";
    let away = away.where_("staffing.shifts = { morning = 2 }", shrunk);
    assert_eq!(away.audit().check(ABSENT).unwrap().failed, 0);
    assert_eq!(away.audit().check(THERE).unwrap().failed, 0);
    let mut partly = away;
    partly.agents.last_mut().unwrap().to = at(3600);
    finds(&partly, ABSENT, "for a whole shift");
    finds(&partly, THERE, "to be there until");
}

/// With an adherence of 0.9 each of the four hours has a piece of 337.5 s: a tenth of 4 h less 15 min, in four.
#[test]
fn pieces_that_adherence_loses_come_one_an_hour_and_all_of_them() {
    let share = ("staffing.shifts = { morning = 2 }", "staffing.shifts = { morning = 2 }\nadherence = 0.9");
    let us = |s: f64| LogTime(at(0).0 + (s * 1e6) as i64);
    let pieced = |pieces: [f64; 4]| {
        let (mut agents, mut idle_from) = (Vec::new(), us(-3600.0));
        let mut pauses: Vec<(f64, f64)> = pieces.map(|from| (from, from + 337.5)).to_vec();
        pauses.extend([(3600.0, 4500.0)]);
        pauses.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (from, to) in pauses {
            let pause = AgentRow { from: us(from), to: us(to), ..row(0, OnBreak, (0, 1), None) };
            agents.push(AgentRow { from: idle_from, to: us(from), ..row(0, Idle, (0, 1), None) });
            idle_from = pause.to;
            agents.push(pause);
        }
        agents.push(AgentRow { from: idle_from, to: us(10_800.0), ..row(0, Idle, (0, 1), None) });
        let story = Story {
            scenario: SCENARIO.replace("{ morning = 2 }", "{ morning = 1 }"),
            agents,
            ..Story::of(vec![])
        };
        story.where_(&share.0.replace('2', "1"), &share.1.replace('2', "1"))
    };
    let right = [-3600.0, 1000.0, 5000.0, 8000.0];
    let report = pieced(right).audit();
    let check = report.check(BREAKS).unwrap();
    assert!(check.examined > 5 && check.failed == 0, "{report}");
    finds(&pieced([-3600.0, -3000.0, 5000.0, 8000.0]), BREAKS, "at most");
    let mut fewer = pieced(right);
    fewer.agents[1].state = Idle;
    finds(&fewer, BREAKS, "at least");
    let mut no_coffee = pieced(right);
    no_coffee.agents[5].state = Idle;
    finds(&no_coffee, BREAKS, "none, or a shorter one");
    finds(&pieced(right).where_("adherence = 0.9", ""), BREAKS, "no break, or another one");
}

#[test]
fn more_people_than_the_roster_has() {
    let mut story = morning();
    story.agents.push(row(2, Idle, (-3600, 10_800), None));
    finds(&story, ON_DUTY, "somebody whom no shift has");
}
