//! Who is signed in and what they are entitled to, in memory, so that no request
//! waits for a database.
//!
//! Whoever keeps accounts pushes what there is, first all of it ([`Load`]) and
//! then every change ([`Accounts::apply`]). Changes may come late, twice and in
//! any order: the newest of each account and each session holds. A change holds
//! from the next request on.
//!
//! Until all of it has come, nobody who shows a session can be known. They are
//! then the reader that their browser would be without it: free stories are
//! open, and what the browser may still read is. Where that comes to a wall,
//! they aren't sold what they may have bought; they are told that it is our
//! fault ([`Reason::Unavailable`](access::Reason::Unavailable)). So nothing is
//! open that isn't to anybody, and readers who aren't signed in notice nothing.

mod seen;
mod versioned;

use std::sync::atomic::{AtomicBool, Ordering};

use access::{AccountChange, AccountKey, ReaderId, Seq, SessionId, Snapshot};
use jiff::Timestamp;

use seen::{Noted, Seen};
use versioned::Versioned;
pub use versioned::{Applied, Overtaken};

/// The most sessions that are known at a time, at about a hundred bytes each: a
/// million subscribers with four browsers.
pub const MAX_SESSIONS: usize = 1 << 22;

/// The most accounts, at some two hundred bytes each with an entitlement or two.
/// Of those who aren't signed in anywhere the gate needs to know nothing.
pub const MAX_ACCOUNTS: usize = 1 << 22;

/// Everybody who is signed in.
pub struct Accounts {
    sessions: Versioned<SessionId, Session>,
    readers: Versioned<ReaderId, Account>,
    is_complete: AtomicBool,
    seen: Seen,
}

struct Session {
    reader: ReaderId,
    until: Timestamp,
    noted: Noted,
}

struct Account {
    key: AccountKey,
    snapshot: Snapshot,
}

/// Whose a session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// A reader's with an account.
    Readers(SignedIn),
    /// Nobody's: it has ended, or never was.
    Nobodys,
    /// It can't be told yet.
    Unknown,
}

/// A reader who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignedIn {
    /// The account.
    pub(crate) account: AccountKey,
    /// What the meter knows it by.
    pub(crate) reader: ReaderId,
    /// What it may use.
    pub(crate) snapshot: Snapshot,
    /// When the session is over.
    pub(crate) until: Timestamp,
}

impl std::fmt::Debug for Accounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Accounts")
            .field("sessions", &self.sessions.len())
            .field("accounts", &self.readers.len())
            .field("is_complete", &self.is_complete())
            .finish_non_exhaustive()
    }
}

/// What the meter knows an account by. The same for good, so that what was
/// counted for it can be found again, and erased.
pub fn reader_of(account: AccountKey) -> ReaderId {
    let mut said = [0; 32];
    said[..16].copy_from_slice(b"ludgate account:");
    said[16..].copy_from_slice(&account.0.to_be_bytes());
    let mut id = [0; 12];
    id.copy_from_slice(&blake3::hash(&said).as_bytes()[..12]);
    ReaderId(id)
}

impl Accounts {
    /// Of a publication that has none: whoever shows a session is nobody.
    pub fn none() -> Self {
        Self::new(true)
    }

    /// Of a publication that has some, none of which has come yet.
    pub fn awaited() -> Self {
        Self::new(false)
    }

    fn new(is_complete: bool) -> Self {
        Self {
            sessions: Versioned::new(MAX_SESSIONS),
            readers: Versioned::new(MAX_ACCOUNTS),
            is_complete: AtomicBool::new(is_complete),
            seen: Seen::default(),
        }
    }

    /// Whether all that there is has come.
    pub fn is_complete(&self) -> bool {
        self.is_complete.load(Ordering::Acquire)
    }

    /// How many sessions are known.
    pub fn sessions(&self) -> usize {
        self.sessions.len()
    }

    /// Takes a change in.
    pub fn apply(&self, seq: Seq, change: AccountChange) -> Applied {
        match change {
            AccountChange::SessionOpened {
                session,
                account,
                until,
            } => self.sessions.put(seq, session, opened(account, until)),
            AccountChange::SessionEnded { session } => self.sessions.remove(seq, session),
            AccountChange::Entitled { account, snapshot } => {
                let (reader, account) = entitled(account, snapshot);
                self.readers.put(seq, reader, account)
            }
            AccountChange::Gone { account } => self.readers.remove(seq, reader_of(account)),
        }
    }

