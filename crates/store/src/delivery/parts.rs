//! What was in an export, by ids: packed, since a million lines are kept of each.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use commerce::ids::{AccountId, AddressId, ProductId, SubscriptionId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::StoreError;

/// The most lines of a part: 120 KB of text.
pub const MAX_LINES: usize = 1_500;

/// How many bytes a line has: three ids, the product, the copies, whether in grace
/// and until when it goes elsewhere.
const BYTES: usize = 3 * 16 + 2 + 4 + 1 + 4;

/// A day before every other, for none.
const NO_DAY: i32 = i32::MIN;

/// A line of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Of which subscription: a copy's name, the same in every export.
    pub subscription: SubscriptionId,
    /// Whose it was then.
    pub account: AccountId,
    /// Where it goes.
    pub address: AddressId,
    /// What is delivered.
    pub product: ProductId,
    /// How many copies.
    pub copies: u32,
    /// Whether a payment is being retried.
    pub grace: bool,
    /// Through which day it goes there, where that isn't where it always does.
    pub until: Option<Date>,
}

#[derive(Serialize, Deserialize)]
struct Packed {
    products: Vec<ProductId>,
    lines: String,
}

/// A part as it is written down.
pub(super) fn pack(lines: &[Line]) -> Result<String, StoreError> {
    let mut products: Vec<ProductId> = Vec::new();
    let mut bytes = Vec::with_capacity(lines.len() * BYTES);
    for line in lines {
        let known = products.iter().position(|product| *product == line.product);
        let number = known.unwrap_or_else(|| {
            products.push(line.product.clone());
            products.len() - 1
        });
        // Fewer than there are lines.
        let number = u16::try_from(number).unwrap_or(u16::MAX);
        bytes.extend(line.subscription.get().to_be_bytes());
        bytes.extend(line.account.get().to_be_bytes());
        bytes.extend(line.address.get().to_be_bytes());
        bytes.extend(number.to_be_bytes());
        bytes.extend(line.copies.to_be_bytes());
        bytes.push(u8::from(line.grace));
        bytes.extend(line.until.map_or(NO_DAY, days).to_be_bytes());
    }
    crate::contract::write(&Packed {
        products,
        lines: STANDARD.encode(bytes),
    })
}

/// The lines of a part.
pub(super) fn unpack(called: &str, body: &str) -> Result<Vec<Line>, StoreError> {
    let packed: Packed = crate::contract::read(called, body)?;
    let damaged = || StoreError::damaged(format!("{called} can't be read"));
    let bytes = STANDARD.decode(packed.lines).map_err(|_| damaged())?;
    let (lines, rest) = bytes.as_chunks::<BYTES>();
    if !rest.is_empty() {
        return Err(damaged());
    }
    let line = |bytes: &[u8; BYTES]| {
        let mut from = Bytes(bytes);
        let (subscription, account, address) = (from.id()?, from.id()?, from.id()?);
        let number = u16::from_be_bytes(from.some()?);
        let copies = u32::from_be_bytes(from.some()?);
        let [grace] = from.some()?;
        let until = i32::from_be_bytes(from.some()?);
        Some(Line {
            subscription: SubscriptionId::new(subscription),
            account: AccountId::new(account),
            address: AddressId::new(address),
            product: packed.products.get(usize::from(number))?.clone(),
            copies,
            grace: grace != 0,
            until: match until {
                NO_DAY => None,
                days => Some(date(days)?),
            },
        })
    };
    lines
        .iter()
        .map(|bytes| line(bytes).ok_or_else(damaged))
        .collect()
}

/// What is left of a line's bytes.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn some<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (some, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*some)
    }

    fn id(&mut self) -> Option<u128> {
        self.some().map(u128::from_be_bytes)
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

fn days(day: Date) -> i32 {
    EPOCH.until(day).map_or(NO_DAY, |span| span.get_days())
}

fn date(days: i32) -> Option<Date> {
    let span = jiff::Span::new().try_days(days).ok()?;
    EPOCH.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_as_it_was_written_and_a_damaged_one_is_not_read() {
        let line = |number: u128, product: &str, until: Option<Date>| Line {
            subscription: SubscriptionId::new(number),
            account: AccountId::new(u128::MAX - number),
            address: AddressId::new(number << 64),
            product: ProductId::new(product).expect("a product"),
            copies: 3,
            grace: number == 2,
            until,
        };
        let lines = [
            line(1, "print", None),
            line(2, "bundle", Some(Date::constant(2026, 12, 23))),
            line(3, "print", Some(Date::constant(1969, 12, 31))),
        ];
        let body = pack(&lines).expect("packed");
        assert_eq!(unpack("a part", &body).expect("unpacked"), lines);
        for broken in [
            body.replace("\"bundle\"", ""),
            body.replace("\"bundle\",", "").replace(",\"bundle\"", ""),
            body.replacen("AAAA", "AA", 1),
            String::new(),
        ] {
            assert!(unpack("a part", &broken).is_err(), "{broken}");
        }
    }
}
