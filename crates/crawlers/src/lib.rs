//! Who is a search engine's crawler: whoever says so in the User-Agent *and*
//! comes from an address that the search engine vouches for, by its reverse DNS
//! confirmed forwards or by the ranges it publishes. Neither is enough alone.
//!
//! - [`Agent::claimed_by`] keeps everybody else out of here at once: a browser
//!   costs one pass over its User-Agent. A claim grants nothing.
//! - An address is vouched for where one of its names is a *crawl host* of the
//!   claimed agent ([`Agent`] has the table), compared label by label, and that
//!   name has the address. An operator's other hosts don't count: what fetches
//!   on somebody's behalf would hand them the story.
//! - Whatever goes wrong, a time-out, a truncated answer, too many names, the
//!   address isn't a crawler's.
//!
//! Look-ups run in the background. [`Crawlers::verdict`] answers at once from
//! what is known; [`Crawlers::verify`] waits a little, so that a crawler's first
//! request isn't met with a wall. The results kept, the look-ups under way and
//! those who wait for one have bounds, so a flood of claimed crawlers costs what
//! a few do.
//!
//! Addresses are remembered in memory only, for a day at most, and never logged.
//! This crate must not know what a crawler may see, nor read a clock: `now` is
//! any time that never goes back. It reads two kinds of files, when it is told
//! to: the system's list of DNS servers, and published ranges.

mod agent;
mod crawlers;
mod flights;
mod hosts;
mod known;
mod lookup;
mod ranges;
mod results;
mod servers;

pub use agent::Agent;
pub use crawlers::{Config, Crawlers, Stats, Verdict};
pub use ranges::{Fault, Ranges, RangesError};
pub use servers::{MAX_SERVERS, Servers, ServersError};
