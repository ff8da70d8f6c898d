//! Reading a file that is not too large, as text or as bytes.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest file that is read: 64 MB.
pub const LARGEST_BYTES: u64 = 64 * 1024 * 1024;

/// Why a text could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no such file.
    #[error("there is no file {}", path.display())]
    Missing {
        /// The path.
        path: PathBuf,
    },
    /// The path is a directory.
    #[error("{} is a directory, not a file", path.display())]
    Directory {
        /// The path.
        path: PathBuf,
    },
    /// The file is larger than [`LARGEST_BYTES`].
    #[error("{} is larger than 64 MB", path.display())]
    TooLarge {
        /// The path.
        path: PathBuf,
    },
    /// Some bytes are not UTF-8.
    #[error("{} is not UTF-8 text: line {line} has a byte that no letter has", path.display())]
    NotUtf8 {
        /// The path.
        path: PathBuf,
        /// The line of the first such byte, from 1.
        line: usize,
    },
    /// Anything else.
    #[error("{} cannot be read: {source}", path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// The system's word for it.
        source: io::Error,
    },
}

/// The text of a file, without a byte order mark.
///
/// # Errors
/// A path that is missing, a directory or not readable; a file that is too large or not UTF-8.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    decode(path, read_bytes(path)?)
}

/// The bytes of a file.
///
/// # Errors
/// A path that is missing, a directory or not readable; a file that is too large.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    if path.is_dir() {
        return Err(ReadError::Directory { path: path.into() });
    }
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large, also where there is no length to ask for.
    let file = File::open(path).map_err(|error| from_io(path, error))?;
    if file.metadata().is_ok_and(|metadata| metadata.len() > LARGEST_BYTES) {
        return Err(ReadError::TooLarge { path: path.into() });
    }
    file.take(LARGEST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| from_io(path, error))?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(ReadError::TooLarge { path: path.into() });
    }
    Ok(bytes)
}

fn from_io(path: &Path, source: io::Error) -> ReadError {
    let path = path.to_path_buf();
    match source.kind() {
        io::ErrorKind::NotFound => ReadError::Missing { path },
        io::ErrorKind::IsADirectory => ReadError::Directory { path },
        _ => ReadError::Io { path, source },
    }
}

fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, ReadError> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.iter().filter(|&&byte| byte == b'\n').count() + 1;
        ReadError::NotUtf8 { path: path.into(), line }
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.toml");
        std::fs::write(&path, bytes).unwrap();
        (dir, path)
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let (_dir, path) = written(b"\xef\xbb\xbfname = 1");
        assert_eq!(read_text(&path).unwrap(), "name = 1");
    }

    #[test]
    fn bytes_that_are_no_text_are_placed() {
        let (_dir, path) = written(b"a = 1\nb = \"caff\xe8\"\n");
        assert!(matches!(read_text(&path), Err(ReadError::NotUtf8 { line: 2, .. })));
    }

    #[test]
    fn missing_files_directories_and_giants_are_told_apart() {
        let (dir, path) = written(b"");
        assert!(matches!(read_text(dir.path()), Err(ReadError::Directory { .. })));
        assert!(matches!(read_text(&dir.path().join("b.toml")), Err(ReadError::Missing { .. })));
        assert!(matches!(read_text(&path.join("c")), Err(ReadError::Io { .. })));
        File::options().write(true).open(&path).unwrap().set_len(LARGEST_BYTES + 1).unwrap();
        assert!(matches!(read_text(&path), Err(ReadError::TooLarge { .. })));
        assert!(matches!(read_bytes(&path), Err(ReadError::TooLarge { .. })));
    }
}
