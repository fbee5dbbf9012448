//! What facts make of orders and payments. Total: what doesn't fit changes
//! nothing.

use super::{
    Attempt, AttemptState, ClosedOrder, Dispute, MAX_CLOSED, MAX_DISPUTES, MAX_REFUNDS, Order,
    Payment, PaymentFact, Payments, Refund, RefundState,
};
use crate::bill::Bill;
use crate::ids::{ChargeId, DisputeId, OrderId, PaymentMethodId, RefundId};
use crate::money::Money;
use crate::payment::RefundSource;

impl Payments {
    pub(crate) fn apply(&mut self, fact: &PaymentFact) {
        match fact {
            PaymentFact::OrderOpened {
                order,
                purpose,
                bill,
                from,
                at,
            } => {
                self.open = Some(Order {
                    id: *order,
                    purpose: *purpose,
                    bill: bill.clone(),
                    from: *from,
                    opened: *at,
                    attempt: Attempt {
                        number: 0,
                        method: PaymentMethodId::new(0),
                        state: AttemptState::InFlight {
                            since: *at,
                            ask_at: *at,
                            asked: 0,
                            voiding: false,
                        },
                    },
                });
            }
            PaymentFact::ChargeRequested {
                charge,
                method,
                at,
                ask_at,
                ..
            } => {
                if let Some(order) = self.open.as_mut().filter(|order| order.id == charge.order) {
                    order.attempt = Attempt {
                        number: charge.attempt,
                        method: *method,
                        state: AttemptState::InFlight {
                            since: *at,
                            ask_at: *ask_at,
                            asked: 0,
                            voiding: false,
                        },
                    };
                }
            }
            PaymentFact::OrderFailed { order } => self.close(*order, None),
            PaymentFact::Paid { charge, bill, .. } => {
                self.close(charge.order, Some(payment(*charge, bill)));
            }
            PaymentFact::SurplusReceived { charge, .. } => {
                if let Some(order) = self.closed_mut(charge.order) {
                    order.surplus.push(charge.attempt);
                }
            }
            PaymentFact::ChargeDeclined { charge, .. }
            | PaymentFact::OutcomeUnknown { charge, .. }
            | PaymentFact::InquiryRequested { charge, .. }
            | PaymentFact::AuthenticationRequired { charge, .. }
            | PaymentFact::VoidRequested { charge, .. } => self.attempt(*charge, fact),
            PaymentFact::RefundRequested { .. }
            | PaymentFact::Refunded { .. }
            | PaymentFact::RefundFailed { .. }
            | PaymentFact::RefundAgainRequested { .. }
            | PaymentFact::ChargedBack { .. }
            | PaymentFact::ChargebackWon { .. } => self.given_back(fact),
        }
    }

    fn attempt(&mut self, charge: ChargeId, fact: &PaymentFact) {
        let Some(order) = self.open.as_mut().filter(|order| order.charge() == charge) else {
            return;
        };
        let state = &mut order.attempt.state;
        match (fact, &mut *state) {
            (
                PaymentFact::ChargeDeclined {
                    reason,
                    is_final,
                    retry_at,
                    ..
                },
                _,
            ) => {
                *state = AttemptState::Declined {
                    reason: *reason,
                    is_final: *is_final,
                    retry_at: *retry_at,
                };
            }
            (PaymentFact::AuthenticationRequired { until, .. }, _) => {
                *state = AttemptState::AwaitingReader { until: *until };
            }
            (
                PaymentFact::OutcomeUnknown { ask_at: at, .. },
                AttemptState::InFlight { ask_at, .. },
            ) => *ask_at = *at,
            (
                PaymentFact::InquiryRequested {
                    asked: times,
                    ask_at: at,
                    ..
                },
                AttemptState::InFlight { ask_at, asked, .. },
            ) => (*ask_at, *asked) = (*at, *times),
            (
                PaymentFact::VoidRequested { at, ask_at, .. },
                AttemptState::InFlight { .. } | AttemptState::AwaitingReader { .. },
            ) => {
                *state = AttemptState::InFlight {
                    since: *at,
                    ask_at: *ask_at,
                    asked: 0,
                    voiding: true,
                };
            }
            _ => {}
        }
    }

    fn close(&mut self, id: OrderId, payment: Option<Payment>) {
        let Some(order) = self.open.take_if(|order| order.id == id) else {
            return;
        };
        if self.closed.len() >= MAX_CLOSED {
            self.closed.remove(0);
        }
        self.closed.push(ClosedOrder {
            id,
            purpose: order.purpose,
            attempts: order.attempt.number,
            total: order.bill.total,
            payment,
            surplus: Vec::new(),
            disputed: Vec::new(),
        });
    }

