//! What a model asks of the engine: which ways of looking at patience are legal for it.
//!
//! All legal ways give the same digits; the cheaper ones see less. Eager is always legal.

use super::{Channel, Citizens, Model, Outcome, Select, TrunkId};
use crate::time::{SimDuration, SimTime};

/// How patience is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// A timer a waiting contact: always legal.
    Eager,
    /// Looked at when an agent does: legal where nothing sees queue lengths or lines.
    Lazy,
    /// No events at all: one FIFO queue, one group, constant heads, no retrial.
    Recursion,
}

/// Which modes are legal for a model, and what stands against the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// The cheapest legal mode.
    pub mode: Mode,
    /// Why patience must not be looked at lazily; empty if it may.
    pub not_lazy: Vec<String>,
    /// Why the recursion on free times is wrong for it; empty if it is right.
    pub not_recursion: Vec<String>,
}

impl Capabilities {
    /// Whether a mode is legal.
    pub fn allows(&self, mode: Mode) -> bool {
        match mode {
            Mode::Eager => true,
            Mode::Lazy => self.not_lazy.is_empty(),
            Mode::Recursion => self.not_recursion.is_empty(),
        }
    }
}

impl Model {
    /// Which modes are legal, and why the others are not.
    pub fn capabilities(&self) -> Capabilities {
        let not_lazy = not_lazy(self);
        let mut not_recursion = not_lazy.clone();
        not_recursion.extend(not_recursion_either(self));
        let mode = match (not_lazy.is_empty(), not_recursion.is_empty()) {
            (_, true) => Mode::Recursion,
            (true, false) => Mode::Lazy,
            (false, false) => Mode::Eager,
        };
        Capabilities { mode, not_lazy, not_recursion }
    }
}

impl Model {
    /// Whether it has any of the rules that most centers do without, and that the loop can then be compiled without: conditions on queues and groups, lookups and menus,
    /// agents who stay with callers, rules that ask for a past, count, tell or offer, people who learn or differ in how their talks end, cases, counters, campaigns, channels beside the telephone, numbers with hours, work that may be interrupted, and contacts
    /// that wait before the run begins.
    pub fn has_rare_rules(&self) -> bool {
        self.greetings.is_some()
            || self.learning.is_some()
            || self.differ_in_outcome()
            || !self.case_types.is_empty()
            || self.counters.is_some()
            || !self.campaigns.is_empty()
            || self.has_web()
            || self.contact_types.iter().any(|of| of.channel != Channel::Voice)
            || self.groups.iter().any(|group| group.chatting.is_some())
            || self.anybody_is_interrupted()
            || self.clock.begins > SimTime::ZERO
            || self.numbers.iter().any(|number| number.hours.is_some())
            || self.contact_types.iter().any(|of| of.warm.is_some() || of.consultation.is_some())
            || self.queues.iter().any(|queue| queue.conditions.is_some())
            || self
                .rules
                .iter()
                .any(|rule| rule.asks.is_some() || rule.conditional || rule.minds_entries || rule.tells)
    }

    /// Whether it is a center as textbooks have it, so that the loop can be compiled without the usual rules either: lines, opening hours, several numbers or
    /// segments, citizens who are listed or split off, callers who turn away or call again, answers that take a while, tiers, talks that do not help, and what
    /// agents and events make of their length.
    pub fn is_plain(&self) -> bool {
        let one_kind_of_caller = self.numbers.len() == 1
            && self.profiles.len() == 1
            && self.profiles[0].recognised == 0.0
            && self.profiles[0].service_times == [1.0; 2]
            && self.processes.iter().all(|of| of.certain.is_none() && of.citizens == Citizens::Own);
        let every_need_is_one_talk = self.outcomes.is_none()
            && self.contact_types.iter().all(|of| {
                of.outcome[0].outcome == [Outcome::Resolved]
                    && of.after_abandonment.is_none()
                    && of.after_blocking.is_none()
                    && of.balking == 0.0
            });
        let always_open = self.numbers.iter().all(|number| number.trunk.is_none())
            && self.queues.iter().all(|queue| queue.hours.is_none() && !queue.needs_staff);
        let agents_are_alike = self.service_factors.is_none()
            && self.event_talk.is_none()
            && self.groups.iter().all(|group| group.tier == 1 && group.answer_delay == SimDuration::ZERO);
        !self.has_rare_rules()
            && one_kind_of_caller
            && every_need_is_one_talk
            && always_open
            && agents_are_alike
    }
}

