//! Certificates in files that somebody else renews.
//!
//! Errors name the file and what to do about it. A certificate that has run out
//! is only warned about: serving it is no worse than serving nothing.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::certificate::{Certificate, Flaw, Flawed};

/// The largest file read. A chain of four certificates is 8 KB; this leaves room
/// for the longest, and keeps a device or a log from being read to its end.
const MAX_FILE: u64 = 256 * 1024;

/// Anybody's permission to read.
const ANYBODY: u32 = 0o004;

/// A certificate chain and its key, both in PEM. They may be one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePair {
    /// The site's own certificate first, then those that vouch for it.
    pub chain: PathBuf,
    /// The private key, without a passphrase.
    pub key: PathBuf,
}

/// Why a pair of files can't be served.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It isn't there, or may not be read.
    #[error("{} can't be read: {error}", file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// The system's reason.
        error: io::Error,
    },
    /// It is larger than any certificate.
    #[error(
        "{} is larger than {} KB, which no certificate is; is it the right file?",
        file.display(),
        MAX_FILE / 1024
    )]
    TooLarge {
        /// Which file.
        file: PathBuf,
    },
    /// It isn't what it should be.
    #[error("{} {flaw}", file.display())]
    Flawed {
        /// Which file.
        file: PathBuf,
        /// What it lacks, and what to do.
        flaw: String,
    },
    /// The key belongs to another certificate.
    #[error(
        "{} isn't the key of the first certificate in {}. Either it is another site's, or the \
         chain is in the wrong order: the site's own certificate comes first",
        key.display(),
        chain.display()
    )]
    Mismatch {
        /// The certificates.
        chain: PathBuf,
        /// The key.
        key: PathBuf,
    },
}

/// What somebody should look at, though it is served all the same.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// Browsers will refuse it.
    #[error(
        "the certificate in {} ran out at {not_after}: browsers refuse it until it is renewed",
        file.display()
    )]
    Expired {
        /// The file of the chain.
        file: PathBuf,
        /// Its last moment.
        not_after: Timestamp,
    },
    /// Browsers will refuse it for now.
    #[error(
        "the certificate in {} is valid from {not_before} only; is the clock right?",
        file.display()
    )]
    NotYetValid {
        /// The file of the chain.
        file: PathBuf,
        /// Its first moment.
        not_before: Timestamp,
    },
    /// Every user of the machine can read the key.
    #[error(
        "{} can be read by everybody on this machine (mode {mode:o}): chmod o-rwx {0}",
        file.display(),
    )]
    OpenKey {
        /// The file of the key.
        file: PathBuf,
        /// Its mode.
        mode: u32,
    },
}

/// Reads one pair.
pub(crate) fn load(
    pair: &FilePair,
    now: Timestamp,
) -> Result<(Certificate, Vec<Warning>), FileError> {
    let (chain, _) = read(&pair.chain)?;
    let (key, mode) = read(&pair.key)?;
    let certificate = Certificate::from_pem(&chain, &key).map_err(|flawed| name(flawed, pair))?;
    let mut warnings = Vec::new();
    let validity = certificate.validity;
    if now > validity.not_after {
        warnings.push(Warning::Expired {
            file: pair.chain.clone(),
            not_after: validity.not_after,
        });
    } else if now < validity.not_before {
        warnings.push(Warning::NotYetValid {
            file: pair.chain.clone(),
            not_before: validity.not_before,
        });
    }
    if mode & ANYBODY != 0 {
        warnings.push(Warning::OpenKey {
            file: pair.key.clone(),
            mode,
        });
    }
    Ok((certificate, warnings))
}

fn name(flawed: Flawed, pair: &FilePair) -> FileError {
    match flawed {
        Flawed::Key(Flaw::Mismatch) => FileError::Mismatch {
            chain: pair.chain.clone(),
            key: pair.key.clone(),
        },
        Flawed::Key(flaw) => FileError::Flawed {
            file: pair.key.clone(),
            flaw: flaw.to_string(),
        },
        Flawed::Chain(flaw) => FileError::Flawed {
            file: pair.chain.clone(),
            flaw: flaw.to_string(),
        },
    }
}

