//! The connections for what isn't plain: kept open, over TLS where a server asks
//! for it.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use hyper_rustls::{FixedServerNameResolver, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore, crypto};

use crate::body::Body;
use crate::error::Error;
use crate::server::ServerUrl;
use crate::settings::{CertificateName, Settings};

/// How long a connection is kept that nobody uses: less than the minute or more
/// after which servers close it themselves, which would fail a request that
/// comes just then.
pub(crate) const IDLE: Duration = Duration::from_secs(30);

/// The most that is read at once of what a server sends. A reader who takes a
/// download slowly has twice as much of it lying here: a piece that waits to be
/// taken and the one read after it. Larger pieces hardly save a call.
pub(crate) const PIECE: usize = 64 * 1024;

pub(crate) type Client = legacy::Client<HttpsConnector<HttpConnector>, Body>;

/// The connections to all servers for what isn't plain.
pub(crate) struct Clients {
    /// For requests without a body.
    pub(crate) kept: Client,
    /// For requests with one, each on a connection of its own. A server that
    /// doesn't read a body to its end takes what is left for the next request,
    /// and its answer would be the next reader's.
    pub(crate) once: Client,
}

/// What makes connections: name look-up and all.
pub(crate) fn connector(settings: &Settings) -> HttpConnector {
    let mut connector = HttpConnector::new();
    connector.enforce_http(false);
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(settings.patience.connect));
    connector
}

pub(crate) fn clients(settings: &Settings, connector: HttpConnector) -> Result<Clients, Error> {
    let is_needed = settings
        .routes
        .iter()
        .flat_map(|route| &route.servers)
        .any(ServerUrl::is_https);
    let mut builder = HttpsConnectorBuilder::new()
        .with_tls_config(tls(is_needed, settings.authorities.as_deref())?)
        .https_or_http();
    if let Some(CertificateName(name)) = settings.certificate_name.clone() {
        builder = builder.with_server_name_resolver(FixedServerNameResolver::new(name));
    }
    let connector = builder.enable_http1().wrap_connector(connector);
    let client = |idle| {
        legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(idle)
            .http1_max_buf_size(PIECE)
            .build(connector.clone())
    };
    Ok(Clients {
        kept: client(settings.connections),
        once: client(0),
    })
}

/// What servers' certificates are checked against. Where no server uses TLS,
/// nothing is read.
fn tls(is_needed: bool, authorities: Option<&Path>) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore::empty();
    if is_needed {
        let system = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(system.certs);
        for certificate in own(authorities)? {
            roots
                .add(certificate)
                .map_err(|error| Error::Tls(format!("a certificate can't be used: {error}")))?;
        }
        if roots.is_empty() {
            return Err(Error::Tls(
                "the system has no trusted certificates; install ca-certificates, or name a file \
                 of them: [origin] authorities"
                    .to_owned(),
            ));
        }
    }
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Tls(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

fn own(file: Option<&Path>) -> Result<Vec<CertificateDer<'static>>, Error> {
    let Some(file) = file else {
        return Ok(Vec::new());
    };
    let wrong = |why: String| Error::Tls(format!("{}: {why}", file.display()));
    let text = fs::read(file).map_err(|error| wrong(error.to_string()))?;
    let certificates = CertificateDer::pem_slice_iter(&text)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| wrong(error.to_string()))?;
    if certificates.is_empty() {
        return Err(wrong("holds no certificate (PEM)".to_owned()));
    }
    Ok(certificates)
}
