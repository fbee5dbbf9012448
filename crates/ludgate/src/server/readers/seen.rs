//! Writing down when devices were last seen, as the gate has noted it. The
//! account's page says so, and where an account is signed in on more devices than
//! it may be, those give way that weren't seen for longest.

use std::sync::Arc;
use std::time::Duration;

use gateway::Gate;
use store::{Store, StoreError};
use tokio::sync::watch;

/// How often. Who is noted then isn't noted again within the hour, so most of the
/// time there is little.
const EVERY: Duration = Duration::from_secs(5);

/// How many at once: who buys something meanwhile waits some hundredths of a
/// second for them.
const BATCH: usize = 250;

/// Writes it down until the server stops. What wasn't by then is noted anew when
/// the device is seen after the next start.
pub(super) async fn write_down(store: Store, gate: Arc<Gate>, mut stopping: watch::Receiver<bool>) {
    tokio::select! {
        () = now_and_then(&store, &gate) => {}
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
}

async fn now_and_then(store: &Store, gate: &Gate) {
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        ticks.tick().await;
        if let Err(error) = write_all(store, gate).await {
            // Within the hour they are noted once more.
            tracing::warn!(%error, "when some devices were last seen couldn't be written down");
        }
    }
}

async fn write_all(store: &Store, gate: &Gate) -> Result<(), StoreError> {
    loop {
        let seen = gate.accounts().take_seen(BATCH);
        if seen.is_empty() {
            return Ok(());
        }
        let mut writing = store.write().await?;
        writing.see_sessions(&seen).await?;
        writing.commit().await?;
    }
}
