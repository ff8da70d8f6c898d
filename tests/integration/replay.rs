//! A run is logged and its log replayed: the same citizens at the same instants, under the same plan or another.

use std::collections::BTreeMap;
use std::path::Path;

use centralino::log::{Cause, LegRow, LegWriter, LogTime, Name, RowWriter};
use centralino::scenario::{Scenario, load};

use crate::support::{compiled, record, scenario};

const SEED: u64 = 11;

/// Two types on two numbers; callers hang up, call again and come back.
const DAY: &str = r#"
    [scenario]
    name = "a day to replay"
    start = "2008-03-30"
    [calendar]
    time_zone = "Europe/Rome"
    [profiles.elderly]
    share = 0.3
    recognised = 0.6
    patience.times = 1.5
    [profiles.others]
    share = 0.7
    [numbers.city]
    [numbers.tax_line]
    [contact_types.registry]
    patience = { exponential = "2m" }
    service_time = { exponential = "4m" }
    outcome.tier1 = { unresolved = 0.2, rest = "resolved" }
    after_unresolved = { repeat = 0.5, delay = { exponential = "20m" } }
    after_abandonment = { retrial = 0.7, delay = { exponential = "15m" } }
    [contact_types.taxes]
    patience = { exponential = "3m" }
    service_time = { exponential = "5m" }
    ARRIVALS
    [queues.all.steps.first]
    groups = ["desk"]
    [routing.all]
    order = 1
    queue = "all"
    [agent_groups.desk]
    serves = ["all"]
    staffing.heads = 2
"#;

const DRAWN: &str = r#"
    [arrivals.registry]
    number = "city"
    per_day = 300
    [arrivals.taxes]
    number = "tax_line"
    per_day = 200
"#;

fn with_arrivals(arrivals: &str) -> String {
    DAY.replace("ARRIVALS", arrivals)
}

/// Writes the legs of two replications of the drawn day into a directory, the second one first.
fn logged(dir: &Path) -> Vec<LegRow> {
    logged_of(&with_arrivals(DRAWN), dir)
}

fn logged_of(text: &str, dir: &Path) -> Vec<LegRow> {
    let day = scenario(text);
    let calendar = compiled(&day).calendar;
    let file = std::fs::File::create(dir.join("legs.csv")).expect("a file");
    let mut writer: LegWriter<_> = RowWriter::new(file, &calendar).expect("a header");
    let mut first = Vec::new();
    for replication in [1, 0] {
        let legs = record(&day, SEED, replication).logs.legs;
        legs.iter().for_each(|leg| writer.write(leg).expect("a row"));
        first = legs;
    }
    writer.finish().expect("a log");
    first
}

fn replayed(dir: &Path, replay: &str) -> Scenario {
    let path = dir.join("replay.toml");
    std::fs::write(&path, with_arrivals(replay)).expect("a scenario");
    load(&path, &[])
        .unwrap_or_else(|found| panic!("{:?}", found.iter().map(ToString::to_string).collect::<Vec<_>>()))
        .scenario
}

/// Who came when: what the log tells of a contact that the center cannot change.
type Came = BTreeMap<(LogTime, Name), (Option<Name>, bool, Option<Name>)>;

fn came<'l>(legs: impl Iterator<Item = &'l LegRow>) -> Came {
    let who = |leg: &LegRow| (leg.profile.clone(), leg.recognised, leg.number.clone());
    legs.map(|leg| ((leg.entered, leg.contact_type.clone()), who(leg))).collect()
}

fn is_first(leg: &&LegRow) -> bool {
    leg.attempt == 0 && leg.leg == 0
}

#[test]
fn the_replay_of_a_run_with_its_seed_is_the_run() {
    let dir = tempfile::tempdir().expect("a directory");
    let logged = logged(dir.path());
    let replay = replayed(dir.path(), "[arrivals.again]\nreplay = { file = \"legs.csv\", replication = 0 }");
    let again = record(&replay, SEED, 0).logs.legs;
    // Needs have other names; everything else is as it was, who called again and how long they talked included.
    let story = |legs: &[LegRow]| {
        let mut rows: Vec<_> = legs
            .iter()
            .map(|leg| LegRow { need: Default::default(), ..leg.clone() })
            .map(|leg| (leg.entered, format!("{leg:?}")))
            .collect();
        rows.sort();
        rows
    };
    assert!(
        logged.iter().any(|leg| leg.cause == Cause::Retrial)
            && logged.iter().any(|leg| leg.cause == Cause::Repeat)
    );
    assert!(logged.len() > 500 && story(&logged) == story(&again));
}

#[test]
fn another_seed_has_the_same_arrivals_and_other_fates() {
    let dir = tempfile::tempdir().expect("a directory");
    let logged = logged(dir.path());
    let replay = replayed(dir.path(), "[arrivals.again]\nreplay = { file = \"legs.csv\", replication = 0 }");
    let again = record(&replay, 99, 3).logs.legs;
    assert_eq!(came(logged.iter().filter(is_first)), came(again.iter().filter(is_first)));
    let talks = |legs: &[LegRow]| legs.iter().filter_map(|leg| leg.talk_ended).collect::<Vec<_>>();
    assert_ne!(talks(&logged), talks(&again));
    // The file has replication 1 first, and that is what is taken if none is asked for.
    let default = replayed(dir.path(), "[arrivals.again]\nreplay.file = \"legs.csv\"");
    let other = record(&default, 99, 3).logs.legs;
    assert_ne!(came(logged.iter().filter(is_first)), came(other.iter().filter(is_first)));
}

