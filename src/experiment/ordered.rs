//! The pool of threads, and the order in which finished replications are handed on.
//!
//! The threads do all the work: whichever has finished a replication also hands on what is next in line, unless another is at it.
//! At most two replications a thread are under way or waiting for their turn, so memory does not grow with their number,
//! and a slow one holds up nobody until that many are ahead of it. Whether one more may begin is the [`Gate`]'s business; after
//! how many the store is asked whether there are enough is `plan`'s.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

use super::gate::Gate;
use super::line::Line;
use super::plan::{Plan, StopReason, Stopped};

/// Does one replication.
pub trait Runner: Sync {
    /// What a thread keeps from one replication to the next: memory, never results.
    type Worker: Send;
    /// What a replication leaves behind.
    type Outcome: Send;

    /// A worker for one more thread.
    fn worker(&self) -> Self::Worker;

    /// Does replication `replication`, counted from 0. Its outcome depends on nothing but that number.
    fn run(&self, worker: &mut Self::Worker, replication: u32) -> Self::Outcome;
}

/// Receives replications in the order of their numbers.
pub trait Store<Outcome> {
    /// Why one could not be kept.
    type Error;

    /// Keeps replication `replication`: 0, then 1, and so on.
    ///
    /// # Errors
    /// Whatever keeps it from being kept; the run then stops.
    fn add(&mut self, replication: u32, outcome: Outcome) -> Result<(), Self::Error>;

    /// Whether what it has is as precise as it is to be; asked at the plan's checkpoints. It may depend on nothing but what
    /// it was given.
    fn is_enough(&self) -> bool {
        false
    }
}

/// The threads could not be started.
#[derive(Debug, thiserror::Error)]
#[error("cannot start {threads} threads: {why}; try fewer with --threads")]
pub struct PoolError {
    threads: usize,
    why: String,
}

/// Why a run stopped before its end.
#[derive(Debug, thiserror::Error)]
pub enum RunError<E> {
    /// No threads.
    #[error(transparent)]
    Pool(#[from] PoolError),
    /// A replication could not be kept.
    #[error("{0}")]
    Store(E),
}

/// Runs replications 0, 1, ... as far as the plan goes and hands each to `store` in that order, on whichever thread comes by. `progress` is told
/// (how many are kept, how many there will be before anybody asks whether they are enough), from the caller's thread.
///
/// No replication begins that might turn out to be one too many: beyond a checkpoint none does before the store has
/// been asked. So whoever listens to replications hears exactly those that are kept.
///
/// # Errors
/// Threads that do not start, and what the store says.
pub fn run<R: Runner, S>(
    plan: Plan,
    runner: &R,
    store: &mut S,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<Stopped, RunError<S::Error>>
where
    S: Store<R::Outcome> + Send,
    S::Error: Send,
{
    let pool = pool(plan.threads)?;
    let most_ahead = u32::try_from(2 * pool.current_num_threads()).unwrap_or(u32::MAX);
    let (sender, receiver) = channel();
    let work = Work {
        runner,
        workers: Mutex::new(Vec::new()),
        gate: Gate::open_for(plan.time_limit),
        line: Line::before(store),
    };
    pool.in_place_scope(|scope| {
        let start = || {
            let (work, sender) = (&work, sender.clone());
            scope.spawn(move |_| work.once(&sender));
        };
        let mut end = u32::MAX;
        let (mut kept, mut started) = (0, 0);
        while kept < plan.replications.min(end) {
            let goal = plan.goal_after(kept);
            while started < goal.min(kept.saturating_add(most_ahead)) {
                start();
                started += 1;
            }
            match next(&receiver) {
                Message::Closed(begun) => end = begun,
                Message::Panicked(panic) => resume_unwind(panic),
                Message::Kept(told) => {
                    told.map_err(RunError::Store)?;
                    kept += 1;
                    progress(kept, goal);
                    if plan.asks_after(kept) && work.line.has_enough() {
                        return Ok(Stopped { replications: kept, by: StopReason::Precision });
                    }
                }
            }
        }
        let by = if kept < plan.replications { StopReason::Time } else { StopReason::Count };
        Ok(Stopped { replications: kept, by })
    })
}

fn pool(threads: usize) -> Result<rayon::ThreadPool, PoolError> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| PoolError { threads, why: error.to_string() })
}

