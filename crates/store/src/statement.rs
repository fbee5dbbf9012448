//! Where SQL may be written: in a list of named statements at the head of the
//! module that runs them. A test prepares all of them on PostgreSQL as well, so
//! what is in no list isn't known to be understood there.
//!
//! Placeholders are `$1`, `$2`, …, which both understand. What PostgreSQL can't
//! tell the type of is cast.

use crate::rows::{Insert, Lookup, TOGETHER, Update};

/// Declares statements: each a constant, all of them together `STATEMENTS`.
macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$meta])* pub(crate) const $name: &str = $text;)*

        /// All of this module's statements, by name.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

pub(crate) use statements;

/// A statement of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The module that runs it.
    pub module: &'static str,
    /// Its name there.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// A module, its statements, and its insertions of many rows.
type Module = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [Insert],
);

const MODULES: &[Module] = &[
    (
        "accounts",
        crate::accounts::STATEMENTS,
        &[crate::accounts::ADD],
    ),
    ("acts", &[], &[crate::acts::NOTE]),
    ("apps", crate::apps::STATEMENTS, &[]),
    ("saved", crate::saved::STATEMENTS, &[]),
    ("readings", crate::readings::STATEMENTS, &[]),
    (
        "projection",
        crate::contract::projection::STATEMENTS,
        crate::contract::projection::INSERTS,
    ),
    ("append", &[], crate::contract::append::INSERTS),
    ("clock", crate::clock::STATEMENTS, &[]),
    ("stakes", crate::stakes::STATEMENTS, &[]),
    ("check", crate::upkeep::check::STATEMENTS, &[]),
    (
        "consents",
        crate::consents::STATEMENTS,
        &[crate::consents::GIVE],
    ),
    ("counters", crate::counters::STATEMENTS, &[]),
    ("exports", crate::delivery::exports::STATEMENTS, &[]),
    ("pages", crate::delivery::pages::STATEMENTS, &[]),
    ("standing", crate::delivery::standing::STATEMENTS, &[]),
    ("wishes", crate::delivery::wishes::STATEMENTS, &[]),
    ("documents", crate::upkeep::documents::STATEMENTS, &[]),
    ("erase", crate::care::erase::STATEMENTS, &[]),
    ("export", crate::care::export::STATEMENTS, &[]),
    (
        "external_ids",
        crate::external_ids::STATEMENTS,
        &[crate::external_ids::ADD],
    ),
    ("facts", crate::contract::facts::STATEMENTS, &[]),
    ("feed_addresses", crate::feed_addresses::STATEMENTS, &[]),
    ("feed", crate::gate::feed::STATEMENTS, &[]),
    ("find", crate::care::find::STATEMENTS, &[]),
    ("former", crate::former::STATEMENTS, &[]),
    ("gifts", crate::gifts::STATEMENTS, &[]),
    (
        "invoices",
        crate::invoices::STATEMENTS,
        &[crate::invoices::INVOICES],
    ),
    (
        "lease",
        crate::jobs::lease::STATEMENTS,
        &[crate::jobs::JOBS],
    ),
    ("list", crate::jobs::list::STATEMENTS, &[]),
    ("lapse", crate::upkeep::lapse::STATEMENTS, &[]),
    (
        "ledger",
        crate::ledger::STATEMENTS,
        &[crate::ledger::POSTINGS],
    ),
    ("merge", crate::care::merge::STATEMENTS, &[]),
    ("moving", crate::care::moving::STATEMENTS, &[]),
    ("migrations", crate::migrations::STATEMENTS, &[]),
    (
        "payment_methods",
        crate::payment_methods::STATEMENTS,
        crate::payment_methods::INSERTS,
    ),
    (
        "provider_events",
        crate::provider_events::STATEMENTS,
        &[crate::provider_events::SEE],
    ),
    ("sessions", crate::sessions::STATEMENTS, &[]),
    ("subscriptions", crate::subscriptions::STATEMENTS, &[]),
    ("timeline", crate::care::timeline::STATEMENTS, &[]),
    ("told", crate::care::told::STATEMENTS, &[]),
    ("tokens", crate::tokens::STATEMENTS, &[]),
    ("uses", crate::uses::STATEMENTS, &[crate::uses::TAKE]),
];

/// Changes of many rows, and searches for many, each with its module.
const UPDATES: &[(&str, &[Update])] = &[
    ("projection", crate::contract::projection::UPDATES),
    ("lease", &[crate::jobs::lease::FINISH]),
];
const LOOKUPS: &[(&str, &[Lookup])] = &[
    ("projection", crate::contract::projection::LOOKUPS),
    ("facts", &[crate::contract::facts::OWNERS]),
    ("invoices", &[crate::invoices::CUSTOMERS]),
    ("payment_methods", crate::payment_methods::LOOKUPS),
    ("accounts", &[crate::accounts::BY_MAIL]),
    ("external_ids", &[crate::external_ids::FIND]),
    ("consents", &[crate::consents::SPOKE]),
    ("wishes", &[crate::delivery::wishes::OF_MANY]),
    ("pages", &[crate::delivery::pages::ADDRESSES]),
];

/// Every statement of the store.
pub fn all() -> Vec<Statement> {
    let mut all = Vec::new();
    for (module, list, inserts) in MODULES {
        all.extend(list.iter().map(|(name, text)| Statement {
            module,
            name: (*name).to_owned(),
            text: (*text).to_owned(),
        }));
        for insert in *inserts {
            all.extend(sizes(module, insert.name, |rows| insert.text(rows)));
        }
    }
    for (module, updates) in UPDATES {
        for update in *updates {
            all.extend(sizes(module, update.name, |rows| update.text(rows)));
        }
    }
    for (module, lookups) in LOOKUPS {
        for lookup in *lookups {
            all.extend(sizes(module, lookup.name, |ids| lookup.text(ids)));
        }
    }
    all
}

fn sizes(
    module: &'static str,
    name: &'static str,
    text: impl Fn(usize) -> String,
) -> [Statement; TOGETHER.len()] {
    TOGETHER.map(|rows| Statement {
        module,
        name: format!("{name}_{rows}"),
        text: text(rows),
    })
}
