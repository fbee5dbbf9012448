//! Reading what is sent here, from many at a time.
//!
//! Whoever sends slowly, or in part and then nothing, holds up nobody: a body is
//! waited for with nothing in hand that others need, so many of one network are
//! under way and no more, and what all of them hold is bounded in bytes.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use parking_lot::Mutex;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::address::network;
use crate::origin::Stream;

/// How long it may take to send: 64 KB over the slowest phone network in use,
/// several times over.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long nothing may come meanwhile: a phone that changes its mast is back
/// before that.
const STALL: Duration = Duration::from_secs(8);

/// What is counted as one, in bytes.
const PIECE: usize = 1024;

/// The most bodies under way from one network, a /24 or a /64: many readers may
/// be behind one address, but a form is under way for a moment.
const OF_ONE: u32 = 16;

/// The most that these hold together, in pieces: sixteen whole forms.
const HELD_OF_ONE: u32 = 1024;

/// What is on its way here. All that is held of it is a number of pieces, and at
/// most twice that while buffers grow.
pub(crate) struct Bodies {
    room: Semaphore,
    shares: Mutex<HashMap<[u8; 8], Share>>,
}

/// What one network has under way.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    bodies: u32,
    pieces: u32,
}

/// Why what was sent isn't passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    TooLong,
    TooSlow,
    BrokenOff,
    /// Too much is under way, of this network or of all.
    TooMany,
}

impl Bodies {
    /// Holds at most so many bytes. A network has a MB of them, so it takes as
    /// many networks as MB to keep others out.
    pub(crate) fn new(most: usize) -> Self {
        Self {
            room: Semaphore::new(most / PIECE),
            shares: Mutex::default(),
        }
    }

    /// A body, whole, of at most so many bytes.
    pub(crate) async fn read(
        &self,
        body: Option<Stream>,
        longest: usize,
        from: Option<IpAddr>,
    ) -> Result<Bytes, Unread> {
        let Some(body) = body else {
            return Ok(Bytes::new());
        };
        let coming = Coming::begin(self, network(from))?;
        let whole = tokio::time::timeout(PATIENCE, coming.whole(body, longest)).await;
        whole.unwrap_or(Err(Unread::TooSlow))
    }
}

/// A body on its way; with it goes what it takes of the room.
struct Coming<'a> {
    bodies: &'a Bodies,
    /// `None` for loopback, which is the machine itself or what stands before us
    /// for everybody: it has the whole room.
    network: Option<[u8; 8]>,
    held: SemaphorePermit<'a>,
}

impl<'a> Coming<'a> {
    fn begin(bodies: &'a Bodies, network: Option<[u8; 8]>) -> Result<Self, Unread> {
        let held = bodies.room.try_acquire().map_err(|_| Unread::TooMany)?;
        if let Some(network) = network {
            let mut shares = bodies.shares.lock();
            let share = shares.entry(network).or_default();
            if share.bodies >= OF_ONE || share.pieces >= HELD_OF_ONE {
                return Err(Unread::TooMany);
            }
            share.bodies += 1;
            share.pieces += 1;
        }
        Ok(Self {
            bodies,
            network,
            held,
        })
    }

    async fn whole(mut self, mut body: Stream, longest: usize) -> Result<Bytes, Unread> {
        let mut whole = BytesMut::new();
        loop {
            let frame = tokio::time::timeout(STALL, body.frame()).await;
            let Some(frame) = frame.map_err(|_| Unread::TooSlow)? else {
                return Ok(whole.freeze());
            };
            let frame = frame.map_err(|_| Unread::BrokenOff)?;
            let Ok(piece) = frame.into_data() else {
                continue;
            };
            let length = whole.len() + piece.len();
            if length > longest {
                return Err(Unread::TooLong);
            }
            self.hold(length)?;
            whole.extend_from_slice(&piece);
        }
    }

    /// Takes room for so many bytes in all.
    fn hold(&mut self, bytes: usize) -> Result<(), Unread> {
        let pieces = bytes
            .div_ceil(PIECE)
            .saturating_sub(self.held.num_permits());
        let pieces = u32::try_from(pieces).unwrap_or(u32::MAX);
        if pieces == 0 {
            return Ok(());
        }
        let more = self.bodies.room.try_acquire_many(pieces);
        let more = more.map_err(|_| Unread::TooMany)?;
        if let Some(share) = self.network.as_ref() {
            let mut shares = self.bodies.shares.lock();
            let share = shares.entry(*share).or_default();
            if share.pieces.saturating_add(pieces) > HELD_OF_ONE {
                return Err(Unread::TooMany);
            }
            share.pieces += pieces;
        }
        self.held.merge(more);
        Ok(())
    }
}

