//! How pages were taken apart, for when the same bytes come again.
//!
//! Memory lets go of pages that the site goes on sending as they were. Finding
//! out where such a page is to be cut is half the work of compiling it, and
//! what comes of that is a tenth as large as the page.

use std::sync::Arc;

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
    /// that it is in that `charset`.
    pub(super) fn new(body: &[u8], policy: u64, charset: Option<&str>, id: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(blake3::hash(body).as_bytes());
        hasher.update(&policy.to_le_bytes());
        for text in [charset.unwrap_or_default(), id] {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        hasher.update(&[u8::from(charset.is_some())]);
        Self(hasher.finalize().into())
    }
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Key, Arc<Plan>> for ByBytes {
    fn weight(&self, key: &Key, plan: &Arc<Plan>) -> u64 {
        (size_of_val(key) + plan.weight()) as u64
    }
}

/// The plans.
pub(super) struct Plans(sync::Cache<Key, Arc<Plan>, ByBytes>);

impl Plans {
    /// Beside pages that may take `memory` bytes.
    pub(super) fn new(memory: u64) -> Self {
        let room = memory / OF_MEMORY;
        let items = usize::try_from((room / USUAL).clamp(64, MOST)).unwrap_or(usize::MAX);
        Self(sync::Cache::with_weighter(items, room, ByBytes))
    }

    pub(super) fn find(&self, key: &Key) -> Option<Arc<Plan>> {
        self.0.get(key)
    }

    pub(super) fn keep(&self, key: Key, plan: Plan) {
        self.0.insert(key, Arc::new(plan));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_for_one_body_policy_charset_and_address() {
        let keys = [
            Key::new(b"body", 0, None, "/a"),
            Key::new(b"other", 0, None, "/a"),
            Key::new(b"body", 1, None, "/a"),
            Key::new(b"body", 0, Some(""), "/a"),
            Key::new(b"body", 0, Some("/"), "a"),
            Key::new(b"body", 0, None, "/b"),
        ];
        for (at, key) in keys.iter().enumerate() {
            let same = keys.iter().filter(|other| *other == key).count();
            assert_eq!(same, 1, "{at}");
        }
    }
}
