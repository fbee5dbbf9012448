//! Looking at what waits to be done, for metrics.

use std::time::Duration;

use jiff::Timestamp;
use store::Store;

use crate::telemetry::Jobs;

/// How often: as often as metrics are usually asked for.
const EVERY: Duration = Duration::from_secs(15);

/// Looks for as long as the runtime lives. `now` is the business clock.
pub(super) async fn look(
    store: Store,
    now: impl Fn() -> Timestamp + Send + Sync + 'static,
    jobs: Jobs,
) {
    let mut looks = tokio::time::interval(EVERY);
    loop {
        looks.tick().await;
        let backlog = async { store.read().await?.backlog(now()).await };
        match backlog.await {
            Ok(backlog) => jobs.set(backlog),
            Err(error) => tracing::warn!(%error, "it can't be seen which jobs wait"),
        }
    }
}
