//! What crosses the control socket between the command and the server: rows in
//! one direction, what became of them in the other.

use import::Subscriber;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a level of another system becomes here, as it was written.
pub(crate) type Level = (String, String);

/// What the command asks.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Ask {
    /// Where the publication is at home, and whether the levels become something
    /// that it sells.
    Home(Vec<Level>),
    /// What becomes of some rows, or would.
    Rows(Batch),
}

/// Some rows, few enough for one transaction and one request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Batch {
    /// Where they are from.
    pub(crate) source: String,
    /// Who brings them over, and why.
    pub(crate) actor: String,
    pub(crate) why: String,
    pub(crate) levels: Vec<Level>,
    pub(crate) coming: Coming,
    pub(crate) rows: Vec<Subscriber>,
}

/// How they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Coming {
    Rehearsed,
    Quietly,
    Told,
}

/// What is answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Answer {
    Home(Home),
    /// One for each row, in their order.
    Fates(Vec<Fate>),
}

/// The publication that rows are brought to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Home {
    /// In which zone days are.
    pub(crate) zone: String,
    /// Whether nobody is charged in earnest, and so no card is brought over.
    pub(crate) is_play: bool,
    pub(crate) plans: Vec<String>,
    pub(crate) products: Vec<String>,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Fate {
    /// It was here already, and is as it was.
    Before,
    Came {
        had_account: bool,
        has: Has,
    },
    /// Nobody has said what this level becomes.
    Level(String),
    /// It can't come, and why.
    Refused(String),
}

/// What somebody has now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Has {
    Account,
    Given,
    GoesOn(Timestamp),
    RunsOut,
    Ended,
}
