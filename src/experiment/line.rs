//! Finished replications that wait for their turn, and who hands them on.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Store;

/// Outcomes by number, before a store that takes them in order. One thread at a time is at the store; others leave what they
/// have and go.
pub(super) struct Line<S, Outcome> {
    state: Mutex<State<S, Outcome>>,
}

struct State<S, Outcome> {
    early: BTreeMap<u32, Outcome>,
    next: u32,
    /// Taken while a thread is at it, and for ever by one that ends badly.
    store: Option<S>,
}

impl<S, Outcome> Line<S, Outcome> {
    /// Nobody in it, the first being replication 0.
    pub(super) fn before(store: S) -> Self {
        Line { state: Mutex::new(State { early: BTreeMap::new(), next: 0, store: Some(store) }) }
    }

    /// Puts an outcome in its place.
    pub(super) fn enter(&self, number: u32, outcome: Outcome) {
        self.state().early.insert(number, outcome);
    }

    /// Hands on whatever is next in line, one after another, unless another thread is at it, who then does this as well. `tell` hears
    /// of each once the store may be asked again. After an error nobody hands on anything any more.
    pub(super) fn hand_on<E>(
        &self,
        mut hand: impl FnMut(&mut S, u32, Outcome) -> Result<(), E>,
        mut tell: impl FnMut(Result<(), E>),
    ) {
        let mut state = self.state();
        while let Some((mut store, number, outcome)) = state.turn() {
            drop(state);
            let handed = hand(&mut store, number, outcome);
            state = self.state();
            if handed.is_ok() {
                state.store = Some(store);
            }
            tell(handed);
        }
    }

    /// The lock is held for a few assignments, so a panic elsewhere leaves it right.
    fn state(&self) -> MutexGuard<'_, State<S, Outcome>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Store<Outcome>, Outcome> Line<&mut S, Outcome> {
    /// Asks the store; nobody else may be at it.
    pub(super) fn has_enough(&self) -> bool {
        self.state().store.as_ref().is_some_and(|store| store.is_enough())
    }
}

impl<S, Outcome> State<S, Outcome> {
    /// The store and the next in line, if both are there.
    fn turn(&mut self) -> Option<(S, u32, Outcome)> {
        self.store.as_ref()?;
        let number = self.next;
        let outcome = self.early.remove(&number)?;
        self.next += 1;
        self.store.take().map(|store| (store, number, outcome))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handed_on(line: &Line<Vec<u32>, u32>) -> Vec<Result<(), String>> {
        let mut told = Vec::new();
        let hand = |store: &mut Vec<u32>, number, outcome| {
            if number == 1 {
                // Two more come meanwhile; whoever brings them finds the store taken and goes.
                line.enter(2, 20);
                line.enter(4, 40);
                line.hand_on(|_, _, _| Ok::<(), String>(()), |_| unreachable!("another is at it"));
            }
            store.push(outcome);
            if number == 4 { Err("the disk is full".into()) } else { Ok(()) }
        };
        line.hand_on(hand, |kept| told.push(kept));
        told
    }

    #[test]
    fn who_is_at_the_store_hands_on_what_others_bring_meanwhile() {
        let line = Line::before(Vec::new());
        line.enter(1, 10);
        assert_eq!(handed_on(&line), []);
        line.enter(0, 0);
        assert_eq!(handed_on(&line), [Ok(()), Ok(()), Ok(())]);
        assert_eq!(line.state().store, Some(vec![0, 10, 20]));
    }

    #[test]
    fn after_an_error_nothing_is_handed_on() {
        let line = Line::before(Vec::new());
        (0..6).for_each(|number| line.enter(number, 10 * number));
        assert_eq!(handed_on(&line).last(), Some(&Err("the disk is full".into())));
        assert_eq!(handed_on(&line), []);
        assert_eq!(line.state().early.keys().collect::<Vec<_>>(), [&5]);
    }
}
