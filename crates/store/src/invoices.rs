//! Invoices and credit notes: made once, numbered without gaps, never changed.
//!
//! Who is printed on them is kept apart from the rest, so that a person can be
//! erased while the numbers and amounts stay.

use std::collections::{BTreeSet, HashMap};

use access::Country;
use commerce::calendar::Zone;
use commerce::gift::Gift;
use commerce::ids::{AccountId, ChargeId, InvoiceId};
use commerce::invoice::{Invoice, InvoiceError, InvoiceNumber, Issue, Party};
use commerce::payment::{PaymentFact, RefundSource};
use commerce::subscription::Subscription;
use jiff::Timestamp;

use crate::connection::{Reading, Writing};
use crate::contract::{Books, Contract, Owner, read, write};
use crate::error::StoreError;
use crate::ids::{near, parse};
use crate::jobs::{self, Job};
use crate::moment::micros;
use crate::outbox::Task;
use crate::rows::{Insert, Lookup, Value};
use crate::statement::statements;

/// How many invoices are listed at once: three years of months on a page.
pub const MAX_LISTED: usize = 40;

/// Who is printed on the invoice of somebody who was erased.
const ERASED: &str = "(erased)";

statements! {
    OF_CHARGE = "SELECT body, customer FROM invoices WHERE charge = $1";
    OF_ACCOUNT = "SELECT body, customer FROM invoices WHERE account_id = $1
        ORDER BY at DESC, count DESC LIMIT $2";
    BY_ID = "SELECT body, customer, account_id FROM invoices WHERE id = $1";
    OF_FACT = "SELECT count FROM invoices WHERE owner = $1 AND seq = $2";
    BY_FACT = "SELECT body, customer FROM invoices WHERE owner = $1 AND seq = $2";
    SETTLE = "UPDATE jobs SET state = 'done', finished_at = $2, error = NULL WHERE id = $1";
}

/// An invoice or a credit note.
pub(crate) const INVOICES: Insert = Insert {
    name: "INVOICES",
    head: "INSERT INTO invoices
        (series, count, id, owner, seq, account_id, charge, at, body, customer)",
    columns: 10,
    tail: "",
};

/// Who is printed, and the account, or the one that it went into.
pub(crate) const CUSTOMERS: Lookup = Lookup {
    name: "CUSTOMERS",
    head: "SELECT a.id, n.id, n.mail, n.name, n.billing FROM accounts a
        JOIN accounts n ON n.id = COALESCE(a.merged_into, a.id) WHERE a.id",
    fixed: 0,
};

/// A document that a fact asks for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    fact: PaymentFact,
    owner: Owner,
    seq: u64,
    /// When, by the business clock.
    at: Timestamp,
    account: AccountId,
    country: Country,
    zone: Zone,
}

impl Asked {
    /// What a fact asks for: an invoice for a payment, a credit note for a
    /// refund of one.
    pub(crate) fn of(
        fact: &PaymentFact,
        (owner, seq): (Owner, u64),
        at: Timestamp,
        of: &impl Contract,
    ) -> Option<Self> {
        let is_document = match fact {
            PaymentFact::Paid { .. } => true,
            PaymentFact::RefundRequested { source, .. } => *source != RefundSource::Surplus,
            _ => false,
        };
        is_document.then(|| Self {
            fact: fact.clone(),
            owner,
            seq,
            at,
            account: of.account(),
            country: of.tax_status().country,
            zone: of.zone().clone(),
        })
    }
}

