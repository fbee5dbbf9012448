//! Signing in and out, as far as the gate has a part in it: it makes sessions
//! and knows whose they are. Who may sign in, and as whom, is decided by whoever
//! asks it to.

use access::{AccountKey, SessionId};
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;

use crate::accounts::{self, Whose};
use crate::gate::Gate;
use crate::head::Fields;
use crate::identity::Presented;

/// A session that nobody has been told of yet.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// What is kept of it.
    pub id: SessionId,
    /// What gives it to the browser.
    pub cookie: HeaderValue,
}

/// Who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// A reader with an account.
    SignedIn {
        /// The session they show.
        session: SessionId,
        /// The account.
        account: AccountKey,
    },
    /// Nobody with an account.
    Anonymous,
    /// Whoever shows a session while accounts are still being loaded.
    Unknown,
}

impl Gate {
    /// A session that lasts until then. It is one once
    /// [`SessionOpened`](access::AccountChange::SessionOpened) has been applied;
    /// its cookie is to be sent after that. `None` where there is no randomness.
    ///
    /// Each time anew, also for who has one already: a session that was there
    /// before somebody signed in may be known to others.
    pub fn new_session(&self, until: Timestamp, now: Timestamp) -> Option<NewSession> {
        let mut secret = [0; 16];
        if !(self.world().random)(&mut secret) {
            return None;
        }
        let (id, token) = self.keys().sign_session(&secret)?;
        let cookie = self.policy().1.parts.cookie;
        let cookie = cookie.set_session(&token, until, now)?;
        Some(NewSession { id, cookie })
    }

    /// What takes the session away from the browser. It is over once
    /// [`SessionEnded`](access::AccountChange::SessionEnded) has been applied.
    pub fn forget_session(&self, now: Timestamp) -> Option<HeaderValue> {
        self.policy().1.parts.cookie.set_session("", now, now)
    }

    /// Who sends a request with these headers.
    pub fn sender(&self, headers: &HeaderMap) -> Sender {
        let (keys, policy) = (self.keys(), self.policy().1);
        let by = self.recognising(&keys, &policy);
        match by.session(&fields(headers)) {
            Some((shown, Whose::Readers(signed_in))) => Sender::SignedIn {
                session: shown.session,
                account: signed_in.account,
            },
            None | Some((_, Whose::Nobodys)) => Sender::Anonymous,
            Some((_, Whose::Unknown)) => Sender::Unknown,
        }
    }

    /// Adds what the browser that sends these headers had counted to what the
    /// account has: to be called once it is known who signs in, before the
    /// account's next story. Done when it returns, and on disk; doing it again
    /// changes nothing. Whether there was anything to add.
    ///
    /// The browser keeps its own count, so signing out gives nothing back.
    pub async fn take_over(
        &self,
        headers: &HeaderMap,
        account: AccountKey,
    ) -> Result<bool, meter::Unavailable> {
        let fields = fields(headers);
        let cookie = self.policy().1.parts.cookie;
        let value = cookie.value(&fields);
        let presented = value.map_or(Presented::Nothing, |value| self.keys().verify(value));
        let (Presented::Valid(browser) | Presented::Aging(browser)) = presented else {
            return Ok(false);
        };
        let reader = accounts::reader_of(account);
        let meter = self.meter().clone();
        let merged = tokio::task::spawn_blocking(move || meter.merge(browser, reader)).await;
        let ticket = merged.unwrap_or(Err(meter::Unavailable::Closed))?;
        self.meter().durable(ticket).await?;
        Ok(true)
    }
}

/// The headers as the gate reads them.
pub(crate) fn fields(headers: &HeaderMap) -> Fields<'_> {
    let lines = headers.iter();
    lines
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect()
}
