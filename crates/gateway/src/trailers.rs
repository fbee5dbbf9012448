//! Bodies that pass by with those of their trailers that may.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body, Frame, SizeHint};

use crate::forward;
use crate::origin::{Stream, StreamError};
use crate::pages::tales;

/// What an answer that passes by may say behind its body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trailers {
    /// No more than around it.
    Short,
    AsTheyCome,
}

/// A body as it comes and as long as it says it is, without the trailers that are
/// the connection's or the gate's.
pub(crate) struct Harmless {
    pub(crate) stream: Stream,
    pub(crate) trailers: Trailers,
}

impl Body for Harmless {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        let trailers = self.trailers;
        let frame = Pin::new(&mut self.stream).poll_frame(cx);
        frame.map(|frame| frame.map(|frame| frame.map(|frame| without_others(frame, trailers))))
    }

    fn is_end_stream(&self) -> bool {
        self.stream.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.stream.size_hint()
    }
}

fn without_others(frame: Frame<Bytes>, trailers: Trailers) -> Frame<Bytes> {
    match frame.into_trailers() {
        Err(frame) => frame,
        Ok(fields) => {
            let kept = fields
                .iter()
                .filter(|(name, _)| forward::may_trail(name))
                .map(|(name, value)| (name.clone(), value.clone()));
            let mut kept: HeaderMap = kept.collect();
            if trailers == Trailers::Short {
                tales::leave_out(&mut kept);
            }
            Frame::trailers(kept)
        }
    }
}
