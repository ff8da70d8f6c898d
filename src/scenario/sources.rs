//! The files of a scenario, each read once, and places in them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::paths;
use super::tree::{Node, Origin, Value};
use super::workbook::{SheetPath, WorkbookError};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::files::{self, ReadError};

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// As diagnostics name it.
    pub name: String,
    /// Its text, without a byte order mark.
    pub text: String,
}

/// Why a table could not be read.
#[derive(Debug)]
pub enum TableError {
    /// Its file could not.
    File(ReadError),
    /// The file is a workbook, and something is wrong with it.
    Workbook(PathBuf, WorkbookError),
}

impl From<ReadError> for TableError {
    fn from(error: ReadError) -> TableError {
        TableError::File(error)
    }
}

impl TableError {
    /// What users are told, under the path of the value that names the file.
    pub fn diagnostic(&self, path: &str) -> Diagnostic {
        match self {
            TableError::File(error) => unreadable(error, path),
            TableError::Workbook(file, error) => error.diagnostic(file, path),
        }
    }
}

/// All files read so far, by number.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    directories: Vec<PathBuf>,
    line_starts: Vec<Vec<usize>>,
    numbers: BTreeMap<PathBuf, usize>,
}

impl Sources {
    /// The number of a file, which is read if it was not yet.
    ///
    /// # Errors
    /// What reading has to say; see [`unreadable`].
    pub fn read(&mut self, path: &Path) -> Result<usize, ReadError> {
        if let Some(&number) = self.numbers.get(path) {
            return Ok(number);
        }
        let text = files::read_text(path)?;
        Ok(self.keep(path, &path.display().to_string(), text))
    }

    /// The number of a file with a table: a text, or a sheet of a workbook as the text that it would be.
    ///
    /// # Errors
    /// What reading has to say.
    pub fn read_table(&mut self, path: &Path) -> Result<usize, TableError> {
        let (Some(sheet), None) = (SheetPath::of(path), self.numbers.get(path)) else {
            return Ok(self.read(path)?);
        };
        let bytes = files::read_bytes(&sheet.file)?;
        match sheet.read(&bytes) {
            Ok(read) => Ok(self.keep(path, &format!("{}#{}", sheet.file.display(), read.name), read.text)),
            Err(error) => Err(TableError::Workbook(sheet.file, error)),
        }
    }

    fn keep(&mut self, path: &Path, name: &str, text: String) -> usize {
        let directory = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let number = self.add(name, text, directory);
        self.numbers.insert(path.into(), number);
        number
    }

    /// Takes a text in under a name; what it names is relative to `directory`.
    pub fn add(&mut self, name: &str, text: String, directory: PathBuf) -> usize {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        self.line_starts.push(std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect());
        self.directories.push(directory);
        self.files.push(SourceFile { name: name.into(), text });
        self.files.len() - 1
    }

    /// The text of a file.
    pub fn text(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |file| &file.text)
    }

    /// A path that a file names, from where the program stands.
    pub fn beside(&self, file: usize, named: &str) -> PathBuf {
        self.directories.get(file).map_or_else(|| PathBuf::from(named), |directory| directory.join(named))
    }

    /// The place of bytes in a file.
    pub fn place(&self, file: usize, span: &Range<usize>) -> Option<Place> {
        let (source, line_starts) = (self.files.get(file)?, self.line_starts.get(file)?);
        let start = source.text.floor_char_boundary(span.start);
        let end = source.text.ceil_char_boundary(span.end).max(start);
        let line = line_starts.partition_point(|&line_start| line_start <= start);
        let line_start = line_starts.get(line.checked_sub(1)?)?;
        let column = source.text.get(*line_start..start)?.chars().count() + 1;
        Some(Place { file: source.name.clone(), line, column, span: start..end })
    }

    /// The place of an origin.
    pub fn place_of(&self, origin: &Origin) -> Option<Place> {
        self.place(origin.file, &origin.span)
    }

    /// All files in the order of reading.
    pub fn into_files(self) -> Vec<SourceFile> {
        self.files
    }
}

