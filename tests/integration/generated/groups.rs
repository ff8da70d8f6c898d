//! Agent groups and their people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::writer::{Writer, line, quoted};

impl Writer<'_> {
    /// Three shifts that overlap, one of them by night, with breaks that may come together with anything.
    pub(super) fn shifts(&mut self) {
        let (lunch, every) = (self.tape.one_of(&[30, 7, 45]), self.tape.one_of(&["", ", every = \"20m\""]));
        let (waves, paid) = (1 + self.tape.below(3), self.tape.one_of(&[true, false]));
        line!(self, "[tenure.slow]\nservice_time = {{ start = 1.6, half_life = \"2d\" }}");
        line!(self, "outcome_times.unresolved = {{ weeks = {{ 0 = 0.4, 1 = 0.9 }} }}");
        line!(self, "[shifts.early]\nstart = \"06:00\"\nend = \"14:00\"");
        line!(self, "breaks.lunch = {{ from = \"11:00\", length = \"{lunch}m\", waves = {waves}{every} }}");
        line!(self, "breaks.coffee = {{ from = \"09:10\", length = \"10m\", paid = {paid} }}");
        let end = self.tape.one_of(&["21:30", "20:00", "23:59"]);
        line!(self, "[shifts.late]\nstart = \"13:00\"\nend = \"{end}\"");
        line!(self, "[shifts.night]\nstart = \"21:00\"\nend = \"07:00\"");
        line!(self, "breaks.rest = {{ from = \"02:30\", length = \"1h\", waves = 2, paid = {paid} }}");
    }

    /// Steps by queue, and the groups that they name serving the queues in an order of their own. Experts may help at tier 1.
    pub(super) fn queues_and_groups(&mut self) {
        let mut serves: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for queue in self.tape.shuffled("q", self.sizes.queues) {
            let mut groups = self.tape.shuffled("g", self.sizes.groups);
            groups.extend((self.sizes.experts > 0 && self.tape.chance(25)).then(|| "e0".to_string()));
            self.queue(&queue, &groups, &mut serves);
        }
        let second_queues = if self.sizes.experts > 0 { self.sizes.second_queues } else { 0 };
        for queue in self.tape.shuffled("s", second_queues) {
            let experts = self.tape.shuffled("e", self.sizes.experts);
            self.queue(&queue, &experts, &mut serves);
        }
        let names =
            |prefix: &str, count: usize| (0..count).map(|row| format!("{prefix}{row}")).collect::<Vec<_>>();
        let tiers = [(1, names("g", self.sizes.groups)), (2, names("e", self.sizes.experts))];
        for (tier, groups) in tiers {
            for group in groups {
                self.group(&group, tier, serves.get(&group).map_or(&[], Vec::as_slice));
            }
        }
    }

    pub(super) fn group(&mut self, name: &str, tier: u8, serves: &[String]) {
        line!(self, "[agent_groups.{name}]\ntier = {tier}\nserves = {}", quoted(serves));
        let take = self.tape.one_of(&["in_order", "longest_wait", "weighted"]);
        line!(self, "take = \"{take}\"");
        if let (Some(queue), "weighted") = (serves.first(), take) {
            line!(self, "weights = {{ {queue} = {} }}", self.tape.one_of(&["2", "0.3", "0"]));
        }
        line!(self, "take_first = \"{}\"", self.tape.one_of(&["priority", "priority", "order"]));
        line!(self, "answer_delay = \"{}\"", self.tape.one_of(&["0s", "2s", "7s"]));
        if self.tape.chance(50) {
            line!(self, "vendor = \"v{}\"", self.tape.below(2));
        }
        if self.tape.chance(50) {
            line!(self, "site = \"here\"");
        }
        self.staffing();
        self.skills(name);
    }

    /// Factors on talk, and levels.
    pub(super) fn skills(&mut self, name: &str) {
        if self.tape.chance(30) {
            let of_type = self.tape.below(self.sizes.types);
            line!(self, "service_time = {{ times = 1.1, t{of_type} = {{ times = 0.7 }} }}");
        }
        if self.maybe(25) {
            line!(self, "tenure.curve = \"slow\"\ntenure.since = \"2024-01-1{}\"", self.tape.below(10));
        }
        if self.maybe(30) {
            for (level, share) in [("expert", 0.25), ("novice", 0.4)] {
                let times = self.tape.one_of(&["0.8", "1.5"]);
                line!(
                    self,
                    "[agent_groups.{name}.levels.{level}]\nshare = {share}\nservice_time.times = {times}"
                );
                if self.tape.chance(40) {
                    line!(self, "outcome_times = {{ escalate = 0.8, unresolved = 1.1 }}");
                }
            }
        }
    }

    /// Heads of a day, never nobody all day; people may be away.
    pub(super) fn staffing(&mut self) {
        if self.maybe(30) {
            line!(self, "staffing.means = \"scheduled\"\nshrinkage.leave = {{ share = 0.1, paid = false }}");
            let planned = self.tape.one_of(&["planned = true", "draw = \"expected\""]);
            line!(
                self,
                "shrinkage.training = {{ share = {}, {planned} }}",
                self.tape.one_of(&["0.2", "0.05"])
            );
        }
        match if self.plain { 0 } else { self.tape.below(5) } {
            0 => line!(self, "staffing.heads = {}", 1 + self.tape.below(4)),
            1 => {
                let [night, day, noon, late] = [0; 4].map(|_: usize| self.tape.below(5));
                let bands = format!("\"08:00\" = {}, \"12:10\" = {noon}, \"18:00\" = {late}", day + 1);
                line!(self, "staffing.heads = {{ \"00:00\" = {night}, {bands} }}");
            }
            3 | 4 => self.by_shifts(),
            _ => {
                let mut heads: Vec<usize> = (0..24).map(|_| self.tape.below(4)).collect();
                heads[10] += 1;
                line!(self, "staffing.heads = {heads:?}");
                line!(self, "staffing.sunday = {{ \"00:00\" = 1, \"13:00\" = {} }}", self.tape.below(3));
            }
        }
    }

    /// People by shift, never nobody all day.
    pub(super) fn by_shifts(&mut self) {
        let [early, late, night] = [4, 4, 3].map(|most| self.tape.below(most));
        line!(self, "staffing.shifts = {{ early = {}, late = {late}, night = {night} }}", early + 1);
        if self.tape.chance(40) {
            line!(self, "staffing.shifts_on.sunday = {{ late = {}, night = 1 }}", 1 + self.tape.below(2));
        }
        if self.tape.chance(20) {
            line!(self, "adherence = 0.{}", 80 + self.tape.below(20));
        } else if self.tape.chance(30) {
            line!(self, "adherence.late_log_in = {{ exponential = \"4m\" }}");
            if self.tape.chance(50) {
                line!(
                    self,
                    "adherence.late_return = {{ exponential = \"2m\" }}\nadherence.early_log_out = \"3m\""
                );
            }
        }
        if self.tape.chance(25) {
            let days = self.tape.one_of(&["0s", "1d", "2d"]);
            line!(self, "tenure.attrition = {{ per_year = 40, replaced_after = \"{days}\" }}");
        }
        if self.tape.chance(30) {
            let heads = 1 + self.tape.below(3);
            let row = format!("{{ day = \"2024-01-16\", shift = \"early\", heads = {heads} }}");
            line!(self, "staffing.roster = [{row}]");
        }
    }
}
