//! Anything else worth compressing once: style sheets, scripts, feeds.

use bytes::Bytes;

use super::{Encoding, Press, Track};
use crate::pack;

/// A file that is the same for everybody, whole in every encoding.
#[derive(Clone, Debug)]
pub struct Encoded {
    identity: Bytes,
    gzip: Bytes,
    zstd: Bytes,
}

impl Encoded {
    /// Compresses `body`. Kept for as long as the file is served.
    pub fn new(body: &[u8]) -> Self {
        let mut press = Press::new();
        let whole: Vec<_> = press.press(body).into_iter().collect();
        let track = Track::new(&press.done(), &whole, &[]);
        let whole = |encoding| track.splice(encoding, None).to_vec().into();
        Self {
            identity: Bytes::copy_from_slice(body),
            gzip: whole(Encoding::Gzip),
            zstd: whole(Encoding::Zstd),
        }
    }

    /// The file in `encoding`, by reference.
    pub fn get(&self, encoding: Encoding) -> Bytes {
        match encoding {
            Encoding::Identity => self.identity.clone(),
            Encoding::Gzip => self.gzip.clone(),
            Encoding::Zstd => self.zstd.clone(),
        }
    }

    /// Appends the file to `out`, to be had back by [`Self::unpack`].
    pub fn pack(&self, out: &mut Vec<u8>) {
        for bytes in [&self.identity, &self.gzip, &self.zstd] {
            pack::put_bytes(out, bytes);
        }
    }

    /// Takes a file off the front of `from`, which it goes on referring to.
    /// `None` for what [`Self::pack`] can't have written.
    pub fn unpack(from: &mut Bytes) -> Option<Self> {
        Some(Self {
            identity: pack::take_bytes(from)?,
            gzip: pack::take_bytes(from)?,
            zstd: pack::take_bytes(from)?,
        })
    }

    /// Bytes of memory held.
    pub fn memory(&self) -> usize {
        self.identity.len() + self.gzip.len() + self.zstd.len()
    }
}
