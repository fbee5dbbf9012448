//! Nobody is charged twice, and nobody gets back more than they paid.

use std::collections::BTreeMap;

use commerce::ids::{ChargeId, DisputeId, OrderId};
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
    /// What came in, and what of it was asked back.
    came: BTreeMap<ChargeId, Came>,
    /// What banks have taken back, as long as that isn't decided for us.
    taken: BTreeMap<DisputeId, ChargeId>,
}

/// Money of one charge, in minor units.
#[derive(Clone, Copy, Debug)]
struct Came {
    amount: i64,
    back: i64,
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
            PaymentFact::RefundRequested { charge, amount, .. } => {
                self.goes_back(*charge, amount.minor())
            }
            // A surplus is given back by itself; that a bank takes it as well is
            // the bank's doing. So it is where it takes what it was given before.
            PaymentFact::ChargedBack {
                dispute,
                charge,
                amount,
                source: RefundSource::Sale { .. },
            } => {
                self.taken.insert(*dispute, *charge);
                let came = self.came.get(charge).map_or(0, |came| came.amount);
                hold(amount.minor() <= came, || {
                    format!("no bank takes more than came: {amount} of {came} by {charge}")
                })
            }
            PaymentFact::ChargebackWon { dispute, .. } => {
                self.taken.remove(dispute);
                Ok(())
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

    fn goes_back(&mut self, charge: ChargeId, amount: i64) -> Result<(), Broken> {
        let is_taken = self.taken.values().any(|taken| *taken == charge);
        let came = self.came.get_mut(&charge);
        let left = came.map_or(-amount, |came| {
            came.back += amount;
            came.amount - came.back
        });
        hold(left >= 0 && !is_taken, || {
            format!("what was paid goes back once: {charge} has {left} left")
        })
    }

    fn came(&mut self, charge: ChargeId, amount: i64) -> Result<(), Broken> {
        let before = self.came.insert(charge, Came { amount, back: 0 });
        hold(before.is_none(), || {
            format!("money comes in once: {charge}")
        })
    }
}
