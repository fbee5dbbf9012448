//! Why a command is refused, and what to do instead. For the log and for
//! whoever words it to the reader; nothing has changed.

use jiff::Timestamp;
use thiserror::Error;

use super::SeatRefusal;
use crate::calendar::OutOfCalendar;
use crate::money::{Currency, Money, MoneyError};
use crate::payment::PaymentRefusal;

/// A refusal. The message says why, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is over.
    #[error("the subscription has ended; take out a new one")]
    Ended,
    /// It isn't paid for yet.
    #[error("the first payment is outstanding; finish the checkout first")]
    Incomplete,
    /// It is paused.
    #[error("the subscription is paused; resume it first")]
    Paused,
    /// It isn't paused.
    #[error("the subscription isn't paused; there is nothing to resume")]
    NotPaused,
    /// A payment has failed.
    #[error("a payment has failed; pay it first")]
    PastDue,
    /// A payment is under way.
    #[error("a payment is under way; wait until its outcome is known")]
    PaymentUnderWay,
    /// Nothing to pay with.
    #[error("there is nothing to pay with; add a payment method")]
    PaymentMethodMissing,
    /// Nowhere to deliver.
    #[error("it is delivered by post; add an address")]
    AddressMissing,
    /// Nothing is delivered.
    #[error("nothing of it is delivered; it needs no address")]
    NotDelivered,
    /// The terms provide for nothing.
    #[error("the terms have no phase and no price; choose another offer")]
    EmptyTerms,
    /// It doesn't renew.
    #[error("it ends by itself{}; there is nothing to cancel, pause or change", .at.map(|at| format!(" at {at}")).unwrap_or_default())]
    EndsAnyway {
        /// When it ends; `None` where it never does.
        at: Option<Timestamp>,
    },
    /// It is cancelled already.
    #[error("it is cancelled and ends with the current period; reactivate it first")]
    Ending,
    /// It isn't cancelled.
    #[error("it isn't cancelled; there is nothing to reactivate")]
    NotEnding,
    /// It can't be paused by its terms.
    #[error("its terms know no pause; cancel it instead, and come back")]
    NoPause,
    /// The period was paused for as long as its terms allow.
    #[error("it has been paused for as long as a period can be; wait until the next one begins")]
    PausedEnough,
    /// Trials aren't paused.
    #[error("a trial can't be paused; cancel it, or wait until it is over")]
    TrialRunning,
    /// It would resume before it is paused, or too late.
    #[error("a pause ends after now and by {latest}; choose a day between")]
    PauseLength {
        /// The latest.
        latest: Timestamp,
    },
    /// Another currency.
    #[error("it is paid in {0}; choose a plan in that currency, or begin anew")]
    OtherCurrency(Currency),
    /// The same plan again.
    #[error("that is the plan it has; choose another")]
    SamePlan,
    /// A plan that is bought once.
    #[error("that is bought once and doesn't renew; buy it beside the subscription")]
    NotRenewing,
    /// What was paid elsewhere would be lost.
    #[error("what was paid elsewhere lasts{}; change the plan for the period after that", .until.map(|at| format!(" until {at}")).unwrap_or_default())]
    PaidElsewhere {
        /// Until when, where that is known.
        until: Option<Timestamp>,
    },
    /// A plan for one instead of several, or the reverse.
    #[error("a plan for one can't become one for several; begin anew")]
    SeatsDiffer,
    /// Fewer seats than are taken.
    #[error("{taken} seats are taken; free some first")]
    SeatsTaken {
        /// How many.
        taken: u32,
    },
    /// No change of plan is pending.
    #[error("no change of plan is pending; there is nothing to keep")]
    NoChangePending,
    /// The legal days are over.
    #[error("the right to withdraw ended at {ended}; cancel it instead")]
    WithdrawalOver {
        /// The first instant without it.
        ended: Timestamp,
    },
    /// There is no right to withdraw.
    #[error("there is no right to withdraw from it; cancel it instead")]
    NoWithdrawal,
    /// The price isn't higher.
    #[error("{price} is no more than the price of today, {today}; it needs no notice")]
    NotARise {
        /// The price that was announced.
        price: Money,
        /// The price of today.
        today: Money,
    },
    /// The notice is too short.
    #[error("a price rise announced now holds from {earliest} at the earliest")]
    NoticeTooShort {
        /// The earliest.
        earliest: Timestamp,
    },
    /// A price rise is announced already.
    #[error("a price rise is announced already; wait until it holds")]
    RiseAnnounced,
    /// None is announced.
    #[error("no price rise is announced; there is nothing to answer")]
    NoRise,
    /// The end isn't after the beginning.
    #[error("it would end before it begins; choose a later end")]
    EndsBeforeItBegins,
    /// It has no end that could be moved.
    #[error("it has no end; there is nothing to extend")]
    NoEnd,
    /// About a payment.
    #[error(transparent)]
    Payment(#[from] PaymentRefusal),
    /// About seats.
    #[error(transparent)]
    Seat(#[from] SeatRefusal),
    /// A date that the calendar doesn't have.
    #[error(transparent)]
    Calendar(#[from] OutOfCalendar),
    /// An amount that can't be reckoned with.
    #[error(transparent)]
    Money(#[from] MoneyError),
}
