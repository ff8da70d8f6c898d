//! A document on a terminal: one screen, a hundred columns, colour only where it is wanted.

use super::document::{Datum, Document, Figure, Grid, Note, Promise, Section, Table, Verdict};
use super::language::Language;

/// Columns of the page.
const WIDTH: usize = 100;
/// Figures beside one another.
const FIGURES_A_LINE: usize = 3;

/// Whether text may carry colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Escape sequences, for a terminal.
    Ansi,
    /// Bare text.
    None,
}

#[derive(Clone, Copy)]
enum Ink {
    Bold,
    Dim,
    Green,
    Red,
    Yellow,
}

/// Lays a document out as text; every line ends with a newline. Charts are left to those who can draw.
pub fn render(document: &Document, colour: Colour) -> String {
    render_in(document, colour, Language::English)
}

/// Likewise, with numbers as this language writes them.
pub fn render_in(document: &Document, colour: Colour, language: Language) -> String {
    let page = Page { colour };
    let mut lines = vec![page.ink(Ink::Bold, &document.title), page.ink(Ink::Dim, &document.subtitle)];
    let shown: Vec<&Section> = document.sections.iter().filter(|section| !is_empty(section)).collect();
    let is_heading =
        |place: usize| shown.get(place).is_none_or(|section| matches!(section, Section::Chapter(_)));
    for (place, section) in shown.iter().enumerate() {
        // A chapter of charts alone has nothing to say here.
        if is_heading(place) && is_heading(place + 1) {
            continue;
        }
        lines.push(String::new());
        match section {
            Section::Promises(promises) => page.promises(promises, &mut lines),
            Section::Figures(figures) => page.figures(figures, &mut lines),
            Section::Table(table) => page.table(table, &mut lines),
            Section::Notes(notes) => page.notes(notes, &mut lines),
            Section::Chapter(chapter) => lines.push(page.ink(Ink::Bold, &chapter.title.to_uppercase())),
            Section::Prose(paragraphs) => {
                paragraphs.iter().for_each(|text| lines.extend(wrapped(text, WIDTH)))
            }
            Section::Chart(_) => {}
            Section::Grid(grid) => page.table(&as_table(grid, language), &mut lines),
        }
    }
    document.warnings.iter().for_each(|warning| page.warning(warning, &mut lines));
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn is_empty(section: &Section) -> bool {
    match section {
        Section::Promises(promises) => promises.is_empty(),
        Section::Figures(figures) => figures.is_empty(),
        Section::Table(table) => table.rows.is_empty(),
        Section::Notes(notes) => notes.is_empty(),
        Section::Prose(paragraphs) => paragraphs.is_empty(),
        Section::Grid(grid) => grid.rows.is_empty(),
        Section::Chapter(_) => false,
        Section::Chart(_) => true,
    }
}

/// A column with a longer text than this has no place on a screen.
const LONGEST_TEXT: usize = 40;

/// A table of texts.
fn as_table(grid: &Grid, language: Language) -> Table {
    let is_long =
        |datum: Option<&Datum>| matches!(datum, Some(Datum::Text(text)) if width(text) > LONGEST_TEXT);
    let kept: Vec<usize> = (0..grid.columns.len())
        .filter(|&column| column == 0 || !grid.rows.iter().any(|row| is_long(row.get(column))))
        .collect();
    let text = |datum: &Datum| match datum {
        Datum::Text(text) => text.clone(),
        Datum::Mark(mark, word) => format!("{} {word}", mark.sign()),
        Datum::Value { unit, value, half_width } => language.value(*unit, *value, *half_width),
    };
    let row = |cells: &Vec<Datum>| {
        let mut texts = kept.iter().filter_map(|&column| cells.get(column)).map(text);
        (texts.next().unwrap_or_default(), texts.collect())
    };
    let mut columns = kept.iter().map(|&column| grid.columns[column].clone());
    Table {
        heading: columns.next().unwrap_or_default(),
        columns: columns.collect(),
        rows: grid.rows.iter().map(row).collect(),
        foot: grid.foot.clone(),
    }
}

struct Page {
    colour: Colour,
}

impl Page {
    fn ink(&self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Bold => 1,
            Ink::Dim => 2,
            Ink::Red => 31,
            Ink::Green => 32,
            Ink::Yellow => 33,
        };
        match self.colour {
            Colour::Ansi => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            Colour::None => text.into(),
        }
    }

    /// The name, the value and the verdict; below, what was promised.
    fn promises(&self, promises: &[Promise], lines: &mut Vec<String>) {
        let name_width = widest(promises.iter().map(|promise| promise.name.as_str()));
        let value_width = widest(promises.iter().map(|promise| promise.value.as_str()));
        for promise in promises {
            let name = self.ink(Ink::Bold, &left(&promise.name, name_width));
            let value = self.ink(Ink::Bold, &left(&promise.value, value_width));
            let verdict = promise.verdict.map_or(String::new(), |verdict| self.verdict(verdict));
            let kept = promise.kept.as_ref().map_or(String::new(), |kept| format!("   {kept}"));
            lines.push(format!("{name}   {value}   {verdict}{kept}"));
            for below in [&promise.promised].into_iter().chain(&promise.hint) {
                lines.push(format!("{}   {}", " ".repeat(name_width), self.ink(Ink::Dim, below)));
            }
        }
    }

    fn verdict(&self, verdict: Verdict) -> String {
        let ink = match verdict {
            Verdict::Met => Ink::Green,
            Verdict::NotMet => Ink::Red,
            Verdict::Undecided => Ink::Yellow,
        };
        self.ink(ink, verdict.words())
    }

    fn figures(&self, figures: &[Figure], lines: &mut Vec<String>) {
        let name_width = widest(figures.iter().map(|figure| figure.name.as_str()));
        let value_width = widest(figures.iter().map(|figure| figure.value.as_str()));
        for line in figures.chunks(FIGURES_A_LINE) {
            let cells = line.iter().map(|figure| {
                format!(
                    "{}  {}",
                    self.ink(Ink::Dim, &left(&figure.name, name_width)),
                    left(&figure.value, value_width)
                )
            });
            lines.push(cells.collect::<Vec<_>>().join("   "));
        }
    }

    fn warning(&self, warning: &str, lines: &mut Vec<String>) {
        const WORD: &str = "warning:";
        let mut pieces = wrapped(warning, WIDTH - WORD.len() - 1).into_iter();
        lines.extend(pieces.next().map(|first| format!("{} {first}", self.ink(Ink::Yellow, WORD))));
        lines.extend(pieces.map(|piece| format!("{} {piece}", " ".repeat(WORD.len()))));
    }

    fn table(&self, table: &Table, lines: &mut Vec<String>) {
        let names = table.rows.iter().map(|(name, _)| name.as_str());
        let name_width = widest(names.chain([table.heading.as_str()]));
        let columns: Vec<Vec<String>> = (0..table.columns.len()).map(|index| column(table, index)).collect();
        let widths: Vec<usize> =
            columns.iter().map(|cells| widest(cells.iter().map(String::as_str))).collect();
        let used = name_width + widths.iter().sum::<usize>();
        let gap = WIDTH.saturating_sub(used).checked_div(widths.len()).unwrap_or(0).clamp(2, 4);
        let line = |name: &str, row: usize| {
            let cells = columns.iter().zip(&widths).map(|(cells, &width)| right(&cells[row], width + gap));
            format!("{}{}", left(name, name_width), cells.collect::<String>())
        };
        lines.push(self.ink(Ink::Bold, &line(&table.heading, 0)));
        lines.extend(table.rows.iter().enumerate().map(|(row, (name, _))| line(name, row + 1)));
        lines.extend(table.foot.iter().map(|foot| self.ink(Ink::Dim, foot)));
    }

    fn notes(&self, notes: &[Note], lines: &mut Vec<String>) {
        let width = widest(notes.iter().map(|note| note.label.as_str()));
        for note in notes {
            let mut label = left(&note.label, width);
            for piece in wrapped(&note.text, WIDTH.saturating_sub(width + 2)) {
                lines.push(format!("{}  {piece}", self.ink(Ink::Dim, &label)));
                label = " ".repeat(width);
            }
        }
    }
}

