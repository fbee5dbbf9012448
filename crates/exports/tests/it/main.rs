//! Exports are brought into content folders, and what comes of them is read by the
//! publication itself.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on should stop where it stands"
)]

mod again;
mod feeds;
mod ghost;
mod hostile;
mod huge;
mod press;
mod withdrawn;
mod wordpress;
mod wordpress_today;
mod words;
