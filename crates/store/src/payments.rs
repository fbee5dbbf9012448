//! What subscriptions and gifts have asked for and paid, many at once.

use std::collections::{BTreeSet, HashMap};

use commerce::gift::Gift;
use commerce::payment::Payments;
use commerce::subscription::Subscription;

use crate::connection::Reading;
use crate::contract::Owner;
use crate::error::StoreError;

impl Reading {
    /// The orders of many, as they are now. What nobody knows isn't among them.
    pub async fn payments_of(
        &mut self,
        owners: impl IntoIterator<Item = Owner>,
    ) -> Result<HashMap<Owner, Payments>, StoreError> {
        let owners: BTreeSet<Owner> = owners.into_iter().collect();
        let (mut subscriptions, mut gifts) = (Vec::new(), Vec::new());
        for owner in owners {
            match owner {
                Owner::Subscription(id) => subscriptions.push(id.to_string()),
                Owner::Gift(id) => gifts.push(id.to_string()),
            }
        }
        let mut all = HashMap::new();
        for (_, one, _) in self.load_all::<Subscription>(&subscriptions).await? {
            all.insert(Owner::Subscription(one.id), one.payments);
        }
        for (_, one, _) in self.load_all::<Gift>(&gifts).await? {
            all.insert(Owner::Gift(one.id), one.payments);
        }
        Ok(all)
    }
}
