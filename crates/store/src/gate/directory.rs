//! From the feed to what the gate is told: a subscription's grants become all
//! that each of its readers may use, from this and every other subscription.

use std::collections::{BTreeSet, HashMap};

use access::{AccountChange, Entitlements, Snapshot, Stories};
use commerce::ids::{AccountId, SubscriptionId};
use ipnet::IpNet;

use super::{Change, Grants};

/// What every subscription gives, by who reads by it. Whoever follows the feed
/// from its beginning keeps one.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    subscriptions: HashMap<SubscriptionId, Grants>,
    readers: HashMap<AccountId, Vec<SubscriptionId>>,
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
        self.subscriptions.insert(id, grants);
        touched
    }

    /// What an account may use, or once might.
    pub fn snapshot(&self, account: AccountId) -> Snapshot {
        let entitlements = self.grants(account).flat_map(Grants::entitlements);
        Snapshot {
            entitlements: Entitlements::new(entitlements.collect()),
            stories: Stories::new(self.grants(account).filter_map(Grants::story).collect()),
        }
    }

    /// What readers of certain networks may use without an account.
    pub fn networks(&self) -> Vec<(Vec<IpNet>, Entitlements)> {
        let with_networks = self
            .subscriptions
            .values()
            .filter(|grants| !grants.networks.is_empty());
        with_networks
            .map(|grants| (grants.networks(), Entitlements::new(grants.entitlements())))
            .collect()
    }

    fn grants(&self, account: AccountId) -> impl Iterator<Item = &Grants> {
        let ids = self.readers.get(&account).into_iter().flatten();
        ids.filter_map(|id| self.subscriptions.get(id))
    }
}
