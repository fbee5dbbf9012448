//! How TLS is spoken: versions, protocols, resumption.
//!
//! TLS 1.2 and 1.3 with the cipher suites of the library, all of which are sound.
//! A reader who returns resumes by a ticket that the reader keeps, sealed with a
//! key that changes every few hours; early data, which could be replayed, isn't
//! taken.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring::Ticketer;
use rustls::server::{ResolvesServerCert, ServerSessionMemoryCache};

use crate::certificate::provider;
use crate::certificates::{Certificates, Resolver};
use crate::challenges::Challenges;
use crate::world::World;

/// What HTTP/2 is called in a handshake (RFC 9113, 3.2).
pub(crate) const HTTP_2: &[u8] = b"h2";
/// And HTTP/1.1.
pub(crate) const HTTP_1: &[u8] = b"http/1.1";
/// And a challenge (RFC 8737, 6.2).
pub(crate) const CHALLENGE: &[u8] = b"acme-tls/1";

/// Sessions kept for those clients of TLS 1.2 that know no tickets: rare, and at
/// some 200 bytes each a fifth of a megabyte in all.
const SESSIONS: usize = 1024;

/// TLS can't be set up.
#[derive(Debug, thiserror::Error)]
#[error("TLS can't be set up: {0}")]
pub struct SetupError(#[from] rustls::Error);

/// For readers.
pub(crate) fn readers(
    certificates: Arc<Certificates>,
    world: &World,
) -> Result<Arc<ServerConfig>, SetupError> {
    let mut config = config(Arc::new(Resolver(certificates)), world)?;
    config.alpn_protocols = vec![HTTP_2.to_vec(), HTTP_1.to_vec()];
    config.session_storage = ServerSessionMemoryCache::new(SESSIONS);
    config.ticketer = Ticketer::new()?;
    config.max_early_data_size = 0;
    Ok(Arc::new(config))
}

/// For an authority's look at a name: no resumption, and no other protocol.
pub(crate) fn challenges(
    challenges: Arc<Challenges>,
    world: &World,
) -> Result<Arc<ServerConfig>, SetupError> {
    let mut config = config(challenges, world)?;
    config.alpn_protocols = vec![CHALLENGE.to_vec()];
    config.session_storage = Arc::new(rustls::server::NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(Arc::new(config))
}

fn config(
    resolver: Arc<dyn ResolvesServerCert>,
    world: &World,
) -> Result<ServerConfig, SetupError> {
    let versions = &[&rustls::version::TLS13, &rustls::version::TLS12];
    let config = ServerConfig::builder_with_details(provider(), Arc::new(world.clone()))
        .with_protocol_versions(versions)?
        .with_no_client_auth()
        .with_cert_resolver(resolver);
    Ok(config)
}
