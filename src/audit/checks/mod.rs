//! The checks, one rule a file.

mod agents;
mod anticipating;
mod arrivals;
mod attempts;
mod back_office;
mod blending;
mod bookings;
mod callbacks;
mod case_lives;
mod cases;
mod channels;
mod chats;
mod citizens;
mod consultations;
mod counted;
mod desks;
mod dials;
mod eligibility;
mod greetings;
mod hours;
mod idle;
mod legs;
mod lists;
mod needs;
mod offering;
mod office_work;
mod order;
mod preparations;
mod promises;
mod put_aside;
mod routing;
mod selection;
mod shifts;
mod staffing;
mod start_bookings;
mod start_cases;
mod trunks;
mod visits;
mod waiting;
mod way;
mod web;

use super::plan::Plan;
use super::report::Check;
use super::run::Run;

/// Examines one replication.
pub type Examine = fn(&Plan<'_>, &Run<'_>, &mut Check);

/// All checks by name.
pub const ALL: &[(&str, Examine)] = &[
    ("calls are greeted as the scenario says", greetings::examine),
    ("a leg has one fate and its times in order", legs::examine),
    ("legs of a contact follow one another", attempts::examine_legs),
    ("a talk ends as its type allows", attempts::examine_outcomes),
    ("attempts follow failures", attempts::examine_attempts),
    ("a need ends once and as its contacts say", needs::examine),
    ("needs begin in their cell, within the run", arrivals::examine),
    ("an exact number of needs is met", counted::examine),
    ("who waits at the start has come before", waiting::examine),
    ("an agent is in one place", agents::examine_places),
    ("legs and agents tell the same", agents::examine_agreement),
    ("who serves is eligible", eligibility::examine),
    ("nobody works beyond the staffing", staffing::examine_assignments),
    ("who is logged in is staffed", staffing::examine_presence),
    ("who works by shifts is on duty", shifts::examine_duty),
    ("who is on duty is there", shifts::examine_presence),
    ("as many are absent as shrinkage says", shifts::examine_absence),
    ("a place that is left stays empty for its time", shifts::examine_empty_places),
    ("breaks begin when due and keep their length", shifts::examine_breaks),
    ("a freed agent takes who is first", order::examine),
    ("nobody waits while an eligible agent idles", idle::examine),
    ("a contact is offered in the order of its groups", offering::examine),
    ("an idle agent is selected as its queue says", selection::examine),
    ("queues take nobody while closed", hours::examine),
    ("whoever dials a closed number is refused", hours::examine_numbers),
    ("who is sent away is sent away by closing", hours::examine_sent_away),
    ("calls fit on their trunks", trunks::examine),
    ("the first rule that holds routes", routing::examine),
    ("what is written stays until it is answered", channels::examine),
];

/// The checks of scenarios with offers.
pub const OF_OFFERS: &[(&str, Examine)] = &[
    ("callbacks are promised and tried as offered", callbacks::examine),
    ("slots of callbacks begin in time", callbacks::examine_slots),
];

/// The check of scenarios whose contact types have topics.
pub const OF_TOPICS: &[(&str, Examine)] =
    &[("a contact is about its type's topic", citizens::examine_topics)];

/// The check of scenarios with districts.
pub const OF_DISTRICTS: &[(&str, Examine)] =
    &[("a citizen lives in one district of its profile", citizens::examine_districts)];

/// The check of scenarios in which agents ask others.
pub const OF_CONSULTATIONS: &[(&str, Examine)] =
    &[("an agent asks another as its type says", consultations::examine)];

/// The checks of scenarios whose rules prefer the last agent.
pub const OF_LAST_AGENTS: &[(&str, Examine)] =
    &[("who comes again goes to the last agent", promises::examine)];

/// The checks of scenarios whose rules ask for marks.
pub const OF_MARKS: &[(&str, Examine)] = &[("a need has one mark", routing::examine_marks)];

/// The checks of scenarios with offices.
pub const OF_CASES: &[(&str, Examine)] = &[
    ("a talk that ends so opens a case", cases::examine_openings),
    ("a case is due, worked on and closed as its type says", case_lives::examine),
    ("cases that are open at the start are as told", start_cases::examine),
    ("a case is opened again for a reason", case_lives::examine_reopenings),
    ("people of an office work on what is there", office_work::examine),
    ("an office takes up the case that is first", office_work::examine_order),
    ("who contacts the center about a case has one", cases::examine_news),
];

/// The check of scenarios in which citizens try the web site first.
pub const OF_WEB: &[(&str, Examine)] =
    &[("who tries the web site first calls afterwards or not", web::examine)];

/// The checks of scenarios with campaigns.
pub const OF_CAMPAIGNS: &[(&str, Examine)] = &[
    ("a dial goes as its campaign dials", dials::examine),
    ("predictive dialling keeps its limit", dials::examine_pace),
    ("a dialler that looks ahead rings as many lines as it should", anticipating::examine),
    ("a person on a list is called as the campaign says", lists::examine),
    ("whoever may be called first is", lists::examine_order),
    ("campaigns leave agents to what comes in", blending::examine),
    ("nobody on a list waits while an agent may be spared", blending::examine_idle),
];

/// The check of scenarios in which agents have several chats at once.
pub const OF_CHATS: &[(&str, Examine)] = &[("who chats has no more chats than may be", chats::examine)];

/// The check of scenarios in which work may be interrupted.
pub const OF_INTERRUPTIONS: &[(&str, Examine)] =
    &[("what is put aside for a call is taken up again", put_aside::examine)];

/// The check of scenarios in which agents work on cases.
pub const OF_BACK_OFFICE: &[(&str, Examine)] =
    &[("agents work on cases when they have nothing else to do", back_office::examine)];

/// The checks of scenarios with services of counters.
pub const OF_VISITS: &[(&str, Examine)] = &[
    ("a try at a counter goes as its service says", visits::examine_lives),
    ("a need goes on and ends as its tries say", visits::examine_needs),
    ("a slot is never booked beyond its places", bookings::examine_places),
    ("a slot is offered as the service chooses", bookings::examine_offers),
    ("counters serve as many as they can", desks::examine_desks),
    ("counters serve who is first", desks::examine_order),
];

/// The check of scenarios in which offices prepare visits.
pub const OF_PREPARATIONS: &[(&str, Examine)] =
    &[("a visit is prepared if the work for it is done", preparations::examine)];

/// The checks of scenarios that begin with visits that are booked.
pub const OF_START_BOOKINGS: &[(&str, Examine)] =
    &[("visits that are booked at the start are as told", start_bookings::examine)];
