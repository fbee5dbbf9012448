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
        let _ = gate.hold_out(Seq(seq), &config.held_out());
    }
}
