//! A certificate that can be served: its chain, its key, and what is known of it.
//!
//! It is built from PEM in memory. Where that came from is no concern of this
//! module, and neither is whether clients will trust it.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use rustls::{Error, InconsistentKeys};
use webpki::EndEntityCert;

use crate::validity::Validity;

/// The one implementation of cryptography in this program.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// A chain with the key to its first certificate.
#[derive(Clone)]
pub(crate) struct Certificate {
    pub(crate) key: Arc<CertifiedKey>,
    /// The DNS names it is for, in lower case, `*.example.com` among them.
    pub(crate) names: BTreeSet<String>,
    pub(crate) validity: Validity,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("names", &self.names)
            .field("validity", &self.validity)
            .finish_non_exhaustive()
    }
}

/// What is wrong with a chain or a key, as the end of a sentence that names it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Flaw {
    #[error(
        "holds no certificate. It should begin with -----BEGIN CERTIFICATE-----, the site's own \
         certificate first and those that vouch for it after it (often called fullchain.pem)"
    )]
    NoCertificate,
    #[error("holds no private key. It should begin with -----BEGIN PRIVATE KEY-----")]
    NoKey,
    #[error(
        "holds a key with a passphrase, and there is nobody to type one: write it without, with \
         `openssl pkey -in FILE -out NEW`"
    )]
    Locked,
    #[error("isn't whole ({0}). Copy it again from where it came")]
    Torn(String),
    #[error("holds a certificate that can't be used ({0}). Ask its issuer for another")]
    BadCertificate(String),
    #[error(
        "holds a key that can't be used ({0}). RSA from 2048 bits, ECDSA on P-256 or P-384, and \
         Ed25519 can be"
    )]
    BadKey(String),
    #[error("isn't for the first certificate of the chain")]
    Mismatch,
}

/// Where a flaw lies.
#[derive(Debug)]
pub(crate) enum Flawed {
    Chain(Flaw),
    Key(Flaw),
}

impl Certificate {
    /// Of the certificates in `chain` and the first private key in `key`. Both
    /// may be the same text.
    pub(crate) fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, Flawed> {
        let chain = certificates(chain).map_err(Flawed::Chain)?;
        let first = chain.first().ok_or(Flawed::Chain(Flaw::NoCertificate))?;
        let (names, validity) = facts(first).map_err(Flawed::Chain)?;
        let key = private_key(key).map_err(Flawed::Key)?;
        let bad_key = |error: Error| Flawed::Key(Flaw::BadKey(error.to_string()));
        let key = provider()
            .key_provider
            .load_private_key(key)
            .map_err(bad_key)?;
        let certified = CertifiedKey::new(chain, key);
        match certified.keys_match() {
            Ok(()) | Err(Error::InconsistentKeys(InconsistentKeys::Unknown)) => Ok(Self {
                key: Arc::new(certified),
                names,
                validity,
            }),
            Err(Error::InconsistentKeys(_)) => Err(Flawed::Key(Flaw::Mismatch)),
            Err(error) => Err(bad_key(error)),
        }
    }
}

/// All certificates in a text of PEM, in their order.
pub(crate) fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Flaw> {
    CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| Flaw::Torn(error.to_string()))
}

fn private_key(pem: &[u8]) -> Result<PrivateKeyDer<'static>, Flaw> {
    // Both ways of saying so: of PKCS #8, and of OpenSSL's older format.
    let says = |words: &[u8]| pem.windows(words.len()).any(|window| window == words);
    if says(b"BEGIN ENCRYPTED PRIVATE KEY") || says(b"Proc-Type: 4,ENCRYPTED") {
        return Err(Flaw::Locked);
    }
    PrivateKeyDer::from_pem_slice(pem).map_err(|error| match error {
        pem::Error::NoItemsFound => Flaw::NoKey,
        error => Flaw::Torn(error.to_string()),
    })
}

fn facts(der: &CertificateDer<'static>) -> Result<(BTreeSet<String>, Validity), Flaw> {
    let parsed =
        EndEntityCert::try_from(der).map_err(|error| Flaw::BadCertificate(error.to_string()))?;
    let names = parsed.valid_dns_names().map(str::to_ascii_lowercase);
    let validity = Validity::of(der)
        .ok_or_else(|| Flaw::BadCertificate("it doesn't say how long it is valid".to_owned()))?;
    Ok((names.collect(), validity))
}
