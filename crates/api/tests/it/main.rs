//! The programs' interface: real gate, meter and store; a newspaper of a few stories.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on should stop where it stands"
)]

#[path = "../../../gateway/tests/it/canary.rs"]
mod canary;
mod contract;
mod entry;
#[path = "../../../gateway/tests/support/hunt.rs"]
mod hunt;
mod kept;
mod newspaper;
mod reading;
mod roles;
mod shelves;
mod site;
