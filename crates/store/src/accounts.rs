//! Accounts: who is registered, and what they are called.

use std::collections::{BTreeSet, HashMap};

use commerce::ids::AccountId;
use commerce::invoice::Party;
use jiff::Timestamp;

use crate::connection::{Reading, Writing};
use crate::contract::{read, write};
use crate::error::StoreError;
use crate::ids::{parse, parse_some};
use crate::mail_address::MailAddress;
use crate::moment::{micros, some_timestamp, timestamp};
use crate::rows::{Insert, Lookup, Value};
use crate::statement::statements;

/// The longest name, in characters: longer than anybody's.
pub const LONGEST_NAME: usize = 200;

statements! {
    BY_ID = "SELECT id, status, mail, name, locale, password, verified_at, created_at, merged_into
        FROM accounts WHERE id = $1";
    VERIFY = "UPDATE accounts SET verified_at = COALESCE(verified_at, $2)
        WHERE id = $1 AND mail_key = $3 AND status = 'open'";
    SET_MAIL = "UPDATE accounts SET mail = $2, mail_key = $3, verified_at = $4
        WHERE id = $1 AND status = 'open'
        AND NOT EXISTS (SELECT 1 FROM accounts o WHERE o.mail_key = $3 AND o.id <> $1)";
    SET_PASSWORD = "UPDATE accounts SET password = $2 WHERE id = $1 AND status = 'open'";
    SET_PROFILE = "UPDATE accounts SET name = $2, locale = $3
        WHERE id = $1 AND status = 'open'";
    SET_BILLING = "UPDATE accounts SET billing = $2 WHERE id = $1 AND status = 'open'";
    SET_STATUS = "UPDATE accounts SET status = $2 WHERE id = $1 AND status IN ('open', 'closed')";
    BILLING = "SELECT billing FROM accounts WHERE id = $1";
}

/// New ones. Where somebody has an address already, nothing is added.
pub(crate) const ADD: Insert = Insert {
    name: "ADD",
    head: "INSERT INTO accounts
        (id, status, mail, mail_key, name, locale, password, verified_at, created_at)",
    columns: 9,
    tail: "ON CONFLICT (mail_key) DO NOTHING RETURNING id",
};

/// Who has which address.
pub(crate) const BY_MAIL: Lookup = Lookup {
    name: "BY_MAIL",
    head: "SELECT id, status, mail, name, locale, password, verified_at, created_at, merged_into
        FROM accounts WHERE mail_key",
    fixed: 0,
};

/// Somebody's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Whether it can be used.
    pub status: AccountStatus,
    /// Where mail goes; `None` once it was erased or merged.
    pub mail: Option<MailAddress>,
    /// What they are called.
    pub name: Option<String>,
    /// In which language they read: a BCP 47 tag.
    pub locale: Option<String>,
    /// The hash of the password, as its own format has it; `None` where they
    /// sign in by mail only.
    pub password: Option<PasswordHash>,
    /// Since when the address is known to be theirs, by the system clock.
    pub verified: Option<Timestamp>,
    /// Since when there has been one.
    pub created: Timestamp,
}

/// Whether an account can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountStatus {
    /// Yes.
    Open,
    /// Not until customer care opens it again.
    Closed,
    /// It went into another.
    Merged(AccountId),
    /// Whose it was is forgotten.
    Erased,
}

/// A password's hash with its parameters, as the PHC string format writes it.
/// Not for logs.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// A hash that was made outside: hashing takes a tenth of a second.
    pub fn new(phc: impl Into<String>) -> Self {
        Self(phc.into())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash")
    }
}

/// An account to be.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its id, drawn for it.
    pub id: AccountId,
    /// Where mail goes.
    pub mail: MailAddress,
    /// What they are called.
    pub name: Option<String>,
    /// In which language they read.
    pub locale: Option<String>,
    /// The password's hash, where there is one.
    pub password: Option<PasswordHash>,
    /// Since when the address is known to be theirs, where it is.
    pub verified: Option<Timestamp>,
}

type Row = (
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<i64>,
    i64,
    Option<String>,
);

fn account(row: Row) -> Result<Account, StoreError> {
    let (id, status, mail, name, locale, password, verified, created, merged_into) = row;
    let status = match (status.as_str(), parse_some(merged_into.as_deref())?) {
        ("open", _) => AccountStatus::Open,
        ("closed", _) => AccountStatus::Closed,
        ("erased", _) => AccountStatus::Erased,
        ("merged", Some(into)) => AccountStatus::Merged(into),
        _ => return Err(StoreError::damaged(format!("{id} is \"{status}\""))),
    };
    let mail = mail.map(|mail| MailAddress::new(&mail)).transpose();
    Ok(Account {
        mail: mail.map_err(|error| StoreError::damaged(format!("{id}: {error}")))?,
        id: parse(&id)?,
        status,
        name,
        locale,
        password: password.map(PasswordHash),
        verified: some_timestamp(verified)?,
        created: timestamp(created)?,
    })
}

