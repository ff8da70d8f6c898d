//! A file that grows by whole records: what a killed program had written of it is still good, up to its last whole record.
//!
//! A record is its length (4 bytes, little end first), the 64-bit FNV-1a hash of its bytes, and the bytes. Whatever is cut off or damaged is
//! seen by that, and everything from there on counts as not written.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use super::WriteError;

const HEAD: usize = 12;
/// No record is longer: 1 GB.
const LONGEST: u32 = 1 << 30;

/// A journal to which records are added.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    length: u64,
}

/// A journal that is read from its start.
#[derive(Debug)]
pub struct JournalReader {
    file: BufReader<File>,
    /// Bytes of whole records read so far.
    good: u64,
    length: u64,
    ended: bool,
}

impl Journal {
    /// A new one; a file that stands there is emptied.
    ///
    /// # Errors
    /// The system's refusals.
    pub fn create(path: &Path) -> Result<Journal, WriteError> {
        let file = File::create(path).map_err(WriteError::new("create", path))?;
        Ok(Journal { path: path.into(), file, length: 0 })
    }

    /// One that goes on after the first `good` bytes, which are whole records; the rest of the file goes.
    ///
    /// # Errors
    /// The system's refusals.
    pub fn go_on(path: &Path, good: u64) -> Result<Journal, WriteError> {
        let opened = OpenOptions::new().append(true).open(path).and_then(|file| {
            file.set_len(good)?;
            Ok(file)
        });
        let file = opened.map_err(WriteError::new("write", path))?;
        Ok(Journal { path: path.into(), file, length: good })
    }

    /// Adds a record. It is with the system when this returns: killing the program loses it no more. One that was written in part, because
    /// the disk is full, is taken back.
    ///
    /// # Errors
    /// The system's refusals.
    pub fn append(&mut self, record: &[u8]) -> Result<(), WriteError> {
        let too_long = || WriteError::refused("write", &self.path, "a record is longer than 1 GB");
        let length =
            u32::try_from(record.len()).ok().filter(|length| *length <= LONGEST).ok_or_else(too_long)?;
        let mut bytes = Vec::with_capacity(HEAD + record.len());
        bytes.extend(length.to_le_bytes());
        bytes.extend(fnv1a_64(record).to_le_bytes());
        bytes.extend(record);
        if let Err(source) = self.file.write_all(&bytes) {
            // Should this fail too, the reader stops at the part that is there.
            let _ = self.file.set_len(self.length);
            return Err(WriteError::new("write", &self.path)(source));
        }
        self.length += bytes.len() as u64;
        Ok(())
    }
}

impl JournalReader {
    /// Opens a journal.
    ///
    /// # Errors
    /// The system's refusals.
    pub fn open(path: &Path) -> io::Result<JournalReader> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(JournalReader { file: BufReader::new(file), good: 0, length, ended: false })
    }

    /// The next whole record; `None` at the end, or where the rest is cut off or damaged.
    pub fn next_record(&mut self) -> Option<Vec<u8>> {
        let record = if self.ended { None } else { self.read() };
        match &record {
            Some(bytes) => self.good += (HEAD + bytes.len()) as u64,
            None => self.ended = true,
        }
        record
    }

    fn read(&mut self) -> Option<Vec<u8>> {
        let (mut length, mut hash) = ([0; 4], [0; 8]);
        self.file.read_exact(&mut length).ok()?;
        self.file.read_exact(&mut hash).ok()?;
        let length = u32::from_le_bytes(length);
        // A damaged length must not ask for more room than the file has.
        if u64::from(length) > self.length - self.good {
            return None;
        }
        let mut bytes = vec![0; length as usize];
        self.file.read_exact(&mut bytes).ok()?;
        (fnv1a_64(&bytes) == u64::from_le_bytes(hash)).then_some(bytes)
    }

    /// Bytes of whole records read so far.
    pub fn good(&self) -> u64 {
        self.good
    }

    /// Bytes that follow the last whole record, once there is none any more.
    pub fn lost(&self) -> u64 {
        if self.ended { self.length - self.good } else { 0 }
    }
}

/// FNV-1a with 64 bits (constants of RFC 9923): it finds damage, not malice.
fn fnv1a_64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(path: &Path) -> (Vec<Vec<u8>>, u64, u64) {
        let mut reader = JournalReader::open(path).unwrap();
        let records = std::iter::from_fn(|| reader.next_record()).collect();
        (records, reader.good(), reader.lost())
    }

    #[test]
    fn whatever_is_cut_off_or_damaged_ends_the_journal_before_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("units.bin");
        let mut journal = Journal::create(&path).unwrap();
        let written: [&[u8]; 3] = [b"first", b"", b"the third"];
        written.iter().for_each(|record| journal.append(record).unwrap());
        let whole = std::fs::read(&path).unwrap();
        assert_eq!(records(&path), (written.map(<[u8]>::to_vec).to_vec(), whole.len() as u64, 0));
        let ends = [0, 17, 29, whole.len()];
        for cut in 0..whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let kept = ends.iter().filter(|end| **end <= cut && **end > 0).count();
            let (found, good, lost) = records(&path);
            assert_eq!(
                (found.len(), good, lost),
                (kept, ends[kept] as u64, (cut - ends[kept]) as u64),
                "{cut}"
            );
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x10;
            std::fs::write(&path, &damaged).unwrap();
            let before = ends.iter().filter(|end| **end <= at && **end > 0).count();
            assert_eq!(records(&path).0.len(), before, "a bit of byte {at}");
        }
    }

    #[test]
    fn a_journal_goes_on_after_its_last_whole_record() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("units.bin");
        let mut journal = Journal::create(&path).unwrap();
        journal.append(b"first").unwrap();
        journal.append(b"second").unwrap();
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 3]).unwrap();
        let (found, good, lost) = records(&path);
        assert_eq!((found.len(), lost), (1, 15));
        Journal::go_on(&path, good).unwrap().append(b"second").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), whole);
    }
}
