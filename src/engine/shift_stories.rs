//! People who work by shifts, each rule in a story that a hand can check. A service takes 60 s.

use super::observer::{AgentState, Fate, Staff};
use super::testing::*;
use crate::model::*;
use crate::time::{SimDuration, SimTime};

use AgentState::{Absent, Idle, Off, OnBreak};
use Fate::{Answered, SentAway};

#[test]
fn people_come_and_go_with_their_shift() {
    let model = by_shifts(&[(2, &[])], vec![duty(0, 2, (100, 200), &[])]);
    let story = both(&model, &[(90.0, 0), (100.0, 0), (150.0, 0)]);
    // The first has waited 10 s when both log in; the third until 160 s, and its agent leaves after it at 220 s.
    assert_eq!(story.waits(), [(0, 10.0, Answered), (0, 0.0, Answered), (0, 10.0, Answered)]);
    assert_eq!(story.when(0, Off), [220.0]);
    assert_eq!(story.when(1, Off), [200.0]);
}

#[test]
fn who_is_busy_at_the_end_of_the_shift_finishes_and_takes_no_more_while_colleagues_go_on() {
    let early_and_late = vec![duty(0, 1, (0, 100), &[]), duty(1, 1, (0, 900), &[])];
    let model = by_shifts(&[(1, &[]), (1, &[])], early_and_late);
    let story = both(&model, &[(50.0, 0), (60.0, 0), (70.0, 0)]);
    // Agent 0 is freed at 110 s, ten seconds after its shift, and leaves; the third waits for agent 1 until 120 s.
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 0.0, Answered), (0, 50.0, Answered)]);
    assert_eq!(story.agents(), [0, 1, 1]);
    assert_eq!(story.when(0, Off), [110.0]);
    assert_eq!(story.staff_at(105.0), Staff { scheduled: 1, net: 1, logged_in: 2, overtime: 1, paid: 2 });
    assert_eq!(story.staff_at(110.0), Staff { scheduled: 1, net: 1, logged_in: 1, overtime: 0, paid: 1 });
}

#[test]
fn the_same_day_by_heads_lets_whoever_is_free_first_go() {
    // As above with heads: 2, then 1 from 100 s. Agent 1 took the first call here and is freed first.
    let mut model = one_group(2);
    model.groups[0].heads = vec![(SimTime::ZERO, 2), (at(100.0), 1)];
    let story = both(&model, &[(50.0, 0), (60.0, 0), (70.0, 0), (115.0, 0)]);
    assert_eq!(story.agents(), [0, 1, 1, 1]);
    // By shifts it is agent 1 whose shift ends: agent 0, freed at 110 s, goes on.
    let shifts = vec![duty(0, 1, (0, 900), &[]), duty(1, 1, (0, 100), &[])];
    let model = by_shifts(&[(1, &[]), (1, &[])], shifts);
    let story = both(&model, &[(50.0, 0), (60.0, 0), (70.0, 0), (115.0, 0)]);
    assert_eq!(story.agents(), [0, 1, 0, 0]);
}

#[test]
fn work_that_ends_as_the_shift_does_ends_before_it() {
    // Kind 1 before kind 2: freed at 60 s the agent takes the waiting contact, and its shift ends just after.
    let model = by_shifts(&[(1, &[])], vec![duty(0, 1, (0, 60), &[])]);
    let story = both(&model, &[(0.0, 0), (10.0, 0), (20.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 50.0, Answered), (0, 3580.0, SentAway)]);
    assert_eq!(story.when(0, Off), [120.0]);
    // With nobody waiting it has become idle, and leaves on the second.
    assert_eq!(both(&model, &[(0.0, 0)]).when(0, Off), [60.0]);
}

#[test]
fn a_contact_of_the_second_at_which_the_shift_ends_comes_too_late() {
    let model = by_shifts(&[(1, &[])], vec![duty(0, 1, (0, 60), &[])]);
    assert_eq!(both(&model, &[(60.0, 0)]).waits(), [(0, 3540.0, SentAway)]);
}

