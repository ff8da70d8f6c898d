//! The cells of ODS files.
//!
//! Read here, part by part: a cell and a row may stand for a million of their like, and whoever lays them all out first has no
//! memory left to find that they are too many.

use std::io::Read;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Grid, WorkbookError, archive, broken, choose, clock, iso_date};

/// The sheet of a name, or the first.
///
/// # Errors
/// Bytes that are no workbook, a sheet that it does not have, too many cells.
pub fn read(bytes: &[u8], wanted: Option<&str>) -> Result<(String, Grid), WorkbookError> {
    let mut content = String::new();
    let mut archive = archive(bytes)?;
    let mut part = archive.by_name("content.xml").map_err(|_| no_content())?;
    part.read_to_string(&mut content).map_err(broken)?;
    let name = choose(sheets(&content)?, wanted)?;
    let mut sheet = Sheet::default();
    events(&content, |event| sheet.see(&name, event))?;
    Ok((name, sheet.grid))
}

fn no_content() -> WorkbookError {
    WorkbookError::Broken("it has no part content.xml".into())
}

fn sheets(content: &str) -> Result<Vec<String>, WorkbookError> {
    let mut names = Vec::new();
    events(content, |event| {
        if let Event::Start(start) = event
            && start.name().as_ref() == "table:table"
        {
            names.extend(attribute(start, "table:name")?);
        }
        Ok(())
    })?;
    Ok(names)
}

/// Shows each event of an XML text, elements without content as their start and their end.
fn events(
    content: &str,
    mut see: impl FnMut(&Event) -> Result<(), WorkbookError>,
) -> Result<(), WorkbookError> {
    let mut reader = Reader::from_str(content);
    reader.config_mut().expand_empty_elements = true;
    let mut open = 0_usize;
    loop {
        let event = reader.read_event().map_err(broken)?;
        match &event {
            Event::Eof if open > 0 => return Err(WorkbookError::Broken("its content.xml is cut off".into())),
            Event::Eof => return Ok(()),
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.saturating_sub(1),
            _ => {}
        }
        see(&event)?;
    }
}

fn attribute(start: &BytesStart, name: &str) -> Result<Option<String>, WorkbookError> {
    let Some(attribute) = start.try_get_attribute(name).map_err(broken)? else { return Ok(None) };
    Ok(Some(attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(broken)?.into_owned()))
}

/// How often a cell or a row comes.
fn repeats(start: &BytesStart, name: &str) -> Result<u32, WorkbookError> {
    match attribute(start, name)? {
        None => Ok(1),
        Some(text) => text.parse().map_err(|_| WorkbookError::Broken(format!("{name} is \"{text}\""))),
    }
}

/// A sheet, event by event.
#[derive(Default)]
struct Sheet {
    grid: Grid,
    /// How many tables are around; those within a cell of another are left out.
    tables: usize,
    wanted: bool,
    row: u32,
    row_repeats: u32,
    /// The cells of the row with something in them: column, how many, text.
    cells: Vec<(u32, u32, String)>,
    column: u32,
    cell: Option<Cell>,
    /// How many annotations are around; they are no content of the cell.
    notes: usize,
}

/// A cell that is open.
struct Cell {
    repeats: u32,
    /// What its attributes say.
    value: Option<String>,
    /// What is shown in it.
    shown: String,
}

