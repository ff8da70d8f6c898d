//! What the columns of the scenario's CSV files mean: staffing, rosters, volumes, weights and shapes, observations.

use std::collections::BTreeMap;

use super::csv_table::{CsvRow, CsvTable, Found, number, records};
use super::document::{DayRow, MonthWeights, RosterRow, StaffingRow};
use super::units::{Clock, DateText, Span};
use crate::calendar::DayKind;
use crate::diagnostic::{Code, Diagnostic};

/// Heads by day and time; of a file with a column `group` only that group's rows.
pub fn staffing(table: &CsvTable, group: &str, found: &mut Vec<Found>) -> Vec<StaffingRow> {
    let mut rows = Rows::of(table, &["start", "heads"], &["day"], ("group", &[group]), found);
    rows.read(|fields| {
        let day = fields.day(true);
        let start = fields.clock("start");
        let heads = fields.heads("heads");
        Some(StaffingRow { day: day?, start: start?, heads: heads? })
    })
}

/// People by day and shift; of a file with a column `group` only that group's rows.
pub fn roster(table: &CsvTable, group: &str, found: &mut Vec<Found>) -> Vec<RosterRow> {
    let mut rows = Rows::of(table, &["shift", "heads"], &["day"], ("group", &[group]), found);
    rows.read(|fields| {
        let day = fields.day(true);
        let shift = fields.get("shift").to_string();
        let heads = fields.heads("heads");
        Some(RosterRow { day: day?, shift, heads: heads? })
    })
}

/// Persons by date; of a file with a column `campaign` only that campaign's rows.
pub fn persons(table: &CsvTable, campaign: &str, found: &mut Vec<Found>) -> BTreeMap<DateText, u32> {
    let mut rows = Rows::of(table, &["date", "persons"], &[], ("campaign", &[campaign]), found);
    let read = rows.read(|fields| {
        let date = fields.date("date");
        let persons = fields.heads("persons");
        Some((date?.to_string(), persons?))
    });
    let by_name = rows.by_name("date", read);
    by_name.into_iter().filter_map(|(date, persons)| Some((date.parse().ok()?, persons))).collect()
}

/// Weights by day and time; of a file with a column `type` only the rows of the first of these names that it has.
pub fn day_shape(table: &CsvTable, types: &[&str], found: &mut Vec<Found>) -> Vec<DayRow> {
    let mut rows = Rows::of(table, &["start", "weight"], &["day"], ("type", types), found);
    rows.read(|fields| {
        let day = fields.day(false);
        let start = fields.clock("start");
        let weight = fields.not_negative("weight");
        Some(DayRow { day: day?, start: start?, weight: weight? })
    })
}

/// Weights by month; of a file with a column `type` only the rows of the first of these names that it has. A month is `jan` ... or 1 ...
pub fn months(table: &CsvTable, types: &[&str], found: &mut Vec<Found>) -> BTreeMap<String, f64> {
    let mut rows = Rows::of(table, &["month", "weight"], &[], ("type", types), found);
    let read = rows.read(|fields| {
        let month = fields.month("month");
        let weight = fields.not_negative("weight");
        Some((month?.to_string(), weight?))
    });
    rows.by_name("month", read)
}

/// Weights by kind of day; of a file with a column `type` only the rows of the first of these names that it has. `weekday` stands for
/// those of Monday to Friday that have no row of their own.
pub fn weekdays(table: &CsvTable, types: &[&str], found: &mut Vec<Found>) -> BTreeMap<String, f64> {
    let mut rows = Rows::of(table, &["day", "weight"], &[], ("type", types), found);
    let read = rows.read(|fields| {
        let day = fields.kind_of_day();
        let weight = fields.not_negative("weight");
        Some((day?, weight?))
    });
    let mut weights = rows.by_name("day", read);
    if let Some(working) = weights.remove("weekday") {
        for kind in &DayKind::ALL[..5] {
            weights.entry(kind.name().into()).or_insert(working);
        }
    }
    weights
}

/// The number in a column; of a file with a column `type` that of the first of these names that it has. Other numbers may stand beside it.
pub fn volume(table: &CsvTable, column: &str, types: &[&str], found: &mut Vec<Found>) -> Option<f64> {
    let mut rows = Rows::of(table, &[column], &["yearly", "per_day"], ("type", types), found);
    let read = rows.read(|fields| fields.not_negative(column));
    if let [_, second, ..] = rows.chosen[..] {
        let message = format!("a second row has a number for \"{}\"", types[0]);
        rows.found.push((second.span.clone(), Diagnostic::new(Code::CSV_VALUE, "", message)));
    }
    read.first().copied()
}

/// One column of seconds, with or without a name.
pub fn observations(text: &str, found: &mut Vec<Found>) -> Vec<Span> {
    let mut rows = records(text, found);
    if rows.first().is_some_and(|first| first.fields.len() == 1 && number(&first.fields[0]).is_none()) {
        rows.remove(0);
    }
    if rows.is_empty() {
        found.push((
            0..0,
            Diagnostic::new(Code::CSV, "", "there are no values")
                .with_help("write one value a line, in seconds"),
        ));
    }
    rows.iter().filter_map(|row| observation(row, found)).collect()
}

