//! Rule: when a campaign may dial beside contacts that come in: hours, a reserve of idle agents, occupancy, service level.

use super::campaigns::Timing;
use super::observer::Observer;
use super::simulation::Simulation;
use crate::model::{AgentId, CampaignId, QueueId};
use crate::time::SimDuration;

/// Contacts of the queues that a campaign minds, since the level was looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Level {
    answered_or_gone: u32,
    in_time: u32,
    /// Whether the level was not kept when it was looked at last.
    is_low: bool,
}

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// The agent whom a campaign may take: of its groups' first with more idle than the reserve the longest idle.
    pub(super) fn spare_agent(&self, id: CampaignId) -> Option<AgentId> {
        let of = &self.model.campaigns[id.index()];
        let mut groups = of.groups.iter().copied();
        let group = groups.find(|&group| self.agents.idle_count(group) > of.reserve)?;
        self.agents.longest_idle(group)
    }

    /// How many agents a campaign may take.
    pub(super) fn spare_agents(&self, id: CampaignId) -> u32 {
        let of = &self.model.campaigns[id.index()];
        of.groups.iter().map(|&group| self.agents.idle_count(group).saturating_sub(of.reserve)).sum()
    }

    /// Whether nothing stands against a dial but the lack of agents and persons.
    pub(super) fn may_blend(&self, id: CampaignId) -> bool {
        let of = &self.model.campaigns[id.index()];
        self.has_begun()
            && self.now < self.model.clock.horizon
            && self.end.overflowed_at_us.is_none()
            && of.hours.is_none_or(|hours| self.open[hours.index()])
            && !self.campaigns.as_ref().is_some_and(|campaigns| campaigns.rows[id.index()].level.is_low)
            && of.occupancy_below.is_none_or(|below| self.occupancy(id) < below)
    }

    /// The part of a campaign's agents who are busy; nobody there: all.
    fn occupancy(&self, id: CampaignId) -> f64 {
        let groups = &self.model.campaigns[id.index()].groups;
        let sum =
            |count: &dyn Fn(crate::model::GroupId) -> u32| groups.iter().map(|&g| count(g)).sum::<u32>();
        let (present, idle) =
            (sum(&|group| self.agents.present(group)), sum(&|group| self.agents.idle_count(group)));
        if present == 0 { 1.0 } else { f64::from(present.saturating_sub(idle)) / f64::from(present) }
    }

    /// A contact of a queue is given an agent after `wait`, or has hung up, which is never in time.
    #[inline]
    pub(super) fn notes_level(&mut self, queue: QueueId, wait: SimDuration) {
        if self.campaigns.is_some() {
            self.counts_for_levels(queue, wait);
        }
    }

    #[cold]
    fn counts_for_levels(&mut self, queue: QueueId, wait: SimDuration) {
        let Some(campaigns) = &mut self.campaigns else { return };
        for (of, row) in self.model.campaigns.iter().zip(&mut campaigns.rows) {
            if let Some(gate) = of.level.as_ref().filter(|gate| gate.is_about(queue)) {
                row.level.answered_or_gone += 1;
                row.level.in_time += u32::from(wait <= gate.within);
            }
        }
    }

    /// Sets when the service level is looked at next.
    pub(super) fn schedule_level(&mut self, id: CampaignId) {
        let Some(gate) = &self.model.campaigns[id.index()].level else { return };
        let at = self.now.after(gate.over);
        if at < self.model.clock.horizon {
            self.sets_campaign_timer(at, u64::from(id.0) << 40, Timing::Level, id.0.into());
        }
    }

    /// The service level of the time that has passed decides about the time to come.
    pub(super) fn level_is_looked_at(&mut self, id: CampaignId) {
        let (Some(gate), Some(campaigns)) = (&self.model.campaigns[id.index()].level, &mut self.campaigns)
        else {
            return;
        };
        let level = &mut campaigns.rows[id.index()].level;
        let (all, in_time) = (f64::from(level.answered_or_gone), f64::from(level.in_time));
        *level = Level { is_low: in_time < gate.at_least * all, ..Level::default() };
        self.schedule_level(id);
    }
}
