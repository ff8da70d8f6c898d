//! Volumes, weights and shapes that may be written in several ways, each read by what it looks like.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::super::either::{any_number, read_bands};
use super::{DayRow, DayShape, History, HistoryDays, MonthWeights, Volume, WeekdayWeights};

impl<'de> Deserialize<'de> for Volume {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(VolumeVisitor)
    }
}

struct VolumeVisitor;

impl Visitor<'_> for VolumeVisitor {
    type Value = Volume;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of contacts, or the name of a CSV or XLSX file")
    }

    fn visit_str<E: de::Error>(self, file: &str) -> Result<Volume, E> {
        Ok(Volume::File(file.into()))
    }

    any_number!(Volume::Number);
}

impl<'de> Deserialize<'de> for History {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HistoryVisitor)
    }
}

struct HistoryVisitor;

impl<'de> Visitor<'de> for HistoryVisitor {
    type Value = History;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a CSV or XLSX file of counts by interval")
    }

    fn visit_str<E: de::Error>(self, file: &str) -> Result<History, E> {
        Ok(History::File(file.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, days: A) -> Result<History, A::Error> {
        HistoryDays::deserialize(MapAccessDeserializer::new(days)).map(History::Days)
    }
}

impl<'de> Deserialize<'de> for MonthWeights {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MonthsVisitor)
    }
}

struct MonthsVisitor;

impl<'de> Visitor<'de> for MonthsVisitor {
    type Value = MonthWeights;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table such as { jan = 1.1, aug = 0.6 }, a list of 12 weights, or the name of a CSV or XLSX file")
    }

    fn visit_str<E: de::Error>(self, file: &str) -> Result<MonthWeights, E> {
        Ok(MonthWeights::File(file.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<MonthWeights, A::Error> {
        let weights: Vec<f64> = Vec::deserialize(SeqAccessDeserializer::new(items))?;
        match weights.len() {
            12 => Ok(MonthWeights::List(weights)),
            count => Err(de::Error::custom(format!("{count} weights are not 12, one a month"))),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<MonthWeights, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(table)).map(MonthWeights::Table)
    }
}

impl<'de> Deserialize<'de> for WeekdayWeights {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WeekdaysVisitor)
    }
}

struct WeekdaysVisitor;

impl<'de> Visitor<'de> for WeekdaysVisitor {
    type Value = WeekdayWeights;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table such as { sat = 0.4, sun = 0.2 }, or the name of a CSV or XLSX file")
    }

    fn visit_str<E: de::Error>(self, file: &str) -> Result<WeekdayWeights, E> {
        Ok(WeekdayWeights::File(file.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<WeekdayWeights, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(table)).map(WeekdayWeights::Table)
    }
}

impl<'de> Deserialize<'de> for DayShape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DayShapeVisitor)
    }
}

struct DayShapeVisitor;

impl<'de> Visitor<'de> for DayShapeVisitor {
    type Value = DayShape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the name of a CSV or XLSX file, a list of weights, or bands such as { \"00:00\" = 0.1, \"08:00\" = 1 }",
        )
    }

    fn visit_str<E: de::Error>(self, file: &str) -> Result<DayShape, E> {
        Ok(DayShape::File(file.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<DayShape, A::Error> {
        let (mut weights, mut rows) = (Vec::new(), Vec::new());
        while let Some(item) = items.next_element()? {
            match item {
                WeightOrRow::Weight(weight) if rows.is_empty() => weights.push(weight),
                WeightOrRow::Row(row) if weights.is_empty() => rows.push(row),
                _ => return Err(de::Error::custom("a list holds weights or rows, not both")),
            }
        }
        Ok(if rows.is_empty() { DayShape::Weights(weights) } else { DayShape::Rows(rows) })
    }

    fn visit_map<A: MapAccess<'de>>(self, bands: A) -> Result<DayShape, A::Error> {
        read_bands(bands).map(DayShape::Bands)
    }
}

enum WeightOrRow {
    Weight(f64),
    Row(DayRow),
}

impl<'de> Deserialize<'de> for WeightOrRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WeightOrRowVisitor)
    }
}

struct WeightOrRowVisitor;

impl<'de> Visitor<'de> for WeightOrRowVisitor {
    type Value = WeightOrRow;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a weight")
    }

    any_number!(WeightOrRow::Weight);

    fn visit_map<A: MapAccess<'de>>(self, row: A) -> Result<WeightOrRow, A::Error> {
        DayRow::deserialize(MapAccessDeserializer::new(row)).map(WeightOrRow::Row)
    }
}
