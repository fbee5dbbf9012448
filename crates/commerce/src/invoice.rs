//! Invoices and credit notes: what a customer is given for the tax office.
//!
//! An invoice is made when an order is paid, a credit note when money of it is
//! given back. Both are made once and never changed. Their numbers come from
//! outside, one after another without a gap in each series; so does who the
//! customer is, since facts name nobody. Not here: how they look.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::bill::{Bill, Line};
use crate::ids::{ChargeId, InvoiceId, RefundId};
use crate::money::{Money, MoneyError, Ratio, Rounding};
use crate::payment::{PaymentFact, RefundSource};
use crate::tax::{Split, Taxation};

/// The longest prefix of a number, in bytes; tax offices allow some thirty
/// characters for all of it.
const LONGEST_PREFIX: usize = 12;

/// The longest line of an address or a name, in characters.
const LONGEST_TEXT: usize = 200;

/// The number of an invoice: the prefix of its series, and a count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InvoiceNumber {
    /// The series: `2026-`, `LR-`; may be empty.
    pub series: String,
    /// The count in the series.
    pub count: u64,
}

/// Whom an invoice is from or for, as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The name of the person or firm.
    pub name: String,
    /// The address, line by line, without the country.
    pub address: Vec<String>,
    /// The country.
    #[serde(with = "crate::wire::country")]
    pub country: access::Country,
    /// The VAT id, of a business.
    pub vat_id: Option<VatId>,
}

/// A VAT id: two letters of a country and up to thirteen letters or digits.
/// Whether it is valid is for an authority to say.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VatId(String);

/// A document: an invoice or a credit note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its id.
    pub id: InvoiceId,
    /// Its number.
    pub number: InvoiceNumber,
    /// When it was made: the day of the payment or the refund, in the
    /// publication's zone.
    pub date: Date,
    /// What sort of document.
    pub kind: InvoiceKind,
    /// Who sold.
    pub seller: Party,
    /// Who bought.
    pub customer: Party,
    /// The lines. A credit note has one for each tax of its invoice; what is
    /// given back is above nought.
    pub lines: Vec<InvoiceLine>,
    /// The tax by rate.
    pub taxes: Vec<TaxTotal>,
    /// The sum of net and tax.
    pub split: Split,
    /// What was paid or given back.
    pub total: Money,
}

/// What sort of document it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceKind {
    /// For a payment.
    Invoice {
        /// The charge that paid it.
        charge: ChargeId,
    },
    /// For money given back.
    CreditNote {
        /// The refund.
        refund: RefundId,
        /// The number of the invoice that it corrects.
        corrects: InvoiceNumber,
    },
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceLine {
    /// Something that was sold.
    Sold(Line),
    /// Something that was given back.
    GivenBack {
        /// How the sale was taxed.
        taxation: Taxation,
        /// Net and tax.
        split: Split,
    },
}

/// The tax of one kind on a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxTotal {
    /// Which tax. A document with [`Taxation::ReverseCharge`] has to say that
    /// the customer owes it.
    pub taxation: Taxation,
    /// The net that it is on, and the tax: the sums of the lines, each rounded
    /// by itself.
    pub split: Split,
}

/// Why a document can't be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InvoiceError {
    /// Its number can't be.
    #[error("\"{0}\" is no number of an invoice; write a short prefix, and count from 1")]
    Number(String),
    /// A text that can't be printed.
    #[error("\"{0}\" can't be printed on an invoice; write 1 to 200 characters on one line")]
    Text(String),
    /// Not a VAT id.
    #[error("\"{0}\" is no VAT id; it begins with the two letters of its country")]
    VatId(String),
    /// The customer owes the tax, and has no VAT id.
    #[error("the customer owes the tax, but has no VAT id; add it to the account")]
    VatIdMissing,
    /// The fact is about something else.
    #[error("only a payment has an invoice, and only a refund of a sale a credit note")]
    WrongFact,
    /// The refund is of something that another invoice is for.
    #[error("the credit note is for {0}, which another invoice is for")]
    OtherInvoice(ChargeId),
    /// An amount that can't be reckoned with.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl InvoiceNumber {
    /// The number of a count in a series.
    pub fn new(series: &str, count: u64) -> Result<Self, InvoiceError> {
        let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'/' | b'.');
        if series.len() <= LONGEST_PREFIX && series.bytes().all(plain) && count > 0 {
            return Ok(Self {
                series: series.to_owned(),
                count,
            });
        }
        Err(InvoiceError::Number(format!("{series}{count}")))
    }
}

