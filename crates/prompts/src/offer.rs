//! The offer of the day in words, by the rules of a locale: amounts, lengths of
//! time, the last day and what is left of it.
//!
//! All of it is messages, so a publisher can say any of it in their own words.
//! Which offer it is, and whether it can still be had, is decided elsewhere.

use access::{Offer, OfferPhase, Price, Span};

use crate::locale::Locale;
use crate::messages::{Arg, DateStyle, Messages};
use crate::view::OfferText;

/// So many hours before an offer closes it is said how many are left.
pub const LAST_HOURS: u16 = 48;

impl Messages {
    /// The offer as readers in `locale` are told of it. `hours_left` is how many
    /// hours it can be had, the one that has begun included, where that is to
    /// be said.
    pub fn offer(&self, locale: &Locale, offer: &Offer, hours_left: Option<u16>) -> OfferText {
        let speaker = self.speaker(locale);
        let lasting = speaker.rate(offer.price, offer.every);
        let is_free = |one: &&OfferPhase| offer.goes_on || one.price.minor == 0;
        let phases = offer.phases.iter().take_while(is_free);
        let mut said: Vec<String> = phases.map(|one| speaker.phase(*one)).collect();
        if offer.goes_on {
            said.push(lasting);
        }
        let mut said = said.into_iter();
        let headline = said.next().unwrap_or_default();
        let then = said.map(|what| speaker.text("offer-then", &[("what", Arg::Text(&what))]));
        let last = if offer.goes_on {
            "offer-cancel"
        } else {
            "offer-over"
        };
        let last = speaker.text(last, &[]);
        let sentences: Vec<String> = then.chain([last]).collect();
        OfferText {
            headline,
            small_print: Some(sentences.join(&speaker.text("offer-joint", &[]))),
            ends: offer.ends.map(|day| {
                let day = Arg::Date(day, DateStyle::DayMonth);
                match hours_left {
                    None => speaker.text("offer-ends", &[("ends", day)]),
                    Some(hours) => {
                        let hours = Arg::Number(hours.into());
                        speaker.text("offer-ends-soon", &[("ends", day), ("hours", hours)])
                    }
                }
            }),
            grants: offer.grants.clone(),
            link: offer.link.as_deref().map(str::to_owned),
        }
    }

    /// The amount as `locale` writes it: "$9.00", "9,00 €", "900円".
    pub fn price(&self, locale: &Locale, price: Price) -> String {
        self.speaker(locale).price(price)
    }

    /// What is paid again and again, each time for so long: "$14.90 a month".
    pub fn rate(&self, locale: &Locale, price: Price, every: Span) -> String {
        self.speaker(locale).rate(price, every)
    }

    /// What is paid once for so long: "3 months for $9.00".
    pub fn once(&self, locale: &Locale, price: Price, lasts: Span) -> String {
        let speaker = self.speaker(locale);
        let price = speaker.price(price);
        speaker.lasting("offer-once", &price, lasts, &[])
    }

    /// A length of time by itself: "3 months".
    pub fn length(&self, locale: &Locale, span: Span) -> String {
        self.speaker(locale).lasting("offer-length", "", span, &[])
    }

    fn speaker(&self, locale: &Locale) -> Speaker<'_> {
        Speaker {
            messages: self,
            locale: self.closest(locale),
        }
    }

    /// A number with so many decimal places as `locale` writes it: "8.875",
    /// "8,875".
    pub fn number(&self, locale: &Locale, minor: u64, decimals: u8) -> String {
        self.speaker(locale).number(minor, decimals)
    }

    /// A rate in millionths, in per cent, without decimals that are nought:
    /// "8.875%", "8,875 %".
    pub fn percent(&self, locale: &Locale, millionths: u32) -> String {
        let (mut minor, mut decimals) = (millionths, 4_u8);
        while decimals > 0 && minor.is_multiple_of(10) {
            minor /= 10;
            decimals -= 1;
        }
        let speaker = self.speaker(locale);
        let number = speaker.number(minor.into(), decimals);
        speaker.text("offer-percent", &[("number", Arg::Text(&number))])
    }
}

struct Speaker<'a> {
    messages: &'a Messages,
    locale: &'a Locale,
}

