//! Where one response ends and the next may be asked for.

use anyhow::{Context, Result, bail, ensure};

/// The longest head of a response that is waited for.
const MAX_HEAD: usize = 16 * 1024;

/// What is still to come of a response.
#[derive(Debug)]
pub(super) enum Answer {
    /// Its head, of which this much is here.
    Head(Vec<u8>),
    /// So many bytes.
    Bytes(usize),
    /// Chunks.
    Chunks(Chunk),
}

/// What is still to come of a chunk.
#[derive(Debug)]
pub(super) enum Chunk {
    /// The line with its size, of which this has been read.
    Size(usize),
    /// So many bytes, its line end included.
    Bytes(usize),
    /// The bytes of the empty line that ends the last one.
    Last(usize),
}

impl Default for Answer {
    fn default() -> Self {
        Self::Head(Vec::new())
    }
}

impl Answer {
    /// Takes what has arrived; whether the response is complete with it. What
    /// comes after its end is an error: nothing else was asked for.
    pub(super) fn take(&mut self, mut arrived: &[u8]) -> Result<bool> {
        loop {
            match self {
                Self::Head(head) => match take_head(head, arrived)? {
                    None => return Ok(false),
                    Some((next, rest)) => {
                        *self = next;
                        arrived = rest;
                    }
                },
                Self::Bytes(left) => {
                    ensure!(arrived.len() <= *left, "more arrived than was promised");
                    *left -= arrived.len();
                    return Ok(*left == 0);
                }
                Self::Chunks(chunk) => return take_chunks(chunk, arrived),
            }
        }
    }
}

fn take_head<'a>(head: &mut Vec<u8>, arrived: &'a [u8]) -> Result<Option<(Answer, &'a [u8])>> {
    let before = head.len();
    let take = arrived.len().min(MAX_HEAD);
    head.extend_from_slice(&arrived[..take]);
    let from = before.saturating_sub(3);
    let Some(end) = head[from..].windows(4).position(|four| four == b"\r\n\r\n") else {
        ensure!(head.len() < MAX_HEAD, "a head without end");
        return Ok(None);
    };
    let end = from + end + 4;
    let text = std::str::from_utf8(&head[..end])?;
    ensure!(
        text.starts_with("HTTP/1.1 200 "),
        "{}",
        text.lines().next().unwrap_or_default()
    );
    let header = |name: &str| {
        text.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    ensure!(
        header("content-encoding") == Some("gzip"),
        "not compressed: {text}"
    );
    let next = match (header("content-length"), header("transfer-encoding")) {
        (Some(length), _) => Answer::Bytes(length.parse().context("a length")?),
        (None, Some("chunked")) => Answer::Chunks(Chunk::Size(0)),
        _ => bail!("neither a length nor chunks: {text}"),
    };
    Ok(Some((next, &arrived[end - before..])))
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
                let mut answer = Answer::default();
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
            assert!(Answer::default().take(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
