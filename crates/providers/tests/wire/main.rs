//! Stripe by a server that says what it is told to: what a compatible server
//! has no way to show.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod account;
mod canned;
mod cards;
mod charges;
mod deleted;
mod events;
