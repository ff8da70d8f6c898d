//! A factor that was checked: where it reaches, and which values it takes.

use serde_json::Value;

use super::document::Factor;
use crate::scenario::document::OneOrMany;
use crate::scenario::tree::Segment;

/// A factor of a study.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyFactor {
    /// Its name.
    pub name: String,
    /// Its paths as written, and their steps; none with overlays.
    pub(super) paths: Vec<(String, Vec<Segment>)>,
    levels: Levels,
    /// What the base has there, where that is one value.
    pub(super) in_base: Option<Value>,
}

/// Which values a factor takes.
#[derive(Clone, Debug, PartialEq)]
enum Levels {
    Values(Vec<Value>),
    Times(Vec<f64>),
    Range { ends: [f64; 2], steps: u32, whole: bool },
    TimesRange { ends: [f64; 2], steps: u32 },
    Overlays(Vec<String>),
}

/// A value of a factor in a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The factor's place among the study's.
    pub factor: usize,
    /// As results write it.
    pub label: String,
    /// The value, or the factor on what stands there, as a number if it is one.
    pub number: Option<f64>,
    /// Its path in the study's file.
    pub path: String,
    /// What it does to the scenario.
    pub change: Change,
}

/// What a setting does to a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Nothing: as in the base.
    Nothing,
    /// Puts a value there.
    Set(Value),
    /// Multiplies the numbers there.
    Times(f64),
    /// Lays a file over the base.
    Overlay(String),
}

/// Values of which a factor has exactly one kind.
pub(super) const KINDS: [&str; 5] = ["values", "times", "range", "times_range", "overlays"];

/// Which kinds a factor gives.
pub(super) fn kinds_given(factor: &Factor) -> Vec<&'static str> {
    let given = [
        !factor.values.is_empty(),
        !factor.times.is_empty(),
        factor.range.is_some(),
        factor.times_range.is_some(),
        !factor.overlays.is_empty(),
    ];
    KINDS.into_iter().zip(given).filter_map(|(kind, given)| given.then_some(kind)).collect()
}

/// The paths of a factor as written.
pub(super) fn paths(factor: &Factor) -> Vec<String> {
    match &factor.path {
        None => Vec::new(),
        Some(OneOrMany::One(path)) => vec![path.clone()],
        Some(OneOrMany::Many(paths)) => paths.clone(),
    }
}

impl StudyFactor {
    /// Of a factor that gives one kind of values; `whole` where a range is of whole numbers.
    pub(super) fn new(
        name: &str,
        factor: &Factor,
        paths: Vec<(String, Vec<Segment>)>,
        whole: bool,
        in_base: Option<Value>,
    ) -> StudyFactor {
        let steps = factor.steps.unwrap_or(2).max(2);
        let levels = match (factor.range, factor.times_range) {
            (Some(ends), _) => Levels::Range { ends, steps, whole },
            (None, Some(ends)) => Levels::TimesRange { ends, steps },
            _ if !factor.times.is_empty() => Levels::Times(factor.times.clone()),
            _ if !factor.overlays.is_empty() => Levels::Overlays(factor.overlays.clone()),
            _ => Levels::Values(factor.values.clone()),
        };
        StudyFactor { name: name.into(), paths, levels, in_base }
    }

    /// How many values it has where it takes them one by one.
    pub fn len(&self) -> usize {
        match &self.levels {
            Levels::Values(values) => values.len(),
            Levels::Times(times) => times.len(),
            Levels::Range { steps, .. } | Levels::TimesRange { steps, .. } => *steps as usize,
            Levels::Overlays(files) => files.len(),
        }
    }

