//! What comes before a queue and beside it: lookups, menus, the web site, offers, campaigns.

use std::fmt::Write as _;

use super::writer::{HOURS, Writer, line, may_wait, quoted};
use crate::support::scenario;

impl Writer<'_> {
    /// What callers of a queue are offered and told: kept places, slots, another way, announced waits.
    pub(super) fn offers(&mut self) {
        let share = self.tape.one_of(&["1", "0.5", "0.9"]);
        let (reached, tries) = (self.tape.one_of(&["1", "0.6", "0"]), 1 + self.tape.below(3));
        let delay = self.tape.one_of(&["\"5m\"", "{ exponential = \"10m\" }", "\"0s\""]);
        let dial = self.tape.one_of(&["\"15s\"", "\"0s\"", "{ exponential = \"20s\" }"]);
        let again = self.tape.one_of(&[
            "",
            "after_failure = { retrial = 0.6, delay = { exponential = \"9m\" }, at_most = 3 }",
        ]);
        let terms =
            format!("dial_time = {dial}\nreached = {reached}\ntries = {tries}\ndelay = {delay}\n{again}");
        let within = self.tape.one_of(&["", "within = \"20m\""]);
        let mut offered = vec!["web"];
        line!(self, "[offers.web]\naccepted = {share}");
        let solved = self.tape.one_of(&["0.5", "1", "0"]);
        line!(self, "[offers.web.deferral]\nsolved = {solved}\n{again}");
        if self.tape.chance(70) {
            offered.push("hold");
            line!(self, "[offers.hold]\naccepted = {share}\n[offers.hold.callback]\n{terms}\n{within}");
        }
        if self.tape.chance(50) {
            offered.push("slot");
            let (hours, choose) =
                (self.tape.one_of(&["09:00-19:30", "00:00-24:00"]), self.tape.one_of(&["any", "earliest"]));
            line!(self, "[offers.slot]\naccepted = 0.7\n[offers.slot.callback]\n{terms}");
            line!(self, "[offers.slot.callback.slots]\nhours = \"{hours}\"\nlength = \"45m\"");
            line!(self, "capacity = {}\nlatest = \"20h\"\nchoose = \"{choose}\"", 1 + self.tape.below(3));
        }
        for (row, offer) in offered.into_iter().enumerate() {
            let queue = self.tape.below(self.sizes.queues);
            line!(self, "[queues.q{queue}.steps.offer{row}]\noffer = \"{offer}\"");
            line!(
                self,
                "{}",
                self.tape.one_of(&["", "after = \"37s\"", "after = \"0s\"", "after = \"100s\""])
            );
            let condition =
                ["", "if_waiting_over = 1", "if_expected_wait_over = \"40s\"", "hours = \"09:10-16:00\""];
            line!(self, "{}", self.tape.one_of(&condition));
        }
        if self.tape.chance(40) {
            let queue = self.tape.below(self.sizes.queues);
            line!(self, "[queues.q{queue}.announced.some]\nover = \"20s\"\npatience.times = 0.5");
            line!(self, "[queues.q{queue}.announced.long]\nover = \"2m\"\npatience.times = 2\nbalking = 0.4");
        }
    }

    /// A menu that the callers of a number or of a type hear, a lookup, or both.
    pub(super) fn greetings(&mut self) {
        let menu = self.tape.chance(75);
        if menu {
            let (of_type, of_number) = (self.tape.below(self.sizes.types), self.tape.chance(50));
            let heard = match of_number && self.sizes.numbers > 0 {
                true => "[numbers.n0]\n".to_string(),
                false => format!("[contact_types.t{of_type}]\n"),
            };
            self.text = self.text.replace(&heard, &format!("{heard}ivr = \"m\"\n"));
            self.menu();
        }
        if !menu || self.tape.chance(50) {
            line!(self, "[recognition]\nskips_menu = {}", self.tape.one_of(&[true, false]));
            if self.tape.chance(60) {
                let delay = self.duration(5);
                line!(self, "delay = {delay}");
            }
            line!(self, "failure = {}", self.tape.one_of(&["0", "0.2", "1"]));
            line!(self, "service_time.times = {}", self.tape.one_of(&["1.0", "0.8"]));
            if self.tape.chance(55) {
                line!(self, "down = \"{}\"", self.tape.one_of(&HOURS));
            }
        }
    }

    pub(super) fn menu(&mut self) {
        let (time, redirect_time) = (self.duration(40), self.duration(25));
        let patience = self.tape.one_of(&["excluded", "included", "included"]);
        line!(self, "[ivr.m]\ntime = {time}\nredirect_time = {redirect_time}\npatience = \"{patience}\"");
        let counted = self.text.contains("counts = ");
        for row in 0..self.sizes.types {
            if !counted && self.tape.chance(50) {
                line!(self, "self_service.t{row} = {}", self.tape.one_of(&["0.3", "0.1", "1"]));
            }
            let other = (row + 1) % self.sizes.types;
            if other != row && self.tape.chance(60) {
                line!(self, "misrouted.t{row} = {{ t{other} = {} }}", self.tape.one_of(&["0.3", "0.1", "1"]));
            }
        }
    }

    /// The web site first about some types, and other types after failures.
    pub(super) fn other_ways(&mut self) {
        let types = self.sizes.types;
        let [turned, other] = [(); 2].map(|()| self.tape.below(types));
        let goes = self.text.contains("[services.s0]");
        let instead = if goes { "0.3" } else { self.tape.one_of(&["0.3", "1"]) };
        let visits = match goes {
            true => format!(", visits = {{ s0 = {} }}", self.tape.one_of(&["0.4", "0.7"])),
            false => String::new(),
        };
        let (mut text, mut of_type) = (String::new(), false);
        for line in self.text.lines() {
            if line.starts_with('[') {
                of_type = line.starts_with("[contact_types.");
            }
            // Every rule about those who try again says as what some of them do.
            let again = ["after_abandonment = {", "after_blocking = {", "after_unresolved = {"];
            let is_rule = of_type && again.iter().any(|key| line.starts_with(key)) && line.ends_with('}');
            match line.strip_suffix('}').filter(|_| is_rule) {
                Some(rule) => {
                    text.push_str(&format!("{rule}, instead = {{ t{turned} = {instead} }}{visits} }}"))
                }
                None => text.push_str(line),
            }
            text.push('\n');
        }
        if !may_wait(&text) || centralino::model::compile(&scenario(&text)).is_err() {
            text.clone_from(&self.text);
        }
        self.text = text;
        let delay = self.tape.one_of(&["", ", delay = \"17m\"", ", delay = { exponential = \"1h\" }"]);
        let [share, solved, calls] =
            [["1", "0.4"], ["0.5", "0"], ["1", "0.6"]].map(|of| self.tape.one_of(&of));
        let head = format!("[contact_types.t{other}]\n");
        let web = format!("{head}web = {{ share = {share}, solved = {solved}, calls = {calls}{delay} }}\n");
        self.text = self.text.replacen(&head, &web, 1);
    }

    /// One or two campaigns, by agents who serve contacts too.
    pub(super) fn campaigns(&mut self) {
        for name in ["c0", "c1"] {
            let persons = 1 + self.tape.below(60);
            let groups = self.tape.shuffled("g", self.sizes.groups);
            let groups = &groups[..1 + self.tape.below(groups.len())];
            line!(self, "[campaigns.{name}]\nlist = {persons}\ngroups = {}", quoted(groups));
            let hours = self.tape.one_of(&["", "hours = \"09:10-16:00\"", "hours = \"00:00-24:00\""]);
            line!(self, "{hours}\nattempts = {}", 1 + self.tape.below(4));
            let spacing = ["\"2h\"", "\"0s\"", "{ exponential = \"90m\" }"];
            line!(self, "spacing = {}", self.tape.one_of(&spacing));
            let answered = ["1", "0.4", "0", "{ \"02:30\" = 0.1, \"12:00\" = 0.8 }"];
            line!(self, "answered = {}", self.tape.one_of(&answered));
            line!(self, "right_party = {}", self.tape.one_of(&["1", "0.6", "0", "{ \"10:00\" = 0.5 }"]));
            let [short, long, talk, preview] = [8, 25, 150, 30].map(|mean_s| self.duration(mean_s));
            line!(self, "ring_time = {{ answered = {short}, unanswered = {long} }}");
            line!(self, "service_time = {talk}");
            line!(self, "{}", self.tape.one_of(&["", "wrong_party_time = \"20s\""]));
            line!(
                self,
                "{}",
                self.tape.one_of(&["", "wrap_up = \"30s\"", "wrap_up = { exponential = \"1m\" }"])
            );
            line!(self, "reserve = {}", self.tape.one_of(&[0, 0, 1, 2]));
            if self.tape.chance(50) {
                line!(self, "type = \"t{}\"", self.tape.below(self.sizes.types));
            }
            if self.tape.chance(30) {
                line!(self, "occupancy_below = {}", self.tape.one_of(&["0.5", "0.9", "1"]));
            }
            if self.tape.chance(30) {
                let over = self.tape.one_of(&["15m", "7m"]);
                line!(
                    self,
                    "service_level = {{ queues = [\"q0\"], at_least = 0.8, within = \"20s\", over = \"{over}\" }}"
                );
            }
            match self.tape.below(3) {
                0 => line!(self, "dialling = \"preview\"\npreview = {preview}"),
                1 => line!(self, "dialling = \"progressive\""),
                _ => {
                    let patience = self.tape.one_of(&["\"2s\"", "\"0s\"", "{ exponential = \"10s\" }"]);
                    let limit = self.tape.one_of(&["0.03", "0.3", "1"]);
                    let ahead = self.tape.one_of(&[
                        "",
                        ", anticipates = \"10s\"",
                        ", anticipates = \"45s\"",
                        ", anticipates = \"0s\"",
                    ]);
                    line!(self, "dialling = \"predictive\"");
                    line!(
                        self,
                        "predictive = {{ abandonment_limit = {limit}, patience = {patience}, step = 0.7{ahead} }}"
                    );
                }
            }
            if self.tape.chance(60) {
                break;
            }
        }
    }
}
