//! The books of one subscription or gift, made anew from its facts.

use commerce::gift::GiftFact;
use commerce::ledger::{Entry, LedgerAccount, LedgerError, entry, gift_entry};
use commerce::subscription::Fact;

use super::{Broken, hold};

/// Every entry can be made, which it can only if it sums to nought, and what
/// isn't earned yet is never below nought.
#[derive(Clone, Debug, Default)]
pub(crate) struct Books {
    /// What was paid and isn't earned, in minor units.
    deferred: i64,
}

impl Books {
    pub(crate) fn take(&mut self, fact: &Fact) -> Result<(), Broken> {
        if let Fact::Begun(begun) = fact {
            self.deferred += begun.prepaid.minor();
        }
        self.post(entry(fact))
    }

    pub(crate) fn take_gift(&mut self, fact: &GiftFact) -> Result<(), Broken> {
        if let GiftFact::Redeemed { prepaid, .. } = fact {
            self.deferred -= prepaid.minor();
        }
        self.post(gift_entry(fact))
    }

    fn post(&mut self, entry: Result<Option<Entry>, LedgerError>) -> Result<(), Broken> {
        let entry = entry.map_err(|error| Broken(error.to_string()))?;
        let postings = entry.iter().flat_map(Entry::postings);
        let mut sum = 0;
        for posting in postings {
            sum += posting.amount.minor();
            if posting.account == LedgerAccount::DeferredRevenue {
                self.deferred -= posting.amount.minor();
            }
        }
        hold(sum == 0, || {
            format!("an entry sums to nought, not to {sum}")
        })?;
        let left = self.deferred;
        hold(left >= 0, || {
            format!("nothing is earned that wasn't paid: {left} are left")
        })
    }

    pub(crate) fn deferred(&self) -> i64 {
        self.deferred
    }
}
