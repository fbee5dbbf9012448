//! A map that many readers look things up in without a lock, and in which a
//! late change can't undo a newer one.
//!
//! Every entry remembers the number of its last change. What was removed is
//! remembered as well, for as long as there is room: when the oldest of the
//! removed is forgotten, nothing older than its removal may appear any more.

use std::collections::VecDeque;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use access::Seq;
use parking_lot::Mutex;

/// How many removals are remembered. Changes come late by seconds; so many are
/// a wave of sign-outs that lasts as long.
pub(super) const REMEMBERED: usize = 1 << 16;

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It holds from the next request on.
    Now,
    /// Something newer is known already, so nothing has changed.
    Late,
    /// There is no more room, so nothing has changed.
    Full,
}

/// More has been removed since than is remembered, so what was so then can't be
/// told from what has been undone: load what is so now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more has ended since the state that is being loaded than is remembered; load a newer one")]
pub struct Overtaken;

/// The map.
pub(super) struct Versioned<K, V> {
    map: papaya::HashMap<K, Entry<V>, BuildHasherDefault<Spread>>,
    /// Whoever changes something holds this; readers don't.
    book: Mutex<Book<K>>,
    room: usize,
}

struct Entry<V> {
    seq: Seq,
    /// `None` where it was removed.
    value: Option<V>,
}

struct Book<K> {
    /// Nothing appears any more by a change that isn't newer.
    floor: Seq,
    /// Up to which number removals have been forgotten.
    forgotten: Seq,
    removed: VecDeque<(K, Seq)>,
    present: usize,
}

impl<K: Copy + Eq + Hash, V> Versioned<K, V> {
    /// A map with room for so many.
    pub(super) fn new(room: usize) -> Self {
        Self {
            map: papaya::HashMap::with_hasher(BuildHasherDefault::default()),
            book: Mutex::new(Book {
                floor: Seq(0),
                forgotten: Seq(0),
                removed: VecDeque::new(),
                present: 0,
            }),
            room,
        }
    }

    /// Calls `f` with what is there.
    pub(super) fn get<R>(&self, key: K, f: impl FnOnce(&V) -> R) -> Option<R> {
        let map = self.map.pin();
        map.get(&key)?.value.as_ref().map(f)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.book.lock().present
    }

    /// Puts `value` there.
    pub(super) fn put(&self, seq: Seq, key: K, value: V) -> Applied {
        let is_late = |held: Option<&Entry<V>>, floor: Seq| match held {
            Some(entry) => entry.seq >= seq,
            None => floor >= seq,
        };
        self.set(seq, key, value, is_late)
    }

    /// Puts `value` there unless that comes too late, by what is held of it and by
    /// the floor.
    fn set(
        &self,
        seq: Seq,
        key: K,
        value: V,
        is_late: impl FnOnce(Option<&Entry<V>>, Seq) -> bool,
    ) -> Applied {
        let mut book = self.book.lock();
        let map = self.map.pin();
        let held = map.get(&key);
        if is_late(held, book.floor) {
            return Applied::Late;
        }
        let is_there = held.is_some_and(|entry| entry.value.is_some());
        if !is_there && book.present >= self.room {
            return Applied::Full;
        }
        book.present += usize::from(!is_there);
        let value = Some(value);
        map.insert(key, Entry { seq, value });
        Applied::Now
    }

    /// Takes away what is there.
    pub(super) fn remove(&self, seq: Seq, key: K) -> Applied {
        let mut book = self.book.lock();
        let map = self.map.pin();
        let held = map.get(&key);
        if held.is_some_and(|entry| entry.seq >= seq) {
            return Applied::Late;
        }
        if held.is_none() && book.floor >= seq {
            // What it would undo can't appear any more.
            return Applied::Now;
        }
        book.present -= usize::from(held.is_some_and(|entry| entry.value.is_some()));
        map.insert(key, Entry { seq, value: None });
        book.removed.push_back((key, seq));
        if book.removed.len() > REMEMBERED
            && let Some((key, seq)) = book.removed.pop_front()
        {
            if map.get(&key).is_some_and(|entry| entry.seq == seq) {
                map.remove(&key);
            }
            book.floor = book.floor.max(seq);
            book.forgotten = book.forgotten.max(seq);
        }
        Applied::Now
    }

    /// Begins to load what was so at `seq`: from now on changes that aren't newer
    /// come with that.
    pub(super) fn begin(&self, seq: Seq) -> Result<(), Overtaken> {
        let mut book = self.book.lock();
        book.floor = book.floor.max(seq);
        overtaken(&book, seq)
    }

    /// One of what was so at `seq`.
    pub(super) fn load(&self, seq: Seq, key: K, value: V) -> Applied {
        self.set(seq, key, value, |held, _| {
            held.is_some_and(|entry| entry.seq > seq)
        })
    }

    /// Ends a load: what wasn't among what was so, and isn't newer, goes.
    pub(super) fn finish(&self, seq: Seq) -> Result<(), Overtaken> {
        let mut book = self.book.lock();
        overtaken(&book, seq)?;
        self.retain(&mut book, |entry| entry.seq >= seq);
        Ok(())
    }

    /// Drops what `keeps` says is of no more use.
    pub(super) fn sweep(&self, keeps: impl Fn(&V) -> bool) -> usize {
        let mut book = self.book.lock();
        self.retain(&mut book, |entry| entry.value.as_ref().is_none_or(&keeps))
    }

    fn retain(&self, book: &mut Book<K>, keeps: impl Fn(&Entry<V>) -> bool) -> usize {
        let map = self.map.pin();
        let going: Vec<K> = map
            .iter()
            .filter(|(_, entry)| !keeps(entry))
            .map(|(key, _)| *key)
            .collect();
        let mut dropped = 0;
        for key in going {
            let gone = map.remove(&key);
            dropped += usize::from(gone.is_some_and(|entry| entry.value.is_some()));
        }
        book.present = book.present.saturating_sub(dropped);
        dropped
    }
}

fn overtaken<K>(book: &Book<K>, seq: Seq) -> Result<(), Overtaken> {
    if book.forgotten > seq {
        return Err(Overtaken);
    }
    Ok(())
}

/// Keys are hashes of secrets that nobody but us draws: their own bytes spread
/// them, and nobody can make many that collide.
#[derive(Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut word = [0; 8];
        let length = bytes.len().min(word.len());
        word[..length].copy_from_slice(&bytes[..length]);
        self.0 = self.0.rotate_left(5) ^ u64::from_le_bytes(word);
    }

    /// Of an array, its length, which is the same for all.
    fn write_usize(&mut self, _: usize) {}
}