fn observation(row: &CsvRow, found: &mut Vec<Found>) -> Option<Span> {
    let message = match row.fields.as_slice() {
        [field] => match number(field) {
            Some(seconds) if seconds >= 0.0 => return Some(Span::from_s(seconds)),
            Some(_) => format!("\"{field}\" is negative"),
            None => format!("\"{field}\" is no number of seconds"),
        },
        fields => format!("this row has {} fields; one column of seconds is read", fields.len()),
    };
    found.push((row.span.clone(), Diagnostic::new(Code::CSV_VALUE, "", message)));
    None
}

/// The rows of a table that are asked for, if its columns are right.
struct Rows<'t> {
    table: &'t CsvTable,
    chosen: Vec<&'t CsvRow>,
    found: &'t mut Vec<Found>,
}

impl<'t> Rows<'t> {
    /// Those rows whose column `filter.0`, if there is one, has the first of the names `filter.1` that any has.
    fn of(
        table: &'t CsvTable,
        required: &[&str],
        optional: &[&str],
        filter: (&str, &[&str]),
        found: &'t mut Vec<Found>,
    ) -> Self {
        let optional: Vec<&str> = optional.iter().copied().chain([filter.0]).collect();
        let mut chosen: Vec<&CsvRow> = Vec::new();
        if table.check_columns(required, &optional, found) {
            chosen = table.rows.iter().collect();
            keep(table, filter.0, filter.1, &mut chosen, found);
            if table.rows.is_empty() {
                found.push((0..0, Diagnostic::new(Code::CSV, "", "the table has a header and no rows")));
            }
        }
        Rows { table, chosen, found }
    }

    fn read<T>(&mut self, row: impl Fn(&mut Fields) -> Option<T>) -> Vec<T> {
        let (table, found) = (self.table, &mut *self.found);
        self.chosen.iter().filter_map(|chosen| row(&mut Fields { table, row: chosen, found })).collect()
    }

    /// What was read by name; a name that comes twice is told.
    fn by_name<T>(&mut self, column: &str, read: Vec<(String, T)>) -> BTreeMap<String, T> {
        let mut named = BTreeMap::new();
        for (name, value) in read {
            if named.contains_key(&name) {
                let message = format!("two rows have the {column} \"{name}\"");
                self.found.push((
                    self.table.header_span.clone(),
                    Diagnostic::new(Code::CSV_VALUE, "", message).with_help("keep one of them"),
                ));
            }
            named.insert(name, value);
        }
        named
    }
}

fn keep(table: &CsvTable, column: &str, names: &[&str], chosen: &mut Vec<&CsvRow>, found: &mut Vec<Found>) {
    let Some(index) = table.column(column) else { return };
    let named = |row: &CsvRow, name: &str| row.fields.get(index).is_some_and(|field| field == name);
    let name = names.iter().find(|name| table.rows.iter().any(|row| named(row, name)));
    chosen.retain(|row| name.is_some_and(|name| named(row, name)));
    if chosen.is_empty() && !table.rows.is_empty() {
        let mut present: Vec<&str> =
            table.rows.iter().filter_map(|row| row.fields.get(index)).map(String::as_str).collect();
        present.sort_unstable();
        present.dedup();
        let name = names.first().copied().unwrap_or_default();
        let message = format!("no row has \"{name}\" in the column \"{column}\"");
        let diagnostic = Diagnostic::new(Code::CSV_VALUE, "", message).with_candidates(name, column, present);
        found.push((table.header_span.clone(), diagnostic));
    }
}

/// The fields of a row by the names of their columns; what is wrong with them goes to `found`.
struct Fields<'r> {
    table: &'r CsvTable,
    row: &'r CsvRow,
    found: &'r mut Vec<Found>,
}

