//! Frozen digests: what the random numbers are and what one small run does, to the last bit.
//!
//! A changed digest is a decision. It says that the same seed now gives other numbers, on purpose: then every frozen number
//! and every stored result of an earlier version has lost its match, and the changelog says so. If it was not on purpose,
//! it is a mistake, and often on one machine only. To renew, run
//!
//! ```text
//! cargo test --release --test integration digests -- --nocapture
//! ```
//!
//! and copy the table that the failing test prints.

use centralino::measures::{Collector, Detail, LogWriters, Recorder, Results, replicate};
use centralino::model::{Compiled, Mode};
use centralino::random::{Distribution, Key, Purpose, name_hash, poisson_quantile};

use crate::support::{compiled, scenario};

/// FNV-1a over bytes (Fowler, Noll, Vo; 64 bits).
struct Fnv(u64);

impl Fnv {
    fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn word(&mut self, word: u64) {
        self.bytes(&word.to_le_bytes());
    }
}

fn digest_of(words: impl Iterator<Item = u64>) -> u64 {
    let mut fnv = Fnv::new();
    words.for_each(|word| fnv.word(word));
    fnv.0
}

/// Compares a table with what was frozen, and prints the new one if they differ.
fn are_frozen(found: &[(String, u64)], frozen: &[(&str, u64)]) {
    let same = found.len() == frozen.len()
        && found
            .iter()
            .zip(frozen)
            .all(|((name, digest), (known, known_digest))| name == known && digest == known_digest);
    if !same {
        found.iter().for_each(|(name, digest)| println!("    (\"{name}\", {digest:#018x}),"));
    }
    assert!(same, "digests have changed: see the head of this file");
}

#[test]
fn the_digest_is_fnv_1a() {
    let of = |text: &str| {
        let mut fnv = Fnv::new();
        fnv.bytes(text.as_bytes());
        fnv.0
    };
    // From the authors' test vectors.
    assert_eq!([of(""), of("a"), of("foobar")], [0xcbf29ce484222325, 0xaf63dc4c8601ec8c, 0x85944171f73967e8]);
}

const PURPOSES: [Purpose; 33] = [
    Purpose::Count,
    Purpose::Offset,
    Purpose::ContactType,
    Purpose::Profile,
    Purpose::Recognised,
    Purpose::Number,
    Purpose::District,
    Purpose::Balking,
    Purpose::Patience,
    Purpose::TalkTier1,
    Purpose::TalkTier2,
    Purpose::TalkTier3,
    Purpose::WrapUp,
    Purpose::Outcome,
    Purpose::Retrial,
    Purpose::RetrialDelay,
    Purpose::Busyness,
    Purpose::Absence,
    Purpose::AgentChoice,
    Purpose::Status,
    Purpose::Case,
    Purpose::Office,
    Purpose::Dialler,
    Purpose::Topic,
    Purpose::Subtopic,
    Purpose::Complaint,
    Purpose::Language,
    Purpose::Channel,
    Purpose::Callback,
    Purpose::Booking,
    Purpose::NoShow,
    Purpose::Delay,
    Purpose::Shrinkage,
];

/// A quarter-hour of taxes.
fn cell() -> Key {
    Key::replication(42, 3).named(name_hash("taxes")).cell(1_344_556)
}

/// By purpose: the first word of each of 1,000 needs, then 1,000 words of one need's second attempt.
#[test]
fn streams_are_frozen() {
    let digest = |&purpose: &Purpose| {
        let across = (0..1000).map(|need| cell().item(need).draw(purpose).word());
        let along = (0..1000).map(|j| cell().item(7).stage(1, 0).draw(purpose).word_at(j));
        (format!("{purpose:?}"), digest_of(across.chain(along)))
    };
    are_frozen(&PURPOSES.iter().map(digest).collect::<Vec<_>>(), STREAMS);
}

/// 1,000 samples of each family for the talks of 1,000 needs; standard variates and Poisson counts beside them.
#[test]
fn distributions_are_frozen() {
    let draws = || (0..1000).map(|need| cell().item(need).draw(Purpose::TalkTier1));
    let made = families();
    let samples = made.iter().map(|(name, family)| {
        (name.to_string(), digest_of(draws().map(|draw| family.sample(draw).to_bits())))
    });
    let mut found: Vec<(String, u64)> = samples.collect();
    let mut add = |name: &str, digest: u64| found.push((name.to_string(), digest));
    add("uniform variate", digest_of(draws().map(|draw| draw.uniform().to_bits())));
    add("exponential variate", digest_of(draws().map(|draw| draw.unit_exponential().to_bits())));
    add("normal variate", digest_of(draws().map(|draw| draw.standard_normal().to_bits())));
    for mean in [0.3, 12.0, 300.0] {
        let counts = draws().map(|draw| poisson_quantile(mean, draw.uniform()));
        add(&format!("Poisson counts of mean {mean}"), digest_of(counts));
    }
    are_frozen(&found, DISTRIBUTIONS);
}

