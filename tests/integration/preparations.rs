//! Visits that offices prepare, from text to logs, measures and the audit.

use std::collections::BTreeSet;

use centralino::diagnostic::Code;
use centralino::log::PreparationEndName;
use centralino::measures::{Basis, Scope};
use centralino::scenario::Scenario;

use crate::audited::is_sound;
use crate::support::{Recorded, failed, record, scenario, scenario_with};

/// A week of an office that prepares visits and works on cases, helped by agents between calls.
const WEEK: &str = r#"
    [scenario]
    name = "papers"
    start = "2024-06-10"
    days = 7
    [counters.hall]
    desks = 4
    hours = "Mon-Fri 08:30-15:30"
    [services.card]
    counters = ["hall"]
    visit_time = { exponential = "14m" }
    patience = { exponential = "40m" }
    unresolved = 0.1
    after_no_show = { book = 0.6, delay = { exponential = "3h" } }
    after_cancellation = { book = 0.5, delay = "1h" }
    after_unresolved = { book = 1.0, delay = { exponential = "3h" }, at_most = 3 }
    [services.card.booking]
    slot = "15m"
    per_slot = 3
    uptake = 0.9
    horizon_days = 2
    notice = "1h"
    no_show = 0.1
    cancellation = 0.15
    preparation = { office = "registry", work = { lognormal = { mean = "9m", sd = "6m" } }, share = 0.8, saves = "5m" }
    [offices.registry]
    hours = "Mon-Fri 08:00-12:00, Mon-Thu 13:00-16:00"
    staff = 2
    discipline = "due_date"
    [case_types.form]
    office = "registry"
    work = { exponential = "20m" }
    due = "1 working day"
    rework = 0.05
    [contact_types.call]
    patience = { exponential = "3m" }
    service_time = { exponential = "4m" }
    case = "form"
    service = "card"
    outcome.tier1 = { booking = 0.2, case = 0.15, rest = "resolved" }
    [arrivals.call]
    per_day = 150
    day = { "08:00" = 1, "18:00" = 0 }
    [arrivals.card]
    type = "call"
    service = "card"
    per_day = 60
    day = { "07:00" = 1, "22:00" = 0 }
    [queues.all.steps.first]
    groups = ["agents"]
    [routing.all]
    order = 1
    queue = "all"
    [agent_groups.agents]
    serves = ["all"]
    staffing.heads = { "07:00" = 2, "20:00" = 0 }
"#;

const WORK: &str = "people of an office work on what is there";
const ORDER: &str = "an office takes up the case that is first";
const PREPARED: &str = "a visit is prepared if the work for it is done";
const LIVES: &str = "a try at a counter goes as its service says";

fn with(changes: &[(&str, &str)]) -> Scenario {
    scenario_with(WEEK, changes)
}

const AGENTS: (&str, &str) = (
    "serves = [\"all\"]",
    "serves = [\"all\"]\nback_office = { offices = [\"registry\"], after_idle = \"1m\", keep_idle = 0, interruptible = true }",
);

#[test]
fn nothing_impossible_happens_where_an_office_prepares() {
    let priority = ("discipline = \"due_date\"", "discipline = \"priority\"");
    let first = ("share = 0.8", "priority = 2, share = 0.8");
    let oldest = ("discipline = \"due_date\"", "discipline = \"oldest\"");
    let nobody = ("staff = 2", "staff = 0");
    let runs: [(u64, &[(&str, &str)]); 6] = [
        (1, &[]),
        (2, &[oldest, AGENTS]),
        (3, &[priority, first]),
        (4, &[AGENTS]),
        (5, &[AGENTS, nobody]),
        (6, &[("staff = 2", "staff = 3\nabsence = 0.3")]),
    ];
    let mut ends = BTreeSet::new();
    for (seed, changes) in runs {
        let recorded = record(&with(changes), seed, 0);
        let report = is_sound(&recorded);
        let logs = &recorded.logs;
        ends.extend(logs.preparations.iter().map(|row| row.end));
        let prepared = logs.visits.iter().filter(|row| row.prepared).count();
        assert!(prepared > 20 && prepared < logs.visits.len(), "{prepared} of {}", logs.visits.len());
        let check = report.check(PREPARED).unwrap();
        assert!(check.examined > 500, "{check:?}");
    }
    assert_eq!(ends.len(), 4, "{ends:?}");
}

/// The same logs under other rules: the audit says which is broken.
#[test]
fn the_audit_notices_other_rules() {
    let recorded = record(&with(&[("{ lognormal = { mean = \"9m\", sd = \"6m\" } }", "\"9m\"")]), 7, 0);
    assert!(recorded.audit_as(&recorded.scenario).is_clean());
    let noticed = |from: &str, to: &str| {
        let right = ("{ lognormal = { mean = \"9m\", sd = \"6m\" } }", "\"9m\"");
        failed(&recorded.audit_as(&with(&[right, (from, to)])))
    };
    assert!(noticed("staff = 2", "staff = 1").contains(&WORK));
    assert!(noticed("staff = 2", "staff = 3").contains(&WORK));
    assert!(noticed("Mon-Fri 08:00-12:00,", "Mon-Fri 08:00-11:00,").contains(&WORK));
    assert!(noticed("discipline = \"due_date\"", "discipline = \"oldest\"").contains(&ORDER));
    assert!(noticed("work = \"9m\"", "work = \"10m\"").contains(&PREPARED));
    assert!(noticed("share = 0.8", "share = 1").contains(&PREPARED));
    assert!(noticed("share = 0.8", "share = 0").contains(&PREPARED));
}

