//! Orders and the money that comes in and goes out for them.
//!
//! An *order* is something to be paid once. It is collected in *attempts*, one
//! after the other: a new one is asked for only when the last is known to have
//! failed, so no order is paid twice by our doing. Results are *reported* by a
//! provider, late, twice or in another order than they came about; the same
//! report twice changes nothing, a success outweighs a failure of the same
//! attempt, and money that comes where none is due is given back.
//!
//! Whoever owns an order (a [subscription](crate::subscription), a
//! [gift](crate::gift)) decides when to try again and what follows from a
//! success. Nothing here talks to a provider: facts such as
//! [`PaymentFact::ChargeRequested`] ask for it, and commands bring what came
//! of it.

mod apply;
mod fact;
mod inquiry;
mod order;
mod refund;
mod report;

pub use fact::{PaymentFact, RefundReason, RefundSource};
pub use inquiry::{ANSWER_DAYS, CHECKOUT_HOURS, INQUIRIES};
pub use order::{
    Attempt, AttemptState, ClosedOrder, DeclineReason, Dispute, Order, Payment, Purpose,
};
pub use refund::{Refund, RefundState, RefundWish};
pub use report::{Outcome, PaymentRefusal};

pub(crate) use inquiry::closes;
pub(crate) use report::Report;

use serde::{Deserialize, Serialize};

use crate::ids::{ChargeId, OrderId, RefundId};

/// How many orders that are done with are remembered, to answer late reports
/// and to refund: three years of months, twice as long as card networks allow
/// for a dispute. A report about an older one is refused as unknown. All of
/// them are loaded whenever something is done with their owner.
pub const MAX_CLOSED: usize = 40;

/// How many refunds are remembered: two for every order that is.
pub const MAX_REFUNDS: usize = 2 * MAX_CLOSED;

/// The most attempts of one order: the retries, and a reader who tries card
/// after card. Beyond it somebody is testing stolen ones.
pub const MAX_ATTEMPTS: u16 = 20;

/// How many disputes about one order's money are remembered: two about each of
/// [`MAX_ATTEMPTS`]. A bank may take the same money once more after it has lost,
/// and hardly ever a third time.
pub const MAX_DISPUTES: usize = 40;

/// All orders of one owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payments {
    /// The order that is being collected; never more than one.
    pub open: Option<Order>,
    /// Those done with, the latest last.
    pub closed: Vec<ClosedOrder>,
    /// What was given back, the latest last.
    pub refunds: Vec<Refund>,
}

impl Payments {
    /// The payment of a charge.
    pub fn payment(&self, charge: ChargeId) -> Option<&Payment> {
        self.payments().find(|payment| payment.charge == charge)
    }

    /// Every payment that is remembered, the earliest first.
    pub fn payments(&self) -> impl DoubleEndedIterator<Item = &Payment> {
        self.closed
            .iter()
            .filter_map(|order| order.payment.as_ref())
    }

    /// Whether a charge that was asked for is still to be made: the latest
    /// attempt of the open order, which may succeed and isn't being called off.
    /// One that waited too long to be asked for may not be any more.
    pub fn is_wanted(&self, charge: ChargeId) -> bool {
        let order = self.open.as_ref();
        order.is_some_and(|order| {
            let attempt = order.attempt.state;
            let voiding = matches!(attempt, AttemptState::InFlight { voiding: true, .. });
            order.charge() == charge && order.is_under_way() && !voiding
        })
    }

    /// Whether a charge that nobody wants may still come about, as far as anybody
    /// has said: it was called off, given up or overtaken before its outcome was
    /// known. It isn't where the open order waits for it or has heard that it
    /// failed, and where its money has come. What is known of earlier attempts
    /// isn't kept, so each of those may.
    pub fn may_come_unwanted(&self, charge: ChargeId) -> bool {
        if let Some(order) = self.open.as_ref().filter(|order| order.id == charge.order) {
            return match order.attempt.state {
                _ if charge.attempt != order.attempt.number => {
                    charge.attempt < order.attempt.number
                }
                AttemptState::InFlight { voiding, .. } => voiding,
                AttemptState::AwaitingReader { .. } => false,
                AttemptState::Declined { reason, .. } => reason == DeclineReason::NeverAnswered,
            };
        }
        let order = self.closed.iter().find(|order| order.id == charge.order);
        order.is_some_and(|order| {
            let paid = order.payment.as_ref().map(|payment| payment.charge);
            paid != Some(charge) && !order.surplus.contains(&charge.attempt)
        })
    }

    /// What an order is or was for.
    pub fn purpose(&self, order: OrderId) -> Option<Purpose> {
        let open = self.open.iter().map(|known| (known.id, known.purpose));
        let closed = self.closed.iter().map(|known| (known.id, known.purpose));
        let mut all = open.chain(closed);
        all.find_map(|(id, purpose)| (id == order).then_some(purpose))
    }

    /// The refund of an id.
    pub fn refund(&self, id: RefundId) -> Option<&Refund> {
        self.refunds.iter().find(|refund| refund.id == id)
    }
}
