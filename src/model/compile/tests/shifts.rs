//! People by shifts: who is on duty when, and what is said about plans that cannot be.

use super::*;
use crate::model::ShrinkageDraw::{Each, Rounded};
use crate::model::{Per, ShiftPlan};

/// The small scenario with the general group by shifts.
const SHIFTS: &str = r#"
[shifts.day]
start = "08:00"
end = "16:00"
breaks.lunch = { from = "12:00", length = "30m", waves = 2, paid = false }
[shifts.night]
start = "22:00"
end = "06:00"
breaks.rest = { from = "02:00", length = "1h" }
"#;

fn with_shifts(staffing: &str, overrides: &[&str]) -> Scenario {
    // Tables merge: what the group has must go first.
    let small = SMALL.replace("staffing = { heads = 6 }", "staffing = {}");
    let text = small.replace("[vendors.telecom]", &format!("{SHIFTS}[vendors.telecom]"));
    scenario(&text, &[&[staffing], overrides].concat())
}

fn plan(staffing: &str, overrides: &[&str]) -> (ShiftPlan, Vec<(f64, u32)>) {
    let model = compile(&with_shifts(staffing, overrides)).unwrap().model;
    let group = &model.groups[1];
    let heads = group.heads.iter().map(|&(at, heads)| (at.as_s() / 3600.0, heads)).collect();
    (group.shifts.clone().unwrap(), heads)
}

const STAFFING: &str = "agent_groups.general.staffing={ shifts = { day = 3, night = 2 } }";

#[test]
fn people_go_on_duty_by_shift_and_have_breaks_in_waves() {
    let (plan, heads) = plan(STAFFING, &[]);
    let duties: Vec<_> = plan
        .duties
        .iter()
        .map(|duty| (duty.shift, duty.heads, duty.start_us / 3_600_000_000, duty.end_us / 3_600_000_000))
        .collect();
    // Sunday's night, the day, Monday's night.
    assert_eq!(duties, [(1, 2, -2, 6), (0, 3, 8, 16), (1, 2, 22, 30)]);
    assert_eq!((plan.shifts[0].agents.clone(), plan.shifts[1].agents.clone()), (0..3, 3..5));
    // Persons 0 and 2 have lunch at 12:00, person 1 at 12:30.
    let day = [(8.0, 3), (12.0, 1), (12.5, 2), (13.0, 3), (16.0, 0)];
    assert_eq!(heads, [&[(0.0, 2), (2.0, 0), (3.0, 2), (6.0, 0)], &day[..], &[(22.0, 2)]].concat());
}

#[test]
fn a_night_in_march_is_an_hour_short() {
    let (plan, _) = plan(STAFFING, &["scenario.start=2008-03-29", "scenario.days=2"]);
    let nights = plan.duties.iter().filter(|duty| duty.shift == 1);
    let hours: Vec<i64> = nights.map(|duty| (duty.end_us - duty.start_us) / 3_600_000_000).collect();
    assert_eq!(hours, [8, 7, 8]);
}

#[test]
fn kinds_of_day_and_dates_have_rosters_of_their_own() {
    let own = concat!(
        "agent_groups.general.staffing={ shifts = { day = 3 }, shifts_on = { sunday = { day = 1 }, ",
        "'2008-06-17' = { night = 4 } }, roster = [{ day = 'wed', shift = 'day', heads = 5 }] }"
    );
    // Sunday, Monday, Tuesday the 17th, Wednesday, Thursday.
    let (plan, _) = plan(own, &["scenario.start=2008-06-15", "scenario.days=5"]);
    let duties: Vec<_> = plan
        .duties
        .iter()
        .map(|duty| (plan.shifts[usize::from(duty.shift)].name.as_str(), duty.heads))
        .collect();
    assert_eq!(duties, [("day", 1), ("day", 3), ("night", 4), ("day", 5), ("day", 3)]);
    assert_eq!(plan.people(), 9, "five of the day, four of the night");
}

