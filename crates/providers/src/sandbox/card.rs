//! The sandbox's cards: documented numbers, each with a fate of its own.
//!
//! Where Stripe has a test card of the same fate, it has the same number here.

use std::fmt;

use commerce::payment::DeclineReason;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::payment::{Brand, Card, Expiry, MethodToken, WrongExpiry};

/// Days after a payment that a bank takes it back: long enough to have read.
pub(super) const CHARGEBACK_DAYS: i64 = 14;

/// Days after that until a dispute is decided.
pub(super) const DECISION_DAYS: i64 = 30;

/// Days until it is known of a slow refund that it was made.
pub(super) const REFUND_DAYS: i64 = 5;

/// What becomes of a card's charges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// They succeed.
    Succeeds,
    /// They succeed so many times and are declined from then on, for want of
    /// money.
    SucceedsTimes(u8),
    /// It isn't even taken when it is entered.
    RefusedAtOnce,
    /// They are declined, and the bank doesn't say why.
    Declined,
    /// They are declined for want of money.
    NoMoney,
    /// They are declined for good: the card is stolen.
    Stolen,
    /// They are declined for good: the card is past its date, whatever date was
    /// entered.
    Expired,
    /// Each is to be confirmed with the bank, which a page of ours plays.
    Authenticates,
    /// They succeed, and the answer is lost. An inquiry finds them.
    AnswerLost,
    /// They never arrive, and nobody says so. An inquiry finds nothing.
    RequestLost,
    /// They succeed, and the bank takes them back later.
    ChargedBack,
    /// Likewise, and the dispute is decided for the publisher.
    ChargebackWon,
    /// They succeed and can't be refunded.
    NotRefunded,
    /// They succeed, and it takes days until it is known that a refund was made.
    RefundedLater,
}

/// Every number, with its fate. All of them pass the check that cards' numbers
/// pass, so whatever checks that on the way lets them through.
pub const NUMBERS: [(u64, Fate); 23] = [
    (4242_4242_4242_4242, Fate::Succeeds),
    (5555_5555_5555_4444, Fate::Succeeds),
    (4000_0000_0000_7015, Fate::SucceedsTimes(1)),
    (4000_0000_0000_7023, Fate::SucceedsTimes(2)),
    (4000_0000_0000_7031, Fate::SucceedsTimes(3)),
    (4000_0000_0000_7049, Fate::SucceedsTimes(4)),
    (4000_0000_0000_7056, Fate::SucceedsTimes(5)),
    (4000_0000_0000_7064, Fate::SucceedsTimes(6)),
    (4000_0000_0000_7072, Fate::SucceedsTimes(7)),
    (4000_0000_0000_7080, Fate::SucceedsTimes(8)),
    (4000_0000_0000_7098, Fate::SucceedsTimes(9)),
    (4000_0000_0000_0002, Fate::RefusedAtOnce),
    (4000_0000_0000_0341, Fate::Declined),
    (4000_0000_0000_9995, Fate::NoMoney),
    (4000_0000_0000_9979, Fate::Stolen),
    (4000_0000_0000_0069, Fate::Expired),
    (4000_0027_6000_3184, Fate::Authenticates),
    (4000_0000_0000_5043, Fate::AnswerLost),
    (4000_0000_0000_4087, Fate::RequestLost),
    (4000_0000_0000_0259, Fate::ChargedBack),
    (4000_0000_0000_1976, Fate::ChargebackWon),
    (4000_0000_0000_5126, Fate::NotRefunded),
    (4000_0000_0000_7726, Fate::RefundedLater),
];

/// A card of the sandbox.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u64, Expiry)", into = "(u64, Expiry)")]
pub struct TestCard {
    number: u64,
    fate: Fate,
    expires: Expiry,
}

/// Why what was typed is no card of the sandbox.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotATestCard {
    /// The number isn't one of them. It isn't repeated: it may be a real one.
    #[error(
        "this is a sandbox and takes its own numbers only, such as 4242 4242 4242 4242; never \
         enter a real card here"
    )]
    Number,
    /// The date isn't one.
    #[error(transparent)]
    Expiry(#[from] WrongExpiry),
}

impl TestCard {
    /// Reads what was typed into a form: spaces and hyphens don't matter.
    pub fn typed(number: &str, expires: Expiry) -> Result<Self, NotATestCard> {
        let digits: String = number
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .take(20)
            .collect();
        if digits.len() != 16 || !digits.bytes().all(|c| c.is_ascii_digit()) {
            return Err(NotATestCard::Number);
        }
        let number = digits.parse().map_err(|_| NotATestCard::Number)?;
        Self::numbered(number, expires)
    }

    /// The card of a number.
    pub fn numbered(number: u64, expires: Expiry) -> Result<Self, NotATestCard> {
        let found = NUMBERS.iter().find(|(known, _)| *known == number);
        let &(number, fate) = found.ok_or(NotATestCard::Number)?;
        Ok(Self {
            number,
            fate,
            expires,
        })
    }

