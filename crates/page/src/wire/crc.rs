//! CRC-32 (the gzip polynomial) of joined texts from the CRCs of their parts.
//!
//! Appending `n` bytes to a text multiplies its CRC, seen as a polynomial over
//! GF(2), by `x^(8n)`. That factor depends on the length alone, so it is
//! worked out once for each segment and a page costs two multiplications.

/// The reversed polynomial of RFC 1952.
const POLYNOMIAL: u32 = 0xedb8_8320;

/// `x^0`, in the bit order of the CRC, where the highest bit is the constant.
const ONE: u32 = 1 << 31;

/// `x^8`: what one byte of length contributes.
const ONE_BYTE: u32 = 1 << 23;

/// What four terms that leave a polynomial's end come back as: `x^32` is
/// [`POLYNOMIAL`].
const CARRY: [u32; 16] = multiples(POLYNOMIAL);

/// The factor by which a text of known length moves the CRC of what precedes,
/// as its multiples by every polynomial of four terms: a page multiplies by
/// the same few factors for every reader, so they are laid out for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shift([u32; 16]);

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
        Self(multiples(factor))
    }

    /// The product of `crc` and the factor, four terms at a time from the
    /// highest down (Horner's rule).
    fn times(&self, crc: u32) -> u32 {
        (0..8).fold(0, |product, nibble| {
            by_x4(product) ^ self.0[(crc >> (4 * nibble) & 15) as usize]
        })
    }
}

/// The CRC of a text followed by another, given both CRCs and the second
/// one's length as a [`Shift`].
pub(crate) fn join(first: u32, second: u32, shift: &Shift) -> u32 {
    shift.times(first) ^ second
}

/// The product of two polynomials modulo the CRC's own, term by term.
const fn multiply(a: u32, mut b: u32) -> u32 {
    let mut product = 0;
    let mut bit = 32;
    while bit > 0 {
        bit -= 1;
        product ^= b & (a >> bit & 1).wrapping_neg();
        b = by_x(b);
    }
    product
}

/// The polynomial times `x`.
const fn by_x(a: u32) -> u32 {
    (a >> 1) ^ (POLYNOMIAL & (a & 1).wrapping_neg())
}

/// The polynomial times `x^4`.
const fn by_x4(a: u32) -> u32 {
    (a >> 4) ^ CARRY[(a & 15) as usize]
}

/// The products of `factor` with all polynomials of four terms, whose highest
/// bit is the constant as everywhere here.
const fn multiples(factor: u32) -> [u32; 16] {
    let mut products = [0; 16];
    let (mut term, mut bit) = (factor, 8);
    while bit > 0 {
        let mut index = bit;
        while index < 16 {
            if index & bit != 0 {
                products[index] ^= term;
            }
            index += 1;
        }
        term = by_x(term);
        bit >>= 1;
    }
    products
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
                &Shift::of(second.len() as u64),
            );
            prop_assert_eq!(joined, crc32fast::hash(&whole));
        }

        #[test]
        fn lengths_far_beyond_memory_agree_with_another_implementation(
            first in any::<u32>(), second in any::<u32>(), len in any::<u64>(),
        ) {
            let mut other = crc32fast::Hasher::new_with_initial_len(first, 1);
            other.combine(&crc32fast::Hasher::new_with_initial_len(second, len));
            prop_assert_eq!(join(first, second, &Shift::of(len)), other.finalize());
        }
    }
}
