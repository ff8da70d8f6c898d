//! Rule: people learn. How long an agent has been at work decides how long talks take and how they end.
//!
//! Tenure is looked at by local days: it changes at midnight. How long a talk takes goes by the day on which it begins, how
//! it ends by the day on which it does. Whether a place is left before a day is a
//! coin of the place and the day (DESIGN 6), so whatever else of the plan changes, the same people leave. A coin on a day on which the place is
//! empty keeps it empty from then on; so any day's tenure can be told from the coins before it, wherever the run begins.

use super::contacts::Index;
use super::observer::Observer;
use super::simulation::Simulation;
use super::talk::{admitted, outcomes, talk_factor, talk_time};
use crate::model::{
    AgentGroup, AgentId, Attrition, ContactTypeId, GroupId, GroupTenure, Learning, Model, Outcome,
};
use crate::random::{Key, Purpose};
use crate::time::{SimDuration, SimTime};

/// A place in a group and whoever has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    key: Key,
    attrition: Option<Attrition>,
    /// The first day of its first holder; 0 is long ago.
    first_day: u32,
}

impl Place {
    /// The `number`-th place of a group, in the replication of this root.
    pub(super) fn new(group: &AgentGroup, tenure: &GroupTenure, number: u16, root: Key) -> Place {
        let key = root.named(group.key);
        let key = match &group.shifts {
            Some(plan) => {
                let shift = plan.shift_of(number);
                key.named(shift.key).item(u64::from(number - shift.agents.start))
            }
            None => key.item(number.into()),
        };
        Place { key, attrition: tenure.attrition, first_day: tenure.hired[usize::from(number)] }
    }

    /// How long the place stays empty from `day` on, if it is left before that day.
    fn left(&self, day: u32) -> Option<u32> {
        let attrition = self.attrition.filter(|_| day > self.first_day)?;
        let leaves = self.key.cell(day.into()).draw(Purpose::Attrition).happens(attrition.per_day);
        leaves.then_some(attrition.vacant_days)
    }

    /// The first day of whoever has the place on `day`, or will have it next, as far as the last `back` days know.
    fn hired(&self, day: u32, back: u32) -> u32 {
        if self.attrition.is_none() {
            return self.first_day;
        }
        let days = (day.saturating_sub(back)..=day).rev();
        let mut hired = days.filter_map(|day| self.left(day).map(|empty| day + empty));
        hired.next().unwrap_or(self.first_day)
    }

    /// Whether its holder leaves before `day`.
    #[cfg(test)]
    pub(super) fn is_left(&self, day: u32) -> bool {
        self.left(day).is_some()
    }

    /// Whether nobody has the place on `day`.
    pub(super) fn is_vacant(&self, day: u32) -> bool {
        let Some(Attrition { vacant_days: 1.., .. }) = self.attrition else { return false };
        let empty = self.attrition.map_or(0, |attrition| attrition.vacant_days);
        (0..empty).any(|back| self.left(day.saturating_sub(back)).is_some())
    }
}

/// Since when everybody is at work, in one replication.
#[derive(Clone, Debug)]
pub(super) struct Tenures<'m> {
    learning: &'m Learning,
    /// The day that is looked at, by its place in [`Learning::days`].
    today: usize,
    /// When it ends.
    until: SimTime,
    /// By agent: the first day at work.
    hired: Vec<u32>,
    /// Places that may be left, with their agents.
    places: Vec<(AgentId, Place)>,
}

