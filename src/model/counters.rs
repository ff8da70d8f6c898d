//! Counters and bookings: who lives where, who is served where and when, which slots can be booked.

use super::{ContactTypeId, CounterId, Model, NumberId, ProcessId, ProfileId, ServiceId};
use crate::random::Distribution;
use crate::time::{SimDuration, SimTime};

/// Everything about counters; a scenario without them has none of it.
#[derive(Clone, Debug)]
pub struct Counters {
    /// The districts' names; one without a name where the scenario has none.
    pub districts: Vec<String>,
    /// By profile.
    pub profiles: Vec<VisitorProfile>,
    /// Metres from a district to a counter: `[district * counters + counter]`.
    pub metres: Vec<u32>,
    /// Places that citizens visit.
    pub counters: Vec<Counter>,
    /// What for.
    pub services: Vec<Service>,
    /// By arrival process: the service that its citizens want at a counter; `None`: they call.
    pub of_process: Vec<Option<ServiceId>>,
    /// By contact type: what is booked where a talk ends so.
    pub of_type: Vec<Option<ServiceId>>,
    /// The first local day, in days since 1970.
    pub first_day: u32,
    /// When each local day from it on begins; the first is time zero.
    pub midnights: Vec<SimTime>,
}

/// What profiles differ in.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitorProfile {
    /// Cumulative shares of the districts.
    pub lives: Vec<f64>,
    /// How much further than a service says they go.
    pub km_times: f64,
    /// How much longer they wait for an appointment.
    pub lead_times: f64,
}

/// A place that citizens visit.
#[derive(Clone, Debug, PartialEq)]
pub struct Counter {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub district: u16,
    /// Its states: the first at time zero, all before the horizon.
    pub changes: Vec<CounterChange>,
}

/// The state of a counter from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CounterChange {
    /// From when.
    pub at: SimTime,
    /// Whether visitors are let in.
    pub open: bool,
    /// How many visitors can be served at once: desks with a clerk. While it is closed as many as when it closed, for those who are inside.
    pub served_at_once: u32,
}

/// What citizens visit counters for.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// Where, in the order of the counters.
    pub at: Vec<ServedAt>,
    /// Time at the desk.
    pub visit_time: Distribution,
    /// How long those without an appointment wait; `None`: for ever.
    pub patience: Option<Distribution>,
    /// Probability that a visit does not meet the need.
    pub unresolved: f64,
    /// How it is booked; `None`: not at all.
    pub booking: Option<Booking>,
    /// What those do next whose need is not met, by [`Failure`]; `None`: they give up.
    pub next: [Option<NextTry>; Failure::COUNT],
}

/// How a counter does not meet a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Failure {
    /// No place was free, or the offer was declined.
    Declined,
    /// The visitor left unserved, or was sent away.
    Left,
    /// The citizen did not come.
    NoShow,
    /// The citizen cancelled.
    Cancelled,
    /// The visit did not help.
    Unresolved,
}

impl Failure {
    /// How many ways there are.
    pub const COUNT: usize = 5;
}

/// A counter of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct ServedAt {
    /// Which.
    pub counter: CounterId,
    /// Its slots; none where nobody books.
    pub agenda: Agenda,
}

/// The slots of a service at a counter, also beyond the horizon as far as they can be booked before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    /// Visits that a slot has room for.
    pub room: u32,
    /// Visits that are booked into a slot at most.
    pub places: u32,
    /// When each begins, in order.
    pub slots: Vec<Slot>,
    /// The local days that have slots, in order.
    pub days: Vec<AgendaDay>,
}

/// When a slot begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The instant.
    pub start: SimTime,
    /// What the wall shows then, in seconds of the day.
    pub second_of_day: u32,
}

/// The slots of a local day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgendaDay {
    /// In days since 1970.
    pub day: u32,
    /// Its first slot.
    pub first: u32,
    /// The slot after its last.
    pub end: u32,
}

/// How a service is booked.
#[derive(Clone, Debug)]
pub struct Booking {
    /// Part of those who want a counter who book on the web.
    pub uptake: f64,
    /// How many local days ahead.
    pub horizon_days: u32,
    /// Slots are released every so many days, counted from a Monday.
    pub released_every_days: u32,
    /// How long before the slot at the latest.
    pub notice: SimDuration,
    /// Which free slot is offered.
    pub choose: Choose,
    /// How long before the visit at most; `None`: any time.
    pub accepted_lead: Option<Distribution>,
    /// How far at most, in metres; infinite: anywhere.
    pub accepted_m: f64,
    /// Probability of not coming.
    pub no_show: f64,
    /// Probability of cancelling.
    pub cancellation: f64,
    /// What reminds.
    pub reminder: Option<Reminder>,
    /// How much longer an agent talks.
    pub talk: Option<Distribution>,
    /// What is prepared.
    pub preparation: Option<Preparation>,
}

/// Which free slot is offered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Choose {
    /// The one that begins first; then the nearest.
    Earliest,
    /// One of the nearest counter that has any.
    Nearest,
    /// The first at about the preferred time of day, which is any between two (in seconds) alike.
    PreferredTime {
        /// From when.
        from_s: f64,
        /// Until when.
        to_s: f64,
        /// How far off it may be.
        within_s: f64,
    },
    /// One of the counter and day that are booked least.
    Spread {
        /// How far it may send, in metres.
        max_m: u32,
        /// How many days ahead.
        max_days: u32,
    },
}

