//! Certificates and worlds for the tests of this crate.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rcgen::{CertificateParams, Issuer, KeyPair};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;

use crate::World;
use crate::files::FilePair;

/// The time in all tests that need one.
pub(crate) const NOW: &str = "2026-11-25T12:00:00Z";

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// A world in which it is [`NOW`] and chance always says the same.
pub(crate) fn world() -> World {
    World {
        now: Arc::new(|| at(NOW)),
        random: Arc::new(|bytes| {
            bytes.fill(0x80);
            true
        }),
    }
}

/// A certificate to be made.
pub(crate) struct Site {
    params: CertificateParams,
}

impl Site {
    pub(crate) fn new(names: &[&str]) -> Self {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let params = CertificateParams::new(names).expect("names");
        Self { params }.valid("2026-11-01T00:00:00Z", "2027-01-30T00:00:00Z")
    }

    pub(crate) fn valid(mut self, from: &str, until: &str) -> Self {
        let epoch = rcgen::date_time_ymd(1970, 1, 1);
        // The library's own kind of time can be reached by adding to one only.
        self.params.not_before = epoch + since(from) - since_before(from);
        self.params.not_after = epoch + since(until) - since_before(until);
        self
    }

    /// Signed by itself.
    pub(crate) fn make(self) -> Made {
        let key = KeyPair::generate().expect("a key");
        let certificate = self.params.self_signed(&key).expect("a certificate");
        Made { certificate, key }
    }

    /// Signed by an authority.
    pub(crate) fn signed_by(self, authority: &TestAuthority) -> Made {
        let key = KeyPair::generate().expect("a key");
        let certificate = self
            .params
            .signed_by(&key, &authority.issuer)
            .expect("a certificate");
        Made { certificate, key }
    }
}

fn since(text: &str) -> Duration {
    Duration::from_secs(u64::try_from(at(text).as_second()).unwrap_or(0))
}

fn since_before(text: &str) -> Duration {
    Duration::from_secs(u64::try_from(-at(text).as_second()).unwrap_or(0))
}

/// A certificate with its key.
pub(crate) struct Made {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Made {
    pub(crate) fn der(&self) -> &CertificateDer<'static> {
        self.certificate.der()
    }

    pub(crate) fn chain_pem(&self) -> String {
        self.certificate.pem()
    }

    pub(crate) fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }

    /// Writes both under `name` in a folder.
    pub(crate) fn write(&self, folder: &Path, name: &str) -> FilePair {
        let pair = FilePair {
            chain: folder.join(format!("{name}.pem")),
            key: folder.join(format!("{name}.key")),
        };
        std::fs::write(&pair.chain, self.chain_pem()).expect("a file");
        write_private(&pair.key, &self.key_pem());
        pair
    }
}

pub(crate) fn write_private(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, text).expect("a file");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("a mode");
}

/// Somebody whom clients trust.
pub(crate) struct TestAuthority {
    issuer: Issuer<'static, KeyPair>,
    root: rcgen::Certificate,
}

impl TestAuthority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let root = params.self_signed(&key).expect("a root");
        Self {
            issuer: Issuer::new(params, key),
            root,
        }
    }

    pub(crate) fn pem(&self) -> String {
        self.root.pem()
    }

    pub(crate) fn roots(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(self.root.der().clone()).expect("a root");
        roots
    }
}
