//! Tables in CSV files as they come: comma, semicolon or tab, decimal point or comma, any line end, quotes.
//!
//! What the columns mean is `rows`' business.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};

/// A finding in a table, with the bytes of the row or field it is about.
pub type Found = (Range<usize>, Diagnostic);

/// A table with a header.
#[derive(Debug, PartialEq)]
pub struct CsvTable {
    /// The names of the columns in lower case.
    pub header: Vec<String>,
    /// The rows, each with as many fields as the header.
    pub rows: Vec<CsvRow>,
    /// The bytes of the header.
    pub header_span: Range<usize>,
}

/// A row.
#[derive(Debug, PartialEq)]
pub struct CsvRow {
    /// Its fields without white space around them.
    pub fields: Vec<String>,
    /// Its bytes.
    pub span: Range<usize>,
}

impl CsvTable {
    /// Reads a table. Rows of another length than the header are left out and told in `found`, as is an empty table.
    pub fn read(text: &str, found: &mut Vec<Found>) -> Option<CsvTable> {
        let mut rows = records(text, found);
        if rows.is_empty() {
            found.push((
                0..0,
                Diagnostic::new(Code::CSV, "", "the table is empty").with_help("give it a header and rows"),
            ));
            return None;
        }
        let CsvRow { fields, span: header_span } = rows.remove(0);
        let header: Vec<String> = fields.iter().map(|name| name.to_lowercase()).collect();
        rows.retain(|row| row.fields.len() == header.len() || ragged(row, header.len(), found));
        Some(CsvTable { header, rows, header_span })
    }

    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|known| known == name)
    }

    /// Tells of columns that are missing, unknown or named twice; false if a required one is missing.
    pub fn check_columns(&self, required: &[&str], optional: &[&str], found: &mut Vec<Found>) -> bool {
        let known: Vec<&str> = required.iter().chain(optional).copied().collect();
        let mut tell = |message: String, name: &str| {
            let diagnostic = Diagnostic::new(Code::CSV_COLUMN, "", message);
            let diagnostic = diagnostic.with_candidates(name, "columns", known.iter().copied());
            found.push((self.header_span.clone(), diagnostic));
        };
        for (index, name) in self.header.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                tell(format!("no column is named \"{name}\" here"), name);
            } else if self.column(name) != Some(index) {
                tell(format!("the column \"{name}\" comes twice"), name);
            }
        }
        let missing = required.iter().filter(|name| self.column(name).is_none());
        missing.inspect(|name| tell(format!("the column \"{name}\" is missing"), name)).count() == 0
    }
}

fn ragged(row: &CsvRow, expected: usize, found: &mut Vec<Found>) -> bool {
    let message = format!("this row has {} fields, the header {expected}", row.fields.len());
    found.push((row.span.clone(), Diagnostic::new(Code::CSV, "", message)));
    false
}

/// All records, the header among them.
pub fn records(text: &str, found: &mut Vec<Found>) -> Vec<CsvRow> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let (mut rows, mut record) = (Vec::new(), csv::StringRecord::new());
    loop {
        let start = reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => return rows,
            Ok(true) => {
                let span = trimmed(text, start..reader.position().byte() as usize);
                let fields: Vec<String> = record.iter().map(str::to_string).collect();
                // Spreadsheets end their files with rows of nothing.
                if fields.iter().any(|field| !field.is_empty()) {
                    rows.push(CsvRow { fields, span });
                }
            }
            Err(error) => {
                found.push((
                    trimmed(text, start..text.len()),
                    Diagnostic::new(Code::CSV, "", error.to_string()),
                ));
                return rows;
            }
        }
    }
}

/// A span without the line ends around it.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let Some(inner) = text.get(span.clone()) else { return span };
    let start = span.start + (inner.len() - inner.trim_start().len());
    start..(start + inner.trim().len())
}

/// The separator that the first line has most of; a semicolon if it has none or is a lone number, so that a lone column
/// may have decimal commas.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let unquoted: String = first.split('"').step_by(2).collect();
    let count = |separator: &u8| unquoted.bytes().filter(|byte| byte == separator).count();
    let most = [b',', b'\t', b';'].into_iter().max_by_key(count);
    most.filter(|separator| count(separator) > 0 && number(first.trim()).is_none()).unwrap_or(b';')
}

/// A number with a decimal point or a decimal comma.
pub fn number(text: &str) -> Option<f64> {
    let plain = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
    let text = if text.contains('.') { text.to_string() } else { text.replacen(',', ".", 1) };
    text.parse().ok().filter(|value: &f64| value.is_finite() && text.chars().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<CsvTable>, Vec<String>) {
        let mut found = Vec::new();
        let table = CsvTable::read(text, &mut found);
        (table, found.into_iter().map(|(_, diagnostic)| diagnostic.message).collect())
    }

    fn fields(text: &str) -> Vec<Vec<String>> {
        read(text).0.unwrap().rows.into_iter().map(|row| row.fields).collect()
    }

    #[test]
    fn separators_quotes_and_line_ends_do_not_matter() {
        for text in [
            "Start,Heads\n08:00,3\n",
            "start;heads\r\n08:00;3\r\n\r\n",
            "start\theads\n08:00\t3",
            "\n\"start\", heads \n\"08:00\", 3\n,\n",
        ] {
            assert_eq!(fields(text), [["08:00", "3"]], "{text:?}");
            assert_eq!(read(text).0.unwrap().header, ["start", "heads"]);
        }
    }

    #[test]
    fn a_lone_column_may_have_decimal_commas() {
        assert_eq!(fields("seconds\n3,5\n4\n"), [["3,5"], ["4"]]);
        assert_eq!([number("3,5"), number("3.5"), number("-1e3")], [Some(3.5), Some(3.5), Some(-1000.0)]);
        assert_eq!(["", "x", "1,2,3", "inf", "nan", "1 2", "1.2,3"].map(number), [None; 7]);
    }

    #[test]
    fn rows_of_another_length_are_told_with_their_line() {
        let text = "a,b\n1,2\n\n3\n4,5,6\n7,8";
        let mut found = Vec::new();
        let table = CsvTable::read(text, &mut found).unwrap();
        assert_eq!(table.rows.len(), 2);
        let spans: Vec<&str> = found.iter().map(|(span, _)| &text[span.clone()]).collect();
        assert_eq!(spans, ["3", "4,5,6"]);
        assert!(found[1].1.message.contains("3 fields, the header 2"));
    }

    #[test]
    fn an_empty_table_is_told() {
        for text in ["", "\n\n", " , \n"] {
            assert_eq!(read(text).1, ["the table is empty"], "{text:?}");
        }
    }

    #[test]
    fn columns_are_checked_by_name() {
        let mut found = Vec::new();
        let table = CsvTable::read("start,haeds,start\n", &mut found).unwrap();
        assert!(!table.check_columns(&["start", "heads"], &["day"], &mut found));
        let messages: Vec<_> = found.iter().map(|(_, diagnostic)| diagnostic.message.as_str()).collect();
        let expected = [
            "no column is named \"haeds\" here",
            "the column \"start\" comes twice",
            "the column \"heads\" is missing",
        ];
        assert_eq!(messages, expected);
        assert!(found[0].1.help.as_ref().unwrap().contains("did you mean \"heads\"?"));
    }
}
