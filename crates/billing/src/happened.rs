//! What happens, told to whoever listens while it does: a clock that is moved,
//! a test.

use commerce::gift::GiftFact;
use commerce::subscription::Fact;
use jiff::Timestamp;
use store::Owner;
use tokio::sync::mpsc;

/// Something that has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// When, by the business clock.
    pub at: Timestamp,
    /// Whose; nobody's of an event that is nobody's, or of mail that no fact
    /// asked for.
    pub owner: Option<Owner>,
    /// What.
    pub what: Happening,
}

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A fact was written down, by its name: `paid`, `grace_started`.
    Fact(&'static str),
    /// A provider was asked for something, by the fact that asked for it, and
    /// has answered.
    Asked(&'static str),
    /// A mail was sent, by what it is about.
    Mail(String),
    /// Something couldn't be done, and is tried again later or given up.
    Failed(String),
}

/// Who listens; nobody, usually.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ear(Option<mpsc::Sender<Happened>>);

impl Ear {
    /// Tells somebody. They are waited for where they are slow.
    pub(crate) fn of(sender: mpsc::Sender<Happened>) -> Self {
        Self(Some(sender))
    }

    pub(crate) async fn tell(&self, at: Timestamp, owner: Option<Owner>, what: Happening) {
        if let Some(sender) = &self.0 {
            // Who has stopped listening misses it; it has happened all the same.
            let _ = sender.send(Happened { at, owner, what }).await;
        }
    }

    /// Tells of a subscription's facts.
    pub(crate) async fn facts(&self, at: Timestamp, owner: Owner, facts: &[Fact]) {
        if self.0.is_none() {
            return;
        }
        for fact in facts {
            self.tell(at, Some(owner), Happening::Fact(fact.name()))
                .await;
        }
    }

    /// Tells of a gift's facts.
    pub(crate) async fn gift_facts(&self, at: Timestamp, owner: Owner, facts: &[GiftFact]) {
        if self.0.is_none() {
            return;
        }
        for fact in facts {
            self.tell(at, Some(owner), Happening::Fact(fact.name()))
                .await;
        }
    }
}
