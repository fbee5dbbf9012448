//! A subscription as a history with a projection.

use commerce::calendar::Zone;
use commerce::ids::{AccountId, OfferId, SubscriptionId};
use commerce::ledger::{Entry, LedgerError, entry};
use commerce::payment::PaymentFact;
use commerce::subscription::{Fact, MailDomain, Stage, Subscription, next_due};
use commerce::tax::TaxStatus;
use commerce::uses::{self, Taking};
use jiff::Timestamp;

use super::{Contract, Owner};
use crate::gate::Grants;
use crate::outbox;
use crate::rows::{Insert, Lookup, Update};

impl Contract for Subscription {
    type Fact = Fact;

    const INSERT: Insert = super::projection::INSERT_SUBSCRIPTION;
    const UPDATE: Update = super::projection::UPDATE_SUBSCRIPTION;
    const LOAD: Lookup = super::projection::LOAD_SUBSCRIPTION;
    const IS_AT_GATE: bool = true;

    fn owner(&self) -> Owner {
        Owner::Subscription(self.id)
    }

    fn account(&self) -> AccountId {
        self.account
    }

    fn stage(&self) -> &'static str {
        match self.stage {
            Stage::Incomplete { .. } => "incomplete",
            Stage::Active => "active",
            Stage::PastDue { .. } => "past_due",
            Stage::Paused { .. } => "paused",
            Stage::Ended { .. } => "ended",
        }
    }

    fn offer(&self) -> &OfferId {
        &self.terms.offer
    }

    fn zone(&self) -> &Zone {
        &self.terms.zone
    }

    fn tax_status(&self) -> TaxStatus {
        self.tax_status
    }

    fn due(&self) -> Option<Timestamp> {
        next_due(self).map(|due| due.at)
    }

    fn grants(&self) -> Option<Grants> {
        Grants::of(self)
    }

    fn members(&self) -> Vec<AccountId> {
        crate::gate::members(self)
    }

    fn domains(&self) -> &[MailDomain] {
        &self.seats.domains
    }

    fn replayed(owner: Owner, facts: &[Self::Fact]) -> Option<Self> {
        match owner {
            Owner::Subscription(id) => Self::replay(id, facts).ok(),
            Owner::Gift(_) => None,
        }
    }

    fn take(&mut self, fact: &Fact) {
        self.apply(fact);
    }

    fn name(fact: &Fact) -> &'static str {
        fact.name()
    }

    fn payment(fact: &Fact) -> Option<&PaymentFact> {
        match fact {
            Fact::Payment(fact) => Some(fact),
            _ => None,
        }
    }

    fn entry(fact: &Fact) -> Result<Option<Entry>, LedgerError> {
        entry(fact)
    }

    fn concerns_offers(fact: &Fact) -> bool {
        uses::concerns_offers(fact)
    }

    fn taking<'a>(before: Option<&'a Self>, fact: &'a Fact) -> Taking<'a> {
        uses::taking(before, fact)
    }

    fn revokes(_: &Fact) -> Option<SubscriptionId> {
        None
    }

    fn is_told(fact: &Fact) -> bool {
        outbox::is_told(fact)
    }
}
