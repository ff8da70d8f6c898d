//! A report as a document: what is said, not yet how it looks.
//!
//! One document serves every form of output: here are its parts, `terminal`, `html`, `workbook` and `plots` lay them out.

use super::chart::Chart;
use crate::measures::Unit;

/// A report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What it is about.
    pub title: String,
    /// Under what circumstances, in a line.
    pub subtitle: String,
    /// What is said, from the most important.
    pub sections: Vec<Section>,
    /// What to be careful with.
    pub warnings: Vec<String>,
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Section {
    /// What follows belongs together, under this heading.
    Chapter(Chapter),
    /// Sentences, one a paragraph.
    Prose(Vec<String>),
    /// A picture of numbers.
    Chart(Chart),
    /// Numbers that stay numbers, by row and column.
    Grid(Grid),
    /// What was promised and what became of it.
    Promises(Vec<Promise>),
    /// Numbers that stand for the whole.
    Figures(Vec<Figure>),
    /// Numbers by row and column.
    Table(Table),
    /// Labelled lines of text.
    Notes(Vec<Note>),
}

/// The heading of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// A short name, the same in every language: for links and names of files and sheets.
    pub id: &'static str,
    /// The heading.
    pub title: String,
}

/// A table whose cells keep their numbers, so that they can be sorted, computed with and written in any language.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// A short name, the same in every language.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// The headings; the first column names the rows.
    pub columns: Vec<String>,
    /// As many cells as columns.
    pub rows: Vec<Vec<Datum>>,
    /// What is said below it.
    pub foot: Option<String>,
}

/// A cell of a [`Grid`].
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// A name or a text.
    Text(String),
    /// A number; `None`: no data.
    Value {
        /// What the number is.
        unit: Unit,
        /// The number.
        value: Option<f64>,
        /// Half of its 95 % interval.
        half_width: Option<f64>,
    },
    /// A verdict, with its word.
    Mark(Mark, String),
}

/// How a verdict is to be seen; every mark has a sign of its own beside its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Kept, better.
    Good,
    /// Missed, worse.
    Bad,
    /// Cannot be told.
    Open,
    /// Neither good nor bad.
    Neutral,
}

/// A target and its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The target's name.
    pub name: String,
    /// What was promised, by which formula.
    pub promised: String,
    /// The value with its half-width.
    pub value: String,
    /// Whether it was kept; `None` where nothing was promised.
    pub verdict: Option<Verdict>,
    /// How often it was kept.
    pub kept: Option<String>,
    /// What would settle it, where it is undecided.
    pub hint: Option<String>,
}

/// Whether a promise was kept, as far as the interval says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The whole interval is at or above what was promised.
    Met,
    /// The whole interval is below.
    NotMet,
    /// The interval holds what was promised, or there is none.
    Undecided,
}

/// A number with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its name.
    pub name: String,
    /// The number with its half-width.
    pub value: String,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The heading of the first column, whose cells are names; the other columns are numbers.
    pub heading: String,
    /// The headings of the columns.
    pub columns: Vec<String>,
    /// A name and a cell for each column.
    pub rows: Vec<(String, Vec<String>)>,
    /// What is said below it.
    pub foot: Option<String>,
}

/// A line of text with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub label: String,
    /// The text.
    pub text: String,
}

impl Verdict {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::NotMet => "not met",
            Verdict::Undecided => "undecided",
        }
    }

    /// Of a promise, by the interval of the value.
    pub fn of(promised: f64, interval: Option<&crate::stats::Interval>) -> Verdict {
        match interval {
            Some(known) if known.low >= promised => Verdict::Met,
            Some(known) if known.high < promised => Verdict::NotMet,
            _ => Verdict::Undecided,
        }
    }
}

impl Mark {
    /// The sign.
    pub fn sign(self) -> char {
        match self {
            Mark::Good => '\u{2713}',
            Mark::Bad => '\u{2717}',
            Mark::Open => '?',
            Mark::Neutral => '\u{2022}',
        }
    }

    /// A word for style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Mark::Good => "good",
            Mark::Bad => "bad",
            Mark::Open => "open",
            Mark::Neutral => "neutral",
        }
    }
}

impl From<Verdict> for Mark {
    fn from(verdict: Verdict) -> Mark {
        match verdict {
            Verdict::Met => Mark::Good,
            Verdict::NotMet => Mark::Bad,
            Verdict::Undecided => Mark::Open,
        }
    }
}

impl Datum {
    /// A text.
    pub fn text(text: impl Into<String>) -> Datum {
        Datum::Text(text.into())
    }

    /// A number without interval.
    pub fn number(unit: Unit, value: Option<f64>) -> Datum {
        Datum::Value { unit, value, half_width: None }
    }
}

impl Figure {
    /// A number with its name.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Figure {
        Figure { name: name.into(), value: value.into() }
    }
}

impl Note {
    /// A line of text with its label.
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Note {
        Note { label: label.into(), text: text.into() }
    }
}

impl Table {
    /// The first `most` rows, with a word about the others in the foot.
    pub fn shortened(mut self, most: usize, where_all_are: &str) -> Table {
        let left_out = self.rows.len().saturating_sub(most);
        if left_out > 0 {
            self.rows.truncate(most);
            let word = format!("{left_out} more in {where_all_are}");
            self.foot = Some(self.foot.map_or(word.clone(), |foot| format!("{word}; {foot}")));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Interval, Method};

    fn from_to(low: f64, high: f64) -> Option<Interval> {
        let half_width = 0.5 * (high - low);
        Some(Interval { low, high, half_width, method: Method::Delta, on_logit_scale: false })
    }

    #[test]
    fn a_verdict_needs_the_whole_interval_on_one_side() {
        let of = |interval: Option<Interval>| Verdict::of(0.85, interval.as_ref());
        assert_eq!(of(from_to(0.85, 0.90)), Verdict::Met);
        assert_eq!(of(from_to(0.80, 0.84)), Verdict::NotMet);
        assert_eq!(of(from_to(0.84, 0.86)), Verdict::Undecided);
        assert_eq!(of(None), Verdict::Undecided);
    }

    #[test]
    fn a_long_table_says_where_the_rest_is() {
        let rows = (0..12).map(|n| (format!("queue {n}"), vec![])).collect();
        let table = Table { heading: "queue".into(), columns: vec![], rows, foot: None };
        let short = table.shortened(8, "measures.csv");
        assert_eq!((short.rows.len(), short.foot.as_deref()), (8, Some("4 more in measures.csv")));
    }
}
