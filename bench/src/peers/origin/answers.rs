//! What the site behind answers.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use rustix::fs::{MemfdFlags, memfd_create};

/// Where stories are; a number of five digits follows.
pub(crate) const STORIES: &str = "/stories/story-";

/// Where a film is.
pub(crate) const FILM: &str = "/files/film.mp4";

/// Where a picture is that nobody may keep, and one that everybody may.
pub(crate) const PICTURE: &str = "/files/picture.png";
pub(crate) const KEPT_PICTURE: &str = "/files/kept/picture.png";

/// Bytes of a film.
const FILM_BYTES: usize = 100_000_000;

/// Bytes of a picture.
const PICTURE_BYTES: usize = 4096;

/// Bytes of the file in memory that films are made of, again and again: few
/// enough for a processor's caches, so that reading it costs nobody anything.
const REEL: usize = 4_000_000;

/// gzip's own level, as web servers' modules use it or less.
const LEVEL: u32 = 6;

type Story = Box<dyn Fn(&str) -> String + Send>;

/// What the site has.
pub(super) struct Answers {
    story: Story,
    compresses: bool,
    /// Answers with compressed stories, by path, from when they were first asked
    /// for: compressing is the site's affair and none of whoever asks.
    compressed: HashMap<String, Arc<[u8]>>,
    reel: File,
    film: Arc<[u8]>,
    picture: Arc<[u8]>,
    kept_picture: Arc<[u8]>,
    nothing: Arc<[u8]>,
}

/// What is still to be sent.
pub(super) struct Answer {
    pub(super) bytes: Arc<[u8]>,
    /// How many of the bytes have been sent.
    pub(super) at: usize,
    /// What is left of a film that follows them.
    pub(super) film: usize,
}

impl Answers {
    pub(super) fn new(story: Story, compresses: bool) -> io::Result<Self> {
        let mut reel = File::from(memfd_create("reel", MemfdFlags::CLOEXEC)?);
        reel.write_all(&noise(REEL))?;
        let picture = |keep| {
            let head = head("image/png", keep, PICTURE_BYTES, "");
            [head.as_bytes(), &noise(PICTURE_BYTES)].concat().into()
        };
        Ok(Self {
            story,
            compresses,
            compressed: HashMap::new(),
            reel,
            film: head("video/mp4", A_WHILE, FILM_BYTES, "").as_bytes().into(),
            picture: picture("no-store"),
            kept_picture: picture(A_WHILE),
            nothing: b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"[..].into(),
        })
    }

    /// The answer to the request with this head.
    pub(super) fn to(&mut self, request: &[u8]) -> Answer {
        let request = String::from_utf8_lossy(request);
        let path = request.split(' ').nth(1).unwrap_or_default();
        let bytes = match path {
            FILM => Arc::clone(&self.film),
            PICTURE => Arc::clone(&self.picture),
            KEPT_PICTURE => Arc::clone(&self.kept_picture),
            path => match path.strip_prefix("/stories/") {
                Some(name) if self.compresses && wants_gzip(&request) => self.compressed(name),
                Some(name) => {
                    let page = (self.story)(name);
                    let varies = if self.compresses { VARIES } else { "" };
                    let head = head(PAGE, A_WHILE, page.len(), varies);
                    (head + &page).into_bytes().into()
                }
                None => Arc::clone(&self.nothing),
            },
        };
        Answer {
            bytes,
            at: 0,
            film: if path == FILM { FILM_BYTES } else { 0 },
        }
    }

    fn compressed(&mut self, name: &str) -> Arc<[u8]> {
        if let Some(answer) = self.compressed.get(name) {
            return Arc::clone(answer);
        }
        let mut encoder = GzEncoder::new(Vec::new(), Compression::new(LEVEL));
        // Writing to a vector doesn't fail.
        let _ = encoder.write_all((self.story)(name).as_bytes());
        let page = encoder.finish().unwrap_or_default();
        let more = format!("{VARIES}Content-Encoding: gzip\r\n");
        let head = head(PAGE, A_WHILE, page.len(), &more);
        let answer: Arc<[u8]> = [head.as_bytes(), &page].concat().into();
        self.compressed.insert(name.to_owned(), Arc::clone(&answer));
        answer
    }

    /// Where a film goes on of which so much is `left`: a file, from there, for so
    /// many bytes.
    pub(super) fn film(&self, left: usize) -> (&File, u64, usize) {
        let at = (FILM_BYTES - left) % REEL;
        (&self.reel, at as u64, left.min(REEL - at))
    }
}

const PAGE: &str = "text/html; charset=utf-8";
const A_WHILE: &str = "public, max-age=3600";
const VARIES: &str = "Vary: Accept-Encoding\r\n";

/// A head as sites send it; `more` are further lines.
fn head(kind: &str, keep: &str, length: usize, more: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nCache-Control: {keep}\r\nContent-Length: \
         {length}\r\n{more}\r\n"
    )
}

fn wants_gzip(request: &str) -> bool {
    request.lines().any(|line| {
        let (name, value) = line.split_once(':').unwrap_or_default();
        name.eq_ignore_ascii_case("accept-encoding") && value.contains("gzip")
    })
}

/// Bytes that nobody could compress.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_story_comes_compressed_where_that_is_asked_for() {
        let mut answers =
            Answers::new(Box::new(|name| format!("<p>{name}</p>")), true).expect("a reel");
        let mut body = |request: &str| {
            let answer = answers.to(request.as_bytes());
            let end = answer.bytes.windows(4).position(|four| four == b"\r\n\r\n");
            answer.bytes[end.expect("a head") + 4..].to_vec()
        };
        assert_eq!(body("GET /stories/a HTTP/1.1\r\nHost: b"), b"<p>a</p>");
        let zipped = body("GET /stories/a HTTP/1.1\r\nAccept-Encoding: gzip, br");
        let mut page = String::new();
        let mut decoder = flate2::read::GzDecoder::new(&zipped[..]);
        decoder.read_to_string(&mut page).expect("gzip");
        assert_eq!(page, "<p>a</p>");
    }

    #[test]
    fn a_film_is_sent_to_its_end() {
        let mut answers = Answers::new(Box::new(str::to_owned), true).expect("a reel");
        let mut left = answers.to(b"GET /files/film.mp4 HTTP/1.1").film;
        let mut pieces = 0;
        while left > 0 {
            let (_, at, most) = answers.film(left);
            assert!(most > 0 && at + most as u64 <= REEL as u64);
            left -= most;
            pieces += 1;
        }
        assert_eq!(pieces, FILM_BYTES / REEL);
    }
}
