//! Billing with a real store and the sandbox, by a clock that is moved by hand:
//! every scenario lists each thing that must happen, and no other.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]
#![allow(clippy::similar_names, reason = "what begins has begun")]

mod arrivals;
mod bank;
mod buying;
mod caps;
mod care;
mod clock;
mod closing;
mod crash;
mod customers;
mod events;
mod gifts;
mod life;
mod moot;
mod moving;
mod notices;
mod refunds;
mod restored;
mod seats;
mod support;
mod taxed;
mod together;
mod voids;
