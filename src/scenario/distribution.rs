//! Distributions as the document writes them: a family with its parameters, `times` beside it to stretch.
//!
//! `"2m"` is a constant, `{ exponential = "40s", times = 1.2 }` an exponential of mean 48 s. Whether the parameters
//! make sense together is checked where the model is compiled.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::units::{Span, without_unit};

/// A distribution, wherever a duration stands. A bare string is a constant.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(rename_all = "snake_case", transform = super::schema::distribution_as_written)]
pub enum Distribution {
    /// Always the same.
    Constant(Span),
    /// By its mean.
    Exponential(Span),
    /// Mean and standard deviation of the variable itself, not of its logarithm.
    Lognormal(MeanSd),
    /// Mean and standard deviation.
    Gamma(MeanSd),
    /// Mean and shape.
    Weibull(MeanShape),
    /// Mean and number of exponential stages.
    Erlang(MeanStages),
    /// Exponential branches with their probabilities.
    Hyperexponential(Vec<Branch>),
    /// Even between two bounds.
    Uniform(Bounds),
    /// Between two bounds with a mode.
    Triangular(Triangle),
    /// Observed values: a CSV with one column of seconds, or the list itself.
    Empirical(Observations),
    /// One of several.
    Mixture(Vec<Component>),
    /// Another one, stretched: `times` beside the family.
    #[schemars(skip)]
    Scaled(Box<Stretched>),
}

/// The families by the names that the document has for them.
pub(super) const FAMILIES: [&str; 11] = [
    "constant",
    "exponential",
    "lognormal",
    "gamma",
    "weibull",
    "erlang",
    "hyperexponential",
    "uniform",
    "triangular",
    "empirical",
    "mixture",
];

impl Serialize for Distribution {
    /// A constant as its bare duration, else a table of the family and, if it is not 1, `times`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (times, family) = self.flattened();
        if let (Distribution::Constant(span), true) = (family, times == 1.0) {
            return span.serialize(serializer);
        }
        let mut table = serializer.serialize_map(None)?;
        family.serialize_family(&mut table)?;
        if times != 1.0 {
            table.serialize_entry("times", &times)?;
        }
        table.end()
    }
}

impl Distribution {
    /// The product of all factors, and what they stretch.
    fn flattened(&self) -> (f64, &Distribution) {
        let (mut times, mut inner) = (1.0, self);
        while let Distribution::Scaled(stretched) = inner {
            times *= stretched.times;
            inner = &stretched.of;
        }
        (times, inner)
    }

    fn serialize_family<M: SerializeMap>(&self, table: &mut M) -> Result<(), M::Error> {
        match self {
            Distribution::Constant(span) => table.serialize_entry("constant", span),
            Distribution::Exponential(mean) => table.serialize_entry("exponential", mean),
            Distribution::Lognormal(moments) => table.serialize_entry("lognormal", moments),
            Distribution::Gamma(moments) => table.serialize_entry("gamma", moments),
            Distribution::Weibull(shaped) => table.serialize_entry("weibull", shaped),
            Distribution::Erlang(staged) => table.serialize_entry("erlang", staged),
            Distribution::Hyperexponential(branches) => table.serialize_entry("hyperexponential", branches),
            Distribution::Uniform(bounds) => table.serialize_entry("uniform", bounds),
            Distribution::Triangular(triangle) => table.serialize_entry("triangular", triangle),
            Distribution::Empirical(values) => table.serialize_entry("empirical", values),
            Distribution::Mixture(components) => table.serialize_entry("mixture", components),
            // `flattened` has gone through these.
            Distribution::Scaled(stretched) => stretched.of.serialize_family(table),
        }
    }

