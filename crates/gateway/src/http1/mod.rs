//! HTTP/1.1 connections.
//!
//! Nearly all that browsers ask for comes as a *plain request*: a `GET` or `HEAD`
//! without a body, its head in one piece. Those are answered here, read with one
//! call and written with one. At the first that isn't plain, malformed ones
//! included, the connection and the bytes read go to hyper, which sees to the
//! rest of its life: so nothing here decides what HTTP allows, and both read
//! heads with the same parser.
//!
//! A connection keeps nothing from one request to the next. What a request needs
//! comes from the allocator and goes back to it, so that all connections of a
//! thread use the same few warm places, and an idle one costs next to nothing.

mod carrier;
mod date;
mod plain;
mod reply;
mod rest;

pub(crate) use carrier::Carrier;
pub(crate) use reply::lines;

use std::future::{Future, poll_fn};
use std::io;
use std::mem::MaybeUninit;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;

use bytes::{Buf, Bytes};
use hyper::rt::ReadBuf;
use tokio::sync::watch;

use crate::admission::Admission;
use crate::gate::{Asked, Gate, Link};
use crate::patience::Activity;
use date::Date;
use plain::After;
use rest::Rest;

/// What is read at once: more than any browser's head.
const PIECE: usize = 8 * 1024;

/// A connection as long as its requests are plain.
pub(crate) struct Connection<C> {
    pub(crate) io: C,
    pub(crate) gate: Arc<Gate>,
    pub(crate) link: Link,
    pub(crate) admission: Arc<Admission>,
    pub(crate) activity: Arc<Activity>,
}

/// What came of waiting for a request.
enum Heard {
    Bytes(Bytes),
    /// The client has left.
    Nothing,
    /// The server stops, and nothing is under way.
    Stop,
}

impl<C: Carrier> Connection<C> {
    /// Answers plain requests until the connection ends or the server stops.
    /// Returns what isn't plain, for hyper to go on with.
    pub(crate) async fn serve(
        mut self,
        mut stop: watch::Receiver<bool>,
    ) -> io::Result<Option<Rest<C>>> {
        let stopping = stop.clone();
        let mut stop = pin!(async move {
            // An error where whoever could say so is gone.
            let _ = stop.wait_for(|stop| *stop).await;
        });
        let mut unread = Bytes::new();
        let mut date = Date::default();
        loop {
            if unread.is_empty() {
                match self.hear(stop.as_mut()).await? {
                    Heard::Bytes(bytes) => unread = bytes,
                    Heard::Nothing | Heard::Stop => break,
                }
            }
            let Some(mut plain) = plain::read(&unread) else {
                return Ok(Some(Rest::new(unread, self.io, self.activity)));
            };
            let mut after = plain.after;
            plain.head.bare &= C::SENDS_FILES;
            let under_way = self.activity.begin();
            let now = (self.gate.world().now)();
            let asked = Asked::plain(self.link, now, self.admission.admits());
            let response = self.gate.answer(&plain.head, asked).await;
            let length = plain.length;
            unread.advance(length);
            if !matches!(stopping.has_changed(), Ok(false)) {
                after = After::Close;
            }
            reply::write(&mut self.io, response, after, date.at(now), &under_way).await?;
            drop(under_way);
            if after == After::Close {
                break;
            }
        }
        poll_fn(|cx| Pin::new(&mut self.io).poll_shutdown(cx)).await?;
        Ok(None)
    }

    async fn hear(&mut self, mut stop: Pin<&mut impl Future<Output = ()>>) -> io::Result<Heard> {
        poll_fn(|cx| {
            let mut space = [MaybeUninit::uninit(); PIECE];
            let mut piece = ReadBuf::uninit(&mut space);
            match Pin::new(&mut self.io).poll_read(cx, piece.unfilled())? {
                Poll::Ready(()) if piece.filled().is_empty() => Poll::Ready(Ok(Heard::Nothing)),
                Poll::Ready(()) => {
                    Poll::Ready(Ok(Heard::Bytes(Bytes::copy_from_slice(piece.filled()))))
                }
                Poll::Pending => stop.as_mut().poll(cx).map(|()| Ok(Heard::Stop)),
            }
        })
        .await
    }
}
