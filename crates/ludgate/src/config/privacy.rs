//! The section `[privacy]`: how long what comes of addresses is kept.

use std::time::Duration;

use super::check::Check;
use super::{raw, values};

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// How long what comes of addresses is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Privacy {
    /// Whole hours, from one to 24. Nothing here needs an address for longer than
    /// a day, and within less than an hour nobody could be held to anything.
    pub(crate) addresses: Duration,
}

impl Privacy {
    /// The time in hours.
    pub(crate) fn hours(self) -> u32 {
        u32::try_from(self.addresses.as_secs() / 3600).unwrap_or(24)
    }
}

impl Check<'_> {
    pub(super) fn privacy(&mut self, raw: &raw::Privacy) -> Option<Privacy> {
        let addresses = self.value(
            raw.addresses.as_ref(),
            DAY,
            |text| match values::duration(text)? {
                length if !(HOUR..=DAY).contains(&length) => {
                    Err("what comes of an address is kept for \"1 h\" to \"24 h\"".to_owned())
                }
                length if !length.as_secs().is_multiple_of(3600) || length.subsec_nanos() > 0 => {
                    Err("only whole hours can be kept apart; write for example \"6 h\"".to_owned())
                }
                length => Ok(length),
            },
        );
        Some(Privacy {
            addresses: addresses?,
        })
    }
}
