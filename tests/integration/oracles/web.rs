//! The web site thins and delays a Poisson process, which stays one; and who is refused a line and writes instead brings as many letters as Erlang's
//! loss formula says.

use centralino::measures::{Basis, ScopeKind};
use centralino::queueing::{ErlangA, ErlangB};

use super::{PATIENCE_S, SERVICE_S, Single, Table, expect, run};
use crate::support::model;

const AGENTS: u32 = 4;
const PER_HOUR: f64 = 80.0;

#[test]
fn whoever_calls_after_the_web_site_is_a_thinner_stream_of_callers() {
    let calls = r#"service_time = { exponential = "240s" }
        patience = { exponential = "300s" }
        web = { share = 0.5, solved = 0.6, calls = 0.8, delay = { exponential = "40m" } }"#;
    let system = Single { agents: AGENTS, per_hour: PER_HOUR, days: 30, calls, more: "" };
    // Half of all try it, and of these 0.6 + 0.4 x 0.2 never call.
    let calling = 1.0 - 0.5 * 0.68;
    let per_s = PER_HOUR * calling / 3600.0;
    let exact = ErlangA {
        agents: AGENTS,
        arrivals_per_s: per_s,
        mean_service_s: SERVICE_S,
        mean_patience_s: PATIENCE_S,
    }
    .solve()
    .expect("a stable system");
    let expected = [
        expect("web_success", Basis::Need, 0.6),
        expect("web_then_called", Basis::Need, 0.32),
        expect("web_visits", Basis::Need, 0.5 * PER_HOUR * 24.0 * 30.0),
        expect("offered", Basis::Contact, per_s * 86_400.0 * 30.0),
        expect("abandonment", Basis::Contact, exact.abandoned()),
        expect("wait_all", Basis::Contact, exact.mean_wait_s()),
        expect("occupancy", Basis::Time, exact.occupancy()),
    ];
    let mut table = Table::default();
    table.hold("The web site first", &run(&system.model(), 97, 12), &expected);
    table.all_hold();
}

#[test]
fn who_finds_no_line_and_writes_is_lost_to_the_telephone() {
    const LINES: u32 = 3;
    const CALLS_PER_HOUR: f64 = 45.0;
    let days = 40;
    let loss = model(&format!(
        r#"
        [scenario]
        name = "who finds no line writes"
        start = "2024-01-01"
        days = {days}
        run_in = "24h"
        [contact_types.calls]
        service_time = {{ exponential = "240s" }}
        after_blocking = {{ retrial = 1.0, delay = "1h", at_most = 2, instead = {{ mails = 0.75 }} }}
        [contact_types.mails]
        channel = "email"
        service_time = {{ exponential = "60s" }}
        [numbers.main]
        trunk = "lines"
        [trunks.lines]
        lines = {LINES}
        [arrivals.calls]
        per_hour = {CALLS_PER_HOUR}
        number = "main"
        [queues.calls.steps.first]
        groups = ["desk"]
        [queues.mails.steps.first]
        groups = ["back"]
        [routing.calls]
        order = 1
        when.type = "calls"
        queue = "calls"
        [routing.mails]
        order = 2
        when.type = "mails"
        queue = "mails"
        [agent_groups.desk]
        serves = ["calls"]
        staffing.heads = {LINES}
        [agent_groups.back]
        serves = ["mails"]
        staffing.heads = 3
        "#
    ));
    // Those who call again an hour later come as new ones would, as good as independent of who is there: the rate solves its own equation.
    let blocking =
        |per_s: f64| ErlangB { agents: LINES, erlangs: per_s * SERVICE_S }.blocking().expect("a loss system");
    let fresh = CALLS_PER_HOUR / 3600.0;
    let mut all = fresh;
    (0..200).for_each(|_| all = fresh + 0.25 * fresh * blocking(all));
    let lost = blocking(all);
    let letters = 0.75 * fresh * lost * 86_400.0 * f64::from(days);
    let expected = [
        expect("offered", Basis::Contact, letters).of(ScopeKind::ContactType, "mails"),
        expect("blocking", Basis::Contact, lost).of(ScopeKind::ContactType, "calls"),
    ];
    let mut table = Table::default();
    table.hold("Who finds no line writes", &run(&loss, 98, 20), &expected);
    table.all_hold();
}
