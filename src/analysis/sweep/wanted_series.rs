//! Which series a sweep keeps: few of every scenario, unless the study asks for more.

use crate::analysis::compare::WHOLE;
use crate::diagnostic::{Code, Diagnostic};
use crate::measures::{Basis, Measure, ScopeKind, SeriesKey, SeriesView};
use crate::scenario::{Study, join_index};

/// The scorecard of the whole center, what targets kept, and what the study names.
#[derive(Clone, Debug, Default)]
pub struct WantedSeries {
    named: Vec<&'static str>,
    all: bool,
    by: Option<SeriesKey>,
}

/// Every measure.
const ALL: &str = "all";
/// What fairness is pooled from.
const LEVEL: &str = "answered_over_offered";

impl WantedSeries {
    /// Of a study.
    ///
    /// # Errors
    /// Names of no measure.
    pub fn of(study: &Study, by: Option<&SeriesKey>) -> Result<WantedSeries, Vec<Diagnostic>> {
        let mut wanted = WantedSeries { by: by.cloned(), ..WantedSeries::default() };
        let mut found = Vec::new();
        for (index, name) in study.document.study.measures.iter().enumerate() {
            match Measure::named(name) {
                Some(measure) => wanted.named.push(measure.name),
                None if name == ALL => wanted.all = true,
                None => found.push(unknown(study, &join_index("study.measures", index), name)),
            }
        }
        if found.is_empty() { Ok(wanted) } else { Err(found) }
    }

    /// Whether a series is kept.
    pub(super) fn holds(&self, view: &SeriesView<'_>) -> bool {
        let on_card = match view.scope_kind {
            ScopeKind::Whole => WHOLE.contains(&(view.measure, view.basis)),
            ScopeKind::Target => view.measure == "days_met",
            _ => false,
        };
        let for_fairness = view.measure == LEVEL && view.scope_kind == ScopeKind::Profile;
        on_card
            || self.all
            || self.named.contains(&view.measure)
            || (for_fairness && self.named.contains(&"fairness"))
            || self.by.as_ref().is_some_and(|by| *by == SeriesKey::of(view))
    }
}

/// That no measure has a name.
pub(super) fn unknown(study: &Study, path: &str, name: &str) -> Diagnostic {
    let names = crate::measures::measures().map(|measure| measure.name);
    let found = Diagnostic::new(Code::STUDY_MEASURE, path, format!("no measure is named \"{name}\""));
    let near = crate::diagnostic::did_you_mean(name, names).map(|near| format!("did you mean \"{near}\"? "));
    let help = format!("{}name one of docs/measures.md", near.unwrap_or_default());
    found.with_help(help).at(study.origins.place(path))
}

/// The series of the whole center that a text names: `cost`, `contact/speed_of_answer`.
pub(super) fn of_whole(text: &str) -> Option<SeriesKey> {
    let (basis, name) = match text.split_once('/') {
        Some((basis, name)) => (Some(basis), name),
        None => (None, text),
    };
    let measure = Measure::named(name)?;
    let bases = [Basis::Contact, Basis::Leg, Basis::Need, Basis::Time, Basis::Case];
    let fits = |on: &&Basis| {
        measure.exists_for(**on, ScopeKind::Whole) && basis.is_none_or(|basis| on.name() == basis)
    };
    let basis = *bases.iter().find(fits)?;
    Some(SeriesKey { measure: measure.name, basis, scope_kind: ScopeKind::Whole, scope: "all".into() })
}
