//! A site whose names an authority can be asked for.

use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use ludgate_tls::{
    Accepted, Acceptor, Authority, Certificates, Challenge, Challenges, Keeper, Settings, Status,
    World,
};
use rustls::RootCertStore;
use rustls::pki_types::{CertificateDer, ServerName};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::pebble::{LONG, Pebble, client};

/// A site with a plain port and one for TLS, as the gate would have them.
pub(crate) struct Site {
    pub(crate) folder: TempDir,
    pub(crate) certificates: Arc<Certificates>,
    pub(crate) challenges: Arc<Challenges>,
    http: u16,
    tls: u16,
    /// How often the authority looked, over HTTP and over TLS.
    pub(crate) looks: [Arc<AtomicUsize>; 2],
}

impl Site {
    pub(crate) async fn start() -> Self {
        let http = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let tls = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = |listener: &TcpListener| listener.local_addr().expect("an address").port();
        let site = Self {
            folder: tempfile::tempdir().expect("a folder"),
            certificates: Certificates::empty(),
            challenges: Challenges::new(),
            http: port(&http),
            tls: port(&tls),
            looks: Default::default(),
        };
        let acceptor = Acceptor::new(
            Arc::clone(&site.certificates),
            Arc::clone(&site.challenges),
            LONG,
            &world(),
        );
        let [plain, shaken] = site.looks.clone();
        tokio::spawn(serve_plain(http, Arc::clone(&site.challenges), plain));
        tokio::spawn(serve_tls(tls, acceptor.expect("an acceptor"), shaken));
        site
    }

    /// An authority that looks here. `more` is added to its configuration.
    pub(crate) async fn authority(&self, more: &str) -> Pebble {
        Pebble::start(self.http, self.tls, more).await
    }

    pub(crate) fn looks(&self) -> [usize; 2] {
        [&self.looks[0], &self.looks[1]].map(|looks| looks.load(Ordering::Relaxed))
    }

    pub(crate) fn settings(
        &self,
        pebble: &Pebble,
        names: &[&str],
        challenge: Challenge,
    ) -> Settings {
        Settings {
            authority: Authority {
                directory: pebble.directory(),
                contacts: vec!["mailto:desk@review.example".to_owned()],
                terms_agreed: true,
                external: None,
                roots: Some(pebble.own_root()),
            },
            names: names
                .iter()
                .map(|name| name.parse().expect("a name"))
                .collect(),
            challenge,
            folder: self.folder.path().join("acme"),
        }
    }

    pub(crate) fn keeper(&self, settings: Settings) -> Arc<Keeper> {
        let (certificates, challenges) = (self.certificates.clone(), self.challenges.clone());
        let keeper = Keeper::open(settings, certificates, challenges, world());
        Arc::new(keeper.expect("a keeper"))
    }

    /// The certificate that a client is shown who trusts `roots`.
    pub(crate) async fn shown(&self, roots: &RootCertStore, name: &str) -> CertificateDer<'static> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.tls)).await;
        let name = ServerName::try_from(name.to_owned()).expect("a name");
        let stream = client(roots).connect(name, stream.expect("there")).await;
        let stream = stream.expect("a certificate that is trusted");
        let chain = stream.get_ref().1.peer_certificates().expect("a chain");
        chain[0].clone()
    }
}

/// Answers an authority over plain HTTP, and nobody else.
async fn serve_plain(listener: TcpListener, challenges: Arc<Challenges>, looks: Arc<AtomicUsize>) {
    loop {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") && stream.read_buf(&mut head).await.is_ok_and(|n| n > 0)
        {
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let path = head.split(' ').nth(1).unwrap_or_default();
        let answer = match challenges.answer(path) {
            Some(answer) => {
                looks.fetch_add(1, Ordering::Relaxed);
                format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{answer}",
                    answer.len()
                )
            }
            None => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
        };
        let _ = stream.write_all(answer.as_bytes()).await;
    }
}

async fn serve_tls(listener: TcpListener, acceptor: Acceptor, looks: Arc<AtomicUsize>) {
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        if let Ok(Accepted::Challenge) = acceptor.accept(stream).await {
            looks.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The real clock, for the authority has no other.
#[expect(clippy::disallowed_methods, reason = "pebble reads the clock as well")]
fn world() -> World {
    World {
        now: Arc::new(Timestamp::now),
        random: Arc::new(|_| false),
    }
}

/// A keeper at work, until this is dropped.
pub(crate) struct AtWork {
    pub(crate) keeper: Arc<Keeper>,
    _stop: watch::Sender<bool>,
}

impl AtWork {
    pub(crate) fn begin(keeper: Arc<Keeper>) -> Self {
        let (stop, stopped) = watch::channel(false);
        let running = Arc::clone(&keeper);
        tokio::spawn(async move { running.run(stopped).await });
        Self {
            keeper,
            _stop: stop,
        }
    }

    /// Waits until things stand so.
    pub(crate) async fn until(&self, so: impl Fn(&Status) -> bool) -> Status {
        let mut watch = self.keeper.watch();
        let waited = tokio::time::timeout(LONG, watch.wait_for(|status| so(status))).await;
        match waited {
            Ok(status) => status.expect("a keeper").clone(),
            Err(late) => panic!("{late}: {:?}", self.keeper.status()),
        }
    }

    /// Waits for so many certificates, without a failure.
    pub(crate) async fn ordered(&self, orders: u64) -> Status {
        let status = self
            .until(|status| status.orders >= orders || status.failure.is_some())
            .await;
        assert_eq!(status.failure, None);
        status
    }
}

/// The files of a folder, with their modes.
pub(crate) fn modes(folder: &Path) -> Vec<(String, u32)> {
    use std::os::unix::fs::PermissionsExt;
    let mut modes: Vec<(String, u32)> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let entry = entry.expect("an entry");
            let mode = entry.metadata().expect("there").permissions().mode();
            (
                entry.file_name().to_string_lossy().into_owned(),
                mode & 0o777,
            )
        })
        .collect();
    modes.sort();
    modes
}
