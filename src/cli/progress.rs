//! The progress bar of a run: on standard error, and only on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How far a run is.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar for `replications`; hidden where nobody looks.
    pub(super) fn new(replications: u32, wanted: bool) -> Progress {
        // Standard error that is no terminal hides the bar by itself.
        let target = if wanted { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(replications.into()), target);
        let style =
            ProgressStyle::with_template("simulating  {wide_bar}  {pos}/{len} replications, {eta} left");
        // The template is ours and parses; a bar of another style would do too.
        Progress(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// `done` replications are finished, out of `of` as far as anybody knows.
    pub(super) fn reach(&self, done: u32, of: u32) {
        self.0.set_length(of.into());
        self.0.set_position(done.into());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