/// What users are told about a file that cannot be read, under the path of the value that names it.
pub fn unreadable(error: &ReadError, path: &str) -> Diagnostic {
    let code = match error {
        ReadError::TooLarge { .. } => Code::FILE_TOO_LARGE,
        ReadError::NotUtf8 { .. } => Code::NOT_UTF8,
        ReadError::Missing { .. } | ReadError::Directory { .. } | ReadError::Io { .. } => {
            Code::FILE_UNREADABLE
        }
    };
    let diagnostic = Diagnostic::new(code, path, error.to_string());
    match code.entry() {
        Some(entry) => diagnostic.with_help(entry.remedy),
        None => diagnostic,
    }
}

/// Where the values of a scenario were written.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    written: BTreeMap<String, (Place, usize)>,
}

impl Origins {
    /// The origins of all values of a tree.
    pub fn of(tree: &Node, sources: &Sources) -> Origins {
        let mut origins = Origins::default();
        origins.add(tree, "", sources);
        origins
    }

    /// Everything was written at one place, as in a tree that nobody wrote.
    pub fn all_at(origin: &Origin, sources: &Sources) -> Origins {
        let place = sources.place_of(origin);
        Origins { written: place.map(|place| (String::new(), (place, origin.file))).into_iter().collect() }
    }

    fn add(&mut self, node: &Node, path: &str, sources: &Sources) {
        if let Some(place) = sources.place_of(&node.origin) {
            self.written.insert(path.into(), (place, node.origin.file));
        }
        match &node.value {
            Value::Table(table) => {
                for entry in &table.entries {
                    self.add(&entry.node, &paths::join(path, &entry.key), sources);
                }
            }
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.add(item, &paths::join_index(path, index), sources);
                }
            }
            _ => {}
        }
    }

    /// What was written under one path is known by another too.
    pub fn know_as(&mut self, written: &str, read: &str) {
        let below = |path: &&String| {
            path.strip_prefix(written).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let paths: Vec<String> = self.written.keys().filter(below).cloned().collect();
        for path in paths {
            let place = self.written[&path].clone();
            self.written.entry(format!("{read}{}", &path[written.len()..])).or_insert(place);
        }
    }

    /// The place of a dotted path (built by [`join`](super::join)), or of its nearest ancestor that was written.
    pub fn place(&self, path: &str) -> Option<Place> {
        self.nearest(path).map(|(place, _)| place.clone())
    }

    /// The number of the file in which a path, or its nearest ancestor, was written.
    pub fn file(&self, path: &str) -> Option<usize> {
        self.nearest(path).map(|(_, file)| *file)
    }

    fn nearest(&self, path: &str) -> Option<&(Place, usize)> {
        let mut path = path;
        loop {
            match self.written.get(path) {
                Some(found) => return Some(found),
                None if path.is_empty() => return None,
                None => path = parent(path),
            }
        }
    }
}

/// The path without its last step.
fn parent(path: &str) -> &str {
    let mut cut = 0;
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in path.char_indices() {
        match c {
            '"' if !escaped => quoted = !quoted,
            '.' | '[' if !quoted => cut = at,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    &path[..cut]
}

#[cfg(test)]
mod tests {
    use super::super::syntax::read_toml;
    use super::*;

    #[test]
    fn a_path_is_placed_where_it_or_its_nearest_ancestor_was_written() {
        let mut sources = Sources::default();
        let text = "[queues.\"a.b\".steps.first]\ngroups = [\"t1\", \"t2\"]\n";
        let file = sources.add("milano.toml", text.into(), PathBuf::new());
        let origins = Origins::of(&read_toml(text, file).unwrap(), &sources);
        let at = |path: &str| origins.place(path).map(|place| (place.line, place.column));
        assert_eq!(at("queues.\"a.b\".steps.first.groups[1]"), Some((2, 17)));
        assert_eq!(at("queues.\"a.b\".steps.first.groups[7]"), Some((2, 10)));
        assert_eq!(at("queues.\"a.b\".steps.first.after"), Some((1, 1)));
        assert_eq!(at("queues.\"c.d\".steps"), Some((1, 2)), "the nearest is [queues");
        assert_eq!(at("targets.x"), Some((1, 1)), "the file");
    }

    #[test]
    fn parents_are_cut_outside_quotes() {
        assert_eq!(
            ["a.b[0]", "a.b", "a", "a.\"b.c\"", "a.\"b\\\".c\""].map(parent),
            ["a.b", "a", "", "a", "a"]
        );
    }
}
