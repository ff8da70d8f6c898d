//! What a routing rule asks of a contact beyond its class and the hour: its past, its mark, how many came before it.

use crate::time::SimDuration;

/// All that is there must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asks {
    /// An earlier contact was answered at most so long ago.
    pub answered_within: Option<SimDuration>,
    /// More earlier contacts than this.
    pub contacts_over: Option<u32>,
    /// Whether a case is open.
    pub open_case: Option<bool>,
    /// The need's mark lies in `[from, below)`.
    pub marks: Option<(f64, f64)>,
    /// Fewer than so many have entered by the rule in the span.
    pub band: Option<Band>,
}

/// How many contacts a rule takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// So many.
    pub contacts: u32,
    /// In each local day; otherwise in each period.
    pub daily: bool,
}

/// What the center knows of a caller's past. Of strangers it knows nothing, which is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct KnownPast {
    /// Contacts of the need before this one.
    pub contacts: u32,
    /// How long ago one of them was answered; `None`: none was.
    pub answered_ago: Option<SimDuration>,
    /// Whether the need has a case that is not closed.
    pub open_case: bool,
}

impl Asks {
    /// Whether it asks for anything.
    pub fn is_nothing(&self) -> bool {
        *self == Asks::default()
    }

    /// Whether it asks for what is known of a caller's past.
    pub fn of_past(&self) -> bool {
        self.answered_within.is_some() || self.contacts_over.is_some() || self.open_case.is_some()
    }

    /// Whether only a caller with a past can fit.
    pub fn needs_past(&self) -> bool {
        !self.fits_past(&KnownPast::default())
    }

    /// Whether a past is as asked.
    pub fn fits_past(&self, past: &KnownPast) -> bool {
        let within = |bound| past.answered_ago.is_some_and(|ago| ago <= bound);
        self.answered_within.is_none_or(within)
            && self.contacts_over.is_none_or(|over| past.contacts > over)
            && self.open_case.is_none_or(|open| open == past.open_case)
    }

    /// Whether a mark is as asked.
    pub fn fits_mark(&self, mark: f64) -> bool {
        self.marks.is_none_or(|(from, below)| from <= mark && mark < below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_have_no_past_and_no_open_case() {
        let days = |days: u64| SimDuration::from_whole_s(86_400 * days);
        let week = Asks { answered_within: Some(days(7)), ..Asks::default() };
        let ago = |n: u64| KnownPast { answered_ago: Some(days(n)), contacts: 1, open_case: false };
        assert!(week.needs_past() && week.fits_past(&ago(7)) && !week.fits_past(&ago(8)));
        let again = Asks { contacts_over: Some(0), ..Asks::default() };
        assert!(again.needs_past() && again.fits_past(&ago(1)));
        let no_case = Asks { open_case: Some(false), ..Asks::default() };
        assert!(no_case.of_past() && !no_case.needs_past());
        assert!(!no_case.fits_past(&KnownPast { open_case: true, ..KnownPast::default() }));
        assert!(Asks::default().is_nothing() && !Asks::default().needs_past());
    }

    #[test]
    fn a_mark_belongs_to_one_of_two_ranges_that_meet() {
        let of = |from, below| Asks { marks: Some((from, below)), ..Asks::default() };
        assert!(of(0.0, 0.7).fits_mark(0.0) && !of(0.0, 0.7).fits_mark(0.7) && of(0.7, 1.0).fits_mark(0.7));
    }
}
