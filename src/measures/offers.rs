//! What callers were offered and what became of promised callbacks: kept beside the cells, and only where something is offered.

use super::layout::Layout;
use crate::engine::{CallbackEnd, Caller, PromiseEnd};
use crate::model::QueueId;

/// Offers to callers of one entity in one span of time, and promises to them that ended in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfferCell {
    /// Callbacks that were offered.
    pub callbacks_offered: u32,
    /// ... and accepted.
    pub callbacks_accepted: u32,
    /// Other ways that were offered.
    pub deferrals_offered: u32,
    /// ... and accepted.
    pub deferrals_accepted: u32,
    /// Accepted, and the other way met the need.
    pub deferrals_met: u32,
    /// Promises of callbacks that ended.
    pub promises: u32,
    /// Those whose citizen was reached.
    pub reached: u32,
    /// Those whose citizen was reached as was promised.
    pub kept: u32,
    /// How often agents dialled for them.
    pub tries: u32,
    /// From accepting to being reached, of those who were, in microseconds.
    pub reached_after_us: u64,
}

impl OfferCell {
    /// An offer.
    pub(super) fn of_offer(is_callback: bool, taken: bool) -> OfferCell {
        let (callback, deferral) = (u32::from(is_callback), u32::from(!is_callback));
        let taken = u32::from(taken);
        OfferCell {
            callbacks_offered: callback,
            callbacks_accepted: callback * taken,
            deferrals_offered: deferral,
            deferrals_accepted: deferral * taken,
            ..OfferCell::default()
        }
    }

    /// A promise that is over.
    pub(super) fn of_promise(end: &CallbackEnd) -> OfferCell {
        let after_us = match end.end {
            PromiseEnd::Reached { at } => Some(at.since(end.accepted).as_us()),
            PromiseEnd::Failed | PromiseEnd::Open => None,
        };
        OfferCell {
            promises: 1,
            reached: u32::from(after_us.is_some()),
            kept: u32::from(end.kept),
            tries: u32::from(end.tries),
            reached_after_us: after_us.unwrap_or(0),
            ..OfferCell::default()
        }
    }

    pub(super) fn add(&mut self, other: &OfferCell) {
        self.callbacks_offered += other.callbacks_offered;
        self.callbacks_accepted += other.callbacks_accepted;
        self.deferrals_offered += other.deferrals_offered;
        self.deferrals_accepted += other.deferrals_accepted;
        self.deferrals_met += other.deferrals_met;
        self.promises += other.promises;
        self.reached += other.reached;
        self.kept += other.kept;
        self.tries += other.tries;
        self.reached_after_us += other.reached_after_us;
    }
}

/// How many cells offers have, [contact types | queues | profiles, if several | numbers, if several]; 0 where nothing is offered.
pub(super) fn width(layout: &Layout) -> usize {
    if layout.has_offers { layout.types + layout.queues + layout.profiles + layout.numbers } else { 0 }
}

/// Calls `count` for the cells of a caller in a queue.
pub(super) fn each_cell(layout: &Layout, caller: &Caller, queue: QueueId, mut count: impl FnMut(usize)) {
    count(caller.contact_type.index());
    count(layout.types + queue.index());
    let first_profile = layout.types + layout.queues;
    if layout.profiles > 0 {
        count(first_profile + caller.profile.index());
    }
    if layout.numbers > 0 {
        count(first_profile + layout.profiles + caller.number.index());
    }
}
