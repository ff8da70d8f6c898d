//! The reader's language: words, numbers, dates.
//!
//! Names that the scenario's author gave stay as they are, but for their underscores.

use super::number;
use crate::measures::Unit;

/// A language that reports are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English; numbers as in 1,234.5.
    #[default]
    English,
    /// Italian; numbers as in 1.234,5.
    Italian,
}

impl Language {
    /// As HTML and commands name it.
    pub fn code(self) -> &'static str {
        self.say("en", "it")
    }

    /// The one of two texts that is in this language.
    pub fn say<T>(self, english: T, italian: T) -> T {
        match self {
            Language::English => english,
            Language::Italian => italian,
        }
    }

    /// What stands where there is no data.
    pub fn no_data(self) -> &'static str {
        self.say("no data", "nessun dato")
    }

    /// A number in English form in this language's.
    fn form(self, number: String) -> String {
        let swap = |c: char| match c {
            ',' => '.',
            '.' => ',',
            other => other,
        };
        self.say(number.clone(), number.chars().map(swap).collect())
    }

    /// `87.3 % ± 0.9`; a whole number of things has no decimals, and what does not vary no half-width.
    pub fn value(self, unit: Unit, value: Option<f64>, half_width: Option<f64>) -> String {
        let Some(number) = value else { return self.no_data().into() };
        let half_width = half_width.filter(|&half_width| half_width > 0.0);
        let of_things = matches!(unit, Unit::Count | Unit::Number | Unit::People | Unit::Seconds);
        if of_things && half_width.is_none() && number.fract() == 0.0 && number.abs() < 1e15 {
            let sign = if unit == Unit::Seconds { " s" } else { "" };
            let minus = if number < 0.0 { "-" } else { "" };
            return format!("{minus}{}{sign}", self.count(number.abs() as u64));
        }
        self.form(number::with_half_width(unit, value, half_width))
    }

    /// A share that somebody wrote: `85 %`.
    pub fn share(self, value: f64) -> String {
        self.form(number::share(value))
    }

    /// A number with at most three decimals: `1,208.333`.
    pub fn plain(self, value: f64) -> String {
        self.form(number::plain(value))
    }

    /// A duration that somebody wrote: `30 s`.
    pub fn duration(self, seconds: f64) -> String {
        self.form(number::duration(seconds))
    }

    /// `1,734,872`
    pub fn count(self, value: u64) -> String {
        self.form(number::count(value))
    }

    /// A number of people or of things, with a decimal where it is small.
    pub fn amount(self, value: f64) -> String {
        self.form(number::with_half_width(Unit::Count, Some(value), None))
    }

    /// `12 March 2008` of `2008-03-12`; other texts as they are.
    pub fn date(self, iso: &str) -> String {
        const ENGLISH: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        const ITALIAN: [&str; 12] = [
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ];
        let parts: Vec<&str> = iso.split('-').collect();
        let [year, month, day] = parts.as_slice() else { return iso.into() };
        let names = self.say(ENGLISH, ITALIAN);
        let month = month.parse::<usize>().ok().and_then(|month| names.get(month.checked_sub(1)?));
        match month {
            Some(month) => format!("{} {month} {year}", day.trim_start_matches('0')),
            None => iso.into(),
        }
    }

    /// `12/03` or `12 Mar` of `2008-03-12`.
    pub fn short_date(self, iso: &str) -> String {
        let long = self.date(iso);
        let words: Vec<&str> = long.split(' ').collect();
        match words.as_slice() {
            [day, month, _] => format!("{day} {}", month.chars().take(3).collect::<String>()),
            _ => iso.into(),
        }
    }

    /// A weekday, 0 being Monday.
    pub fn weekday(self, index: usize) -> &'static str {
        const ENGLISH: [&str; 7] =
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        const ITALIAN: [&str; 7] =
            ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"];
        self.say(ENGLISH, ITALIAN)[index % 7]
    }

    /// Its first three letters.
    pub fn short_weekday(self, index: usize) -> String {
        self.weekday(index).chars().take(3).collect()
    }

    /// Names in a row: `a, b and c`.
    pub fn list(self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.say("and", "e")),
        }
    }
}

/// A scenario's name as it is read: `tax specialists` of `tax_specialists`.
pub fn readable(name: &str) -> String {
    name.replace('_', " ")
}

/// With its first letter large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_are_written_as_their_readers_do() {
        let italian = Language::Italian;
        assert_eq!(italian.value(Unit::Count, Some(7012.4), Some(81.2)), "7.012 ± 81");
        assert_eq!(italian.value(Unit::Share, Some(0.8734), None), "87,3 %");
        assert_eq!(italian.value(Unit::Share, None, None), "nessun dato");
        assert_eq!(italian.value(Unit::Number, Some(1200.0), Some(0.0)), "1.200");
        assert_eq!(italian.value(Unit::Seconds, Some(30.0), None), "30 s");
        assert_eq!(
            [italian.date("2008-03-02"), Language::English.date("2008-03-12")],
            ["2 marzo 2008", "12 March 2008"]
        );
        assert_eq!(Language::English.short_date("2008-12-07"), "7 Dec");
        assert_eq!([italian.date("2008"), italian.date("2008-13-01")], ["2008", "2008-13-01"]);
    }

    #[test]
    fn names_in_a_row_end_with_and() {
        let names = ["a", "b", "c"].map(String::from);
        assert_eq!(Language::English.list(&names), "a, b and c");
        assert_eq!(Language::Italian.list(&names[..1]), "a");
        assert_eq!(capital(&readable("tax_specialists")), "Tax specialists");
    }
}
