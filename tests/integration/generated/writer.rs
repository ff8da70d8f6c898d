//! A scenario's text, written as the tape says.

use std::fmt::Write as _;

use super::tape::Tape;
use crate::support::scenario;
use centralino::diagnostic::{Code, Diagnostic};

/// How many of everything a scenario has.
pub(super) struct Sizes {
    pub(super) types: usize,
    /// Groups of tier 1 and the queues that they serve.
    pub(super) groups: usize,
    pub(super) queues: usize,
    /// Groups of tier 2, if there are any, and the queues of what is escalated.
    pub(super) experts: usize,
    pub(super) second_queues: usize,
    pub(super) profiles: usize,
    pub(super) numbers: usize,
    pub(super) trunks: usize,
}

/// A scenario's text on its way.
pub(super) struct Writer<'t> {
    pub(super) tape: Tape<'t>,
    pub(super) plain: bool,
    pub(super) sizes: Sizes,
    pub(super) text: String,
}

macro_rules! line {
    ($writer:expr, $($arg:tt)*) => { writeln!($writer.text, $($arg)*).expect("room in memory") };
}
pub(super) use line;

/// The scenario on a tape.
pub(super) fn read_off(numbers: &[u32]) -> String {
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
    // What came after them may leave those who wait no queue.
    if !may_wait(&writer.text) {
        writer.text = without_sections(&writer.text, "[start_state.");
    }
    writer.text
}

/// A text but for the sections whose heads begin so.
fn without_sections(text: &str, head: &str) -> String {
    let mut is_out = false;
    let mut kept = String::new();
    for line in text.lines() {
        if line.starts_with('[') {
            is_out = line.starts_with(head);
        }
        if !is_out {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Whether there are places for those who are booked at the start.
pub(super) fn fits_at_start(text: &str) -> bool {
    let found = centralino::model::compile(&scenario(text)).err().unwrap_or_default();
    !found.iter().any(|found| found.code == Code::BOOKED_FULL)
}

/// Whether those who wait at the start could wait there: hours and rules of the evening before may be against it.
pub(super) fn may_wait(text: &str) -> bool {
    let found = centralino::model::compile(&scenario(text)).err().unwrap_or_default();
    let against = |found: &Diagnostic| {
        found.code == Code::NOT_WAITING
            || found.code == Code::NO_RULE && found.path.starts_with("start_state")
    };
    !found.iter().any(against)
}

/// Whether rules may prefer the last agent: not where steps of their queues have conditions.
pub(super) fn may_wait_for_one(text: &str) -> bool {
    let found = centralino::model::compile(&scenario(text)).err().unwrap_or_default();
    !found.iter().any(|found| found.code == Code::WAITS_FOR_ONE)
}

impl Writer<'_> {
    /// True so many times in a hundred, unless the scenario is to be plain.
    pub(super) fn maybe(&mut self, percent: usize) -> bool {
        self.tape.chance(percent) && !self.plain
    }

    pub(super) fn header(&mut self) {
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

    /// Contacts that wait at midnight, for minutes or since the evening, in place of a run-in.
    pub(super) fn start_state(&mut self) {
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

    /// A distribution of about this mean.
    pub(super) fn duration(&mut self, mean_s: u32) -> String {
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
}

pub(super) const RUN_INS: [&str; 4] = ["0s", "0s", "1h", "100m"];

pub(super) const HOURS: [&str; 5] = [
    "08:00-18:00",
    "Mon-Fri 08:30-15:30, holidays closed",
    "22:00-07:00",
    "Mon-Sat 09:00-13:00, Sun 10:00-12:00",
    "Mon-Sun 00:00-23:45",
];

pub(super) fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    format!("[{}]", names.join(", "))
}
