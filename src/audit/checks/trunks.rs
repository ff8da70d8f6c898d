//! Calls fit on the lines of their trunk, and none is refused while a line is free.
//!
//! A call holds its line from its arrival until its caller has left, in the menu and over transfers.

use std::collections::BTreeMap;

use crate::audit::plan::Plan;
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::log::{LegFate, LegRow, LogTime};

/// The calls of a trunk.
#[derive(Default)]
struct Calls<'a> {
    begins: Vec<(LogTime, &'a LegRow)>,
    ends: Vec<LogTime>,
    refused: Vec<&'a LegRow>,
}

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let mut trunks: BTreeMap<&str, Calls<'_>> = BTreeMap::new();
    for contact in run.legs_by_contact() {
        let (Some(first), Some(last)) = (contact.first(), contact.last()) else { continue };
        let trunk = plan.trunk_of(first);
        let refused = first.fate == LegFate::RefusedTrunks;
        check.expect_of(first, !refused || trunk.is_some(), || {
            (first.entered, "a number with a trunk".into(), "a refusal by trunks on one without".into())
        });
        let Some(trunk) = trunk else { continue };
        let calls = trunks.entry(trunk).or_default();
        if refused {
            calls.refused.push(first);
        } else if first.fate != LegFate::RefusedClosed || run.greeting(first).is_some() {
            calls.begins.push((run.called(first), first));
            // Who accepts a callback frees the line.
            let accepted = contact.iter().find(|leg| leg.fate == LegFate::Callback);
            calls.ends.push(accepted.map_or(last.caller_left(), |leg| leg.left));
        }
    }
    for (name, calls) in &mut trunks {
        let lines = plan.scenario.trunks.get(*name).map_or(0, |trunk| trunk.lines as usize);
        calls.begins.sort_by_key(|&(at, _)| at);
        calls.ends.sort_unstable();
        calls.fit(name, lines, check);
    }
}

impl Calls<'_> {
    fn fit(&self, name: &str, lines: usize, check: &mut Check) {
        for (index, &(at, leg)) in self.begins.iter().enumerate() {
            // Who left at this instant has left before; calls that begin together count as far as this one.
            let in_use = (index + 1).saturating_sub(self.ends.partition_point(|&end| end <= at));
            check.expect_of(leg, in_use <= lines, || {
                (at, format!("at most {lines} calls on {name}"), in_use.to_string())
            });
        }
        for leg in &self.refused {
            let at = leg.entered;
            // Calls that begin or end at this very instant may have been there.
            let begun = self.begins.partition_point(|&(begins, _)| begins <= at);
            let in_use = begun - self.ends.partition_point(|&end| end < at);
            check.expect_of(leg, in_use >= lines, || {
                (at, format!("a refusal only with all {lines} lines of {name} in use"), format!("{in_use}"))
            });
        }
    }
}
