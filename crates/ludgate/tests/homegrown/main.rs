//! The program in front of a site that was written to give its stories away: it
//! repeats their text wherever there is room, says it in every disguise, calls it
//! what it isn't, and reads requests as carelessly as any server ever did. How
//! that is attacked, row by row of the list of known bypasses, and what comes of
//! it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests wait for real processes, and stop where they stand if they can't go on"
)]

mod answer;
mod content;
mod data;
mod disguises;
mod feeds;
mod identity;
mod maps;
mod matrix;
mod origin;
mod pages;
mod paper;
mod parsers;
#[path = "../it/program.rs"]
#[allow(dead_code, reason = "another target uses the rest of it")]
mod program;
mod request;
mod rooms;
mod routes;
mod scenes;
mod second;
#[path = "../siege/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "another target uses the rest of it"
)]
mod siege;