fn next<E>(receiver: &Receiver<Message<E>>) -> Message<E> {
    match receiver.recv() {
        Ok(message) => message,
        Err(_) => unreachable!("`run` keeps a sender as long as it waits"),
    }
}

/// What a thread tells.
enum Message<E> {
    /// The next replication in line was handed on, or refused.
    Kept(Result<(), E>),
    /// One panicked, or the store did.
    Panicked(Box<dyn std::any::Any + Send>),
    /// No more will begin: there are so many.
    Closed(u32),
}

/// What threads share.
struct Work<'a, R: Runner, S> {
    runner: &'a R,
    /// Those that no thread uses now.
    workers: Mutex<Vec<R::Worker>>,
    gate: Gate,
    line: Line<&'a mut S, R::Outcome>,
}

impl<R: Runner, S: Store<R::Outcome>> Work<'_, R, S> {
    /// Does the next replication, if one may still begin, and hands on what is next in line.
    fn once(&self, sender: &Sender<Message<S::Error>>) {
        // Nobody listens once the store has refused a replication.
        let tell = |message| drop(sender.send(message));
        let done = match self.gate.next() {
            Err(begun) => return tell(Message::Closed(begun)),
            Ok(replication) => catch_unwind(AssertUnwindSafe(|| {
                self.line.enter(replication, self.outcome(replication));
                self.line.hand_on(
                    |store, number, outcome| store.add(number, outcome),
                    |kept| tell(Message::Kept(kept)),
                );
            })),
        };
        if let Err(panic) = done {
            tell(Message::Panicked(panic));
        }
    }

    /// With a worker that is free, or a new one.
    fn outcome(&self, replication: u32) -> R::Outcome {
        // The lock is held for a push or a pop, neither of which leaves a half-changed list.
        let free = || self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = free().pop();
        let mut worker = idle.unwrap_or_else(|| self.runner.worker());
        let outcome = self.runner.run(&mut worker, replication);
        free().push(worker);
        outcome
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    /// Leaves its number's square behind, later numbers sooner; counts workers and what lies between start and store.
    #[derive(Default)]
    struct Squares {
        workers: AtomicUsize,
        started: AtomicUsize,
    }

    impl Runner for Squares {
        type Worker = ();
        type Outcome = u32;

        fn worker(&self) {
            self.workers.fetch_add(1, Ordering::SeqCst);
        }

        fn run(&self, (): &mut (), replication: u32) -> u32 {
            self.started.fetch_add(1, Ordering::SeqCst);
            if replication == 0 {
                // The first comes last of those that may be ahead of it.
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            replication * replication
        }
    }

    struct Kept<'a> {
        runner: &'a Squares,
        values: Vec<u32>,
        most_ahead: usize,
        refuses: u32,
    }

    impl Store<u32> for Kept<'_> {
        type Error = String;

        fn add(&mut self, replication: u32, outcome: u32) -> Result<(), String> {
            if replication == self.refuses {
                return Err("the disk is full".into());
            }
            assert_eq!(self.values.len() as u32, replication, "in order");
            let started = self.runner.started.load(Ordering::SeqCst);
            self.most_ahead = self.most_ahead.max(started - self.values.len());
            self.values.push(outcome);
            Ok(())
        }
    }

    fn kept(runner: &Squares) -> Kept<'_> {
        Kept { runner, values: Vec::new(), most_ahead: 0, refuses: u32::MAX }
    }

    #[test]
    fn the_store_sees_the_order_of_numbers_whatever_the_threads() {
        for threads in [1, 2, 8] {
            let runner = Squares::default();
            let mut store = kept(&runner);
            let mut told = Vec::new();
            let stopped =
                run(Plan::of(40, threads), &runner, &mut store, &mut |done, of| told.push((done, of)))
                    .unwrap();
            assert_eq!(store.values, (0..40).map(|n| n * n).collect::<Vec<_>>());
            assert_eq!(stopped, Stopped { replications: 40, by: StopReason::Count });
            assert_eq!(told, (1..=40).map(|done| (done, 40)).collect::<Vec<_>>());
            assert!(store.most_ahead <= 2 * threads, "{} ahead of {threads} threads", store.most_ahead);
            assert!(runner.workers.load(Ordering::SeqCst) <= threads);
        }
    }

    #[test]
    fn a_store_that_refuses_stops_the_run() {
        let runner = Squares::default();
        let mut store = Kept { refuses: 3, ..kept(&runner) };
        let stopped = run(Plan::of(1000, 2), &runner, &mut store, &mut |_, _| {});
        assert_eq!(stopped.unwrap_err().to_string(), "the disk is full");
        assert_eq!(store.values, [0, 1, 4]);
        assert!(runner.started.load(Ordering::SeqCst) <= 3 + 4);
    }

    /// Says after how many replications it was asked, and how many had begun by then; has enough from `enough` on.
    struct Asked<'a> {
        runner: &'a Squares,
        kept: u32,
        enough: u32,
        asked: std::cell::RefCell<Vec<(u32, usize)>>,
    }

    impl Store<u32> for Asked<'_> {
        type Error = String;

        fn add(&mut self, _: u32, _: u32) -> Result<(), String> {
            self.kept += 1;
            Ok(())
        }

        fn is_enough(&self) -> bool {
            self.asked.borrow_mut().push((self.kept, self.runner.started.load(Ordering::SeqCst)));
            self.kept >= self.enough
        }
    }

    fn stopped(plan: Plan, enough: u32) -> (Stopped, Vec<(u32, usize)>) {
        let runner = Squares::default();
        let mut store = Asked { runner: &runner, kept: 0, enough, asked: Default::default() };
        let stopped = run(plan, &runner, &mut store, &mut |_, _| {}).unwrap();
        assert_eq!(
            (store.kept as usize, stopped.replications),
            (runner.started.load(Ordering::SeqCst), store.kept)
        );
        let asked = store.asked.borrow().clone();
        (stopped, asked)
    }

    /// Asked at 10, 20, 40 and at the last; none has begun that is not kept.
    #[test]
    fn the_store_is_asked_at_fixed_counts_whatever_the_threads() {
        for threads in [1, 2, 8] {
            let plan = Plan { checkpoints: true, ..Plan::of(50, threads) };
            let (by_precision, asked) = stopped(plan, 33);
            assert_eq!(by_precision, Stopped { replications: 40, by: StopReason::Precision });
            assert_eq!(asked, [(10, 10), (20, 20), (40, 40)]);
            let (by_count, asked) = stopped(plan, 51);
            assert_eq!(by_count, Stopped { replications: 50, by: StopReason::Count });
            assert_eq!(asked, [(10, 10), (20, 20), (40, 40), (50, 50)]);
        }
    }

    /// No time at all is time for one.
    #[test]
    fn when_time_is_up_what_has_begun_is_kept_and_nothing_else_begins() {
        for threads in [1, 2, 8] {
            let plan =
                |ms| Plan { time_limit: Some(Duration::from_millis(ms)), ..Plan::of(1_000_000, threads) };
            let (at_once, _) = stopped(plan(0), 0);
            assert_eq!(at_once, Stopped { replications: 1, by: StopReason::Time });
            let (later, _) = stopped(plan(40), 0);
            assert!((1..1_000_000).contains(&later.replications) && later.by == StopReason::Time);
        }
    }

    struct Faulty;

    impl Runner for Faulty {
        type Worker = ();
        type Outcome = u32;

        fn worker(&self) {}

        fn run(&self, (): &mut (), replication: u32) -> u32 {
            assert_ne!(replication, 5, "an invariant is broken");
            replication
        }
    }

    impl Store<u32> for Vec<u32> {
        type Error = ();

        fn add(&mut self, _: u32, outcome: u32) -> Result<(), ()> {
            self.push(outcome);
            Ok(())
        }
    }

    #[test]
    #[should_panic(expected = "an invariant is broken")]
    fn a_replication_that_panics_does_not_hang_the_run() {
        let _ = run(Plan::of(20, 2), &Faulty, &mut Vec::new(), &mut |_, _| {});
    }

    #[test]
    fn no_replications_are_no_work() {
        let mut store = Vec::new();
        run(Plan::of(0, 2), &Faulty, &mut store, &mut |_, _| {}).unwrap();
        assert!(store.is_empty());
    }
}
