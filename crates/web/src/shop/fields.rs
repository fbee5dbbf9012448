//! What was typed at a checkout, and what is wrong with it.

use access::Country;
use billing::GiftCard;
use commerce::address::{BadAddress, PostalAddress};
use commerce::invoice::{Party, VatId};
use commerce::tax::TaxStatus;
use store::MailAddress;

use super::view::{Errors, Typed};
use crate::form::Form;

/// The longest name of a business or line of its address, in characters: what
/// an invoice has room for.
const LONGEST_LINE: usize = 200;

/// The longest name on a gift's card.
const LONGEST_NAME: usize = 100;

/// The most of what is written on it.
const LONGEST_WORDS: usize = 500;

const MISSING: &str = "account-error-missing";
const TOO_LONG: &str = "shop-too-long";
const LINE: &str = "shop-line-wrong";

impl Typed {
    /// The fields that were sent.
    pub(crate) fn read(form: &Form) -> Self {
        let text = |name: &str| form.trimmed(name).to_owned();
        Self {
            quantity: text("quantity"),
            country: text("country"),
            business: form.get("business") == "yes",
            business_name: text("business_name"),
            business_street: text("business_street"),
            business_city: text("business_city"),
            vat: text("vat"),
            post_name: text("post_name"),
            post_street: text("post_street"),
            post_more: text("post_more"),
            post_city: text("post_city"),
            post_region: text("post_region"),
            post_code: text("post_code"),
            gift_to: text("gift_to"),
            gift_mail: text("gift_mail"),
            gift_from: text("gift_from"),
            gift_words: text("gift_words"),
            method: text("method"),
            consent: form.get("consent") == "yes",
        }
    }

    /// The same, with those whom invoices are for.
    pub(crate) fn naming(self, party: Party) -> Self {
        let mut lines = party.address.into_iter();
        Self {
            country: party.country.to_string(),
            business: true,
            business_name: party.name,
            business_street: lines.next().unwrap_or_default(),
            business_city: lines.collect::<Vec<_>>().join(", "),
            vat: party.vat_id.map(String::from).unwrap_or_default(),
            ..self
        }
    }

    /// The country that was chosen, if it is one of the list.
    pub(crate) fn country(&self) -> Option<Country> {
        Country::parse(&self.country).filter(|country| country.to_string() == self.country)
    }

    /// How they are taxed.
    pub(super) fn tax(&self, country: Country) -> TaxStatus {
        match self.vat_id(country) {
            Some(_) => TaxStatus::business(country),
            None => TaxStatus::consumer(country),
        }
    }

    /// The VAT id of a business, where it is well written and of the country.
    /// Whether it is somebody's, only an authority could say.
    fn vat_id(&self, country: Country) -> Option<VatId> {
        if !self.business || self.vat.is_empty() {
            return None;
        }
        let id = VatId::new(&self.vat).ok()?;
        id.is_of(country).then_some(id)
    }

    /// Whom invoices are for, where that is a business.
    pub(crate) fn party(&self, country: Country, errors: &mut Errors) -> Option<Party> {
        if !self.business {
            return None;
        }
        errors.business_name = line(&self.business_name, LONGEST_LINE);
        errors.business_street = line(&self.business_street, LONGEST_LINE);
        errors.business_city = line(&self.business_city, LONGEST_LINE);
        let vat_id = self.vat_id(country);
        if vat_id.is_none() && !self.vat.is_empty() {
            errors.vat = Some("shop-vat-wrong");
        }
        Some(Party {
            name: self.business_name.clone(),
            address: vec![self.business_street.clone(), self.business_city.clone()],
            country,
            vat_id,
        })
    }

    /// Where something is delivered.
    pub(crate) fn post(&self, country: Country, errors: &mut Errors) -> Option<PostalAddress> {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let part = |text: &str, needed: bool| {
            let of = |line: &str| PostalAddress {
                name: line.to_owned(),
                lines: vec!["-".to_owned()],
                city: "-".to_owned(),
                region: None,
                postcode: None,
                country,
            };
            match of(text).checked() {
                Err(BadAddress::Missing(_)) => needed.then_some(MISSING),
                Err(BadAddress::TooLong(_)) => Some(TOO_LONG),
                Err(_) => Some(LINE),
                Ok(_) => None,
            }
        };
        errors.post_name = part(&self.post_name, true);
        errors.post_street = part(&self.post_street, true);
        errors.post_more = part(&self.post_more, false);
        errors.post_city = part(&self.post_city, true);
        errors.post_region = part(&self.post_region, false);
        errors.post_code = part(&self.post_code, false);
        let mut lines = vec![self.post_street.clone()];
        lines.extend(some(&self.post_more));
        PostalAddress {
            name: self.post_name.clone(),
            lines,
            city: self.post_city.clone(),
            region: some(&self.post_region),
            postcode: some(&self.post_code),
            country,
        }
        .checked()
        .ok()
    }

