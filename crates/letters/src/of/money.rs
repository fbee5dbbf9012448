//! Receipts, refunds, and what is charged next.

use commerce::bill::{Bill, Sold};
use commerce::calendar::{Period, Zone};
use commerce::invoice::{Invoice, InvoiceKind};
use commerce::money::Money;
use commerce::payment::{PaymentFact, RefundReason};
use commerce::subscription::Subscription;
use commerce::tax::{TaxBasis, TaxRate, Taxation};
use commerce::terms::{PhaseKind, Terms};
use jiff::Timestamp;
use jiff::civil::Date;

use super::Told;
use crate::letter::{Line, LineFor, NextCharge, Printed, Receipt, Refund};

/// The day of an instant in a zone.
pub(super) fn day(zone: &Zone, at: Timestamp) -> Date {
    zone.civil(at).date()
}

/// What a subscription is charged next.
pub(super) fn next_charge(subscription: &Subscription) -> Option<NextCharge> {
    let (at, amount) = subscription.next_charge()?;
    if !amount.is_positive() {
        return None;
    }
    let terms = subscription.terms_ahead();
    Some(NextCharge {
        date: day(&terms.zone, at),
        amount,
        plus_tax: is_taxed_on_top(terms),
    })
}

/// Whether what is stated isn't all that is charged.
pub(super) fn is_taxed_on_top(terms: &Terms) -> bool {
    terms.tax_basis == TaxBasis::Exclusive
}

/// The receipt of a payment.
pub(super) fn receipt(
    told: &Told<'_>,
    bill: &Bill,
    terms: &Terms,
    next: Option<NextCharge>,
) -> Receipt {
    let reversed =
        |line: &commerce::bill::Line| matches!(line.taxation, Taxation::ReverseCharge { .. });
    Receipt {
        lines: bill
            .lines
            .iter()
            .map(|one| line(one, &terms.zone))
            .collect(),
        net: bill.split.net,
        taxes: taxes(bill),
        reverse_charge: bill.lines.iter().any(reversed),
        total: bill.total,
        invoice: told.document.map(printed),
        next,
    }
}

fn line(line: &commerce::bill::Line, zone: &Zone) -> Line {
    let (of, period) = match &line.sold {
        Sold::Plan { phase, period, .. } => match phase {
            PhaseKind::FixedTerm => (LineFor::Once, Some(period)),
            _ => (LineFor::Plan, Some(period)),
        },
        Sold::Difference { period, .. } => (LineFor::Difference, Some(period)),
        Sold::Unused { period, .. } => (LineFor::Unused, Some(period)),
        Sold::Gift { .. } => (LineFor::Gift, None),
    };
    let days = |period: &Period| {
        let end = period.end.map(|end| day(zone, end));
        (day(zone, period.start), end)
    };
    Line {
        of,
        quantity: line.quantity,
        period: period.map(days),
        net: line.split.net,
    }
}

/// The taxes of a bill by their rates, in the order of its lines.
fn taxes(bill: &Bill) -> Vec<(TaxRate, Money)> {
    let mut taxes: Vec<(TaxRate, Money)> = Vec::new();
    for line in &bill.lines {
        let Taxation::Charged { rate, .. } = line.taxation else {
            continue;
        };
        match taxes.iter_mut().find(|(of, _)| *of == rate) {
            // A bill adds up, or it wouldn't have been made.
            Some((_, tax)) => *tax = tax.plus(line.split.tax).unwrap_or(*tax),
            None => taxes.push((rate, line.split.tax)),
        }
    }
    taxes
}

fn printed(invoice: &Invoice) -> Printed {
    let corrects = match &invoice.kind {
        InvoiceKind::Invoice { .. } => None,
        InvoiceKind::CreditNote { corrects, .. } => Some(corrects.to_string()),
    };
    Printed {
        id: invoice.id,
        number: invoice.number.to_string(),
        date: invoice.date,
        seller: invoice.seller.name.clone(),
        customer: invoice.customer.name.clone(),
        corrects,
    }
}

/// A refund that was asked for.
pub(super) fn refund(told: &Told<'_>, amount: Money, why: RefundReason) -> Refund {
    Refund {
        amount,
        why,
        credit_note: told.document.map(printed),
    }
}

/// The amount of a refund that failed, from the payments that it belongs to.
pub(super) fn failed_refund(
    fact: &PaymentFact,
    payments: &commerce::payment::Payments,
) -> Option<Money> {
    match fact {
        PaymentFact::RefundFailed { refund, .. } => Some(payments.refund(*refund)?.amount),
        _ => None,
    }
}
