//! The one place that carries commands to the books, has providers do what they
//! ask for, and does what falls due.
//!
//! [`Billing`] joins what is sold, the store and a payment provider. Pages and
//! customer care buy, pay, cancel and refund through it; the one process that
//! does jobs runs [`Billing::run`]. What a command comes to is decided by
//! `commerce` and written down by `store`, in one transaction with what it asks
//! for; this crate brings commands, delivers what is asked, and brings back what
//! is said.
//!
//! Not here: HTTP, words, templates, SQL, prices. No clock is read and nothing
//! drawn: both come with the [`World`]. See `docs/internals/billing.md`.

mod advance;
mod arrivals;
mod authentication;
mod billing;
mod cards;
mod care;
mod choice;
mod clock;
mod closing;
mod codes;
mod command;
mod complaints;
mod customers;
mod deliver;
mod due;
mod error;
mod events;
mod form;
mod gifts;
mod grants;
mod happened;
mod late;
mod mail;
mod notice;
mod offers;
mod outcome;
mod party;
mod post;
mod preview;
mod price_rise;
mod purchase;
mod quote;
mod resend;
mod run;
mod sales;
mod sandbox;
mod seats;
mod strangers;
mod taxed;
mod traces;
mod wish;
mod work;
mod world;

pub use arrivals::{
    Arrival, Arrived, Brings, CardElsewhere, Coming, Holding, MAX_ARRIVALS, PaidElsewhere,
};
pub use billing::{Billing, Parts};
pub use cards::CardEntered;
pub use care::Retry;
pub use choice::Chosen;
pub use clock::Clock;
pub use codes::GiftSeen;
pub use command::{Came, Who};
pub use error::{BillingError, Fault, NotMoved};
pub use events::EventTaken;
pub use form::{FormToken, NotAForm};
pub use gifts::{GiftBought, GiftPurchase, Redemption};
pub use happened::{Happened, Happening};
pub use offers::Held;
pub use outcome::PaymentState;
pub use post::{Addressee, Again, Contents, GiftCard, News, NotSent, Parcel, Post, Sending, Told};
pub use preview::{ComesTo, Preview};
pub use price_rise::{Notice, PassedOver, Rise, Risen};
pub use purchase::{Agreement, Bought, Purchase};
pub use quote::{Quote, Stretch};
pub use resend::{Resend, Resent};
pub use sales::Sales;
pub use seats::{Entrances, Invitation, letter_of, open_to};
pub use taxed::Taxed;
pub use traces::{Erased, Forgetting, Traces};
pub use wish::Wish;
pub use world::{Random, World};
