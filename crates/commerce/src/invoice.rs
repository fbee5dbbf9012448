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
use crate::money::{Money, MoneyError};
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
    /// The lines. A credit note has one, with amounts above nought that are
    /// given back.
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
        let taxation = self
            .taxes
            .first()
            .map_or(Taxation::NotCharged, |tax| tax.taxation);
        let kind = InvoiceKind::CreditNote {
            refund: *refund,
            corrects: self.number.clone(),
        };
        let lines = vec![InvoiceLine::GivenBack { taxation, split }];
        issue.document(kind, lines, vec![TaxTotal { taxation, split }], split)
    }
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
