//! Handshakes with clients of every kind.

use super::*;
use crate::certificate::{Certificate, provider};
use crate::config::HTTP_1;
use crate::samples::{NOW, Site, TestAuthority, at, world};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, HandshakeKind, SupportedProtocolVersion};
use tokio::io::{AsyncReadExt, DuplexStream};
use tokio_rustls::{TlsConnector, client};

const PATIENCE: Duration = Duration::from_secs(20);

/// A server, and the clients that trust it.
struct House {
    authority: TestAuthority,
    certificates: Arc<Certificates>,
    challenges: Arc<Challenges>,
    acceptor: Acceptor,
}

impl House {
    fn new() -> Self {
        let (certificates, challenges) = (Certificates::empty(), Challenges::new());
        let acceptor = Acceptor::new(
            Arc::clone(&certificates),
            Arc::clone(&challenges),
            PATIENCE,
            &world(),
        );
        let house = Self {
            authority: TestAuthority::new(),
            certificates,
            challenges,
            acceptor: acceptor.expect("an acceptor"),
        };
        house.renew();
        house
    }

    fn renew(&self) -> CertificateDer<'static> {
        let made = Site::new(&["a.example"]).signed_by(&self.authority);
        let pem = made.chain_pem() + &made.key_pem();
        let certificate = Certificate::from_pem(pem.as_bytes(), pem.as_bytes());
        self.certificates
            .install(&certificate.expect("a certificate"));
        made.der().clone()
    }

    fn client(
        &self,
        versions: &[&'static SupportedProtocolVersion],
        protocols: &[&[u8]],
    ) -> TlsConnector {
        let mut config = ClientConfig::builder_with_details(provider(), Arc::new(world()))
            .with_protocol_versions(versions)
            .expect("versions")
            .with_root_certificates(self.authority.roots())
            .with_no_client_auth();
        config.alpn_protocols = protocols.iter().map(|&protocol| protocol.into()).collect();
        TlsConnector::from(Arc::new(config))
    }

    /// Both ends of a handshake.
    async fn meet(
        &self,
        client: &TlsConnector,
    ) -> (
        Result<Accepted<DuplexStream>, HandshakeError>,
        io::Result<client::TlsStream<DuplexStream>>,
    ) {
        let (theirs, ours) = tokio::io::duplex(64 * 1024);
        let name = ServerName::try_from("A.Example").expect("a name");
        tokio::join!(self.acceptor.accept(ours), client.connect(name, theirs))
    }
}

fn shown(client: &client::TlsStream<DuplexStream>) -> CertificateDer<'static> {
    let chain = client.get_ref().1.peer_certificates().expect("a chain");
    chain[0].clone()
}

const BOTH: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13, &rustls::version::TLS12];

#[tokio::test]
async fn the_protocol_that_both_prefer_is_agreed_upon() {
    let house = House::new();
    let rows: &[(&[&[u8]], Protocol)] = &[
        (&[b"h2", b"http/1.1"], Protocol::Http2),
        (&[b"http/1.1", b"h2"], Protocol::Http2),
        (&[b"http/1.1"], Protocol::Http1),
        (&[b"spdy/3", b"http/1.1", b"acme-tls/1"], Protocol::Http1),
        (&[], Protocol::Http1),
    ];
    for version in BOTH {
        for (protocols, expected) in rows {
            let client = house.client(&[version], protocols);
            let (server, client) = house.meet(&client).await;
            let Accepted::Reader {
                mut stream,
                protocol,
            } = server.expect("a handshake")
            else {
                panic!("it was no challenge");
            };
            assert_eq!(protocol, *expected, "{protocols:?}");
            let mut client = client.expect("a handshake");
            client.write_all(b"hello").await.expect("sent");
            let mut heard = [0; 5];
            stream.read_exact(&mut heard).await.expect("heard");
            assert_eq!(&heard, b"hello");
        }
    }
}

#[tokio::test]
async fn nothing_in_common_is_refused() {
    let house = House::new();
    let client = house.client(BOTH, &[b"smtp"]);
    let (server, client) = house.meet(&client).await;
    assert!(matches!(server, Err(HandshakeError::Failed(_))));
    assert!(client.is_err());
}

