//! The gate through its public door: real sockets on loopback, a small origin,
//! a real meter.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on should stop where it stands"
)]

mod addresses;
mod asking;
mod budget;
mod canary;
mod circumstances;
mod client;
mod cms;
mod crawling;
mod disk;
#[path = "../../../crawlers/tests/support/dns.rs"]
#[allow(dead_code, reason = "the tests of crawlers use the rest")]
mod dns;
mod entrance;
mod failing;
mod foreign;
mod gifts;
mod http2;
#[path = "../support/hunt.rs"]
mod hunt;
#[path = "../support/target.rs"]
mod law;
#[path = "../support/mmdb.rs"]
mod mmdb;
mod networks;
mod observing;
mod offers;
mod overload;
mod pictures;
mod plain;
mod protocol;
mod reading;
mod reception;
mod sessions;
mod site;
mod staff;
mod telling;
mod threats;
