//! Dials of campaigns by the span in which they began: kept beside the cells, and only where there are campaigns.

use super::cuts::{Cuts, Sum};
use super::spans::Spans;
use crate::engine::{AfterDial, Dial, DialEnd};
use crate::model::{CampaignId, Model};
use crate::time::SimTime;

macro_rules! cells {
    ($($(#[$doc:meta])* $field:ident),+ $(,)?) => {
        /// Dials of one campaign in one span of time; times in microseconds.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct DialCell {
            $($(#[$doc])* pub $field: u64,)+
        }

        impl Sum for DialCell {
            fn add(&mut self, other: &DialCell) {
                $(self.$field += other.$field;)+
            }
        }
    };
}

cells! {
    /// Persons who came on the list.
    listed,
    /// All dials.
    dials,
    /// Those that somebody answered.
    answered,
    /// Those of them for whom no agent was free in time.
    abandoned,
    /// Those that reached the person on the list.
    reached,
    /// Persons who were dialled for the last time in vain.
    exhausted,
    /// Attempts at persons who were reached, or dialled for the last time.
    attempts,
    /// Waits for an agent, of those who answered.
    wait_us,
    /// Time of agents: preview, ringing, talk and wrap-up.
    agent_us,
}

/// Counters of dials.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dials {
    campaigns: usize,
    groups: usize,
    /// By campaign; then by campaign and group the time of agents: `[campaigns + campaign * groups + group]`.
    pub(super) cuts: Cuts<DialCell>,
}

impl Dials {
    pub(super) fn new(model: &Model, spans: &Spans) -> Self {
        let (campaigns, groups) = (model.campaigns.len(), model.groups.len());
        Dials { campaigns, groups, cuts: Cuts::new(model, spans, campaigns * (1 + groups)) }
    }

    /// Counts persons who come on a list.
    pub(super) fn list(&mut self, at: SimTime, campaign: CampaignId, persons: u32) {
        self.cuts.at(at, campaign.index(), |cell| cell.listed += u64::from(persons));
    }

    /// Counts a dial that is over.
    pub(super) fn count(&mut self, dial: &Dial) {
        let row = dial.campaign.index();
        let is_last = matches!(dial.then, AfterDial::Finished | AfterDial::Exhausted);
        let answered = dial.end != DialEnd::NoAnswer;
        let agent_us = dial.service.map_or(0, |of| of.wrap_up_ended.since(of.assigned).as_us());
        self.cuts.at(dial.dialled, row, |cell| {
            cell.dials += 1;
            cell.answered += u64::from(answered);
            cell.abandoned += u64::from(dial.end == DialEnd::Abandoned);
            cell.reached += u64::from(dial.end == DialEnd::Reached);
            cell.exhausted += u64::from(dial.then == AfterDial::Exhausted);
            cell.attempts += u64::from(is_last) * (u64::from(dial.attempt) + 1);
            cell.wait_us += dial.left.since(dial.rang_until).as_us();
            cell.agent_us += agent_us;
        });
        if let Some(service) = &dial.service {
            let row = self.campaigns + row * self.groups + service.group.index();
            self.cuts.at(dial.dialled, row, |cell| cell.agent_us += agent_us);
        }
    }
}