fn families() -> Vec<(&'static str, Distribution)> {
    let made = [
        ("constant", Distribution::constant(240.0)),
        ("exponential", Distribution::exponential(240.0)),
        ("lognormal", Distribution::lognormal(240.0, 200.0)),
        ("gamma", Distribution::gamma(240.0, 180.0)),
        ("gamma of small shape", Distribution::gamma(240.0, 480.0)),
        ("erlang", Distribution::erlang(3, 240.0)),
        ("weibull", Distribution::weibull_mean(240.0, 0.7)),
        ("uniform", Distribution::uniform(60.0, 420.0)),
        ("triangular", Distribution::triangular(30.0, 120.0, 600.0)),
        ("empirical", Distribution::empirical(vec![30.0, 95.5, 120.0, 240.0, 1800.0])),
        ("hyperexponential", Distribution::hyperexponential(&[(0.3, 60.0), (0.7, 300.0)])),
        ("mixture", mixture()),
        ("stretched", Distribution::lognormal(240.0, 200.0).and_then(|talk| talk.times(1.3))),
    ];
    made.into_iter().map(|(name, made)| (name, made.expect("sound parameters"))).collect()
}

fn mixture() -> Result<Distribution, centralino::random::DistributionError> {
    let short = Distribution::exponential(45.0)?;
    Distribution::mixture(vec![(1.0, short), (3.0, Distribution::lognormal(300.0, 150.0)?)])
}

/// A day with every kind of draw that the engine makes.
const DAY: &str = r#"
    [scenario]
    name = "one day"
    start = "2008-10-26"
    run_in = "1h"
    [calendar]
    time_zone = "Europe/Rome"
    holidays = "IT-MI"
    [profiles.elderly]
    share = 0.3
    recognised = 0.6
    patience.times = 1.4
    service_time.times = 1.3
    [profiles.others]
    share = 0.7
    [numbers.green]
    trunk = "bundle"
    [trunks.bundle]
    lines = 8
    [contact_types.registry]
    patience = { exponential = "3m" }
    service_time = { lognormal = { mean = "4m", sd = "3m" } }
    wrap_up = { exponential = "40s" }
    balking = 0.1
    outcome.tier1 = { escalate = 0.25, rest = "resolved" }
    after_abandonment = { retrial = 0.7, delay = { exponential = "12m" } }
    after_blocking = { retrial = 0.8, delay = { exponential = "6m" } }
    tier2.service_time = { gamma = { mean = "6m", sd = "4m" } }
    [contact_types.waste]
    patience = { weibull = { mean = "90s", shape = 1.5 } }
    service_time = { erlang = { mean = "2m", stages = 3 } }
    [arrivals.registry]
    per_day = 250
    day = { "00:00" = 1, "08:00" = 8, "13:10" = 5, "19:00" = 2 }
    busyness = "weather"
    [arrivals.waste]
    per_hour = 5
    [busyness.weather]
    day = { cv = 0.2, lag1 = 0.5 }
    period = { cv = 0.2, lag1 = 0.8 }
    shared = 0.7
    [queues.counter]
    hours = "07:00-22:00"
    at_close = "send_away"
    [queues.counter.steps.first]
    groups = ["general"]
    [queues.counter.steps.widen]
    after = "25s"
    add = ["city"]
    [queues.second.steps.first]
    groups = ["experts"]
    [routing.second]
    order = 1
    when.tier = 2
    queue = "second"
    [routing.known]
    order = 2
    when.recognised = true
    queue = "counter"
    priority = 10
    credit = "30s"
    prefer = ["city"]
    [routing.rest]
    order = 3
    queue = "counter"
    [vendors.blue]
    [agent_groups.general]
    vendor = "blue"
    serves = ["counter"]
    answer_delay = "2s"
    cost_per_hour = 21.0
    staffing.heads = { "00:00" = 1, "08:00" = 2, "19:00" = 1 }
    [agent_groups.city]
    serves = ["counter"]
    staffing.heads = { "00:00" = 0, "08:30" = 1, "13:00" = 0, "14:00" = 1 }
    [agent_groups.experts]
    tier = 2
    serves = ["second"]
    staffing.heads = 1
"#;

/// The three logs as the bytes of their files, and every measure's numerator and denominator.
#[test]
fn one_small_run_is_frozen() {
    let Compiled { model, calendar, .. } = compiled(&scenario(DAY));
    let detail = Detail { days: true, periods: true, intervals: true, ..Detail::WHOLE };
    let (mut collector, mut results) = (Collector::new(&model, detail), Results::new(&model, detail));
    let files = LogWriters::new(Vec::new(), Vec::new(), Vec::new(), &calendar).expect("room in memory");
    let mut recorder = Recorder::new(&model, 0, files);
    let end = replicate(&model, 20_202, 0, Mode::Eager, &mut collector, Some(&mut recorder));
    results.add(collector.finish(end));
    let files = recorder.into_sink().finish().expect("room in memory");
    let mut found: Vec<(String, u64)> = Vec::new();
    for (name, file) in ["legs", "agents", "needs"].into_iter().zip(&files) {
        let lines = file.iter().filter(|&&byte| byte == b'\n').count();
        assert!(lines > 100, "{lines} lines of {name}");
        let mut fnv = Fnv::new();
        fnv.bytes(file);
        found.push((name.into(), fnv.0));
    }
    found.push(("measures".into(), measures(&results)));
    found.push(("periods".into(), periods(&results)));
    are_frozen(&found, RUN);
}