impl std::fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{:06}", self.series, self.count)
    }
}

impl VatId {
    /// Reads an id; spaces, dots and hyphens that people write into it don't
    /// matter, nor does its case.
    pub fn new(text: &str) -> Result<Self, InvoiceError> {
        let plain: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '.' | '-'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let letters = plain.bytes().take(2).all(|c| c.is_ascii_uppercase());
        let rest = plain.bytes().all(|c| c.is_ascii_alphanumeric());
        if letters && rest && (4..=15).contains(&plain.len()) {
            return Ok(Self(plain));
        }
        Err(InvoiceError::VatId(
            text.chars().take(LONGEST_TEXT).collect(),
        ))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is written as one of a country's: it begins with its letters.
    pub fn is_of(&self, country: access::Country) -> bool {
        // Greece writes its language's code.
        let country = country.to_string();
        let prefix = if country == "GR" { "EL" } else { &country };
        self.0.starts_with(prefix)
    }
}

impl TryFrom<String> for VatId {
    type Error = InvoiceError;

    fn try_from(text: String) -> Result<Self, InvoiceError> {
        Self::new(&text)
    }
}

impl From<VatId> for String {
    fn from(id: VatId) -> Self {
        id.0
    }
}

/// What a document needs besides its fact.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Its id.
    pub id: InvoiceId,
    /// Its number, the next of its series.
    pub number: InvoiceNumber,
    /// The day.
    pub date: Date,
    /// Who sells.
    pub seller: Party,
    /// Who buys.
    pub customer: Party,
}

impl Invoice {
    /// The invoice of a payment.
    pub fn of_payment(fact: &PaymentFact, issue: Issue) -> Result<Self, InvoiceError> {
        let PaymentFact::Paid { charge, bill, .. } = fact else {
            return Err(InvoiceError::WrongFact);
        };
        let reversed = |line: &Line| matches!(line.taxation, Taxation::ReverseCharge { .. });
        if bill.lines.iter().any(reversed) && issue.customer.vat_id.is_none() {
            return Err(InvoiceError::VatIdMissing);
        }
        let taxes = taxes(bill)?;
        let lines = bill.lines.iter().cloned().map(InvoiceLine::Sold).collect();
        let kind = InvoiceKind::Invoice { charge: *charge };
        issue.document(kind, lines, taxes, bill.split)
    }

    /// The credit note of a refund of what this invoice is for.
    pub fn credit(&self, fact: &PaymentFact, issue: Issue) -> Result<Self, InvoiceError> {
        let PaymentFact::RefundRequested {
            refund,
            charge,
            source:
                RefundSource::Sale {
                    deferred,
                    earned,
                    tax,
                    ..
                },
            ..
        } = fact
        else {
            return Err(InvoiceError::WrongFact);
        };
        if self.kind != (InvoiceKind::Invoice { charge: *charge }) {
            return Err(InvoiceError::OtherInvoice(*charge));
        }
        let split = Split {
            net: deferred.plus(*earned)?,
            tax: *tax,
        };
        let taxes = self.given_back(split)?;
        let kind = InvoiceKind::CreditNote {
            refund: *refund,
            corrects: self.number.clone(),
        };
        let line = |tax: &TaxTotal| InvoiceLine::GivenBack {
            taxation: tax.taxation,
            split: tax.split,
        };
        let lines = taxes.iter().map(line).collect();
        issue.document(kind, lines, taxes, split)
    }

