//! Agent groups as the audit reads them.

use std::collections::BTreeMap;

use crate::audit::duties::Duties;
use crate::audit::heads::HeadsOverTime;
use crate::scenario::{Adherence, AgentGroup, Shrinkage, ShrinkageDraws, Take, TakeFirst};

/// An agent group.
#[derive(Clone, Debug)]
pub struct GroupPlan<'a> {
    pub tier: u32,
    pub vendor: Option<&'a str>,
    pub answer_delay_us: i64,
    pub serves: &'a [String],
    pub take: Take,
    pub take_first: TakeFirst,
    pub weights: &'a BTreeMap<String, f64>,
    pub of: &'a AgentGroup,
    pub heads: HeadsOverTime,
    /// Of a group that works by shifts, in place of the heads.
    pub duties: Option<Duties>,
    pub shrinkage: ShrinkagePlan,
    /// For how many days a place is empty that somebody has left for good.
    pub empty_days: i64,
    pub adherence: Option<&'a Adherence>,
}

/// How many of scheduled people may be there.
#[derive(Clone, Debug, Default)]
pub struct ShrinkagePlan {
    /// Shares that are rounded to whole people, by name.
    rounded: Vec<f64>,
    /// Whether people are absent by chance.
    by_chance: bool,
}

impl ShrinkagePlan {
    pub(super) fn new(of: &BTreeMap<String, Shrinkage>) -> ShrinkagePlan {
        let is_rounded = |of: &&Shrinkage| of.planned || of.draw == Some(ShrinkageDraws::Expected);
        let rounded = of.values().filter(is_rounded).map(|of| of.share).collect();
        let by_chance = of.values().any(|of| !is_rounded(&of) && of.share > 0.0);
        ShrinkagePlan { rounded, by_chance }
    }

    /// The most who may be there.
    pub fn most(&self, scheduled: u32) -> u32 {
        self.rounded.iter().fold(scheduled, |left, share| left - (f64::from(left) * share).floor() as u32)
    }

    /// The fewest.
    pub fn least(&self, scheduled: u32) -> u32 {
        if self.by_chance {
            return 0;
        }
        self.rounded.iter().fold(scheduled, |left, share| left - (f64::from(left) * share).ceil() as u32)
    }
}

impl GroupPlan<'_> {
    /// The factor on talks of a type with an agent, `t1_general#007`, by its skill level: the agent of number n is the
    /// (n + 1)-th, and each next one gets the level that lacks most of its share; the first by name, no level last.
    pub fn times(&self, agent: &str, contact_type: &str) -> f64 {
        let level = self.place_by_shares(agent, self.of.levels.values().map(|level| level.share));
        let of_level = self.of.levels.values().nth(level);
        let of_level = of_level.map_or(1.0, |level| level.service_time.of(contact_type));
        self.of.service_time.of(contact_type) * of_level
    }

    /// Which of some shares of the group's people an agent is in; one more than the last is in none of them.
    pub fn place_by_shares(&self, agent: &str, shares: impl Iterator<Item = f64>) -> usize {
        let number = match &self.duties {
            Some(duties) => duties.number(agent),
            None => agent.rsplit_once('#').and_then(|(_, number)| number.parse::<usize>().ok()),
        };
        let mut shares: Vec<f64> = shares.collect();
        shares.push((1.0 - shares.iter().sum::<f64>()).max(0.0));
        let (mut counts, mut level) = (vec![0.0; shares.len()], 0);
        for people in 1..=number.map_or(0, |number| number + 1) {
            let lacks = |level: &usize| shares[*level] * people as f64 - counts[*level];
            level = 0;
            for other in 1..shares.len() {
                if lacks(&other) > lacks(&level) {
                    level = other;
                }
            }
            counts[level] += 1.0;
        }
        level
    }
}
