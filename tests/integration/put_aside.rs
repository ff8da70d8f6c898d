//! Work that calls interrupt, from text to logs, measures and the audit.

use centralino::log::{AgentStateName, LegFate};
use centralino::measures::{Basis, Scope, ScopeKind};

use crate::audited::sound;
use crate::support::{Recorded, notices, record, scenario};

/// A busy day: people by shifts whose wrap-up is interruptible by this rule, and two heads who finish theirs.
fn a_day(rule: &str) -> String {
    format!(
        r#"
        [scenario]
        name = "wrap-up between calls"
        start = "2024-01-15"
        [contact_types.calls]
        service_time = {{ lognormal = {{ mean = "4m", sd = "3m" }} }}
        wrap_up = {{ exponential = "2m" }}
        patience = {{ exponential = "5m" }}
        [contact_types.mails]
        channel = "email"
        service_time = "5m"
        wrap_up = "1m"
        [arrivals.calls]
        per_hour = 40
        [arrivals.mails]
        per_hour = 5
        [queues.calls]
        steps.first.groups = ["people"]
        steps.later = {{ after = "30s", add = ["others"] }}
        [queues.mails.steps.first]
        groups = ["people"]
        [routing.mails]
        order = 1
        when = {{ channel = "email" }}
        queue = "mails"
        [routing.calls]
        order = 2
        queue = "calls"
        [shifts.early]
        start = "06:00"
        end = "14:00"
        breaks.coffee = {{ from = "09:00", length = "15m", waves = 2 }}
        [shifts.late]
        start = "13:30"
        end = "22:00"
        [agent_groups.people]
        serves = ["calls", "mails"]
        staffing.shifts = {{ early = 4, late = 4 }}
        interruptible_wrap_up = {rule}
        [agent_groups.others]
        serves = ["calls"]
        staffing.heads = 1
        "#
    )
}

fn recorded(rule: &str) -> Recorded {
    sound(&scenario(&a_day(rule)), 3)
}

fn of_people(run: &Recorded, measure: &str) -> f64 {
    let (scope, _) = run.results.scopes(ScopeKind::AgentGroup).find(|(_, of)| *of == "people").unwrap();
    let scope: Scope = scope;
    run.results.find(measure, Basis::Time, scope).and_then(|row| row.mean).unwrap()
}

#[test]
fn people_put_wrap_up_aside_and_do_all_of_it() {
    let run = recorded("{}");
    assert!(of_people(&run, "interruptions") > 20.0);
    // The same citizens with the same wrap-up: resumed, all of it is worked on.
    let of = |run: &Recorded| {
        let rows = run.logs.agents.iter().filter(|row| row.state == AgentStateName::WrappingUp);
        rows.map(|row| row.to.us_since(row.from)).sum::<i64>() as f64 / 1e6
    };
    let dropped = recorded("{ rest = \"dropped\" }");
    assert!(of(&dropped) < 0.8 * of(&run), "{} s and {} s", of(&dropped), of(&run));
    let plain = a_day("{}").replace("interruptible_wrap_up = {}", "");
    let plain = record(&scenario(&plain), 3, 0);
    let lost = |run: &Recorded| run.logs.legs.iter().filter(|leg| leg.fate == LegFate::Abandoned).count();
    let all = [&dropped, &run, &plain].map(lost);
    assert!(all[0] < all[2] && all[1] < all[2], "lost when dropped, resumed, finished first: {all:?}");
}

#[test]
fn people_put_e_mails_aside_and_answer_all_of_them() {
    let asides = a_day("{}").replace("interruptible_wrap_up = {}", "interruptible_written = true");
    let both = a_day("{}\ninterruptible_written = true");
    let plain = a_day("{}").replace("interruptible_wrap_up = {}", "");
    let run_of = |text: &str| sound(&scenario(text), 3);
    let runs = [&plain, &asides, &both].map(|text| run_of(text));
    // All mails come before the people go, who finish them: the same work in all three.
    let of = |run: &Recorded| {
        let mails: Vec<_> = run.logs.legs.iter().filter(|leg| &*leg.contact_type == "mails").collect();
        let answered = mails.iter().filter(|leg| leg.fate == LegFate::Answered).count();
        let of_mail = |row: &&centralino::log::AgentRow| {
            let is = |leg: &&&centralino::log::LegRow| Some(&leg.need) == row.need.as_ref();
            row.state == AgentStateName::Talking && mails.iter().any(|leg| is(&leg))
        };
        let rows = run.logs.agents.iter().filter(of_mail);
        (answered, rows.map(|row| row.to.us_since(row.from)).sum::<i64>())
    };
    let [before, after, _] = [0, 1, 2].map(|at| of(&runs[at]));
    assert!(after.0 > 50 && after.0 == before.0, "{before:?} {after:?}");
    assert_eq!(after.1, before.1, "each e-mail is worked on for 5 minutes in all");
    let interruptions = [1, 2].map(|at| of_people(&runs[at], "interruptions"));
    assert!(interruptions[0] > 5.0 && interruptions[1] > interruptions[0], "{interruptions:?}");
    let lost =
        [0, 1].map(|at| runs[at].logs.legs.iter().filter(|leg| leg.fate == LegFate::Abandoned).count());
    assert!(lost[1] < lost[0], "fewer calls are lost where e-mails give way: {lost:?}");
    let report = runs[1].audit_as(&scenario(&plain));
    assert!(notices(&report, "an agent is in one place"), "{report}");
    // By heads, who are the same all day, so that it is known who might have been called.
    let by_heads = |text: &str| {
        let apart = text.replace("order = 2", "order = 2\nwhen = { channel = \"voice\" }");
        apart.replace("staffing.shifts = { early = 4, late = 4 }", "staffing.heads = 4")
    };
    let report = run_of(&by_heads(&plain)).audit_as(&scenario(&by_heads(&asides)));
    assert!(notices(&report, TAKEN_UP), "calls waited beside agents at e-mails\n{report}");
}

