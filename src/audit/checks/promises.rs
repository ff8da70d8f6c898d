//! A known caller who comes again goes to the agent who served the need last, if that one is idle, and otherwise waits for it as
//! long as the rule says.

use crate::audit::plan::Plan;
use crate::audit::promises::Promises;
use crate::audit::report::Check;
use crate::audit::run::Run;

pub fn examine(plan: &Plan<'_>, run: &Run<'_>, check: &mut Check) {
    let promises = Promises::new(plan, run);
    for leg in run.queued() {
        let Some(promise) = promises.of(leg) else { continue };
        check.expect_of(leg, promise.broken.is_none(), || {
            let (at, found) = promise.broken.unwrap_or_default();
            (at, format!("{} to take it", promise.agent), format!("the agent {found}"))
        });
    }
}
