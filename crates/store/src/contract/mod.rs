//! What subscriptions and gifts have in common: both are a history of facts, a
//! projection of it, and what each fact asks for.
//!
//! All of it is written in one transaction by [`append`]. Nothing is decided
//! here; that is `commerce`'s.

pub(crate) mod append;
pub(crate) mod facts;
mod gift;
pub(crate) mod projection;
mod subscription;

use std::fmt;

use commerce::calendar::Zone;
use commerce::ids::{AccountId, GiftId, OfferId, SubscriptionId};
use commerce::invoice::Party;
use commerce::ledger::{Entry, LedgerError};
use commerce::payment::PaymentFact;
use commerce::subscription::MailDomain;
use commerce::tax::{TaxRates, TaxStatus};
use commerce::uses::Taking;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use append::{Change, Telling, append, append_telling};
pub(crate) use facts::{read, write};

use crate::acts::ActNumber;
use crate::error::StoreError;
use crate::gate::Grants;
use crate::rows::{Insert, Lookup, Update};

/// Whose a fact, an order, an invoice, a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A subscription's.
    Subscription(SubscriptionId),
    /// A gift's.
    Gift(GiftId),
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Subscription(id) => id.fmt(f),
            Self::Gift(id) => id.fmt(f),
        }
    }
}

impl std::str::FromStr for Owner {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        if let Ok(id) = text.parse() {
            return Ok(Self::Subscription(id));
        }
        text.parse()
            .map(Self::Gift)
            .map_err(|_| StoreError::damaged(format!("\"{text}\" is no subscription and no gift")))
    }
}

/// What writing facts down needs besides them.
#[derive(Clone, Copy, Debug)]
pub struct Books<'a> {
    /// The business clock.
    pub now: Timestamp,
    /// The publisher's rates of tax.
    pub tax: &'a TaxRates,
    /// Who issues invoices.
    pub issuer: &'a Issuer,
    /// The act that causes them, where somebody does.
    pub act: Option<ActNumber>,
}

/// Who issues invoices, and in which series.
#[derive(Clone, Debug)]
pub struct Issuer {
    /// The publisher, as printed.
    pub seller: Party,
    /// The prefix of invoices' numbers.
    pub invoices: String,
    /// The prefix of credit notes' numbers; may be the same.
    pub credit_notes: String,
}

/// A history with a projection.
pub(crate) trait Contract: Clone + Serialize + DeserializeOwned {
    /// What happens to it.
    type Fact: Serialize + DeserializeOwned;

    /// Writes new projections: id, account, offer, when it was begun, version,
    /// stage, due, state; for the gate grants and feed.
    const INSERT: Insert;
    /// Writes changed ones, where their version is the one expected: id, that,
    /// and as above from the version on.
    const UPDATE: Update;
    /// Reads id, version and state.
    const LOAD: Lookup;
    /// Whether the gate learns of it.
    const IS_AT_GATE: bool;

    fn owner(&self) -> Owner;
    fn account(&self) -> AccountId;
    fn stage(&self) -> &'static str;
    fn offer(&self) -> &OfferId;
    fn zone(&self) -> &Zone;
    fn tax_status(&self) -> TaxStatus;
    fn due(&self) -> Option<Timestamp>;

    /// What the gate learns of it; `None` where it is nothing to the gate.
    fn grants(&self) -> Option<Grants>;
    /// Who reads by a seat of it.
    fn members(&self) -> Vec<AccountId>;
    /// By which mail domains a seat of it may be taken.
    fn domains(&self) -> &[MailDomain];

    /// What a history makes; `None` where it is none.
    fn replayed(owner: Owner, facts: &[Self::Fact]) -> Option<Self>;

    fn take(&mut self, fact: &Self::Fact);
    fn name(fact: &Self::Fact) -> &'static str;
    fn payment(fact: &Self::Fact) -> Option<&PaymentFact>;
    fn entry(fact: &Self::Fact) -> Result<Option<Entry>, LedgerError>;
    /// Whether a fact can take an offer or give it back; where it can't, nobody
    /// need know what was before it.
    fn concerns_offers(fact: &Self::Fact) -> bool;
    /// Which offers a fact takes, of what was `before` it; `None` of the first.
    fn taking<'a>(before: Option<&'a Self>, fact: &'a Self::Fact) -> Taking<'a>;
    /// What is to be revoked.
    fn revokes(fact: &Self::Fact) -> Option<SubscriptionId>;
    /// Whether somebody is told of it by mail.
    fn is_told(fact: &Self::Fact) -> bool;
}
