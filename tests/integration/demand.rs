//! Demand as it is known: what counts come out of a run, how busyness spreads and remembers, days of 23 and 25 hours.

use centralino::measures::Basis;
use centralino::model::Mode;

use crate::support::{estimate, model, results};

/// A center that is short of people, asked for `volume`.
fn short_of_people(volume: &str) -> String {
    format!(
        r#"
        [scenario]
        name = "counts"
        start = "2008-06-16"
        days = 2
        [contact_types.calls]
        patience = {{ exponential = "2m" }}
        service_time = {{ exponential = "4m" }}
        outcome.tier1 = {{ unresolved = 0.1, rest = "resolved" }}
        after_abandonment = {{ retrial = 0.6, delay = {{ exponential = "5m" }}, at_most = 3 }}
        after_unresolved = {{ repeat = 0.5, delay = {{ exponential = "10m" }} }}
        [arrivals.calls]
        {volume}
        [queues.all.steps.first]
        groups = ["desk"]
        [routing.all]
        order = 1
        queue = "all"
        [agent_groups.desk]
        serves = ["all"]
        staffing.heads = 36
        "#
    )
}

/// Offered and handled contacts a day, and the share that hung up.
fn counted(volume: &str) -> [f64; 3] {
    let model = model(&short_of_people(volume));
    let results = results(&model, Mode::Eager, 2008, 3);
    let of = |measure: &str| estimate(&results, measure, Basis::Leg).0;
    [of("offered") / 2.0, of("answered") / 2.0, of("abandonment")]
}

#[test]
fn what_was_counted_is_counted_again() {
    // How many hang up depends on how many call, and the other way round: the share that agrees with itself.
    let mut abandonment = 0.1;
    for _ in 0..5 {
        let volume = format!("per_day = 14_400\ncounts = 'offered'\nabandonment = {abandonment}");
        abandonment = (abandonment + counted(&volume)[2]) / 2.0;
    }
    assert!(abandonment > 0.05, "{abandonment} hang up");
    let [offered, handled, _] =
        counted(&format!("per_day = 14_400\ncounts = 'offered'\nabandonment = {abandonment}"));
    // Six days of 14,400 contacts: 0.34 % is a standard deviation of independent ones, and needs come in clusters.
    assert!((offered / 14_400.0 - 1.0).abs() < 0.015, "{offered} were offered");
    let again = counted(&format!("per_day = {handled}\ncounts = 'handled'\nabandonment = {abandonment}"));
    assert!((again[1] / handled - 1.0).abs() < 0.015, "{} for {handled} handled", again[1]);
}
