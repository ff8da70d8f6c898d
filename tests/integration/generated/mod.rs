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

mod beside;
mod callers;
mod counters;
mod groups;
mod routing;
mod tape;
mod work;
mod writer;

use self::writer::read_off;
use crate::recount::{differences, within};
use crate::support::{compile, other_modes, record, replication, scenario};
use centralino::model::Mode;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

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
