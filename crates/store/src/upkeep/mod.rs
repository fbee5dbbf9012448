//! What keeps the database whole: checks, backups, and putting one back.

mod audit;
mod backup;
pub(crate) mod check;
pub(crate) mod documents;
pub(crate) mod lapse;
mod restore;

pub use audit::{AuditError, audit};
pub use backup::BackupError;
pub use check::{Checked, MAX_FINDINGS};
pub use lapse::{LEFT_OUT, Undone};
pub use restore::{RestoreError, Restored, restore};
