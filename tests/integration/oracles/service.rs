//! Service times of any shape: one agent, no waiting, constant service on several agents.

use centralino::measures::Basis;
use centralino::queueing::{ErlangB, SingleServer};
use statrs::function::gamma::gamma;

use super::{Single, Table, WITHIN_S, expect, run};

/// A service time as people write it, its mean in seconds and its mean square.
fn shapes() -> Vec<(&'static str, &'static str, f64, f64)> {
    let weibull_square = gamma(1.0 + 2.0 / 1.5) / gamma(1.0 + 1.0 / 1.5).powi(2);
    vec![
        ("constant", "\"120s\"", 120.0, 14_400.0),
        ("exponential", "{ exponential = \"120s\" }", 120.0, 28_800.0),
        ("lognormal", "{ lognormal = { mean = \"120s\", sd = \"150s\" } }", 120.0, 14_400.0 + 22_500.0),
        ("gamma", "{ gamma = { mean = \"120s\", sd = \"60s\" } }", 120.0, 14_400.0 + 3_600.0),
        ("weibull", "{ weibull = { mean = \"120s\", shape = 1.5 } }", 120.0, 14_400.0 * weibull_square),
        ("erlang", "{ erlang = { mean = \"120s\", stages = 3 } }", 120.0, 14_400.0 * 4.0 / 3.0),
        ("uniform", "{ uniform = { min = \"60s\", max = \"180s\" } }", 120.0, 14_400.0 + 1_200.0),
        (
            "triangular",
            "{ triangular = { min = \"60s\", mode = \"90s\", max = \"210s\" } }",
            120.0,
            14_400.0 + 1_050.0,
        ),
        ("empirical", "{ empirical = [\"30s\", \"2m\", \"2m\", \"3m30s\"] }", 120.0, 18_450.0),
        (
            "hyperexponential",
            "{ hyperexponential = [{ share = 0.7, mean = \"60s\" }, { share = 0.3, mean = \"260s\" }] }",
            120.0,
            45_600.0,
        ),
        (
            "mixture",
            "{ mixture = [{ share = 0.3, of = \"30s\" }, { share = 0.7, of = { exponential = \"200s\" } }] }",
            149.0,
            56_270.0,
        ),
    ]
}

const LOAD: f64 = 0.7;

#[test]
fn one_agent_and_service_of_any_shape() {
    let mut table = Table::default();
    for (name, text, mean_s, square) in shapes() {
        let service_cv = (square / (mean_s * mean_s) - 1.0).max(0.0).sqrt();
        let arrivals_per_s = LOAD / mean_s;
        let wait_s = SingleServer { arrivals_per_s, mean_service_s: mean_s, service_cv };
        let wait_s = wait_s.mean_wait_s().expect("no overload");
        let expected = [
            expect("wait_all", Basis::Leg, wait_s),
            expect("delayed", Basis::Leg, LOAD),
            expect("mean_queue", Basis::Time, arrivals_per_s * wait_s),
            expect("occupancy", Basis::Time, LOAD),
            expect("handle_time", Basis::Leg, mean_s),
        ];
        let calls = format!("service_time = {text}");
        let single =
            Single { agents: 1, per_hour: arrivals_per_s * 3600.0, days: 40, calls: &calls, more: "" };
        table.hold(&format!("M/G/1, {name}"), &run(&single.model(), 67, 12), &expected);
    }
    table.all_hold();
}

/// The agent is busy for 5 s of answering, 90 s of talk in the mean, 30 s of wrap-up. Everybody waits for the answer.
#[test]
fn answering_and_wrap_up_keep_the_agent_busy() {
    let arrivals_per_s = 0.75 / 125.0;
    let queue = SingleServer { arrivals_per_s, mean_service_s: 125.0, service_cv: 90.0 / 125.0 };
    let wait_s = queue.mean_wait_s().expect("no overload") + 5.0;
    let calls = "service_time = { exponential = \"90s\" }\nwrap_up = \"30s\"";
    let expected = [
        expect("wait_all", Basis::Leg, wait_s),
        expect("speed_of_answer", Basis::Leg, wait_s),
        expect("delayed", Basis::Leg, 1.0),
        expect("mean_queue", Basis::Time, arrivals_per_s * wait_s),
        expect("occupancy", Basis::Time, 0.75 * 120.0 / 125.0),
        expect("handle_time", Basis::Leg, 120.0),
    ];
    let single = Single {
        agents: 1,
        per_hour: arrivals_per_s * 3600.0,
        days: 40,
        calls,
        more: "answer_delay = \"5s\"",
    };
    let mut table = Table::default();
    table.hold("M/G/1, answering and wrap-up", &run(&single.model(), 71, 12), &expected);
    table.all_hold();
}

