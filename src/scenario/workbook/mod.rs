//! Sheets of XLSX and ODS files as the text of a table, so that whatever reads a CSV reads a sheet.
//!
//! A row is a line with tabs between its cells, and lines have the numbers that rows have. Dates and times come out as they are
//! written in CSV files. A formula is what the program that saved it last found. What columns mean is `rows`' business.

mod grid;
mod guarded;
mod ods;
mod xlsx;

use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use self::grid::Grid;
use self::guarded::guarded;
use crate::diagnostic::{Code, Diagnostic};

/// The most that the parts of a workbook may be together when they are unpacked: 256 MB. A year of quarter hours needs 10.
const LARGEST_UNPACKED: u64 = 256 * 1024 * 1024;

/// A path that names a sheet of a workbook.
#[derive(Debug, PartialEq, Eq)]
pub struct SheetPath {
    /// The file.
    pub file: PathBuf,
    /// The sheet; the first one unless it is named.
    sheet: Option<String>,
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Xlsx,
    Ods,
}

/// The text of a sheet.
#[derive(Debug, PartialEq, Eq)]
pub struct SheetText {
    /// The name of the sheet.
    pub name: String,
    /// Its rows as lines.
    pub text: String,
}

/// Why a sheet could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookError {
    /// The bytes are no workbook, or a damaged one.
    #[error("it is no workbook that can be read: {0}")]
    Broken(String),
    /// The workbook has no sheet of that name.
    #[error("it has no sheet \"{wanted}\"")]
    NoSheet {
        /// The name that was asked for.
        wanted: String,
        /// The sheets that there are.
        sheets: Vec<String>,
    },
    /// The workbook holds more than is read.
    #[error("it {0}")]
    TooLarge(String),
}

impl WorkbookError {
    /// What users are told about a file, under the path of the value that names it.
    pub fn diagnostic(&self, file: &Path, path: &str) -> Diagnostic {
        let message = format!("{} cannot be read: {self}", file.display());
        let found = |code: Code| {
            let remedy = code.entry().map_or("", |entry| entry.remedy);
            Diagnostic::new(code, path, message).with_help(remedy)
        };
        match self {
            WorkbookError::Broken(_) => found(Code::WORKBOOK),
            WorkbookError::TooLarge(_) => found(Code::WORKBOOK_TOO_LARGE),
            WorkbookError::NoSheet { wanted, sheets } => {
                let sheets = sheets.iter().map(String::as_str);
                found(Code::NO_SHEET).with_candidates(wanted, "sheets", sheets)
            }
        }
    }
}

impl SheetPath {
    /// What a path names, as in `volumes.xlsx` or `volumes.xlsx#June`; `None` if it is no workbook.
    pub fn of(path: &Path) -> Option<SheetPath> {
        let text = path.to_str()?;
        let cuts = text.match_indices('#').map(|(at, _)| at);
        let split =
            |at: usize| Some((Format::of(&text[..at])?, &text[..at], Some(text[at + 1..].to_string())));
        let (format, file, sheet) =
            cuts.into_iter().find_map(split).or_else(|| Some((Format::of(text)?, text, None)))?;
        Some(SheetPath { file: file.into(), sheet, format })
    }

    /// The sheet in the bytes of its file.
    ///
    /// # Errors
    /// Bytes that are no workbook or too much of one; a sheet that it does not have.
    pub fn read(&self, bytes: &[u8]) -> Result<SheetText, WorkbookError> {
        let wanted = self.sheet.as_deref();
        let (name, grid) = guarded(|| {
            check_size(bytes, LARGEST_UNPACKED)?;
            match self.format {
                Format::Xlsx => xlsx::read(bytes, wanted),
                Format::Ods => ods::read(bytes, wanted),
            }
        })?;
        Ok(SheetText { name, text: grid.into_text()? })
    }
}

impl Format {
    fn of(file: &str) -> Option<Format> {
        match Path::new(file).extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "xlsx" | "xlsm" => Some(Format::Xlsx),
            "ods" => Some(Format::Ods),
            _ => None,
        }
    }
}

/// Unpacks every part without keeping it: what a file says about its size may be a lie, and a small file may unpack to more than
/// any memory. Finds parts that are damaged, too.
fn check_size(bytes: &[u8], most: u64) -> Result<(), WorkbookError> {
    let mut archive = archive(bytes)?;
    let mut left = most;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_err(broken)?.into_owned();
        let size = io::copy(&mut part.take(left + 1), &mut io::sink())
            .map_err(|error| WorkbookError::Broken(format!("its part {name} is damaged: {error}")))?;
        left = left.checked_sub(size).ok_or_else(|| {
            WorkbookError::TooLarge(format!("unpacks to more than {} MB", most / (1024 * 1024)))
        })?;
    }
    Ok(())
}

