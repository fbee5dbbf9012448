//! What walls hold out: the configured offers, handed to the gate at the start, at
//! every reload, and whenever one has been taken as often as it may be.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use access::Seq;
use arc_swap::ArcSwap;
use commerce::ids::OfferId;
use gateway::Gate;

use super::Running;
use super::change::turn;
use super::readers::Readers;
use crate::config::Config;

/// How often it is looked which offers are used up, and so how long a wall may
/// still hold one out. Who takes it meanwhile is told so at the checkout.
const EVERY: Duration = Duration::from_secs(10);

/// Counts how often offers were handed over, so that the gate knows which are the
/// latest.
#[derive(Debug, Default)]
pub(super) struct HandedOver {
    count: AtomicU64,
    used_up: ArcSwap<BTreeSet<OfferId>>,
}

impl HandedOver {
    /// Holds out what `config` sells from the next request on, and nothing else.
    pub(super) fn hand_over(&self, gate: &Gate, config: &Config) {
        let seq = self.count.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        let used_up = self.used_up.load();
        let is_gone = |offer: &str| used_up.iter().any(|gone| gone.as_str() == offer);
        let mut offers = config.held_out().without(is_gone);
        let shop = format!("{}subscribe", config.gate.prefix);
        // What a wall holds out is one press away, where it is sold here.
        if config.payments.is_some() && config.links.subscribe == shop {
            offers = offers.taken_at(|offer| format!("{shop}/{offer}").into());
        }
        let _ = gate.hold_out(Seq(seq), &offers);
    }
}

/// Looks once which offers are used up, and has walls hold out the others.
pub(super) async fn look(running: &Arc<Running>) {
    let Some(billing) = running.readers.as_ref().and_then(Readers::billing) else {
        return;
    };
    let used_up = match billing.used_up().await {
        Ok(used_up) => used_up,
        Err(error) => {
            tracing::warn!(%error, "it can't be told which offers are used up");
            return;
        }
    };
    if **running.offers.used_up.load() == used_up {
        return;
    }
    let running = Arc::clone(running);
    // Whoever reloads may take a while.
    let handed_over = tokio::task::spawn_blocking(move || {
        let _turn = turn(&running.changing);
        running.offers.used_up.store(Arc::new(used_up));
        running.offers.hand_over(&running.gate, &running.config());
    });
    let _ = handed_over.await;
}

/// Looks again and again, for as long as the runtime lives.
pub(super) async fn keep_looking(running: Arc<Running>) {
    loop {
        tokio::time::sleep(EVERY).await;
        look(&running).await;
    }
}
