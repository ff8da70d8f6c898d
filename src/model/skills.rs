//! How much longer talks take with some agents than with others.

use super::{AgentId, ContactTypeId};

/// Factors on talk by agent and contact type. Agents of one group and level share a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceFactors {
    /// By agent: where its row of `times` starts.
    pub row: Vec<u32>,
    /// Row by row, by contact type.
    pub times: Vec<f64>,
    /// Whether agents of one group differ.
    pub differ_within_groups: bool,
}

impl ServiceFactors {
    /// The factor on a talk of this type with this agent.
    #[inline]
    pub fn of(&self, agent: AgentId, contact_type: ContactTypeId) -> f64 {
        self.times[self.row[agent.index()] as usize + contact_type.index()]
    }

    /// The smallest factor that any of these agents has for a contact type.
    pub fn least(&self, agents: impl Iterator<Item = AgentId>, contact_type: ContactTypeId) -> f64 {
        agents.map(|agent| self.of(agent, contact_type)).reduce(f64::min).unwrap_or(1.0)
    }
}
