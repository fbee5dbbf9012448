//! Files that only their owner may read: keys, tokens, accounts. Each is written
//! whole or not at all, and one that others may have read is no secret, so it is
//! refused. What is in them is no concern of this crate.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// What a mode allows anybody but the owner.
pub const OTHERS: u32 = 0o077;

/// The longest file read, far above what is written: a certificate and its key
/// are 8 KB.
const MAX_FILE: u64 = 256 * 1024;

/// Something about a file is wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system refused.
    #[error("{} can't be {what}: {error}", path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What was tried.
        what: &'static str,
        /// The system's reason.
        error: io::Error,
    },
    /// Others may have read what is in it.
    #[error(
        "{} is open to others than its owner (mode {mode:o}), so what is in it may be no secret \
         any more. Put another in its place if somebody may have seen it, and allow only its \
         owner: chmod 600 {0}",
        path.display()
    )]
    Open {
        /// Which file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// Others have or had a say in what is in a folder.
    #[error(
        "{} is there and is no folder of this user's alone (mode 700), so others may have put \
         something there; remove it, or choose another place",
        .0.display()
    )]
    Shared(PathBuf),
}

impl Error {
    /// That the system refused `what` to be done with `path`.
    pub fn io(path: &Path, what: &'static str, error: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            what,
            error,
        }
    }
}

/// Makes a folder that only its owner may look into, and those above it, where
/// they aren't there.
pub fn make_folder(path: &Path) -> Result<(), Error> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|error| Error::io(path, "made", error))
}

/// The same, but for those above it, and a folder that is there is only taken where
/// it is this user's alone: what a stranger has put there may lead elsewhere.
pub fn take_folder(path: &Path) -> Result<(), Error> {
    let io = |error| Error::io(path, "made", error);
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            // Where a link leads is for whoever made it to say.
            let there = fs::symlink_metadata(path).map_err(io)?;
            if there.is_dir() && is_own(&there) {
                return Ok(());
            }
            Err(Error::Shared(path.to_owned()))
        }
        other => other.map_err(io),
    }
}

/// Whether a file is such that nobody but the user who runs the program could have
/// read it, or written it.
pub fn is_secret(path: &Path) -> Result<bool, Error> {
    let metadata = fs::metadata(path).map_err(|error| Error::io(path, "read", error))?;
    Ok(is_own(&metadata))
}

/// Whether this is the user's who runs the program, and nobody else may use it.
fn is_own(metadata: &Metadata) -> bool {
    let user = rustix::process::geteuid().as_raw();
    metadata.uid() == user && metadata.permissions().mode() & OTHERS == 0
}

/// Reads a file; `None` where there is none.
pub fn read(path: &Path) -> Result<Option<String>, Error> {
    let read = || -> io::Result<(u32, String)> {
        let file = File::open(path)?;
        let mode = file.metadata()?.permissions().mode() & 0o777;
        let mut text = String::new();
        file.take(MAX_FILE).read_to_string(&mut text)?;
        Ok((mode, text))
    };
    match read() {
        Ok((mode, _)) if mode & OTHERS != 0 => Err(Error::Open {
            path: path.to_owned(),
            mode,
        }),
        Ok((_, text)) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io(path, "read", error)),
    }
}

/// Writes a file whole or not at all, in place of what was there.
pub fn replace(path: &Path, text: &str) -> Result<(), Error> {
    write(path, text, true)
}

/// The same, for what may be lost with the machine's power: it survives the end
/// of the program, and nobody waits for the disk.
pub fn put(path: &Path, text: &str) -> Result<(), Error> {
    write(path, text, false)
}

