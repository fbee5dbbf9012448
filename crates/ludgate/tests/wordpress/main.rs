//! The program in front of a real WordPress: how paywalls are attacked, row by
//! row of the list of known bypasses, and what comes of it.
//!
//! Each test starts a WordPress of its own by `wordpress/site.sh`, which takes
//! seconds and needs packages; so plain runs leave them out, and
//! `cargo xtask test` installs what they need and runs them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests wait for real processes, and stop where they stand if they can't go on"
)]

mod content;
mod identity;
mod matrix;
mod parsers;
mod probing;
#[path = "../it/program.rs"]
#[allow(dead_code, reason = "another target uses the rest of it")]
mod program;
mod scenes;
#[path = "../siege/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "another target uses the rest of it"
)]
mod siege;
mod site;
