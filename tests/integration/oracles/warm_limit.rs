//! A warm transfer with its limit: call by call against a recursion, and in the long run against Pollaczek and Khinchine.
//!
//! A constant limit is no Markov chain. With one agent in each tier, callers who never hang up and no wrap-up, though, two lines say all: who
//! begins to speak first is told by when the agent before was free, and tier 2 serves in the order in which talks of tier 1 ended.

use std::collections::BTreeMap;

use centralino::log::{AgentStateName, LegRow, LogTime, NeedName};
use centralino::measures::{Basis, ScopeKind};

use super::two_tiers::TwoTiers;
use super::{Table, expect, run};
use crate::support::{compile, record, scenario};

const TALK_S: f64 = 240.0;
const LIMIT_S: f64 = 60.0;
const ESCALATED: f64 = 0.4;

/// One agent of tier 1 and so many of tier 2, offered nine calls an hour; `otherwise` at the limit, and what `more` the type has.
fn center(days: u32, experts: u32, (otherwise, more): (&str, &str)) -> String {
    let center = TwoTiers {
        days,
        run_in: "2d",
        per_hour: 9.0,
        services_s: [TALK_S, 300.0],
        agents: [1, experts],
        ends: format!("escalate = {ESCALATED}"),
        more: format!("warm_transfer = {{ limit = \"{LIMIT_S}s\"{otherwise} }}\n{more}"),
    };
    center.text()
}

/// When the agents of both tiers are free.
#[derive(Default)]
struct Free {
    first_us: i64,
    second_us: i64,
}

/// What a call draws: how long it talks at each tier; `None`: it does not go on.
struct Drawn {
    entered_us: i64,
    talk_us: i64,
    second_us: Option<i64>,
}

/// When a call begins to speak at either tier, and whether its first agent stayed until then.
#[derive(Debug, PartialEq, Eq)]
struct Way {
    spoke_us: i64,
    second: Option<(i64, bool)>,
}

impl Free {
    /// The next call in the order of arrival.
    fn next(&mut self, call: &Drawn) -> Way {
        let spoke_us = call.entered_us.max(self.first_us);
        let talk_ended = spoke_us + call.talk_us;
        let Some(second_us) = call.second_us else {
            self.first_us = talk_ended;
            return Way { spoke_us, second: None };
        };
        let taken = talk_ended.max(self.second_us);
        let limit = talk_ended + (LIMIT_S * 1e6) as i64;
        self.first_us = taken.min(limit);
        self.second_us = taken + second_us;
        Way { spoke_us, second: Some((taken, taken <= limit)) }
    }
}

#[test]
fn every_warm_transfer_is_as_the_recursion_says() {
    let run = record(&scenario(&center(20, 1, ("", ""))), 77, 0);
    run.passes_audit();
    // What a talk of tier 1 drew is the stretch before its agent stays with the caller.
    let mut talks: BTreeMap<NeedName, i64> = BTreeMap::new();
    let talking = run.logs.agents.iter().filter(|row| row.state == AgentStateName::Talking);
    for row in talking.filter(|row| row.leg == Some(0)) {
        let need = row.need.clone().expect("a talk is with somebody");
        *talks.entry(need).or_default() += row.to.us_since(row.from);
    }
    let held = run.logs.agents.iter().filter(|row| row.state == AgentStateName::Holding);
    let held: BTreeMap<NeedName, LogTime> =
        held.filter_map(|row| Some((row.need.clone()?, row.to))).collect();
    let mut legs: BTreeMap<NeedName, Vec<&LegRow>> = BTreeMap::new();
    run.logs.legs.iter().for_each(|leg| legs.entry(leg.need.clone()).or_default().push(leg));
    let mut calls: Vec<Vec<&LegRow>> = legs.into_values().collect();
    calls.iter_mut().for_each(|call| call.sort_by_key(|leg| leg.leg));
    calls.sort_by_key(|call| call[0].entered);
    let (mut free, mut taken_over, mut cold) = (Free::default(), 0, 0);
    for call in &calls {
        let second = call.get(1).map(|leg| leg.talk_ended.expect("answered").us_since(leg.left));
        let (need, entered_us) = (&call[0].need, call[0].entered.0);
        let talk_us = talks.get(need).copied().unwrap_or(0);
        let way = free.next(&Drawn { entered_us, talk_us, second_us: second });
        assert_eq!(call[0].left.0, way.spoke_us, "{need}");
        let Some((taken, warm)) = way.second else { continue };
        assert_eq!(call[1].left.0, taken, "{need} at tier 2");
        // Whose transfer is warm hands over as the second speaks; whose is not leaves at the limit.
        let until = if warm { taken } else { way.spoke_us + talk_us + (LIMIT_S * 1e6) as i64 };
        assert_eq!(call[0].talk_ended, Some(LogTime(until)), "{need} handed over");
        let stayed = until > way.spoke_us + talk_us;
        assert_eq!(held.get(need).copied(), stayed.then_some(LogTime(until)), "{need} held");
        taken_over += u32::from(warm);
        cold += u32::from(!warm);
    }
    assert!(calls.len() > 3000 && taken_over > 300 && cold > 300, "{}: {taken_over}, {cold}", calls.len());
}

