//! What each mail tells, as plain facts: amounts of money, days in the
//! publication's zone, ids. No words.

mod gift;
mod receipt;
mod subscription;

pub use gift::{Gift, GiftBought, GiftFor};
pub use receipt::{Line, LineFor, Printed, Receipt, Refund, RefundWhy};
pub use subscription::{
    AfterFailure, Agreed, Authentication, Ended, Failed, NextCharge, PlanChanged, PriceRise,
    Purchase, TrialEnds, TrialThen, Welcome, WelcomeTo, Withdrawing,
};

use commerce::money::Money;
use jiff::civil::Date;

use crate::account;

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// What an account has asked for: links, what was done with it, an invitation
    /// to a seat.
    Account(account::Letter),
    /// A subscription has begun.
    Welcome(Box<Welcome>),
    /// Money came.
    Receipt(Box<Receipt>),
    /// Money goes back.
    Refund(Box<Refund>),
    /// So much should go back, and the way doesn't work.
    RefundDelayed(Money),
    /// A trial ends soon.
    TrialEnds(Box<TrialEnds>),
    /// A subscription is charged soon.
    Renewal(NextCharge),
    /// The price rises.
    PriceRise(Box<PriceRise>),
    /// A payment failed.
    Failed(Failed),
    /// A payment waits for the reader's word to their bank.
    Authentication(Authentication),
    /// Access is over.
    Ended(Box<Ended>),
    /// A subscription will end with its period.
    Cancelled {
        /// The day on which it does, where that is known.
        until: Option<Date>,
    },
    /// A subscription is paused.
    Paused {
        /// The day on which it goes on by itself.
        resumes: Date,
    },
    /// A paused subscription goes on.
    Resumed {
        /// Until when it is paid.
        until: Option<Date>,
        /// What is charged next.
        next: Option<NextCharge>,
    },
    /// It is delivered to another address from now on.
    AddressSet,
    /// There is another plan.
    PlanChanged(Box<PlanChanged>),
    /// A gift is paid; for who bought it.
    GiftBought(Box<GiftBought>),
    /// A gift can be redeemed.
    Gift(Box<Gift>),
    /// A gift was redeemed; for who bought it.
    GiftRedeemed,
}

impl Letter {
    /// Every [name](Self::name).
    pub const NAMES: [&str; 30] = [
        "sign-in",
        "sign-up",
        "confirm",
        "already-there",
        "reset",
        "no-account",
        "closed",
        "password-changed",
        "new-address",
        "address-changed",
        "welcome",
        "receipt",
        "refund",
        "refund-delayed",
        "trial-ends",
        "renewal",
        "price-rise",
        "payment-failed",
        "authentication",
        "ended",
        "cancelled",
        "paused",
        "resumed",
        "plan-changed",
        "gift-bought",
        "gift",
        "gift-redeemed",
        "seat",
        "delivery",
        "delivery-address",
    ];

    /// The name of its templates, `letters/<name>.html` and `.txt`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Account(letter) => letter.kind.template(),
            Self::Welcome(_) => "welcome",
            Self::Receipt(_) => "receipt",
            Self::Refund(_) => "refund",
            Self::RefundDelayed(_) => "refund-delayed",
            Self::TrialEnds(_) => "trial-ends",
            Self::Renewal(_) => "renewal",
            Self::PriceRise(_) => "price-rise",
            Self::Failed(_) => "payment-failed",
            Self::Authentication(_) => "authentication",
            Self::Ended(_) => "ended",
            Self::Cancelled { .. } => "cancelled",
            Self::Paused { .. } => "paused",
            Self::Resumed { .. } => "resumed",
            Self::AddressSet => "delivery-address",
            Self::PlanChanged(_) => "plan-changed",
            Self::GiftBought(_) => "gift-bought",
            Self::Gift(_) => "gift",
            Self::GiftRedeemed => "gift-redeemed",
        }
    }
}
