//! Formulas of the whole run.

use super::fixture::*;
use crate::engine::{Cause, NeedEnd, Observer, Refusal};
use crate::measures::{Basis, Collector, ScopeKind, measures};
use crate::model::{ContactTypeId, Outcome, QueueId, SiteId};

/// The published check: 1000 answered, 860 of them within 20 s; 60 abandoned, 20 of them within 20 s.
#[test]
fn the_published_service_levels() {
    let mut legs = vec![answered(10.0, 20.0, 60.0); 860];
    legs.extend(vec![answered(10.0, 20.000_001, 60.0); 140]);
    legs.extend(vec![abandoned(10.0, 20.0); 20]);
    legs.extend(vec![abandoned(10.0, 21.0); 40]);
    let results = results(&hour(), &legs);
    for basis in [Basis::Contact, Basis::Leg] {
        let percent = |measure: &str| (whole(&results, measure, basis).unwrap() * 1000.0).round() / 10.0;
        assert_eq!(percent("abandoned_count_as_met"), 83.0);
        assert_eq!(percent("answered_over_answered"), 86.0);
        assert_eq!(percent("answered_over_offered"), 81.1);
        assert_eq!(percent("quick_abandons_excluded"), 82.7);
    }
}

/// Two agents, three contacts at 0 s, 60 s of talk: waits 0, 0, 60 s. The horizon is an hour.
#[test]
fn two_agents_and_three_contacts() {
    let legs = [answered(0.0, 0.0, 60.0), answered(0.0, 0.0, 60.0), answered(0.0, 60.0, 60.0)];
    let mut collector = Collector::new(&hour(), EVERYTHING);
    collector.staff_changes(s(0.0), FRONT, &there(2));
    legs.iter().for_each(|leg| tell(&mut collector, leg));
    let results = gathered(&hour(), [collector.finish(Default::default())]);
    assert_close(whole(&results, "speed_of_answer", Basis::Leg), 20.0);
    assert_close(whole(&results, "wait_all", Basis::Contact), 20.0);
    assert_close(whole(&results, "delayed", Basis::Contact), 1.0 / 3.0);
    assert_close(whole(&results, "excess_wait", Basis::Contact), 40.0 / 3.0);
    assert_close(whole(&results, "mean_queue", Basis::Time), 60.0 / 3600.0);
    assert_close(whole(&results, "occupancy", Basis::Time), 180.0 / 7200.0);
    assert_close(whole(&results, "utilisation", Basis::Time), 180.0 / 7200.0);
    assert_close(whole(&results, "overtime", Basis::Time), 0.0);
    assert_close(whole(&results, "cost", Basis::Time), 40.0);
    assert_close(whole(&results, "cost_per_contact", Basis::Contact), 40.0 / 3.0);
    assert_close(whole(&results, "handle_time", Basis::Leg), 60.0);
    assert_close(whole(&results, "handle_time_cv", Basis::Leg), 0.0);
    assert_eq!(whole(&results, "wait_max", Basis::Contact), Some(60.0));
    assert_eq!(whole(&results, "wait_p50", Basis::Contact), Some(0.0));
    assert_eq!(whole(&results, "wait_p80", Basis::Contact), Some(60.0));
}

/// Talk 100 and 200 s with wrap-up 20 and 80 s: handle times 120 and 280 s, mean 200, deviation 80.
#[test]
fn handle_times_have_a_mean_a_spread_and_quantiles() {
    let legs = [wrapped_up(answered(0.0, 0.0, 100.0), 20.0), wrapped_up(answered(0.0, 0.0, 200.0), 80.0)];
    let results = results(&hour(), &legs);
    assert_close(whole(&results, "handle_time", Basis::Leg), 200.0);
    assert_close(whole(&results, "handle_time_cv", Basis::Leg), 0.4);
    let median = whole(&results, "handle_time_p50", Basis::Leg).unwrap();
    assert!((120.0..120.0 * 1.001).contains(&median), "{median}");
    assert_close(whole(&results, "handle_time_p90", Basis::Leg), 280.0);
    assert_close(value(&results, "handle_time", Basis::Leg, scope(ScopeKind::AgentGroup, 1)), 200.0);
}

