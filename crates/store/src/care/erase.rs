//! Forgets who somebody was. What happened stays, with numbers and amounts, as
//! the law on books wants it; nothing of it says whom it happened to.

use commerce::ids::{AccountId, SubscriptionId};
use commerce::subscription::Origin;
use jiff::Timestamp;

use super::moving::Moving;
use crate::accounts::{Account, AccountStatus};
use crate::connection::Writing;
use crate::error::StoreError;
use crate::jobs::NewJob;
use crate::mail_address::MailAddress;
use crate::outbox::Task;
use crate::statement::statements;

statements! {
    ACTIVE = "SELECT id FROM subscriptions WHERE account_id = $1 AND stage <> 'ended'
        ORDER BY id LIMIT 20";
    SEATS = "SELECT s.id FROM seats m JOIN subscriptions s ON s.id = m.subscription_id
        WHERE m.account_id = $1 AND s.stage <> 'ended' ORDER BY s.id LIMIT 20";
    CUSTOMERS = "SELECT provider, customer FROM customers WHERE account_id = $1
        ORDER BY provider, customer LIMIT 100";
    ACCOUNT = "UPDATE accounts SET status = 'erased', mail = NULL, mail_key = NULL, name = NULL,
        locale = NULL, password = NULL, billing = NULL, verified_at = NULL
        WHERE id = $1 AND status IN ('open', 'closed')";
    SESSIONS = "UPDATE sessions SET label = '' WHERE account_id = $1
        OR account_id IN (SELECT id FROM accounts WHERE merged_into = $1)";
    METHODS = "UPDATE payment_methods SET reference = '', customer = NULL, label = '',
        expires = NULL,
        removed_at = COALESCE(removed_at, created_at) WHERE account_id = $1";
    OLD_CUSTOMERS = "DELETE FROM customers WHERE account_id = $1";
    ADDRESSES = "UPDATE addresses SET body = NULL WHERE account_id = $1";
    WISHES = "DELETE FROM delivery_wishes WHERE subscription_id IN (
        SELECT id FROM subscriptions WHERE account_id = $1)";
    TOKENS = "DELETE FROM tokens WHERE account_id = $1
        OR mail_key = (SELECT mail_key FROM accounts WHERE id = $1)
        OR mail_key IN (SELECT f.mail_key FROM former_addresses f WHERE f.account_id = $1
            AND NOT EXISTS (
                SELECT 1 FROM accounts a WHERE a.mail_key = f.mail_key AND a.id <> $1))";
    CONSENTS = "DELETE FROM consents WHERE account_id = $1";
    CARDS = "UPDATE gifts SET card = NULL WHERE account_id = $1";
    CARD = "UPDATE gifts SET card = NULL WHERE id = $1";
    EXTERNALS = "DELETE FROM external_ids WHERE local = $1 OR local IN (
        SELECT id FROM subscriptions WHERE account_id = $1
        UNION ALL SELECT id FROM gifts WHERE account_id = $1)";
    REASONS = "UPDATE acts SET why = '' WHERE what <> 'erase' AND (account_id = $1 OR owner IN (
        SELECT id FROM subscriptions WHERE account_id = $1
        UNION ALL SELECT id FROM gifts WHERE account_id = $1))";
    JOBS = "DELETE FROM jobs WHERE account_id = $1";
    LETTERS = "DELETE FROM jobs WHERE mail = $1";
    APPS = "DELETE FROM apps WHERE session_id IN (
        SELECT id FROM sessions WHERE account_id = $1)";
    SAVED = "DELETE FROM saved_stories WHERE account_id = $1";
    READINGS = "DELETE FROM readings WHERE account_id = $1";
    HISTORY = "DELETE FROM histories WHERE account_id = $1";
    FORMER = "DELETE FROM former_addresses WHERE account_id = $1";
    FEEDS = "DELETE FROM feed_addresses WHERE account_id = $1";
    ERRORS = "UPDATE jobs SET error = NULL WHERE owner IN (
        SELECT id FROM subscriptions WHERE account_id = $1
        UNION ALL SELECT id FROM gifts WHERE account_id = $1)";
    MERGED = "SELECT id FROM accounts WHERE merged_into = $1 ORDER BY id LIMIT 1000";
    NAMES = "UPDATE invoices SET customer = NULL WHERE account_id = $1";
}

/// What is forgotten whatever happens, each of `$1`.
const FORGETS: &[&str] = &[
    SESSIONS,
    METHODS,
    OLD_CUSTOMERS,
    ADDRESSES,
    WISHES,
    TOKENS,
    CONSENTS,
    CARDS,
    EXTERNALS,
    REASONS,
    JOBS,
    FORMER,
    FEEDS,
    ERRORS,
    APPS,
    SAVED,
    READINGS,
    HISTORY,
];

/// What becomes of the names on invoices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvoiceNames {
    /// They are forgotten too.
    Forgotten,
    /// They are kept, where the law wants invoices kept as they were issued;
    /// erase again when that time is over.
    Kept,
}

/// Nobody was erased. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// Something still goes on.
    #[error("{} subscriptions still run, {} for one; end them first", .0.len(),
        .0.first().map(ToString::to_string).unwrap_or_default())]
    Active(Vec<SubscriptionId>),
    /// They have a seat in what somebody else pays for.
    #[error("there is still a seat in {} subscriptions of others, {} for one; free it first", .0.len(),
        .0.first().map(ToString::to_string).unwrap_or_default())]
    Seated(Vec<SubscriptionId>),
    /// Money of theirs is on its way, of which nobody could say afterwards whose
    /// it is.
    #[error("{0}")]
    MoneyMoves(Moving),
    /// There is nobody.
    #[error("the account {0} isn't there, or was merged into another; erase that")]
    Unknown(AccountId),
    /// It couldn't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is left to do elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Whom payment providers are asked to forget: provider and customer.
    pub customers: Vec<(String, String)>,
}

