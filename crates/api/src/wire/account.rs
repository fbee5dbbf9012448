//! Readers: who they are, where they stand, and what they keep.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::newspaper::Story;

/// Whose account it is.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Me {
    /// The account, for good.
    pub id: String,
    /// The mail address.
    pub mail: Option<String>,
    /// The name, where they have given one.
    pub name: Option<String>,
    /// The language they are written in (BCP 47).
    pub locale: Option<String>,
    /// Since when.
    #[schema(format = "date-time")]
    pub since: String,
    /// What the program that asks may do; missing where a browser asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
}

/// A meter, and what it has counted for this reader.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct MeterState {
    /// Its name.
    pub id: String,
    /// `month`, `week` or `days`.
    pub period: String,
    /// Distinct stories counted in the period.
    pub used: u16,
    /// How many there may be.
    pub limit: u16,
    /// How many are left.
    pub left: u16,
    /// The first day on which all of them are there again, where there is such a day.
    #[schema(format = "date")]
    pub renews: Option<String>,
}

/// All meters.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Meters {
    /// Every meter there is.
    pub meters: Vec<MeterState>,
}

/// Something that a reader may use.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Usable {
    /// `read`, `apps`, `print`, ….
    pub name: String,
    /// Whether it may be used now.
    pub active: bool,
    /// How they come by it: `trial`, `paid`, `grace`, `complimentary`, `paused`,
    /// `ended-trial` or `ended-subscription`.
    pub standing: String,
}

/// What a reader may use.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Rights {
    /// What the rules take them for: `anonymous`, `registered`, `trial`, `subscriber`,
    /// `paused` or `lapsed`.
    pub audience: String,
    /// Everything that they may use, or once might.
    pub entitlements: Vec<Usable>,
}

/// Something that can be bought.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Offer {
    /// Its name.
    pub id: String,
    /// What is offered, in the language that was asked for.
    pub headline: String,
    /// What comes after.
    pub small_print: Option<String>,
    /// Until when, in words.
    pub ends: Option<String>,
    /// The lasting price in the currency's smallest unit.
    pub price: u64,
    /// How many decimal places that unit has.
    pub decimals: u8,
    /// The currency (ISO 4217).
    pub currency: String,
    /// What it entitles to.
    pub grants: Vec<String>,
    /// Where it is taken, in a browser.
    #[schema(format = "uri-reference")]
    pub path: Option<String>,
}

/// What this reader might be offered, the first before the others.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Offers {
    /// All of it.
    pub offers: Vec<Offer>,
}

/// A story that is kept for later, or was read.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Saved {
    /// The story's name in addresses.
    pub id: String,
    /// When it was saved, or read.
    #[schema(format = "date-time")]
    pub at: String,
    /// What everybody may know of it; missing where it isn't there any more.
    pub story: Option<Story>,
}

/// Stories that are kept for later, the latest first.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SavedStories {
    /// Some of them.
    pub saved: Vec<Saved>,
    /// What to ask for the next with; missing where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// What was read, the latest first.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct History {
    /// Since when it is written down; missing where it isn't.
    #[schema(format = "date-time")]
    pub since: Option<String>,
    /// Some of it.
    pub read: Vec<Saved>,
    /// What to ask for the next with; missing where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Whether it is to be written down what is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryWish {
    /// `true` from now on; `false` for never, and forgets what was.
    pub keep: bool,
}

/// Whether it is written down.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct HistoryWritten {
    /// Since when it is written down; missing where it isn't.
    #[schema(format = "date-time")]
    pub since: Option<String>,
}
