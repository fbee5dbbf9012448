//! What is to be made, and in which order: what somebody waits for first, then
//! what they will ask for.

use std::collections::{HashMap, HashSet, VecDeque};

use bytes::Bytes;

use crate::fingerprint::Fingerprint;
use crate::negative::{Key, Negative, Order};
use crate::refusal::Failure;

/// Hears what has become of an order.
pub(crate) type Done = Box<dyn FnOnce(Result<Bytes, Failure>) + Send>;

/// Originals of which prints are waited for: some hundred pages that nobody has
/// looked at before, at once. At a tenth of a second each the last one is there
/// before who asked for it has gone.
const MAX_ASKED: usize = 256;

/// Who waits, for all prints together.
const MAX_WAITING: usize = 1024;

/// Originals whose prints are made before anybody asks: what a paper has on its
/// front page and in its sections, many times over.
pub(crate) const MAX_AHEAD: usize = 512;

/// The work that is to be done.
#[derive(Default)]
pub(crate) struct Queue {
    asked: VecDeque<Asked>,
    waiting: HashMap<Key, Vec<Done>>,
    waiters: usize,
    ahead: VecDeque<Negative>,
    /// Those that are being made ahead or will be.
    known: HashSet<Fingerprint>,
    /// Threads that have something to do.
    busy: usize,
    pub(crate) is_over: bool,
}

/// Prints of one original that somebody waits for.
struct Asked {
    negative: Negative,
    keys: Vec<Key>,
}

/// What a thread is to do next.
pub(crate) enum Work {
    /// These prints, for which somebody waits.
    Asked(Negative, Vec<Key>),
    /// The usual ones, for which nobody does. One thread at a time does such work, and
    /// only while no other has anything to do.
    Ahead(Negative),
}

impl Queue {
    /// Puts down an order; hands `done` back where there are too many.
    pub(crate) fn ask(&mut self, order: Order, done: Done) -> Result<(), Done> {
        let key = order.key();
        if self.is_over || self.waiters >= MAX_WAITING {
            return Err(done);
        }
        if let Some(waiting) = self.waiting.get_mut(&key) {
            waiting.push(done);
            self.waiters += 1;
            return Ok(());
        }
        let are_many = self.asked.len() >= MAX_ASKED;
        let same = |asked: &&mut Asked| asked.negative.fingerprint == key.fingerprint;
        match self.asked.iter_mut().find(same) {
            Some(asked) => asked.keys.push(key),
            None if are_many => return Err(done),
            None => self.asked.push_back(Asked {
                negative: order.negative,
                keys: vec![key],
            }),
        }
        self.waiting.insert(key, vec![done]);
        self.waiters += 1;
        Ok(())
    }

    /// Who waits for that print.
    pub(crate) fn waiting(&mut self, key: &Key) -> Vec<Done> {
        let waiting = self.waiting.remove(key).unwrap_or_default();
        self.waiters -= waiting.len();
        waiting
    }

    /// Puts in the place of what was to be made ahead.
    pub(crate) fn replace_ahead(&mut self, negatives: Vec<Negative>) {
        self.ahead.clear();
        self.known.clear();
        for negative in negatives {
            self.later(negative);
        }
    }

    /// Adds to what is made ahead, where there is room.
    pub(crate) fn later(&mut self, negative: Negative) {
        if self.ahead.len() < MAX_AHEAD && self.known.insert(negative.fingerprint) {
            self.ahead.push_back(negative);
        }
    }

    /// What is to be done next, if anything.
    pub(crate) fn next(&mut self) -> Option<Work> {
        let work = match self.asked.pop_front() {
            Some(asked) => Work::Asked(asked.negative, asked.keys),
            // Whoever waits for a print isn't to share a processor with this.
            None if self.busy > 0 => return None,
            None => Work::Ahead(self.ahead.pop_front()?),
        };
        self.busy += 1;
        Some(work)
    }

    /// What somebody asked for is made; `more` of it isn't, and nobody waits for it.
    pub(crate) fn is_answered(&mut self, more: Option<Negative>) {
        self.busy -= 1;
        if let Some(negative) = more {
            self.later(negative);
        }
    }

    /// What was made ahead is made.
    pub(crate) fn is_made(&mut self, fingerprint: Fingerprint) {
        self.busy -= 1;
        self.known.remove(&fingerprint);
    }

    /// What was made ahead isn't all made, since somebody waits for another print: it
    /// is gone on with afterwards.
    pub(crate) fn is_put_off(&mut self, negative: Negative) {
        self.busy -= 1;
        let own = negative.fingerprint;
        // The publication may have done with it, or have put it down anew.
        let is_there = self.ahead.iter().any(|other| other.fingerprint == own);
        if !self.is_over && !is_there && self.known.contains(&own) {
            self.ahead.push_front(negative);
        }
    }

    /// Whether somebody waits for a print that no thread makes yet.
    pub(crate) fn is_waited_for(&self) -> bool {
        self.is_over || !self.asked.is_empty()
    }

    /// Whether nothing is being made, and nothing is to be.
    #[cfg(test)]
    pub(crate) fn is_at_rest(&self) -> bool {
        self.busy == 0 && self.asked.is_empty() && self.ahead.is_empty()
    }

    /// How many wait, and how many originals are to be made ahead.
    pub(crate) fn lengths(&self) -> (usize, usize) {
        (self.waiters, self.ahead.len())
    }

    /// Lets go of everybody who waits.
    pub(crate) fn close(&mut self) -> Vec<Done> {
        self.is_over = true;
        self.asked.clear();
        self.ahead.clear();
        self.waiters = 0;
        self.waiting
            .drain()
            .flat_map(|(_, waiting)| waiting)
            .collect()
    }
}
