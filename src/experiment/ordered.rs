//! The pool of threads, and the order in which finished replications are handed on.
//!
//! At most two replications a thread are under way or waiting for their turn, so memory does not grow with their number,
//! and a slow one holds up nobody until that many are ahead of it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

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
}

/// How many replications on how many threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Replications 0 to this less 1.
    pub replications: u32,
    /// Threads that simulate; 0 for one a core.
    pub threads: usize,
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

/// Runs replications 0 to `plan.replications` - 1 and hands each to `store` in that order. `progress` is told (how many are
/// kept, how many there will be), from the caller's thread.
///
/// # Errors
/// Threads that do not start, and what the store says.
pub fn run<R: Runner, S: Store<R::Outcome>>(
    plan: Plan,
    runner: &R,
    store: &mut S,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<(), RunError<S::Error>> {
    let pool = pool(plan.threads)?;
    let most_ahead = u32::try_from(2 * pool.current_num_threads()).unwrap_or(u32::MAX);
    let workers = Mutex::new(Vec::new());
    let (sender, receiver) = channel();
    pool.in_place_scope(|scope| {
        let start = |replication: u32| {
            let (workers, sender) = (&workers, sender.clone());
            scope.spawn(move |_| work(runner, workers, replication, &sender));
        };
        (0..plan.replications.min(most_ahead)).for_each(start);
        let mut line = Line { receiver, early: BTreeMap::new() };
        for next in 0..plan.replications {
            store.add(next, line.wait_for(next)).map_err(RunError::Store)?;
            progress(next + 1, plan.replications);
            if let Some(ahead) = next.checked_add(most_ahead).filter(|&ahead| ahead < plan.replications) {
                start(ahead);
            }
        }
        Ok(())
    })
}

fn pool(threads: usize) -> Result<rayon::ThreadPool, PoolError> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| PoolError { threads, why: error.to_string() })
}

/// A replication's number, and its outcome or the panic that took its place.
type Message<Outcome> = (u32, thread::Result<Outcome>);

/// Does one replication with a worker that is free, or a new one, and tells of it.
fn work<R: Runner>(
    runner: &R,
    workers: &Mutex<Vec<R::Worker>>,
    replication: u32,
    sender: &Sender<Message<R::Outcome>>,
) {
    // The lock is held for a push or a pop, neither of which leaves a half-changed list.
    let free = || workers.lock().unwrap_or_else(PoisonError::into_inner);
    let done = catch_unwind(AssertUnwindSafe(|| {
        let idle = free().pop();
        let mut worker = idle.unwrap_or_else(|| runner.worker());
        let outcome = runner.run(&mut worker, replication);
        free().push(worker);
        outcome
    }));
    // Nobody listens once the store has refused a replication.
    let _ = sender.send((replication, done));
}

/// Replications that came before their turn.
struct Line<Outcome> {
    receiver: Receiver<Message<Outcome>>,
    early: BTreeMap<u32, Outcome>,
}

impl<Outcome> Line<Outcome> {
    /// Waits until the outcome of `replication` is there.
    fn wait_for(&mut self, replication: u32) -> Outcome {
        loop {
            if let Some(outcome) = self.early.remove(&replication) {
                return outcome;
            }
            match self.receiver.recv() {
                Ok((number, Ok(outcome))) => drop(self.early.insert(number, outcome)),
                Ok((_, Err(panic))) => resume_unwind(panic),
                Err(_) => unreachable!("`run` keeps a sender as long as it waits"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

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
                thread::sleep(std::time::Duration::from_millis(20));
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
            run(Plan { replications: 40, threads }, &runner, &mut store, &mut |done, of| {
                told.push((done, of))
            })
            .unwrap();
            assert_eq!(store.values, (0..40).map(|n| n * n).collect::<Vec<_>>());
            assert_eq!(told, (1..=40).map(|done| (done, 40)).collect::<Vec<_>>());
            assert!(store.most_ahead <= 2 * threads, "{} ahead of {threads} threads", store.most_ahead);
            assert!(runner.workers.load(Ordering::SeqCst) <= threads);
        }
    }

    #[test]
    fn a_store_that_refuses_stops_the_run() {
        let runner = Squares::default();
        let mut store = Kept { refuses: 3, ..kept(&runner) };
        let stopped = run(Plan { replications: 1000, threads: 2 }, &runner, &mut store, &mut |_, _| {});
        assert_eq!(stopped.unwrap_err().to_string(), "the disk is full");
        assert_eq!(store.values, [0, 1, 4]);
        assert!(runner.started.load(Ordering::SeqCst) <= 3 + 4);
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
        let _ = run(Plan { replications: 20, threads: 2 }, &Faulty, &mut Vec::new(), &mut |_, _| {});
    }

    #[test]
    fn no_replications_are_no_work() {
        let mut store = Vec::new();
        run(Plan { replications: 0, threads: 2 }, &Faulty, &mut store, &mut |_, _| {}).unwrap();
        assert!(store.is_empty());
    }
}
