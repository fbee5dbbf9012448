//! Orders, their attempts, and the payments that come of them.

use access::Country;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::MAX_ATTEMPTS;
use crate::bill::Bill;
use crate::calendar::Anchor;
use crate::ids::{ChargeId, DisputeId, OrderId, PaymentMethodId};
use crate::money::{Money, MoneyError};
use crate::tax::Split;

/// What an order is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The first period of a subscription, a day pass, a story.
    Begin,
    /// A further period.
    Renewal,
    /// A better plan.
    PlanChange,
    /// A gift.
    Gift,
}

/// Something to be paid, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id, which the provider keeps with every charge.
    pub id: OrderId,
    /// What it is for.
    pub purpose: Purpose,
    /// What is charged, line by line.
    pub bill: Bill,
    /// From when what is bought counts; `None` where from its payment.
    pub from: Option<Anchor>,
    /// When it was opened.
    pub opened: Timestamp,
    /// The latest attempt.
    pub attempt: Attempt,
}

/// One attempt to collect an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Its number, from 1.
    pub number: u16,
    /// With what.
    pub method: PaymentMethodId,
    /// Where it stands.
    pub state: AttemptState,
}

/// Where an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    /// The provider has been asked, and hasn't said what came of it.
    InFlight {
        /// When it was asked.
        since: Timestamp,
        /// When to inquire.
        ask_at: Timestamp,
        /// How often that was done.
        asked: u8,
        /// Whether it was asked to call the charge off.
        voiding: bool,
    },
    /// The reader has to confirm it with their bank.
    AwaitingReader {
        /// Then it is called off.
        until: Timestamp,
    },
    /// It failed.
    Declined {
        /// Why.
        reason: DeclineReason,
        /// Whether trying again with the same method is of no use.
        is_final: bool,
        /// When it is tried again by itself.
        retry_at: Option<Timestamp>,
    },
}

/// Why a payment failed, as far as it matters to the reader or to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// There isn't enough money.
    InsufficientFunds,
    /// The card is past its date.
    CardExpired,
    /// The card is reported lost or stolen, or closed.
    CardBlocked,
    /// The reader didn't confirm it, or couldn't.
    AuthenticationFailed,
    /// The bank says no, and not why.
    Refused,
    /// The provider couldn't do it.
    ProviderError,
    /// It was called off by us.
    Voided,
    /// The provider never said what became of it. Not tried again by itself:
    /// nobody knows that it failed.
    NeverAnswered,
}

/// An order that is done with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedOrder {
    /// Its id.
    pub id: OrderId,
    /// What it was for.
    pub purpose: Purpose,
    /// How many attempts it took.
    pub attempts: u16,
    /// What it asked for.
    pub total: Money,
    /// The payment; `None` where it was given up.
    pub payment: Option<Payment>,
    /// The attempts whose money came though none was due.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub surplus: Vec<u16>,
    /// Those of them that a bank took back, and the dispute of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputed: Vec<(u16, Dispute)>,
}

/// Money that came in for an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// By which attempt.
    pub charge: ChargeId,
    /// Net and tax.
    pub split: Split,
    /// What the customer paid.
    pub total: Money,
    /// Whose tax it is.
    #[serde(with = "crate::wire::some_country")]
    pub country: Option<Country>,
    /// What has been given back or is on its way, tax included.
    pub refunded: Money,
    /// How much of that is tax.
    pub refunded_tax: Money,
    /// The disputes that took it back, the latest last: all but that one are won.
    #[serde(
        default,
        // As it was called while there could be one.
        alias = "dispute",
        deserialize_with = "crate::wire::one_or_more",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub disputes: Vec<Dispute>,
}

/// A dispute about a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Its id.
    pub id: DisputeId,
    /// How much the bank took back, tax included.
    pub amount: Money,
    /// How much of it is tax.
    pub tax: Money,
    /// Whether it was decided for the publisher.
    pub won: bool,
}

impl Order {
    /// The latest attempt's id.
    pub fn charge(&self) -> ChargeId {
        ChargeId {
            order: self.id,
            attempt: self.attempt.number,
        }
    }

    /// Whether it may be tried again once the latest attempt has failed.
    pub(crate) fn has_attempts_left(&self) -> bool {
        self.attempt.number < MAX_ATTEMPTS
    }

    /// Whether an attempt may still succeed.
    pub fn is_under_way(&self) -> bool {
        !matches!(self.attempt.state, AttemptState::Declined { .. })
    }
}

impl Payment {
    /// What can still be given back.
    pub fn refundable(&self) -> Result<Money, MoneyError> {
        if self.disputes.iter().any(|dispute| !dispute.won) {
            return Ok(Money::zero(self.total.currency()));
        }
        self.total.minus(self.refunded)
    }
}
