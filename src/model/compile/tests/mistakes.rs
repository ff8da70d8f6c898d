//! Each mistake has its code and its path.

use super::*;

#[test]
fn names_that_nothing_has() {
    assert_eq!(errors(&["arrivals.taxes.type=taxis"]), ["E2101 arrivals.taxes.type"]);
    assert_eq!(errors(&["routing.known.when.profile=elder"]), ["E2102 routing.known.when.profile"]);
    assert_eq!(errors(&["routing.known.queue=frist"])[0], "E2103 routing.known.queue");
    assert_eq!(
        errors(&["queues.first.steps.widen.add=['seniors']"])[0],
        "E2104 queues.first.steps.widen.add[0]"
    );
    assert_eq!(errors(&["arrivals.taxes.number=020202"]), ["E2105 arrivals.taxes.number"]);
    assert_eq!(errors(&["numbers={ main = { trunk = 'isdn' } }"]), ["E2106 numbers.main.trunk"]);
    assert_eq!(errors(&["agent_groups.general.vendor=telecoms"]), ["E2107 agent_groups.general.vendor"]);
    assert_eq!(errors(&["arrivals.taxes.busyness=city"]), ["E2108 arrivals.taxes.busyness"]);
    assert_eq!(
        errors(&["contact_types.taxes.outcome.tier1={ escalated = 0.1 }"]),
        ["E2109 contact_types.taxes.outcome.tier1.escalated"]
    );
    assert_eq!(errors(&["targets.contract.formula=answered"]), ["E2110 targets.contract.formula"]);
}

#[test]
fn a_near_miss_is_answered_with_the_name_and_the_list() {
    let found = compile(&scenario(SMALL, &["routing.all.queue=frist"])).unwrap_err();
    assert_eq!(
        found[0].to_string(),
        "E2103 routing.all.queue: no queue is named \"frist\"\n      did you mean \"first\"? queues: first, second"
    );
}

#[test]
fn a_finding_is_placed_by_whoever_loaded_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.toml");
    let text = SMALL.replace("serves = [\"second\"]", "serves = [\"second\", \"frist\"]");
    std::fs::write(&path, &text).unwrap();
    let loaded = load(&path, &[]).unwrap();
    let found = compile(&loaded.scenario).unwrap_err();
    assert_eq!(found[0].path, "agent_groups.expert.serves[1]");
    let line = loaded.origins.place(&found[0].path).map(|place| place.line);
    let written = text.lines().position(|line| line.contains("frist")).map(|before| before + 1);
    assert_eq!(line, written);
}

#[test]
fn all_problems_are_told_at_once() {
    let found = errors(&[
        "calendar.time_zone=Rome",
        "profiles.others.share=0.5",
        "arrivals.taxes.type=taxis",
        "agent_groups.expert.serves=['second', 'third']",
        "targets.contract.formula=best",
    ]);
    let codes: Vec<&str> = found.iter().map(|text| &text[..5]).collect();
    for code in ["E4001", "E3008", "E2101", "E2103", "E2110"] {
        assert!(codes.contains(&code), "{code} in {found:?}");
    }
}

#[test]
fn arrivals() {
    assert_eq!(errors(&["arrivals.taxes.per_hour=3"]), ["E4005 arrivals.taxes"]);
    let constant = SMALL.replace("per_day = 960", "per_hour = 3");
    let with_shape = scenario(&constant, &["arrivals.taxes.day=[1, 2]"]);
    assert_eq!(errors_of(&with_shape), ["E4005 arrivals.taxes.day"]);
    assert_eq!(errors(&["arrivals.taxes.per_day=1e8"]), ["E4008 arrivals.taxes"]);
    let two = ["numbers={ a = {}, b = {} }"];
    assert_eq!(errors(&two), ["E4009 arrivals.taxes"]);
    let same_key = "arrivals.more={ type = 'taxes', per_day = 5, key = 'taxes' }";
    assert_eq!(errors(&[same_key]), ["E4010 arrivals.taxes.key"]);
    let mut nobody = scenario(SMALL, &[]);
    nobody.arrivals.clear();
    assert_eq!(errors_of(&nobody), ["E4011 arrivals"]);
}

#[test]
fn steps() {
    assert_eq!(errors(&["queues.first.steps.start.after=5s"])[0], "E5001 queues.first.steps");
    assert_eq!(errors(&["queues.first.steps.widen.after=0s"]), ["E5012 queues.first.steps.widen.after"]);
    assert_eq!(
        errors(&["queues.first.steps.widen.groups=['senior']", "queues.first.steps.widen.add=[]"]),
        ["E5013 queues.first.steps.widen.groups"]
    );
    assert_eq!(errors(&["queues.first.steps.last={ after = '1m' }"]), ["E5013 queues.first.steps.last"]);
    assert_eq!(
        errors(&["queues.first.steps.widen.add=['senior', 'general']"]),
        ["E5011 queues.first.steps.widen.add[1]"]
    );
}