/// Logs in which something is told otherwise than it was.
#[test]
fn the_audit_notices_what_cannot_have_been() {
    let recorded = record(&with(&[("visit_time = { exponential = \"14m\" }", "visit_time = \"14m\"")]), 8, 0);
    let broken = |change: &dyn Fn(&mut Recorded)| {
        let mut other = record(&recorded.scenario, 8, 0);
        change(&mut other);
        failed(&other.audit())
    };
    assert!(broken(&|_| ()).is_empty());
    let served =
        |row: &&mut centralino::log::VisitRow, prepared| row.began.is_some() && row.prepared == prepared;
    let found =
        broken(&|run| run.logs.visits.iter_mut().find(|row| served(row, true)).unwrap().prepared = false);
    assert!(found.contains(&PREPARED) && found.contains(&LIVES), "no longer shorter: {found:?}");
    let found =
        broken(&|run| run.logs.visits.iter_mut().find(|row| served(row, false)).unwrap().prepared = true);
    assert!(found.contains(&PREPARED) && found.contains(&LIVES), "{found:?}");
    let is = |end| move |row: &centralino::log::PreparationRow| row.end == end;
    let place = |run: &Recorded, end| run.logs.preparations.iter().position(is(end)).unwrap();
    let found = broken(&|run| {
        let visits = &run.logs.visits;
        let for_use = |row: &centralino::log::PreparationRow| {
            let mut visits =
                visits.iter().filter(|visit| visit.need == row.need && visit.number == row.number);
            row.end == PreparationEndName::Done && visits.any(|visit| visit.prepared)
        };
        let done = run.logs.preparations.iter().position(for_use).unwrap();
        run.logs.preparations.remove(done);
    });
    assert!(found.contains(&PREPARED), "prepared by nobody: {found:?}");
    let found = broken(&|run| {
        let withdrawn = place(run, PreparationEndName::Withdrawn);
        run.logs.preparations[withdrawn].to.0 += 60_000_000;
    });
    assert!(found.contains(&PREPARED), "taken out later: {found:?}");
    let found = broken(&|run| {
        let done = place(run, PreparationEndName::Done);
        let row = &mut run.logs.preparations[done];
        // In the night.
        let shift = 14 * 3600 * 1_000_000;
        row.from = row.from.map(|from| centralino::log::LogTime(from.0 + shift));
        row.to.0 += shift;
    });
    assert!(found.contains(&WORK), "after closing: {found:?}");
}

#[test]
fn measures_of_an_office_that_only_prepares() {
    let text = WEEK
        .replace("case = \"form\"\n", "")
        .replace("case = 0.15, ", "")
        .replace("[case_types.form]\n    office = \"registry\"\n    work = { exponential = \"20m\" }\n    due = \"1 working day\"\n    rework = 0.05\n", "");
    let recorded = record(&scenario(&text), 9, 0);
    is_sound(&recorded);
    let found = |measure, basis| recorded.results.find(measure, basis, Scope::WHOLE).and_then(|row| row.mean);
    assert!(found("office_occupancy", Basis::Case).is_some_and(|share| share > 0.2));
    assert_eq!(found("preparing_share", Basis::Case), Some(1.0));
    assert_eq!(found("cases_opened", Basis::Case), None);
    assert!(found("preparations", Basis::Visit).is_some_and(|pieces| pieces > 50.0));
}

#[test]
fn what_cannot_be_prepared_is_said() {
    let codes = |changes: &[(&str, &str)]| -> Vec<Code> {
        let compiled = centralino::model::compile(&with(changes));
        match compiled {
            Ok(compiled) => compiled.warnings.iter().map(|warning| warning.code).collect(),
            Err(found) => found.iter().map(|error| error.code).collect(),
        }
    };
    let enough = ("staff = 2", "staff = 4");
    assert_eq!(codes(&[enough]), []);
    assert_eq!(codes(&[("staff = 2", "staff = 0"), AGENTS]), []);
    assert!(codes(&[("staff = 2", "staff = 0")]).contains(&Code::NOBODY_PREPARES));
    assert_eq!(codes(&[enough, ("share = 0.8", "priority = 1, share = 0.8")]), [Code::UNUSED_PRIORITY]);
    assert!(
        codes(&[enough, ("mean = \"9m\", sd = \"6m\"", "mean = \"90m\", sd = \"6m\"")])
            .contains(&Code::OFFICE_OVERLOAD)
    );
    assert!(codes(&[("office = \"registry\", work", "office = \"registri\", work")]).len() == 1);
}
