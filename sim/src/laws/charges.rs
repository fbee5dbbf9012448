//! Nobody is charged twice, and nobody gets back more than they paid.

use std::collections::BTreeMap;

use commerce::ids::{ChargeId, OrderId};
use commerce::payment::{DeclineReason, PaymentFact, RefundSource};

use super::{Broken, hold};

/// An attempt follows only a failure, an order is paid once and never tried
/// again, what was paid is given back once, and what nobody waits for any more is
/// called off.
#[derive(Clone, Debug, Default)]
pub(crate) struct Charges {
    /// The last attempt of each order, and whether it is paid.
    orders: BTreeMap<OrderId, (u16, bool)>,
    under_way: Option<ChargeId>,
    /// What was called off last.
    called_off: Option<ChargeId>,
    /// What is left of each charge that came in, in minor units.
    left: BTreeMap<ChargeId, i64>,
}

impl Charges {
    pub(crate) fn take(&mut self, fact: &PaymentFact) -> Result<(), Broken> {
        match fact {
            PaymentFact::Paid { charge, bill, .. } => {
                let (_, paid) = self.orders.entry(charge.order).or_default();
                hold(!*paid, || format!("an order is paid once: {charge}"))?;
                *paid = true;
                if self.under_way != Some(*charge) {
                    self.is_called_off()?;
                }
                self.under_way = None;
                self.came(*charge, bill.total.minor())
            }
            PaymentFact::SurplusReceived { charge, amount } => self.came(*charge, amount.minor()),
            PaymentFact::ChargeRequested { charge, amount, .. } => {
                hold(amount.is_positive(), || {
                    format!("nobody is charged nothing: {charge}")
                })?;
                self.asked(*charge)
            }
            PaymentFact::VoidRequested { charge, .. } => {
                self.called_off = Some(*charge);
                Ok(())
            }
            PaymentFact::OrderFailed { .. }
            | PaymentFact::ChargeDeclined {
                reason: DeclineReason::NeverAnswered,
                ..
            } => {
                self.is_called_off()?;
                self.under_way = None;
                Ok(())
            }
            PaymentFact::ChargeDeclined { .. } => {
                self.under_way = None;
                Ok(())
            }
            // A surplus is given back by itself; that a bank takes it as well is
            // the bank's doing.
            PaymentFact::ChargedBack {
                source: RefundSource::Surplus,
                ..
            } => Ok(()),
            PaymentFact::RefundRequested { charge, amount, .. }
            | PaymentFact::ChargedBack { charge, amount, .. } => {
                let left = self.left.entry(*charge).or_default();
                *left -= amount.minor();
                hold(*left >= 0, || {
                    format!("what was paid goes back once: {charge} has {left} left")
                })
            }
            _ => Ok(()),
        }
    }

    /// What may still come about, and nobody waits for.
    fn is_called_off(&self) -> Result<(), Broken> {
        let charge = self.under_way;
        hold(charge.is_none() || self.called_off == charge, || {
            format!("what is given up is called off: {charge:?}")
        })
    }

    fn asked(&mut self, charge: ChargeId) -> Result<(), Broken> {
        hold(self.under_way.is_none(), || {
            format!("{charge} is asked for while another is under way")
        })?;
        let (attempts, paid) = self.orders.entry(charge.order).or_default();
        hold(!*paid, || {
            format!("what is paid isn't charged again: {charge}")
        })?;
        *attempts += 1;
        hold(charge.attempt == *attempts, || {
            format!("each attempt is asked for once, in order: {charge}")
        })?;
        self.under_way = Some(charge);
        Ok(())
    }

    fn came(&mut self, charge: ChargeId, amount: i64) -> Result<(), Broken> {
        let before = self.left.insert(charge, amount);
        hold(before.is_none(), || {
            format!("money comes in once: {charge}")
        })
    }
}
