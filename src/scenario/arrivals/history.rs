//! Counts by interval as telephone systems export them, read from a table into lists by day.
//!
//! Starts are local time, with or without an offset. An hour that a spring day lacks has no row (or an empty one); the hour that
//! an autumn day has twice has two rows in the order of time, or one for both together.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Counts, History, HistoryDays};
use crate::calendar::{Calendar, Clock, Date, WallInstants};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::csv_table::{CsvRow, CsvTable, Found, number};
use crate::scenario::units::Span;

/// The longest interval, in seconds.
const LONGEST_S: i64 = 3600;

/// A row that was read.
struct Counted {
    /// When its interval starts, in unix seconds.
    start: i64,
    count: f64,
    abandoned: f64,
    span: Range<usize>,
}

/// Where in a table things stand.
struct Columns {
    /// One column of date and time, or one of each.
    start: (usize, Option<usize>),
    count: usize,
    abandoned: Option<usize>,
}

/// The counts of the first of `names` that the table has in its column `type` or `queue`, by local day.
pub fn history(
    table: &CsvTable,
    names: &[&str],
    counts: Counts,
    calendar: &Calendar,
    found: &mut Vec<Found>,
) -> Option<History> {
    let columns = columns(table, counts, found)?;
    let rows = rows_of(table, names, found);
    let counted = counted(&rows, &columns, calendar, found);
    let interval_s = interval(&counted, table, found)?;
    let days = by_day(&counted, interval_s, calendar, found);
    let pick = |of: fn(&(f64, f64)) -> f64| {
        days.iter().map(|(&date, list)| (date, list.iter().map(of).collect::<Vec<f64>>())).collect()
    };
    Some(History::Days(HistoryDays {
        interval: Span::from_s(interval_s as f64),
        counts: pick(|&(count, _)| count),
        abandoned: if columns.abandoned.is_some() {
            pick(|&(_, abandoned)| abandoned)
        } else {
            BTreeMap::new()
        },
    }))
}

fn columns(table: &CsvTable, counts: Counts, found: &mut Vec<Found>) -> Option<Columns> {
    let mut missing = |message: String| {
        let diagnostic = Diagnostic::new(Code::CSV_COLUMN, "", message);
        let help = format!("columns here: {}", table.header.join(", "));
        found.push((table.header_span.clone(), diagnostic.with_help(help)));
    };
    let start = match (table.column("start"), table.column("date"), table.column("time")) {
        (Some(start), ..) => Some((start, None)),
        (None, Some(date), Some(time)) => Some((date, Some(time))),
        _ => {
            missing(
                "neither a column \"start\" nor columns \"date\" and \"time\" say when an interval starts"
                    .into(),
            );
            None
        }
    };
    let own = match counts {
        Counts::FirstAttempts => "count",
        Counts::Offered => "offered",
        Counts::Handled => "handled",
    };
    let count = table.column(own).or_else(|| table.column("count"));
    if count.is_none() {
        let other = ["offered", "handled"].into_iter().find(|name| table.column(name).is_some());
        let hint = other
            .map(|name| format!("; if it is \"{name}\", write `counts = \"{name}\"`"))
            .unwrap_or_default();
        missing(format!("no column \"{own}\" or \"count\" says how many contacts there were{hint}"));
    }
    Some(Columns { start: start?, count: count?, abandoned: table.column("abandoned") })
}

/// The rows of the first name that any has; all where the table speaks of nobody.
fn rows_of<'t>(table: &'t CsvTable, names: &[&str], found: &mut Vec<Found>) -> Vec<&'t CsvRow> {
    let Some(column) = table.column("type").or_else(|| table.column("queue")) else {
        return table.rows.iter().collect();
    };
    let has = |row: &CsvRow, name: &str| row.fields.get(column).is_some_and(|field| field == name);
    let Some(name) = names.iter().find(|name| table.rows.iter().any(|row| has(row, name))) else {
        let message = format!("no row is of \"{}\"", names.first().copied().unwrap_or_default());
        found.push((table.header_span.clone(), Diagnostic::new(Code::CSV_VALUE, "", message)));
        return Vec::new();
    };
    table.rows.iter().filter(|row| has(row, name)).collect()
}

