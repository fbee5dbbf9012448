//! Response bodies: a handful of shared byte ranges, sent by reference.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use page::Splice;

use crate::patience::UnderWay;
use crate::shelf::Laid;

/// A body whose length is known before its first byte is sent.
#[derive(Debug, Default)]
pub struct Body {
    parts: Option<Splice>,
    /// What is sent instead, where it lies in a file.
    laid: Option<Arc<Laid>>,
    next: usize,
    left: u64,
    /// Let go of with the body, sent or not.
    request: Option<UnderWay>,
}

impl Body {
    /// The parts of a spliced page.
    pub fn spliced(parts: Splice) -> Self {
        Self {
            left: parts.len(),
            parts: Some(parts),
            laid: None,
            next: 0,
            request: None,
        }
    }

    /// A body in a file: for responses that go out as they are.
    pub(crate) fn lying(laid: Arc<Laid>) -> Self {
        Self {
            left: laid.len() as u64,
            laid: Some(laid),
            ..Self::default()
        }
    }

    /// The same body, which counts as under way until it is dropped.
    pub(crate) fn holding(mut self, request: UnderWay) -> Self {
        self.request = Some(request);
        self
    }

    /// All of it, while nothing has been sent and unless it is [`Self::laid`].
    pub(crate) fn chunks(&self) -> &[Bytes] {
        self.parts.as_ref().map_or(&[], Splice::chunks)
    }

    /// All of it in a file, where it lies in one.
    pub(crate) fn laid(&self) -> Option<&Laid> {
        self.laid.as_deref()
    }

    /// The bytes still to be sent.
    pub(crate) fn len(&self) -> u64 {
        self.left
    }

    /// A single piece.
    pub fn whole(bytes: Bytes) -> Self {
        Self::spliced(Splice::from(bytes))
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = &mut *self;
        let part = this.parts.as_mut().and_then(|parts| parts.take(this.next));
        this.next += 1;
        Poll::Ready(part.map(|bytes| {
            this.left = this.left.saturating_sub(bytes.len() as u64);
            Ok(Frame::data(bytes))
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
