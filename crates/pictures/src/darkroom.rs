//! Where prints are made: by a few threads of its own, each from one decoding of
//! its original, and kept on a shelf of bounded size.

use std::collections::{HashMap, HashSet};
use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

use bytes::Bytes;
use parking_lot::{Condvar, Mutex};

use crate::base::Base;
use crate::fingerprint::Fingerprint;
use crate::head::MAX_PIXELS;
use crate::negative::{Key, Negative, Order};
use crate::print::Form;
use crate::queue::{Done, Queue, Work};
use crate::refusal::{Failure, Refusal};
use crate::shelf::Shelf;

/// Originals that are known to be of no use, so that nobody tries again.
const MAX_SPOILED: usize = 1024;

/// How much there may be of it.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Threads that make prints; at least one is begun.
    pub threads: usize,
    /// Bytes of prints that are kept.
    pub bytes: u64,
    /// What each thread does first, such as to come after those who read.
    pub begin: fn(),
}

/// What has been done so far, and what there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Prints that were made.
    pub made: u64,
    /// Prints that were there when they were asked for.
    pub found: u64,
    /// Originals that no print could be made of.
    pub failed: u64,
    /// Prints on the shelf.
    pub prints: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Who waits for a print.
    pub waiting: usize,
    /// Originals whose prints are still to be made before anybody asks.
    pub ahead: usize,
}

/// The threads and what they share.
pub struct Darkroom {
    room: Arc<Room>,
    threads: Vec<JoinHandle<()>>,
}

struct Room {
    shelf: Shelf,
    queue: Mutex<Queue>,
    /// Rings when there is work, or none any more.
    bell: Condvar,
    /// Pixels that are being decoded.
    decoding: Mutex<u64>,
    /// Rings when some have been.
    decoded: Condvar,
    spoiled: Mutex<HashMap<Fingerprint, Refusal>>,
    made: AtomicU64,
    found: AtomicU64,
    failed: AtomicU64,
}

impl Darkroom {
    /// Begins the threads. Prints are kept in `folder`, of which nothing else may
    /// be made use of; nowhere where there is none.
    ///
    /// # Errors
    ///
    /// The folder can't be made or read, or no thread can be begun.
    pub fn open(folder: Option<&Path>, bounds: Bounds) -> io::Result<Self> {
        let room = Arc::new(Room {
            shelf: Shelf::open(folder, bounds.bytes)?,
            queue: Mutex::default(),
            bell: Condvar::new(),
            decoding: Mutex::default(),
            decoded: Condvar::new(),
            spoiled: Mutex::default(),
            made: AtomicU64::new(0),
            found: AtomicU64::new(0),
            failed: AtomicU64::new(0),
        });
        let mut darkroom = Self {
            room,
            threads: Vec::new(),
        };
        for _ in 0..bounds.threads.max(1) {
            let room = Arc::clone(&darkroom.room);
            let thread = std::thread::Builder::new().name("pictures".to_owned());
            darkroom.threads.push(thread.spawn(move || {
                (bounds.begin)();
                room.work();
            })?);
        }
        Ok(darkroom)
    }

    /// The print, if it has been made. Reads it from the disk.
    pub fn find(&self, order: &Order) -> Option<Bytes> {
        let found = self.room.shelf.find(&order.key())?;
        self.room.found.fetch_add(1, Ordering::Relaxed);
        Some(found)
    }

    /// Has the print made, and tells `done`, once, on another thread or at once
    /// where there won't be one. Never blocks.
    pub fn ask(&self, order: Order, done: impl FnOnce(Result<Bytes, Failure>) + Send + 'static) {
        if !order.negative.matter.offers(order.width, order.form) {
            return done(Err(Failure::NotOffered));
        }
        let spoiled = self
            .room
            .spoiled
            .lock()
            .get(&order.negative.fingerprint)
            .cloned();
        if let Some(refusal) = spoiled {
            return done(Err(refusal.into()));
        }
        let put = self.room.queue.lock().ask(order, Box::new(done));
        match put {
            Ok(()) => {
                self.room.bell.notify_all();
            }
            Err(done) => done(Err(Failure::Busy)),
        }
    }

