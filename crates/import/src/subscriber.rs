//! What a row says of somebody.

use commerce::address::PostalAddress;
use commerce::money::Currency;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::MailAddress;

/// Somebody in a file of another system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscriber {
    /// Their id there, or else their address: what makes two rows one person,
    /// and bringing them over twice once.
    pub external: String,
    /// Where mail goes.
    pub mail: MailAddress,
    /// Whether the address is known to be theirs.
    pub verified: bool,
    /// What they are called.
    pub name: Option<String>,
    /// In which language they read: a BCP 47 tag.
    pub locale: Option<String>,
    /// Since when they were there.
    pub since: Option<Timestamp>,
    /// Whether they have agreed to get a newsletter.
    pub newsletter: bool,
    /// Whether they have deleted themselves there, or were.
    pub deleted: bool,
    /// Where something is delivered, where the file says so.
    pub post: Option<PostalAddress>,
    /// What they have.
    pub has: Has,
}

/// What somebody has in another system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Has {
    /// An account.
    Account,
    /// Something that nobody pays for.
    Complimentary {
        /// What it is called there; nothing, where there is but one.
        level: Option<String>,
        /// Until when; `None` until it is revoked.
        until: Option<Timestamp>,
    },
    /// Something paid for.
    Paid(Paid),
}

impl Has {
    /// Until when they have it, where that is said.
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Account => None,
            Self::Complimentary { until, .. } => *until,
            Self::Paid(paid) => paid.until,
        }
    }
}

/// Something paid for in another system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    /// What it is called there: a level, a tier, an offer.
    pub level: String,
    /// Until when it was paid; `None` where the file doesn't say.
    pub until: Option<Timestamp>,
    /// Whether it goes on by itself after that.
    pub renews: bool,
    /// In which currency, where the file says so.
    pub currency: Option<Currency>,
    /// Where they live, as tax asks, where the file says so: the two letters of a
    /// country.
    pub country: Option<String>,
    /// What they pay with, where the file says so.
    pub card: Option<Card>,
}

/// What somebody pays with, in the payment provider's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Who they are to the provider.
    pub customer: String,
    /// What the provider calls it.
    pub method: String,
    /// What its owner knows it by.
    pub label: Option<String>,
    /// Through which month it is good, `2029-04`.
    pub expires: Option<String>,
}
