//! Identifying: who is asking, as far as cookies and an address can tell.

use std::cmp::Reverse;
use std::net::IpAddr;

use access::{AccountKey, Freshness, Reader, ReaderId, ReaderKind, StoryNo};
use http::HeaderValue;
use jiff::Timestamp;

use crate::accounts::{Accounts, SignedIn, Whose};
use crate::gifts::Held;
use crate::head::Fields;
use crate::identity::{Presented, ReaderCookie};
use crate::networks::Networks;
use crate::sealed::Keyring;
use crate::session::Shown;
use crate::world::World;

/// What readers are recognised by.
#[derive(Clone, Copy)]
pub(crate) struct Recognising<'a> {
    pub(crate) keys: &'a Keyring,
    pub(crate) accounts: &'a Accounts,
    pub(crate) cookie: ReaderCookie,
    pub(crate) world: &'a World,
}

impl Recognising<'_> {
    /// The system's clock.
    fn now(&self) -> Timestamp {
        (self.world.system)()
    }

    /// The session that is shown, and whose it is; `None` where the gate has
    /// signed none that is shown.
    pub(crate) fn session(&self, fields: &Fields<'_>) -> Option<(Shown, Whose)> {
        let token = self.cookie.session(fields)?;
        let shown = self.keys.verify_session(token)?;
        Some((shown, self.accounts.whose(shown.session, self.now())))
    }
}

/// The reader of one request.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// What rules see of the reader.
    pub reader: Reader,
    /// Whose account it is, where they have one.
    pub account: Option<AccountKey>,
    /// The id that the meter knows the reader by; `None` until a fresh reader
    /// is counted for the first time.
    pub id: Option<ReaderId>,
    /// The client's address; `None` where a trusted proxy doesn't tell it.
    pub address: Option<IpAddr>,
    /// Whether the browser should be given its id, or given it anew.
    pub issue: bool,
    /// The session's cookie, where it is to be given anew.
    pub renewed: Option<HeaderValue>,
    /// Whether they show a session of which can't be told yet whose it is. They
    /// are who the browser is without it.
    pub is_unknown: bool,
    /// The gift links to the story in question that the browser has followed, the
    /// one that ends last first.
    pub gifts: Vec<Held>,
    /// The one of them that was looked at last.
    pub gift: Option<Held>,
}

impl Visitor {
    /// Reads the cookies. Whether a fresh reader's network still has budget is
    /// asked later, and only where it matters.
    pub(crate) fn identify(
        by: Recognising<'_>,
        fields: &Fields<'_>,
        address: Option<IpAddr>,
    ) -> Self {
        match by.session(fields) {
            Some((shown, Whose::Readers(signed_in))) => {
                Self::signed_in(by, shown, signed_in, address)
            }
            None | Some((_, Whose::Nobodys)) => Self::browser(by, fields, address),
            Some((_, Whose::Unknown)) => Self {
                is_unknown: true,
                ..Self::browser(by, fields, address)
            },
        }
    }

    /// Who has an account is known by that alone.
    fn signed_in(
        by: Recognising<'_>,
        shown: Shown,
        signed_in: SignedIn,
        address: Option<IpAddr>,
    ) -> Self {
        let renewed = shown.aging.and_then(|secret| {
            let (_, token) = by.keys.sign_session(&secret)?;
            by.cookie.set_session(&token, signed_in.until, by.now())
        });
        Self {
            renewed,
            ..Self::with_account(signed_in, address)
        }
    }

    /// Who has that account. A program that reads for them shows nothing else, and
    /// keeps nothing.
    pub(crate) fn with_account(signed_in: SignedIn, address: Option<IpAddr>) -> Self {
        Self {
            reader: Reader {
                kind: ReaderKind::Registered,
                entitlements: signed_in.snapshot.entitlements,
                stories: signed_in.snapshot.stories,
                gift: None,
            },
            account: Some(signed_in.account),
            id: Some(signed_in.reader),
            address,
            issue: false,
            renewed: None,
            is_unknown: false,
            gifts: Vec::new(),
            gift: None,
        }
    }

    fn browser(by: Recognising<'_>, fields: &Fields<'_>, address: Option<IpAddr>) -> Self {
        let presented = by
            .cookie
            .value(fields)
            .map_or(Presented::Nothing, |value| by.keys.verify(value));
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
            account: None,
            id,
            address,
            issue,
            renewed: None,
            is_unknown: false,
            gifts: Vec::new(),
            gift: None,
        }
    }

    /// Looks for a staff token, which goes before whatever else the browser is.
    pub(crate) fn look_for_staff(&mut self, by: Recognising<'_>, fields: &Fields<'_>) {
        if by.cookie.is_staff(by.keys, fields, &*by.world.system) {
            self.reader.kind = ReaderKind::Staff;
        }
    }

    /// Looks for what readers at the address may use, which goes beside whatever
    /// else the reader may. `now` is the business clock.
    pub(crate) fn read_by_network(&mut self, networks: &Networks, now: Timestamp) {
        let found = self.address.and_then(|address| networks.at(address, now));
        if let Some(found) = found {
            self.reader.entitlements = self.reader.entitlements.and(&found.entitlements);
        }
    }

    /// Looks for gift links to that story. A new one takes the place of one that is
    /// over, so it is looked at before.
    pub(crate) fn look_for_gifts(
        &mut self,
        by: Recognising<'_>,
        fields: &Fields<'_>,
        story: impl FnOnce() -> Option<StoryNo>,
    ) {
        let Some(shown) = by.cookie.gifts(fields) else {
            return;
        };
        let Some(story) = story() else { return };
        let held = by.keys.held(shown).filter(|held| held.gift.story == story);
        self.gifts = held.collect();
        self.gifts.sort_by_key(|held| Reverse(held.gift.ends));
    }

    /// The reader has been counted: a browser is given its id anew with every
    /// count, so that of one that keeps coming it never runs out. An account's
    /// is no browser's.
    pub(crate) fn was_counted(&mut self) {
        self.issue = matches!(self.reader.kind, ReaderKind::Anonymous(_));
    }
}
