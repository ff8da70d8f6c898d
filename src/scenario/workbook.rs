//! Sheets of XLSX and ODS files as the text of a table, so that whatever reads a CSV reads a sheet.
//!
//! A row is a line with tabs between its cells, and lines have the numbers that rows have. Dates and times come out as they are
//! written in CSV files. A formula is what the program that saved it last found.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, ExcelDateTime, Range, Reader, Sheets, open_workbook_auto_from_rs};

/// Seconds in a day.
const DAY_S: f64 = 86_400.0;

/// The file and the sheet that a path names, `volumes.xlsx` or `volumes.xlsx#June`; `None` if it is no workbook.
pub fn named(path: &Path) -> Option<(PathBuf, Option<String>)> {
    let text = path.to_str()?;
    let (file, sheet) = match text.rsplit_once('#') {
        Some((file, sheet)) if is_workbook(file) => (file, Some(sheet.to_string())),
        _ => (text, None),
    };
    is_workbook(file).then(|| (file.into(), sheet))
}

fn is_workbook(file: &str) -> bool {
    let extension = Path::new(file).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        ["xlsx", "xlsm", "ods"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// The text of a sheet, the first unless one is named.
///
/// # Errors
/// Bytes that are no workbook, a sheet that it does not have.
pub fn text(bytes: Vec<u8>, sheet: Option<&str>) -> Result<String, String> {
    let mut book: Sheets<_> = open_workbook_auto_from_rs(Cursor::new(bytes))
        .map_err(|error| format!("it is no workbook: {error}"))?;
    let names = book.sheet_names();
    let name = match sheet {
        Some(wanted) => names.iter().find(|name| *name == wanted),
        None => names.first(),
    };
    let Some(name) = name else {
        return Err(format!(
            "it has no sheet \"{}\"; sheets: {}",
            sheet.unwrap_or_default(),
            names.join(", ")
        ));
    };
    let range = book
        .worksheet_range(name)
        .map_err(|error| format!("its sheet \"{name}\" cannot be read: {error}"))?;
    Ok(lines(&range))
}

fn lines(range: &Range<Data>) -> String {
    let above = range.start().map_or(0, |(row, _)| row);
    let mut text = "\n".repeat(above as usize);
    for row in range.rows() {
        let cells: Vec<String> = row.iter().map(cell).collect();
        text += &cells.join("\t");
        text.push('\n');
    }
    text
}

/// A cell as a field of a CSV file.
fn cell(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::String(text) => field(text),
        Data::DateTime(at) => date_time(at),
        Data::DateTimeIso(text) | Data::DurationIso(text) => field(text),
        Data::Error(error) => field(&format!("{error}")),
    }
}

/// In quotes where it would break the line apart.
fn field(text: &str) -> String {
    let text = text.replace(['\t', '\n', '\r'], " ");
    if text.contains('"') { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// `2007-06-18`, `2007-06-18 09:15:00` or, without a date, `09:15:00`.
fn date_time(at: &ExcelDateTime) -> String {
    // A spreadsheet's 09:15 is the nearest binary fraction of a day.
    let seconds = (at.as_f64() * DAY_S).round();
    if at.is_duration() || (0.0..DAY_S).contains(&seconds) {
        let s = seconds.clamp(0.0, 1e9) as u64;
        return format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
    }
    let whole = ExcelDateTime::new((seconds + 0.25) / DAY_S, calamine::ExcelDateTimeType::DateTime, false);
    let (year, month, day, hour, minute, second, _) = whole.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date} {hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    fn shown(days: f64) -> String {
        cell(&Data::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false)))
    }

    #[test]
    fn dates_and_times_come_out_as_in_csv_files() {
        // Day 39,251 of spreadsheets is 18 June 2007; 555 of 1,440 minutes are 09:15.
        assert_eq!(shown(39_251.0), "2007-06-18");
        assert_eq!(shown(39_251.0 + 555.0 / 1440.0), "2007-06-18 09:15:00");
        assert_eq!([0.0, 555.0 / 1440.0].map(shown), ["00:00:00", "09:15:00"]);
        let day = ExcelDateTime::new(1.0, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(cell(&Data::DateTime(day)), "24:00:00");
        for minute in 1..1440 {
            let text = shown(39_251.0 + f64::from(minute) / 1440.0);
            assert_eq!(text, format!("2007-06-18 {:02}:{:02}:00", minute / 60, minute % 60));
        }
    }

    #[test]
    fn cells_do_not_break_the_line() {
        assert_eq!(cell(&Data::String("a\tb\nc".into())), "a b c");
        assert_eq!(cell(&Data::String("say \"hi\"".into())), "\"say \"\"hi\"\"\"");
        assert_eq!(
            [Data::Float(12.0), Data::Float(0.5), Data::Empty].map(|data| cell(&data)),
            ["12", "0.5", ""]
        );
    }

    #[test]
    fn a_path_may_name_a_sheet() {
        let of = |path: &str| named(Path::new(path));
        assert_eq!(of("a/v.xlsx"), Some(("a/v.xlsx".into(), None)));
        assert_eq!(of("a/v.XLSX#June 2007"), Some(("a/v.XLSX".into(), Some("June 2007".into()))));
        assert_eq!(of("v.csv"), None);
        assert_eq!(of("v#1.csv"), None);
        assert!(text(b"no workbook".to_vec(), None).unwrap_err().contains("no workbook"));
    }
}
