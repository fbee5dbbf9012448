//! What a reader sends, noted as it comes: an upload may take as long as it goes on.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;

use crate::origin::StreamError;
use crate::patience::Activity;

/// Bytes that have to come for it to be going on. Nobody holds a connection for
/// long with less: a byte now and then is a way to hold many.
const PIECE: usize = 64 * 1024;

/// A request's body.
pub(crate) struct Received {
    inner: Incoming,
    activity: Arc<Activity>,
    /// Bytes since it was last noted.
    bytes: usize,
}

impl Received {
    pub(crate) fn new(inner: Incoming, activity: Arc<Activity>) -> Self {
        Self {
            inner,
            activity,
            bytes: 0,
        }
    }

    fn note(&mut self, bytes: usize) {
        self.bytes += bytes;
        if self.bytes >= PIECE {
            self.bytes = 0;
            self.activity.goes_on();
        }
    }
}

impl Body for Received {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let frame = Pin::new(&mut self.inner).poll_frame(cx);
        if let Poll::Ready(Some(Ok(frame))) = &frame {
            self.note(frame.data_ref().map_or(0, Bytes::len));
        }
        frame.map(|frame| frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
