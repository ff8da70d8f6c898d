//! The counts of DESIGN 7 from the legs alone, so that what a run reports can be held against its log.

use std::collections::BTreeMap;

use crate::calendar::PeriodGrid;
use crate::log::{Cause, LegFate, LegRow, Name, OutcomeName};
use crate::time::SimDuration;

/// What the legs are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScopeKind {
    /// All together.
    Whole,
    /// By contact type.
    ContactType,
    /// By queue; refused contacts by the queue that they were bound for, if one is known.
    Queue,
    /// By serving group: only answered legs have one.
    AgentGroup,
    /// By the serving group's tier.
    Tier,
    /// By the serving agent's vendor.
    Vendor,
    /// By profile.
    Profile,
    /// By access number.
    Number,
    /// By channel.
    Channel,
    /// By topic.
    Topic,
}

/// One row of a recount.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// The queue, group ...; empty for the whole and where a leg has none.
    pub name: Name,
    /// The period in which the legs entered, if they are counted by period.
    pub period: Option<usize>,
}

/// Counts and waits of legs, DESIGN 5 and 7, with t the threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// A.
    pub answered: u64,
    /// B.
    pub abandoned: u64,
    /// C.
    pub callbacks: u64,
    /// D.
    pub sent_away: u64,
    /// F.
    pub moved: u64,
    /// X.
    pub blocked: u64,
    /// Calls without a leg, whose need the menu met.
    pub self_served: u64,
    /// Calls without a leg, whose callers hung up in lookup or menu.
    pub left_menu: u64,
    /// A_t: answered after a wait of at most t.
    pub answered_within: u64,
    /// B_t: hung up after a wait of at most t.
    pub abandoned_within: u64,
    /// Sum of the waits of the answered.
    pub wait_answered: SimDuration,
    /// Sum of the waits of the abandoned.
    pub wait_abandoned: SimDuration,
    /// Sum of all waits.
    pub wait: SimDuration,
    /// Sum of talk and hold, wrap-up and answer delay excluded.
    pub talk: SimDuration,
    /// Sum of wrap-up.
    pub wrap_up: SimDuration,
    /// Answered legs that were passed on.
    pub transferred: u64,
    /// Those of them that went to another department of the same tier.
    pub redirected: u64,
    /// Those of them that went back to tier 1.
    pub sent_back: u64,
    /// Those of them that went to their own queue, after a wrong choice in the menu.
    pub misrouted: u64,
    /// Legs and refusals of contacts that are not their need's first.
    pub again: u64,
    /// Those of them that ask for news of a case.
    pub news: u64,
    /// Talk, hold and wrap-up of `again`.
    pub work_again: SimDuration,
}

impl Counts {
    /// O = A + B + C + D + F.
    pub fn offered(&self) -> u64 {
        self.answered + self.abandoned + self.callbacks + self.sent_away + self.moved
    }
}

/// Counts legs by scope and, with a grid, by the period in which they entered. With a grid, legs before its start
/// (the run-in) are left out and those from its end on belong to its last period. All replications together.
pub fn recount(
    legs: &[LegRow],
    within: SimDuration,
    by: ScopeKind,
    periods: Option<&PeriodGrid>,
) -> BTreeMap<Scope, Counts> {
    let mut counts = BTreeMap::new();
    // Tries to call back and questions to other agents are no callers'.
    for leg in legs.iter().filter(|leg| !leg.is_callback() && !leg.is_consultation()) {
        let period = periods.map(|grid| period_of(grid, leg));
        if period == Some(None) {
            continue;
        }
        let scope = Scope { name: name_of(leg, by), period: period.flatten() };
        add(counts.entry(scope).or_default(), leg, within);
    }
    counts
}

fn period_of(grid: &PeriodGrid, leg: &LegRow) -> Option<usize> {
    let unix_s = leg.entered.unix_s();
    let late = unix_s >= grid.end() && grid.len > 0;
    grid.index(unix_s).or_else(|| late.then(|| grid.len - 1))
}

fn name_of(leg: &LegRow, by: ScopeKind) -> Name {
    let name = match by {
        ScopeKind::Whole => None,
        ScopeKind::ContactType => Some(leg.contact_type.clone()),
        ScopeKind::Queue => leg.queue.clone(),
        ScopeKind::AgentGroup => leg.group.clone(),
        ScopeKind::Tier => leg.tier.map(|tier| tier.to_string().into()),
        ScopeKind::Vendor => leg.vendor.clone(),
        ScopeKind::Profile => leg.profile.clone(),
        ScopeKind::Number => leg.number.clone(),
        ScopeKind::Topic => leg.topic.clone(),
        ScopeKind::Channel => Some(leg.channel.clone()),
    };
    name.unwrap_or_default()
}

fn add(counts: &mut Counts, leg: &LegRow, within: SimDuration) {
    let in_time = u64::from(leg.wait_s <= within);
    counts.wait += leg.wait_s;
    if !leg.cause.is_fresh() && !leg.fate.ends_in_menu() {
        counts.again += 1;
        counts.news += u64::from(leg.cause == Cause::Status);
    }
    match leg.fate {
        LegFate::Answered => {
            counts.answered += 1;
            counts.answered_within += in_time;
            counts.wait_answered += leg.wait_s;
            add_service(counts, leg);
        }
        LegFate::Abandoned => {
            counts.abandoned += 1;
            counts.abandoned_within += in_time;
            counts.wait_abandoned += leg.wait_s;
        }
        LegFate::SentAway => counts.sent_away += 1,
        LegFate::Callback => counts.callbacks += 1,
        LegFate::Moved => counts.moved += 1,
        LegFate::RefusedTrunks | LegFate::RefusedClosed => counts.blocked += 1,
        LegFate::SelfServed => counts.self_served += 1,
        LegFate::LeftMenu => counts.left_menu += 1,
        LegFate::NotReached => {}
    }
}

fn add_service(counts: &mut Counts, leg: &LegRow) {
    let (Some(talk_ended), Some(wrap_up_ended)) = (leg.talk_ended, leg.wrap_up_ended) else { return };
    let span = |us: i64| SimDuration::from_us(us.max(0) as u64);
    counts.talk += span(talk_ended.us_since(leg.left));
    counts.wrap_up += span(wrap_up_ended.us_since(talk_ended));
    if !leg.cause.is_fresh() {
        counts.work_again += span(wrap_up_ended.us_since(leg.left));
    }
    counts.transferred += u64::from(leg.transferred_to.is_some());
    counts.redirected += u64::from(leg.outcome == Some(OutcomeName::WrongDepartment));
    counts.sent_back += u64::from(leg.outcome == Some(OutcomeName::SentBack));
    counts.misrouted += u64::from(leg.outcome == Some(OutcomeName::Misrouted));
}
