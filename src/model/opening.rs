//! What changes over time: hours, conditions, heads.

use super::AgentGroup;
use crate::time::SimTime;

/// Something that is open at some times and closed at others: a queue's hours, a rule's condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// For messages.
    pub name: String,
    /// Whether it is open at time zero.
    pub open_at_zero: bool,
    /// When it turns to the other, strictly rising, all within (0, horizon).
    pub turns: Vec<SimTime>,
}

impl Opening {
    /// Whether it is open at an instant of the run; what turns at an instant has turned.
    pub fn is_open(&self, at: SimTime) -> bool {
        let turns = self.turns.partition_point(|&turn| turn <= at);
        self.open_at_zero ^ (turns % 2 == 1)
    }
}

impl AgentGroup {
    /// The part of scheduled people who are there on average.
    pub fn net_share(&self) -> f64 {
        self.shrinkage.iter().map(|of| 1.0 - of.share).product()
    }

    /// The heads at an instant of the run.
    pub fn heads_at(&self, at: SimTime) -> u32 {
        let begun = self.heads.partition_point(|&(from, _)| from <= at);
        begun.checked_sub(1).map_or(0, |row| self.heads[row].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_closes_at_six_is_closed_at_six_exactly() {
        let hour = |h: u64| SimTime::from_us(h * 3_600_000_000);
        let opening = Opening { name: "day".into(), open_at_zero: false, turns: vec![hour(8), hour(18)] };
        assert_eq!([0, 8, 17, 18, 30].map(|h| opening.is_open(hour(h))), [false, true, true, false, false]);
    }
}