#[tokio::test]
async fn a_new_certificate_is_shown_from_the_next_handshake_on() {
    let house = House::new();
    let client = house.client(BOTH, &[]);
    let (first_server, first) = house.meet(&client).await;
    let renewed = house.renew();
    let other = house.client(BOTH, &[]);
    let (_server, second) = house.meet(&other).await;
    assert_eq!(shown(&second.expect("a handshake")), renewed);
    // The connection that was open goes on.
    let mut first = first.expect("a handshake");
    assert_ne!(shown(&first), renewed);
    let Ok(Accepted::Reader { mut stream, .. }) = first_server else {
        panic!("a handshake");
    };
    stream.write_all(b"still here").await.expect("sent");
    stream.flush().await.expect("sent");
    let mut heard = [0; 10];
    first.read_exact(&mut heard).await.expect("heard");
}

#[tokio::test]
async fn a_reader_who_returns_resumes() {
    let house = House::new();
    for version in BOTH {
        let client = house.client(&[version], &[HTTP_1]);
        let mut kinds = Vec::new();
        for _ in 0..3 {
            let (server, stream) = house.meet(&client).await;
            let Ok(Accepted::Reader {
                stream: mut ours, ..
            }) = server
            else {
                panic!("a handshake");
            };
            let mut theirs = stream.expect("a handshake");
            // Tickets of TLS 1.3 come with what is said first.
            ours.write_all(b"x").await.expect("sent");
            ours.flush().await.expect("sent");
            theirs.read_exact(&mut [0]).await.expect("heard");
            kinds.push(theirs.get_ref().1.handshake_kind());
        }
        let resumed = Some(HandshakeKind::Resumed);
        assert_eq!(
            kinds,
            [Some(HandshakeKind::Full), resumed, resumed],
            "{version:?}"
        );
    }
}

#[tokio::test]
async fn without_a_certificate_there_is_no_handshake_and_no_harm() {
    let mut house = House::new();
    let (certificates, challenges) = (Certificates::empty(), Challenges::new());
    house.acceptor = Acceptor::new(certificates, challenges, PATIENCE, &world()).expect("one");
    let (server, client) = house.meet(&house.client(BOTH, &[])).await;
    assert!(server.is_err() && client.is_err());
}

#[tokio::test]
async fn an_authority_sees_its_challenge_and_nothing_more() {
    let house = House::new();
    house
        .challenges
        .put_name("a.example", &[7; 32])
        .expect("put up");
    let client = house.client(BOTH, &[CHALLENGE]);
    let (server, client) = house.meet(&client).await;
    // What makes it a challenge is what our client can't read, and hangs up for.
    let error = client.expect_err("not trusted").to_string();
    assert!(error.contains("UnsupportedCriticalExtension"), "{error}");
    assert!(server.is_err());
    house.challenges.clear();
    let (server, client) = house.meet(&house.client(BOTH, &[CHALLENGE])).await;
    assert!(
        server.is_err() && client.is_err(),
        "nothing is being ordered"
    );
}

#[tokio::test]
async fn what_isnt_tls_or_is_too_old_is_refused() {
    let house = House::new();
    // A greeting of TLS 1.1, with one cipher suite of its time.
    let mut old = vec![22, 3, 1, 0, 47, 1, 0, 0, 43, 3, 2];
    old.extend([9; 32]);
    old.extend([0, 0, 2, 0xc0, 0x13, 1, 0, 0, 0]);
    for said in [
        &b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"[..],
        &old,
        &[0; 64],
    ] {
        let (mut theirs, ours) = tokio::io::duplex(4096);
        theirs.write_all(said).await.expect("room for it");
        let error = house.acceptor.accept(ours).await.expect_err("refused");
        assert!(matches!(error, HandshakeError::Failed(_)), "{error}");
    }
}

#[tokio::test]
async fn a_handshake_takes_a_bounded_time() {
    let mut house = House::new();
    house.acceptor.patience = Duration::from_millis(5);
    // One says nothing, one stops halfway.
    for said in [&b""[..], &[22, 3, 1, 0, 200, 1, 0]] {
        let (mut theirs, ours) = tokio::io::duplex(4096);
        theirs.write_all(said).await.expect("room for it");
        let error = house.acceptor.accept(ours).await.expect_err("too long");
        assert!(matches!(error, HandshakeError::TimedOut(_)), "{error}");
    }
}

#[test]
fn the_sample_certificates_are_valid_now() {
    let made = Site::new(&["a.example"]).make();
    let validity = crate::Validity::of(made.der()).expect("a certificate");
    assert!(validity.covers(at(NOW)));
}
