//! The program with TLS for its readers: what they are sent, certificates that
//! change while it runs, and clients that don't come to the point.

use std::io::Read;
use std::net::TcpStream;
use std::time::Duration;

use crate::program::{Paper, ask, cookie, decision, free_ports, said};
use crate::secure::{FILES, HOST, Signer, Tls, metric, paper, write};

const HSTS: &str = "strict-transport-security";

fn signed(signer: &Signer, server: &str) -> Paper {
    let paper = paper(server, FILES);
    signer.renew(&paper);
    paper
}

#[test]
fn readers_are_metered_over_tls_in_both_versions_of_http() {
    let signer = Signer::new();
    let server = signed(&signer, "").serve();
    let first = signer.get(server.readers, "/stories/one", "");
    assert!(decision(&first).contains("reason=counted"), "{first}");
    assert!(first.contains("set-cookie: __Host-ludgate="), "{first}");
    let hsts = format!("{HSTS}: max-age=15552000\r\n");
    assert!(first.contains(&hsts), "{first}");
    let line = cookie(&first);
    let value = line.trim().strip_prefix("Cookie: ").expect("a cookie");

    let (head, _) = signer.get_2(server.readers, "/stories/two", Some(value));
    let said = |head: &http::response::Parts, name: &str| {
        let value = head.headers.get(name).expect("the header");
        value.to_str().expect("text").to_owned()
    };
    assert!(
        said(&head, "ludgate-decision").contains("used=2"),
        "{head:?}"
    );
    assert_eq!(said(&head, HSTS), "max-age=15552000");
    signer.get_2(server.readers, "/stories/three", Some(value));
    let (head, body) = signer.get_2(server.readers, "/stories/four", Some(value));
    assert!(said(&head, "ludgate-decision").contains("meter-exhausted"));
    assert!(!body.contains("Paragraph 19 of four"), "withheld");
    let again = signer.get(server.readers, "/stories/one", &line);
    assert!(again.contains("Paragraph 19 of one"), "{again}");
}

#[test]
fn a_connection_goes_on_over_many_requests_and_large_pages() {
    let signer = Signer::new();
    let paper = signed(&signer, "");
    // Far more than a socket takes at once.
    let long = "Words that fill a page, and then some more of them.\n\n".repeat(18_000);
    paper.edit("content/stories/one.md", |text| {
        text.replace("tier = \"metered\"", "tier = \"free\"") + &long + "The very end.\n"
    });
    let server = paper.serve();
    let mut connection = signer.connect(server.readers);
    for _ in 0..40 {
        let page = connection.ask_on("/stories/two", "");
        assert!(page.contains("Paragraph 0 of two"));
        assert!(page.contains(HSTS));
    }
    let page = connection.ask_on("/stories/one", "");
    assert!(page.len() > 900_000 && page.contains("The very end."));
}

