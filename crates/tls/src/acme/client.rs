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
    #[error("{0} didn't answer within {1:?}")]
    TimedOut(String, Duration),
}

/// Asks authorities.
#[derive(Clone)]
pub(super) struct Client {
    connector: TlsConnector,
    patience: Duration,
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
            patience: PATIENCE,
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
        tokio::time::timeout(self.patience, asked)
            .await
            .map_err(|_| Unanswered::TimedOut(named, self.patience))?
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{Site, TestAuthority, world};
    use crate::{Accepted, Acceptor, Certificates, Challenges, FilePair};
    use jiff::Timestamp;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    fn trusting(pem: &str) -> Result<Client, RootsError> {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("roots.pem");
        std::fs::write(&file, pem).expect("a file");
        Client::new(Some(&file), &world())
    }

    /// An authority that says the same to everybody. Returns its address, and
    /// what it was asked at the end.
    async fn saying(
        authority: &TestAuthority,
        answer: Vec<u8>,
    ) -> (String, tokio::task::JoinHandle<String>) {
        let dir = tempfile::tempdir().expect("a folder");
        let made = Site::new(&["127.0.0.1"]).signed_by(authority);
        let pairs: [FilePair; 1] = [made.write(dir.path(), "own")];
        let (certificates, _) = Certificates::open(&pairs, Timestamp::UNIX_EPOCH).expect("files");
        let acceptor = Acceptor::new(certificates, Challenges::new(), PATIENCE, &world());
        let acceptor = acceptor.expect("an acceptor");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.expect("a connection");
            let Ok(Accepted::Reader { mut stream, .. }) = acceptor.accept(stream).await else {
                return "nothing".to_owned();
            };
            let mut asked = Vec::new();
            while !asked.ends_with(b"\r\n\r\n") {
                if stream
                    .read_buf(&mut asked)
                    .await
                    .is_ok_and(|read| read == 0)
                {
                    break;
                }
            }
            if answer.is_empty() {
                // Silent until the client has left.
                let _ = stream.read(&mut [0]).await;
            }
            // The client may have had enough before the end.
            let _ = stream.write_all(&answer).await;
            let _ = stream.shutdown().await;
            String::from_utf8_lossy(&asked).into_owned()
        });
        (format!("https://127.0.0.1:{port}/dir?x=1"), asked)
    }

    async fn ask(client: &Client, url: &str) -> Result<Bytes, String> {
        let request = Request::get(url)
            .body(BodyWrapper::default())
            .expect("a request");
        match client.ask(request).await {
            Ok(mut response) => Ok(response.body.into_bytes().await.expect("in memory")),
            Err(error) => Err(error.to_string()),
        }
    }

    #[tokio::test]
    async fn an_authority_is_asked_for_a_path_and_its_answer_read() {
        let authority = TestAuthority::new();
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        let (url, asked) = saying(&authority, answer.to_vec()).await;
        let client = trusting(&authority.pem()).expect("a client");
        assert_eq!(ask(&client, &url).await.as_deref(), Ok(&b"{}"[..]));
        let asked = asked.await.expect("asked").to_ascii_lowercase();
        assert!(asked.starts_with("get /dir?x=1 http/1.1\r\n"), "{asked}");
        assert!(asked.contains("host: 127.0.0.1:"), "{asked}");
    }

    #[tokio::test]
    async fn an_answer_that_is_too_long_or_breaks_off_or_is_none_is_an_error() {
        let authority = TestAuthority::new();
        let mut client = trusting(&authority.pem()).expect("a client");
        let endless = "HTTP/1.1 200 OK\r\n\r\n".to_owned() + &"x".repeat(MAX_ANSWER + 1);
        let rows = [
            (endless.as_str(), "too long"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", "broke off"),
            ("SSH-2.0-OpenSSH_9.2\r\n", "broke"),
        ];
        for (answer, expected) in rows {
            let (url, _asked) = saying(&authority, answer.as_bytes().to_vec()).await;
            let error = ask(&client, &url).await.expect_err(expected);
            assert!(error.contains(expected), "{error}");
        }
        client.patience = Duration::from_millis(50);
        let (url, _asked) = saying(&authority, Vec::new()).await;
        let error = ask(&client, &url).await.expect_err("silence");
        assert!(error.contains("didn't answer within"), "{error}");
    }

    #[tokio::test]
    async fn an_authority_that_isnt_trusted_or_isnt_there_is_an_error_that_says_so() {
        let (authority, other) = (TestAuthority::new(), TestAuthority::new());
        let client = trusting(&other.pem()).expect("a client");
        let (url, asked) = saying(&authority, Vec::new()).await;
        let error = ask(&client, &url).await.expect_err("a stranger");
        assert!(error.contains("invalid peer certificate"), "{error}");
        assert_eq!(asked.await.expect("asked"), "nothing");
        let error = ask(&client, &url).await.expect_err("it has gone");
        assert!(error.contains("127.0.0.1 can't be reached"), "{error}");
        for url in ["http://127.0.0.1/dir", "/dir", "ftp://127.0.0.1/"] {
            let error = ask(&client, url).await.expect_err(url);
            assert!(error.contains("no https:// address"), "{error}");
        }
    }

    #[test]
    fn a_file_of_roots_without_one_is_an_error_that_names_it() {
        for pem in [
            "",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ] {
            let error = trusting(pem).err().expect("no root").to_string();
            assert!(error.contains("roots.pem holds no certificate"), "{error}");
        }
        let missing = Client::new(Some(Path::new("/nonexistent/roots.pem")), &world());
        let error = missing.err().expect("no file").to_string();
        assert!(
            error.contains("/nonexistent/roots.pem can't be read"),
            "{error}"
        );
    }
}
