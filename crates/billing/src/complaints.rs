//! What can't be done is said in the log, and not again every second.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;

use crate::billing::Billing;

/// How long the same isn't said again.
const SILENCE: SignedDuration = SignedDuration::from_hours(1);

/// Of how many it is remembered what was said: with more than that in trouble,
/// the log may repeat itself.
const MOST: usize = 1_000;

/// What was said last of each, and when.
#[derive(Debug, Default)]
pub(crate) struct Complaints(Mutex<BTreeMap<String, (String, Timestamp)>>);

impl Complaints {
    /// Whether it is to be said.
    fn is_news(&self, whose: &str, why: &str, now: Timestamp) -> bool {
        let mut said = self.0.lock();
        if let Some((known, at)) = said.get(whose)
            && known == why
            && now.duration_since(*at) < SILENCE
        {
            return false;
        }
        if said.len() >= MOST {
            said.clear();
        }
        said.insert(whose.to_owned(), (why.to_owned(), now));
        true
    }
}

impl Billing {
    /// Says that something due couldn't be done; it stays due.
    pub(crate) fn complain(&self, whose: &str, why: &str) {
        let now = self.clock().system();
        if self.inner.complaints.is_news(whose, why, now) {
            tracing::error!(whose, why, "what is due can't be done; it is tried again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_said_once_an_hour_and_something_else_at_once() {
        let complaints = Complaints::default();
        let at = |minutes| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes);
        assert!(complaints.is_news("sub_1", "broken", at(0)));
        assert!(!complaints.is_news("sub_1", "broken", at(59)));
        assert!(complaints.is_news("sub_2", "broken", at(59)));
        assert!(complaints.is_news("sub_1", "lost", at(59)));
        assert!(complaints.is_news("sub_2", "broken", at(119)));
    }
}
