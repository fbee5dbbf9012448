//! What is told of money that came, and of money that goes back.

use commerce::ids::InvoiceId;
use commerce::money::Money;
use commerce::tax::TaxRate;
use jiff::civil::Date;

use super::NextCharge;

/// For a payment. The lines and the taxes add up to the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What it was for.
    pub lines: Vec<Line>,
    /// Without tax.
    pub net: Money,
    /// Each tax by its rate; empty where none is charged.
    pub taxes: Vec<(TaxRate, Money)>,
    /// Whether the customer owes the tax.
    pub reverse_charge: bool,
    /// How much was paid.
    pub total: Money,
    /// The invoice; `None` where it couldn't be made yet.
    pub invoice: Option<Printed>,
    /// What is charged next.
    pub next: Option<NextCharge>,
}

/// A line of a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is for.
    pub of: LineFor,
    /// How many seats.
    pub quantity: u32,
    /// From when until when; without an end, for good; `None` where it begins
    /// some other day.
    pub period: Option<(Date, Option<Date>)>,
    /// How much, without tax; below nought for a credit.
    pub net: Money,
}

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFor {
    /// A subscription for a period.
    Plan,
    /// What is bought once.
    Once,
    /// What a better plan costs more.
    Difference,
    /// What isn't used of the former plan.
    Unused,
    /// A gift.
    Gift,
}

/// An invoice or a credit note, as it is referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Its id, which its address is made of.
    pub id: InvoiceId,
    /// Its number.
    pub number: String,
    /// Its day.
    pub date: Date,
    /// Who sold.
    pub seller: String,
    /// Who bought.
    pub customer: String,
    /// The invoice that a credit note corrects.
    pub corrects: Option<String>,
}

/// Money goes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// How much, tax included.
    pub amount: Money,
    /// Why.
    pub why: RefundWhy,
    /// The credit note; `None` where there is none.
    pub credit_note: Option<Printed>,
}

/// Why money goes back.
pub use commerce::payment::RefundReason as RefundWhy;
