//! What makes no sense in a catalog. Every complaint names the entry and what
//! to write instead.

use jiff::civil::Date;
use thiserror::Error;

use super::check::{MAX_PHASES, MAX_TIMES};
use super::{MAX_ENTRIES, MAX_SEATS};
use crate::ids::{OfferId, PlanId, ProductId};
use crate::money::{Currency, Money};
use crate::terms::PolicyError;

/// An entry of a catalog, by its place in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// None of them: what they are all sold by.
    Policy,
    /// A product.
    Product(usize),
    /// A plan.
    Plan(usize),
    /// An offer.
    Offer(usize),
}

/// Something that makes no sense, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{error}")]
pub struct Complaint {
    /// The entry to change.
    pub about: Entry,
    /// What is wrong with it.
    pub error: CatalogError,
}

/// Something that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CatalogError {
    /// Two entries of one name.
    #[error("there are two {kind} called \"{id}\"; give one another name")]
    Duplicate {
        /// What they are.
        kind: &'static str,
        /// Their name.
        id: String,
    },
    /// More entries than are looked through.
    #[error("{count} {kind} are too many; at most {MAX_ENTRIES}, so take out what is over")]
    TooMany {
        /// What they are.
        kind: &'static str,
        /// How many.
        count: usize,
    },
    /// A product that grants nothing.
    #[error("the product \"{0}\" grants nothing; list what it opens, such as \"read\"")]
    GrantsNothing(ProductId),
    /// A plan without a product.
    #[error("the plan \"{plan}\" is for a product \"{product}\" that isn't there")]
    ProductGone {
        /// The plan.
        plan: PlanId,
        /// What it names.
        product: ProductId,
    },
    /// An offer without a plan.
    #[error("the offer \"{offer}\" leads into a plan \"{plan}\" that isn't there")]
    PlanGone {
        /// The offer.
        offer: OfferId,
        /// What it names.
        plan: PlanId,
    },
    /// A plan that costs nothing, or less.
    #[error("the plan \"{plan}\" costs {price}; a plan has a price above nought")]
    PlanPrice {
        /// The plan.
        plan: PlanId,
        /// What it says.
        price: Money,
    },
    /// A plan without a price.
    #[error("the plan \"{0}\" has no price; give it one such as \"14.90 USD\"")]
    NoPrice(PlanId),
    /// Two prices in one currency.
    #[error("{what} has two prices in {currency}; leave one out")]
    TwoPrices {
        /// The entry.
        what: String,
        /// The currency.
        currency: Currency,
    },
    /// An interval of no length, or too long.
    #[error("{what} lasts no time or too long; at least a day, at most ten years")]
    BadLength {
        /// The entry.
        what: String,
    },
    /// Seats that can't be.
    #[error(
        "the plan \"{plan}\" has {least} to {most} seats; write 1 or more to {MAX_SEATS} or fewer"
    )]
    BadSeating {
        /// The plan.
        plan: PlanId,
        /// The fewest.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A story that several sit in, or that is paid for every month.
    #[error("the plan \"{0}\" buys one story; it has no seats, and is paid for once")]
    StoryPlan(PlanId),
    /// A phase without periods, or with too many.
    #[error("{what} has {times} periods; write 1 to {MAX_TIMES}")]
    BadTimes {
        /// The phase.
        what: String,
        /// How many it has.
        times: u16,
    },
    /// Too many phases.
    #[error("the offer \"{0}\" has more than {MAX_PHASES} phases; join some")]
    TooManyPhases(OfferId),
    /// A phase of a kind that offers don't have.
    #[error("{what} is neither a trial nor an introductory price")]
    PhaseKind {
        /// The phase.
        what: String,
    },
    /// A trial that costs something.
    #[error("{what} is a trial with a price; leave the price out, or make it an introductory one")]
    PricedTrial {
        /// The phase.
        what: String,
    },
    /// A trial of several periods: its end is told of, and each of them has one.
    #[error("{what} is a trial of several periods; write one that is as long as all of them")]
    TrialTwice {
        /// The phase.
        what: String,
    },
    /// An introductory price of nothing, before anything was paid: nobody would be
    /// asked for a card, nor told that it ends.
    #[error("{what} costs nothing, nor does anything before it; make a trial of it")]
    FreeIntro {
        /// The phase.
        what: String,
    },
    /// A trial after something else: nobody tries what they have paid for.
    #[error("{what} is a trial that doesn't come first; put it first")]
    LateTrial {
        /// The phase.
        what: String,
    },
    /// A phase that isn't priced in a currency of the plan.
    #[error("{what} has no price in {currency}, in which the plan is sold; add one")]
    PhaseNotPriced {
        /// The phase.
        what: String,
        /// The currency.
        currency: Currency,
    },
    /// A phase priced in a currency that the plan hasn't.
    #[error("{what} has a price in {currency}, in which the plan isn't sold; take it out")]
    PhaseCurrency {
        /// The phase.
        what: String,
        /// The currency.
        currency: Currency,
    },
    /// A price below nought.
    #[error("{what} costs {price}; nobody is paid for reading")]
    NegativePrice {
        /// The phase.
        what: String,
        /// What it says.
        price: Money,
    },
    /// Phases before something that is bought once.
    #[error("the offer \"{0}\" has phases, but its plan is paid for once; leave them out")]
    PhasesOfOnce(OfferId),
    /// A window that ends before it begins.
    #[error("the offer \"{offer}\" begins on {starts} and ends on {ends}; exchange them")]
    WindowBackwards {
        /// The offer.
        offer: OfferId,
        /// Its first day.
        starts: Date,
        /// Its last day.
        ends: Date,
    },
    /// A cap of nought.
    #[error("the offer \"{0}\" may be used no times at all; leave it out, or raise its cap")]
    CapOfNought(OfferId),
    /// A gift that renews, that several sit in, or that has phases or a story.
    #[error(
        "the offer \"{0}\" is a gift; its plan is paid for once, for a time, for one reader, and is \
         of more than a story"
    )]
    BadGift(OfferId),
    /// A payment method for a trial that there is not.
    #[error("the offer \"{0}\" asks for a payment method for its trial, but it has none")]
    MethodWithoutTrial(OfferId),
    /// Two offers with one code.
    #[error("the code of the offer \"{offer}\" opens the offer \"{other}\" too; change one")]
    CodeTwice {
        /// The one.
        offer: OfferId,
        /// The other.
        other: OfferId,
    },
    /// The policy makes no sense.
    #[error(transparent)]
    Policy(#[from] PolicyError),
}
