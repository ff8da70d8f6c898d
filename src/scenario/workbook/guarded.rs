//! A damaged workbook may make the crate that reads it panic: what a file causes is told like anything else wrong with it.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::WorkbookError;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What `read` gives; if it panics, that the workbook is broken, without the words that a panic prints.
///
/// # Errors
/// Those of `read`, and its panics.
pub fn guarded<T>(read: impl FnOnce() -> Result<T, WorkbookError>) -> Result<T, WorkbookError> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                print(info);
            }
        }));
    });
    GUARDED.set(true);
    // What `read` has taken apart is gone with it: nothing half done is seen afterwards.
    let result = panic::catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(false);
    result.unwrap_or_else(|_| Err(WorkbookError::Broken("its parts make no sense together".into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_broken_workbook() {
        assert_eq!(guarded(|| Ok(1)), Ok(1));
        let none: Vec<u32> = Vec::new();
        let said = guarded(|| Ok(none[usize::from(none.is_empty())]));
        assert!(matches!(said, Err(WorkbookError::Broken(_))), "{said:?}");
        assert_eq!(guarded(|| Ok(2)), Ok(2));
    }
}
