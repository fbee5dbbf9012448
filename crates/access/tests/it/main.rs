//! Behaviour of the access crate, through its public door only.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on should stop where it stands"
)]

mod conditions;
mod decisions;
mod gifts;
mod laws;
mod support;
