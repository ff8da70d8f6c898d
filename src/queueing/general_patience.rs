//! Callers wait as long as a patience of any shape lasts.
//!
//! What a contact would have to wait if it stayed has a density that is known up to one integral; everything else is an
//! integral over it. They are computed by Gauss's rule over panels that are short beside all times of the system.

use super::erlang_b::inverse_blocking;
use super::error::{QueueingError, at_least_one_agent, positive};

/// M/M/n+G: Poisson arrivals, exponential service, patience times of any distribution (Baccelli and Hebuterne 1981).
///
/// Balking is part of it: a share `b` who never wait is a `stays` that begins at 1 - b.
///
/// ```
/// use centralino::queueing::GeneralPatience;
///
/// // One agent at load 1, and everybody waits exactly half a mean service: all is known by hand.
/// let queue = GeneralPatience {
///     agents: 1,
///     arrivals_per_s: 1.0 / 120.0,
///     mean_service_s: 120.0,
///     stays: |t_s: f64| if t_s < 60.0 { 1.0 } else { 0.0 },
///     breaks_s: vec![60.0],
/// };
/// let queue = queue.solve()?;
/// assert!((queue.served_within(0.0) - 0.4).abs() < 1e-9);
/// assert!((queue.mean_wait_s() - 30.0).abs() < 1e-9);
/// assert!((queue.mean_wait_of_served_s() - 10.0).abs() < 1e-9);
/// # Ok::<(), centralino::queueing::QueueingError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct GeneralPatience<G> {
    /// Agents.
    pub agents: u32,
    /// Arrivals per second.
    pub arrivals_per_s: f64,
    /// Mean service time in seconds.
    pub mean_service_s: f64,
    /// Probability that a patience time is longer than so many seconds; it never rises.
    pub stays: G,
    /// Times in seconds at which `stays` jumps or bends: without them the integrals lose digits.
    pub breaks_s: Vec<f64>,
}

/// The steady state of [`GeneralPatience`]. Times in seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct ImpatientQueue<G> {
    model: GeneralPatience<G>,
    grid: Grid,
    /// Weight of an idle agent against the density's scale.
    idle: f64,
    /// Of the offered wait: all weights.
    total: f64,
    served: f64,
    mean_wait_s: f64,
    mean_wait_of_served_s: f64,
    delayed: f64,
}

/// How the integrals are cut.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Grid {
    panel_s: f64,
    end_s: f64,
    /// The largest exponent: densities are taken relative to it, so that nothing overflows.
    highest: f64,
}

/// A place at which an integrand is taken.
struct Node {
    at_s: f64,
    weight_s: f64,
    /// Probability of a patience beyond it.
    stays: f64,
    /// Mean of the smaller of this time and a patience.
    stayed_s: f64,
}

/// Panels before we give up on an end.
const MOST_PANELS: usize = 4_000_000;
/// What remains is negligible from here on, as a logarithm.
const NEGLIGIBLE: f64 = -45.0;

impl<G: Fn(f64) -> f64> GeneralPatience<G> {
    /// The steady state; [`QueueingError::Overload`] if those who never give up are too many.
    pub fn solve(self) -> Result<ImpatientQueue<G>, QueueingError> {
        let agents = at_least_one_agent(self.agents)?;
        let arrivals = positive("arrivals_per_s", self.arrivals_per_s)?;
        let erlangs = arrivals * positive("mean_service_s", self.mean_service_s)?;
        let grid = self.grid()?;
        let (mut density, mut staying, mut waited, mut served_after) = (0.0, 0.0, 0.0, 0.0);
        self.walk(grid.panel_s, grid.end_s, |node| {
            let weight = arrivals * node.weight_s * (self.exponent(&node) - grid.highest).exp();
            density += weight;
            staying += weight * node.stays;
            waited += weight * node.stayed_s;
            served_after += weight * node.stays * node.at_s;
            true
        });
        // All weights are over that of n - 1 busy agents (Zeltyn and Mandelbaum 2005, section 3).
        let idle = inverse_blocking(self.agents - 1, erlangs) * (-grid.highest).exp();
        let total = idle + density;
        if !total.is_finite() {
            // So light a load that nobody ever waits, as far as numbers tell.
            return Ok(ImpatientQueue {
                model: self,
                grid,
                idle: 1.0,
                total: 1.0,
                served: 1.0,
                mean_wait_s: 0.0,
                mean_wait_of_served_s: 0.0,
                delayed: 0.0,
            });
        }
        debug_assert!(agents >= 1.0);
        Ok(ImpatientQueue {
            idle,
            total,
            served: (idle + staying) / total,
            mean_wait_s: waited / total,
            mean_wait_of_served_s: served_after / (idle + staying),
            delayed: density / total,
            model: self,
            grid,
        })
    }

    /// Up by those who would stay, down by those whom the agents take.
    fn exponent(&self, node: &Node) -> f64 {
        self.arrivals_per_s * node.stayed_s - self.service_rate() * node.at_s
    }