#[test]
fn a_break_begins_when_due_and_keeps_its_length() {
    let model = by_shifts(&[(1, &[pause(30)])], vec![duty(0, 1, (0, 900), &[100])]);
    let story = both(&model, &[(110.0, 0)]);
    assert_eq!((story.when(0, OnBreak), story.when(0, Idle)), (vec![100.0], vec![0.0, 190.0]));
    // Back at 130 s it takes who waits, at once.
    assert_eq!(story.waits(), [(0, 20.0, Answered)]);
    assert_eq!(story.staff_at(100.0).logged_in, 0);
    assert_eq!(story.staff_at(130.0).logged_in, 1);
}

#[test]
fn who_is_busy_when_a_break_is_due_finishes_and_then_has_all_of_it() {
    let model = by_shifts(&[(1, &[pause(30)])], vec![duty(0, 1, (0, 900), &[100])]);
    let story = both(&model, &[(80.0, 0), (90.0, 0)]);
    assert_eq!(story.when(0, OnBreak), [140.0]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 80.0, Answered)]);
}

#[test]
fn work_that_ends_as_a_break_is_due_ends_before_it() {
    // Freed at 100 s, before the break of that second: the waiting contact is taken, the break begins after it.
    let model = by_shifts(&[(1, &[pause(30)])], vec![duty(0, 1, (0, 900), &[100])]);
    assert_eq!(both(&model, &[(40.0, 0), (50.0, 0)]).when(0, OnBreak), [160.0]);
    assert_eq!(both(&model, &[(40.0, 0)]).when(0, OnBreak), [100.0]);
}

#[test]
fn wrap_up_is_finished_before_a_break() {
    let mut model = by_shifts(&[(1, &[pause(30)])], vec![duty(0, 1, (0, 900), &[100])]);
    model.contact_types[0].handling[0].wrap_up = Some(constant(25.0));
    assert_eq!(both(&model, &[(30.0, 0)]).when(0, OnBreak), [115.0]);
}

#[test]
fn a_break_that_was_missed_until_the_shift_ends_lapses_and_one_under_way_is_cut_short() {
    let mut model = by_shifts(&[(1, &[pause(300)])], vec![duty(0, 1, (0, 200), &[100])]);
    // Back at 400 s would be after the shift: off at 200 s.
    let cut = both(&model, &[]);
    assert_eq!((cut.when(0, OnBreak), cut.when(0, Off)), (vec![100.0], vec![200.0]));
    assert_eq!(cut.when(0, Idle), [0.0]);
    model.contact_types[0] = contact_type("calls", 150.0);
    let missed = both(&model, &[(90.0, 0)]);
    assert_eq!((missed.when(0, OnBreak), missed.when(0, Off)), (vec![], vec![240.0]));
}

#[test]
fn waves_go_one_after_the_other() {
    let lunch = Break { waves: 2, ..pause(50) };
    let model = by_shifts(&[(3, &[lunch])], vec![duty(0, 3, (0, 900), &[100])]);
    let story = both(&model, &[]);
    let breaks: Vec<Vec<f64>> = (0..3).map(|agent| story.when(agent, OnBreak)).collect();
    assert_eq!(breaks, [[100.0], [150.0], [100.0]]);
    // At 150 s two return and one goes, person by person.
    assert_eq!([99.0, 100.0, 150.0, 200.0].map(|s| story.staff_at(s).logged_in), [3, 1, 2, 3]);
}

#[test]
fn two_breaks_that_run_into_each_other_are_one_after_the_other() {
    let coffee = Break { name: "coffee".into(), ..pause(20) };
    let model = by_shifts(&[(1, &[coffee, pause(30)])], vec![duty(0, 1, (0, 900), &[100, 110])]);
    let story = both(&model, &[(95.0, 0)]);
    // Busy until 155 s; coffee to 175 s, lunch to 205 s.
    assert_eq!((story.when(0, OnBreak), story.when(0, Idle)), (vec![155.0], vec![0.0, 205.0]));
}

