//! An authority for tests, pebble, with a resolver in which every name is this
//! machine. It knows nothing of ours, so that others can be tried with it too.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// For anything that is waited for; a machine under load is slow.
pub(crate) const LONG: Duration = Duration::from_mins(1);

/// A process of ours, which ends with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The authority. It forgets everything when it is stopped.
pub(crate) struct Pebble {
    dir: TempDir,
    port: u16,
    management: u16,
    resolver: u16,
    process: Option<Running>,
    _resolver: Running,
}

impl Pebble {
    /// One that looks at these ports, for HTTP and for TLS. `more` is added to
    /// its configuration.
    pub(crate) async fn start(http: u16, tls: u16, more: &str) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let (port, management, resolver) = (free_port(), free_port(), free_port());
        write_own_certificate(dir.path());
        let at = |name: &str| dir.path().join(name).display().to_string();
        let config = format!(
            r#"{{"pebble": {{
                "listenAddress": "127.0.0.1:{port}",
                "managementListenAddress": "127.0.0.1:{management}",
                "certificate": "{}", "privateKey": "{}",
                "httpPort": {http}, "tlsPort": {tls}, "ocspResponderURL": ""
                {more}
            }}}}"#,
            at("own.pem"),
            at("own.key"),
        );
        fs::write(dir.path().join("config.json"), config).expect("a file");
        let dns = format!("127.0.0.1:{resolver}");
        let off = [
            "-http01",
            "",
            "-https01",
            "",
            "-tlsalpn01",
            "",
            "-defaultIPv6",
            "",
        ];
        let names = Command::new("pebble-challtestsrv")
            .args(["-dns01", &dns, "-management"])
            .arg(format!("127.0.0.1:{}", free_port()))
            .args(off)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pebble-challtestsrv, of Debian's package pebble");
        let mut pebble = Self {
            dir,
            port,
            management,
            resolver,
            process: None,
            _resolver: Running(names),
        };
        reachable(resolver).await;
        pebble.restart().await;
        pebble
    }

    /// As a new authority with new keys, at the old address.
    pub(crate) async fn restart(&mut self) {
        let log = fs::File::create(self.dir.path().join("log")).expect("a file");
        let process = Command::new("pebble")
            .arg("-config")
            .arg(self.dir.path().join("config.json"))
            .args(["-dnsserver", &format!("127.0.0.1:{}", self.resolver)])
            .env("PEBBLE_VA_NOSLEEP", "1")
            // So that every order is looked at.
            .env("PEBBLE_AUTHZREUSE", "0")
            .stdout(log)
            .stderr(Stdio::null())
            .spawn()
            .expect("pebble, of Debian's package of that name");
        self.process = Some(Running(process));
        reachable(self.port).await;
        reachable(self.management).await;
    }

    pub(crate) fn stop(&mut self) {
        self.process = None;
    }

    /// The file of the certificate by which it is trusted itself.
    pub(crate) fn own_root(&self) -> PathBuf {
        self.dir.path().join("root.pem")
    }

    pub(crate) fn directory(&self) -> String {
        format!("https://127.0.0.1:{}/dir", self.port)
    }

    /// What its certificates are trusted by.
    pub(crate) async fn roots(&self) -> RootCertStore {
        let own = fs::read(self.own_root()).expect("a file");
        let client = client(&trusting(&own));
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.management));
        let stream = TcpStream::connect(address).await.expect("there");
        let name = ServerName::try_from("127.0.0.1").expect("a name");
        let mut stream = client.connect(name, stream).await.expect("TLS");
        let request = b"GET /roots/0 HTTP/1.0\r\nHost: localhost\r\n\r\n";
        stream.write_all(request).await.expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("an answer");
        trusting(&answer)
    }
}

fn trusting(pem: &[u8]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(pem) {
        roots.add(root.expect("PEM")).expect("a root");
    }
    roots
}

pub(crate) fn client(roots: &RootCertStore) -> TlsConnector {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots.clone())
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// The certificate by which the authority itself is trusted.
fn write_own_certificate(dir: &Path) {
    let mut root = CertificateParams::new(Vec::new()).expect("no names");
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root_key = KeyPair::generate().expect("a key");
    let root_pem = root.self_signed(&root_key).expect("a root").pem();
    let own = CertificateParams::new(["127.0.0.1".to_owned()]).expect("a name");
    let key = KeyPair::generate().expect("a key");
    let issuer = Issuer::new(root, root_key);
    let own = own.signed_by(&key, &issuer).expect("a certificate");
    let files = [
        ("root.pem", root_pem),
        ("own.pem", own.pem()),
        ("own.key", key.serialize_pem()),
    ];
    for (name, text) in files {
        fs::write(dir.join(name), text).expect("a file");
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

async fn reachable(port: u16) {
    let knock = async {
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port))
            .await
            .is_err()
        {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let reached = tokio::time::timeout(LONG, knock).await;
    reached.unwrap_or_else(|_| panic!("nothing listens on {port}"));
}
