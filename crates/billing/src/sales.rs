//! What is sold today, and by whom: configuration, swapped as a whole.

use commerce::calendar::Interval;
use commerce::catalog::Catalog;
use commerce::money::Currency;
use commerce::tax::TaxRates;
use jiff::Timestamp;
use store::acts::ActNumber;
use store::{Books, Issuer};

/// What is sold, how it is taxed and who issues invoices.
#[derive(Clone, Debug)]
pub struct Sales {
    /// Products, plans, offers. Already checked.
    pub catalog: Catalog,
    /// The publisher's rates of tax.
    pub tax: TaxRates,
    /// Who issues invoices.
    pub issuer: Issuer,
    /// The currency that offers are shown in where nobody says another.
    pub currency: Currency,
    /// For how long a gift can be redeemed once it is paid.
    pub gifts_redeemable: Interval,
}

impl Sales {
    /// What the store needs to write facts down.
    pub(crate) fn books(&self, now: Timestamp, act: Option<ActNumber>) -> Books<'_> {
        Books {
            now,
            tax: &self.tax,
            issuer: &self.issuer,
            act,
        }
    }
}
