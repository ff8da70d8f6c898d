//! From the document to the model: resolving names, checking what needs more than one place of the document.
//!
//! Every part goes on after a problem with what is next best, so that one call finds all of them. What a single
//! value may be is checked where it is used; what the text of a value means was settled when the document was read.

mod agendas;
mod arrivals;
mod asks;
mod busyness;
mod callers;
mod campaigns;
mod case_ways;
mod cases;
mod channels;
mod chats;
mod choice;
mod conditions;
mod consultations;
mod contacts;
mod counters;
mod counts;
mod days;
mod distributions;
mod events;
mod exact;
mod findings;
mod flows;
mod greetings;
mod history;
mod load;
mod names;
mod offers;
mod office_load;
mod office_shifts;
mod openings;
mod outcomes;
mod parts;
mod passes;
mod put_aside;
mod queues;
mod rates;
mod replay;
mod rosters;
mod routes;
mod rules;
mod services;
mod shapes;
mod shifts;
mod shrinkage;
mod skills;
mod slots;
mod staffing;
mod start_bookings;
mod start_cases;
mod start_state;
mod steady_state;
mod targets;
mod tenure;
mod tiers;
mod timeline;
mod topics;
mod unrouted;
mod unused;
mod volumes;

#[cfg(test)]
mod tests;

use findings::Findings;
use names::Directory;
use openings::Openings;
use timeline::Timeline;

pub use targets::FORMULAS;

use super::Model;
use crate::calendar::Calendar;
use crate::diagnostic::Diagnostic;
use crate::scenario::Scenario;
use crate::time::SimDuration;

/// A scenario ready to run, with what belongs to it.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// What the engine runs.
    pub model: Model,
    /// The scenario's calendar: what the model's instants are called.
    pub calendar: Calendar,
    /// What is likely not meant.
    pub warnings: Vec<Diagnostic>,
}

/// Compiles a scenario: resolves names, lays out tables, checks what needs more than one place of the document.
///
/// # Errors
/// Every problem that was found, with the warnings, each with its code and dotted path; the scenario's
/// [`Origins`](crate::scenario::Origins) know the places.
pub fn compile(scenario: &Scenario) -> Result<Compiled, Vec<Diagnostic>> {
    let mut findings = Findings::default();
    let timeline = Timeline::new(scenario, &mut findings);
    let model = model(scenario, &timeline, &mut findings);
    // What follows from the whole is looked at only where the parts are right.
    if let Some(model) = model.as_ref().filter(|_| !findings.has_errors()) {
        check_whole(scenario, model, &timeline, &mut findings);
    }
    match model {
        Some(model) if !findings.has_errors() => {
            Ok(Compiled { model, calendar: timeline.calendar, warnings: findings.into_vec() })
        }
        _ => Err(findings.into_vec()),
    }
}

