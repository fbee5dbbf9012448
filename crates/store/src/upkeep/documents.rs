//! Whether invoices and credit notes agree: with the facts that ask for them, with
//! the books, with one another, and each with itself. That their numbers have no
//! holes is seen to beside it.

use std::collections::{BTreeSet, HashMap};

use commerce::ids::ChargeId;
use commerce::invoice::{Invoice, InvoiceKind, InvoiceLine, InvoiceNumber};
use commerce::payment::{PaymentFact, RefundSource};
use commerce::tax::Split;

use super::check::{Checked, Posted};
use crate::connection::Reading;
use crate::contract::{Contract, Owner, read};
use crate::error::StoreError;
use crate::statement::statements;

statements! {
    DOCUMENTS = "SELECT seq, series, count, body FROM invoices WHERE owner = $1 ORDER BY seq";
    WAITS = "SELECT id FROM jobs WHERE owner = $1 AND seq = $2 AND lane = 'work' LIMIT 1";
}

/// The numbers of the invoices of an owner, by what paid them.
type Numbers = HashMap<ChargeId, InvoiceNumber>;

impl Reading {
    /// Checks the documents of one owner against its facts and its books.
    pub(super) async fn check_documents<C: Contract>(
        &mut self,
        owner: Owner,
        facts: &[C::Fact],
        books: &[Posted],
        checked: &mut Checked,
    ) -> Result<(), StoreError> {
        let rows: Vec<(i64, String, i64, String)> = sqlx::query_as(DOCUMENTS)
            .bind(owner.to_string())
            .fetch_all(self.connection())
            .await?;
        let (mut numbers, mut made) = (Numbers::new(), BTreeSet::new());
        for (seq, series, count, body) in rows {
            made.insert(seq);
            let called = format!("the document {series}{count:06} of {owner}/{seq}");
            let Ok(document) = read::<Invoice>("a document", &body) else {
                checked.found(format!("{called} can't be read"));
                continue;
            };
            let place = usize::try_from(seq).ok().and_then(|seq| seq.checked_sub(1));
            let fact = place.and_then(|place| facts.get(place));
            let fact = fact.and_then(C::payment);
            for what in [
                numbered(&document, &series, count),
                asked_for(&document, fact, &numbers),
                summed(&document),
                booked(&document, books, seq),
            ]
            .into_iter()
            .flatten()
            {
                checked.found(format!("{called} {what}"));
            }
            if let InvoiceKind::Invoice { charge } = document.kind {
                numbers.insert(charge, document.number);
            }
        }
        for (seq, fact) in (1..).zip(facts) {
            let is_credited = made.contains(&seq) || !is_credit(C::payment(fact));
            if !is_credited && !self.waits_for_document(owner, seq).await? {
                checked.found(format!(
                    "{owner}/{seq} is given back and has no credit note"
                ));
            }
        }
        Ok(())
    }

    /// Whether a document couldn't be made, and somebody is to see to that.
    async fn waits_for_document(&mut self, owner: Owner, seq: i64) -> Result<bool, StoreError> {
        let found: Option<(String,)> = sqlx::query_as(WAITS)
            .bind(owner.to_string())
            .bind(seq)
            .fetch_optional(self.connection())
            .await?;
        Ok(found.is_some())
    }
}

/// Whether a fact asks for a credit note.
fn is_credit(fact: Option<&PaymentFact>) -> bool {
    matches!(
        fact,
        Some(PaymentFact::RefundRequested {
            source: RefundSource::Sale { .. },
            ..
        })
    )
}

/// A number is printed as it is counted.
fn numbered(document: &Invoice, series: &str, count: i64) -> Option<&'static str> {
    let InvoiceNumber {
        series: printed,
        count: number,
    } = &document.number;
    let is_same = printed == series && i64::try_from(*number) == Ok(count);
    (!is_same).then_some("has another number printed on it")
}

/// A payment has an invoice of its amounts, and a refund a credit note that
/// corrects it.
fn asked_for(
    document: &Invoice,
    fact: Option<&PaymentFact>,
    numbers: &Numbers,
) -> Option<&'static str> {
    let (total, split) = (document.total, document.split);
    let is_it = match (fact, &document.kind) {
        (Some(PaymentFact::Paid { charge, bill, .. }), InvoiceKind::Invoice { charge: of }) => {
            (charge, bill.total, bill.split) == (of, total, split)
        }
        (
            Some(PaymentFact::RefundRequested {
                refund,
                charge,
                amount,
                source:
                    RefundSource::Sale {
                        deferred,
                        earned,
                        tax,
                        ..
                    },
                ..
            }),
            InvoiceKind::CreditNote {
                refund: of,
                corrects,
            },
        ) => {
            if numbers.get(charge) != Some(corrects) {
                return Some("corrects another invoice than that of its payment");
            }
            let net = deferred.minor().saturating_add(earned.minor());
            (refund, *amount, net, *tax) == (of, total, split.net.minor(), split.tax)
        }
        _ => false,
    };
    (!is_it).then_some("isn't what its fact asks for")
}

/// Its lines and its taxes are what it comes to.
fn summed(document: &Invoice) -> Option<&'static str> {
    let lines = document.lines.iter().map(|line| match line {
        InvoiceLine::Sold(line) => line.split,
        InvoiceLine::GivenBack { split, .. } => *split,
    });
    let taxes = document.taxes.iter().map(|tax| tax.split);
    let whole = (document.split.net.minor(), document.split.tax.minor());
    if sum(lines) != whole || sum(taxes) != whole {
        return Some("has lines or taxes that don't come to its sums");
    }
    let total = whole.0.saturating_add(whole.1);
    (total != document.total.minor()).then_some("has a total that isn't net and tax")
}

fn sum(splits: impl Iterator<Item = Split>) -> (i64, i64) {
    splits.fold((0, 0), |(net, tax), split| {
        let net = split.net.minor().saturating_add(net);
        (net, split.tax.minor().saturating_add(tax))
    })
}

/// The books have its tax and its total: owed of a sale, and owed no longer of
/// what is given back.
fn booked(document: &Invoice, books: &[Posted], seq: i64) -> Option<&'static str> {
    let of = |is_it: fn(&str) -> bool| -> i64 {
        let these = books.iter().filter(|one| one.seq == seq);
        let these = these.filter(|one| is_it(&one.account));
        these.map(|one| one.amount).sum()
    };
    let tax = of(|account| account.starts_with("tax_payable"));
    let money = of(|account| matches!(account, "provider" | "refunds_payable"));
    let sign = match document.kind {
        InvoiceKind::Invoice { .. } => 1,
        InvoiceKind::CreditNote { .. } => -1,
    };
    let expected = (document.split.tax.minor(), document.total.minor());
    let found = (tax.saturating_mul(-sign), money.saturating_mul(sign));
    (found != expected).then_some("has another tax or total than the books")
}
