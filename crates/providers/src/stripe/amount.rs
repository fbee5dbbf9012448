//! Amounts as Stripe counts them, which isn't always as ISO 4217 does.

use commerce::money::{Currency, Money};

use crate::payment::Error;

/// Written with two decimals there though they have none: the last two digits
/// must be noughts. "Special cases" in Stripe's list of currencies.
const HUNDREDFOLD: [&str; 2] = ["ISK", "UGX"];

/// Written without decimals there though the standard gives it two.
const HUNDREDTH: &str = "MGA";

/// The largest amount: eight digits, of its smallest unit.
const LARGEST: i64 = 99_999_999;

/// The largest of rupiah, of which a thousand are a few cents: twelve digits.
const LARGEST_IDR: i64 = 999_999_999_999;

/// Whether an amount can be asked for at Stripe; if not, why.
pub fn chargeable(amount: Money) -> Result<(), Error> {
    to_stripe(amount).map(drop)
}

/// Whether Stripe takes coarser amounts of a currency than its own smallest unit:
/// then what is calculated, and not chosen, may come to one that it doesn't take.
pub fn is_coarse(currency: Currency) -> bool {
    currency.exponent() == 3 || currency.code() == HUNDREDTH
}

/// What Stripe is to be asked for: the amount in its units, and its name of the
/// currency.
pub(super) fn to_stripe(amount: Money) -> Result<(i64, String), Error> {
    let refused = |why| Err(Error::Amount { amount, why });
    let currency = amount.currency();
    let units = if HUNDREDFOLD.contains(&currency.code()) {
        amount.minor().saturating_mul(100)
    } else if currency.code() == HUNDREDTH {
        if amount.minor() % 100 != 0 {
            return refused("Stripe takes whole ariary only");
        }
        amount.minor() / 100
    } else {
        amount.minor()
    };
    if currency.exponent() == 3 && units % 10 != 0 {
        return refused("Stripe takes two decimals of it, written as three; the last is a nought");
    }
    let (largest, why) = if currency.code() == "IDR" {
        (
            LARGEST_IDR,
            "Stripe takes amounts above nought of at most twelve digits of it",
        )
    } else {
        (
            LARGEST,
            "Stripe takes amounts above nought of at most eight digits",
        )
    };
    if !(1..=largest).contains(&units) {
        return refused(why);
    }
    Ok((units, currency.code().to_ascii_lowercase()))
}

/// What Stripe says of an amount. `None` where it is none that we know.
pub(super) fn from_stripe(units: i64, currency: &str) -> Option<Money> {
    let currency = Currency::parse(&currency.to_ascii_uppercase()).ok()?;
    let minor = if HUNDREDFOLD.contains(&currency.code()) {
        (units % 100 == 0).then_some(units / 100)?
    } else if currency.code() == HUNDREDTH {
        units.checked_mul(100)?
    } else {
        units
    };
    Some(Money::new(minor, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_counted_as_stripe_counts_it_and_comes_back_as_ours() {
        let rows = [
            ("14.90 USD", Some((1490, "usd"))),
            ("1500 JPY", Some((1500, "jpy"))),
            ("1500 ISK", Some((150_000, "isk"))),
            ("5000 UGX", Some((500_000, "ugx"))),
            ("12.00 MGA", Some((12, "mga"))),
            ("12.50 MGA", None),
            ("1.250 KWD", Some((1250, "kwd"))),
            ("1.255 KWD", None),
            ("0.00 USD", None),
            ("-1.00 USD", None),
            ("999999.99 USD", Some((99_999_999, "usd"))),
            ("1000000.00 USD", None),
            ("1000000.00 IDR", Some((100_000_000, "idr"))),
            ("9999999999.99 IDR", Some((999_999_999_999, "idr"))),
            ("10000000000.00 IDR", None),
        ];
        for (text, expected) in rows {
            let amount: Money = text.parse().expect("an amount");
            let asked = to_stripe(amount).ok();
            let found = asked.as_ref().map(|(units, code)| (*units, code.as_str()));
            assert_eq!(found, expected, "{text}");
            if let Some((units, code)) = asked {
                assert_eq!(from_stripe(units, &code), Some(amount), "{text}");
            }
        }
        for (code, expected) in [("KWD", true), ("MGA", true), ("ISK", false), ("USD", false)] {
            let currency = Currency::parse(code).expect("a currency");
            assert_eq!(is_coarse(currency), expected, "{code}");
        }
        assert_eq!(from_stripe(1, "xau"), None);
        assert_eq!(from_stripe(150, "isk"), None);
    }
}
