//! Everything that is known of somebody, as JSON that they can be given.

use std::collections::BTreeSet;

use commerce::ids::AccountId;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::connection::Reading;
use crate::contract::read;
use crate::error::StoreError;
use crate::moment::{some_timestamp, timestamp};
use crate::outbox::Task;
use crate::statement::statements;

/// The most rows of one kind: more than anybody has, and some megabytes.
const MOST: i64 = 10_000;

statements! {
    ACCOUNT = "SELECT id, status, mail, name, locale, verified_at, created_at, billing
        FROM accounts WHERE id = $1";
    SESSIONS = "SELECT label, created_at, seen_at, expires_at, revoked_at FROM sessions
        WHERE account_id = $1 ORDER BY created_at LIMIT $2";
    METHODS = "SELECT provider, label, expires, created_at, removed_at FROM payment_methods
        WHERE account_id = $1 ORDER BY created_at LIMIT $2";
    CUSTOMERS = "SELECT provider, customer FROM customers
        WHERE account_id = $1 ORDER BY provider LIMIT $2";
    ADDRESSES = "SELECT body, created_at FROM addresses
        WHERE account_id = $1 AND body IS NOT NULL ORDER BY created_at LIMIT $2";
    WISHES = "SELECT w.subscription_id, w.first_day, w.last_day, w.made_at, w.back_from, a.body
        FROM delivery_wishes w JOIN subscriptions s ON s.id = w.subscription_id
        LEFT JOIN addresses a ON a.id = w.address_id
        WHERE s.account_id = $1 ORDER BY w.first_day, w.id LIMIT $2";
    CONSENTS = "SELECT purpose, given_at, words, channel, withdrawn_at FROM consents
        WHERE account_id = $1 ORDER BY given_at LIMIT $2";
    FACTS = "SELECT owner, seq, at, body FROM facts
        WHERE owner IN (
            SELECT id FROM subscriptions WHERE account_id = $1
            UNION ALL SELECT id FROM gifts WHERE account_id = $1)
        ORDER BY owner, seq LIMIT $2";
    CARDS = "SELECT id, card FROM gifts
        WHERE account_id = $1 AND card IS NOT NULL ORDER BY id LIMIT $2";
    INVOICES = "SELECT body, customer FROM invoices
        WHERE account_id = $1 ORDER BY at, count LIMIT $2";
    ACTS = "SELECT at, what, why FROM acts WHERE account_id = $1 ORDER BY number LIMIT $2";
    UNDER_WAY = "SELECT lane, due, state, error FROM jobs
        WHERE state <> 'done' AND (account_id = $1 OR owner IN (
            SELECT id FROM subscriptions WHERE account_id = $1
            UNION ALL SELECT id FROM gifts WHERE account_id = $1))
        ORDER BY due, id LIMIT $2";
    FORMER = "SELECT mail_key, until_at FROM former_addresses
        WHERE account_id = $1 ORDER BY until_at, mail_key LIMIT $2";
    FEEDS = "SELECT created_at, used_at, spread_at, revoked_at FROM feed_addresses
        WHERE account_id = $1 ORDER BY created_at LIMIT $2";
    SEATS = "SELECT s.id, s.stage FROM seats m JOIN subscriptions s ON s.id = m.subscription_id
        WHERE m.account_id = $1 ORDER BY s.id LIMIT $2";
    ORDERS = "SELECT id, owner FROM orders WHERE owner IN (
            SELECT id FROM subscriptions WHERE account_id = $1
            UNION ALL SELECT id FROM gifts WHERE account_id = $1)
        ORDER BY owner, id LIMIT $2";
    MAILED = "SELECT j.id, j.owner, f.name, j.body, j.finished_at FROM jobs j
        LEFT JOIN facts f ON f.owner = j.owner AND f.seq = j.seq
        WHERE j.lane = 'mail' AND j.state = 'done' AND (j.account_id = $1 OR j.owner IN (
            SELECT id FROM subscriptions WHERE account_id = $1
            UNION ALL SELECT id FROM gifts WHERE account_id = $1))
        ORDER BY j.finished_at, j.id LIMIT $2";
    SAVED = "SELECT story, saved_at FROM saved_stories
        WHERE account_id = $1 ORDER BY saved_at, story LIMIT $2";
    READINGS = "SELECT story, read_at FROM readings
        WHERE account_id = $1 ORDER BY read_at, story LIMIT $2";
    APPS = "SELECT a.app, s.created_at FROM apps a JOIN sessions s ON s.id = a.session_id
        WHERE s.account_id = $1 ORDER BY s.created_at, a.app LIMIT $2";
    EXTERNALS = "SELECT source, kind, external FROM external_ids
        WHERE local = $1 ORDER BY source, kind, external LIMIT $2";
}

