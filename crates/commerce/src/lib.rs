//! What is sold, to whom, on which terms, and what became of it.
//!
//! This crate turns commands and the time into facts: an offer becomes
//! [frozen terms](terms), terms become a [subscription] that lives through
//! trial, introductory price, renewal, failure, grace, pause, cancellation and
//! end; facts become [entitlements](entitlement), the [books](ledger) and
//! [invoices](invoice); of print, [what goes where on which day](delivery). It knows `access`, whose entitlements it fills, and
//! nothing else of ours, and it must never touch the world: no I/O, no clock,
//! no randomness, no SQL, no HTTP, no async. The same arguments give the same
//! facts today, tomorrow and in a replay.
//!
//! Start at [`catalog::Catalog::terms`], then [`subscription::begin`],
//! [`subscription::handle`] and [`subscription::next_due`]. Whoever builds on
//! it stores facts and what they ask for in one transaction, runs a
//! [tick](subscription::Command::Tick) when one is due, and passes on what
//! providers report.

pub mod address;
pub mod bill;
pub mod calendar;
pub mod catalog;
pub mod delivery;
pub mod entitlement;
pub mod gift;
pub mod ids;
pub mod invoice;
pub mod ledger;
pub mod money;
pub mod payment;
pub mod subscription;
pub mod tax;
pub mod terms;
pub mod uses;

mod wire;
