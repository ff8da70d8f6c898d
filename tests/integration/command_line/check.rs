//! `check`: all problems at once, the rules' own examples, and a picture of what is well.

use super::Desk;

#[test]
fn a_sound_scenario_gets_a_picture() {
    insta::assert_snapshot!(Desk::new().done("check small.toml").out);
}

fn with_mistakes() -> Desk {
    let desk = Desk::new();
    let wrong = desk
        .read("small.toml")
        .replace("serves = [\"registry\", \"taxes\"]", "serves = [\"registri\", \"taxes\"]")
        .replace("service_time = { exponential = \"3m\" }", "service_time = { exponential = \"3 minutes\" }")
        .replace("share = 0.75", "share = 0.70");
    desk.write("wrong.toml", &wrong);
    desk
}

#[test]
fn all_mistakes_are_told_at_once() {
    let desk = with_mistakes();
    let ran = desk.run("check wrong.toml");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    insta::assert_snapshot!(ran.err);
}

/// A stand-in for what could not be read is nobody's mistake.
#[test]
fn what_follows_from_a_mistake_is_not_told() {
    let desk = Desk::new();
    let wrong = desk
        .read("small.toml")
        .replace("[queues.experts.steps.first]\ngroups = [\"experts\"]", "[queues.experts]");
    desk.write(
        "wrong.toml",
        &wrong.replace("per_day = 200\nday = {", "per_day = \"many\"\nday = \"none.csv\"\nweekday = {"),
    );
    insta::assert_snapshot!(desk.run("check wrong.toml").err);
}

#[test]
fn a_start_state_that_cannot_be_is_told_with_what_to_do() {
    let desk = Desk::new();
    let small = desk.read("small.toml");
    let told = |start_state: &str| {
        desk.write("wrong.toml", &format!("{small}\n[start_state]\n{start_state}\n"));
        let ran = desk.run("check wrong.toml");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{start_state}");
        ran.err
    };
    let mistakes = [
        "wating.taxes = { count = 5, waited = '5m' }",
        "waiting.taxes = { count = 5 }",
        "waiting.taxes = { count = -5, waited = '5m' }",
        "waiting.taxes = { count = 5, waited = 5 }",
        "waiting.taxes = { count = 200_000, waited = '0s' }",
        "waiting.taxis = { count = 5, waited = '5m', number = 'maine' }",
        "waiting.taxes = { count = 5, waited = '5m' }",
        "waiting.lobby = { type = 'taxs', count = 5, waited = '5m', profile = 'elderli', queue = 'taxes' }",
    ];
    let told: Vec<String> = mistakes.iter().map(|mistake| format!("{mistake}\n{}", told(mistake))).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn picture_and_summary_say_who_waits_at_the_start() {
    let desk = Desk::new();
    let small = desk.read("small.toml").replace("run_in = \"1h\"", "");
    desk.write(
        "small.toml",
        &format!("{small}\n[start_state]\nwaiting.taxes = {{ count = 5, waited = '5m' }}\n"),
    );
    let picture = desk.done("check small.toml").out;
    let line = picture.lines().find(|line| line.contains("waiting at the start"));
    assert!(line.is_some_and(|line| line.contains('5')), "{picture}");
    assert!(!picture.contains("start_state"), "they are no arrivals:\n{picture}");
    let told = |line: &str, words: &str| {
        let summary = desk.done(line).out;
        assert!(summary.contains(words), "{summary}");
    };
    told("simulate small.toml --replications 2", "5 contacts that wait at the start: not counted");
    told("simulate small.toml --replications 2 --attribution end", "at the start: counted where they end");
}

#[test]
fn a_wrong_scenario_is_not_run_and_nothing_is_written() {
    let desk = with_mistakes();
    let (checked, simulated) = (desk.run("check wrong.toml"), desk.run("simulate wrong.toml"));
    assert_eq!((simulated.code, simulated.out, simulated.err), (2, String::new(), checked.err));
    assert_eq!(desk.names("."), ["small.toml", "wrong.toml"]);
}

#[test]
fn an_example_that_does_not_come_out_is_a_no() {
    let desk = Desk::new();
    desk.write(
        "small.toml",
        &desk.read("small.toml").replace("goes_to = \"front\"", "goes_to = \"experts\""),
    );
    let ran = desk.run("check small.toml");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("E5006 small.toml:"), "{}", ran.err);
}

#[test]
fn json_has_the_findings_with_their_places() {
    let desk = with_mistakes();
    let sound: serde_json::Value =
        serde_json::from_str(&desk.done("check small.toml --format json").out).unwrap();
    assert_eq!(
        (&sound["ok"], &sound["queues"]),
        (&true.into(), &serde_json::json!(["experts", "registry", "taxes"]))
    );
    let ran = desk.run("check wrong.toml --format json");
    let wrong: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &wrong["ok"]), (2, &false.into()));
    assert_eq!(wrong["findings"][0]["file"], "wrong.toml");
    assert!(wrong["findings"][0]["line"].as_u64().unwrap() > 1);
}
