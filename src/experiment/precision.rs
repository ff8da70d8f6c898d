//! How precise a run is to be, and about which numbers.

use crate::measures::{Basis, Measure, MeasureRow, Results, Scope, ScopeKind, TargetResult, Unit, measures};

/// What a run is about where the scenario has no target: the center's service level by contact.
const PLAIN_AIM: Aim =
    Aim::Measure { measure: "answered_over_offered", basis: Basis::Contact, scope: Scope::WHOLE };
const BASES: [Basis; 6] = [Basis::Contact, Basis::Leg, Basis::Need, Basis::Time, Basis::Case, Basis::Visit];

/// A bound for half-widths: absolute for shares, a part of the value for everything else.
#[derive(Clone, Debug, PartialEq)]
pub struct Precision {
    bound: f64,
    aims: Vec<Aim>,
}

/// A number that is to be known so well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The value of a target, by its place among the model's targets.
    Target(usize),
    /// A measure of a scope.
    Measure {
        /// Its name in files.
        measure: &'static str,
        /// What is counted.
        basis: Basis,
        /// Over whom.
        scope: Scope,
    },
}

/// How well an aim is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// `contract_voice`, or `leg/wait_p90@queue:taxes`.
    pub name: String,
    /// Its half-width, or that as a part of the value; `None`: no data, or no interval.
    pub half_width: Option<f64>,
    /// Whether it is a part of the value.
    pub relative: bool,
    /// Whether that meets the bound.
    pub met: bool,
}

/// A text that names no number of a run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAnAim(String);

impl Precision {
    /// Half-widths of at most `bound` of the aims that `names` say, or else of all targets, or else of the center's service
    /// level. `results` are of the model that will be run; they may be empty.
    ///
    /// # Errors
    /// A name of nothing.
    pub fn new(bound: f64, names: &[String], results: &Results) -> Result<Precision, NotAnAim> {
        let named: Result<Vec<Aim>, NotAnAim> = names.iter().map(|name| aim(name, results)).collect();
        let targets = results.targets().len();
        let aims = match (named?, targets) {
            (named, _) if !named.is_empty() => named,
            (_, 0) => vec![PLAIN_AIM],
            (_, targets) => (0..targets).map(Aim::Target).collect(),
        };
        Ok(Precision { bound, aims })
    }

    /// The largest half-width that will do.
    pub fn bound(&self) -> f64 {
        self.bound
    }

    /// How well each aim is known.
    pub fn known(&self, results: &Results) -> Vec<Known> {
        self.aims.iter().map(|&aim| self.known_aim(aim, results)).collect()
    }

    /// Whether every aim is known well enough. A number without an interval is not.
    pub fn is_met(&self, results: &Results) -> bool {
        self.known(results).iter().all(|known| known.met)
    }

    fn known_aim(&self, aim: Aim, results: &Results) -> Known {
        match aim {
            Aim::Target(index) => match results.targets().get(index) {
                Some(target) => self.known_target(target),
                None => self.judged(String::new(), None, false),
            },
            Aim::Measure { measure, basis, scope } => match results.find(measure, basis, scope) {
                Some(row) => self.known_row(&row),
                None => self.judged(measure.into(), None, false),
            },
        }
    }

    fn known_target(&self, target: &TargetResult<'_>) -> Known {
        let half_width = target.interval.map(|interval| interval.half_width);
        self.judged(target.target.into(), half_width, false)
    }

    fn known_row(&self, row: &MeasureRow<'_>) -> Known {
        let relative = row.unit != Unit::Share;
        let part = |half_width: f64| {
            if half_width == 0.0 { 0.0 } else { half_width / row.mean.unwrap_or(0.0).abs() }
        };
        let half_width =
            row.half_width().map(|half_width| if relative { part(half_width) } else { half_width });
        self.judged(row_name(row), half_width.filter(|half_width| half_width.is_finite()), relative)
    }

    fn judged(&self, name: String, half_width: Option<f64>, relative: bool) -> Known {
        let met = half_width.is_some_and(|half_width| half_width <= self.bound);
        Known { name, half_width, relative, met }
    }
}

