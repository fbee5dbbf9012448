//! What is shown to an authority that wants to see that a name is ours.
//!
//! Two tables in memory, filled for the length of an order. They answer exactly
//! what was asked for, and hold nothing else: neither tokens of others nor names
//! that aren't being ordered.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;
use rcgen::{CertificateParams, CustomExtension, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use crate::certificate::provider;

/// Where an authority looks for an answer over plain HTTP (RFC 8555, 8.3).
const PATH: &str = "/.well-known/acme-challenge/";

/// Bytes of a SHA-256 digest, which is what a challenge certificate holds.
const DIGEST: usize = 32;

/// The answers of the order under way, if there is one.
#[derive(Debug, Default)]
pub struct Challenges {
    /// For HTTP-01, by token.
    tokens: RwLock<HashMap<String, String>>,
    /// For TLS-ALPN-01, by name.
    names: RwLock<HashMap<String, Arc<CertifiedKey>>>,
}

/// The certificate that answers a challenge couldn't be made.
#[derive(Debug, thiserror::Error)]
#[error("the certificate that answers a challenge can't be made: {0}")]
pub(crate) struct Unanswerable(String);

impl Challenges {
    /// No answers yet.
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// The body of the answer to a plain request for `path`, to be sent with the
    /// status 200 and the type `application/octet-stream`; `None` where it isn't an
    /// authority's that is asking for what was ordered.
    pub fn answer(&self, path: &str) -> Option<String> {
        self.tokens.read().get(path.strip_prefix(PATH)?).cloned()
    }

    /// Answers HTTP-01.
    pub(crate) fn put_token(&self, token: String, answer: String) {
        self.tokens.write().insert(token, answer);
    }

    /// Answers TLS-ALPN-01 with a certificate that holds the digest of the
    /// answer (RFC 8737, 3).
    pub(crate) fn put_name(&self, name: &str, digest: &[u8]) -> Result<(), Unanswerable> {
        let key = certificate(name, digest)?;
        self.names.write().insert(name.to_owned(), Arc::new(key));
        Ok(())
    }

    /// Forgets all answers, once an order has come to its end. One keeper has
    /// one order at a time, so this bounds the tables by its number of names.
    pub(crate) fn clear(&self) {
        self.tokens.write().clear();
        self.names.write().clear();
    }
}

impl ResolvesServerCert for Challenges {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.names.read().get(hello.server_name()?).cloned()
    }
}

fn certificate(name: &str, digest: &[u8]) -> Result<CertifiedKey, Unanswerable> {
    let made = |error: rcgen::Error| Unanswerable(error.to_string());
    if digest.len() != DIGEST {
        return Err(Unanswerable(format!("a digest has {DIGEST} bytes")));
    }
    let mut params = CertificateParams::new([name.to_owned()]).map_err(made)?;
    params.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
    let key = KeyPair::generate().map_err(made)?;
    let certificate = params.self_signed(&key).map_err(made)?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let key = provider()
        .key_provider
        .load_private_key(key)
        .map_err(|error| Unanswerable(error.to_string()))?;
    // Comparing the two would mean reading the certificate, and the library
    // refuses the extension that is its whole purpose.
    Ok(CertifiedKey::new(vec![certificate.der().clone()], key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_token_of_an_order_under_way_is_answered() {
        let challenges = Challenges::new();
        challenges.put_token("evaGxf".to_owned(), "evaGxf.thumb".to_owned());
        let rows = [
            ("/.well-known/acme-challenge/evaGxf", true),
            ("/.well-known/acme-challenge/evaGx", false),
            ("/.well-known/acme-challenge/evaGxf/", false),
            ("/.well-known/acme-challenge/", false),
            ("/.well-known/acme-challenge", false),
            ("/evaGxf", false),
            ("evaGxf", false),
        ];
        for (path, answered) in rows {
            assert_eq!(challenges.answer(path).is_some(), answered, "{path}");
        }
        challenges.clear();
        assert_eq!(challenges.answer(rows[0].0), None);
    }

    #[test]
    fn a_challenge_certificate_is_made_for_its_name_alone() {
        let challenges = Challenges::new();
        challenges.put_name("a.example", &[7; 32]).expect("made");
        let names = challenges.names.read();
        let key = names.get("a.example").expect("kept");
        // The digest, as an octet string within the extension's.
        let expected = [&[4, 34, 4, 32][..], &[7; 32]].concat();
        let der = &key.cert[0];
        assert!(der.windows(expected.len()).any(|window| window == expected));
        assert!(!names.contains_key("b.example"));
        drop(names);
        assert!(challenges.put_name("b.example", &[7; 31]).is_err());
    }
}
