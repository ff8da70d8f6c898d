//! Those who wait when the run begins are as many as the start state says, came evenly before it, and wait until then.

use crate::audit::plan::{Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::log::{LegRow, LogTime};
use crate::scenario::Waiting;

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for (name, of) in plan.scenario.start_state.iter().flat_map(|state| &state.waiting) {
        let process = Plan::process_of_waiting(name);
        let legs = run.legs_by_need().filter_map(|legs| legs.first().copied());
        let mut legs: Vec<&LegRow> = legs.filter(|leg| *leg.need.process == *process).collect();
        legs.sort_by_key(|leg| leg.entered);
        check.expect(legs.len() == of.count as usize, || {
            run.finding(process.clone(), plan.begins, format!("{} who wait", of.count), legs.len())
        });
        for (number, leg) in (0..).zip(&legs) {
            came_in_its_turn(plan.begins, of, number, leg, check);
            is_who_it_is_said_to_be(name, of, leg, check);
            check.expect_of(leg, !leg.fate.is_refused() && leg.waited_until() >= plan.begins, || {
                (plan.begins, "one who still waits".into(), format!("one who is {} before", leg.fate))
            });
        }
    }
}

/// The first has waited the longest; from each to the next it is as long as from the last to the start.
fn came_in_its_turn(begins: LogTime, of: &Waiting, number: i64, leg: &LegRow, check: &mut Check) {
    let exactly_us = us(of.waited) as f64 * (1.0 - number as f64 / f64::from(of.count));
    let waited_us = begins.us_since(leg.entered);
    let fits = waited_us > 0 && (waited_us as f64 - exactly_us).abs() <= 1.0;
    check.expect_of(leg, fits, || {
        (leg.entered, format!("number {number} to have waited {exactly_us} us"), format!("{waited_us} us"))
    });
}

fn is_who_it_is_said_to_be(name: &str, of: &Waiting, leg: &LegRow, check: &mut Check) {
    let same = |said: &Option<String>, is: Option<&str>| said.is_none() || said.as_deref() == is;
    let fits = of.contact_type.as_deref().unwrap_or(name) == &*leg.contact_type
        && same(&of.profile, leg.profile.as_deref())
        && same(&of.number, leg.number.as_deref())
        && of.recognised.is_none_or(|recognised| recognised == leg.recognised);
    check.expect_of(leg, fits, || {
        let found = format!("{} of {:?} on {:?}", leg.contact_type, leg.profile, leg.number);
        (leg.entered, format!("one of those who wait as {name}"), found)
    });
}
