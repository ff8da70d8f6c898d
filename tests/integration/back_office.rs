//! Agents who work on cases between calls, from text to logs, measures and the audit.

use centralino::log::{AgentRow, AgentStateName};
use centralino::measures::{Basis, ScopeKind};

use crate::audited::sound;
use crate::support::{Recorded, estimate, notices, record, scenario};

/// Three days: people by shifts with a lunch, an office that is open in the mornings, e-mails beside the calls.
fn days(rule: &str) -> String {
    format!(
        r#"
        [scenario]
        name = "forms between calls"
        start = "2024-01-15"
        days = 3
        [contact_types.forms]
        service_time = {{ exponential = "4m" }}
        wrap_up = {{ exponential = "1m" }}
        patience = {{ exponential = "5m" }}
        outcome.tier1 = {{ case = 0.4, rest = "resolved" }}
        case = "form"
        [contact_types.mails]
        channel = "email"
        service_time = "5m"
        [arrivals.forms]
        per_day = 340
        day = {{ "00:00" = 2, "08:00" = 30, "18:00" = 4 }}
        [arrivals.mails]
        per_hour = 3
        [queues.forms.steps.first]
        groups = ["general"]
        [queues.mails.steps.first]
        groups = ["general"]
        [routing.mails]
        order = 1
        when = {{ channel = "email" }}
        queue = "mails"
        [routing.all]
        order = 2
        queue = "forms"
        [offices.registry]
        hours = "Mon-Fri 08:30-12:30"
        staff = 1
        discipline = "oldest"
        [case_types.form]
        office = "registry"
        work = {{ lognormal = {{ mean = "12m", sd = "10m" }} }}
        due = "1 working day"
        rework = 0.05
        [shifts.day]
        start = "07:00"
        end = "15:00"
        breaks.lunch = {{ from = "11:30", length = "30m", waves = 2 }}
        [shifts.late]
        start = "14:00"
        end = "22:00"
        [agent_groups.general]
        serves = ["forms", "mails"]
        staffing.shifts = {{ day = 4, late = 3 }}
        {rule}
        "#
    )
}

const RULE: &str = "back_office = { offices = [\"registry\"], after_idle = \"90s\", keep_idle = 1 }\ninterruptible_wrap_up = {}";

fn recorded(rule: &str) -> Recorded {
    sound(&scenario(&days(rule)), 4)
}

#[test]
fn agents_help_the_office_and_calls_hardly_feel_it() {
    let (helped, alone) = (recorded(RULE), recorded(""));
    let open = |run: &Recorded| estimate(&run.results, "mean_backlog", Basis::Case).0;
    assert!(open(&helped) < 0.5 * open(&alone), "{} and {}", open(&helped), open(&alone));
    let by_agents = estimate(&helped.results, "worked_by_agents", Basis::Case).0;
    assert!((0.2..0.95).contains(&by_agents), "{by_agents}");
    let (scope, _) = helped.results.scopes(ScopeKind::AgentGroup).find(|(_, of)| *of == "general").unwrap();
    let of_group =
        |measure| helped.results.find(measure, Basis::Time, scope).and_then(|row| row.mean).unwrap();
    assert!(of_group("back_office_share") > 0.05 && of_group("interruptions") > 5.0);
}

const AT_CASES: &str = "agents work on cases when they have nothing else to do";

#[test]
fn logs_do_not_pass_as_those_of_another_rule() {
    let run = recorded(RULE);
    let lies = [
        ("after_idle = \"90s\"", "after_idle = \"100s\""),
        ("keep_idle = 1", "keep_idle = 2"),
        ("keep_idle = 1", "keep_idle = 1, interruptible = false"),
    ];
    for (is, told) in lies {
        let report = run.audit_as(&scenario(&days(&RULE.replace(is, told))));
        assert!(notices(&report, AT_CASES), "{told}\n{report}");
    }
    let another = days(RULE).replace("[offices.registry]", "[offices.park]\nstaff = 1\n[offices.registry]");
    let another = another.replace("offices = [\"registry\"]", "offices = [\"park\"]");
    assert!(notices(&run.audit_as(&scenario(&another)), AT_CASES));
}

const PUT_ASIDE: &str = "what is put aside for a call is taken up again";

/// E-mails have a rule of their own before the one for all: nothing written comes to the queue of calls, so calls interrupt, and may not wait beside an agent at a case.
#[test]
fn a_call_that_waits_beside_an_agent_at_a_case_is_noticed_after_a_rule_for_letters() {
    let always =
        |rule: &str| days(rule).replace("staffing.shifts = { day = 4, late = 3 }", "staffing.heads = 3");
    let rule = "back_office = { offices = [\"registry\"], after_idle = \"90s\", keep_idle = 0, interruptible = false }";
    let run = record(&scenario(&always(rule)), 5, 0);
    run.passes_audit();
    let interruptible = rule.replace("interruptible = false", "interruptible = true");
    let as_if = run.audit_as(&scenario(&always(&interruptible)));
    assert!(notices(&as_if, PUT_ASIDE), "{as_if}");
    let right = record(&scenario(&always(&interruptible)), 5, 0);
    right.passes_audit();
    // Where e-mails come to the queue of calls too, nobody is called.
    let mixed = |rule: &str| {
        always(rule)
            .replace("when = { channel = \"email\" }", "when = { channel = \"email\", recognised = true }")
    };
    let run = record(&scenario(&mixed(&interruptible)), 5, 0);
    run.passes_audit();
}

#[test]
fn stretches_at_cases_that_cannot_be_are_noticed() {
    let at_case = |row: &&mut AgentRow| row.state == AgentStateName::BackOffice;
    type Break = fn(&mut AgentRow);
    let breaks: [(&str, Break); 3] = [
        ("it is nobody's case", |row| row.need = None),
        ("it ends a little later than the case was laid down", |row| row.to.0 += 1),
        ("the agent idled in truth", |row| (row.state, row.need) = (AgentStateName::Idle, None)),
    ];
    for (what, breaks) in breaks {
        let mut run = recorded(RULE);
        breaks(run.logs.agents.iter_mut().find(at_case).expect("somebody is at a case"));
        assert!(!run.audit().is_clean(), "{what}");
    }
}

#[test]
fn who_goes_as_work_ends_takes_up_nothing() {
    let text = r#"
        [scenario]
        name = "two who work on cases until one goes"
        start = "2024-01-15"
        days = 1
        [contact_types.forms]
        service_time = "4m"
        outcome.tier1 = { case = 1, rest = "resolved" }
        case = "form"
        [arrivals.forms]
        exactly = 0
        [queues.forms.steps.first]
        groups = ["early", "long"]
        [routing.all]
        order = 1
        queue = "forms"
        [offices.registry]
        hours = "Sat 08:00-09:00"
        staff = 1
        discipline = "oldest"
        [case_types.form]
        office = "registry"
        work = "30m"
        due = "30 days"
        [start_state.cases.form]
        count = 6
        age = "1d"
        [shifts.first_hour]
        start = "00:00"
        end = "01:00"
        [agent_groups.long]
        serves = ["forms"]
        staffing.heads = 1
        back_office = { offices = ["registry"], after_idle = "0s", keep_idle = 0 }
        [agent_groups.early]
        serves = ["forms"]
        staffing.shifts = { first_hour = 1 }
        back_office = { offices = ["registry"], after_idle = "0s", keep_idle = 0 }
        "#;
    let run = record(&scenario(text), 4, 0);
    run.passes_audit();
}