/// A start as it is written: a local date and time, and the instant if an offset says it.
struct Written {
    date: Date,
    second: u32,
    instant: Option<i64>,
}

fn counted(rows: &[&CsvRow], columns: &Columns, calendar: &Calendar, found: &mut Vec<Found>) -> Vec<Counted> {
    let mut counted: Vec<Counted> = Vec::with_capacity(rows.len());
    // Rows of an hour that comes twice, by what the wall shows: where they went.
    let mut twice: BTreeMap<(Date, u32), Vec<usize>> = BTreeMap::new();
    for row in rows {
        let mut wrong =
            |message: String| found.push((row.span.clone(), Diagnostic::new(Code::BAD_HISTORY, "", message)));
        let text = written_start(row, columns);
        let Some(written) = parse_start(&text) else {
            wrong(format!(
                "\"{text}\" is no date and time such as \"2007-06-18 09:15\" (18/06/2007 is understood too)"
            ));
            continue;
        };
        let (count, abandoned) =
            (value(row, columns.count), columns.abandoned.map_or(Some(0.0), |c| value(row, c)));
        let (Some(count), Some(abandoned)) = (count, abandoned) else {
            wrong("a number of contacts is missing or negative".into());
            continue;
        };
        let mut add = |start| counted.push(Counted { start, count, abandoned, span: row.span.clone() });
        match (written.instant, calendar.wall(written.date, written.second)) {
            (Some(instant), _) => add(instant),
            (None, WallInstants::Once(instant)) => add(instant),
            (None, WallInstants::Twice(first, _)) => {
                add(first);
                twice.entry((written.date, written.second)).or_default().push(counted.len() - 1);
            }
            // Some systems write all hours of every day.
            (None, WallInstants::Never) if count == 0.0 => {}
            (None, WallInstants::Never) => {
                wrong(format!(
                    "{} has no {}: the clocks are put forward",
                    written.date,
                    Clock::from_s(written.second)
                ));
            }
        }
    }
    for ((date, second), at) in twice {
        settle_twice(&mut counted, calendar.wall(date, second), &at);
    }
    counted.sort_by_key(|row| row.start);
    tell_duplicates(&mut counted, calendar, found);
    counted
}

/// Two rows of a time that comes twice are of its first and its second coming; one is of both together.
fn settle_twice(counted: &mut Vec<Counted>, instants: WallInstants, at: &[usize]) {
    let WallInstants::Twice(_, second) = instants else { return };
    match *at {
        [both] => {
            let row = &mut counted[both];
            (row.count, row.abandoned) = (row.count / 2.0, row.abandoned / 2.0);
            let other = Counted { start: second, span: row.span.clone(), ..*row };
            counted.push(other);
        }
        [_, later, ..] => counted[later].start = second,
        [] => {}
    }
}

fn tell_duplicates(counted: &mut Vec<Counted>, calendar: &Calendar, found: &mut Vec<Found>) {
    let mut last = None;
    counted.retain(|row| {
        let again = last == Some(row.start);
        if again {
            let message = format!("a second row for {}", calendar.timestamp_s(row.start));
            found.push((
                row.span.clone(),
                Diagnostic::new(Code::BAD_HISTORY, "", message).with_help("keep one of them"),
            ));
        }
        last = Some(row.start);
        !again
    });
}

fn written_start(row: &CsvRow, columns: &Columns) -> String {
    let field = |column: usize| row.fields.get(column).map_or("", String::as_str);
    match columns.start {
        (start, None) => field(start).into(),
        (date, Some(time)) => format!("{}T{}", field(date), field(time)),
    }
}