impl Reading {
    /// Everything that is known of an account; `None` where there is no such.
    /// Hashes of secrets and the names of staff aren't in it.
    pub async fn export(&mut self, account: AccountId) -> Result<Option<Value>, StoreError> {
        let Some(person) = self.person(account).await? else {
            return Ok(None);
        };
        let consents = self.agreed(account).await?;
        let history = self.happened(account).await?;
        let words = self.agreed_to(&[&consents, &history]).await?;
        let mut all = Map::new();
        all.insert("account".into(), person);
        for (name, list) in [
            ("former_addresses", self.former(account).await?),
            ("devices", self.devices(account).await?),
            ("feed_address", self.feeds(account).await?),
            ("payment_methods", self.methods(account).await?),
            ("payment_providers", self.pairs(CUSTOMERS, account).await?),
            ("addresses", self.addresses(account).await?),
            ("delivery", self.wishes(account).await?),
            ("consents", consents),
            ("history", history),
            ("words", words),
            ("orders", self.pairs(ORDERS, account).await?),
            ("seats", self.pairs(SEATS, account).await?),
            ("gift_cards", self.pairs(CARDS, account).await?),
            ("invoices", self.documents(account).await?),
            ("acts", self.done_to(account).await?),
            ("mailed", self.mailed(account).await?),
            ("under_way", self.under_way(account).await?),
            ("elsewhere", self.elsewhere(account).await?),
            ("apps", self.dated(APPS, account, ["app", "let_in"]).await?),
            (
                "saved_stories",
                self.dated(SAVED, account, ["story", "saved"]).await?,
            ),
            (
                "reading_history",
                self.dated(READINGS, account, ["story", "read"]).await?,
            ),
        ] {
            all.insert(name.into(), Value::Array(list));
        }
        Ok(Some(Value::Object(all)))
    }

    async fn person(&mut self, account: AccountId) -> Result<Option<Value>, StoreError> {
        type Row = (
            String,
            String,
            Option<String>,
            Option<String>,
            Option<String>,
            Option<i64>,
            i64,
            Option<String>,
        );
        let row: Option<Row> = sqlx::query_as(ACCOUNT)
            .bind(account.to_string())
            .fetch_optional(self.connection())
            .await?;
        let Some((id, status, mail, name, locale, verified, created, billing)) = row else {
            return Ok(None);
        };
        let billing: Option<Value> = billing.map(|text| read(&id, &text)).transpose()?;
        Ok(Some(json!({
            "id": id,
            "status": status,
            "mail": mail,
            "name": name,
            "locale": locale,
            "verified": text(verified)?,
            "created": timestamp(created)?.to_string(),
            "billing": billing,
        })))
    }

    /// Rows of a name and a time.
    async fn dated(
        &mut self,
        text: &'static str,
        account: AccountId,
        [name, time]: [&str; 2],
    ) -> Result<Vec<Value>, StoreError> {
        let rows: Vec<(String, i64)> = self.rows_of(text, account).await?;
        let row = |(what, at)| {
            let at = timestamp(at)?.to_string();
            Ok(json!({ name: what, time: at }))
        };
        rows.into_iter().map(row).collect()
    }

