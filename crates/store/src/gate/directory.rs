//! What the feed comes to, in memory: whose a session is, and what its account
//! may read. Whoever holds it decides how it is shared.

use std::collections::HashMap;

use access::{Entitlements, Stories};
use commerce::ids::{AccountId, SubscriptionId};
use ipnet::IpNet;
use jiff::Timestamp;

use super::{Change, Grants};
use crate::ids::TokenHash;

/// Sessions and entitlements.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    sessions: HashMap<TokenHash, (AccountId, Timestamp)>,
    subscriptions: HashMap<SubscriptionId, Grants>,
    readers: HashMap<AccountId, Vec<SubscriptionId>>,
}

impl Directory {
    /// Takes a change in.
    pub fn take(&mut self, change: Change) {
        match change {
            Change::SessionBegan {
                token,
                account,
                expires,
            } => {
                self.sessions.insert(token, (account, expires));
            }
            Change::SessionEnded { token } => {
                self.sessions.remove(&token);
            }
            Change::Subscription { id, grants } => self.replace(id, grants),
        }
    }

    fn replace(&mut self, id: SubscriptionId, grants: Option<Grants>) {
        let before = self.subscriptions.remove(&id);
        for reader in before.iter().flat_map(|grants| &grants.readers) {
            if let Some(list) = self.readers.get_mut(reader) {
                list.retain(|known| *known != id);
                if list.is_empty() {
                    self.readers.remove(reader);
                }
            }
        }
        let Some(grants) = grants else { return };
        for reader in &grants.readers {
            self.readers.entry(*reader).or_default().push(id);
        }
        self.subscriptions.insert(id, grants);
    }

    /// Whose a session is, at a time of the system clock.
    pub fn account(&self, token: &TokenHash, system: Timestamp) -> Option<AccountId> {
        let (account, expires) = self.sessions.get(token)?;
        (*expires > system).then_some(*account)
    }

    /// What an account may use, or once might.
    pub fn entitlements(&self, account: AccountId) -> Entitlements {
        let grants = self.grants(account).flat_map(Grants::entitlements);
        Entitlements::new(grants.collect())
    }

    /// The single stories that an account bought.
    pub fn stories(&self, account: AccountId) -> Stories {
        Stories::new(self.grants(account).filter_map(Grants::story).collect())
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

    /// Forgets sessions that are over, by the system clock; says how many.
    pub fn forget_ended(&mut self, system: Timestamp) -> usize {
        let before = self.sessions.len();
        self.sessions.retain(|_, (_, expires)| *expires > system);
        before - self.sessions.len()
    }

    fn grants(&self, account: AccountId) -> impl Iterator<Item = &Grants> {
        let ids = self.readers.get(&account).into_iter().flatten();
        ids.filter_map(|id| self.subscriptions.get(id))
    }
}
