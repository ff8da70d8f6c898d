//! The checker: that nothing impossible happened.
//!
//! Re-derives everything from the scenario's document and the logs alone. It shares no rule with the engine and the
//! compiled model, so that an error in either shows here as a disagreement. Each check is a pure function from the
//! plan (the scenario by this floor's own reading) and a run (one replication's rows) to findings.
//!
//! Where events of one instant could have gone in either order, a check takes the side of the log: a finding is
//! never a matter of ties.

mod checks;
mod conditions;
mod counters;
mod duties;
mod heads;
mod letters;
mod offices;
mod pieces;
mod plan;
mod promises;
mod recount;
mod report;
mod router;
mod run;
mod speeds;
mod spells;
mod staffed;
mod subject;
mod switch;
mod written;

use self::plan::Plan;
use self::run::Run;
pub use recount::{Counts, Scope, ScopeKind, recount};
pub use report::{Check, Finding, Report};
pub use written::{WrittenCounts, recount_written};

use crate::calendar::Calendar;
use crate::log::{
    AgentRow, CaseRow, DialRow, GreetingRow, LegRow, NeedRow, PreparationRow, VisitRow, WebRow,
};
use crate::scenario::Scenario;

/// Examines the logs of one or more replications of a scenario, complete and in any order of rows. `calendar` is that of
/// the scenario's `[calendar]`.
#[allow(clippy::too_many_arguments, reason = "one of each log")]
pub fn audit(
    scenario: &Scenario,
    calendar: &Calendar,
    legs: &[LegRow],
    agents: &[AgentRow],
    needs: &[NeedRow],
    cases: &[CaseRow],
    visits: &[VisitRow],
    preparations: &[PreparationRow],
    greetings: &[GreetingRow],
    dials: &[DialRow],
    web: &[WebRow],
) -> Report {
    let (plan, unread) = Plan::new(scenario, calendar);
    let runs = Run::split((legs, agents, needs), (cases, visits, preparations), (greetings, dials, web));
    let mut checks = vec![unread];
    let of_cases = if scenario.offices.is_empty() { &[][..] } else { checks::OF_CASES };
    let marks = scenario.routing.values().any(|rule| rule.when.mark.is_some());
    let last_agents = scenario.routing.values().any(|rule| rule.prefer_last_agent.is_some());
    let of_last_agents = if last_agents { checks::OF_LAST_AGENTS } else { &[][..] };
    let of_marks = if marks { checks::OF_MARKS } else { &[][..] };
    let of_offers = if scenario.offers.is_empty() { &[][..] } else { checks::OF_OFFERS };
    let consults = scenario.contact_types.values().any(|of| of.consultation.is_some());
    let of_consultations = if consults { checks::OF_CONSULTATIONS } else { &[][..] };
    let anybody_chats = scenario.agent_groups.values().any(|group| group.concurrency.is_some());
    let of_chats = if anybody_chats { checks::OF_CHATS } else { &[][..] };
    let back_office = scenario.agent_groups.values().any(|group| group.back_office.is_some());
    let of_back_office = if back_office { checks::OF_BACK_OFFICE } else { &[][..] };
    let interrupts = back_office
        || scenario
            .agent_groups
            .values()
            .any(|group| group.interruptible_wrap_up.is_some() || group.interruptible_written);
    let of_interruptions = if interrupts { checks::OF_INTERRUPTIONS } else { &[][..] };
    let of_visits = if scenario.services.is_empty() { &[][..] } else { checks::OF_VISITS };
    let is_prepared = |of: &crate::scenario::Service| {
        of.booking.as_ref().is_some_and(|booking| booking.preparation.is_some())
    };
    let prepares = !preparations.is_empty() || scenario.services.values().any(is_prepared);
    let of_preparations = if prepares { checks::OF_PREPARATIONS } else { &[][..] };
    let books = scenario.start_state.as_ref().is_some_and(|state| !state.bookings.is_empty());
    let of_start_bookings = if books { checks::OF_START_BOOKINGS } else { &[][..] };
    let has_web = !web.is_empty() || scenario.contact_types.values().any(|of| of.web.is_some());
    let of_web = if has_web { checks::OF_WEB } else { &[][..] };
    let of_campaigns = if scenario.campaigns.is_empty() { &[][..] } else { checks::OF_CAMPAIGNS };
    let topics = scenario.contact_types.values().any(|of| of.topic.is_some());
    let of_topics = if topics { checks::OF_TOPICS } else { &[][..] };
    let of_districts = if scenario.districts.is_empty() { &[][..] } else { checks::OF_DISTRICTS };
    let others = of_cases
        .iter()
        .chain(of_topics)
        .chain(of_districts)
        .chain(of_marks)
        .chain(of_last_agents)
        .chain(of_offers)
        .chain(of_consultations)
        .chain(of_visits)
        .chain(of_preparations)
        .chain(of_start_bookings)
        .chain(of_chats)
        .chain(of_campaigns)
        .chain(of_web)
        .chain(of_interruptions)
        .chain(of_back_office);
    checks.extend(checks::ALL.iter().chain(others).map(|&(name, examine)| {
        let mut check = Check::new(name);
        runs.iter().for_each(|run| examine(&plan, run, &mut check));
        check
    }));
    Report { checks, legs: legs.len(), agents: agents.len(), needs: needs.len(), calendar: calendar.clone() }
}

#[cfg(test)]
mod tests;