/// O = A + B + D = 2 + 3 + 1; B_s = 2 with waits 0 (balked) and 5 s; X = 4.
#[test]
fn abandonment_blocking_and_those_who_were_sent_away() {
    let model = hour();
    let mut collector = Collector::new(&model, EVERYTHING);
    let legs = [
        answered(0.0, 0.0, 9.0),
        answered(0.0, 30.0, 9.0),
        abandoned(0.0, 0.0),
        abandoned(0.0, 5.0),
        abandoned(0.0, 42.0),
        sent_away(0.0, 100.0),
    ];
    legs.iter().for_each(|leg| tell(&mut collector, leg));
    (0..3).for_each(|_| collector.contact_refused(&refused(caller(1.0), Refusal::TrunksBusy, None)));
    collector.contact_refused(&refused(caller(1.0), Refusal::Closed, Some(QueueId(1))));
    let results = gathered(&model, [collector.finish(Default::default())]);
    assert_close(whole(&results, "offered", Basis::Contact), 6.0);
    assert_close(whole(&results, "abandonment", Basis::Contact), 0.5);
    assert_close(whole(&results, "abandonment_without_short", Basis::Contact), 1.0 / 4.0);
    assert_close(whole(&results, "short_abandons_excluded", Basis::Contact), 1.0 / 4.0);
    assert_close(whole(&results, "wait_abandoned", Basis::Contact), 47.0 / 3.0);
    assert_close(whole(&results, "wait_all", Basis::Contact), 177.0 / 6.0);
    assert_close(whole(&results, "sent_away", Basis::Leg), 1.0);
    assert_close(whole(&results, "blocked", Basis::Contact), 4.0);
    assert_close(whole(&results, "blocking", Basis::Contact), 0.4);
    assert_close(whole(&results, "blocked_included", Basis::Contact), 0.1);
    assert_close(value(&results, "blocked", Basis::Leg, scope(ScopeKind::Queue, 1)), 1.0);
    assert_close(value(&results, "blocking", Basis::Leg, scope(ScopeKind::Queue, 1)), 1.0);
    assert_eq!(whole(&results, "callbacks_kept", Basis::Contact), None);
}

/// The front answers after 10 s and passes on after 60 s; the back answers 50 s later. One contact, two legs.
#[test]
fn a_transfer_is_one_contact_and_two_legs() {
    let mut first = answered(0.0, 10.0, 60.0);
    first.service.as_mut().unwrap().outcome = Outcome::Escalated;
    let mut second = answered(70.0, 50.0, 200.0);
    second.caller = first.caller;
    (second.leg, second.queue) = (1, QueueId(1));
    second.service.as_mut().unwrap().group = BACK;
    let results = results(&hour(), &[first, second]);
    assert_close(whole(&results, "offered", Basis::Contact), 1.0);
    assert_close(whole(&results, "offered", Basis::Leg), 2.0);
    assert_close(whole(&results, "speed_of_answer", Basis::Contact), 10.0);
    assert_close(whole(&results, "speed_of_answer", Basis::Leg), 30.0);
    assert_close(whole(&results, "answered_over_offered", Basis::Contact), 1.0);
    assert_close(whole(&results, "answered_over_offered", Basis::Leg), 0.5);
    assert_close(whole(&results, "transfer_share", Basis::Leg), 0.5);
    let of = |measure, kind, index| value(&results, measure, Basis::Leg, scope(kind, index));
    assert_close(of("transfer_share", ScopeKind::Tier, 0), 1.0);
    assert_close(of("speed_of_answer", ScopeKind::Tier, 1), 50.0);
    assert_close(of("handle_time", ScopeKind::Vendor, 0), 60.0);
    assert_close(of("handle_time", ScopeKind::Vendor, 1), 200.0);
    assert_close(of("handle_time", ScopeKind::ContactType, 0), 130.0);
    assert_close(of("offered", ScopeKind::Queue, 0), 1.0);
}

/// Attempts 1 and 2 fail, the third is answered after 15 s; another citizen gives up, a third is still open.
#[test]
fn needs_end_in_three_ways_that_add_up() {
    let model = hour();
    let mut collector = Collector::new(&model, EVERYTHING);
    let mut ends = |attempt: u8, end, answered_after: Option<u64>| {
        let caller = crate::engine::Caller { attempt, contact_began: s(600.0), ..caller(0.0) };
        collector.need_ends(s(700.0), &need(caller, end, answered_after));
    };
    ends(2, NeedEnd::Resolved, Some(15));
    ends(0, NeedEnd::Resolved, Some(21));
    ends(1, NeedEnd::GivenUp, None);
    ends(0, NeedEnd::Open, None);
    for cause in [Cause::Retrial, Cause::Repeat, Cause::Fresh, Cause::Retrial] {
        let mut leg = abandoned(30.0, 4.0);
        leg.caller.cause = cause;
        tell(&mut collector, &leg);
    }
    let results = gathered(&model, [collector.finish(Default::default())]);
    assert_close(whole(&results, "per_need", Basis::Need), 0.25);
    assert_close(whole(&results, "needs_resolved", Basis::Need), 0.5);
    assert_close(whole(&results, "needs_given_up", Basis::Need), 0.25);
    assert_close(whole(&results, "needs_open", Basis::Need), 0.25);
    assert_close(whole(&results, "tier1_resolved", Basis::Need), 1.0);
    assert_close(whole(&results, "retrial_share", Basis::Contact), 0.5);
    assert_close(whole(&results, "repeat_share", Basis::Contact), 0.25);
}