    /// What becomes of its charges.
    pub fn fate(self) -> Fate {
        self.fate
    }

    /// What its owner knows it by.
    pub fn card(self) -> Card {
        Card {
            brand: if self.number / 1_000_000_000_000_000 == 5 {
                Brand::Mastercard
            } else {
                Brand::Visa
            },
            last_four: u16::try_from(self.number % 10_000).unwrap_or(0),
            expires: self.expires,
        }
    }

    /// What it is called from now on: all that there is to know of it, so that
    /// a card survives the sandbox's journal.
    pub(super) fn token(self, drawn: u128) -> Option<MethodToken> {
        let (number, year, month) = (self.number, self.expires.year(), self.expires.month());
        format!("sbxpm_{number}_{year}_{month}_{drawn:032x}")
            .parse()
            .ok()
    }

    /// Reads that again.
    pub(super) fn of_token(token: &MethodToken) -> Option<Self> {
        let mut parts = token.as_str().strip_prefix("sbxpm_")?.split('_');
        let number = parts.next()?.parse().ok()?;
        let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Self::numbered(number, Expiry::new(year, month).ok()?).ok()
    }
}

impl Fate {
    /// The decline that a charge meets after so many successes of the card.
    pub(super) fn decline(self, successes: u32) -> Option<(DeclineReason, bool)> {
        match self {
            Self::SucceedsTimes(times) if successes >= u32::from(times) => {
                Some((DeclineReason::InsufficientFunds, false))
            }
            Self::NoMoney => Some((DeclineReason::InsufficientFunds, false)),
            Self::Declined | Self::RefusedAtOnce => Some((DeclineReason::Refused, false)),
            Self::Stolen => Some((DeclineReason::CardBlocked, true)),
            Self::Expired => Some((DeclineReason::CardExpired, true)),
            _ => None,
        }
    }
}

impl fmt::Debug for TestCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016} ({:?}, {})", self.number, self.fate, self.expires)
    }
}

impl TryFrom<(u64, Expiry)> for TestCard {
    type Error = NotATestCard;

    fn try_from((number, expires): (u64, Expiry)) -> Result<Self, NotATestCard> {
        Self::numbered(number, expires)
    }
}

impl From<TestCard> for (u64, Expiry) {
    fn from(card: TestCard) -> Self {
        (card.number, card.expires)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expiry() -> Expiry {
        Expiry::new(2030, 12).expect("a month")
    }

    /// Luhn's check: every second digit from the right counts double.
    fn passes_the_check(number: u64) -> bool {
        let digits = (0..16).map(|place| (place, number / 10_u64.pow(place) % 10));
        let sum: u64 = digits
            .map(|(place, digit)| match place % 2 {
                0 => digit,
                _ => digit * 2 / 10 + digit * 2 % 10,
            })
            .sum();
        sum.is_multiple_of(10)
    }

    #[test]
    fn every_number_is_one_that_a_card_could_have_and_is_there_once() {
        for (index, (number, _)) in NUMBERS.iter().enumerate() {
            assert!(passes_the_check(*number), "{number}");
            let first = NUMBERS.iter().position(|(other, _)| other == number);
            assert_eq!(first, Some(index), "{number}");
        }
    }

    #[test]
    fn a_number_may_be_typed_as_it_is_printed_and_a_real_one_is_not_repeated() {
        for typed in [
            "4242424242424242",
            "4242 4242 4242 4242",
            " 4242-4242-4242-4242",
            "4242\u{a0}4242\u{a0}4242\u{a0}4242",
        ] {
            let card = TestCard::typed(typed, expiry()).expect(typed);
            assert_eq!(card.card().last_digits(), "4242");
        }
        for typed in [
            "",
            "4242",
            "4111 1111 1111 1111",
            "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢",
            "4242 4242 4242 4242 1",
        ] {
            let refused = TestCard::typed(typed, expiry()).expect_err(typed);
            assert!(!refused.to_string().contains("4111"));
        }
    }

    #[test]
    fn a_cards_token_says_all_there_is_to_know_of_it() {
        for (number, _) in NUMBERS {
            let card = TestCard::numbered(number, expiry()).expect("a card");
            let token = card.token(7).expect("a token");
            assert_eq!(TestCard::of_token(&token), Some(card));
        }
        for other in ["pm_card_visa", "sbxpm_4242", "sbxpm_1_2030_1_0"] {
            let token = other.parse().expect("a word");
            assert_eq!(TestCard::of_token(&token), None, "{other}");
        }
    }

    #[test]
    fn every_number_is_documented() {
        let text = include_str!("../../../../docs/reference/sandbox.md");
        for (number, fate) in NUMBERS {
            let digits = number.to_string();
            let printed: Vec<&str> = (0..4).map(|i| &digits[4 * i..4 * i + 4]).collect();
            assert!(text.contains(&printed.join(" ")), "{number} {fate:?}");
        }
    }
}
