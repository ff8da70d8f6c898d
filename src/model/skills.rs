//! How much longer talks take with some agents than with others.

use super::{AgentId, ContactTypeId, Outcome};

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

/// How many times as often as their tables say talks end so, by agent and contact type. Agents of one group and level share rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutcomeFactors {
    /// By agent: where its rows of `times` start.
    pub row: Vec<u32>,
    /// By row and contact type: the outcomes that do not come as often as the tables say.
    pub times: Vec<Vec<(Outcome, f64)>>,
}

impl OutcomeFactors {
    /// The factor on the share of an outcome for an agent and a contact type.
    pub fn of(&self, agent: AgentId, contact_type: ContactTypeId, outcome: Outcome) -> f64 {
        let factors = &self.times[self.row[agent.index()] as usize + contact_type.index()];
        factors.iter().find(|(known, _)| *known == outcome).map_or(1.0, |&(_, times)| times)
    }
}
