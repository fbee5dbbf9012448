//! Certificates that the program orders itself, from a real ACME authority on
//! this machine.

use std::net::SocketAddr;

use crate::pebble::Pebble;
use crate::program::{Server, free_ports};
use crate::secure::{HOST, metric, paper, trusting};

/// Two names, so that each is looked at.
const WWW: &str = "www.review.example";

/// Orders by one challenge, and looks at what readers are shown then.
async fn is_ordered_and_served(challenge: &str) {
    let [readers, plain] = free_ports();
    let pebble = Pebble::start(plain.port(), readers.port(), "").await;
    let acme = format!(
        "[server.tls.acme]\ndirectory = \"{}\"\ncontact = \"desk@review.example\"\n\
         names = [\"{HOST}\", \"{WWW}\"]\nagree = true\nchallenge = \"{challenge}\"\n\
         authorities = \"{}\"\n",
        pebble.directory(),
        pebble.own_root().display()
    );
    let paper = paper(&format!("plain = \"{plain}\""), &acme);
    paper.edit("ludgate.toml", |text| {
        let listen = text.lines().find(|line| line.starts_with("listen "));
        text.replace(
            listen.expect("a listener"),
            &format!("listen = \"{readers}\""),
        )
    });
    let mut server = paper.serve();
    server.wait_for("a new certificate is being served");
    let roots = pebble.roots().await;
    let first = shown(readers, roots.clone()).await;

    let orders = |server: &Server| metric(server, &paper, "ludgate_acme_orders_total");
    assert_eq!(orders(&server), Some(1.0));
    assert_eq!(metric(&server, &paper, "ludgate_acme_failing"), Some(0.0));
    let ends = "ludgate_certificate_expiry_timestamp_seconds{name=\"review.example\",\
                source=\"authority\"}";
    let next = metric(&server, &paper, "ludgate_acme_next_timestamp_seconds");
    assert!(metric(&server, &paper, ends) > next && next > Some(0.0));
    let looks = "ludgate_handshakes_total{outcome=\"challenge\",protocol=\"acme-tls/1\"}";
    let looks = metric(&server, &paper, looks).expect("a count");
    assert_eq!(looks > 0.0, challenge == "tls-alpn-01");

    // What was got is kept: after a restart nobody is asked.
    server.signal("TERM");
    assert_eq!(server.ended(), Some(0));
    let server = paper.serve();
    assert_eq!(shown(readers, roots).await, first);
    assert_eq!(orders(&server), Some(0.0));
}

/// The certificate that a client is shown who trusts these.
async fn shown(to: SocketAddr, roots: rustls::RootCertStore) -> Vec<u8> {
    let socket = tokio::net::TcpStream::connect(to).await.expect("there");
    let name = rustls::pki_types::ServerName::try_from(HOST).expect("a name");
    let connector = tokio_rustls::TlsConnector::from(trusting(roots, &[]));
    let stream = connector.connect(name, socket).await;
    let stream = stream.expect("a certificate that is trusted");
    let chain = stream.get_ref().1.peer_certificates().expect("a chain");
    chain[0].to_vec()
}

#[tokio::test]
#[ignore = "needs pebble, an authority for tests"]
async fn a_certificate_is_ordered_over_plain_http() {
    is_ordered_and_served("http-01").await;
}

#[tokio::test]
#[ignore = "needs pebble, an authority for tests"]
async fn a_certificate_is_ordered_over_tls() {
    is_ordered_and_served("tls-alpn-01").await;
}
