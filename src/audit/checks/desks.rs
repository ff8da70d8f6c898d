//! Counters: no more visits at once than desks with clerks, nobody waits while a clerk is free, and who is first goes first.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::plan::Plan;
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::log::{LogTime, NeedName, VisitRow};

/// A waiting visitor by who is served first: appointments by slot, then walk-ins by arrival.
type Place<'a> = (bool, LogTime, &'a NeedName);

fn place(row: &VisitRow) -> Place<'_> {
    (row.slot.is_none(), row.slot.or(row.came).unwrap_or(row.asked), &row.need)
}

/// What happens at a counter at one instant.
#[derive(Default)]
struct Instant<'a> {
    came: Vec<&'a VisitRow>,
    began: Vec<&'a VisitRow>,
    /// Left unserved.
    left: Vec<&'a VisitRow>,
    ended: i64,
}

fn instants<'a>(run: &Run<'a>, counter: &str) -> BTreeMap<LogTime, Instant<'a>> {
    let mut instants: BTreeMap<LogTime, Instant<'a>> = BTreeMap::new();
    for row in run.visits.iter().copied().filter(|row| &*row.counter == counter) {
        let Some(came) = row.came else { continue };
        instants.entry(came).or_default().came.push(row);
        match row.began {
            Some(began) => {
                instants.entry(began).or_default().began.push(row);
                instants.entry(row.ended).or_default().ended += 1;
            }
            None => instants.entry(row.ended).or_default().left.push(row),
        }
    }
    instants
}

/// As many are served as there are clerks at desks, or all who are there.
pub fn examine_desks(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for (name, counter) in &plan.counters {
        let mut instants = instants(run, name);
        for at in counter.changes() {
            instants.entry(at).or_default();
        }
        let (mut waiting, mut served) = (0_i64, 0_i64);
        for (at, instant) in instants {
            let began = instant.began.len() as i64;
            served += began - instant.ended;
            waiting += instant.came.len() as i64 - began - instant.left.len() as i64;
            let most = counter.served_at_once(at);
            // Who begins as another ends does so before clerks change.
            let just_before = counter.served_at_once(LogTime(at.0 - 1));
            let tell =
                |expected: String, found: String| run.finding(format!("counter {name}"), at, expected, found);
            check.expect(began == 0 || served <= most.max(just_before), || {
                tell(format!("at most {most} visits at once"), format!("{served}"))
            });
            check.expect(served <= i64::from(counter.of.desks), || {
                tell(format!("at most {} desks", counter.of.desks), format!("{served}"))
            });
            check.expect(waiting == 0 || served >= most, || {
                tell(format!("{most} served while {waiting} wait"), format!("{served}"))
            });
        }
    }
}

/// Appointments go by slot, and before walk-ins, who go by arrival.
pub fn examine_order(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for name in plan.counters.keys() {
        let mut waiting: BTreeSet<Place<'_>> = BTreeSet::new();
        for (at, instant) in instants(run, name) {
            for row in instant.began.iter().chain(&instant.left) {
                waiting.remove(&place(row));
            }
            let last = instant.began.iter().map(|row| place(row)).max();
            if let (Some(first), Some(last)) = (waiting.first(), last) {
                check.expect(*first > last, || {
                    run.finding(
                        format!("counter {name}"),
                        at,
                        format!("the visit of {} first", first.2),
                        format!("that of {}", last.2),
                    )
                });
            }
            let stays = |row: &&&VisitRow| row.began.unwrap_or(row.ended) > at;
            waiting.extend(instant.came.iter().filter(stays).map(|row| place(row)));
        }
    }
}
