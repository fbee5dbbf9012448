//! Forgetting what no period can need.
//!
//! The database is read some thousand records at a time, each time from a new
//! snapshot, so a sweep holds nothing up and can be given up at any moment. What
//! is to be forgotten is handed to the writer, which alone knows that nothing
//! newer is being lost.

use std::sync::mpsc;

use access::{Minute, ReaderId};

use crate::budget::Term;
use crate::codec;
use crate::error::Unavailable;
use crate::record;
use crate::shared::Shared;
use crate::signal::Forget;

/// Records read in one step, and so the most that one of the writer's batches
/// forgets: about a megabyte.
const STEP: usize = 4096;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Stored records that were looked at.
    pub seen: u64,
    /// Records that had something to forget.
    pub pruned: u64,
    /// Readers who were not in memory and are gone from disk.
    pub gone: u64,
    /// Budgets of past terms that are gone.
    pub budgets: u64,
}

/// What one step found, and where the next begins.
#[derive(Default)]
struct Step {
    readers: Vec<ReaderId>,
    budgets: Vec<[u8; 9]>,
    seen: usize,
    last: Option<Vec<u8>>,
}

pub(crate) fn sweep(shared: &Shared, horizon: Minute, term: Term) -> Result<Swept, Unavailable> {
    let mut swept = Swept::default();
    for prefix in [codec::READERS, codec::BUDGETS] {
        let mut after = None;
        loop {
            let step = look(shared, prefix, after.as_deref(), horizon, term)?;
            swept.pruned += step.readers.len() as u64;
            swept.budgets += step.budgets.len() as u64;
            if prefix == codec::READERS {
                swept.seen += step.seen as u64;
            }
            if !step.readers.is_empty() || !step.budgets.is_empty() {
                swept.gone += forget(shared, step.readers, step.budgets, horizon, term)?;
            }
            if step.seen < STEP {
                break;
            }
            after = step.last;
        }
    }
    shared.budgets.lock().forget(term);
    Ok(swept)
}

/// The numbers of meters, as bits, that somebody has a count of since then.
pub(crate) fn meters_in_use(shared: &Shared, since: Minute) -> Result<u64, Unavailable> {
    let disk = shared.disk()?;
    let mut in_use = 0;
    let each = |key: &[u8], value: &[u8]| {
        for entry in codec::read_record(key, value)? {
            if entry.at() >= since {
                in_use |= 1 << entry.meter().get();
            }
        }
        Ok(true)
    };
    disk.view()
        .and_then(|view| view.scan(codec::READERS, None, each))
        .map_err(|fault| shared.refusal(fault))?;
    Ok(in_use)
}

fn look(
    shared: &Shared,
    prefix: &[u8],
    after: Option<&[u8]>,
    horizon: Minute,
    term: Term,
) -> Result<Step, Unavailable> {
    let disk = shared.disk()?;
    let mut step = Step::default();
    let mut each = |key: &[u8], value: &[u8]| {
        if prefix == codec::READERS {
            let entries = codec::read_record(key, value)?;
            if record::prune(&entries, horizon).is_some() {
                step.readers.push(codec::reader_of(key)?);
            }
        } else if codec::read_budget(key, value)?.1 < term.0 {
            step.budgets
                .push(key.try_into().map_err(|_| codec::Garbled)?);
        }
        step.last = Some(key.to_vec());
        step.seen += 1;
        Ok(step.seen < STEP)
    };
    disk.view()
        .and_then(|view| view.scan(prefix, after, &mut each))
        .map_err(|fault| shared.refusal(fault))?;
    Ok(step)
}

/// Has the writer forget, and waits for it.
fn forget(
    shared: &Shared,
    readers: Vec<ReaderId>,
    budgets: Vec<[u8; 9]>,
    horizon: Minute,
    term: Term,
) -> Result<u64, Unavailable> {
    let (reply, answer) = mpsc::sync_channel(1);
    if !shared.bell.job(Forget {
        readers,
        budgets,
        horizon,
        term,
        reply,
    }) {
        return Err(Unavailable::Closed);
    }
    match answer.recv() {
        Ok(result) => result.map_err(|fault| shared.refusal(fault)),
        // The writer could not get to it.
        Err(mpsc::RecvError) => Err(shared.unavailable()),
    }
}
