//! The rule of a leg is the one of smallest order whose conditions hold, and the queue is the rule's.

use super::attempts::redirects;
use crate::audit::plan::{Bound, Plan, RulePlan, us};
use crate::audit::report::Check;
use crate::audit::router::{Marks, Router, Truth};
use crate::audit::run::Run;
use crate::log::{LegFate, LegRow};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let router = Router::new(plan, run);
    for contact in run.legs_by_contact() {
        let (mut tier, mut redirected) = (1, false);
        for leg in contact.iter().filter(|leg| !leg.fate.ends_in_menu()) {
            // A callback keeps the place that its caller had.
            if leg.fate != LegFate::RefusedTrunks && !leg.is_callback() {
                // In its first queue a contact is what it chose.
                let chose = run.greeting(leg).filter(|_| leg.leg == 0).and_then(|row| row.chose.as_deref());
                let contact_type = chose.unwrap_or(&leg.contact_type);
                let bound = Bound { leg, contact_type, tier, redirected, at: leg.entered };
                goes_by_its_rule(&router, bound, check);
            }
            tier = leg.transferred_to.unwrap_or(tier);
            redirected = redirects(leg);
        }
    }
}

fn goes_by_its_rule(router: &Router<'_>, bound: Bound<'_>, check: &mut Check) {
    let (possible, leg) = (router.possible(bound), bound.leg);
    // Of several that may have taken it, the one that the leg names, or else that leads to its queue.
    let named = possible.iter().flatten().find(|plan| Some(plan.name) == leg.rule.as_deref());
    let leads = |plan: &&&RulePlan<'_>| leg.rule.is_none() && leg.queue.as_deref() == Some(&plan.rule.queue);
    let perhaps = named.or_else(|| possible.iter().flatten().find(leads)).copied();
    let none = possible.iter().any(Option::is_none) && leg.queue.is_none() && leg.rule.is_none();
    let expected = if none { None } else { perhaps.or_else(|| possible.first().copied().flatten()) };
    let queue = expected.map(|plan| plan.rule.queue.as_str());
    // A refused contact need not say which rule refused it.
    let rule = expected.map(|plan| plan.name).filter(|_| !leg.fate.is_refused() || leg.rule.is_some());
    let queue = queue.filter(|_| !leg.fate.is_refused() || leg.queue.is_some());
    let found = (leg.rule.as_deref(), leg.queue.as_deref());
    check.expect_of(leg, found == (rule, queue), || {
        (leg.entered, format!("rule and queue {:?}", (rule, queue)), format!("{found:?}"))
    });
    let open = queue.is_some_and(|queue| router.plan.is_open(queue, leg.entered));
    check.expect_of(
        leg,
        leg.fate != LegFate::RefusedClosed
            || leg.queue.is_some()
            || expected.is_none()
            || !open
            || router.plan.is_number_closed(leg, leg.entered),
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

/// A need has one mark: rules that ask for it take its contacts, or leave them to others, as one and the same.
pub fn examine_marks(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let router = Router::new(plan, run);
    for need in run.legs_by_need() {
        let mut marks = Marks::all();
        for contact in need.chunk_by(|a, b| a.attempt == b.attempt) {
            marks_of_contact(&router, run, contact, &mut marks);
        }
        check.expect(marks.is_somewhere(), || {
            run.finding(&need[0].need, need[0].entered, "one mark", "contacts that went by different ones")
        });
    }
}

fn marks_of_contact(router: &Router<'_>, run: &Run<'_>, contact: &[&LegRow], marks: &mut Marks) {
    let (mut tier, mut redirected) = (1, false);
    for leg in contact {
        let chose = run.greeting(leg).filter(|_| leg.leg == 0).and_then(|row| row.chose.as_deref());
        let contact_type = chose.unwrap_or(&leg.contact_type);
        let bound = Bound { leg, contact_type, tier, redirected, at: leg.entered };
        // A callback keeps its place and goes by no rule, but its talk may pass the contact on.
        let by_rule = leg.fate.is_queued() && !leg.is_callback();
        for (rule, truth) in router.tried(bound).filter(|_| by_rule) {
            let takes = Some(rule.name) == leg.rule.as_deref();
            // A rule that also counts may have been passed over for that.
            let certain = truth != Truth::No && rule.rule.when.at_most.is_none();
            if let Some(mark) = rule.rule.when.mark.filter(|_| takes || certain) {
                marks.cut(mark, takes);
            }
            if takes {
                break;
            }
        }
        tier = leg.transferred_to.unwrap_or(tier);
        redirected = redirects(leg);
    }
}
