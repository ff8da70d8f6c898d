//! Offices and their cases: who works when, what is due when, how its citizen asks for news.

use std::collections::BTreeMap;

use super::{CampaignId, CaseTypeId, ContactTypeId, NumberId, OfficeId, ProcessId, ProfileId};
use crate::random::Distribution;
use crate::time::{SimDuration, SimTime};

/// People who work on cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Office {
    /// Its name.
    pub name: String,
    /// Which case is taken up first.
    pub discipline: Discipline,
    /// (from when, how many are down for work): the first at time zero, nobody from the horizon on; only changes, and where people may be
    /// absent also each midnight at which somebody works.
    pub at_work: Vec<(SimTime, u32)>,
    /// Who is not there; `None`: nobody.
    pub absence: Option<OfficeAbsence>,
    /// Groups whose agents work on its cases when they have nothing else to do.
    pub worked_by: Vec<super::GroupId>,
    /// When it is open, also beyond the horizon as far as anything may be due.
    pub calendar: WorkingTime,
}

pub use crate::scenario::Discipline;

/// People of an office who are down for work and away.
#[derive(Clone, Debug, PartialEq)]
pub struct OfficeAbsence {
    /// Probability that a person is away on a local day.
    pub share: f64,
    /// What its draws are named by.
    pub key: u64,
    /// By row of [`Office::at_work`]: its local day, since 1970; of an office that works by shifts none.
    pub days: Vec<u32>,
    /// Of an office that works by shifts: who is down for which.
    pub duties: Vec<OfficeDuty>,
}

/// A person of an office who is down for a shift on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct OfficeDuty {
    /// The hash of the shift's name.
    pub shift: u64,
    /// Which person of the shift.
    pub head: u16,
    /// The local date on which it starts, in days since 1970-01-01.
    pub day: u32,
    /// From when to when the person is there while the office is open, breaks left out.
    pub there: Vec<(SimTime, SimTime)>,
}

/// (from when, how many people are there), of these duties: the first at time zero, only changes.
pub fn people_on<'d>(duties: impl Iterator<Item = &'d OfficeDuty>) -> Vec<(SimTime, u32)> {
    let mut steps: BTreeMap<SimTime, i64> = BTreeMap::from([(SimTime::ZERO, 0)]);
    for &(from, until) in duties.flat_map(|duty| &duty.there) {
        *steps.entry(from).or_default() += 1;
        *steps.entry(until).or_default() -= 1;
    }
    let (mut people, mut changes) = (0, Vec::new());
    for (at, more) in steps {
        people += more;
        if more != 0 || changes.is_empty() {
            changes.push((at, people.max(0) as u32));
        }
    }
    changes
}

/// The opening times of an office, for what is due in working time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkingTime {
    /// Stretches in which it is open, in order of time.
    pub open: Vec<OpenStretch>,
    /// Local days on which it is open at some time, in order.
    pub days: Vec<WorkingDay>,
}

/// A stretch of open time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenStretch {
    /// From when.
    pub from: SimTime,
    /// Until when.
    pub until: SimTime,
    /// Open time before it.
    pub before: SimDuration,
}

/// A local day with open time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkingDay {
    /// Its midnight; time zero for the day that holds it.
    pub from: SimTime,
    /// The end of its open time.
    pub closes: SimTime,
}

impl WorkingTime {
    /// The last closing of the `count`-th working day after the day that holds `at`.
    pub fn after_days(&self, at: SimTime, count: u32) -> SimTime {
        let later = self.days.partition_point(|day| day.from <= at);
        let place = later + (count as usize).saturating_sub(1);
        self.days.get(place).map_or(SimTime::MAX, |day| day.closes)
    }

    /// When it has been open for `time` since `at`: at a closing, that closing.
    pub fn after_open_time(&self, at: SimTime, time: SimDuration) -> SimTime {
        let passed = self.open_time_before(at) + time;
        let place = self.open.partition_point(|stretch| stretch.before + stretch.length() < passed);
        let Some(stretch) = self.open.get(place) else { return SimTime::MAX };
        stretch.from.after(passed - stretch.before)
    }

    fn open_time_before(&self, at: SimTime) -> SimDuration {
        let begun = self.open.partition_point(|stretch| stretch.from <= at);
        let Some(last) = begun.checked_sub(1).map(|place| self.open[place]) else { return SimDuration::ZERO };
        last.before + at.min(last.until).since(last.from)
    }
}

