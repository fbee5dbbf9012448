//! Parts of an amount by exact fractions, rounded by a named rule.

use super::{Money, MoneyError};

/// A fraction: so many of so many. Never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    numerator: u64,
    denominator: u64,
}

/// What becomes of half a minor unit, and of less and more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest unit, halves away from nought: what tax authorities call
    /// commercial rounding. Taxes and prorations use it.
    HalfUp,
    /// To the nearest unit, halves to the even one.
    HalfEven,
    /// Towards nought.
    Down,
    /// Away from nought.
    Up,
}

impl Ratio {
    /// All of it.
    pub const ONE: Self = Self {
        numerator: 1,
        denominator: 1,
    };

    /// None of it.
    pub const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };

    /// `None` where the denominator is nought.
    pub fn new(numerator: u64, denominator: u64) -> Option<Self> {
        (denominator > 0).then_some(Self {
            numerator,
            denominator,
        })
    }
}

impl Money {
    /// The part of the amount, exact until it is rounded at the end.
    pub fn part(self, ratio: Ratio, rounding: Rounding) -> Result<Self, MoneyError> {
        // An i64 times a u64 fits into 127 bits and a sign.
        let product = i128::from(self.minor) * i128::from(ratio.numerator);
        let rounded = divide(product, i128::from(ratio.denominator), rounding);
        self.checked(i64::try_from(rounded).ok())
    }
}

fn divide(product: i128, by: i128, rounding: Rounding) -> i128 {
    let (whole, rest) = (product / by, (product % by).abs());
    let away = whole + product.signum();
    let half = (rest * 2).cmp(&by);
    match rounding {
        _ if rest == 0 => whole,
        Rounding::Up => away,
        Rounding::HalfUp if half.is_ge() => away,
        Rounding::HalfEven if half.is_gt() || (half.is_eq() && whole % 2 != 0) => away,
        Rounding::Down | Rounding::HalfUp | Rounding::HalfEven => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_rounds_as_its_name_says() {
        use Rounding::{Down, HalfEven, HalfUp, Up};
        // By tens: the amount, and what half up, half even, down and up make of it.
        let rows = [
            (0, 0, 0, 0, 0),
            (4, 0, 0, 0, 1),
            (5, 1, 0, 0, 1),
            (6, 1, 1, 0, 1),
            (10, 1, 1, 1, 1),
            (15, 2, 2, 1, 2),
            (25, 3, 2, 2, 3),
            (-4, 0, 0, 0, -1),
            (-5, -1, 0, 0, -1),
            (-15, -2, -2, -1, -2),
            (-25, -3, -2, -2, -3),
        ];
        for (amount, half_up, half_even, down, up) in rows {
            for (rounding, expected) in [
                (HalfUp, half_up),
                (HalfEven, half_even),
                (Down, down),
                (Up, up),
            ] {
                assert_eq!(
                    divide(amount, 10, rounding),
                    expected,
                    "{amount} {rounding:?}"
                );
            }
        }
    }
}
