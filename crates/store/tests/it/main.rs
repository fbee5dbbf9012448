//! Everything that is kept, through the store's front door.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]
#![allow(clippy::similar_names, reason = "what begins has begun")]

mod accounts;
mod apps;
mod care;
mod crash;
mod delivery;
mod erase;
mod feed_addresses;
mod jobs;
mod lapse;
mod migrations;
mod money;
mod postgres;
mod renewals;
mod seats;
mod subscriptions;
mod support;
mod upkeep;
mod uses;
