//! Ctrl-C on long work: what is under way is finished, nothing more begins.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Set once somebody asked to stop. A second time ends the program at once.
///
/// Without unsafe code there is no other way than a crate to hear of it. If it cannot be listened for, Ctrl-C kills, which loses units under way
/// and nothing else.
pub(super) fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    let _ = ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            end_now();
        }
        eprintln!("\nstopping: what is under way is finished; again to stop at once");
    });
    stop
}

#[expect(clippy::exit, reason = "whoever asks a second time does not want to wait for `main`")]
fn end_now() {
    std::process::exit(super::INTERRUPTED.into());
}
