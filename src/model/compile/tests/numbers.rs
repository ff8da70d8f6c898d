//! Access numbers that are made one.

use super::*;

/// [`SMALL`] with three numbers, of which two are dialled.
fn three() -> String {
    let numbers =
        "[numbers.one]\ntrunk = 'lines'\n[numbers.tax]\n[numbers.town]\n[trunks.lines]\nlines = 9\n";
    let more = "[arrivals.more]\ntype = 'taxes'\nper_day = 10\nnumber = 'town'\n[arrivals.half]\nfrom = 'taxes'\nshare = 0.5\ntype = 'taxes'\nnumber = 'town'\n";
    format!("{}\n{numbers}{more}", SMALL.replace("per_day = 960", "per_day = 960\nnumber = 'tax'"))
}

fn dialled(model: &Model) -> Vec<&str> {
    let name = |process: &crate::model::Process| model.numbers[process.number.index()].name.as_str();
    model.processes.iter().map(name).collect()
}

#[test]
fn who_dials_a_merged_number_has_dialled_the_one_that_answers() {
    let apart = compile(&scenario(&three(), &[])).unwrap().model;
    assert_eq!(dialled(&apart), ["town", "town", "tax"]);
    let merged = ["numbers.tax.merged_into=one", "numbers.town.merged_into=one"];
    let compiled = compile(&scenario(&three(), &merged)).unwrap();
    assert_eq!(dialled(&compiled.model), ["one", "one", "one"]);
    let crate::model::Citizens::Split(split) = &compiled.model.processes[2].citizens else { panic!("split") };
    assert!(split.parts.iter().all(|(_, number)| compiled.model.numbers[number.index()].name == "one"));
    assert!(!text_of(&compiled.warnings).iter().any(|said| said.contains("numbers.")), "nothing is unused");
}

#[test]
fn a_merger_leads_to_a_number_that_answers() {
    let wrong = ["numbers.tax.merged_into=town", "numbers.town.merged_into=nobody"];
    let said = errors_of(&scenario(&three(), &wrong));
    assert_eq!(said, ["E4033 numbers.tax.merged_into", "E2105 numbers.town.merged_into"]);
    assert_eq!(
        errors_of(&scenario(&three(), &["numbers.tax.merged_into=tax"])),
        ["E4033 numbers.tax.merged_into"]
    );
}
