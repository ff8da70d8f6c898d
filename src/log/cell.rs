//! How each kind of value is written in a cell and read from it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::values::{
    AfterDialName, AgentStateName, CaseStretchEnd, Cause, DialEndName, GreetingEndName, LegFate, LogTime,
    Name, NeedEndName, NeedName, OutcomeName, PreparationEndName, VisitChannelName, VisitEndName, WebEndName,
};
use crate::calendar::Calendar;
use crate::time::{SimDuration, US_PER_S};

/// A value of a column.
pub trait Cell: Sized {
    /// Appends its text.
    fn write(&self, calendar: &Calendar, text: &mut String);
    /// The value of a text.
    fn read(text: &str, names: &mut Names) -> Result<Self, String>;
}

/// Writes the cells of a row one after another.
pub struct Pen<'a> {
    pub(super) field: &'a mut dyn FnMut(&str) -> Result<(), csv::Error>,
    pub(super) calendar: &'a Calendar,
    pub(super) text: &'a mut String,
}

impl Pen<'_> {
    pub(super) fn put<C: Cell>(&mut self, cell: &C) -> Result<(), csv::Error> {
        self.text.clear();
        cell.write(self.calendar, self.text);
        (self.field)(self.text)
    }
}

/// Each name once.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeSet<Name>);

impl Names {
    fn get(&mut self, text: &str) -> Name {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let name = Name::from(text);
        self.0.insert(name.clone());
        name
    }
}

impl Cell for Name {
    fn write(&self, _: &Calendar, text: &mut String) {
        text.push_str(self);
    }

    fn read(text: &str, names: &mut Names) -> Result<Self, String> {
        Ok(names.get(text))
    }
}

impl Cell for NeedName {
    fn write(&self, _: &Calendar, text: &mut String) {
        // Writing to a string cannot fail; so below.
        let _ = write!(text, "{self}");
    }

    fn read(text: &str, names: &mut Names) -> Result<Self, String> {
        let (process, cell, number) = NeedName::parts(text)
            .ok_or_else(|| format!("\"{text}\" is no need: write process/quarter-hour/number"))?;
        Ok(NeedName { process: names.get(process), cell, number })
    }
}

impl Cell for LogTime {
    fn write(&self, calendar: &Calendar, text: &mut String) {
        text.push_str(&calendar.timestamp(self.0));
    }

    fn read(text: &str, _: &mut Names) -> Result<Self, String> {
        Calendar::parse_timestamp(text).map(LogTime).map_err(|error| error.to_string())
    }
}

/// Seconds with six decimals, read exactly; a decimal comma is understood.
impl Cell for SimDuration {
    fn write(&self, _: &Calendar, text: &mut String) {
        let _ = write!(text, "{}.{:06}", self.as_us() / US_PER_S, self.as_us() % US_PER_S);
    }

    fn read(text: &str, _: &mut Names) -> Result<Self, String> {
        seconds(text).ok_or_else(|| format!("\"{text}\" is no number of seconds with up to six decimals"))
    }
}

fn seconds(text: &str) -> Option<SimDuration> {
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if decimals.len() > 6 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let us: u64 = format!("{decimals:0<6}").parse().ok()?;
    let us = whole.parse::<u64>().ok()?.checked_mul(US_PER_S)?.checked_add(us)?;
    Some(SimDuration::from_us(us))
}

impl<C: Cell> Cell for Option<C> {
    fn write(&self, calendar: &Calendar, text: &mut String) {
        if let Some(value) = self {
            value.write(calendar, text);
        }
    }

    fn read(text: &str, names: &mut Names) -> Result<Self, String> {
        if text.is_empty() { Ok(None) } else { C::read(text, names).map(Some) }
    }
}

macro_rules! cells_as_text {
    ($($type:ty),+) => {$(
        impl Cell for $type {
            fn write(&self, _: &Calendar, text: &mut String) {
                let _ = write!(text, "{self}");
            }

            fn read(text: &str, _: &mut Names) -> Result<Self, String> {
                text.parse().map_err(|error| format!("\"{text}\": {error}"))
            }
        }
    )+};
}

cells_as_text!(u32, i32, bool);

macro_rules! cells_as_words {
    ($($type:ty),+) => {$(
        impl Cell for $type {
            fn write(&self, _: &Calendar, text: &mut String) {
                text.push_str(self.word());
            }

            fn read(text: &str, _: &mut Names) -> Result<Self, String> {
                text.parse().map_err(|error: super::values::UnknownWord| error.to_string())
            }
        }
    )+};
}

cells_as_words!(
    AfterDialName,
    DialEndName,
    WebEndName,
    VisitChannelName,
    VisitEndName,
    PreparationEndName,
    CaseStretchEnd,
    Cause,
    GreetingEndName,
    LegFate,
    OutcomeName,
    AgentStateName,
    NeedEndName
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_exact_to_the_microsecond() {
        let read = |text: &str| seconds(text).map(SimDuration::as_us);
        assert_eq!(read("12.345678"), Some(12_345_678));
        assert_eq!(read("0,5"), Some(500_000));
        assert_eq!(read("7"), Some(7_000_000));
        for text in ["", "-1", "1.2345678", "1e3", "1.2.3", "99999999999999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
