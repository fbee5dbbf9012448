//! The program as its users meet it: started, asked, reloaded, stopped.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests wait for real processes, and stop where they stand if they can't go on"
)]

mod accounts;
mod acme;
mod admin;
mod agreement;
mod alerts;
mod apps;
mod asking;
mod browser;
mod buying;
mod care;
mod cdn;
mod certificates;
mod ciphered;
mod commands;
mod configuration;
mod content;
mod countries;
mod crawling;
mod demonstration;
#[path = "../../../crawlers/tests/support/dns.rs"]
#[allow(dead_code, reason = "the tests of crawlers use the rest")]
mod dns;
mod explaining;
mod feeds;
mod foreign;
mod ghost;
mod guarded;
#[path = "../../../web/tests/support/hidden.rs"]
mod hidden;
mod hostile;
mod hurry;
mod importing;
mod killed;
mod life;
#[path = "../../../gateway/tests/support/mmdb.rs"]
mod mmdb;
mod most_read;
mod nginx;
mod offers;
#[path = "../../../tls/tests/pebble/mod.rs"]
#[allow(dead_code, reason = "other tests need more of it")]
mod pebble;
mod price_rises;
mod printing;
mod printing_many;
mod probe;
mod program;
mod programs;
mod proxied;
mod recipe;
mod reference;
mod rules;
mod seats;
mod secure;
mod staff;
mod stakes;
mod stories;
mod taxed;
mod texts;
mod tls;
mod told;
mod unpack;
mod upkeep;
mod watching;
mod withheld;