    async fn former(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        let rows: Vec<(String, i64)> = self.rows_of(FORMER, account).await?;
        let address = |(mail, until)| {
            let until = timestamp(until)?.to_string();
            Ok(json!({ "mail": mail, "until": until }))
        };
        rows.into_iter().map(address).collect()
    }

    async fn devices(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        let rows: Vec<(String, i64, i64, i64, Option<i64>)> =
            self.rows_of(SESSIONS, account).await?;
        let device = |(label, created, seen, expires, revoked)| {
            Ok(json!({
                "label": label,
                "created": timestamp(created)?.to_string(),
                "seen": timestamp(seen)?.to_string(),
                "expires": timestamp(expires)?.to_string(),
                "signed_out": text(revoked)?,
            }))
        };
        rows.into_iter().map(device).collect()
    }

    /// The address of their feeds, of which nobody knows more than when.
    async fn feeds(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        type Row = (i64, Option<i64>, Option<i64>, Option<i64>);
        let rows: Vec<Row> = self.rows_of(FEEDS, account).await?;
        let address = |(created, used, spread, revoked)| {
            Ok(json!({
                "created": timestamp(created)?.to_string(),
                "used": text(used)?,
                "used_from_many_networks": text(spread)?,
                "ended": text(revoked)?,
            }))
        };
        rows.into_iter().map(address).collect()
    }

    async fn methods(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        type Row = (String, String, Option<String>, i64, Option<i64>);
        let rows: Vec<Row> = self.rows_of(METHODS, account).await?;
        let method = |(provider, label, expires, created, removed)| {
            Ok(json!({
                "provider": provider,
                "label": label,
                "expires": expires,
                "created": timestamp(created)?.to_string(),
                "removed": text(removed)?,
            }))
        };
        rows.into_iter().map(method).collect()
    }

    async fn addresses(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        let rows: Vec<(String, i64)> = self.rows_of(ADDRESSES, account).await?;
        let place = |(body, created): (String, _)| {
            let address: Value = read("an address", &body)?;
            Ok(json!({ "address": address, "created": timestamp(created)?.to_string() }))
        };
        rows.into_iter().map(place).collect()
    }

    /// What they have wished of print's delivery.
    async fn wishes(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        type Row = (
            String,
            String,
            Option<String>,
            i64,
            Option<String>,
            Option<String>,
        );
        let rows: Vec<Row> = self.rows_of(WISHES, account).await?;
        let wish = |(of, first, last, made, back, body): Row| {
            let to: Option<Value> = body.map(|body| read("an address", &body)).transpose()?;
            Ok(json!({
                "of": of,
                "wish": if to.is_some() { "redirected" } else { "suspended" },
                "first": first,
                "last": last,
                "made": timestamp(made)?.to_string(),
                "taken_back_from": back,
                "to": to,
            }))
        };
        rows.into_iter().map(wish).collect()
    }

    async fn agreed(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        let rows: Vec<(String, i64, String, String, Option<i64>)> =
            self.rows_of(CONSENTS, account).await?;
        let consent = |(purpose, given, words, channel, withdrawn)| {
            Ok(json!({
                "purpose": purpose,
                "given": timestamp(given)?.to_string(),
                "words": words,
                "channel": channel,
                "withdrawn": text(withdrawn)?,
            }))
        };
        rows.into_iter().map(consent).collect()
    }

    async fn happened(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        let rows: Vec<(String, i64, i64, String)> = self.rows_of(FACTS, account).await?;
        let fact = |(owner, seq, at, body): (String, i64, _, String)| {
            let fact: Value = read(&owner, &body)?;
            let at = timestamp(at)?.to_string();
            Ok(json!({ "of": owner, "number": seq, "at": at, "fact": fact }))
        };
        rows.into_iter().map(fact).collect()
    }

