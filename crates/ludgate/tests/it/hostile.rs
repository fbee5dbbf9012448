//! The program in front of a server that lies, stalls, floods and breaks off.
//! Whatever it does, nothing opens, nothing grows, and the log says what to look
//! at.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::program::{Paper, Server, bytes, cookie};

/// Words that nobody may see who has used up the month.
const CANARY: &str = "canary";

/// How long anything may take, the two tries of a second each included.
const AT_MOST: Duration = Duration::from_secs(15);

/// The most memory that the program may ever have held: what it takes when it
/// has just started, and a handful of the largest pages.
const MEMORY: u64 = 256 << 20;

/// A story's text: its beginning, and paragraphs that are for payers.
fn text() -> String {
    (0..30).fold(String::new(), |text, number| {
        let word = if number < 12 { "open" } else { CANARY };
        text + &format!("<p>Paragraph {number} of {word}{number} goes on for a while yet.</p>\n")
    })
}

fn story() -> String {
    format!("<h1>Title</h1><div class=entry-content>{}</div>", text())
}

fn head(lines: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{lines}\r\n").into_bytes()
}

/// An answer that is whole when the connection ends.
fn until_the_end(lines: &str, body: &[u8]) -> Vec<u8> {
    [&head(&format!("Connection: close\r\n{lines}")), body].concat()
}

fn html(body: &[u8]) -> Vec<u8> {
    until_the_end("Content-Type: text/html; charset=utf-8\r\n", body)
}

fn typed(media: &str) -> Vec<u8> {
    until_the_end(&format!("Content-Type: {media}\r\n"), story().as_bytes())
}

fn zipped(body: &[u8]) -> Vec<u8> {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    zip.write_all(body).expect("memory");
    zip.finish().expect("memory")
}

fn encoded(coding: &str, body: &[u8]) -> Vec<u8> {
    let lines = format!("Content-Type: text/html\r\nContent-Encoding: {coding}\r\n");
    until_the_end(&lines, body)
}

fn utf16(bom: bool, charset: &str) -> Vec<u8> {
    let units = story().encode_utf16().collect::<Vec<_>>();
    let bom: &[u8] = if bom { &[0xff, 0xfe] } else { &[] };
    let body = [
        bom,
        &units
            .iter()
            .flat_map(|u| u.to_le_bytes())
            .collect::<Vec<_>>(),
    ]
    .concat();
    until_the_end(&format!("Content-Type: text/html{charset}\r\n"), &body)
}

/// What a server says at a path, and what the log must then say.
struct Case {
    path: &'static str,
    says: Vec<u8>,
    /// Whether it then keeps the connection open and says nothing.
    stalls: bool,
    log: Option<&'static str>,
}

fn case(path: &'static str, says: Vec<u8>, log: Option<&'static str>) -> Case {
    Case {
        path,
        says,
        stalls: false,
        log,
    }
}

fn stalling(path: &'static str, says: Vec<u8>, log: &'static str) -> Case {
    Case {
        stalls: true,
        ..case(path, says, Some(log))
    }
}