impl Fields<'_> {
    fn get(&self, column: &str) -> &str {
        let index = self.table.column(column);
        index.and_then(|index| self.row.fields.get(index)).map_or("", String::as_str)
    }

    fn wrong<T>(&mut self, column: &str, why: &str) -> Option<T> {
        let message = format!("{column} \"{}\" {why}", self.get(column));
        self.found.push((self.row.span.clone(), Diagnostic::new(Code::CSV_VALUE, "", message)));
        None
    }

    fn clock(&mut self, column: &str) -> Option<Clock> {
        let clock = self.get(column).parse().ok();
        clock.or_else(|| self.wrong(column, "is no time of day such as 08:30"))
    }

    fn date(&mut self, column: &str) -> Option<DateText> {
        let date = self.get(column).parse().ok();
        date.or_else(|| self.wrong(column, "is no date such as 2008-06-16"))
    }

    fn heads(&mut self, column: &str) -> Option<u32> {
        let heads = self.get(column).parse().ok();
        heads.or_else(|| self.wrong(column, "is no whole number of people"))
    }

    fn not_negative(&mut self, column: &str) -> Option<f64> {
        match number(self.get(column)) {
            Some(value) if value >= 0.0 => Some(value),
            Some(_) => self.wrong(column, "is negative"),
            None => self.wrong(column, "is no number"),
        }
    }

    /// `jan` ... `dec`, in whatever case; longer names and numbers from 1 are understood.
    fn month(&mut self, column: &str) -> Option<&'static str> {
        let text = self.get(column).to_lowercase();
        let by_number =
            text.parse().ok().and_then(|number: usize| MonthWeights::NAMES.get(number.checked_sub(1)?));
        let by_name = || MonthWeights::NAMES.iter().find(|name| is_month(&text, name));
        let month = by_number.or_else(by_name).copied();
        month.or_else(|| self.wrong(column, "is none of jan ... dec"))
    }

    /// A kind of day by the name that tables of weights have for it, or `weekday`.
    fn kind_of_day(&mut self) -> Option<String> {
        let day = self.day(false)?;
        match day.as_str() {
            "" => self.wrong("day", "is none of mon ... sun, weekday, holiday"),
            "saturday" => Some("sat".into()),
            "sunday" => Some("sun".into()),
            _ => Some(day),
        }
    }

    fn day(&mut self, dates_too: bool) -> Option<String> {
        const GROUPS: [&str; 4] = ["", "weekday", "saturday", "sunday"];
        let day = self.get("day").to_lowercase();
        let is_kind = GROUPS.contains(&day.as_str()) || DayKind::from_name(&day).is_some();
        if is_kind || dates_too && day.parse::<DateText>().is_ok() {
            return Some(day);
        }
        let dates = if dates_too { ", a date" } else { "" };
        self.wrong("day", &format!("is none of mon ... sun, weekday, saturday, sunday, holiday{dates}"))
    }
}

/// Whether a text is the short name of a month or its English name.
fn is_month(text: &str, short: &str) -> bool {
    const LONG: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    text == short || text.starts_with(short) && LONG.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> CsvTable {
        CsvTable::read(text, &mut Vec::new()).unwrap()
    }

    fn messages(found: Vec<Found>) -> Vec<String> {
        found.into_iter().map(|(_, diagnostic)| diagnostic.message).collect()
    }

    #[test]
    fn a_staffing_file_gives_the_rows_of_its_group() {
        let text = "group;Day;start;heads\nt1;weekday;08:00;12\nt2;;00:00;3\nt1;2008-06-16;08:00;20\n";
        let mut found = Vec::new();
        let rows = staffing(&table(text), "t1", &mut found);
        assert!(found.is_empty());
        let shown: Vec<_> =
            rows.iter().map(|row| format!("{} {} {}", row.day, row.start, row.heads)).collect();
        assert_eq!(shown, ["weekday 08:00 12", "2008-06-16 08:00 20"]);
        assert!(staffing(&table(text), "t3", &mut found).is_empty());
        assert_eq!(messages(found), ["no row has \"t3\" in the column \"group\""]);
    }

    #[test]
    fn a_roster_gives_the_rows_of_its_group() {
        let text =
            "day,shift,heads,group\nmon,early,12,t1\n2008-12-24,late,3,t1\nmon,early,1,t2\nmon,late,x,t1\n";
        let mut found = Vec::new();
        let rows = roster(&table(text), "t1", &mut found);
        let shown: Vec<_> =
            rows.iter().map(|row| format!("{} {} {}", row.day, row.shift, row.heads)).collect();
        assert_eq!(shown, ["mon early 12", "2008-12-24 late 3"]);
        assert_eq!(messages(found), ["heads \"x\" is no whole number of people"]);
    }

    #[test]
    fn all_wrong_fields_are_told() {
        let mut found = Vec::new();
        let rows =
            staffing(&table("start,heads,day\n8h,2,mon\n09:00,-1,monday\n10:00,2.5,\n"), "t1", &mut found);
        assert!(rows.is_empty());
        assert_eq!(found.len(), 4);
        let mut found = Vec::new();
        let rows =
            day_shape(&table("start,weight\n08:00,-1\n09:00,\"1,5\"\n10:00,x\n"), &["taxes"], &mut found);
        assert_eq!(rows, [DayRow { day: String::new(), start: Clock::from_s(32_400), weight: 1.5 }]);
        assert_eq!(messages(found), ["weight \"-1\" is negative", "weight \"x\" is no number"]);
    }

    #[test]
    fn observations_may_have_a_name_or_not() {
        let seconds = |text: &str| {
            let mut found = Vec::new();
            let spans: Vec<f64> = observations(text, &mut found).into_iter().map(Span::as_s).collect();
            (spans, messages(found))
        };
        assert_eq!(seconds("handle_s\n3.5\n4\n"), (vec![3.5, 4.0], vec![]));
        assert_eq!(seconds("3,5\n4"), (vec![3.5, 4.0], vec![]));
        assert_eq!(seconds("s\n-1\nx\n").1, ["\"-1\" is negative", "\"x\" is no number of seconds"]);
        assert_eq!(seconds("").1, ["there are no values"]);
    }
}
