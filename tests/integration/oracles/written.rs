//! E-mails worked by one agent: an M/M/1, whose time in the system is exponential with rate mu - lambda (Kleinrock 1975, 3.2).

use centralino::measures::{Basis, ScopeKind};

use super::{Table, expect, run};
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
