//! Making the index hold what it should: what is missing or has changed goes
//! in, the newest first; what shouldn't be there goes out.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tantivy::Term;

use crate::document::{Document, Fingerprint, Second, key};
use crate::error::Error;
use crate::index::{Index, Shelf};
use crate::snapshot::Snapshot;
use crate::token::Cutter;

/// A story that the index should hold.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it changes with.
    pub fingerprint: Fingerprint,
    /// When it appears.
    pub published: Second,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Synced {
    /// Stories that were written.
    pub written: usize,
    /// Stories that were taken out.
    pub removed: usize,
    /// When the next story appears, which should be told to the index then.
    pub next: Option<Second>,
    /// Whether all is done. It isn't where the caller wanted to stop.
    pub finished: bool,
}

impl Synced {
    /// Where there was nothing to do, and won't be.
    pub fn nothing() -> Self {
        Self {
            written: 0,
            removed: 0,
            next: None,
            finished: true,
        }
    }
}

impl Index {
    /// Makes the index hold `wanted` as of `now`, and nothing else.
    ///
    /// Stories that haven't appeared aren't told to the index at all, since
    /// even how rare a word is would tell of them. Those to be written are
    /// asked for by `fetch`, one at a time; one that isn't there any more is
    /// left out. Between batches `go_on` is asked whether to.
    ///
    /// What is taken out or replaced is found no more from the beginning on,
    /// though the files are written later. Blocks; callers wait for each other.
    pub fn sync(
        &self,
        wanted: &[Wanted<'_>],
        now: Second,
        fetch: &mut dyn FnMut(&str) -> Option<Document>,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Synced, Error> {
        let mut guard = self.shelf.lock();
        let taken = guard.take();
        let mut open = taken.map_or_else(|| self.open(), Ok)?;
        // Where anything fails the index is closed, and looked at closely when
        // it is opened the next time.
        let synced = Work {
            index: self,
            shelf: &mut open,
            now,
        }
        .run(wanted, fetch, go_on)?;
        *guard = Some(open);
        Ok(synced)
    }
}

struct Work<'a> {
    index: &'a Index,
    shelf: &'a mut Shelf,
    now: Second,
}

impl Work<'_> {
    fn run(
        &mut self,
        wanted: &[Wanted<'_>],
        fetch: &mut dyn FnMut(&str) -> Option<Document>,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Synced, Error> {
        self.publish()?;
        let known = self.known();
        let mut removed: HashSet<u64> = known.keys().copied().collect();
        let mut missing: Vec<&Wanted<'_>> = Vec::new();
        let mut next: Option<Second> = None;
        for story in wanted {
            if story.published > self.now {
                next = Some(next.map_or(story.published, |next| next.min(story.published)));
                continue;
            }
            let key = key(story.id);
            removed.remove(&key);
            if known.get(&key) != Some(&story.fingerprint) {
                missing.push(story);
            }
        }
        missing.sort_by(|a, b| (b.published, a.id).cmp(&(a.published, b.id)));
        let batch = self.index.batch;
        if missing.len() > batch {
            self.index.complete.store(false, Ordering::Release);
        }
        let mut synced = Synced {
            written: 0,
            removed: removed.len(),
            next,
            finished: true,
        };
        let mut leaving = removed;
        if missing.len() > batch {
            // The last of so many would be found as they were for minutes, by words that
            // they may not have any more.
            let replaced = missing.iter().map(|story| key(story.id));
            leaving.extend(replaced.filter(|key| known.contains_key(key)));
        }
        if !leaving.is_empty() {
            self.batch(&leaving, &[], fetch)?;
        }
        for stories in missing.chunks(batch) {
            if !go_on() {
                synced.finished = false;
                return Ok(synced);
            }
            let replaced = stories.iter().map(|story| key(story.id));
            let replaced = replaced
                .filter(|key| known.contains_key(key) && !leaving.contains(key))
                .collect();
            synced.written += self.batch(&replaced, stories, fetch)?;
        }
        if missing.len() > batch
            && let Some(writer) = self.shelf.writer.take()
        {
            // Few large files are searched faster than many small ones.
            writer.wait_merging_threads()?;
            self.shelf.writer()?;
            self.publish()?;
        }
        self.index.complete.store(true, Ordering::Release);
        Ok(synced)
    }

    /// The stories in the index with their fingerprints.
    fn known(&self) -> HashMap<u64, Fingerprint> {
        let Some(snapshot) = self.index.snapshot.load_full() else {
            return HashMap::new();
        };
        let segments = snapshot.searcher.segment_readers().iter();
        let mut known = HashMap::with_capacity(snapshot.len());
        for (segment, table) in segments.zip(&snapshot.tables) {
            for doc in segment.doc_ids_alive() {
                let at = doc as usize;
                if let (Some(key), Some(print)) = (table.keys.get(at), table.fingerprints.get(at)) {
                    known.insert(*key, Fingerprint(*print));
                }
            }
        }
        known
    }

    /// Takes stories out and writes others, so that they are found. Returns
    /// how many were written.
    fn batch(
        &mut self,
        leaving: &HashSet<u64>,
        stories: &[&Wanted<'_>],
        fetch: &mut dyn FnMut(&str) -> Option<Document>,
    ) -> Result<usize, Error> {
        if !leaving.is_empty()
            && let Some(snapshot) = self.index.snapshot.load_full()
        {
            let without = snapshot.without(leaving.clone());
            self.index.snapshot.store(Some(Arc::new(without)));
        }
        let fields = Arc::clone(&self.shelf.fields);
        let writer = self.shelf.writer()?;
        for key in leaving {
            writer.delete_term(Term::from_field_u64(fields.key, *key));
        }
        let mut cutter = Cutter::new();
        let mut written = 0;
        for story in stories {
            // What the caller has meanwhile is newer than what was wanted.
            if let Some(document) = fetch(story.id)
                && document.published <= self.now
            {
                writer.add_document(fields.write(&document, self.index.keeps, &mut cutter))?;
                written += 1;
            }
        }
        writer.commit()?;
        self.publish()?;
        Ok(written)
    }

    /// Lets queries see what was written.
    fn publish(&self) -> Result<(), Error> {
        let before: Option<Arc<Snapshot>> = self.index.snapshot.load_full();
        let snapshot = self.shelf.look(before.as_deref())?;
        self.index.snapshot.store(Some(Arc::new(snapshot)));
        Ok(())
    }
}