/// A file's content and its mode.
pub(crate) fn read(path: &Path) -> Result<(Vec<u8>, u32), FileError> {
    let read = || -> io::Result<(Vec<u8>, u32)> {
        let file = File::open(path)?;
        let mode = file.metadata()?.permissions().mode() & 0o777;
        let mut content = Vec::new();
        file.take(MAX_FILE + 1).read_to_end(&mut content)?;
        Ok((content, mode))
    };
    match read() {
        Ok((content, _)) if content.len() as u64 > MAX_FILE => Err(FileError::TooLarge {
            file: path.to_owned(),
        }),
        Ok(read) => Ok(read),
        Err(error) => Err(FileError::Unreadable {
            file: path.to_owned(),
            error,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{NOW, Site, at};
    use std::fs;

    /// What loading says of a pair with this chain and this key.
    fn said(chain: Option<&str>, key: Option<&str>) -> Result<(), String> {
        let dir = tempfile::tempdir().expect("a folder");
        let pair = FilePair {
            chain: dir.path().join("chain.pem"),
            key: dir.path().join("key.pem"),
        };
        for (text, path) in [(chain, &pair.chain), (key, &pair.key)] {
            if let Some(text) = text {
                fs::write(path, text).expect("a file");
            }
        }
        load(&pair, at(NOW))
            .map(|_| ())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn an_error_names_the_file_and_what_to_do() {
        let site = Site::new(&["a.example"]).make();
        let other = Site::new(&["a.example"]).make();
        let (chain, key) = (site.chain_pem(), site.key_pem());
        let locked = key.replace("PRIVATE", "ENCRYPTED PRIVATE");
        let torn = &chain[..chain.len() / 2];
        let reversed = other.chain_pem() + &chain;
        let large = "x".repeat(usize::try_from(MAX_FILE).expect("small") + 1);
        let nonsense = chain.replacen("MII", "AAA", 1);
        let rows: &[(Option<&str>, Option<&str>, &str, &str)] = &[
            (None, Some(&key), "chain.pem", "can't be read"),
            (Some(&chain), None, "key.pem", "can't be read"),
            (Some(""), Some(&key), "chain.pem", "BEGIN CERTIFICATE"),
            (Some(&key), Some(&key), "chain.pem", "BEGIN CERTIFICATE"),
            (Some(torn), Some(&key), "chain.pem", "isn't whole"),
            (Some(&nonsense), Some(&key), "chain.pem", "can't be used"),
            (Some(&large), Some(&key), "chain.pem", "larger than 256 KB"),
            (Some(&chain), Some(""), "key.pem", "BEGIN PRIVATE KEY"),
            (Some(&chain), Some(&chain), "key.pem", "BEGIN PRIVATE KEY"),
            (Some(&chain), Some(&locked), "key.pem", "openssl pkey"),
            (Some(&reversed), Some(&key), "key.pem", "comes first"),
        ];
        for (chain, key, file, what) in rows {
            let error = said(*chain, *key).expect_err(what);
            assert!(error.contains(file) && error.contains(what), "{error}");
        }
        let foreign = said(Some(&chain), Some(&other.key_pem())).expect_err("foreign");
        assert!(foreign.contains("another site's"), "{foreign}");
    }

    #[test]
    fn one_file_may_hold_the_chain_and_the_key() {
        let site = Site::new(&["a.example"]).make();
        let both = site.chain_pem() + &site.key_pem();
        assert_eq!(said(Some(&both), Some(&both)), Ok(()));
    }

    #[test]
    fn what_browsers_would_refuse_and_a_key_for_everybody_are_warned_about() {
        let dir = tempfile::tempdir().expect("a folder");
        let check = |from: &str, until: &str, mode: u32, expected: &[&str]| {
            let pair = Site::new(&["a.example"])
                .valid(from, until)
                .make()
                .write(dir.path(), "site");
            fs::set_permissions(&pair.key, fs::Permissions::from_mode(mode)).expect("a mode");
            let (_, warnings) = load(&pair, at(NOW)).expect("served all the same");
            assert_eq!(warnings.len(), expected.len(), "{warnings:?}");
            for (warning, words) in warnings.iter().zip(expected) {
                let warning = warning.to_string();
                assert!(warning.contains(words), "{warning}");
            }
        };
        let (past, now) = ("2026-01-01T00:00:00Z", "2026-11-25T12:00:00Z");
        check(past, now, 0o640, &[]);
        check(
            past,
            "2026-11-25T11:59:59Z",
            0o600,
            &["site.pem ran out at 2026-11-25T11"],
        );
        check(
            "2026-11-25T12:00:01Z",
            "2027-01-01T00:00:00Z",
            0o600,
            &["clock"],
        );
        check(
            past,
            "2026-11-24T00:00:00Z",
            0o644,
            &["ran out", "chmod o-rwx "],
        );
    }
}
