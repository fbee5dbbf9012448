//! How bytes travel: each segment encoded once, responses joined from them.
//!
//! Nothing here knows stories or readers, and of HTML only comments.

mod crc;
mod deflate;
mod encoded;
mod filler;
mod segment;
mod slot;
mod track;
mod zstandard;

pub use encoded::Encoded;
pub(crate) use segment::{Number, Press, Pressed, Segment};
pub use slot::Slot;
pub(crate) use track::Track;

use bytes::Bytes;
use smallvec::SmallVec;

/// How a response's bytes are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// As they are.
    Identity,
    /// One gzip member (RFC 1952).
    Gzip,
    /// Concatenated zstd frames (RFC 8878), windows of 8 MB at most.
    Zstd,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 3] = [Self::Identity, Self::Gzip, Self::Zstd];

    /// The value of `Content-Encoding`; `None` where the header is left out.
    pub fn header(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Zstd => Some("zstd"),
        }
    }
}

/// A response body as a list of chunks, of which gzip's and zstd's are shared by
/// all responses.
///
/// A whole story in gzip takes four at most, which fit without touching the
/// heap; anything else of a page with many places to lock costs an allocation.
#[derive(Clone, Debug, Default)]
pub struct Splice {
    chunks: SmallVec<[Bytes; 4]>,
    len: u64,
}

impl Splice {
    fn push(&mut self, chunk: &Bytes) {
        if !chunk.is_empty() {
            self.len += chunk.len() as u64;
            self.chunks.push(chunk.clone());
        }
    }

    fn extend<'a>(&mut self, chunks: impl IntoIterator<Item = &'a Bytes>) {
        chunks.into_iter().for_each(|chunk| self.push(chunk));
    }

    /// The value of `Content-Length`.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The chunks in their order. None is empty.
    pub fn chunks(&self) -> &[Bytes] {
        &self.chunks
    }

    /// Takes the chunk at `index` out of the list; `None` past the end.
    pub fn take(&mut self, index: usize) -> Option<Bytes> {
        self.chunks.get_mut(index).map(std::mem::take)
    }

    /// All chunks in one buffer: for tests and small tools, not for serving.
    pub fn to_vec(&self) -> Vec<u8> {
        self.chunks.concat()
    }
}

impl From<Bytes> for Splice {
    fn from(chunk: Bytes) -> Self {
        let mut splice = Self::default();
        splice.push(&chunk);
        splice
    }
}

#[cfg(test)]
mod tests {
    use access::{Outcome, StoryId};

    use super::*;
    use crate::{Options, Origin, Preview, compile};

    /// A page with as many places that differ as are kept apart.
    fn story() -> String {
        let text = "Nobody on the quay could say who had kept the lamp alight that night. ";
        let shared = "<p>What everybody may read.</p>".repeat(40);
        let copies = format!("<!-- {text} -->{shared}").repeat(3);
        format!(
            "{copies}<div class=story-body>{}</div>{copies}",
            text.repeat(9)
        )
    }

    #[test]
    fn a_whole_story_in_gzip_allocates_no_list() {
        let origin = Origin::parse("https://review.example").unwrap();
        let mut options = Options::new(origin).body([".story-body"]).unwrap();
        options.preview = Preview::Words(0);
        let page = compile(story().as_bytes(), None, StoryId::new("/x"), &options).unwrap();
        let slot = Slot::new("slot");
        for outcome in [Outcome::Full, Outcome::Preview] {
            for slot in [None, Some(&slot)] {
                let gzip = page.splice(outcome, Encoding::Gzip, slot);
                let many = outcome == Outcome::Preview;
                assert_eq!(gzip.chunks.spilled(), many, "{} chunks", gzip.chunks.len());
                // The page isn't so simple that any list would do.
                let identity = page.splice(outcome, Encoding::Identity, slot);
                assert!(identity.chunks.spilled());
                for splice in [gzip, identity] {
                    assert!(splice.chunks().iter().all(|chunk| !chunk.is_empty()));
                }
            }
        }
    }
}
