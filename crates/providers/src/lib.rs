//! What the publication asks others to do: to take and give back money, and to
//! deliver mail.
//!
//! [`payment`] is what commerce's outbox asks for and what comes back of it, of
//! two providers: a [sandbox] that lives in the process, for the demonstration
//! and for tests, and Stripe. This crate knows `commerce`, whose facts it
//! carries out, and nothing else of ours: what is sold, to whom and why is none
//! of its business, and it keeps no accounts. It draws no random numbers and
//! asks no clock what time it is; both are arguments. It waits, but never
//! without an end.

mod authorities;
mod loopback;

pub mod mail;
pub mod payment;
pub mod sandbox;
pub mod stripe;