    /// Begins to take in all that was so at `seq`; changes go on meanwhile. Also
    /// for when changes may have been lost: what isn't so any more goes at the
    /// end, and nobody is signed out in between.
    pub fn load(&self, seq: Seq) -> Result<Load<'_>, Overtaken> {
        self.sessions.begin(seq)?;
        self.readers.begin(seq)?;
        Ok(Load {
            accounts: self,
            seq,
        })
    }

    /// Drops sessions that are over at `now`; how many. They open nothing either
    /// way: this makes room.
    pub fn sweep(&self, now: Timestamp) -> usize {
        self.sessions.sweep(|session| now < session.until)
    }

    /// Some of the sessions that were shown since they were last asked for, and
    /// when: each once an hour at most. Whoever keeps accounts writes them down.
    pub fn take_seen(&self, most: usize) -> Vec<(SessionId, Timestamp)> {
        self.seen.take(most)
    }

    /// Whether the account that the meter knows so may read, by what it is entitled
    /// to; `None` where it can't be told yet. Takes no lock.
    pub(crate) fn may_read(&self, reader: ReaderId, now: Timestamp) -> Option<bool> {
        let is_complete = self.is_complete();
        let found = self.readers.get(reader, |account| {
            account.snapshot.entitlements.active("read", now)
        });
        found.or(is_complete.then_some(false))
    }

    /// What an account may use, by its entitlements' own ends; nothing where it isn't
    /// known, and `None` where that can't be told yet. Takes no lock.
    pub fn snapshot(&self, account: AccountKey) -> Option<Snapshot> {
        let is_complete = self.is_complete();
        let reader = reader_of(account);
        let found = self.readers.get(reader, |known| known.snapshot.clone());
        found.or_else(|| is_complete.then(Snapshot::default))
    }

    /// Whose the session is at `now`, when it is shown. Waits for no lock.
    pub(crate) fn whose(&self, session: SessionId, now: Timestamp) -> Whose {
        // Asked first: a load that ends between here and the look-up only makes
        // the reader wait for another request.
        let is_complete = self.is_complete();
        let found = self
            .sessions
            .get(session, |found| {
                let is_good = now < found.until;
                if is_good {
                    self.seen.note(session, &found.noted, now);
                }
                is_good.then_some((found.reader, found.until))
            })
            .flatten();
        let signed_in = found.and_then(|(reader, until)| {
            self.readers.get(reader, |account| SignedIn {
                account: account.key,
                reader,
                snapshot: account.snapshot.clone(),
                until,
            })
        });
        match signed_in {
            Some(signed_in) => Whose::Readers(signed_in),
            None if is_complete => Whose::Nobodys,
            None => Whose::Unknown,
        }
    }
}

/// All that there is, while it comes. Dropped before it is finished it has
/// changed nothing but what came newer.
#[derive(Debug)]
#[must_use = "what isn't so any more goes when it is finished"]
pub struct Load<'a> {
    accounts: &'a Accounts,
    seq: Seq,
}

impl Load<'_> {
    /// An account and what it may use.
    pub fn account(&mut self, account: AccountKey, snapshot: Snapshot) -> Applied {
        let (reader, account) = entitled(account, snapshot);
        self.accounts.readers.load(self.seq, reader, account)
    }

    /// A session.
    pub fn session(
        &mut self,
        session: SessionId,
        account: AccountKey,
        until: Timestamp,
    ) -> Applied {
        let opened = opened(account, until);
        self.accounts.sessions.load(self.seq, session, opened)
    }

    /// That was all. From now on a session that isn't known is nobody's.
    pub fn finish(self) -> Result<(), Overtaken> {
        self.accounts.sessions.finish(self.seq)?;
        self.accounts.readers.finish(self.seq)?;
        self.accounts.is_complete.store(true, Ordering::Release);
        Ok(())
    }
}

fn opened(account: AccountKey, until: Timestamp) -> Session {
    Session {
        reader: reader_of(account),
        until,
        noted: Noted::default(),
    }
}

fn entitled(key: AccountKey, snapshot: Snapshot) -> (ReaderId, Account) {
    (reader_of(key), Account { key, snapshot })
}

#[cfg(test)]
mod tests;
