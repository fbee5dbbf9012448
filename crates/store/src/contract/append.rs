//! Writes facts down with everything that follows from them: the projection,
//! the books, the invoices, the jobs, what the gate learns. All of it in the
//! caller's transaction.

use commerce::ids::AccountId;
use commerce::payment::PaymentFact;

use super::{Books, Contract, Owner};
use crate::connection::Writing;
use crate::error::StoreError;
use crate::invoices::{Asked, invoices};
use crate::jobs;
use crate::ledger;
use crate::moment::{micros, micros_up};
use crate::outbox::{Task, tasks};
use crate::rows::{Insert, Value};
use crate::statement::statements;

statements! {
    INSERT_SUBSCRIPTION = "INSERT INTO subscriptions
        (id, account_id, version, stage, offer, next_due, state, grants, feed, begun_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE_SUBSCRIPTION = "UPDATE subscriptions
        SET account_id = $2, version = $3, stage = $4, offer = $5, next_due = $6, state = $7,
            grants = $8, feed = COALESCE($9, feed)
        WHERE id = $1 AND version = $10";
    LOAD_SUBSCRIPTION = "SELECT version, state FROM subscriptions WHERE id = $1";
    INSERT_GIFT = "INSERT INTO gifts
        (id, account_id, version, stage, offer, next_due, state, begun_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    UPDATE_GIFT = "UPDATE gifts
        SET version = $2, stage = $3, offer = $4, next_due = $5, state = $6
        WHERE id = $1 AND version = $7";
    LOAD_GIFT = "SELECT version, state FROM gifts WHERE id = $1";
    CLEAR_SEATS = "DELETE FROM seats WHERE subscription_id = $1";
    TAKE_SEAT = "INSERT INTO seats (account_id, subscription_id) VALUES ($1, $2)
        ON CONFLICT (account_id, subscription_id) DO NOTHING";
}

const FACTS: Insert = Insert {
    name: "FACTS",
    head: "INSERT INTO facts (owner, seq, name, at, act, body)",
    columns: 6,
};
const ORDERS: Insert = Insert {
    name: "ORDERS",
    head: "INSERT INTO orders (id, owner)",
    columns: 2,
};

/// Insertions of many rows.
pub(crate) const INSERTS: &[Insert] = &[FACTS, ORDERS];

/// What has become of one of them.
#[derive(Clone, Debug)]
pub(crate) struct Change<C: Contract> {
    /// As it was; `None` of what is new.
    pub(crate) before: Option<C>,
    /// How many facts it had.
    pub(crate) version: u64,
    /// What happened.
    pub(crate) facts: Vec<C::Fact>,
    /// As it is.
    pub(crate) after: C,
}

impl<C: Contract> Change<C> {
    fn version_after(&self) -> u64 {
        self.version + self.facts.len() as u64
    }
}

/// Whether somebody is told of what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// By mail, of what is told of at all.
    ByMail,
    /// Nobody: it is how we put something down, and no news to anybody.
    Nobody,
}

/// Writes changes down, each of another subscription or gift. What has no facts
/// changes nothing.
pub(crate) async fn append<C: Contract>(
    writing: &mut Writing,
    changes: &[Change<C>],
    books: &Books<'_>,
) -> Result<(), StoreError> {
    append_telling(writing, changes, books, Telling::ByMail).await
}

/// The same, and says whether somebody is told of it.
pub(crate) async fn append_telling<C: Contract>(
    writing: &mut Writing,
    changes: &[Change<C>],
    books: &Books<'_>,
    telling: Telling,
) -> Result<(), StoreError> {
    let mut rows = Rows::default();
    for change in changes.iter().filter(|change| !change.facts.is_empty()) {
        rows.take(change, books, telling)?;
    }
    let part = writing.begins();
    FACTS.write(writing, rows.facts).await?;
    ORDERS.write(writing, rows.orders).await?;
    ledger::POSTINGS.write(writing, rows.postings).await?;
    project(writing, changes, books).await?;
    let unmade = invoices(writing, rows.invoices, books).await?;
    rows.jobs.extend(unmade);
    jobs::JOBS.write(writing, rows.jobs).await?;
    writing.ends(part);
    Ok(())
}

#[derive(Default)]
struct Rows {
    facts: Vec<Vec<Value>>,
    orders: Vec<Vec<Value>>,
    postings: Vec<Vec<Value>>,
    jobs: Vec<Vec<Value>>,
    invoices: Vec<Asked>,
}

impl Rows {
    fn take<C: Contract>(
        &mut self,
        change: &Change<C>,
        books: &Books<'_>,
        telling: Telling,
    ) -> Result<(), StoreError> {
        let owner = change.after.owner();
        let at = micros(books.now);
        for (index, fact) in change.facts.iter().enumerate() {
            let seq = change.version + index as u64 + 1;
            self.facts.push(vec![
                owner.to_string().into(),
                number(seq).into(),
                C::name(fact).into(),
                at.into(),
                books.act.map(crate::acts::ActNumber::get).into(),
                json(fact)?.into(),
            ]);
            let entry = C::entry(fact)
                .map_err(|error| StoreError::damaged(format!("{owner}/{seq}: {error}")))?;
            self.postings
                .extend(ledger::rows(owner, seq, entry.as_ref(), at));
            let mut tasks = tasks::<C>(owner, seq, fact);
            tasks.retain(|(_, task)| *task != Task::Tell || telling == Telling::ByMail);
            for (id, task) in tasks {
                self.jobs.push(jobs::row(id, owner, seq, &task, at)?);
            }
            self.payment(change, owner, seq, C::payment(fact));
        }
        Ok(())
    }

    fn payment<C: Contract>(
        &mut self,
        change: &Change<C>,
        owner: Owner,
        seq: u64,
        fact: Option<&PaymentFact>,
    ) {
        match fact {
            Some(PaymentFact::OrderOpened { order, .. }) => self.names(order.to_string(), owner),
            Some(PaymentFact::RefundRequested { refund, .. }) => {
                self.names(refund.to_string(), owner);
            }
            Some(PaymentFact::ChargedBack { dispute, .. }) => {
                self.names(dispute.to_string(), owner);
            }
            _ => {}
        }
        if let Some(fact) = fact {
            self.invoices
                .extend(Asked::of(fact, owner, seq, &change.after));
        }
    }

    /// Whose it is that a provider will speak of.
    fn names(&mut self, id: String, owner: Owner) {
        self.orders.push(vec![id.into(), owner.to_string().into()]);
    }
}

/// Writes the projections, with what the gate learns of them.
async fn project<C: Contract>(
    writing: &mut Writing,
    changes: &[Change<C>],
    books: &Books<'_>,
) -> Result<(), StoreError> {
    let mut news = Vec::new();
    for change in changes {
        let grants = change.after.grants();
        let is_gate = matches!(change.after.owner(), Owner::Subscription(_));
        let known = change.before.as_ref().map(Contract::grants);
        news.push((grants.clone(), is_gate && known != Some(grants)));
    }
    let count = news.iter().filter(|(_, is_news)| *is_news).count();
    let mut feed = if count > 0 {
        writing.draw_feed(count).await?
    } else {
        0
    };
    for (change, (grants, is_news)) in changes.iter().zip(news) {
        let row = Row {
            version: number(change.version_after()),
            due: change.after.due().map(micros_up),
            state: json(&change.after)?,
            grants: grants.as_ref().map(json).transpose()?,
            feed: is_news.then_some(feed),
        };
        feed += i64::from(is_news);
        match change.after.owner() {
            Owner::Subscription(_) => subscription(writing, change, row, books).await?,
            Owner::Gift(_) => gift(writing, change, row, books).await?,
        }
    }
    Ok(())
}

struct Row {
    version: i64,
    due: Option<i64>,
    state: String,
    grants: Option<String>,
    feed: Option<i64>,
}

async fn subscription<C: Contract>(
    writing: &mut Writing,
    change: &Change<C>,
    row: Row,
    books: &Books<'_>,
) -> Result<(), StoreError> {
    let after = &change.after;
    let is_new = change.before.is_none();
    let query = sqlx::query(if is_new { C::INSERT } else { C::UPDATE })
        .bind(after.owner().to_string())
        .bind(after.account().to_string())
        .bind(row.version)
        .bind(after.stage())
        .bind(after.offer().as_str())
        .bind(row.due)
        .bind(row.state)
        .bind(row.grants)
        .bind(row.feed)
        .bind(if is_new {
            micros(books.now)
        } else {
            number(change.version)
        });
    let rows = writing.run(query).await?;
    as_expected(rows, after.owner())?;
    let members = after.members();
    let were = change.before.as_ref().map(Contract::members);
    if were.unwrap_or_default() != members {
        seat(writing, after.owner(), &members).await?;
    }
    Ok(())
}

async fn gift<C: Contract>(
    writing: &mut Writing,
    change: &Change<C>,
    row: Row,
    books: &Books<'_>,
) -> Result<(), StoreError> {
    let after = &change.after;
    let is_new = change.before.is_none();
    let mut query =
        sqlx::query(if is_new { C::INSERT } else { C::UPDATE }).bind(after.owner().to_string());
    if is_new {
        query = query.bind(after.account().to_string());
    }
    let query = query
        .bind(row.version)
        .bind(after.stage())
        .bind(after.offer().as_str())
        .bind(row.due)
        .bind(row.state)
        .bind(if is_new {
            micros(books.now)
        } else {
            number(change.version)
        });
    let rows = writing.run(query).await?;
    as_expected(rows, after.owner())
}

async fn seat(
    writing: &mut Writing,
    owner: Owner,
    members: &[AccountId],
) -> Result<(), StoreError> {
    let query = sqlx::query(CLEAR_SEATS).bind(owner.to_string());
    writing.run(query).await?;
    for member in members {
        let query = sqlx::query(TAKE_SEAT)
            .bind(member.to_string())
            .bind(owner.to_string());
        writing.run(query).await?;
    }
    Ok(())
}

fn as_expected(rows: u64, owner: Owner) -> Result<(), StoreError> {
    match rows {
        1 => Ok(()),
        _ => Err(StoreError::Conflict {
            owner: owner.to_string(),
        }),
    }
}

/// Histories are far shorter than any integer.
pub(super) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::damaged(error.to_string()))
}