/// Copies a file, whatever is in it, to a place where nothing is yet; it is on
/// disk when this returns. `false` where there is none to copy.
pub fn copy(from: &Path, to: &Path) -> Result<bool, Error> {
    let mut source = match File::open(from) {
        Ok(source) => source,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Error::io(from, "read", error)),
    };
    let mut copy = || -> io::Result<()> {
        let mut options = OpenOptions::new();
        let mut file = options.write(true).create_new(true).mode(0o600).open(to)?;
        io::copy(&mut source, &mut file)?;
        file.sync_all()
    };
    copy().map_err(|error| Error::io(to, "written", error))?;
    Ok(true)
}

fn write(path: &Path, text: &str, is_lasting: bool) -> Result<(), Error> {
    let new = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&new)?;
        file.write_all(text.as_bytes())?;
        if !is_lasting {
            return fs::rename(&new, path);
        }
        file.sync_all()?;
        fs::rename(&new, path)?;
        File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
    };
    write().map_err(|error| Error::io(path, "written", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_by_its_owner_only() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = dir.path().join("a/b");
        make_folder(&folder).expect("made");
        make_folder(&folder).expect("there");
        let file = folder.join("key");
        assert_eq!(read(&file).expect("none"), None);
        for (text, write) in [
            ("first", replace as fn(&Path, &str) -> _),
            ("second", put),
            ("third", replace),
        ] {
            write(&file, text).expect("written");
            assert_eq!(read(&file).expect("some").as_deref(), Some(text));
        }
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
        let files = fs::read_dir(&folder).expect("a folder").count();
        assert_eq!(files, 1, "nothing else is left lying about");
    }

    #[test]
    fn a_folder_that_others_have_a_say_in_is_not_taken() {
        let dir = tempfile::tempdir().expect("a folder");
        let (mine, theirs) = (dir.path().join("mine"), dir.path().join("theirs"));
        take_folder(&mine).expect("made");
        take_folder(&mine).expect("taken");
        let refused = |path: &Path| {
            let error = take_folder(path).expect_err("refused").to_string();
            assert!(error.contains("user's alone"), "{error}");
        };
        for mode in [0o710, 0o707, 0o777] {
            fs::set_permissions(&mine, fs::Permissions::from_mode(mode)).expect("a mode");
            refused(&mine);
        }
        fs::set_permissions(&mine, fs::Permissions::from_mode(0o700)).expect("a mode");
        std::os::unix::fs::symlink(&mine, &theirs).expect("a link");
        refused(&theirs);
        let file = dir.path().join("file");
        replace(&file, "").expect("written");
        refused(&file);
        let above = take_folder(&dir.path().join("none/deep")).expect_err("no folder above");
        assert!(above.to_string().contains("can't be made"), "{above}");
    }

    #[test]
    fn a_copy_is_its_owners_only_and_takes_nothings_place() {
        let dir = tempfile::tempdir().expect("a folder");
        let (from, to) = (dir.path().join("a"), dir.path().join("b"));
        assert!(!copy(&from, &to).expect("nothing to copy"));
        fs::write(&from, [0, 159, 146]).expect("a file");
        assert!(copy(&from, &to).expect("copied"));
        assert_eq!(fs::read(&to).expect("a copy"), [0, 159, 146]);
        let mode = fs::metadata(&to).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        let error = copy(&from, &to).expect_err("taken").to_string();
        assert!(error.contains("can't be written"), "{error}");
    }

    #[test]
    fn what_others_may_read_is_no_secret() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("key");
        replace(&file, "secret").expect("written");
        assert!(is_secret(&file).expect("there"));
        for mode in [0o640, 0o604, 0o660] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("a mode");
            let error = read(&file).expect_err("open").to_string();
            assert!(error.contains("chmod 600 "), "{error}");
            assert!(!is_secret(&file).expect("there"), "{mode:o}");
        }
    }

    #[test]
    fn what_the_system_refuses_names_the_file() {
        let dir = tempfile::tempdir().expect("a folder");
        let error = replace(&dir.path().join("none/key"), "").expect_err("no folder");
        assert!(error.to_string().contains("none/key can't be written"));
    }
}
