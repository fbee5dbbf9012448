//! Accounts, through the front door of the readers' pages, as a browser sees them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

mod addresses;
mod browser;
mod buyer;
mod buying;
mod forms;
mod gifts;
#[path = "../support/hidden.rs"]
mod hidden;
mod links;
mod offers;
mod passwords;
mod paying;
mod roles;
mod settings;
mod site;
mod stall;
