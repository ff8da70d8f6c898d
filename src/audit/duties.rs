//! Who of a group works which shift when, with breaks, read from its `staffing` and the `[shifts]` by the wall clock.

use std::collections::BTreeMap;

use crate::calendar::{Calendar, Date, DayKind};
use crate::log::LogTime;
use crate::scenario::{Break, Roster, Scenario, Shift, Staffing};
use crate::time::SimDuration;

const US_PER_S: i64 = 1_000_000;
const DAY_S: u32 = 86_400;

/// The duties of each person of a group, by what the log calls the person after the group: `early#007`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duties {
    people: BTreeMap<String, Vec<Duty>>,
    /// How many people of the group come before the first of each shift.
    before: BTreeMap<String, usize>,
}

/// A person's shift on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The local date on which it starts.
    pub date: Date,
    pub from: LogTime,
    pub to: LogTime,
    /// In the order in which they are due.
    pub breaks: Vec<Pause>,
}

/// A break of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pause {
    pub due: LogTime,
    pub length_us: i64,
}

impl Duties {
    /// The duties that touch `[zero, horizon)`; `None` for a group that does not work by shifts.
    pub fn new(
        staffing: &Staffing,
        scenario: &Scenario,
        calendar: &Calendar,
        (zero, horizon): (LogTime, LogTime),
    ) -> Option<Duties> {
        if staffing.shifts.is_empty() && staffing.shifts_on.is_empty() && staffing.roster.is_none() {
            return None;
        }
        let mut duties = Duties { before: people_before(staffing), ..Duties::default() };
        let date = |at: LogTime| calendar.local(at.unix_s()).date;
        let (first, last) = (date(zero).plus_days(-1), date(horizon));
        for ahead in 0..=first.days_until(last) {
            let date = first.plus_days(ahead);
            for (shift, heads) in heads_of_day(staffing, calendar, date) {
                let Some(of) = scenario.shifts.get(&shift) else { continue };
                for head in 0..heads {
                    let duty = Duty::new(of, head, date, calendar);
                    if duty.to > zero && duty.from < horizon {
                        duties.people.entry(format!("{shift}#{head:03}")).or_default().push(duty);
                    }
                }
            }
        }
        Some(duties)
    }

    /// The duties of an agent of `group`, in order; `None` if the group has no such person.
    pub fn of(&self, group: &str, agent: &str) -> Option<&[Duty]> {
        let person = agent.strip_prefix(group)?.strip_prefix('/')?;
        self.people.get(person).map(Vec::as_slice)
    }

    /// The number of an agent, `desk/early#007`, within the group: the people of a shift follow those of the shifts before it
    /// by name.
    pub fn number(&self, agent: &str) -> Option<usize> {
        let (of_shift, number) = agent.rsplit_once('#')?;
        let is_it = |shift: &str| of_shift.strip_suffix(shift).is_some_and(|group| group.ends_with('/'));
        let before =
            self.before.iter().filter(|(shift, _)| is_it(shift)).max_by_key(|(shift, _)| shift.len());
        Some(before?.1 + number.parse::<usize>().ok()?)
    }

    /// What the log calls each person of `group`, with the person's duties.
    pub fn people(&self, group: &str) -> impl Iterator<Item = (String, &[Duty])> {
        self.people.iter().map(move |(person, duties)| (format!("{group}/{person}"), duties.as_slice()))
    }
}

/// By shift: the people of the shifts before it, each having as many as it ever needs.
fn people_before(staffing: &Staffing) -> BTreeMap<String, usize> {
    let mut most: BTreeMap<String, u32> = staffing.shifts.clone();
    let rows = match &staffing.roster {
        Some(Roster::Rows(rows)) => rows.as_slice(),
        _ => &[],
    };
    let of_days = staffing.shifts_on.values().flatten().map(|(shift, heads)| (shift, *heads));
    for (shift, heads) in of_days.chain(rows.iter().map(|row| (&row.shift, row.heads))) {
        let known = most.entry(shift.clone()).or_default();
        *known = heads.max(*known);
    }
    let mut people = 0;
    let before = most.into_iter().map(|(shift, heads)| {
        people += heads as usize;
        (shift, people - heads as usize)
    });
    before.collect()
}

impl Duty {
    /// How long the breaks due until an instant last until then, together.
    pub fn due_us(&self, until: LogTime) -> i64 {
        self.breaks.iter().map(|pause| pause.length_us.min(until.0 - pause.due.0).max(0)).sum()
    }