impl OpenStretch {
    /// How long it is.
    pub fn length(&self) -> SimDuration {
        self.until.since(self.from)
    }
}

/// What an office does for a citizen.
#[derive(Clone, Debug)]
pub struct CaseType {
    /// Its name.
    pub name: String,
    /// Who works on it.
    pub office: OfficeId,
    /// Larger goes first, where the office goes by priority.
    pub priority: i32,
    /// How long it is worked on.
    pub work: Distribution,
    /// When it should be closed; `None`: whenever.
    pub due: Option<DueRule>,
    /// Probability that work is done again.
    pub rework: f64,
    /// Whether its opening meets the need.
    pub resolves: bool,
    /// How its citizen asks for news; `None`: never.
    pub status: Option<Status>,
    /// Offices that work on it after its own, in their order.
    pub stages: Vec<Stage>,
    /// How it is opened again; `None`: never.
    pub reopening: Option<Reopening>,
    /// How its citizen hears of its closing; `None`: at once.
    pub message: Option<ClosingMessage>,
}

/// Where a case goes on when the work of the office before is done.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Who works on it then.
    pub office: OfficeId,
    /// Probability that it goes there.
    pub share: f64,
    /// How long it is worked on there.
    pub work: Distribution,
}

/// How a closed case is opened again.
#[derive(Clone, Debug)]
pub struct Reopening {
    /// Probability of it, each time it is closed.
    pub probability: f64,
    /// How long after the closing.
    pub delay: Distribution,
    /// The type of the contact by which the citizen asks for it; `None`: without one.
    pub contact_type: Option<ContactTypeId>,
}

/// How a citizen hears of a closing.
#[derive(Clone, Debug)]
pub struct ClosingMessage {
    /// How long after the closing.
    pub delay: Distribution,
    /// The campaign on whose list its citizen then comes; `None`: the message is written, and comes then.
    pub campaign: Option<CampaignId>,
    /// Contacts about it.
    pub calls_back: Option<CallsBack>,
}

/// Contacts about a closing message.
#[derive(Clone, Debug)]
pub struct CallsBack {
    /// Probability of it, each time a message comes.
    pub probability: f64,
    /// How long after the message.
    pub delay: Distribution,
    /// What such contacts are; `None`: of the need's own type.
    pub contact_type: Option<ContactTypeId>,
}

/// Cases that are open when the run begins.
#[derive(Clone, Debug)]
pub struct StartCases {
    /// What names their needs.
    pub process: ProcessId,
    /// What an office does.
    pub case_type: CaseTypeId,
    /// How many.
    pub count: u32,
    /// How long before the run begins each was opened, in seconds.
    pub age: Distribution,
    /// No case is older.
    pub oldest: SimDuration,
    /// What the contact wanted that opened it.
    pub contact_type: ContactTypeId,
    /// The citizens' segment; `None`: drawn as any other's.
    pub profile: Option<ProfileId>,
    /// Whether the telephone system knows them; `None`: drawn as for any other of the profile.
    pub recognised: Option<bool>,
    /// What they dial.
    pub number: NumberId,
}

/// When a case should be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueRule {
    /// At the last closing of so many working days after the day of opening.
    WorkingDays(u32),
    /// When its office has been open for so long.
    WorkingTime(SimDuration),
    /// So long after, open or not.
    After(SimDuration),
}

impl CaseType {
    /// The types of contacts about such a case, where they have one of their own.
    pub fn contact_types(&self) -> impl Iterator<Item = ContactTypeId> {
        let calls_back = self.message.as_ref().and_then(|of| of.calls_back.as_ref());
        let types = [
            self.status.and_then(|of| of.contact_type),
            self.reopening.as_ref().and_then(|of| of.contact_type),
            calls_back.and_then(|of| of.contact_type),
        ];
        types.into_iter().flatten()
    }

    /// When a case that is opened at `opened` is due; [`SimTime::MAX`]: never.
    pub fn due(&self, office: &Office, opened: SimTime) -> SimTime {
        self.due.map_or(SimTime::MAX, |due| due.from(&office.calendar, opened))
    }
}

impl DueRule {
    /// When something is due that began at `from`, where working time passes by `calendar`.
    pub fn from(self, calendar: &WorkingTime, from: SimTime) -> SimTime {
        match self {
            DueRule::After(time) => from.after(time),
            DueRule::WorkingDays(days) => calendar.after_days(from, days),
            DueRule::WorkingTime(time) => calendar.after_open_time(from, time),
        }
    }
}