#[test]
fn an_unpaid_break_is_not_paid_and_a_missed_one_is() {
    let lunch = Break { paid: false, ..pause(30) };
    let mut model = by_shifts(&[(1, &[lunch])], vec![duty(0, 1, (0, 200), &[100])]);
    let story = both(&model, &[]);
    assert_eq!([99.0, 100.0, 130.0, 200.0].map(|s| story.staff_at(s).paid), [1, 0, 1, 0]);
    assert_eq!([99.0, 100.0, 130.0, 200.0].map(|s| story.staff_at(s).scheduled), [1, 1, 1, 0]);
    model.contact_types[0] = contact_type("calls", 150.0);
    let missed = both(&model, &[(90.0, 0)]);
    assert_eq!([100.0, 199.0, 210.0, 240.0].map(|s| missed.staff_at(s).paid), [1, 1, 1, 0]);
}

#[test]
fn the_longest_idle_counts_since_the_break_or_the_log_in() {
    // Agent 0 has a break from 100 to 150 s; agent 1 comes at 120 s; agent 2 has been there from the start.
    let duties = vec![duty(0, 1, (0, 900), &[100]), duty(2, 1, (0, 900), &[]), duty(1, 1, (120, 900), &[])];
    let model = by_shifts(&[(1, &[pause(50)]), (1, &[]), (1, &[])], duties);
    let story = both(&model, &[(200.0, 0), (201.0, 0), (202.0, 0)]);
    assert_eq!(story.agents(), [2, 1, 0]);
}

#[test]
fn those_of_the_night_before_are_there_when_the_run_begins() {
    let duties = vec![duty(0, 2, (-1000, 100), &[-20])];
    let lunch = Break { waves: 2, every: SimDuration::from_whole_s(40), ..pause(30) };
    let model = by_shifts(&[(2, &[lunch])], duties);
    let story = both(&model, &[(0.0, 0), (1.0, 0)]);
    // Person 0 is on a break until 10 s, person 1 has one from 20 to 50 s.
    assert_eq!(story.agents(), [1, 0]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 9.0, Answered)]);
    assert_eq!(story.when(1, OnBreak), [60.0]);
}

#[test]
fn who_still_works_when_the_next_shift_starts_goes_on() {
    let mut model = by_shifts(&[(1, &[])], vec![duty(0, 1, (0, 100), &[]), duty(0, 1, (100, 900), &[])]);
    // The shift ends and starts at 100 s while a contact is in hand: no log-out, and the waiting one is taken.
    let story = both(&model, &[(90.0, 0), (95.0, 0)]);
    assert_eq!(story.waits(), [(0, 0.0, Answered), (0, 55.0, Answered)]);
    assert_eq!(story.when(0, Off), [900.0]);
    model.groups[0].shifts.as_mut().unwrap().duties[1].start_us = 140_000_000;
    let story = both(&model, &[(90.0, 0), (145.0, 0)]);
    assert_eq!(story.staff_at(120.0).overtime, 1);
    assert_eq!(story.staff_at(140.0), Staff { scheduled: 1, net: 1, logged_in: 1, overtime: 0, paid: 1 });
    assert_eq!(story.agents(), [0, 0]);
}

#[test]
fn from_the_horizon_on_nobody_goes_and_those_on_a_break_return() {
    let duties = vec![duty(0, 1, (0, 3650), &[3590]), duty(1, 1, (0, 3590), &[])];
    let model = by_shifts(&[(1, &[pause(60)]), (1, &[])], duties);
    // Contacts come in the first quarter-hour only: 50 calls of 60 s for two last beyond an hour with this queue.
    let contacts: Vec<(f64, u16)> = (0..130).map(|i| (f64::from(i), 0)).collect();
    let story = both(&model, &contacts);
    assert_eq!(story.legs.iter().filter(|leg| leg.fate == Answered).count(), 130);
    assert_eq!(story.when(0, Off), [] as [f64; 0]);
    assert_eq!(story.when(1, Off).len(), 1);
}

/// A component that takes everybody away.
fn all_away(paid: bool) -> Vec<Shrinkage> {
    vec![Shrinkage { name: "strike".into(), key: 3, share: 1.0, draw: ShrinkageDraw::Each(Per::Day), paid }]
}

