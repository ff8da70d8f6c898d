//! The scenario as people write it: names, units, nothing resolved.
//!
//! One struct a section, the fields in the order of the docs. Loading, merging and placing of problems is
//! `load`'s; what the names mean together is checked where the model is compiled.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use super::arrivals::*;
pub use super::campaigns::*;
pub use super::cases::*;
pub use super::counters::*;
pub use super::distribution::*;
pub use super::events::*;
pub use super::greeting::*;
pub use super::offers::*;
use super::ordered::Ordered;
pub use super::people::*;
pub use super::rules::*;
pub use super::skills::*;
pub use super::start_state::*;
pub use super::steps::*;
pub use super::tenure::*;
use super::units::{Clock, DateText, Span};
pub use super::web::*;

/// A whole scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What is simulated, from when, for how long.
    pub scenario: Header,
    /// Where and on which days.
    #[serde(default)]
    pub calendar: CalendarSection,
    /// What every measure needs to know once.
    #[serde(default)]
    pub measures: MeasuresSection,
    /// Segments of citizens; absent: everybody is alike.
    #[serde(default)]
    pub profiles: BTreeMap<String, Profile>,
    /// Access numbers; absent: one nameless number.
    #[serde(default)]
    pub numbers: BTreeMap<String, Number>,
    /// Bundles of telephone lines; absent: lines without end.
    #[serde(default)]
    pub trunks: BTreeMap<String, Trunk>,
    /// How callers are looked up; absent: in no time, and it never fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition: Option<Recognition>,
    /// Menus that callers hear before they enter a queue.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ivr: BTreeMap<String, Ivr>,
    /// Topics by channel.
    #[serde(default)]
    pub contact_types: BTreeMap<String, ContactType>,
    /// Who calls when.
    #[serde(default)]
    pub arrivals: BTreeMap<String, Arrivals>,
    /// What is known beforehand to bring more or fewer calls, by name; each applies to the arrivals that it names.
    #[serde(default)]
    pub events: BTreeMap<String, Event>,
    /// How much busier or quieter than expected.
    #[serde(default)]
    pub busyness: BTreeMap<String, Busyness>,
    /// Where contacts wait.
    #[serde(default)]
    pub queues: BTreeMap<String, Queue>,
    /// What steps of queues offer in place of waiting.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub offers: BTreeMap<String, Offer>,
    /// Which contact goes to which queue.
    #[serde(default)]
    pub routing: BTreeMap<String, RoutingRule>,
    /// Who runs agent groups.
    #[serde(default)]
    pub vendors: BTreeMap<String, Vendor>,
    /// Where agent groups work.
    #[serde(default)]
    pub sites: BTreeMap<String, Site>,
    /// From when to when people work, with their breaks.
    #[serde(default)]
    pub shifts: BTreeMap<String, Shift>,
    /// How people learn with the time that they have been at work.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tenure: BTreeMap<String, Tenure>,
    /// Who answers.
    #[serde(default)]
    pub agent_groups: BTreeMap<String, AgentGroup>,
    /// Who works on cases.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub offices: BTreeMap<String, Office>,
    /// What offices do for citizens after a contact.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub case_types: BTreeMap<String, CaseType>,
    /// Parts of the city; absent: there is no distance.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub districts: BTreeMap<String, District>,
    /// Places that citizens visit.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub counters: BTreeMap<String, Counter>,
    /// What citizens visit counters for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub services: BTreeMap<String, Service>,
    /// Persons whom the center calls.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub campaigns: BTreeMap<String, Campaign>,
    /// What was promised.
    #[serde(default)]
    pub targets: BTreeMap<String, Target>,
    /// What is there when the counted time starts; absent: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_state: Option<StartState>,
}

impl Scenario {
    /// How long before the start the first of those came who wait then, and under which name; `None`: nobody waits.
    pub fn first_came(&self) -> Option<(String, Span)> {
        self.start_state.as_ref().and_then(|state| state.first_came(&self.services))
    }
}