/// About the connection and the head.
fn framing() -> Vec<Case> {
    let story = story();
    let whole = "Content-Type: text/html; charset=utf-8\r\n";
    let length = |length: usize| {
        [
            head(&format!("{whole}Content-Length: {length}\r\n")),
            story.clone().into_bytes(),
        ]
        .concat()
    };
    let chunked = |lines: &str, end: &str| {
        let lines = format!("{whole}Transfer-Encoding: chunked\r\n{lines}");
        let body = format!("{:x}\r\n{story}\r\n{end}", story.len());
        [head(&lines), body.into_bytes()].concat()
    };
    let flood = |line: &str, times: usize| {
        [line.repeat(times).into_bytes(), html(story.as_bytes())].concat()
    };
    vec![
        case("/too-long", length(story.len() + 100), Some("broke off")),
        case("/too-short", length(story.len() - 300), None),
        stalling("/silent", Vec::new(), "did not begin to answer"),
        stalling(
            "/half-a-head",
            b"HTTP/1.1 200 OK\r\nContent-Ty".to_vec(),
            "did not begin to answer",
        ),
        stalling("/half-a-body", length(story.len() + 1), "nothing more came"),
        case("/reset", chunked("", ""), Some("broke off")),
        case("/no-chunk", chunked("", "zz\r\n"), Some("broke off")),
        case("/both", chunked("Content-Length: 5\r\n", "0\r\n\r\n"), None),
        case(
            "/trailers",
            chunked(
                "Trailer: Content-Type\r\n",
                "0\r\nContent-Type: text/plain\r\n\u{1}: x\r\n\r\n",
            ),
            None,
        ),
        case(
            "/many-headers",
            until_the_end(&"X-A: b\r\n".repeat(100_000), story.as_bytes()),
            Some("no HTTP"),
        ),
        case(
            "/no-colon",
            until_the_end("Content-Type text/html\r\n", story.as_bytes()),
            Some("no HTTP"),
        ),
        case("/http-0.9", story.clone().into_bytes(), Some("no HTTP")),
        case("/nothing", Vec::new(), Some("no HTTP")),
        case(
            "/continue",
            flood("HTTP/1.1 100 Continue\r\n\r\n", 50_000),
            None,
        ),
        case(
            "/early-hints",
            flood("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 50_000),
            None,
        ),
    ]
}

/// About what the body is said to be.
fn meanings() -> Vec<Case> {
    let story = story();
    let text = story.as_bytes();
    let status = |status: &str, lines: &str| {
        let head = format!(
            "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/html\r\n{lines}\r\n"
        );
        [head.as_bytes(), text].concat()
    };
    let zip = zipped(text);
    let bomb = zipped(&vec![b' '; 300 << 20]);
    let ranges = format!(
        "--a\r\nContent-Type: text/html\r\nContent-Range: bytes 0-9/10\r\n\r\n{story}\r\n--a--\r\n"
    );
    let kept_back = Some("kept back");
    vec![
        case("/no-gzip", encoded("gzip", text), Some("no sound gzip")),
        case(
            "/half-a-gzip",
            encoded("gzip", &zip[..zip.len() / 2]),
            Some("no sound gzip"),
        ),
        case("/bomb", encoded("gzip", &bomb), Some("no sound gzip")),
        case("/brotli", encoded("br", text), Some("wasn't asked for")),
        case(
            "/twice",
            encoded("gzip, gzip", &zipped(&zip)),
            Some("wasn't asked for"),
        ),
        case(
            "/two-codings",
            encoded("gzip\r\nContent-Encoding: gzip", &zipped(&zip)),
            Some("wasn't asked for"),
        ),
        case("/no-charset", typed("text/html"), None),
        case(
            "/klingon",
            typed("text/html; charset=klingon"),
            Some("can't be taken apart"),
        ),
        case("/wrong-charset", typed("text/html; charset=utf-16le"), None),
        case(
            "/utf-7",
            typed("text/html; charset=utf-7"),
            Some("can't be taken apart"),
        ),
        case("/utf-16-bom", utf16(true, ""), None),
        case("/utf-16", utf16(false, "; charset=utf-16le"), None),
        case("/utf-16-lie", utf16(true, "; charset=utf-8"), None),
        case("/plain", typed("text/plain"), kept_back),
        case("/xhtml", typed("application/xhtml+xml"), None),
        case("/untyped", until_the_end("", text), kept_back),
        case(
            "/two-types",
            typed("text/css\r\nContent-Type: text/html"),
            kept_back,
        ),
        case(
            "/ranges",
            status(
                "206 Partial Content",
                "Content-Type: multipart/byteranges; boundary=a\r\n",
            ),
            kept_back,
        ),
        case(
            "/ranges-typed",
            until_the_end(
                "Content-Type: multipart/byteranges; boundary=a\r\n",
                ranges.as_bytes(),
            ),
            kept_back,
        ),
        case(
            "/part",
            status("206 Partial Content", "Content-Range: bytes 0-9/10\r\n"),
            Some("a part (206)"),
        ),
        case(
            "/unchanged",
            status("304 Not Modified", ""),
            Some("(304), which nobody asked"),
        ),
        case("/odd-status", status("999 Odd", ""), None),
        case(
            "/moved-here",
            status("302 Found", "Location: /moved-here\r\n"),
            None,
        ),
        case(
            "/moved-away",
            status("301 Moved", "Location: http://other.example/\r\n"),
            None,
        ),
    ]
}

/// About the page and what is said around it.
fn pages() -> Vec<Case> {
    let (story, text) = (story(), text());
    let around = |lines: &str| {
        let lines = format!("Content-Type: text/html\r\n{lines}");
        until_the_end(&lines, story.as_bytes())
    };
    let nested =
        format!("<div class=entry-content>{text}<div class=entry-content>{text}</div>{text}</div>");
    let deep = format!("{}{story}", "<div>".repeat(100_000));
    let esi = format!(
        "{story}<esi:remove>{text}</esi:remove><!--esi <p>{text}</p>--><!--#include virtual=\"/a\" -->"
    );
    vec![
        case("/nested", html(nested.as_bytes()), None),
        case("/deep", html(deep.as_bytes()), None),
        case(
            "/unclosed",
            html(format!("<div class=entry-content>{text}<p><b><table><tr>").as_bytes()),
            None,
        ),
        case(
            "/half-a-tag",
            html(format!("{story}<div class=\"entry-content\" title=\"{text}").as_bytes()),
            None,
        ),
        case(
            "/last-byte",
            html(format!("<p>A</p>{}<div class=entry-content>", " ".repeat(70_000)).as_bytes()),
            None,
        ),
        case("/esi", html(esi.as_bytes()), None),
        case(
            "/canonical",
            around(
                "Link: <http://other.example/>; rel=canonical\r\nContent-Location: http://other.example/b\r\n",
            ),
            None,
        ),
        case(
            "/cookie",
            around("Set-Cookie: sid=1\r\nSet-Cookie: ludgate=forged\r\n"),
            None,
        ),
        case("/vary-all", around("Vary: *\r\n"), None),
        case(
            "/vary-much",
            around(&format!(
                "Vary: {}\r\n",
                (0..5_000).fold(String::new(), |all, n| all + &format!("x-{n}, "))
            )),
            None,
        ),
        case(
            "/etag",
            around(
                "ETag: W/\"*\"\r\nETag: *\r\nLast-Modified: never\r\nExpires: -1\r\nAge: -5\r\n",
            ),
            None,
        ),
        case("/tags", around(&"Cache-Tag: a,b,c,d\r\n".repeat(40)), None),
    ]
}

fn all() -> Vec<Case> {
    [framing(), meanings(), pages()]
        .into_iter()
        .flatten()
        .collect()
}

/// A server that answers each connection's first request and hangs up.
struct Hostile {
    address: SocketAddr,
    /// Bytes of the endless pages that were taken.
    taken: Arc<AtomicU64>,
}

impl Hostile {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let taken = Arc::new(AtomicU64::new(0));
        let (cases, count) = (Arc::new(all()), Arc::clone(&taken));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (cases, count) = (Arc::clone(&cases), Arc::clone(&count));
                std::thread::spawn(move || answer(stream, &cases, &count));
            }
        });
        Self { address, taken }
    }

    fn serve(&self) -> Server {
        let paper = Paper::new();
        paper.edit("ludgate.toml", |text| {
            let origin = format!(
                "url = \"http://{}\"\npreset = \"wordpress\"\nfirst_byte_timeout = \"1 s\"\n\
                 stall_timeout = \"1 s\"",
                self.address
            );
            text.replace("content = \"content\"", &origin) + "\n[debug]\nexpose_decisions = true\n"
        });
        paper.serve()
    }
}

