//! Dividing an amount among several without losing or making a unit.

use super::{Money, MoneyError};

impl Money {
    /// Divides the amount in proportion to `shares`, by largest remainder: each
    /// gets its part rounded down, and what is left goes unit by unit to those
    /// who lost most by that, the earlier first. The parts always add up to the
    /// amount.
    pub fn allocate(self, shares: &[u32]) -> Result<Vec<Self>, MoneyError> {
        let total: u64 = shares.iter().map(|share| u64::from(*share)).sum();
        if total == 0 {
            return Err(MoneyError::NoShares);
        }
        let (amount, total) = (i128::from(self.minor()), i128::from(total));
        let mut parts: Vec<i128> = Vec::with_capacity(shares.len());
        let mut lost: Vec<(i128, usize)> = Vec::with_capacity(shares.len());
        for (index, share) in shares.iter().enumerate() {
            let exact = amount * i128::from(*share);
            parts.push(exact.div_euclid(total));
            lost.push((exact.rem_euclid(total), index));
        }
        let left = amount - parts.iter().sum::<i128>();
        lost.sort_by_key(|(remainder, index)| (std::cmp::Reverse(*remainder), *index));
        // Fewer than one unit a share was lost, so `left` is below their count.
        for (_, index) in lost.into_iter().take(usize::try_from(left).unwrap_or(0)) {
            if let Some(part) = parts.get_mut(index) {
                *part += 1;
            }
        }
        parts
            .into_iter()
            .map(|part| self.checked(i64::try_from(part).ok()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn what_is_left_goes_to_who_lost_most_and_the_earlier_first() {
        let rows: &[(i64, &[u32], &[i64])] = &[
            (100, &[1, 1, 1], &[34, 33, 33]),
            (101, &[1, 1, 1], &[34, 34, 33]),
            (5, &[7, 3], &[4, 1]),
            (1, &[0, 1], &[0, 1]),
            (0, &[1, 2], &[0, 0]),
            (-100, &[1, 1, 1], &[-33, -33, -34]),
            (7, &[5], &[7]),
        ];
        let yen = Currency::parse("JPY").expect("a currency");
        for (amount, shares, expected) in rows {
            let parts = Money::new(*amount, yen).allocate(shares).expect("shares");
            let parts: Vec<i64> = parts.into_iter().map(Money::minor).collect();
            assert_eq!(parts, *expected, "{amount} by {shares:?}");
        }
        for none in [&[][..], &[0, 0]] {
            assert_eq!(Money::new(1, yen).allocate(none), Err(MoneyError::NoShares));
        }
    }
}
