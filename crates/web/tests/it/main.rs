//! Accounts, through the front door of the readers' pages, as a browser sees them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

mod addresses;
mod again;
mod app;
mod bank;
mod browser;
mod buyer;
mod buying;
mod cards;
mod delivery;
mod feeds;
mod forms;
mod gifts;
mod having;
#[path = "../support/hidden.rs"]
mod hidden;
mod history;
mod invoices;
mod links;
mod meanwhile;
mod newsletter;
mod oauth;
mod offers;
mod passwords;
mod paying;
mod plans;
mod reader;
mod roles;
mod seats;
mod settings;
mod site;
mod stall;
mod texts;
mod ways;
