//! Finds accounts by whatever somebody has at hand.

use commerce::ids::AccountId;

use crate::accounts::Account;
use crate::connection::Reading;
use crate::contract::Owner;
use crate::error::StoreError;
use crate::ids::parse;
use crate::mail_address::MailAddress;
use crate::statement::statements;

/// The most accounts that are found at once: who gets that many asks more
/// closely.
pub const MAX_FOUND: usize = 20;

/// The fewest characters of an address or a name that are searched for.
const SHORTEST: usize = 3;

statements! {
    OF_OWNER = "SELECT account_id FROM subscriptions WHERE id = $1
        UNION ALL SELECT account_id FROM gifts WHERE id = $1";
    OF_NUMBER = "SELECT account_id FROM invoices WHERE series = $1 AND count = $2";
    OF_INVOICE = "SELECT account_id FROM invoices WHERE id = $1";
    INVOICED = "SELECT owner, charge FROM invoices WHERE id = $1";
    NUMBERED = "SELECT owner, charge FROM invoices WHERE series = $1 AND count = $2";
    OF_EXTERNAL = "SELECT local FROM external_ids WHERE external = $1 ORDER BY source, kind
        LIMIT 20";
    OF_CUSTOMER = "SELECT account_id FROM customers WHERE customer = $1 LIMIT 20";
    BEGINNING = "SELECT id FROM accounts WHERE mail_key >= $1 AND mail_key < $2
        ORDER BY mail_key LIMIT $3";
    NAMES = "SELECT id FROM accounts WHERE name IS NOT NULL AND lower(name) LIKE $1 ESCAPE '\\'
        ORDER BY id LIMIT $2";
}

/// What a text names beyond whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointed {
    /// The subscription or the gift.
    pub owner: Owner,
    /// Its payment, where that is named: by the order `ord_…` or the charge
    /// `ord_…/2`.
    pub payment: Option<String>,
}

impl Reading {
    /// The subscription or the gift that a text names, by an id of its own or by a
    /// payment's: an order, a charge, also the provider's, or an invoice. `None` where
    /// a text names a person at most.
    pub async fn pointed_at(&mut self, text: &str) -> Result<Option<Pointed>, StoreError> {
        let text = text.trim();
        if MailAddress::new(text).is_ok() {
            return Ok(None);
        }
        if let Some(pointed) = self.pointed_by(text).await? {
            return Ok(Some(pointed));
        }
        if let Some((owner, payment)) = self.invoiced(text).await? {
            let owner = owner.parse()?;
            return Ok(Some(Pointed { owner, payment }));
        }
        // Another system's number of a person is that of what they have, too: who
        // writes it means the person.
        match self.texts(OF_EXTERNAL, text).await?.as_slice() {
            [local] => self.pointed_by(local).await,
            _ => Ok(None),
        }
    }

    /// By an id of ours.
    async fn pointed_by(&mut self, id: &str) -> Result<Option<Pointed>, StoreError> {
        if let Ok(owner) = id.parse() {
            let payment = None;
            return Ok(Some(Pointed { owner, payment }));
        }
        let owner = self.ordered(id).await?;
        Ok(owner.map(|owner| Pointed {
            owner,
            payment: Some(id.to_owned()),
        }))
    }

    /// Whose an invoice is and which charge it is for, by its id or its number. A
    /// credit note is for none.
    async fn invoiced(
        &mut self,
        text: &str,
    ) -> Result<Option<(String, Option<String>)>, StoreError> {
        let found = sqlx::query_as(INVOICED)
            .bind(text)
            .fetch_optional(self.connection())
            .await?;
        match (found, number(text)) {
            (None, Some((series, count))) => Ok(sqlx::query_as(NUMBERED)
                .bind(series)
                .bind(count)
                .fetch_optional(self.connection())
                .await?),
            (found, _) => Ok(found),
        }
    }

    /// Accounts that are [exactly](Self::find_exactly) that; where there is none,
    /// those whose addresses begin so, and then those in whose names it occurs,
    /// whatever its case where that is plain Latin. At most [`MAX_FOUND`]. Names
    /// are looked for in every account, a second in some millions.
    pub async fn find(&mut self, text: &str) -> Result<Vec<Account>, StoreError> {
        let exact = self.find_exactly(text).await?;
        let text = text.trim();
        if !exact.is_empty() || text.chars().count() < SHORTEST {
            return Ok(exact);
        }
        let mut ids = self.beginning(&text.to_lowercase()).await?;
        if ids.len() < MAX_FOUND {
            ids.extend(self.named(text).await?);
        }
        self.accounts_of(ids).await
    }

    /// Accounts by an address, the id of an account, subscription, gift, order or
    /// charge, an invoice's id or number, a provider's customer or charge, or an
    /// id of the system they were brought over from: more than one only where two
    /// systems use the same id. At most [`MAX_FOUND`].
    pub async fn find_exactly(&mut self, text: &str) -> Result<Vec<Account>, StoreError> {
        let text = text.trim();
        if let Ok(mail) = MailAddress::new(text)
            && let Some(found) = self.account_by_mail(&mail).await?
        {
            return Ok(vec![found]);
        }
        let ids = self.ids_of(text).await?;
        self.accounts_of(ids).await
    }

    async fn accounts_of(&mut self, ids: Vec<AccountId>) -> Result<Vec<Account>, StoreError> {
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
        let mut ids = self.by_owner(text).await?;
        ids.extend(self.list(OF_INVOICE, text).await?);
        ids.extend(self.by_number(text).await?);
        ids.extend(self.list(OF_CUSTOMER, text).await?);
        let locals = self.texts(OF_EXTERNAL, text).await?;
        for local in locals {
            match local.parse() {
                Ok(id) => ids.push(id),
                Err(_) => ids.extend(self.by_owner(&local).await?),
            }
        }
        Ok(ids)
    }

    /// By a subscription, a gift, an order `ord_…` or a charge `ord_…/2`.
    async fn by_owner(&mut self, text: &str) -> Result<Vec<AccountId>, StoreError> {
        let owner = self.ordered(text).await?;
        let owner = owner.map_or_else(|| text.to_owned(), |owner| owner.to_string());
        self.list(OF_OWNER, &owner).await
    }

    /// Whose an order `ord_…` or a charge `ord_…/2` is.
    pub(crate) async fn ordered(&mut self, text: &str) -> Result<Option<Owner>, StoreError> {
        let order = text.split('/').next().unwrap_or(text);
        match order.parse() {
            Ok(order) => self.owner_of_order(order).await,
            Err(_) => Ok(None),
        }
    }

    async fn by_number(&mut self, text: &str) -> Result<Vec<AccountId>, StoreError> {
        let Some((series, count)) = number(text) else {
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

    /// Those in whose names it occurs.
    async fn named(&mut self, text: &str) -> Result<Vec<AccountId>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(NAMES)
            .bind(pattern(text))
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

/// `LR-000123`: the digits at its end are the number, what is before them the
/// series.
fn number(text: &str) -> Option<(&str, i64)> {
    let series = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.get(series.len()..)?;
    Some((series, digits.parse().ok()?))
}

/// What `LIKE` takes for a text somewhere within another. The database knows the
/// case of plain Latin letters only, so no other is touched.
fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c.to_ascii_lowercase());
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_a_pattern_means_itself() {
        assert_eq!(pattern("Anna"), "%anna%");
        assert_eq!(pattern("50% É_\\"), "%50\\% É\\_\\\\%");
    }
}
