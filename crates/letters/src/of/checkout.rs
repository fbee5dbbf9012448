//! What is told of a first payment: only what came after its page had told the
//! reader that they'd be written to. Before, they were there and have seen it.

use commerce::calendar::Zone;
use commerce::gift::{Gift, GiftEnd, GiftStage};
use commerce::ids::ChargeId;
use commerce::money::Money;
use commerce::payment::{AttemptState, DeclineReason, PaymentFact, Payments};
use commerce::subscription::{EndReason, Stage, Subscription};

use super::money::day;
use crate::letter::{AfterFailure, Authentication, Failed, Letter, Purchase};

/// A purchase that isn't paid.
pub(super) struct Checkout<'a> {
    purchase: Purchase,
    payments: &'a Payments,
    zone: &'a Zone,
    /// Whether it has closed, and nobody has bought the same again instead.
    has_closed: bool,
}

impl<'a> Checkout<'a> {
    /// A subscription's, where it never began.
    pub(super) fn of(now: &'a Subscription) -> Option<Self> {
        let has_closed = match now.stage {
            Stage::Incomplete { .. } => false,
            Stage::Ended {
                why: EndReason::NeverPaid,
                ..
            } => true,
            _ => return None,
        };
        Some(Self {
            purchase: Purchase::Subscription(now.id),
            payments: &now.payments,
            zone: &now.terms.zone,
            has_closed,
        })
    }

    /// A gift's.
    pub(super) fn of_gift(now: &'a Gift) -> Option<Self> {
        let has_closed = match now.stage {
            GiftStage::Incomplete { .. } => false,
            GiftStage::Ended {
                why: GiftEnd::NeverPaid,
            } => true,
            _ => return None,
        };
        Some(Self {
            purchase: Purchase::Gift(now.id),
            payments: &now.payments,
            zone: &now.bought.terms.zone,
            has_closed,
        })
    }

    /// What is told of a late answer.
    pub(super) fn late(&self, fact: &PaymentFact) -> Option<Letter> {
        match fact {
            PaymentFact::ChargeDeclined { charge, reason, .. } => self.declined(*charge, *reason),
            PaymentFact::AuthenticationRequired { charge, until } => {
                let order = self.payments.open.as_ref()?;
                let waits = matches!(order.attempt.state, AttemptState::AwaitingReader { .. });
                let news = waits && order.charge() == *charge;
                news.then(|| {
                    Letter::Authentication(Authentication {
                        amount: order.bill.total,
                        until: day(self.zone, *until),
                        begins: Some(self.purchase),
                    })
                })
            }
            _ => None,
        }
    }

    fn declined(&self, charge: ChargeId, why: DeclineReason) -> Option<Letter> {
        // Called off because they wished so, or never went to their bank.
        if why == DeclineReason::Voided {
            return None;
        }
        Some(Letter::Failed(Failed {
            amount: self.unpaid(charge)?,
            why,
            then: AfterFailure::NothingBegun(self.purchase),
        }))
    }

    /// How much was asked for, where that charge was the last and is still not
    /// made up for.
    fn unpaid(&self, charge: ChargeId) -> Option<Money> {
        if let Some(order) = &self.payments.open {
            let is_latest = order.charge() == charge && !order.is_under_way();
            return is_latest.then_some(order.bill.total);
        }
        let closed = self.payments.closed.iter();
        let mut closed = closed.filter(|order| order.id == charge.order);
        let order = closed.next().filter(|_| self.has_closed)?;
        let is_latest = order.attempts == charge.attempt && order.payment.is_none();
        is_latest.then_some(order.total)
    }
}
