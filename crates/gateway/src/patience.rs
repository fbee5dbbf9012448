//! How long a connection may go on without getting anywhere.
//!
//! A client is cut off when it takes too long over the head of its next request,
//! idling included; when it takes none of the bytes it has asked for; or when
//! none of its requests comes to an end for very long, however it spreads its
//! sips. A connection on which the gate itself is still thinking waits.

use std::io::{
    self,
    ErrorKind::{Interrupted, WouldBlock},
};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::io::Interest;
use tokio::net::TcpStream;
use tokio::time::Sleep;

use crate::serve::Limits;

/// Looks taken within the time for a head: a connection is cut off at most a
/// fourth of that time late, and an idle one costs next to nothing.
const LOOKS: u32 = 4;

/// How many times the patience for the next bytes a whole response may take: at
/// the default of 30 s ten minutes, enough for a megabyte over a line as slow
/// as a modem's.
const WHOLE_RESPONSE: u32 = 20;

/// What a connection's requests are doing, for the stream under them to see.
#[derive(Debug, Default)]
pub(crate) struct Activity {
    under_way: AtomicUsize,
    finished: AtomicUsize,
}

/// A request under way, until its response has been sent or given up.
#[derive(Debug)]
pub(crate) struct UnderWay(Arc<Activity>);

impl Activity {
    /// Whether no request is under way.
    pub(crate) fn is_idle(&self) -> bool {
        self.under_way.load(Ordering::Relaxed) == 0
    }

    /// Notes that a request gets somewhere.
    pub(crate) fn goes_on(&self) {
        self.finished.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn begin(self: &Arc<Self>) -> UnderWay {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(Arc::clone(self))
    }
}

impl UnderWay {
    /// Notes that it gets somewhere: a long download isn't one that is stuck.
    pub(crate) fn goes_on(&self) {
        self.0.goes_on();
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
        self.0.goes_on();
    }
}

/// A stream that gives up on a peer who gets nowhere.
pub(crate) struct Patient<T> {
    inner: T,
    limits: Limits,
    activity: Arc<Activity>,
    /// Wakes the connection for the next look; polled only when it is set, for
    /// every request would pay for more.
    look: Option<Pin<Box<Sleep>>>,
    /// Requests finished at the last look, and looks since that has changed.
    finished: usize,
    looks: u32,
    stalled: Option<Pin<Box<Sleep>>>,
    /// The end of a response's time, however it is sipped, and how many had
    /// been finished when it was set.
    whole: Option<(Pin<Box<Sleep>>, usize)>,
}

impl<T> Patient<T> {
    pub(crate) fn new(inner: T, limits: Limits, activity: Arc<Activity>) -> Self {
        Self {
            inner,
            limits,
            activity,
            look: None,
            finished: 0,
            looks: 0,
            stalled: None,
            whole: None,
        }
    }

    /// Nothing could be read: is that still all right?
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let pause = self.limits.head / LOOKS;
        match &mut self.look {
            None => {
                let look = self.look.insert(Box::pin(tokio::time::sleep(pause)));
                // Just set, so it can't be over; this is for it to wake us.
                let _ = look.as_mut().poll(cx);
            }
            Some(look) if look.is_elapsed() => {
                look.set(tokio::time::sleep(pause));
                let _ = look.as_mut().poll(cx);
                if self.is_stuck() {
                    return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
                }
            }
            Some(_) => {}
        }
        Poll::Pending
    }

    fn is_stuck(&mut self) -> bool {
        let finished = self.activity.finished.load(Ordering::Relaxed);
        if finished != self.finished {
            (self.finished, self.looks) = (finished, 0);
            return false;
        }
        self.looks = self.looks.saturating_add(1);
        let waited = (self.limits.head / LOOKS).saturating_mul(self.looks);
        if self.activity.is_idle() {
            waited >= self.limits.head
        } else {
            waited >= self.limits.stall.saturating_mul(WHOLE_RESPONSE)
        }
    }

    /// A write that has to wait may do so for a while.
    fn judge<R>(&mut self, poll: Poll<io::Result<R>>, cx: &mut Context<'_>) -> Poll<io::Result<R>> {
        if poll.is_ready() {
            self.stalled = None;
            return poll;
        }
        let patience = self.limits.stall;
        let sleep = self
            .stalled
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        if sleep.as_mut().poll(cx).is_ready() || self.is_over(cx) {
            Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
        } else {
            Poll::Pending
        }
    }

