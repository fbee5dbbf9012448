//! Why something came to nothing: refusals, which are for the person who asked,
//! and trouble, which is for the log.

use access::Country;
use commerce::catalog::NotOffered;
use commerce::gift::GiftRefusal;
use commerce::ids::{AccountId, GiftId, SubscriptionId};
use commerce::invoice::VatId;
use commerce::subscription::Refusal;
use jiff::Timestamp;
use store::care::{EraseError, MergeError};
use store::gifts::GiftError;
use store::subscriptions::CommandError;
use store::{Lapsed, Owner, StoreError};

use crate::post::NotSent;

/// Why something came to nothing. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum BillingError {
    /// The offer can't be accepted.
    #[error(transparent)]
    NotOffered(#[from] NotOffered),
    /// The subscription doesn't allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The gift doesn't allow it.
    #[error(transparent)]
    Gift(#[from] GiftRefusal),
    /// The account has it already.
    #[error("the account has that already, as {0}; change that one instead")]
    HasAlready(SubscriptionId),
    /// An earlier purchase of the account is still being paid.
    #[error("the payment of {0} is under way; wait until its outcome is known")]
    PaymentUnderWay(SubscriptionId),
    /// It isn't the account's, or there is no such thing: whose it is is
    /// nobody's business.
    #[error("the account has no {0}")]
    NotTheirs(Owner),
    /// The account has no such card.
    #[error("the account has no such payment method; enter a card")]
    NoSuchMethod,
    /// The account has no such charge.
    #[error("the account has no such payment; look at its subscriptions")]
    NoSuchCharge,
    /// Cards aren't entered here, but at the provider.
    #[error("cards are entered at the payment provider, not here; open the page again")]
    NotTheSandbox,
    /// Nothing of that name is sold.
    #[error("there is no product \"{0}\"; look at what the configuration sells")]
    NoSuchProduct(commerce::ids::ProductId),
    /// There is no plan of that name.
    #[error("there is no plan \"{0}\"; look at what the configuration sells")]
    NoSuchPlan(commerce::ids::PlanId),
    /// Whoever came over by that id before had another address.
    #[error(
        "\"{0}\" came over before with another address; if that was somebody else, of another \
         file, say which source this one is"
    )]
    SomebodyElse(String),
    /// The account of the address can't be used.
    #[error("the account of that address is closed; open it again first")]
    AccountClosed,
    /// Somebody else pays with it.
    #[error("the customer or the payment method is another account's")]
    CardOfAnother,
    /// It doesn't look like what Stripe would call it.
    #[error("Stripe's name of {0} begins with {1}; look at what the columns hold")]
    NotStripes(&'static str, &'static str),
    /// A job that nobody here knows how to do.
    #[error("a job of the lane {0} isn't known here; a later version left it")]
    NotOurs(String),
    /// Something is paid with the card.
    #[error("{0} is paid with that card; choose another for it first")]
    CardInUse(SubscriptionId),
    /// Only a publisher may do that.
    #[error("{0} is for customer care to do")]
    OnlyCare(&'static str),
    /// The offer is bought for somebody else, and was to be bought for oneself.
    #[error("the offer is a gift; buy it as one")]
    IsAGift,
    /// The offer is bought for oneself, and was to be given.
    #[error("the offer can't be given; choose one that can")]
    IsNoGift,
    /// The code belongs to no gift.
    #[error("no gift has that code; look at how it is written")]
    NoSuchGift,
    /// The gift was sent elsewhere since, under another code.
    #[error("that code was replaced by another; ask whoever gave it")]
    CodeReplaced,
    /// Another purchase was made by the same form.
    #[error("that form was sent for something else before; open the page again")]
    FormUsed,
    /// It comes to something else than what was agreed to.
    #[error("the offer has changed since it was shown; show it again before it is bought")]
    Changed,
    /// The account isn't there, or not open.
    #[error("the account {0} can't buy anything; sign in again")]
    NoAccount(AccountId),
    /// The account's address isn't known to be theirs.
    #[error("the seat is for addresses that were verified; follow the link in the mail first")]
    NotVerified,
    /// A VAT id is written as another country's.
    #[error("{id} is no VAT id of {1}; look at both", id = .0.as_str())]
    VatIdOfAnother(VatId, Country),
    /// Nobody there is named on the account's invoices, and a business has to be.
    #[error(
        "the account's invoices name nobody with an address in {0}, and those of a business have \
         to; have its reader write name and address at /-/account/billing first"
    )]
    NobodyNamed(Country),
    /// Two accounts can't become one.
    #[error(transparent)]
    Merge(MergeError),
    /// Whoever asked isn't known any more by what they were known by.
    #[error(transparent)]
    Lapsed(#[from] Lapsed),
    /// Somebody can't be erased.
    #[error(transparent)]
    Erase(EraseError),
    /// There is no mail that could be sent again.
    #[error("nothing of that sort was ever mailed to them; there is nothing to send again")]
    NothingToSend,
    /// A mail that somebody waits for wasn't sent.
    #[error("the mail couldn't be sent: {}", .0.why)]
    NotSent(NotSent),
    /// What is kept of somebody outside of the store couldn't be forgotten.
    #[error("somebody who was erased isn't forgotten everywhere yet: {0}")]
    NotForgotten(String),
    /// The clock can't be moved.
    #[error(transparent)]
    Clock(#[from] NotMoved),
    /// The provider gave no answer.
    #[error(transparent)]
    Provider(#[from] providers::payment::Error),
    /// A part of the daily run came to an end that never should.
    #[error("a part of the daily run broke off; it begins again, and the log may say why")]
    BrokeOff,
    /// An invoice lacks something.
    #[error("the invoice can't be made: {0}")]
    Invoice(#[from] commerce::invoice::InvoiceError),
    /// No random numbers are to be had.
    #[error("no random numbers are to be had; nothing can be begun without")]
    NoChance,
    /// It couldn't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The person's who asked: tell them what the error says.
    Theirs,
    /// Nobody's: the same may succeed in a moment.
    Passing,
    /// Ours, or the provider's: for the log.
    Ours,
}

/// Why the business clock stays where it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMoved {
    /// The publication isn't marked as a test.
    #[error("the clock moves only where the publication is marked as a test: [publication] test")]
    NoTest,
    /// Real money is about.
    #[error("the clock doesn't move beside a live payment provider; use its test key")]
    Live,
    /// It would go back.
    #[error("the clock says {now} and never goes back; name a later time")]
    Backwards {
        /// What it says.
        now: Timestamp,
    },
    /// Too far at once.
    #[error("the clock moves {most} days at most at once; go there in steps")]
    TooFar {
        /// How far it moves.
        most: i64,
    },
}

impl BillingError {
    /// Whose fault it is.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Store(error) if error.is_passing() => Fault::Passing,
            Self::Store(StoreError::Unknown(_)) => Fault::Theirs,
            Self::Store(_)
            | Self::NoChance
            | Self::BrokeOff
            | Self::Invoice(_)
            | Self::NotSent(_)
            | Self::NotForgotten(_) => Fault::Ours,
            Self::Provider(error) => match error.next() {
                providers::payment::Next::Again => Fault::Passing,
                providers::payment::Next::Ask | providers::payment::Next::Repair => Fault::Ours,
                providers::payment::Next::GiveUp => Fault::Theirs,
            },
            _ => Fault::Theirs,
        }
    }

    pub(crate) fn not_theirs(subscription: SubscriptionId) -> Self {
        Self::NotTheirs(Owner::Subscription(subscription))
    }

    pub(crate) fn not_their_gift(gift: GiftId) -> Self {
        Self::NotTheirs(Owner::Gift(gift))
    }

    /// Whether it was decided upon what somebody else has changed meanwhile.
    pub(crate) fn is_conflict(&self) -> bool {
        matches!(self, Self::Store(StoreError::Conflict { .. }))
    }
}

impl From<CommandError> for BillingError {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Refused(refusal) => Self::Refused(refusal),
            CommandError::Store(error) => Self::Store(error),
        }
    }
}

impl From<MergeError> for BillingError {
    fn from(error: MergeError) -> Self {
        match error {
            MergeError::Command(error) => error.into(),
            MergeError::Store(error) => Self::Store(error),
            other => Self::Merge(other),
        }
    }
}

impl From<EraseError> for BillingError {
    fn from(error: EraseError) -> Self {
        match error {
            EraseError::Store(error) => Self::Store(error),
            other => Self::Erase(other),
        }
    }
}

impl From<GiftError> for BillingError {
    fn from(error: GiftError) -> Self {
        match error {
            GiftError::Refused(refusal) => Self::Gift(refusal),
            GiftError::Subscription(error) => error.into(),
            GiftError::Store(error) => Self::Store(error),
        }
    }
}