    fn given_back(&mut self, fact: &PaymentFact) {
        match fact {
            PaymentFact::RefundRequested {
                refund,
                charge,
                amount,
                source,
                ..
            } => {
                self.asked_back(*refund, *charge, *amount);
                if let RefundSource::Sale { tax, .. } = source {
                    self.took(*charge, *amount, *tax);
                }
            }
            PaymentFact::RefundAgainRequested {
                refund,
                failed,
                charge,
                amount,
                ..
            } => {
                self.mark(*failed, RefundState::Replaced);
                self.asked_back(*refund, *charge, *amount);
            }
            PaymentFact::Refunded { refund, .. } => self.mark(*refund, RefundState::Done),
            PaymentFact::RefundFailed { refund, returned } => {
                let state = match returned {
                    Some(_) => RefundState::Returned,
                    None => RefundState::Failed,
                };
                self.mark(*refund, state);
            }
            PaymentFact::ChargedBack {
                dispute,
                charge,
                amount,
                source,
            } => {
                let disputed = |tax: Money| Dispute {
                    id: *dispute,
                    amount: *amount,
                    tax,
                    won: false,
                };
                match source {
                    RefundSource::Sale { tax, .. } => {
                        if let Some(payment) = self.payment_mut(*charge) {
                            remember(&mut payment.disputes, disputed(*tax));
                        }
                    }
                    RefundSource::Surplus => {
                        let dispute = disputed(Money::zero(amount.currency()));
                        if let Some(order) = self.closed_mut(charge.order) {
                            remember(&mut order.disputed, (charge.attempt, dispute));
                        }
                    }
                }
            }
            PaymentFact::ChargebackWon { dispute, .. } => {
                if let Some(known) = self.dispute_mut(*dispute) {
                    known.won = true;
                }
            }
            _ => {}
        }
    }

    fn dispute_mut(&mut self, id: DisputeId) -> Option<&mut Dispute> {
        let mut orders = self.closed.iter_mut();
        orders.find_map(|order| order.dispute_mut(id))
    }

    fn asked_back(&mut self, id: RefundId, charge: ChargeId, amount: Money) {
        if self.refunds.len() >= MAX_REFUNDS {
            self.refunds.remove(0);
        }
        self.refunds.push(Refund {
            id,
            charge,
            amount,
            state: RefundState::Requested,
        });
    }

    fn took(&mut self, charge: ChargeId, amount: Money, tax: Money) {
        if let Some(payment) = self.payment_mut(charge)
            && let (Ok(refunded), Ok(refunded_tax)) = (
                payment.refunded.plus(amount),
                payment.refunded_tax.plus(tax),
            )
        {
            payment.refunded = refunded;
            payment.refunded_tax = refunded_tax;
        }
    }

    fn mark(&mut self, id: RefundId, state: RefundState) {
        if let Some(refund) = self.refunds.iter_mut().find(|refund| refund.id == id) {
            refund.state = state;
        }
    }

    fn closed_mut(&mut self, id: OrderId) -> Option<&mut ClosedOrder> {
        self.closed.iter_mut().find(|order| order.id == id)
    }

    fn payment_mut(&mut self, charge: ChargeId) -> Option<&mut Payment> {
        self.closed
            .iter_mut()
            .filter_map(|order| order.payment.as_mut())
            .find(|payment| payment.charge == charge)
    }
}

impl ClosedOrder {
    fn dispute_mut(&mut self, id: DisputeId) -> Option<&mut Dispute> {
        let of_sale = self.payment.iter_mut().flat_map(|it| &mut it.disputes);
        let of_surplus = self.disputed.iter_mut().map(|(_, dispute)| dispute);
        of_sale.chain(of_surplus).find(|known| known.id == id)
    }
}

/// Keeps the latest disputes about an order.
fn remember<T>(disputes: &mut Vec<T>, dispute: T) {
    if disputes.len() >= MAX_DISPUTES {
        disputes.remove(0);
    }
    disputes.push(dispute);
}

fn payment(charge: ChargeId, bill: &Bill) -> Payment {
    let nothing = Money::zero(bill.total.currency());
    Payment {
        charge,
        split: bill.split,
        total: bill.total,
        country: bill.tax_country(),
        refunded: nothing,
        refunded_tax: nothing,
        disputes: Vec::new(),
    }
}
