//! From the feed to what the gate is told: a subscription's grants become all
//! that each of its readers may use, from this and every other subscription.

use std::collections::{BTreeSet, HashMap};

use access::{AccountChange, Entitlements, NetworkGrant, Snapshot, Stories};
use commerce::ids::{AccountId, SubscriptionId};

use super::{Change, Grants};

/// What every subscription gives, by who reads by it. Whoever follows the feed
/// from its beginning keeps one.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    subscriptions: HashMap<SubscriptionId, Grants>,
    readers: HashMap<AccountId, Vec<SubscriptionId>>,
    /// Those that have networks.
    networked: BTreeSet<SubscriptionId>,
    /// Whether their networks are as they were told.
    are_told: bool,
}

impl Directory {
    /// Takes a change in, and says what the gate has to be told of it: under the
    /// change's own number, in this order.
    ///
    /// Nobody is ever said to be gone ([`AccountChange::Gone`]): an account that
    /// was closed, merged or erased keeps its id, its sessions were ended one by
    /// one, and what it may use is what its subscriptions still give.
    pub fn take(&mut self, change: Change) -> Vec<AccountChange> {
        match change {
            Change::SessionBegan {
                session,
                account,
                expires,
            } => vec![
                // A session of an account that the gate knows nothing of is
                // nobody's, and most accounts have bought nothing.
                self.entitled(account),
                AccountChange::SessionOpened {
                    session,
                    account: account.into(),
                    until: expires,
                },
            ],
            Change::SessionEnded { session } => vec![AccountChange::SessionEnded { session }],
            Change::Subscription { id, grants } => self
                .replace(id, grants)
                .into_iter()
                .map(|account| self.entitled(account))
                .collect(),
        }
    }

    fn entitled(&self, account: AccountId) -> AccountChange {
        AccountChange::Entitled {
            account: account.into(),
            snapshot: self.snapshot(account),
        }
    }

    /// Whoever reads, or read, by the subscription.
    fn replace(&mut self, id: SubscriptionId, grants: Option<Grants>) -> BTreeSet<AccountId> {
        let mut touched = BTreeSet::new();
        let before = self.subscriptions.remove(&id);
        if self.networked.remove(&id) {
            self.are_told = false;
        }
        for reader in before.iter().flat_map(|grants| &grants.readers) {
            touched.insert(*reader);
            if let Some(list) = self.readers.get_mut(reader) {
                list.retain(|known| *known != id);
                if list.is_empty() {
                    self.readers.remove(reader);
                }
            }
        }
        let Some(grants) = grants else {
            return touched;
        };
        for reader in &grants.readers {
            touched.insert(*reader);
            self.readers.entry(*reader).or_default().push(id);
        }
        if !grants.networks.is_empty() {
            self.networked.insert(id);
            self.are_told = false;
        }
        self.subscriptions.insert(id, grants);
        touched
    }

    /// What an account may use, or once might.
    pub fn snapshot(&self, account: AccountId) -> Snapshot {
        let grants = self.grants(account);
        let entitlements = grants.flat_map(|grants| grants.entitlements(account));
        Snapshot {
            entitlements: Entitlements::new(entitlements.collect()),
            stories: Stories::new(self.grants(account).filter_map(Grants::story).collect()),
        }
    }

    /// What readers of networks may use without an account, where that is another
    /// than when it was asked last: all of it, in an order that stays.
    pub fn networks(&mut self) -> Option<Vec<NetworkGrant>> {
        if std::mem::replace(&mut self.are_told, true) {
            return None;
        }
        let grants = self.networked.iter();
        let grants = grants.filter_map(|id| self.subscriptions.get(id));
        Some(grants.flat_map(Grants::networks).collect())
    }

    fn grants(&self, account: AccountId) -> impl Iterator<Item = &Grants> {
        let ids = self.readers.get(&account).into_iter().flatten();
        ids.filter_map(|id| self.subscriptions.get(id))
    }
}
