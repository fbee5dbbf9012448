//! Everything that is kept: accounts, subscriptions, jobs and the books. The
//! only SQL of the project.
//!
//! [`Store::open`] opens the database; everything is read in a [`Reading`] and
//! changed in a [`Writing`], which counts when it is committed and is undone
//! otherwise. What a subscription's command comes to is decided by `commerce`;
//! here its facts, the projection of them, the books, the invoices, the jobs they
//! ask for and what the gate learns are written down in one transaction.
//!
//! Not here: rules, prices, words, HTTP, what a provider or a mail server is
//! told. No clock is read and nothing drawn: times, ids and tokens are
//! arguments. See `docs/internals/store.md`.

pub mod accounts;
pub mod acts;
pub mod apps;
pub mod care;
pub mod consents;
pub mod delivery;
pub mod feed_addresses;
pub mod gate;
pub mod gifts;
pub mod invoices;
pub mod jobs;
pub mod ledger;
pub mod migrations;
pub mod outbox;
pub mod payment_methods;
pub mod readings;
pub mod saved;
pub mod sessions;
pub mod statement;
pub mod subscriptions;
pub mod tokens;
pub mod upkeep;

mod clock;
mod connection;
mod contract;
mod counters;
mod error;
mod external_ids;
mod file;
mod former;
mod ids;
mod lock;
mod mail_address;
mod moment;
mod payments;
mod proof;
mod provider_events;
mod renewals;
mod rows;
mod stakes;
mod store;
mod uses;

pub use connection::{Committed, Reading, Writing};
pub use contract::{Books, Issuer, Owner};
pub use error::{OpenError, StoreError};
pub use external_ids::ExternalId;
pub use ids::TokenHash;
pub use mail_address::{MailAddress, NotAnAddress};
pub use proof::{Lapsed, Proof};
pub use stakes::Stakes;
pub use store::{Options, Store};