    /// These are the originals in use: what was made of others is removed, now and
    /// then by a thread that has nothing better to do; the usual prints of the
    /// first of `ahead` are made before anybody asks.
    pub fn use_only(&self, in_use: &HashSet<Fingerprint>, ahead: Vec<Negative>) {
        let removed = self.room.shelf.retain(|own| in_use.contains(&own));
        if removed > 0 {
            tracing::info!(
                prints = removed,
                "removed what was made of pictures that are gone"
            );
        }
        self.room
            .spoiled
            .lock()
            .retain(|own, _| in_use.contains(own));
        if self.room.shelf.keeps() {
            self.room.queue.lock().replace_ahead(ahead);
        }
        self.room.bell.notify_all();
    }

    /// What has been done so far, and what there is.
    pub fn stats(&self) -> Stats {
        let (prints, bytes) = self.room.shelf.size();
        let (waiting, ahead) = self.room.queue.lock().lengths();
        Stats {
            made: self.room.made.load(Ordering::Relaxed),
            found: self.room.found.load(Ordering::Relaxed),
            failed: self.room.failed.load(Ordering::Relaxed),
            prints,
            bytes,
            waiting,
            ahead,
        }
    }
}

impl Drop for Darkroom {
    /// Who still waits hears that there won't be a print; what is being made is
    /// finished.
    fn drop(&mut self) {
        let waiting = self.room.queue.lock().close();
        for done in waiting {
            done(Err(Failure::Busy));
        }
        self.room.bell.notify_all();
        for thread in self.threads.drain(..) {
            // One that has panicked has nothing to finish.
            let _ = thread.join();
        }
    }
}

impl std::fmt::Debug for Darkroom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Darkroom").finish_non_exhaustive()
    }
}

impl Room {
    fn work(&self) {
        while let Some(work) = self.wait() {
            match work {
                Work::Asked(negative, keys) => {
                    // Who is shown one print is soon shown another.
                    let is_worth_more = self.answer(&negative, &keys) && self.shelf.keeps();
                    let more = is_worth_more.then_some(negative);
                    self.queue.lock().is_answered(more);
                }
                Work::Ahead(negative) => {
                    let is_made = self.make_ahead(&negative);
                    let mut queue = self.queue.lock();
                    if is_made {
                        queue.is_made(negative.fingerprint);
                    } else {
                        queue.is_put_off(negative);
                    }
                }
            }
            self.bell.notify_all();
        }
    }

    /// What is to be done next, once there is something; `None` when it's over.
    fn wait(&self) -> Option<Work> {
        let mut queue = self.queue.lock();
        loop {
            if queue.is_over {
                return None;
            }
            match queue.next() {
                Some(work) => return Some(work),
                None => self.bell.wait(&mut queue),
            }
        }
    }

