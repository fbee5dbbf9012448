//! Money and lengths of time, from commerce's types to those that are put into
//! words.

use access::{Price, Span};
use commerce::calendar::Interval;
use commerce::money::Money;

/// The size of an amount, whichever side of nought it is on.
pub(crate) fn size(money: Money) -> Price {
    let currency = money.currency();
    let mut code = [b'X'; 3];
    for (place, letter) in code.iter_mut().zip(currency.code().bytes()) {
        *place = letter;
    }
    Price {
        minor: money.minor().unsigned_abs(),
        // No currency has more than three.
        decimals: u8::try_from(currency.exponent()).unwrap_or(0),
        currency: code,
    }
}

/// A length of time.
pub(crate) fn span(interval: Interval) -> Span {
    match interval {
        Interval::Days(days) => Span::Days(days),
        Interval::Months(months) => Span::Months(months),
    }
}
