//! The servers that are measured: ours, and those it is measured against.

pub(crate) mod bare;
mod ludgate;
mod nginx;
pub(crate) mod origin;
mod process;

pub(crate) use ludgate::{Behind, Cores, Ludgate, import_stories, open_page};
pub(crate) use nginx::{Metering, Proxying, nginx, nginx_before, nginx_with_lua};
pub(crate) use origin::Origin;
pub(crate) use process::Server;

/// The core that servers have for themselves.
pub(crate) const SERVER_CORE: &str = "1";

/// Both, for what a server does with all of a small machine.
pub(crate) const BOTH_CORES: &str = "0,1";

/// The core of whatever asks them, and of the peer's database, which is so
/// given more room than our own embedded one.
pub(crate) const OTHER_CORE: &str = "0";
