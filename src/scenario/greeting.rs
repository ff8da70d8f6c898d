//! What calls meet before their queue: the lookup of the caller's number, and the menu.
//!
//! What the names mean together is checked where the model is compiled.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::distribution::Distribution;
use super::document::Factor;
use super::ordered::Ordered;

/// `[recognition]`: the telephone system looks the caller's number up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recognition {
    /// How long a lookup takes, before anything else; absent: no time.
    #[serde(default)]
    pub delay: Option<Distribution>,
    /// Part of the lookups that fail: their callers count as not recognised.
    #[serde(default)]
    pub failure: f64,
    /// When all lookups fail: `"Sun 02:00-05:00"`; absent: never.
    #[serde(default)]
    pub down: Option<String>,
    /// Whether recognised callers are spared the menu.
    #[serde(default)]
    pub skips_menu: bool,
    /// How much longer than others recognised callers talk.
    #[serde(default)]
    pub service_time: Factor,
}

/// `[ivr.NAME]`: a menu that callers hear before they enter a queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ivr {
    /// From the end of the lookup to the caller's choice.
    pub time: Distribution,
    /// By contact type: part of the calls whose need the menu itself meets.
    #[serde(default)]
    pub self_service: BTreeMap<String, f64>,
    /// By contact type: of those whom the menu does not serve, the parts that choose another contact type.
    #[serde(default)]
    pub misrouted: BTreeMap<String, Ordered<f64>>,
    /// How long an agent talks with a misrouted caller before passing the call on.
    #[serde(default)]
    pub redirect_time: Option<Distribution>,
    /// Whether patience runs during lookup and menu.
    #[serde(default)]
    pub patience: MenuPatience,
}

/// Whether patience runs before the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MenuPatience {
    /// It begins on entering the queue.
    #[default]
    Excluded,
    /// It begins with the call: whoever has no more hangs up before the queue.
    Included,
}
