//! Routing rules in the order in which they are tried, and the lanes that they lead to.

use std::cmp::Ordering;

use super::asks::{asks, recognised};
use super::choice::listed;
use super::findings::{Findings, path};
use super::names::{Directory, Names};
use super::openings::Openings;
use super::queues::GroupsByStep;
use crate::diagnostic::Code;
use crate::model::{Asks, Channel, GroupId, Lane, LaneId, LastAgent, Queue, QueueId, Rule, TIERS};
use crate::scenario::{OneOrMany, RoutingRule, Scenario, join_index};
use crate::time::SimDuration;

/// Whom a rule is about, besides the hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// By contact type; `None`: all.
    pub(super) contact_types: Option<Vec<usize>>,
    pub(super) profiles: Option<Vec<usize>>,
    pub(super) numbers: Option<Vec<usize>>,
    pub(super) recognised: Option<bool>,
    pub(super) tier: u8,
    pub(super) redirected: Option<bool>,
}

/// What routing compiles to.
#[derive(Clone, Debug, Default)]
pub(super) struct Routing {
    pub(super) rules: Vec<Rule>,
    pub(super) matches: Vec<Match>,
    pub(super) lanes: Vec<Lane>,
}

/// A rule whose names are resolved.
struct Draft<'s> {
    name: &'s str,
    of: &'s RoutingRule,
    queue: QueueId,
    matches: Match,
    asks: Option<Box<Asks>>,
    prefer: Vec<GroupId>,
    row_by_name: usize,
}

impl Draft<'_> {
    fn lane(&self) -> Lane {
        let credit = SimDuration::from_s(self.of.credit.as_s());
        Lane { queue: self.queue, priority: self.of.priority, credit }
    }

    fn last_agent(&self) -> Option<LastAgent> {
        let wait_at_most = SimDuration::from_s(self.of.prefer_last_agent?.wait_at_most.as_s());
        Some(LastAgent { tier: self.matches.tier, wait_at_most })
    }
}

/// Compiles the rules, and gives each queue its lanes.
pub(super) fn routing(
    scenario: &Scenario,
    names: &Directory<'_>,
    openings: &Openings,
    groups: &GroupsByStep,
    queues: &mut [Queue],
    findings: &mut Findings,
) -> Routing {
    let mut drafts = Vec::with_capacity(scenario.routing.len());
    for (row_by_name, (name, of)) in scenario.routing.iter().enumerate() {
        drafts.extend(draft(row_by_name, name, of, names, groups, findings));
    }
    drafts.sort_by_key(|draft| draft.of.order);
    check_orders(&drafts, findings);
    check_waits_for_one(&drafts, queues, findings);
    let lanes = lanes(&drafts, queues, findings);
    let rule = |draft: &Draft<'_>| {
        let (offers, added) = offers(&groups[draft.queue.index()], &draft.prefer);
        Rule {
            name: draft.name.into(),
            queue: draft.queue,
            lane: lane_id(&lanes, &draft.lane()),
            entry_step: entry_step(&queues[draft.queue.index()]),
            conditional: queues[draft.queue.index()].conditions.is_some(),
            tells: queues[draft.queue.index()].told.is_some(),
            offers,
            added,
            select: queues[draft.queue.index()].select,
            condition: openings.of_rule[draft.row_by_name],
            minds_entries: draft.asks.as_ref().is_some_and(|asks| asks.band.is_some())
                || draft.of.prefer_last_agent.is_some(),
            asks: draft.asks.clone(),
            last_agent: draft.last_agent(),
        }
    };
    let rules = drafts.iter().map(rule).collect();
    Routing { rules, matches: drafts.into_iter().map(|draft| draft.matches).collect(), lanes }
}

fn draft<'s>(
    row_by_name: usize,
    name: &'s str,
    of: &'s RoutingRule,
    names: &Directory<'_>,
    groups: &GroupsByStep,
    findings: &mut Findings,
) -> Option<Draft<'s>> {
    let asks = asks(name, &of.when, findings);
    let matches =
        Match { recognised: recognised(&of.when, asks.as_deref()), ..matches(name, of, names, findings) };
    let queue = names.queues.resolve(&of.queue, &path(&["routing", name, "queue"]), findings);
    let prefer = prefer(name, of, queue.map(|queue| groups[queue].as_slice()), names, findings);
    Some(Draft { name, of, queue: QueueId::from_index(queue?), matches, asks, prefer, row_by_name })
}

fn matches(name: &str, of: &RoutingRule, names: &Directory<'_>, findings: &mut Findings) -> Match {
    let mut rows = |key: &str, given: &Option<OneOrMany>, among: &Names<'_>| {
        let given = given.as_ref()?;
        Some(listed(given, &path(&["routing", name, "when", key]), among, findings))
    };
    let contact_types = rows("type", &of.when.contact_type, &names.contact_types);
    let contact_types = of_channel(contact_types, of.when.channel, names);
    let profiles = rows("profile", &of.when.profile, &names.profiles);
    let numbers = rows("number", &of.when.number, &names.numbers);
    let tier = f64::from(of.when.tier.unwrap_or(1));
    let tier = findings.number(&path(&["routing", name, "when", "tier"]), tier, 1.0..=TIERS as f64) as u8;
    Match {
        contact_types,
        profiles,
        numbers,
        recognised: of.when.recognised,
        tier,
        redirected: of.when.redirected,
    }
}