/// `contact/speed_of_answer`, `leg/wait_p90@queue:taxes`.
fn row_name(row: &MeasureRow<'_>) -> String {
    let name = format!("{}/{}", row.basis.name(), row.measure);
    match row.scope_kind {
        ScopeKind::Whole => name,
        kind => format!("{name}@{}:{}", kind.name(), row.scope),
    }
}

/// `contract_voice`, `speed_of_answer`, `leg/speed_of_answer`, `wait_p90@queue:taxes`.
fn aim(text: &str, results: &Results) -> Result<Aim, NotAnAim> {
    let targets = results.targets();
    if let Some(index) = targets.iter().position(|target| target.target == text) {
        return Ok(Aim::Target(index));
    }
    let (what, whose) = text.split_once('@').map_or((text, None), |(what, whose)| (what, Some(whose)));
    let (basis, name) = what.split_once('/').map_or((None, what), |(basis, name)| (Some(basis), name));
    let measure = Measure::named(name).ok_or_else(|| {
        let names = measures().map(|measure| measure.name).chain(targets.iter().map(|target| target.target));
        let near = crate::diagnostic::did_you_mean(name, names);
        let near = near.map_or(String::new(), |near| format!(", did you mean \"{near}\"?"));
        NotAnAim(format!("neither a target nor a measure is named \"{name}\"{near}"))
    })?;
    let scope = whose.map_or(Ok(Scope::WHOLE), |whose| scope(whose, results))?;
    let asked = |candidate: &Basis| basis.is_none_or(|basis| basis == candidate.name());
    let exists =
        |candidate: &Basis| asked(candidate) && results.find(measure.name, *candidate, scope).is_some();
    let basis = BASES.into_iter().find(exists);
    let basis =
        basis.ok_or_else(|| NotAnAim(format!("there is no \"{text}\": {}", where_it_exists(measure))))?;
    if !measure.has_interval() {
        return Err(NotAnAim(format!("{name} has no interval, so it is never precise")));
    }
    Ok(Aim::Measure { measure: measure.name, basis, scope })
}

/// The measures that `names` say, as [`Precision::new`] takes them, for what is about no target.
///
/// # Errors
/// A name of nothing, or of a target.
pub fn named_measures(names: &[String], results: &Results) -> Result<Vec<Aim>, NotAnAim> {
    let measure = |name: &String| match aim(name, results)? {
        Aim::Target(_) => Err(NotAnAim(format!(
            "a difference is about a measure, not about a target: write days_met@target:{name}, or the target's formula"
        ))),
        measure => Ok(measure),
    };
    names.iter().map(measure).collect()
}

/// `queue:taxes`.
fn scope(text: &str, results: &Results) -> Result<Scope, NotAnAim> {
    let wrong = |why: String| NotAnAim(format!("\"@{text}\" names no part of the center: {why}"));
    let (kind, name) =
        text.split_once(':').ok_or_else(|| wrong("write a kind and a name, such as @queue:taxes".into()))?;
    let kinds = || ScopeKind::ALL.iter().map(|kind| kind.name());
    let known = ScopeKind::ALL.into_iter().find(|known| known.name() == kind);
    let known =
        known.ok_or_else(|| wrong(format!("kinds are {}", kinds().collect::<Vec<_>>().join(", "))))?;
    let found = results.scopes(known).find(|(_, candidate)| *candidate == name);
    let names = || results.scopes(known).map(|(_, name)| name).collect::<Vec<_>>().join(", ");
    found.map(|(scope, _)| scope).ok_or_else(|| wrong(format!("the names of kind {kind} are {}", names())))
}

fn where_it_exists(measure: &Measure) -> String {
    let places = measure.exists.iter().map(|(basis, kinds)| {
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        format!("on basis {} for {}", basis.name(), kinds.join(", "))
    });
    format!("{} exists {}", measure.name, places.collect::<Vec<_>>().join("; "))
}