/// A loss system knows the mean service time only, whether callers hang up or lines are taken (Sevastyanov 1957).
#[test]
fn a_loss_system_is_insensitive() {
    let mut table = Table::default();
    for (name, text, mean_s, _) in shapes() {
        let exact = ErlangB { agents: 8, erlangs: 6.4 };
        let lost = exact.blocking().expect("a sound system");
        let busy = expect("occupancy", Basis::Time, exact.occupancy().expect("a sound system"));
        let per_hour = 6.4 / mean_s * 3600.0;
        let balks = format!("service_time = {text}\nbalking = 1");
        let balking = Single { agents: 8, per_hour, days: 6, calls: &balks, more: "" };
        let results = run(&balking.model(), 73, 10);
        table.hold(&format!("M/G/8/8, {name}"), &results, &[expect("abandonment", Basis::Leg, lost), busy]);
        let calls = format!("service_time = {text}");
        let lines = "[numbers.main]\ntrunk = \"lines\"\n[trunks.lines]\nlines = 8\n";
        let lines = Single { agents: 8, per_hour, days: 6, calls: &calls, more: lines };
        let results = run(&lines.model(), 79, 10);
        table.hold(&format!("8 lines, {name}"), &results, &[expect("blocking", Basis::Contact, lost), busy]);
    }
    table.all_hold();
}

#[test]
fn constant_service_on_five_agents() {
    let exact = ConstantService::solve(5, 0.85 * 5.0 / 180.0, 180.0);
    let expected = [
        expect("answered_over_offered", Basis::Leg, exact.served_within(WITHIN_S)),
        expect("delayed", Basis::Leg, 1.0 - exact.served_within(0.0)),
        expect("wait_all", Basis::Leg, exact.mean_queue() / exact.arrivals_per_s),
        expect("mean_queue", Basis::Time, exact.mean_queue()),
        expect("occupancy", Basis::Time, 0.85),
    ];
    let calls = "service_time = \"180s\"";
    let model = Single { agents: 5, per_hour: 85.0, days: 20, calls, more: "" }.model();
    let mut table = Table::default();
    table.hold("M/D/5", &run(&model, 83, 12), &expected);
    table.all_hold();
}

/// M/D/n: after one service time all who were being served have gone, and whoever came meanwhile is there (Crommelin 1932).
struct ConstantService {
    agents: usize,
    arrivals_per_s: f64,
    service_s: f64,
    /// Probability of so many contacts present.
    present: Vec<f64>,
}

impl ConstantService {
    fn solve(agents: usize, arrivals_per_s: f64, service_s: f64) -> Self {
        const ROOM: usize = 400;
        let came = poisson(arrivals_per_s * service_s, ROOM);
        let mut present = vec![0.0; ROOM];
        present[0] = 1.0;
        loop {
            let mut next = vec![0.0; ROOM];
            for (before, probability) in present.iter().enumerate().filter(|(_, p)| **p > 1e-25) {
                let left = before.saturating_sub(agents);
                (left..ROOM).for_each(|after| next[after] += probability * came[after - left]);
            }
            let change: f64 = next.iter().zip(&present).map(|(a, b)| (a - b).abs()).sum();
            present = next;
            if change < 1e-13 {
                return ConstantService { agents, arrivals_per_s, service_s, present };
            }
        }
    }

    fn mean_queue(&self) -> f64 {
        self.present.iter().enumerate().map(|(k, p)| k.saturating_sub(self.agents) as f64 * p).sum()
    }

    /// P(at most so many wait).
    fn at_most_wait(&self, waiting: usize) -> f64 {
        self.present.iter().take(self.agents + waiting + 1).sum()
    }

    /// P(W <= t): with k services of room until then, P(waiting and the arrivals of the rest of them are fewer than k n) (Franx
    /// 2001).
    fn served_within(&self, t_s: f64) -> f64 {
        let services = (t_s / self.service_s).floor() + 1.0;
        let places = services as usize * self.agents;
        let came = poisson(self.arrivals_per_s * (services * self.service_s - t_s), places);
        (0..places).map(|arrivals| came[arrivals] * self.at_most_wait(places - 1 - arrivals)).sum()
    }
}

fn poisson(mean: f64, count: usize) -> Vec<f64> {
    let mut probability = (-mean).exp();
    let next = |k: usize| {
        let now = probability;
        probability *= mean / k as f64;
        now
    };
    (1..=count).map(next).collect()
}

/// One agent, load 1/2: mean wait half of D / 2 (Pollaczek 1930); nobody waits with probability 1/2, at most D with probability
/// 1/2 (e^(1/2) + ... ) of Erlang's formula (1909): (1 - a)(e^(a t)) for t < D, 1/2 e^(1/4) at D / 2.
#[test]
fn constant_service_on_one_agent_by_hand() {
    let queue = ConstantService::solve(1, 0.5, 1.0);
    assert!((queue.mean_queue() - 0.5 * 0.5).abs() < 1e-12);
    assert!((queue.served_within(0.0) - 0.5).abs() < 1e-12);
    assert!((queue.served_within(0.5) - 0.5 * 0.25_f64.exp()).abs() < 1e-12);
}
