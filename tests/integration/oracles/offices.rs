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

/// A call a case, and what else the scenario says of its offices; 60 days.
fn offices(per_hour: f64, rest: &str) -> centralino::model::Model {
    model(&format!(
        r#"
        [scenario]
        name = "offices"
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
        {rest}
        "#
    ))
}

#[test]
fn an_office_that_never_closes_is_an_erlang_c() {
    let mut table = Table::default();
    for (rework, discipline, seed) in [(0.0, "due_date", 3), (0.25, "oldest", 4)] {
        // 2.4 erlangs in either case: work that is done again comes as often more.
        let per_hour = 7.2 * (1.0 - rework);
        let cases = mean_cases(2.4);
        let model = offices(
            per_hour,
            &format!(
                r#"
                [offices.it]
                staff = {STAFF}
                discipline = "{discipline}"
                [case_types.it]
                office = "it"
                work = {{ exponential = "{WORK_S}s" }}
                rework = {rework}
                "#
            ),
        );
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

/// Offices in a row are independent queues, each with the Poisson arrivals that reach it (Jackson 1957): mean cases add up, and the mean time to
/// close is theirs over the rate of arrivals (Little).
#[test]
fn offices_in_a_row_are_a_tandem_of_jackson() {
    let per_hour = 7.2;
    let second_erlangs = 0.5 * per_hour / 3600.0 * 2000.0;
    let cases = mean_cases(2.4) + mean_cases(second_erlangs);
    let model = offices(
        per_hour,
        r#"
        [offices.first]
        staff = 3
        [offices.second]
        staff = 3
        discipline = "oldest"
        [case_types.it]
        office = "first"
        work = { exponential = "1200s" }
        [case_types.it.hand_over.second]
        order = 1
        office = "second"
        share = 0.5
        work = { exponential = "2000s" }
        "#,
    );
    let of = |measure, exact| expect(measure, Basis::Case, exact).of(ScopeKind::CaseType, "it");
    let occupancy =
        |office, exact| expect("office_occupancy", Basis::Case, exact).of(ScopeKind::Office, office);
    let expected = [
        of("mean_backlog", cases),
        of("time_to_close", cases / (per_hour / 3600.0)),
        occupancy("first", 0.8),
        occupancy("second", second_erlangs / 3.0),
    ];
    let mut table = Table::default();
    table.hold("Two offices", &run(&model, 5, 20), &expected);
    table.all_hold();
}

/// A case is opened again with probability p after each closing, whatever the delay: a geometric number of times, so that an office sees 1 / (1 - p)
/// times the arrivals; together with the delays it is a network of Jackson's, and its mean number of cases is that of Erlang C.
#[test]
fn cases_that_are_opened_again_are_a_loop_of_jackson() {
    let (p, closings_per_hour) = (0.25, 7.2);
    let cases = mean_cases(2.4);
    let loops =
        [("exponential = \"6h\"", ""), ("uniform = { min = \"0s\", max = \"20h\" }", ", type = \"call\"")];
    let mut table = Table::default();
    for (seed, (delay, contact)) in (7..).zip(loops) {
        let model = offices(
            closings_per_hour * (1.0 - p),
            &format!(
                r#"
                [offices.it]
                staff = 3
                [case_types.it]
                office = "it"
                work = {{ exponential = "1200s" }}
                reopening = {{ probability = {p}, delay = {{ {delay} }}{contact} }}
                "#
            ),
        );
        let of = |measure, exact| expect(measure, Basis::Case, exact).of(ScopeKind::Office, "it");
        let expected = [
            of("cases_reopened", p),
            of("cases_closed", closings_per_hour * 24.0 * 60.0),
            of("mean_backlog", cases),
            of("time_to_close", cases / (closings_per_hour / 3600.0)),
            of("office_occupancy", 0.8),
        ];
        table.hold(&format!("Opened again after {delay}"), &run(&model, seed, 20), &expected);
    }
    table.all_hold();
}

/// One person at a time, by shifts that follow one another day and night, and two types of cases of which one always goes first: by its priority, or
/// since the other is due never. That is M/G/1 with priorities that do not interrupt (Cobham 1954): with W0 = sum of rate times E S^2 / 2, cases
/// of the first type wait W0 / (1 - r1), those of the second W0 / ((1 - r1) (1 - r1 - r2)), r being their loads.
#[test]
fn an_office_by_shifts_takes_up_what_goes_first() {
    let (per_s, work) = (1.2 / 3600.0, [900.0, 1200.0]);
    let [first, second] = work.map(|mean| per_s * mean);
    // The mean square of an exponential is twice its mean's.
    let at_work: f64 = work.iter().map(|mean| per_s * mean * mean).sum();
    let waits = [at_work / (1.0 - first), at_work / (1.0 - first) / (1.0 - first - second)];
    let mut table = Table::default();
    let ways = [("priority", "priority = 2", "priority = 1"), ("due_date", "due = \"2 hours\"", "")];
    for (seed, (discipline, of_first, of_second)) in (11..).zip(ways) {
        let model = model(&format!(
            r#"
            [scenario]
            name = "an office by shifts"
            start = "2024-01-01"
            days = 90
            run_in = "10d"
            [contact_types.call]
            service_time = "1s"
            case = {{ first = 0.5, second = 0.5 }}
            outcome.tier1 = {{ case = 1.0 }}
            [arrivals.call]
            per_hour = 2.4
            [queues.all.steps.first]
            groups = ["agents"]
            [routing.all]
            order = 1
            queue = "all"
            [agent_groups.agents]
            serves = ["all"]
            staffing.heads = 5
            [shifts.day]
            start = "06:00"
            end = "18:00"
            [shifts.night]
            start = "18:00"
            end = "06:00"
            [offices.it]
            shifts = {{ day = 1, night = 1 }}
            discipline = "{discipline}"
            [case_types.first]
            office = "it"
            work = {{ exponential = "{}s" }}
            {of_first}
            [case_types.second]
            office = "it"
            work = {{ exponential = "{}s" }}
            {of_second}
            "#,
            work[0], work[1]
        ));
        let of = |name, measure, exact| expect(measure, Basis::Case, exact).of(ScopeKind::CaseType, name);
        let expected = [
            of("first", "time_to_close", work[0] + waits[0]),
            of("second", "time_to_close", work[1] + waits[1]),
            of("first", "mean_backlog", per_s * (work[0] + waits[0])),
            of("second", "mean_backlog", per_s * (work[1] + waits[1])),
            expect("office_occupancy", Basis::Case, first + second).of(ScopeKind::Office, "it"),
        ];
        table.hold(&format!("Office by shifts, {discipline}"), &run(&model, seed, 20), &expected);
    }
    table.all_hold();
}
