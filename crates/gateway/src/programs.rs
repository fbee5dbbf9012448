//! Programs that read for somebody: an app that a reader has let in shows an
//! access token with each request to the programs' interface, and to nothing else.
//!
//! A token says which session it belongs to, which program holds it, what it may be
//! used for and until when, to nobody but the gate. It is checked without a
//! look-up; whose the session is, and whether it still is one, is what
//! [`Accounts`](crate::Accounts) says, so a token ends with its session, at once.
//! The session of a program is no browser's: nothing has a cookie that it is of.

use access::{AccountKey, SessionId};
use http::{HeaderMap, header};
use jiff::Timestamp;

use crate::accounts::{SignedIn, Whose};
use crate::gate::Gate;
use crate::head::Fields;
use crate::sealed::{Keyring, Purpose};
use crate::signing::fields;
use crate::visitor::Recognising;

/// Bytes of what a token says: a session, a program, scopes and seconds.
const SAID: usize = 16 + 8 + 1 + 4;

/// The longest that a token may last, whatever is asked for: an hour, in seconds.
pub const LONGEST_ACCESS: i64 = 60 * 60;

/// Which program: the hash of the name by which it is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProgramTag([u8; 8]);

impl ProgramTag {
    /// Of the program with that name.
    pub fn of(name: &str) -> Self {
        let hash = blake3::derive_key("ludgate 2026 program tag", name.as_bytes());
        let mut tag = [0; 8];
        tag.copy_from_slice(&hash[..8]);
        Self(tag)
    }
}

/// What an access token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// The session that it belongs to.
    pub session: SessionId,
    /// The program that holds it.
    pub program: ProgramTag,
    /// What it may be used for: a set that whoever issues tokens gives a meaning.
    pub scopes: u8,
    /// When it is over by itself, by the system clock.
    pub until: Timestamp,
}

/// Who asks at the programs' interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enquirer {
    /// A program, for the reader who let it in.
    Program {
        /// What its token says.
        access: Access,
        /// Whose it is.
        account: AccountKey,
    },
    /// A browser that is signed in.
    SignedIn {
        /// The session it shows.
        session: SessionId,
        /// The account.
        account: AccountKey,
    },
    /// Nobody with an account.
    Anonymous,
    /// Whoever shows a session or a token while accounts are still being loaded.
    Unknown,
    /// Who shows a token that isn't good, or not any more. Never taken for anybody
    /// else, whatever they show besides.
    Refused,
}

/// What a request shows as `Authorization`.
pub(crate) enum Borne {
    /// No token.
    Nothing,
    /// One that isn't good.
    Bad,
    /// One of which can't be told yet whose it is.
    Unknown,
    /// A good one.
    Good(Access, SignedIn),
}

impl Keyring {
    fn seal_access(&self, access: &Access) -> Option<String> {
        let mut said = [0; SAID];
        let seconds = u32::try_from(access.until.as_second()).ok()?;
        said[..16].copy_from_slice(&access.session.0);
        said[16..24].copy_from_slice(&access.program.0);
        said[24] = access.scopes;
        said[25..].copy_from_slice(&seconds.to_be_bytes());
        self.seal_veiled(Purpose::Access, &said)
    }

    fn open_access(&self, token: &[u8]) -> Option<Access> {
        let said = self.open_veiled::<SAID>(Purpose::Access, token)?;
        let (mut session, mut program, mut seconds) = ([0; 16], [0; 8], [0; 4]);
        session.copy_from_slice(&said[..16]);
        program.copy_from_slice(&said[16..24]);
        seconds.copy_from_slice(&said[25..]);
        let until = Timestamp::from_second(i64::from(u32::from_be_bytes(seconds)));
        Some(Access {
            session: SessionId(session),
            program: ProgramTag(program),
            scopes: said[24],
            until: until.ok()?,
        })
    }
}

