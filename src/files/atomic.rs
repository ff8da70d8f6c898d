//! Output that appears whole or not at all.
//!
//! Everything is written under a hidden name beside its place and renamed into place at the end, so a reader never
//! meets half a result and a failure leaves none. What stood there before goes only once the new one is complete.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Why output could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot {doing} {}: {source}", path.display())]
pub struct WriteError {
    /// What was tried.
    pub doing: &'static str,
    /// On which path.
    pub path: PathBuf,
    /// The system's word for why not.
    pub source: io::Error,
}

impl WriteError {
    /// From the system's error, for use with `map_err`.
    pub fn new(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
        let path = path.to_path_buf();
        move |source| WriteError { doing, path, source }
    }

    pub(super) fn refused(doing: &'static str, path: &Path, why: &str) -> WriteError {
        WriteError { doing, path: path.into(), source: io::Error::other(why.to_string()) }
    }
}

/// A directory in the making: write into [`path`](AtomicDir::path), then [`commit`](AtomicDir::commit). Dropped
/// without that, it is gone.
#[derive(Debug)]
pub struct AtomicDir {
    target: PathBuf,
    partial: PathBuf,
    committed: bool,
}

impl AtomicDir {
    /// Starts a directory that will stand at `target`, whose parents are created.
    ///
    /// A directory that stands there already is replaced if it is empty or holds a file named `marker`, by which a
    /// former result is known; any other is refused, so that a slip of the pen costs nobody their files.
    ///
    /// # Errors
    /// A target that is no name for a new directory, is a file, or holds something else; the system's refusals.
    pub fn create(target: &Path, marker: &str) -> Result<AtomicDir, WriteError> {
        may_replace(target, marker)?;
        let partial = beside(target, |partial| fs::create_dir(partial))?;
        Ok(AtomicDir { target: target.into(), partial, committed: false })
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        &self.partial
    }

    /// Where it will stand.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Writes a file of it.
    ///
    /// # Errors
    /// The system's refusals, named after the place where the file would stand.
    pub fn write(
        &self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), WriteError> {
        let written = File::create_new(self.partial.join(name)).and_then(|file| {
            let mut out = BufWriter::new(file);
            write(&mut out)?;
            out.flush()
        });
        written.map_err(WriteError::new("write", &self.target.join(name)))
    }

    /// Puts the directory in its place; one that stood there is moved aside first and removed last.
    ///
    /// # Errors
    /// The system's refusals; the old directory is then back in its place, the new one gone.
    pub fn commit(mut self) -> Result<(), WriteError> {
        let old = self.move_old_aside()?;
        if let Err(source) = fs::rename(&self.partial, &self.target) {
            if let Some(old) = old {
                let _ = fs::rename(old, &self.target);
            }
            return Err(WriteError { doing: "put in place", path: self.target.clone(), source });
        }
        self.committed = true;
        old.map_or(Ok(()), |old| {
            fs::remove_dir_all(&old).map_err(WriteError::new("remove the replaced", &old))
        })
    }

    fn move_old_aside(&self) -> Result<Option<PathBuf>, WriteError> {
        if !self.target.exists() {
            return Ok(None);
        }
        // Renaming a directory onto an empty one replaces that.
        let aside = beside(&self.target, |aside| fs::create_dir(aside))?;
        let moved = fs::remove_dir(&aside).and_then(|()| fs::rename(&self.target, &aside));
        moved.map_err(WriteError::new("move aside", &self.target))?;
        Ok(Some(aside))
    }
}

impl Drop for AtomicDir {
    fn drop(&mut self) {
        if !self.committed {
            // Nothing more can be done about a directory that cannot be removed.
            let _ = fs::remove_dir_all(&self.partial);
        }
    }
}

/// A file in the making: write into it, then [`commit`](AtomicFile::commit). Dropped without that, it is gone.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    partial: PathBuf,
    writer: Option<BufWriter<File>>,
}

impl AtomicFile {
    /// Starts a file that will stand at `target`, whose parents are created; a file that stands there is replaced.
    ///
    /// # Errors
    /// A target that is a directory or no name for a file; the system's refusals.
    pub fn create(target: &Path) -> Result<AtomicFile, WriteError> {
        if target.is_dir() {
            return Err(WriteError::refused("write", target, "it is a directory"));
        }
        let partial = beside(target, |partial| File::create_new(partial).map(drop))?;
        let file = File::create(&partial).map_err(WriteError::new("write", &partial))?;
        Ok(AtomicFile { target: target.into(), partial, writer: Some(BufWriter::new(file)) })
    }

