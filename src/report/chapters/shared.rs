//! What chapters have in common.

use crate::measures::{Basis, ScopeKind, Unit};
use crate::report::chart::Bar;
use crate::report::document::{Chapter, Datum, Section};
use crate::report::language::{Language, capital, readable};
use crate::report::saved::{Known, SavedMeasure, SavedRun};

/// A run that is told in a language.
pub(super) struct Telling<'a> {
    pub(super) run: &'a SavedRun,
    pub(super) language: Language,
}

impl<'a> Telling<'a> {
    /// The one of two texts that is in the language.
    pub(super) fn say<T>(&self, english: T, italian: T) -> T {
        self.language.say(english, italian)
    }

    /// Likewise, to be kept.
    pub(super) fn text(&self, english: &str, italian: &str) -> String {
        self.say(english, italian).into()
    }

    /// The heading of a chapter.
    pub(super) fn heading(&self, id: &'static str, english: &str, italian: &str) -> Section {
        Section::Chapter(Chapter { id, title: self.text(english, italian) })
    }

    /// One measure of one scope.
    pub(super) fn find(
        &self,
        measure: &str,
        basis: Basis,
        kind: ScopeKind,
        scope: &str,
    ) -> Option<&'a SavedMeasure> {
        self.run.find(measure, basis, kind, scope)
    }

    /// Its mean.
    pub(super) fn mean(&self, measure: &str, basis: Basis, kind: ScopeKind, scope: &str) -> Option<f64> {
        self.find(measure, basis, kind, scope).and_then(|row| row.known.mean)
    }

    /// The number as a cell.
    pub(super) fn datum(&self, measure: &str, basis: Basis, kind: ScopeKind, scope: &str) -> Datum {
        match self.find(measure, basis, kind, scope) {
            Some(row) => {
                let Known { mean, half_width, .. } = row.known;
                Datum::Value { unit: row.unit(), value: mean, half_width }
            }
            None => Datum::number(Unit::Number, None),
        }
    }

    /// The number with its half-width, as text.
    pub(super) fn told(&self, row: Option<&SavedMeasure>) -> String {
        row.map_or(self.language.no_data().into(), |row| {
            self.language.value(row.unit(), row.known.mean, row.known.half_width)
        })
    }

    /// A measure of the whole center with its half-width, as text.
    pub(super) fn whole(&self, measure: &str, basis: Basis) -> String {
        self.told(self.run.whole(measure, basis))
    }

    /// A bar for a measure of each of these scopes.
    pub(super) fn bars(&self, measure: &str, basis: Basis, kind: ScopeKind, scopes: &[&str]) -> Vec<Bar> {
        let bar = |&scope: &&str| {
            let row = self.find(measure, basis, kind, scope);
            let known = row.map(|row| row.known).unwrap_or_default();
            Bar {
                name: capital(&readable(scope)),
                value: known.mean,
                low: known.low,
                high: known.high,
                text: self.told(row),
            }
        };
        scopes.iter().map(bar).collect()
    }

    /// Seconds as a cell of so many seconds each, such as days.
    pub(super) fn datum_in(
        &self,
        unit_s: f64,
        measure: &str,
        basis: Basis,
        kind: ScopeKind,
        scope: &str,
    ) -> Datum {
        let known = self.find(measure, basis, kind, scope).map(|row| row.known).unwrap_or_default();
        Datum::Value {
            unit: Unit::Number,
            value: known.mean.map(|s| s / unit_s),
            half_width: known.half_width.map(|s| s / unit_s),
        }
    }

    /// A bar of so many seconds each, under a name of its own.
    pub(super) fn bar_in(&self, unit_s: f64, name: String, row: Option<&SavedMeasure>) -> Bar {
        let known = row.map(|row| row.known).unwrap_or_default();
        let of = |end: Option<f64>| end.map(|s| s / unit_s);
        Bar {
            name,
            value: of(known.mean),
            low: of(known.low),
            high: of(known.high),
            text: self.language.value(Unit::Number, of(known.mean), of(known.half_width)),
        }
    }

    /// The names of a kind by falling volume, ties in the order of the files.
    pub(super) fn largest_first(&self, kind: ScopeKind, measure: &str, basis: Basis) -> Vec<&'a str> {
        let mut scopes = self.run.scopes(kind);
        let volume = |scope: &str| self.mean(measure, basis, kind, scope).unwrap_or(0.0);
        scopes.sort_by(|a, b| volume(b).total_cmp(&volume(a)));
        scopes
    }

    /// The promise that charts are held against: the first target's.
    pub(super) fn promised(&self) -> Option<f64> {
        self.run.targets.first().map(|target| target.promised)
    }

    /// `promised: 85 %`
    pub(super) fn promise_name(&self, promised: f64) -> String {
        format!("{} {}", self.say("promised:", "promesso:"), self.language.share(promised))
    }

    /// In time is within this, in seconds.
    pub(super) fn within_s(&self) -> f64 {
        self.run.targets.first().map_or(self.run.about.within_s, |target| target.within_s)
    }

    /// `answered within 30 s`
    pub(super) fn in_time(&self) -> String {
        let within = self.language.duration(self.within_s());
        match self.language {
            Language::English => format!("answered within {within}"),
            Language::Italian => format!("risposte entro {within}"),
        }
    }

    /// `2008-06-16 10:00-11:00` with its date in words.
    pub(super) fn span(&self, span: &str) -> String {
        match span.split_once(' ') {
            Some((date, clocks)) => {
                format!("{} {}", self.language.date(date), clocks.replace('-', "\u{2013}"))
            }
            None if span.contains(':') => span.replace('-', "\u{2013}"),
            None => self.language.date(span),
        }
    }
}

/// A name as a cell.
pub(super) fn name(scope: &str) -> Datum {
    Datum::Text(capital(&readable(scope)))
}

/// Seconds of longer units.
pub(super) const MINUTE_S: f64 = 60.0;
pub(super) const HOUR_S: f64 = 3600.0;
pub(super) const DAY_S: f64 = 86_400.0;
