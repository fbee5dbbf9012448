//! What can be asked of a subscription.
//!
//! Who asked and why, and whether they may, is recorded and decided by whoever
//! passes commands on. Ids that a command may need are drawn outside and come
//! with it.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::SeatCommand;
use crate::calendar::Interval;
use crate::ids::{
    AccountId, AddressId, ChargeId, DisputeId, GiftId, OrderId, PaymentMethodId, RefundId,
};
use crate::money::Money;
use crate::payment::{Outcome, RefundWish};
use crate::tax::TaxStatus;
use crate::terms::{Acceptance, Terms};

/// How a subscription is to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begin {
    /// Who has it.
    pub account: AccountId,
    /// What was agreed to.
    pub terms: Terms,
    /// The record of the agreement.
    pub acceptance: Acceptance,
    /// How it is taxed.
    pub tax_status: TaxStatus,
    /// With what it is paid.
    pub method: Option<PaymentMethodId>,
    /// Where it is delivered.
    pub address: Option<AddressId>,
    /// Who pays.
    pub funding: Funding,
}

/// Who pays for a new subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Funding {
    /// The reader, now or after a trial.
    Own {
        /// The first order, where there is something to pay now.
        order: OrderId,
    },
    /// Somebody else has: a gift, just [redeemed](crate::gift).
    Gift {
        /// Which.
        gift: GiftId,
        /// What was paid for it, without tax.
        prepaid: Money,
    },
    /// Nobody: the publisher gives it.
    Complimentary {
        /// Until when; `None` until it is revoked.
        until: Option<Timestamp>,
    },
    /// The reader has, in the system that it is brought over from. It goes on
    /// at the terms' evergreen price, where there is something to pay with.
    Elsewhere {
        /// Until when that was paid for.
        until: Timestamp,
    },
}

/// What can be asked of a subscription that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Time has passed: do whatever is due. The order is used if a new one is.
    Tick {
        /// Drawn for this tick.
        order: OrderId,
    },
    /// A provider reports what became of a charge.
    Report {
        /// Which charge.
        charge: ChargeId,
        /// What became of it.
        outcome: Outcome,
    },
    /// A provider reports what became of a refund.
    RefundReport {
        /// Which refund.
        refund: RefundId,
        /// Whether the money was given back.
        done: bool,
    },
    /// Money was given back at the provider itself, in its dashboard, and nobody
    /// here had asked for it: it is booked, and nothing ends by it.
    RefundedElsewhere {
        /// The refund: the same whenever the provider speaks of it.
        refund: RefundId,
        /// Of which charge.
        charge: ChargeId,
        /// How much, tax included.
        amount: Money,
        /// Whether it was; else it came back, where it was known that it had been.
        done: bool,
    },
    /// The reader's bank takes a payment back.
    Chargeback {
        /// The dispute.
        dispute: DisputeId,
        /// Of which charge.
        charge: ChargeId,
        /// How much.
        amount: Money,
    },
    /// A dispute was decided for the publisher.
    ChargebackWon {
        /// The dispute.
        dispute: DisputeId,
    },
    /// Pay with this from now on, and at once where a payment has failed.
    SetPaymentMethod {
        /// With what.
        method: PaymentMethodId,
    },
    /// Try the failed payment again at once.
    PayNow,
    /// End it.
    Cancel {
        /// When.
        when: CancelWhen,
        /// Why.
        reason: CancelReason,
    },
    /// Don't end it after all.
    Reactivate,
    /// Pause it at once.
    Pause {
        /// Until when; `None` for as long as the terms allow.
        resumes: Option<Timestamp>,
    },
    /// Go on with it.
    Resume,
    /// Change the plan.
    ChangePlan(Box<ChangePlan>),
    /// Keep the plan after all.
    KeepPlan,
    /// Withdraw from the contract, within the legal days.
    Withdraw {
        /// The refund, if something is to be given back.
        refund: RefundId,
    },
    /// Give money back.
    Refund {
        /// What and how much.
        wish: RefundWish,
        /// What becomes of access.
        access: AfterRefund,
    },
    /// Ask the provider once more for what it couldn't give back.
    RefundAgain {
        /// The refund that failed.
        failed: RefundId,
        /// The one that is asked for instead, drawn for it.
        refund: RefundId,
    },
    /// Announce a higher price.
    AnnouncePriceRise {
        /// Of one seat.
        price: Money,
        /// For periods that begin on that day or later; `None` for as early as
        /// the notice allows.
        from: Option<Date>,
    },
    /// Its notice has left. Until that is known the old price holds.
    PriceRiseTold {
        /// The price that it tells of.
        price: Money,
        /// From when that holds, as it tells: what
        /// [`rise_as_told`](super::Subscription::rise_as_told) said.
        from: Timestamp,
    },
    /// Agree to the higher price.
    AcceptPriceRise,
    /// Refuse it.
    RefusePriceRise,
    /// Make the current period longer, for nothing.
    Extend {
        /// By how much.
        by: Interval,
    },
    /// End it at once, by the publisher.
    Revoke,
    /// Let another account have it: accounts are merged.
    Transfer {
        /// Which.
        to: AccountId,
    },
    /// Deliver to this address, or to what it becomes by a change of plan.
    SetAddress {
        /// Where.
        address: AddressId,
    },
    /// Tax it otherwise.
    SetTaxStatus {
        /// How.
        status: TaxStatus,
    },
    /// About seats.
    Seat(SeatCommand),
}

/// How long an amount holds that was shown for the rest of a period: while a page
/// is read, a card looked for. Amounts change by the second, and what is charged
/// has to be what was agreed to; what it may differ by is half an hour's price.
pub const SHOWN_HOLDS: SignedDuration = SignedDuration::from_mins(30);

/// Another plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangePlan {
    /// What is agreed to now.
    pub terms: Terms,
    /// What becomes of introductory prices in it.
    pub intro: IntroOnChange,
    /// The record of the agreement.
    pub acceptance: Acceptance,
    /// When.
    pub when: ChangeWhen,
    /// As of when the rest of the period is reckoned, where somebody was shown
    /// then what it comes to; `None` for now. It holds for as long as
    /// [`SHOWN_HOLDS`], and not for a time before the period or the latest
    /// agreement.
    pub as_of: Option<Timestamp>,
    /// The order, if something is to be paid.
    pub order: OrderId,
    /// The refund, if something is to be given back.
    pub refund: RefundId,
}

/// What becomes of the introductory prices of another plan's offer. Trials are
/// always left out: nobody tries what they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntroOnChange {
    /// They are left out: they are for who begins. The usual case.
    LeftOut,
    /// They hold from the next period on: the offer is made to subscribers,
    /// such as one that keeps who wants to leave. Only with
    /// [`ChangeWhen::PeriodEnd`].
    Holds,
}

/// When a plan changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeWhen {
    /// At once, the difference paid or given back: for better plans.
    Now,
    /// When the current period ends: for cheaper ones.
    PeriodEnd,
}

/// When a cancellation takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelWhen {
    /// At the end of what is paid for.
    PeriodEnd,
    /// At once. Nothing is given back by that alone.
    Now,
}

/// What a reader gives as the reason for cancelling. Free words are kept with
/// the account, where they can be erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// Nothing was said.
    Unsaid,
    /// It costs too much.
    Price,
    /// There is no time to read it.
    Time,
    /// It isn't what they want to read.
    Content,
    /// It doesn't work as it should.
    Technical,
    /// They read something else now.
    Competitor,
    /// Something else.
    Other,
}

/// What becomes of access when money is given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterRefund {
    /// It stays: a gesture.
    Keep,
    /// It ends at once.
    End,
}
