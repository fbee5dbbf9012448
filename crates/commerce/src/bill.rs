//! What an order asks for, line by line: the basis of charge, invoice and
//! ledger alike, so that the three can't differ.

use access::Country;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::ids::{PlanId, TaxClass};
use crate::money::{Currency, Money, MoneyError};
use crate::tax::{Split, TaxBasis, TaxRates, TaxStatus, Taxation};
use crate::terms::PhaseKind;

/// What a line is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sold {
    /// A plan for a period.
    Plan {
        /// The plan.
        plan: PlanId,
        /// On which terms.
        phase: PhaseKind,
        /// From when until when.
        period: Period,
    },
    /// What a better plan costs more for the rest of a period.
    Difference {
        /// The new plan.
        plan: PlanId,
        /// The rest of the period.
        period: Period,
    },
    /// What was paid for a plan and isn't used: a negative amount.
    Unused {
        /// The old plan.
        plan: PlanId,
        /// The rest of the period.
        period: Period,
    },
    /// A gift; its time begins when it is redeemed.
    Gift {
        /// The plan that is given.
        plan: PlanId,
    },
}

/// One line of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is for.
    pub sold: Sold,
    /// How many: seats, else 1.
    pub quantity: u32,
    /// How it is taxed.
    pub taxation: Taxation,
    /// Net and tax, rounded for this line.
    pub split: Split,
}

/// A bill: its lines and their sums.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// At most three: an old plan's credit, a new plan, a difference.
    pub lines: Vec<Line>,
    /// The sum of the lines' net and tax.
    pub split: Split,
    /// What the customer pays: net and tax.
    pub total: Money,
}

/// All that decides how a price is taxed.
#[derive(Clone, Copy, Debug)]
pub struct Taxing<'a> {
    /// The publisher's rates.
    pub rates: &'a TaxRates,
    /// The customer.
    pub customer: TaxStatus,
    /// What is sold.
    pub class: &'a TaxClass,
    /// Whether prices include tax.
    pub basis: TaxBasis,
    /// The day of the sale, in the publication's zone.
    pub day: Date,
}

impl Taxing<'_> {
    /// The line of a stated price, which is for all of `quantity`.
    pub fn line(&self, sold: Sold, quantity: u32, price: Money) -> Result<Line, MoneyError> {
        let taxation = self.taxation();
        Ok(Line {
            sold,
            quantity,
            taxation,
            split: taxation.split(price, self.basis)?,
        })
    }

    /// How it is taxed.
    pub fn taxation(&self) -> Taxation {
        self.rates.taxation(self.customer, self.class, self.day)
    }
}

impl Bill {
    /// Sums the lines up.
    pub fn new(currency: Currency, lines: Vec<Line>) -> Result<Self, MoneyError> {
        let net = Money::sum(currency, lines.iter().map(|line| line.split.net))?;
        let tax = Money::sum(currency, lines.iter().map(|line| line.split.tax))?;
        Ok(Self {
            total: net.plus(tax)?,
            split: Split { net, tax },
            lines,
        })
    }

    /// The tax on it, by whose it is.
    pub fn taxes(&self) -> Result<Vec<(Option<Country>, Money)>, MoneyError> {
        let mut taxes: Vec<(Option<Country>, Money)> = Vec::new();
        for line in &self.lines {
            let (country, tax) = (line.taxation.country(), line.split.tax);
            match taxes.iter_mut().find(|(known, _)| *known == country) {
                Some((_, sum)) => *sum = sum.plus(tax)?,
                None => taxes.push((country, tax)),
            }
        }
        Ok(taxes)
    }

    /// Whose tax is on it: of what is new, where something old is taken off that
    /// was taxed elsewhere.
    pub fn tax_country(&self) -> Option<Country> {
        self.lines.iter().find_map(|line| line.taxation.country())
    }
}
