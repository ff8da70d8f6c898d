//! Work beside the talks: cases, questions to others, what calls interrupt, chats.

use std::fmt::Write as _;

use super::writer::{HOURS, Writer, line};

impl Writer<'_> {
    /// A type whose talks open cases, and groups that work on them when they have nothing else to do.
    pub(super) fn cases_between_calls(&mut self) {
        let head = format!("[contact_types.t{}]", self.tape.below(self.sizes.types));
        let share = self.tape.one_of(&[0.9, 0.4]);
        let (mut text, mut of_type) = (String::new(), false);
        for line in self.text.clone().lines() {
            if line.starts_with('[') {
                of_type = line == head;
            }
            if of_type && line.starts_with("outcome.tier1 =") {
                continue;
            }
            text.push_str(line);
            text.push('\n');
            let is_group = line.starts_with("[agent_groups.") && line.matches('.').count() == 1;
            let chats = line.starts_with("[agent_groups.desks]") || line.starts_with("[agent_groups.more]");
            if of_type && line.starts_with('[') {
                text.push_str(&format!(
                    "case = \"c\"\noutcome.tier1 = {{ case = {share}, rest = \"resolved\" }}\n"
                ));
            }
            if is_group && !chats && self.tape.chance(70) {
                let after_idle = self.tape.one_of(&["0s", "45s", "5m"]);
                let (keep_idle, interruptible) = (self.tape.one_of(&[0, 0, 1]), self.tape.chance(75));
                text.push_str(&format!(
                    "back_office = {{ offices = [\"between\"], after_idle = \"{after_idle}\", keep_idle = {keep_idle}, \
                     interruptible = {interruptible} }}\n"
                ));
            }
        }
        self.text = text;
        line!(self, "[offices.between]");
        self.people_of_office();
        line!(
            self,
            "hours = \"{}\"\ndiscipline = \"{}\"",
            self.tape.one_of(&HOURS),
            self.tape.one_of(&["due_date", "oldest", "priority"])
        );
        if self.text.contains("preparation = { office = \"o\"") {
            // The cases' office prepares visits too, and has its agents do so.
            let without = self.text.find("[offices.o]\n").unwrap_or(self.text.len());
            let lines = self.text[without..].lines().take(4).map(|line| line.len() + 1).sum::<usize>();
            self.text.replace_range(without..without + lines, "");
            self.text =
                self.text.replace("preparation = { office = \"o\"", "preparation = { office = \"between\"");
        }
        line!(self, "[case_types.c]\noffice = \"between\"\ndue = \"4h\"\nrework = 0.1");
        line!(
            self,
            "work = {}",
            self.tape.one_of(&[
                "{ exponential = \"9m\" }",
                "\"30m\"",
                "{ lognormal = { mean = \"20m\", sd = \"20m\" } }"
            ])
        );
        if self.text.contains("[campaigns.c0]") {
            let delay = self.tape.one_of(&["0s", "90m"]);
            line!(self, "message = {{ delay = \"{delay}\", campaign = \"c0\" }}");
        }
        if self.tape.chance(40) && !self.text.contains("[services.") {
            line!(self, "status_contacts = {{ hazard_per_day_open = 0.5, hazard_per_day_late = 4 }}");
        }
    }

    /// An office's people: so many, or by shifts with their breaks, other ones on some days, of whom some are absent.
    pub(super) fn people_of_office(&mut self) {
        if self.tape.chance(30) {
            return line!(self, "staff = {}", self.tape.one_of(&[0, 1]));
        }
        let (early, late) = (1 + self.tape.below(2), self.tape.below(3));
        line!(self, "shifts = {{ early = {early}, late = {late}, night = {} }}", self.tape.below(2));
        if self.tape.chance(30) {
            let roster = "roster = [{ day = \"weekday\", shift = \"early\", heads = 1 }, { day = \"weekday\", shift = \"late\", heads = 1 }]";
            line!(self, "{roster}");
        }
        if self.tape.chance(50) {
            line!(self, "shifts_on = {{ saturday = {{ late = 2 }}, holiday = {{}} }}");
        }
        if self.tape.chance(85) {
            line!(self, "absence = {}", self.tape.one_of(&["0.3", "0.3", "0.9"]));
        }
    }

    /// Talks about a type that end with a question to tier 2, unless it is not spoken.
    pub(super) fn consultations(&mut self) {
        let row = self.tape.below(self.sizes.types);
        let limit = self.tape.one_of(&["2m", "20s", "0s", "1h"]);
        let otherwise = self.tape.one_of(&["escalate", "unresolved", "resolved", "wrong_department"]);
        let (time, conclusion, wrap_up) = (self.duration(90), self.duration(30), self.duration(20));
        let outcome = self.tape.one_of(&[
            "",
            "{ unresolved = 0.3, rest = \"resolved\" }",
            "{ escalate = 0.3, wrong_department = 0.1, rest = \"resolved\" }",
        ]);
        let head = format!("[contact_types.t{row}]\n");
        let Some(from) = self.text.find(&head) else { return };
        let until = self.text[from + 1..].find("\n[").map_or(self.text.len(), |at| from + 1 + at);
        let of_type = self.text[from..until].to_string();
        if of_type.contains("channel = ") {
            return;
        }
        let asks = match of_type.contains("outcome.tier1 = { ") {
            true => of_type
                .replace("escalate = 0.4", "escalate = 0.2")
                .replace("escalate = 0.3", "escalate = 0.2")
                .replace("unresolved = 0.6", "unresolved = 0.3")
                .replace("unresolved = 0.4", "unresolved = 0.3")
                .replace("outcome.tier1 = { ", "outcome.tier1 = { consult = 0.25, "),
            false => format!("{of_type}\noutcome.tier1 = {{ consult = 0.4, rest = \"resolved\" }}"),
        };
        self.text.replace_range(from..until, &asks);
        line!(self, "[contact_types.t{row}.consultation]\nservice_time = {time}");
        line!(self, "limit = \"{limit}\"\notherwise = \"{otherwise}\"");
        if self.tape.chance(70) {
            line!(self, "conclusion = {conclusion}");
        }
        if self.tape.chance(50) {
            line!(self, "wrap_up = {wrap_up}");
        }
        if !outcome.is_empty() {
            line!(self, "outcome = {outcome}");
        }
    }

    /// Who asks another agent and then escalates stays with the caller, more often than by chance.
    pub(super) fn warm_after_asking(&mut self) {
        let asks = (0..self.sizes.types)
            .find(|row| self.text.contains(&format!("[contact_types.t{row}.consultation]")));
        let Some(row) = asks.filter(|_| self.tape.chance(60)) else { return };
        let head = format!("[contact_types.t{row}.warm_transfer]");
        if !self.text.contains(&head) {
            let (limit, introduction) =
                (self.tape.one_of(&["2m", "20s", "0s", "1h"]), self.tape.one_of(&["15s", "0s"]));
            line!(self, "{head}\nlimit = \"{limit}\"\nintroduction = \"{introduction}\"");
        }
        let otherwise = |outcome: &str| format!("otherwise = \"{outcome}\"\nconclusion");
        self.text = self.text.replace(&otherwise("resolved"), &otherwise("escalate"));
    }

    /// Groups whose wrap-up a call may interrupt, or who put what is written aside; not those with several chats at once.
    pub(super) fn interruptions(&mut self) {
        let mut text = String::new();
        for part in self.text.clone().split_inclusive('\n') {
            text.push_str(part);
            let is_group = part.starts_with("[agent_groups.") && part.matches('.').count() == 1;
            let chats = part.starts_with("[agent_groups.desks]") || part.starts_with("[agent_groups.more]");
            if is_group && !chats && self.tape.chance(60) {
                let rules = [
                    "{}",
                    "{ put_aside_at_most = 1 }",
                    "{ put_aside_at_most = 2 }",
                    "{ rest = \"dropped\" }",
                ];
                text.push_str(&format!("interruptible_wrap_up = {}\n", self.tape.one_of(&rules)));
            }
            if is_group && !chats && self.tape.chance(50) {
                text.push_str("interruptible_written = true\n");
            }
        }
        self.text = text;
        self.written_apart();
    }

    /// A queue of its own for what is written, so that the other queues of its agents may call them from it.
    pub(super) fn written_apart(&mut self) {
        let serves = "[agent_groups.g0]\n";
        let Some(from) = self.text.find(serves) else { return };
        let written = ["email", "web_form"];
        let channel = written.iter().find(|by| self.text.contains(&format!("channel = \"{by}\"")));
        let (Some(channel), Some(list)) = (channel, self.text[from..].find("serves = [")) else { return };
        let is_empty = self.text[from + list..].starts_with("serves = []");
        let first = self.tape.chance(30) || is_empty;
        let (list, end) = (from + list, self.text[from + list..].find(']').unwrap_or_default());
        match first {
            true => self.text.insert_str(list + "serves = [".len(), "\"letters\", "),
            false => self.text.insert_str(list + end, ", \"letters\""),
        }
        line!(self, "[queues.letters.steps.all]\ngroups = [\"g0\"]");
        line!(
            self,
            "[routing.letters]\norder = -2\nwhen = {{ channel = \"{channel}\", tier = 1 }}\nqueue = \"letters\""
        );
    }

    /// Agents of their own for the chats of a type, who have several at once.
    pub(super) fn desks(&mut self, row: usize) {
        let most = self.tape.one_of(&[2, 3, 1]);
        line!(
            self,
            "[routing.chats]\norder = -1\nwhen = {{ type = \"t{row}\", tier = 1 }}\nqueue = \"chats\""
        );
        line!(self, "[queues.chats]\nsteps.all.groups = [\"desks\"]");
        if self.tape.chance(40) {
            line!(self, "steps.later = {{ after = \"1m\", add = [\"more\"] }}");
            line!(self, "[agent_groups.more]\nserves = [\"chats\"]\nstaffing.heads = 1\nconcurrency = 2");
        }
        line!(self, "[agent_groups.desks]\nserves = [\"chats\"]\nconcurrency = {most}");
        if self.tape.chance(60) {
            line!(self, "chat_speed = {}", ["", "[1]", "[1, 0.75]", "[1, 0.7, 0.5]"][most]);
        }
        line!(self, "answer_delay = \"{}\"", self.tape.one_of(&["0s", "5s"]));
        self.staffing();
        if self.tape.chance(50) {
            let after = self.tape.one_of(&["2m", "0s"]);
            let idle_out =
                format!("[contact_types.t{row}]\nidle_out = {{ share = 0.3, after = \"{after}\" }}\n");
            self.text = self.text.replace(&format!("[contact_types.t{row}]\n"), &idle_out);
        }
    }
}
