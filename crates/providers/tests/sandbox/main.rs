//! The sandbox as whoever delivers the outbox meets it.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod bank;
mod cards;
mod charges;
mod events;
mod journal;
