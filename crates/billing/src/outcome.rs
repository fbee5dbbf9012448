//! What became of a payment that somebody waits for.

use commerce::gift::Gift;
use commerce::ids::ChargeId;
use commerce::payment::{AttemptState, DeclineReason, Payments};
use commerce::subscription::Subscription;
use store::{Owner, Reading, StoreError};

/// Where the payment of a subscription or a gift stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentState {
    /// Nothing is open: all is paid, or nothing was due.
    Settled,
    /// The last attempt failed.
    Declined {
        /// Which.
        charge: ChargeId,
        /// Why.
        reason: DeclineReason,
        /// Whether the same card is of no use again.
        is_final: bool,
    },
    /// The reader has to confirm it with their bank.
    NeedsAuthentication {
        /// What is to be confirmed.
        charge: ChargeId,
    },
    /// Nobody knows yet; it is asked about until somebody does.
    Unknown {
        /// Which.
        charge: ChargeId,
    },
}

impl PaymentState {
    /// A subscription's.
    pub fn of(subscription: &Subscription) -> Self {
        Self::of_payments(&subscription.payments)
    }

    /// A gift's.
    pub fn of_gift(gift: &Gift) -> Self {
        Self::of_payments(&gift.payments)
    }

    /// Where it stands in the store; `None` where there is no such thing.
    pub(crate) async fn read(
        reading: &mut Reading,
        owner: Owner,
    ) -> Result<Option<Self>, StoreError> {
        Ok(match owner {
            Owner::Subscription(id) => {
                let found = reading.subscription(id).await?;
                found.map(|found| Self::of(&found))
            }
            Owner::Gift(id) => {
                let found = reading.gift(id).await?;
                found.map(|found| Self::of_gift(&found))
            }
        })
    }

    fn of_payments(payments: &Payments) -> Self {
        let Some(order) = &payments.open else {
            return Self::Settled;
        };
        let charge = order.charge();
        match order.attempt.state {
            AttemptState::InFlight { .. } => Self::Unknown { charge },
            AttemptState::AwaitingReader { .. } => Self::NeedsAuthentication { charge },
            AttemptState::Declined {
                reason, is_final, ..
            } => Self::Declined {
                charge,
                reason,
                is_final,
            },
        }
    }

    /// Whether waiting a little longer may tell more.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Unknown { .. })
    }
}