/// `[scenario]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// What the report calls it.
    pub name: String,
    /// One or two sentences for the report.
    #[serde(default)]
    pub description: String,
    /// The first local date that is counted, from its midnight.
    pub start: DateText,
    /// How many local days are counted.
    #[serde(default = "one")]
    pub days: u32,
    /// The length of a period: a divisor of a day in whole minutes.
    #[serde(default = "quarter_hour")]
    pub period: Span,
    /// Simulated before the start and not counted.
    #[serde(default)]
    pub run_in: Span,
    /// A center looked at in the long run: one long replication after a warm-up, cut into batches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steady_state: Option<SteadyState>,
    /// The master seed, unless the command gives one.
    #[serde(default = "default_seed")]
    pub seed: u64,
}

impl Header {
    /// What is simulated before the start and not counted: the run-in, or the warm-up of a steady state.
    pub fn before_start(&self) -> Span {
        self.steady_state.map_or(self.run_in, |steady| steady.warm_up)
    }
}

/// `scenario.steady_state`
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SteadyState {
    /// Simulated before the start and not counted, until the empty start is forgotten.
    pub warm_up: Span,
    /// Into how many batches of whole periods the counted time is cut.
    #[serde(default = "twenty")]
    pub batches: u32,
}

fn twenty() -> u32 {
    20
}

fn one() -> u32 {
    1
}

fn quarter_hour() -> Span {
    Span::from_s(900.0)
}

fn default_seed() -> u64 {
    20_202
}

/// `[calendar]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarSection {
    /// An IANA time zone.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// A named set ("IT", "IT-MI") or a list of dates.
    #[serde(default)]
    pub holidays: Holidays,
}

fn utc() -> String {
    "UTC".into()
}

impl Default for CalendarSection {
    fn default() -> Self {
        CalendarSection { time_zone: utc(), holidays: Holidays::default() }
    }
}

/// Which days are holidays.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Holidays {
    /// A set that the program knows.
    Named(String),
    /// The dates themselves.
    Dates(Vec<DateText>),
}

impl Default for Holidays {
    fn default() -> Self {
        Holidays::Dates(Vec::new())
    }
}

/// `[measures]`: what counts as answered in time where no target says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasuresSection {
    /// Answered within this of entering the queue is in time.
    #[serde(default = "twenty_seconds")]
    pub within: Span,
    /// Hanging up within this is a short abandonment.
    #[serde(default = "five_seconds")]
    pub short_abandonment: Span,
}

fn twenty_seconds() -> Span {
    Span::from_s(20.0)
}

fn five_seconds() -> Span {
    Span::from_s(5.0)
}

impl Default for MeasuresSection {
    fn default() -> Self {
        MeasuresSection { within: twenty_seconds(), short_abandonment: five_seconds() }
    }
}

/// `[profiles.NAME]`: a segment of citizens. Shares sum to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Part of all needs.
    pub share: f64,
    /// Part of its callers that the telephone system knows.
    #[serde(default)]
    pub recognised: f64,
    /// How much longer than the type says they wait.
    #[serde(default)]
    pub patience: Factor,
    /// How much longer than the type says they talk.
    #[serde(default)]
    pub service_time: Factor,
    /// How their talks end, by contact type and tier, where it is not as the type says.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcome: BTreeMap<String, BTreeMap<String, Outcomes>>,
    /// Where they live, by district, where it is not as the districts' shares say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub districts: BTreeMap<String, f64>,
    /// How much further than the service says they go to a counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_km: Option<Factor>,
    /// How much longer than the service says they wait for an appointment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_lead: Option<Factor>,
}

/// `{ times = 1.3 }`
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Multiplies the duration.
    pub times: f64,
}

impl Default for Factor {
    fn default() -> Self {
        Factor { times: 1.0 }
    }
}

/// `[numbers.NAME]`: an access number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// The lines that its calls hold; absent: lines without end.
    #[serde(default)]
    pub trunk: Option<String>,
    /// The menu that its callers hear; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ivr: Option<String>,
    /// When it is answered; outside of it calls are refused; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The number that answers in its place: whoever dials this one has dialled that one; absent: itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
}

/// `[trunks.NAME]`: a bundle of lines. A call holds one from its arrival until it leaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trunk {
    /// How many calls fit.
    pub lines: u32,
}

/// The way a contact comes in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A telephone call: holds a line, may hear a menu, hangs up.
    #[default]
    Voice,
    /// A letter on the net: nobody is on the line, an answer is due.
    Email,
    /// The same by a form of the web site.
    WebForm,
    /// Writing to and fro with an agent: no line and no menu, and whoever waits too long leaves.
    Chat,
}

