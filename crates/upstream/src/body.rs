//! Bodies on their way: streams that give up on a server which gets nowhere.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use thiserror::Error;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Sleep;

/// A body of a request.
pub type Body = UnsyncBoxBody<Bytes, BodyError>;

/// Why a body ends before its end.
#[derive(Debug, Error)]
pub enum BodyError {
    /// No further byte came in time.
    #[error("nothing more came for {0:?} ([origin] stall_timeout)")]
    Stalled(Duration),
    /// The connection broke, or what came isn't what was announced.
    #[error("the body broke off: {0}")]
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

/// A body without a byte.
pub fn empty() -> Body {
    Empty::new().map_err(|never| match never {}).boxed_unsync()
}

/// How far a request's body has come on its way to the server.
#[derive(Debug, Default)]
pub(crate) struct Way {
    pieces: AtomicUsize,
    is_waited_for: AtomicBool,
    is_broken: AtomicBool,
}

impl Way {
    /// Whether it has gone on since it had so many `pieces`, which are counted on.
    pub(crate) fn goes_on(&self, pieces: &mut usize) -> bool {
        let now = self.pieces.load(Ordering::Relaxed);
        std::mem::replace(pieces, now) != now
    }

    /// Whether the server would take more of it than has come.
    pub(crate) fn is_waited_for(&self) -> bool {
        self.is_waited_for.load(Ordering::Relaxed)
    }

    /// Whether it broke off before it came to its end.
    pub(crate) fn is_broken(&self) -> bool {
        self.is_broken.load(Ordering::Relaxed)
    }
}

/// A request's body, which notes how far it has come.
pub(crate) struct Sent {
    inner: Body,
    way: Arc<Way>,
}

impl Sent {
    pub(crate) fn new(inner: Body, way: Arc<Way>) -> Self {
        Self { inner, way }
    }
}

impl http_body::Body for Sent {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let frame = Pin::new(&mut self.inner).poll_frame(cx);
        self.way
            .is_waited_for
            .store(frame.is_pending(), Ordering::Relaxed);
        match &frame {
            Poll::Pending => {}
            Poll::Ready(Some(Err(_))) => self.way.is_broken.store(true, Ordering::Relaxed),
            Poll::Ready(_) => {
                self.way.pieces.fetch_add(1, Ordering::Relaxed);
            }
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// A response's body, which counts as a request under way until it is dropped.
#[derive(Debug)]
pub struct Received {
    inner: Inner,
    patience: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
    _under_way: OwnedSemaphorePermit,
}

#[derive(Debug)]
enum Inner {
    /// All that is left of it.
    Here(Bytes),
    Coming(Incoming),
}

impl Received {
    pub(crate) fn here(bytes: Bytes, under_way: OwnedSemaphorePermit) -> Self {
        // There is nothing to wait for.
        Self::new(Inner::Here(bytes), Duration::ZERO, under_way)
    }

    pub(crate) fn coming(
        incoming: Incoming,
        patience: Duration,
        under_way: OwnedSemaphorePermit,
    ) -> Self {
        Self::new(Inner::Coming(incoming), patience, under_way)
    }

    fn new(inner: Inner, patience: Duration, under_way: OwnedSemaphorePermit) -> Self {
        Self {
            inner,
            patience,
            stalled: None,
            _under_way: under_way,
        }
    }

    /// All of it, where it has come already.
    ///
    /// # Errors
    ///
    /// The body, where it is still to come.
    pub fn whole(self) -> Result<Bytes, Self> {
        match self.inner {
            Inner::Here(bytes) => Ok(bytes),
            Inner::Coming(_) => Err(self),
        }
    }
}

impl http_body::Body for Received {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = &mut *self;
        let incoming = match &mut this.inner {
            Inner::Here(bytes) => {
                let bytes = std::mem::take(bytes);
                return Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))));
            }
            Inner::Coming(incoming) => incoming,
        };
        if let Poll::Ready(frame) = Pin::new(incoming).poll_frame(cx) {
            this.stalled = None;
            let broken = |error: hyper::Error| BodyError::Broken(error.into());
            return Poll::Ready(frame.map(|frame| frame.map_err(broken)));
        }
        let patience = this.patience;
        let stalled = this
            .stalled
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        stalled
            .as_mut()
            .poll(cx)
            .map(|()| Some(Err(BodyError::Stalled(patience))))
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Inner::Here(bytes) => bytes.is_empty(),
            Inner::Coming(incoming) => incoming.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Inner::Here(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Coming(incoming) => incoming.size_hint(),
        }
    }
}
