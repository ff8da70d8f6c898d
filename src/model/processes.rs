//! Who needs something when: arrival processes, known events and busyness.

use super::{Certain, ContactTypeId, Listed, NumberId, ProcessId};

/// An arrival process: expected first attempts by cell.
#[derive(Clone, Debug)]
pub struct Process {
    /// Its name.
    pub name: String,
    /// What its random numbers are keyed by: the hash of its `key`, or of its name.
    pub key: u64,
    /// What its contacts want.
    pub contact_type: ContactTypeId,
    /// What they dial.
    pub number: NumberId,
    /// Expected first attempts by cell at busyness 1, one value a cell of the run.
    pub mean: Vec<f64>,
    /// Cells within which the rate changes: sorted by cell; all others are even.
    pub uneven: Vec<UnevenCell>,
    /// What multiplies the mean, if anything.
    pub busyness: Option<usize>,
    /// Needs that are there for certain, in place of a Poisson number by cell; `mean` is then what comes of them.
    pub certain: Option<Certain>,
    /// Whose citizens they are.
    pub citizens: Citizens,
}

/// Whose citizens a process brings.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Citizens {
    /// Its own.
    #[default]
    Own,
    /// Its own, some of whom are of another contact type.
    Split(Box<Split>),
    /// Those that another process splits off; `mean` is then its part.
    Anothers,
}

/// How a process shares its citizens out.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Expected first attempts by cell of all parts together, from which their number is drawn; `mean` of the process is what is left to
    /// itself.
    pub drawn: Vec<f64>,
    /// Cumulative shares of the parts; the last is the rest, the process's own.
    pub cumulative: Vec<f64>,
    /// What the citizens of each part want, and what they dial.
    pub parts: Vec<(ContactTypeId, NumberId)>,
}

impl Process {
    /// Expected first attempts of a cell whose citizens the process draws.
    #[inline]
    pub fn drawn_mean(&self, cell: usize) -> f64 {
        match &self.citizens {
            Citizens::Own => self.mean[cell],
            Citizens::Split(split) => split.drawn[cell],
            Citizens::Anothers => 0.0,
        }
    }

    /// Its needs, if they are known one by one.
    pub fn listed(&self) -> Option<&Listed> {
        match &self.certain {
            Some(Certain::Listed(listed) | Certain::Waiting(listed)) => Some(listed),
            _ => None,
        }
    }

    /// Whether its contacts wait already when the run begins.
    pub fn waits_at_start(&self) -> bool {
        matches!(self.certain, Some(Certain::Waiting(_)))
    }
}

/// A cell within which the rate changes.
#[derive(Clone, Debug, PartialEq)]
pub struct UnevenCell {
    /// The cell, counted from the run's first.
    pub cell: u32,
    /// Pieces in order of time: (end of the piece as an offset into the cell in microseconds, cumulative share of
    /// the cell's mean at that end). The first piece starts at `first_offset_us`; the last share is 1.
    pub pieces: Vec<(u64, f64)>,
    /// Where the first piece starts.
    pub first_offset_us: u64,
}

impl UnevenCell {
    /// Where in the cell the need with this uniform begins: the inverse of the cumulative rate.
    pub fn offset(&self, uniform: f64) -> u64 {
        let (mut from, mut share_from) = (self.first_offset_us, 0.0);
        for &(until, share) in &self.pieces {
            if uniform < share {
                let into = (uniform - share_from) / (share - share_from);
                return from + (into * (until - from) as f64) as u64;
            }
            (from, share_from) = (until, share);
        }
        from.saturating_sub(1)
    }
}

/// What known events make of something, talk and hold or the probability to try again, of the needs that begin on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct EventFactors {
    /// The day ([`CellDate::day`]) of the run's first cell.
    pub first_day: u32,
    /// By process: one factor a day of the run; empty where all are 1.
    pub by_process: Vec<Vec<f64>>,
}

impl EventFactors {
    /// The factor for needs of a process that begin on a day.
    #[inline]
    pub fn times(&self, process: ProcessId, day: u32) -> f64 {
        let by_day = &self.by_process[process.index()];
        by_day.get(day.wrapping_sub(self.first_day) as usize).copied().unwrap_or(1.0)
    }
}

/// A busyness factor: independent levels that multiply.
#[derive(Clone, Debug, PartialEq)]
pub struct BusynessFactor {
    /// Its name.
    pub name: String,
    /// Hash of the name.
    pub key: u64,
    /// Correlation of each process's normal score with the common one.
    pub shared: f64,
    /// The levels in use.
    pub levels: Vec<BusynessLevel>,
}

/// One level of a busyness factor.
#[derive(Clone, Debug, PartialEq)]
pub struct BusynessLevel {
    /// Which.
    pub span: BusynessSpan,
    /// Standard deviation of the factor; its mean is 1.
    pub cv: f64,
    /// Weights of the normal scores of this index, the one before, ...: rho^k, cut below 1e-6, scaled to squares that sum 1.
    pub weights: Vec<f64>,
}

impl BusynessLevel {
    /// Sets the levels' addresses apart.
    pub fn tag(&self) -> u64 {
        self.span as u64
    }
}

/// The span that has one factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BusynessSpan {
    /// A calendar year.
    Year,
    /// A calendar month.
    Month,
    /// A local day.
    Day,
    /// An absolute quarter-hour.
    Period,
}
