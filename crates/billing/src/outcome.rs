//! What became of a payment that somebody waits for.

use commerce::gift::Gift;
use commerce::ids::{ChargeId, OrderId};
use commerce::payment::{AttemptState, ClosedOrder, DeclineReason, PaymentFact, Payments};
use commerce::subscription::{Fact, Subscription};
use store::{Owner, Reading, StoreError};

use crate::billing::Billing;
use crate::error::BillingError;

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

impl Billing {
    /// Has what is asked for delivered at once where a payment is open, and waits
    /// for what becomes of it; how to read what is known then. `None` where there
    /// is nothing to wait for, or that goes wrong: it is in the books already, so
    /// nobody knows yet, and nobody may say that nothing was done.
    pub(crate) async fn waited_for(&self, owner: Owner, state: PaymentState) -> Option<Reading> {
        if !state.is_open() {
            return None;
        }
        let waited = async {
            self.settle(owner).await?;
            Ok::<_, BillingError>(self.inner.store.read().await?)
        };
        match waited.await {
            Ok(reading) => Some(reading),
            Err(error) => {
                tracing::warn!(%error, %owner, "its payment couldn't be waited for");
                None
            }
        }
    }

    /// Where the payment stands that a command has asked for. An order that was
    /// given up since, as that of a change of plan is whose card is declined, was
    /// declined by its last attempt.
    pub(crate) async fn payment_after(
        &self,
        facts: &[Fact],
        subscription: &Subscription,
    ) -> PaymentState {
        let state = PaymentState::of(subscription);
        let unpaid = asked_about(facts).and_then(|order| given_up(subscription, order));
        let Some(order) = unpaid else {
            return state;
        };
        match self.last_decline(subscription, order.id).await {
            Ok(declined) => declined.unwrap_or(state),
            // It is in the books, and nobody may say that it was paid.
            Err(error) => {
                let id = subscription.id;
                tracing::warn!(%error, %id, "why its payment failed couldn't be read");
                let charge = ChargeId {
                    order: order.id,
                    attempt: order.attempts,
                };
                PaymentState::Unknown { charge }
            }
        }
    }

    async fn last_decline(
        &self,
        subscription: &Subscription,
        order: OrderId,
    ) -> Result<Option<PaymentState>, StoreError> {
        let mut reading = self.inner.store.read().await?;
        let facts = reading.facts(subscription.id).await?;
        let declined = |fact: &Fact| match fact {
            Fact::Payment(PaymentFact::ChargeDeclined {
                charge,
                reason,
                is_final,
                ..
            }) if charge.order == order => Some(PaymentState::Declined {
                charge: *charge,
                reason: *reason,
                is_final: *is_final,
            }),
            _ => None,
        };
        Ok(facts.iter().rev().find_map(declined))
    }
}

/// What is known now; what was, where that can't be read.
pub(crate) fn found_or<T>(found: Result<Option<T>, StoreError>, was: T) -> T {
    match found {
        Ok(found) => found.unwrap_or(was),
        Err(error) => {
            tracing::warn!(%error, "what became of a payment couldn't be read");
            was
        }
    }
}

/// The order that facts ask a provider about, unless they give it up themselves.
fn asked_about(facts: &[Fact]) -> Option<OrderId> {
    let gives_up = |fact: &Fact| matches!(fact, Fact::Payment(PaymentFact::OrderFailed { .. }));
    if facts.iter().any(gives_up) {
        return None;
    }
    facts.iter().find_map(|fact| match fact {
        Fact::Payment(
            PaymentFact::ChargeRequested { charge, .. } | PaymentFact::VoidRequested { charge, .. },
        ) => Some(charge.order),
        _ => None,
    })
}

fn given_up(subscription: &Subscription, order: OrderId) -> Option<&ClosedOrder> {
    let closed = &subscription.payments.closed;
    let closed = closed.iter().find(|closed| closed.id == order);
    closed.filter(|closed| closed.payment.is_none())
}
