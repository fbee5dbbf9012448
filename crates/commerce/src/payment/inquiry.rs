//! When to ask a provider what became of a charge.
//!
//! A charge whose outcome isn't known is never tried again blindly: the
//! provider is asked, a bounded number of times, and only its answer moves
//! things on. If it never answers, the charge counts as failed, is not tried
//! again by itself, and money that turns up after all is given back.

use jiff::{SignedDuration, Timestamp};

use super::{AttemptState, Order, PaymentFact};
use crate::calendar::OutOfCalendar;

/// How often a provider is asked about one charge. With the delays below that
/// is for a week, the longest that providers are known to be out or slow.
pub const INQUIRIES: u8 = 12;

/// How many days after an inquiry is due access is still kept for its answer: a
/// long weekend in which jobs don't run. With the bound on inquiries, nobody
/// reads for ever because a provider is silent.
pub const ANSWER_DAYS: i32 = 3;

/// How long a checkout stays open: for a reader who has to find their bank's
/// app, and for the next day.
pub const CHECKOUT_HOURS: i64 = 24;

/// How long a report may take before its absence means something.
const HEARD_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// Minutes from one inquiry to the next; the last of them again and again.
const DELAYS: [i64; 7] = [1, 5, 30, 120, 360, 720, 1_440];

/// When to inquire about a charge that is asked for now.
pub(crate) fn first(now: Timestamp) -> Result<Timestamp, OutOfCalendar> {
    now.checked_add(HEARD_WITHIN).map_err(|_| OutOfCalendar)
}

/// When to inquire after so many inquiries.
pub(crate) fn next(asked: u8, now: Timestamp) -> Result<Timestamp, OutOfCalendar> {
    let last = DELAYS.len() - 1;
    let minutes = DELAYS
        .get(usize::from(asked).min(last))
        .copied()
        .unwrap_or(1_440);
    now.checked_add(SignedDuration::from_mins(minutes))
        .map_err(|_| OutOfCalendar)
}

/// When a checkout that was opened `at` closes.
pub(crate) fn closes(at: Timestamp) -> Result<Timestamp, OutOfCalendar> {
    at.checked_add(SignedDuration::from_hours(CHECKOUT_HOURS))
        .map_err(|_| OutOfCalendar)
}

impl Order {
    /// When the order needs somebody to come back, by itself.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        match self.attempt.state {
            AttemptState::InFlight { ask_at, .. } => Some(ask_at),
            AttemptState::AwaitingReader { until } => Some(until),
            AttemptState::Declined { retry_at, .. } => retry_at,
        }
    }

    /// The next inquiry, or `None` where the provider was asked often enough.
    pub(crate) fn inquire(&self, now: Timestamp) -> Result<Option<PaymentFact>, OutOfCalendar> {
        let AttemptState::InFlight { asked, .. } = self.attempt.state else {
            return Ok(None);
        };
        if asked >= INQUIRIES {
            return Ok(None);
        }
        Ok(Some(PaymentFact::InquiryRequested {
            charge: self.charge(),
            asked: asked + 1,
            ask_at: next(asked, now)?,
        }))
    }

    /// Calls the latest attempt off.
    pub(crate) fn void(&self, now: Timestamp) -> Result<PaymentFact, OutOfCalendar> {
        Ok(PaymentFact::VoidRequested {
            charge: self.charge(),
            at: now,
            ask_at: first(now)?,
        })
    }
}
