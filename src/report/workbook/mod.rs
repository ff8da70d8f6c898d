//! A document as a workbook: a sheet a chapter, cells that stay numbers, charts that the spreadsheet draws itself.
//!
//! What charts are drawn from stands on the last sheet, so that whoever wants another chart has the numbers.

mod native;
mod sheet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use self::native::ChartData;
use self::sheet::Page;
use super::document::{Chapter, Document, Section};
use super::language::Language;

/// The bytes of an XLSX file: the same for the same document.
///
/// # Errors
/// What the writer refuses, such as more cells than a sheet has.
pub fn workbook(document: &Document, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A file knows no date of its making, so that equal results have equal bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(&document.title).set_creation_datetime(&day);
    workbook.set_properties(&properties);
    let mut data = ChartData::new(language.say("Chart data", "Dati dei grafici"));
    for (place, (chapter, sections)) in chapters(document).into_iter().enumerate() {
        let mut page = Page::new(language);
        page.name(&sheet_name(chapter))?;
        if place == 0 {
            page.title(&document.title, &document.subtitle)?;
        }
        page.heading(&chapter.title)?;
        for section in sections {
            page.section(section, &mut data)?;
        }
        if place == 0 {
            page.prose(&document.warnings)?;
        }
        workbook.push_worksheet(page.finish());
    }
    workbook.push_worksheet(data.finish()?);
    workbook.save_to_buffer()
}

/// The chapters with their sections; what comes before the first is left out.
fn chapters(document: &Document) -> Vec<(&Chapter, Vec<&Section>)> {
    let mut chapters: Vec<(&Chapter, Vec<&Section>)> = Vec::new();
    for section in &document.sections {
        match (section, chapters.last_mut()) {
            (Section::Chapter(chapter), _) => chapters.push((chapter, Vec::new())),
            (other, Some((_, sections))) => sections.push(other),
            (_, None) => {}
        }
    }
    chapters
}

/// At most 31 characters, none of them a sign that sheets refuse.
fn sheet_name(chapter: &Chapter) -> String {
    let allowed = |c: &char| !"[]:*?/\\'".contains(*c);
    chapter.title.chars().filter(allowed).take(31).collect()
}

/// A sheet and the row on which the next thing is written.
struct Cursor {
    sheet: Worksheet,
    row: u32,
}