    /// The family of that name, with its parameters from the table's next value.
    fn read_family<'de, A: MapAccess<'de>>(name: &str, table: &mut A) -> Result<Distribution, A::Error> {
        Ok(match name {
            "constant" => Distribution::Constant(table.next_value()?),
            "exponential" => Distribution::Exponential(table.next_value()?),
            "lognormal" => Distribution::Lognormal(table.next_value()?),
            "gamma" => Distribution::Gamma(table.next_value()?),
            "weibull" => Distribution::Weibull(table.next_value()?),
            "erlang" => Distribution::Erlang(table.next_value()?),
            "hyperexponential" => Distribution::Hyperexponential(table.next_value()?),
            "uniform" => Distribution::Uniform(table.next_value()?),
            "triangular" => Distribution::Triangular(table.next_value()?),
            "empirical" => Distribution::Empirical(table.next_value()?),
            "mixture" => Distribution::Mixture(table.next_value()?),
            other => return Err(de::Error::unknown_field(other, &KEYS)),
        })
    }
}

/// What a distribution's table may hold.
const KEYS: [&str; 12] = {
    let mut keys = ["times"; 12];
    let mut i = 0;
    while i < FAMILIES.len() {
        keys[i] = FAMILIES[i];
        i += 1;
    }
    keys
};

impl<'de> Deserialize<'de> for Distribution {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Distribution, D::Error> {
        deserializer.deserialize_any(DistributionVisitor)
    }
}

struct DistributionVisitor;

impl<'de> Visitor<'de> for DistributionVisitor {
    type Value = Distribution;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a duration such as \"90s\" or a distribution such as { exponential = \"90s\" }")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Distribution, E> {
        text.parse().map(Distribution::Constant).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Distribution, E> {
        Err(E::custom(without_unit(number)))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Distribution, E> {
        Err(E::custom(without_unit(number)))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Distribution, E> {
        Err(E::custom(without_unit(number)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Distribution, A::Error> {
        let (mut times, mut family) = (None, None);
        while let Some(key) = table.next_key::<String>()? {
            if key == "times" {
                times = Some(table.next_value()?);
            } else if family.is_none() {
                family = Some(Distribution::read_family(&key, &mut table)?);
            } else {
                return Err(de::Error::custom(format!(
                    "a distribution has one family; \"{key}\" is a second"
                )));
            }
        }
        let of =
            family.ok_or_else(|| de::Error::custom(format!("name a family: {}", FAMILIES.join(", "))))?;
        Ok(match times {
            Some(times) => Distribution::Scaled(Box::new(Stretched { times, of })),
            None => of,
        })
    }
}

/// `{ mean = "3m30s", sd = "4m" }`
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeanSd {
    /// Mean of the variable.
    pub mean: Span,
    /// Standard deviation of the variable.
    pub sd: Span,
}

/// `{ mean = "3m", shape = 1.5 }`
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeanShape {
    /// Mean of the variable.
    pub mean: Span,
    /// Shape, above 0.
    pub shape: f64,
}

/// `{ mean = "3m", stages = 3 }`
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeanStages {
    /// Mean of the sum.
    pub mean: Span,
    /// Number of stages, at least 1.
    pub stages: u32,
}

/// `{ share = 0.7, mean = "2m" }`
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// Its probability.
    pub share: f64,
    /// Its mean.
    pub mean: Span,
}

/// `{ min = "1m", max = "3m" }`
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Least value.
    pub min: Span,
    /// Largest value.
    pub max: Span,
}

/// `{ min = "1m", mode = "2m", max = "5m" }`
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Triangle {
    /// Least value.
    pub min: Span,
    /// Most likely value.
    pub mode: Span,
    /// Largest value.
    pub max: Span,
}

/// Observed values.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Observations {
    /// A CSV beside the scenario; loading replaces it by its values.
    File(String),
    /// The values.
    Values(Vec<Span>),
}

/// `{ share = 0.3, of = { exponential = "2m" } }`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Its probability.
    pub share: f64,
    /// What is drawn then.
    pub of: Distribution,
}

/// `{ exponential = "2m", times = 1.2 }`
#[derive(Clone, Debug, PartialEq)]
pub struct Stretched {
    /// Multiplies every value.
    pub times: f64,
    /// What is stretched.
    pub of: Distribution,
}
