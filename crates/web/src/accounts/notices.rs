//! What is said about accounts where there is nothing to show.

use crate::respond::{BACK, notice};
use crate::view::Notice;

pub(crate) const CLOSED: Notice<'static> = notice("account-closed-title", "account-closed", None);
pub(crate) const LINK_OVER: Notice<'static> = notice(
    "account-link-over-title",
    "account-link-over",
    Some(("login", "account-link-again")),
);
pub(crate) const ELSEWHERE: Notice<'static> = notice(
    "account-elsewhere-title",
    "account-elsewhere",
    Some(("login", "account-link-again")),
);
pub(crate) const SIGNED_OUT: Notice<'static> = notice(
    "account-signed-out-title",
    "account-signed-out",
    Some(("login", "account-login-title")),
);
pub(crate) const PASSWORD_SET: Notice<'static> = notice(
    "account-password-set-title",
    "account-password-set",
    Some(("login", "account-login-title")),
);

pub(crate) const PASSWORD_CHANGED: Notice<'static> = notice(
    "account-password-set-title",
    "account-password-changed",
    Some(("account", "account-title")),
);
/// The password is another than the one that was typed a moment ago.
pub(crate) const OTHER_PASSWORD: Notice<'static> = notice(
    "account-lapsed-title",
    "account-lapsed",
    Some((BACK, "account-load-again")),
);
pub(crate) const ADDRESS_CHANGED: Notice<'static> = notice(
    "account-mail-changed-title",
    "account-mail-changed",
    Some(("account", "account-title")),
);
pub(crate) const ADDRESS_TAKEN: Notice<'static> = notice(
    "account-mail-taken-title",
    "account-mail-taken",
    Some(("account", "account-title")),
);
pub(crate) const PROFILE_SAVED: Notice<'static> = notice(
    "account-profile-saved-title",
    "account-profile-saved",
    Some(("account", "account-title")),
);
pub(crate) const NEWSLETTER_ON: Notice<'static> = notice(
    "account-newsletter-on-title",
    "account-newsletter-on",
    Some(("account", "account-title")),
);
pub(crate) const NEWSLETTER_OFF: Notice<'static> = notice(
    "account-newsletter-off-title",
    "account-newsletter-off",
    Some(("account", "account-title")),
);
pub(crate) const ERASED: Notice<'static> = notice("account-erased-title", "account-erased", None);
pub(crate) const NOT_ERASED: Notice<'static> = notice(
    "account-not-erased-title",
    "account-not-erased",
    Some(("account", "account-title")),
);

/// All of them.
pub(crate) const NOTICES: &[Notice<'static>] = &[
    CLOSED,
    LINK_OVER,
    ELSEWHERE,
    SIGNED_OUT,
    PASSWORD_SET,
    PASSWORD_CHANGED,
    OTHER_PASSWORD,
    ADDRESS_CHANGED,
    ADDRESS_TAKEN,
    PROFILE_SAVED,
    NEWSLETTER_ON,
    NEWSLETTER_OFF,
    ERASED,
    NOT_ERASED,
];
