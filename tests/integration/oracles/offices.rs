//! An office that never closes: Erlang C, also where work is done again, which is a queue with feedback (Jackson 1957).

use centralino::measures::{Basis, ScopeKind};

use super::{Table, expect, run};
use crate::support::model;

const STAFF: u32 = 3;
const WORK_S: f64 = 1200.0;

/// Mean cases at an office with exponential work that is offered so many erlangs: a birth and death chain.
fn mean_cases(erlangs: f64) -> f64 {
    let mut weight = 1.0;
    let (mut sum, mut cases) = (1.0, 0.0);
    for n in 1..2000_u32 {
        weight *= erlangs / f64::from(n.min(STAFF));
        sum += weight;
        cases += f64::from(n) * weight;
    }
    cases / sum
}

#[test]
fn an_office_that_never_closes_is_an_erlang_c() {
    let mut table = Table::default();
    for (rework, discipline, seed) in [(0.0, "due_date", 3), (0.25, "oldest", 4)] {
        // 2.4 erlangs in either case: work that is done again comes as often more.
        let per_hour = 7.2 * (1.0 - rework);
        let cases = mean_cases(2.4);
        let model = model(&format!(
            r#"
            [scenario]
            name = "an office"
            start = "2024-01-01"
            days = 60
            run_in = "10d"
            [contact_types.call]
            service_time = "1s"
            case = "it"
            outcome.tier1 = {{ case = 1.0 }}
            [arrivals.call]
            per_hour = {per_hour}
            [queues.all.steps.first]
            groups = ["agents"]
            [routing.all]
            order = 1
            queue = "all"
            [agent_groups.agents]
            serves = ["all"]
            staffing.heads = 5
            [offices.it]
            staff = {STAFF}
            discipline = "{discipline}"
            [case_types.it]
            office = "it"
            work = {{ exponential = "{WORK_S}s" }}
            rework = {rework}
            "#
        ));
        let of = |measure, exact| expect(measure, Basis::Case, exact).of(ScopeKind::Office, "it");
        let expected = [
            of("mean_backlog", cases),
            of("time_to_close", cases / (per_hour / 3600.0)),
            of("cases_reworked", rework),
            of("office_occupancy", 2.4 / f64::from(STAFF)),
            of("cases_closed", per_hour * 24.0 * 60.0),
        ];
        table.hold(&format!("Office, rework {rework}"), &run(&model, seed, 20), &expected);
    }
    table.all_hold();
}
