//! From older formats to this one.
//!
//! Format 1 kept nine bytes an entry and no checksum. Its records are rewritten
//! in order of their keys, some thousands in a batch; each batch says how far it
//! came, so an upgrade that is interrupted goes on where it was.

use crate::codec::{self, FORMAT};
use crate::disk::{Disk, Fault};

/// Records rewritten in one batch.
const STEP: usize = 4096;

/// Brings the database to the current format; the number of the last batch.
pub(crate) fn upgrade(disk: &Disk, batch: u64) -> Result<u64, Fault> {
    match disk.get(codec::VERSION_KEY, |value| Ok(codec::read_u32(value)?))? {
        Some(FORMAT) => Ok(batch),
        Some(1) => {
            let mut number = batch;
            tracing::info!("bringing the meter's records from format 1 to {FORMAT}");
            while step(disk, number + 1)? {
                number += 1;
            }
            Ok(number + 1)
        }
        other => Err(Fault::contents(format!("its format is {other:?}"))),
    }
}

/// Rewrites some records; whether there may be more.
fn step(disk: &Disk, number: u64) -> Result<bool, Fault> {
    let after = disk.get(codec::UPGRADE_KEY, |value| Ok(value.to_vec()))?;
    let mut batch = disk.batch(STEP)?;
    let mut last = None;
    let mut seen = 0;
    let mut value = Vec::new();
    disk.view()?
        .scan(codec::READERS, after.as_deref(), |key, old| {
            let key: &[u8; 13] = key.try_into().map_err(|_| codec::Garbled)?;
            codec::write_record(key, &codec::read_record_v1(old)?, &mut value);
            batch.put(key, &value);
            last = Some(*key);
            seen += 1;
            Ok(seen < STEP)
        })?;
    match last {
        Some(key) if seen == STEP => batch.put(codec::UPGRADE_KEY, &key),
        _ => {
            batch.put(codec::VERSION_KEY, &FORMAT.to_le_bytes());
            batch.remove(codec::UPGRADE_KEY);
        }
    }
    batch.put(codec::BATCH_KEY, &number.to_le_bytes());
    batch.commit()?;
    Ok(seen == STEP)
}
