//! The load generator: one thread, one epoll, no more work for a response than
//! to find its end.
//!
//! In a *closed* loop each connection asks again as soon as it was answered:
//! that finds the most that a server can do. In an *open* loop requests are due
//! at fixed times whether or not earlier ones were answered, and latency counts
//! from when a request was due: that shows what readers wait.

mod answer;
mod browser;
mod paths;
mod readers;
mod run;
mod single;

pub(crate) use answer::Wants;
pub(crate) use browser::{SignIn, SignedIn};
pub(crate) use paths::{Many, Order, Paths};
pub(crate) use readers::{Readers, keyring, reader_id};
pub(crate) use run::{Load, Outcome, Pace, run};
pub(crate) use single::{Stalled, ask, fetch, fetch_private, is_ready};
