//! Every formula from a scenario's file to `measures.csv`, by counting on one's fingers.
//!
//! Whenever they come, each type's callers always meet the same fate, with the same wait: so the formulas follow from how
//! many there were of each, and from nothing else.

use std::collections::BTreeMap;

use super::Desk;

/// (type, what becomes of its callers).
const TYPES: &[(&str, &str)] = &[
    ("quick", "queue = \"quick\""),
    ("edge", "queue = \"edge\""),
    ("slow", "queue = \"slow\""),
    ("short", "queue = \"nobody\""),
    ("hasty", "queue = \"nobody\""),
    ("patient", "queue = \"nobody\""),
    ("balk", "queue = \"nobody\""),
    ("again", "queue = \"nobody\""),
    ("sent", "queue = \"morning\""),
    ("refused", "queue = \"morning\""),
];

fn scenario() -> String {
    let routing = (1..).zip(TYPES).map(|(order, (name, queue))| {
        format!("[routing.{name}]\norder = {order}\nwhen = {{ type = \"{name}\" }}\n{queue}\n")
    });
    format!("{CENTER}{}", routing.collect::<String>())
}

const CENTER: &str = r#"
[scenario]
name = "fates"
start = "2024-03-05"
[measures]
within = "20s"
short_abandonment = "5s"

[contact_types]
quick = { service_time = "60s" }
edge = { service_time = "60s" }
slow = { service_time = "60s" }
short = { service_time = "60s", patience = "3s" }
hasty = { service_time = "60s", patience = "12s" }
patient = { service_time = "60s", patience = "45s" }
balk = { service_time = "60s", balking = 1 }
again = { service_time = "60s", patience = "4s", after_abandonment = { retrial = 1, delay = "1m", at_most = 2 } }
sent = { service_time = "60s" }
refused = { service_time = "60s" }

[arrivals]
quick = { per_day = 300, day = { "00:00" = 1, "12:00" = 0 } }
edge = { per_day = 110, day = { "00:00" = 1, "12:00" = 0 } }
slow = { per_day = 90, day = { "00:00" = 1, "12:00" = 0 } }
short = { per_day = 25, day = { "00:00" = 1, "12:00" = 0 } }
hasty = { per_day = 35, day = { "00:00" = 1, "12:00" = 0 } }
patient = { per_day = 55, day = { "00:00" = 1, "12:00" = 0 } }
balk = { per_day = 20, day = { "00:00" = 1, "12:00" = 0 } }
again = { per_day = 30, day = { "00:00" = 1, "12:00" = 0 } }
sent = { per_day = 40, day = { "00:00" = 0, "05:00" = 1, "06:00" = 0 } }
refused = { per_day = 45, day = { "00:00" = 0, "07:00" = 1, "08:00" = 0 } }

[queues.quick.steps.first]
groups = ["quick"]
[queues.edge.steps.first]
groups = ["edge"]
[queues.slow.steps.first]
groups = ["slow"]
[queues.nobody.steps.first]
groups = ["evening"]
[queues.morning]
hours = "00:00-06:00"
at_close = "send_away"
[queues.morning.steps.first]
groups = ["evening"]

# The answer delay is the wait: 8 s, 20 s to the microsecond, 35 s.
[agent_groups.quick]
serves = ["quick"]
staffing.heads = 50
answer_delay = "8s"
[agent_groups.edge]
serves = ["edge"]
staffing.heads = 50
answer_delay = "20s"
[agent_groups.slow]
serves = ["slow"]
staffing.heads = 50
answer_delay = "35s"
# When they come everybody has gone.
[agent_groups.evening]
serves = ["nobody", "morning"]
staffing.heads = { "00:00" = 0, "22:00" = 1 }

"#;

/// Means by (measure, basis, kind of scope, scope).
struct Measures(BTreeMap<[String; 4], f64>);

impl Measures {
    fn read(desk: &Desk) -> Measures {
        let text = desk.read("results/measures.csv");
        let rows = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
        let whole_run = rows.filter(|row| row[4].is_empty() || row[4] == "whole");
        let mean = |row: Vec<&str>| {
            let mean = row[6].parse().ok()?;
            Some(([row[0], row[1], row[2], row[3]].map(String::from), mean))
        };
        Measures(whole_run.filter_map(mean).collect())
    }