/// What makes the instant matter at which somebody hangs up.
fn not_lazy(model: &Model) -> Vec<String> {
    let mut reasons = Vec::new();
    for of in model.contact_types.iter().filter(|of| of.after_abandonment.is_some()) {
        reasons.push(format!("callers of \"{}\" who hung up may call again", of.name));
    }
    for of in model.contact_types.iter().filter(|of| of.warm.is_some()) {
        reasons.push(format!("agents stay with callers of \"{}\" whom they pass on", of.name));
    }
    for of in model.contact_types.iter().filter(|of| of.consultation.is_some()) {
        reasons.push(format!("agents wait for others to ask about \"{}\"", of.name));
    }
    let held = |row: usize| model.numbers.iter().any(|n| n.trunk == Some(TrunkId::from_index(row)));
    for (_, trunk) in model.trunks.iter().enumerate().filter(|&(row, _)| held(row)) {
        reasons.push(format!("who hangs up frees one of the {} lines of \"{}\"", trunk.lines, trunk.name));
    }
    for of in model.case_types.iter().filter(|of| of.status.is_some()) {
        reasons.push(format!("who has a case of \"{}\" asks for news, if not on the line already", of.name));
    }
    if model.counters.is_some() {
        reasons.push("visitors of counters may call when they find no help".into());
    }
    for of in &model.campaigns {
        reasons.push(format!("\"{}\" dials while agents are idle, and minds who waits", of.name));
    }
    for queue in model.queues.iter().filter(|queue| queue.conditions.is_some()) {
        reasons.push(format!("steps of \"{}\" depend on who waits and who is idle", queue.name));
    }
    for queue in model.queues.iter().filter(|queue| queue.told.is_some()) {
        reasons.push(format!("callers of \"{}\" are offered or told something", queue.name));
    }
    for rule in model.rules.iter().filter(|rule| rule.last_agent.is_some()) {
        reasons.push(format!("by rule \"{}\" contacts wait for the agent who served them last", rule.name));
    }
    for queue in model.queues.iter().filter(|queue| queue.needs_staff) {
        reasons.push(format!("\"{}\" sends away whoever waits when its last agent leaves", queue.name));
    }
    for queue in model.queues.iter().filter(|queue| queue.sends_away && queue.hours.is_some()) {
        reasons.push(format!("\"{}\" sends away at closing whoever still waits", queue.name));
    }
    reasons
}

/// What else takes more than the agents' free times.
fn not_recursion_either(model: &Model) -> Vec<String> {
    let mut reasons = Vec::new();
    let mut against = |holds: bool, reason: String| reasons.extend(holds.then_some(reason));
    let steps: usize = model.queues.iter().map(|queue| queue.steps.len()).sum();
    against(model.queues.len() != 1, format!("{} queues", model.queues.len()));
    against(model.lanes.len() != 1, format!("{} lanes (queue, priority, credit)", model.lanes.len()));
    against(model.queues.len() == 1 && steps != 1, format!("{steps} steps"));
    against(model.groups.len() != 1, format!("{} agent groups", model.groups.len()));
    against(!model.openings.is_empty(), "opening hours, or rules by the hour".into());
    against(model.greetings.is_some(), "callers are looked up, or hear a menu".into());
    against(model.waiting_at_start() > 0, "contacts wait already at the start".into());
    for rule in &model.rules {
        against(rule.asks.is_some(), format!("rule \"{}\" asks for a past, a mark or a number", rule.name));
    }
    for group in &model.groups {
        against(!group.shrinkage.is_empty(), format!("people of \"{}\" may be away", group.name));
        against(group.chatting.is_some(), format!("people of \"{}\" chat with several at once", group.name));
        let interrupted = group.interruptible_wrap_up.is_some();
        against(interrupted, format!("the wrap-up of people of \"{}\" may be interrupted", group.name));
        let written = group.interruptible_written;
        against(written, format!("people of \"{}\" put what is written aside", group.name));
        against(
            group.back_office.is_some(),
            format!("people of \"{}\" work on cases between calls", group.name),
        );
        against(group.shifts.is_some(), format!("\"{}\" works by shifts", group.name));
        against(group.heads.len() != 1, format!("the heads of \"{}\" change", group.name));
        against(
            group.heads.iter().all(|&(_, heads)| heads == 0),
            format!("nobody works in \"{}\"", group.name),
        );
    }
    let differ = model.service_factors.as_ref().is_some_and(|factors| factors.differ_within_groups);
    let selects = model.queues.iter().any(|queue| queue.select != Select::LongestIdle);
    against(selects, "agents selected otherwise than by the longest idle".into());
    against(differ, "agents of a group who differ in skill".into());
    against(model.outcomes.is_some(), "talks that end otherwise by profile or group".into());
    against(model.outcome_factors.is_some(), "agents of a group whose talks end otherwise".into());
    against(model.learning.is_some(), "people who learn".into());
    for of in &model.contact_types {
        against(of.after_blocking.is_some(), format!("refused callers of \"{}\" may call again", of.name));
        let escalates = of.outcome[0].outcome.contains(&Outcome::Escalated);
        against(escalates, format!("contacts of \"{}\" may go on to tier 2", of.name));
        let redirects = of.outcome[0].outcome.contains(&Outcome::WrongDepartment);
        against(redirects, format!("contacts of \"{}\" may go on to another department", of.name));
        let unresolved = of.outcome[0].outcome.contains(&Outcome::Unresolved);
        against(of.web.is_some(), format!("citizens may try the web site about \"{}\" first", of.name));
        against(of.case.is_some(), format!("talks about \"{}\" may open a case", of.name));
        against(unresolved, format!("talks about \"{}\" may end unresolved", of.name));
    }
    reasons
}