#[test]
fn who_comes_without_tls_is_sent_to_the_publications_own_address() {
    let signer = Signer::new();
    let [plain, _] = free_ports();
    let paper = signed(&signer, &format!("plain = \"{plain}\""));
    let server = paper.serve();
    for (method, path) in [("GET", "/stories/one?a=b"), ("POST", "/"), ("HEAD", "//x")] {
        let (status, text) = ask(plain, method, path, "X-Forwarded-Host: evil.example\r\n");
        assert_eq!(status, 308);
        let place = format!("location: https://{HOST}{path}\r\n");
        assert!(text.contains(&place), "{text}");
        assert!(!text.contains(HSTS), "{text}");
    }
    // And the readers' own listener says nothing without TLS.
    let mut socket = TcpStream::connect(server.readers).expect("a connection");
    std::io::Write::write_all(&mut socket, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    assert!(!String::from_utf8_lossy(&answer).contains("HTTP/1.1"));
}

#[test]
fn without_tls_nobody_is_told_to_insist_on_it() {
    let paper = Paper::new();
    let server = paper.serve();
    assert!(!server.get("/", "").1.contains(HSTS));
}

#[test]
fn what_browsers_are_told_to_insist_on_follows_the_configuration() {
    let signer = Signer::new();
    let with = |more: &str| {
        let paper = paper("", &format!("{FILES}{more}"));
        signer.renew(&paper);
        paper
    };
    let all = with("hsts = \"365 days\"\nhsts_subdomains = true\nhsts_preload = true");
    let mut server = all.serve();
    let page = signer.get(server.readers, "/", "");
    let value = "max-age=31536000; includeSubDomains; preload\r\n";
    assert!(page.contains(value), "{page}");
    all.edit("ludgate.toml", |text| {
        text.replace("hsts = \"365 days\"", "hsts = \"off\"")
            .replace("hsts_preload = true", "")
    });
    server.wait_for("reloaded");
    assert!(!signer.get(server.readers, "/", "").contains(HSTS));
}

#[test]
fn a_certificate_is_exchanged_while_connections_go_on() {
    let signer = Signer::new();
    let paper = signed(&signer, "");
    let mut server = paper.serve();
    let mut old = signer.connect(server.readers);
    let first = old.shown();
    assert!(old.ask_on("/stories/one", "").contains("200 OK"));
    signer.renew(&paper);
    server.wait_for("reloaded");
    let new = signer.connect(server.readers);
    assert_ne!(new.shown(), first);
    assert!(old.ask_on("/stories/one", "").contains("200 OK"));

    // On a hang-up as well.
    server.signal("HUP");
    server.wait_for("hang-up");
    assert_eq!(signer.connect(server.readers).shown(), new.shown());
}

#[test]
fn files_that_are_bad_leave_the_old_ones_at_work_and_are_told() {
    let signer = Signer::new();
    let paper = signed(&signer, "");
    let mut server = paper.serve();
    let first = signer.connect(server.readers).shown();
    let (chain, key) = signer.sign();
    let (_, others) = signer.sign();
    write(&paper, &chain, &others);
    server.wait_for("not reloaded, everything stays as it was");
    server.wait_for("isn't the key of the first certificate");
    assert_eq!(signer.connect(server.readers).shown(), first);
    assert_eq!(metric(&server, &paper, "ludgate_reload_failing"), Some(1.0));
    write(&paper, &chain, &key);
    server.wait_for("reloaded");
    assert_ne!(signer.connect(server.readers).shown(), first);
}

#[test]
fn a_certificate_that_has_run_out_is_served_and_reported_everywhere() {
    let signer = Signer::new();
    let paper = paper("", FILES);
    let (chain, key) = signer.sign_until(2026);
    write(&paper, &chain, &key);
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("warning: the certificate in"), "{text}");
    let server = paper.serve();
    assert!(
        server.seen.contains("browsers refuse it"),
        "{}",
        server.seen
    );
    let ends = metric(
        &server,
        &paper,
        "ludgate_certificate_expiry_timestamp_seconds",
    );
    assert_eq!(ends, Some(1_767_225_600.0));
    let token = std::fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let bearer = format!("Authorization: Bearer {}\r\n", token.trim());
    let (_, page) = crate::program::get(server.admin, "/", &bearer);
    assert!(
        page.contains("the certificate for review.example ran out"),
        "{page}"
    );
}

#[test]
fn clients_that_dont_come_to_the_point_take_no_room_for_long() {
    let signer = Signer::new();
    // Two may be at the door at a time.
    let paper = signed(&signer, "connections = 8\nhandshake_timeout = \"400 ms\"");
    let server = paper.serve();
    let mut idle: Vec<TcpStream> = (0..4)
        .map(|_| TcpStream::connect(server.readers).expect("a connection"))
        .collect();
    // Half a record, which is as good as nothing.
    std::io::Write::write_all(&mut idle[0], &[22, 3, 1, 2, 0, 1]).expect("sent");
    let page = signer.get(server.readers, "/stories/one", "");
    assert!(page.contains("200 OK"), "{page}");
    for socket in &mut idle {
        let patience = Some(Duration::from_secs(30));
        socket.set_read_timeout(patience).expect("a time-out");
        let ended = socket.read(&mut [0]);
        assert!(matches!(ended, Ok(0) | Err(_)), "{ended:?}");
    }
    let count = |labels: &str| {
        let name = format!("ludgate_handshakes_total{{{labels}}}");
        metric(&server, &paper, &name)
    };
    let late = count("outcome=\"timed-out\",protocol=\"none\"").expect("a count");
    assert!(late >= 4.0, "{late}");
    assert_eq!(count("outcome=\"done\",protocol=\"http/1.1\""), Some(1.0));
    assert_eq!(count("outcome=\"done\",protocol=\"h2\""), Some(0.0));
}

