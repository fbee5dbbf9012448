//! Addresses that too many pages claim as their own.
//!
//! A story goes by the canonical link of its page, so that it is one story under
//! each of its addresses. A theme that gives every story the same link, the last
//! redesign's mistake perhaps, would make them all one: counted once, they would all
//! be open. Nobody writes one story in so many places; whose link is claimed by more
//! goes by its own address.

use std::sync::Arc;

use parking_lot::Mutex;
use quick_cache::sync;

/// Paths that may claim one address: a story with its versions for phones, for
/// printing and in pictures has a dozen.
const MOST: usize = 64;

/// Addresses that are remembered, those that are claimed by others only. With all
/// their paths they take two megabytes.
const ADDRESSES: usize = 4096;

/// The first half of a hash: enough to tell some thousand paths apart.
type Mark = u64;

/// Who claims what.
pub(super) struct Claims(sync::Cache<Mark, Arc<Mutex<Vec<Mark>>>>);

impl Claims {
    pub(super) fn new() -> Self {
        Self(sync::Cache::new(ADDRESSES))
    }

    /// Whether `path` is one of too many that say to be the story `id`. What lies
    /// below a story's address may be any number of parts of it.
    pub(super) fn are_too_many(&self, id: &str, path: &str) -> bool {
        let below = path.strip_prefix(id.trim_end_matches('/'));
        if below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
            return false;
        }
        let made = self.0.get_or_insert_with(&mark(id), || {
            Ok::<_, std::convert::Infallible>(Arc::default())
        });
        let Ok(paths) = made;
        let (mut paths, path) = (paths.lock(), mark(path));
        if paths.len() < MOST && !paths.contains(&path) {
            paths.push(path);
            if paths.len() == MOST {
                tracing::error!(
                    address = id,
                    pages = MOST,
                    "too many pages have the same <link rel=\"canonical\">, so they are taken for as \
                     many stories, each by its own address: correct the link in the site's theme"
                );
            }
        }
        paths.len() == MOST
    }
}

fn mark(text: &str) -> Mark {
    let hash = blake3::hash(text.as_bytes());
    let half = hash.as_bytes().first_chunk();
    half.map_or(0, |half| Mark::from_le_bytes(*half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_every_page_claims_is_nobodys() {
        let claims = Claims::new();
        let is_too_much = |number| claims.are_too_many("/the/same", &format!("/stories/{number}"));
        for number in 1..MOST {
            assert!(!is_too_much(number), "{number}");
            assert!(!is_too_much(1), "it has said so before");
        }
        assert!(is_too_much(MOST));
        assert!(
            is_too_much(1),
            "those before too, when they are asked for again"
        );
        assert!(!claims.are_too_many("/the/same", "/the/same"));
        assert!(!claims.are_too_many("/another", "/stories/1"));
    }

    #[test]
    fn a_story_may_have_any_number_of_parts() {
        let claims = Claims::new();
        for number in 0..2 * MOST {
            assert!(!claims.are_too_many("/a/story/", &format!("/a/story/{number}")));
            assert!(!claims.are_too_many("/a/story", &format!("/a/story/{number}")));
        }
    }
}
