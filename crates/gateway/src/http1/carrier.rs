//! What carries HTTP/1.1: a socket, which sends files by reference, or a secure
//! stream, through which every byte has to pass.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use rustix::fs::sendfile;
use rustix::net::{SendAncillaryBuffer, SendFlags, sendmsg};
use smallvec::SmallVec;
use tokio::net::TcpStream;

use crate::entrance::SecureStream;
use crate::patience::Patient;
use crate::shelf::Laid;

/// The most pieces in one call; Linux takes 1,024.
const PIECES: usize = 64;

/// What requests come on, and responses go out by.
pub(crate) trait Carrier: Read + Write + Unpin + Send + 'static {
    /// Whether it sends files, and needs no flushing either: it is a socket.
    const SENDS_FILES: bool;

    /// Takes as much of `pieces` as it can. Something `follows` at once or not.
    fn poll_pieces(
        &mut self,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
        follows: bool,
    ) -> Poll<io::Result<usize>>;

    /// Sends up to `left` bytes of a file from `offset` on, which it moves.
    fn poll_file(
        &mut self,
        cx: &mut Context<'_>,
        file: &Laid,
        offset: &mut u64,
        left: usize,
    ) -> Poll<io::Result<usize>>;
}

impl Carrier for Patient<TokioIo<TcpStream>> {
    const SENDS_FILES: bool = true;

    fn poll_pieces(
        &mut self,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
        follows: bool,
    ) -> Poll<io::Result<usize>> {
        let mut flags = SendFlags::NOSIGNAL;
        flags.set(SendFlags::MORE, follows);
        self.poll_send(cx, |socket| {
            let nothing = &mut SendAncillaryBuffer::default();
            Ok(sendmsg(socket, pieces, nothing, flags)?)
        })
    }

    fn poll_file(
        &mut self,
        cx: &mut Context<'_>,
        file: &Laid,
        offset: &mut u64,
        left: usize,
    ) -> Poll<io::Result<usize>> {
        self.poll_send(cx, |socket| Ok(sendfile(socket, file, Some(offset), left)?))
    }
}

impl Carrier for Patient<TokioIo<SecureStream>> {
    const SENDS_FILES: bool = false;

    fn poll_pieces(
        &mut self,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
        _: bool,
    ) -> Poll<io::Result<usize>> {
        Pin::new(self).poll_write_vectored(cx, pieces)
    }

    /// Bodies that lie in files aren't chosen for it.
    fn poll_file(
        &mut self,
        _: &mut Context<'_>,
        _: &Laid,
        _: &mut u64,
        _: usize,
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Err(io::ErrorKind::Unsupported.into()))
    }
}

/// Sends `head` and `chunks`, to the last byte.
pub(super) async fn send(
    io: &mut impl Carrier,
    head: &[u8],
    chunks: &[Bytes],
    follows: bool,
) -> io::Result<()> {
    let mut pieces: SmallVec<[IoSlice<'_>; 4]> = SmallVec::with_capacity(1 + chunks.len());
    pieces.push(IoSlice::new(head));
    pieces.extend(chunks.iter().map(|chunk| IoSlice::new(chunk)));
    write_all(io, &mut pieces, follows).await
}

async fn write_all<C: Carrier>(
    io: &mut C,
    pieces: &mut [IoSlice<'_>],
    follows: bool,
) -> io::Result<()> {
    let mut left = pieces;
    while !left.is_empty() {
        let next = &left[..left.len().min(PIECES)];
        let sent = poll_fn(|cx| io.poll_pieces(cx, next, follows)).await?;
        if sent == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        IoSlice::advance_slices(&mut left, sent);
    }
    if !C::SENDS_FILES {
        poll_fn(|cx| Pin::new(&mut *io).poll_flush(cx)).await?;
    }
    Ok(())
}

/// Sends a whole file.
pub(super) async fn transfer(io: &mut impl Carrier, laid: &Laid) -> io::Result<()> {
    let mut offset = 0;
    let mut left = laid.len();
    while left > 0 {
        let sent = poll_fn(|cx| io.poll_file(cx, laid, &mut offset, left)).await?;
        if sent == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        left = left.saturating_sub(sent);
    }
    Ok(())
}
