//! Rule: a queue widens as a contact waits.

use super::observer::Observer;
use super::simulation::Simulation;
use crate::routing::first_idle;

impl<const EAGER: bool, O: Observer> Simulation<'_, EAGER, O> {
    /// The next contact of a lane reaches a step: groups that the step adds may have an idle agent for it.
    pub(super) fn step_fires(&mut self, cursor: u16) {
        let next = self.lanes.at_cursor(cursor);
        if !EAGER && self.has_gone(next) {
            return self.is_found_gone(next);
        }
        let index = self.lanes.reach_step(&mut self.contacts, &mut self.tree, cursor);
        let contact = &self.contacts[index];
        let rule = &self.model.rules[contact.rule.index()];
        let added = &rule.added[usize::from(contact.step)];
        if let Some(agent) = first_idle(added, |group| self.idle_agent(group, rule.select, index)) {
            self.leaves_lane(index);
            self.serves(agent, index);
        }
    }
}