impl Channel {
    /// All of them.
    pub const ALL: [Channel; 4] = [Channel::Voice, Channel::Email, Channel::WebForm, Channel::Chat];

    /// Whether nobody waits on the line: what is written stays until it is answered.
    pub fn is_written(self) -> bool {
        matches!(self, Channel::Email | Channel::WebForm)
    }

    /// As scenarios and logs write it.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Voice => "voice",
            Channel::Email => "email",
            Channel::WebForm => "web_form",
            Channel::Chat => "chat",
        }
    }
}

/// `[contact_types.NAME]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactType {
    /// How it comes in.
    #[serde(default)]
    pub channel: Channel,
    /// What it is about: contact types of one topic are told together, whatever their channel. Absent: its own name, where any type has a topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Of what is written: when the answer should be out, `"4h"`, `"8 working hours"`, `"2 working days"`; absent: whenever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// Of chats: how often citizens write no more, and how long the agent waits for them; absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle_out: Option<IdleOut>,
    /// When working time passes for `due`: `"Mon-Fri 08:30-17:00, holidays closed"`; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_hours: Option<String>,
    /// The menu that its callers hear, in the place of the number's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ivr: Option<String>,
    /// How long a caller waits before hanging up; absent: for ever.
    #[serde(default)]
    pub patience: Option<Distribution>,
    /// Whether those who call again wait as long as the first time.
    #[serde(default)]
    pub retrial_patience: RetrialPatience,
    /// Talk and hold, at tier 1 and wherever a tier has none of its own.
    pub service_time: Distribution,
    /// Work after the call.
    #[serde(default)]
    pub wrap_up: Option<Distribution>,
    /// Probability of hanging up at once on hearing that all agents are busy.
    #[serde(default)]
    pub balking: f64,
    /// How tier 2 differs.
    #[serde(default)]
    pub tier2: Option<TierHandling>,
    /// How the talk ends, by tier: `outcome.tier1 = { escalate = 0.15, rest = "resolved" }`. Absent: resolved.
    #[serde(default)]
    pub outcome: BTreeMap<String, Outcomes>,
    /// Which case is opened where a talk ends with `case`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseChoice>,
    /// What is booked where a talk ends with `booking`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// How often an attempt is passed on at most; a talk that would pass it on once more ends unresolved.
    #[serde(default = "three")]
    pub passed_on_at_most: u32,
    /// With it, an agent who escalates stays with the caller until the second takes over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warm_transfer: Option<WarmTransfer>,
    /// How an agent whose talk ends with `consult` asks a second one, and goes on with the caller afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consultation: Option<Consultation>,
    /// What those do next whose talk ended `unresolved`; absent: they give up.
    #[serde(default)]
    pub after_unresolved: Option<Repeat>,
    /// Citizens who try the web site first; absent: nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub web: Option<WebFirst>,
    /// What those who hung up do next.
    #[serde(default)]
    pub after_abandonment: Option<Retrial>,
    /// What those who met busy lines, a closed queue or were sent away do next.
    #[serde(default)]
    pub after_blocking: Option<Retrial>,
}

/// Chats whose citizens write no more.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdleOut {
    /// Their share.
    pub share: f64,
    /// How long the agent waits for the citizen before closing the chat, which then ends unresolved.
    pub after: Span,
}

/// A transfer to tier 2 at which the first agent stays with the caller, busy, until the second takes over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WarmTransfer {
    /// How long the first agent stays at most.
    pub limit: Span,
    /// What becomes of the contact then: `"case"` or `"unresolved"`; absent: the transfer is cold, and the caller waits on alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
    /// How long both agents are with the caller, before the talk of the second begins.
    #[serde(default)]
    pub introduction: Span,
}

/// An agent of tier 1 asks one of tier 2 while the caller holds, and then finishes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consultation {
    /// How long the two agents speak.
    pub service_time: Distribution,
    /// How long the first agent speaks with the caller afterwards; absent: not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conclusion: Option<Distribution>,
    /// Work of the second agent after it; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrap_up: Option<Distribution>,
    /// How long the first agent waits for a second one at most.
    pub limit: Span,
    /// How the contact ends if no second agent was there by then: `"escalate"`, `"case"`, `"unresolved"` or another outcome.
    pub otherwise: String,
    /// How the contact ends after a consultation; absent: resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcomes>,
}

