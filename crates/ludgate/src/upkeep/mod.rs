//! Keeping what can't be made again: a backup beside a running server, putting
//! one back, and checking that all of it agrees.

mod audit;
mod backup;
mod contents;
mod partial;
mod restore;

pub(crate) use audit::audit;
pub(crate) use backup::{BackupArgs, Kept, backup};
pub(crate) use contents::{DATABASE, JOURNAL, METER};
pub(crate) use restore::{RestoreArgs, restore};
