//! Scenarios that nobody thought of: generated whole, run in every legal mode, audited and recounted.
//!
//! A scenario is read off a tape of random numbers, 0 standing for the simplest choice, so that a failure shrinks to a
//! small scenario; the test prints its text. The normal test runs 256 cases from a fixed seed. For more:
//!
//! ```text
//! CENTRALINO_CASES=500 cargo test --release --test integration generated
//! cargo test --release --test integration generated -- --ignored --nocapture
//! ```
//!
//! The second runs 5,000 cases from a seed of its own (`CENTRALINO_SEED` chooses another one). With `CENTRALINO_ONLY=WORD` only
//! scenarios are run whose text has that word, such as `[counters.` or `consult =`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use centralino::diagnostic::{Code, Diagnostic};
use centralino::model::Mode;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use crate::recount::{differences, within};
use crate::support::{compile, other_modes, record, replication, scenario};

/// Random numbers that are read one after the other; past the end come zeros.
struct Tape<'t>(std::slice::Iter<'t, u32>);

impl Tape<'_> {
    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.0.next().copied().unwrap_or(0) as usize % n
    }

    /// True so many times in a hundred; false on an empty tape.
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    fn one_of<T: Copy>(&mut self, options: &[T]) -> T {
        options[self.below(options.len())]
    }

    /// Names `prefix0`, `prefix1` ... in random order, the first so many of `count`.
    fn shuffled(&mut self, prefix: &str, count: usize) -> Vec<String> {
        let mut names: Vec<String> = (0..count).map(|i| format!("{prefix}{i}")).collect();
        for i in 0..count {
            let other = i + self.below(count - i);
            names.swap(i, other);
        }
        names
    }
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    format!("[{}]", names.join(", "))
}

/// How many of everything a scenario has.
struct Sizes {
    types: usize,
    /// Groups of tier 1 and the queues that they serve.
    groups: usize,
    queues: usize,
    /// Groups of tier 2, if there are any, and the queues of what is escalated.
    experts: usize,
    second_queues: usize,
    profiles: usize,
    numbers: usize,
    trunks: usize,
}

/// A scenario's text on its way.
struct Writer<'t> {
    tape: Tape<'t>,
    plain: bool,
    sizes: Sizes,
    text: String,
}

macro_rules! line {
    ($writer:expr, $($arg:tt)*) => { writeln!($writer.text, $($arg)*).expect("room in memory") };
}

/// The scenario on a tape.
fn read_off(numbers: &[u32]) -> String {
    let mut tape = Tape(numbers.iter());
    // One queue, one group and constant heads once in four times: that is what the recursion can do.
    let plain = tape.chance(28);
    let sizes = Sizes {
        types: 1 + tape.below(4),
        groups: if plain { 1 } else { 1 + tape.below(4) },
        queues: if plain { 1 } else { 1 + tape.below(4) },
        experts: if plain { 0 } else { tape.below(3) },
        second_queues: 1 + tape.below(2),
        profiles: tape.one_of(&[0, 0, 2, 3]),
        numbers: if plain { 0 } else { tape.one_of(&[0, 0, 1, 2]) },
        trunks: 1 + tape.below(2),
    };
    let mut writer = Writer { tape, plain, sizes, text: String::new() };
    writer.header();
    writer.callers();
    (0..writer.sizes.types).for_each(|row| writer.contact_type(row));
    (0..writer.sizes.types).for_each(|row| writer.arrivals(row));
    writer.queues_and_groups();
    writer.routing();
    let without = writer.text.clone();
    // Read last, so that the rest of a scenario is the same with it.
    if writer.tape.chance(if plain { 15 } else { 35 }) && !without.contains("steady_state") {
        writer.start_state();
    }
    if !may_wait(&writer.text) {
        writer.text = without;
    }
    writer.passing_on();
    if writer.maybe(40) {
        writer.greetings();
    }
    if writer.maybe(35) {
        writer.counters();
    }
    if writer.maybe(40) {
        writer.offers();
    }
    if writer.maybe(45) {
        let without = writer.text.clone();
        writer.asking_rules();
        if !may_wait(&writer.text) {
            writer.text = without;
        }
    }
    if writer.tape.chance(40) {
        writer.channel();
    }
    if writer.tape.chance(if plain { 15 } else { 45 }) {
        writer.interruptions();
    }
    if writer.maybe(40) {
        writer.other_ways();
    }
    if writer.maybe(45) {
        writer.campaigns();
    }
    if writer.sizes.experts > 0 && writer.maybe(50) {
        writer.consultations();
    }
    if writer.tape.chance(50) {
        let head = ".warm_transfer]\n";
        writer.text = writer.text.replace(head, &format!("{head}otherwise = \"unresolved\"\n"));
    }
    if writer.maybe(50) {
        let without = writer.text.clone();
        writer.cases_between_calls();
        if centralino::model::compile(&scenario(&writer.text)).is_err() {
            writer.text = without;
        }
    }
    writer.topics();
    writer.warm_after_asking();
    if writer.tape.chance(80) {
        writer.counters_by_night();
    }
    // Read last, so that the rest of a scenario is the same with it.
    if writer.text.contains("[services.s0.booking]") && !writer.text.contains("steady_state") {
        let without = writer.text.clone();
        if writer.tape.chance(95) {
            writer.start_bookings();
        }
        if !fits_at_start(&writer.text) {
            writer.text = without;
        }
    }
    writer.text
}

