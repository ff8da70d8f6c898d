//! Whether one more replication may begin: the only place that looks at a wall clock.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Hands out numbers of replications until time is up. Those handed out are 0, 1, ... without a gap, so that what was begun is
/// a prefix, whatever thread came first.
#[derive(Debug)]
pub(super) struct Gate {
    clock: Clock,
    begun: Mutex<u32>,
}

#[derive(Debug)]
struct Clock {
    #[expect(
        clippy::disallowed_types,
        reason = "a time limit is about the wall clock; no digit depends on it"
    )]
    start: std::time::Instant,
    limit: Option<Duration>,
}

impl Gate {
    /// Open from now on for so long, or for ever.
    #[expect(
        clippy::disallowed_types,
        reason = "a time limit is about the wall clock; no digit depends on it"
    )]
    pub(super) fn open_for(limit: Option<Duration>) -> Gate {
        Gate { clock: Clock { start: std::time::Instant::now(), limit }, begun: Mutex::new(0) }
    }

    /// The next replication, which begins with this; or how many have begun, if no more may. The first always may: a run of
    /// none has nothing to say.
    pub(super) fn next(&self) -> Result<u32, u32> {
        // A number is changed at once, so a panic elsewhere leaves it right.
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        if *begun > 0 && self.clock.is_over() {
            return Err(*begun);
        }
        *begun += 1;
        Ok(*begun - 1)
    }
}

impl Clock {
    fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.start.elapsed() >= limit)
    }
}
