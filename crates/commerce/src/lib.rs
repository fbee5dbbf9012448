//! What is sold, to whom, on which terms, and what became of it.
//!
//! This crate is the pure half of commerce: it knows `access` and nothing else
//! of ours, and it must never touch the world: no I/O, no clock, no randomness,
//! no SQL, no HTTP, no async. Start at [`catalog::Catalog::terms`].

pub mod address;
pub mod bill;
pub mod calendar;
pub mod catalog;
pub mod ids;
pub mod money;
pub mod tax;
pub mod terms;

mod wire;
