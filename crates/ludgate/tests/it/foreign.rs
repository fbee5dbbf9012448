//! The program in front of a site that is served by somebody else: a small
//! server of ours that speaks HTTP and nothing more.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::program::{Paper, cookie, decision, said};
use crate::secure::metric;

/// A site whose pages a test may change.
pub(crate) struct Cms {
    pub(crate) address: SocketAddr,
    said: Arc<Said>,
}

/// What a site says, and how often it was asked.
struct Said {
    /// What is added to every story.
    edition: Mutex<String>,
    /// Header lines of every answer.
    headers: Mutex<String>,
    asked: AtomicUsize,
}

impl Cms {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let said = Arc::new(Said {
            edition: Mutex::new("first edition".to_owned()),
            headers: Mutex::default(),
            asked: AtomicUsize::new(0),
        });
        let says = Arc::clone(&said);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let says = Arc::clone(&says);
                std::thread::spawn(move || serve(stream, &says));
            }
        });
        Self { address, said }
    }

    /// Says another thing in every story from now on.
    pub(crate) fn publish(&self, edition: &str) {
        edition.clone_into(&mut self.said.edition.lock().expect("a lock"));
    }

    /// Answers with these header lines, each with its end, from now on.
    pub(crate) fn say(&self, headers: &str) {
        headers.clone_into(&mut self.said.headers.lock().expect("a lock"));
    }

    /// How often it was asked for something.
    pub(crate) fn asked(&self) -> usize {
        self.said.asked.load(Ordering::SeqCst)
    }

    /// A paper in front of it.
    pub(crate) fn paper(&self) -> Paper {
        let paper = Paper::new();
        paper.edit("ludgate.toml", |text| {
            let origin = format!("url = \"http://{}\"\npreset = \"wordpress\"", self.address);
            text.replace("content = \"content\"", &origin) + "\n[debug]\nexpose_decisions = true\n"
        });
        paper
    }
}

/// Answers requests until the other side has no more.
fn serve(stream: TcpStream, said: &Said) {
    let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
    let mut stream = stream;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let path = line.split(' ').nth(1).unwrap_or("/").to_owned();
        let mut length = 0;
        let mut is_to_change = false;
        loop {
            let mut field = String::new();
            if reader.read_line(&mut field).unwrap_or(0) == 0 {
                return;
            }
            if let Some(value) = field.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            is_to_change |= field.to_ascii_lowercase().starts_with("upgrade:");
            if field == "\r\n" {
                break;
            }
        }
        let mut sent = vec![0; length];
        if reader.read_exact(&mut sent).is_err() {
            return;
        }
        said.asked.fetch_add(1, Ordering::SeqCst);
        if is_to_change && path == "/live" {
            echo(&mut reader, &mut stream);
            return;
        }
        let edition = said.edition.lock().expect("a lock").clone();
        let headers = said.headers.lock().expect("a lock").clone();
        let text = (0..20).fold(String::new(), |text, number| {
            text + &format!(
                "<p>Paragraph {number} of canary{number}end, which goes on a while.</p>"
            )
        });
        let (media, body) = match path.as_str() {
            "/feed/" => (
                "application/rss+xml",
                format!(
                    "<rss><channel><item><title>A</title><description>{}</description></item>\
                     </channel></rss>",
                    text.replace('<', "&lt;")
                ),
            ),
            "/data.json" => ("application/json", format!("{{\"text\":\"{text}\"}}")),
            _ => (
                "text/html; charset=utf-8",
                format!("<h1>{edition}</h1><div class=entry-content>{text}</div>"),
            ),
        };
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {}\r\n{headers}\r\n{body}",
            body.len()
        );
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

/// Speaks another protocol from now on: says again whatever is said.
fn echo(reader: &mut BufReader<TcpStream>, stream: &mut TcpStream) {
    let switched = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n\
                    Upgrade: websocket\r\n\r\n";
    let _ = stream.write_all(switched.as_bytes());
    let _ = std::io::copy(reader, stream);
}

#[test]
fn a_site_is_metered_by_ten_lines_and_its_other_doors_are_closed() {
    let cms = Cms::start();
    let server = cms.paper().serve();
    let mut header = String::new();
    for story in ["a", "b", "c"] {
        let (_, page) = server.get(&format!("/2026/11/{story}/"), &header);
        assert!(
            decision(&page).starts_with("full; reason=counted"),
            "{page}"
        );
        header = cookie(&page);
    }
    let (_, page) = server.get("/2026/11/d/", &header);
    assert!(decision(&page).starts_with("preview"), "{page}");
    assert!(page.contains("canary0end") && !page.contains("canary9end"));
    let (_, feed) = server.get("/feed/", "");
    assert!(
        feed.contains("canary0end") && !feed.contains("canary19end"),
        "{feed}"
    );
    let (status, data) = server.get("/data.json", "");
    assert_eq!((status, data.contains("canary")), (403, false));
}

