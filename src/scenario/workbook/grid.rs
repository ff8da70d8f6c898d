//! The cells of a sheet, as many as are read, and the lines they make.

use super::WorkbookError;
use crate::files::LARGEST_BYTES;

/// The most cells of one sheet: 4 million, ten years of quarter hours in ten columns.
const MOST_CELLS: usize = 4_000_000;

/// The rows and columns that spreadsheets have.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// Cells with something in them, in any order.
#[derive(Debug)]
pub struct Grid {
    cells: Vec<Cell>,
    bytes: u64,
    most_cells: usize,
}

#[derive(Debug)]
struct Cell {
    /// From 0.
    row: u32,
    /// From 0.
    column: u32,
    text: String,
}

impl Default for Grid {
    fn default() -> Grid {
        Grid { cells: Vec::new(), bytes: 0, most_cells: MOST_CELLS }
    }
}

impl Grid {
    /// Puts a text into a cell, rows and columns from 0; the last of several texts counts.
    ///
    /// # Errors
    /// There are more cells, or there is more text, than is read; the place is none that spreadsheets have.
    pub fn put(&mut self, row: u32, column: u32, text: String) -> Result<(), WorkbookError> {
        if text.is_empty() {
            return Ok(());
        }
        if row >= ROWS || column >= COLUMNS {
            let message = format!("has a cell beyond row {ROWS} or column {COLUMNS}");
            return Err(WorkbookError::TooLarge(message));
        }
        self.bytes += text.len() as u64;
        self.cells.push(Cell { row, column, text });
        if self.bytes > LARGEST_BYTES {
            return Err(WorkbookError::TooLarge("has more than 64 MB of text in one sheet".into()));
        }
        self.check_count(self.cells.len())
    }

    fn check_count(&self, cells: usize) -> Result<(), WorkbookError> {
        if cells <= self.most_cells {
            return Ok(());
        }
        let message = format!("has more than {} million cells in one sheet", self.most_cells / 1_000_000);
        Err(WorkbookError::TooLarge(message))
    }

    /// A line for each row; those with something in them are of one length.
    ///
    /// # Errors
    /// The empty cells between and beside the others make too many.
    pub fn into_text(mut self) -> Result<String, WorkbookError> {
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        let width = self.cells.iter().map(|cell| cell.column as usize + 1).max().unwrap_or(0);
        let rows = || self.cells.chunk_by(|cell, next| cell.row == next.row);
        self.check_count(rows().count().saturating_mul(width))?;
        let (mut text, mut lines) = (String::new(), 0);
        for cells in rows() {
            let row = cells.first().map_or(0, |cell| cell.row);
            text.extend((lines..row).map(|_| '\n'));
            lines = row + 1;
            let mut fields = vec![String::new(); width];
            for cell in cells {
                fields[cell.column as usize] = field(&cell.text);
            }
            text += &fields.join("\t");
            text.push('\n');
        }
        Ok(text)
    }
}

/// In quotes where the reader of tables might find a separator.
fn field(text: &str) -> String {
    let text = text.replace(['\t', '\n', '\r'], " ");
    if text.contains(['"', ',', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(cells: &[(u32, u32, &str)]) -> Grid {
        let mut grid = Grid::default();
        for (row, column, text) in cells {
            grid.put(*row, *column, text.to_string()).unwrap();
        }
        grid
    }

    #[test]
    fn lines_have_the_numbers_of_rows() {
        let cells = [(4, 0, "09:00"), (2, 0, "start"), (2, 2, "heads"), (4, 2, "3"), (5, 1, ""), (4, 2, "4")];
        assert_eq!(grid(&cells).into_text().unwrap(), "\n\nstart\t\theads\n\n09:00\t\t4\n");
        assert_eq!(grid(&[]).into_text().unwrap(), "");
    }

    #[test]
    fn cells_do_not_break_the_line() {
        let cells = [(0, 0, "a\tb\nc"), (0, 1, "say \"hi\""), (0, 2, "1,5;2")];
        assert_eq!(grid(&cells).into_text().unwrap(), "a b c\t\"say \"\"hi\"\"\"\t\"1,5;2\"\n");
    }

    #[test]
    fn there_is_an_end_to_cells_and_text() {
        let mut small = Grid { most_cells: 5, ..Grid::default() };
        for row in 0..3 {
            small.put(row, 0, "1".into()).unwrap();
        }
        small.put(0, 1, "2".into()).unwrap();
        // Four cells, and two more that are empty.
        assert!(matches!(small.into_text(), Err(WorkbookError::TooLarge(_))));
        let mut full = Grid { most_cells: 1, ..grid(&[(0, 0, "1")]) };
        assert!(full.put(0, 1, "2".into()).is_err());
        assert!(Grid::default().put(ROWS, 0, "1".into()).is_err());
        assert!(Grid::default().put(0, COLUMNS, "1".into()).is_err());
        assert!(Grid::default().put(ROWS - 1, COLUMNS - 1, "1".into()).is_ok());
        let mut long = Grid { bytes: LARGEST_BYTES, ..Grid::default() };
        assert!(long.put(0, 1, "2".into()).unwrap_err().to_string().contains("64 MB of text"));
    }
}
