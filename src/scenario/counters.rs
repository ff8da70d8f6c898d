//! Counters and bookings as they are written: `[districts.NAME]`, `[counters.NAME]` and `[services.NAME]`.
//!
//! What the names mean together is checked where the model is compiled.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::distribution::Distribution;
use super::document::{Heads, ShiftHeads};
use super::units::{Clock, Span};

/// `[districts.NAME]`: a part of the city, where citizens live and counters stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// The part of citizens who live there, unless their profile says otherwise.
    #[serde(default)]
    pub share: f64,
    /// Where it lies: kilometres to the east and to the north of some point. Distances are as the crow flies.
    #[serde(default)]
    pub at: Option<[f64; 2]>,
    /// Kilometres to other districts, both ways, or within itself; they go before coordinates. A district is 0 km from itself unless it says so.
    #[serde(default)]
    pub km: BTreeMap<String, f64>,
}

/// `[counters.NAME]`: a place that citizens visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// Where it stands; absent only where there are no districts.
    #[serde(default)]
    pub district: Option<String>,
    /// How many visitors are served at once at most.
    pub desks: u32,
    /// When its doors are open: `"Mon-Fri 08:30-15:30"`; absent: always. Whoever is inside at closing is still served.
    #[serde(default)]
    pub hours: Option<String>,
    /// How many clerks are there, every day alike: a number, a list or times of day; absent: one a desk.
    #[serde(default)]
    pub clerks: Option<Heads>,
    /// In place of `clerks`: how many work each of `[shifts.NAME]`, every day alike, with its breaks.
    #[serde(default)]
    pub shifts: ShiftHeads,
}

/// `[services.NAME]`: what citizens visit counters for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Where it is served.
    pub counters: Vec<String>,
    /// Time at the desk.
    pub visit_time: Distribution,
    /// How long a visitor without an appointment waits before leaving; absent: for ever.
    #[serde(default)]
    pub patience: Option<Distribution>,
    /// Probability that a visit does not meet the need.
    #[serde(default)]
    pub unresolved: f64,
    /// How visits are booked; absent: nobody books.
    #[serde(default)]
    pub booking: Option<Booking>,
    /// What those do next who declined an offer, or for whom no place was free; absent: they give up.
    #[serde(default)]
    pub after_decline: Option<NextTry>,
    /// What those do next who left before they were served, or were sent away.
    #[serde(default)]
    pub after_leaving: Option<NextTry>,
    /// What those do next who did not come.
    #[serde(default)]
    pub after_no_show: Option<NextTry>,
    /// What those do next who cancelled.
    #[serde(default)]
    pub after_cancellation: Option<NextTry>,
    /// What those do next whose visit did not help.
    #[serde(default)]
    pub after_unresolved: Option<NextTry>,
}

