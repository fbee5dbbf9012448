//! The life of subscriptions, told as scenarios and held to laws.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on should stop where it stands"
)]

mod calendar;
mod catalog;
mod delivery;
mod gift;
mod laws;
mod life;
mod mistakes;
mod money;
mod pauses;
mod payments;
mod plans;
mod refunds;
mod renewal;
mod seats;
mod support;
mod table;
mod tax;
mod voids;
mod wire;