/// Whether there are places for those who are booked at the start.
fn fits_at_start(text: &str) -> bool {
    let found = centralino::model::compile(&scenario(text)).err().unwrap_or_default();
    !found.iter().any(|found| found.code == Code::BOOKED_FULL)
}

/// Whether those who wait at the start could wait there: hours and rules of the evening before may be against it.
fn may_wait(text: &str) -> bool {
    let found = centralino::model::compile(&scenario(text)).err().unwrap_or_default();
    let against = |found: &Diagnostic| {
        found.code == Code::NOT_WAITING
            || found.code == Code::NO_RULE && found.path.starts_with("start_state")
    };
    !found.iter().any(against)
}

/// Whether rules may prefer the last agent: not where steps of their queues have conditions.
fn may_wait_for_one(text: &str) -> bool {
    let found = centralino::model::compile(&scenario(text)).err().unwrap_or_default();
    !found.iter().any(|found| found.code == Code::WAITS_FOR_ONE)
}

impl Writer<'_> {
    /// True so many times in a hundred, unless the scenario is to be plain.
    fn maybe(&mut self, percent: usize) -> bool {
        self.tape.chance(percent) && !self.plain
    }

    fn header(&mut self) {
        let start = self.tape.one_of(&["2024-01-15", "2008-03-30", "2008-10-26", "2008-04-25", "2008-12-06"]);
        let period = self.tape.one_of(&["15m", "30m", "1h", "5m"]);
        let run_in = self.tape.one_of(&RUN_INS);
        line!(self, "[scenario]\nname = \"generated\"\nstart = \"{start}\"");
        line!(self, "days = {}\nperiod = \"{period}\"", 1 + self.tape.below(2));
        match self.tape.chance(10) {
            true => line!(self, "steady_state = {{ warm_up = \"{run_in}\", batches = 11 }}"),
            false => line!(self, "run_in = \"{run_in}\""),
        }
        let zone = self.tape.one_of(&["UTC", "Europe/Rome"]);
        line!(self, "[calendar]\ntime_zone = \"{zone}\"\nholidays = \"IT-MI\"");
        line!(self, "[measures]\nwithin = \"{}\"", self.tape.one_of(&["20s", "0s", "1m"]));
        line!(self, "[vendors.v0]\n[vendors.v1]\n[sites.here]");
        self.shifts();
    }

    /// Three shifts that overlap, one of them by night, with breaks that may come together with anything.
    fn shifts(&mut self) {
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

    /// Contacts that wait at midnight, for minutes or since the evening, in place of a run-in.
    fn start_state(&mut self) {
        for run_in in RUN_INS {
            self.text = self.text.replace(&format!("run_in = \"{run_in}\"\n"), "");
        }
        for row in 0..1 + self.tape.below(2) {
            let (of, count) = (self.tape.below(self.sizes.types), 1 + self.tape.below(6));
            line!(self, "[start_state.waiting.w{row}]\ntype = \"t{of}\"\ncount = {count}");
            line!(self, "waited = \"{}\"", self.tape.one_of(&["3m", "15m", "100s", "1h7m", "7s"]));
            if self.sizes.numbers > 0 {
                line!(self, "number = \"n{}\"", self.tape.below(self.sizes.numbers));
            }
            if self.sizes.profiles > 0 && self.tape.chance(40) {
                line!(self, "profile = \"p{}\"", self.tape.below(self.sizes.profiles));
            }
            if self.tape.chance(40) {
                line!(self, "recognised = {}", self.tape.one_of(&[true, false]));
            }
        }
    }

    /// Visits that are booked at midnight, at the nearest counter or at one of the two, in place of a run-in.
    fn start_bookings(&mut self) {
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
    fn counters(&mut self) {
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
    fn counters_by_night(&mut self) {
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

    fn booking(&mut self) {
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

    /// What callers of a queue are offered and told: kept places, slots, another way, announced waits.
    fn offers(&mut self) {
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
    fn greetings(&mut self) {
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

    fn menu(&mut self) {
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
    fn other_ways(&mut self) {
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
    fn campaigns(&mut self) {
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

    /// One type that comes by another channel than voice, unless callers choose it in the menu.
    fn channel(&mut self) {
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
    fn topics(&mut self) {
        for row in 0..self.sizes.types {
            if self.tape.chance(25) {
                let (head, topic) = (format!("[contact_types.t{row}]\n"), self.tape.below(2));
                self.text = self.text.replace(&head, &format!("{head}topic = \"topic{topic}\"\n"));
            }
        }
    }

    /// A type whose talks open cases, and groups that work on them when they have nothing else to do.
    fn cases_between_calls(&mut self) {
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
    fn people_of_office(&mut self) {
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
    fn consultations(&mut self) {
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
    fn warm_after_asking(&mut self) {
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
    fn interruptions(&mut self) {
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
    fn written_apart(&mut self) {
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
    fn desks(&mut self, row: usize) {
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

    /// Outcome tables of groups and profiles, contacts that are redirected and sent back, and rules for them.
    fn passing_on(&mut self) {
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
    fn asking_rules(&mut self) {
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

    fn callers(&mut self) {
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

    /// A distribution of about this mean.
    fn duration(&mut self, mean_s: u32) -> String {
        let (sd_s, third_s) = (mean_s * (1 + self.tape.below(3) as u32) / 2, mean_s / 3);
        match self.tape.below(12) {
            0 => format!("\"{mean_s}s\""),
            1..=3 => format!("{{ exponential = \"{mean_s}s\" }}"),
            4..=5 => format!("{{ lognormal = {{ mean = \"{mean_s}s\", sd = \"{sd_s}s\" }} }}"),
            6 => format!("{{ gamma = {{ mean = \"{mean_s}s\", sd = \"{sd_s}s\" }} }}"),
            7 => format!("{{ weibull = {{ mean = \"{mean_s}s\", shape = 0.8 }} }}"),
            8 => format!("{{ erlang = {{ mean = \"{mean_s}s\", stages = 2 }} }}"),
            9 => format!("{{ uniform = {{ min = \"{third_s}s\", max = \"{mean_s}s\" }} }}"),
            10 => format!("{{ empirical = [\"{third_s}s\", \"{mean_s}s\", \"{mean_s}s\", \"{sd_s}s\"] }}"),
            _ => "\"0s\"".into(),
        }
    }

    fn contact_type(&mut self, row: usize) {
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
    fn outcomes(&mut self) {
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
    fn replay(&mut self, row: usize) {
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

    fn usual_volume(&mut self) -> &'static str {
        self.tape.one_of(&["per_day = 60", "per_day = 150", "yearly = 50_000"])
    }

    fn arrivals(&mut self, row: usize) {
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

    /// Steps by queue, and the groups that they name serving the queues in an order of their own. Experts may help at tier 1.
    fn queues_and_groups(&mut self) {
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

    /// Writes a queue whose steps name some of the groups.
    fn queue(&mut self, name: &str, groups: &[String], serves: &mut BTreeMap<String, Vec<String>>) {
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
    fn conditions_of_step(&mut self, percent: usize, groups: &[String], of_queue: &[String]) -> bool {
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

    fn group(&mut self, name: &str, tier: u8, serves: &[String]) {
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
    fn skills(&mut self, name: &str) {
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
    fn staffing(&mut self) {
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
    fn by_shifts(&mut self) {
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

    /// Some rules with conditions, then one for whoever is left, for each tier.
    fn routing(&mut self) {
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

    fn conditions(&mut self) -> String {
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
    fn way(&mut self, tier: u8) {
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

const RUN_INS: [&str; 4] = ["0s", "0s", "1h", "100m"];

const HOURS: [&str; 5] = [
    "08:00-18:00",
    "Mon-Fri 08:30-15:30, holidays closed",
    "22:00-07:00",
    "Mon-Sat 09:00-13:00, Sun 10:00-12:00",
    "Mon-Sun 00:00-23:45",
];

fn scenarios() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<u32>(), 800).prop_map(|tape| read_off(&tape))
}

/// Everything that must hold of any scenario.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let scenario = scenario(text);
    let model = compile(&scenario);
    for number in 0..2 {
        let eager = replication(&model, Mode::Eager, 5, number);
        for mode in other_modes(&model) {
            let other = replication(&model, mode, 5, number);
            prop_assert!(eager == other, "{mode:?} differs from eager in replication {number}:\n{text}");
        }
    }
    let run = record(&scenario, 5, 0);
    let report = run.audit();
    prop_assert!(report.is_clean(), "{report}\n{text}");
    let differences = differences(&run, within(&run));
    prop_assert!(differences.is_empty(), "{}\n{text}", differences.join("\n"));
    Ok(())
}

fn run_cases(cases: u32, seed: u64) {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: from_environment("CENTRALINO_SHRINK").unwrap_or(1000) as u32,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let only = std::env::var("CENTRALINO_ONLY").unwrap_or_default();
    let looked_at = |text: &String| text.contains(&only);
    if let Err(failure) =
        runner.run(&scenarios(), |text| if looked_at(&text) { holds(&text) } else { Ok(()) })
    {
        panic!("{failure}");
    }
}

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn whatever_the_scenario_nothing_impossible_happens() {
    let cases = from_environment("CENTRALINO_CASES").unwrap_or(256);
    run_cases(cases as u32, from_environment("CENTRALINO_SEED").unwrap_or(2008));
}

#[test]
#[ignore = "takes minutes"]
fn whatever_the_scenario_nothing_impossible_happens_thousands_of_times() {
    run_cases(5_000, from_environment("CENTRALINO_SEED").unwrap_or(16_06));
}

/// The generator reaches what it is there to reach.
#[test]
fn generated_scenarios_use_every_rule() {
    let mut rng =
        TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let texts: Vec<String> =
        (0..150).map(|_| scenarios().new_tree(&mut rng).expect("a scenario").current()).collect();
    let reached = |word: &str| texts.iter().filter(|text| text.contains(word)).count();
    for word in [
        "escalate",
        "after_blocking",
        "after_abandonment",
        "after_unresolved",
        "unresolved = ",
        "trunk =",
        "hours =",
        "send_away",
        "wrong_department",
        "send_back",
        "outcome_by_profile",
        "[routing.again]",
        ".warm_transfer]",
        ".consultation]",
        "otherwise = \"unresolved\"",
        "prefer",
        "longest_wait",
        "take_first = \"order\"",
        "recognised = true",
        "holiday",
        "busyness",
        "patience",
        "balking = 1",
        "yearly =",
        "events.e",
        "counts =",
        "run_in = \"1h\"",
        "[start_state.waiting.w0]",
        "[start_state.bookings.b0]",
        "tier = 2",
        "steps.s2",
        "heads = [",
        "staffing.shifts =",
        "staffing.shifts_on",
        "staffing.roster",
        "shrinkage.",
        "adherence = 0.",
        "adherence.late_log_in",
        "adherence.late_return",
        "\"kept\"",
        "without_staff",
        "if_waiting_over",
        "if_expected_wait_over",
        "reserve = ",
        "if_idle_over",
        "from = \"t0\"",
        "head_of_line",
        "queue_over_rate",
        "patience = \"5m\"",
        "steps.x1",
        "steps.now",
        "least_occupied",
        "fastest",
        "random",
        "weights",
        ".levels.novice]",
        "outcome_times = ",
        "tenure.curve",
        "tenure.attrition",
        "[ivr.m]",
        "self_service.",
        "misrouted.",
        "patience = \"included\"",
        "[recognition]",
        "skips_menu = true",
        "down = ",
        "service_time = { times = 1.1",
        "[services.s0.booking]",
        "choose = \"spread\"",
        "shifts = { early",
        "reminder = ",
        "preparation = { office = \"o\"",
        "preparation = { office = \"between\"",
        "[offers.hold.callback]",
        "[offers.slot.callback.slots]",
        "steps.offer2]",
        "tries = 3",
        "within = \"20m\"",
        "announced.long]",
        "channel = \"email\"",
        "channel = \"web_form\"",
        "channel = \"chat\"",
        "working_hours = ",
        "concurrency = ",
        "[campaigns.c1]",
        "\ntype = \"t0\"",
        "web = { share = 1",
        "instead = { t0",
        "dialling = \"preview\"",
        "dialling = \"predictive\"",
        "anticipates = \"10s\"",
        "occupancy_below",
        "service_level = ",
        "interruptible_wrap_up = {}",
        "put_aside_at_most = 1",
        "interruptible_written = true",
        "visits = { s0",
        "campaign = \"c0\" }",
        "rest = \"dropped\"",
        "interruptible = true",
        "interruptible = false",
        "keep_idle = 1",
        "[offices.between]\nshifts = ",
        "\nabsence = 0.",
        "topic = \"topic1\"",
        "[districts.d1]",
        "clerks = { \"00:00\" = 1, \"02:20\"",
        "shifts = { late = 1, night = 2 }",
    ] {
        assert!(reached(word) >= 5, "{word} in {} of 150", reached(word));
    }
    let modes: Vec<usize> = texts.iter().map(|text| other_modes(&compile(&scenario(text))).len()).collect();
    let with = |least: usize| modes.iter().filter(|&&modes| modes >= least).count();
    assert!(with(1) >= 20 && with(2) >= 5, "{} of 150 may be lazy, {} recursive", with(1), with(2));
}
