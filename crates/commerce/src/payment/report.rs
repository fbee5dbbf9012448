//! What providers report, and what it means for the order.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    AttemptState, DeclineReason, MAX_ATTEMPTS, Order, PaymentFact, Payments, Purpose, RefundReason,
    RefundSource, inquiry,
};
use crate::bill::Bill;
use crate::calendar::{Anchor, OutOfCalendar};
use crate::ids::{ChargeId, DisputeId, OrderId, PaymentMethodId, RefundId};
use crate::money::{Money, MoneyError};

/// What became of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The money came in.
    Paid {
        /// How much, by the provider's own account.
        amount: Money,
    },
    /// It failed.
    Declined {
        /// Why.
        reason: DeclineReason,
        /// Whether trying again with the same method is of no use.
        is_final: bool,
    },
    /// The call timed out, or the provider doesn't know yet.
    Unknown,
    /// The reader has to confirm it with their bank.
    NeedsAuthentication,
}

/// Why something about a payment is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PaymentRefusal {
    /// No such order here, or one from too long ago.
    #[error("the order {0} isn't known here; look for the subscription that it belongs to")]
    UnknownOrder(OrderId),
    /// The order has had no such attempt.
    #[error(
        "the charge {0} was never asked for; look at what the provider has, and refund it there"
    )]
    UnknownCharge(ChargeId),
    /// The provider took another amount.
    #[error("{charge} was to be {expected} and was {reported}; look at what the provider has")]
    AmountDiffers {
        /// The charge.
        charge: ChargeId,
        /// What was asked for.
        expected: Money,
        /// What the provider says.
        reported: Money,
    },
    /// An attempt is under way.
    #[error("a payment is under way; wait until its outcome is known")]
    UnderWay,
    /// There is nothing to pay.
    #[error("there is nothing to pay")]
    NothingOpen,
    /// Tried too often.
    #[error("the payment was tried {MAX_ATTEMPTS} times; begin a new purchase")]
    TooManyAttempts,
    /// No payment of that charge.
    #[error("{0} is no payment that is known here; choose one of the subscription's own")]
    UnknownPayment(ChargeId),
    /// More than is left.
    #[error("only {left} of it can still be given back")]
    RefundTooLarge {
        /// What is left.
        left: Money,
    },
    /// Nothing, or less.
    #[error("a refund gives back more than nought")]
    RefundOfNothing,
    /// The id of an order was used before.
    #[error("the order {0} is known already; draw another id for what is new")]
    OrderIdUsed(OrderId),
    /// The id of a refund was used before, for something else.
    #[error("{0} gives something else back already; draw another id for what is new")]
    RefundIdUsed(RefundId),
    /// No refund of that id.
    #[error("{0} is no refund that is known here")]
    UnknownRefund(RefundId),
    /// It can't be asked for again.
    #[error("{0} isn't owed: it is under way, was done, or was asked for again already")]
    NotOwed(RefundId),
    /// A bank has the money.
    #[error("a bank has taken {0} back; wait for what becomes of the dispute")]
    TakenBack(ChargeId),
    /// The provider has given back what it had said it couldn't.
    #[error(
        "{0} had failed and was asked for again; look at the provider whether it was given back \
         twice"
    )]
    GivenBackTwice(RefundId),
    /// No dispute of that id.
    #[error("{0} is no dispute that is known here")]
    UnknownDispute(DisputeId),
    /// A date that the calendar doesn't have.
    #[error(transparent)]
    Calendar(#[from] OutOfCalendar),
    /// An amount that can't be reckoned with.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What a report comes to, for the owner of the order to act upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Report {
    /// Nothing new.
    Known,
    /// The open order is paid, by this attempt.
    Paid(ChargeId),
    /// Its latest attempt failed.
    Declined {
        charge: ChargeId,
        reason: DeclineReason,
        is_final: bool,
    },
    /// Its latest attempt waits for the reader.
    AwaitingReader(ChargeId),
    /// Nothing for the owner: these facts and no more.
    Only(Vec<PaymentFact>),
}

impl Payments {
    /// Opens an order and asks for its first charge. An id is used once: a
    /// provider would take a second order of one id for the first.
    pub(crate) fn opening(
        &self,
        id: OrderId,
        purpose: Purpose,
        bill: Bill,
        from: Option<Anchor>,
        method: PaymentMethodId,
        at: Timestamp,
    ) -> Result<[PaymentFact; 2], PaymentRefusal> {
        if self.closed.iter().any(|order| order.id == id) {
            return Err(PaymentRefusal::OrderIdUsed(id));
        }
        let amount = bill.total;
        let charge = ChargeId {
            order: id,
            attempt: 1,
        };
        Ok([
            PaymentFact::OrderOpened {
                order: id,
                purpose,
                bill,
                from,
                at,
            },
            PaymentFact::ChargeRequested {
                charge,
                amount,
                method,
                at,
                ask_at: inquiry::first(at)?,
            },
        ])
    }

