//! The planner's calculator: what so many agents give, and the fewest agents for a goal.
//!
//! One question over the formulas of Erlang: their mathematics is theirs, asking the right one and searching is done here.

use super::erlang_a::ErlangA;
use super::erlang_b::ErlangB;
use super::erlang_c::ErlangC;
use super::error::{QueueingError, positive};

/// The largest number of agents that is looked at: up to there the formulas are tested.
pub const MOST_AGENTS: u32 = 100_000;

/// Which formula, with what it needs beside the load. Times in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Formula {
    /// [`ErlangB`]: who finds all agents busy is blocked.
    B,
    /// [`ErlangC`]: who finds all agents busy waits, for ever if need be.
    C {
        /// Mean service time.
        mean_service_s: f64,
        /// Answered within this is in time.
        threshold_s: f64,
    },
    /// [`ErlangA`]: who finds all agents busy waits as long as patience lasts.
    A {
        /// Mean service time.
        mean_service_s: f64,
        /// Mean patience time.
        mean_patience_s: f64,
        /// Answered within this is in time.
        threshold_s: f64,
    },
}

/// Work that waits for agents.
///
/// ```
/// use centralino::queueing::{Formula, Goal, Workload};
///
/// let formula = Formula::A { mean_service_s: 240.0, mean_patience_s: 300.0, threshold_s: 20.0 };
/// let calls = Workload { erlangs: 145.0, formula };
/// let with_150 = calls.performance(150)?;
/// assert!((with_150.service_level.unwrap_or(0.0) - 0.890499).abs() < 5e-7);
///
/// let goal = Goal { service_level: Some(0.8), ..Goal::default() };
/// assert_eq!(calls.fewest_agents(&goal)?, Some(146));
/// # Ok::<(), centralino::queueing::QueueingError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Workload {
    /// Offered load: arrivals per second times mean service in seconds.
    pub erlangs: f64,
    /// How those fare who find all agents busy.
    pub formula: Formula,
}

/// What a number of agents gives. Shares are of all offered contacts; what the formula does not know is absent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Performance {
    /// Agents.
    pub agents: u32,
    /// Share of their time spent serving.
    pub occupancy: f64,
    /// Share of contacts blocked; of Erlang B.
    pub blocked: Option<f64>,
    /// Share of contacts that give up; of Erlang A.
    pub abandoned: Option<f64>,
    /// Share of contacts answered in time: `answered_over_offered`.
    pub service_level: Option<f64>,
    /// Share of contacts that have to wait.
    pub delayed: Option<f64>,
    /// Mean wait in seconds of those who are answered, zero waits included.
    pub speed_of_answer_s: Option<f64>,
    /// Mean number waiting.
    pub mean_queue: Option<f64>,
}

/// What is wanted; of several, all. Each is easier with more agents, so that there is a fewest.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Goal {
    /// At least this share answered in time.
    pub service_level: Option<f64>,
    /// At most this share gives up.
    pub abandonment: Option<f64>,
    /// At most this share is blocked.
    pub blocking: Option<f64>,
    /// At most this share of the agents' time spent serving.
    pub occupancy: Option<f64>,
}

/// What comes of a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answer {
    /// What the agents give that were asked about.
    Given {
        /// Their performance.
        performance: Performance,
        /// Whether it meets the goal.
        met: bool,
        /// The fewest that meet it; `None` without a goal, or where no number up to [`MOST_AGENTS`] does.
        fewest: Option<u32>,
    },
    /// What the fewest agents give that meet the goal.
    Fewest(Performance),
    /// The agents that were asked about cannot do the work and nobody gives up: there is no steady state.
    Overload {
        /// The agents.
        agents: u32,
        /// The fewest with which the queue does not grow without end.
        least: u32,
    },
    /// No number of agents up to [`MOST_AGENTS`] meets the goal.
    Beyond,
}

impl Goal {
    /// Whether there is nothing to meet.
    pub fn is_empty(&self) -> bool {
        *self == Goal::default()
    }

    /// Whether all of it is met; what the formula does not know is not.
    pub fn is_met_by(&self, performance: &Performance) -> bool {
        let at_most = |wanted: Option<f64>, found: Option<f64>| {
            wanted.is_none_or(|most| found.is_some_and(|value| value <= most))
        };
        self.service_level.is_none_or(|least| performance.service_level.is_some_and(|share| share >= least))
            && at_most(self.abandonment, performance.abandoned)
            && at_most(self.blocking, performance.blocked)
            && at_most(self.occupancy, Some(performance.occupancy))
    }
}

