//! What is offered to those who wait.

use super::{Ledger, counted};
use crate::support::Recorded;
use centralino::log::{LegFate, LegRow, LogTime};
use centralino::measures::{Basis, ScopeKind};

/// What became of an accepted offer.
#[derive(Default)]
pub(super) struct Taken {
    promises: f64,
    reached: f64,
    kept: f64,
    tries: f64,
    reached_after_s: f64,
    moved: f64,
    met: f64,
}

/// Callbacks and other ways, by who calls and by queue. Offers that were declined leave no trace in the log.
pub(super) fn offers(run: &Recorded, ledger: &mut Ledger) {
    let (start, _) = counted(run);
    let mut legs: Vec<&LegRow> = run.logs.legs.iter().filter(|leg| !leg.is_consultation()).collect();
    legs.sort_by_key(|leg| (&leg.need, leg.attempt, leg.leg));
    for kind in
        [ScopeKind::Whole, ScopeKind::ContactType, ScopeKind::Queue, ScopeKind::Profile, ScopeKind::Number]
    {
        for name in ledger.scopes(kind) {
            let mut sums = Taken::default();
            for (row, leg) in legs.iter().enumerate() {
                let is_of = match kind {
                    ScopeKind::ContactType => *leg.contact_type == *name,
                    ScopeKind::Queue => leg.queue.as_deref() == Some(&name),
                    ScopeKind::Profile => leg.profile.as_deref() == Some(&name),
                    ScopeKind::Number => leg.number.as_deref() == Some(&name),
                    _ => true,
                };
                if is_of && leg.entered >= start {
                    let tries = legs[row + 1..].iter().take_while(|other| other.is_callback());
                    sums.add(run, leg, &tries.copied().collect::<Vec<_>>());
                }
            }
            let Taken { promises, reached, kept, tries, reached_after_s, moved, met } = sums;
            for basis in [Basis::Contact, Basis::Leg] {
                let mut expect = |measure, found| ledger.expect(measure, basis, (kind, &name), found);
                expect("callbacks_kept", (kept, promises));
                expect("callbacks_reached", (reached, promises));
                expect("callback_tries", (tries, promises));
                expect("time_to_callback", (reached_after_s, reached));
                expect("deferral_success", (met, moved));
            }
        }
    }
}

impl Taken {
    fn add(&mut self, run: &Recorded, leg: &LegRow, tries: &[&LegRow]) {
        match leg.fate {
            LegFate::Moved => {
                self.moved += 1.0;
                self.met += f64::from(u8::from(leg.outcome.is_some()));
            }
            LegFate::Callback => {
                self.promises += 1.0;
                self.tries += tries.iter().filter(|row| row.assigned.is_some()).count() as f64;
                if let Some(reached) = tries.iter().find(|row| row.fate == LegFate::Answered) {
                    self.reached += 1.0;
                    self.kept += f64::from(u8::from(is_kept(run, leg, tries[0], reached)));
                    self.reached_after_s += reached.left.us_since(leg.left) as f64 / 1e6;
                }
            }
            _ => {}
        }
    }
}

/// Whether a citizen was reached in the slot, or within the time that the offer says.
pub(super) fn is_kept(run: &Recorded, leg: &LegRow, first: &LegRow, reached: &LegRow) -> bool {
    let queue = &run.scenario.queues[leg.queue.as_deref().unwrap()];
    let offer = queue.steps[leg.step.as_deref().unwrap()].offer.as_ref().unwrap();
    let callback = run.scenario.offers[offer].callback.as_ref().unwrap();
    let s_since = |from: LogTime| reached.left.us_since(from) as f64 / 1e6;
    match (&callback.slots, callback.within) {
        (Some(slots), _) => s_since(first.entered) < slots.length.as_s(),
        (None, Some(within)) => s_since(leg.left) < within.as_s(),
        (None, None) => true,
    }
}