/// The tables; `None` only if an error was found.
fn model(scenario: &Scenario, timeline: &Timeline, findings: &mut Findings) -> Option<Model> {
    let names = Directory::new(scenario, findings)?;
    let targets = targets::targets(scenario, &names, findings);
    let within = targets::within(scenario, &targets, &names, findings);
    let busyness = busyness::busyness(scenario, findings);
    let mut groups = staffing::groups(scenario, &names, timeline, findings);
    let mut openings = Openings::new(scenario, timeline, findings);
    let (mut queues, by_step) = queues::queues(scenario, &names, &openings, findings);
    queues::check_mutual(scenario, &names, &queues, &groups, findings);
    let routing = rules::routing(scenario, &names, &openings, &by_step, &mut queues, findings);
    staffing::order_decides(&mut groups, &queues, &routing.lanes);
    tiers::check_tiers(scenario, &routing, &queues, findings);
    let routes = routes::routes(&names, &routing, findings);
    let campaigns = campaigns::campaigns(scenario, &names, &mut openings, timeline, findings);
    let beginning = openings.beginning(&queues, timeline);
    let agent_group = slots::number_agents(
        &mut groups,
        &queues,
        &openings.rows,
        scenario.offices.len() + scenario.counters.len(),
        findings,
    );
    let contact_types = contacts::contact_types(scenario, &within, &names, timeline, findings);
    channels::check_channels(scenario, findings);
    let offers = offers::offers(scenario, &names, timeline, findings);
    offers::check_offered(&offers, &queues, &openings.rows, findings);
    let offices = cases::offices(scenario, &names, timeline, findings);
    let case_types = cases::case_types(scenario, &names, &offices, findings);
    let mut processes = arrivals::processes(scenario, &names, &busyness, &contact_types, timeline, findings);
    processes.extend(start_state::processes(scenario, &names, timeline, findings));
    processes.extend(start_cases::processes(scenario, &names, timeline));
    processes.extend(start_bookings::processes(scenario, &names, timeline, findings));
    processes.sort_by(|a, b| a.name.cmp(&b.name));
    let start_cases = start_cases::start_cases(scenario, &names, &processes, findings);
    let service_factors = skills::service_factors(scenario, &names, &groups, findings);
    let learning = tenure::learning(scenario, &names, &mut groups, timeline, findings);
    let outcomes = outcomes::outcome_tables(scenario, &names, &contact_types, findings);
    let outcome_factors = skills::outcome_factors(scenario, &names, &groups, findings);
    cases::check_named(scenario, &contact_types, outcomes.as_ref(), findings);
    services::check_named(scenario, &contact_types, outcomes.as_ref(), findings);
    consultations::check_limits(scenario, findings);
    consultations::check_said(scenario, &contact_types, outcomes.as_ref(), findings);
    let counters = counters::counters(scenario, &names, (&offices, &processes), timeline, findings);
    let start_bookings =
        start_bookings::start_bookings(scenario, &names, &processes, counters.as_deref(), findings);
    let (event_talk, event_retrial) = events::by_day(scenario, &processes, timeline);
    let mut model = Model {
        name: scenario.scenario.name.clone(),
        clock: timeline.clock.clone(),
        batches: steady_state::batches(scenario, timeline.clock.periods, findings),
        short_abandonment: SimDuration::from_s(scenario.measures.short_abandonment.as_s()),
        event_talk,
        event_retrial,
        processes,
        busyness,
        cell_dates: timeline.cell_dates(),
        contact_types,
        outcomes,
        profiles: callers::profiles(scenario, findings),
        numbers: callers::numbers(scenario, &names, &openings.of_number, findings),
        trunks: callers::trunks(scenario),
        greetings: greetings::greetings(scenario, &names, &openings, findings),
        openings: openings.rows,
        beginning,
        queues,
        lanes: routing.lanes.clone(),
        rules: routing.rules.clone(),
        routes: routes?,
        groups,
        agent_group,
        service_factors,
        offers,
        outcome_factors,
        learning,
        offices,
        case_types,
        counters,
        campaigns,
        start_cases,
        start_bookings,
        vendors: scenario.vendors.keys().cloned().collect(),
        sites: scenario.sites.keys().cloned().collect(),
        topics: topics::topics(scenario, findings),
        targets,
    };
    put_aside::connect(&mut model);
    routes::check_shadowed(&routing, &model.routes, findings);
    Some(model)
}

/// Checks of the model as a whole.
fn check_whole(scenario: &Scenario, model: &Model, timeline: &Timeline, findings: &mut Findings) {
    chats::check_chats(model, findings);
    put_aside::check_interruptions(model, findings);
    let streams = flows::streams(model);
    start_state::check_waiting(model, timeline, findings);
    start_bookings::check_places(model, timeline, findings);
    let passed_on = start_state::passed_on(model);
    let news = flows::of_news(model);
    let turns = flows::of_turns(model);
    let visitors = flows::of_visitors(model);
    unrouted::check_routed(
        model,
        streams.iter().chain(&passed_on).chain(&news).chain(&turns).chain(&visitors),
        timeline,
        findings,
    );
    outcomes::check_factors(model, findings);
    load::check_load(model, &streams, timeline, findings);
    office_load::check_load(model, &streams, findings);
    let of_clerks = |shift: &String| scenario.counters.values().any(|of| of.shifts.contains_key(shift));
    let of_offices = |shift: &String| scenario.offices.values().any(|of| of.works_shift(shift));
    let others = scenario.shifts.keys().filter(|shift| !of_clerks(shift) && !of_offices(shift));
    unused::check_used(model, others, findings);
    unused::check_open(model, findings);
    cases::check_used(scenario, findings);
    services::check_used(scenario, findings);
    topics::check_alike(scenario, findings);
    asks::check_pasts(scenario, model, findings);
    campaigns::check_used(model, findings);
}
