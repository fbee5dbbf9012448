//! What customer care needs: to find somebody, to see what happened and why, to
//! put two accounts of one person together, and to give or forget all that is
//! known of them.

pub(crate) mod erase;
pub(crate) mod export;
pub(crate) mod find;
pub(crate) mod merge;
pub(crate) mod moving;
pub(crate) mod timeline;
pub(crate) mod told;

pub use erase::{EraseError, Erased, InvoiceNames};
pub use find::{MAX_FOUND, Pointed};
pub use merge::{MergeError, Merged};
pub use moving::{Motion, Moving};
pub use timeline::{Entry, MAX_ENTRIES, What};
pub use told::ToldFact;
