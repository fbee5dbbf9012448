//! Programs that readers have let in. Each has a session of its own
//! ([`sessions`](crate::sessions)): it is listed among the devices and ends as they
//! do. Beside it stands which program it is, what it may do, and a hash of what it
//! renews its access with, which is another one each time.
//!
//! Times are the system clock's.

use std::fmt;

use access::SessionId;
use commerce::ids::AccountId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::ids::{self, TokenHash, parse, parse_session};
use crate::moment::{micros, timestamp};
use crate::statement::statements;
use crate::tokens::{NewToken, Purpose};

/// How long a code is good for: an app that was waited for is there at once.
pub const CODE: SignedDuration = SignedDuration::from_secs(60);

statements! {
    ADD = "INSERT INTO apps (session_id, app, scopes, code, refresh)
        VALUES ($1, $2, $3, $4, $5)";
    OF = "SELECT s.account_id, a.app, a.scopes, a.refresh, s.expires_at
        FROM apps a JOIN sessions s ON s.id = a.session_id
        WHERE a.session_id = $1 AND s.revoked_at IS NULL AND s.expires_at > $2";
    BY_CODE = "SELECT a.session_id, s.account_id
        FROM apps a JOIN sessions s ON s.id = a.session_id
        WHERE a.code = $1 AND s.revoked_at IS NULL";
    RENEW = "UPDATE apps SET refresh = $3 WHERE session_id = $1 AND refresh = $2";
}

/// Something that a program may be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// To read stories as the reader, and to see where they stand.
    Read,
    /// To see whose account it is.
    Account,
    /// To see and change what is saved for later.
    Saved,
    /// To see and change what is written down of what was read.
    History,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Read, Self::Account, Self::Saved, Self::History];

    /// As programs ask for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Account => "account",
            Self::Saved => "saved",
            Self::History => "history",
        }
    }

    /// Which bit it is, for good: tokens say it.
    fn bit(self) -> u8 {
        match self {
            Self::Read => 1,
            Self::Account => 2,
            Self::Saved => 4,
            Self::History => 8,
        }
    }
}

/// What a program is allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scopes(u8);

impl Scopes {
    /// What a program asks for: names with spaces between them. Nothing said is
    /// `read`. `None` where one isn't known.
    pub fn parse(text: &str) -> Option<Self> {
        let mut scopes = Self::default();
        for name in text.split(' ').filter(|name| !name.is_empty()) {
            let scope = Scope::ALL.into_iter().find(|scope| scope.name() == name)?;
            scopes.0 |= scope.bit();
        }
        if scopes == Self::default() {
            scopes.0 = Scope::Read.bit();
        }
        Some(scopes)
    }

    /// As [`Scopes::bits`] has written it.
    pub fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// To be written down.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Whether it has one.
    pub fn has(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// Those it has.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(move |scope| self.has(*scope))
    }

    /// Whether all of these are among those.
    pub fn are_among(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Scope::name).collect();
        f.write_str(&names.join(" "))
    }
}

/// What a reader has said yes to: kept with the code that the program is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    /// Which program, by its id.
    pub app: String,
    /// Where the code was sent, as the program has said it.
    pub redirect: String,
    /// What the program will show that it is the same (RFC 7636, S256).
    pub challenge: String,
    /// What it is allowed, as [`Scopes::bits`].
    pub scopes: u8,
    /// What its session is to be called among the devices.
    pub label: String,
}

/// A program with a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// Whose it is.
    pub account: AccountId,
    /// Which program, by the id that it is configured by.
    pub app: String,
    /// What it may do.
    pub scopes: Scopes,
    /// What it renews its access with.
    pub refresh: TokenHash,
    /// When its session ends by itself.
    pub expires: Timestamp,
}

/// A program to be let in, by a session that was added before.
#[derive(Clone, Debug)]
pub struct NewApp<'a> {
    /// Its session.
    pub session: SessionId,
    /// Which program.
    pub app: &'a str,
    /// What it may do.
    pub scopes: Scopes,
    /// The code that it brought.
    pub code: TokenHash,
    /// What it renews its access with.
    pub refresh: TokenHash,
}

impl Reading {
    /// The program that has that session; `None` where the session is over, or a
    /// browser's.
    pub async fn app(
        &mut self,
        session: SessionId,
        now: Timestamp,
    ) -> Result<Option<App>, StoreError> {
        let row: Option<(String, String, i64, String, i64)> = sqlx::query_as(OF)
            .bind(ids::session(session))
            .bind(micros(now))
            .fetch_optional(self.connection())
            .await?;
        let app = |(account, app, scopes, refresh, expires): (String, _, _, String, _)| {
            Ok(App {
                account: parse(&account)?,
                app,
                scopes: Scopes(
                    u8::try_from(scopes)
                        .map_err(|_| StoreError::damaged("an app's scopes aren't any"))?,
                ),
                refresh: refresh.parse()?,
                expires: timestamp(expires)?,
            })
        };
        row.map(app).transpose()
    }

    /// The session that a code was exchanged for, if it still is one.
    pub async fn session_by_code(
        &mut self,
        code: TokenHash,
    ) -> Result<Option<(SessionId, AccountId)>, StoreError> {
        let row: Option<(String, String)> = sqlx::query_as(BY_CODE)
            .bind(code.to_string())
            .fetch_optional(self.connection())
            .await?;
        row.map(|(session, account)| Ok((parse_session(&session)?, parse(&account)?)))
            .transpose()
    }
}

impl Writing {
    /// Keeps what a reader has said yes to, for a minute.
    pub async fn add_code(
        &mut self,
        hash: TokenHash,
        (account, permission): (AccountId, &Permission),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let body = serde_json::to_string(permission);
        let new = NewToken {
            hash,
            purpose: Purpose::AppCode,
            account: Some(account),
            mail: None,
            body: body.map_err(|error| StoreError::damaged(error.to_string()))?,
            expires: now + CODE,
        };
        self.add_token(&new, now).await
    }

    /// Uses a code up: whose yes it was, and to what. `None` where it is unknown, used
    /// already or over.
    pub async fn use_code(
        &mut self,
        hash: TokenHash,
        now: Timestamp,
    ) -> Result<Option<(AccountId, Permission)>, StoreError> {
        let used = self.use_token(hash, Purpose::AppCode, now).await?;
        let Some((account, body)) = used.and_then(|used| Some((used.account?, used.body))) else {
            return Ok(None);
        };
        let permission = serde_json::from_str(&body);
        let permission = permission.map_err(|error| StoreError::damaged(error.to_string()))?;
        Ok(Some((account, permission)))
    }

    /// Writes down which program has a session.
    pub async fn add_app(&mut self, new: &NewApp<'_>) -> Result<(), StoreError> {
        let query = sqlx::query(ADD)
            .bind(ids::session(new.session))
            .bind(new.app)
            .bind(i64::from(new.scopes.bits()))
            .bind(new.code.to_string())
            .bind(new.refresh.to_string());
        self.run(query).await?;
        Ok(())
    }

    /// Puts another token in the place of the one that a program renews its access
    /// with; `false` where that isn't the one, so that somebody has used it before.
    pub async fn renew_app(
        &mut self,
        session: SessionId,
        from: TokenHash,
        to: TokenHash,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query(RENEW)
            .bind(ids::session(session))
            .bind(from.to_string())
            .bind(to.to_string());
        Ok(self.run(query).await? == 1)
    }
}
