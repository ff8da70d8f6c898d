//! Agents who ask others, and then stay with whom they escalate: questions and callers stand in one line of tier 2, whose order matters, so the
//! chain's states have it.

use centralino::measures::{Basis, ScopeKind};

use super::two_tiers::TwoTiers;
use super::{Table, expect, run};
use crate::markov::Chain;
use crate::support::model;

const ROOM: u32 = 40;
const SERVICES_S: [f64; 2] = [240.0, 180.0];
const AGENTS: [u32; 2] = [3, 1];
const PATIENCE_S: f64 = 200.0;
const ASKED_S: f64 = 120.0;
const CONCLUSION_S: f64 = 60.0;
/// Talks that end with a question, and those of them that are escalated in the end.
const CONSULTED: f64 = 0.45;
const ESCALATED: f64 = 0.5;
const PER_HOUR: f64 = 22.0;
const PER_S: f64 = PER_HOUR / 3600.0;

/// Who comes to tier 2: an agent with a question, or a caller with an agent on the line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comes {
    Question,
    Caller,
}

/// What stands in the line of tier 2: a bit each, the first behind a leading 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Line(u32);

impl Line {
    const EMPTY: Line = Line(1);

    fn with(self, comes: Comes) -> Line {
        Line(self.0 << 1 | u32::from(comes == Comes::Caller))
    }

    /// The first, and the line behind it.
    fn taken(self) -> Option<(Comes, Line)> {
        let behind = self.0.ilog2().checked_sub(1)?;
        let comes = if self.0 >> behind & 1 == 1 { Comes::Caller } else { Comes::Question };
        Some((comes, Line(self.0 & ((1 << behind) - 1) | 1 << behind)))
    }

    fn callers(self) -> u32 {
        self.0.count_ones() - 1
    }

    fn questions(self) -> u32 {
        self.0.ilog2() - self.callers()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    /// Waiting or talking in tier 1.
    one: u32,
    concluding: u32,
    /// Questions that are being answered, and callers in talks with tier 2.
    answering: u32,
    talking: u32,
    line: Line,
}

impl State {
    /// Agents of tier 1 who have asked, or are about to.
    fn asking(self) -> u32 {
        self.answering + self.line.questions()
    }

    /// Talks in tier 1.
    fn first_talks(self) -> u32 {
        self.one.min(AGENTS[0] - self.concluding - self.asking() - self.line.callers())
    }

    fn is_busy(self) -> bool {
        self.answering + self.talking == AGENTS[1]
    }

    fn taken(self, comes: Comes) -> State {
        match comes {
            Comes::Question => State { answering: self.answering + 1, ..self },
            Comes::Caller => State { talking: self.talking + 1, ..self },
        }
    }

    fn comes(self, comes: Comes) -> State {
        if self.is_busy() { State { line: self.line.with(comes), ..self } } else { self.taken(comes) }
    }

    /// An agent of tier 2 is free.
    fn looks(self) -> State {
        match self.line.taken() {
            Some((comes, line)) => State { line, ..self }.taken(comes),
            None => self,
        }
    }

    fn moves(self) -> Vec<(State, f64)> {
        let ends = f64::from(self.first_talks()) / SERVICES_S[0];
        let leaves = f64::from(self.one - self.first_talks()) / PATIENCE_S;
        let mut moves = Vec::new();
        if self.one < ROOM {
            moves.push((State { one: self.one + 1, ..self }, PER_S));
        }
        if self.one > 0 {
            let fewer = State { one: self.one - 1, ..self };
            moves.push((fewer, ends * (1.0 - CONSULTED) + leaves));
            moves.push((fewer.comes(Comes::Question), ends * CONSULTED));
        }
        if self.answering > 0 {
            let answered = State { answering: self.answering - 1, concluding: self.concluding + 1, ..self };
            moves.push((answered.looks(), f64::from(self.answering) / ASKED_S));
        }
        if self.talking > 0 {
            let served = State { talking: self.talking - 1, ..self };
            moves.push((served.looks(), f64::from(self.talking) / SERVICES_S[1]));
        }
        if self.concluding > 0 {
            let concluded = State { concluding: self.concluding - 1, ..self };
            let rate = f64::from(self.concluding) / CONCLUSION_S;
            moves.push((concluded, rate * (1.0 - ESCALATED)));
            moves.push((concluded.comes(Comes::Caller), rate * ESCALATED));
        }
        moves
    }
}

#[test]
fn who_asks_and_escalates_is_held_twice() {
    let nobody = State { one: 0, concluding: 0, answering: 0, talking: 0, line: Line::EMPTY };
    let steady = Chain::grown_from([nobody], State::moves).steady();
    let mean = |count: fn(State) -> u32| steady.mean(|state| f64::from(count(state)));
    let queue = mean(|state| state.one - state.first_talks());
    let answered = mean(State::first_talks) / SERVICES_S[0];
    let (waiting, held) = (mean(|state| state.line.questions()), mean(|state| state.line.callers()));
    let concluding = mean(|state| state.concluding);
    let (consulted, escalated) = (CONSULTED * answered, ESCALATED * concluding / CONCLUSION_S);
    let meets_all_busy = steady.mean(|state| {
        if state.is_busy() { f64::from(state.concluding) * ESCALATED / CONCLUSION_S } else { 0.0 }
    });
    let busy = [
        mean(State::first_talks) + mean(State::asking) + concluding + held,
        mean(|state| state.answering + state.talking),
    ];
    assert!(
        (escalated / (consulted * ESCALATED) - 1.0).abs() < 1e-6,
        "every question is answered in the end"
    );
    let of = |queue, measure, exact| expect(measure, Basis::Leg, exact).of(ScopeKind::Queue, queue);
    let first = |measure, exact| expect(measure, Basis::Leg, exact).of(ScopeKind::AgentGroup, "first");
    let group = |name, exact| expect("occupancy", Basis::Time, exact).of(ScopeKind::AgentGroup, name);
    let expected = [
        of("front", "wait_all", queue / PER_S),
        of("front", "abandonment", queue / PATIENCE_S / PER_S),
        of("back", "wait_all", held / escalated),
        of("back", "delayed", meets_all_busy / escalated),
        expect("mean_queue", Basis::Time, held).of(ScopeKind::Queue, "back"),
        group("first", busy[0] / f64::from(AGENTS[0])),
        group("second", busy[1] / f64::from(AGENTS[1])),
        first("consultation_wait", waiting / consulted),
        first("consultation_time", ASKED_S),
        first("warm_transfer_share", CONSULTED * ESCALATED),
        first("hold_time", held / escalated),
        first("handle_time", busy[0] / answered),
    ];
    let center = TwoTiers {
        days: 25,
        run_in: "1d",
        per_hour: PER_HOUR,
        services_s: SERVICES_S,
        agents: AGENTS,
        ends: format!("consult = {CONSULTED}"),
        more: format!(
            "patience = {{ exponential = \"{PATIENCE_S}s\" }}\nwarm_transfer.limit = \"100h\"\n\
             [contact_types.calls.consultation]\nservice_time = {{ exponential = \"{ASKED_S}s\" }}\n\
             conclusion = {{ exponential = \"{CONCLUSION_S}s\" }}\nlimit = \"100h\"\notherwise = \"resolved\"\n\
             outcome = {{ escalate = {ESCALATED}, rest = \"resolved\" }}"
        ),
    };
    let mut table = Table::default();
    table.hold("A warm transfer after a consultation", &run(&model(&center.text()), 89, 12), &expected);
    table.all_hold();
}