    /// What a report comes to.
    pub(crate) fn report(
        &self,
        charge: ChargeId,
        outcome: Outcome,
        now: Timestamp,
    ) -> Result<Report, PaymentRefusal> {
        match self.open.as_ref().filter(|order| order.id == charge.order) {
            Some(order) => about_open(order, charge, outcome, now),
            None => self.about_closed(charge, outcome),
        }
    }

    fn about_closed(&self, charge: ChargeId, outcome: Outcome) -> Result<Report, PaymentRefusal> {
        let order = self
            .closed
            .iter()
            .find(|order| order.id == charge.order)
            .ok_or(PaymentRefusal::UnknownOrder(charge.order))?;
        if charge.attempt == 0 || charge.attempt > order.attempts {
            return Err(PaymentRefusal::UnknownCharge(charge));
        }
        let Outcome::Paid { amount } = outcome else {
            return Ok(Report::Known);
        };
        same_amount(charge, order.total, amount)?;
        let paid_by = order.payment.as_ref().map(|payment| payment.charge);
        if paid_by == Some(charge) || order.surplus.contains(&charge.attempt) {
            return Ok(Report::Known);
        }
        Ok(Report::Only(vec![
            PaymentFact::SurplusReceived { charge, amount },
            PaymentFact::RefundRequested {
                refund: RefundId::of_surplus(charge),
                charge,
                amount,
                reason: RefundReason::Surplus,
                source: RefundSource::Surplus,
            },
        ]))
    }
}

fn about_open(
    order: &Order,
    charge: ChargeId,
    outcome: Outcome,
    now: Timestamp,
) -> Result<Report, PaymentRefusal> {
    if charge.attempt == 0 || charge.attempt > order.attempt.number {
        return Err(PaymentRefusal::UnknownCharge(charge));
    }
    if let Outcome::Paid { amount } = outcome {
        // Whatever was said of it before: the money is there.
        same_amount(charge, order.bill.total, amount)?;
        return Ok(Report::Paid(charge));
    }
    if charge.attempt < order.attempt.number {
        return Ok(Report::Known);
    }
    let AttemptState::InFlight { asked, voiding, .. } = order.attempt.state else {
        return Ok(match (order.attempt.state, outcome) {
            // The reader didn't confirm, or the provider gave up waiting.
            (AttemptState::AwaitingReader { .. }, Outcome::Declined { reason, is_final }) => {
                Report::Declined {
                    charge,
                    reason,
                    is_final,
                }
            }
            _ => Report::Known,
        });
    };
    Ok(match outcome {
        Outcome::Declined { reason, is_final } => Report::Declined {
            charge,
            reason,
            is_final,
        },
        // It is being called off; that the bank waits is no news.
        Outcome::NeedsAuthentication if voiding => Report::Known,
        Outcome::NeedsAuthentication => Report::AwaitingReader(charge),
        _ => {
            let ask_at = inquiry::next(asked, now)?;
            let fact = PaymentFact::OutcomeUnknown { charge, ask_at };
            if order.due().is_some_and(|due| due <= ask_at) {
                return Ok(Report::Known);
            }
            Report::Only(vec![fact])
        }
    })
}

fn same_amount(charge: ChargeId, expected: Money, reported: Money) -> Result<(), PaymentRefusal> {
    if expected == reported {
        return Ok(());
    }
    Err(PaymentRefusal::AmountDiffers {
        charge,
        expected,
        reported,
    })
}

impl Order {
    /// Asks for another charge, where the last one is known to have failed.
    pub(crate) fn again(
        &self,
        method: PaymentMethodId,
        now: Timestamp,
    ) -> Result<PaymentFact, PaymentRefusal> {
        if self.is_under_way() {
            return Err(PaymentRefusal::UnderWay);
        }
        if !self.has_attempts_left() {
            return Err(PaymentRefusal::TooManyAttempts);
        }
        let charge = ChargeId {
            order: self.id,
            attempt: self.attempt.number + 1,
        };
        Ok(PaymentFact::ChargeRequested {
            charge,
            amount: self.bill.total,
            method,
            at: now,
            ask_at: inquiry::first(now)?,
        })
    }
}
