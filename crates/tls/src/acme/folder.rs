//! What is kept between runs: the account with an authority, and the certificate
//! it gave. Each is one file, written whole or not at all, for its owner only.
//!
//! Authorities are kept apart, so trying one out (a "staging" directory) never
//! leaves its certificate where the real one's is looked for.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const ACCOUNT: &str = "account.json";
/// The key and, after it, the chain: two files could be torn apart by a crash.
const CERTIFICATE: &str = "certificate.pem";

/// What a mode allows anybody but the owner.
const OTHERS: u32 = 0o077;

/// The longest file read, far above what is written.
const MAX_FILE: u64 = 256 * 1024;

/// The longest name of a folder that file systems take.
const MAX_NAME: usize = 255;

/// Something about the files is wrong.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
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
         any more. Remove it, and another is made; or allow only its owner: chmod 600 {0}",
        path.display()
    )]
    Open {
        /// Which file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
}

/// The folder of one authority.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Within `base`, for the authority with this directory; made if it isn't
    /// there.
    pub(super) fn open(base: &Path, directory: &str) -> Result<Self, FolderError> {
        let path = base.join(name(directory));
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&path)
            .map_err(|error| io_error(&path, "made", error))?;
        Ok(Self { path })
    }

    pub(super) fn account(&self) -> Result<Option<String>, FolderError> {
        read(&self.account_path())
    }

    pub(super) fn keep_account(&self, json: &str) -> Result<(), FolderError> {
        replace(&self.account_path(), json)
    }

    /// Forgets an account that the authority doesn't know any more.
    pub(super) fn forget_account(&self) -> Result<(), FolderError> {
        let path = self.account_path();
        fs::remove_file(&path).map_err(|error| io_error(&path, "removed", error))
    }

    pub(super) fn account_path(&self) -> PathBuf {
        self.path.join(ACCOUNT)
    }

    pub(super) fn certificate(&self) -> Result<Option<String>, FolderError> {
        read(&self.certificate_path())
    }

    pub(super) fn keep_certificate(&self, pem: &str) -> Result<(), FolderError> {
        replace(&self.certificate_path(), pem)
    }

    pub(super) fn certificate_path(&self) -> PathBuf {
        self.path.join(CERTIFICATE)
    }
}

/// A folder's name for a directory's URL.
fn name(directory: &str) -> String {
    let url = directory
        .split_once("://")
        .map_or(directory, |(_, rest)| rest);
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
    let name: String = url
        .chars()
        .map(|letter| if plain(letter) { letter } else { '_' })
        .take(MAX_NAME)
        .collect();
    // A folder of dots would be another place.
    format!("{}{}", if name.starts_with('.') { "_" } else { "" }, name)
}

fn read(path: &Path) -> Result<Option<String>, FolderError> {
    let read = || -> io::Result<(u32, String)> {
        let file = fs::File::open(path)?;
        let mode = file.metadata()?.permissions().mode() & 0o777;
        let mut text = String::new();
        file.take(MAX_FILE).read_to_string(&mut text)?;
        Ok((mode, text))
    };
    match read() {
        Ok((mode, _)) if mode & OTHERS != 0 => Err(FolderError::Open {
            path: path.to_owned(),
            mode,
        }),
        Ok((_, text)) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_error(path, "read", error)),
    }
}

fn replace(path: &Path, text: &str) -> Result<(), FolderError> {
    let new = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, path)?;
        fs::File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
    };
    write().map_err(|error| io_error(path, "written", error))
}

fn io_error(path: &Path, what: &'static str, error: io::Error) -> FolderError {
    FolderError::Io {
        path: path.to_owned(),
        what,
        error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_again_by_its_owner_only() {
        let base = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(base.path(), "https://acme.example/dir").expect("made");
        assert_eq!(folder.account().expect("none"), None);
        assert_eq!(folder.certificate().expect("none"), None);
        folder.keep_account("{}").expect("kept");
        folder.keep_certificate("PEM").expect("kept");
        folder.keep_certificate("PEM 2").expect("kept again");
        let folder = Folder::open(base.path(), "https://acme.example/dir").expect("there");
        assert_eq!(folder.account().expect("some").as_deref(), Some("{}"));
        assert_eq!(
            folder.certificate().expect("some").as_deref(),
            Some("PEM 2")
        );
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&folder.path), 0o700);
        assert_eq!(mode(&folder.account_path()), 0o600);
        assert_eq!(mode(&folder.certificate_path()), 0o600);
        let files = fs::read_dir(&folder.path).expect("a folder").count();
        assert_eq!(files, 2, "nothing else is left lying about");
    }

    #[test]
    fn what_others_may_read_is_no_secret() {
        let base = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(base.path(), "https://acme.example/dir").expect("made");
        folder.keep_account("{}").expect("kept");
        for mode in [0o640, 0o604, 0o660] {
            let permissions = fs::Permissions::from_mode(mode);
            fs::set_permissions(folder.account_path(), permissions).expect("a mode");
            let error = folder.account().expect_err("open").to_string();
            assert!(
                error.contains("chmod 600 ") && error.contains("account.json"),
                "{error}"
            );
        }
    }

    #[test]
    fn every_authority_has_a_folder_within_the_base() {
        let long = format!("https://acme.example/{}", "x".repeat(400));
        let rows = [
            ("https://acme.example/directory", "acme.example_directory"),
            ("https://localhost:14000/dir", "localhost_14000_dir"),
            ("https://acme.example/../../etc", "acme.example_.._.._etc"),
            ("..", "_.."),
            ("../x", "_.._x"),
            ("https://acmé.example/", "acm_.example_"),
        ];
        for (directory, expected) in rows {
            assert_eq!(name(directory), expected);
        }
        assert_eq!(name(&long).len(), MAX_NAME);
    }
}
