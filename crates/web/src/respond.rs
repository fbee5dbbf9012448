//! Answers: pages, the way elsewhere, and what is said where nothing can be done.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};

use crate::view::Notice;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

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
) -> Notice {
    Notice {
        title,
        text,
        minutes: 0,
        next,
    }
}

pub(crate) const MISSING: Notice = notice("account-missing-title", "account-missing", None);
pub(crate) const BUSY: Notice = notice("account-busy-title", "account-busy", None);
pub(crate) const MANY: Notice = Notice {
    minutes: 1,
    ..notice("account-many-title", "account-many", None)
};
pub(crate) const FROM_ELSEWHERE: Notice =
    notice("account-refused-title", "account-refused-elsewhere", None);
pub(crate) const NO_COOKIE: Notice =
    notice("account-refused-title", "account-refused-cookie", None);
pub(crate) const OLD_FORM: Notice = notice("account-refused-title", "account-refused-old", None);
/// All of these; each room has its own besides.
pub(crate) const NOTICES: &[Notice] = &[MISSING, BUSY, MANY, FROM_ELSEWHERE, NO_COOKIE, OLD_FORM];
