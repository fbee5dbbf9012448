//! Payments: what is asked of a provider, and what it says.
//!
//! Facts of commerce that [ask a provider](commerce::payment::PaymentFact::asks_provider)
//! become a [`Request`], which [`Provider::carry_out`] takes. What came of it
//! is a [`Notice`], and so is what a provider tells by itself; a notice is what
//! commerce calls a report. An answer that is late or lost is
//! [unknown](commerce::payment::Outcome::Unknown), never a failure, and nothing
//! is asked for twice on the strength of it: whoever doesn't know
//! [inquires](Request::Inquire), or says that it is [again](Delivery::Again).
//!
//! Nothing of a card but its brand, its last four digits and its date ever
//! comes here.

mod answer;
mod card;
mod error;
mod provider;
mod request;
mod token;

pub use answer::{Answer, Event, Notice};
pub use card::{Authentication, Brand, Card, CardEntry, Expiry, Method, SetupOutcome, WrongExpiry};
pub(crate) use error::money;
pub use error::{Error, Next};
pub use provider::Provider;
pub use request::{Charge, Delivery, Refund, Request};
pub use token::{
    ClientSecret, CustomerToken, EventId, MethodToken, NotAToken, Reference, SetupToken,
};
