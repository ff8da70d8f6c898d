//! Outbound campaigns: lists laid out over the run, probabilities over the day, and what goes with which way of dialling.

use super::days::{bands, unroll};
use super::distributions::{distribution, nothing};
use super::findings::{Findings, path};
use super::names::Directory;
use super::openings::Openings;
use super::timeline::{Timeline, days_since_1970};
use crate::diagnostic::Code;
use crate::model::{
    AgentId, Anticipation, Batch, Campaign, CampaignId, ContactTypeId, Dialling, GroupId, LevelGate, Model,
    Predictive, Rates, WrapUpEnds,
};
use crate::random::math::exp;
use crate::random::{Distribution, name_hash};
use crate::scenario::{self as document, ByTime, DateText, PersonsList, Scenario};
use crate::time::{SimDuration, SimTime};

/// The most attempts at a person.
const MOST_ATTEMPTS: f64 = 50.0;
/// How far a dialler looks ahead, in seconds.
const MOST_ANTICIPATED_S: std::ops::RangeInclusive<f64> = 0.0..=600.0;
/// Means below this are as good as none, in seconds.
const SHORTEST_MEAN_S: f64 = 1e-3;
/// The most persons of a date.
const MOST_PERSONS: f64 = 5e6;

/// The campaigns, sorted by name.
pub(super) fn campaigns(
    scenario: &Scenario,
    names: &Directory<'_>,
    openings: &mut Openings,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Vec<Campaign> {
    scenario
        .campaigns
        .iter()
        .map(|(name, of)| {
            let at = |key: &str| format!("{}.{key}", path(&["campaigns", name]));
            check_keys(of, &at, findings);
            let number = |key: &str, value: f64, range, findings: &mut Findings| {
                findings.number(&at(key), value, range)
            };
            let occupancy_below = of.occupancy_below;
            Campaign {
                name: name.clone(),
                key: name_hash(&format!("campaigns.{name}")),
                batches: batches(of, scenario.scenario.start, &at, timeline, findings),
                hours: openings.of_campaign(of.hours.as_deref(), at("hours"), timeline, findings),
                groups: groups(of, scenario, names, &at, findings),
                contact_type: of.contact_type.as_ref().and_then(|name| {
                    names.contact_types.resolve(name, &at("type"), findings).map(ContactTypeId::from_index)
                }),
                dialling: dialling(of, &at, timeline, findings),
                attempts: number("attempts", of.attempts.into(), 1.0..=MOST_ATTEMPTS, findings) as u8,
                spacing: optional(of.spacing.as_ref(), &at("spacing"), findings),
                answered: rates(&of.answered, &at("answered"), timeline, findings),
                right_party: rates(&of.right_party, &at("right_party"), timeline, findings),
                ring_answered: distribution(&of.ring_time.answered, &at("ring_time.answered"), findings),
                ring_unanswered: distribution(
                    &of.ring_time.unanswered,
                    &at("ring_time.unanswered"),
                    findings,
                ),
                service_time: distribution(&of.service_time, &at("service_time"), findings),
                wrong_party_time: optional(of.wrong_party_time.as_ref(), &at("wrong_party_time"), findings),
                wrap_up: of.wrap_up.as_ref().map(|of| distribution(of, &at("wrap_up"), findings)),
                reserve: of.reserve,
                occupancy_below: occupancy_below
                    .map(|below| number("occupancy_below", below, 0.0..=1.0, findings)),
                level: of.service_level.as_ref().map(|of| level(of, names, &at("service_level"), findings)),
            }
        })
        .collect()
}

fn optional(of: Option<&document::Distribution>, at: &str, findings: &mut Findings) -> Distribution {
    of.map_or_else(nothing, |of| distribution(of, at, findings))
}

/// What goes with which way of dialling, and what goes with several attempts.
fn check_keys(of: &document::Campaign, at: &impl Fn(&str) -> String, findings: &mut Findings) {
    use document::Dialling as D;
    let mut refuse = |key: &str, message: &str, help: &str| {
        findings.add(Code::BAD_CAMPAIGN, at(key), message, help);
    };
    match (of.dialling, &of.preview, &of.predictive) {
        (D::Preview, None, _) => {
            refuse("preview", "`preview` is missing", "say how long an agent looks at the record: \"20s\"");
        }
        (D::Progressive | D::Predictive, Some(_), _) => {
            refuse("preview", "the campaign has no preview", "take it out, or set dialling = \"preview\"");
        }
        _ => {}
    }
    match (of.dialling, &of.predictive) {
        (D::Predictive, None) => {
            refuse("predictive", "`predictive` is missing", "give `abandonment_limit` and `patience`");
        }
        (D::Preview | D::Progressive, Some(_)) => {
            let help = "take it out, or set dialling = \"predictive\"";
            refuse("predictive", "the campaign dials for agents who are there", help);
        }
        _ => {}
    }
    if of.attempts > 1 && of.spacing.is_none() {
        let help = "say how long after an attempt in vain the next one is made, such as \"4h\"";
        refuse("spacing", "`spacing` is missing: there is more than one attempt", help);
    }
    if of.groups.is_empty() {
        refuse("groups", "nobody works the campaign", "name the agent groups that do");
    }
}

/// Agents who chat have no desk for calls.
fn groups(
    of: &document::Campaign,
    scenario: &Scenario,
    names: &Directory<'_>,
    at: &impl Fn(&str) -> String,
    findings: &mut Findings,
) -> Vec<GroupId> {
    let mut rows: Vec<GroupId> = Vec::new();
    for (place, name) in of.groups.iter().enumerate() {
        let at = format!("{}[{place}]", at("groups"));
        let Some(row) = names.groups.resolve(name, &at, findings) else { continue };
        let group = GroupId::from_index(row);
        if rows.contains(&group) {
            findings.add(Code::BAD_CAMPAIGN, &at, format!("\"{name}\" comes twice"), "name it once");
            continue;
        }
        if scenario.agent_groups[name].concurrency.is_some() {
            let message = format!("agents of \"{name}\" have several chats at once");
            findings.add(Code::BAD_CAMPAIGN, &at, message, "name groups that serve one contact at a time");
        }
        rows.push(group);
    }
    rows
}

fn dialling(
    of: &document::Campaign,
    at: &impl Fn(&str) -> String,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Dialling {
    match (of.dialling, &of.predictive) {
        (document::Dialling::Preview, _) => {
            Dialling::Preview(optional(of.preview.as_ref(), &at("preview"), findings))
        }
        (document::Dialling::Predictive, Some(pacing)) => Dialling::Predictive(Predictive {
            limit: findings.number(&at("predictive.abandonment_limit"), pacing.abandonment_limit, 0.0..=1.0),
            patience: distribution(&pacing.patience, &at("predictive.patience"), findings),
            most: findings.number(&at("predictive.most_lines"), pacing.most_lines, 1.0..=50.0),
            step: findings.number(&at("predictive.step"), pacing.step, 1e-3..=10.0),
            anticipation: pacing.anticipates.map(|span| {
                let within_s =
                    findings.number(&at("predictive.anticipates"), span.as_s(), MOST_ANTICIPATED_S);
                anticipation(of, within_s, at, timeline)
            }),
        }),
        _ => Dialling::Progressive,
    }
}

/// Talks are taken as memoryless with their mean, and so are wrap-ups unless all take the same time: then what is left of one is known from when it
/// began. Agents' factors on talk are left out, as a dialler goes by the mean of all.
fn anticipation(
    of: &document::Campaign,
    within_s: f64,
    at: &impl Fn(&str) -> String,
    timeline: &Timeline,
) -> Anticipation {
    // What is wrong with these is told where they are compiled for the calls.
    let silent = &mut Findings::default();
    let talk_s = distribution(&of.service_time, &at("service_time"), silent).mean();
    let wrong_s = optional(of.wrong_party_time.as_ref(), &at("wrong_party_time"), silent).mean();
    let wrap_up_s = optional(of.wrap_up.as_ref(), &at("wrap_up"), silent).mean();
    let same = matches!(of.wrap_up, None | Some(document::Distribution::Constant(_)));
    let right_party = rates(&of.right_party, &at("right_party"), timeline, silent);
    let talks = right_party.0.into_iter().map(|(from, right)| {
        let mean_s = right * talk_s + (1.0 - right) * wrong_s;
        let part = match same {
            true => over((within_s - wrap_up_s).max(0.0), mean_s),
            false => both_over(within_s, mean_s, wrap_up_s),
        };
        (from, part)
    });
    let wrap_ups = match same {
        true => WrapUpEnds::Within(SimDuration::from_s(within_s)),
        false => WrapUpEnds::Part(over(within_s, wrap_up_s)),
    };
    Anticipation { talks: Rates(talks.collect()), wrap_ups }
}

/// The probability that something memoryless of this mean is over within a time.
fn over(within_s: f64, mean_s: f64) -> f64 {
    1.0 - exp(-within_s / mean_s.max(SHORTEST_MEAN_S))
}

/// The probability that a memoryless talk and a memoryless wrap-up after it are both over: that of a sum of two exponentials.
fn both_over(within_s: f64, talk_s: f64, wrap_up_s: f64) -> f64 {
    let [talk_s, wrap_up_s] = [talk_s, wrap_up_s].map(|mean_s| mean_s.max(SHORTEST_MEAN_S));
    let difference = talk_s - wrap_up_s;
    if difference.abs() < 1e-6 * talk_s {
        return 1.0 - (1.0 + within_s / talk_s) * exp(-within_s / talk_s);
    }
    1.0 - (talk_s * exp(-within_s / talk_s) - wrap_up_s * exp(-within_s / wrap_up_s)) / difference
}

/// Who comes on the list within the run, from each midnight on.
fn batches(
    of: &document::Campaign,
    start: DateText,
    at: &impl Fn(&str) -> String,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Vec<Batch> {
    let at = at("list");
    let first = timeline.calendar.local(timeline.begins_unix_s).date;
    let of_dates = match &of.list {
        None => return Vec::new(),
        Some(PersonsList::Start(persons)) => vec![(start, *persons)],
        Some(PersonsList::Dates(dates)) => dates.iter().map(|(&date, &persons)| (date, persons)).collect(),
        Some(PersonsList::File(file)) => {
            let message = format!("the list in {file} has not been read in");
            findings.add(Code::BAD_CAMPAIGN, at, message, "load the scenario from its file");
            return Vec::new();
        }
    };
    let mut batches = Vec::with_capacity(of_dates.len());
    for (date, persons) in of_dates {
        let midnight = timeline.calendar.midnight(date);
        if date < first || midnight >= timeline.end_unix_s {
            let message = format!("the {persons} persons of {date} come outside the run");
            findings.add(Code::LIST_OUTSIDE_RUN, &at, message, "take them out, or check the dates");
            continue;
        }
        let persons = findings.number(&at, persons.into(), 0.0..=MOST_PERSONS) as u32;
        let from = midnight.max(timeline.begins_unix_s);
        let (at, day) = (timeline.sim_time(from), days_since_1970(date));
        batches.push(Batch { at, day, date: date.to_string(), persons });
    }
    batches
}

/// A probability over the run, by the wall clock.
fn rates(of: &ByTime, at: &str, timeline: &Timeline, findings: &mut Findings) -> Rates {
    match of {
        ByTime::Constant(value) => Rates(vec![(SimTime::ZERO, findings.number(at, *value, 0.0..=1.0))]),
        ByTime::Bands(given) => {
            for (start, &value) in given {
                findings.number(&format!("{at}.\"{start}\""), value, 0.0..=1.0);
            }
            let Some((_, &last)) = given.last_key_value() else {
                findings.add(Code::BAD_CAMPAIGN, at, "no time of day has a probability", "give one");
                return Rates(vec![(SimTime::ZERO, 0.0)]);
            };
            // A clock that is written in two ways was refused when the bands were read.
            let plan = bands(given.iter().map(|(&start, &value)| (start, value)), last).unwrap_or_default();
            let unrolled = unroll(&timeline.stretches, |_| plan.clone());
            Rates(unrolled.into_iter().map(|(unix_s, value)| (timeline.sim_time(unix_s), value)).collect())
        }
    }
}

fn level(of: &document::LevelGate, names: &Directory<'_>, at: &str, findings: &mut Findings) -> LevelGate {
    let mut queues = vec![false; names.queues.len()];
    for (place, name) in of.queues.iter().enumerate() {
        if let Some(row) = names.queues.resolve(name, &format!("{at}.queues[{place}]"), findings) {
            queues[row] = true;
        }
    }
    if of.queues.is_empty() {
        let message = "the service level is that of no queue";
        findings.add(Code::BAD_CAMPAIGN, format!("{at}.queues"), message, "name the queues");
    }
    LevelGate {
        queues,
        at_least: findings.number(&format!("{at}.at_least"), of.at_least, 0.0..=1.0),
        within: SimDuration::from_s(of.within.as_s()),
        over: SimDuration::from_s(findings.number(&format!("{at}.over"), of.over.as_s(), 60.0..=86_400.0)),
    }
}

/// Whether no factor is on a contact type's talks with anybody who works a campaign.
fn all_are_alike(model: &Model, of: &Campaign, contact_type: ContactTypeId) -> bool {
    of.groups.iter().map(|group| &model.groups[group.index()]).all(|group| {
        let learns = group.tenure.as_ref().is_some_and(|of| of.service_time[contact_type.index()].is_some());
        let factor =
            |agent| model.service_factors.as_ref().map_or(1.0, |of| of.of(AgentId(agent), contact_type));
        !learns && group.agents.clone().all(|agent| factor(agent) == 1.0)
    })
}

/// Campaigns with nobody to call, or no time to do it, and types that say nothing.
pub(super) fn check_used(model: &Model, findings: &mut Findings) {
    for (row, of) in model.campaigns.iter().enumerate() {
        let id = CampaignId::from_index(row);
        let messages = model.case_types.iter().filter_map(|row| row.message.as_ref());
        let fed = messages.filter_map(|message| message.campaign).any(|campaign| campaign == id);
        if !fed && of.batches.iter().all(|batch| batch.persons == 0) {
            let message = format!("\"{}\" has nobody to call", of.name);
            let help = "give it a `list`, or name it in a case type's `message`";
            findings.add(Code::UNUSED, path(&["campaigns", &of.name]), message, help);
        }
        if let Some(contact_type) = of.contact_type.filter(|&known| all_are_alike(model, of, known)) {
            let name = &model.contact_types[contact_type.index()].name;
            let message = format!("nobody who works \"{}\" is faster or slower about \"{name}\"", of.name);
            let help = "take `type` out, or give the groups factors, levels or tenure";
            findings.add(Code::IDLE_TYPE, path(&["campaigns", &of.name, "type"]), message, help);
        }
        let hours = of.hours.map(|hours| &model.openings[hours.index()]);
        if hours.is_some_and(|hours| !hours.open_at_zero && hours.turns.is_empty()) {
            let message = format!("\"{}\" never dials within the run", of.name);
            findings.add(
                Code::CAMPAIGN_CLOSED,
                path(&["campaigns", &of.name, "hours"]),
                message,
                "check its hours, the dates and the holidays",
            );
        }
    }
}
