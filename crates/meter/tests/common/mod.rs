//! Shorthand for the tests of the store.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses its own share"
)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "this is test code, outside of a test"
)]

pub mod refusing;
pub mod victim;

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use access::{Charge, MeterNo, Minute, ReaderId, StoryNo};
use ludgate_meter::{
    Charged, Config, Lookup, NetworkKey, OpenError, Store, Term, Ticket, Unavailable,
};

pub fn reader(n: u32) -> ReaderId {
    let mut id = [0; 12];
    // Spread like the random ids that readers have.
    id[..8].copy_from_slice(
        &u64::from(n)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .to_be_bytes(),
    );
    id[8..].copy_from_slice(&n.to_be_bytes());
    ReaderId(id)
}

pub fn minute(n: u32) -> Minute {
    Minute::new(n).unwrap()
}

pub fn term(n: u32) -> Term {
    Term(n)
}

pub fn network(n: u8) -> NetworkKey {
    NetworkKey([n; 8])
}

pub fn charge(meter: u8, since: u32, at: u32, limit: u16) -> Charge {
    Charge {
        meter: MeterNo::new(meter).unwrap(),
        since: minute(since),
        at: minute(at),
        limit,
    }
}

/// Does something that takes a lock which was let go of a moment ago, again where
/// it is still held: a child process that another test starts has every open
/// file until it runs its own program.
pub fn unless_held<T, E>(
    mut attempt: impl FnMut() -> Result<T, E>,
    is_held: impl Fn(&E) -> bool,
) -> Result<T, E> {
    // Bounded: five seconds.
    for _ in 0..500 {
        match attempt() {
            Err(error) if is_held(&error) => {}
            other => return other,
        }
        std::thread::park_timeout(Duration::from_millis(10));
    }
    attempt()
}

/// Opens a store that was closed a moment ago.
pub fn reopen(config: &Config) -> Result<Store, OpenError> {
    unless_held(
        || Store::open(config.clone()),
        |error| matches!(error, OpenError::Locked { .. }),
    )
}

/// Warms the reader and counts; it must be counted.
pub fn warm_charge(store: &Store, id: ReaderId, number: u32, due: &Charge) -> Ticket {
    store.warm(id).unwrap();
    match store.charge(id, StoryNo(number), due).unwrap() {
        Charged::Counted { ticket, .. } => ticket,
        other => panic!("{other:?}"),
    }
}

/// Counts, waiting for room in memory where there is none.
pub fn count(store: &Store, id: ReaderId, number: u32, due: &Charge) -> Charged {
    loop {
        let charged = store
            .warm(id)
            .and_then(|()| store.charge(id, StoryNo(number), due));
        match charged {
            Ok(Charged::Cold) => {}
            Err(Unavailable::Full) => store.flush().unwrap(),
            other => return other.unwrap(),
        }
    }
}

/// What the reader has counted, as (story, meter, minute), sorted.
pub fn entries(store: &Store, id: ReaderId) -> Vec<(u32, u8, u32)> {
    loop {
        match store.warm(id) {
            Err(Unavailable::Full) => store.flush().unwrap(),
            other => other.unwrap(),
        }
        let found = store.read(id, |all| {
            all.iter()
                .map(|one| (one.story.0, one.meter.get(), one.at.get()))
                .collect::<Vec<_>>()
        });
        if let Lookup::Warm(mut found) = found {
            found.sort_unstable();
            return found;
        }
    }
}

struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs a future to its end on this thread: the store needs no runtime.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => std::thread::park(),
        }
    }
}