impl Workload {
    /// What `agents` give.
    ///
    /// # Errors
    /// An input that is not positive; [`QueueingError::Overload`] of Erlang C.
    pub fn performance(&self, agents: u32) -> Result<Performance, QueueingError> {
        let erlangs = positive("erlangs", self.erlangs)?;
        match self.formula {
            Formula::B => blocking(ErlangB { agents, erlangs }),
            Formula::C { mean_service_s, threshold_s } => {
                waiting(ErlangC { agents, erlangs }, positive("mean_service_s", mean_service_s)?, threshold_s)
            }
            Formula::A { mean_service_s, mean_patience_s, threshold_s } => {
                let arrivals_per_s = erlangs / positive("mean_service_s", mean_service_s)?;
                abandoning(ErlangA { agents, arrivals_per_s, mean_service_s, mean_patience_s }, threshold_s)
            }
        }
    }

    /// The fewest agents with which there is a steady state: 1, or with Erlang C the first number above the load.
    pub fn least_stable(&self) -> u32 {
        match self.formula {
            // A load beyond the largest number is that number.
            Formula::C { .. } => (self.erlangs.max(0.0) as u32).saturating_add(1),
            Formula::A { .. } | Formula::B => 1,
        }
    }

    /// The fewest agents that meet `goal`; `None` where no number up to [`MOST_AGENTS`] does.
    ///
    /// # Errors
    /// As [`performance`](Self::performance), but for an overload.
    pub fn fewest_agents(&self, goal: &Goal) -> Result<Option<u32>, QueueingError> {
        let meets = |agents| self.performance(agents).map(|given| goal.is_met_by(&given));
        fewest(self.least_stable(), self.erlangs.ceil() as u32, meets)
    }

    /// What `agents` give and whether that meets `goal`, or without `agents` the fewest that do.
    ///
    /// # Errors
    /// As [`performance`](Self::performance), but for an overload, which is an answer.
    pub fn answer(&self, agents: Option<u32>, goal: &Goal) -> Result<Answer, QueueingError> {
        match agents.map(|agents| self.performance(agents)) {
            Some(Err(QueueingError::Overload { agents, .. })) => {
                Ok(Answer::Overload { agents, least: self.least_stable() })
            }
            Some(given) => {
                let performance = given?;
                let met = goal.is_met_by(&performance);
                let fewest = if goal.is_empty() { None } else { self.fewest_agents(goal)? };
                Ok(Answer::Given { performance, met, fewest })
            }
            None => match self.fewest_agents(goal)? {
                Some(agents) => self.performance(agents).map(Answer::Fewest),
                None => Ok(Answer::Beyond),
            },
        }
    }

    /// `agents` with a few less and a few more, in steps that grow with the root of their number, and always one less; those
    /// with a steady state only.
    ///
    /// # Errors
    /// As [`performance`](Self::performance), but for an overload.
    pub fn around(&self, agents: u32) -> Result<Vec<Performance>, QueueingError> {
        let step = round_number(f64::from(agents).sqrt() / 10.0);
        let steps = (-3..=3).map(|steps| i64::from(agents) + steps * i64::from(step));
        let mut numbers: Vec<u32> =
            steps.chain([i64::from(agents) - 1]).filter_map(|number| u32::try_from(number).ok()).collect();
        numbers.retain(|number| (self.least_stable()..=MOST_AGENTS).contains(number));
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| self.performance(number)).collect()
    }
}

fn blocking(model: ErlangB) -> Result<Performance, QueueingError> {
    Ok(Performance {
        agents: model.agents,
        occupancy: model.occupancy()?,
        blocked: Some(model.blocking()?),
        abandoned: None,
        service_level: None,
        delayed: None,
        speed_of_answer_s: None,
        mean_queue: None,
    })
}

fn waiting(model: ErlangC, mean_service_s: f64, threshold_s: f64) -> Result<Performance, QueueingError> {
    let queue = model.solve()?;
    Ok(Performance {
        agents: model.agents,
        occupancy: queue.occupancy(),
        blocked: None,
        abandoned: None,
        service_level: Some(queue.service_level(threshold_s / mean_service_s)),
        delayed: Some(queue.delayed()),
        speed_of_answer_s: Some(queue.mean_wait() * mean_service_s),
        mean_queue: Some(queue.mean_queue()),
    })
}

