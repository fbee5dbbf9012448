//! Other people's programs as judges: localstripe plays Stripe, Stripe's own
//! library for Python judges signatures, aiosmtpd takes mail. `LUDGATE_PYTHON` names a Python that
//! has them.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "helpers of tests; the judges live by the system's clock"
)]

mod charging;
mod http;
mod judge;
mod posting;
mod signatures;
