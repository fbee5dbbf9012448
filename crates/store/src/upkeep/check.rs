//! Whether everything that is kept agrees: the file with itself, projections
//! with a replay of their facts, the books with the facts and with nought, how
//! often offers were taken with the facts, the numbers of invoices and credit notes
//! with one another, and what is on them with the facts and the books.
//!
//! It reads everything, in one transaction that sees the database as it was at
//! its beginning; others read and write beside it.

use commerce::gift::Gift;
use commerce::subscription::Subscription;

use crate::connection::Reading;
use crate::contract::{Contract, Owner, read};
use crate::error::StoreError;
use crate::ledger;
use crate::moment::micros_up;
use crate::rows::Value;
use crate::statement::statements;
use crate::store::Store;
use crate::uses::Takings;

/// The most findings of one kind that are told: who has a hundred needs a
/// backup and no longer list.
pub const MAX_FINDINGS: usize = 100;

/// How many projections are read at once.
const PAGE: i64 = 500;

statements! {
    UNBALANCED = "SELECT owner, seq, currency, CAST(SUM(amount) AS BIGINT) FROM postings
        GROUP BY owner, seq, currency HAVING SUM(amount) <> 0 LIMIT 100";
    SERIES = "SELECT series, COUNT(*), MIN(count), MAX(count) FROM invoices GROUP BY series";
    DRAWN = "SELECT name, value FROM counters WHERE name LIKE 'invoice/%'
        ORDER BY name LIMIT 1000";
    COUNTER = "SELECT value FROM counters WHERE name = $1";
    UNBILLED = "SELECT f.owner, f.seq FROM facts f WHERE f.name = 'paid'
        AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.owner = f.owner AND i.seq = f.seq)
        AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.owner = f.owner AND j.seq = f.seq
            AND j.lane = 'work')
        LIMIT 100";
    ORPHANS = "SELECT f.owner FROM facts f WHERE f.seq = 1
        AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.id = f.owner)
        AND NOT EXISTS (SELECT 1 FROM gifts g WHERE g.id = f.owner)
        LIMIT 100";
    SUBSCRIPTIONS = "SELECT id, version, next_due, account_id, grants, state FROM subscriptions
        WHERE id > $1 ORDER BY id LIMIT $2";
    GIFTS = "SELECT id, version, next_due, account_id, CAST(NULL AS TEXT), state FROM gifts
        WHERE id > $1 ORDER BY id LIMIT $2";
    POSTINGS = "SELECT seq, line, account, currency, amount FROM postings WHERE owner = $1
        ORDER BY seq, line";
}

/// SQLite's own checks, of which PostgreSQL knows nothing.
const INTEGRITY: &str = "PRAGMA integrity_check(100)";
const FOREIGN_KEYS: &str = "PRAGMA foreign_key_check";

/// What one line of the books has, of one owner.
pub(super) struct Posted {
    /// Of which fact.
    pub(super) seq: i64,
    line: i64,
    pub(super) account: String,
    currency: String,
    /// In minor units: debits above nought, credits below.
    pub(super) amount: i64,
}

/// Is told how far a check has come.
pub(super) type Told<'a> = &'a mut (dyn FnMut(u64) + Send);

/// What a check came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many subscriptions were replayed.
    pub subscriptions: u64,
    /// How many gifts.
    pub gifts: u64,
    /// How many facts they have.
    pub facts: u64,
    /// What doesn't agree, in words; nothing, where all does. At most some
    /// [`MAX_FINDINGS`] of each kind.
    pub findings: Vec<String>,
}

impl Checked {
    /// Whether all agrees.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    pub(super) fn found(&mut self, what: String) {
        // One of every kind is told even where there are very many of another.
        if self.findings.len() < 10 * MAX_FINDINGS {
            self.findings.push(what);
        }
    }
}

impl Store {
    /// Checks everything.
    pub async fn check(&self) -> Result<Checked, StoreError> {
        self.check_telling(&mut |_| {}).await
    }

    /// The same, and tells how many subscriptions and gifts have been replayed so
    /// far.
    pub async fn check_telling(&self, told: Told<'_>) -> Result<Checked, StoreError> {
        self.read().await?.check(told).await
    }
}

/// What was replayed, and how often offers were taken by it.
#[derive(Default)]
struct Replayed {
    count: u64,
    facts: u64,
    uses: u64,
}

