//! What is told of a subscription.

use access::{EntitlementName, Offer, OfferPhase, Price, Span, StoryId};
use commerce::ids::{GiftId, SubscriptionId};
use commerce::money::Money;
use commerce::payment::DeclineReason;
use commerce::subscription::EndReason;
use commerce::terms::Silence;
use jiff::civil::Date;

use super::Receipt;

/// What is charged next, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextCharge {
    /// The day.
    pub date: Date,
    /// How much, for all seats.
    pub amount: Money,
    /// Whether tax comes on top.
    pub plus_tax: bool,
}

/// The terms that were agreed to, as far as they are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// What may be used.
    pub grants: Vec<EntitlementName>,
    /// The one story that it is for, where it isn't for all of them.
    pub story: Option<StoryId>,
    /// What comes before the lasting price.
    pub phases: Vec<OfferPhase>,
    /// The lasting price and how often it is paid; `None` where it ends.
    pub lasting: Option<(Price, Span)>,
    /// How many seats, where it is for several.
    pub seats: Option<u32>,
    /// Whether tax comes on top of the prices.
    pub plus_tax: bool,
}

/// The legal right to withdraw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawing {
    /// Through that day; what isn't used is given back.
    Part(Date),
    /// Through that day; everything is given back.
    Full(Date),
    /// It was given up.
    Waived,
}

/// To what somebody is welcomed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WelcomeTo {
    /// A subscription that goes on.
    Subscription,
    /// Something that was bought once.
    Bought,
    /// A trial, until that day.
    Trial(Date),
    /// What another gave, until then.
    Gift(Date),
    /// What the publisher gives, until then.
    Given(Option<Date>),
}

/// A subscription has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// To what.
    pub to: WelcomeTo,
    /// What was agreed to.
    pub agreed: Agreed,
    /// What is charged next.
    pub next: Option<NextCharge>,
    /// When it ends by itself, where it does.
    pub ends: Option<Date>,
    /// The right to withdraw, where there is one.
    pub withdrawing: Option<Withdrawing>,
    /// For the first payment, where there was one.
    pub receipt: Option<Receipt>,
}

/// A trial ends soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialEnds {
    /// In so many days.
    pub days: u16,
    /// The day.
    pub date: Date,
    /// What comes then.
    pub then: TrialThen,
}

/// What comes after a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrialThen {
    /// It becomes a subscription.
    Charged(NextCharge),
    /// Nothing; an offer may be held out.
    Over(Option<Offer>),
}

/// The price rises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceRise {
    /// Of which subscription, for the links to answer by.
    pub subscription: SubscriptionId,
    /// The price until now.
    pub old: Price,
    /// The price to come.
    pub new: Price,
    /// How often it is paid.
    pub every: Span,
    /// The day of its first charge.
    pub from: Date,
    /// What saying nothing means.
    pub silence: Silence,
    /// Whether tax comes on top.
    pub plus_tax: bool,
}

/// A payment failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed {
    /// How much.
    pub amount: Money,
    /// Why.
    pub why: DeclineReason,
    /// What comes of that.
    pub then: AfterFailure,
}

/// What comes of a payment that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterFailure {
    /// What was paid before goes on for a while.
    GoesOn {
        /// Until when access is kept.
        until: Date,
        /// When it is tried again by itself.
        retry: Option<Date>,
    },
    /// It was the first, and nothing has begun.
    NothingBegun(Purchase),
    /// It was for another plan, and the one that there is stays.
    PlanStays,
}

/// What somebody wanted to buy, for the link to what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purchase {
    /// For themselves.
    Subscription(SubscriptionId),
    /// For somebody else.
    Gift(GiftId),
}

/// A payment waits for the reader's word to their bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authentication {
    /// How much.
    pub amount: Money,
    /// Until when it can be given.
    pub until: Date,
    /// What is bought, where that is its first payment.
    pub begins: Option<Purchase>,
}

/// Access is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Since that day.
    pub date: Date,
    /// Why.
    pub why: EndReason,
    /// Whether it was a subscription that goes on, not something for a time.
    pub renews: bool,
    /// What is held out to who comes back.
    pub offer: Option<Offer>,
}

/// There is another plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanChanged {
    /// What was agreed to.
    pub agreed: Agreed,
    /// What is charged next.
    pub next: Option<NextCharge>,
}
