//! What walls hold out: the configured offers, handed to the gate at the start and
//! at every reload.

use std::sync::atomic::{AtomicU64, Ordering};

use access::Seq;
use gateway::Gate;

use crate::config::Config;

/// Counts how often offers were handed over, so that the gate knows which are the
/// latest.
#[derive(Debug, Default)]
pub(super) struct HandedOver(AtomicU64);

impl HandedOver {
    /// Holds out what `config` sells from the next request on, and nothing else.
    pub(super) fn hand_over(&self, gate: &Gate, config: &Config) {
        let seq = self.0.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        let mut offers = config.held_out();
        let shop = format!("{}subscribe", config.gate.prefix);
        // What a wall holds out is one press away, where it is sold here.
        if config.payments.is_some() && config.links.subscribe == shop {
            offers = offers.taken_at(|offer| format!("{shop}/{offer}").into());
        }
        let _ = gate.hold_out(Seq(seq), &offers);
    }
}
