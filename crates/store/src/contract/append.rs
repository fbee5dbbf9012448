//! Writes facts down with everything that follows from them: the projection,
//! the books, the invoices, the jobs, what the gate learns. All of it in the
//! caller's transaction.

use commerce::payment::PaymentFact;
use jiff::Timestamp;

use super::facts::write;
use super::projection::project;
use super::{Books, Contract, Owner};
use crate::acts::ActNumber;
use crate::connection::Writing;
use crate::error::StoreError;
use crate::invoices::{Asked, invoices};
use crate::jobs;
use crate::ledger;
use crate::moment::micros;
use crate::outbox::{Task, tasks};
use crate::rows::{Insert, Value};
use crate::uses;

const FACTS: Insert = Insert {
    name: "FACTS",
    head: "INSERT INTO facts (owner, seq, name, at, act, body)",
    columns: 6,
    tail: "",
};
const ORDERS: Insert = Insert {
    name: "ORDERS",
    head: "INSERT INTO orders (id, owner)",
    columns: 2,
    tail: "",
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
    /// When it happens, by the business clock, and the act that causes it.
    pub(crate) at: Timestamp,
    pub(crate) act: Option<ActNumber>,
    /// What happened.
    pub(crate) facts: Vec<C::Fact>,
    /// As it is.
    pub(crate) after: C,
}

impl<C: Contract> Change<C> {
    pub(crate) fn version_after(&self) -> u64 {
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
        rows.take(change, telling)?;
    }
    let part = writing.begins();
    FACTS.write(writing, &rows.facts).await?;
    ORDERS.write(writing, &rows.orders).await?;
    ledger::POSTINGS.write(writing, &rows.postings).await?;
    project(writing, changes).await?;
    uses::take(writing, changes).await?;
    let unmade = invoices(writing, rows.invoices, books).await?;
    rows.jobs.extend(unmade);
    jobs::JOBS.write(writing, &rows.jobs).await?;
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
        telling: Telling,
    ) -> Result<(), StoreError> {
        let owner = change.after.owner();
        let at = micros(change.at);
        for (index, fact) in change.facts.iter().enumerate() {
            let seq = change.version + index as u64 + 1;
            self.facts.push(vec![
                owner.to_string().into(),
                number(seq).into(),
                C::name(fact).into(),
                at.into(),
                change.act.map(ActNumber::get).into(),
                write(fact)?.into(),
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
            Some(
                PaymentFact::RefundRequested { refund, .. }
                | PaymentFact::RefundAgainRequested { refund, .. },
            ) => {
                self.names(refund.to_string(), owner);
            }
            Some(PaymentFact::ChargedBack { dispute, .. }) => {
                self.names(dispute.to_string(), owner);
            }
            _ => {}
        }
        if let Some(fact) = fact {
            self.invoices
                .extend(Asked::of(fact, (owner, seq), change.at, &change.after));
        }
    }

    /// Whose it is that a provider will speak of.
    fn names(&mut self, id: String, owner: Owner) {
        self.orders.push(vec![id.into(), owner.to_string().into()]);
    }
}

/// Histories are far shorter than any integer.
pub(crate) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
