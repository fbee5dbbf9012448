//! The life of a subscription: from accepted terms to its end.
//!
//! [`begin`] and [`handle`] decide what a command comes to and return facts;
//! [`Subscription::apply`] is what a fact changes, and the only thing that
//! changes a subscription. Both are pure: the same state, command and
//! [`Context`] give the same facts, and a replay of the facts gives the same
//! state. [`next_due`] says when the world has to come back with a
//! [`Command::Tick`], and for what.
//!
//! Day passes, single stories, redeemed gifts and complimentary access are
//! subscriptions too, ones that don't renew; a corporate one has
//! [seats](Seats). Not here: who somebody is, what they read, mail, money
//! itself.
//!
//! The table of every state and command is in `docs/internals/commerce.md`.

mod apply;
mod command;
mod due;
mod fact;
mod handle;
mod mail_domain;
mod name;
mod refusal;
mod seats;
mod segment;
mod state;

pub use command::{
    AfterRefund, Begin, CancelReason, CancelWhen, ChangePlan, ChangeWhen, Command, Funding,
    IntroOnChange, SHOWN_HOLDS,
};
pub use due::{Due, DueReason, next_due};
pub use fact::{Begun, ChangeForm, EndReason, Fact, ReminderKind};
pub use handle::{Context, begin, handle};
pub use mail_domain::{BadDomain, MailDomain};
pub use refusal::Refusal;
pub use seats::{
    MAX_DOMAINS, MAX_NETWORKS, Seat, SeatCommand, SeatFact, SeatHolder, SeatRefusal, Seats,
};
pub use segment::Position;
pub use state::{
    Answer, BadHistory, Cycle, Ending, Origin, PendingChange, PriceRise, Stage, Subscription,
};

pub(crate) use segment::{Segment, first, following};
