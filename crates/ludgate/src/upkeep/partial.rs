//! The folder that a backup is made in before it has its name: beside it, under
//! `.partial`. One that a killed server has left is taken over by the next backup
//! to the same place.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rustix::fs::OFlags;

use super::contents::{DATABASE, LIST, METER, files};

/// Held while it is being made.
const LOCK: &str = "lock";

/// An unfinished backup that is ours.
pub(super) struct Partial {
    pub(super) path: PathBuf,
    to: PathBuf,
    _lock: File,
}

impl Partial {
    /// Makes the folder for a backup to `to`, or takes over and empties the one
    /// that an earlier backup has left.
    pub(super) fn take(to: &Path) -> Result<Self> {
        if !holds_only(to, |_| false) {
            bail!(
                "{} is there and not empty; name another folder for the backup",
                to.display()
            );
        }
        let path = beside(to);
        if let Some(above) = path.parent() {
            private::make_folder(above)?;
        }
        // A folder that others may write into, as /tmp is, may have one of theirs
        // by that name.
        private::take_folder(&path)?;
        if !holds_only(&path, is_ours) {
            bail!(
                "{} is there and no unfinished backup; move it away, or name another folder",
                path.display()
            );
        }
        let lock = lock(&path.join(LOCK))
            .with_context(|| format!("{} can't be written", path.display()))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!("another backup to {} is under way", to.display())
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        empty(&path).with_context(|| format!("{} can't be emptied", path.display()))?;
        Ok(Self {
            path,
            to: to.to_owned(),
            _lock: lock,
        })
    }

    /// Gives it its name, once all of it is on disk.
    pub(super) fn finish(self) -> Result<()> {
        let finish = || -> io::Result<()> {
            File::open(&self.path)?.sync_all()?;
            fs::rename(&self.path, &self.to)?;
            fs::remove_file(self.to.join(LOCK))?;
            let above = self.to.parent().unwrap_or(Path::new("/"));
            File::open(above)?.sync_all()
        };
        finish().with_context(|| format!("{} can't be finished", self.to.display()))
    }

    /// Removes it with all that is in it.
    pub(super) fn remove(self) {
        if let Err(error) = fs::remove_dir_all(&self.path) {
            tracing::warn!(
                %error, folder = %self.path.display(), "an unfinished backup can't be removed"
            );
        }
    }
}

/// Opens the lock, whatever is in it, and nothing that it leads to.
fn lock(path: &Path) -> io::Result<File> {
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

/// What an unfinished backup holds: parts of it, also under the names that they
/// have before they are whole.
fn is_ours(name: &str) -> bool {
    let name = ["partial", "part", "part-journal", "new"]
        .iter()
        .find_map(|end| name.strip_suffix(end)?.strip_suffix('.'))
        .unwrap_or(name);
    let whole = [LOCK, METER, DATABASE, LIST].into_iter().chain(files());
    // A file's last extension gives way to ".new" while it is written.
    let stem = |one: &str| Path::new(one).file_stem().is_some_and(|stem| stem == name);
    whole.into_iter().any(|one| one == name || stem(one))
}

/// Whether there is nothing at `path`, or a folder with nothing but such names.
fn holds_only(path: &Path, may: impl Fn(&str) -> bool) -> bool {
    match fs::read_dir(path) {
        Ok(mut entries) => entries
            .all(|entry| entry.is_ok_and(|entry| entry.file_name().to_str().is_some_and(&may))),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

fn empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == LOCK {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn what_a_stranger_has_put_in_the_way_is_neither_followed_nor_taken() {
        let dir = tempfile::tempdir().expect("a folder");
        let (to, kept) = (dir.path().join("copy"), dir.path().join("ludgate.db"));
        fs::write(&kept, "kept").expect("a file");
        let refused = |words: &str| {
            let error = Partial::take(&to).err().expect(words);
            assert!(format!("{error:#}").contains(words), "{error:#}");
            assert_eq!(fs::read_to_string(&kept).expect("there"), "kept");
        };
        let path = beside(&to);
        fs::create_dir(&path).expect("a folder");
        symlink(&kept, path.join(LOCK)).expect("a link");
        let allow = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode));
        allow(0o777).expect("a mode");
        refused("user's alone");
        // Even where the folder is ours by now.
        allow(0o700).expect("a mode");
        refused("can't be written");
        fs::remove_dir_all(&path).expect("removed");
        let elsewhere = dir.path().join("elsewhere");
        fs::create_dir(&elsewhere).expect("a folder");
        symlink(&elsewhere, &path).expect("a link");
        refused("user's alone");
        assert_eq!(fs::read_dir(&elsewhere).expect("a folder").count(), 0);
    }

    #[test]
    fn what_a_killed_backup_has_left_is_taken_over_and_nothing_else() {
        let dir = tempfile::tempdir().expect("a folder");
        let to = dir.path().join("copy");
        let refused = |words: &str| {
            let error = Partial::take(&to).err().expect(words).to_string();
            assert!(error.contains(words), "{error}");
        };
        let first = Partial::take(&to).expect("a folder");
        refused("under way");
        let path = first.path.clone();
        drop(first);
        fs::create_dir_all(path.join("meter.partial/db")).expect("a folder");
        for left in [
            "ludgate.db.part",
            "backup.new",
            "reader-keys.new",
            "openings.json",
        ] {
            fs::write(path.join(left), "left").expect("a file");
        }
        let again = Partial::take(&to).expect("taken over");
        assert_eq!(fs::read_dir(&path).expect("a folder").count(), 1);
        drop(again);
        fs::write(path.join("novel.txt"), "mine").expect("a file");
        refused("no unfinished backup");
        fs::remove_file(path.join("novel.txt")).expect("removed");
        fs::create_dir(&to).expect("an empty folder");
        Partial::take(&to).expect("taken").finish().expect("named");
        assert!(!path.exists() && fs::read_dir(&to).expect("a folder").count() == 0);
        fs::write(to.join("more"), "").expect("a file");
        refused("not empty");
    }
}
