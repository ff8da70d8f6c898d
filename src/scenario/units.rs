//! Durations as people write them, and the calendar's times of day and dates under the names of the document.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

pub use crate::calendar::{Clock, Date as DateText};

/// A hundred years: more than any duration of a contact center.
const LONGEST_S: f64 = 100.0 * 366.0 * 86_400.0;

/// The units of a duration from the largest, with the seconds that `of` of them make.
const UNITS: [(&str, f64, f64); 5] =
    [("d", 86_400.0, 1.0), ("h", 3_600.0, 1.0), ("m", 60.0, 1.0), ("s", 1.0, 1.0), ("ms", 1.0, 1_000.0)];

/// A duration in seconds, never negative, written `4m30s`, `90s`, `1h`, `2d`, `250ms`, `1.5h`.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Span {
    seconds: f64,
}

/// Why a text is no duration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SpanError(String);

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span { seconds: 0.0 };

    /// A duration of so many seconds; what is negative or not a number is 0, what is longer than a century a century.
    pub fn from_s(seconds: f64) -> Span {
        // Not a number compares with nothing, and so becomes 0.
        Span { seconds: if seconds > 0.0 { seconds.min(LONGEST_S) } else { 0.0 } }
    }

    /// Seconds.
    pub fn as_s(self) -> f64 {
        self.seconds
    }

    /// Whether it is no time at all.
    pub fn is_zero(self) -> bool {
        self.seconds == 0.0
    }
}

impl fmt::Display for Span {
    /// In a form that reads back to the same number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.seconds == 0.0 || self.seconds != self.seconds.floor() {
            return write!(f, "{}s", self.seconds);
        }
        let whole = self.seconds as u64;
        for (count, unit) in
            [(whole / 86_400, "d"), (whole / 3600 % 24, "h"), (whole / 60 % 60, "m"), (whole % 60, "s")]
        {
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Span, SpanError> {
        let seconds = parse(text.trim())
            .map_err(|trouble| SpanError(format!("\"{text}\" is no duration: {trouble}")))?;
        if seconds > LONGEST_S {
            return Err(SpanError(format!("\"{text}\" is more than a century")));
        }
        Ok(Span { seconds })
    }
}

/// The seconds of numbers each followed by its unit, larger units first.
fn parse(text: &str) -> Result<f64, String> {
    let (mut seconds, mut rest, mut units) = (0.0, text, UNITS.as_slice());
    if rest.is_empty() {
        return Err("write a number and a unit, such as \"90s\"".into());
    }
    while !rest.is_empty() {
        let number_len = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let (number, after) = rest.split_at(number_len);
        let unit_len = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_len);
        let found = units
            .iter()
            .position(|(name, ..)| *name == unit.trim())
            .ok_or_else(|| unit_trouble(number, unit))?;
        let (_, each_s, of) = units[found];
        seconds += number_value(number)? * each_s / of;
        units = &units[found + 1..];
        rest = after.trim_start();
    }
    Ok(seconds)
}

fn number_value(number: &str) -> Result<f64, String> {
    // Digits and points only, so no sign, no exponent, no "inf".
    number.parse().map_err(|_| format!("\"{number}\" is no number"))
}

fn unit_trouble(number: &str, unit: &str) -> String {
    match unit.trim() {
        "" => format!("it has no unit; write \"{number}s\" for seconds"),
        known if UNITS.iter().any(|(name, ..)| *name == known) => "larger units come first, each once".into(),
        sign if sign.starts_with('-') => "a duration is not negative".into(),
        other => format!("\"{other}\" is no unit; units are d, h, m, s and ms"),
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Span, D::Error> {
        deserializer.deserialize_any(SpanText)
    }
}

struct SpanText;

impl Visitor<'_> for SpanText {
    type Value = Span;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a duration such as \"90s\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Span, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Span, E> {
        Err(E::custom(without_unit(number)))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Span, E> {
        Err(E::custom(without_unit(number)))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Span, E> {
        Err(E::custom(without_unit(number)))
    }
}

/// What is said about a duration that is a bare number.
pub(super) fn without_unit(number: impl fmt::Display) -> String {
    let number = number.to_string();
    let (negative, size) =
        number.strip_prefix('-').map_or(("", &*number), |size| (" and is not negative", size));
    format!("a duration needs a unit{negative}: write \"{size}s\" for seconds")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<f64> {
        text.parse::<Span>().ok().map(Span::as_s)
    }

    #[test]
    fn four_and_a_half_minutes_are_270_seconds() {
        let written = ["4m30s", "90s", "1h", "2d", "250ms", "1h30m", "1.5h", "0s", "1h 30m", "1d1h1m1s1ms"];
        let read = [270.0, 90.0, 3600.0, 172_800.0, 0.25, 5400.0, 5400.0, 0.0, 5400.0, 90_061.001];
        assert_eq!(written.map(seconds), read.map(Some));
    }

    #[test]
    fn what_is_no_duration_says_why() {
        let why = |text: &str| text.parse::<Span>().unwrap_err().to_string();
        assert!(why("90").contains("write \"90s\""));
        assert!(why("").contains("90s"));
        assert!(why("30m1h").contains("larger units come first"));
        assert!(why("1m1m").contains("each once"));
        assert!(why("3 weeks").contains("\"weeks\" is no unit"));
        assert!(why("-3s").contains("not negative"));
        assert!(why("1.2.3s").contains("no number"));
        assert!(why("999999999h").contains("century"));
        assert!(why("è").contains("no unit"));
        assert_eq!(without_unit(3), "a duration needs a unit: write \"3s\" for seconds");
        assert_eq!(without_unit(-3), "a duration needs a unit and is not negative: write \"3s\" for seconds");
    }

    #[test]
    fn every_span_prints_in_a_form_that_reads_back_to_the_same_bits() {
        for seconds in [0.0, 0.1, 1.0 / 3.0, 59.0, 60.0, 90_061.0, 86_400.0, 1e-9, 123_456.789] {
            let span = Span::from_s(seconds);
            assert_eq!(span.to_string().parse(), Ok(span), "{span}");
        }
        assert_eq!(Span::from_s(90_270.0).to_string(), "1d1h4m30s");
    }

    #[test]
    fn a_span_is_never_negative_and_never_endless() {
        assert_eq!([-1.0, f64::NAN].map(|s| Span::from_s(s).as_s()), [0.0, 0.0]);
        assert_eq!(Span::from_s(f64::INFINITY).as_s(), LONGEST_S);
    }
}