#[test]
fn who_is_absent_is_so_for_the_shift_and_paid_or_not() {
    let lunch = Break { paid: false, ..pause(30) };
    let mut model = by_shifts(&[(2, &[lunch])], vec![duty(0, 2, (0, 200), &[100])]);
    model.groups[0].shrinkage = all_away(true);
    let story = both(&model, &[(10.0, 0)]);
    assert_eq!(story.waits(), [(0, 3590.0, SentAway)]);
    assert_eq!(
        (story.when(1, Absent), story.when(1, Off), story.when(1, OnBreak)),
        (vec![0.0], vec![200.0], vec![])
    );
    assert_eq!(story.staff_at(50.0), Staff { scheduled: 2, net: 0, logged_in: 0, overtime: 0, paid: 2 });
    // The lunch would not have been paid either.
    assert_eq!([100.0, 130.0, 200.0].map(|s| story.staff_at(s).paid), [0, 2, 0]);
    model.groups[0].shrinkage = all_away(false);
    assert_eq!(both(&model, &[]).staff_at(50.0).paid, 0);
}

#[test]
fn late_in_late_back_and_early_away() {
    let mut model = by_shifts(&[(1, &[pause(30)])], vec![duty(0, 1, (0, 400), &[100])]);
    model.groups[0].adherence = Adherence {
        late_log_in: Some(constant(20.0)),
        late_return: Some(constant(5.0)),
        early_log_out: Some(constant(50.0)),
        lost: 0.0,
    };
    let story = both(&model, &[(10.0, 0), (340.0, 0)]);
    // Comes at 20 s, works to 80 s, has its break from 100 to 135 s, is to leave at 350 s and is busy to 400 s.
    assert_eq!(story.waits(), [(0, 10.0, Answered), (0, 0.0, Answered)]);
    assert_eq!(story.when(0, Idle), [80.0, 135.0]);
    assert_eq!((story.when(0, OnBreak), story.when(0, Off)), (vec![100.0], vec![400.0]));
    assert_eq!(both(&model, &[]).when(0, Off), [350.0]);
    // Paid from the first to the last second of the shift.
    let quiet = both(&model, &[]);
    assert_eq!([0.0, 132.0, 399.0, 400.0].map(|s| quiet.staff_at(s).paid), [1, 1, 1, 0]);
}

/// Of 2000 s with a break of 200 s a quarter of the rest is lost, 450 s in one piece; nobody calls.
#[test]
fn a_share_of_adherence_is_the_share_of_the_planned_time_that_people_are_there() {
    let mut model = by_shifts(&[(40, &[pause(200)])], vec![duty(0, 40, (0, 2000), &[900])]);
    model.groups[0].adherence = Adherence { lost: 0.25, ..Adherence::default() };
    let story = both(&model, &[]);
    let there = |agent: u16| {
        let back: Vec<f64> = story.when(agent, Idle);
        let gone = [story.when(agent, OnBreak), story.when(agent, Off)].concat();
        gone.iter().sum::<f64>() - back.iter().sum::<f64>()
    };
    let times: Vec<f64> = (0..40).map(there).collect();
    // Whoever has the piece and the break at the same time has one after the other, and no piece reaches the end.
    assert!(times.iter().all(|&s| (s - 1350.0).abs() < 1e-5), "{times:?}");
    let begins: Vec<f64> = (0..40).map(|agent| story.when(agent, OnBreak)[0]).collect();
    assert!(begins.iter().any(|&s| s < 300.0) && begins.iter().any(|&s| s > 800.0), "{begins:?}");
    // A piece is paid like the shift.
    assert_eq!([1.0, 700.0, 1500.0].map(|s| story.staff_at(s).paid), [40; 3]);
}

#[test]
fn who_would_leave_before_coming_does_not_come() {
    let mut model = by_shifts(&[(1, &[])], vec![duty(0, 1, (0, 100), &[])]);
    let (late, early) = (Some(constant(60.0)), Some(constant(40.0)));
    model.groups[0].adherence = Adherence { late_log_in: late, early_log_out: early, ..Adherence::default() };
    let story = both(&model, &[(10.0, 0)]);
    assert_eq!(story.waits(), [(0, 3590.0, SentAway)]);
    assert_eq!(story.staff_at(50.0), Staff { scheduled: 1, net: 1, logged_in: 0, overtime: 0, paid: 1 });
}
