//! The sections `[accounts]`, `[mail]` and `[payments]`: for how long readers are
//! signed in, how mail gets to them, and who moves their money.

mod kept;
mod mail;
mod payments;
pub(super) mod raw;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub(crate) use mail::{Mail, Way};
pub(crate) use payments::Payments;

use super::check::Check;
use super::values;

const DAY: Duration = Duration::from_hours(24);

/// The longest session: browsers keep no cookie for longer.
const LONGEST: Duration = Duration::from_hours(400 * 24);

/// The most devices of one account: whoever shares with more shares with all.
const MOST_DEVICES: usize = 100;

/// How accounts are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Accounts {
    /// How long a device stays signed in.
    pub(crate) session: Duration,
    /// How many devices an account may be signed in on.
    pub(crate) devices: usize,
    /// Whether readers are asked whether they want a newsletter.
    pub(crate) newsletter: bool,
}

impl Check<'_> {
    pub(in crate::config) fn accounts(&mut self, raw: &raw::Accounts) -> Option<Accounts> {
        let session = self.value(
            raw.session.as_ref(),
            90 * DAY,
            |text| match values::duration(text)? {
                length if (Duration::from_mins(10)..=LONGEST).contains(&length) => Ok(length),
                _ => Err(
                    "a session lasts \"10 min\" to \"400 days\", which is as long as browsers \
                     keep anything"
                        .to_owned(),
                ),
            },
        );
        let devices = raw.devices.as_ref();
        if let Some(n) = devices.filter(|n| !(1..=MOST_DEVICES).contains(n.get_ref())) {
            self.wrong(
                n,
                format!("an account is signed in on 1 to {MOST_DEVICES} devices"),
            );
        }
        Some(Accounts {
            session: session?,
            devices: devices.map_or(10, |n| *n.get_ref()),
            newsletter: raw.newsletter,
        })
    }
}