#[test]
fn queues_and_groups_name_each_other() {
    assert_eq!(
        errors(&["agent_groups.expert.serves=['second', 'first']"]),
        ["E5002 agent_groups.expert.serves[1]"]
    );
    assert_eq!(errors(&["agent_groups.senior.serves=[]"]), ["E5002 queues.first.steps.widen"]);
    assert_eq!(
        errors(&["agent_groups.expert.serves=['second', 'second']"]),
        ["E5011 agent_groups.expert.serves[1]"]
    );
}

#[test]
fn rules() {
    assert_eq!(errors(&["routing.known.order=100"]), ["E5005 routing.known.order"]);
    assert_eq!(errors(&["routing.all.when.profile=others"]), ["E5004 routing"]);
    assert_eq!(errors(&["routing.escalated.when={ tier = 2, profile = 'elderly' }"]), ["E5009 routing"]);
    assert_eq!(errors(&["routing.known.when.hours=Mon-Fry 08:00-18:00"]), ["E4003 routing.known.when.hours"]);
    assert_eq!(errors(&["routing.known.prefer=['general', 'general']"]), ["E5011 routing.known.prefer[1]"]);
}

#[test]
fn a_gap_in_the_hours_is_told_with_a_contact_and_the_times() {
    let day_only = scenario(SMALL, &["routing.all.when.hours=Mon-Fri 08:00-18:00"]);
    let found = compile(&day_only).unwrap_err();
    assert_eq!(
        found[0].message,
        "no rule takes a contact from 2008-06-16 00:00 to 2008-06-16 08:00 and 1 more times with type = \"taxes\", \
         profile = \"elderly\", number = \"main\", recognised = false, tier = 1"
    );
    let covered = [
        "routing.all.when.hours=Mon 08:00-18:00",
        "routing.night={ order = 101, queue = 'first', when = { hours = 'Mon 00:00-08:00 18:00-24:00' } }",
    ];
    assert_eq!(model(&covered).openings.len(), 2, "two rules by the hour may share the day between them");
}

#[test]
fn targets_that_disagree() {
    let other = "targets.other={ service_level = 0.9, within = '20s' }";
    assert_eq!(errors(&[other]), ["E5016 targets.other.within"]);
    let same = "targets.other={ service_level = 0.9, within = '30s' }";
    assert_eq!(model(&[same]).targets.len(), 2);
}

#[test]
fn who_waits_for_ever_needs_somebody() {
    let text = SMALL.replace("patience = { exponential = \"3m\" }\n", "");
    let nobody = scenario(&text, &["agent_groups.expert.staffing.heads=0"]);
    assert_eq!(errors_of(&nobody), ["E5008 queues.second"]);
}

#[test]
fn more_kinds_of_contact_than_the_table_holds() {
    let mut many = scenario(SMALL, &[]);
    let taxes = many.contact_types["taxes"].clone();
    many.contact_types.extend((0..1_000).map(|i| (format!("t{i}"), taxes.clone())));
    many.numbers.extend((0..1_000).map(|i| (format!("n{i}"), Default::default())));
    many.arrivals.get_mut("taxes").unwrap().number = Some("n0".into());
    assert_eq!(errors_of(&many), ["E5014 contact_types"]);
}

#[test]
fn too_many_rows_and_too_much_memory() {
    let mut many = scenario(SMALL, &[]);
    many.vendors.extend((0..65_536).map(|i| (format!("v{i}"), Default::default())));
    assert_eq!(errors_of(&many), ["E5007 vendors"]);
    let mut long = scenario(SMALL, &["scenario.days=2900"]);
    let mut taxes = long.arrivals["taxes"].clone();
    taxes.contact_type = Some("taxes".into());
    long.arrivals.extend((0..200).map(|i| (format!("t{i}"), taxes.clone())));
    assert_eq!(errors_of(&long), ["E4007 scenario.days"]);
}

#[test]
fn single_values_are_checked_though_the_loader_has_done_so() {
    let mut wrong = scenario(SMALL, &[]);
    wrong.profiles.get_mut("elderly").unwrap().recognised = f64::NAN;
    wrong.contact_types.get_mut("taxes").unwrap().balking = -0.1;
    wrong.agent_groups.get_mut("expert").unwrap().tier = 3;
    let found = errors_of(&wrong);
    assert_eq!(
        found,
        [
            "E3005 agent_groups.expert.tier",
            "E3005 contact_types.taxes.balking",
            "E3005 profiles.elderly.recognised"
        ]
    );
}
