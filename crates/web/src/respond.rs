//! Answers: pages, the way elsewhere, and what is said where nothing can be done.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};

use crate::view::Notice;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// When to try again, in seconds: accounts are loaded within seconds, and what
/// else is busy is so for no longer.
pub(crate) const SOON: HeaderValue = HeaderValue::from_static("5");

/// A page.
pub(crate) fn page(status: StatusCode, html: String) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(html));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HTML);
    response
}

/// The way elsewhere, to be asked for with `GET`.
pub(crate) fn go(to: HeaderValue) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(header::LOCATION, to);
    response
}

/// For when even a page can't be made.
pub(crate) fn broken() -> Response<Bytes> {
    let text = "This page can’t be shown just now. Please try again in a moment.\n";
    let mut response = Response::new(Bytes::from_static(text.as_bytes()));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// A notice without numbers.
pub(crate) const fn notice(
    title: &'static str,
    text: &'static str,
    next: Option<(&'static str, &'static str)>,
) -> Notice<'static> {
    Notice {
        title,
        text,
        minutes: 0,
        next,
    }
}

/// Where a notice leads that leads back.
pub(crate) const BACK: &str = "";

const LOAD_AGAIN: Option<(&str, &str)> = Some((BACK, "account-load-again"));

pub(crate) const MISSING: Notice<'static> =
    notice("account-missing-title", "account-missing", None);
pub(crate) const BUSY: Notice<'static> = notice("account-busy-title", "account-busy", LOAD_AGAIN);
/// Where it may be that something was done.
pub(crate) const BROKEN: Notice<'static> = notice(
    "account-broken-title",
    "account-broken",
    Some(("account", "shop-your-account")),
);
pub(crate) const NOT_SO: Notice<'static> = notice(
    "account-not-so-title",
    "account-not-so",
    Some(("account", "shop-your-account")),
);
pub(crate) const MANY: Notice<'static> = Notice {
    minutes: 1,
    ..notice("account-many-title", "account-many", LOAD_AGAIN)
};
pub(crate) const FROM_ELSEWHERE: Notice<'static> =
    notice("account-refused-title", "account-refused-elsewhere", None);
pub(crate) const NO_COOKIE: Notice<'static> =
    notice("account-refused-title", "account-refused-cookie", None);
pub(crate) const OLD_FORM: Notice<'static> =
    notice("account-refused-title", "account-refused-old", LOAD_AGAIN);
/// All of these; each room has its own besides.
pub(crate) const NOTICES: &[Notice<'static>] = &[
    MISSING,
    BUSY,
    BROKEN,
    NOT_SO,
    MANY,
    FROM_ELSEWHERE,
    NO_COOKIE,
    OLD_FORM,
];

/// What is said of a purchase that came to nothing, where its page says nothing
/// better. That nothing was done is said only where that is so.
pub(crate) fn about(fault: billing::Fault) -> (StatusCode, &'static Notice<'static>) {
    match fault {
        billing::Fault::Passing => (StatusCode::SERVICE_UNAVAILABLE, &BUSY),
        billing::Fault::Theirs => (StatusCode::CONFLICT, &NOT_SO),
        billing::Fault::Ours => (StatusCode::INTERNAL_SERVER_ERROR, &BROKEN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_nothing_was_done_is_said_only_where_the_same_may_succeed_in_a_moment() {
        for (fault, status, text) in [
            (billing::Fault::Passing, 503, "account-busy"),
            (billing::Fault::Theirs, 409, "account-not-so"),
            (billing::Fault::Ours, 500, "account-broken"),
        ] {
            let (said, notice) = about(fault);
            assert_eq!((said.as_u16(), notice.text), (status, text), "{fault:?}");
        }
    }
}
