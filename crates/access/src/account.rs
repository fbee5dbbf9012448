//! Accounts and their sessions, as far as the gate knows of them: what it is
//! told whenever something changes, so that it never has to ask.

use std::fmt;

use ipnet::IpNet;
use jiff::Timestamp;

use crate::{Entitlements, Stories};

/// An account: the 128 bits of its id, and nothing of whose it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountKey(pub u128);

/// A session: a hash of the secret that its browser holds. The secret can't be
/// found from it, so it may be written down.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(pub [u8; 16]);

/// What an account may use, or once might.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Of the whole publication.
    pub entitlements: Entitlements,
    /// Of single stories.
    pub stories: Stories,
}

/// The place of a change among all changes: whoever keeps accounts counts them,
/// from 1. Of two changes of one thing the one with the larger number is the
/// newer, in whichever order they come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seq(pub u64);

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountChange {
    /// Somebody has signed in.
    SessionOpened {
        /// The session.
        session: SessionId,
        /// Whose.
        account: AccountKey,
        /// The first instant at which it is over.
        until: Timestamp,
    },
    /// Somebody has signed out, or was signed out. For good: a session that has
    /// ended isn't opened again.
    SessionEnded {
        /// The session.
        session: SessionId,
    },
    /// What an account may use is another now.
    Entitled {
        /// The account.
        account: AccountKey,
        /// All that it may use.
        snapshot: Snapshot,
    },
    /// An account is gone, and with it whatever it might use.
    Gone {
        /// The account.
        account: AccountKey,
    },
}

/// What readers of a network may use without an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkGrant {
    /// The network.
    pub network: IpNet,
    /// What its readers may use.
    pub entitlements: Entitlements,
    /// The first instant at which they no longer may; `None` for no end.
    pub until: Option<Timestamp>,
}

impl fmt::Debug for AccountKey {
    /// Never the whole id: logs and panics must not hand out identities.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountKey({:08x}…)", self.0 >> 96)
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionId({:02x}{:02x}…)", self.0[0], self.0[1])
    }
}
