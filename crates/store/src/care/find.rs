//! Finds accounts by whatever somebody has at hand.

use commerce::ids::AccountId;

use crate::accounts::Account;
use crate::connection::Reading;
use crate::error::StoreError;
use crate::ids::parse;
use crate::mail_address::MailAddress;
use crate::statement::statements;

/// The most accounts that are found at once: who gets that many asks more
/// closely.
pub const MAX_FOUND: usize = 20;

/// The fewest characters of the beginning of an address that are searched for.
const SHORTEST: usize = 3;

statements! {
    OF_OWNER = "SELECT account_id FROM subscriptions WHERE id = $1
        UNION ALL SELECT account_id FROM gifts WHERE id = $1";
    OF_NUMBER = "SELECT account_id FROM invoices WHERE series = $1 AND count = $2";
    OF_INVOICE = "SELECT account_id FROM invoices WHERE id = $1";
    OF_EXTERNAL = "SELECT local FROM external_ids WHERE external = $1 ORDER BY source, kind
        LIMIT 20";
    OF_CUSTOMER = "SELECT account_id FROM customers WHERE customer = $1 LIMIT 20";
    BEGINNING = "SELECT id FROM accounts WHERE mail_key >= $1 AND mail_key < $2
        ORDER BY mail_key LIMIT $3";
}

impl Reading {
    /// Accounts by an address or its beginning, the id of an account,
    /// subscription, gift, order or charge, an invoice's id or number, a
    /// provider's customer, or an id of the system they were brought over from.
    /// At most [`MAX_FOUND`].
    pub async fn find(&mut self, text: &str) -> Result<Vec<Account>, StoreError> {
        let text = text.trim();
        if let Ok(mail) = MailAddress::new(text)
            && let Some(found) = self.account_by_mail(&mail).await?
        {
            return Ok(vec![found]);
        }
        let mut ids = self.ids_of(text).await?;
        if ids.is_empty() && text.chars().count() >= SHORTEST {
            ids = self.beginning(&text.to_lowercase()).await?;
        }
        let mut found: Vec<Account> = Vec::new();
        for id in ids.into_iter().take(MAX_FOUND) {
            let account = self.account(id).await?;
            let account =
                account.filter(|account| found.iter().all(|known| known.id != account.id));
            found.extend(account);
        }
        Ok(found)
    }

    async fn ids_of(&mut self, text: &str) -> Result<Vec<AccountId>, StoreError> {
        if let Ok(id) = text.parse() {
            return Ok(vec![id]);
        }
        // `ord_…` and the charge `ord_…/2`.
        let order = text.split('/').next().unwrap_or(text);
        let owner = match order.parse() {
            Ok(order) => self
                .owner_of_order(order)
                .await?
                .map(|owner| owner.to_string()),
            Err(_) => None,
        };
        let mut ids = self
            .list(OF_OWNER, owner.as_deref().unwrap_or(text))
            .await?;
        ids.extend(self.list(OF_INVOICE, text).await?);
        ids.extend(self.by_number(text).await?);
        ids.extend(self.list(OF_CUSTOMER, text).await?);
        let locals = self.texts(OF_EXTERNAL, text).await?;
        for local in locals {
            match local.parse() {
                Ok(id) => ids.push(id),
                Err(_) => ids.extend(self.list(OF_OWNER, &local).await?),
            }
        }
        Ok(ids)
    }

    /// `LR-000123`: the digits at its end are the number, what is before them
    /// the series.
    async fn by_number(&mut self, text: &str) -> Result<Vec<AccountId>, StoreError> {
        let series = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = text.get(series.len()..).unwrap_or_default();
        let Ok(count) = digits.parse::<i64>() else {
            return Ok(Vec::new());
        };
        let rows: Vec<(String,)> = sqlx::query_as(OF_NUMBER)
            .bind(series)
            .bind(count)
            .fetch_all(self.connection())
            .await?;
        rows.iter().map(|(id,)| parse(id)).collect()
    }

    /// Addresses that begin so: a range of the index, in the order of bytes.
    async fn beginning(&mut self, text: &str) -> Result<Vec<AccountId>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(BEGINNING)
            .bind(text)
            .bind(format!("{text}\u{10ffff}"))
            .bind(i64::try_from(MAX_FOUND).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        rows.iter().map(|(id,)| parse(id)).collect()
    }

    async fn list(&mut self, query: &'static str, key: &str) -> Result<Vec<AccountId>, StoreError> {
        let texts = self.texts(query, key).await?;
        texts.iter().map(|id| parse(id)).collect()
    }

    async fn texts(&mut self, query: &'static str, key: &str) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(query)
            .bind(key)
            .fetch_all(self.connection())
            .await?;
        Ok(rows.into_iter().map(|(text,)| text).collect())
    }
}
