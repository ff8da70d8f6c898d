//! The web site before the telephone, as it is written: `[contact_types.NAME.web]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::distribution::Distribution;

/// `[contact_types.NAME.web]`: citizens who try the web site before they contact the center.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebFirst {
    /// Part of the citizens who try it.
    pub share: f64,
    /// The same by profile, where it differs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub share_by: BTreeMap<String, f64>,
    /// Part of those whose need it meets.
    pub solved: f64,
    /// The same by profile, where it differs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub solved_by: BTreeMap<String, f64>,
    /// Part of the others who contact the center; the rest give up.
    #[serde(default = "all")]
    pub calls: f64,
    /// How long after they began to try it; absent: at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<Distribution>,
}

fn all() -> f64 {
    1.0
}