    /// The very words that were agreed to, by the digests that consents and facts
    /// name them by.
    async fn agreed_to(&mut self, lists: &[&[Value]]) -> Result<Vec<Value>, StoreError> {
        let mut digests = BTreeSet::new();
        for value in lists.iter().copied().flatten() {
            digests_in(value, &mut digests);
        }
        let mut all = Vec::with_capacity(digests.len());
        for digest in digests {
            if let Some(text) = self.words(digest).await? {
                all.push(json!({ "digest": digest, "text": text }));
            }
        }
        Ok(all)
    }

    async fn documents(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        let rows: Vec<(String, Option<String>)> = self.rows_of(INVOICES, account).await?;
        let document = |(body, customer): (String, Option<String>)| {
            let mut invoice: Value = read("an invoice", &body)?;
            if let (Some(customer), Some(place)) = (customer, invoice.get_mut("customer")) {
                *place = read("an invoice's customer", &customer)?;
            }
            Ok(invoice)
        };
        rows.into_iter().map(document).collect()
    }

    async fn done_to(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        let rows: Vec<(i64, String, String)> = self.rows_of(ACTS, account).await?;
        let act = |(at, what, why)| {
            Ok(json!({ "at": timestamp(at)?.to_string(), "what": what, "why": why }))
        };
        rows.into_iter().map(act).collect()
    }

    /// Which mails were sent, and when, for as long as that is known. What was in
    /// them isn't.
    async fn mailed(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        type Row = (String, String, Option<String>, String, Option<i64>);
        let rows: Vec<Row> = self.rows_of(MAILED, account).await?;
        let mail = |(id, owner, fact, body, sent): Row| {
            let about = match read(&id, &body)? {
                Task::Mail { kind, .. } => Some(kind),
                _ => fact,
            };
            let of = Some(owner).filter(|owner| !owner.is_empty());
            Ok(json!({ "about": about, "of": of, "sent": text(sent)? }))
        };
        rows.into_iter().map(mail).collect()
    }

    /// What is still to be done for them. What a mail says may be a secret, and is
    /// theirs once it has come.
    async fn under_way(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        let rows: Vec<(String, i64, String, Option<String>)> =
            self.rows_of(UNDER_WAY, account).await?;
        let job = |(lane, due, state, error)| {
            let due = timestamp(due)?.to_string();
            Ok(json!({ "by": lane, "due": due, "state": state, "error": error }))
        };
        rows.into_iter().map(job).collect()
    }

    async fn elsewhere(&mut self, account: AccountId) -> Result<Vec<Value>, StoreError> {
        let rows: Vec<(String, String, String)> = self.rows_of(EXTERNALS, account).await?;
        let id = |(source, kind, id)| json!({ "source": source, "kind": kind, "id": id });
        Ok(rows.into_iter().map(id).collect())
    }

    async fn pairs(
        &mut self,
        query: &'static str,
        account: AccountId,
    ) -> Result<Vec<Value>, StoreError> {
        let rows: Vec<(String, String)> = self.rows_of(query, account).await?;
        Ok(rows
            .into_iter()
            .map(|(one, other)| json!([one, other]))
            .collect())
    }

    async fn rows_of<T>(
        &mut self,
        query: &'static str,
        account: AccountId,
    ) -> Result<Vec<T>, StoreError>
    where
        T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
    {
        let query = sqlx::query_as(query).bind(account.to_string()).bind(MOST);
        Ok(query.fetch_all(self.connection()).await?)
    }
}

/// What is called `words`, at whatever depth.
fn digests_in<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(digest) if key == "words" => {
                        found.insert(digest);
                    }
                    other => digests_in(other, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|one| digests_in(one, found)),
        _ => {}
    }
}

fn text(micros: Option<i64>) -> Result<Option<String>, StoreError> {
    Ok(some_timestamp(micros)?.map(|at: Timestamp| at.to_string()))
}