const TAKEN_UP: &str = "what is put aside for a call is taken up again";

#[test]
fn logs_do_not_pass_as_those_of_another_rule() {
    let lies = [("{}", "{ put_aside_at_most = 1 }", TAKEN_UP), ("{}", "{ rest = \"dropped\" }", TAKEN_UP)];
    for (truth, told, check) in lies {
        let report = recorded(truth).audit_as(&scenario(&a_day(told)));
        assert!(notices(&report, check), "{truth} told as {told}\n{report}");
    }
    let plain = a_day("{}").replace("interruptible_wrap_up = {}", "");
    let report = recorded("{}").audit_as(&scenario(&plain));
    assert!(notices(&report, "an agent is in one place"), "{report}");
}

#[test]
fn stretches_that_cannot_be_are_noticed() {
    let truth = recorded("{}");
    let key = |run: &Recorded, at: usize| {
        let row = &run.logs.agents[at];
        (row.need.clone(), row.attempt, row.leg)
    };
    // A stretch that is not its wrap-up's last.
    let first = (0..truth.logs.agents.len())
        .find(|&at| {
            let row = &truth.logs.agents[at];
            let later = |other: &usize| {
                let of = &truth.logs.agents[*other];
                key(&truth, *other) == key(&truth, at) && of.state == row.state && of.from > row.to
            };
            row.state == AgentStateName::WrappingUp && (0..truth.logs.agents.len()).any(|other| later(&other))
        })
        .expect("somebody was interrupted");
    type Break = fn(&mut Recorded, usize);
    let breaks: [(&str, Break); 4] = [
        ("one ends before the call", |run, at| run.logs.agents[at].to.0 -= 1),
        ("one is another agent's", |run, at| run.logs.agents[at].agent = "people/late#003".into()),
        ("the wrap-up ends later than its last stretch", |run, at| {
            let (need, attempt, leg) = {
                let row = &run.logs.agents[at];
                (row.need.clone(), row.attempt, row.leg)
            };
            let of = |row: &&mut centralino::log::LegRow| {
                Some(&row.need) == need.as_ref() && Some(row.attempt) == attempt && Some(row.leg) == leg
            };
            let leg = run.logs.legs.iter_mut().find(of).unwrap();
            leg.wrap_up_ended = leg.wrap_up_ended.map(|end| centralino::log::LogTime(end.0 + 1));
        }),
        ("its agent idles before it is done", |run, at| {
            let row = run.logs.agents[at].clone();
            let call = |other: &&mut centralino::log::AgentRow| {
                other.agent == row.agent && other.from == row.to && other.need != row.need
            };
            let of = run.logs.agents.iter_mut().find(call).unwrap();
            (of.state, of.need, of.attempt, of.leg) = (AgentStateName::Idle, None, None, None);
        }),
    ];
    for (what, breaks) in breaks {
        let mut run = recorded("{}");
        breaks(&mut run, first);
        assert!(notices(&run.audit(), TAKEN_UP), "{what}\n{}", run.audit());
    }
}

/// Work of no length on an e-mail, put aside as it is opened for the call that waits by then, is done when the call is over, at no time at all.
#[test]
fn an_e_mail_that_takes_no_time_waits_for_the_call_all_the_same() {
    let at_s = 1_705_312_800;
    let row = |number: u32, after_s: i64, contact_type: &str| {
        let at_us = (at_s + after_s) * 1_000_000;
        let cell = at_us / 900_000_000;
        format!(
            "{{ need = \"log/{cell}/{number}\", at_us = {at_us}, type = \"{contact_type}\", recognised = false }},"
        )
    };
    let rows = row(0, 0, "mails") + &row(1, 1, "calls");
    let text = format!(
        r#"
        [scenario]
        name = "an e-mail of no time"
        start = "2024-01-15"
        [contact_types.calls]
        service_time = "4m"
        [contact_types.mails]
        channel = "email"
        service_time = "0s"
        [arrivals.log]
        type = "calls"
        replay.contacts = [{rows}]
        [queues.calls.steps.first]
        groups = ["people"]
        [queues.mails.steps.first]
        groups = ["people"]
        [routing.mails]
        order = 1
        when = {{ channel = "email" }}
        queue = "mails"
        [routing.calls]
        order = 2
        when = {{ channel = "voice" }}
        queue = "calls"
        [agent_groups.people]
        serves = ["calls", "mails"]
        answer_delay = "2s"
        staffing.heads = 1
        interruptible_written = true
        "#
    );
    let run = record(&scenario(&text), 3, 0);
    run.passes_audit();
    // Opened until 2 s; the call is taken then, speaks from 4 s on and for four minutes.
    let mail = run.logs.legs.iter().find(|leg| &*leg.contact_type == "mails").expect("the e-mail");
    let after_s = |at: Option<centralino::log::LogTime>| at.map(|at| at.unix_s() - at_s);
    assert_eq!((after_s(Some(mail.left)), after_s(mail.talk_ended)), (Some(2), Some(244)));
}