    fn new(shift: &Shift, head: u32, date: Date, calendar: &Calendar) -> Duty {
        let (start, end) = (shift.start.as_s(), shift.end.as_s());
        let at = |second: u32, next_day: bool| wall(calendar, date.plus_days(next_day.into()), second);
        let mut breaks: Vec<Pause> = Vec::new();
        for of in shift.breaks.values() {
            let first = at(of.from.as_s(), of.from.as_s() < start);
            breaks.push(Pause {
                due: LogTime(first.0 + i64::from(head % of.waves.max(1)) * us(every(of))),
                length_us: us(of.length),
            });
        }
        // Of two that are due together the one whose name comes first.
        breaks.sort_by_key(|pause| pause.due);
        Duty { date, from: at(start, false), to: at(end, end <= start), breaks }
    }
}

fn every(of: &Break) -> crate::scenario::Span {
    of.every.unwrap_or(of.length)
}

fn us(span: crate::scenario::Span) -> i64 {
    SimDuration::from_s(span.as_s()).as_us() as i64
}

fn wall(calendar: &Calendar, date: Date, second: u32) -> LogTime {
    let unix_s = match second {
        DAY_S => calendar.midnight(date.next()),
        _ => calendar.instant(date, second),
    };
    LogTime(unix_s * US_PER_S)
}

/// People by shift on a date: what is said of the narrowest name that the date has.
fn heads_of_day(staffing: &Staffing, calendar: &Calendar, date: Date) -> BTreeMap<String, u32> {
    let kind = calendar.day_kind(date);
    let mut names = vec![date.to_string(), kind.name().to_string()];
    match kind {
        DayKind::Holiday => names.push("sun".into()),
        DayKind::Sat | DayKind::Sun => {}
        _ => names.push("weekday".into()),
    }
    let said = names.iter().find_map(|name| said_of(staffing, name));
    said.or_else(|| said_of(staffing, "")).unwrap_or_default()
}

fn said_of(staffing: &Staffing, name: &str) -> Option<BTreeMap<String, u32>> {
    let means = |day: &str| {
        let long = matches!((name, day), ("sat", "saturday") | ("sun", "sunday"));
        day == name || long
    };
    let rows = match &staffing.roster {
        Some(Roster::Rows(rows)) => rows.as_slice(),
        _ => &[],
    };
    let mut heads: BTreeMap<String, u32> =
        rows.iter().filter(|row| means(&row.day)).map(|row| (row.shift.clone(), row.heads)).collect();
    if name.is_empty() {
        heads.extend(staffing.shifts.clone());
        return Some(heads);
    }
    let on_days = staffing.shifts_on.iter().filter(|(day, _)| means(day));
    let mut spoken_of = !heads.is_empty();
    for (_, of_day) in on_days {
        spoken_of = true;
        heads.extend(of_day.clone());
    }
    spoken_of.then_some(heads)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::HolidaySet;

    const SCENARIO: &str = r#"
[scenario]
name = "a night"
start = "2008-03-29"
[shifts.night]
start = "22:00"
end = "06:00"
breaks.meal = { from = "01:30", length = "40m", waves = 2 }
[agent_groups.desk]
serves = []
staffing.shifts = { night = 2 }
staffing.shifts_on.sunday = { night = 1 }
staffing.roster = [{ day = "2008-03-31", shift = "night", heads = 3 }]
"#;

    #[test]
    fn a_night_in_march_is_an_hour_short_and_each_day_has_its_people() {
        let scenario: Scenario = toml::from_str(SCENARIO).unwrap();
        let rome = Calendar::new("Europe/Rome", HolidaySet::none()).unwrap();
        let midnight = |date: &str| LogTime(rome.midnight(date.parse().unwrap()) * US_PER_S);
        let staffing = &scenario.agent_groups["desk"].staffing;
        let span = (midnight("2008-03-29"), midnight("2008-04-01"));
        let duties = Duties::new(staffing, &scenario, &rome, span).unwrap();
        let hours = |agent: &str| {
            let duties = duties.of("desk", agent).unwrap();
            duties.iter().map(|duty| (duty.to.0 - duty.from.0) / 3_600_000_000).collect::<Vec<_>>()
        };
        // Friday's night, Saturday's of seven hours, Sunday's with one person, Monday's with three.
        assert_eq!(hours("desk/night#000"), [8, 7, 8, 8]);
        assert_eq!(hours("desk/night#001"), [8, 7, 8]);
        assert_eq!(hours("desk/night#002"), [8]);
        assert_eq!(duties.of("desk", "desk/day#000"), None);
        // 02:10 does not exist in that night: the second wave goes 40 minutes after the first all the same.
        let second = &duties.of("desk", "desk/night#001").unwrap()[1];
        let due = (second.breaks[0].due.0 - second.from.0) / 60_000_000;
        assert_eq!((due, second.breaks[0].length_us), (250, 2_400_000_000));
    }
}