    /// Makes what will be asked for, where that can be kept. Not all of it where
    /// somebody begins to wait for something else: `false` then.
    fn make_ahead(&self, negative: &Negative) -> bool {
        let missing = |(width, form): &(u32, Form)| {
            !self.shelf.has(&Key {
                fingerprint: negative.fingerprint,
                width: *width,
                form: *form,
            })
        };
        let wanted: Vec<(u32, Form)> = negative
            .matter
            .usual()
            .into_iter()
            .filter(missing)
            .collect();
        let mut left = wanted.len();
        let made = self.make(negative, &wanted, |_, _| {
            left -= 1;
            if left > 0 && self.queue.lock().is_waited_for() {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        if let Err(failure) = &made {
            tracing::debug!(?negative, %failure, "no prints are made ahead");
        }
        left == 0 || made.is_err()
    }

    /// Makes prints for who waits for them; whether that was possible.
    fn answer(&self, negative: &Negative, keys: &[Key]) -> bool {
        let wanted: Vec<(u32, Form)> = keys.iter().map(|key| (key.width, key.form)).collect();
        let made = self.make(negative, &wanted, |key, print| {
            self.tell(&key, &Ok(print));
            ControlFlow::Continue(())
        });
        if let Err(failure) = &made {
            for key in keys {
                self.tell(key, &Err(failure.clone()));
            }
        }
        made.is_ok()
    }

    fn tell(&self, key: &Key, what: &Result<Bytes, Failure>) {
        let waiting: Vec<Done> = self.queue.lock().waiting(key);
        for done in waiting {
            done(what.clone());
        }
    }

    /// Makes the prints that aren't there, each handed on as soon as it is, until
    /// `each` has had enough.
    fn make(
        &self,
        negative: &Negative,
        wanted: &[(u32, Form)],
        mut each: impl FnMut(Key, Bytes) -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        let fingerprint = negative.fingerprint;
        let mut base = None;
        for &(width, form) in wanted {
            let key = Key {
                fingerprint,
                width,
                form,
            };
            // Somebody may have made it meanwhile.
            let print = if let Some(print) = self.shelf.find(&key) {
                print
            } else {
                let base = match &base {
                    Some(base) => base,
                    None => base.insert(self.base(negative)?),
                };
                self.print(negative, base, &key)?
            };
            if each(key, print).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn print(&self, negative: &Negative, base: &Base, key: &Key) -> Result<Bytes, Failure> {
        let print = self.guarded(negative, || Ok(base.print(key.width, key.form)?))?;
        self.made.fetch_add(1, Ordering::Relaxed);
        if let Err(error) = self.shelf.keep(key, &print) {
            tracing::warn!(
                %error,
                "a picture that was made can't be kept, so it is made again when it is next \
                 asked for; is there room on the disk, and may the server write there?"
            );
        }
        Ok(print.into())
    }

    /// The original, decoded.
    fn base(&self, negative: &Negative) -> Result<Base, Failure> {
        self.guarded(negative, || negative.base(|pixels| self.room_for(pixels)))
    }

    /// Runs what looks at bytes of others: a decoder that panics has met a picture
    /// that can't be decoded. What nothing can be made of is remembered.
    fn guarded<T>(
        &self,
        negative: &Negative,
        work: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let outcome = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
            let why = "the decoder gave up on it".to_owned();
            Err(Refusal::Undecodable(why).into())
        });
        if let Err(Failure::Refused(refusal)) = &outcome {
            self.spoil(negative, refusal);
        }
        outcome
    }

    /// Remembers that nothing can be made of it, and says so, once.
    fn spoil(&self, negative: &Negative, refusal: &Refusal) {
        let name = &*negative.name;
        tracing::warn!(name, why = %refusal, "no prints can be made of a picture");
        self.failed.fetch_add(1, Ordering::Relaxed);
        let mut spoiled = self.spoiled.lock();
        if spoiled.len() >= MAX_SPOILED {
            spoiled.clear();
        }
        spoiled.insert(negative.fingerprint, refusal.clone());
    }

    /// Waits until so many pixels more may be decoded: together with what others
    /// decode no more than one of the largest pictures has.
    fn room_for(&self, pixels: u64) -> Decoding<'_> {
        let mut decoding = self.decoding.lock();
        while *decoding > 0 && *decoding + pixels > MAX_PIXELS {
            self.decoded.wait(&mut decoding);
        }
        *decoding += pixels;
        Decoding { room: self, pixels }
    }
}

/// The right to decode so many pixels.
struct Decoding<'a> {
    room: &'a Room,
    pixels: u64,
}

impl Drop for Decoding<'_> {
    fn drop(&mut self) {
        *self.room.decoding.lock() -= self.pixels;
        self.room.decoded.notify_all();
    }
}

#[cfg(test)]
mod tests;