#[test]
fn retrials_as_logged_come_as_they_came_and_nobody_else_calls_again() {
    let dir = tempfile::tempdir().expect("a directory");
    let logged = logged(dir.path());
    let replay =
        "[arrivals.again]\nreplay = { file = \"legs.csv\", replication = 0, retrials = \"as_logged\" }";
    let again = record(&replayed(dir.path(), replay), 99, 0).logs.legs;
    let attempts = |legs: &[LegRow]| came(legs.iter().filter(|leg| leg.leg == 0));
    assert_eq!(attempts(&logged), attempts(&again));
    assert!(again.iter().all(|leg| leg.attempt == 0 && leg.cause == Cause::Fresh));
}

#[test]
fn a_process_may_take_one_type_and_the_other_be_drawn_as_before() {
    let dir = tempfile::tempdir().expect("a directory");
    let logged = logged(dir.path());
    let arrivals = "[arrivals.again]\ntype = \"taxes\"\nreplay = { file = \"legs.csv\", replication = 0 }\n\
                    [arrivals.registry]\nnumber = \"city\"\nper_day = 300\n";
    let again = record(&replayed(dir.path(), arrivals), SEED, 0).logs.legs;
    assert_eq!(came(logged.iter().filter(is_first)), came(again.iter().filter(is_first)));
}

#[test]
fn a_replay_passes_the_audit_and_one_that_lost_a_contact_does_not() {
    let dir = tempfile::tempdir().expect("a directory");
    logged(dir.path());
    for retrials in ["model", "as_logged"] {
        let replay =
            format!("[arrivals.again]\nreplay = {{ file = \"legs.csv\", retrials = \"{retrials}\" }}");
        let mut scenario = replayed(dir.path(), &replay);
        let recorded = record(&scenario, 99, 0);
        recorded.passes_audit();
        let log = scenario.arrivals.get_mut("again").and_then(|of| of.replay.as_mut()).expect("a replay");
        log.contacts[3].at_us += 1;
        assert_eq!(recorded.audit_as(&scenario).failures(), 1);
        let log = scenario.arrivals.get_mut("again").and_then(|of| of.replay.as_mut()).expect("a replay");
        log.contacts.pop();
        assert!(recorded.audit_as(&scenario).failures() > 1);
    }
}

#[test]
fn a_center_without_profiles_and_numbers_replays_its_log_too() {
    let dir = tempfile::tempdir().expect("a directory");
    let plain = |arrivals: &str| {
        let text = with_arrivals(arrivals);
        let (from, to) = (text.find("[profiles.elderly]"), text.find("[contact_types.registry]"));
        let (from, to) = (from.expect("profiles"), to.expect("types"));
        format!("{}{}", &text[..from], &text[to..])
    };
    let logged = logged_of(&plain("[arrivals.registry]\nper_day = 300"), dir.path());
    let path = dir.path().join("plain.toml");
    let replay = "[arrivals.registry]\nreplay = { file = \"legs.csv\", replication = 0 }";
    std::fs::write(&path, plain(replay)).expect("a scenario");
    let again = record(&crate::support::load(&path, &[]), 99, 0);
    assert_eq!(came(logged.iter().filter(is_first)), came(again.logs.legs.iter().filter(is_first)));
    again.passes_audit();
}

#[test]
fn what_a_log_names_wrongly_is_told_once_with_its_line() {
    let dir = tempfile::tempdir().expect("a directory");
    logged(dir.path());
    let text = with_arrivals("[arrivals.again]\nreplay.file = \"legs.csv\"")
        .replace("[contact_types.taxes]", "[contact_types.levies]");
    let path = dir.path().join("replay.toml");
    std::fs::write(&path, text).expect("a scenario");
    let found: Vec<String> =
        load(&path, &[]).expect_err("an unknown type").iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("E2101") && found[0].contains("legs.csv:"), "{}", found[0]);
}

#[test]
fn what_contradicts_a_replay_is_told() {
    let dir = tempfile::tempdir().expect("a directory");
    logged(dir.path());
    let codes = |arrivals: &str| -> Vec<String> {
        let scenario = replayed(dir.path(), arrivals);
        let found = centralino::model::compile(&scenario).expect_err("a mistake");
        found.iter().map(|finding| format!("{} {}", finding.code, finding.path)).collect()
    };
    let replay = "[arrivals.again]\nreplay.file = \"legs.csv\"\n";
    assert_eq!(codes(&format!("{replay}per_day = 10\n")), ["E4031 arrivals.again.per_day"]);
    // Who is replayed must not be drawn as well.
    let twice = format!("{replay}[arrivals.taxes]\nnumber = \"tax_line\"\nper_day = 200\n");
    assert_eq!(codes(&twice), ["E4010 arrivals.again.replay"]);
}
