//! An office with nights, a lunch break, weekends, holidays and a change of clocks, against a discrete recursion over its working time.
//!
//! Counted in working time, which stands still while the office is closed, nothing interrupts: whoever is free first takes the oldest case
//! (Lindley 1952 for one person, Kiefer and Wolfowitz 1955 for more). From when cases were opened and how much work they are, the recursion foretells
//! every stretch of work to the microsecond.

use std::collections::BTreeMap;

use centralino::log::{CaseRow, CaseStretchEnd};
use centralino::measures::{Basis, ScopeKind};

use crate::support::{Recorded, record, scenario};

const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3600 * SECOND;
const DAY: i64 = 24 * HOUR;
/// Monday, 3 March 2008, 00:00 UTC.
const MONDAY: i64 = 1_204_502_400 * SECOND;
const DAYS: i64 = 56;
/// Easter Monday, and Friday, 25 April.
const HOLIDAYS: [i64; 2] = [21, 53];
/// Sunday, 30 March: clocks are put forward.
const SUMMER_TIME: i64 = 27;
/// Counted time: from midnight in winter to midnight in summer.
const COUNTED: (i64, i64) = (MONDAY - HOUR, MONDAY + DAYS * DAY - 2 * HOUR);

fn office(people: u32, per_hour: f64, works: [&str; 2], backlog: u32) -> String {
    format!(
        r#"
        [scenario]
        name = "an office with nights"
        start = "2008-03-03"
        days = {DAYS}
        [calendar]
        time_zone = "Europe/Rome"
        holidays = "IT"
        [contact_types.call]
        service_time = {{ exponential = "3m" }}
        case = {{ form = 0.6, rest = "permit" }}
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
        staffing.heads = 3
        [offices.registry]
        hours = "Mon-Fri 08:00-12:00 13:30-16:00, holidays closed"
        staff = {people}
        discipline = "oldest"
        [case_types.form]
        office = "registry"
        work = {}
        [case_types.permit]
        office = "registry"
        work = {}
        [start_state.cases.old]
        type = "permit"
        count = {backlog}
        age = {{ exponential = "8d" }}
        "#,
        works[0], works[1]
    )
}

/// When the office is open, and how much working time has passed before.
struct WorkingTime(Vec<Open>);

#[derive(Clone, Copy)]
struct Open {
    from: i64,
    until: i64,
    passed: i64,
}

impl WorkingTime {
    fn new() -> Self {
        let mut open: Vec<Open> = Vec::new();
        let is_open = |day: &i64| day % 7 < 5 && !HOLIDAYS.contains(day);
        for day in (0..DAYS).filter(is_open) {
            let midnight = MONDAY + day * DAY - if day < SUMMER_TIME { HOUR } else { 2 * HOUR };
            for (from, until) in [(8 * HOUR, 12 * HOUR), (27 * HOUR / 2, 16 * HOUR)] {
                let passed = open.last().map_or(0, |last| last.passed + last.until - last.from);
                open.push(Open { from: midnight + from, until: midnight + until, passed });
            }
        }
        WorkingTime(open)
    }

    /// How much has passed at an instant.
    fn at(&self, instant: i64) -> i64 {
        self.0.iter().map(|open| instant.clamp(open.from, open.until) - open.from).sum()
    }

    /// The stretches of the clock within which working time goes from one value to another.
    fn stretches(&self, from: i64, until: i64) -> Vec<(i64, i64)> {
        let within = |open: &Open| {
            let clock = |passed: i64| (passed - open.passed).clamp(0, open.until - open.from) + open.from;
            (clock(from), clock(until))
        };
        self.0.iter().map(within).filter(|(from, until)| from < until).collect()
    }
}

/// What the log says of a case.
struct Logged {
    opened: i64,
    case_type: String,
    stretches: Vec<(i64, i64)>,
    is_closed: bool,
}

impl Logged {
    fn work(&self) -> i64 {
        self.stretches.iter().map(|(from, until)| until - from).sum()
    }
}

/// The cases of a log, the oldest first.
fn cases(rows: &[CaseRow]) -> Vec<Logged> {
    let mut by_need: BTreeMap<String, Logged> = BTreeMap::new();
    for row in rows {
        let case = by_need.entry(row.need.to_string()).or_insert_with(|| Logged {
            opened: row.opened.0,
            case_type: row.case_type.to_string(),
            stretches: Vec::new(),
            is_closed: false,
        });
        case.stretches.extend(row.from.map(|from| (from.0, row.to.0)));
        case.is_closed |= row.end == CaseStretchEnd::Closed;
    }
    let mut cases: Vec<Logged> = by_need.into_values().collect();
    cases.sort_unstable_by_key(|case| case.opened);
    assert!(cases.is_sorted_by(|a, b| a.opened < b.opened), "no two are as old");
    cases
}

