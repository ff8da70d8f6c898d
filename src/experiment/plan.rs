//! How far a run goes, and what stopped it.

use std::time::Duration;

/// The first checkpoint of a sequential run; each is twice the one before.
pub const FIRST_CHECKPOINT: u32 = 10;

/// How many replications on how many threads, and what may end the run before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Replications 0 to this less 1, at most.
    pub replications: u32,
    /// Threads that simulate; 0 for one a core.
    pub threads: usize,
    /// Whether the store is asked after 10, 20, 40, 80, ... replications, and after the last, if there are enough of them. The
    /// counts are fixed, so that threads cannot change how many there will be.
    pub checkpoints: bool,
    /// No replication begins later than this after the start of the run, but for the first.
    pub time_limit: Option<Duration>,
}

/// How a run came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// Replications 0 to this less 1 were kept.
    pub replications: u32,
    /// What stopped it.
    pub by: StopReason,
}

/// What stopped a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// All replications of the plan.
    Count,
    /// The store had enough.
    Precision,
    /// The wall clock.
    Time,
}

impl StopReason {
    /// As files name it.
    pub fn name(self) -> &'static str {
        match self {
            StopReason::Count => "count",
            StopReason::Precision => "precision",
            StopReason::Time => "time",
        }
    }
}

impl Plan {
    /// A fixed number of replications.
    pub fn of(replications: u32, threads: usize) -> Plan {
        Plan { replications, threads, checkpoints: false, time_limit: None }
    }

    /// How many there will be before the store is asked again, `kept` of them being there.
    pub fn goal_after(&self, kept: u32) -> u32 {
        if !self.checkpoints {
            return self.replications;
        }
        let mut goal = FIRST_CHECKPOINT;
        while goal <= kept {
            goal = goal.saturating_mul(2);
        }
        goal.min(self.replications)
    }

    /// Whether the store is asked once `kept` replications are there.
    pub(super) fn asks_after(&self, kept: u32) -> bool {
        self.checkpoints && self.goal_after(kept - 1) == kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkpoints_double_up_to_the_last() {
        let plan = Plan { checkpoints: true, ..Plan::of(70, 1) };
        let asked: Vec<u32> = (1..=70).filter(|&kept| plan.asks_after(kept)).collect();
        assert_eq!(asked, [10, 20, 40, 70]);
        assert!((1..=70).all(|kept| !Plan::of(70, 1).asks_after(kept)));
        assert_eq!(Plan { checkpoints: true, ..Plan::of(u32::MAX, 1) }.goal_after(u32::MAX - 1), u32::MAX);
    }
}
