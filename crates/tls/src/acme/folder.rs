//! What is kept between runs: the account with an authority, and the certificate
//! it gave. Each is one file, written whole or not at all, for its owner only.
//!
//! Authorities are kept apart, so trying one out (a "staging" directory) never
//! leaves its certificate where the real one's is looked for.

use std::fs;
use std::path::{Path, PathBuf};

use private::{Error, make_folder, read, replace};

const ACCOUNT: &str = "account.json";
/// The key and, after it, the chain: two files could be torn apart by a crash.
const CERTIFICATE: &str = "certificate.pem";

/// The longest name of a folder that file systems take.
const MAX_NAME: usize = 255;

/// The folder of one authority.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Within `base`, for the authority with this directory; made if it isn't
    /// there.
    pub(super) fn open(base: &Path, directory: &str) -> Result<Self, Error> {
        let path = base.join(name(directory));
        make_folder(&path)?;
        Ok(Self { path })
    }

    pub(super) fn account(&self) -> Result<Option<String>, Error> {
        read(&self.account_path())
    }

    pub(super) fn keep_account(&self, json: &str) -> Result<(), Error> {
        replace(&self.account_path(), json)
    }

    /// Forgets an account that the authority doesn't know any more.
    pub(super) fn forget_account(&self) -> Result<(), Error> {
        let path = self.account_path();
        fs::remove_file(&path).map_err(|error| Error::io(&path, "removed", error))
    }

    pub(super) fn account_path(&self) -> PathBuf {
        self.path.join(ACCOUNT)
    }

    pub(super) fn certificate(&self) -> Result<Option<String>, Error> {
        read(&self.certificate_path())
    }

    pub(super) fn keep_certificate(&self, pem: &str) -> Result<(), Error> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_again() {
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
