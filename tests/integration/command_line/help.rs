//! Each command shows an example; the texts are frozen.

use super::Desk;

#[test]
fn the_program_names_its_commands() {
    insta::assert_snapshot!(Desk::new().done("--help").out);
}

#[test]
fn simulate_explains_itself() {
    insta::assert_snapshot!(Desk::new().done("simulate --help").out);
}

#[test]
fn check_explains_itself() {
    insta::assert_snapshot!(Desk::new().done("check --help").out);
}

#[test]
fn the_calculators_explain_themselves() {
    let desk = Desk::new();
    let lines = ["erlang --help", "erlang a --help", "erlang b --help", "erlang c --help"];
    let told: Vec<String> =
        lines.iter().map(|line| format!("$ centralino {line}\n{}", desk.done(line).out)).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn what_helps_to_begin_explains_itself() {
    let desk = Desk::new();
    let told: Vec<String> = ["new --help", "schema --help", "completions --help"]
        .iter()
        .map(|line| format!("$ centralino {line}\n{}", desk.done(line).out))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_wrong_word_is_wrong_use() {
    let desk = Desk::new();
    assert_eq!(desk.run("simulat small.toml").code, 2);
    assert_eq!(desk.run("simulate small.toml --threads 0").code, 2);
    assert_eq!(desk.run("simulate small.toml --replications 0").code, 2);
}

#[test]
fn sweeps_explain_themselves() {
    let desk = Desk::new();
    let told = desk.done("sweep --help").out + &desk.done("merge --help").out;
    insta::assert_snapshot!(told);
}