    /// What is written on a gift.
    pub(super) fn gift(&self, errors: &mut Errors) -> GiftCard {
        errors.gift_to = line(&self.gift_to, LONGEST_NAME);
        errors.gift_from = line(&self.gift_from, LONGEST_NAME);
        let mail = MailAddress::new(&self.gift_mail);
        if !self.gift_mail.is_empty() && mail.is_err() {
            errors.gift_mail = Some("account-error-mail");
        }
        let words = self.gift_words.replace("\r\n", "\n");
        if words.chars().count() > LONGEST_WORDS {
            errors.gift_words = Some(TOO_LONG);
        } else if words.chars().any(|sign| sign.is_control() && sign != '\n') {
            errors.gift_words = Some(LINE);
        }
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        GiftCard {
            to: mail.ok().map(|mail| mail.to_string()),
            name: some(&self.gift_to),
            from: some(&self.gift_from),
            message: some(&words),
        }
    }

    /// The fields of a gift as they were written on its card.
    pub(super) fn writing(self, card: GiftCard) -> Self {
        Self {
            gift_mail: card.to.unwrap_or_default(),
            gift_to: card.name.unwrap_or_default(),
            gift_from: card.from.unwrap_or_default(),
            gift_words: card.message.unwrap_or_default(),
            ..self
        }
    }

    /// How many readers it is for; `None` where that is no number within bounds.
    pub(super) fn quantity(&self, least: u32, most: u32) -> Option<u32> {
        if self.quantity.is_empty() {
            return Some(least);
        }
        let number = self.quantity.parse().ok();
        number.filter(|number| (least..=most).contains(number))
    }
}

/// What is wrong with a line that has to be there.
fn line(text: &str, longest: usize) -> Option<&'static str> {
    if text.is_empty() {
        Some(MISSING)
    } else if text.chars().count() > longest {
        Some(TOO_LONG)
    } else if text.chars().any(char::is_control) {
        Some(LINE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        Typed::read(&Form::read(body.as_bytes()))
    }

    fn country(code: &str) -> Country {
        Country::parse(code).expect("a country")
    }

    #[test]
    fn a_vat_id_counts_only_in_its_own_country_and_for_a_business() {
        for (code, vat, business, is_business) in [
            ("DE", "DE 123 456 789", true, true),
            ("GR", "EL123456789", true, true),
            ("GR", "GR123456789", true, false),
            ("FR", "DE123456789", true, false),
            ("DE", "", true, false),
            ("DE", "DE'; DROP", true, false),
            ("DE", "DE123456789", false, false),
        ] {
            let mut pairs = vec![("vat", vat)];
            if business {
                pairs.push(("business", "yes"));
            }
            let status = typed(&pairs).tax(country(code));
            assert_eq!(status.business, is_business, "{code} {vat}");
        }
    }

    #[test]
    fn each_part_of_an_address_has_its_own_error() {
        let long = "x".repeat(61);
        let address = typed(&[
            ("post_name", " "),
            ("post_street", &long),
            ("post_more", "a\u{7}b"),
            ("post_city", "London"),
        ]);
        let mut errors = Errors::default();
        assert_eq!(address.post(country("GB"), &mut errors), None);
        assert_eq!(errors.post_name, Some(MISSING));
        assert_eq!(errors.post_street, Some(TOO_LONG));
        assert_eq!(errors.post_more, Some(LINE));
        assert_eq!((errors.post_city, errors.post_code), (None, None));
    }

    #[test]
    fn a_quantity_is_a_number_within_its_bounds() {
        for (text, expected) in [
            ("", Some(2)),
            ("2", Some(2)),
            ("50", Some(50)),
            ("51", None),
            ("1", None),
            ("-3", None),
            ("2.5", None),
            ("99999999999999999999", None),
            ("٣", None),
        ] {
            let quantity = typed(&[("quantity", text)]).quantity(2, 50);
            assert_eq!(quantity, expected, "{text}");
        }
    }

    #[test]
    fn what_is_written_on_a_gift_stays_within_its_card() {
        let mut errors = Errors::default();
        let words = "x".repeat(LONGEST_WORDS + 1);
        typed(&[
            ("gift_to", ""),
            ("gift_from", "a\nb"),
            ("gift_mail", "not an address"),
            ("gift_words", &words),
        ])
        .gift(&mut errors);
        assert_eq!(errors.gift_to, Some(MISSING));
        assert_eq!(errors.gift_from, Some(LINE));
        assert_eq!(errors.gift_mail, Some("account-error-mail"));
        assert_eq!(errors.gift_words, Some(TOO_LONG));
    }
}
