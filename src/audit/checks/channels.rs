//! A contact comes by the channel of its type, and what is written stays until it is answered or the run is over.

use crate::audit::plan::{Bound, Plan};
use crate::audit::report::Check;
use crate::audit::router::Router;
use crate::audit::run::Run;
use crate::log::{CALLBACK_CHANNEL, LegFate, LegRow};

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let router = Router::new(plan, run);
    for leg in &run.legs {
        let channel = plan.type_of(leg).map_or("", |of| of.channel.name());
        // Whoever is called back does not come, but is called.
        let called_back = *leg.channel == *CALLBACK_CHANNEL && plan.is_call(leg);
        check.expect_of(leg, *leg.channel == *channel || called_back, || {
            (leg.entered, format!("a contact by {channel}"), format!("one by {}", leg.channel))
        });
        if plan.is_written(leg) {
            stays(plan, &router, leg, check);
        }
    }
}

/// At any hour it is taken where a rule says so, it is never given up, and it is sent away by the end of the run alone.
fn stays(plan: &Plan<'_>, router: &Router<'_>, leg: &LegRow, check: &mut Check) {
    let possible = match leg.fate {
        LegFate::Answered => true,
        LegFate::SentAway => leg.left == leg.entered.max(plan.horizon),
        LegFate::RefusedClosed if leg.leg == 0 => {
            let bound =
                Bound { leg, contact_type: &leg.contact_type, tier: 1, redirected: false, at: leg.entered };
            router.possible(bound).iter().any(Option::is_none)
        }
        LegFate::RefusedClosed => leg.queue.is_none(),
        _ => false,
    };
    check.expect_of(leg, possible, || {
        (
            leg.left,
            "what is written to stay until it is answered".into(),
            format!("a leg that is {}", leg.fate),
        )
    });
}
