//! Rule: a queue widens as a contact waits.

use super::observer::Observer;
use super::simulation::Simulation;

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// The next contact of a lane reaches a step: groups that the step adds may have an idle agent for it.
    pub(super) fn step_fires(&mut self, cursor: u16) {
        if self.lanes.is_mark(cursor) {
            return self.line_is_old(cursor);
        }
        let next = self.lanes.at_cursor(cursor);
        if !EAGER && self.has_gone(next) {
            return self.is_found_gone(next);
        }
        let index = self.lanes.reach_step(&mut self.contacts, &mut self.tree, cursor);
        let contact = &self.contacts[index];
        let rule = &self.model.rules[contact.rule.index()];
        if rule.tells && self.is_offered(index) {
            return;
        }
        let contact = &self.contacts[index];
        let added = &rule.added[usize::from(contact.step)];
        if let Some(agent) = self.offered(added, rule, index) {
            self.comes_to(agent, index);
        }
    }
}