fn answer(mut stream: TcpStream, cases: &[Case], taken: &AtomicU64) {
    let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
    let mut line = String::new();
    let _ = reader.read_line(&mut line);
    let path = line.split(' ').nth(1).unwrap_or("/").to_owned();
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {}
    if let Some(media) = path.strip_prefix("/endless/") {
        return endless(&mut stream, media, taken);
    }
    let case = cases.iter().find(|case| case.path == path);
    // An error is the other side hanging up, which it may.
    let Some(case) = case else {
        let _ = stream.write_all(&html(story().as_bytes()));
        return;
    };
    let _ = stream.write_all(&case.says);
    if case.stalls {
        // Until the other side hangs up.
        let _ = reader.read_line(&mut line);
    }
}

/// Two gigabytes, unless the other side has enough before.
fn endless(stream: &mut TcpStream, media: &str, taken: &AtomicU64) {
    let media = media.replace('-', "/");
    let lines = format!("Content-Type: {media}\r\nConnection: close\r\n");
    let _ = stream.write_all(&head(&lines));
    if media.starts_with("video") {
        // What is text from its first byte on would be kept back.
        let _ = stream.write_all(b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41");
    }
    let piece = format!("<div class=entry-content>{}", text()).repeat(40);
    for _ in 0..(2_u64 << 30) / piece.len() as u64 {
        if stream.write_all(piece.as_bytes()).is_err() {
            return;
        }
        taken.fetch_add(piece.len() as u64, Ordering::SeqCst);
    }
}

/// The header of a reader who has used up the month.
fn walled(server: &Server) -> String {
    let mut header = String::new();
    for story in ["a", "b", "c"] {
        let (_, page) = server.get(&format!("/{story}/"), &header);
        header = cookie(&page);
    }
    header
}

#[test]
fn whatever_a_server_does_nothing_opens_and_the_log_says_what_it_did() {
    let hostile = Hostile::start();
    let mut server = hostile.serve();
    let reader = walled(&server);
    for case in all() {
        for headers in [
            "",
            "Accept-Encoding: gzip\r\n",
            "Range: bytes=1200-\r\n",
            "Authorization: Basic x\r\n",
        ] {
            let began = Instant::now();
            let headers = format!("{reader}{headers}");
            let (head, body) = bytes(server.readers, "GET", case.path, &headers);
            assert!(began.elapsed() < AT_MOST, "{}: {headers}", case.path);
            let body = if head.contains("content-encoding: gzip") {
                let mut whole = Vec::new();
                std::io::copy(&mut flate2::read::MultiGzDecoder::new(&*body), &mut whole)
                    .expect("gzip");
                whole
            } else {
                body
            };
            // Of UTF-16, what is left of it as ASCII.
            let seen: Vec<u8> = [head.as_bytes(), &body]
                .concat()
                .into_iter()
                .filter(|&byte| byte != 0)
                .collect();
            let seen = String::from_utf8_lossy(&seen);
            assert!(!seen.contains(CANARY), "{} {headers}: {seen}", case.path);
            assert!(!seen.contains("forged"), "{}: {head}", case.path);
            let is_own = headers.contains("Authorization");
            assert!(is_own || !seen.contains("sid=1"), "{}: {head}", case.path);
            assert!(
                !seen.contains("<esi:") && !seen.contains("<!--esi") && !seen.contains("<!--#"),
                "{}: {seen}",
                case.path
            );
            if case.log.is_some() {
                assert!(
                    ["403", "503"].contains(&&head[9..12]),
                    "{}: {head}",
                    case.path
                );
            }
        }
        if let Some(words) = case.log {
            server.wait_for(words);
        }
    }
    let (status, page) = server.get("/d/", &reader);
    assert_eq!(status, 200, "it still serves: {page}");
    let most = server.most_memory();
    assert!(most < MEMORY, "{most} bytes");
}

#[test]
fn two_gigabytes_of_html_are_not_read_and_of_a_film_never_held() {
    let hostile = Hostile::start();
    let mut server = hostile.serve();
    let (status, _) = server.get("/endless/text-html", "");
    assert_eq!(status, 503);
    server.wait_for("too large");
    let taken = hostile.taken.load(Ordering::SeqCst);
    assert!(taken < 64 << 20, "{taken} bytes of a page were read");
    let mut stream = TcpStream::connect(server.readers).expect("a connection");
    let request = "GET /endless/video-mp4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("sent");
    let passed = std::io::copy(&mut stream, &mut std::io::sink()).expect("all of it");
    assert!(passed > 2_000_000_000, "{passed}");
    let most = server.most_memory();
    assert!(most < MEMORY, "{most} bytes");
}
