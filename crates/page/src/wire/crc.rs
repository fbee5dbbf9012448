//! CRC-32 (the gzip polynomial) of joined texts from the CRCs of their parts.
//!
//! Appending `n` bytes to a text multiplies its CRC, seen as a polynomial over
//! GF(2), by `x^(8n)`, and adds the CRC of what is appended.

/// The reversed polynomial of RFC 1952.
const POLYNOMIAL: u32 = 0xedb8_8320;

/// `x^0`, in the bit order of the CRC, where the highest bit is the constant.
const ONE: u32 = 1 << 31;

/// `x^8`: what one byte of length contributes.
const ONE_BYTE: u32 = 1 << 23;

/// The factor by which a text of known length moves the CRC of what precedes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shift(u32);

impl Shift {
    /// The factor for a text of `len` bytes, in `log2(len)` steps.
    pub(crate) fn of(mut len: u64) -> Self {
        let (mut factor, mut power) = (ONE, ONE_BYTE);
        while len != 0 {
            if len & 1 == 1 {
                factor = multiply(factor, power);
            }
            power = multiply(power, power);
            len >>= 1;
        }
        Self(factor)
    }
}

/// The CRC of a text followed by another, given both CRCs and the second
/// one's length as a [`Shift`].
pub(crate) fn join(first: u32, second: u32, shift: Shift) -> u32 {
    multiply(first, shift.0) ^ second
}

/// The product of two polynomials modulo the CRC's own, term by term.
fn multiply(a: u32, b: u32) -> u32 {
    let terms = (0..32).rev().map(|bit| (a >> bit & 1).wrapping_neg());
    let powers = std::iter::successors(Some(b), |&b| Some(by_x(b)));
    terms
        .zip(powers)
        .fold(0, |product, (term, power)| product ^ term & power)
}

/// The polynomial times `x`.
fn by_x(a: u32) -> u32 {
    (a >> 1) ^ (POLYNOMIAL & (a & 1).wrapping_neg())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn joined_crcs_equal_the_crc_of_the_joined_text(
            first in proptest::collection::vec(any::<u8>(), 0..3000),
            second in proptest::collection::vec(any::<u8>(), 0..3000),
        ) {
            let whole = [first.as_slice(), second.as_slice()].concat();
            let joined = join(
                crc32fast::hash(&first),
                crc32fast::hash(&second),
                Shift::of(second.len() as u64),
            );
            prop_assert_eq!(joined, crc32fast::hash(&whole));
        }

        #[test]
        fn lengths_far_beyond_memory_agree_with_another_implementation(
            first in any::<u32>(), second in any::<u32>(), len in any::<u64>(),
        ) {
            let mut other = crc32fast::Hasher::new_with_initial_len(first, 1);
            other.combine(&crc32fast::Hasher::new_with_initial_len(second, len));
            prop_assert_eq!(join(first, second, Shift::of(len)), other.finalize());
        }
    }
}