fn abandoning(model: ErlangA, threshold_s: f64) -> Result<Performance, QueueingError> {
    let queue = model.solve()?;
    Ok(Performance {
        agents: model.agents,
        occupancy: queue.occupancy(),
        blocked: None,
        abandoned: Some(queue.abandoned()),
        service_level: Some(queue.served_within(threshold_s)),
        delayed: Some(queue.delayed()),
        speed_of_answer_s: Some(queue.mean_wait_of_served_s()),
        mean_queue: Some(queue.mean_queue()),
    })
}

/// The smallest number from `least` to [`MOST_AGENTS`] that `meets`, where more agents never meet less: by bisection
/// between neighbours that were looked at, so that the answer meets and one less does not whatever rounding does.
fn fewest(
    least: u32,
    guess: u32,
    meets: impl Fn(u32) -> Result<bool, QueueingError>,
) -> Result<Option<u32>, QueueingError> {
    if least > MOST_AGENTS {
        return Ok(None);
    }
    let start = guess.clamp(least, MOST_AGENTS);
    let bracket = if meets(start)? { downwards(least, start, &meets)? } else { upwards(start, &meets)? };
    let Some((mut fails, mut holds)) = bracket else { return Ok(None) };
    while holds - fails > 1 {
        let middle = fails + (holds - fails) / 2;
        if meets(middle)? { holds = middle } else { fails = middle }
    }
    Ok(Some(holds))
}

/// From a number that meets to one that does not, in steps that double; just below `least` nothing meets.
fn downwards(
    least: u32,
    from: u32,
    meets: &impl Fn(u32) -> Result<bool, QueueingError>,
) -> Result<Option<(u32, u32)>, QueueingError> {
    let (mut holds, mut step) = (from, 1);
    while holds > least {
        let next = holds.saturating_sub(step).max(least);
        if !meets(next)? {
            return Ok(Some((next, holds)));
        }
        (holds, step) = (next, 2 * step);
    }
    Ok(Some((least - 1, least)))
}

/// From a number that does not meet to one that does, in steps that double.
fn upwards(
    from: u32,
    meets: &impl Fn(u32) -> Result<bool, QueueingError>,
) -> Result<Option<(u32, u32)>, QueueingError> {
    let (mut fails, mut step) = (from, 1);
    while fails < MOST_AGENTS {
        let next = (fails + step).min(MOST_AGENTS);
        if meets(next)? {
            return Ok(Some((fails, next)));
        }
        (fails, step) = (next, 2 * step);
    }
    Ok(None)
}

