//! How an authority is spoken to: one request, one connection, over HTTPS.
//!
//! A few requests every two months need no pool. What they do need is an end: of
//! the time a request may take, and of what an authority may answer. Roots are
//! the system's, with those of one file added.

use std::io;
use std::path::{Path, PathBuf};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::HOST;
use http::{HeaderValue, Request, Uri};
use http_body_util::{BodyExt, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use rustls::pki_types::{InvalidDnsNameError, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::certificate::{self, provider};
use crate::files::{self, FileError};
use crate::world::World;

/// For one request, from looking up the name to the last byte of the answer.
/// Authorities answer in a second; a busy one in a few.
const PATIENCE: Duration = Duration::from_secs(30);

/// The longest answer. A chain of four certificates is 8 KB.
const MAX_ANSWER: usize = 256 * 1024;

/// Why there are no roots to trust an authority by.
#[derive(Debug, thiserror::Error)]
pub enum RootsError {
    /// Neither the system nor a file has any.
    #[error(
        "no certificates of authorities are installed on this system, so none can be trusted: \
         apt-get install ca-certificates"
    )]
    None,
    /// The file of more roots can't be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// It holds none.
    #[error("{} holds no certificate of an authority in PEM", .0.display())]
    Empty(PathBuf),
    /// The TLS library refuses.
    #[error(transparent)]
    Setup(#[from] rustls::Error),
}

/// Why an authority couldn't be asked.
#[derive(Debug, thiserror::Error)]
enum Unanswered {
    #[error("{0} is no https:// address")]
    Address(Uri),
    #[error("{0} is no name of a host: {1}")]
    Host(String, InvalidDnsNameError),
    #[error("{0} can't be reached: {1}")]
    Connect(String, io::Error),
    #[error("the connection to {0} broke: {1}")]
    Http(String, hyper::Error),
    #[error("the answer of {0} broke off or is too long: {1}")]
    Body(String, Box<dyn std::error::Error + Send + Sync>),
    #[error("{0} didn't answer within {PATIENCE:?}")]
    TimedOut(String),
}

/// Asks authorities.
#[derive(Clone)]
pub(super) struct Client {
    connector: TlsConnector,
}

impl Client {
    /// Trusting the system's roots and those in the file `more`. Reads files.
    pub(super) fn new(more: Option<&Path>, world: &World) -> Result<Self, RootsError> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(path) = more {
            let (pem, _) = files::read(path)?;
            let found = certificate::certificates(&pem).unwrap_or_default();
            if roots.add_parsable_certificates(found).0 == 0 {
                return Err(RootsError::Empty(path.to_owned()));
            }
        }
        if roots.is_empty() {
            return Err(RootsError::None);
        }
        let mut config = ClientConfig::builder_with_details(provider(), Arc::new(world.clone()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![crate::config::HTTP_1.to_vec()];
        Ok(Self {
            connector: TlsConnector::from(Arc::new(config)),
        })
    }

    async fn ask(&self, request: Request<BodyWrapper<Bytes>>) -> Result<BytesResponse, Unanswered> {
        let uri = request.uri().clone();
        let authority = match (uri.scheme_str(), uri.authority()) {
            (Some("https"), Some(authority)) => authority.clone(),
            _ => return Err(Unanswered::Address(uri)),
        };
        let named = authority.to_string();
        let asked = self.ask_host(
            request,
            authority.host(),
            authority.port_u16().unwrap_or(443),
        );
        tokio::time::timeout(PATIENCE, asked)
            .await
            .map_err(|_| Unanswered::TimedOut(named))?
    }

    async fn ask_host(
        &self,
        request: Request<BodyWrapper<Bytes>>,
        host: &str,
        port: u16,
    ) -> Result<BytesResponse, Unanswered> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(bare.to_owned())
            .map_err(|error| Unanswered::Host(host.to_owned(), error))?;
        let connect = |error| Unanswered::Connect(host.to_owned(), error);
        let stream = TcpStream::connect((bare, port)).await.map_err(connect)?;
        let stream = self
            .connector
            .connect(name, stream)
            .await
            .map_err(connect)?;

        let broke = |error| Unanswered::Http(host.to_owned(), error);
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(broke)?;
        let exchange = async move {
            let response = sender
                .send_request(to_origin(request))
                .await
                .map_err(broke)?;
            let (parts, body) = response.into_parts();
            let body = Limited::new(body, MAX_ANSWER)
                .collect()
                .await
                .map_err(|error| Unanswered::Body(host.to_owned(), error))?;
            Ok(BytesResponse {
                parts,
                body: Box::new(body.to_bytes()),
            })
        };
        // The connection moves the bytes of the exchange, and may end before it.
        let mut exchange = pin!(exchange);
        tokio::select! {
            biased;
            answer = &mut exchange => return answer,
            _ = connection => {}
        }
        exchange.await
    }
}

/// HTTP/1.1 asks for a path, and names the host beside it.
fn to_origin(mut request: Request<BodyWrapper<Bytes>>) -> Request<BodyWrapper<Bytes>> {
    let uri = request.uri();
    let host = uri
        .authority()
        .and_then(|authority| HeaderValue::from_str(authority.as_str()).ok());
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    if let Ok(path) = path.parse() {
        *request.uri_mut() = path;
    }
    if let Some(host) = host {
        request.headers_mut().insert(HOST, host);
    }
    request
}

impl HttpClient for Client {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let client = self.clone();
        Box::pin(async move {
            let answer = client.ask(request).await;
            answer.map_err(|error| Error::Other(Box::new(error)))
        })
    }
}