/// Those of the types that come by a channel.
fn of_channel(
    types: Option<Vec<usize>>,
    channel: Option<Channel>,
    names: &Directory<'_>,
) -> Option<Vec<usize>> {
    let Some(channel) = channel else { return types };
    let among = types.unwrap_or_else(|| (0..names.contact_types.len()).collect());
    Some(among.into_iter().filter(|&row| names.channels[row] == channel).collect())
}

/// The preferred groups that the queue's steps allow; one that they never do is a finding.
fn prefer(
    name: &str,
    of: &RoutingRule,
    steps: Option<&[Vec<GroupId>]>,
    names: &Directory<'_>,
    findings: &mut Findings,
) -> Vec<GroupId> {
    let mut preferred = Vec::new();
    for (i, group) in of.prefer.iter().enumerate() {
        let at = join_index(&path(&["routing", name, "prefer"]), i);
        let Some(row) = names.groups.resolve(group, &at, findings) else { continue };
        let id = GroupId::from_index(row);
        if preferred.contains(&id) {
            findings.add(Code::NAMED_TWICE, at, format!("\"{group}\" is named twice"), "keep the first");
        } else if steps.is_some_and(|steps| !steps.iter().flatten().any(|&known| known == id)) {
            let message = format!("no step of \"{}\" names \"{group}\", so it cannot be preferred", of.queue);
            let help = format!("add \"{group}\" to a step of queues.{}, or take it out here", of.queue);
            findings.add(Code::PREFERS_OTHERS, at, message, help);
        } else {
            preferred.push(id);
        }
    }
    preferred
}

fn check_orders(sorted: &[Draft<'_>], findings: &mut Findings) {
    for pair in sorted.windows(2).filter(|pair| pair[0].of.order == pair[1].of.order) {
        let message =
            format!("\"{}\" has the order {}, as \"{}\" has", pair[1].name, pair[1].of.order, pair[0].name);
        let at = path(&["routing", pair[1].name, "order"]);
        findings.add(Code::SAME_ORDER, at, message, "give each rule an order of its own");
    }
}

/// Conditions of steps speak of who waits in line, and whoever waits for one agent is in none.
fn check_waits_for_one(drafts: &[Draft<'_>], queues: &[Queue], findings: &mut Findings) {
    for draft in drafts.iter().filter(|draft| draft.of.prefer_last_agent.is_some()) {
        let queue = &queues[draft.queue.index()];
        if queue.conditions.is_some() {
            let message =
                format!("\"{}\" leads to \"{}\", whose steps have conditions", draft.name, queue.name);
            let help = "take the conditions out, or let the rule lead to another queue";
            findings.add(
                Code::WAITS_FOR_ONE,
                path(&["routing", draft.name, "prefer_last_agent"]),
                message,
                help,
            );
        }
    }
}

/// The distinct lanes, queue by queue, by falling priority, then falling credit.
fn lanes(drafts: &[Draft<'_>], queues: &mut [Queue], findings: &mut Findings) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = drafts.iter().map(Draft::lane).collect();
    lanes.sort_by(order_of_lanes);
    lanes.dedup();
    if lanes.len() > usize::from(u16::MAX) {
        let message = format!("the rules need {} lanes: the program holds {}", lanes.len(), u16::MAX);
        findings.add(Code::TOO_MANY, "routing", message, "use fewer priorities and credits");
        lanes.truncate(usize::from(u16::MAX));
    }
    for (row, queue) in queues.iter_mut().enumerate() {
        let id = QueueId::from_index(row);
        let start = lanes.partition_point(|lane| lane.queue < id);
        let end = lanes.partition_point(|lane| lane.queue <= id);
        queue.lanes = start as u16..end as u16;
    }
    lanes
}

/// Queue by queue, by falling priority, then falling credit.
fn order_of_lanes(a: &Lane, b: &Lane) -> Ordering {
    (a.queue, b.priority, b.credit).cmp(&(b.queue, a.priority, a.credit))
}

/// The row of a lane; any one where there were too many, which is a finding.
fn lane_id(lanes: &[Lane], lane: &Lane) -> LaneId {
    LaneId::from_index(lanes.binary_search_by(|other| order_of_lanes(other, lane)).unwrap_or(0))
}

/// The last step that begins at once.
fn entry_step(queue: &Queue) -> u8 {
    queue.steps.iter().filter(|step| step.after.is_zero()).count().saturating_sub(1) as u8
}

/// By step, the groups in the order in which they are offered a contact, and those that the step brings.
fn offers(steps: &[Vec<GroupId>], prefer: &[GroupId]) -> (Vec<Vec<GroupId>>, Vec<Vec<GroupId>>) {
    let place = |group: &GroupId| prefer.iter().position(|other| other == group).unwrap_or(usize::MAX);
    let by_preference = |mut groups: Vec<GroupId>| {
        groups.sort_by_key(place);
        groups
    };
    let so_far = |step: usize| {
        let mut groups: Vec<GroupId> = Vec::new();
        steps[..=step].iter().flatten().for_each(|group| {
            if !groups.contains(group) {
                groups.push(*group);
            }
        });
        groups
    };
    let offers = (0..steps.len()).map(|step| by_preference(so_far(step))).collect();
    (offers, steps.iter().map(|brought| by_preference(brought.clone())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferred_groups_come_first_once_a_step_has_brought_them() {
        let [a, b, c] = [GroupId(0), GroupId(1), GroupId(2)];
        let (offers, added) = offers(&[vec![a, b], vec![c]], &[c, b]);
        assert_eq!(offers, [vec![b, a], vec![c, b, a]]);
        assert_eq!(added, [vec![b, a], vec![c]]);
    }
}
