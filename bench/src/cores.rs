//! Which cores this process works on.

use anyhow::Result;
use rustix::thread::{CpuSet, sched_setaffinity};

use crate::peers::{BOTH_CORES, OTHER_CORE};

/// Threads started from here on, and the generator itself, stay off the servers'
/// core.
pub(crate) fn leave_servers_theirs() -> Result<()> {
    work_on(OTHER_CORE)
}

/// The same, but for what is done while no server runs: on both cores, as are
/// the threads that it starts.
pub(crate) fn on_both<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    work_on(BOTH_CORES)?;
    let done = work();
    leave_servers_theirs()?;
    done
}

fn work_on(cores: &str) -> Result<()> {
    let mut set = CpuSet::new();
    for core in cores.split(',') {
        set.set(core.parse()?);
    }
    sched_setaffinity(None, &set)?;
    Ok(())
}
