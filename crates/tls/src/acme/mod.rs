//! Certificates from an ACME authority (RFC 8555), such as Let's Encrypt.
//!
//! One account, one certificate for all names, one order at a time. Whatever goes
//! wrong, the certificate that is being served stays.

mod account;
mod client;
mod folder;
mod keeper;
mod name;
mod order;
mod schedule;

use std::path::PathBuf;

use jiff::Timestamp;

pub use client::RootsError;
pub use keeper::Keeper;
pub use name::{MAX_NAMES, Name, NameError};
pub use order::AcmeError;

use crate::validity::Validity;

/// Who signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The URL of its directory, with `https://`.
    pub directory: String,
    /// How it reaches somebody, as URLs (`mailto:desk@review.example`).
    pub contacts: Vec<String>,
    /// Whether the publisher has read its terms of service and agrees. Most
    /// authorities refuse otherwise.
    pub terms_agreed: bool,
    /// An account with it outside ACME, where it wants one.
    pub external: Option<ExternalAccount>,
    /// A file of more certificates, in PEM, to trust the authority itself by:
    /// for one inside a company, or one for tests.
    pub roots: Option<PathBuf>,
}

/// An account outside ACME (RFC 8555, 7.3.4).
#[derive(Clone, PartialEq, Eq)]
pub struct ExternalAccount {
    /// The key's identifier.
    pub id: String,
    /// The key, in base64 as the authority showed it.
    pub key: String,
}

impl ExternalAccount {
    /// Whether the key can be one.
    pub fn check(&self) -> Result<(), AcmeError> {
        account::external_key(self).map(|_| ())
    }
}

impl std::fmt::Debug for ExternalAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExternalAccount")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// How the authority sees that a name is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Challenge {
    /// It asks for a page over plain HTTP, on port 80 of each name.
    Http01,
    /// It shakes hands over TLS, on port 443 of each name; nothing in between
    /// may end the TLS.
    TlsAlpn01,
}

/// What is ordered, where, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Who signs.
    pub authority: Authority,
    /// What for; the first is the certificate's principal name.
    pub names: Vec<Name>,
    /// How it is shown that they are ours.
    pub challenge: Challenge,
    /// Where the account and the certificate are kept.
    pub folder: PathBuf,
}

/// How things stand, for status and metrics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The names on the certificate that is served; none while there is none.
    pub names: Vec<String>,
    /// When it is valid.
    pub validity: Option<Validity>,
    /// When the authority is asked next.
    pub next: Option<Timestamp>,
    /// Certificates got since the start.
    pub orders: u64,
    /// Failures since the last one.
    pub failures: u32,
    /// What went wrong last, until something goes right.
    pub failure: Option<Failure>,
}

/// Something that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// When.
    pub at: Timestamp,
    /// What, and what to do about it.
    pub what: String,
}
