//! Agent groups: how many people when, and which agents are whose.

use super::chats::chatting;
use super::days::{ByDay, DayPlan, DaySelector, bands, equal_parts, unroll};
use super::findings::{Findings, path};
use super::names::Directory;
use super::put_aside::{back_office, interruptible_wrap_up, interruptible_written};
use super::rosters;
use super::shapes::selector;
use super::shifts::{ShiftClock, shifts};
use super::shrinkage::{adherence, scheduled_heads, shrinkage};
use super::timeline::Timeline;
use crate::diagnostic::Code;
use crate::model::{AgentGroup, Lane, Queue, QueueId, ShiftPlan, SiteId, TIERS, Take, VendorId};
use crate::random::name_hash;
use crate::scenario::{self as document, Heads, Scenario, Staffing, StaffingRow, TakeFirst, join};
use crate::time::{SimDuration, SimTime};

/// The highest cost of an hour that is believed.
const MOST_COST: f64 = 1e9;
/// The largest weight of a queue.
const MOST_WEIGHT: f64 = 1e6;
/// The most heads that a group may state; what all together need is checked with the event slots.
const MOST_HEADS: u32 = 65_535;

/// The groups, sorted by name, their agents not yet numbered.
pub(super) fn groups(
    scenario: &Scenario,
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Vec<AgentGroup> {
    let shifts = shifts(scenario, findings);
    let groups = scenario.agent_groups.iter();
    groups.map(|(name, of)| group(name, of, &shifts, names, timeline, findings)).collect()
}

/// Where a group takes in order and all whom it may take have one priority, the first queue with somebody decides.
pub(super) fn order_decides(groups: &mut [AgentGroup], queues: &[Queue], lanes: &[Lane]) {
    for group in groups.iter_mut().filter(|group| group.take == Take::InOrder) {
        let taken = group.serves.iter().flat_map(|queue| queues[queue.index()].lanes.clone());
        let mut priorities = taken.map(|lane| lanes[usize::from(lane)].priority);
        let first = priorities.next();
        group.order_first |= priorities.all(|priority| Some(priority) == first);
    }
}

fn group(
    name: &str,
    of: &document::AgentGroup,
    shifts: &[ShiftClock],
    names: &Directory<'_>,
    timeline: &Timeline,
    findings: &mut Findings,
) -> AgentGroup {
    let at = |key: &str| path(&["agent_groups", name, key]);
    let vendor = of.vendor.as_ref().and_then(|vendor| names.vendors.resolve(vendor, &at("vendor"), findings));
    let site = of.site.as_ref().and_then(|site| names.sites.resolve(site, &at("site"), findings));
    let shifts = rosters::shift_plan(&at("staffing"), &of.staffing, shifts, names, timeline, findings);
    let heads = match &shifts {
        Some(plan) => heads_of_shifts(name, &of.staffing, plan, timeline, findings),
        None => heads(name, &of.staffing, timeline, findings),
    };
    let shrinkage = shrinkage(name, of, shifts.is_some(), findings);
    AgentGroup {
        name: name.into(),
        tier: findings.number(&at("tier"), of.tier.into(), 1.0..=TIERS as f64) as u8,
        vendor: vendor.map(VendorId::from_index),
        site: site.map(SiteId::from_index),
        serves: serves(name, &of.serves, names, findings),
        take: take(of.take),
        weights: weights(name, of, findings),
        order_first: of.take_first == TakeFirst::Order,
        answer_delay: SimDuration::from_s(of.answer_delay.as_s()),
        agents: 0..0,
        scheduled: match &shifts {
            Some(_) => Vec::new(),
            None => scheduled_heads(&heads, &shrinkage, timeline),
        },
        adherence: adherence(name, of, shifts.is_some(), findings),
        chatting: chatting(name, of, findings),
        interruptible_wrap_up: interruptible_wrap_up(name, of, findings),
        interruptible_written: interruptible_written(name, of, findings),
        back_office: back_office(name, of, names, findings),
        tenure: None,
        key: name_hash(name),
        shrinkage,
        heads,
        shifts,
        warm_limit: of.warm_transfer_limit.map(|limit| SimDuration::from_s(limit.as_s())),
        consultation_limit: of.consultation_limit.map(|limit| SimDuration::from_s(limit.as_s())),
        cost_per_hour: findings.number(&at("cost_per_hour"), of.cost_per_hour, 0.0..=MOST_COST),
    }
}

fn take(of: document::Take) -> Take {
    match of {
        document::Take::InOrder => Take::InOrder,
        document::Take::LongestWait => Take::LongestWait,
        document::Take::Weighted => Take::Weighted,
    }
}

/// By queue in the order of `serves`; none where the group does not weigh.
fn weights(name: &str, of: &document::AgentGroup, findings: &mut Findings) -> Vec<f64> {
    let at = path(&["agent_groups", name, "weights"]);
    for (queue, &weight) in &of.weights {
        let at = join(&at, queue);
        findings.number(&at, weight, 0.0..=MOST_WEIGHT);
        if !of.serves.contains(queue) {
            let message = format!("\"{name}\" does not serve \"{queue}\", so its contacts have no weight");
            let help = format!("name queues that agent_groups.{name}.serves lists");
            findings.add(Code::WEIGHS_OTHERS, at, message, help);
        }
    }
    if of.take != document::Take::Weighted {
        if !of.weights.is_empty() {
            let message = "weights count only where the group takes by weight";
            findings.add(Code::UNUSED_WEIGHTS, at, message, "write take = \"weighted\", or take them out");
        }
        return Vec::new();
    }
    // A name that comes twice, or is unknown, is an error of its own: then nothing runs by these places.
    of.serves.iter().map(|queue| of.weights.get(queue).copied().unwrap_or(1.0)).collect()
}

fn serves(name: &str, queues: &[String], names: &Directory<'_>, findings: &mut Findings) -> Vec<QueueId> {
    let mut served = Vec::with_capacity(queues.len());
    for (i, queue) in queues.iter().enumerate() {
        let at = format!("{}[{i}]", path(&["agent_groups", name, "serves"]));
        let Some(row) = names.queues.resolve(queue, &at, findings) else { continue };
        let id = QueueId::from_index(row);
        if served.contains(&id) {
            findings.add(Code::NAMED_TWICE, at, format!("\"{queue}\" is named twice"), "keep the first");
        } else {
            served.push(id);
        }
    }
    served
}

/// (from when, how many), the first at time zero, only changes.
fn heads(name: &str, of: &Staffing, timeline: &Timeline, findings: &mut Findings) -> Vec<(SimTime, u32)> {
    let plans = plans(name, of, findings);
    let nobody = vec![(0, 0)];
    let unrolled =
        unroll(timeline.begun(), |stretch| plans.on(stretch.date, stretch.kind).unwrap_or(&nobody).clone());
    let heads = unrolled.into_iter().map(|(unix_s, heads)| (timeline.sim_time(unix_s), heads));
    nobody_before(heads.collect())
}

/// The heads from time zero on, where nobody is there before the run begins.
pub(super) fn nobody_before(mut heads: Vec<(SimTime, u32)>) -> Vec<(SimTime, u32)> {
    match heads.first_mut() {
        Some((at, 0)) => *at = SimTime::ZERO,
        Some((at, _)) if *at > SimTime::ZERO => heads.insert(0, (SimTime::ZERO, 0)),
        _ => {}
    }
    heads
}

/// As [`heads`], of those who work by shifts.
fn heads_of_shifts(
    name: &str,
    of: &Staffing,
    plan: &ShiftPlan,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Vec<(SimTime, u32)> {
    if says_heads(of) {
        let at = path(&["agent_groups", name, "staffing"]);
        let message = "heads and shifts both say who is there";
        findings.add(Code::HEADS_AND_SHIFTS, at, message, "keep the heads or the shifts");
    }
    rosters::planned_heads(plan, &timeline.clock)
}

fn says_heads(of: &Staffing) -> bool {
    let said = [&of.heads, &of.saturday, &of.sunday, &of.holiday].into_iter().any(Option::is_some);
    said || !of.rows.is_empty() || of.file.is_some()
}

fn plans(name: &str, of: &Staffing, findings: &mut Findings) -> ByDay<DayPlan<u32>> {
    use crate::calendar::DayKind::{Holiday, Sat, Sun};
    let given = [
        ("heads", DaySelector::Every, &of.heads),
        ("saturday", DaySelector::Kind(Sat), &of.saturday),
        ("sunday", DaySelector::Kind(Sun), &of.sunday),
        ("holiday", DaySelector::Kind(Holiday), &of.holiday),
    ];
    let mut plans = row_plans(name, &of.rows, findings);
    for (key, days, heads) in given {
        let at = path(&["agent_groups", name, "staffing", key]);
        let Some(plan) = heads.as_ref().and_then(|heads| plan(heads, &at, findings)) else { continue };
        if !plans.say(days, plan) {
            let message = format!("`{key}` and the rows of the file both speak of the same days");
            findings.add(Code::BAD_STAFFING, at, message, format!("take `{key}` out, or the rows"));
        }
    }
    check_something_is_said(name, of, findings);
    plans
}

fn check_something_is_said(name: &str, of: &Staffing, findings: &mut Findings) {
    let said = [&of.heads, &of.saturday, &of.sunday, &of.holiday].into_iter().any(Option::is_some);
    if !said && of.rows.is_empty() {
        let message = match &of.file {
            Some(file) => format!("{file} has no row for \"{name}\""),
            None => "the staffing says nothing".into(),
        };
        let help = "give `heads`, `shifts`, or a `file` with rows for this group; `heads = 0` is nobody";
        findings.add(Code::BAD_STAFFING, path(&["agent_groups", name, "staffing"]), message, help);
    }
}

pub(super) fn plan(heads: &Heads, at: &str, findings: &mut Findings) -> Option<DayPlan<u32>> {
    let plan = match heads {
        Heads::Constant(heads) => Some(vec![(0, *heads)]),
        Heads::List(list) => equal_parts(list),
        Heads::Bands(given) => bands(given.iter().map(|(&start, &heads)| (start, heads)), 0).ok(),
    };
    if plan.is_none() {
        let message = "this many heads do not divide a day into equal whole seconds";
        findings.add(Code::BAD_STAFFING, at, message, "give 24, 48 or 96 values, or times of day");
    }
    plan.map(|plan| believed(plan, at, findings))
}

/// Heads that the program can hold.
fn believed(plan: DayPlan<u32>, at: &str, findings: &mut Findings) -> DayPlan<u32> {
    if let Some(&(_, heads)) = plan.iter().find(|&&(_, heads)| heads > MOST_HEADS) {
        let message = format!("{heads} heads are more than the {MOST_HEADS} that the program holds");
        findings.add(Code::OUT_OF_RANGE, at, message, "check the number");
        return vec![(0, 0)];
    }
    plan
}

/// The rows of a file, gathered by the days that they name.
fn row_plans(name: &str, rows: &[StaffingRow], findings: &mut Findings) -> ByDay<DayPlan<u32>> {
    let at = path(&["agent_groups", name, "staffing", "rows"]);
    let mut by_day: ByDay<Vec<_>> = ByDay::default();
    for (i, row) in rows.iter().enumerate() {
        if let Some(days) = selector(&row.day, &format!("{at}[{i}].day"), findings) {
            by_day.entry(days).push((row.start, row.heads));
        }
    }
    let mut plans = ByDay::default();
    for (days, rows) in by_day.into_said() {
        match bands(rows, 0) {
            Ok(plan) => _ = plans.say(days, believed(plan, &at, findings)),
            Err(twice) => {
                let message = format!("two rows for the same days start at {twice}");
                findings.add(Code::BAD_STAFFING, &at, message, "keep one of them");
            }
        }
    }
    plans
}

/// How many agents a group has: the most heads that it ever needs, or all people of its shifts.
pub(super) fn people(group: &AgentGroup) -> u32 {
    match &group.shifts {
        Some(plan) => plan.people() as u32,
        None => group.heads.iter().map(|&(_, heads)| heads).max().unwrap_or(0),
    }
}
