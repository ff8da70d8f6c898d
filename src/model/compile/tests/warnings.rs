//! What can be simulated and is likely not meant.

use super::*;

fn message(overrides: &[&str]) -> String {
    compiled(overrides).warnings[0].message.clone()
}

#[test]
fn hours_with_nobody_on_duty_are_named() {
    let night = "agent_groups.expert.staffing={ heads = { '05:00' = 2 } }";
    assert_eq!(warnings(&[night]), ["W6006 queues.second"]);
    // 960 a day, a fifth of them escalated: 8 an hour.
    assert_eq!(
        message(&[night]),
        "nobody serves \"second\" from 2008-06-16 00:00 to 2008-06-16 05:00, when 40.0 contacts are expected; their \
         callers wait until somebody comes or they leave"
    );
    assert_eq!(warnings(&[night, "queues.second.hours=Mon 05:00-24:00"]), Vec::<String>::new());
    assert_eq!(
        warnings(&["agent_groups.expert.staffing.heads=0"]),
        ["W6006 queues.second", "W6002 agent_groups.expert"]
    );
}

#[test]
fn overload_is_told_where_nobody_gives_up() {
    // 40 an hour of 270 s are 3 agents at tier 1; patient ones wait without end on 2.
    let text = SMALL.replace("patience = { exponential = \"3m\" }\n", "");
    let short = ["agent_groups.general.staffing.heads=1", "agent_groups.senior.staffing.heads=1"];
    let found = compile(&scenario(&text, &short)).unwrap().warnings;
    assert_eq!(
        found[0].message,
        "contacts that never give up bring \"first\" work for 3.0 agents, 2.0 are on duty on average (150 %): the queue \
         grows without bound"
    );
    assert_eq!(found[0].code.as_str(), "W6001");
    assert!(compile(&scenario(&text, &[])).unwrap().warnings.is_empty());
    let longer = ["events.new_form={ peak = '2008-06-16', service_time = 10 }"];
    assert_eq!(
        compile(&scenario(&text, &longer)).unwrap().warnings[0].code.as_str(),
        "W6001",
        "ten times the talk that day"
    );
    let bounded: [&[&str]; 3] = [
        &["trunks={ isdn = { lines = 9 } }", "numbers={ main = { trunk = 'isdn' } }"],
        &["queues.first.hours=Mon 00:00-23:00", "queues.first.at_close=send_away"],
        &["contact_types.taxes.balking=0.5"],
    ];
    for bound in bounded {
        let overrides = [&short[..], bound].concat();
        assert!(compile(&scenario(&text, &overrides)).unwrap().warnings.is_empty(), "{bound:?}");
    }
    assert_eq!(warnings(&short), Vec::<String>::new(), "who gives up keeps the queue in bounds");
}

#[test]
fn a_rule_behind_a_wider_one_never_matches() {
    assert_eq!(warnings(&["routing.known.order=150"]), ["W6003 routing.known"]);
    assert_eq!(
        message(&["routing.known.order=150"]),
        "\"known\" can never match: \"all\" comes first and takes all it could have"
    );
    assert_eq!(
        message(&["routing.known.when.profile=[]"]),
        "\"known\" can never match: its conditions fit nobody"
    );
}

#[test]
fn preferring_a_group_that_the_queue_never_asks() {
    assert_eq!(warnings(&["routing.known.prefer=['expert']"]), ["W6008 routing.known.prefer[0]"]);
}

#[test]
fn what_nothing_refers_to() {
    let unused = [
        "contact_types.other={ service_time = '1m' }",
        "trunks.isdn={ lines = 30 }",
        "busyness.city={ day = { cv = 0.1 } }",
        "vendors.nobody={}",
        "queues.idle={ steps = { first = { groups = ['general'] } } }",
        "agent_groups.general.serves=['first', 'idle']",
        "targets.none={ service_level = 0.8, within = '30s', applies_to = { type = [] } }",
    ];
    let expected = [
        "contact_types.other",
        "trunks.isdn",
        "busyness.city",
        "queues.idle",
        "vendors.nobody",
        "targets.none",
    ];
    assert_eq!(warnings(&unused), expected.map(|path| format!("W6002 {path}")));
}

#[test]
fn a_queue_that_never_opens() {
    assert_eq!(warnings(&["queues.second.hours=Tue 08:00-18:00"]), ["W6004 queues.second.hours"]);
}

#[test]
fn nobody_calling_is_odd_but_legal() {
    assert_eq!(warnings(&["arrivals.taxes.per_day=0"]), ["W6007 arrivals"]);
}
