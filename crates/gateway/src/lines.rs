//! Line ends in the heads of HTTP/1.1 requests.
//!
//! A lone line feed may be taken for a line's end (RFC 9112, 2.2), and the
//! parser does; but where a proxy in front doesn't, the two see different
//! requests in the same bytes. So a lone line feed is made into what no head
//! may hold, and the request is answered as the malformed one it is.

use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use hyper::rt::{Read, ReadBuf, ReadBufCursor};
use memchr::memchr_iter;

/// What is read at once: more than any browser's head.
const PIECE: usize = 8 * 1024;

/// Looks after the line ends of one connection.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    /// Whether the last byte so far was a carriage return.
    returned: bool,
}

impl Lines {
    /// Reads from `inner`, with a zero byte in the place of the first lone line
    /// feed; what follows that is kept from the parser.
    pub(crate) fn poll_read<T: Read>(
        &mut self,
        inner: Pin<&mut T>,
        cx: &mut Context<'_>,
        mut buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let mut space = [MaybeUninit::uninit(); PIECE];
        let most = buf.remaining().min(space.len());
        let mut piece = ReadBuf::uninit(&mut space[..most]);
        ready!(inner.poll_read(cx, piece.unfilled()))?;
        let read = piece.filled();
        match self.lone_feed(read) {
            None => buf.put_slice(read),
            Some(at) => {
                buf.put_slice(&read[..at]);
                buf.put_slice(&[0]);
            }
        }
        Poll::Ready(Ok(()))
    }

    fn lone_feed(&mut self, read: &[u8]) -> Option<usize> {
        let returned = self.returned;
        self.returned = read.last().map_or(returned, |&last| last == b'\r');
        memchr_iter(b'\n', read).find(|&at| match at.checked_sub(1) {
            None => !returned,
            Some(before) => read[before] != b'\r',
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pieces: &[&str], expected: &[Option<usize>]) {
        let mut lines = Lines::default();
        let found: Vec<_> = pieces
            .iter()
            .map(|piece| lines.lone_feed(piece.as_bytes()))
            .collect();
        assert_eq!(found, expected, "{pieces:?}");
    }

    #[test]
    fn a_line_feed_needs_its_carriage_return() {
        check(&["GET / HTTP/1.1\r\nHost: a\r\n\r\n"], &[None]);
        check(&["GET / HTTP/1.1\nHost: a\n\n"], &[Some(14)]);
        check(&["GET / HTTP/1.1\r\nHost: a\n\r\n"], &[Some(23)]);
        check(&["\n"], &[Some(0)]);
    }

    #[test]
    fn pieces_make_no_difference() {
        check(
            &["GET / HTTP/1.1\r", "\nHost: a\r", "\n"],
            &[None, None, None],
        );
        check(&["GET / HTTP/1.1\r", "", "\n"], &[None, None, None]);
        check(&["GET / HTTP/1.1", "\n"], &[None, Some(0)]);
    }
}
