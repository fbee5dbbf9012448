//! What became of those who knocked: handshakes and PROXY headers, counted.

use std::sync::atomic::{AtomicU64, Ordering};

/// What became of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Knock {
    /// A reader, over HTTP/1.1.
    Http1,
    /// A reader, over HTTP/2.
    Http2,
    /// An authority, which saw what it came for.
    Challenge,
    /// The client took too long.
    TimedOut,
    /// The two couldn't agree, or the client left.
    Failed,
    /// A trusted proxy that said nothing, or what is no PROXY header.
    NoHeader,
}

/// The counts since the start.
#[derive(Debug, Default)]
pub(crate) struct Knocks([AtomicU64; 6]);

impl Knocks {
    pub(crate) fn count(&self, knock: Knock) {
        if let Some(count) = self.0.get(knock as usize) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// So far.
    pub(crate) fn so_far(&self, knock: Knock) -> u64 {
        let count = self.0.get(knock as usize);
        count.map_or(0, |count| count.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_counted_apart() {
        let all = [
            Knock::Http1,
            Knock::Http2,
            Knock::Challenge,
            Knock::TimedOut,
            Knock::Failed,
            Knock::NoHeader,
        ];
        let knocks = Knocks::default();
        for (times, knock) in all.into_iter().enumerate() {
            for _ in 0..=times {
                knocks.count(knock);
            }
        }
        assert_eq!(all.map(|knock| knocks.so_far(knock)), [1, 2, 3, 4, 5, 6]);
    }
}
