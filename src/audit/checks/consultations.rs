//! An agent asks another one as the contact type says: where a talk may end so, by the rules for tier 2, no longer than the limit, and goes
//! on with the caller when the other is done. Whoever then stays for a warm transfer has spoken when the caller goes into the next queue.

use crate::audit::plan::{Bound, Plan, us};
use crate::audit::report::Check;
use crate::audit::router::Router;
use crate::audit::run::Run;
use crate::log::{LegFate, LegRow, LogTime};
use crate::scenario::{Consultation, Distribution, Span};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let router = Router::new(plan, run);
    for pair in run.consultations.windows(2) {
        let same =
            (&pair[0].need, pair[0].attempt, pair[0].leg) == (&pair[1].need, pair[1].attempt, pair[1].leg);
        check.expect_of(pair[1], !same, || {
            (pair[1].entered, "one question in a leg".into(), "a second one".into())
        });
    }
    for &asked in &run.consultations {
        let leg = run.leg_of_consultation(asked).filter(|leg| leg.fate == LegFate::Answered);
        let terms = plan.type_of(asked).and_then(|of| of.consultation.as_ref());
        check.expect_of(asked, leg.is_some() && terms.is_some(), || {
            (asked.entered, "a leg whose agent may ask another".into(), "none".into())
        });
        let (Some(leg), Some(terms)) = (leg, terms) else { continue };
        let spoke_until = run.spoke_until(plan, leg);
        is_put_by(plan, (leg, spoke_until), asked, check);
        goes_by_rules(&router, asked, check);
        let of_group = plan.group_of(leg).and_then(|group| group.of.consultation_limit);
        waits_within_limit(of_group.unwrap_or(terms.limit), asked, check);
        lasts_as_said(terms, (leg, spoke_until), asked, check);
    }
}

/// An agent of tier 1 puts it during the talk with the caller, and another one of tier 2 answers.
fn is_put_by(plan: &Plan<'_>, (leg, spoke_until): (&LegRow, LogTime), asked: &LegRow, check: &mut Check) {
    let caller =
        |leg: &LegRow| (leg.contact_type.clone(), leg.profile.clone(), leg.number.clone(), leg.recognised);
    check.expect_of(asked, caller(leg) == caller(asked), || {
        (asked.entered, format!("the caller {:?}", caller(leg)), format!("{:?}", caller(asked)))
    });
    check.expect_of(asked, leg.tier == Some(1) && plan.may_end(leg, 0, "consult"), || {
        (asked.entered, "an agent of tier 1 whose talks may end so".into(), format!("{:?}", leg.agent))
    });
    let within = leg.left <= asked.entered && asked.caller_left() <= spoke_until;
    check.expect_of(asked, within, || {
        (asked.entered, "a question within the talk".into(), "one before or after it".into())
    });
    let other = asked.agent.is_none() || asked.tier == Some(2) && asked.agent != leg.agent;
    check.expect_of(asked, other && asked.outcome.is_none() && asked.transferred_to.is_none(), || {
        (asked.left, "an answer by another agent, of tier 2".into(), format!("{:?}", asked.agent))
    });
}

/// It goes where an escalated contact would.
fn goes_by_rules(router: &Router<'_>, asked: &LegRow, check: &mut Check) {
    let bound = Bound {
        leg: asked,
        contact_type: &asked.contact_type,
        tier: 2,
        redirected: false,
        at: asked.entered,
    };
    let possible = router.possible(bound);
    let fits = possible.iter().any(|rule| match rule {
        None => asked.queue.is_none() && asked.rule.is_none(),
        Some(plan) => {
            asked.queue.as_deref() == Some(&plan.rule.queue)
                && (asked.fate.is_refused() || asked.rule.as_deref() == Some(plan.name))
        }
    });
    check.expect_of(asked, fits, || {
        let rules: Vec<_> = possible.iter().map(|rule| rule.map(|plan| plan.name)).collect();
        (asked.entered, format!("one of the rules {rules:?}"), format!("{:?}", asked.rule))
    });
}

/// Who asks gives up at the limit, neither before nor later.
fn waits_within_limit(at_most: Span, asked: &LegRow, check: &mut Check) {
    let limit = LogTime(asked.entered.0 + us(at_most));
    let fits = match asked.fate {
        LegFate::Answered => asked.waited_until() <= limit,
        LegFate::Abandoned => asked.left == limit,
        LegFate::SentAway => asked.left <= limit,
        LegFate::RefusedClosed => true,
        _ => false,
    };
    check.expect_of(asked, fits, || {
        let found = format!("{} after {} us", asked.fate, asked.left.us_since(asked.entered));
        (asked.left, format!("a wait of at most {at_most}"), found)
    });
}

/// The two speak, the second wraps up and the first concludes as long as is said, where that is always the same.
fn lasts_as_said(
    terms: &Consultation,
    (leg, spoke_until): (&LegRow, LogTime),
    asked: &LegRow,
    check: &mut Check,
) {
    let taken = asked.fate == LegFate::Answered;
    let concluded = spoke_until.us_since(asked.caller_left());
    let mut lasts = |what: &str, of: Option<&Distribution>, found: i64| {
        let expected = match of {
            None => Some(0),
            Some(Distribution::Constant(time)) => Some(us(*time)),
            Some(_) => None,
        };
        check.expect_of(asked, expected.is_none_or(|expected| expected == found), || {
            (asked.left, format!("{what} of {expected:?} us"), format!("{found} us"))
        });
    };
    // A talk that ends with a booking takes as long as that on top.
    if !taken || leg.outcome != Some(crate::log::OutcomeName::Booking) {
        lasts("a conclusion", terms.conclusion.as_ref().filter(|_| taken), concluded);
    }
    if let (Some(talk), Some(wrap_up)) = (asked.talk_ended, asked.wrap_up_ended) {
        lasts("a consultation", Some(&terms.service_time), talk.us_since(asked.left));
        lasts("work after it", terms.wrap_up.as_ref(), wrap_up.us_since(talk));
    }
}