/// What a reminder does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reminder {
    /// How long before the visit.
    pub before: SimDuration,
    /// Multiplies the probability of not coming.
    pub no_show_times: f64,
    /// Part of those who still would not come who cancel.
    pub cancels: f64,
}

/// Paperwork before a visit: a piece of an office's work.
#[derive(Clone, Debug)]
pub struct Preparation {
    /// Who.
    pub office: super::OfficeId,
    /// Larger goes first, where the office goes by priority.
    pub priority: i32,
    /// How long it is worked on.
    pub work: Distribution,
    /// Part of visits that can be prepared.
    pub share: f64,
    /// How much shorter they are.
    pub saves: SimDuration,
}

/// What a citizen does next.
#[derive(Clone, Debug)]
pub struct NextTry {
    /// Probability of walking in.
    pub walk_in: f64,
    /// Of booking on the web.
    pub book: f64,
    /// Of calling.
    pub call: f64,
    /// Time until then.
    pub delay: Distribution,
    /// Tries in all.
    pub at_most: u32,
}

/// Visits that are booked when the run begins.
#[derive(Clone, Debug)]
pub struct StartBookings {
    /// What names their needs.
    pub process: ProcessId,
    /// What they are for: a service that is booked.
    pub service: ServiceId,
    /// How many.
    pub count: u32,
    /// How long after the run begins each should lie, in seconds.
    pub ahead: Distribution,
    /// How long before the run begins each was booked, in seconds.
    pub booked: Distribution,
    /// None was booked earlier.
    pub longest: SimDuration,
    /// The counter's place among those of the service; `None`: the nearest to each citizen.
    pub row: Option<u16>,
    /// What their citizens want when they call.
    pub contact_type: ContactTypeId,
    /// The citizens' segment; `None`: drawn as any other's.
    pub profile: Option<ProfileId>,
    /// What they dial when they call.
    pub number: NumberId,
}

impl Counters {
    /// Of a service and the place of one of its counters: the slots that lie at `begins` or later and could be booked before.
    pub fn booked_before(
        &self,
        service: ServiceId,
        row: usize,
        begins: SimTime,
    ) -> impl Iterator<Item = u32> + '_ {
        let service = &self.services[service.index()];
        let agenda = &service.at[row].agenda;
        let yesterday = self.day_of(begins).saturating_sub(1);
        let days = service.booking.iter().flat_map(move |booking| {
            let days = agenda.days.iter().filter(|_| agenda.places > 0);
            days.take_while(move |day| day.day <= booking.last_day(yesterday)).map(move |day| (booking, day))
        });
        days.flat_map(move |(booking, day)| {
            let from = self.released(booking, day.day).after(booking.notice);
            let first = from.max(begins);
            (day.first..day.end).filter(move |&slot| agenda.slots[slot as usize].start >= first)
        })
    }

    /// When the slots of a local day can first be booked; time zero, if that was before.
    pub fn released(&self, booking: &Booking, day: u32) -> SimTime {
        let released = booking.released_on(day).saturating_sub(self.first_day) as usize;
        self.midnights.get(released).copied().unwrap_or(SimTime::MAX)
    }

    /// The local day that holds `at`, in days since 1970.
    pub fn day_of(&self, at: SimTime) -> u32 {
        self.first_day + self.midnights.partition_point(|&midnight| midnight <= at).saturating_sub(1) as u32
    }

    /// Metres from a district to a counter.
    pub fn metres(&self, district: u16, counter: CounterId) -> u32 {
        self.metres[usize::from(district) * self.counters.len() + counter.index()]
    }

    /// Where citizens of a profile live, by their uniform.
    pub fn district(&self, profile: ProfileId, uniform: f64) -> u16 {
        let lives = &self.profiles[profile.index()].lives;
        lives.iter().position(|&cumulative| uniform < cumulative).unwrap_or(lives.len() - 1) as u16
    }
}

impl Booking {
    /// The last local day that can be booked on `today`.
    pub fn last_day(&self, today: u32) -> u32 {
        // The first Monday of 1970 was the fifth of January.
        let since_release = today.saturating_sub(4) % self.released_every_days;
        today - since_release + self.horizon_days
    }

    /// The local day on which the slots of a day can first be booked.
    pub fn released_on(&self, day: u32) -> u32 {
        let least = day.saturating_sub(self.horizon_days);
        let since_release = least.saturating_sub(4) % self.released_every_days;
        if since_release == 0 { least } else { least + self.released_every_days - since_release }
    }
}

impl Model {
    /// Whether offices prepare visits.
    pub fn has_preparations(&self) -> bool {
        self.preparing_offices().any(|office| office.is_some())
    }

    /// By service: the office that prepares its visits.
    pub fn preparing_offices(&self) -> impl Iterator<Item = Option<super::OfficeId>> + '_ {
        let services = self.counters.iter().flat_map(|of| &of.services);
        services.map(|service| Some(service.booking.as_ref()?.preparation.as_ref()?.office))
    }

    /// Whether citizens live in districts that have names.
    pub fn has_districts(&self) -> bool {
        self.counters.iter().flat_map(|of| &of.districts).any(|name| !name.is_empty())
    }
}
