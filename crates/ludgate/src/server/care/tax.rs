//! How a subscription is taxed: what a reader can't say for themselves once it was
//! taken out, as nobody here can tell whether a VAT id is theirs.

use access::Country;
use anyhow::{Result, anyhow, bail};
use billing::{Taxed, Who, Wish};
use commerce::invoice::VatId;
use commerce::subscription::Subscription;
use commerce::tax::Taxation;

use super::{Care, which, words};
use crate::care::plain;

/// How it is to be taxed, as it was written.
pub(super) fn taxed(country: &str, business: Option<&str>) -> Result<Taxed> {
    let bare = country.trim();
    let Some(country) = Country::parse(bare) else {
        bail!(
            "\"{}\" is no country; write its two letters, as DE",
            plain(bare)
        );
    };
    let Some(text) = business else {
        return Ok(Taxed::Consumer { country });
    };
    let vat_id = VatId::new(text).map_err(|error| anyhow!("{}", plain(&error.to_string())))?;
    Ok(Taxed::Business { country, vat_id })
}

impl Care {
    pub(super) async fn tax(
        &self,
        who: &Who,
        named: (&str, Option<&str>),
        taxed: Taxed,
        dry_run: bool,
    ) -> Result<String> {
        let is_billed = |one: &Subscription| one.terms.renews();
        let found = which::subscription(&mut self.reading().await?, named, is_billed).await?;
        let named = match &taxed {
            Taxed::Business { vat_id, .. } => format!("; invoices name {}", vat_id.as_str()),
            Taxed::Consumer { .. } => String::new(),
        };
        let wish = Wish::Tax(taxed);
        let (would, one) = if dry_run {
            let would = self.billing.preview(who, found.id, &wish).await?;
            ("would be ", would.subscription)
        } else {
            let came = self.billing.command(who, found.id, wish).await?;
            ("", came.subscription)
        };
        let how = words::taxed(one.tax_status);
        let bills = self.bills(&one);
        Ok(format!("{}: {would}taxed {how}; {bills}{named}", one.id))
    }

    /// Which tax the bills from now on bear, by today's rates.
    fn bills(&self, one: &Subscription) -> String {
        let terms = one.terms_ahead();
        let day = terms.zone.civil(self.billing.clock().now()).date();
        let sales = self.billing.sales();
        match sales.tax.taxation(one.tax_status, &terms.tax_class, day) {
            Taxation::Charged { country, rate } => {
                format!("its bills bear the tax of {country}, {rate}")
            }
            Taxation::ReverseCharge { country, .. } => {
                format!("its bills bear no tax: the business owes that in {country}")
            }
            Taxation::NotCharged => "its bills bear no tax".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_and_a_vat_id_are_read_as_people_write_them() {
        let country = Country::parse("DE").expect("a country");
        let vat_id = VatId::new("DE123456789").expect("an id");
        let business = Taxed::Business { country, vat_id };
        let read = taxed(" de ", Some("de 123.456-789")).expect("both");
        assert_eq!(read, business);
        let read = taxed("DE", None).expect("a country");
        assert_eq!(read, Taxed::Consumer { country });
        for (country, business) in [
            ("Germany", None),
            ("", None),
            ("XX", None),
            ("DE", Some("")),
            ("DE", Some("123456789")),
        ] {
            let read = taxed(country, business);
            assert!(read.is_err(), "{country} {business:?}: {read:?}");
        }
    }
}
