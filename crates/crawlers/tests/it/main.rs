//! Crawlers through the public door, against a DNS server on loopback that
//! answers, lies, is slow or says nothing.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on should stop where it stands"
)]

#[path = "../support/dns.rs"]
#[allow(dead_code, reason = "other crates' tests use the rest")]
mod dns;
mod failing;
mod flood;
mod keeping;
mod lying;
mod ranges;
mod scene;
mod verifying;