/// From the oldest case on: the stretches of work on each, if this is how much work it is.
fn foretold(people: u32, cases: &[Logged], work: impl Fn(&Logged) -> i64) -> Vec<Vec<(i64, i64)>> {
    let time = WorkingTime::new();
    let mut free = vec![0; people as usize];
    let stretches = cases.iter().map(|case| {
        let first = (0..free.len()).min_by_key(|&person| free[person]).unwrap();
        let begins = time.at(case.opened).max(free[first]);
        free[first] = begins.saturating_add(work(case));
        time.stretches(begins, free[first])
    });
    stretches.collect()
}

fn measure(recorded: &Recorded, name: &str) -> f64 {
    let office = recorded.results.scopes(ScopeKind::Office).next().unwrap().0;
    recorded.results.find(name, Basis::Case, office).unwrap().mean.unwrap()
}

/// Holds a run to what the recursion says of its cases.
fn hold(people: u32, recorded: &Recorded, work: impl Fn(&Logged) -> i64) {
    recorded.passes_audit();
    let cases = cases(&recorded.logs.cases);
    let foretold = foretold(people, &cases, &work);
    let (mut closed, mut to_close, mut open) = (0, 0, 0);
    for (case, stretches) in cases.iter().zip(&foretold) {
        assert_eq!(&case.stretches, stretches, "opened at {}", case.opened);
        let done: i64 = stretches.iter().map(|(from, until)| until - from).sum();
        assert_eq!(case.is_closed, done == work(case), "opened at {}", case.opened);
        let closes = stretches.last().filter(|_| case.is_closed).map(|last| last.1);
        closed += i64::from(case.is_closed);
        to_close += closes.map_or(0, |at| at - case.opened);
        open += closes.unwrap_or(COUNTED.1) - case.opened.max(COUNTED.0);
    }
    let near = |name: &str, exact: f64| {
        let found = measure(recorded, name);
        assert!((found - exact).abs() <= 1e-12 * exact, "{name}: {found}, not {exact}");
    };
    near("cases_closed", closed as f64);
    near("time_to_close", to_close as f64 / closed as f64 / SECOND as f64);
    near("mean_backlog", open as f64 / (COUNTED.1 - COUNTED.0) as f64);
    let through_nights = cases.iter().filter(|case| case.stretches.len() > 1).count();
    let never_taken_up = cases.iter().filter(|case| case.stretches.is_empty()).count();
    println!("{people} people: {closed} closed, {through_nights} interrupted, {never_taken_up} not taken up");
    assert!(closed > 100 && through_nights > 20, "{closed} {through_nights}");
}

/// As much as the log says, and without end where it is not closed.
fn as_logged(case: &Logged) -> i64 {
    if case.is_closed { case.work() } else { i64::MAX }
}

const DRAWN: [&str; 2] = ["{ exponential = \"40m\" }", "{ lognormal = { mean = \"1h10m\", sd = \"2h\" } }"];

#[test]
fn an_office_with_nights_is_a_recursion_over_its_working_time() {
    // A week has 32 hours and a half of work for each; cases of 52 minutes come day and night.
    for (people, per_hour, backlog, seed) in
        [(1, 0.18, 20, 1), (1, 0.25, 0, 2), (2, 0.4, 40, 3), (3, 0.6, 5, 4)]
    {
        let recorded = record(&scenario(&office(people, per_hour, DRAWN, backlog)), seed, 0);
        hold(people, &recorded, as_logged);
    }
}

/// Where the work is of a fixed length nothing but the opening is taken from the log. What is begun at 08:00 in half-hours ends with a closing.
#[test]
fn an_office_with_nights_takes_as_long_as_its_work() {
    for (people, per_hour, [form, permit], seed) in
        [(1, 0.2, [37, 83], 5), (2, 0.4, [37, 83], 6), (1, 0.2, [30, 60], 7), (2, 0.4, [30, 60], 8)]
    {
        let works = [form, permit].map(|minutes| format!("\"{minutes}m\""));
        let recorded =
            record(&scenario(&office(people, per_hour, works.each_ref().map(String::as_str), 30)), seed, 0);
        let minutes = |case: &Logged| if case.case_type == "form" { form } else { permit };
        hold(people, &recorded, |case| minutes(case) * 60 * SECOND);
    }
}
