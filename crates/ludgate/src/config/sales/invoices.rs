//! The section `[invoices]`: who issues them, and how they are numbered.

use commerce::invoice::{InvoiceNumber, Party, VatId};
use commerce::tax::TaxRates;
use store::Issuer;
use toml::Spanned;

use crate::config::check::Check;
use crate::config::raw::File;

/// What numbers begin with, unless configured. Two prefixes, since most tax offices
/// want credit notes numbered apart.
const INVOICES: &str = "INV-";
const CREDIT_NOTES: &str = "CN-";

/// The most lines of the publisher's address, which stands at the head of every
/// invoice.
const MOST_LINES: usize = 6;

impl Check<'_> {
    /// The publisher, in the country that `[tax] seller` says. What is wrong is
    /// noted without a country too.
    pub(super) fn issuer(&mut self, raw: &File, rates: Option<&TaxRates>) -> Option<Issuer> {
        let invoices = &raw.invoices;
        let name = match &invoices.name {
            Some(name) => self.printed(name),
            // That it needs a name is said elsewhere.
            None => Some(raw.publication.name.get_ref().trim().to_owned()),
        };
        if let Some(line) = invoices.address.get(MOST_LINES) {
            self.wrong(line, format!("an address has at most {MOST_LINES} lines"));
        }
        let address: Vec<String> = invoices
            .address
            .iter()
            .filter_map(|line| self.printed(line))
            .collect();
        let vat_id = invoices.vat_id.as_ref();
        let vat_id = vat_id.and_then(|id| self.name(id, VatId::new));
        let series = self.series(invoices.prefix.as_ref(), INVOICES);
        let credit_notes = self.series(invoices.credit_prefix.as_ref(), CREDIT_NOTES);
        Some(Issuer {
            seller: Party {
                name: name?,
                address,
                country: rates?.seller(),
                vat_id,
            },
            invoices: series?,
            credit_notes: credit_notes?,
        })
    }

    fn series(&mut self, raw: Option<&Spanned<String>>, usual: &str) -> Option<String> {
        let Some(raw) = raw else {
            return Some(usual.to_owned());
        };
        self.name(raw, |text: &str| InvoiceNumber::new(text, 1))
            .map(|number| number.series)
    }

    /// A line that can be printed.
    fn printed(&mut self, raw: &Spanned<String>) -> Option<String> {
        let text = raw.get_ref().trim();
        let count = text.chars().count();
        if (1..=200).contains(&count) && !text.chars().any(char::is_control) {
            return Some(text.to_owned());
        }
        self.wrong(
            raw,
            "this can't be printed on an invoice; write 1 to 200 characters on one line",
        );
        None
    }
}