    /// Writes what is left and puts the file in its place.
    ///
    /// # Errors
    /// The system's refusals, a full disk among them; what stood there then still stands.
    pub fn commit(mut self) -> Result<(), WriteError> {
        self.flush().map_err(WriteError::new("write", &self.target))?;
        fs::rename(&self.partial, &self.target).map_err(WriteError::new("put in place", &self.target))?;
        self.writer = None;
        Ok(())
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.as_mut().map_or(Ok(0), |writer| writer.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), BufWriter::flush)
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if self.writer.is_some() {
            let _ = fs::remove_file(&self.partial);
        }
    }
}

fn may_replace(target: &Path, marker: &str) -> Result<(), WriteError> {
    let refuse = |why: &str| Err(WriteError::refused("replace", target, why));
    if target.is_dir() {
        let mut entries = fs::read_dir(target).map_err(WriteError::new("look into", target))?;
        let replaceable = entries.next().is_none() || target.join(marker).is_file();
        return if replaceable { Ok(()) } else { refuse(&format!("it holds files and no {marker}")) };
    }
    // `exists` follows links; one that leads nowhere is in the way all the same.
    if target.symlink_metadata().is_ok() { refuse("it is not a directory") } else { Ok(()) }
}

/// Makes something under a hidden name beside `target` that nobody has yet, the parents first.
fn beside(target: &Path, make: impl Fn(&Path) -> io::Result<()>) -> Result<PathBuf, WriteError> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let Some(name) = target.file_name() else {
        return Err(WriteError::refused("write", target, "it is no name for something new"));
    };
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(WriteError::new("create", parent))?;
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let hidden = format!(".{}.partial-{}-{count}", name.display(), std::process::id());
        let path = parent.join(hidden);
        match make(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            made => return made.map(|()| path.clone()).map_err(WriteError::new("create", &path)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn result(target: &Path, text: &str) -> AtomicDir {
        let dir = AtomicDir::create(target, "manifest.json").unwrap();
        fs::write(dir.path().join("manifest.json"), text).unwrap();
        dir
    }

    #[test]
    fn a_directory_appears_at_its_end_with_its_parents() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("output/runs/one");
        let dir = result(&target, "first");
        assert!(!target.exists());
        dir.commit().unwrap();
        assert_eq!(names(&target), ["manifest.json"]);
        assert_eq!(names(target.parent().unwrap()), ["one"]);
    }

    #[test]
    fn a_former_result_is_replaced_as_a_whole() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("one");
        let first = result(&target, "first");
        fs::write(first.path().join("old.csv"), "").unwrap();
        first.commit().unwrap();
        result(&target, "second").commit().unwrap();
        assert_eq!(names(&target), ["manifest.json"]);
        assert_eq!(fs::read_to_string(target.join("manifest.json")).unwrap(), "second");
        assert_eq!(names(home.path()), ["one"]);
    }

    #[test]
    fn what_is_not_committed_leaves_nothing_and_spoils_nothing() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("one");
        result(&target, "first").commit().unwrap();
        drop(result(&target, "second"));
        assert_eq!(fs::read_to_string(target.join("manifest.json")).unwrap(), "first");
        assert_eq!(names(home.path()), ["one"]);
    }

    #[test]
    fn a_directory_with_other_files_a_file_and_no_name_are_refused() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("thesis.txt"), "years of work").unwrap();
        let refused = |target: &Path| AtomicDir::create(target, "manifest.json").unwrap_err().to_string();
        assert!(refused(home.path()).contains("holds files and no manifest.json"));
        assert!(refused(&home.path().join("thesis.txt")).contains("not a directory"));
        assert!(refused(&home.path().join("thesis.txt/run")).contains("cannot create"));
        assert!(refused(&home.path().join("missing/..")).contains("no name"));
        assert_eq!(names(home.path()), ["thesis.txt"]);
    }

    #[test]
    fn an_empty_directory_may_be_filled() {
        let home = tempfile::tempdir().unwrap();
        result(home.path(), "first").commit().unwrap();
        assert_eq!(names(home.path()), ["manifest.json"]);
    }

    #[test]
    fn a_file_is_replaced_at_its_end_or_left() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("a/summary.json");
        for (text, commits) in [("first", true), ("second", false)] {
            let mut file = AtomicFile::create(&target).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            if commits {
                file.commit().unwrap();
            }
        }
        assert_eq!(fs::read_to_string(&target).unwrap(), "first");
        assert_eq!(names(&home.path().join("a")), ["summary.json"]);
        assert!(AtomicFile::create(home.path()).is_err());
    }
}
