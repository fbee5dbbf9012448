//! Forgetting addresses that are in memory and whose time is up.

use std::sync::Arc;
use std::time::Duration;

use gateway::Gate;

/// How often, and so how much longer than it may an address can be there.
const EVERY: Duration = Duration::from_mins(1);

/// Forgets for as long as the runtime lives.
pub(super) async fn forget(gate: Arc<Gate>) {
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        ticks.tick().await;
        gate.forget_addresses();
    }
}
