//! Where one response ends and the next may be asked for.

use anyhow::{Context, Result, bail, ensure};

/// The longest head of a response that is waited for.
const MAX_HEAD: usize = 16 * 1024;

/// What may be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wants {
    /// A page, compressed.
    Page,
    /// A page, compressed, or that there is no time for one (503). Pages are kept,
    /// to be looked at.
    PageOrRefusal,
    /// A file, however it comes.
    File,
}

/// What has come and is still to come of a response.
#[derive(Debug)]
pub(super) struct Answer {
    wants: Wants,
    is_refusal: bool,
    stage: Stage,
    page: Vec<u8>,
}

/// What is still to come of a response.
#[derive(Debug)]
enum Stage {
    /// Its head, of which this much is here.
    Head(Vec<u8>),
    /// So many bytes.
    Bytes(usize),
    /// Chunks.
    Chunks(Chunk),
}

/// What is still to come of a chunk.
#[derive(Debug)]
enum Chunk {
    /// The line with its size, of which this has been read.
    Size(usize),
    /// So many bytes, its line end included.
    Bytes(usize),
    /// The bytes of the empty line that ends the last one.
    Last(usize),
}

impl Answer {
    /// Nothing has come yet.
    pub(super) fn new(wants: Wants) -> Self {
        Self {
            wants,
            is_refusal: false,
            stage: Stage::Head(Vec::new()),
            page: Vec::new(),
        }
    }

    /// Takes what has arrived; whether the response is complete with it. What
    /// comes after its end is an error: nothing else was asked for.
    pub(super) fn take(&mut self, mut arrived: &[u8]) -> Result<bool> {
        loop {
            match &mut self.stage {
                Stage::Head(head) => {
                    let before = head.len();
                    let Some((head, length)) = take_head(head, arrived)? else {
                        return Ok(false);
                    };
                    self.stage = self.after(&head)?;
                    arrived = &arrived[length - before..];
                }
                Stage::Bytes(left) => {
                    ensure!(arrived.len() <= *left, "more arrived than was promised");
                    *left -= arrived.len();
                    let is_complete = *left == 0;
                    if self.wants == Wants::PageOrRefusal && !self.is_refusal {
                        self.page.extend_from_slice(arrived);
                    }
                    return Ok(is_complete);
                }
                Stage::Chunks(chunk) => return take_chunks(chunk, arrived),
            }
        }
    }

    /// How many of the bytes to come say nothing more, so that nobody needs to
    /// look at them.
    pub(super) fn idle_bytes(&self) -> usize {
        match self.stage {
            Stage::Bytes(left) if self.wants == Wants::File => left,
            _ => 0,
        }
    }

    /// So many bytes have come that nobody has looked at, of [`Self::idle_bytes`];
    /// whether the response is complete with them.
    pub(super) fn pass_over(&mut self, bytes: usize) -> bool {
        match &mut self.stage {
            Stage::Bytes(left) => {
                *left = left.saturating_sub(bytes);
                *left == 0
            }
            _ => false,
        }
    }

    /// Whether it says that there is no time.
    pub(super) fn is_refusal(&self) -> bool {
        self.is_refusal
    }

    /// The body, where pages are kept.
    pub(super) fn into_page(self) -> Vec<u8> {
        self.page
    }

    /// What comes after this head.
    fn after(&mut self, head: &str) -> Result<Stage> {
        self.is_refusal = head.starts_with("HTTP/1.1 503 ");
        let may_be = self.wants == Wants::PageOrRefusal && self.is_refusal;
        ensure!(
            may_be || head.starts_with("HTTP/1.1 200 "),
            "{}",
            head.lines().next().unwrap_or_default()
        );
        let header = |name: &str| {
            head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then(|| value.trim())
            })
        };
        let is_page = self.wants != Wants::File && !self.is_refusal;
        ensure!(
            !is_page || header("content-encoding") == Some("gzip"),
            "not compressed: {head}"
        );
        match (header("content-length"), header("transfer-encoding")) {
            (Some(length), _) => Ok(Stage::Bytes(length.parse().context("a length")?)),
            (None, Some("chunked")) => Ok(Stage::Chunks(Chunk::Size(0))),
            _ => bail!("neither a length nor chunks: {head}"),
        }
    }
}

