//! The progress bar of a run: on standard error, and only on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::analysis::SweepProgress;

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

/// How far a sweep is, and how long the rest takes if it goes as it went so far.
pub(super) struct SweepBar(ProgressBar);

impl SweepBar {
    /// A bar; hidden where nobody looks.
    pub(super) fn new(wanted: bool) -> SweepBar {
        let target = if wanted { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(1), target);
        let style = ProgressStyle::with_template("sweeping  {wide_bar}  {pos}/{len} replications, {msg}");
        SweepBar(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// What was kept by earlier runs says nothing of how fast this one is, so only what it simulated itself is counted.
    pub(super) fn reach(&self, progress: SweepProgress) {
        let SweepProgress { done, simulated, goal, open_ended } = progress;
        self.0.set_length(goal);
        self.0.set_position(done);
        let left =
            self.0.elapsed().as_secs_f64() / simulated.max(1) as f64 * goal.saturating_sub(done) as f64;
        let more = if open_ended { " or more" } else { "" };
        let text = if simulated == 0 { "beginning".into() } else { format!("{} left{more}", in_words(left)) };
        self.0.set_message(text);
    }
}

impl Drop for SweepBar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// `40 s`, `3 min`, `2 h 10 min`: no finer than it is known.
fn in_words(seconds: f64) -> String {
    match seconds.ceil() as u64 {
        short @ ..100 => format!("{short} s"),
        middle @ 100..6_000 => format!("{} min", middle.div_ceil(60)),
        long => format!("{} h {} min", long / 3_600, long % 3_600 / 60),
    }
}
