//! Who serves, when and at what cost, as it is written: `[vendors]`, `[agent_groups.NAME]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::document::{Adherence, GroupTenure, Level, Outcomes, Roster, ServiceTimes, ShiftHeads, Shrinkage};
use super::units::{Clock, Span};

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