impl Recognising<'_> {
    /// The token that is shown, and whose it is.
    pub(crate) fn bearer(&self, fields: &Fields<'_>) -> Borne {
        let mut lines = fields.all(&header::AUTHORIZATION);
        let Some(line) = lines.next() else {
            return Borne::Nothing;
        };
        let Some(token) = of_bearer(line) else {
            // Of another scheme: a proxy's before the site, say.
            return Borne::Nothing;
        };
        if lines.next().is_some() {
            return Borne::Bad;
        }
        let now = (self.world.system)();
        let access = self.keys.open_access(token.trim_ascii());
        let Some(access) = access.filter(|access| now < access.until) else {
            return Borne::Bad;
        };
        match self.accounts.whose(access.session, now) {
            Whose::Readers(signed_in) => Borne::Good(access, signed_in),
            Whose::Nobodys => Borne::Bad,
            Whose::Unknown => Borne::Unknown,
        }
    }
}

/// What comes after `Bearer`, whose case doesn't matter (RFC 9110, 11.1).
fn of_bearer(line: &[u8]) -> Option<&[u8]> {
    let (scheme, rest) = line.split_at_checked("bearer".len())?;
    let ends = matches!(rest.first(), None | Some(b' '));
    (ends && scheme.eq_ignore_ascii_case(b"bearer")).then_some(rest)
}

impl Gate {
    /// A token for a program, for an hour at most. `None` where its time can't be
    /// said.
    pub fn access_token(&self, access: &Access) -> Option<String> {
        let now = (self.world().system)();
        let last = now + jiff::SignedDuration::from_secs(LONGEST_ACCESS);
        self.keys().seal_access(&Access {
            until: access.until.min(last),
            ..*access
        })
    }

    /// What the token says that the program was given, if it is one, whether or
    /// not it is over: for who wants it revoked.
    pub fn what_says(&self, token: &str) -> Option<Access> {
        self.keys().open_access(token.as_bytes())
    }

    /// Who asks at the programs' interface. A token goes before any cookie.
    pub fn caller(&self, headers: &HeaderMap) -> Enquirer {
        let (keys, policy) = (self.keys(), self.policy().1);
        let by = self.recognising(&keys, &policy);
        let fields = fields(headers);
        match by.bearer(&fields) {
            Borne::Good(access, signed_in) => Enquirer::Program {
                access,
                account: signed_in.account,
            },
            Borne::Bad => Enquirer::Refused,
            Borne::Unknown => Enquirer::Unknown,
            Borne::Nothing => match by.session(&fields) {
                Some((shown, Whose::Readers(signed_in))) => Enquirer::SignedIn {
                    session: shown.session,
                    account: signed_in.account,
                },
                None | Some((_, Whose::Nobodys)) => Enquirer::Anonymous,
                Some((_, Whose::Unknown)) => Enquirer::Unknown,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealed::tests::{ring, spoilt};

    fn access() -> Access {
        Access {
            session: SessionId([7; 16]),
            program: ProgramTag::of("reader"),
            scopes: 3,
            until: "2026-11-12T04:00:00Z".parse().expect("a time"),
        }
    }

    #[test]
    fn a_token_says_what_was_sealed_and_no_changed_one_says_anything() {
        let keys = ring(&[2, 1]);
        let token = keys.seal_access(&access()).expect("a token");
        assert_eq!(keys.open_access(token.as_bytes()), Some(access()));
        for bad in spoilt(&token) {
            let shown = String::from_utf8_lossy(&bad);
            assert_eq!(keys.open_access(&bad), None, "{shown}");
        }
        assert_eq!(ring(&[3]).open_access(token.as_bytes()), None);
    }

    #[test]
    fn a_session_is_no_token_and_a_token_no_session() {
        let keys = ring(&[1]);
        let token = keys.seal_access(&access()).expect("a token");
        assert_eq!(keys.verify_session(token.as_bytes()), None);
        let (_, session) = keys.sign_session(b"sixteen bytes it").expect("a key");
        assert_eq!(keys.open_access(session.as_bytes()), None);
    }

    #[test]
    fn only_the_scheme_bearer_brings_a_token() {
        for (line, token) in [
            (&b"Bearer abc"[..], Some(&b" abc"[..])),
            (b"bearer abc", Some(b" abc")),
            (b"BEARER", Some(b"")),
            (b"Bearerabc", None),
            (b"Basic abc", None),
            (b"", None),
        ] {
            assert_eq!(of_bearer(line), token, "{line:?}");
        }
    }
}
