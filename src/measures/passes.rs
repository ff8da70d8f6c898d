//! How contacts are passed on: kept beside the cells, and only where a scenario does more than escalate cold.

use crate::engine::{HandOver, Leg};
use crate::model::{Model, Outcome};

/// Answered legs of one entity that were passed on otherwise than cold to the next tier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passes {
    /// To another department of the same tier.
    pub redirected: u32,
    /// Back to tier 1.
    pub sent_back: u32,
    /// To a second agent who took over while the first stayed.
    pub taken_over: u32,
    /// Cold after the first agent had stayed.
    pub turned_cold: u32,
    /// Taken out of the queue by the first agent, who had stayed to the limit.
    pub withdrawn: u32,
    /// Time that the first agents stayed, introductions included, in microseconds.
    pub held_us: u64,
    /// To the queue that is their own, after a wrong choice in the menu.
    pub misrouted: u32,
}

impl Passes {
    pub(super) fn add(&mut self, other: &Passes) {
        self.redirected += other.redirected;
        self.sent_back += other.sent_back;
        self.taken_over += other.taken_over;
        self.turned_cold += other.turned_cold;
        self.withdrawn += other.withdrawn;
        self.held_us += other.held_us;
        self.misrouted += other.misrouted;
    }

    /// Whether an answered leg has anything to add.
    #[inline(always)]
    pub(super) fn are_in(leg: &Leg) -> bool {
        let passed_on =
            |outcome| matches!(outcome, Outcome::WrongDepartment | Outcome::SentBack | Outcome::Misrouted);
        leg.service.as_ref().is_some_and(|of| {
            of.hand_over != HandOver::Cold || of.talk_ended != of.held_from || passed_on(of.outcome)
        })
    }

    /// Adds an answered leg.
    pub(super) fn count(&mut self, leg: &Leg) {
        let Some(service) = &leg.service else { return };
        self.redirected += u32::from(service.outcome == Outcome::WrongDepartment);
        self.sent_back += u32::from(service.outcome == Outcome::SentBack);
        self.taken_over += u32::from(service.hand_over == HandOver::TakenOver);
        self.turned_cold += u32::from(service.hand_over == HandOver::TurnedCold);
        self.withdrawn += u32::from(service.hand_over == HandOver::Withdrawn);
        self.held_us += service.talk_ended.since(service.held_from).as_us();
        self.misrouted += u32::from(service.outcome == Outcome::Misrouted);
    }
}

/// Whether a model's contacts are passed on otherwise than cold to the next tier.
pub(super) fn are_kept(model: &Model) -> bool {
    let of_types = model.contact_types.iter().flat_map(|row| &row.outcome);
    let tables = of_types.chain(model.outcomes.iter().flat_map(|tables| &tables.tables));
    let warm = model.contact_types.iter().any(|row| row.warm.is_some());
    let consulted = model.contact_types.iter().flat_map(|row| &row.consultation);
    let outcomes = tables.flat_map(|table| table.outcome.iter().copied());
    let mut outcomes = outcomes.chain(consulted.flat_map(|of| of.ends()));
    let menus = || model.greetings.iter().flat_map(|greetings| &greetings.menus);
    let misroutes = menus().any(|menu| menu.choices.iter().any(Option::is_some));
    warm || misroutes
        || outcomes.any(|outcome| matches!(outcome, Outcome::WrongDepartment | Outcome::SentBack))
}