/// How long those wait who call again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RetrialPatience {
    /// Each attempt has a patience of its own.
    #[default]
    Fresh,
    /// As long as at the first attempt.
    Kept,
}

/// Handling at a tier above the first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierHandling {
    /// Talk and hold.
    #[serde(default)]
    pub service_time: Option<Distribution>,
    /// Work after the call.
    #[serde(default)]
    pub wrap_up: Option<Distribution>,
}

/// Outcomes of a talk in declared order: probabilities, and one `rest = "name"`.
pub type Outcomes = Ordered<Share>;

/// A probability, or the name of the option that takes what is left.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Share {
    /// Its probability.
    Part(f64),
    /// With the key `rest`: the option that takes what the others leave.
    Rest(String),
}

/// Calling again with the same need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retrial {
    /// Probability of another attempt.
    pub retrial: f64,
    /// Time until it.
    pub delay: Distribution,
    /// Attempts in all, the first included.
    #[serde(default = "four")]
    pub at_most: u32,
    /// Parts of those who try again that come as another contact type, by another channel perhaps: `{ taxes_email = 0.2 }`.
    #[serde(default, skip_serializing_if = "Ordered::is_empty")]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub instead: Ordered<f64>,
    /// Parts that go to a counter for a service.
    #[serde(default, skip_serializing_if = "Ordered::is_empty")]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub visits: Ordered<f64>,
}

/// Calling again after a talk that did not help: a repeat contact, with the same need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// Probability of another contact.
    pub repeat: f64,
    /// Time until it, from the end of the talk.
    pub delay: Distribution,
    /// Attempts in all, the first and retrials included.
    #[serde(default = "four")]
    pub at_most: u32,
    /// Parts of those who try again that come as another contact type, by another channel perhaps: `{ taxes_email = 0.2 }`.
    #[serde(default, skip_serializing_if = "Ordered::is_empty")]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub instead: Ordered<f64>,
    /// Parts that go to a counter for a service.
    #[serde(default, skip_serializing_if = "Ordered::is_empty")]
    #[schemars(with = "BTreeMap<String, f64>")]
    pub visits: Ordered<f64>,
}

fn four() -> u32 {
    4
}

fn three() -> u32 {
    3
}

/// `[busyness.NAME]`: random factors of mean 1 on the rate; levels multiply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Busyness {
    /// One factor a year.
    #[serde(default)]
    pub year: Option<BusynessLevel>,
    /// One factor a month.
    #[serde(default)]
    pub month: Option<BusynessLevel>,
    /// One factor a local day.
    #[serde(default)]
    pub day: Option<BusynessLevel>,
    /// One factor a quarter-hour.
    #[serde(default)]
    pub period: Option<BusynessLevel>,
    /// Correlation of each process's normal score with the common one.
    #[serde(default = "entirely")]
    pub shared: f64,
}

fn entirely() -> f64 {
    1.0
}

/// Spread and memory of one level of busyness.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BusynessLevel {
    /// Standard deviation of the factor, whose mean is 1.
    pub cv: f64,
    /// Correlation of the normal scores of neighbours.
    #[serde(default)]
    pub lag1: f64,
}

/// `[queues.NAME]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Queue {
    /// When it takes contacts: `"Mon-Fri 08:00-20:00, Sat 08:00-13:00"`; absent: always.
    #[serde(default)]
    pub hours: Option<String>,
    /// What happens at closing to those who wait.
    #[serde(default)]
    pub at_close: AtClose,
    /// What happens while nobody of the groups that its steps name is at work.
    #[serde(default)]
    pub without_staff: WithoutStaff,
    /// Which idle agent of a group a contact goes to.
    #[serde(default)]
    pub select: Select,
    /// How its expected wait is told, for conditions of steps.
    #[serde(default)]
    pub expected_wait: ExpectedWait,
    /// What callers make of a wait that is announced to them, by name; absent: nothing is announced.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub announced: BTreeMap<String, Announced>,
    /// How it widens as a contact waits, by name; the order is that of `after`.
    pub steps: BTreeMap<String, Step>,
}