    /// Whether the response that can't be written on has had all its time. A
    /// client that takes a byte now and then never stalls.
    fn is_over(&mut self, cx: &mut Context<'_>) -> bool {
        let finished = self.activity.finished.load(Ordering::Relaxed);
        let patience = self.limits.stall.saturating_mul(WHOLE_RESPONSE);
        let (whole, at) = self
            .whole
            .get_or_insert_with(|| (Box::pin(tokio::time::sleep(patience)), finished));
        if *at != finished {
            *at = finished;
            whole.set(tokio::time::sleep(patience));
        }
        whole.as_mut().poll(cx).is_ready()
    }
}

impl Patient<TokioIo<TcpStream>> {
    /// Calls `send` for the socket as soon as that takes something.
    pub(crate) fn poll_send(
        &mut self,
        cx: &mut Context<'_>,
        mut send: impl FnMut(&TcpStream) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        let socket = self.inner.inner();
        let poll = loop {
            match socket.poll_write_ready(cx) {
                Poll::Ready(Ok(())) => {}
                Poll::Ready(Err(error)) => break Poll::Ready(Err(error)),
                Poll::Pending => break Poll::Pending,
            }
            match socket.try_io(Interest::WRITABLE, || send(socket)) {
                Err(error) if matches!(error.kind(), WouldBlock | Interrupted) => {}
                result => break Poll::Ready(result),
            }
        };
        self.judge(poll, cx)
    }
}

impl<T: Read + Unpin> Read for Patient<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.inner).poll_read(cx, buf) {
            Poll::Pending => self.wait(cx),
            ready @ Poll::Ready(_) => ready,
        }
    }
}

impl<T: Write + Unpin> Write for Patient<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.inner).poll_write(cx, buf);
        self.judge(poll, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.inner).poll_write_vectored(cx, bufs);
        self.judge(poll, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let poll = Pin::new(&mut self.inner).poll_flush(cx);
        self.judge(poll, cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // A secure stream says farewell first, to a client that may not listen.
        let poll = Pin::new(&mut self.inner).poll_shutdown(cx);
        self.judge(poll, cx)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::time::Duration;

    use super::*;

    /// A client that takes a byte a second.
    struct Sipping(Pin<Box<Sleep>>);

    impl Write for Sipping {
        fn poll_write(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            _: &[u8],
        ) -> Poll<io::Result<usize>> {
            let thirst = self.0.as_mut().poll(cx);
            if thirst.is_ready() {
                self.0.set(tokio::time::sleep(Duration::from_secs(1)));
            }
            thirst.map(|()| Ok(1))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        /// The farewell isn't taken, ever.
        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Pending
        }
    }

    /// How many bytes it gets with `stall` seconds of patience, where every
    /// `end`th ends a response.
    async fn sips(stall: u64, end: usize) -> usize {
        let limits = Limits {
            connections: 1,
            head: Duration::from_secs(20),
            stall: Duration::from_secs(stall),
            drain: Duration::ZERO,
        };
        let activity = Arc::new(Activity::default());
        let client = Sipping(Box::pin(tokio::time::sleep(Duration::from_secs(1))));
        let mut patient = Patient::new(client, limits, Arc::clone(&activity));
        let mut under_way = activity.begin();
        for sip in 1..1_000 {
            let taken = poll_fn(|cx| Pin::new(&mut patient).poll_write(cx, b"x")).await;
            if taken.is_err() {
                return sip;
            }
            if sip % end == 0 {
                drop(under_way);
                under_way = activity.begin();
            }
        }
        1_000
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_no_farewell_is_let_go() {
        let limits = Limits {
            connections: 1,
            head: Duration::from_secs(20),
            stall: Duration::from_secs(2),
            drain: Duration::ZERO,
        };
        let client = Sipping(Box::pin(tokio::time::sleep(Duration::ZERO)));
        let mut patient = Patient::new(client, limits, Arc::default());
        let farewell = poll_fn(|cx| Pin::new(&mut patient).poll_shutdown(cx));
        let ended = tokio::time::timeout(Duration::from_secs(3), farewell).await;
        assert!(ended.expect("within its time").is_err());
    }

    #[test]
    fn whoever_only_sips_is_let_go_unless_a_response_comes_to_its_end() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build();
        runtime.expect("a runtime").block_on(async {
            let whole = sips(2, usize::MAX).await;
            assert!((38..=42).contains(&whole), "{whole} of 40 seconds");
            assert_eq!(sips(2, 30).await, 1_000, "slow, but it gets somewhere");
        });
    }
}