/// The id of a job that forgets somebody elsewhere. Erasing again is another one.
fn forget(account: AccountId, system: Timestamp, number: usize) -> String {
    format!("forget/{account}/{}/{number}", system.as_microsecond())
}

impl Writing {
    /// Forgets who somebody was, and signs them out everywhere. Twice is as
    /// good as once. What is kept outside of the store is left to a job;
    /// whoever writes logs and backups has to see to those. `system` is the
    /// system clock, which sessions live by.
    pub async fn erase(
        &mut self,
        account: AccountId,
        names: InvoiceNames,
        system: Timestamp,
    ) -> Result<Erased, EraseError> {
        let rows: Vec<(String,)> = self.of(ACTIVE, account).await?;
        if !rows.is_empty() {
            let ids = rows.iter().map(|(id,)| crate::ids::parse(id));
            return Err(EraseError::Active(ids.collect::<Result<_, _>>()?));
        }
        let rows: Vec<(String,)> = self.of(SEATS, account).await?;
        if !rows.is_empty() {
            let ids = rows.iter().map(|(id,)| crate::ids::parse(id));
            return Err(EraseError::Seated(ids.collect::<Result<_, _>>()?));
        }
        if let Some(moving) = self.moving(account).await? {
            return Err(EraseError::MoneyMoves(moving));
        }
        let customers: Vec<(String, String)> = self.of(CUSTOMERS, account).await?;
        let there = self.account(account).await?;
        let is_known = |found: &Account| !matches!(found.status, AccountStatus::Merged(_));
        let Some(found) = there.filter(is_known) else {
            return Err(EraseError::Unknown(account));
        };
        let former = self.former_addresses(account).await?;
        let part = self.begins();
        self.revoke_sessions(account, None, system).await?;
        // Whoever has it sent: an invitation of somebody else's has the address too.
        for mail in former.iter().chain(&found.mail) {
            let query = sqlx::query(LETTERS).bind(mail.trace().to_string());
            self.run(query).await?;
        }
        // Whoever gave them something wrote on its card whom it was for.
        for subscription in self.subscriptions(account).await? {
            if let Origin::Gift(gift) = subscription.origin {
                self.run(sqlx::query(CARD).bind(gift.to_string())).await?;
            }
        }
        let names = (names == InvoiceNames::Forgotten).then_some(NAMES);
        for text in FORGETS.iter().copied().chain([ACCOUNT]).chain(names) {
            let query = sqlx::query(text).bind(account.to_string());
            self.run(query).await?;
        }
        self.leave_the_rest(&found, &former, system).await?;
        self.leave_customers(account, &customers, system).await?;
        self.ends(part);
        Ok(Erased { customers })
    }

    /// Keeps who an account is to a payment provider, which has just said so;
    /// `false` where nobody is to be kept: they were erased while it was asked, and
    /// it is asked to forget them again. Who went into another account meanwhile is
    /// that one's customer.
    pub async fn keep_customer(
        &mut self,
        account: AccountId,
        (provider, customer): (&str, &str),
        system: Timestamp,
    ) -> Result<bool, StoreError> {
        let found = self.account(account).await?;
        match found.map(|found| found.status) {
            Some(AccountStatus::Open | AccountStatus::Closed) => {
                self.add_customer(account, provider, customer).await?;
                Ok(true)
            }
            Some(AccountStatus::Merged(into)) => {
                self.add_customer(into, provider, customer).await?;
                Ok(false)
            }
            Some(AccountStatus::Erased) | None => {
                let late = [(provider.to_owned(), customer.to_owned())];
                self.leave_customers(account, &late, system).await?;
                Ok(false)
            }
        }
    }

    /// Has what is kept elsewhere forgotten too. Due at once by either clock.
    async fn leave_the_rest(
        &mut self,
        account: &Account,
        former: &[MailAddress],
        system: Timestamp,
    ) -> Result<(), StoreError> {
        let merged: Vec<(String,)> = self.of(MERGED, account.id).await?;
        let mut accounts = vec![account.id];
        for (id,) in &merged {
            accounts.push(crate::ids::parse(id)?);
        }
        let trace = |mail: &MailAddress| mail.trace().to_string();
        let mail = account.mail.as_ref().map(trace);
        let former = former.iter().map(trace).collect();
        let job = NewJob {
            id: forget(account.id, system, 0),
            account: None,
            task: Task::Forget {
                accounts,
                mail,
                former,
            },
            due: Timestamp::UNIX_EPOCH,
        };
        self.add_job(&job, system).await.map(drop)
    }

    /// Has payment providers forget who they were. None of their money is on its
    /// way any more.
    async fn leave_customers(
        &mut self,
        account: AccountId,
        customers: &[(String, String)],
        system: Timestamp,
    ) -> Result<(), StoreError> {
        for (number, (provider, customer)) in (1..).zip(customers) {
            let job = NewJob {
                id: forget(account, system, number),
                account: None,
                task: Task::ForgetCustomer {
                    provider: provider.clone(),
                    customer: customer.clone(),
                },
                due: Timestamp::UNIX_EPOCH,
            };
            self.add_job(&job, system).await?;
        }
        Ok(())
    }

    async fn of<T>(&mut self, text: &'static str, account: AccountId) -> Result<Vec<T>, StoreError>
    where
        T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
    {
        let query = sqlx::query_as(text).bind(account.to_string());
        Ok(query.fetch_all(self.connection()).await?)
    }
}