/// The head and its length, once it is here.
fn take_head(head: &mut Vec<u8>, arrived: &[u8]) -> Result<Option<(String, usize)>> {
    let from = head.len().saturating_sub(3);
    let take = arrived.len().min(MAX_HEAD);
    head.extend_from_slice(&arrived[..take]);
    let Some(end) = head[from..].windows(4).position(|four| four == b"\r\n\r\n") else {
        ensure!(head.len() < MAX_HEAD, "a head without end");
        return Ok(None);
    };
    head.truncate(from + end + 4);
    let text = String::from_utf8(std::mem::take(head))?;
    let length = text.len();
    Ok(Some((text, length)))
}

fn take_chunks(chunk: &mut Chunk, mut arrived: &[u8]) -> Result<bool> {
    while let Some((&byte, rest)) = arrived.split_first() {
        match chunk {
            Chunk::Size(size) => {
                arrived = rest;
                match byte {
                    b'\r' => {}
                    b'\n' if *size == 0 => *chunk = Chunk::Last(2),
                    b'\n' => *chunk = Chunk::Bytes(*size + 2),
                    digit => {
                        let digit = char::from(digit).to_digit(16).context("a chunk's size")?;
                        ensure!(*size < 1 << 24, "a chunk of 16 MB");
                        *size = *size * 16 + digit as usize;
                    }
                }
            }
            Chunk::Bytes(left) => {
                let take = arrived.len().min(*left);
                arrived = &arrived[take..];
                *left -= take;
                if *left == 0 {
                    *chunk = Chunk::Size(0);
                }
            }
            Chunk::Last(left) => {
                arrived = rest;
                *left -= 1;
                if *left == 0 {
                    ensure!(arrived.is_empty(), "more arrived than was promised");
                    return Ok(true);
                }
            }
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n";

    #[test]
    fn a_response_ends_where_its_head_says_wherever_it_is_cut() {
        for rest in [
            "content-length: 5\r\n\r\nabcde",
            "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n",
        ] {
            let whole = format!("{HEAD}{rest}").into_bytes();
            for cut in 1..whole.len() {
                let mut answer = Answer::new(Wants::Page);
                assert!(
                    !answer.take(&whole[..cut]).expect("a beginning"),
                    "cut at {cut}"
                );
                assert!(answer.take(&whole[cut..]).expect("an end"), "cut at {cut}");
            }
        }
    }

    #[test]
    fn an_answer_that_is_not_the_story_is_an_error() {
        for bad in [
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n".to_owned(),
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc".to_owned(),
            format!("{HEAD}\r\n"),
            format!("{HEAD}Content-Length: 2\r\n\r\nabc"),
        ] {
            let mut answer = Answer::new(Wants::Page);
            assert!(answer.take(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn where_there_may_be_no_time_pages_are_kept_and_refusals_told_from_them() {
        let refusal = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\nno";
        let page = format!("{HEAD}Content-Length: 3\r\n\r\nyes");
        for (said, is_refusal, kept) in [(refusal, true, ""), (&*page, false, "yes")] {
            let mut answer = Answer::new(Wants::PageOrRefusal);
            assert!(answer.take(said.as_bytes()).expect("an answer"));
            assert_eq!(answer.is_refusal(), is_refusal);
            assert_eq!(answer.into_page(), kept.as_bytes());
        }
        let plain = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno";
        let mut answer = Answer::new(Wants::PageOrRefusal);
        assert!(answer.take(plain.as_bytes()).is_err());
    }

    #[test]
    fn of_a_file_only_the_head_is_looked_at() {
        let mut answer = Answer::new(Wants::File);
        let beginning = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab";
        assert!(!answer.take(beginning.as_bytes()).expect("a beginning"));
        assert_eq!(answer.idle_bytes(), 7);
        assert!(!answer.pass_over(6));
        assert!(answer.pass_over(1));
        assert_eq!(Answer::new(Wants::Page).idle_bytes(), 0);
    }
}
