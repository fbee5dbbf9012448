//! How pages were taken apart, for when the same bytes come again.
//!
//! Memory lets go of pages that the site goes on sending as they were. Finding
//! out where such a page is to be cut is half the work of compiling it, and
//! what comes of that is a tenth as large as the page.

use std::sync::Arc;

use http::HeaderName;
use page::Plan;
use quick_cache::{Weighter, sync};

/// The part of the memory for pages that plans may take besides.
const OF_MEMORY: u64 = 8;

/// What a plan of an ordinary story takes, with its key.
const USUAL: u64 = 4 * 1024;

/// The most plans, whatever they weigh.
const MOST: u64 = 1 << 20;

/// What a plan depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key([u8; 32]);

impl Key {
    /// For the page at `id` with this `body` under a policy, where the site says
    /// that it is in that `charset`, and these headers `around` it.
    pub(super) fn new<'a>(
        body: &[u8],
        policy: u64,
        charset: Option<&str>,
        id: &str,
        around: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(blake3::hash(body).as_bytes());
        hasher.update(&policy.to_le_bytes());
        let mut add = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        add(charset.unwrap_or_default());
        add(id);
        around.for_each(add);
        hasher.update(&[u8::from(charset.is_some())]);
        Self(hasher.finalize().into())
    }
}

/// A plan, and the headers that repeat what is locked on its page.
pub(super) struct Planned {
    pub(super) plan: Plan,
    pub(super) repeating: Vec<HeaderName>,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Key, Arc<Planned>> for ByBytes {
    fn weight(&self, key: &Key, planned: &Arc<Planned>) -> u64 {
        (size_of_val(key) + planned.plan.weight()) as u64
    }
}

/// The plans.
pub(super) struct Plans(sync::Cache<Key, Arc<Planned>, ByBytes>);

impl Plans {
    /// Beside pages that may take `memory` bytes.
    pub(super) fn new(memory: u64) -> Self {
        let room = memory / OF_MEMORY;
        let items = usize::try_from((room / USUAL).clamp(64, MOST)).unwrap_or(usize::MAX);
        Self(sync::Cache::with_weighter(items, room, ByBytes))
    }

    pub(super) fn find(&self, key: &Key) -> Option<Arc<Planned>> {
        self.0.get(key)
    }

    pub(super) fn keep(&self, key: Key, planned: Planned) {
        self.0.insert(key, Arc::new(planned));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_for_one_body_policy_charset_address_and_headers() {
        let key = |body: &[u8], policy, charset, id, around: &[&str]| {
            Key::new(body, policy, charset, id, around.iter().copied())
        };
        let keys = [
            key(b"body", 0, None, "/a", &[]),
            key(b"other", 0, None, "/a", &[]),
            key(b"body", 1, None, "/a", &[]),
            key(b"body", 0, Some(""), "/a", &[]),
            key(b"body", 0, Some("/"), "a", &[]),
            key(b"body", 0, None, "/b", &[]),
            key(b"body", 0, None, "/a", &["b"]),
            key(b"body", 0, None, "/a", &["b", ""]),
        ];
        for (at, key) in keys.iter().enumerate() {
            let same = keys.iter().filter(|other| *other == key).count();
            assert_eq!(same, 1, "{at}");
        }
    }
}
