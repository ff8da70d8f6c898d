//! The cells of XLSX files.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType, Reader, SheetType, Xlsx};

use super::{Grid, WorkbookError, broken, choose, clock, iso_date};

/// Seconds in a day.
const DAY_S: f64 = 86_400.0;

/// The sheet of a name, or the first, cell by cell: a table laid out whole would be as large as the place of its last cell says.
///
/// # Errors
/// Bytes that are no workbook, a sheet that it does not have, too many cells.
pub fn read(bytes: &[u8], wanted: Option<&str>) -> Result<(String, Grid), WorkbookError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let name = choose(sheets.map(|sheet| sheet.name.clone()).collect(), wanted)?;
    let from_1904 = book.has_1904_epoch();
    let wrong = |error| WorkbookError::Broken(format!("its sheet \"{name}\": {error}"));
    let mut cells = book.worksheet_cells_reader(&name).map_err(wrong)?;
    let mut grid = Grid::default();
    while let Some(cell) = cells.next_cell().map_err(wrong)? {
        let (row, column) = cell.get_position();
        grid.put(row, column, text(cell.get_value(), from_1904))?;
    }
    Ok((name.clone(), grid))
}

/// A cell as a field of a CSV file.
fn text(cell: &DataRef, from_1904: bool) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => text.to_string(),
        DataRef::DateTime(at) => date_time(at, from_1904),
        DataRef::DateTimeIso(text) => iso_date(text).to_string(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// `2007-06-18`, `2007-06-18 09:15` or, without a date, `09:15`.
fn date_time(at: &ExcelDateTime, from_1904: bool) -> String {
    let days = at.as_f64();
    if !(0.0..1e9).contains(&days) {
        return days.to_string();
    }
    if at.is_duration() || days < 1.0 {
        return clock((days * DAY_S).round() as u64);
    }
    // A spreadsheet's 09:15 is a binary fraction of a day, off by more where each row adds a quarter of an hour to the one above: to
    // the nearest second.
    let nearest = ExcelDateTime::new(days + 0.5 / DAY_S, ExcelDateTimeType::DateTime, from_1904);
    let (year, month, day, hour, minute, second, _) = nearest.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match u64::from(hour) * 3600 + u64::from(minute) * 60 + u64::from(second) {
        0 => date,
        s => format!("{date} {}", clock(s)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(days: f64) -> String {
        text(&DataRef::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false)), false)
    }

    #[test]
    fn dates_and_times_come_out_as_in_csv_files() {
        // Day 39,251 of spreadsheets is 18 June 2007; 555 of 1,440 minutes are 09:15.
        assert_eq!(shown(39_251.0), "2007-06-18");
        assert_eq!(shown(39_251.0 + 555.0 / 1440.0), "2007-06-18 09:15");
        assert_eq!([0.0, 555.0 / 1440.0, 33_301.0 / DAY_S].map(shown), ["00:00", "09:15", "09:15:01"]);
        assert_eq!([-1.0, 1e300].map(shown)[0], "-1", "no date is before 1900");
        let day = ExcelDateTime::new(1.0, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(text(&DataRef::DateTime(day), false), "24:00");
        for minute in 1..1440 {
            let written = shown(39_251.0 + f64::from(minute) / 1440.0);
            assert_eq!(written, format!("2007-06-18 {:02}:{:02}", minute / 60, minute % 60));
        }
    }

    #[test]
    fn quarter_hours_that_were_added_up_for_a_year_are_quarter_hours() {
        let mut days = 39_083.0;
        for quarter in 0..35_040_u32 {
            let time = shown(days);
            let time = time.split_once(' ').map_or("00:00", |(_, time)| time);
            assert_eq!(time, clock(u64::from(quarter % 96) * 900), "quarter {quarter}");
            days += 1.0 / 96.0;
        }
        assert_eq!(shown(days), "2008-01-01");
    }

    #[test]
    fn days_may_be_counted_from_1904() {
        let days = ExcelDateTime::new(39_251.0 - 1462.0, ExcelDateTimeType::DateTime, true);
        assert_eq!(text(&DataRef::DateTime(days), true), "2007-06-18");
    }

    #[test]
    fn numbers_and_truths_are_as_written() {
        let cells = [DataRef::Float(12.0), DataRef::Float(0.1), DataRef::Bool(true), DataRef::Empty];
        assert_eq!(cells.map(|cell| text(&cell, false)), ["12", "0.1", "true", ""]);
    }
}
