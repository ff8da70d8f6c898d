//! Holidays: named sets that the program knows, and explicit lists.

use std::collections::BTreeSet;

use super::Date;

/// Which days are holidays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HolidaySet {
    national: bool,
    milan: bool,
    dates: BTreeSet<Date>,
}

/// A name that no set of holidays has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no set of holidays is named \"{name}\"; there are {}, or give a list of dates", HolidaySet::NAMES.join(", "))]
pub struct UnknownHolidays {
    name: String,
}

impl HolidaySet {
    /// The sets that [`HolidaySet::named`] knows: Italy's national days, and these with Milan's patron saint.
    pub const NAMES: [&'static str; 2] = ["IT", "IT-MI"];

    /// No holidays at all.
    pub fn none() -> HolidaySet {
        HolidaySet::default()
    }

    /// The set of that name.
    ///
    /// # Errors
    /// An unknown name; the error lists the known ones.
    pub fn named(name: &str) -> Result<HolidaySet, UnknownHolidays> {
        match name {
            "IT" => Ok(HolidaySet { national: true, ..HolidaySet::default() }),
            "IT-MI" => Ok(HolidaySet { national: true, milan: true, ..HolidaySet::default() }),
            _ => Err(UnknownHolidays { name: name.into() }),
        }
    }

    /// These dates and no others.
    pub fn dates(dates: impl IntoIterator<Item = Date>) -> HolidaySet {
        HolidaySet { dates: dates.into_iter().collect(), ..HolidaySet::default() }
    }

    /// Whether a date is one of them.
    pub fn contains(&self, date: Date) -> bool {
        self.national && is_italian(date)
            || self.milan && (date.month(), date.day()) == (12, 7)
            || self.dates.contains(&date)
    }
}

/// Italy's civil holidays: law 260/1949 as amended (law 54/1977, DPR 792/1985 for 6 January, law 336/2000, which
/// brought 2 June back in 2001; the scenario's contract counts it from 2000 on).
fn is_italian(date: Date) -> bool {
    const FIXED: [(i8, i8); 9] =
        [(1, 1), (1, 6), (4, 25), (5, 1), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)];
    let day = (date.month(), date.day());
    let republic_day = day == (6, 2) && date.year() >= 2000;
    let from_easter = easter(date.year()).map(|sunday| sunday.days_until(date));
    FIXED.contains(&day) || republic_day || matches!(from_easter, Some(0 | 1))
}

/// Easter Sunday of a Gregorian year, by the computus of Meeus, Jones and Butcher (Meeus 1991, Astronomical
/// Algorithms, chapter 8).
pub fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, in_century) = (y % 19, y / 100, y % 100);
    let (leap_centuries, century_rest) = (century / 4, century % 4);
    let moon_correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30;
    let to_sunday = (32 + 2 * century_rest + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * late + 114;
    Date::new(year, (days / 31) as i8, (days % 31 + 1) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_where_the_church_says() {
        let published = [
            "1990-04-15",
            "1999-04-04",
            "2000-04-23",
            "2008-03-23",
            "2009-04-12",
            "2011-04-24",
            "2016-03-27",
            "2019-04-21",
            "2024-03-31",
            "2025-04-20",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2100-03-28",
        ];
        for sunday in published.map(date) {
            assert_eq!(easter(sunday.year()), Some(sunday));
        }
    }

    #[test]
    fn easter_is_a_sunday_from_22_march_to_25_april() {
        for year in 1990..=2100 {
            let sunday = easter(year).unwrap();
            assert_eq!(sunday.weekday(), super::super::Weekday::Sun);
            let day = (sunday.month(), sunday.day());
            assert!(((3, 22)..=(4, 25)).contains(&day), "{sunday}");
        }
    }

    #[test]
    fn italy_has_twelve_holidays_in_2008_and_milan_one_more() {
        let count = |set: &HolidaySet| date("2008-01-01").days(366).filter(|&d| set.contains(d)).count();
        let (italy, milan) = (HolidaySet::named("IT").unwrap(), HolidaySet::named("IT-MI").unwrap());
        assert_eq!((count(&italy), count(&milan)), (12, 13));
        assert!(milan.contains(date("2008-12-07")) && !italy.contains(date("2008-12-07")));
        assert!(italy.contains(date("2008-03-24")), "Easter Monday");
    }

    #[test]
    fn the_republic_is_celebrated_from_2000_on() {
        let italy = HolidaySet::named("IT").unwrap();
        assert!(!italy.contains(date("1999-06-02")) && italy.contains(date("2000-06-02")));
    }

    #[test]
    fn an_unknown_set_lists_the_known_ones() {
        let message = HolidaySet::named("FR").unwrap_err().to_string();
        assert!(message.contains("\"FR\"") && message.contains("IT, IT-MI"), "{message}");
    }
}
