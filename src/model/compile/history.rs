//! The past as a forecast: counts by interval of earlier days laid over the run's days, moved by whole days.
//!
//! An interval takes the count of the same time by the wall. Where the earlier day lacks that hour it takes the mean of the
//! intervals around it; where the earlier day had it twice, the mean of both.

use std::collections::BTreeMap;

use super::counts::first_attempts;
use super::events::Events;
use super::findings::{Findings, path};
use super::rates::Rates;
use super::timeline::{Stretch, Timeline};
use crate::calendar::{Calendar, Date, QUARTER_HOUR_S};
use crate::diagnostic::Code;
use crate::model::ContactType;
use crate::scenario::{Arrivals, History, HistoryDays};

/// The largest factor of growth.
const MOST_GROWTH: f64 = 1e3;

/// The rates that the history of a process gives; `scale` turns what it counts into first attempts where it does not say how many hung up.
pub(super) fn history_rates(
    name: &str,
    of: &Arrivals,
    scale: f64,
    contact_type: Option<&ContactType>,
    events: &Events,
    timeline: &Timeline,
    findings: &mut Findings,
) -> Rates {
    let at = |key: &str| path(&["arrivals", name, key]);
    let growth = findings.number(&at("growth"), of.growth, 0.0..=MOST_GROWTH);
    let Some(History::Days(days)) = &of.history else {
        findings.add(
            Code::BAD_HISTORY,
            at("history"),
            "its file has not been read in",
            "load the scenario from its file",
        );
        return Vec::new();
    };
    let interval_s = days.interval.as_s() as i64;
    if interval_s < 60 || 3600 % interval_s != 0 || days.interval.as_s() != interval_s as f64 {
        let message = format!("intervals of {} do not divide an hour", days.interval);
        findings.add(Code::BAD_HISTORY, at("history.interval"), message, "choose 5m, 10m, 15m, 30m or 1h");
        return Vec::new();
    }
    let past = Past { of, days, contact_type, interval_s, calendar: &timeline.calendar, scale };
    past.check_reaches(name, timeline, findings);
    let (mut rates, mut sources): (Rates, BTreeMap<Date, SourceDay>) = (Vec::new(), BTreeMap::new());
    for stretch in timeline.begun() {
        let date = stretch.date.plus_days(-of.move_days);
        let source = sources.entry(date).or_insert_with(|| past.day(date));
        let factor = growth * events.volume(stretch.date) * (QUARTER_HOUR_S as f64 / interval_s as f64);
        past.lay(stretch, source, factor, &mut rates);
    }
    rates
}

/// What is known of earlier days.
struct Past<'h> {
    of: &'h Arrivals,
    days: &'h HistoryDays,
    contact_type: Option<&'h ContactType>,
    interval_s: i64,
    calendar: &'h Calendar,
    scale: f64,
}

/// First attempts of a day by interval: what the wall showed at the start, and how many.
type SourceDay = Vec<(u32, f64)>;

impl Past<'_> {
    /// Every day of the run needs its earlier day.
    fn check_reaches(&self, name: &str, timeline: &Timeline, findings: &mut Findings) {
        let source = |stretch: &Stretch| stretch.date.plus_days(-self.of.move_days);
        let missing = |stretch: &&Stretch| !self.days.counts.contains_key(&source(stretch));
        let Some(first) = timeline.begun().iter().find(missing) else { return };
        let count = timeline.begun().iter().filter(missing).count();
        let (from, to) = (self.days.counts.keys().next(), self.days.counts.keys().next_back());
        let reach = from.zip(to).map_or("nothing".into(), |(from, to)| format!("{from} to {to}"));
        let message = format!(
            "the history has no {}, which {} would follow, nor {} more days; it holds {reach}",
            source(first),
            first.date,
            count - 1
        );
        let help = "set `move_days`, such as 364 for the year before by the same weekdays, or add rows (of 0, if nobody called)";
        findings.add(Code::BAD_HISTORY, path(&["arrivals", name, "history"]), message, help);
    }

    /// First attempts of an earlier day.
    fn day(&self, date: Date) -> SourceDay {
        let midnight = self.calendar.midnight(date);
        let counts = self.days.counts.get(&date).map_or(&[][..], Vec::as_slice);
        let abandoned = self.days.abandoned.get(&date);
        let places = counts.iter().zip(0..);
        let firsts = places.map(|(&count, place)| {
            let of_these = abandoned.and_then(|list| list.get(place as usize).copied());
            let first = match (of_these, self.contact_type) {
                (Some(abandoned), Some(of)) => first_attempts(self.of.counts, of, count, abandoned),
                _ => count * self.scale,
            };
            (self.calendar.local(midnight + place * self.interval_s).second_of_day, first)
        });
        firsts.collect()
    }

    /// Rates of a stretch of the run from those of the earlier day.
    fn lay(&self, stretch: &Stretch, source: &SourceDay, factor: f64, rates: &mut Rates) {
        let same_day = self.of.move_days == 0;
        let first = i64::from(stretch.second_of_day) / self.interval_s;
        let length = stretch.end_unix_s - stretch.start_unix_s;
        let last = (i64::from(stretch.second_of_day) + length - 1) / self.interval_s;
        for interval in first..=last {
            let wall = interval * self.interval_s;
            let start =
                (stretch.start_unix_s + wall - i64::from(stretch.second_of_day)).max(stretch.start_unix_s);
            let count = if same_day {
                let place = (start - self.calendar.midnight(stretch.date)) / self.interval_s;
                source.get(place as usize).map_or(0.0, |(_, count)| *count)
            } else {
                at_wall(source, wall as u32)
            };
            let rate = count * factor;
            if rates.last().is_none_or(|&(_, last)| last != rate) {
                rates.push((start, rate));
            }
        }
    }
}

/// What the earlier day had at a time by the wall.
fn at_wall(source: &SourceDay, wall: u32) -> f64 {
    let mean = |counts: &[f64]| counts.iter().sum::<f64>() / counts.len().max(1) as f64;
    let there: Vec<f64> =
        source.iter().filter(|(shown, _)| *shown == wall).map(|(_, count)| *count).collect();
    if !there.is_empty() {
        return mean(&there);
    }
    let before = source.iter().rev().find(|(shown, _)| *shown < wall).map(|(_, count)| *count);
    let after = source.iter().find(|(shown, _)| *shown > wall).map(|(_, count)| *count);
    mean(&before.into_iter().chain(after).collect::<Vec<f64>>())
}