    /// Whether its numbers multiply what stands in the base.
    pub fn is_multiplier(&self) -> bool {
        matches!(self.levels, Levels::Times(_) | Levels::TimesRange { .. })
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its value number `level` for the study's factor number `factor`.
    pub fn level(&self, factor: usize, level: usize) -> Setting {
        let (last, at) = ((self.len().max(2) - 1) as f64, level as f64);
        match &self.levels {
            Levels::Values(values) => {
                self.setting(factor, "values", Some(level), Change::Set(values[level].clone()))
            }
            Levels::Times(times) => self.setting(factor, "times", Some(level), Change::Times(times[level])),
            Levels::Overlays(files) => {
                let change = overlay(&files[level]);
                self.setting(factor, "overlays", Some(level), change)
            }
            Levels::Range { .. } | Levels::TimesRange { .. } => self.within(factor, at / last),
        }
    }

    /// Its value at a fraction from 0 to 1 of its range; of values one by one, the one into whose share the fraction falls.
    pub fn within(&self, factor: usize, fraction: f64) -> Setting {
        let on = |ends: &[f64; 2]| ends[0] + fraction * (ends[1] - ends[0]);
        match &self.levels {
            Levels::Range { ends, whole, .. } => {
                let value = if *whole { Value::from(on(ends).round() as i64) } else { Value::from(on(ends)) };
                self.setting(factor, "range", None, Change::Set(value))
            }
            Levels::TimesRange { ends, .. } => {
                self.setting(factor, "times_range", None, Change::Times(on(ends)))
            }
            _ => {
                let level = (fraction * self.len() as f64) as usize;
                self.level(factor, level.min(self.len() - 1))
            }
        }
    }

    /// As in the base.
    pub fn as_in_base(&self, factor: usize) -> Setting {
        let (label, number) = match (&self.levels, &self.in_base) {
            (Levels::Times(_) | Levels::TimesRange { .. }, _) => ("1".to_string(), Some(1.0)),
            (Levels::Values(_) | Levels::Range { .. }, Some(value)) => (text(value), value.as_f64()),
            _ => ("base".to_string(), None),
        };
        Setting { factor, label, number, path: self.path(), change: Change::Nothing }
    }

    /// The setting that a study's list names by `value`; `None` where a value one by one is none of the factor's.
    pub fn named(&self, factor: usize, value: &Value) -> Option<Setting> {
        match (&self.levels, value.as_f64()) {
            (Levels::Range { ends, whole, .. }, Some(number)) if (ends[0]..=ends[1]).contains(&number) => {
                let value = if *whole { Value::from(number.round() as i64) } else { value.clone() };
                Some(self.setting(factor, "range", None, Change::Set(value)))
            }
            (Levels::TimesRange { ends, .. }, Some(number)) if (ends[0]..=ends[1]).contains(&number) => {
                Some(self.setting(factor, "times_range", None, Change::Times(number)))
            }
            (Levels::Range { .. } | Levels::TimesRange { .. }, _) => None,
            _ => {
                let wanted = text(value);
                (0..self.len()).map(|level| self.level(factor, level)).find(|setting| setting.label == wanted)
            }
        }
    }

    /// The settings that are checked one by one before anything is run: all values, or both ends of a range.
    pub fn checked_of(&self, factor: usize) -> Vec<Setting> {
        match self.levels {
            Levels::Range { .. } | Levels::TimesRange { .. } => {
                vec![self.within(factor, 0.0), self.within(factor, 1.0)]
            }
            _ => (0..self.len()).map(|level| self.level(factor, level)).collect(),
        }
    }

    /// Whether a finding at a path of the scenario may come of this factor.
    pub(super) fn touches(&self, path: &str) -> bool {
        let first = |text: &str| text.split(['.', '[']).next().unwrap_or_default().to_owned();
        self.paths.iter().any(|(text, _)| first(text) == first(path))
    }

    fn setting(&self, factor: usize, key: &str, place: Option<usize>, change: Change) -> Setting {
        let (label, number) = match &change {
            Change::Nothing => ("base".into(), None),
            Change::Set(value) => (text(value), value.as_f64()),
            Change::Times(times) => (times.to_string(), Some(*times)),
            Change::Overlay(file) => (stem(file), None),
        };
        let place = place.map_or(String::new(), |place| format!("[{place}]"));
        Setting { factor, label, number, path: format!("{}.{key}{place}", self.path()), change }
    }

    fn path(&self) -> String {
        crate::scenario::join("factors", &self.name)
    }
}

fn overlay(file: &str) -> Change {
    if file.is_empty() { Change::Nothing } else { Change::Overlay(file.into()) }
}

/// A file's name without its ending and its folder.
fn stem(file: &str) -> String {
    std::path::Path::new(file).file_stem().map_or(file.into(), |stem| stem.to_string_lossy().into_owned())
}

/// A value as results write it.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string())
        }
        other => other.to_string(),
    }
}
