//! What the callers' side and the writer's thread have in common.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use access::Minute;
use parking_lot::{Mutex, RwLock};

use crate::budget::Budgets;
use crate::config::Config;
use crate::disk::{Blame, Disk, Fault};
use crate::error::Unavailable;
use crate::names::Names;
use crate::signal::{Bell, Board};
use crate::table::Table;

/// Counters for [`crate::Stats`].
#[derive(Default)]
pub(crate) struct Counters {
    pub(crate) groups: AtomicU64,
    pub(crate) records: AtomicU64,
    /// 0 for none yet.
    pub(crate) last_write_micros: AtomicU64,
    pub(crate) cold_loads: AtomicU64,
    pub(crate) failures: AtomicU64,
}

pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) table: Table,
    pub(crate) names: RwLock<Names>,
    pub(crate) budgets: Mutex<Budgets>,
    /// `None` for as long as the writer closes and reopens it.
    pub(crate) disk: RwLock<Option<Arc<Disk>>>,
    pub(crate) bell: Bell,
    pub(crate) board: Board,
    /// The horizon of the last sweep: what lies before it, no period needs.
    pub(crate) horizon: AtomicU32,
    pub(crate) counters: Counters,
}

impl Shared {
    pub(crate) fn horizon(&self) -> Minute {
        Minute::new(self.horizon.load(Ordering::Acquire)).unwrap_or(Minute::MIN)
    }

    /// The database, unless it is being reopened.
    pub(crate) fn disk(&self) -> Result<Arc<Disk>, Unavailable> {
        let disk = self.disk.read().clone();
        disk.ok_or_else(|| self.unavailable())
    }

    /// Why nothing can be counted now.
    pub(crate) fn unavailable(&self) -> Unavailable {
        let news = self.board.now();
        if news.closed {
            return Unavailable::Closed;
        }
        let reason = news
            .failing
            .unwrap_or_else(|| "it is being reopened".into());
        Unavailable::Failing {
            dir: self.dir(),
            reason,
        }
    }

    pub(crate) fn refusal(&self, fault: Fault) -> Unavailable {
        let dir = self.dir();
        match fault.blame {
            Blame::Disk => Unavailable::Failing {
                dir,
                reason: fault.what.into(),
            },
            Blame::Contents => Unavailable::Damaged {
                dir,
                what: fault.what.into(),
            },
        }
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.config.dir.clone()
    }
}
