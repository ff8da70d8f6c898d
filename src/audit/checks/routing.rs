//! The rule of a leg is the one of smallest order whose conditions hold, and the queue is the rule's.

use super::attempts::redirects;
use crate::audit::plan::{Bound, Plan, us};
use crate::audit::report::Check;
use crate::audit::run::Run;
use crate::log::{LegFate, LegRow};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    for contact in run.legs_by_contact() {
        let (mut tier, mut redirected) = (1, false);
        for leg in contact.iter().filter(|leg| !leg.fate.ends_in_menu()) {
            // A callback keeps the place that its caller had.
            if leg.fate != LegFate::RefusedTrunks && !leg.is_callback() {
                // In its first queue a contact is what it chose.
                let chose = run.greeting(leg).filter(|_| leg.leg == 0).and_then(|row| row.chose.as_deref());
                let contact_type = chose.unwrap_or(&leg.contact_type);
                goes_by_its_rule(plan, Bound { leg, contact_type, tier, redirected, at: leg.entered }, check);
            }
            tier = leg.transferred_to.unwrap_or(tier);
            redirected = redirects(leg);
        }
    }
}

fn goes_by_its_rule(plan: &Plan<'_>, bound: Bound<'_>, check: &mut Check) {
    let (expected, leg) = (plan.route(bound), bound.leg);
    let queue = expected.map(|plan| plan.rule.queue.as_str());
    // A refused contact need not say which rule refused it.
    let rule = expected.map(|plan| plan.name).filter(|_| !leg.fate.is_refused() || leg.rule.is_some());
    let queue = queue.filter(|_| !leg.fate.is_refused() || leg.queue.is_some());
    let found = (leg.rule.as_deref(), leg.queue.as_deref());
    check.expect_of(leg, found == (rule, queue), || {
        (leg.entered, format!("rule and queue {:?}", (rule, queue)), format!("{found:?}"))
    });
    let open = queue.is_some_and(|queue| plan.is_open(queue, leg.entered));
    check.expect_of(
        leg,
        leg.fate != LegFate::RefusedClosed || leg.queue.is_some() || expected.is_none() || !open,
        || (leg.entered, "a rule to take it".into(), "a refusal without a queue".into()),
    );
    has_its_place(leg, expected.map(|plan| (plan.rule.priority, us(plan.rule.credit))), check);
}

/// Priority and credit are the rule's.
fn has_its_place(leg: &LegRow, expected: Option<(i32, i64)>, check: &mut Check) {
    let found = (leg.priority, leg.credit_s.map(|credit| credit.as_us() as i64));
    let fits = leg.rule.is_none()
        || expected.is_none_or(|(priority, credit_us)| found == (Some(priority), Some(credit_us)));
    check.expect_of(leg, fits, || {
        (leg.entered, format!("priority and credit {expected:?}"), format!("{found:?}"))
    });
}
