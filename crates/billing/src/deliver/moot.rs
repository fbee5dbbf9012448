//! Charges that nobody wants any more when their turn comes: the provider was
//! out of reach or its key wrong for days, and meanwhile the attempt was called
//! off or given up, or its subscription has ended.
//!
//! Money isn't taken first and given back afterwards: a charge that was never
//! handed over isn't, and one that may have been is called off.

use std::collections::HashMap;

use commerce::ids::ChargeId;
use commerce::payment::{DeclineReason, Outcome, PaymentFact, Payments};
use providers::payment::{Answer, Notice};
use store::jobs::Job;
use store::outbox::Task;
use store::{Owner, Reading, StoreError};

/// The orders as they are now of those who have a charge among some jobs.
pub(super) struct Orders(HashMap<Owner, Payments>);

impl Orders {
    pub(super) async fn read(reading: &mut Reading, jobs: &[Job]) -> Result<Self, StoreError> {
        let charging = jobs.iter().filter_map(|job| match job.task {
            Task::Provider(PaymentFact::ChargeRequested { .. }) => job.owner,
            _ => None,
        });
        let charging: Vec<Owner> = charging.collect();
        match reading.payments_of(charging.iter().copied()).await {
            Err(error) if !error.is_passing() => {}
            read => return read.map(Self),
        }
        // One that can't be read holds up no other. It isn't charged: nobody
        // could write down what came of it.
        let mut all = HashMap::new();
        for owner in charging {
            match reading.payments_of([owner]).await {
                Err(error) if error.is_passing() => return Err(error),
                Err(error) => tracing::error!(%error, %owner, "its orders can't be read"),
                Ok(one) => all.extend(one),
            }
        }
        Ok(Self(all))
    }

    /// The charge that a fact asks for, where nobody wants it any more.
    pub(super) fn unwanted(&self, owner: Owner, fact: &PaymentFact) -> Option<ChargeId> {
        let PaymentFact::ChargeRequested { charge, .. } = fact else {
            return None;
        };
        let is_wanted = |payments: &Payments| payments.is_wanted(*charge);
        (!self.0.get(&owner).is_some_and(is_wanted)).then_some(*charge)
    }
}

/// What came of a charge that was never handed over, and won't be: what a
/// provider says of one that it called off.
pub(super) fn not_made(charge: ChargeId) -> Answer {
    Answer {
        notice: Some(Notice::Charge {
            charge,
            outcome: Outcome::Declined {
                reason: DeclineReason::Voided,
                is_final: false,
            },
        }),
        reference: None,
        remark: Some("nobody wanted it any more when its turn came".to_owned()),
    }
}
