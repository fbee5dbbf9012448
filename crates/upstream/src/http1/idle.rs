//! Connections that nobody uses just now.
//!
//! What a runtime has made is of no use to another, which doesn't hear of it when
//! something comes. So each has a shelf of its own. The connection used last is
//! taken first: the rest grow old, and are closed.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;
use rustix::io::Errno;
use rustix::net::{RecvFlags, recv};
use tokio::net::TcpStream;
use tokio::runtime::{Handle, Id};

use crate::client::IDLE;

/// The connections to one server that nobody uses.
pub(super) struct Idle {
    /// How many there are at most, on all shelves.
    most: usize,
    shelves: Mutex<Shelves>,
}

#[derive(Default)]
struct Shelves {
    /// The latest time that anybody has told.
    now: Duration,
    /// One for each runtime that has any.
    shelves: HashMap<Id, Shelf>,
}

#[derive(Default)]
struct Shelf {
    /// The one used last is at the end.
    connections: VecDeque<Kept>,
    is_tidied: bool,
}

struct Kept {
    io: TcpStream,
    /// No later than it was put here.
    since: Duration,
}

impl Idle {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            shelves: Mutex::default(),
        }
    }

    /// One that the server hasn't closed and on which nothing has come, at the
    /// time `now`.
    pub(super) fn take(&self, now: Duration) -> Option<TcpStream> {
        let runtime = Handle::current().id();
        loop {
            let kept = {
                let mut shelves = self.shelves.lock();
                shelves.now = shelves.now.max(now);
                let own = shelves.shelves.get_mut(&runtime)?;
                own.connections.pop_back()?
            };
            if now.saturating_sub(kept.since) <= IDLE && is_quiet(&kept.io) {
                return Some(kept.io);
            }
        }
    }

    /// Keeps `io`, on which an answer has come to its end, as far as there is room.
    pub(super) fn put(self: &Arc<Self>, io: TcpStream) {
        let runtime = Handle::current().id();
        let mut guard = self.shelves.lock();
        let Shelves { now, shelves } = &mut *guard;
        let count: usize = shelves.values().map(|shelf| shelf.connections.len()).sum();
        if count >= self.most {
            return;
        }
        let own = shelves.entry(runtime).or_default();
        own.connections.push_back(Kept { io, since: *now });
        if !std::mem::replace(&mut own.is_tidied, true) {
            tokio::spawn(tidy(Arc::downgrade(self), runtime));
        }
    }

    fn now(&self) -> Duration {
        self.shelves.lock().now
    }

    /// Lets go of what has been on this runtime's shelf since `then`; whether
    /// there is more.
    fn let_go(&self, runtime: Id, then: Duration) -> bool {
        let mut shelves = self.shelves.lock();
        let Some(own) = shelves.shelves.get_mut(&runtime) else {
            return false;
        };
        let old = own.connections.partition_point(|kept| kept.since <= then);
        let old = own.connections.drain(..old).collect::<Vec<_>>();
        let has_more = !own.connections.is_empty();
        if !has_more {
            shelves.shelves.remove(&runtime);
        }
        drop(shelves);
        drop(old);
        has_more
    }
}

/// Closes what nobody takes any more, also where nobody asks the server.
async fn tidy(idle: Weak<Idle>, runtime: Id) {
    loop {
        let Some(then) = idle.upgrade().map(|idle| idle.now()) else {
            return;
        };
        tokio::time::sleep(IDLE).await;
        if !idle
            .upgrade()
            .is_some_and(|idle| idle.let_go(runtime, then))
        {
            return;
        }
    }
}

/// Whether the system has nothing to say of it: no byte, no end, no failure.
fn is_quiet(io: &TcpStream) -> bool {
    let mut byte = [0];
    let flags = RecvFlags::PEEK | RecvFlags::DONTWAIT;
    recv(io, &mut byte, flags).is_err_and(|error| error == Errno::AGAIN)
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt;
    use tokio::net::TcpListener;

    use super::*;

    /// Both ends of a connection.
    async fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (ours, theirs) = tokio::join!(TcpStream::connect(address), listener.accept());
        (ours.expect("a connection"), theirs.expect("a connection").0)
    }

    fn port(io: &TcpStream) -> u16 {
        io.local_addr().expect("an address").port()
    }

    const START: Duration = Duration::from_hours(1);

    #[tokio::test]
    async fn the_one_used_last_is_taken_first_and_no_more_are_kept_than_may_be() {
        let idle = Arc::new(Idle::new(2));
        let (a, b, c) = (pair().await, pair().await, pair().await);
        let ports = [port(&a.0), port(&b.0)];
        assert!(idle.take(START).is_none());
        for io in [a.0, b.0, c.0] {
            idle.put(io);
        }
        let taken = [idle.take(START), idle.take(START)];
        let taken = taken.map(|io| port(&io.expect("one")));
        assert_eq!(taken, [ports[1], ports[0]]);
        assert!(idle.take(START).is_none());
    }

    #[tokio::test]
    async fn what_was_closed_or_said_something_or_is_old_is_not_taken() {
        let idle = Arc::new(Idle::new(8));
        assert!(idle.take(START).is_none());
        let (old, young) = (pair().await, pair().await);
        idle.put(old.0);
        let later = START + IDLE / 2;
        assert!(idle.take(later).is_some());
        idle.put(young.0);
        let (closed, mut talks) = (pair().await, pair().await);
        drop(closed.1);
        talks.1.write_all(b"HTTP/1.1").await.expect("it is there");
        closed.0.readable().await.expect("the end");
        talks.0.readable().await.expect("a byte");
        idle.put(closed.0);
        idle.put(talks.0);
        assert!(idle.take(later + IDLE).is_some(), "the young one");
        let (another, _theirs) = pair().await;
        idle.put(another);
        let too_late = later + IDLE * 2 + Duration::from_millis(1);
        assert!(idle.take(too_late).is_none());
    }

    #[tokio::test]
    async fn what_nobody_takes_is_let_go() {
        let idle = Arc::new(Idle::new(8));
        let runtime = Handle::current().id();
        let (a, b) = (pair().await, pair().await);
        assert!(idle.take(START).is_none());
        idle.put(a.0);
        let then = idle.now();
        assert!(idle.take(START + IDLE * 2).is_none(), "it is old");
        idle.put(b.0);
        assert!(idle.let_go(runtime, then), "one came since");
        assert!(!idle.let_go(runtime, idle.now()));
        assert!(idle.take(START + IDLE * 2).is_none());
    }
}
