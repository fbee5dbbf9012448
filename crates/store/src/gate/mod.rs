//! What the gate learns: which session is whose, and who may read what.
//!
//! Every change of either gets the next number of one feed, in the transaction
//! that makes it. A row keeps only its latest number, so the feed is as long as
//! there are sessions and subscriptions. Whoever begins to follow reads all that is
//! so at one moment, and goes on from that moment's number.

mod directory;
pub(crate) mod feed;
mod grants;

pub use directory::Directory;
pub use feed::{Change, Changes, MAX_CHANGES};
pub(crate) use grants::members;
pub use grants::{Grants, Until};
