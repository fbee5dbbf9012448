//! What is left of a connection once a request isn't plain: the bytes that were
//! read already and those still to come, for hyper, with their line ends seen to.
//!
//! A lone line feed may be taken for a line's end (RFC 9112, 2.2), and the
//! parser does; but where a proxy in front doesn't, the two see different
//! requests in the same bytes. So a lone line feed is made into what no head
//! may hold, and the request is answered as the malformed one it is. What hyper
//! is handed of a head ends with the head: what follows may be its body, which
//! may hold whatever it likes.

use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use hyper::rt::{Read, ReadBuf, ReadBufCursor, Write};
use memchr::memchr_iter;

use super::PIECE;
use super::carrier::Carrier;
use crate::patience::Activity;

/// The rest of a connection.
pub(crate) struct Rest<C> {
    read: Bytes,
    io: C,
    lines: Lines,
    activity: Arc<Activity>,
}

impl<C> Rest<C> {
    /// What follows on `io` when `read` has been read already.
    pub(super) fn new(read: Bytes, io: C, activity: Arc<Activity>) -> Self {
        Self {
            read,
            io,
            lines: Lines::default(),
            activity,
        }
    }

    /// Hands over as much of `read` as hyper may see now; how much was used up.
    fn put(&mut self, read: &[u8], buf: &mut ReadBufCursor<'_>) -> usize {
        // What comes while a request is under way is its body.
        let event = if self.activity.is_idle() {
            self.lines.read(read)
        } else {
            None
        };
        match event {
            None => {
                buf.put_slice(read);
                read.len()
            }
            Some(Event::HeadEnd(end)) => {
                buf.put_slice(&read[..end]);
                end
            }
            // What follows is kept from the parser.
            Some(Event::LoneFeed(at)) => {
                buf.put_slice(&read[..at]);
                buf.put_slice(&[0]);
                read.len()
            }
        }
    }
}

impl<C: Carrier> Read for Rest<C> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let most = buf.remaining().min(PIECE);
        if this.read.is_empty() {
            let mut space = [MaybeUninit::uninit(); PIECE];
            let mut piece = ReadBuf::uninit(&mut space[..most]);
            ready!(Pin::new(&mut this.io).poll_read(cx, piece.unfilled()))?;
            let read = piece.filled();
            let used = this.put(read, &mut buf);
            this.read = Bytes::copy_from_slice(&read[used..]);
        } else {
            let piece = this.read.slice(..most.min(this.read.len()));
            let used = this.put(&piece, &mut buf);
            this.read.advance(used);
        }
        Poll::Ready(Ok(()))
    }
}

impl<C: Carrier> Write for Rest<C> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}

/// The line ends of one connection's heads.
#[derive(Debug, Default)]
struct Lines {
    /// Bytes of the line so far.
    len: usize,
    /// Whether the last of them is a carriage return.
    returned: bool,
}

/// What stops the reading of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    /// A line feed without its carriage return, there.
    LoneFeed(usize),
    /// An empty line that ends there: that of a head, or one before it.
    HeadEnd(usize),
}

impl Lines {
    /// The first event in `read`; what comes after it is not looked at.
    fn read(&mut self, read: &[u8]) -> Option<Event> {
        let mut start = 0;
        for at in memchr_iter(b'\n', read) {
            self.go_on(&read[start..at]);
            let Self { len, returned } = std::mem::take(self);
            if !returned {
                return Some(Event::LoneFeed(at));
            }
            if len == 1 {
                return Some(Event::HeadEnd(at + 1));
            }
            start = at + 1;
        }
        self.go_on(&read[start..]);
        None
    }

    fn go_on(&mut self, more: &[u8]) {
        self.len += more.len();
        self.returned = more.last().map_or(self.returned, |&last| last == b'\r');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use Event::{HeadEnd, LoneFeed};

    #[track_caller]
    fn check(pieces: &[&str], expected: &[Option<Event>]) {
        let mut lines = Lines::default();
        let found: Vec<_> = pieces
            .iter()
            .map(|piece| lines.read(piece.as_bytes()))
            .collect();
        assert_eq!(found, expected, "{pieces:?}");
    }

    #[test]
    fn a_line_feed_needs_its_carriage_return() {
        check(&["GET / HTTP/1.1\r\nHost: a\r\n\r\n"], &[Some(HeadEnd(27))]);
        check(&["GET / HTTP/1.1\nHost: a\n\n"], &[Some(LoneFeed(14))]);
        check(&["GET / HTTP/1.1\r\nHost: a\n\r\n"], &[Some(LoneFeed(23))]);
        check(&["\n"], &[Some(LoneFeed(0))]);
    }

    #[test]
    fn what_follows_a_head_is_not_looked_at() {
        check(
            &["POST / HTTP/1.1\r\nHost: a\r\n\r\na\nb", "GET / HTTP/1.1\n"],
            &[Some(HeadEnd(28)), Some(LoneFeed(14))],
        );
        check(&["\r\nGET / HTTP/1.1\r\n"], &[Some(HeadEnd(2))]);
        check(&["A: b\r\n\r\r\n"], &[None]);
    }

    #[test]
    fn pieces_make_no_difference() {
        check(
            &["GET / HTTP/1.1\r", "\nHost: a\r", "\n", "\r", "\nbody\n"],
            &[None, None, None, None, Some(HeadEnd(1))],
        );
        check(&["GET / HTTP/1.1\r", "", "\n"], &[None, None, None]);
        check(&["GET / HTTP/1.1", "\n"], &[None, Some(LoneFeed(0))]);
        check(&["A: b\r\n\r", "\r\n"], &[None, None]);
    }
}
