//! The words and looks of every mail.
//!
//! So far, what the mails are that accounts ask for. Whoever sends mail puts
//! them into words.

pub mod account;