impl Reading {
    /// An account by its id.
    pub async fn account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let row: Option<Row> = sqlx::query_as(BY_ID)
            .bind(id.to_string())
            .fetch_optional(self.connection())
            .await?;
        row.map(account).transpose()
    }

    /// An account by its address. Merged and erased ones have none.
    pub async fn account_by_mail(
        &mut self,
        mail: &MailAddress,
    ) -> Result<Option<Account>, StoreError> {
        let found = self.accounts_by_mail(std::slice::from_ref(mail)).await?;
        Ok(found.into_values().next())
    }

    /// The same of many, by the [keys](MailAddress::key) of their addresses;
    /// what nobody has isn't among them.
    pub async fn accounts_by_mail(
        &mut self,
        mails: &[MailAddress],
    ) -> Result<HashMap<String, Account>, StoreError> {
        let keys: BTreeSet<String> = mails.iter().map(MailAddress::key).collect();
        let keys: Vec<String> = keys.into_iter().collect();
        let rows: Vec<Row> = BY_MAIL.find(self, &keys).await?;
        let keyed = rows.into_iter().map(|row| {
            let found = account(row)?;
            let key = found.mail.as_ref().map(MailAddress::key);
            Ok((key.unwrap_or_default(), found))
        });
        keyed.collect()
    }

    /// Who is printed on an account's invoices, where it said so.
    pub async fn billing(&mut self, id: AccountId) -> Result<Option<Party>, StoreError> {
        let row: Option<(Option<String>,)> = sqlx::query_as(BILLING)
            .bind(id.to_string())
            .fetch_optional(self.connection())
            .await?;
        let billing = row.and_then(|(billing,)| billing);
        billing
            .map(|billing| read("billing details", &billing))
            .transpose()
    }
}

impl Writing {
    /// Adds an account; `false` where somebody has the address already.
    pub async fn add_account(
        &mut self,
        new: &NewAccount,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let rows = ADD.write_new(self, &[row(new, now)]).await?;
        Ok(rows.len() == 1)
    }

    /// Adds many, each with when it began; says how many were added. Somebody
    /// has the address of the others already.
    pub async fn add_accounts(
        &mut self,
        new: &[(NewAccount, Timestamp)],
    ) -> Result<usize, StoreError> {
        let rows: Vec<Vec<Value>> = new.iter().map(|(new, at)| row(new, *at)).collect();
        Ok(ADD.write_new(self, &rows).await?.len())
    }

    /// Notes that an address is its account's; `false` where the account has
    /// another by now, or isn't open.
    pub async fn verify_mail(
        &mut self,
        id: AccountId,
        mail: &MailAddress,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query(VERIFY)
            .bind(id.to_string())
            .bind(micros(now))
            .bind(mail.key());
        let rows = self.run(query).await?;
        Ok(rows == 1)
    }

    /// Changes an open account's address to one that was found to be theirs;
    /// `false` where somebody else has it. The old one is
    /// [kept](Reading::former_addresses) as one that they had.
    pub async fn set_mail(
        &mut self,
        id: AccountId,
        mail: &MailAddress,
        verified: Timestamp,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query(SET_MAIL)
            .bind(id.to_string())
            .bind(mail.as_str())
            .bind(mail.key())
            .bind(micros(verified));
        let before = self.account(id).await?;
        let before = before.filter(|found| found.status == AccountStatus::Open);
        open(before.is_some(), id)?;
        let part = self.begins();
        let is_set = self.run(query).await? == 1;
        let old = before.and_then(|before| before.mail);
        if let Some(old) = old.filter(|old| is_set && old.key() != mail.key()) {
            self.leave_address(id, &old, verified).await?;
        }
        self.ends(part);
        Ok(is_set)
    }

    /// Sets or takes away an open account's password.
    pub async fn set_password(
        &mut self,
        id: AccountId,
        password: Option<&PasswordHash>,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(SET_PASSWORD)
            .bind(id.to_string())
            .bind(password.map(PasswordHash::as_str));
        let rows = self.run(query).await?;
        open(rows == 1, id)
    }

    /// Sets what somebody with an open account is called and in which language
    /// they read.
    pub async fn set_profile(
        &mut self,
        id: AccountId,
        name: Option<&str>,
        locale: Option<&str>,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(SET_PROFILE)
            .bind(id.to_string())
            .bind(shortened(name))
            .bind(locale);
        let rows = self.run(query).await?;
        open(rows == 1, id)
    }

    /// Sets who is printed on an open account's invoices from now on.
    pub async fn set_billing(
        &mut self,
        id: AccountId,
        billing: Option<&Party>,
    ) -> Result<(), StoreError> {
        let written = billing.map(write).transpose()?;
        let query = sqlx::query(SET_BILLING).bind(id.to_string()).bind(written);
        let rows = self.run(query).await?;
        open(rows == 1, id)
    }

    /// Closes an account, or opens it again. Its sessions are another thing.
    pub async fn set_open(&mut self, id: AccountId, is_open: bool) -> Result<(), StoreError> {
        let query = sqlx::query(SET_STATUS)
            .bind(id.to_string())
            .bind(if is_open { "open" } else { "closed" });
        let rows = self.run(query).await?;
        match rows {
            1 => Ok(()),
            _ => Err(StoreError::Unknown(format!("the account {id}"))),
        }
    }
}

fn row(new: &NewAccount, created: Timestamp) -> Vec<Value> {
    let password = new.password.as_ref().map(|hash| hash.as_str().to_owned());
    vec![
        new.id.to_string().into(),
        "open".into(),
        new.mail.as_str().into(),
        new.mail.key().into(),
        shortened(new.name.as_deref()).into(),
        new.locale.clone().into(),
        password.into(),
        new.verified.map(micros).into(),
        micros(created).into(),
    ]
}

fn shortened(name: Option<&str>) -> Option<String> {
    name.map(|name| name.chars().take(LONGEST_NAME).collect())
}

/// A closed account is changed by nobody, and one that was merged or erased has
/// nothing that could be.
pub(crate) fn open(is_open: bool, id: AccountId) -> Result<(), StoreError> {
    if is_open {
        Ok(())
    } else {
        Err(StoreError::Unknown(format!("an open account {id}")))
    }
}
