//! Which idle agent of a group a contact goes to, where it is not the one who has been idle longest.
//!
//! Candidates come in the order of their idleness, the longest first, so that whoever is first among equals has been idle
//! longest.

use crate::model::{AgentId, ContactTypeId, ServiceFactors};

/// How busy an agent has been since log-in, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occupancy {
    /// At work: from assignments to the ends of wrap-up.
    pub busy_us: u64,
    /// Logged in.
    pub present_us: u64,
}

impl Occupancy {
    /// Whether this is a smaller share of busy time; who has just logged in has been busy for no part of it.
    fn is_less_than(self, other: Occupancy) -> bool {
        let product = |a: u64, b: u64| u128::from(a) * u128::from(b.max(1));
        product(self.busy_us, other.present_us) < product(other.busy_us, self.present_us)
    }
}

/// The agent of smallest occupancy, the first among equals.
pub fn least_occupied(
    idle: impl Iterator<Item = AgentId>,
    occupancy: impl Fn(AgentId) -> Occupancy,
) -> Option<AgentId> {
    let with = |agent| (agent, occupancy(agent));
    idle.map(with)
        .reduce(|best, other| if other.1.is_less_than(best.1) { other } else { best })
        .map(|(agent, _)| agent)
}

/// The agent of smallest factor on the talks of a contact type, the first among equals.
pub fn fastest(
    idle: impl Iterator<Item = AgentId>,
    factors: Option<&ServiceFactors>,
    contact_type: ContactTypeId,
) -> Option<AgentId> {
    let times = |agent| factors.map_or(1.0, |factors| factors.of(agent, contact_type));
    idle.map(|agent| (agent, times(agent)))
        .reduce(|best, other| if other.1 < best.1 { other } else { best })
        .map(|(agent, _)| agent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agents(numbers: &[u16]) -> impl Iterator<Item = AgentId> {
        numbers.iter().map(|&number| AgentId(number))
    }

    #[test]
    fn the_smallest_share_of_busy_time_wins_and_the_first_among_equals() {
        // Busy 30 of 60, 20 of 40, 10 of 19 minutes, and just come.
        let table = [(30, 60), (20, 40), (10, 19), (0, 0)];
        let occupancy = |agent: AgentId| {
            let (busy_us, present_us) = table[agent.index()];
            Occupancy { busy_us, present_us }
        };
        assert_eq!(least_occupied(agents(&[2, 1, 0]), occupancy), Some(AgentId(1)));
        assert_eq!(least_occupied(agents(&[0, 1, 2]), occupancy), Some(AgentId(0)));
        assert_eq!(least_occupied(agents(&[0, 1, 2, 3]), occupancy), Some(AgentId(3)));
        assert_eq!(least_occupied(agents(&[]), occupancy), None);
    }

    #[test]
    fn the_smallest_factor_wins_and_the_first_among_equals() {
        let factors =
            ServiceFactors { row: vec![0, 1, 2], times: vec![1.5, 0.9, 0.9], differ_within_groups: true };
        let fastest = |idle: &[u16]| fastest(agents(idle), Some(&factors), ContactTypeId(0));
        assert_eq!(fastest(&[0, 2, 1]), Some(AgentId(2)));
        assert_eq!(fastest(&[1, 0, 2]), Some(AgentId(1)));
        assert_eq!(super::fastest(agents(&[2, 0]), None, ContactTypeId(0)), Some(AgentId(2)));
    }
}