impl Speaker<'_> {
    fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.messages.text(self.locale, key, args)
    }

    /// What is paid again and again, each time for so long.
    fn rate(&self, price: Price, every: Span) -> String {
        let price = self.price(price);
        self.lasting("offer-rate", &price, every, &[])
    }

    fn phase(&self, phase: OfferPhase) -> String {
        let whole = times(phase.every, phase.times);
        let price = self.price(phase.price);
        if phase.price.minor == 0 {
            self.lasting("offer-free", &price, whole, &[])
        } else if phase.times > 1 {
            let rate = self.rate(phase.price, phase.every);
            self.lasting(
                "offer-several",
                &price,
                whole,
                &[("rate", Arg::Text(&rate))],
            )
        } else {
            self.lasting("offer-once", &price, whole, &[])
        }
    }

    fn lasting(&self, key: &str, price: &str, span: Span, more: &[(&str, Arg<'_>)]) -> String {
        let (unit, count) = unit(span);
        let args = [
            ("price", Arg::Text(price)),
            ("unit", Arg::Word(unit)),
            ("count", Arg::Number(count.into())),
        ];
        self.text(key, &[&args, more].concat())
    }

    fn number(&self, minor: u64, decimals: u8) -> String {
        let has_arabic_digits = self.locale.has_arabic_digits();
        let digits = if has_arabic_digits { "arab" } else { "latn" };
        let sign = |key| self.text(key, &[("digits", Arg::Word(digits))]);
        let group = sign("money-group");
        let number = digits_of(minor, decimals, &group, &sign("money-decimal"));
        if has_arabic_digits {
            number.chars().map(arabic).collect()
        } else {
            number
        }
    }

    fn price(&self, price: Price) -> String {
        let number = self.number(price.minor, price.decimals);
        let currency = price.currency.map(char::from);
        let currency: String = currency.iter().collect();
        let args = [
            ("number", Arg::Text(&number)),
            ("currency", Arg::Word(&currency)),
        ];
        self.text("money-amount", &args)
    }
}

/// The number in digits, with all its decimals.
fn digits_of(minor: u64, decimals: u8, group: &str, decimal: &str) -> String {
    let decimals = usize::from(decimals);
    let digits = format!("{minor:0>width$}", width = decimals + 1);
    let (whole, rest) = digits.split_at(digits.len() - decimals);
    let mut said = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            said.push_str(group);
        }
        said.push(digit);
    }
    if !rest.is_empty() {
        said.push_str(decimal);
        said.push_str(rest);
    }
    said
}

fn arabic(digit: char) -> char {
    let value = digit.to_digit(10);
    let arabic = value.and_then(|value| char::from_u32(u32::from('٠') + value));
    arabic.unwrap_or(digit)
}

fn times(span: Span, times: u16) -> Span {
    match span {
        Span::Days(days) => Span::Days(days.saturating_mul(times)),
        Span::Months(months) => Span::Months(months.saturating_mul(times)),
    }
}

/// The largest unit of which it is so many.
fn unit(span: Span) -> (&'static str, u16) {
    match span {
        Span::Days(days) if days > 0 && days.is_multiple_of(7) => ("week", days / 7),
        Span::Days(days) => ("day", days),
        Span::Months(months) if months > 0 && months.is_multiple_of(12) => ("year", months / 12),
        Span::Months(months) => ("month", months),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_all_its_decimals_and_its_thousands_are_told_apart() {
        let said = |minor, decimals| digits_of(minor, decimals, ",", ".");
        for (minor, decimals, expected) in [
            (0, 2, "0.00"),
            (5, 2, "0.05"),
            (900, 2, "9.00"),
            (123_456, 2, "1,234.56"),
            (123_456_789, 2, "1,234,567.89"),
            (900, 0, "900"),
            (100_000, 0, "100,000"),
            (9_000, 3, "9.000"),
            (u64::MAX, 0, "18,446,744,073,709,551,615"),
        ] {
            assert_eq!(said(minor, decimals), expected);
        }
    }

    #[test]
    fn a_length_is_said_in_the_largest_unit_that_fits() {
        for (span, expected) in [
            (Span::Days(14), ("week", 2)),
            (Span::Days(10), ("day", 10)),
            (Span::Months(3), ("month", 3)),
            (Span::Months(12), ("year", 1)),
            (Span::Months(18), ("month", 18)),
            (Span::Days(0), ("day", 0)),
        ] {
            assert_eq!(unit(span), expected);
        }
        assert_eq!(times(Span::Months(40_000), 2), Span::Months(u16::MAX));
    }
}
