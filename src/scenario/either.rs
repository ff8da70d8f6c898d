//! Values that may be written in several ways: a word or a list, a number or bands.
//!
//! Each is read by what it looks like, so that a mistake inside it is told where it is, and not as "none of these".

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::document::{Adherence, CaseChoice, Heads, Holidays, Observations, OneOrMany, Roster, Share};
use super::ordered::Ordered;
use super::people::AdherenceTimes;
use super::units::Clock;

/// What a visitor makes of a number, written whole or not.
macro_rules! any_number {
    ($of:path) => {
        fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
            Ok($of(number))
        }

        fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
            Ok($of(number as f64))
        }

        fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
            Ok($of(number as f64))
        }
    };
}
pub(super) use any_number;

/// Reads a text one way and a list of `T` another.
struct TextOrList<T, O> {
    text: fn(String) -> O,
    list: fn(Vec<T>) -> O,
    expecting: &'static str,
}

impl<'de, T: Deserialize<'de>, O> Visitor<'de> for TextOrList<T, O> {
    type Value = O;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expecting)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<O, E> {
        Ok((self.text)(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<O, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items)).map(self.list)
    }
}

impl<'de> Deserialize<'de> for Holidays {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expecting = "the name of a set of holidays or a list of dates";
        deserializer.deserialize_any(TextOrList { text: Holidays::Named, list: Holidays::Dates, expecting })
    }
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expecting = "a name or a list of names";
        deserializer.deserialize_any(TextOrList { text: OneOrMany::One, list: OneOrMany::Many, expecting })
    }
}

impl<'de> Deserialize<'de> for Observations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expecting = "the name of a CSV file or a list of durations";
        deserializer.deserialize_any(TextOrList {
            text: Observations::File,
            list: Observations::Values,
            expecting,
        })
    }
}

impl<'de> Deserialize<'de> for Roster {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expecting = "the name of a CSV file or a list of rows { day, shift, heads }";
        deserializer.deserialize_any(TextOrList { text: Roster::File, list: Roster::Rows, expecting })
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShareVisitor)
    }
}

struct ShareVisitor;

impl Visitor<'_> for ShareVisitor {
    type Value = Share;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a probability, or with the key `rest` the name of an outcome")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Share, E> {
        Ok(Share::Rest(name.into()))
    }

    any_number!(Share::Part);
}

impl<'de> Deserialize<'de> for CaseChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CaseChoiceVisitor)
    }
}

struct CaseChoiceVisitor;

impl<'de> Visitor<'de> for CaseChoiceVisitor {
    type Value = CaseChoice;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a case type, or a table of their probabilities")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<CaseChoice, E> {
        Ok(CaseChoice::One(name.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<CaseChoice, A::Error> {
        Ordered::deserialize(MapAccessDeserializer::new(table)).map(CaseChoice::Shares)
    }
}

impl<'de> Deserialize<'de> for Heads {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HeadsVisitor)
    }
}

/// Values by time of day; one time written in two ways (`8:00` and `08:00`) is a mistake.
pub(super) fn read_bands<'de, V, A>(mut table: A) -> Result<BTreeMap<Clock, V>, A::Error>
where
    V: Deserialize<'de>,
    A: MapAccess<'de>,
{
    let mut bands = BTreeMap::new();
    while let Some((start, value)) = table.next_entry()? {
        if bands.insert(start, value).is_some() {
            return Err(de::Error::custom(format!("the time {start} comes twice")));
        }
    }
    Ok(bands)
}

impl<'de> Deserialize<'de> for Adherence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AdherenceVisitor)
    }
}

struct AdherenceVisitor;

impl<'de> Visitor<'de> for AdherenceVisitor {
    type Value = Adherence;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a share such as 0.95, or a table with `late_log_in`, `late_return` and `early_log_out`")
    }

    any_number!(Adherence::Share);

    fn visit_map<A: MapAccess<'de>>(self, times: A) -> Result<Adherence, A::Error> {
        AdherenceTimes::deserialize(MapAccessDeserializer::new(times)).map(Adherence::Times)
    }
}

struct HeadsVisitor;

impl HeadsVisitor {
    const EXPECTING: &'static str =
        "a whole number from 0, a list of them, or bands such as { \"00:00\" = 3, \"08:00\" = 20 }";
}

impl<'de> Visitor<'de> for HeadsVisitor {
    type Value = Heads;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::EXPECTING)
    }

    fn visit_i64<E: de::Error>(self, heads: i64) -> Result<Heads, E> {
        let refused = || E::invalid_value(de::Unexpected::Signed(heads), &self);
        u32::try_from(heads).map(Heads::Constant).map_err(|_| refused())
    }

    fn visit_u64<E: de::Error>(self, heads: u64) -> Result<Heads, E> {
        let refused = || E::invalid_value(de::Unexpected::Unsigned(heads), &self);
        u32::try_from(heads).map(Heads::Constant).map_err(|_| refused())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Heads, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items)).map(Heads::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, bands: A) -> Result<Heads, A::Error> {
        read_bands(bands).map(Heads::Bands)
    }
}
