//! Designs: which values of the factors are combined into which scenarios.
//!
//! Scenario 0 is the base, whatever the design, so that everything can be held against it. The others are not laid out in memory: the
//! settings of any of them are computed from its number.

use super::latin::LatinHypercube;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::{
    DesignKind, FactorChange, MOST_SCENARIOS, Setting, Study, StudyFactor, join, join_index,
};

/// The scenarios of a study, by number.
#[derive(Debug)]
pub struct Design<'s> {
    study: &'s Study,
    points: Points,
    len: u32,
}

#[derive(Debug)]
enum Points {
    /// Every value with every value of the others; the last factor's changes fastest.
    Factorial,
    /// (factor, value) one after the other.
    OneAtATime(Vec<(usize, usize)>),
    Latin(LatinHypercube),
    Listed(Vec<Vec<Setting>>),
}

impl<'s> Design<'s> {
    /// The design of a study; `seed` keys what is drawn.
    ///
    /// # Errors
    /// Too many scenarios; listed ones that name no factor or no value of it.
    pub fn of(study: &'s Study, seed: u64) -> Result<Design<'s>, Vec<Diagnostic>> {
        let factors = &study.factors;
        let (points, count) = match study.document.study.design {
            DesignKind::FullFactorial => {
                let product =
                    |product: u64, factor: &StudyFactor| product.saturating_mul(factor.len() as u64);
                (Points::Factorial, factors.iter().fold(1, product))
            }
            DesignKind::OneAtATime => {
                let values = |(index, factor): (usize, &StudyFactor)| {
                    (0..factor.len()).map(move |level| (index, level)).collect::<Vec<_>>()
                };
                let mut all: Vec<(usize, usize)> = factors.iter().enumerate().flat_map(values).collect();
                all.retain(|&(index, level)| !is_base(&factors[index].level(index, level)));
                let count = all.len() as u64;
                (Points::OneAtATime(all), count)
            }
            DesignKind::LatinHypercube => {
                let samples = study.document.study.samples.unwrap_or(0);
                let names = factors.iter().map(|factor| factor.name.as_str());
                (Points::Latin(LatinHypercube::new(seed, samples, names)), samples.into())
            }
            DesignKind::List => {
                let listed = listed(study)?;
                let count = listed.len() as u64;
                (Points::Listed(listed), count)
            }
        };
        match u32::try_from(count) {
            Ok(count) if u64::from(count) <= MOST_SCENARIOS => Ok(Design { study, points, len: count + 1 }),
            _ => {
                let message = format!("the design has {count} scenarios");
                let path = "study.design";
                let place = study.origins.place(path);
                Err(vec![Diagnostic::new(Code::STUDY_TOO_LARGE, path, message).at(place)])
            }
        }
    }

    /// The study.
    pub fn study(&self) -> &'s Study {
        self.study
    }

    /// How many scenarios, the base among them.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether there is nothing but the base.
    pub fn is_empty(&self) -> bool {
        self.len <= 1
    }

    /// The setting of every factor in a scenario.
    pub fn settings(&self, scenario: u32) -> Vec<Setting> {
        let factors = &self.study.factors;
        let as_in_base = || factors.iter().enumerate().map(|(index, factor)| factor.as_in_base(index));
        let Some(point) = scenario.checked_sub(1) else { return as_in_base().collect() };
        match &self.points {
            Points::Factorial => {
                let mut rest = point as usize;
                let mut settings: Vec<Setting> = factors
                    .iter()
                    .enumerate()
                    .rev()
                    .map(|(index, factor)| {
                        let level = rest % factor.len();
                        rest /= factor.len();
                        factor.level(index, level)
                    })
                    .collect();
                settings.reverse();
                settings
            }
            Points::OneAtATime(values) => {
                let (varied, level) = values[point as usize];
                let mut settings: Vec<Setting> = as_in_base().collect();
                settings[varied] = factors[varied].level(varied, level);
                settings
            }
            Points::Latin(latin) => {
                let at = |(index, factor): (usize, &StudyFactor)| {
                    factor.within(index, latin.fraction(index, point))
                };
                factors.iter().enumerate().map(at).collect()
            }
            Points::Listed(listed) => listed[point as usize].clone(),
        }
    }
}

/// Whether a setting leaves the base as it is.
pub(super) fn is_base(setting: &Setting) -> bool {
    matches!(setting.change, FactorChange::Nothing) || setting.change == FactorChange::Times(1.0)
}

/// The scenarios of a list.
fn listed(study: &Study) -> Result<Vec<Vec<Setting>>, Vec<Diagnostic>> {
    let (mut scenarios, mut found) = (Vec::new(), Vec::new());
    for (index, named) in study.document.scenarios.iter().enumerate() {
        let mut settings: Vec<Setting> =
            study.factors.iter().enumerate().map(|(index, factor)| factor.as_in_base(index)).collect();
        for (name, value) in named.iter() {
            let path = join(&join_index("scenarios", index), name);
            let known = study.factors.iter().position(|factor| factor.name == name);
            let setting = known.map(|factor| study.factors[factor].named(factor, value));
            match (known, setting) {
                (Some(factor), Some(Some(setting))) => settings[factor] = setting,
                (Some(factor), _) => found.push(no_value(study, factor, path, value)),
                (None, _) => {
                    let names = study.factors.iter().map(|factor| factor.name.as_str());
                    let message = format!("no factor is named \"{name}\"");
                    let diagnostic = Diagnostic::new(Code::STUDY_LEVEL, path, message);
                    found.push(diagnostic.with_candidates(name, "factors", names));
                }
            }
        }
        scenarios.push(settings);
    }
    let placed = |found: Diagnostic| {
        let place = study.origins.place(&found.path);
        found.at(place)
    };
    if found.is_empty() { Ok(scenarios) } else { Err(found.into_iter().map(placed).collect()) }
}

fn no_value(study: &Study, index: usize, path: String, value: &impl std::fmt::Display) -> Diagnostic {
    let factor = &study.factors[index];
    let message = format!("{value} is no value of the factor \"{}\"", factor.name);
    let labels: Vec<String> = factor.checked_of(index).into_iter().map(|setting| setting.label).collect();
    Diagnostic::new(Code::STUDY_LEVEL, path, message)
        .with_help(format!("values, or ends of its range: {}", labels.join(", ")))
}