/// Eight days: a return within W = 7 days of an answer on the first day is seen, of one later it is not. Of four needs first
/// answered on the first day the first talk met two, a transfer one, a second talk one.
#[test]
fn first_contact_resolution_asks_whether_a_return_would_have_been_seen() {
    let model = center(8 * 96, 0);
    let mut collector = Collector::new(&model, EVERYTHING);
    let met = need(caller(10.0), NeedEnd::Resolved, Some(15));
    let last_seen = need(caller(86_000.0), NeedEnd::Resolved, Some(399));
    let transferred = crate::engine::Need { transferred: true, resolved_at: Some(2), ..met };
    let second_talk = crate::engine::Need { answered: 2, ..met };
    let not_seen = need(caller(86_000.0), NeedEnd::Resolved, Some(400));
    let never_answered = need(caller(10.0), NeedEnd::GivenUp, None);
    for need in [met, last_seen, transferred, second_talk, not_seen, never_answered] {
        collector.need_ends(s(700_000.0), &need);
    }
    let results = gathered(&model, [collector.finish(Default::default())]);
    assert_close(whole(&results, "first_contact_resolution", Basis::Need), 0.5);
    assert_close(whole(&results, "tier1_resolved", Basis::Need), 0.8);
}

/// Of an empty run every count is 0 and every ratio no data, never 0 or 1.
#[test]
fn nothing_over_nothing_is_no_data() {
    let results = results(&hour(), &[]);
    for row in results.rows() {
        let measure = measures().find(|measure| measure.name == row.measure).unwrap();
        let sums = ["overtime", "cost", "mean_queue", "heads_scheduled", "heads_net", "heads_logged_in"];
        let is_sum = measure.formula.len() == 1 || sums.contains(&row.measure);
        assert_eq!(row.mean, is_sum.then_some(0.0), "{} of {}", row.measure, row.scope);
        assert_eq!((row.interval, row.spread), (None, None));
    }
}

#[test]
fn types_queues_and_profiles_are_kept_apart() {
    let mut model = hour();
    model.profiles = vec![profile("company"), profile("elderly")];
    let mut elderly = about_taxes(answered(0.0, 8.0, 60.0));
    elderly.caller.profile = crate::model::ProfileId(1);
    let results = results(&model, &[answered(0.0, 2.0, 60.0), elderly]);
    let wait = |basis, kind, index| value(&results, "speed_of_answer", basis, scope(kind, index));
    assert_eq!(elderly.caller.contact_type, ContactTypeId(1));
    assert_close(wait(Basis::Contact, ScopeKind::ContactType, 0), 2.0);
    assert_close(wait(Basis::Contact, ScopeKind::ContactType, 1), 8.0);
    assert_close(wait(Basis::Leg, ScopeKind::Queue, 1), 8.0);
    assert_close(wait(Basis::Contact, ScopeKind::Profile, 1), 8.0);
    assert_eq!(
        results.scopes(ScopeKind::Profile).map(|(_, name)| name).collect::<Vec<_>>(),
        ["company", "elderly"]
    );
    assert_eq!(results.scopes(ScopeKind::Number).count(), 0, "one number is no scope");
}

/// Companies: three of four in time; the elderly: one of two.
#[test]
fn fairness_is_the_worst_profile_over_the_best() {
    let mut model = hour();
    model.profiles = vec![profile("company"), profile("elderly"), profile("nobody")];
    let elderly = |mut leg: crate::engine::Leg| {
        leg.caller.profile = crate::model::ProfileId(1);
        leg
    };
    let (in_time, late) = (answered(0.0, 2.0, 60.0), answered(0.0, 30.0, 60.0));
    let legs = [in_time, in_time, in_time, late, elderly(in_time), elderly(late)];
    assert_close(whole(&results(&model, &legs), "fairness", Basis::Contact), 0.5 / 0.75);
    assert_eq!(whole(&results(&hour(), &legs[..4]), "fairness", Basis::Contact), None, "one profile");
}

/// The front works in Rome for acme, the back in Milan for the city.
#[test]
fn sites_gather_the_groups_that_work_there() {
    let mut model = hour();
    model.sites = vec!["milan".into(), "rome".into()];
    model.groups[BACK.index()].site = Some(SiteId(0));
    model.groups[FRONT.index()].site = Some(SiteId(1));
    let mut collector = Collector::new(&model, EVERYTHING);
    collector.staff_changes(s(0.0), FRONT, &there(2));
    collector.staff_changes(s(0.0), BACK, &there(1));
    tell(&mut collector, &answered(30.0, 4.0, 60.0));
    let results = gathered(&model, [collector.finish(Default::default())]);
    let of = |measure, basis, kind, index| value(&results, measure, basis, scope(kind, index));
    for (site, vendor) in [(0, 1), (1, 0)] {
        for measure in ["cost", "heads_scheduled"] {
            let at_site = of(measure, Basis::Time, ScopeKind::Site, site);
            assert_eq!(at_site, of(measure, Basis::Time, ScopeKind::Vendor, vendor));
        }
    }
    assert_close(of("answered", Basis::Leg, ScopeKind::Site, 1), 1.0);
    assert_close(of("answered", Basis::Leg, ScopeKind::Site, 0), 0.0);
    assert_close(of("cost", Basis::Time, ScopeKind::Site, 1), 40.0);
}
