//! Following the store's feed: what changes there is what the gate acts on from
//! the next request on.

use std::sync::Arc;
use std::time::Duration;

use access::{AccountChange, Seq};
use gateway::{Accounts, Applied, Gate, Load, Overtaken};
use store::gate::{Changes, Directory};
use store::{Store, StoreError};
use tokio::sync::{oneshot, watch};

use crate::world;

/// How often the store is looked at unasked, for what other processes have
/// committed: a command that grants access holds after a second.
const EVERY: Duration = Duration::from_secs(1);

/// How often sessions that are over are let go of.
const SWEEP: Duration = Duration::from_hours(1);

/// Tells one gate of one store.
pub(super) struct Follower {
    store: Store,
    gate: Arc<Gate>,
    /// Told how far the gate has followed.
    heard: watch::Sender<i64>,
    directory: Directory,
    last: i64,
}

/// Why everything couldn't be told.
#[derive(Debug, thiserror::Error)]
enum NotLoaded {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Overtaken(#[from] Overtaken),
}

impl Follower {
    pub(super) fn new(store: Store, gate: Arc<Gate>, heard: watch::Sender<i64>) -> Self {
        Self {
            store,
            gate,
            heard,
            directory: Directory::default(),
            last: 0,
        }
    }

    /// Follows until the server stops, and says once when everything is told.
    pub(super) async fn run(
        mut self,
        loaded: oneshot::Sender<()>,
        mut stopping: watch::Receiver<bool>,
    ) {
        tokio::select! {
            () = self.follow(loaded) => {}
            _ = stopping.wait_for(|stopping| *stopping) => {}
        }
    }

    async fn follow(&mut self, loaded: oneshot::Sender<()>) {
        let mut feeds = self.store.feeds();
        while let Err(error) = self.load().await {
            tracing::error!(%error, "the accounts can't be loaded, so nobody is known; trying again");
            tokio::time::sleep(EVERY).await;
        }
        tracing::debug!(
            sessions = self.gate.accounts().sessions(),
            "the accounts are loaded"
        );
        // Whoever has lost patience has begun without.
        let _ = loaded.send(());
        let mut looks = tokio::time::interval(EVERY);
        let mut sweeps = tokio::time::interval(SWEEP);
        loop {
            tokio::select! {
                // The sender lives in the store.
                _ = feeds.changed() => {}
                _ = looks.tick() => {}
                _ = sweeps.tick() => {
                    let dropped = self.gate.accounts().sweep(world::now());
                    tracing::debug!(dropped, "sessions that are over are forgotten");
                }
            }
            if let Err(error) = self.catch_up().await {
                tracing::warn!(%error, "what has changed in accounts can't be read; trying again");
                tokio::time::sleep(EVERY).await;
            }
        }
    }

    /// Tells the gate everything, from the beginning.
    async fn load(&mut self) -> Result<(), NotLoaded> {
        let gate = Arc::clone(&self.gate);
        let accounts = gate.accounts();
        let mut reading = self.store.read().await?;
        let end = reading.feed_end().await?;
        let mut load = accounts.load(Seq(end.unsigned_abs()))?;
        let mut directory = Directory::default();
        self.last = reading
            .feed_all(|change| {
                for change in directory.take(change) {
                    complain(put(&mut load, change));
                }
            })
            .await?;
        drop(reading);
        self.directory = directory;
        load.finish()?;
        self.tell_networks();
        self.has_heard(self.last);
        Ok(())
    }

    /// Tells the gate what has changed since.
    async fn catch_up(&mut self) -> Result<(), StoreError> {
        loop {
            let mut reading = self.store.read().await?;
            // Numbers up to this one are told once all is read: some were given
            // out to what has changed again since.
            let end = reading.feed_end().await?;
            if end <= *self.heard.borrow() {
                return Ok(());
            }
            let changes = reading.feed_after(self.last).await?;
            drop(reading);
            let is_more = changes.is_more;
            self.apply(changes);
            if !is_more {
                self.has_heard(end);
            }
        }
    }

    fn apply(&mut self, changes: Changes) {
        let gate = Arc::clone(&self.gate);
        let accounts: &Accounts = gate.accounts();
        for (number, change) in self.take(changes) {
            complain(accounts.apply(number, change));
        }
        self.tell_networks();
    }

    /// Tells the gate of networks, where something about them has changed.
    fn tell_networks(&mut self) {
        let Some(networks) = self.directory.networks() else {
            return;
        };
        let left_out = self.gate.networks().replace(networks);
        if left_out > 0 {
            tracing::error!(
                left_out,
                "there are more networks of subscriptions than the gate has room for: readers in \
                 the others need a seat"
            );
        }
    }

    fn take(&mut self, changes: Changes) -> Vec<(Seq, AccountChange)> {
        self.last = changes.last;
        let mut told = Vec::new();
        for (number, change) in changes.changes {
            let all = self.directory.take(change).into_iter();
            told.extend(all.map(|change| (number, change)));
        }
        told
    }

    fn has_heard(&self, number: i64) {
        self.heard.send_if_modified(|heard| {
            let is_news = number > *heard;
            *heard = number.max(*heard);
            is_news
        });
    }
}

/// One of what is so when everything is told.
fn put(load: &mut Load<'_>, change: AccountChange) -> Applied {
    match change {
        AccountChange::SessionOpened {
            session,
            account,
            until,
        } => load.session(session, account, until),
        AccountChange::Entitled { account, snapshot } => load.account(account, snapshot),
        // What isn't told isn't so.
        AccountChange::SessionEnded { .. } | AccountChange::Gone { .. } => Applied::Now,
    }
}

fn complain(applied: Applied) {
    if applied == Applied::Full {
        tracing::error!(
            "there are more sessions or accounts than the gate has room for: some readers who are \
             signed in aren't known"
        );
    }
}