fn value(row: &CsvRow, column: usize) -> Option<f64> {
    number(row.fields.get(column)?).filter(|value| *value >= 0.0)
}

/// A date, a `T` or a space, a time and perhaps an offset.
fn parse_start(text: &str) -> Option<Written> {
    // Spreadsheets write midnight as a date alone.
    let (date, rest) = text.trim().split_once(['T', ' ']).unwrap_or((text.trim(), "00:00"));
    let date = parse_date(date)?;
    let rest = rest.trim();
    let cut = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (time, offset) = rest.split_at(cut);
    let time: Clock = time.trim().parse().ok().filter(|time| *time < Clock::END)?;
    let s = time.as_s();
    let instant = match offset {
        "" => None,
        offset => {
            let text = format!("{date}T{:02}:{:02}:{:02}{offset}", s / 3600, s / 60 % 60, s % 60);
            Some(Calendar::parse_timestamp_s(&text).ok()?)
        }
    };
    Some(Written { date, second: s, instant })
}

/// `2007-06-18`, or day first: `18/06/2007`, `18.6.2007`.
fn parse_date(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let mut parts = text.split(['/', '.']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && year.len() == 4;
    whole.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)).flatten()
}

/// The length of an interval: the least distance of two starts.
fn interval(counted: &[Counted], table: &CsvTable, found: &mut Vec<Found>) -> Option<i64> {
    let least = counted.windows(2).map(|pair| pair[1].start - pair[0].start).min();
    let fits = |s: &i64| *s >= 60 && *s <= LONGEST_S && LONGEST_S % s == 0;
    if least.as_ref().is_some_and(fits) {
        return least;
    }
    if found.is_empty() {
        let message = match least {
            Some(s) => format!("intervals of {s} s do not divide an hour"),
            None => "one interval does not say how long it is".into(),
        };
        let help = "give a row for every interval of 5, 10, 15, 30 or 60 minutes";
        found.push((
            table.header_span.clone(),
            Diagnostic::new(Code::BAD_HISTORY, "", message).with_help(help),
        ));
    }
    None
}

/// Count and abandoned of each interval of each local day that has a row; those without are 0.
fn by_day(
    counted: &[Counted],
    interval_s: i64,
    calendar: &Calendar,
    found: &mut Vec<Found>,
) -> BTreeMap<Date, Vec<(f64, f64)>> {
    let mut days: BTreeMap<Date, Vec<(f64, f64)>> = BTreeMap::new();
    let (mut gaps, mut before, mut midnight) = (Vec::new(), None, None::<(Date, i64)>);
    for row in counted {
        let date = calendar.local(row.start).date;
        let of_day =
            midnight.filter(|(day, _)| *day == date).unwrap_or_else(|| (date, calendar.midnight(date)));
        midnight = Some(of_day);
        let since = row.start - of_day.1;
        if since % interval_s != 0 {
            let message = format!(
                "{} starts within another interval of {interval_s} s",
                calendar.timestamp_s(row.start)
            );
            found.push((row.span.clone(), Diagnostic::new(Code::BAD_HISTORY, "", message)));
            continue;
        }
        let list = days
            .entry(date)
            .or_insert_with(|| vec![(0.0, 0.0); (calendar.day_seconds(date) / interval_s) as usize]);
        let place = (since / interval_s) as usize;
        if let Some((day, last)) = before
            && day == date
            && place > last + 1
        {
            gaps.push((row, place - last - 1));
        }
        before = Some((date, place));
        if let Some(entry) = list.get_mut(place) {
            *entry = (row.count, row.abandoned);
        }
    }
    if let Some((first, _)) = gaps.first() {
        let missing: usize = gaps.iter().map(|(_, missing)| missing).sum();
        let message = format!(
            "{missing} intervals within days have no row and count as 0, the first before {}",
            calendar.timestamp_s(first.start)
        );
        found.push((first.span.clone(), Diagnostic::new(Code::GAPS_IN_HISTORY, "", message)));
    }
    days
}