    fn service_rate(&self) -> f64 {
        f64::from(self.agents) / self.mean_service_s
    }

    fn grid(&self) -> Result<Grid, QueueingError> {
        let (up, down) = (self.arrivals_per_s, self.service_rate());
        let panel_s = (0.25 / up.max(down)).min(self.early_quantile_s() / 200.0);
        let (mut highest, mut end_s, mut stays) = (0.0_f64, None, 1.0);
        self.walk(panel_s, panel_s * MOST_PANELS as f64, |node| {
            let exponent = self.exponent(&node);
            (highest, stays) = (highest.max(exponent), node.stays);
            // What lies beyond is at most an exponential tail of this rate.
            let falls = down - up * node.stays;
            let is_over = falls > 0.0 && exponent - highest < NEGLIGIBLE + falls.min(1.0).ln();
            end_s = is_over.then_some(node.at_s);
            !is_over
        });
        let overload =
            || QueueingError::Overload { agents: self.agents, erlangs: up * stays * self.mean_service_s };
        Ok(Grid { panel_s, end_s: end_s.ok_or_else(overload)?, highest })
    }

    /// A time by which few have lost patience, for the length of panels; a day if nobody ever does.
    fn early_quantile_s(&self) -> f64 {
        let (mut low, mut high) = (0.0, 86_400.0);
        let many = 0.75 * (self.stays)(0.0);
        if many <= 0.0 {
            return high;
        }
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            *(if (self.stays)(middle) > many { &mut low } else { &mut high }) = middle;
        }
        high
    }

    /// Visits the nodes of all panels up to `end_s`, as long as it is told to go on.
    fn walk(&self, panel_s: f64, end_s: f64, mut visit: impl FnMut(Node) -> bool) {
        let mut breaks: Vec<f64> =
            self.breaks_s.iter().copied().filter(|at| *at > 0.0 && *at < end_s).collect();
        breaks.sort_by(f64::total_cmp);
        breaks.push(end_s);
        let (mut left, mut stayed_s) = (0.0, 0.0);
        for until in breaks {
            let panels = ((until - left) / panel_s).ceil().max(1.0);
            let (first, width) = (left, (until - left) / panels);
            for panel in 0..panels as usize {
                left = first + panel as f64 * width;
                let stays = GAUSS.points.map(|point| (self.stays)(left + point * width));
                for i in 0..3 {
                    let inner = dot(GAUSS.up_to[i], stays);
                    let node = Node {
                        at_s: left + GAUSS.points[i] * width,
                        weight_s: GAUSS.weights[i] * width,
                        stays: stays[i],
                        stayed_s: stayed_s + inner * width,
                    };
                    if !visit(node) {
                        return;
                    }
                }
                stayed_s += dot(GAUSS.weights, stays) * width;
            }
            left = until;
        }
    }
}

impl<G: Fn(f64) -> f64> ImpatientQueue<G> {
    /// Probability of finding all agents busy.
    pub fn delayed(&self) -> f64 {
        self.delayed
    }

    /// Share of contacts that are served.
    pub fn served(&self) -> f64 {
        self.served
    }

    /// Share of contacts that give up.
    pub fn abandoned(&self) -> f64 {
        1.0 - self.served
    }

    /// Share of the agents' time spent serving.
    pub fn occupancy(&self) -> f64 {
        self.model.arrivals_per_s * self.served / self.model.service_rate()
    }

    /// Mean wait of all contacts, served or not.
    pub fn mean_wait_s(&self) -> f64 {
        self.mean_wait_s
    }

    /// Mean wait of the served, zero waits included.
    pub fn mean_wait_of_served_s(&self) -> f64 {
        self.mean_wait_of_served_s
    }

    /// Mean number waiting (Little 1961).
    pub fn mean_queue(&self) -> f64 {
        self.model.arrivals_per_s * self.mean_wait_s
    }

    /// Served within `t_s` over all contacts.
    pub fn served_within(&self, t_s: f64) -> f64 {
        (self.idle + self.weighed(t_s, |node| node.stays)) / self.total
    }

    /// Probability that a contact waits longer than `t_s`, served or not.
    pub fn waits_longer(&self, t_s: f64) -> f64 {
        let offered = self.delayed - self.weighed(t_s, |_| 1.0) / self.total;
        (self.model.stays)(t_s.max(0.0)) * offered
    }

    /// The integral of something over the density of the offered wait, from 0 to `t_s`.
    fn weighed(&self, t_s: f64, value: impl Fn(&Node) -> f64) -> f64 {
        let mut sum = 0.0;
        if t_s > 0.0 && self.delayed > 0.0 {
            self.model.walk(self.grid.panel_s, t_s.min(self.grid.end_s), |node| {
                let density = (self.model.exponent(&node) - self.grid.highest).exp();
                sum += self.model.arrivals_per_s * density * node.weight_s * value(&node);
                true
            });
        }
        sum
    }
}

