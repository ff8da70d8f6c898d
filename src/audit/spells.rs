//! When agents were at work, by the legs and dials: one spell each, or of agents with several chats at once, and of those who have put
//! work aside, one spell as long as they had any.

use std::collections::BTreeMap;

use super::plan::Plan;
use super::run::Run;
use crate::log::{DialRow, LegRow, LogTime};

/// From when to when somebody was at work.
pub(super) type Spell = (LogTime, LogTime);

/// By (group, agent), in order of time.
pub(super) fn spells<'a>(plan: &Plan<'_>, run: &Run<'a>) -> BTreeMap<(&'a str, &'a str), Vec<Spell>> {
    let mut spells: BTreeMap<(&str, &str), Vec<Spell>> = BTreeMap::new();
    let dials = run.dials.iter().filter_map(|dial| work_of_dial(dial));
    for (group, agent, spell) in run.stays.iter().filter_map(|leg| work(leg)).chain(dials) {
        spells.entry((group, agent)).or_default().push(spell);
    }
    for (&(group, _), spells) in &mut spells {
        spells.sort_unstable();
        let Some(group) = plan.groups.get(group) else { continue };
        if group.of.concurrency.is_some() {
            *spells = joined(spells);
        } else if group.of.interruptible_wrap_up.is_some() || group.of.interruptible_written {
            // Who has put something aside works until it is done.
            *spells = overlapping(spells);
        }
    }
    spells
}

/// Who served a leg, from when to when.
pub(super) fn work(leg: &LegRow) -> Option<(&str, &str, Spell)> {
    Some((leg.group.as_deref()?, leg.agent.as_deref()?, (leg.assigned?, leg.wrap_up_ended?)))
}

/// Who dialled or spoke for a campaign, from when to when.
pub(super) fn work_of_dial(dial: &DialRow) -> Option<(&str, &str, Spell)> {
    Some((dial.group.as_deref()?, dial.agent.as_deref()?, (dial.assigned?, dial.wrap_up_ended?)))
}

/// Spells that overlap or touch as one; they come in order.
pub(super) fn joined(spells: &[Spell]) -> Vec<Spell> {
    let mut joined: Vec<Spell> = Vec::new();
    for &(from, to) in spells {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// Spells that overlap as one; they come in order.
fn overlapping(spells: &[Spell]) -> Vec<Spell> {
    let mut together: Vec<Spell> = Vec::new();
    for &(from, to) in spells {
        match together.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => together.push((from, to)),
        }
    }
    together
}
