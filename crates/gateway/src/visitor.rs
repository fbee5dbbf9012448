//! Identifying: who is asking, as far as a cookie and an address can tell.

use std::net::IpAddr;

use access::{Freshness, Reader, ReaderId, ReaderKind};
use jiff::Timestamp;

use crate::head::Fields;
use crate::identity::{Keyring, Presented, ReaderCookie};

/// The reader of one request.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// What rules see of the reader.
    pub reader: Reader,
    /// The id that the meter knows the reader by; `None` until a fresh reader
    /// is counted for the first time.
    pub id: Option<ReaderId>,
    /// The client's address; `None` where a trusted proxy doesn't tell it.
    pub address: Option<IpAddr>,
    /// Whether the browser should be given its id, or given it anew.
    pub issue: bool,
}

impl Visitor {
    /// Reads the cookie. Whether a fresh reader's network still has budget is
    /// asked later, and only where it matters.
    pub(crate) fn identify(
        keys: &Keyring,
        cookie: ReaderCookie,
        fields: &Fields<'_>,
        address: Option<IpAddr>,
    ) -> Self {
        let presented = cookie
            .value(fields)
            .map_or(Presented::Nothing, |value| keys.verify(value));
        let (id, issue) = match presented {
            Presented::Nothing => (None, false),
            Presented::Valid(id) => (Some(id), false),
            Presented::Aging(id) => (Some(id), true),
        };
        let freshness = if id.is_some() {
            Freshness::Returning
        } else {
            Freshness::Fresh
        };
        Self {
            reader: Reader::anonymous(freshness),
            id,
            address,
            issue,
        }
    }

    /// Looks for a staff token, which goes before whatever else the browser is.
    pub(crate) fn look_for_staff(
        &mut self,
        keys: &Keyring,
        cookie: ReaderCookie,
        fields: &Fields<'_>,
        now: Timestamp,
    ) {
        if cookie.is_staff(keys, fields, now) {
            self.reader.kind = ReaderKind::Staff;
        }
    }
}
