//! TLS as readers speak it, and certificates to try it with.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::program::Paper;

/// The publication's host.
pub(crate) const HOST: &str = "review.example";

/// Who signs the certificates of a test.
pub(crate) struct Signer {
    issuer: Issuer<'static, KeyPair>,
    root: CertificateDer<'static>,
}

impl Signer {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let root = params.self_signed(&key).expect("a root").der().clone();
        Self {
            issuer: Issuer::new(params, key),
            root,
        }
    }

    /// Its own certificate, in PEM.
    pub(crate) fn root(&self) -> String {
        let text = STANDARD.encode(&self.root);
        format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
    }

    /// A certificate for the publication's host, and its key, in PEM.
    pub(crate) fn sign(&self) -> (String, String) {
        self.sign_until(4000)
    }

    /// One that runs out with this year.
    pub(crate) fn sign_until(&self, year: i32) -> (String, String) {
        self.sign_for(HOST, year)
    }

    /// One for another host.
    pub(crate) fn sign_for(&self, host: &str, year: i32) -> (String, String) {
        let mut params = CertificateParams::new([host.to_owned()]).expect("a name");
        params.not_after = rcgen::date_time_ymd(year, 1, 1);
        let key = KeyPair::generate().expect("a key");
        let made = params.signed_by(&key, &self.issuer).expect("a certificate");
        (made.pem(), key.serialize_pem())
    }

    /// Writes a new certificate to the paper's files, one after the other.
    pub(crate) fn renew(&self, paper: &Paper) {
        let (chain, key) = self.sign();
        write(paper, &chain, &key);
    }

    /// A client that trusts it, and offers these protocols.
    pub(crate) fn client(&self, protocols: &[&[u8]]) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.root.clone()).expect("a root");
        trusting(roots, protocols)
    }

    /// A connection that has shaken hands.
    pub(crate) fn connect(&self, to: SocketAddr) -> Tls {
        let socket = TcpStream::connect(to).expect("a connection");
        self.shake_hands(socket).expect("a handshake")
    }

    /// Over a socket on which something else may have been said.
    pub(crate) fn shake_hands(&self, mut socket: TcpStream) -> std::io::Result<Tls> {
        let patience = Some(Duration::from_secs(30));
        socket.set_read_timeout(patience).expect("a time-out");
        let mut session =
            ClientConnection::new(self.client(&[b"http/1.1"]), name()).expect("a session");
        while session.is_handshaking() {
            session.complete_io(&mut socket)?;
        }
        Ok(Tls(StreamOwned::new(session, socket)))
    }

    /// A GET over HTTP/1.1 on a connection of its own: the whole response.
    pub(crate) fn get(&self, to: SocketAddr, path: &str, headers: &str) -> String {
        self.connect(to)
            .ask(path, &format!("Connection: close\r\n{headers}"))
    }

    /// A GET over HTTP/2: its status and headers, and its body.
    pub(crate) fn get_2(
        &self,
        to: SocketAddr,
        path: &str,
        cookie: Option<&str>,
    ) -> (http::response::Parts, String) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.expect("a runtime").block_on(async {
            let socket = tokio::net::TcpStream::connect(to).await.expect("there");
            let connector = tokio_rustls::TlsConnector::from(self.client(&[b"h2", b"http/1.1"]));
            let stream = connector.connect(name(), socket).await.expect("TLS");
            assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
            let io = TokioIo::new(stream);
            let (mut sender, connection) =
                hyper::client::conn::http2::handshake(TokioExecutor::new(), io)
                    .await
                    .expect("HTTP/2");
            tokio::spawn(connection);
            let mut request = http::Request::get(format!("https://{HOST}{path}"));
            if let Some(cookie) = cookie {
                request = request.header("cookie", cookie);
            }
            let request = request.body(Empty::<bytes::Bytes>::new()).expect("one");
            let response = sender.send_request(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let body = body.collect().await.expect("all of it").to_bytes();
            (parts, String::from_utf8(body.to_vec()).expect("UTF-8"))
        })
    }
}

