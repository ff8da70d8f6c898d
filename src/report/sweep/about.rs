//! What a sweep's directory says of itself: of which study it is, of which version, which part.

use serde_json::{Value, json};

use crate::analysis::{Shard, Spending};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::Until;

/// What all results of a sweep depend on.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepAbout {
    /// The study's name.
    pub study: String,
    /// The name of its file.
    pub file: String,
    /// The hash of the study, its base and its overlays.
    pub study_hash: String,
    /// The version of the program.
    pub version: String,
    /// The master seed.
    pub seed: u64,
    /// How many scenarios, the base among them.
    pub scenarios: u32,
    /// The factors' names.
    pub factors: Vec<String>,
    /// Those among them that multiply what stands in the base.
    pub multipliers: Vec<String>,
    /// Whether the factors are varied one at a time.
    pub one_at_a_time: bool,
    /// How many replications each scenario gets.
    pub spending: Spending,
    /// Which part it is; `None`: the whole.
    pub shard: Option<Shard>,
}

impl SweepAbout {
    /// For files. The same for the same sweep.
    pub fn json(&self) -> Value {
        let (replications, until) = match &self.spending {
            Spending::Fixed(count) => (Some(*count), None),
            Spending::Until { until, .. } => (None, Some(until)),
        };
        json!({
            "kind": "sweep",
            "version": self.version,
            "study": self.study,
            "file": self.file,
            "study_hash": self.study_hash,
            "seed": self.seed,
            "scenarios": self.scenarios,
            "factors": self.factors,
            "multipliers": self.multipliers,
            "one_at_a_time": self.one_at_a_time,
            "replications": replications,
            "until": until,
            "shard": self.shard.map(|shard| json!({ "index": shard.index, "of": shard.of })),
        })
    }

    /// From what [`json`](SweepAbout::json) made; `None` of anything else.
    pub fn from_json(value: &Value) -> Option<SweepAbout> {
        let text = |key: &str| Some(value.get(key)?.as_str()?.to_owned());
        let whole = |value: &Value| u32::try_from(value.as_u64()?).ok();
        let until = |value: &Value| serde_json::from_value::<Until>(value.clone()).ok();
        let spending = match (value.get("replications").and_then(whole), value.get("until").and_then(until)) {
            (Some(count), _) => Spending::Fixed(count),
            (None, until) => Spending::until(until?)?,
        };
        let shard =
            |shard: &Value| Some(Shard { index: whole(shard.get("index")?)?, of: whole(shard.get("of")?)? });
        let names = |key: &str| -> Option<Vec<String>> {
            value.get(key)?.as_array()?.iter().map(|name| name.as_str().map(str::to_owned)).collect()
        };
        Some(SweepAbout {
            study: text("study")?,
            file: text("file")?,
            study_hash: text("study_hash")?,
            version: text("version")?,
            seed: value.get("seed")?.as_u64()?,
            scenarios: whole(value.get("scenarios")?)?,
            factors: names("factors")?,
            multipliers: names("multipliers").unwrap_or_default(),
            one_at_a_time: value.get("one_at_a_time")?.as_bool()?,
            spending,
            shard: match value.get("shard").filter(|shard| !shard.is_null()) {
                Some(value) => Some(shard(value)?),
                None => None,
            },
        })
    }

    /// The command that makes the results again.
    pub fn command(&self) -> String {
        let shard =
            self.shard.map_or(String::new(), |shard| format!(" --shard {}/{}", shard.index, shard.of));
        format!("centralino sweep {}{shard}", self.file)
    }

    /// Why results of `other` do not go with this sweep; `None` if they do.
    pub(super) fn differs_from(&self, other: &SweepAbout) -> Option<String> {
        if self.version != other.version {
            return Some(format!(
                "version {} of the program made it, this is {}",
                other.version, self.version
            ));
        }
        if self.study_hash != other.study_hash {
            return Some(format!(
                "it is of study \"{}\" with hash {}, not {} of \"{}\": the study, its base or an overlay differs",
                other.study, other.study_hash, self.study_hash, self.study
            ));
        }
        (self.shard != other.shard)
            .then(|| format!("it holds {}, not {}", part(other.shard), part(self.shard)))
    }
}

/// In words, which part.
pub(super) fn part(shard: Option<Shard>) -> String {
    shard.map_or("the whole".into(), |shard| format!("part {}/{}", shard.index, shard.of))
}

/// Reads what a directory says of itself.
pub(super) fn read_about(directory: &std::path::Path) -> Result<SweepAbout, Box<Diagnostic>> {
    let path = directory.join(super::ABOUT);
    let found = |message: String| Box::new(Diagnostic::new(Code::RESULTS_DAMAGED, "", message));
    let text = crate::files::read_text(&path)
        .map_err(|error| found(format!("no sweep is kept in {}: {error}", directory.display())))?;
    let damaged = |why: &str| found(format!("{}: {why}", path.display()));
    let value: Value = serde_json::from_str(&text).map_err(|error| damaged(&error.to_string()))?;
    SweepAbout::from_json(&value).ok_or_else(|| damaged("it does not say what a sweep's directory says"))
}
