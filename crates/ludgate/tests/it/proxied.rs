//! Readers behind a proxy that passes connections on, and tells in a PROXY
//! header whose they are.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::program::{Paper, decision, free_ports};
use crate::secure::{FILES, HOST, Signer, metric, paper};

/// A header of version 2 for a client at this address.
fn told(address: [u8; 4]) -> Vec<u8> {
    let mut header = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c".to_vec();
    header.extend(address);
    header.extend([10, 0, 0, 1, 0xc0, 0x01, 0x01, 0xbb]);
    header
}

/// Of version 2, from the proxy itself.
const LOCAL: &[u8] = b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0";

/// Readers of one network read for nothing.
const OFFICE: &str = "[[rules]]\nid = \"office\"\nwhen = { network = \"198.51.100.0/24\" }\n\
                      then = \"open\"\n\n[[rules]]";

fn secured(signer: &Signer, proxies: &str) -> Paper {
    let server = format!("proxy_protocol = true\ntrusted_proxies = [\"{proxies}\"]");
    let paper = paper(&server, FILES);
    signer.renew(&paper);
    paper.edit("ludgate.toml", |text| text.replacen("[[rules]]", OFFICE, 1));
    paper
}

fn saying(to: SocketAddr, header: &[u8]) -> TcpStream {
    let mut socket = TcpStream::connect(to).expect("a connection");
    socket.write_all(header).expect("sent");
    let patience = Some(Duration::from_secs(30));
    socket.set_read_timeout(patience).expect("a time-out");
    socket
}

/// What a reader whom the proxy announces so is sent.
fn read(signer: &Signer, to: SocketAddr, header: &[u8], fields: &str) -> String {
    let stream = signer.shake_hands(saying(to, header));
    let mut stream = stream.expect("a handshake");
    stream.ask("/stories/one", &format!("Connection: close\r\n{fields}"))
}

#[test]
fn a_trusted_proxy_tells_whose_a_connection_is() {
    let signer = Signer::new();
    let paper = secured(&signer, "127.0.0.1");
    let server = paper.serve();
    let page = |header: &[u8], fields: &str| {
        let page = read(&signer, server.readers, header, fields);
        assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
        decision(&page).to_owned()
    };
    let office = told([198, 51, 100, 7]);
    assert!(page(&office, "").contains("rule=\"office\""));
    let version_1 = b"PROXY TCP4 198.51.100.7 10.0.0.1 4711 443\r\n";
    assert!(page(version_1, "").contains("rule=\"office\""));
    // Whoever is told is the client, and not believed what they say themselves.
    let elsewhere = told([203, 0, 113, 9]);
    let forged = "X-Forwarded-For: 198.51.100.7\r\n";
    assert!(page(&elsewhere, forged).contains("reason=counted"));
    // Nor is anybody of whom the proxy tells nothing.
    assert!(page(LOCAL, forged).contains("reason=counted"));
    assert!(page(b"PROXY UNKNOWN\r\n", forged).contains("reason=counted"));
}

#[test]
fn a_trusted_proxy_that_tells_nothing_isnt_served() {
    let signer = Signer::new();
    let paper = secured(&signer, "127.0.0.1");
    let server = paper.serve();
    assert!(signer.shake_hands(saying(server.readers, b"")).is_err());
    let missing = metric(&server, &paper, "ludgate_proxy_headers_missing_total");
    assert_eq!(missing, Some(1.0));
}

#[test]
fn a_stranger_may_connect_and_cant_claim_an_address() {
    let signer = Signer::new();
    let paper = secured(&signer, "10.0.0.1");
    let server = paper.serve();
    let page = signer.get(server.readers, "/stories/one", "");
    assert!(decision(&page).contains("reason=counted"), "{page}");
    let claim = saying(server.readers, &told([198, 51, 100, 7]));
    assert!(signer.shake_hands(claim).is_err());
}

#[test]
fn without_tls_the_header_is_read_as_well() {
    let paper = Paper::new();
    paper.story("one");
    paper.edit("ludgate.toml", |text| {
        text.replace(
            "[server]",
            "[server]\nproxy_protocol = true\ntrusted_proxies = [\"127.0.0.1\"]",
        )
        .replacen("[[rules]]", OFFICE, 1)
            + "\n[debug]\nexpose_decisions = true\n"
    });
    let server = paper.serve();
    let ask = |header: &[u8]| {
        let mut socket = saying(server.readers, header);
        let request = b"GET /stories/one HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        socket.write_all(request).expect("sent");
        let mut answer = String::new();
        let _ = socket.read_to_string(&mut answer);
        answer
    };
    let page = ask(&told([198, 51, 100, 7]));
    assert!(page.contains("rule=\"office\""), "{page}");
    let page = ask(&told([203, 0, 113, 9]));
    assert!(page.contains("reason=counted"), "{page}");
    assert_eq!(ask(b""), "");
}

#[test]
fn those_without_tls_are_sent_to_it_through_the_proxy_too() {
    let signer = Signer::new();
    let [plain, _] = free_ports();
    let paper = secured(&signer, "127.0.0.1");
    paper.edit("ludgate.toml", |text| {
        text.replace("[server]", &format!("[server]\nplain = \"{plain}\""))
    });
    let _server = paper.serve();
    let mut socket = saying(plain, &told([203, 0, 113, 9]));
    socket
        .write_all(b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
        .expect("sent");
    let mut answer = String::new();
    let _ = socket.read_to_string(&mut answer);
    let place = format!("location: https://{HOST}/a\r\n");
    assert!(answer.contains(&place), "{answer}");
}
