//! Gift links: one story that a subscriber opens for others.
//!
//! Who gave it, how many have opened it and whether its time is over is found
//! out by whoever holds the counts; a decision only sees what that came to.

use crate::{Charge, Decision, Facts, Outcome, Prompt, Purpose, Reason};

/// What a gift link to this very story comes to for the reader who shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gift {
    /// Their browser has opened it before, so it stays open.
    Opened,
    /// There is room for one more browser, at this charge on the link.
    Open(Charge),
    /// It opens nothing any more.
    Over(GiftOver),
    /// It can't be told yet whether it still holds.
    Unknown,
}

/// Why a gift link opens nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GiftOver {
    /// Its time is over.
    Expired,
    /// As many browsers have opened it as may.
    UsedUp,
    /// Whoever gave it may not read themselves any more.
    Withdrawn,
}

impl GiftOver {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Expired, Self::UsedUp, Self::Withdrawn];

    /// The word that stands for the reason in templates and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::UsedUp => "used-up",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Gift {
    /// Why it opens nothing any more, if it doesn't.
    pub fn over(self) -> Option<GiftOver> {
        match self {
            Self::Over(why) => Some(why),
            Self::Opened | Self::Open(_) | Self::Unknown => None,
        }
    }
}

impl Decision {
    /// Whether the story is open without a meter's having to pay for it now, so
    /// that no gift is needed.
    pub fn is_open_anyway(&self) -> bool {
        self.outcome == Outcome::Full && self.charge.is_none()
    }
}

/// The decision for a reader who shows a gift link, where without it the
/// decision is `without`.
///
/// What is open anyway stays as it is, and the link is as good as before. What
/// the meter would pay for is the link's, so that it isn't counted.
pub(crate) fn given(without: Decision, gift: Gift, facts: &Facts<'_>) -> Decision {
    if without.is_open_anyway() {
        return without;
    }
    let opened = Decision {
        outcome: Outcome::Full,
        reason: Reason::Gift,
        rule: None,
        reading: None,
        charge: None,
        prompt: Some(Prompt::Gift),
    };
    match gift {
        Gift::Opened => opened,
        // Who only looks doesn't use anything up.
        Gift::Open(_) if facts.request.purpose == Purpose::Inspect => without,
        Gift::Open(charge) => Decision {
            charge: Some(charge),
            ..opened
        },
        Gift::Unknown if without.outcome == Outcome::Preview => without.unavailable(),
        Gift::Over(_) if without.outcome == Outcome::Full => Decision {
            prompt: without.prompt.or(Some(Prompt::GiftOver)),
            ..without
        },
        Gift::Unknown | Gift::Over(_) => without,
    }
}