/// An invoice still can't be made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// Something about it isn't right.
    #[error(transparent)]
    Invoice(#[from] InvoiceError),
    /// It couldn't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A document that was made and has no number yet.
struct Made {
    asked: Asked,
    invoice: Invoice,
}

/// Makes the documents and numbers them. One that can't be made never holds up
/// the money: it becomes a job for whoever sees to the account.
pub(crate) async fn invoices(
    writing: &mut Writing,
    asked: Vec<Asked>,
    books: &Books<'_>,
) -> Result<Vec<Vec<Value>>, StoreError> {
    let mut made: Vec<Made> = Vec::new();
    let mut unmade = Vec::new();
    let customers = writing.customers(&asked).await?;
    for mut asked in asked {
        match make(writing, &mut asked, &customers, &made, books).await? {
            Ok(invoice) => made.push(Made { asked, invoice }),
            Err(error) => {
                let id = format!("{}/{}/invoice", asked.owner, asked.seq);
                let at = micros(asked.at);
                let row = jobs::row(id, asked.owner, asked.seq, &Task::Invoice, at)?;
                unmade.push(jobs::with_error(row, error.to_string()));
            }
        }
    }
    number(writing, &mut made).await?;
    let rows = made.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    INVOICES.write(writing, &rows).await?;
    Ok(unmade)
}

async fn make(
    writing: &mut Writing,
    asked: &mut Asked,
    customers: &Customers,
    made: &[Made],
    books: &Books<'_>,
) -> Result<Result<Invoice, InvoiceError>, StoreError> {
    let (account, customer) = customer(customers, asked)?;
    // A gift still says who bought it, where that account went into another.
    asked.account = account;
    let issue = |id: InvoiceId, series: &str| Issue {
        id,
        number: InvoiceNumber {
            series: series.to_owned(),
            count: 1,
        },
        date: asked.zone.civil(asked.at).date(),
        seller: books.issuer.seller.clone(),
        customer,
    };
    match &asked.fact {
        PaymentFact::Paid { charge, .. } => {
            let issue = issue(id_of(charge.order.get(), charge), &books.issuer.invoices);
            Ok(Invoice::of_payment(&asked.fact, issue))
        }
        PaymentFact::RefundRequested { refund, charge, .. } => {
            let is_it = |made: &&Made| charge_of(&made.invoice) == Some(*charge);
            let original = match made.iter().find(is_it) {
                Some(made) => Some(made.invoice.clone()),
                None => writing.invoice_of(*charge).await?,
            };
            let Some(original) = original else {
                return Ok(Err(InvoiceError::OtherInvoice(*charge)));
            };
            let issue = issue(id_of(refund.get(), refund), &books.issuer.credit_notes);
            Ok(original.credit(&asked.fact, issue))
        }
        _ => Ok(Err(InvoiceError::WrongFact)),
    }
}

type CustomerRow = (
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// What is known of somebody who is printed on an invoice.
struct Customer {
    /// The account, or the one that it went into.
    account: AccountId,
    /// Their name, or else their address.
    name: Option<String>,
    /// The billing details, where they said so.
    billing: Option<String>,
}

type Customers = HashMap<AccountId, Customer>;

/// Who is printed on an account's invoices: the billing details, else the name,
/// else the address; and the account, or the one that it went into.
fn customer(customers: &Customers, asked: &Asked) -> Result<(AccountId, Party), StoreError> {
    let Some(found) = customers.get(&asked.account) else {
        let account = asked.account;
        return Err(StoreError::Unknown(format!("the account {account}")));
    };
    if let Some(billing) = &found.billing {
        return Ok((found.account, read("billing details", billing)?));
    }
    let name = found.name.clone().unwrap_or_else(|| ERASED.to_owned());
    let party = Party {
        name,
        ..nobody(asked.country)
    };
    Ok((found.account, party))
}

/// A charge has one invoice and a refund one credit note, so their ids are made
/// of those: nothing has to be drawn, and they begin alike.
fn id_of(beginning: u128, cause: &impl std::fmt::Display) -> InvoiceId {
    let hash = blake3::hash(cause.to_string().as_bytes());
    let (rest, _) = hash
        .as_bytes()
        .split_first_chunk()
        .unwrap_or((&[0; 8], &[]));
    InvoiceId::new(near(beginning, *rest))
}

/// Gives each its number: drawn now, when nothing can fail any more but the
/// transaction itself.
async fn number(writing: &mut Writing, made: &mut [Made]) -> Result<(), StoreError> {
    let mut series: Vec<String> = Vec::new();
    for one in made.iter() {
        if !series.contains(&one.invoice.number.series) {
            series.push(one.invoice.number.series.clone());
        }
    }
    for series in series {
        let these: Vec<&mut Made> = made
            .iter_mut()
            .filter(|made| made.invoice.number.series == series)
            .collect();
        let first = writing
            .draw(&format!("invoice/{series}"), these.len())
            .await?;
        for (count, made) in (first.unsigned_abs()..).zip(these) {
            made.invoice.number.count = count;
        }
    }
    // A credit note of an invoice of the same transaction was made before that
    // had its number.
    let numbers: Vec<(ChargeId, InvoiceNumber)> = made
        .iter()
        .filter_map(|made| Some((charge_of(&made.invoice)?, made.invoice.number.clone())))
        .collect();
    for made in made {
        if let (
            PaymentFact::RefundRequested { charge, .. },
            commerce::invoice::InvoiceKind::CreditNote { corrects, .. },
        ) = (&made.asked.fact, &mut made.invoice.kind)
            && let Some((_, number)) = numbers.iter().find(|(of, _)| of == charge)
        {
            *corrects = number.clone();
        }
    }
    Ok(())
}

fn charge_of(invoice: &Invoice) -> Option<ChargeId> {
    match invoice.kind {
        commerce::invoice::InvoiceKind::Invoice { charge } => Some(charge),
        commerce::invoice::InvoiceKind::CreditNote { .. } => None,
    }
}

fn row(made: &Made) -> Result<Vec<Value>, StoreError> {
    let invoice = &made.invoice;
    let customer = write(&invoice.customer)?;
    let mut nameless = invoice.clone();
    nameless.customer = nobody(invoice.customer.country);
    Ok(vec![
        invoice.number.series.clone().into(),
        i64::try_from(invoice.number.count)
            .unwrap_or(i64::MAX)
            .into(),
        invoice.id.to_string().into(),
        made.asked.owner.to_string().into(),
        i64::try_from(made.asked.seq).unwrap_or(i64::MAX).into(),
        made.asked.account.to_string().into(),
        charge_of(invoice).map(|charge| charge.to_string()).into(),
        micros(made.asked.at).into(),
        write(&nameless)?.into(),
        Some(customer).into(),
    ])
}

fn nobody(country: Country) -> Party {
    Party {
        name: ERASED.to_owned(),
        address: Vec::new(),
        country,
        vat_id: None,
    }
}

/// Puts the document and who is printed on it together again.
fn joined(body: &str, customer: Option<&str>) -> Result<Invoice, StoreError> {
    let mut invoice: Invoice = read("an invoice", body)?;
    if let Some(customer) = customer {
        invoice.customer = read("an invoice's customer", customer)?;
    }
    Ok(invoice)
}

impl Writing {
    /// Makes an invoice that couldn't be made before, once somebody has seen to
    /// the account; `false` where it is there by now. Its date is today's, and
    /// so is its number.
    pub async fn make_invoice(&mut self, job: &Job, books: &Books<'_>) -> Result<bool, MakeError> {
        let owner = job
            .owner
            .ok_or_else(|| StoreError::Unknown(job.id.clone()))?;
        let mut asked = match owner {
            Owner::Subscription(_) => self.asked::<Subscription>(owner, job.seq, books).await?,
            Owner::Gift(_) => self.asked::<Gift>(owner, job.seq, books).await?,
        };
        let customers = self.customers(std::slice::from_ref(&asked)).await?;
        let there: Option<(i64,)> = sqlx::query_as(OF_FACT)
            .bind(owner.to_string())
            .bind(i64::try_from(job.seq).unwrap_or(i64::MAX))
            .fetch_optional(self.connection())
            .await
            .map_err(StoreError::from)?;
        let invoice = match there {
            None => Some(make(self, &mut asked, &customers, &[], books).await??),
            Some(_) => None,
        };
        let part = self.begins();
        if let Some(invoice) = invoice {
            let mut made = [Made { asked, invoice }];
            number(self, &mut made).await?;
            let rows = made.iter().map(row);
            let rows = rows.collect::<Result<Vec<_>, _>>()?;
            INVOICES.write(self, &rows).await?;
        }
        let query = sqlx::query(SETTLE).bind(&job.id).bind(micros(books.now));
        self.run(query).await?;
        self.ends(part);
        Ok(there.is_none())
    }

    async fn asked<C: Contract>(
        &mut self,
        owner: Owner,
        seq: u64,
        books: &Books<'_>,
    ) -> Result<Asked, MakeError> {
        let fact: C::Fact = self.one_fact(owner, seq).await?;
        let loaded = self.load::<C>(owner.to_string()).await?;
        let (contract, _) = loaded.ok_or_else(|| StoreError::Unknown(owner.to_string()))?;
        let asked = |fact| Asked::of(fact, (owner, seq), books.now, &contract);
        let asked = C::payment(&fact).and_then(asked);
        asked.ok_or(MakeError::Invoice(InvoiceError::WrongFact))
    }
}

impl Reading {
    /// What is known of whoever is printed on these.
    async fn customers(&mut self, asked: &[Asked]) -> Result<Customers, StoreError> {
        let ids: BTreeSet<String> = asked.iter().map(|one| one.account.to_string()).collect();
        let ids: Vec<String> = ids.into_iter().collect();
        let rows: Vec<CustomerRow> = CUSTOMERS.find(self, &ids).await?;
        let keyed = rows.into_iter().map(|(id, into, mail, name, billing)| {
            let customer = Customer {
                account: parse(&into)?,
                name: name.filter(|name| !name.is_empty()).or(mail),
                billing,
            };
            Ok((parse(&id)?, customer))
        });
        keyed.collect()
    }

    /// The invoice of a payment.
    pub async fn invoice_of(&mut self, charge: ChargeId) -> Result<Option<Invoice>, StoreError> {
        let row: Option<(String, Option<String>)> = sqlx::query_as(OF_CHARGE)
            .bind(charge.to_string())
            .fetch_optional(self.connection())
            .await?;
        row.map(|(body, customer)| joined(&body, customer.as_deref()))
            .transpose()
    }

    /// What a fact was given for the tax office: the invoice of a payment, the
    /// credit note of a refund; what a mail about it refers to.
    pub async fn document(
        &mut self,
        owner: Owner,
        seq: u64,
    ) -> Result<Option<Invoice>, StoreError> {
        let row: Option<(String, Option<String>)> = sqlx::query_as(BY_FACT)
            .bind(owner.to_string())
            .bind(i64::try_from(seq).unwrap_or(i64::MAX))
            .fetch_optional(self.connection())
            .await?;
        row.map(|(body, customer)| joined(&body, customer.as_deref()))
            .transpose()
    }

    /// An invoice or credit note, and whose it is.
    pub async fn invoice(
        &mut self,
        id: InvoiceId,
    ) -> Result<Option<(Invoice, AccountId)>, StoreError> {
        let row: Option<(String, Option<String>, String)> = sqlx::query_as(BY_ID)
            .bind(id.to_string())
            .fetch_optional(self.connection())
            .await?;
        let Some((body, customer, account)) = row else {
            return Ok(None);
        };
        let account = parse(&account)?;
        Ok(Some((joined(&body, customer.as_deref())?, account)))
    }

    /// An account's latest invoices and credit notes, the latest first; at most
    /// [`MAX_LISTED`].
    pub async fn invoices(&mut self, account: AccountId) -> Result<Vec<Invoice>, StoreError> {
        let rows: Vec<(String, Option<String>)> = sqlx::query_as(OF_ACCOUNT)
            .bind(account.to_string())
            .bind(i64::try_from(MAX_LISTED).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let join = |(body, customer): &(String, Option<String>)| joined(body, customer.as_deref());
        rows.iter().map(join).collect()
    }
}
