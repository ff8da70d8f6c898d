//! Contacts that would not have come, had an earlier one helped: kept beside the cells, and only where contacts come again.

use crate::engine::{Cause, Leg};
use crate::model::Model;

/// Legs of one entity whose contact is not its need's first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Again {
    /// All of them, refused ones included.
    pub contacts: u32,
    /// Those that asked for news of a case.
    pub news: u32,
    /// Those that complained about a closed one.
    pub complaints: u32,
    /// Their handle times, in microseconds.
    pub handle_us: u64,
}

impl Again {
    pub(super) fn add(&mut self, other: &Again) {
        self.contacts += other.contacts;
        self.news += other.news;
        self.complaints += other.complaints;
        self.handle_us += other.handle_us;
    }

    /// Adds a leg, or a refusal, of a contact with this cause.
    pub(super) fn count(&mut self, cause: Cause, handle_us: u64) {
        self.contacts += u32::from(!cause.is_fresh());
        self.news += u32::from(cause == Cause::Status);
        self.complaints += u32::from(cause == Cause::Complaint);
        self.handle_us += if cause.is_fresh() { 0 } else { handle_us };
    }
}

/// Whether contacts of a model come again: after nobody answered, after a talk that did not help, about a case.
pub(super) fn come(model: &Model) -> bool {
    let again = |of: &crate::model::ContactType| {
        of.after_unresolved.is_some() || of.after_abandonment.is_some() || of.after_blocking.is_some()
    };
    model.contact_types.iter().any(again) || !model.case_types.is_empty()
}

/// Talk after the caller was answered, and the work after it.
pub(super) fn handle_us(leg: &Leg) -> u64 {
    leg.service.as_ref().map_or(0, |service| service.handle_time(leg.left).as_us())
}