#[test]
fn a_stop_waits_neither_for_idle_connections_nor_for_handshakes() {
    let signer = Signer::new();
    let paper = signed(
        &signer,
        "drain_timeout = \"10 min\"\nhandshake_timeout = \"10 min\"",
    );
    let server = paper.serve();
    let mut idle = signer.connect(server.readers);
    assert!(idle.ask_on("/", "").contains("200 OK"));
    let _knocking = TcpStream::connect(server.readers).expect("a connection");
    server.signal("TERM");
    let mut rest = Vec::new();
    let farewell = idle.0.read_to_end(&mut rest);
    assert!(farewell.is_ok() && rest.is_empty(), "{farewell:?}");
    assert_eq!(server.ended(), Some(0));
}

#[test]
fn listeners_and_the_authority_change_at_the_next_start_only() {
    let signer = Signer::new();
    let paper = signed(&signer, "");
    let mut server = paper.serve();
    let [plain, _] = free_ports();
    paper.edit("ludgate.toml", |text| {
        text.replace("[server]", &format!("[server]\nplain = \"{plain}\""))
    });
    server.wait_for("next start");
    server.wait_for("reloaded");
    assert!(server.seen.contains("server.plain"), "{}", server.seen);
    assert!(TcpStream::connect(plain).is_err());
}

#[test]
#[ignore = "needs h2load, which loads a server over HTTP/2"]
fn many_streams_at_once_are_all_answered_however_small_their_windows() {
    let signer = Signer::new();
    let server = signed(&signer, "").serve();
    let url = format!("https://{}/stories/one", server.readers);
    // Windows of 64 KB and of 1 KB, a new connection now and then, and HTTP/1.1.
    let rows: &[&[&str]] = &[
        &["-n", "4000", "-c", "10", "-m", "100"],
        &["-n", "500", "-c", "5", "-m", "100", "-w", "10", "-W", "10"],
        &["-n", "200", "-c", "200", "-m", "1"],
        &["-n", "2000", "-c", "10", "--h1"],
    ];
    for row in rows {
        let output = std::process::Command::new("h2load")
            .args(*row)
            .arg(&url)
            .output()
            .expect("h2load, of Debian's package nghttp2-client");
        let text = String::from_utf8_lossy(&output.stdout);
        let all = format!("{0} total, {0} started, {0} done", row[1]);
        assert!(text.contains(&all), "{row:?}: {text}");
        assert!(text.contains("0 errored, 0 timeout"), "{row:?}: {text}");
        // A thread that can't keep up turns some away, in time and in good order.
        assert!(text.contains(" 0 3xx, 0 4xx,"), "{row:?}: {text}");
        assert!(!text.contains("status codes: 0 2xx"), "{row:?}: {text}");
    }
}

/// A site that speaks WebSocket, as far as a test needs it: what is said to it
/// after its answer it says back.
fn echo() -> std::net::SocketAddr {
    use std::io::Write;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                if stream.read_exact(&mut byte).is_err() {
                    break;
                }
                head.extend(byte);
            }
            let answer = b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n\
                           Upgrade: websocket\r\n\r\n";
            let _ = stream.write_all(answer);
            let mut from = stream.try_clone().expect("a socket");
            let _ = std::io::copy(&mut from, &mut stream);
        }
    });
    address
}

#[test]
fn a_websocket_is_spoken_over_tls() {
    use std::io::Write;
    let signer = Signer::new();
    let paper = signed(&signer, "");
    paper.edit("ludgate.toml", |text| {
        let origin = format!(
            "url = \"http://{}\"\npreset = \"wordpress\"\nupgrades = [\"/live\"]",
            echo()
        );
        text.replace("content = \"content\"", &origin)
    });
    let server = paper.serve();
    let Tls(stream) = &mut signer.connect(server.readers);
    let asked = format!(
        "GET /live HTTP/1.1\r\nHost: {HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(asked.as_bytes()).expect("sent");
    let mut heard = Vec::new();
    while !heard.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).expect("a head");
        heard.extend(byte);
    }
    assert!(heard.starts_with(b"HTTP/1.1 101 "));
    for said in ["one", "another", "a third"] {
        stream.write_all(said.as_bytes()).expect("sent");
        stream.flush().expect("sent");
        let mut heard = vec![0; said.len()];
        stream.read_exact(&mut heard).expect("an echo");
        assert_eq!(heard, said.as_bytes());
    }
}