impl Sheet {
    fn see(&mut self, name: &str, event: &Event) -> Result<(), WorkbookError> {
        match event {
            Event::Start(start) => self.starts(name, start),
            Event::End(end) => self.ends(end.name().as_ref()),
            Event::Text(text) => {
                self.show(&text.xml10_content());
                Ok(())
            }
            Event::CData(text) => {
                self.show(&text.xml10_content());
                Ok(())
            }
            Event::GeneralRef(entity) => {
                self.show(&resolved(entity)?);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn starts(&mut self, name: &str, start: &BytesStart) -> Result<(), WorkbookError> {
        match start.name().as_ref() {
            "table:table" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.wanted = attribute(start, "table:name")?.as_deref() == Some(name);
                }
            }
            _ if !self.wanted || self.tables != 1 => {}
            "table:table-row" => {
                self.row_repeats = repeats(start, "table:number-rows-repeated")?;
                self.column = 0;
                self.cells.clear();
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let repeats = repeats(start, "table:number-columns-repeated")?;
                self.cell = Some(Cell { repeats, value: value(start)?, shown: String::new() });
            }
            "office:annotation" => self.notes += 1,
            "text:p" if self.cell.as_ref().is_some_and(|cell| !cell.shown.is_empty()) => self.show(" "),
            "text:s" | "text:tab" | "text:line-break" => self.show(" "),
            _ => {}
        }
        Ok(())
    }

    fn ends(&mut self, element: &str) -> Result<(), WorkbookError> {
        match element {
            "table:table" => {
                self.tables = self.tables.saturating_sub(1);
                self.wanted &= self.tables > 0;
            }
            _ if !self.wanted || self.tables != 1 => {}
            "office:annotation" => self.notes = self.notes.saturating_sub(1),
            "table:table-cell" | "table:covered-table-cell" => self.cell_ends(),
            "table:table-row" => return self.row_ends(),
            _ => {}
        }
        Ok(())
    }

    fn show(&mut self, text: &str) {
        if self.wanted
            && self.tables == 1
            && self.notes == 0
            && let Some(cell) = &mut self.cell
        {
            cell.shown += text;
        }
    }

    fn cell_ends(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let text = cell.value.unwrap_or(cell.shown);
        let text = text.trim();
        if !text.is_empty() {
            self.cells.push((self.column, cell.repeats, text.into()));
        }
        self.column = self.column.saturating_add(cell.repeats);
    }

    fn row_ends(&mut self) -> Result<(), WorkbookError> {
        let repeats = if self.cells.is_empty() { 0 } else { self.row_repeats };
        for more in 0..repeats {
            for (column, cells, text) in &self.cells {
                for beside in 0..*cells {
                    let (row, column) = (self.row.saturating_add(more), column.saturating_add(beside));
                    self.grid.put(row, column, text.clone())?;
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeats);
        Ok(())
    }
}

/// What the attributes of a cell say, as a field of a CSV file; `None` if what is shown counts.
fn value(start: &BytesStart) -> Result<Option<String>, WorkbookError> {
    let get = |name: &str| attribute(start, name);
    Ok(match get("office:value-type")?.as_deref() {
        Some("float" | "percentage" | "currency") => get("office:value")?,
        Some("date") => get("office:date-value")?.map(|text| iso_date(&text).to_string()),
        Some("time") => get("office:time-value")?.map(|text| duration(&text).unwrap_or(text)),
        Some("boolean") => get("office:boolean-value")?,
        Some("string") => get("office:string-value")?,
        _ => None,
    })
}

/// `PT09H15M00S` as `09:15`.
fn duration(text: &str) -> Option<String> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds: f64 = rest.strip_suffix('S')?.replace(',', ".").parse().ok()?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let whole = u64::from(hours) * 3600 + u64::from(minutes) * 60;
    Some(clock(whole + seconds.round().clamp(0.0, 60.0) as u64))
}

fn resolved(entity: &BytesRef) -> Result<String, WorkbookError> {
    let name = entity.xml10_content();
    if let Some(text) = resolve_xml_entity(&name) {
        return Ok(text.into());
    }
    match entity.resolve_char_ref().map_err(broken)? {
        Some(character) => Ok(character.into()),
        None => Err(WorkbookError::Broken(format!("&{name}; stands for nothing"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &str) -> Result<String, WorkbookError> {
        let content = format!(
            "<office:spreadsheet><table:table table:name=\"A\"/><table:table table:name=\"B\">{rows}</table:table></office:spreadsheet>"
        );
        assert_eq!(sheets(&content)?, ["A", "B"]);
        let mut sheet = Sheet::default();
        events(&content, |event| sheet.see("B", event))?;
        sheet.grid.into_text()
    }

    #[test]
    fn typed_cells_come_out_as_in_csv_files() {
        let rows = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/></table:table-row>
            <table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation><text:p>a &amp; b</text:p><text:p>c</text:p></table:table-cell>
            <table:table-cell office:value-type="date" office:date-value="2007-06-18T00:00:00"><text:p>18/06/07</text:p></table:table-cell>
            <table:table-cell office:value-type="time" office:time-value="PT09H15M00S"><text:p>9.15</text:p></table:table-cell>
            <table:table-cell/><table:table-cell office:value-type="percentage" office:value="0.4"><text:p>40%</text:p></table:table-cell>
            <table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>"#;
        assert_eq!(sheet(rows).unwrap(), "\n\na & b c\t2007-06-18\t09:15\t\t0.4\ttrue\n");
        assert_eq!(duration("PT24H00M00S").as_deref(), Some("24:00"));
        assert_eq!(["", "PT9H", "P1DT9H0M0S", "PT-9H0M0S"].map(duration), [None, None, None, None]);
    }

    #[test]
    fn what_stands_for_many_is_read_as_many() {
        let rows = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="2"/></table:table-row>
            <table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
        assert_eq!(sheet(rows).unwrap(), "1\t1\n1\t1\n");
        let bomb = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row>"#;
        assert!(matches!(sheet(bomb), Err(WorkbookError::TooLarge(_))));
    }

    #[test]
    fn what_is_cut_off_is_told() {
        for content in ["<a><table:table table:name=\"A\"><table:table-row>", "<a", "<a>&nothing;</b>"] {
            assert!(matches!(sheets(content), Err(WorkbookError::Broken(_))), "{content}");
        }
        assert!(sheet("<table:table-row table:number-rows-repeated=\"-1\"/>").is_err());
    }
}
