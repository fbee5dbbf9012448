//! Whose copies a browser keeps: an account on a device, as a name that means nothing
//! elsewhere.
//!
//! The browser is told it twice: with the lease, and in a cookie that scripts may read.
//! Where the two differ, somebody else has signed in, or nobody is signed in any more,
//! and the scripts delete the copies, with a network or without. Browsers that are told
//! to clear what a site has stored don't all do so. The cookie decides nothing here.

use access::{AccountKey, SessionId};
use http::{HeaderName, HeaderValue, Response, header};

use crate::pages::Pages;

/// What takes everything away that pages of this site have kept in a browser. Cookies
/// stay, the session's own among them.
const CLEAR: HeaderName = HeaderName::from_static("clear-site-data");
const STORED: HeaderValue = HeaderValue::from_static("\"storage\"");

/// How long a browser keeps the cookie, in seconds: longer than any lease, and no
/// longer than browsers keep one, which is 400 days.
const MAX_AGE: u32 = 400 * 24 * 60 * 60;

/// The name of an account on a device.
pub(super) fn bearer(account: AccountKey, session: SessionId) -> String {
    let mut bearer = blake3::Hasher::new_derive_key("ludgate 2026 who keeps copies");
    bearer.update(&account.0.to_le_bytes()).update(&session.0);
    bearer.finalize().to_hex()[..32].to_owned()
}

impl Pages {
    /// Has the browser forget what the app has kept in it, and whose that was.
    pub(crate) fn forget_copies<B>(&self, response: &mut Response<B>) {
        let headers = response.headers_mut();
        headers.insert(CLEAR, STORED);
        if let Some(cookie) = self.bearer_cookie("", 0) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }

    /// Tells the browser whose copies it keeps from now on.
    pub(super) fn tell_bearer<B>(&self, response: &mut Response<B>, bearer: &str) {
        if let Some(cookie) = self.bearer_cookie(bearer, MAX_AGE) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }

    fn bearer_cookie(&self, bearer: &str, age: u32) -> Option<HeaderValue> {
        let (host, secure) = if self.settings.site.starts_with("https://") {
            ("__Host-", "; Secure")
        } else {
            ("", "")
        };
        let cookie =
            format!("{host}ludgate-app={bearer}; Path=/; Max-Age={age}; SameSite=Lax{secure}");
        HeaderValue::try_from(cookie).ok()
    }
}
