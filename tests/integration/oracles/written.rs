//! E-mails worked by one agent: an M/M/1, whose time in the system is exponential with rate mu - lambda (Kleinrock 1975, 3.2); and e-mails that are put
//! aside for calls: the lower class of preemptive-resume priorities.

use centralino::measures::{Basis, ScopeKind};
use centralino::model::Model;

use super::{Table, expect, run};
use crate::markov::Chain;
use crate::support::model;

#[test]
fn answers_are_on_time_as_in_an_m_m_1() {
    let (per_hour, work_s, due_s): (f64, f64, f64) = (9.0, 300.0, 900.0);
    let (lambda, mu) = (per_hour / 3600.0, 1.0 / work_s);
    let model = model(&format!(
        r#"
        [scenario]
        name = "e-mails"
        start = "2024-01-01"
        days = 60
        run_in = "10d"
        [contact_types.mail]
        channel = "email"
        service_time = {{ exponential = "{work_s}s" }}
        due = "{due_s}s"
        [arrivals.mail]
        per_hour = {per_hour}
        [queues.mails.steps.first]
        groups = ["agents"]
        [routing.all]
        order = 1
        queue = "mails"
        [agent_groups.agents]
        serves = ["mails"]
        staffing.heads = 1
        "#
    ));
    let of = |measure, exact| expect(measure, Basis::Contact, exact).of(ScopeKind::Channel, "email");
    let late = (-(mu - lambda) * due_s).exp();
    let expected = [
        of("written_on_time", 1.0 - late),
        of("time_to_reply", 1.0 / (mu - lambda)),
        of("mean_unanswered", lambda / (mu - lambda)),
        // Whoever is late is so for another exponential time.
        of("mean_unanswered_late", lambda * late / (mu - lambda)),
    ];
    let mut table = Table::default();
    table.hold("M/M/1 of e-mails", &run(&model, 6, 20), &expected);
    table.all_hold();
}

/// Calls and e-mails of blended agents, who put e-mails aside for calls; nobody hangs up.
fn blended(agents: u32, calls_per_hour: f64, mails_per_hour: f64) -> Model {
    model(&format!(
        r#"
        [scenario]
        name = "calls and e-mails"
        start = "2024-01-01"
        days = 60
        run_in = "10d"
        [contact_types.calls]
        service_time = {{ exponential = "{TALK_S}s" }}
        [contact_types.mail]
        channel = "email"
        service_time = {{ exponential = "{WORK_S}s" }}
        [arrivals.calls]
        per_hour = {calls_per_hour}
        [arrivals.mail]
        per_hour = {mails_per_hour}
        [queues.calls.steps.first]
        groups = ["agents"]
        [queues.mails.steps.first]
        groups = ["agents"]
        [routing.mails]
        order = 1
        when = {{ channel = "email" }}
        queue = "mails"
        [routing.calls]
        order = 2
        queue = "calls"
        [agent_groups.agents]
        serves = ["mails", "calls"]
        staffing.heads = {agents}
        interruptible_written = true
        "#
    ))
}

const TALK_S: f64 = 200.0;
const WORK_S: f64 = 300.0;

/// One agent: an M/M/1 with preemptive-resume priorities. Calls see a queue of their own; an e-mail's time in the system has its mean from Kleinrock (1976),
/// equation 3.39; a call interrupts where it finds an e-mail worked on, and no call, which by independence of the past is a share of the load.
#[test]
fn calls_do_not_feel_e_mails_and_e_mails_wait_as_the_lower_class() {
    let (calls, mails) = (7.2 / 3600.0, 3.6 / 3600.0);
    let (of_calls, of_mails) = (calls * TALK_S, mails * WORK_S);
    let left = calls * TALK_S * TALK_S + mails * WORK_S * WORK_S;
    let (above, all) = (1.0 - of_calls, 1.0 - of_calls - of_mails);
    let in_system = (WORK_S * all + left) / (above * all);
    let group = |measure, exact| expect(measure, Basis::Time, exact).of(ScopeKind::AgentGroup, "agents");
    let mail = |measure, exact| expect(measure, Basis::Contact, exact).of(ScopeKind::Channel, "email");
    let expected = [
        expect("wait_all", Basis::Contact, of_calls * TALK_S / above),
        expect("delayed", Basis::Contact, of_calls),
        mail("time_to_reply", in_system),
        mail("mean_unanswered", mails * in_system),
        expect("handle_time", Basis::Leg, WORK_S).of(ScopeKind::Channel, "email"),
        group("occupancy", of_calls + of_mails),
        group("interruptions", calls * of_mails * 60.0 * 86_400.0),
    ];
    let mut table = Table::default();
    table.hold("preemptive-resume M/M/1", &run(&blended(1, 7.2, 3.6), 71, 20), &expected);
    table.all_hold();
}

/// Several agents: calls see an Erlang C of their own, and all work is done.
#[test]
fn with_several_agents_calls_see_an_erlang_c_of_their_own() {
    let (agents, calls, mails) = (3, 36.0 / 3600.0, 7.2 / 3600.0);
    let (load, heads) = (calls * TALK_S, f64::from(agents));
    let steady = Chain::grown_from([0_u32], |n| {
        let (comes, goes) = (if n < 400 { calls } else { 0.0 }, f64::from(n.min(agents)) / TALK_S);
        [(n + 1, comes), (n.saturating_sub(1), goes)]
    })
    .steady();
    let in_line = steady.mean(|n| f64::from(n.saturating_sub(agents)));
    let group = |measure, exact| expect(measure, Basis::Time, exact).of(ScopeKind::AgentGroup, "agents");
    let expected = [
        expect("wait_all", Basis::Contact, in_line / calls),
        expect("delayed", Basis::Contact, steady.share(|n| n >= agents)),
        group("occupancy", (load + mails * WORK_S) / heads),
    ];
    let mut table = Table::default();
    table.hold("calls of 3 blended agents", &run(&blended(agents, 36.0, 7.2), 72, 20), &expected);
    table.all_hold();
}