type Row = (String, i64, Option<i64>, String, Option<String>, String);

impl Reading {
    /// Checks everything in this transaction.
    pub(super) async fn check(&mut self, told: Told<'_>) -> Result<Checked, StoreError> {
        let mut checked = Checked::default();
        self.check_file(&mut checked).await?;
        self.check_books(&mut checked).await?;
        self.check_numbers(&mut checked).await?;
        let subscriptions = self
            .replay_all::<Subscription>(SUBSCRIPTIONS, &mut checked, told)
            .await?;
        let gifts = self
            .replay_all::<Gift>(GIFTS, &mut checked, &mut |gifts| {
                told(subscriptions.count + gifts);
            })
            .await?;
        (checked.subscriptions, checked.gifts) = (subscriptions.count, gifts.count);
        checked.facts = subscriptions.facts + gifts.facts;
        let (uses, expected) = (self.all_uses().await?, subscriptions.uses + gifts.uses);
        if uses != expected {
            checked.found(format!(
                "{uses} uses of offers are counted, and by the facts {expected}"
            ));
        }
        Ok(checked)
    }

    async fn check_file(&mut self, checked: &mut Checked) -> Result<(), StoreError> {
        let said: Vec<(String,)> = sqlx::query_as(INTEGRITY)
            .fetch_all(self.connection())
            .await?;
        for (text,) in said.into_iter().filter(|(text,)| text != "ok") {
            checked.found(format!("the file: {text}"));
        }
        let rows: Vec<(String, Option<i64>, String, i64)> = sqlx::query_as(FOREIGN_KEYS)
            .fetch_all(self.connection())
            .await?;
        for (table, row, parent, _) in rows.into_iter().take(MAX_FINDINGS) {
            let row = row.unwrap_or_default();
            checked.found(format!(
                "row {row} of {table} names something that isn't in {parent}"
            ));
        }
        let orphans: Vec<(String,)> = sqlx::query_as(ORPHANS).fetch_all(self.connection()).await?;
        for (owner,) in orphans {
            checked.found(format!("{owner} has facts and no projection"));
        }
        Ok(())
    }

    async fn check_books(&mut self, checked: &mut Checked) -> Result<(), StoreError> {
        let rows: Vec<(String, i64, String, i64)> = sqlx::query_as(UNBALANCED)
            .fetch_all(self.connection())
            .await?;
        for (owner, seq, currency, sum) in rows {
            checked.found(format!(
                "the entry of {owner}/{seq} is {sum} {currency} out of balance"
            ));
        }
        Ok(())
    }

    async fn check_numbers(&mut self, checked: &mut Checked) -> Result<(), StoreError> {
        let rows: Vec<(String, i64, i64, i64)> =
            sqlx::query_as(SERIES).fetch_all(self.connection()).await?;
        let mut seen: Vec<String> = Vec::new();
        for (series, count, first, last) in rows {
            let drawn: Option<(i64,)> = sqlx::query_as(COUNTER)
                .bind(format!("invoice/{series}"))
                .fetch_optional(self.connection())
                .await?;
            let drawn = drawn.map_or(0, |(drawn,)| drawn);
            let is_whole = match self.left_out(&series).await? {
                0 => (first, count, drawn) == (1, last, last),
                left_out => first >= 1 && last <= drawn && count + left_out == drawn,
            };
            if !is_whole {
                checked.found(format!(
                    "the series \"{series}\" has {count} numbers from {first} to {last}, of {drawn} drawn"
                ));
            }
            seen.push(format!("invoice/{series}"));
        }
        self.check_empty_series(&seen, checked).await?;
        let rows: Vec<(String, i64)> = sqlx::query_as(UNBILLED)
            .fetch_all(self.connection())
            .await?;
        for (owner, seq) in rows {
            checked.found(format!("{owner}/{seq} was paid and has no invoice"));
        }
        Ok(())
    }