/// What happens at closing to those who wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AtClose {
    /// They are still served.
    #[default]
    Serve,
    /// They are told so and leave.
    SendAway,
}

/// What happens to contacts while nobody who may serve them is at work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WithoutStaff {
    /// They wait.
    #[default]
    Wait,
    /// Who waits is sent away when the last one leaves, and who comes is refused as if the queue were closed.
    SendAway,
}

/// Which idle agent of a group a contact goes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Select {
    /// The one who has been idle longest.
    #[default]
    LongestIdle,
    /// The one with the smallest share of busy time since log-in; ties go to the longest idle.
    LeastOccupied,
    /// The one with the smallest factor on the contact's talk; ties go to the longest idle.
    Fastest,
    /// Any of them, each with the same probability.
    Random,
}

/// `[routing.NAME]`: the rule of smallest `order` that matches wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutingRule {
    /// Rules are tried from the smallest.
    pub order: i64,
    /// What must hold; absent: always.
    #[serde(default)]
    pub when: When,
    /// Where the contact waits.
    pub queue: String,
    /// Larger goes first.
    #[serde(default)]
    pub priority: i32,
    /// Moves its place as if it had waited this much longer; never service level, patience or steps.
    #[serde(default)]
    pub credit: Span,
    /// Groups to try first among those that the queue's steps allow.
    #[serde(default)]
    pub prefer: Vec<String>,
    /// With it, a known caller who comes again goes to the agent who served the need last, if that one is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefer_last_agent: Option<PreferLastAgent>,
    /// What must come out: checked by `centralino check`.
    #[serde(default)]
    pub tests: Vec<RoutingTest>,
}

/// Conditions of a rule; each that is present must hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// One of these contact types.
    #[serde(default, rename = "type")]
    pub contact_type: Option<OneOrMany>,
    /// One of these profiles.
    #[serde(default)]
    pub profile: Option<OneOrMany>,
    /// One of these access numbers.
    #[serde(default)]
    pub number: Option<OneOrMany>,
    /// This channel.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Whether the telephone system knew the caller.
    #[serde(default)]
    pub recognised: Option<bool>,
    /// Within these hours on entering: `"Mon-Fri 18:00-22:00"`.
    #[serde(default)]
    pub hours: Option<String>,
    /// Whether the day is a holiday.
    #[serde(default)]
    pub holiday: Option<bool>,
    /// The tier that the contact is bound for: 1 for new calls, 2 after an escalation. Absent: 1.
    #[serde(default)]
    pub tier: Option<u8>,
    /// Whether it comes from a talk that ended as `wrong_department` or `send_back`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirected: Option<bool>,
    /// The caller is known, and an earlier contact of the need was answered at most so many days, of 24 hours, ago.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat_within_days: Option<f64>,
    /// The caller is known, and the need had more earlier contacts than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt_over: Option<u32>,
    /// Whether the caller is known and the need has a case that is not closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_open_case: Option<bool>,
    /// A part of all needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// So many contacts in each period or day; the others go on to the next rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Band>,
}

/// A name or a list of names.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMany {
    /// A single name.
    One(String),
    /// Any of these.
    Many(Vec<String>),
}

impl OneOrMany {
    /// The names as a slice.
    pub fn names(&self) -> &[String] {
        match self {
            OneOrMany::One(name) => std::slice::from_ref(name),
            OneOrMany::Many(names) => names,
        }
    }
}

/// An example that a rule must satisfy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutingTest {
    /// The contact.
    pub given: Given,
    /// The first group that it is offered to, or the queue.
    pub goes_to: String,
}

/// The contact of a routing test; what is absent is the scenario's only or first one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Its type.
    #[serde(rename = "type")]
    pub contact_type: String,
    /// Its profile.
    #[serde(default)]
    pub profile: Option<String>,
    /// The number dialled.
    #[serde(default)]
    pub number: Option<String>,
    /// Whether the caller was known.
    #[serde(default)]
    pub recognised: bool,
    /// The tier it is bound for; absent: 1.
    #[serde(default)]
    pub tier: Option<u8>,
    /// Whether it comes from a talk that ended as `wrong_department` or `send_back`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub redirected: bool,
    /// How many contacts the need had before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier_contacts: Option<u32>,
    /// How many days ago one of them was answered; absent: none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_days_ago: Option<f64>,
    /// Whether the need has a case that is not closed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_open_case: bool,
    /// The need's mark; absent: 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<f64>,
    /// The local date and time of entering, `"2008-06-16 10:30"`; absent: noon of the first day.
    #[serde(default)]
    pub at: Option<String>,
}