    fn get(&self, measure: &str, basis: &str, kind: &str, scope: &str) -> f64 {
        let key = [measure, basis, kind, scope].map(String::from);
        *self.0.get(&key).unwrap_or_else(|| panic!("{key:?} is among the measures that have data"))
    }

    /// How many callers of a type entered a queue.
    fn offered(&self, class: &str) -> f64 {
        self.get("offered", "contact", "contact_type", class)
    }
}

fn close(what: &str, found: f64, exact: f64) {
    assert!((found - exact).abs() <= 1e-6 * exact.abs().max(1e-3), "{what} is {found}, not {exact}");
}

#[test]
fn every_formula_by_counting_fates() {
    let desk = Desk::new();
    desk.write("fates.toml", &scenario());
    desk.done("simulate fates.toml --replications 1 --out results --quiet");
    let measures = Measures::read(&desk);
    let n = |class: &str| measures.offered(class);

    let in_time = n("quick") + n("edge");
    let answered = in_time + n("slow");
    let short = n("short") + n("balk") + n("again");
    let quick_abandons = short + n("hasty");
    let abandoned = quick_abandons + n("patient");
    let sent_away = n("sent");
    let offered = answered + abandoned + sent_away;
    let refused = measures.get("blocked", "contact", "contact_type", "refused");
    let needs = offered + refused - n("again") / 2.0;
    assert!([answered, short, abandoned, sent_away, refused].iter().all(|&count| count > 10.0));

    for basis in ["contact", "leg"] {
        let whole =
            |measure: &str, exact: f64| close(measure, measures.get(measure, basis, "whole", "all"), exact);
        whole("offered", offered);
        whole("answered", answered);
        whole("abandoned", abandoned);
        whole("sent_away", sent_away);
        whole("answered_over_offered", in_time / offered);
        whole("answered_over_answered", in_time / answered);
        whole("abandoned_count_as_met", (in_time + quick_abandons) / offered);
        whole("quick_abandons_excluded", in_time / (offered - quick_abandons));
        whole("short_abandons_excluded", in_time / (offered - short));
        whole("flow_outs_included", in_time / offered);
        whole("abandonment", abandoned / offered);
        whole("abandonment_without_short", (abandoned - short) / (offered - short));
        whole("delayed", (offered - n("balk")) / offered);
        let waited_s = 8.0 * n("quick") + 20.0 * n("edge") + 35.0 * n("slow");
        whole("speed_of_answer", waited_s / answered);
        let in_vain_s = 3.0 * n("short") + 4.0 * n("again") + 12.0 * n("hasty") + 45.0 * n("patient");
        whole("wait_abandoned", in_vain_s / abandoned);
    }
    let contact =
        |measure: &str, exact: f64| close(measure, measures.get(measure, "contact", "whole", "all"), exact);
    contact("blocked", refused);
    contact("blocking", refused / (offered + refused));
    contact("blocked_included", in_time / (offered + refused));
    contact("retrial_share", n("again") / 2.0 / (offered + refused));
    let need =
        |measure: &str, exact: f64| close(measure, measures.get(measure, "need", "whole", "all"), exact);
    need("per_need", in_time / needs);
    need("needs_resolved", answered / needs);
    need("needs_given_up", 1.0 - answered / needs);
    need("needs_open", 0.0);
    let present_s = 150.0 * 86_400.0 + 2.0 * 3_600.0;
    close("occupancy", measures.get("occupancy", "time", "whole", "all"), 60.0 * answered / present_s);
    close("handle time", measures.get("handle_time", "leg", "whole", "all"), 60.0);

    for (class, wait_s, excess_s) in
        [("quick", 8.0, 0.0), ("edge", 20.0, 0.0), ("slow", 35.0, 15.0), ("patient", 45.0, 25.0)]
    {
        let of = |measure: &str| measures.get(measure, "contact", "contact_type", class);
        close(class, of("wait_all"), wait_s);
        close(class, of("excess_wait"), excess_s);
        close(class, of("wait_max"), wait_s);
        // From a histogram: to a thousandth.
        assert!((of("wait_p50") / wait_s - 1.0).abs() < 1e-3 && (of("wait_p99") / wait_s - 1.0).abs() < 1e-3);
    }
    let queue = measures.get("mean_queue", "time", "queue", "slow");
    close("mean queue", queue, 35.0 * n("slow") / 86_400.0);
}
