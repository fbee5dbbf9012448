//! Tokens that are good once. Sent by mail: to verify an address, to sign in, to
//! change an address, to set a new password. Handed over by a browser: to let a
//! program in. Only their hash is kept.
//!
//! Times are the system clock's.

use std::fmt;

use commerce::ids::AccountId;
use jiff::Timestamp;

use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::ids::{TokenHash, parse_some};
use crate::mail_address::MailAddress;
use crate::moment::{micros, micros_up};
use crate::statement::statements;

/// The most that are forgotten in one transaction.
const MAX_FORGOTTEN: i64 = 10_000;

/// The longest that can be kept with a token, in bytes: where somebody wanted
/// to go.
pub const LONGEST_BODY: usize = 4_096;

statements! {
    ADD = "INSERT INTO tokens
        (hash, purpose, account_id, mail, body, created_at, expires_at, mail_key)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    USE = "UPDATE tokens SET used_at = $3
        WHERE hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
        RETURNING account_id, mail, body";
    KNOWS = "SELECT hash FROM tokens
        WHERE hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3";
    VOID = "UPDATE tokens SET used_at = $3
        WHERE account_id = $1 AND purpose = $2 AND used_at IS NULL";
    FORGET = "DELETE FROM tokens WHERE hash IN (
        SELECT hash FROM tokens WHERE expires_at < $1 LIMIT $2)";
}

/// What a token is good for, and for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Shows that an address is its account's.
    Verify,
    /// Signs in.
    MagicLink,
    /// Changes an account's address to another.
    ChangeMail,
    /// Sets a new password.
    ResetPassword,
    /// Lets a program in, once its reader has said yes.
    AppCode,
    /// Does nothing more: a gift's code in the place of which there is another.
    ReplacedCode,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::MagicLink => "magic_link",
            Self::ChangeMail => "change_mail",
            Self::ResetPassword => "reset_password",
            Self::AppCode => "app_code",
            Self::ReplacedCode => "replaced_code",
        }
    }
}

/// A token to be.
#[derive(Clone)]
pub struct NewToken {
    /// The hash of what is sent.
    pub hash: TokenHash,
    /// What it is good for.
    pub purpose: Purpose,
    /// Whose it is, where they have an account.
    pub account: Option<AccountId>,
    /// Where it is sent: whoever brings it back reads mail there.
    pub mail: Option<MailAddress>,
    /// What the caller wants back with it; at most [`LONGEST_BODY`].
    pub body: String,
    /// When it is no longer good.
    pub expires: Timestamp,
}

/// Not for logs: what is kept with it may be whatever somebody typed.
impl fmt::Debug for NewToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("NewToken");
        let shown = shown.field("purpose", &self.purpose);
        shown
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}

/// A token that was brought back.
#[derive(Clone, PartialEq, Eq)]
pub struct UsedToken {
    /// Whose it was, where they have an account.
    pub account: Option<AccountId>,
    /// Where it was sent.
    pub mail: Option<MailAddress>,
    /// What the caller wanted back with it.
    pub body: String,
}

/// Not for logs, as [`NewToken`] isn't.
impl fmt::Debug for UsedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("UsedToken");
        shown
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}

impl Reading {
    /// Whether there is such a token, without using it up.
    pub async fn knows_token(
        &mut self,
        hash: TokenHash,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(KNOWS)
            .bind(hash.to_string())
            .bind(purpose.name())
            .bind(micros(now))
            .fetch_optional(self.connection())
            .await?;
        Ok(row.is_some())
    }
}

impl Writing {
    /// Keeps a token.
    pub async fn add_token(&mut self, new: &NewToken, now: Timestamp) -> Result<(), StoreError> {
        if new.body.len() > LONGEST_BODY {
            return Err(StoreError::TooMany {
                what: "bytes with a token",
                most: LONGEST_BODY,
            });
        }
        let query = sqlx::query(ADD)
            .bind(new.hash.to_string())
            .bind(new.purpose.name())
            .bind(new.account.map(|id| id.to_string()))
            .bind(new.mail.as_ref().map(MailAddress::as_str))
            .bind(&new.body)
            .bind(micros(now))
            .bind(micros_up(new.expires))
            .bind(new.mail.as_ref().map(MailAddress::key));
        self.run(query).await?;
        Ok(())
    }

    /// Uses a token up; `None` where it is unknown, for something else, used
    /// already or over, which nobody outside need tell apart.
    pub async fn use_token(
        &mut self,
        hash: TokenHash,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Option<UsedToken>, StoreError> {
        let query = sqlx::query_as(USE)
            .bind(hash.to_string())
            .bind(purpose.name())
            .bind(micros(now));
        let mut rows: Vec<(Option<String>, Option<String>, String)> =
            self.run_returning(query).await?;
        let Some((account, mail, body)) = rows.pop() else {
            return Ok(None);
        };
        let mail = mail.map(|mail| MailAddress::new(&mail)).transpose();
        Ok(Some(UsedToken {
            account: parse_some(account.as_deref())?,
            mail: mail.map_err(|error| StoreError::damaged(error.to_string()))?,
            body,
        }))
    }

    /// Makes an account's open tokens of a kind good for nothing: another was
    /// sent, or what they are for was done.
    pub async fn void_tokens(
        &mut self,
        account: AccountId,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let query = sqlx::query(VOID)
            .bind(account.to_string())
            .bind(purpose.name())
            .bind(micros(now));
        self.run(query).await
    }

    /// Forgets some of the tokens that were over before `before`; says how many.
    pub async fn forget_tokens(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        let query = sqlx::query(FORGET).bind(micros(before)).bind(MAX_FORGOTTEN);
        self.run(query).await
    }
}