impl<'m> Tenures<'m> {
    /// As of the run's first day; `None` where tenure matters to nobody.
    pub(super) fn new(model: &'m Model, root: Key) -> Option<Box<Tenures<'m>>> {
        let learning = model.learning.as_ref()?;
        let hired = vec![0; model.agent_group.len()];
        let mut tenures = Tenures { learning, today: 0, until: SimTime::ZERO, hired, places: Vec::new() };
        tenures.until = tenures.end_of_today();
        let first_day = learning.days.first()?.1;
        for group in &model.groups {
            let Some(tenure) = &group.tenure else { continue };
            let back = tenure.settled + tenure.attrition.map_or(0, |attrition| attrition.vacant_days);
            for (number, agent) in (0..).zip(group.agents.clone()) {
                let place = Place::new(group, tenure, number, root);
                tenures.hired[usize::from(agent)] = place.hired(first_day, back);
                tenures.places.extend(place.attrition.map(|_| (AgentId(agent), place)));
            }
        }
        Some(Box::new(tenures))
    }

    fn end_of_today(&self) -> SimTime {
        self.learning.days.get(self.today + 1).map_or(SimTime::MAX, |&(from, _)| from)
    }

    /// Moves on to the day of `now`: places that are left get newcomers.
    fn turns_to(&mut self, now: SimTime) {
        while now >= self.until {
            self.today += 1;
            self.until = self.end_of_today();
            let day = self.learning.days[self.today].1;
            for (agent, place) in &self.places {
                if let Some(empty) = place.left(day) {
                    self.hired[agent.index()] = day + empty;
                }
            }
        }
    }

    /// By agent: the first day of who is there.
    #[cfg(test)]
    pub(super) fn first_days(&self) -> Vec<u32> {
        self.hired.clone()
    }

    /// The same at an instant.
    #[cfg(test)]
    pub(super) fn first_days_at(&mut self, now: SimTime) -> Vec<u32> {
        self.turns_to(now);
        self.first_days()
    }

    /// A curve's factor for an agent at `now`.
    fn factor(&mut self, agent: AgentId, curve: u16, now: SimTime) -> f64 {
        self.turns_to(now);
        let days = self.learning.days[self.today].1.saturating_sub(self.hired[agent.index()]);
        self.learning.factor(curve, days)
    }
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// The factor that an agent's tenure puts on talks of a contact type.
    pub(super) fn tenure_times(&mut self, agent: AgentId, of: ContactTypeId) -> f64 {
        let group = &self.model.groups[self.agents.group(agent).index()];
        let curve = group.tenure.as_ref().and_then(|tenure| tenure.service_time[of.index()]);
        match (&mut self.tenures, curve) {
            (Some(tenures), Some(curve)) => tenures.factor(agent, curve, self.now),
            _ => 1.0,
        }
    }

    /// Talk and hold of a contact with an agent whose tenure counts.
    #[inline(never)]
    pub(super) fn learned_talk_time(&mut self, index: Index, agent: AgentId, tier: u8) -> SimDuration {
        let times = self.tenure_times(agent, self.contacts[index].citizen.contact_type);
        let contact = &self.contacts[index];
        talk_time(self.model, contact, tier, talk_factor(self.model, contact, agent) * times)
    }

    /// How a talk ends where that depends on the agent: each outcome takes its share times the agent's factors, one after the other, and the last
    /// what is left.
    #[inline(never)]
    pub(super) fn skilled_outcome(
        &mut self,
        index: Index,
        agent: AgentId,
        group: GroupId,
        tier: u8,
    ) -> Outcome {
        let (model, contact) = (self.model, &self.contacts[index]);
        let table = outcomes(model, contact, group, tier);
        let of = contact.citizen.contact_type;
        let uniform = contact.stage().draw(Purpose::Outcome).uniform();
        let (mut before, mut reached) = (0.0, 0.0);
        for (&cumulative, &outcome) in table.cumulative.iter().zip(&table.outcome) {
            let share = cumulative - before;
            before = cumulative;
            reached += share * self.outcome_times(agent, of, outcome);
            if uniform < reached {
                return admitted(outcome, &self.contacts[index], model, tier);
            }
        }
        let last = table.outcome.last().copied().unwrap_or(Outcome::Resolved);
        admitted(last, &self.contacts[index], model, tier)
    }

    /// How many times as often as their table says talks with an agent end so.
    fn outcome_times(&mut self, agent: AgentId, of: ContactTypeId, outcome: Outcome) -> f64 {
        let model = self.model;
        let skill = model.outcome_factors.as_ref().map_or(1.0, |factors| factors.of(agent, of, outcome));
        let group = &model.groups[self.agents.group(agent).index()];
        let curves = group.tenure.as_ref().map_or(&[][..], |tenure| &tenure.outcome_times[of.index()]);
        let curve = curves.iter().find(|(known, _)| *known == outcome);
        match (&mut self.tenures, curve) {
            (Some(tenures), Some(&(_, curve))) => skill * tenures.factor(agent, curve, self.now),
            _ => skill,
        }
    }
}
