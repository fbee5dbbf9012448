//! What has happened to a subscription. Never changed, only added to.
//!
//! Facts hold no personal data: people, addresses, cards and words are named
//! by ids, and kept where they can be erased. Dates are reckoned when a fact is
//! made, so that reading it back needs no calendar.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CancelReason, Cycle, Origin, PriceRise, SeatFact};
use crate::calendar::{Anchor, Period};
use crate::ids::{AccountId, AddressId, PaymentMethodId};
use crate::money::Money;
use crate::payment::PaymentFact;
use crate::tax::{TaxStatus, Taxation};
use crate::terms::{Acceptance, Terms};

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Terms were accepted. Always the first.
    Begun(Box<Begun>),
    /// About orders and money.
    Payment(PaymentFact),
    /// About seats.
    Seat(SeatFact),
    /// A period began.
    PeriodStarted(Cycle),
    /// A period is over, or has no end and has begun; what was paid for it is
    /// earned.
    PeriodEnded {
        /// How much, without tax.
        earned: Money,
    },
    /// A payment failed after what was paid for had ended; access is kept.
    GraceStarted {
        /// Until then.
        until: Timestamp,
    },
    /// The payment came after all.
    Recovered,
    /// It will end after the current period.
    CancellationScheduled {
        /// When it was asked for.
        since: Timestamp,
        /// When that is; `None` where it depends on a payment under way, or on
        /// when a pause ends.
        at: Option<Timestamp>,
        /// Why.
        cause: CancelReason,
    },
    /// It won't after all.
    CancellationWithdrawn,
    /// It is over for good.
    Ended {
        /// Since when.
        at: Timestamp,
        /// Why.
        why: EndReason,
    },
    /// It is paused.
    Paused {
        /// Since when.
        since: Timestamp,
        /// When it goes on by itself.
        resumes: Timestamp,
    },
    /// It goes on; its period is moved by as long as it was paused.
    Resumed {
        /// The period as it is now.
        period: Period,
        /// Where the next is counted from.
        anchor: Anchor,
    },
    /// The current period was made longer, for nothing.
    Extended {
        /// The period as it is now.
        period: Period,
        /// Where the next is counted from.
        anchor: Anchor,
    },
    /// Another plan was agreed to.
    PlanChangeAgreed {
        /// To what.
        terms: Box<Terms>,
        /// The record of the agreement.
        acceptance: Acceptance,
        /// When it comes about.
        form: ChangeForm,
    },
    /// The change won't come about: withdrawn, or not paid.
    PlanChangeDropped,
    /// It came about. The price is that of the current period from now on;
    /// `None` where that is left as it is.
    PlanChanged {
        /// The terms from now on.
        terms: Box<Terms>,
        /// The record of the agreement.
        acceptance: Acceptance,
        /// The stated price of the whole current period, for all seats.
        price: Option<Money>,
        /// How what is paid for the current period is taxed from now on; `None`
        /// where that is left as it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        taxation: Option<Taxation>,
    },
    /// A higher price was announced.
    PriceRiseAnnounced(PriceRise),
    /// Its notice has left. Until then the old price holds.
    PriceRiseTold {
        /// From when the new one does, as it was told.
        from: Timestamp,
    },
    /// The reader agrees to it.
    PriceRiseAccepted,
    /// The reader doesn't. It ends before the new price would begin.
    PriceRiseRefused,
    /// It holds from now on.
    PriceRiseApplied {
        /// The price of one seat.
        price: Money,
    },
    /// The reader is to be told of what is to come.
    ReminderDue {
        /// Of what.
        kind: ReminderKind,
        /// How many days before.
        days: u16,
        /// When it comes.
        at: Timestamp,
    },
    /// It is paid otherwise from now on.
    PaymentMethodSet {
        /// With what.
        method: PaymentMethodId,
    },
    /// Another account has it from now on: two accounts of one reader were
    /// merged.
    Transferred {
        /// Whose it is.
        account: AccountId,
    },
    /// It is delivered elsewhere from now on.
    AddressSet {
        /// Where.
        address: AddressId,
        /// Where it was delivered until then; nothing of what wasn't delivered, or
        /// nobody knew where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<AddressId>,
    },
    /// It is taxed otherwise from now on.
    TaxStatusSet {
        /// How.
        status: TaxStatus,
    },
}

/// How a subscription began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// Who has it.
    pub account: AccountId,
    /// What was agreed to.
    pub terms: Terms,
    /// The record of the agreement.
    pub acceptance: Acceptance,
    /// How it came about.
    pub origin: Origin,
    /// How it is taxed.
    pub tax_status: TaxStatus,
    /// With what it is paid.
    pub method: Option<PaymentMethodId>,
    /// Where it is delivered.
    pub address: Option<AddressId>,
    /// When the checkout closes, if there is something to pay.
    pub expires: Timestamp,
    /// What another has paid for it, without tax: a gift's deferred revenue.
    pub prepaid: Money,
}

/// Why a subscription ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The reader cancelled.
    Cancelled(CancelReason),
    /// The trial ended, and there was nothing to pay with.
    TrialOver,
    /// What was bought for a time is over.
    Expired,
    /// The first payment never came.
    NeverPaid,
    /// A later payment failed for good.
    PaymentFailed,
    /// The reader refused a higher price, or didn't agree to it.
    PriceRiseRefused,
    /// The reader withdrew from the contract.
    Withdrawn,
    /// It was refunded.
    Refunded,
    /// The reader's bank took a payment back.
    ChargedBack,
    /// The publisher ended it.
    Revoked,
}

/// When a change of plan comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeForm {
    /// When the current period ends.
    AtPeriodEnd,
    /// When the difference is paid; the current period goes on.
    OnPayment,
    /// When it is paid; a new period begins there.
    OnPaymentAnew {
        /// From when.
        from: Anchor,
    },
}

/// What a reader is reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderKind {
    /// The trial ends.
    TrialEnds,
    /// The next period is charged.
    Renews,
}

impl From<PaymentFact> for Fact {
    fn from(fact: PaymentFact) -> Self {
        Self::Payment(fact)
    }
}