impl Drop for Coming<'_> {
    fn drop(&mut self) {
        let Some(network) = self.network else {
            return;
        };
        let mut shares = self.bodies.shares.lock();
        let Some(share) = shares.get_mut(&network) else {
            return;
        };
        let pieces = u32::try_from(self.held.num_permits()).unwrap_or(u32::MAX);
        share.bodies = share.bodies.saturating_sub(1);
        share.pieces = share.pieces.saturating_sub(pieces);
        if share.bodies == 0 {
            shares.remove(&network);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use http_body::{Body, Frame};
    use http_body_util::Full;

    use super::*;
    use crate::origin::StreamError;

    /// So many bytes, and then nothing more for ever.
    struct Stuck(usize);

    impl Body for Stuck {
        type Data = Bytes;
        type Error = StreamError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
            match std::mem::take(&mut self.0) {
                0 => Poll::Pending,
                length => Poll::Ready(Some(Ok(Frame::data(Bytes::from(vec![b'x'; length]))))),
            }
        }
    }

    const FORM: usize = 64 * 1024;

    async fn stuck(bodies: &Bodies, length: usize, from: [u8; 4]) -> Result<Bytes, Unread> {
        let body = Stuck(length).boxed_unsync();
        bodies.read(Some(body), FORM, Some(from.into())).await
    }

    async fn sent(bodies: &Bodies, from: &str) -> Result<Bytes, Unread> {
        let address = from.parse().expect("an address");
        let body = Full::from("a=b").map_err(|never| match never {});
        let body = Some(body.boxed_unsync());
        bodies.read(body, FORM, Some(address)).await
    }

    /// Begins to read, and goes on with the test once all of it has come.
    macro_rules! begun {
        ($reading:expr) => {{
            let mut reading = Box::pin($reading);
            let now = std::future::poll_fn(|context| {
                Poll::Ready(reading.as_mut().poll(context).is_pending())
            });
            assert!(now.await, "it isn't under way");
            reading
        }};
    }

    #[tokio::test(start_paused = true)]
    async fn slow_bodies_of_one_network_keep_nobody_else_out_and_end() {
        let bodies = Bodies::new(1024 * 1024);
        let mut slow = Vec::new();
        for last in 0..16 {
            slow.push(begun!(stuck(&bodies, 10, [192, 0, 2, last])));
        }
        let neighbour = sent(&bodies, "192.0.2.200").await;
        assert_eq!(neighbour, Err(Unread::TooMany));
        for other in ["192.0.3.1", "2001:db8::1", "127.0.0.1"] {
            assert!(sent(&bodies, other).await.is_ok(), "{other}");
        }
        for reading in slow {
            assert_eq!(reading.await, Err(Unread::TooSlow));
        }
        assert!(sent(&bodies, "192.0.2.200").await.is_ok());
        assert!(bodies.shares.lock().is_empty(), "nothing is kept of them");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_held_is_bounded_of_each_network_and_of_all() {
        let bodies = Bodies::new(2 * 1024 * 1024);
        let mut held = Vec::new();
        for network in [2, 3] {
            for last in 0..16 {
                held.push(begun!(stuck(&bodies, FORM, [192, 0, network, last])));
            }
            let more = sent(&bodies, &format!("192.0.{network}.99")).await;
            assert_eq!(more, Err(Unread::TooMany));
        }
        // Two networks take two of two MB, and only then is there no room.
        assert_eq!(sent(&bodies, "192.0.4.1").await, Err(Unread::TooMany));
        drop(held);
        assert_eq!(bodies.room.available_permits(), 2 * 1024);
        assert!(sent(&bodies, "192.0.4.1").await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_network_holds_no_more_than_its_share_however_few_its_bodies() {
        let bodies = Bodies::new(8 * 1024 * 1024);
        let large = 256 * 1024;
        let from = Some(IpAddr::from([192, 0, 2, 1]));
        let read = |length| bodies.read(Some(Stuck(length).boxed_unsync()), large, from);
        let mut held = Vec::new();
        for _ in 0..3 {
            held.push(begun!(read(large)));
        }
        assert_eq!(read(large + 1).await, Err(Unread::TooLong));
        held.push(begun!(read(large)));
        assert_eq!(read(1).await, Err(Unread::TooMany));
        drop(held);
        assert_eq!(bodies.room.available_permits(), 8 * 1024);
    }
}
