//! Where mails end: noted, and troubled now and then.

use std::collections::BTreeMap;

use billing::{Again, NotSent, Parcel, Post, Sending};
use parking_lot::Mutex;

use crate::dice::Dice;

/// So many mails in a thousand find no server.
const LOST: u64 = 30;

/// Everybody's letter box.
pub(crate) struct Postbox {
    seed: u64,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    /// Which life of the program this is.
    life: u64,
    tried: BTreeMap<String, u64>,
    /// What came, and in which life it came last.
    came: BTreeMap<String, u64>,
    /// What came twice though the program hadn't ended in between.
    doubled: Option<String>,
}

impl Postbox {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            inner: Mutex::default(),
        }
    }

    /// The program is another one: it can't know of a mail that it was sent, if
    /// that wasn't written down any more.
    pub(crate) fn restarted(&self) {
        self.inner.lock().life += 1;
    }

    /// How many different mails came.
    pub(crate) fn count(&self) -> u64 {
        u64::try_from(self.inner.lock().came.len()).unwrap_or(u64::MAX)
    }

    /// A mail that came more often than it may.
    pub(crate) fn doubled(&self) -> Option<String> {
        self.inner.lock().doubled.clone()
    }

    /// Whether it came.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.inner.lock().came.contains_key(id)
    }

    fn take(&self, id: &str) -> Result<bool, NotSent> {
        let mut inner = self.inner.lock();
        let tried = inner.tried.entry(id.to_owned()).or_default();
        *tried += 1;
        // By the mail and not by the order in which they come: four are under way
        // beside each other.
        if Dice::of(self.seed ^ *tried, id).falls(LOST) {
            return Err(NotSent {
                again: Again::Later,
                why: "the mail server is down".to_owned(),
            });
        }
        let life = inner.life;
        if inner.came.insert(id.to_owned(), life) == Some(life) {
            inner.doubled.get_or_insert_with(|| id.to_owned());
        }
        Ok(true)
    }
}

impl Post for Postbox {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> Sending<'a> {
        Box::pin(std::future::ready(self.take(&parcel.id)))
    }
}
