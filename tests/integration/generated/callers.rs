//! Who calls when, by which channel and with what.

use std::fmt::Write as _;

use super::tape::Tape;
use super::writer::{HOURS, Writer, line};

impl Writer<'_> {
    /// One type that comes by another channel than voice, unless callers choose it in the menu.
    pub(super) fn channel(&mut self) {
        let row = self.tape.below(self.sizes.types);
        let channel = self.tape.one_of(&["email", "web_form", "chat"]);
        let due = self.tape.one_of(&["4h", "8 working hours", "2 working days", "30m", ""]);
        let hours = self.tape.one_of(&HOURS);
        let chosen = self
            .text
            .lines()
            .any(|line| line.starts_with("misrouted.") && line.contains(&format!("{{ t{row} =")));
        // What is offered in place of waiting is offered to callers.
        if chosen || self.text.contains("[offers.") {
            return;
        }
        let head = format!("[contact_types.t{row}");
        let (written, mut of_type, mut warm) = (channel != "chat", false, false);
        let mut text = String::new();
        for line in self.text.lines() {
            if line.starts_with('[') {
                (of_type, warm) = (line == format!("{head}]"), line == format!("{head}.warm_transfer]"));
            }
            let is_spoken = |key: &&str| line.starts_with(*key);
            let spoken = of_type && ["patience =", "balking ="].iter().any(is_spoken);
            if !(written && spoken || warm || of_type && line.starts_with("ivr =")) {
                text.push_str(line);
                text.push('\n');
            }
            if of_type && line.starts_with('[') {
                text.push_str(&format!("channel = \"{channel}\"\n"));
                if written && !due.is_empty() {
                    text.push_str(&format!("due = \"{due}\"\nworking_hours = \"{hours}\"\n"));
                }
            }
        }
        self.text = text;
        if !written && self.tape.chance(75) {
            self.desks(row);
        }
    }

    /// Some types are about a topic, the same one or each another, whatever their channel.
    pub(super) fn topics(&mut self) {
        for row in 0..self.sizes.types {
            if self.tape.chance(25) {
                let (head, topic) = (format!("[contact_types.t{row}]\n"), self.tape.below(2));
                self.text = self.text.replace(&head, &format!("{head}topic = \"topic{topic}\"\n"));
            }
        }
    }

    pub(super) fn callers(&mut self) {
        let shares: &[f64] = match self.sizes.profiles {
            2 => &[0.25, 0.75],
            3 => &[0.5, 0.125, 0.375],
            _ => &[],
        };
        for (row, share) in shares.iter().enumerate() {
            let recognised = self.tape.one_of(&["0", "0.3", "1"]);
            line!(self, "[profiles.p{row}]\nshare = {share}\nrecognised = {recognised}");
            let (patience, talk) =
                (self.tape.one_of(&["1.0", "1.5", "0.4"]), self.tape.one_of(&["1.0", "1.3"]));
            line!(self, "patience.times = {patience}\nservice_time.times = {talk}");
        }
        for row in 0..self.sizes.numbers {
            line!(self, "[numbers.n{row}]");
            if self.tape.chance(20) {
                let hours =
                    self.tape.one_of(&["08:00-18:00", "Mon-Fri 00:00-12:30", "00:00-09:00 09:30-24:00"]);
                line!(self, "hours = \"{hours}\"");
            }
            if self.tape.chance(60) {
                line!(self, "trunk = \"b{}\"", self.tape.below(self.sizes.trunks));
            }
        }
        for row in 0..self.sizes.trunks {
            line!(self, "[trunks.b{row}]\nlines = {}", 2 + self.tape.below(12));
        }
    }

    pub(super) fn contact_type(&mut self, row: usize) {
        line!(self, "[contact_types.t{row}]");
        let talk_s = self.tape.one_of(&[240, 90, 600]);
        let service_time = self.duration(talk_s);
        line!(self, "service_time = {service_time}");
        if self.tape.chance(75) {
            let patience_s = self.tape.one_of(&[180, 20, 900]);
            let patience = self.duration(patience_s);
            line!(self, "patience = {patience}");
            line!(self, "retrial_patience = \"{}\"", self.tape.one_of(&["fresh", "kept"]));
        }
        if self.tape.chance(50) {
            let wrap_up = self.duration(40);
            line!(self, "wrap_up = {wrap_up}");
        }
        line!(self, "balking = {}", self.tape.one_of(&["0", "0", "0.2", "1"]));
        self.outcomes();
        if self.tape.chance(30) {
            let service_time = self.duration(300);
            line!(self, "tier2.service_time = {service_time}");
        }
        for after in ["after_abandonment", "after_blocking"] {
            if self.maybe(45) {
                let (share, at_most) = (self.tape.one_of(&["0.5", "0.9", "1"]), 1 + self.tape.below(4));
                let delay = self.duration(600);
                line!(self, "{after} = {{ retrial = {share}, delay = {delay}, at_most = {at_most} }}");
            }
        }
        if self.maybe(45) {
            let (share, at_most) = (self.tape.one_of(&["0.5", "1"]), 1 + self.tape.below(4));
            let delay = self.duration(900);
            line!(self, "after_unresolved = {{ repeat = {share}, delay = {delay}, at_most = {at_most} }}");
        }
    }

    /// How talks end at each tier.
    pub(super) fn outcomes(&mut self) {
        let unresolved = |tape: &mut Tape<'_>| tape.chance(40).then(|| tape.one_of(&["0.2", "0.6"]));
        let escalate = self.sizes.experts > 0 && self.tape.chance(40);
        let mut tier1 = Vec::new();
        if escalate {
            tier1.push(format!("escalate = {}", self.tape.one_of(&["0.3", "0.4"])));
        }
        tier1.extend(unresolved(&mut self.tape).map(|share| format!("unresolved = {share}")));
        if !tier1.is_empty() {
            line!(self, "outcome.tier1 = {{ {}, rest = \"resolved\" }}", tier1.join(", "));
        }
        if escalate && let Some(share) = unresolved(&mut self.tape) {
            line!(self, "outcome.tier2 = {{ unresolved = {share}, rest = \"resolved\" }}");
        }
    }

    /// Contacts close together, twice as many at one instant, on each day that a scenario may start on.
    pub(super) fn replay(&mut self, row: usize) {
        let retrials = self.tape.one_of(&["model", "as_logged"]);
        let apart_us: i64 = self.tape.one_of(&[7_000_000, 61_000_001, 0]);
        let (other, recognised) = (self.tape.below(self.sizes.types), self.tape.one_of(&[false, true]));
        line!(self, "replay.retrials = \"{retrials}\"\nreplay.contacts = [");
        for start_s in [1_705_276_800_i64, 1_206_835_200, 1_224_979_200, 1_209_081_600, 1_228_521_600] {
            for number in 0..30_i64 {
                let at_us = (start_s + 36_000) * 1_000_000 + number / 2 * apart_us;
                let (need, contact_type) =
                    (format!("x{row}/{}/{number}", start_s / 900), if number % 3 == 0 { other } else { row });
                line!(
                    self,
                    "  {{ need = \"{need}\", at_us = {at_us}, type = \"t{contact_type}\", recognised = {recognised} }},"
                );
            }
        }
        line!(self, "]");
    }

    pub(super) fn usual_volume(&mut self) -> &'static str {
        self.tape.one_of(&["per_day = 60", "per_day = 150", "yearly = 50_000"])
    }

    pub(super) fn arrivals(&mut self, row: usize) {
        line!(self, "[arrivals.t{row}]");
        if self.sizes.numbers > 0 {
            line!(self, "number = \"n{}\"", self.tape.below(self.sizes.numbers));
        }
        if self.tape.chance(10) {
            return self.replay(row);
        }
        let first_replays = self.text.contains("replay.contacts");
        if row > 0 && !first_replays && self.tape.chance(20) {
            line!(self, "from = \"t0\"\nshare = 0.{}", 1 + self.tape.below(3));
            return;
        }
        let certain = self.tape.chance(15);
        if self.tape.chance(50) && !certain {
            line!(self, "per_hour = {}", self.tape.one_of(&[4, 1, 10]));
        } else {
            let exactly = ["exactly = 70", "exactly = 90\nper = \"run\"", "exactly = 1"];
            let volume = if certain { self.tape.one_of(&exactly) } else { self.usual_volume() };
            line!(self, "{volume}");
            if self.tape.chance(30) {
                line!(
                    self,
                    "month = {{ jan = 1.5, oct = 0.5 }}\nweekday = {{ sat = 0.8, sun = 0.6, holiday = 0.7 }}"
                );
            }
            if self.tape.chance(60) {
                line!(self, "day = {{ \"00:00\" = 1, \"07:50\" = 8, \"12:00\" = 4, \"20:00\" = 0.5 }}");
            }
        }
        if self.tape.chance(20) && !certain {
            line!(self, "counts = \"{}\"\nabandonment = 0.1", self.tape.one_of(&["offered", "handled"]));
        }
        if self.tape.chance(25) {
            let peak = self.tape.one_of(&["2024-01-16", "2008-03-30", "2008-10-26", "2008-12-08"]);
            let factors =
                self.tape.one_of(&["volume = 2", "service_time = 1.5", "volume = 0.5, service_time = 2"]);
            line!(self, "events.e = {{ peak = \"{peak}\", {factors}, before_days = 3, after_days = 2 }}");
        }
        if self.tape.chance(30) && !certain {
            let level = self.tape.one_of(&["day = { cv = 0.3 }", "period = { cv = 0.5, lag1 = 0.5 }"]);
            line!(self, "busyness = \"x{row}\"\n[busyness.x{row}]\n{level}\nshared = 0.5");
        }
    }
}
