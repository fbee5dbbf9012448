//! What care asks of the server and what it answers, as both cross the socket.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::dossier::{Dossier, Person};

/// What is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::large_enum_variant, reason = "one is made for each command")]
pub(crate) enum Asked {
    /// Who may be meant.
    Find { text: String, by: String },
    /// Who is meant, and nobody else.
    Who { reader: String },
    /// All about a reader, with so many of the latest events.
    Show {
        reader: String,
        events: usize,
        by: String,
    },
    /// Who sits in a subscription for several.
    Seats {
        reader: String,
        subscription: Option<String>,
        by: String,
    },
    /// What is due and what is dead.
    Jobs {},
    /// To do something.
    Act { by: By, act: Act },
}

/// Who asks for something to be done, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct By {
    pub(crate) who: String,
    pub(crate) why: String,
}

/// What is to be done. Readers, payments, days and amounts are as they were
/// written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Act {
    Grant {
        reader: String,
        product: String,
        until: Option<String>,
    },
    Revoke {
        reader: String,
        subscription: Option<String>,
        dry_run: bool,
    },
    Cancel {
        reader: String,
        subscription: Option<String>,
        now: bool,
        dry_run: bool,
    },
    Tax {
        reader: String,
        subscription: Option<String>,
        country: String,
        /// The VAT id of a business; a consumer has none.
        business: Option<String>,
        dry_run: bool,
    },
    /// Who comes without an invitation.
    Seats {
        reader: String,
        subscription: Option<String>,
        turn: Turn,
        domains: Vec<String>,
        networks: Vec<String>,
        dry_run: bool,
    },
    /// What is delivered on some days: nothing, or to another address.
    Delivery {
        reader: String,
        subscription: Option<String>,
        from: String,
        /// For good, where it isn't said.
        to: Option<String>,
        address: Option<Address>,
    },
    /// What was arranged of it is taken back.
    Undo {
        reader: String,
        wish: String,
    },
    Refund {
        reader: String,
        payment: Option<String>,
        /// All that is left, where it isn't said.
        amount: Option<String>,
        end: bool,
        /// Though it was just done.
        again: bool,
        dry_run: bool,
    },
    Resend {
        reader: String,
        mail: Mail,
    },
    Merge {
        from: String,
        into: String,
    },
    Close {
        reader: String,
    },
    Reopen {
        reader: String,
    },
    Export {
        reader: String,
    },
    Erase {
        reader: String,
        /// Of invoices as well.
        names: bool,
    },
    Retry {
        /// All, where it isn't said.
        id: Option<String>,
    },
}

/// A postal address, as it was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Address {
    pub(crate) name: String,
    pub(crate) lines: Vec<String>,
    pub(crate) postcode: Option<String>,
    pub(crate) city: String,
    pub(crate) region: Option<String>,
    pub(crate) country: String,
}

/// Whether somebody is let in or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Turn {
    Add,
    Remove,
}

/// Which mail is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mail {
    Receipt,
    Latest,
    Password,
}

/// What the server says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Told {
    Found { zone: String, people: Vec<Person> },
    Shown(Box<Dossier>),
    Seats(SeatList),
    Jobs(JobList),
    Exported(Value),
    Done(String),
}

/// Who sits in a subscription for several, and who comes without an invitation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SeatList {
    /// The subscription.
    pub(crate) id: String,
    /// Who pays.
    pub(crate) account: String,
    pub(crate) standing: String,
    /// How many there are, and how many of them are taken or kept.
    pub(crate) seats: u32,
    pub(crate) taken: u32,
    pub(crate) domains: Vec<String>,
    pub(crate) networks: Vec<String>,
    /// A thousand at most.
    pub(crate) members: Vec<Member>,
    /// How many aren't listed.
    pub(crate) more: usize,
}

/// A seat. Its id isn't said: of one that nobody has taken it is what takes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Member {
    /// Whose; nobody's yet where somebody was invited.
    pub(crate) account: Option<String>,
    pub(crate) mail: Option<String>,
    /// By which domain they came, where they weren't invited.
    pub(crate) domain: Option<String>,
}

/// What is due and what is dead.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct JobList {
    /// The publication's zone.
    pub(crate) zone: String,
    pub(crate) lanes: Vec<Lane>,
    /// The longest due first; a hundred of them at most.
    pub(crate) due: Vec<Job>,
    /// The latest first; a hundred of them at most.
    pub(crate) dead: Vec<Job>,
}

/// How much one sort of jobs has before it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Lane {
    pub(crate) name: String,
    pub(crate) due: u64,
    /// Those of them that have failed before.
    pub(crate) failing: u64,
    pub(crate) dead: u64,
}

/// A job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) id: String,
    /// What is to be done; unknown of one that can't be read.
    pub(crate) what: Option<String>,
    /// Since when it has been due.
    pub(crate) due: Option<Timestamp>,
    /// How often it was tried.
    pub(crate) tries: Option<u32>,
    /// When it is tried again, where that isn't at once.
    pub(crate) again: Option<Timestamp>,
    pub(crate) error: Option<String>,
}