/// `[vendors.NAME]`
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vendor {
    /// For the report.
    #[serde(default)]
    pub description: String,
    /// Since when its people are at work, for groups that do not say so themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenure: Option<GroupTenure>,
}

/// `[agent_groups.NAME]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentGroup {
    /// 1 or 2.
    #[serde(default = "first_tier")]
    pub tier: u8,
    /// Who employs them.
    #[serde(default)]
    pub vendor: Option<String>,
    /// Where they work.
    #[serde(default)]
    pub site: Option<String>,
    /// Queues in the order in which a freed agent looks; eligibility is the queues' steps.
    pub serves: Vec<String>,
    /// How a freed agent chooses among contacts of equal priority.
    #[serde(default)]
    pub take: Take,
    /// With `take = "weighted"`: what the age of contacts of a queue is multiplied by; absent queues weigh 1.
    #[serde(default)]
    pub weights: BTreeMap<String, f64>,
    /// Whether the order of `serves` comes before priority.
    #[serde(default)]
    pub take_first: TakeFirst,
    /// How many people, when.
    pub staffing: Staffing,
    /// Who of the scheduled people is not there for contacts, by component.
    #[serde(default)]
    pub shrinkage: BTreeMap<String, Shrinkage>,
    /// How people keep to their shifts.
    #[serde(default)]
    pub adherence: Option<Adherence>,
    /// How many chats each of its people serves at once; absent: its people serve one contact each, of whatever channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concurrency: Option<u32>,
    /// With `concurrency`: how fast each chat proceeds while an agent has one, two ... of them; absent: all at full speed, 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chat_speed: Vec<f64>,
    /// With it, a call that finds nobody idle interrupts their wrap-up; absent: wrap-up is finished first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interruptible_wrap_up: Option<InterruptibleWrapUp>,
    /// Whether a call that finds nobody idle interrupts their work on e-mails and web forms, which they go on with afterwards.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub interruptible_written: bool,
    /// With it, its people work on cases of offices when they have nothing else to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_office: Option<BackOffice>,
    /// From accepting a contact to speaking; counts as waiting no more, and as busy.
    #[serde(default)]
    pub answer_delay: Span,
    /// How long its people stay with callers for a warm transfer at most; absent: as the contact type says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warm_transfer_limit: Option<Span>,
    /// How long its people wait for another whom they ask at most; absent: as the contact type says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consultation_limit: Option<Span>,
    /// How much longer than the type says their talks take: for all types, by type, or both.
    #[serde(default)]
    pub service_time: ServiceTimes,
    /// Skill levels among its people, by name.
    #[serde(default)]
    pub levels: BTreeMap<String, Level>,
    /// Since when they are at work, and how they learn; absent: as the vendor says, or it does not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenure: Option<GroupTenure>,
    /// How talks with its people end, by contact type, where it is not as type and profile say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcome: BTreeMap<String, Outcomes>,
    /// How talks of a profile with its people end, by profile and contact type.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcome_by_profile: BTreeMap<String, BTreeMap<String, Outcomes>>,
    /// Wage and overhead.
    #[serde(default)]
    pub cost_per_hour: f64,
}

/// Wrap-up that a call may interrupt: `interruptible_wrap_up = { rest = "resumed", put_aside_at_most = 2 }`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterruptibleWrapUp {
    /// What becomes of what is left of it.
    #[serde(default)]
    pub rest: Rest,
    /// How many wrap-ups an agent has put aside at once at most: one that begins beyond is finished first. Absent: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub put_aside_at_most: Option<u32>,
}

/// Work on cases between contacts: `back_office = { offices = ["registry"], after_idle = "1m", keep_idle = 1 }`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackOffice {
    /// Whose cases, in the order in which they look.
    pub offices: Vec<String>,
    /// How long somebody has been idle before taking a case.
    #[serde(default)]
    pub after_idle: Span,
    /// So many of the group are left idle.
    #[serde(default)]
    pub keep_idle: u32,
    /// Whether a call that finds nobody idle interrupts the work.
    #[serde(default = "yes")]
    pub interruptible: bool,
}