fn archive(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, WorkbookError> {
    /// How files of the former XLS begin, and those with a password.
    const COMPOUND_FILE: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];
    if bytes.starts_with(&COMPOUND_FILE) {
        return Err(WorkbookError::Broken("it has a password, or is an XLS by another name".into()));
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(broken)
}

fn broken(error: impl std::fmt::Display) -> WorkbookError {
    WorkbookError::Broken(error.to_string())
}

/// The name of the sheet that is wanted, or of the first; as the programs have it, upper and lower case are the same.
fn choose(sheets: Vec<String>, wanted: Option<&str>) -> Result<String, WorkbookError> {
    let folded = wanted.map(str::to_lowercase);
    let found = match &folded {
        None => sheets.first(),
        Some(folded) => sheets.iter().find(|name| name.to_lowercase() == *folded),
    };
    match found {
        Some(name) => Ok(name.clone()),
        None => Err(WorkbookError::NoSheet { wanted: wanted.unwrap_or_default().into(), sheets }),
    }
}

/// `09:15`, with seconds if there are any.
fn clock(s: u64) -> String {
    let (hours, minutes, seconds) = (s / 3600, s / 60 % 60, s % 60);
    match seconds {
        0 => format!("{hours:02}:{minutes:02}"),
        _ => format!("{hours:02}:{minutes:02}:{seconds:02}"),
    }
}

/// A date, or a date and a time, that a file has in the words of ISO 8601: midnight is the date alone, as in spreadsheets.
fn iso_date(text: &str) -> &str {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    if time.chars().all(|c| "0:.".contains(c)) { date } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_name_a_sheet() {
        let of = |path: &str| SheetPath::of(Path::new(path)).map(|path| (path.file, path.sheet));
        assert_eq!(of("a/v.xlsx"), Some(("a/v.xlsx".into(), None)));
        assert_eq!(of("a/v.XLSX#June 2007"), Some(("a/v.XLSX".into(), Some("June 2007".into()))));
        assert_eq!(of("plan#2.ods#No. #1"), Some(("plan#2.ods".into(), Some("No. #1".into()))));
        assert_eq!([of("v.csv"), of("v#1.csv"), of("xlsx"), of("v.csv#a.txt")], [None, None, None, None]);
    }

    #[test]
    fn what_is_no_workbook_is_told() {
        let why =
            |bytes: &[u8]| SheetPath::of(Path::new("a.xlsx")).unwrap().read(bytes).unwrap_err().to_string();
        assert!(why(b"start,count\n").contains("no workbook"));
        assert!(why(b"").contains("no workbook"));
        assert!(why(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]).contains("a password"));
    }

    #[test]
    fn the_size_is_that_of_the_unpacked_parts() {
        let bytes = include_bytes!("../../../tests/data/tables.xlsx");
        let mut zip = archive(bytes).unwrap();
        let sizes: u64 = (0..zip.len()).map(|index| zip.by_index(index).unwrap().size()).sum();
        assert_eq!(check_size(bytes, sizes), Ok(()));
        let why = check_size(bytes, sizes - 1).unwrap_err();
        assert!(matches!(why, WorkbookError::TooLarge(_)), "{why}");
    }

    #[test]
    fn sheets_are_found_in_any_case() {
        let sheets = || vec!["Counts".to_string(), "Staffing".to_string()];
        assert_eq!(choose(sheets(), None), Ok("Counts".into()));
        assert_eq!(choose(sheets(), Some("STAFFING")), Ok("Staffing".into()));
        assert_eq!(choose(sheets(), Some("June")).unwrap_err().to_string(), "it has no sheet \"June\"");
    }

    #[test]
    fn dates_at_midnight_are_dates() {
        let texts = ["2007-06-18", "2007-06-18T00:00:00.000", "2007-06-18T09:15:00"];
        assert_eq!(texts.map(iso_date), ["2007-06-18", "2007-06-18", "2007-06-18T09:15:00"]);
        assert_eq!([0, 33_300, 33_301, 86_400].map(clock), ["00:00", "09:15", "09:15:01", "24:00"]);
    }
}
