//! What is left of a connection once a request isn't plain: the bytes that were
//! read already and those still to come, for hyper, with their line ends seen to.
//!
//! A lone line feed may be taken for a line's end (RFC 9112, 2.2), and the
//! parser does; but where a proxy in front doesn't, the two see different
//! requests in the same bytes. So a lone line feed is made into what no head
//! may hold, and the request is answered as the malformed one it is.

use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::rt::{Read, ReadBuf, ReadBufCursor, Write};
use memchr::memchr_iter;

use super::{PIECE, Stream};
use crate::patience::Activity;

/// The rest of a connection.
pub(crate) struct Rest {
    read: Bytes,
    io: Stream,
    lines: Lines,
    activity: Arc<Activity>,
}

impl Rest {
    /// What follows on `io` when `read` has been read already.
    pub(super) fn new(read: Bytes, io: Stream, activity: Arc<Activity>) -> Self {
        Self {
            read,
            io,
            lines: Lines::default(),
            activity,
        }
    }

    fn put(&mut self, read: &[u8], buf: &mut ReadBufCursor<'_>) {
        // What comes while a request is under way is its body.
        let feed = if self.activity.is_idle() {
            self.lines.lone_feed(read)
        } else {
            None
        };
        match feed {
            None => buf.put_slice(read),
            // What follows is kept from the parser.
            Some(at) => {
                buf.put_slice(&read[..at]);
                buf.put_slice(&[0]);
            }
        }
    }
}

impl Read for Rest {
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
            this.put(piece.filled(), &mut buf);
        } else {
            let piece = this.read.split_to(most.min(this.read.len()));
            this.put(&piece, &mut buf);
        }
        Poll::Ready(Ok(()))
    }
}

impl Write for Rest {
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

/// The line ends of one connection.
#[derive(Debug, Default)]
struct Lines {
    /// Whether the last byte so far was a carriage return.
    returned: bool,
}

impl Lines {
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