/// `services.NAME.booking`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Booking {
    /// How long a slot is; slots follow one another from each opening on.
    pub slot: Span,
    /// Visits that a slot of a counter has room for.
    #[serde(default = "one")]
    pub per_slot: u32,
    /// The same of counters that differ; 0: nobody books there.
    #[serde(default)]
    pub per_slot_at: BTreeMap<String, u32>,
    /// The part of the counters' hours that has slots; absent: all.
    #[serde(default)]
    pub hours: Option<String>,
    /// Part of those who want a counter who book on the web; the others walk in.
    #[serde(default)]
    pub uptake: f64,
    /// How many days ahead slots can be booked.
    pub horizon_days: u32,
    /// Every so many days, counted from a Monday, slots are released up to the horizon; 1 is a rolling horizon.
    #[serde(default = "one")]
    pub released_every_days: u32,
    /// A slot is booked this long before it at the latest.
    #[serde(default)]
    pub notice: Span,
    /// How many times its room a slot is booked.
    #[serde(default = "once")]
    pub overbooking: f64,
    /// Which free slot is offered.
    #[serde(default)]
    pub choose: Chooser,
    /// With `choose = "preferred_time"`: the times of day that citizens prefer; absent: 08:00 to 18:00.
    #[serde(default)]
    pub prefers: Option<Prefers>,
    /// With `choose = "spread"`: how far it may send citizens; absent: anywhere within the horizon.
    #[serde(default)]
    pub spread: Option<SpreadLimits>,
    /// How long before the visit at most a citizen books; who is offered a later slot declines. Absent: as long as it takes.
    #[serde(default)]
    pub accepted_lead: Option<Distribution>,
    /// How far a citizen goes at most, in kilometres; absent: anywhere.
    #[serde(default)]
    pub accepted_km: Option<f64>,
    /// Probability of not coming, of those who have not cancelled.
    #[serde(default)]
    pub no_show: f64,
    /// Probability of cancelling, at any instant alike between the booking and the visit.
    #[serde(default)]
    pub cancellation: f64,
    /// Absent: nobody is reminded.
    #[serde(default)]
    pub reminder: Option<Reminder>,
    /// How much longer an agent talks who books; absent: no longer.
    #[serde(default)]
    pub talk: Option<Distribution>,
    /// How visits are prepared; absent: not at all.
    #[serde(default)]
    pub preparation: Option<Preparation>,
}

fn one() -> u32 {
    1
}

fn once() -> f64 {
    1.0
}

/// Which free slot is offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Chooser {
    /// The one that begins first; then the nearest.
    #[default]
    Earliest,
    /// One of the nearest counter that has any; there the first.
    Nearest,
    /// The first at about the time of day that the citizen prefers; then the nearest. If there is none, the earliest.
    PreferredTime,
    /// One of the counter and day that are booked least for their room, then the first such day, then the nearest; there the slot that is
    /// booked least.
    Spread,
}

/// `services.NAME.booking.prefers`: each citizen's time of day, any between the two alike.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prefers {
    /// From when.
    pub from: Clock,
    /// Until when.
    pub to: Clock,
    /// A slot that begins so much earlier or later will do.
    #[serde(default = "an_hour")]
    pub within: Span,
}

fn an_hour() -> Span {
    Span::from_s(3600.0)
}

/// `services.NAME.booking.spread`: beyond these limits it does not send; if nothing is free within them it offers the earliest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpreadLimits {
    /// Kilometres from where the citizen lives.
    #[serde(default)]
    pub max_km: Option<f64>,
    /// Days ahead.
    #[serde(default)]
    pub max_days: Option<u32>,
}

/// `services.NAME.booking.reminder`: of those who would not come some do, and some cancel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// How long before the visit; who books later is not reminded.
    pub before: Span,
    /// Multiplies the probability of not coming.
    #[serde(default = "once")]
    pub no_show_times: f64,
    /// Part of those who still would not come who cancel when they are reminded.
    #[serde(default)]
    pub cancels: f64,
}

/// `services.NAME.booking.preparation`: paperwork that is done before the visit, as a piece of an office's work that is due when the slot begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preparation {
    /// Who prepares.
    pub office: String,
    /// How long somebody works on it.
    pub work: Distribution,
    /// Part of visits that can be prepared.
    #[serde(default = "once")]
    pub share: f64,
    /// How much shorter a prepared visit is.
    pub saves: Span,
    /// Its priority among the cases of the office; larger goes first, where the office goes by priority.
    #[serde(default)]
    pub priority: i32,
}

/// What citizens do next whose need a counter did not meet: probabilities, the rest gives up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NextTry {
    /// They go to the nearest counter without an appointment.
    #[serde(default)]
    pub walk_in: f64,
    /// They book on the web.
    #[serde(default)]
    pub book: f64,
    /// They call the center.
    #[serde(default)]
    pub call: f64,
    /// After how long.
    pub delay: Distribution,
    /// Tries in all: visits, bookings and calls.
    #[serde(default = "four")]
    pub at_most: u32,
}

fn four() -> u32 {
    4
}