/// The largest of 1, 2, 5, 10, 20 ... that is at most `value`; at least 1.
fn round_number(value: f64) -> u32 {
    let steps = [1, 2, 5, 10, 20, 50];
    steps.into_iter().rev().find(|&step| f64::from(step) <= value).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn b(erlangs: f64) -> Workload {
        Workload { erlangs, formula: Formula::B }
    }

    fn c(erlangs: f64) -> Workload {
        Workload { erlangs, formula: Formula::C { mean_service_s: 240.0, threshold_s: 20.0 } }
    }

    fn a(erlangs: f64) -> Workload {
        let formula = Formula::A { mean_service_s: 240.0, mean_patience_s: 300.0, threshold_s: 20.0 };
        Workload { erlangs, formula }
    }

    fn level(share: f64) -> Goal {
        Goal { service_level: Some(share), ..Goal::default() }
    }

    /// B(10, 5) is in any printed table as 0.018385, and B(11, 5) = 5 B / (11 + 5 B) = 0.008288.
    #[test]
    fn erlang_b_both_ways_by_a_printed_table() {
        let ten = b(5.0).performance(10).unwrap();
        assert!((ten.blocked.unwrap() - 0.018385).abs() < 5e-7);
        assert!((ten.occupancy - 0.5 * (1.0 - 0.018385)).abs() < 5e-7);
        let at_most = |share| Goal { blocking: Some(share), ..Goal::default() };
        assert_eq!(b(5.0).fewest_agents(&at_most(0.018386)), Ok(Some(10)));
        assert_eq!(b(5.0).fewest_agents(&at_most(0.018384)), Ok(Some(11)));
        assert_eq!(b(5.0).fewest_agents(&at_most(0.0083)), Ok(Some(11)));
    }

    /// C(3, 2) = 4/9, so that 5/9 are answered at once by 3 agents; 2 agents never catch up.
    #[test]
    fn erlang_c_both_ways_by_hand() {
        let calls = Workload { erlangs: 2.0, formula: Formula::C { mean_service_s: 60.0, threshold_s: 0.0 } };
        let three = calls.performance(3).unwrap();
        assert!((three.service_level.unwrap() - 5.0 / 9.0).abs() < 1e-15);
        assert!((three.speed_of_answer_s.unwrap() - 60.0 * 4.0 / 9.0).abs() < 1e-12);
        assert_eq!(calls.fewest_agents(&level(0.555)), Ok(Some(3)));
        assert_eq!(calls.fewest_agents(&level(0.556)), Ok(Some(4)));
        assert_eq!(calls.answer(Some(2), &level(0.5)), Ok(Answer::Overload { agents: 2, least: 3 }));
    }

    #[test]
    fn w1_as_the_design_states_it() {
        let w1 = a(145.0).performance(150).unwrap();
        let close = |found: Option<f64>, exact: f64| assert!((found.unwrap() - exact).abs() < 1e-6);
        close(w1.service_level, 0.890499);
        close(w1.abandoned, 0.017404);
        close(Some(w1.occupancy), 0.949843);
        assert_eq!(a(145.0).fewest_agents(&level(0.8904)), Ok(Some(150)));
        assert_eq!(a(145.0).fewest_agents(&level(0.8906)), Ok(Some(151)));
        assert!(matches!(a(145.0).answer(Some(150), &level(0.9)), Ok(Answer::Given { met: false, .. })));
    }

    /// 10 erlangs of patient callers at 80 % occupancy at most are 12.5, so 13 agents, whatever the service level asks less.
    #[test]
    fn all_of_a_goal_must_be_met() {
        let both = Goal { occupancy: Some(0.8), ..level(0.5) };
        assert_eq!(c(10.0).fewest_agents(&both), Ok(Some(13)));
        assert_eq!(
            c(10.0).fewest_agents(&Goal { abandonment: Some(0.1), ..both }),
            Ok(None),
            "nobody gives up there"
        );
    }

    #[test]
    fn the_least_stable_number_is_above_the_load() {
        assert_eq!([145.0, 145.5, 0.3].map(|erlangs| c(erlangs).least_stable()), [146, 146, 1]);
        assert_eq!((a(145.0).least_stable(), b(145.0).least_stable()), (1, 1));
        assert_eq!(c(1e30).fewest_agents(&level(0.1)), Ok(None));
        assert!(c(f64::NAN).performance(3).is_err());
    }

    #[test]
    fn from_one_agent_to_a_hundred_thousand() {
        for workload in [b(0.001), c(0.001), a(0.001)] {
            let goal = match workload.formula {
                Formula::B => Goal { blocking: Some(0.01), ..Goal::default() },
                _ => level(0.99),
            };
            assert_eq!(workload.fewest_agents(&goal), Ok(Some(1)));
        }
        for workload in [c(99_500.0), a(99_800.0)] {
            let found = workload.fewest_agents(&level(0.8)).unwrap().unwrap();
            assert!((93_000..100_000).contains(&found), "{found} for {workload:?}");
            let [enough, less] = [found, found - 1]
                .map(|agents| workload.performance(agents).is_ok_and(|given| level(0.8).is_met_by(&given)));
            assert!(enough && !less, "{found} for {workload:?}");
        }
        assert_eq!(c(100_000.0).fewest_agents(&level(0.8)), Ok(None));
        let rows = c(99_000.0).around(100_000).unwrap();
        assert_eq!(
            rows.iter().map(|row| row.agents).collect::<Vec<_>>(),
            [99_940, 99_960, 99_980, 99_999, 100_000]
        );
        assert!(rows.iter().all(|row| row.service_level.is_some_and(|share| (0.0..=1.0).contains(&share))));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn the_fewest_meet_the_goal_and_one_less_does_not(
            erlangs in 0.01..600.0_f64, share in 0.01..0.999_f64, kind in 0..5_u8,
        ) {
            let empty = Goal::default();
            let (workload, goal) = match kind {
                0 => (b(erlangs), Goal { blocking: Some(share), ..empty }),
                1 => (c(erlangs), level(share)),
                2 => (a(erlangs), level(share)),
                3 => (a(erlangs), Goal { abandonment: Some(share), ..empty }),
                _ => (c(erlangs), Goal { occupancy: Some(share), ..level(0.5) }),
            };
            let found = workload.fewest_agents(&goal).unwrap().unwrap();
            let meets = |agents| workload.performance(agents).is_ok_and(|given| goal.is_met_by(&given));
            prop_assert!(meets(found));
            prop_assert!(found == workload.least_stable() || !meets(found - 1));
        }
    }
}