/// Gauss's rule of three points on [0, 1], and the integrals up to each point (Butcher 1964): of order six.
struct Gauss {
    points: [f64; 3],
    weights: [f64; 3],
    up_to: [[f64; 3]; 3],
}

/// sqrt(15).
const R: f64 = 3.872_983_346_207_417;

const GAUSS: Gauss = Gauss {
    points: [0.5 - R / 10.0, 0.5, 0.5 + R / 10.0],
    weights: [5.0 / 18.0, 4.0 / 9.0, 5.0 / 18.0],
    up_to: [
        [5.0 / 36.0, 2.0 / 9.0 - R / 15.0, 5.0 / 36.0 - R / 30.0],
        [5.0 / 36.0 + R / 24.0, 2.0 / 9.0, 5.0 / 36.0 - R / 24.0],
        [5.0 / 36.0 + R / 30.0, 2.0 / 9.0 + R / 15.0, 5.0 / 36.0],
    ],
};

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[cfg(test)]
mod tests {
    use super::super::{ErlangA, ErlangC};
    use super::*;

    fn queue<G: Fn(f64) -> f64>(agents: u32, load: f64, stays: G, breaks_s: &[f64]) -> ImpatientQueue<G> {
        let arrivals_per_s = f64::from(agents) * load / 240.0;
        let breaks_s = breaks_s.to_vec();
        GeneralPatience { agents, arrivals_per_s, mean_service_s: 240.0, stays, breaks_s }.solve().unwrap()
    }

    fn close(name: &str, found: f64, exact: f64) {
        assert!((found - exact).abs() <= 1e-8 * exact.abs() + 1e-14, "{name}: {found}, not {exact}");
    }

    #[test]
    fn exponential_patience_is_erlang_a() {
        for agents in [1, 15, 1500] {
            for load in [0.5, 0.97, 1.3] {
                let found = queue(agents, load, |t| (-t / 300.0).exp(), &[]);
                let arrivals_per_s = f64::from(agents) * load / 240.0;
                let a = ErlangA { agents, arrivals_per_s, mean_service_s: 240.0, mean_patience_s: 300.0 };
                let exact = a.solve().unwrap();
                close("delayed", found.delayed(), exact.delayed());
                close("abandoned", found.abandoned(), exact.abandoned());
                close("mean wait", found.mean_wait_s(), exact.mean_wait_s());
                close("of the served", found.mean_wait_of_served_s(), exact.mean_wait_of_served_s());
                close("occupancy", found.occupancy(), exact.occupancy());
                close("served in 20 s", found.served_within(20.0), exact.served_within(20.0));
                close("longer than 20 s", found.waits_longer(20.0), exact.waits_longer(20.0));
            }
        }
    }

    /// One agent at load 1, everybody leaves after half a service: the density is flat up to there and e^-(x - 1/2) beyond, so that an
    /// idle agent weighs 1, a wait that is served 1/2, one that is given up 1.
    #[test]
    fn constant_patience_by_hand() {
        let found = queue(1, 1.0, |t| if t < 120.0 { 1.0 } else { 0.0 }, &[120.0]);
        close("answered at once", found.served_within(0.0), 0.4);
        close("abandoned", found.abandoned(), 0.4);
        close("mean wait", found.mean_wait_s(), 0.2 * 60.0 + 0.4 * 120.0);
        close("of the served", found.mean_wait_of_served_s(), 0.2 * 60.0 / 0.6);
        close("within 60 s", found.served_within(60.0), 0.5);
        close("longer than 60 s", found.waits_longer(60.0), 0.5);
        close("longer than patience", found.waits_longer(120.0), 0.0);
    }

    #[test]
    fn patience_without_end_is_erlang_c_or_an_overload() {
        let found = queue(15, 0.9, |_| 1.0, &[]);
        let exact = ErlangC { agents: 15, erlangs: 13.5 }.solve().unwrap();
        close("mean wait", found.mean_wait_s(), 240.0 * exact.mean_wait());
        close("within 20 s", found.served_within(20.0), exact.service_level(20.0 / 240.0));
        let half = |t: f64| 0.5 + 0.5 * (-t / 60.0).exp();
        assert!(queue(2, 1.5, half, &[]).abandoned() > 0.2);
        let stuck = GeneralPatience {
            agents: 2,
            arrivals_per_s: 5.0,
            mean_service_s: 1.0,
            stays: half,
            breaks_s: vec![],
        };
        assert!(matches!(stuck.solve(), Err(QueueingError::Overload { agents: 2, .. })));
    }

    /// Nobody waits: what is left is Erlang B.
    #[test]
    fn balking_by_all_is_a_loss_system() {
        let found = queue(3, 2.0 / 3.0, |_| 0.0, &[]);
        close("lost", found.abandoned(), 4.0 / 19.0);
        close("found all busy", found.delayed(), 4.0 / 19.0);
        close("nobody waits", found.mean_wait_s(), 0.0);
    }
}