    /// A part of what was paid, by the taxes that were paid with it.
    fn given_back(&self, part: Split) -> Result<Vec<TaxTotal>, InvoiceError> {
        let units = |money: Money| u64::try_from(money.minor()).unwrap_or(0);
        let share = Ratio::new(units(part.total()?), units(self.total)).unwrap_or(Ratio::ZERO);
        let nets: Vec<Money> = self.taxes.iter().map(|tax| tax.split.net).collect();
        let taxes: Vec<Money> = self.taxes.iter().map(|tax| tax.split.tax).collect();
        let nets = spread(part.net, &nets, share)?;
        let taxes = spread(part.tax, &taxes, share)?;
        let splits = nets.into_iter().zip(taxes);
        let mut all: Vec<TaxTotal> = self.taxes.iter().zip(splits).map(total).collect();
        let is_nothing = |tax: &TaxTotal| tax.split.net.is_zero() && tax.split.tax.is_zero();
        all.retain(|tax| !is_nothing(tax));
        if all.is_empty() {
            all.push(TaxTotal {
                taxation: Taxation::NotCharged,
                split: part,
            });
        }
        Ok(all)
    }
}

fn total((tax, (net, of_it)): (&TaxTotal, (Money, Money))) -> TaxTotal {
    TaxTotal {
        taxation: tax.taxation,
        split: Split { net, tax: of_it },
    }
}

/// The share of each that adds up to `amount`: what rounding leaves over goes to
/// the largest. Some may be below nought, as what is taken off for an old plan,
/// so they can't be [allocated](Money::allocate) by weight.
fn spread(amount: Money, wholes: &[Money], share: Ratio) -> Result<Vec<Money>, MoneyError> {
    let parts = wholes.iter().map(|it| it.part(share, Rounding::HalfUp));
    let mut parts: Vec<Money> = parts.collect::<Result<_, _>>()?;
    let rest = amount.minus(Money::sum(amount.currency(), parts.iter().copied())?)?;
    let size = |at: &usize| wholes.get(*at).map_or(0, |it| it.minor().unsigned_abs());
    let largest = (0..wholes.len()).max_by_key(size);
    if let Some(part) = largest.and_then(|at| parts.get_mut(at)) {
        *part = part.plus(rest)?;
    }
    Ok(parts)
}

impl Issue {
    fn document(
        self,
        kind: InvoiceKind,
        lines: Vec<InvoiceLine>,
        taxes: Vec<TaxTotal>,
        split: Split,
    ) -> Result<Invoice, InvoiceError> {
        self.seller.check()?;
        self.customer.check()?;
        Ok(Invoice {
            id: self.id,
            number: InvoiceNumber::new(&self.number.series, self.number.count)?,
            date: self.date,
            kind,
            seller: self.seller,
            customer: self.customer,
            lines,
            taxes,
            total: split.total()?,
            split,
        })
    }
}

impl Party {
    fn check(&self) -> Result<(), InvoiceError> {
        let bad = |text: &&String| {
            let count = text.chars().count();
            count == 0 || count > LONGEST_TEXT || text.chars().any(char::is_control)
        };
        match std::iter::once(&self.name).chain(&self.address).find(bad) {
            Some(text) => Err(InvoiceError::Text(
                text.chars().take(LONGEST_TEXT).collect(),
            )),
            None => Ok(()),
        }
    }
}

fn taxes(bill: &Bill) -> Result<Vec<TaxTotal>, InvoiceError> {
    let mut taxes: Vec<TaxTotal> = Vec::new();
    for line in &bill.lines {
        match taxes.iter_mut().find(|tax| tax.taxation == line.taxation) {
            Some(tax) => {
                tax.split = Split {
                    net: tax.split.net.plus(line.split.net)?,
                    tax: tax.split.tax.plus(line.split.tax)?,
                };
            }
            None => taxes.push(TaxTotal {
                taxation: line.taxation,
                split: line.split,
            }),
        }
    }
    Ok(taxes)
}
