//! What holds on which days: plans by kind of day or date, unrolled over the run by the wall clock.

use std::collections::BTreeMap;

use super::timeline::Stretch;
use crate::calendar::{Clock, Date, DayKind};

/// Which days something is said about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DaySelector {
    /// Days about which nothing else is said.
    Every,
    /// Monday to Friday.
    Weekdays,
    /// A day of the week, or holidays.
    Kind(DayKind),
    /// A single day.
    Date(Date),
}

impl DaySelector {
    /// The names that a document may use besides dates.
    pub(super) const NAMES: [&'static str; 11] =
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "weekday", "saturday", "sunday", "holiday"];

    /// `mon` ... `sun`, `weekday`, `saturday`, `sunday`, `holiday`, a date, or nothing for every day.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "" => DaySelector::Every,
            "weekday" => DaySelector::Weekdays,
            "saturday" => DaySelector::Kind(DayKind::Sat),
            "sunday" => DaySelector::Kind(DayKind::Sun),
            _ => match DayKind::from_name(text) {
                Some(kind) => DaySelector::Kind(kind),
                None => DaySelector::Date(text.parse().ok()?),
            },
        })
    }
}

/// A value for each kind of day that the document speaks of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ByDay<T> {
    said: BTreeMap<DaySelector, T>,
}

impl<T> Default for ByDay<T> {
    fn default() -> Self {
        ByDay { said: BTreeMap::new() }
    }
}

impl<T> ByDay<T> {
    /// Says something about some days; whether nothing was said about them before.
    pub(super) fn say(&mut self, days: DaySelector, value: T) -> bool {
        self.said.insert(days, value).is_none()
    }

    /// All that was said, by days.
    pub(super) fn into_said(self) -> BTreeMap<DaySelector, T> {
        self.said
    }

    /// What was said, to be read.
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.said.values()
    }

    /// What was said.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.said.values_mut()
    }

    /// The entry of some days.
    pub(super) fn entry(&mut self, days: DaySelector) -> &mut T
    where
        T: Default,
    {
        self.said.entry(days).or_default()
    }

    /// What holds on a day: the date's own, then its kind's (a holiday's is Sunday's where holidays have none), then the
    /// working days', then every day's.
    pub(super) fn on(&self, date: Date, kind: DayKind) -> Option<&T> {
        let of_kind = |kind| self.said.get(&DaySelector::Kind(kind));
        let broader = match kind {
            DayKind::Holiday => of_kind(DayKind::Sun),
            DayKind::Sat | DayKind::Sun => None,
            _ => self.said.get(&DaySelector::Weekdays),
        };
        let own = self.said.get(&DaySelector::Date(date)).or_else(|| of_kind(kind));
        own.or(broader).or_else(|| self.said.get(&DaySelector::Every))
    }
}

/// A value over a day by the wall clock: (from which second of the day, value), rising, the first at 0.
pub(super) type DayPlan<T> = Vec<(u32, T)>;

/// Equal parts of a day from midnight; `None` if their number does not divide a day into whole seconds.
pub(super) fn equal_parts<T: Copy>(values: &[T]) -> Option<DayPlan<T>> {
    let count = values.len() as u32;
    let fits = count > 0 && 86_400 % count == 0;
    fits.then(|| values.iter().zip(0..).map(|(&value, i)| (i * (86_400 / count), value)).collect())
}

/// Values each from its time of day to the next one's, `before` until the first. `Err`: a time that comes twice.
pub(super) fn bands<T: Copy>(
    bands: impl IntoIterator<Item = (Clock, T)>,
    before: T,
) -> Result<DayPlan<T>, Clock> {
    let mut plan: DayPlan<T> = bands.into_iter().map(|(start, value)| (start.as_s(), value)).collect();
    plan.sort_by_key(|&(second, _)| second);
    if let Some(pair) = plan.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(Clock::from_s(pair[0].0));
    }
    if plan.first().is_none_or(|&(second, _)| second > 0) {
        plan.insert(0, (0, before));
    }
    plan.retain(|&(second, _)| second < 86_400);
    Ok(plan)
}

/// A plan over the run: (from which unix second, value), the first at its start, neighbours different.
pub(super) fn unroll<T: Copy + PartialEq>(
    stretches: &[Stretch],
    plan_of: impl Fn(&Stretch) -> DayPlan<T>,
) -> Vec<(i64, T)> {
    let mut unrolled: Vec<(i64, T)> = Vec::new();
    for stretch in stretches {
        let plan = plan_of(stretch);
        let ends = plan.iter().skip(1).map(|&(second, _)| second).chain([86_400]);
        for (&(from, value), until) in plan.iter().zip(ends) {
            let start = stretch.start_unix_s + (i64::from(from) - i64::from(stretch.second_of_day)).max(0);
            let shown = until > stretch.second_of_day && start < stretch.end_unix_s;
            if shown && unrolled.last().is_none_or(|&(_, last)| last != value) {
                unrolled.push((start, value));
            }
        }
    }
    unrolled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(text: &str) -> Clock {
        text.parse().unwrap()
    }

    #[test]
    fn a_holiday_is_as_a_sunday_unless_something_else_is_said() {
        let date: Date = "2008-06-02".parse().unwrap();
        let mut heads = ByDay::default();
        heads.say(DaySelector::Every, 10);
        assert_eq!(heads.on(date, DayKind::Holiday), Some(&10));
        heads.say(DaySelector::Kind(DayKind::Sun), 2);
        assert_eq!(heads.on(date, DayKind::Holiday), Some(&2));
        heads.say(DaySelector::Kind(DayKind::Holiday), 1);
        assert_eq!(heads.on(date, DayKind::Holiday), Some(&1));
        assert_eq!(heads.on(date, DayKind::Mon), Some(&10));
        heads.say(DaySelector::Weekdays, 12);
        assert_eq!((heads.on(date, DayKind::Mon), heads.on(date, DayKind::Sat)), (Some(&12), Some(&10)));
        heads.say(DaySelector::Date(date), 7);
        assert_eq!(heads.on(date, DayKind::Holiday), Some(&7));
    }

    #[test]
    fn before_the_first_band_there_is_nobody_and_no_band_comes_twice() {
        assert_eq!(
            bands([(clock("20:00"), 0), (clock("08:00"), 5)], 0),
            Ok(vec![(0, 0), (28_800, 5), (72_000, 0)])
        );
        assert_eq!(bands([(clock("08:00"), 5), (clock("08:00"), 6)], 0), Err(clock("08:00")));
        assert_eq!(bands([(clock("24:00"), 5)], 0), Ok(vec![(0, 0)]));
    }

    #[test]
    fn ninety_six_values_are_quarter_hours_and_seven_are_nothing() {
        assert_eq!(equal_parts(&[1; 96]).map(|plan| plan[95].0), Some(85_500));
        assert_eq!(equal_parts(&[1; 7]), None);
        assert_eq!(equal_parts::<u32>(&[]), None);
    }

    #[test]
    fn kinds_of_day_have_names() {
        assert_eq!(DaySelector::parse("weekday"), Some(DaySelector::Weekdays));
        assert_eq!(DaySelector::parse("sat"), DaySelector::parse("saturday"));
        assert!(DaySelector::NAMES.iter().all(|name| DaySelector::parse(name).is_some()));
        assert!(matches!(DaySelector::parse("2008-06-16"), Some(DaySelector::Date(_))));
        assert_eq!(DaySelector::parse("Samstag"), None);
    }
}
