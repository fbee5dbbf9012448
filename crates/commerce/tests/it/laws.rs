//! Laws that hold for every input: of amounts, of dates, and of whatever
//! readers, providers and time do to a subscription.

mod random;

use crate::support::*;
use ludgate_commerce::calendar::{Anchor, Interval};
use ludgate_commerce::money::{Money, Ratio, Rounding};
use ludgate_commerce::tax::{TaxBasis, TaxRate, Taxation};
use proptest::prelude::*;

fn any_amount() -> impl Strategy<Value = Money> {
    let code = prop::sample::select(vec!["USD", "JPY", "KWD", "EUR"]);
    (any::<i64>(), code).prop_map(|(minor, code)| Money::new(minor, currency(code)))
}

fn any_rounding() -> impl Strategy<Value = Rounding> {
    prop::sample::select(vec![
        Rounding::HalfUp,
        Rounding::HalfEven,
        Rounding::Down,
        Rounding::Up,
    ])
}

proptest! {
    #[test]
    fn allocating_loses_and_makes_nothing_and_is_fair(
        amount in any_amount(), shares in prop::collection::vec(any::<u32>(), 1..12),
    ) {
        prop_assume!(shares.iter().any(|share| *share > 0));
        let parts = amount.allocate(&shares).expect("shares");
        prop_assert_eq!(parts.len(), shares.len());
        let sum: i128 = parts.iter().map(|part| i128::from(part.minor())).sum();
        prop_assert_eq!(sum, i128::from(amount.minor()));
        let total: i128 = shares.iter().map(|share| i128::from(*share)).sum();
        for (part, share) in parts.iter().zip(&shares) {
            // Nobody is more than a unit away from their exact part.
            let exact = i128::from(amount.minor()) * i128::from(*share);
            let found = i128::from(part.minor()) * total;
            prop_assert!((exact - found).abs() < total);
        }
    }

    #[test]
    fn a_part_is_within_a_unit_of_the_exact_one(
        amount in any_amount(), numerator in any::<u32>(), denominator in 1..u32::MAX,
        rounding in any_rounding(),
    ) {
        let denominator = u64::from(denominator);
        let numerator = u64::from(numerator) % (denominator + 1);
        let ratio = Ratio::new(numerator, denominator).expect("a ratio");
        let part = amount.part(ratio, rounding).expect("no more than the whole");
        let exact = i128::from(amount.minor()) * i128::from(numerator);
        let off = (i128::from(part.minor()) * i128::from(denominator) - exact).abs();
        prop_assert!(off < i128::from(denominator));
        if matches!(rounding, Rounding::HalfUp | Rounding::HalfEven) {
            prop_assert!(off * 2 <= i128::from(denominator));
        }
        prop_assert_eq!(amount.part(Ratio::ONE, rounding), Ok(amount));
        prop_assert_eq!(amount.part(Ratio::ZERO, rounding), Ok(Money::zero(amount.currency())));
    }

    #[test]
    fn an_amount_is_read_back_as_it_was_written(amount in any_amount()) {
        prop_assume!(amount.minor() != i64::MIN);
        prop_assert_eq!(amount.to_string().parse(), Ok(amount));
    }

    #[test]
    fn net_and_tax_add_up_to_what_is_paid(
        minor in 0_i64..1_000_000_000_000, millionths in 0_u32..=1_000_000, inclusive in any::<bool>(),
    ) {
        let price = Money::new(minor, currency("EUR"));
        let rate = TaxRate::from_millionths(millionths).expect("a rate");
        let country = access::Country::parse("DE").expect("a country");
        let charged = Taxation::Charged { country, rate };
        let basis = if inclusive { TaxBasis::Inclusive } else { TaxBasis::Exclusive };
        let split = charged.split(price, basis).expect("a split");
        match basis {
            TaxBasis::Inclusive => prop_assert_eq!(split.total(), Ok(price)),
            TaxBasis::Exclusive => prop_assert_eq!(split.net, price),
        }
        // The tax is the rate's part of the net, to the rounding of both.
        let exact = i128::from(split.net.minor()) * i128::from(millionths);
        let off = (i128::from(split.tax.minor()) * 1_000_000 - exact).abs();
        prop_assert!(off <= 1_000_000);
        // A credit is the same the other way.
        let back = charged.split(price.negated().expect("small"), basis).expect("a split");
        prop_assert_eq!(back.net.negated(), Ok(split.net));
        prop_assert_eq!(back.tax.negated(), Ok(split.tax));
    }

    #[test]
    fn periods_follow_one_another_and_never_drift(
        name in prop::sample::select(vec![
            "UTC", "Asia/Tokyo", "Europe/Paris", "America/New_York", "America/Sao_Paulo",
            "Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo", "America/St_Johns",
        ]),
        begun in 1_700_000_000_i64..2_300_000_000, months in 1_u16..=24, count in 1_u32..120,
    ) {
        let zone = zone(name);
        let begun = jiff::Timestamp::from_second(begun).expect("in range");
        let first = Anchor::new(begun, &zone);
        let day = zone.civil(begun).day();
        let mut anchor = first;
        let mut before = first.instant(&zone).expect("an instant");
        for _ in 0..count {
            anchor = anchor.after(Interval::Months(months)).expect("in the calendar");
            let end = anchor.instant(&zone).expect("an instant");
            prop_assert!(end > before);
            let date = zone.civil(end).date();
            prop_assert_eq!(date.day(), day.min(date.days_in_month()));
            before = end;
        }
    }
}
