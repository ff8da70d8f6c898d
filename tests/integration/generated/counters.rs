//! Counters, bookings and what is prepared for them.

use std::fmt::Write as _;

use super::writer::{HOURS, RUN_INS, Writer, line, may_wait};
use crate::support::scenario;

impl Writer<'_> {
    /// Visits that are booked at midnight, at the nearest counter or at one of the two, in place of a run-in.
    pub(super) fn start_bookings(&mut self) {
        for run_in in RUN_INS {
            self.text = self.text.replace(&format!("run_in = \"{run_in}\"\n"), "");
        }
        // Of the day itself nothing could be booked before.
        self.text = self.text.replace("horizon_days = 0\n", "horizon_days = 2\n");
        for row in 0..1 + self.tape.below(2) {
            line!(
                self,
                "[start_state.bookings.b{row}]\nservice = \"s0\"\ncount = {}",
                self.tape.one_of(&[1, 3, 8, 25])
            );
            let ahead = self.tape.one_of(&["\"9h\"", "\"0s\"", "{ exponential = \"1d\" }", "\"33h\""]);
            line!(self, "ahead = {ahead}\ncontact_type = \"t0\"");
            line!(
                self,
                "{}",
                self.tape.one_of(&[
                    "",
                    "booked = \"5h\"",
                    "booked = { exponential = \"7h\" }\nlongest = \"2d\""
                ])
            );
            if self.tape.chance(40) {
                line!(self, "counter = \"c{}\"", self.tape.below(2));
            }
            if self.sizes.numbers > 0 {
                line!(self, "number = \"n{}\"", self.tape.below(self.sizes.numbers));
            }
            if self.sizes.profiles > 0 && self.tape.chance(40) {
                line!(self, "profile = \"p{}\"", self.tape.below(self.sizes.profiles));
            }
        }
    }

    /// Counters in two districts, a service that citizens of their own want and agents book, and one without bookings.
    pub(super) fn counters(&mut self) {
        line!(self, "[districts.d0]\nshare = 0.3\nat = [0.0, 0.0]\nkm = {{ d0 = 0.5 }}");
        line!(self, "[districts.d1]\nshare = 0.7\nat = [3.0, 4.0]");
        for row in 0..2 {
            line!(self, "[counters.c{row}]\ndistrict = \"d{}\"", self.tape.below(2));
            line!(self, "desks = {}\nhours = \"{}\"", 1 + self.tape.below(3), self.tape.one_of(&HOURS));
            match self.tape.below(3) {
                0 => line!(self, "clerks = {{ \"00:00\" = {}, \"11:30\" = 1 }}", self.tape.below(4)),
                1 => line!(self, "shifts = {{ early = {}, late = 1 }}", 1 + self.tape.below(2)),
                _ => {}
            }
        }
        let (visit_s, patience_s) = (self.tape.one_of(&[300, 1200]), self.tape.one_of(&[600, 3600]));
        for (service, counters) in [("s0", "\"c1\", \"c0\""), ("s1", "\"c0\"")] {
            let (time, patience) = (self.duration(visit_s), self.duration(patience_s));
            line!(
                self,
                "[services.{service}]\ncounters = [{counters}]\nvisit_time = {time}\npatience = {patience}"
            );
            line!(self, "unresolved = {}", self.tape.one_of(&["0", "0.2", "1"]));
            let ways = if service == "s0" { "book = 0.4, walk_in = 0.2" } else { "walk_in = 0.5" };
            for after in ["leaving", "unresolved", "decline", "no_show", "cancellation"] {
                if self.tape.chance(60) {
                    let (delay, at_most) = (self.duration(5000), 1 + self.tape.below(5));
                    let call = self.tape.one_of(&["0.4", "0.3", "0"]);
                    line!(
                        self,
                        "after_{after} = {{ {ways}, call = {call}, delay = {delay}, at_most = {at_most} }}"
                    );
                }
            }
        }
        self.booking();
        let number = if self.sizes.numbers > 0 { "\nnumber = \"n0\"" } else { "" };
        for service in ["s0", "s1"] {
            line!(self, "[arrivals.{service}]\ntype = \"t0\"\nservice = \"{service}\"{number}");
            line!(self, "{}", self.tape.one_of(&["per_day = 60", "exactly = 40", "per_hour = 5"]));
        }
        // Talks about t0 book too, whatever else they do.
        let header = "[contact_types.t0]\n";
        let own = format!("{header}service = \"s0\"\n");
        let (before, after) = self.text.split_once(header).unwrap_or_default();
        let (of_type, rest) = after.split_once("\n[").unwrap_or((after, ""));
        let of_type = match of_type.contains("outcome.tier1 = { ") {
            true => of_type
                .replace("unresolved = 0.6", "unresolved = 0.4")
                .replace("outcome.tier1 = { ", "outcome.tier1 = { booking = 0.2, "),
            false => {
                format!("{}\noutcome.tier1 = {{ booking = 0.3, rest = \"resolved\" }}", of_type.trim_end())
            }
        };
        self.text = format!("{before}{own}{of_type}\n[{rest}");
    }

    /// Counters that are open over midnight, with slots and clerks of the night, often in a night in which the clocks change: the one with which
    /// the run begins, or the one after it.
    pub(super) fn counters_by_night(&mut self) {
        const NIGHTS: [&str; 6] = [
            "21:30-05:15",
            "18:00-02:30",
            "22:00-07:00",
            "Fri-Sun 23:50-03:10",
            "00:00-24:00",
            "Sat-Sun 20:00-04:00, Mon-Fri 16:20-00:40",
        ];
        let start = self.tape.one_of(&["2008-03-30", "2008-10-26", "2008-03-29", "2008-10-25"]);
        let booked = self.tape.one_of(&["20:00-06:00", "22:15-04:40", "00:00-24:00", "01:10-03:50"]);
        let (mut text, mut of_counter) = (String::new(), false);
        for line in self.text.clone().lines() {
            if line.starts_with('[') {
                of_counter = line.starts_with("[counters.");
            }
            let mut put = |line: &str| text.extend([line, "\n"]);
            match line.split_once(" = ").map_or("", |(key, _)| key) {
                "start" if line.starts_with("start = \"20") => put(&format!("start = \"{start}\"")),
                "time_zone" => put("time_zone = \"Europe/Rome\""),
                "hours" if of_counter => put(&format!("hours = \"{}\"", self.tape.one_of(&NIGHTS))),
                "hours" if line.ends_with("08:00-20:00\"") => put(&format!("hours = \"{booked}\"")),
                "clerks" => put("clerks = { \"00:00\" = 1, \"02:20\" = 2, \"21:50\" = 3 }"),
                "shifts" if of_counter => put("shifts = { late = 1, night = 2 }"),
                _ => put(line),
            }
        }
        let by_night = text.contains("[counters.");
        if by_night && may_wait(&text) && centralino::model::compile(&scenario(&text)).is_ok() {
            self.text = text;
        }
    }

    pub(super) fn booking(&mut self) {
        line!(self, "[services.s0.booking]\nslot = \"{}\"", self.tape.one_of(&["15m", "10m", "47m"]));
        line!(self, "uptake = {}", self.tape.one_of(&["0.6", "0.3", "1"]));
        let days = self.tape.below(4);
        line!(self, "horizon_days = {days}\nreleased_every_days = {}", 1 + self.tape.below(days + 1));
        line!(self, "overbooking = {}", self.tape.one_of(&["1.0", "1.5", "2.0"]));
        match self.tape.below(5) {
            0 => line!(self, "choose = \"nearest\""),
            1 => line!(self, "choose = \"preferred_time\""),
            2 => line!(self, "choose = \"spread\"\nspread = {{ max_km = 2.0 }}"),
            3 => line!(self, "choose = \"spread\"\nspread = {{ max_days = 1 }}"),
            _ => line!(self, "choose = \"spread\""),
        }
        if self.tape.chance(40) {
            line!(self, "hours = \"08:00-20:00\"\nnotice = \"1h\"\nper_slot_at = {{ c1 = 2 }}");
        }
        if self.tape.chance(40) {
            let lead = self.duration(40_000);
            line!(self, "accepted_lead = {lead}\naccepted_km = {}", self.tape.one_of(&["4.0", "9.0"]));
        }
        line!(
            self,
            "no_show = {}\ncancellation = {}",
            self.tape.one_of(&["0.2", "0"]),
            self.tape.one_of(&["0.2", "0"])
        );
        if self.tape.chance(70) {
            line!(self, "reminder = {{ before = \"4h\", no_show_times = 0.5, cancels = 0.5 }}");
        }
        let talk = self.duration(60);
        line!(self, "talk = {talk}");
        if self.tape.chance(85) {
            let (mean_s, share) = (self.tape.one_of(&[240, 1500]), self.tape.one_of(&["0.8", "1"]));
            let (work, priority) = (self.duration(mean_s), self.tape.one_of(&["", ", priority = 1"]));
            line!(
                self,
                "preparation = {{ office = \"o\", work = {work}, share = {share}, saves = \"4m\"{priority} }}"
            );
            let discipline = self.tape.one_of(&["due_date", "oldest", "priority"]);
            line!(self, "[offices.o]\nstaff = 1\nhours = \"08:00-18:00\"\ndiscipline = \"{discipline}\"");
        }
    }
}
