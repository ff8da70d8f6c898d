//! One replication of a compiled scenario.
//!
//! Events at one instant go in the order of DESIGN 5; every random number has an address, so nothing depends on the
//! order in which numbers are asked for. The engine reads no file and no clock, starts no thread and prints nothing: what
//! it has to tell goes to an [`Observer`].

mod after_closing;
mod agents;
mod anticipating;
mod arrivals;
mod attendance;
mod awaited;
mod back_office;
#[cfg(test)]
mod back_office_stories;
mod bits;
mod blending;
mod booking;
mod busyness;
#[cfg(test)]
mod callback_stories;
mod callbacks;
#[cfg(test)]
mod campaign_stories;
mod campaigns;
#[cfg(test)]
mod case_stories;
#[cfg(test)]
mod case_way_stories;
mod cases;
#[cfg(test)]
mod chat_stories;
mod chats;
mod conditions;
#[cfg(test)]
mod consultation_stories;
mod consultations;
mod contacts;
mod counter;
mod crew;
mod dialling;
mod entering;
mod event;
mod greeting;
#[cfg(test)]
mod greeting_stories;
mod lanes;
mod leaving;
mod observer;
mod offers;
mod office;
mod past;
#[cfg(test)]
mod past_stories;
mod piles;
mod preparing;
#[cfg(test)]
mod preparing_stories;
mod put_aside;
#[cfg(test)]
mod put_aside_stories;
mod reach;
mod recursion;
mod returning;
mod selecting;
mod serving;
#[cfg(test)]
mod shift_stories;
mod shifts;
mod simulation;
mod staffing;
#[cfg(test)]
mod start_booking_stories;
mod start_bookings;
mod start_cases;
#[cfg(test)]
mod start_stories;
mod stepping;
mod talk;
mod tenure;
#[cfg(test)]
mod tenure_stories;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tier_stories;
mod tree;
mod visit_choices;
#[cfg(test)]
mod visit_stories;
mod visitors;
mod visits;
mod warm;
mod web;
mod wheel;
mod work_ends;
mod written;
#[cfg(test)]
mod written_stories;

pub use observer::*;

/// The sets of pending events, for benches.
#[doc(hidden)]
pub mod event_sets {
    pub use super::event::{IDLE, Key, key};
    pub use super::tree::WinnerTree;
    pub use super::wheel::{Timer, TimerId, Wheel};
    pub use super::work_ends::WorkEnds;
}

pub use crate::model::Mode;
use crate::model::Model;
use simulation::Simulation;

/// The most contacts that may be in the center at once: beyond any center, and still little memory.
const MOST_PRESENT: usize = 2_000_000;

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunEnd {
    /// Contacts that began (every attempt is one).
    pub contacts: u64,
    /// Events handled; 0 for the recursion.
    pub events: u64,
    /// The most contacts that were in the center at once; 0 for the recursion.
    pub most_present: u64,
    /// Set where the center filled without bound and was emptied: the instant in microseconds.
    pub overflowed_at_us: Option<u64>,
}

/// Runs replication `replication` of `model` with a seed and tells `observer` what happens.
///
/// `mode` must be legal for the model, see [`Model::capabilities`]; all legal modes give the same digits.
pub fn run<O: Observer>(model: &Model, seed: u64, replication: u64, mode: Mode, observer: &mut O) -> RunEnd {
    match mode {
        _ if model.has_rare_rules() => run_with_all_rules(model, seed, replication, mode, observer),
        Mode::Eager if model.is_plain() => {
            Simulation::<true, false, false, O>::new(model, seed, replication, observer).run()
        }
        Mode::Eager => Simulation::<true, false, true, O>::new(model, seed, replication, observer).run(),
        Mode::Lazy if model.is_plain() => {
            Simulation::<false, false, false, O>::new(model, seed, replication, observer).run()
        }
        Mode::Lazy => Simulation::<false, false, true, O>::new(model, seed, replication, observer).run(),
        Mode::Recursion if model.is_plain() => recursion::run::<false, O>(model, seed, replication, observer),
        Mode::Recursion => recursion::run::<true, O>(model, seed, replication, observer),
    }
}

/// The same, by the loop with all rules whatever the model has: for observers with whom speed does not matter, since each loop takes its time to compile.
pub fn run_with_all_rules<O: Observer>(
    model: &Model,
    seed: u64,
    replication: u64,
    mode: Mode,
    observer: &mut O,
) -> RunEnd {
    match mode {
        Mode::Eager => Simulation::<true, true, true, O>::new(model, seed, replication, observer).run(),
        Mode::Lazy => Simulation::<false, true, true, O>::new(model, seed, replication, observer).run(),
        Mode::Recursion => recursion::run::<true, O>(model, seed, replication, observer),
    }
}