/// Nobody is at tier 2: who escalates stays for all of the limit and then ends the contact. So tier 1 is M/G/1, whose work is an exponential talk and
/// with probability q the limit L on top: E S = m + q L, E S^2 = 2 m^2 + q (2 m L + L^2); mean wait and queue by Pollaczek (1930) and
/// Khinchine (1932).
#[test]
fn a_limit_that_is_always_reached_makes_tier_1_an_m_g_1() {
    let per_s = 9.0 / 3600.0;
    let work = TALK_S + ESCALATED * LIMIT_S;
    let square = 2.0 * TALK_S * TALK_S + ESCALATED * (2.0 * TALK_S * LIMIT_S + LIMIT_S * LIMIT_S);
    let wait = per_s * square / (2.0 * (1.0 - per_s * work));
    // The model asks for a patience where nobody serves; nobody is as patient as this in vain.
    let ends = (", otherwise = \"unresolved\"", "patience = \"90d\"");
    let model = compile(&scenario(&center(60, 0, ends)));
    let first = |measure, exact| expect(measure, Basis::Leg, exact).of(ScopeKind::AgentGroup, "first");
    let expected = [
        expect("wait_all", Basis::Leg, wait).of(ScopeKind::Queue, "front"),
        expect("delayed", Basis::Leg, per_s * work).of(ScopeKind::Queue, "front"),
        expect("mean_queue", Basis::Time, per_s * wait).of(ScopeKind::Queue, "front"),
        expect("occupancy", Basis::Time, per_s * work).of(ScopeKind::AgentGroup, "first"),
        first("handle_time", work),
        first("withdrawn_share", ESCALATED),
        expect("needs_given_up", Basis::Need, ESCALATED),
    ];
    let mut table = Table::default();
    table.hold("A warm limit that is reached", &run(&model, 91, 20), &expected);
    table.all_hold();
}

/// Talks that do not help come again, from both tiers, a day later on average: an open network of Jackson's (1957), whose tiers are each an
/// Erlang C with all that comes to it. A citizen's second talk is as long as the first; so late after it, the line has long forgotten that.
///
/// Of the 31.5 fresh calls an hour each comes 1 / (1 - 0.2 - 0.4 * 0.25) times: tier 1 has 45 an hour, tier 2 18, as in `tandem.toml`.
#[test]
fn tiers_whose_callers_come_again_are_a_network_of_jackson() {
    let center = TwoTiers {
        days: 60,
        run_in: "10d",
        per_hour: 31.5,
        services_s: [240.0, 180.0],
        agents: [4, 2],
        ends: "escalate = 0.4, unresolved = 0.2".into(),
        more: "outcome.tier2 = { unresolved = 0.25, rest = \"resolved\" }\n\
               after_unresolved = { repeat = 1, delay = { exponential = \"1d\" }, at_most = 20 }"
            .into(),
    };
    let model = compile(&scenario(&center.text()));
    let hours = 24.0 * 60.0;
    let of = |queue, measure, exact| expect(measure, Basis::Leg, exact).of(ScopeKind::Queue, queue);
    let long = |queue, exact| expect("mean_queue", Basis::Time, exact).of(ScopeKind::Queue, queue);
    let busy = |group, exact| expect("occupancy", Basis::Time, exact).of(ScopeKind::AgentGroup, group);
    let expected = [
        of("front", "offered", 45.0 * hours),
        of("front", "delayed", 0.5094340),
        of("front", "wait_all", 122.26415),
        of("back", "offered", 18.0 * hours),
        of("back", "delayed", 0.2793103),
        of("back", "wait_all", 45.70533),
        long("front", 45.0 / 3600.0 * 122.26415),
        long("back", 18.0 / 3600.0 * 45.70533),
        busy("first", 0.75),
        busy("second", 0.45),
        expect("repeat_share", Basis::Contact, 0.3),
    ];
    let mut table = Table::default();
    table.hold("Tiers with repeats", &run(&model, 92, 16), &expected);
    table.all_hold();
}
