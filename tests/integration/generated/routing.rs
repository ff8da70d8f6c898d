//! Queues, steps and rules, and how contacts are passed on.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::writer::{HOURS, Writer, line, may_wait_for_one, quoted};

impl Writer<'_> {
    /// Outcome tables of groups and profiles, contacts that are redirected and sent back, and rules for them.
    pub(super) fn passing_on(&mut self) {
        if !self.maybe(45) {
            return;
        }
        let of_type = self.tape.below(self.sizes.types);
        let escalate = if self.sizes.experts > 0 { "escalate = 0.2, " } else { "" };
        let most = self.tape.one_of(&["", "unresolved = 0.1, "]);
        line!(self, "[agent_groups.g0.outcome]");
        line!(self, "t{of_type} = {{ wrong_department = 0.3, {escalate}{most}rest = \"resolved\" }}");
        if self.sizes.profiles > 0 {
            line!(self, "[agent_groups.g0.outcome_by_profile.p0]\nt{of_type} = {{ wrong_department = 1 }}");
            line!(self, "[profiles.p1.outcome.t{of_type}]");
            line!(self, "tier1 = {{ {escalate}wrong_department = 0.1, rest = \"unresolved\" }}");
        }
        if self.sizes.experts > 0 {
            line!(self, "[agent_groups.e0.outcome]");
            line!(self, "t{of_type} = {{ send_back = 0.4, wrong_department = 0.1, rest = \"resolved\" }}");
        }
        if self.sizes.experts > 0 && self.tape.chance(60) {
            let (limit, introduction) =
                (self.tape.one_of(&["2m", "20s", "0s", "1h"]), self.tape.one_of(&["15s", "0s"]));
            line!(self, "[contact_types.t{of_type}.warm_transfer]");
            line!(self, "limit = \"{limit}\"\nintroduction = \"{introduction}\"");
        }
        if self.tape.chance(50) {
            line!(self, "[routing.again]\norder = 0\nwhen = {{ tier = 1, redirected = true }}");
            self.way(1);
        }
    }

    /// Rules before all others that ask for a past, for a mark or for a number of contacts.
    pub(super) fn asking_rules(&mut self) {
        for row in 0..1 + self.tape.below(3) {
            let tier = if self.sizes.experts > 0 { 1 + self.tape.below(2) as u8 } else { 1 };
            let mut when = format!("tier = {tier}");
            for condition in [
                "repeat_within_days = 0.05",
                "attempt_over = 0",
                "attempt_over = 1",
                "has_open_case = false",
                "mark = { below = 0.5 }",
                "mark = { from = 0.2, below = 0.7 }",
                "at_most = { contacts = 2, per = \"period\" }",
                "at_most = { contacts = 30, per = \"day\" }",
            ] {
                let key = condition.split(' ').next().unwrap_or_default();
                if self.tape.chance(25) && !when.contains(key) {
                    when += &format!(", {condition}");
                }
            }
            line!(self, "[routing.asks{row}]\norder = -{}\nwhen = {{ {when} }}", 9 - row);
            self.way(tier);
            if self.tape.chance(70) {
                let wait = self.tape.one_of(&["60s", "5m", "0s", "1h", "7s"]);
                let without = self.text.clone();
                line!(self, "prefer_last_agent = {{ wait_at_most = \"{wait}\" }}");
                if !may_wait_for_one(&self.text) {
                    self.text = without;
                }
            }
        }
    }

    /// Writes a queue whose steps name some of the groups.
    pub(super) fn queue(
        &mut self,
        name: &str,
        groups: &[String],
        serves: &mut BTreeMap<String, Vec<String>>,
    ) {
        line!(self, "[queues.{name}]");
        if self.maybe(40) {
            let hours = self.tape.one_of(&HOURS);
            line!(self, "hours = \"{hours}\"\nat_close = \"{}\"", self.tape.one_of(&["serve", "send_away"]));
        }
        if self.maybe(25) {
            line!(self, "without_staff = \"send_away\"");
        }
        if self.maybe(50) {
            let select = self.tape.one_of(&["least_occupied", "fastest", "random", "longest_idle"]);
            line!(self, "select = \"{select}\"");
        }
        let mut steps: [Vec<String>; 3] = Default::default();
        for (place, group) in groups.iter().enumerate() {
            let step = if place == 0 { 0 } else { self.tape.below(5) };
            if let Some(step) = steps.get_mut(step) {
                step.push(group.clone());
                serves.entry(group.clone()).or_default().push(name.into());
            }
        }
        if self.maybe(60) {
            let expected_wait = self.tape.one_of(&[
                "\"head_of_line\"",
                "\"last_to_enter_service\"",
                "{ queue_over_rate = { handle_time = \"4m\" } }",
                "{ queue_over_rate = { handle_time = \"3m\", patience = \"5m\" } }",
            ]);
            line!(self, "expected_wait = {expected_wait}");
        }
        line!(self, "[queues.{name}.steps.s0]\ngroups = {}", quoted(&steps[0]));
        self.conditions_of_step(25, &steps[0], groups);
        for (row, added) in steps.iter().enumerate().skip(1).filter(|(_, added)| !added.is_empty()) {
            let after_s = 100 * (row - 1) + self.tape.one_of(&[10, 30, 90]);
            line!(self, "[queues.{name}.steps.s{row}]\nafter = \"{after_s}s\"\nadd = {}", quoted(added));
            let conditional = self.conditions_of_step(50, added, groups);
            if conditional && self.tape.chance(40) {
                line!(
                    self,
                    "[queues.{name}.steps.x{row}]\nafter = \"{}s\"\nadd = {}",
                    300 + row,
                    quoted(added)
                );
            }
        }
        if self.maybe(20) && !steps[1].is_empty() {
            // Such a step may begin at once, and bring again whom another brings later.
            line!(self, "[queues.{name}.steps.now]\nadd = {}\nif_waiting_over = 2", quoted(&steps[1]));
        }
    }

    /// Conditions of the step that is being written, so many times in a hundred.
    pub(super) fn conditions_of_step(
        &mut self,
        percent: usize,
        groups: &[String],
        of_queue: &[String],
    ) -> bool {
        if !self.maybe(percent) {
            return false;
        }
        match self.tape.below(5) {
            0 => {
                line!(self, "if_waiting_over = {}", self.tape.one_of(&[1, 0, 3]));
                return true;
            }
            1 => line!(self, "if_expected_wait_over = \"{}\"", self.tape.one_of(&["1m", "20s", "4m", "0s"])),
            2 => line!(self, "hours = \"{}\"", self.tape.one_of(&HOURS)),
            3 => match of_queue.iter().find(|group| !groups.contains(group)) {
                Some(group) => line!(self, "if_idle_over = {{ {group} = {} }}", self.tape.below(2)),
                None => line!(self, "if_expected_wait_over = \"30s\""),
            },
            _ => line!(self, "reserve = {{ {} = {} }}", groups[0], 1 + self.tape.below(2)),
        }
        if self.tape.chance(20) {
            line!(self, "if_waiting_over = 1");
        }
        true
    }

    /// Some rules with conditions, then one for whoever is left, for each tier.
    pub(super) fn routing(&mut self) {
        let mut order = 0;
        let tiers = if self.sizes.experts > 0 { 1..=2 } else { 1..=1 };
        for tier in tiers {
            for _ in 0..if self.plain { 0 } else { self.tape.below(4) } {
                order += 1;
                let when = self.conditions();
                line!(self, "[routing.r{order}]\norder = {order}\nwhen = {{ tier = {tier}{when} }}");
                self.way(tier);
            }
            order += 1;
            line!(self, "[routing.r{order}]\norder = {order}\nwhen = {{ tier = {tier} }}");
            self.way(tier);
        }
    }

    pub(super) fn conditions(&mut self) -> String {
        let mut when = String::new();
        let mut add = |condition: String| when += &format!(", {condition}");
        if self.tape.chance(50) {
            let count = 1 + self.tape.below(self.sizes.types);
            add(format!("type = {}", quoted(&self.tape.shuffled("t", self.sizes.types)[..count])));
        }
        if self.sizes.profiles > 0 && self.tape.chance(40) {
            add(format!("profile = \"p{}\"", self.tape.below(self.sizes.profiles)));
        }
        if self.sizes.numbers > 0 && self.tape.chance(40) {
            add(format!("number = \"n{}\"", self.tape.below(self.sizes.numbers)));
        }
        if self.tape.chance(30) {
            add(format!("recognised = {}", self.tape.one_of(&[false, true])));
        }
        if self.tape.chance(40) {
            add(format!("hours = \"{}\"", self.tape.one_of(&HOURS)));
        }
        if self.tape.chance(30) {
            add(format!("holiday = {}", self.tape.one_of(&[false, true])));
        }
        when
    }

    /// Where a rule leads.
    pub(super) fn way(&mut self, tier: u8) {
        let (queue, queues, group, groups) = match tier {
            1 => ("q", self.sizes.queues, "g", self.sizes.groups),
            _ => ("s", self.sizes.second_queues, "e", self.sizes.experts),
        };
        line!(self, "queue = \"{queue}{}\"", self.tape.below(queues));
        line!(self, "priority = {}", self.tape.one_of(&[0, 0, 5, -1]));
        line!(self, "credit = \"{}\"", self.tape.one_of(&["0s", "0s", "30s", "5m"]));
        if self.tape.chance(40) {
            let count = 1 + self.tape.below(groups);
            line!(self, "prefer = {}", quoted(&self.tape.shuffled(group, groups)[..count]));
        }
    }
}
