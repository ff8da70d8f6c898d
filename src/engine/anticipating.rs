//! Rule: a dialler that looks ahead rings lines for agents, too, who are expected to be free before they are answered.
//!
//! It knows what a dialler can know: who talks, who wraps up since when, and how long that takes on average. So what it expects changes when a
//! talk or a wrap-up begins or ends, and, where all wrap-ups take the same time, at the instant from when on what is left of one is no more than the span:
//! that instant has a timer, and between them there is nothing to look at.

use super::campaigns::{Person, Timing};
use super::observer::Observer;
use super::simulation::Simulation;
use crate::model::{Anticipation, CampaignId, Dialling, WrapUpEnds};
use crate::time::SimTime;

impl<const EAGER: bool, const RARE: bool, const USUAL: bool, O: Observer>
    Simulation<'_, EAGER, RARE, USUAL, O>
{
    /// How many of the agents who are busy with a campaign it expects to be free in time, beyond those whom its reserve lacks.
    pub(super) fn expected_agents(&self, id: CampaignId, of: &Anticipation) -> f64 {
        let Some(row) = self.campaigns.as_ref().map(|campaigns| &campaigns.rows[id.index()]) else {
            return 0.0;
        };
        let of_wrap_ups = match of.wrap_ups {
            WrapUpEnds::Within(span) => {
                let in_sight = self.now.after(span);
                row.wrap_ups.partition_point(|&ends| ends <= in_sight) as f64
            }
            WrapUpEnds::Part(part) => part * row.wrap_ups.len() as f64,
        };
        let of_talks = of.talks.at(self.now) * f64::from(row.talking);
        (of_talks + of_wrap_ups - f64::from(self.lacks_in_reserve(id))).max(0.0)
    }

    /// How many agents more would have to idle before a campaign may take one.
    fn lacks_in_reserve(&self, id: CampaignId) -> u32 {
        let of = &self.model.campaigns[id.index()];
        let lacks =
            |group| of.reserve.min(self.agents.present(group)).saturating_sub(self.agents.idle_count(group));
        of.groups.iter().map(|&group| lacks(group)).sum()
    }

    /// An agent begins to wrap up after a call of a campaign.
    pub(super) fn anticipates_wrap_up(&mut self, person: &Person, ends: SimTime) {
        let of = &self.model.campaigns[person.campaign.index()];
        let Dialling::Predictive(of) = &of.dialling else { return };
        let (Some(anticipation), Some(campaigns)) = (&of.anticipation, &mut self.campaigns) else { return };
        let wrap_ups = &mut campaigns.rows[person.campaign.index()].wrap_ups;
        let place = wrap_ups.partition_point(|&other| other <= ends);
        wrap_ups.insert(place, ends);
        if let WrapUpEnds::Within(span) = anticipation.wrap_ups
            && ends > self.now.after(span)
        {
            let in_sight = ends.before(span);
            self.sets_campaign_timer(in_sight, person.order(), Timing::InSight, person.campaign.0.into());
        }
    }

    /// Wrap-ups that are over are no longer anticipated.
    pub(super) fn forgets_wrap_ups(&mut self, id: CampaignId) {
        let now = self.now;
        if let Some(campaigns) = &mut self.campaigns {
            let wrap_ups = &mut campaigns.rows[id.index()].wrap_ups;
            while wrap_ups.front().is_some_and(|&ends| ends <= now) {
                wrap_ups.pop_front();
            }
        }
    }
}
