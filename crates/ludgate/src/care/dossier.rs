//! All about a reader, as it crosses the socket and as programs get it. Amounts
//! are written out; times are in UTC, beside the name of the publication's zone.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who somebody is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Person {
    pub(crate) id: String,
    /// `open`, `closed`, `merged into acc_…` or `erased`.
    pub(crate) status: String,
    pub(crate) mail: Option<String>,
    /// Since when the address is known to be theirs.
    pub(crate) verified: Option<Timestamp>,
    pub(crate) name: Option<String>,
    pub(crate) locale: Option<String>,
    pub(crate) created: Timestamp,
}

/// All about a reader.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Dossier {
    /// The publication's zone.
    pub(crate) zone: String,
    pub(crate) person: Person,
    /// Their own: what hasn't ended first, and of either the latest.
    pub(crate) subscriptions: Vec<Subscribed>,
    /// Others' in which they have a seat.
    pub(crate) seats: Vec<Subscribed>,
    pub(crate) payments: Vec<Payment>,
    /// What is arranged of print's delivery, and isn't over.
    pub(crate) delivery: Vec<Wished>,
    /// With what they pay: `Visa …4242`.
    pub(crate) cards: Vec<String>,
    /// On how many devices they are signed in.
    pub(crate) devices: usize,
    /// What happened, the latest first.
    pub(crate) events: Vec<Happened>,
    /// Whether more has happened before.
    pub(crate) has_more: bool,
}

/// A subscription.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Subscribed {
    pub(crate) id: String,
    pub(crate) product: String,
    pub(crate) offer: String,
    /// `own`, `gift`, `complimentary` or `imported`.
    pub(crate) origin: String,
    /// Where it stands: `active`, `ended`.
    pub(crate) stage: String,
    /// Why it has ended or will end.
    pub(crate) why: Option<String>,
    /// Until when, or since when it is over.
    pub(crate) until: Option<Timestamp>,
    /// What is charged then; tax on top isn't in it.
    pub(crate) then: Option<String>,
}

/// What is arranged of a delivery for some days.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Wished {
    pub(crate) id: String,
    /// Of which subscription.
    pub(crate) of: String,
    pub(crate) first: Date,
    /// For good, where there is none.
    pub(crate) last: Option<Date>,
    /// For which days it came too late.
    pub(crate) except: Vec<Date>,
    /// Where it goes; nothing is delivered where that is nowhere.
    pub(crate) to: Option<String>,
}

/// A payment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Payment {
    pub(crate) charge: String,
    /// For which subscription or gift.
    pub(crate) of: String,
    pub(crate) invoice: Option<String>,
    /// The day of the invoice.
    pub(crate) date: Option<String>,
    pub(crate) total: String,
    /// What was given back or is on its way.
    pub(crate) refunded: String,
    /// What can still be given back.
    pub(crate) left: String,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Happened {
    pub(crate) at: Timestamp,
    /// To which subscription or gift.
    pub(crate) of: Option<String>,
    /// A fact's name, or what somebody did.
    pub(crate) what: String,
    /// What it comes to, in words.
    pub(crate) detail: String,
    /// The act that this is, or that caused it.
    pub(crate) act: Option<i64>,
    /// Who did it.
    pub(crate) by: Option<String>,
    /// Why, in their words.
    pub(crate) reason: Option<String>,
    /// The fact itself.
    pub(crate) fact: Option<Value>,
}
