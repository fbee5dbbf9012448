//! Messages, the folder they are put into, and mail servers that don't take
//! them.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod folder;
mod forms;
mod letters;
mod refusals;
mod server;
