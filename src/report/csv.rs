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
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.line.push(',');
            }
            self.cell(cell);
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

    fn cell(&mut self, cell: &Cell<'_>) {
        match *cell {
            Cell::Text(text) => self.text(text),
            Cell::Whole(number) => self.line.push_str(itoa::Buffer::new().format(number)),
            Cell::Number(number) | Cell::Maybe(Some(number)) => push_shortest(&mut self.line, number),
            Cell::Maybe(None) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
            self.line.push('"');
            self.line.push_str(&text.replace('"', "\"\""));
            self.line.push('"');
        } else {
            self.line.push_str(text);
        }
    }
}

/// The fewest digits that read back to the same number, without exponent; no sign before a zero, nothing for what is no number.
fn push_shortest(line: &mut String, number: f64) {
    if !number.is_finite() {
        return;
    }
    let mut buffer = zmij::Buffer::new();
    let digits = buffer.format_finite(number + 0.0);
    if digits.contains('e') {
        // Text takes whatever is written to it.
        let _ = write!(line, "{number}");
    } else {
        line.push_str(digits.strip_suffix(".0").unwrap_or(digits));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
        assert_eq!(line, "");
        push_shortest(&mut line, 1e21);
        assert_eq!(line, "1000000000000000000000");
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_they_are_shown(number in any::<f64>(), of_days in 0.0..1e9) {
            for number in [number, of_days, of_days.trunc(), number.fract(), (of_days * 1e6).round() / 1e6] {
                let mut line = String::new();
                push_shortest(&mut line, number);
                let shown = if number.is_finite() { (number + 0.0).to_string() } else { String::new() };
                prop_assert_eq!(line, shown);
            }
        }
    }
}