/// The heading and the cells of a column; half-widths stand below one another.
fn column(table: &Table, index: usize) -> Vec<String> {
    const SIGN: &str = " ± ";
    let cells = || table.rows.iter().map(|(_, cells)| cells.get(index).map_or("", String::as_str));
    let tail = |cell: &str| cell.find(SIGN).map_or(0, |at| width(&cell[at..]));
    let longest = cells().map(tail).max().unwrap_or(0);
    let padded = cells().map(|cell| format!("{cell}{}", " ".repeat(longest - tail(cell))));
    std::iter::once(table.columns[index].clone()).chain(padded).collect()
}

/// In characters; every character that reports use takes one column.
fn width(text: &str) -> usize {
    text.chars().count()
}

fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(width).max().unwrap_or(0)
}

fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Broken between words; a word that is longer than a line keeps to itself.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            *line = word.into();
        } else if width(line) + 1 + width(word) <= columns {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.into());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Document {
        let table = Table {
            heading: "queue".into(),
            columns: vec!["offered".into(), "service level".into()],
            rows: vec![
                ("taxes".into(), vec!["7,012 ± 81".into(), "87.3 % ± 0.9".into()]),
                ("città".into(), vec!["3".into(), "-".into()]),
            ],
            foot: Some("by leg".into()),
        };
        let promise = Promise {
            name: "contract".into(),
            promised: "85 % within 20 s".into(),
            value: "87.3 % ± 0.9".into(),
            verdict: Some(Verdict::Met),
            kept: None,
            hint: Some("be patient".into()),
        };
        Document {
            title: "A small center".into(),
            subtitle: "2008-06-16".into(),
            sections: vec![
                Section::Promises(vec![promise]),
                Section::Figures(vec![]),
                Section::Table(table),
                Section::Notes(vec![Note::new("results", "output/small")]),
            ],
            warnings: vec!["be careful".into()],
        }
    }

    #[test]
    fn columns_line_up_and_empty_sections_are_left_out() {
        let expected = "\
A small center
2008-06-16

contract   87.3 % ± 0.9   met
           85 % within 20 s
           be patient

queue       offered    service level
taxes    7,012 ± 81     87.3 % ± 0.9
città        3               -
by leg

results  output/small
warning: be careful
";
        assert_eq!(render(&small(), Colour::None), expected);
    }

    #[test]
    fn colour_changes_nothing_but_the_ink() {
        let coloured = render(&small(), Colour::Ansi);
        assert!(coloured.contains("\u{1b}[32mmet\u{1b}[0m"));
        let codes = [0, 1, 2, 31, 32, 33].map(|code| format!("\u{1b}[{code}m"));
        let bare = codes.iter().fold(coloured, |text, code| text.replace(code, ""));
        let trimmed: String = bare.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        assert_eq!(trimmed, render(&small(), Colour::None));
    }

    #[test]
    fn long_notes_break_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("extraordinary", 5), ["extraordinary"]);
    }
}