/// Contacts that ask for news about an open case: a Poisson process with these rates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Status {
    /// By second that the case is open.
    pub open_per_s: f64,
    /// As many more by second that it is late.
    pub late_per_s: f64,
    /// What such contacts are; `None`: of the need's own type.
    pub contact_type: Option<ContactTypeId>,
    /// How much longer talks with recognised callers take.
    pub recognised_times: f64,
}

impl Status {
    /// The integrated hazard of a case that is due `due_s` after its opening when it has been open for `open_s`.
    pub fn sum_s(&self, due_s: f64, open_s: f64) -> f64 {
        self.open_per_s * open_s + self.late_per_s * (open_s - due_s).max(0.0)
    }

    /// How long after its opening the integrated hazard of a case, due `due_s` after its opening, comes to `sum`: its inverse. Infinite
    /// where it never does.
    pub fn after_s(&self, due_s: f64, sum: f64) -> f64 {
        // What is never due is late never, and is asked about at the first rate alone, if at all.
        let until_due = if self.open_per_s > 0.0 { self.open_per_s * due_s } else { 0.0 };
        if sum <= until_due {
            return sum / self.open_per_s;
        }
        let rate = self.open_per_s + self.late_per_s;
        if rate > 0.0 { due_s + (sum - until_due) / rate } else { f64::INFINITY }
    }
}

/// Which case a contact type opens: by inversion over the types in declared order, the last taking the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseChoice {
    /// Cumulative probabilities.
    pub cumulative: Vec<f64>,
    /// What each means.
    pub case_types: Vec<CaseTypeId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(h: u64) -> SimTime {
        SimTime::from_us(h * 3_600_000_000)
    }

    fn hours(h: u64) -> SimDuration {
        SimDuration::from_whole_s(3600 * h)
    }

    /// Open from 8 to 12 and from 14 to 16 on the first, second and fourth day.
    fn office() -> WorkingTime {
        let (mut open, mut days, mut before) = (vec![], vec![], SimDuration::ZERO);
        for day in [0, 24, 72] {
            for (from, until) in [(day + 8, day + 12), (day + 14, day + 16)] {
                open.push(OpenStretch { from: hour(from), until: hour(until), before });
                before += hours(until - from);
            }
            days.push(WorkingDay { from: hour(day), closes: hour(day + 16) });
        }
        WorkingTime { open, days }
    }

    #[test]
    fn working_hours_run_while_the_office_is_open() {
        let due = |at, time| office().after_open_time(hour(at), hours(time));
        assert_eq!(due(9, 2), hour(11));
        assert_eq!(due(9, 3), hour(12), "at the closing, not at the next opening");
        assert_eq!(due(9, 4), hour(15));
        assert_eq!(due(13, 2), hour(16));
        assert_eq!(due(17, 1), hour(33));
        assert_eq!(due(0, 6), hour(16));
        assert_eq!(due(47, 1), hour(81), "over a day on which it is closed");
        assert_eq!(due(0, 100), SimTime::MAX);
    }

    #[test]
    fn working_days_are_counted_from_the_day_after_the_opening() {
        let due = |at, days| office().after_days(hour(at), days);
        assert_eq!(due(0, 1), hour(40));
        assert_eq!(due(23, 1), hour(40));
        assert_eq!(due(24, 1), hour(88), "the third day is none");
        assert_eq!(due(9, 2), hour(88));
        assert_eq!(due(9, 3), SimTime::MAX);
    }

    #[test]
    fn the_hazard_rises_when_the_case_is_late() {
        let status = Status { open_per_s: 0.1, late_per_s: 0.4, contact_type: None, recognised_times: 1.0 };
        for (open_s, sum) in [(10.0, 1.0), (20.0, 2.0), (22.0, 3.0)] {
            assert_eq!(status.sum_s(20.0, open_s), sum);
        }
        assert_eq!(status.after_s(20.0, 1.0), 10.0);
        assert_eq!(status.after_s(20.0, 2.0), 20.0);
        assert_eq!(status.after_s(20.0, 3.0), 22.0);
        let late = Status { open_per_s: 0.0, ..status };
        assert_eq!(late.after_s(20.0, 1.0), 22.5);
        let never = Status { open_per_s: 0.0, late_per_s: 0.0, ..status };
        assert_eq!(never.after_s(20.0, 1.0), f64::INFINITY);
        assert_eq!(late.after_s(f64::INFINITY, 1.0), f64::INFINITY);
    }
}
