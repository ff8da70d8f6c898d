//! The compiled scenario: what the engine runs.
//!
//! `compile` turns the document into dense tables with typed ids and reports every problem that needs more than
//! one place of the document to be seen. It knows nothing of how a run is done.
//!
//! Tables are sorted by name as bytes, so that an index is also the order in which ties are broken. Nothing in them
//! changes during a run and nothing can fail: what could was refused by `compile`.

mod asks;
mod callers;
mod campaigns;
mod capabilities;
mod cases;
mod certain;
mod channels;
mod clock;
mod compile;
mod conditions;
mod contact_types;
mod counters;
mod greetings;
mod groups;
mod ids;
mod need_id;
mod offers;
mod opening;
mod outcome_tables;
mod people;
mod processes;
mod queues;
mod routes;
mod skills;
mod targets;
mod tenure;
#[cfg(test)]
pub mod testing;
mod topics;
mod web;

pub use asks::*;
pub use callers::*;
pub use campaigns::*;
pub use capabilities::{Capabilities, Mode};
pub use cases::*;
pub use certain::*;
pub use channels::*;
pub use clock::*;
pub use compile::{Compiled, FORMULAS, compile};
pub use conditions::*;
pub use contact_types::*;
pub use counters::*;
pub use greetings::*;
pub use groups::*;
pub use ids::*;
pub use need_id::*;
pub use offers::*;
pub use opening::*;
pub use outcome_tables::OutcomeTables;
pub use people::*;
pub use processes::*;
pub use queues::*;
pub use routes::*;
pub use skills::{OutcomeFactors, ServiceFactors};
pub use targets::*;
pub use tenure::*;
pub use topics::Topics;
pub use web::*;

/// A scenario ready to run.
#[derive(Clone, Debug)]
pub struct Model {
    /// The scenario's name.
    pub name: String,
    /// From when to when.
    pub clock: RunClock,
    /// Into how many batches the counted time is cut, where the scenario asks for its steady state.
    pub batches: Option<u32>,
    /// Hanging up within this is a short abandonment.
    pub short_abandonment: crate::time::SimDuration,
    /// Who calls when.
    pub processes: Vec<Process>,
    /// Factors of known events on talk; `None` where there are none.
    pub event_talk: Option<EventFactors>,
    /// How known events change the probability to try again; `None` where none does.
    pub event_retrial: Option<EventFactors>,
    /// Random factors on the rates.
    pub busyness: Vec<BusynessFactor>,
    /// By cell of the run.
    pub cell_dates: Vec<CellDate>,
    /// Topics by channel.
    pub contact_types: Vec<ContactType>,
    /// How talks end by profile and group; `None`: as their types say.
    pub outcomes: Option<OutcomeTables>,
    /// Segments of citizens; at least one.
    pub profiles: Vec<Profile>,
    /// Access numbers; at least one.
    pub numbers: Vec<Number>,
    /// Bundles of lines.
    pub trunks: Vec<Trunk>,
    /// What calls meet before their queue; `None`: nothing.
    pub greetings: Option<Box<Greetings>>,
    /// Hours and conditions.
    pub openings: Vec<Opening>,
    /// What opens when the run begins; `None` where nothing depends on it: no contacts wait then, or no queue needs staff.
    pub beginning: Option<OpeningId>,
    /// Where contacts wait.
    pub queues: Vec<Queue>,
    /// Lanes of all queues, queue by queue.
    pub lanes: Vec<Lane>,
    /// Routing rules in the order in which they are tried.
    pub rules: Vec<Rule>,
    /// Which rules to try for whom.
    pub routes: Routes,
    /// Who answers.
    pub groups: Vec<AgentGroup>,
    /// By agent: its group.
    pub agent_group: Vec<GroupId>,
    /// How much longer talks take with some of them; `None`: all are alike.
    pub service_factors: Option<ServiceFactors>,
    /// What callers who wait are offered.
    pub offers: Vec<Offer>,
    /// How many times as often talks end so with some of them; `None`: all are alike.
    pub outcome_factors: Option<OutcomeFactors>,
    /// How their people learn; `None`: how long they have been at work matters to nobody.
    pub learning: Option<Learning>,
    /// Who works on cases.
    pub offices: Vec<Office>,
    /// What offices do for citizens.
    pub case_types: Vec<CaseType>,
    /// Counters and bookings; `None`: there are none.
    pub counters: Option<Box<Counters>>,
    /// Persons whom the center calls.
    pub campaigns: Vec<Campaign>,
    /// Cases that are open when the run begins.
    pub start_cases: Vec<StartCases>,
    /// Visits that are booked when the run begins, in the order in which they take their places: those at a counter that is named first.
    pub start_bookings: Vec<StartBookings>,
    /// Who employs them.
    pub vendors: Vec<String>,
    /// Where they work.
    pub sites: Vec<String>,
    /// What contacts are about; empty where no contact type says so.
    pub topics: Topics,
    /// What was promised.
    pub targets: Vec<Target>,
}

impl Model {
    /// Whether agents of any group serve several chats at once.
    pub fn anybody_chats(&self) -> bool {
        self.groups.iter().any(|group| group.chatting.is_some())
    }

    /// Whether work of any agent may be interrupted by a call.
    pub fn anybody_is_interrupted(&self) -> bool {
        self.groups.iter().any(AgentGroup::is_interrupted)
    }

    /// Whether ends of work of any agent may be put off.
    pub fn has_desks(&self) -> bool {
        self.anybody_chats() || self.anybody_is_interrupted()
    }

    /// Whether how a talk ends depends on which agent of a group it is with, or since when the agent is at work.
    pub fn differ_in_outcome(&self) -> bool {
        let learns = |group: &AgentGroup| {
            let tables = group.tenure.iter().flat_map(|tenure| &tenure.outcome_times);
            tables.into_iter().any(|outcomes| !outcomes.is_empty())
        };
        self.outcome_factors.is_some() || self.groups.iter().any(learns)
    }

    /// How many contacts wait already when the run begins.
    pub fn waiting_at_start(&self) -> usize {
        let waiting = self.processes.iter().filter(|process| process.waits_at_start());
        waiting.filter_map(|process| process.listed()).map(|listed| listed.needs.len()).sum()
    }
}