#[test]
fn shifts_that_cannot_be_are_told() {
    let errors = |staffing: &str, more: &[&str]| errors_of(&with_shifts(staffing, more));
    let staffing = "agent_groups.general.staffing";
    assert_eq!(
        errors("agent_groups.general.staffing={ shifts = { dya = 3 } }", &[]),
        [format!("E5020 {staffing}.shifts.dya")]
    );
    assert_eq!(errors(STAFFING, &["shifts.day.end='08:00'"])[0], "E5021 shifts.day");
    let late = ["shifts.day.breaks.lunch.waves=9"];
    assert_eq!(errors(STAFFING, &late), ["E5022 shifts.day.breaks.lunch"]);
    let together = ["shifts.day.breaks.tea={ from = '12:15', length = '10m' }"];
    assert_eq!(errors(STAFFING, &together), ["E5022 shifts.day.breaks.tea"]);
    // The first wave returns at 12:30 and the second goes then: an early tea of the second wave is possible.
    let apart = ["shifts.day.breaks.tea={ from = '13:00', length = '10m' }"];
    assert!(compile(&with_shifts(STAFFING, &apart)).is_ok());
    assert_eq!(
        errors("agent_groups.general.staffing={ heads = 3, shifts = { day = 3 } }", &[]),
        [format!("E5023 {staffing}")]
    );
    let twice = "agent_groups.general.staffing={ roster = [{ day = 'sat', shift = 'day', heads = 5 }, \
                 { day = 'saturday', shift = 'day', heads = 4 }] }";
    assert_eq!(errors(twice, &[]), [format!("E5024 {staffing}.roster[1].shift")]);
    let both = "agent_groups.general.staffing={ roster = [{ day = '', shift = 'day', heads = 5 }], shifts = { day = 4 } }";
    assert_eq!(errors(both, &[]), [format!("E5024 {staffing}.shifts")]);
}

#[test]
fn a_shift_that_nobody_works_is_told() {
    let compiled =
        compile(&with_shifts("agent_groups.general.staffing={ shifts = { day = 3 } }", &[])).unwrap();
    assert!(compiled.warnings.iter().any(|found| found.path == "shifts.night"));
}

#[test]
fn shrinkage_is_rounded_first_and_then_strikes_by_chance() {
    let scheduled = "agent_groups.general.staffing={ heads = 10, means = 'scheduled' }";
    let shrinkage = "agent_groups.general.shrinkage={ ill = { share = 0.1 }, meetings = { share = 0.05, planned = true } }";
    let model = compile(&with_shifts(scheduled, &[shrinkage])).unwrap().model;
    let group = &model.groups[1];
    let draws: Vec<_> = group.shrinkage.iter().map(|of| (of.name.as_str(), of.draw)).collect();
    assert_eq!(draws, [("meetings", Rounded(Per::Period)), ("ill", Each(Per::Day))]);
    assert!((group.net_share() - 0.855).abs() < 1e-12);
    // A quarter-hour each has a coin of its own, and all are of one day.
    assert_eq!(group.scheduled.len(), 96);
    assert!(group.scheduled.iter().all(|row| row.heads == 10 && row.day == group.scheduled[0].day));
    assert!(group.scheduled.windows(2).all(|pair| pair[1].period == pair[0].period + 900));
}

#[test]
fn shrinkage_and_adherence_that_cannot_be_are_told() {
    let errors = |staffing: &str, more: &[&str]| errors_of(&with_shifts(staffing, more));
    let in_chair = "agent_groups.general.staffing={ heads = 3 }";
    let ill = "agent_groups.general.shrinkage={ ill = { share = 0.1 } }";
    assert_eq!(errors(in_chair, &[ill]), ["E5025 agent_groups.general.shrinkage"]);
    let shifts = "agent_groups.general.staffing={ shifts = { day = 3 }, means = 'scheduled' }";
    let by_period = "agent_groups.general.shrinkage={ ill = { share = 0.1, per = 'period' } }";
    assert_eq!(errors(shifts, &[by_period]), ["E5026 agent_groups.general.shrinkage.ill.per"]);
    let chance =
        "agent_groups.general.shrinkage={ ill = { share = 0.1, planned = true, draw = 'binomial' } }";
    assert_eq!(errors(shifts, &[chance]), ["E5026 agent_groups.general.shrinkage.ill.draw"]);
    let late = "agent_groups.general.adherence={ late_log_in = '5m' }";
    assert_eq!(errors(in_chair, &[late]), ["E5027 agent_groups.general.adherence"]);
    assert!(compile(&with_shifts(shifts, &[late])).is_ok());
    let share = |share: &str| format!("agent_groups.general.adherence={share}");
    assert_eq!(errors(shifts, &[&share("1.05")]), ["E3005 agent_groups.general.adherence"]);
    assert_eq!(errors(in_chair, &[&share("0.95")]), ["E5027 agent_groups.general.adherence"]);
    let model = compile(&with_shifts(shifts, &[&share("0.75")])).unwrap().model;
    assert!(model.groups.iter().any(|group| group.adherence.lost == 0.25));
    let site = ["agent_groups.general.site='rome'"];
    assert_eq!(errors(in_chair, &site), ["E5028 agent_groups.general.site"]);
}
