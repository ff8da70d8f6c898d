//! Tables as files: commas, decimal points, a header once, numbers to the last digit.

use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes rows of cells. What needs quotes gets them (RFC 4180); lines end in a bare newline.
#[derive(Debug)]
pub struct CsvFile<W: Write> {
    out: W,
    columns: usize,
    line: String,
}

/// A cell.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'a> {
    /// A text.
    Text(&'a str),
    /// A number in the fewest digits that read back to it.
    Number(f64),
    /// A number, or nothing where there is no data.
    Maybe(Option<f64>),
    /// A whole number.
    Whole(u64),
}

impl<W: Write> CsvFile<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(out: W, header: &[&str]) -> io::Result<Self> {
        let mut file = CsvFile { out, columns: header.len(), line: String::new() };
        let names: Vec<Cell<'_>> = header.iter().copied().map(Cell::Text).collect();
        file.row(&names)?;
        Ok(file)
    }

    /// Writes a row, of as many cells as the header has.
    ///
    /// # Errors
    /// What the output says.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        debug_assert_eq!(cells.len(), self.columns, "a cell for every column");
        self.line.clear();
        self.cells(cells, push_plain);
        // Hardly a row needs quotes, and a whole line is looked through faster than its cells one by one.
        if !is_plain(&self.line, cells.len()) {
            self.line.clear();
            self.cells(cells, push_quoted);
        }
        self.line.push('\n');
        self.out.write_all(self.line.as_bytes())
    }

    /// Writes what is held back.
    ///
    /// # Errors
    /// What the output says.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn cells(&mut self, cells: &[Cell<'_>], push_text: fn(&mut String, &str)) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.line.push(',');
            }
            match *cell {
                Cell::Text(text) => push_text(&mut self.line, text),
                Cell::Whole(number) => push(&mut self.line, number),
                Cell::Number(number) | Cell::Maybe(Some(number)) => push_shortest(&mut self.line, number),
                Cell::Maybe(None) => {}
            }
        }
    }
}

/// Whether a line of so many texts and numbers, put down as they are, reads back to them.
fn is_plain(line: &str, cells: usize) -> bool {
    let commas = line.bytes().filter(|&byte| byte == b',').count();
    let quoted = line.bytes().fold(0, |any, byte| {
        any | u8::from(byte == b'"') | u8::from(byte == b'\n') | u8::from(byte == b'\r')
    });
    commas + 1 == cells && quoted == 0
}

fn push_plain(line: &mut String, text: &str) {
    line.push_str(text);
}

/// A text in quotes, if it needs them.
fn push_quoted(line: &mut String, text: &str) {
    if text.contains([',', '"', '\n', '\r']) {
        line.push('"');
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(text);
    }
}

/// Whole numbers below are written as such, which is faster than to look for the fewest digits.
const WHOLE: f64 = 1e15;

/// The fewest digits that read back to the same number, without exponent; no sign before a zero, nothing for what is no number.
fn push_shortest(line: &mut String, number: f64) {
    let whole = number as i64;
    if whole as f64 == number && number.abs() < WHOLE {
        push(line, whole);
    } else if number.is_finite() {
        push(line, number);
    }
}

/// Text takes whatever is written to it.
fn push(line: &mut String, number: impl std::fmt::Display) {
    let _ = write!(line, "{number}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_back_to_what_they_were() {
        let mut bytes = Vec::new();
        let mut file = CsvFile::new(&mut bytes, &["name", "value", "count"]).unwrap();
        file.row(&[Cell::Text("say \"yes\", please"), Cell::Number(0.1 + 0.2), Cell::Whole(3)]).unwrap();
        file.row(&[Cell::Text("città"), Cell::Maybe(None), Cell::Whole(0)]).unwrap();
        file.row(&[Cell::Text("x"), Cell::Maybe(Some(-0.0)), Cell::Whole(0)]).unwrap();
        file.finish().unwrap();
        let expected =
            "name,value,count\n\"say \"\"yes\"\", please\",0.30000000000000004,3\ncittà,,0\nx,0,0\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
        let mut line = String::new();
        push_shortest(&mut line, f64::NAN);
        push_shortest(&mut line, f64::INFINITY);
        assert_eq!(line, "");
        push_shortest(&mut line, 1e21);
        assert_eq!(line, "1000000000000000000000");
    }
}
