//! What comes before the queue: a Poisson stream that is delayed and thinned stays one, and misrouted calls make two desks a
//! network of queues (Jackson 1957): talks of both kinds are exponential with one mean, so what a desk passes on is Poisson too.

use centralino::measures::{Basis, ScopeKind};
use centralino::queueing::ErlangC;

use super::{Expected, SERVICE_S, Table, WITHIN_S, expect, run};
use crate::support::model;

/// Exact figures of a desk that a Poisson stream comes to.
fn desk(name: &'static str, agents: u32, per_hour: f64) -> Vec<Expected> {
    let exact = ErlangC { agents, erlangs: per_hour / 3600.0 * SERVICE_S }.solve().expect("no overload");
    let of = |measure, exact| expect(measure, Basis::Leg, exact).of(ScopeKind::Queue, name);
    vec![
        of("delayed", exact.delayed()),
        of("wait_all", exact.mean_wait() * SERVICE_S),
        of("answered_over_offered", exact.service_level(WITHIN_S / SERVICE_S)),
        expect("occupancy", Basis::Time, exact.occupancy()).of(ScopeKind::AgentGroup, name),
    ]
}

const CALLS_PER_HOUR: f64 = 40.0;
const SELF_SERVICE: f64 = 0.25;
const MISROUTED: f64 = 0.2;
const OTHERS_PER_HOUR: f64 = 24.0;

fn two_desks() -> String {
    format!(
        r#"
        [scenario]
        name = "two desks behind a menu"
        start = "2024-01-01"
        days = 60
        run_in = "12h"
        [ivr.main]
        time = {{ lognormal = {{ mean = "35s", sd = "60s" }} }}
        self_service.taxes = {SELF_SERVICE}
        misrouted.taxes = {{ hours = {MISROUTED} }}
        redirect_time = {{ exponential = "{SERVICE_S}s" }}
        [contact_types.taxes]
        ivr = "main"
        service_time = {{ exponential = "{SERVICE_S}s" }}
        [contact_types.hours]
        service_time = {{ exponential = "{SERVICE_S}s" }}
        [arrivals.taxes]
        per_hour = {CALLS_PER_HOUR}
        [arrivals.hours]
        per_hour = {OTHERS_PER_HOUR}
        [queues.taxes.steps.first]
        groups = ["taxes"]
        [queues.hours.steps.first]
        groups = ["hours"]
        [routing.taxes]
        order = 1
        when.type = "taxes"
        queue = "taxes"
        [routing.hours]
        order = 2
        queue = "hours"
        [agent_groups.taxes]
        serves = ["taxes"]
        staffing.heads = 3
        [agent_groups.hours]
        serves = ["hours"]
        staffing.heads = 4
        "#
    )
}

#[test]
fn two_desks_behind_a_menu() {
    let stays = CALLS_PER_HOUR * (1.0 - SELF_SERVICE);
    let of_taxes =
        |measure, exact| expect(measure, Basis::Contact, exact).of(ScopeKind::ContactType, "taxes");
    let mut expected = desk("taxes", 3, stays);
    expected.extend(desk("hours", 4, OTHERS_PER_HOUR + stays * MISROUTED));
    expected.extend([
        of_taxes("greeted", CALLS_PER_HOUR * 24.0 * 60.0),
        of_taxes("self_service_share", SELF_SERVICE),
        of_taxes("misroute_share", MISROUTED),
        of_taxes("greeting_time", 35.0),
    ]);
    let mut table = Table::default();
    table.hold("two desks behind a menu", &run(&model(&two_desks()), 35, 12), &expected);
    table.all_hold();
}

/// Those who are recognised are spared the menu of whatever length; the clock does not see it.
#[test]
fn known_callers_are_as_many_as_their_profiles_and_lookups_say() {
    let text = two_desks().replace(
        "[contact_types.taxes]",
        "[profiles.old]\nshare = 0.4\nrecognised = 0.9\n[profiles.new]\nshare = 0.6\nrecognised = 0.2\n\
         [recognition]\nfailure = 0.1\ndelay = \"2s\"\nskips_menu = true\n[contact_types.taxes]",
    );
    let known = (0.4 * 0.9 + 0.6 * 0.2) * 0.9;
    let of = |measure, exact| expect(measure, Basis::Contact, exact).of(ScopeKind::ContactType, "taxes");
    let expected = [
        expect("recognised_share", Basis::Contact, known),
        of("greeting_time", 2.0 + (1.0 - known) * 35.0),
        of("self_service_share", SELF_SERVICE),
        of("offered", CALLS_PER_HOUR * 24.0 * 60.0 * (1.0 - (1.0 - known) * SELF_SERVICE)),
    ];
    let mut table = Table::default();
    table.hold("known callers are spared a menu", &run(&model(&text), 36, 12), &expected);
    table.all_hold();
}
