//! What the shop says where there is nothing to show.

use crate::respond::notice;
use crate::view::Notice;

pub(crate) const HAS: Notice<'static> = notice(
    "shop-has-title",
    "shop-has",
    Some(("account", "shop-your-account")),
);
pub(crate) const FORM_USED: Notice<'static> = notice(
    "shop-used-title",
    "shop-used",
    Some(("subscribe", "prompt-all-offers")),
);
pub(crate) const NO_STORY: Notice<'static> = notice(
    "shop-story-title",
    "shop-story-missing",
    Some(("subscribe", "prompt-all-offers")),
);

/// All of them.
pub(crate) const NOTICES: &[Notice<'static>] = &[HAS, FORM_USED, NO_STORY];