/// Intervals are left out: Student's quantiles come from another crate.
fn measures(results: &Results) -> u64 {
    let mut fnv = Fnv::new();
    for row in results.replication_rows() {
        let name = format!("{},{},{},{}", row.measure, row.basis.name(), row.scope_kind.name(), row.scope);
        fnv.bytes(name.as_bytes());
        fnv.word(row.numerator.to_bits());
        fnv.word(row.denominator.to_bits());
    }
    fnv.0
}

fn periods(results: &Results) -> u64 {
    let mut fnv = Fnv::new();
    for row in results.period_rows() {
        fnv.bytes(row.queue.as_bytes());
        fnv.word(row.period.start_unix_us as u64);
        let sums =
            [row.offered, row.answered, row.answered_in_time, row.abandoned, row.sent_away, row.blocked];
        sums.into_iter().chain([row.handle_s, row.wait_s]).for_each(|sum| fnv.word(sum.to_bits()));
    }
    fnv.0
}

const STREAMS: &[(&str, u64)] = &[
    ("Count", 0x2a5169d3d7782152),
    ("Offset", 0x48d3aa837bca7008),
    ("ContactType", 0xf88618cb75c781d4),
    ("Profile", 0xae0b46ddf33af3d9),
    ("Recognised", 0x969f194323f6d63f),
    ("Number", 0xe9ccfd937e97e5f5),
    ("District", 0xc8585e177daec117),
    ("Balking", 0x496f278267058f98),
    ("Patience", 0x20710899bf9721eb),
    ("TalkTier1", 0x70f9164b9f0de7a8),
    ("TalkTier2", 0x95cc81797efc5325),
    ("TalkTier3", 0x1aeb4e8bb61060a6),
    ("WrapUp", 0xc7820875f18a7b32),
    ("Outcome", 0xdb7b1d76c91656ae),
    ("Retrial", 0x83b1c9e85f49b762),
    ("RetrialDelay", 0x1d5cce058efb6f74),
    ("Busyness", 0x5c103aca64c2605a),
    ("Absence", 0xe7ee539c2f672354),
    ("AgentChoice", 0xe5f0696c641d7c12),
    ("Status", 0x39d0973c0a567aa4),
    ("Case", 0x429a8cf692d2bd89),
    ("Office", 0x2ee297b0408ef81a),
    ("Dialler", 0x4f1a86dd94e3ee75),
    ("Topic", 0xe41f241d63053f52),
    ("Subtopic", 0xbe00ffb8641b0c6d),
    ("Complaint", 0x248cf3907c4db3b8),
    ("Language", 0xa02dd3a4cf381461),
    ("Channel", 0xa4a5ff1b9182b586),
    ("Callback", 0x08e4d6f97c5b2bf0),
    ("Booking", 0x17e7019eb90ae7c8),
    ("NoShow", 0xfe962d60db3a0386),
    ("Delay", 0xb8a6af2c9ac01cac),
    ("Shrinkage", 0x6351a5711bc9a0b3),
];

const DISTRIBUTIONS: &[(&str, u64)] = &[
    ("constant", 0x2fde46be8d317625),
    ("exponential", 0x02bbd355df7f56b0),
    ("lognormal", 0x42dc15572f8e85c6),
    ("gamma", 0x53b15e02c6099e9c),
    ("gamma of small shape", 0x78a09dd46d4a2bde),
    ("erlang", 0x96f0a01435703775),
    ("weibull", 0xe2670b9e8ecbebcd),
    ("uniform", 0xf652286328789d92),
    ("triangular", 0x156913aef3fb5d1d),
    ("empirical", 0x45c7fa9a4b2c2a76),
    ("hyperexponential", 0xfcd4598d3d2b190d),
    ("mixture", 0x2e5ea10d35e1eec4),
    ("stretched", 0xea43e2186261f279),
    ("uniform variate", 0xb219dc5b9f17becf),
    ("exponential variate", 0x5743a76c8495c31b),
    ("normal variate", 0x13fd15293426d31a),
    ("Poisson counts of mean 0.3", 0x5f7c23478e2c6bc6),
    ("Poisson counts of mean 12", 0x4d7ec5f6f14108f2),
    ("Poisson counts of mean 300", 0xb7aca662203d4cf5),
];

const RUN: &[(&str, u64)] = &[
    ("legs", 0x5497a10fa8da1d72),
    ("agents", 0x6b08a1b963e1ec6e),
    ("needs", 0xf0b0cff149c35682),
    ("measures", 0xf2086363e627ccf2),
    ("periods", 0xbc1a9d5b5670ff68),
];