#[test]
fn a_correction_is_seen_at_once_by_who_is_told_to_forget() {
    let cms = Cms::start();
    let paper = cms.paper();
    let server = paper.serve();
    let page = || server.get("/2026/11/a/", "").1;
    assert!(page().contains("first edition"));
    cms.publish("corrected edition");
    let asked = cms.asked();
    assert!(page().contains("first edition"), "it is kept for a minute");
    assert_eq!(cms.asked(), asked);
    let config = paper.config();
    let purge = |which: &[&str]| {
        let (code, text) = said(&[&["purge", "--config", &config], which].concat());
        assert_eq!(code, 0, "{text}");
        text
    };
    assert!(purge(&["--url", "/2026/11/b/"]).contains("nothing of that"));
    let address = format!("http://{}/2026/11/a/", server.readers);
    assert!(purge(&["--url", &address]).contains("1 page is forgotten"));
    assert!(page().contains("corrected edition"));
    let (code, text) = said(&["purge", "--config", &config]);
    assert_eq!(code, 2, "all pages are not meant by saying nothing: {text}");
    assert!(purge(&["--all"]).contains("1 page is forgotten"));
}

#[test]
fn mistakes_about_a_site_are_named_where_they_are() {
    let cms = Cms::start();
    for (from, to, expected) in [
        (
            "preset = \"wordpress\"",
            "preset = \"wordpres\"",
            "did you mean \"wordpress\"?",
        ),
        (
            "preset = \"wordpress\"",
            "",
            "nothing says which elements hold a story's text",
        ),
        ("url = \"http://", "url = \"", "is no address of a server"),
        (
            "url = ",
            "certificate_name = \"https://cms.example\"\nurl = ",
            "write a host's name only",
        ),
        ("url = ", "content = \"content\"\nurl = ", "not from both"),
        (
            "[debug]",
            "[origin.secret]\nheader = \"X-Gate\"\nfile = \"none\"\n[debug]",
            "can't be read",
        ),
    ] {
        let paper = cms.paper();
        paper.edit("ludgate.toml", |text| text.replacen(from, to, 1));
        let (code, text) = said(&["check", "--config", &paper.config()]);
        assert_eq!(code, 2, "{to}: {text}");
        assert!(text.contains(expected), "{to}: {text}");
    }
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        text.replace(
            "content = \"content\"",
            "content = \"content\"\nopen = [\"/a\"]",
        )
    });
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 2, "{text}");
    assert!(
        text.contains("about a site that is there already"),
        "{text}"
    );
}

#[test]
fn a_server_of_the_site_that_fails_is_seen_in_the_metrics_and_one_that_answers_too() {
    let cms = Cms::start();
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a port");
    let gone = nobody.local_addr().expect("an address");
    drop(nobody);
    let paper = cms.paper();
    paper.edit("ludgate.toml", |text| {
        let several = format!("url = [\"http://{}\", \"http://{gone}\"]", cms.address);
        text.replace(&format!("url = \"http://{}\"", cms.address), &several)
    });
    let server = paper.serve();
    let up = |address: SocketAddr| {
        let name = format!("ludgate_site_server_up{{server=\"http://{address}\"}}");
        metric(&server, &paper, &name).expect("a metric") > 0.5
    };
    assert!(up(cms.address) && up(gone), "nobody has failed yet");
    // By turns, and twice where one fails: three failures in a row by then.
    for number in 0..8 {
        let (status, _) = server.get(&format!("/2026/11/{number}/"), "");
        assert_eq!(status, 200);
    }
    assert!(up(cms.address) && !up(gone));
}

#[test]
fn a_gate_that_observes_counts_what_it_would_keep_back() {
    let cms = Cms::start();
    let paper = cms.paper();
    paper.edit("ludgate.toml", |text| {
        text + "\n[gate]\nmode = \"observe\"\n"
    });
    let mut server = paper.serve();
    for (path, times) in [
        ("/data.json", 2),
        ("/wp-json/wp/v2/posts", 1),
        ("/2026/11/a/", 1),
    ] {
        for _ in 0..times {
            let (status, page) = server.get(path, "");
            assert_eq!(
                (status, page.contains("canary19end")),
                (200, true),
                "{path}"
            );
        }
    }
    let value = |name: &str| metric(&server, &paper, name).expect("a metric");
    for (reason, times) in [("closed", 3.0), ("unreadable", 0.0), ("story-missing", 0.0)] {
        let observed = format!("ludgate_observed_refusals_total{{reason=\"{reason}\"}}");
        assert_eq!(value(&observed).to_bits(), f64::to_bits(times), "{reason}");
        let refused = format!("ludgate_refusals_total{{reason=\"{reason}\"}}");
        assert_eq!(value(&refused).to_bits(), f64::to_bits(0.0), "{reason}");
    }
    server.wait_for("path=\"/data.json\"");
    assert!(server.seen.contains("is kept back"), "{}", server.seen);
    assert!(server.seen.contains("observes=true"), "{}", server.seen);
}
