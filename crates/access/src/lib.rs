//! Who may read what, and why.
//!
//! This crate turns rules, a story, a reader, a request and what the meter has
//! counted into a [`Decision`] that carries its own reason. It is the leaf of
//! the house: it knows no other crate of ours, and it must never touch the
//! world — no I/O, no clock, no randomness, no serialisation, no async. The
//! same arguments give the same decision today, tomorrow and in a replay.
//!
//! Start at [`decide`]; [`explain`] tells the same story at length.

mod account;
mod asked;
mod condition;
mod decide;
mod entitlement;
mod explain;
mod facts;
mod gift;
mod meter;
mod offer;
mod origin;
mod path;
mod period;
mod reader;
mod rules;
mod stories;
mod story;

pub use account::{AccountChange, AccountKey, NetworkGrant, Seq, SessionId, Snapshot};
pub use asked::Asked;
pub use condition::{Condition, PublishedWhen, Truth};
pub use decide::{Decision, Outcome, Prompt, Reason, decide};
pub use entitlement::{Entitlement, EntitlementName, Entitlements, Standing};
pub use explain::{Explanation, Step, explain};
pub use facts::Facts;
pub use gift::{Gift, GiftOver};
pub use meter::{
    Allowance, Charge, Counted, MAX_ALLOWANCE, Meter, MeterNo, Minute, MinuteOutOfRange, Reading,
};
pub use offer::{MAX_OFFERS, Offer, OfferFor, OfferPhase, Offers, Price, Span};
pub use origin::is_from_here;
pub use path::PathPattern;
pub use period::{Moment, Period, Window};
pub use reader::{
    Audience, Country, Device, Freshness, Language, Purpose, Reader, ReaderId, ReaderKind,
    Referrer, Request,
};
pub use rules::{Action, MAX_METERS, MAX_URGENT, Rule, RuleNo, Rules, RulesError, Wall};
pub use stories::{Stories, StoryEntitlement};
pub use story::{Name, Sponsor, Story, StoryId, StoryNo, Tier};