    /// A series of which nothing is there has none drawn, but those that were left
    /// out.
    async fn check_empty_series(
        &mut self,
        seen: &[String],
        checked: &mut Checked,
    ) -> Result<(), StoreError> {
        let drawn: Vec<(String, i64)> = sqlx::query_as(DRAWN).fetch_all(self.connection()).await?;
        for (name, drawn) in drawn.into_iter().filter(|(name, _)| !seen.contains(name)) {
            let series = name.strip_prefix("invoice/").unwrap_or_default();
            let left_out = self.left_out(series).await?;
            if drawn != left_out {
                checked.found(format!(
                    "the series \"{series}\" has no numbers, of {drawn} drawn"
                ));
            }
        }
        Ok(())
    }

    async fn replay_all<C: Contract + PartialEq>(
        &mut self,
        page: &'static str,
        checked: &mut Checked,
        told: Told<'_>,
    ) -> Result<Replayed, StoreError> {
        let (mut last, mut all) = (String::new(), Replayed::default());
        loop {
            let rows: Vec<Row> = sqlx::query_as(page)
                .bind(&last)
                .bind(PAGE)
                .fetch_all(self.connection())
                .await?;
            let Some((id, ..)) = rows.last() else {
                return Ok(all);
            };
            last.clone_from(id);
            for row in rows {
                all.count += 1;
                self.replay_one::<C>(row, &mut all, checked).await?;
            }
            told(all.count);
        }
    }

    async fn replay_one<C: Contract + PartialEq>(
        &mut self,
        (id, version, due, account, grants, state): Row,
        all: &mut Replayed,
        checked: &mut Checked,
    ) -> Result<(), StoreError> {
        let owner: Owner = id.parse()?;
        let facts = match self.history::<C::Fact>(owner).await {
            Ok(facts) => facts,
            Err(StoreError::Damaged(what)) => {
                checked.found(what);
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        all.facts += facts.len() as u64;
        let stored: Result<C, StoreError> = read(&id, &state);
        let (Some(replayed), Ok(stored)) = (C::replayed(owner, &facts), stored) else {
            checked.found(format!("{id} can't be read"));
            return Ok(());
        };
        if stored != replayed {
            checked.found(format!("{id} isn't what its facts make of it"));
        }
        if version.unsigned_abs() != facts.len() as u64 {
            checked.found(format!("{id} has {} facts and says {version}", facts.len()));
        }
        if due != replayed.due().map(micros_up) {
            checked.found(format!("{id} is due at another time than it says"));
        }
        let found = grants.map(|grants| read(&id, &grants)).transpose()?;
        if found != replayed.grants() {
            checked.found(format!("{id} gives the gate something else than its facts"));
        }
        // A gift's account may have been merged into another since.
        if matches!(owner, Owner::Subscription(_)) && account != replayed.account().to_string() {
            checked.found(format!("{id} is under another account than its own"));
        }
        self.check_postings::<C>(owner, &facts, checked).await?;
        let takings = Takings::of::<C>(owner, (None, 0), &facts);
        all.uses += takings.taken.len() as u64;
        if !self.has_uses(owner, &takings).await? {
            checked.found(format!(
                "{id} took offers more or less often than is counted"
            ));
        }
        Ok(())
    }

    /// The books can be made anew from the facts, and documents agree with both.
    async fn check_postings<C: Contract>(
        &mut self,
        owner: Owner,
        facts: &[C::Fact],
        checked: &mut Checked,
    ) -> Result<(), StoreError> {
        let rows: Vec<(i64, i64, String, String, i64)> = sqlx::query_as(POSTINGS)
            .bind(owner.to_string())
            .fetch_all(self.connection())
            .await?;
        let posted = |(seq, line, account, currency, amount)| Posted {
            seq,
            line,
            account,
            currency,
            amount,
        };
        let rows: Vec<Posted> = rows.into_iter().map(posted).collect();
        self.check_documents::<C>(owner, facts, &rows, checked)
            .await?;
        let mut expected = Vec::new();
        for (seq, fact) in (1..).zip(facts) {
            let entry = C::entry(fact).ok().flatten();
            expected.extend(ledger::rows(owner, seq, entry.as_ref(), 0));
        }
        let found = rows.into_iter().map(|one| {
            vec![
                Value::from(owner.to_string()),
                one.seq.into(),
                one.line.into(),
                one.account.into(),
                one.currency.into(),
                one.amount.into(),
                0.into(),
            ]
        });
        if found.collect::<Vec<_>>() != expected {
            checked.found(format!(
                "the books of {owner} aren't what its facts make of them"
            ));
        }
        Ok(())
    }
}
