//! Queues and how they widen, as the audit reads them.

use std::collections::BTreeMap;

use crate::audit::switch::Switch;
use crate::scenario::{ExpectedWait, Select};

/// A queue.
#[derive(Clone, Debug)]
pub struct QueuePlan<'a> {
    /// When it takes contacts; `None`: always.
    pub hours: Option<Switch>,
    /// Whether those who wait at closing are sent away.
    pub sends_away: bool,
    /// Which idle agent of a group answers.
    pub select: Select,
    pub expected_wait: ExpectedWait,
    /// In the order of `after`.
    pub steps: Vec<StepPlan<'a>>,
}

/// A step of a queue.
#[derive(Clone, Debug)]
pub struct StepPlan<'a> {
    pub name: &'a str,
    /// What it offers to callers.
    pub offer: Option<&'a str>,
    /// Microseconds since entering the queue.
    pub after_us: i64,
    /// The groups that may serve from now on, while its conditions hold.
    pub groups: Vec<&'a str>,
    /// More contacts than this must wait.
    pub waiting_over: Option<i64>,
    /// The expected wait must be longer than this, in microseconds.
    pub expected_over_us: Option<i64>,
    pub hours: Option<Switch>,
    /// By other group: more than so many must be idle.
    pub idle_over: &'a BTreeMap<String, u32>,
    /// By group: more than so many must be idle.
    pub reserve: &'a BTreeMap<String, u32>,
}

impl<'a> QueuePlan<'a> {
    /// The steps that bring a group.
    pub fn ways_of(&self, group: &str) -> impl Iterator<Item = &StepPlan<'a>> {
        self.steps.iter().filter(move |step| step.groups.contains(&group))
    }

    /// All groups that may serve some time, each with a step that brings it.
    pub fn ways(&self) -> impl Iterator<Item = (&'a str, &StepPlan<'a>)> {
        self.steps.iter().flat_map(|step| step.groups.iter().map(move |&group| (group, step)))
    }

    /// The groups of steps without conditions.
    pub fn unconditional_groups(&self) -> impl Iterator<Item = &'a str> {
        self.steps.iter().filter(|step| !step.is_conditional()).flat_map(|step| step.groups.iter().copied())
    }

    /// What `queue_over_rate` expects in seconds: every place ahead is cleared by the agents and by those there who hang up.
    pub fn queue_over_rate_s(&self, waiting: i64, heads: i64) -> f64 {
        let ExpectedWait::QueueOverRate { handle_time, patience } = self.expected_wait else { return 0.0 };
        if heads == 0 {
            return f64::INFINITY;
        }
        let handle_s = handle_time.as_s();
        let (rate, leaving) = (heads as f64 / handle_s, patience.map(|patience| 1.0 / patience.as_s()));
        match leaving {
            // Exactly the bound where it should be.
            None => (waiting as f64 + 1.0) * handle_s / heads as f64,
            Some(leaving) => (0..=waiting).map(|place| 1.0 / (rate + place as f64 * leaving)).sum(),
        }
    }
}

impl StepPlan<'_> {
    /// Whether it speaks of more than the time waited.
    pub fn is_conditional(&self) -> bool {
        self.has_condition() || !self.reserve.is_empty()
    }

    /// Whether it has a condition other than a reserve.
    pub fn has_condition(&self) -> bool {
        self.waiting_over.is_some()
            || self.expected_over_us.is_some()
            || self.hours.is_some()
            || !self.idle_over.is_empty()
    }

    /// How many agents of a group it leaves idle.
    pub fn reserve(&self, group: &str) -> i64 {
        self.reserve.get(group).copied().unwrap_or(0).into()
    }
}
