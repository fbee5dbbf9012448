//! What somebody may want of a subscription that has begun.

use commerce::address::PostalAddress;
use commerce::calendar::Interval;
use commerce::ids::{AccountId, ChargeId, PaymentMethodId, RefundId, SeatId};
use commerce::money::Money;
use commerce::subscription::{AfterRefund, CancelReason, CancelWhen, ChangeWhen};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::choice::Chosen;
use crate::preview::ComesTo;
use crate::purchase::Agreement;
use crate::seats::{Entrances, Invitation};
use crate::taxed::Taxed;

/// What somebody wants of a subscription.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Pay with this from now on, and at once where a payment has failed.
    PayWith(PaymentMethodId),
    /// Try a failed payment again at once.
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
    /// Have another plan.
    Change {
        /// Which offer.
        chosen: Box<Chosen>,
        /// When.
        when: ChangeWhen,
        /// As of when it is reckoned, where it was shown then what it comes to:
        /// see [`commerce::subscription::SHOWN_HOLDS`].
        as_of: Option<Timestamp>,
        /// What they were shown that it comes to, where they were: what comes to
        /// something else meanwhile is refused.
        shown: Option<Box<ComesTo>>,
        /// What was agreed to.
        agreement: Box<Agreement>,
    },
    /// Keep the plan after all.
    KeepPlan,
    /// Withdraw from the contract, within the legal days.
    Withdraw,
    /// Agree to a higher price.
    AcceptPriceRise,
    /// Refuse it.
    RefusePriceRise,
    /// Have it delivered elsewhere.
    MoveTo(Box<PostalAddress>),
    /// Keep a seat for somebody, and have them told.
    Invite(Box<Invitation>),
    /// Free a seat.
    Free(SeatId),
    /// Give money back. For care.
    Refund {
        /// Drawn for it: the same one twice gives back once.
        refund: RefundId,
        /// Of which charge.
        charge: ChargeId,
        /// How much; `None` for all that is left.
        amount: Option<Money>,
        /// What becomes of access.
        access: AfterRefund,
    },
    /// Ask once more for what couldn't be given back. For care.
    RefundAgain {
        /// The refund that failed.
        failed: RefundId,
        /// Drawn for it: the same one twice asks once.
        refund: RefundId,
    },
    /// Make the period longer, for nothing. For care.
    Extend(Interval),
    /// End it at once. For care.
    Revoke,
    /// Announce a higher price. For care.
    AnnouncePriceRise {
        /// Of one seat.
        price: Money,
        /// From which day on; `None` for as early as the notice allows.
        from: Option<Date>,
    },
    /// Let another account have it. For care.
    Transfer(AccountId),
    /// Tax it otherwise from its next bill on, with the VAT id on invoices that
    /// this needs; somebody has to have checked that. For care.
    Tax(Taxed),
    /// Let others come without an invitation. For care: nobody may claim a domain
    /// or a network that isn't theirs.
    Admit(Entrances),
    /// Let them no longer. For care.
    Dismiss(Entrances),
}

impl Wish {
    /// What a reader may not wish for, in words.
    pub(crate) fn only_care(&self) -> Option<&'static str> {
        Some(match self {
            Self::Refund { .. } | Self::RefundAgain { .. } => "a refund",
            Self::Extend(_) => "a longer period",
            Self::Revoke => "a revocation",
            Self::AnnouncePriceRise { .. } => "a price rise",
            Self::Transfer(_) => "a transfer to another account",
            Self::Tax(_) => "another tax status",
            Self::Admit(_) | Self::Dismiss(_) => "who may come without an invitation",
            _ => return None,
        })
    }

    /// What it is called where acts are listed.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::PayWith(_) => "pay_with",
            Self::PayNow => "pay_now",
            Self::Cancel { .. } => "cancel",
            Self::Reactivate => "reactivate",
            Self::Pause { .. } => "pause",
            Self::Resume => "resume",
            Self::Change { .. } => "change_plan",
            Self::KeepPlan => "keep_plan",
            Self::Withdraw => "withdraw",
            Self::AcceptPriceRise => "accept_price_rise",
            Self::RefusePriceRise => "refuse_price_rise",
            Self::MoveTo(_) => "move_to",
            Self::Invite(_) => "invite",
            Self::Free(_) => "free_seat",
            Self::Refund { .. } => "refund",
            Self::RefundAgain { .. } => "refund_again",
            Self::Extend(_) => "extend",
            Self::Revoke => "revoke",
            Self::AnnouncePriceRise { .. } => "announce_price_rise",
            Self::Transfer(_) => "transfer",
            Self::Tax(_) => "tax",
            Self::Admit(_) => "admit",
            Self::Dismiss(_) => "dismiss",
        }
    }
}
