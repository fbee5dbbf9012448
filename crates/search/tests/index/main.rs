//! An index as its callers see it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod finding;
mod hostile;
mod keeping;
mod narrowing;
mod suggesting;
mod support;
mod texts;
