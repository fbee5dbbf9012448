//! Response bodies: a handful of shared byte ranges, sent by reference, or what
//! comes from the origin as it comes.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use page::Splice;

use crate::origin::{Stream, StreamError};
use crate::patience::UnderWay;
use crate::shelf::Laid;

/// The body of a response.
#[derive(Debug, Default)]
pub struct Body {
    content: Content,
    /// Let go of with the body, sent or not.
    request: Option<UnderWay>,
}

#[derive(Debug, Default)]
enum Content {
    #[default]
    Nothing,
    /// Parts of which `next` is the next to be sent, and `left` bytes are left.
    Parts {
        parts: Splice,
        next: usize,
        left: u64,
    },
    /// What lies in a file.
    Laid(Arc<Laid>),
    /// What comes piece by piece.
    Stream(Stream),
}

impl Body {
    fn new(content: Content) -> Self {
        Self {
            content,
            request: None,
        }
    }

    /// The parts of a spliced page.
    pub fn spliced(parts: Splice) -> Self {
        Self::new(Content::Parts {
            left: parts.len(),
            parts,
            next: 0,
        })
    }

    /// A single piece.
    pub fn whole(bytes: Bytes) -> Self {
        Self::spliced(Splice::from(bytes))
    }

    /// A body in a file: for responses that go out as they are.
    pub(crate) fn lying(laid: Arc<Laid>) -> Self {
        Self::new(Content::Laid(laid))
    }

    /// What comes from the origin. Nothing of it is held back or read ahead.
    pub(crate) fn streaming(stream: Stream) -> Self {
        Self::new(Content::Stream(stream))
    }

    /// The same body, which counts as under way until it is dropped.
    pub(crate) fn holding(mut self, request: UnderWay) -> Self {
        self.request = Some(request);
        self
    }

    /// All of it, while nothing has been sent and unless it is [`Self::laid`]
    /// or [`Self::stream`].
    pub(crate) fn chunks(&self) -> &[Bytes] {
        match &self.content {
            Content::Parts { parts, .. } => parts.chunks(),
            _ => &[],
        }
    }

    /// All of it in a file, where it lies in one.
    pub(crate) fn laid(&self) -> Option<&Laid> {
        match &self.content {
            Content::Laid(laid) => Some(laid),
            _ => None,
        }
    }

    /// What is to come, where it comes piece by piece.
    pub(crate) fn stream(&mut self) -> Option<&mut Stream> {
        match &mut self.content {
            Content::Stream(stream) => Some(stream),
            _ => None,
        }
    }

    /// The bytes still to be sent, where that is known.
    pub(crate) fn len(&self) -> Option<u64> {
        match &self.content {
            Content::Nothing => Some(0),
            Content::Parts { left, .. } => Some(*left),
            Content::Laid(laid) => Some(laid.len() as u64),
            Content::Stream(stream) => http_body::Body::size_hint(stream).exact(),
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let this = &mut *self;
        match &mut this.content {
            // What lies in a file goes out another way.
            Content::Nothing | Content::Laid(_) => Poll::Ready(None),
            Content::Parts { parts, next, left } => {
                let part = parts.take(*next);
                *next += 1;
                Poll::Ready(part.map(|bytes| {
                    *left = left.saturating_sub(bytes.len() as u64);
                    Ok(Frame::data(bytes))
                }))
            }
            Content::Stream(stream) => {
                let frame = Pin::new(stream).poll_frame(cx);
                if frame.is_ready()
                    && let Some(request) = &this.request
                {
                    request.goes_on();
                }
                frame
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            Content::Stream(stream) => http_body::Body::is_end_stream(stream),
            _ => self.len() == Some(0),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Stream(stream) => http_body::Body::size_hint(stream),
            _ => SizeHint::with_exact(self.len().unwrap_or(0)),
        }
    }
}