fn name() -> ServerName<'static> {
    ServerName::try_from(HOST).expect("a name")
}

/// A client that trusts these.
pub(crate) fn trusting(roots: RootCertStore, protocols: &[&[u8]]) -> Arc<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    Arc::new(config)
}

/// A connection over HTTP/1.1.
pub(crate) struct Tls(pub(crate) StreamOwned<ClientConnection, TcpStream>);

impl Tls {
    /// The certificate that was shown.
    pub(crate) fn shown(&self) -> CertificateDer<'static> {
        let chain = self.0.conn.peer_certificates().expect("a chain");
        chain[0].clone()
    }

    pub(crate) fn send(&mut self, path: &str, headers: &str) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{headers}\r\n");
        self.0.write_all(request.as_bytes()).expect("sent");
    }

    /// Sends a request and reads what comes until the server says farewell.
    pub(crate) fn ask(&mut self, path: &str, headers: &str) -> String {
        let answer = self.ask_raw(path, headers);
        String::from_utf8(answer).expect("UTF-8")
    }

    /// The same as the bytes that come.
    pub(crate) fn ask_raw(&mut self, path: &str, headers: &str) -> Vec<u8> {
        self.send(path, headers);
        let mut answer = Vec::new();
        self.0.read_to_end(&mut answer).expect("to the farewell");
        answer
    }

    /// Sends a request and reads the response, which says how long it is.
    pub(crate) fn ask_on(&mut self, path: &str, headers: &str) -> String {
        self.send(path, headers);
        let head = self.head();
        let length = head.to_ascii_lowercase();
        let length = length.split("content-length: ").nth(1).expect("a length");
        let length = length.lines().next().and_then(|line| line.parse().ok());
        let mut body = vec![0; length.expect("a number")];
        self.0.read_exact(&mut body).expect("a body");
        head + &String::from_utf8_lossy(&body)
    }

    /// Reads a head, byte by byte.
    pub(crate) fn head(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            self.0.read_exact(&mut byte).expect("a head");
            head.extend(byte);
        }
        String::from_utf8(head).expect("UTF-8")
    }
}

/// Puts a chain and a key where the paper's configuration names them.
pub(crate) fn write(paper: &Paper, chain: &str, key: &str) {
    use std::os::unix::fs::PermissionsExt;
    for (file, text) in [("site.pem", chain), ("site.key", key)] {
        std::fs::write(paper.path(file), text).expect("a file");
    }
    let owner = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(paper.path("site.key"), owner).expect("a mode");
}

/// A paper on https, its stories metered and decisions shown. `server` is added
/// to `[server]`, `tls` makes the section `[server.tls]`.
pub(crate) fn paper(server: &str, tls: &str) -> Paper {
    let paper = Paper::new();
    for slug in ["one", "two", "three", "four"] {
        paper.story(slug);
    }
    paper.edit("ludgate.toml", |text| {
        let url = text
            .lines()
            .find(|line| line.starts_with("url "))
            .expect("a url");
        text.replace(url, &format!("url = \"https://{HOST}\""))
            .replace("[server]", &format!("[server]\n{server}"))
            + &format!("\n[server.tls]\n{tls}\n[debug]\nexpose_decisions = true\n")
    });
    paper
}

/// What `tls` says where certificates are in the files of [`write`].
pub(crate) const FILES: &str = "certificate = \"site.pem\"\nkey = \"site.key\"\n";

/// A metric's value.
pub(crate) fn metric(server: &crate::program::Server, paper: &Paper, name: &str) -> Option<f64> {
    let token = std::fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let bearer = format!("Authorization: Bearer {}\r\n", token.trim());
    let (_, page) = crate::program::get(server.admin, "/metrics", &bearer);
    let line = page.lines().find(|line| line.starts_with(name))?;
    line.rsplit(' ').next()?.parse().ok()
}
