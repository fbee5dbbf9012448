//! The books: double entry, every entry summing to zero in every currency.
//!
//! Entries follow from facts and from nothing else, so the books can be made
//! anew from the facts at any time. Money that was paid for what is still to
//! come is *deferred* and becomes revenue when its period is over; tax is owed
//! from the payment on. A sale is booked when it is paid: whoever hasn't paid
//! owes nothing here, since access simply ends. Not here: a provider's fees,
//! and when it pays out.

use access::Country;
use thiserror::Error;

use crate::gift::GiftFact;
use crate::money::{Money, MoneyError};
use crate::payment::{PaymentFact, RefundSource};
use crate::subscription::Fact;

/// An account of the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LedgerAccount {
    /// What the payment provider holds for the publisher: an asset.
    Provider,
    /// What was paid for and isn't delivered yet: a liability.
    DeferredRevenue,
    /// What was earned.
    Revenue,
    /// Tax owed to a country; `None` where a line names none.
    TaxPayable(Option<Country>),
    /// Money owed to readers whose refund is on its way or has failed.
    RefundsPayable,
    /// Money that came in though none was due, until its refund is asked for.
    /// Below nought, as an asset, what a bank took back beside that refund.
    Surplus,
}

/// One side of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Where.
    pub account: LedgerAccount,
    /// How much: debits above nought, credits below.
    pub amount: Money,
}

/// Postings that belong together and sum to zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    postings: Vec<Posting>,
}

/// Why postings make no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LedgerError {
    /// They don't sum to zero.
    #[error("the postings are {0} out of balance; every debit has its credit")]
    Unbalanced(Money),
    /// They can't be summed up.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Entry {
    /// Takes postings that sum to zero in every currency; those of nothing are
    /// left out.
    pub fn new(postings: Vec<Posting>) -> Result<Self, LedgerError> {
        let mut left: Vec<Posting> = postings.clone();
        while let Some(first) = left.first().map(|posting| posting.amount.currency()) {
            let (these, others): (Vec<Posting>, Vec<Posting>) = left
                .into_iter()
                .partition(|posting| posting.amount.currency() == first);
            let sum = Money::sum(first, these.iter().map(|posting| posting.amount))?;
            if !sum.is_zero() {
                return Err(LedgerError::Unbalanced(sum));
            }
            left = others;
        }
        let mut postings = postings;
        postings.retain(|posting| !posting.amount.is_zero());
        Ok(Self { postings })
    }

    /// Its postings.
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }
}

/// The entry of a subscription's fact; `None` where it moves no money.
pub fn entry(fact: &Fact) -> Result<Option<Entry>, LedgerError> {
    match fact {
        Fact::Payment(fact) => of_payment(fact),
        Fact::PeriodEnded { earned } => earning(*earned),
        _ => Ok(None),
    }
}

/// The entry of a gift's fact; `None` where it moves no money. What a gift
/// brought in stays deferred when it is redeemed: the subscription that comes
/// of it earns it.
pub fn gift_entry(fact: &GiftFact) -> Result<Option<Entry>, LedgerError> {
    match fact {
        GiftFact::Payment(fact) => of_payment(fact),
        GiftFact::Forfeited { earned } => earning(*earned),
        _ => Ok(None),
    }
}

fn earning(earned: Money) -> Result<Option<Entry>, LedgerError> {
    if earned.is_zero() {
        return Ok(None);
    }
    entry_of([
        debit(LedgerAccount::DeferredRevenue, earned),
        credit(LedgerAccount::Revenue, earned)?,
    ])
}

fn of_payment(fact: &PaymentFact) -> Result<Option<Entry>, LedgerError> {
    use LedgerAccount::{DeferredRevenue, Provider, RefundsPayable, Revenue, Surplus, TaxPayable};
    match fact {
        PaymentFact::Paid { bill, .. } => {
            let mut postings = vec![
                debit(Provider, bill.total),
                credit(DeferredRevenue, bill.split.net)?,
            ];
            for (country, tax) in bill.taxes()? {
                postings.push(credit(TaxPayable(country), tax)?);
            }
            Entry::new(postings).map(Some)
        }
        PaymentFact::SurplusReceived { amount, .. } => {
            entry_of([debit(Provider, *amount), credit(Surplus, *amount)?])
        }
        PaymentFact::RefundRequested { amount, source, .. } => {
            taken_back(*source, credit(RefundsPayable, *amount)?)
        }
        PaymentFact::Refunded { amount, .. } => {
            entry_of([debit(RefundsPayable, *amount), credit(Provider, *amount)?])
        }
        PaymentFact::RefundFailed {
            returned: Some(amount),
            ..
        } => entry_of([debit(Provider, *amount), credit(RefundsPayable, *amount)?]),
        PaymentFact::ChargedBack { amount, source, .. } => {
            taken_back(*source, credit(Provider, *amount)?)
        }
        PaymentFact::ChargebackWon {
            amount,
            surplus: true,
            ..
        } => entry_of([debit(Provider, *amount), credit(Surplus, *amount)?]),
        PaymentFact::ChargebackWon {
            amount,
            tax,
            country,
            ..
        } => entry_of([
            debit(Provider, *amount),
            credit(Revenue, amount.minus(*tax)?)?,
            credit(TaxPayable(*country), *tax)?,
        ]),
        _ => Ok(None),
    }
}

/// A sale is undone, or a surplus goes back.
fn taken_back(source: RefundSource, to: Posting) -> Result<Option<Entry>, LedgerError> {
    use LedgerAccount::{DeferredRevenue, Revenue, Surplus, TaxPayable};
    match source {
        RefundSource::Sale {
            deferred,
            earned,
            tax,
            country,
        } => entry_of([
            debit(DeferredRevenue, deferred),
            debit(Revenue, earned),
            debit(TaxPayable(country), tax),
            to,
        ]),
        RefundSource::Surplus => entry_of([debit(Surplus, to.amount.negated()?), to]),
    }
}

fn entry_of<const N: usize>(postings: [Posting; N]) -> Result<Option<Entry>, LedgerError> {
    Entry::new(postings.to_vec()).map(Some)
}

fn debit(account: LedgerAccount, amount: Money) -> Posting {
    Posting { account, amount }
}

fn credit(account: LedgerAccount, amount: Money) -> Result<Posting, MoneyError> {
    Ok(debit(account, amount.negated()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn postings_that_dont_sum_to_zero_in_every_currency_make_no_entry() {
        let money = |minor, code| Money::new(minor, Currency::parse(code).expect("a currency"));
        let at = |minor, code| debit(LedgerAccount::Provider, money(minor, code));
        let unbalanced = |sum| Err(LedgerError::Unbalanced(sum));
        assert_eq!(Entry::new(vec![at(1, "USD")]), unbalanced(money(1, "USD")));
        let mixed = vec![at(1, "USD"), at(-1, "EUR")];
        assert_eq!(Entry::new(mixed), unbalanced(money(1, "USD")));
        let both = vec![at(1, "USD"), at(2, "EUR"), at(-1, "USD"), at(-2, "EUR")];
        assert!(Entry::new(both).is_ok());
        let nothing = Entry::new(vec![at(0, "USD")]).expect("balanced");
        assert_eq!(nothing.postings(), []);
    }
}
