//! A gift as a history with a projection.

use commerce::calendar::Zone;
use commerce::gift::{Gift, GiftFact, GiftStage};
use commerce::ids::{AccountId, OfferId, SubscriptionId};
use commerce::ledger::{Entry, LedgerError, gift_entry};
use commerce::payment::PaymentFact;
use commerce::subscription::MailDomain;
use commerce::tax::TaxStatus;
use commerce::uses::{self, Taking};
use jiff::Timestamp;

use super::{Contract, Owner};
use crate::gate::Grants;
use crate::outbox;
use crate::rows::{Insert, Lookup, Update};

impl Contract for Gift {
    type Fact = GiftFact;

    const INSERT: Insert = super::projection::INSERT_GIFT;
    const UPDATE: Update = super::projection::UPDATE_GIFT;
    const LOAD: Lookup = super::projection::LOAD_GIFT;
    const IS_AT_GATE: bool = false;

    fn owner(&self) -> Owner {
        Owner::Gift(self.id)
    }

    fn account(&self) -> AccountId {
        self.bought.buyer
    }

    fn stage(&self) -> &'static str {
        match self.stage {
            GiftStage::Incomplete { .. } => "incomplete",
            GiftStage::Ready { .. } => "ready",
            GiftStage::Redeemed { .. } => "redeemed",
            GiftStage::Ended { .. } => "ended",
        }
    }

    fn offer(&self) -> &OfferId {
        &self.bought.terms.offer
    }

    fn zone(&self) -> &Zone {
        &self.bought.terms.zone
    }

    fn tax_status(&self) -> TaxStatus {
        self.bought.tax_status
    }

    fn due(&self) -> Option<Timestamp> {
        self.next_due()
    }

    fn grants(&self) -> Option<Grants> {
        None
    }

    fn members(&self) -> Vec<AccountId> {
        Vec::new()
    }

    fn domains(&self) -> &[MailDomain] {
        &[]
    }

    fn replayed(owner: Owner, facts: &[Self::Fact]) -> Option<Self> {
        match owner {
            Owner::Gift(id) => Self::replay(id, facts).ok(),
            Owner::Subscription(_) => None,
        }
    }

    fn take(&mut self, fact: &GiftFact) {
        self.apply(fact);
    }

    fn name(fact: &GiftFact) -> &'static str {
        fact.name()
    }

    fn payment(fact: &GiftFact) -> Option<&PaymentFact> {
        match fact {
            GiftFact::Payment(fact) => Some(fact),
            _ => None,
        }
    }

    fn entry(fact: &GiftFact) -> Result<Option<Entry>, LedgerError> {
        gift_entry(fact)
    }

    fn concerns_offers(fact: &GiftFact) -> bool {
        uses::gift_concerns_offers(fact)
    }

    fn taking<'a>(before: Option<&'a Self>, fact: &'a GiftFact) -> Taking<'a> {
        uses::gift_taking(before, fact)
    }

    fn revokes(fact: &GiftFact) -> Option<SubscriptionId> {
        match fact {
            GiftFact::RevocationRequested { subscription } => Some(*subscription),
            _ => None,
        }
    }

    fn is_told(fact: &GiftFact) -> bool {
        outbox::is_told_of_gift(fact)
    }
}