fn yes() -> bool {
    true
}

/// What becomes of the rest of a wrap-up that was interrupted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// The agent goes on with it as soon as no call waits.
    #[default]
    Resumed,
    /// It is never done.
    Dropped,
}

fn first_tier() -> u8 {
    1
}

/// How a freed agent chooses among contacts of equal priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// The first queue of `serves` with an eligible contact.
    #[default]
    InOrder,
    /// The contact of greatest age.
    LongestWait,
    /// The contact of greatest age times its queue's weight.
    Weighted,
}

/// What comes first for a freed agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TakeFirst {
    /// Larger priority, then `take`.
    #[default]
    Priority,
    /// The order of `serves`, then priority within the queue.
    Order,
}

/// The people of a group over time: as heads, or by shift.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Staffing {
    /// Heads of a working day, or of every day for which nothing else is said.
    #[serde(default)]
    pub heads: Option<Heads>,
    /// Heads of a Saturday.
    #[serde(default)]
    pub saturday: Option<Heads>,
    /// Heads of a Sunday.
    #[serde(default)]
    pub sunday: Option<Heads>,
    /// Heads of a holiday; absent: as a Sunday.
    #[serde(default)]
    pub holiday: Option<Heads>,
    /// A CSV beside the scenario with columns `start`, `heads` and, if wanted, `day` and `group`; loading replaces
    /// it by `rows`.
    #[serde(default)]
    pub file: Option<String>,
    /// What the file held.
    #[serde(default)]
    pub rows: Vec<StaffingRow>,
    /// In place of heads: people by shift, on a working day or on every day for which nothing else is said.
    #[serde(default)]
    pub shifts: ShiftHeads,
    /// People by shift on other days: `mon` ... `sun`, `weekday`, `saturday`, `sunday`, `holiday`, or a date.
    #[serde(default)]
    pub shifts_on: BTreeMap<String, ShiftHeads>,
    /// People by day and shift as a table.
    #[serde(default)]
    pub roster: Option<Roster>,
    /// What the heads are.
    #[serde(default)]
    pub means: HeadsMean,
}

/// Heads over a day.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Heads {
    /// The same all day.
    Constant(u32),
    /// 24, 48, 96 ... values of equal length from midnight.
    List(Vec<u32>),
    /// From each time of day until the next: `{ "00:00" = 3, "08:00" = 20 }`.
    Bands(BTreeMap<Clock, u32>),
}

/// A row of a staffing file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffingRow {
    /// `mon` ... `sun`, `weekday`, `saturday`, `sunday`, `holiday`, a date, or empty for every day.
    pub day: String,
    /// From when.
    pub start: Clock,
    /// How many people until the next row's start.
    pub heads: u32,
}

/// What the heads of a staffing are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HeadsMean {
    /// People ready to take contacts.
    #[default]
    InChair,
    /// People on the plan, from whom shrinkage takes some away.
    Scheduled,
}

/// `[targets.NAME]`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// To which contacts; absent: to all.
    #[serde(default)]
    pub applies_to: AppliesTo,
    /// `leg`, `contact` or `need`.
    #[serde(default)]
    pub basis: Basis,
    /// Over which span it is judged.
    #[serde(default)]
    pub per: Per,
    /// The share promised.
    pub service_level: f64,
    /// In time is within this.
    pub within: Span,
    /// Which formula, by its name in docs/measures.md.
    #[serde(default = "answered_over_offered")]
    pub formula: String,
}

fn answered_over_offered() -> String {
    "answered_over_offered".into()
}

/// What a target is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppliesTo {
    /// Contacts of this channel.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Contacts of these types.
    #[serde(default, rename = "type")]
    pub contact_type: Option<OneOrMany>,
}

/// What is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A stay in a queue.
    #[default]
    Leg,
    /// From the first queue entry to the first answer.
    Contact,
    /// What the citizen wanted, over all attempts.
    Need,
}

/// The span over which a target is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Each day.
    Day,
    /// Each month.
    #[default]
    Month,
    /// The whole run.
    Whole,
}
