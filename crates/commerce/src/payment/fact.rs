//! What has happened to orders and money.

use access::Country;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{DeclineReason, Purpose};
use crate::bill::Bill;
use crate::calendar::Anchor;
use crate::ids::{ChargeId, DisputeId, OrderId, PaymentMethodId, RefundId};
use crate::money::Money;

/// A fact about an order. Those whose names end in `Requested` ask the world
/// for something; the store puts it into its outbox with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentFact {
    /// Something is to be paid.
    OrderOpened {
        /// Its id.
        order: OrderId,
        /// What it is for.
        purpose: Purpose,
        /// What is charged.
        bill: Bill,
        /// From when what is bought counts; `None` where from its payment.
        from: Option<Anchor>,
        /// When.
        at: Timestamp,
    },
    /// The provider is to charge: once, by the charge's id, however often it is
    /// told so.
    ChargeRequested {
        /// The charge: idempotency key and metadata.
        charge: ChargeId,
        /// How much.
        amount: Money,
        /// With what.
        method: PaymentMethodId,
        /// When.
        at: Timestamp,
        /// When to inquire if nothing is heard.
        ask_at: Timestamp,
    },
    /// It failed.
    ChargeDeclined {
        /// Which charge.
        charge: ChargeId,
        /// Why.
        reason: DeclineReason,
        /// Whether trying again with the same method is of no use.
        is_final: bool,
        /// When it is tried again by itself; `None` where it isn't.
        retry_at: Option<Timestamp>,
    },
    /// The provider didn't say what came of it.
    OutcomeUnknown {
        /// Which charge.
        charge: ChargeId,
        /// When to inquire.
        ask_at: Timestamp,
    },
    /// The provider is to say what became of a charge, by the order's id in its
    /// metadata, then by the idempotency key. It is *not* to charge.
    InquiryRequested {
        /// Which charge.
        charge: ChargeId,
        /// How often it has been asked, this time included.
        asked: u8,
        /// When to inquire again.
        ask_at: Timestamp,
    },
    /// The reader has to confirm it with their bank.
    AuthenticationRequired {
        /// Which charge.
        charge: ChargeId,
        /// Then it is called off.
        until: Timestamp,
    },
    /// The provider is to call a charge off, and to say whether it could.
    VoidRequested {
        /// Which charge.
        charge: ChargeId,
        /// When.
        at: Timestamp,
        /// When to inquire if nothing is heard.
        ask_at: Timestamp,
    },
    /// Nobody tries to collect it any more.
    OrderFailed {
        /// Which order.
        order: OrderId,
    },
    /// The money came in. The store gives the invoice its number.
    Paid {
        /// By which charge.
        charge: ChargeId,
        /// What it paid for.
        bill: Bill,
        /// When we heard of it.
        at: Timestamp,
    },
    /// Money came in though none was due; it is given back.
    SurplusReceived {
        /// By which charge.
        charge: ChargeId,
        /// How much.
        amount: Money,
    },
    /// The provider is to give money back; or has done so
    /// [by itself](RefundReason::Elsewhere), and isn't asked.
    RefundRequested {
        /// The refund: idempotency key and metadata.
        refund: RefundId,
        /// Of which charge.
        charge: ChargeId,
        /// How much, tax included.
        amount: Money,
        /// Why.
        reason: RefundReason,
        /// Whose money it is in the books.
        source: RefundSource,
    },
    /// It was given back.
    Refunded {
        /// Which refund.
        refund: RefundId,
        /// How much.
        amount: Money,
    },
    /// The provider couldn't give it back. It is still owed; care has to see to
    /// it.
    RefundFailed {
        /// Which refund.
        refund: RefundId,
        /// How much had been said to be given back, and has come back: a bank
        /// wouldn't take it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        returned: Option<Money>,
    },
    /// The provider is asked once more for what it couldn't give back: as another
    /// refund, since of one that failed it says nothing else any more. It was
    /// booked, and its credit note made, when it was asked for first.
    RefundAgainRequested {
        /// The refund: idempotency key and metadata.
        refund: RefundId,
        /// The one that failed, which it is instead of.
        failed: RefundId,
        /// Of which charge.
        charge: ChargeId,
        /// How much, tax included.
        amount: Money,
        /// Whether it was given back at the provider itself, so that nobody is
        /// asked any more.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        elsewhere: bool,
    },
    /// The reader's bank took the money back.
    ChargedBack {
        /// The dispute.
        dispute: DisputeId,
        /// Of which charge.
        charge: ChargeId,
        /// How much, tax included.
        amount: Money,
        /// Whose money it was in the books.
        source: RefundSource,
    },
    /// The dispute was decided for the publisher; the money is back.
    ChargebackWon {
        /// The dispute.
        dispute: DisputeId,
        /// How much, tax included.
        amount: Money,
        /// How much of it is tax.
        tax: Money,
        /// Whose tax it is.
        #[serde(with = "crate::wire::some_country")]
        country: Option<Country>,
        /// Whether it was nobody's: money that came though none was due.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        surplus: bool,
    },
}

/// Why money is given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    /// Customer care decided so.
    Care,
    /// The reader withdrew from the contract.
    Withdrawal,
    /// A cheaper plan replaces what was paid for.
    PlanChange,
    /// It was paid though nothing was due.
    Surplus,
    /// Somebody has given it back in the provider's own dashboard.
    Elsewhere,
}

/// Whose money is given back, in the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundSource {
    /// A sale's.
    Sale {
        /// What wasn't earned yet.
        deferred: Money,
        /// What was.
        earned: Money,
        /// Tax.
        tax: Money,
        /// Whose tax.
        #[serde(with = "crate::wire::some_country")]
        country: Option<Country>,
    },
    /// Nobody's: it came by mistake.
    Surplus,
}
