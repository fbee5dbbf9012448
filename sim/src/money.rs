//! The bank's account of the money against ours.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use commerce::ids::{ChargeId, DisputeId, RefundId};
use commerce::payment::PaymentFact;
use providers::sandbox::Sandbox;

/// What the facts say that moved, in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moved {
    /// What came in.
    taken: BTreeMap<ChargeId, i64>,
    /// What is to go back, of which charge.
    wanted: BTreeMap<RefundId, (ChargeId, i64)>,
    /// What has gone back, by charge.
    returned: BTreeMap<ChargeId, i64>,
    /// Charges that paid for nothing: their order was given up, or paid already.
    surplus: BTreeSet<ChargeId>,
    /// Refunds that couldn't be made, or came back.
    failed: BTreeSet<RefundId>,
    /// What banks took back and didn't give up.
    disputed: BTreeMap<DisputeId, i64>,
}

impl Moved {
    /// Adds what a fact about money moved.
    pub(crate) fn take(&mut self, fact: &PaymentFact) {
        match fact {
            PaymentFact::Paid { charge, bill, .. } => {
                *self.taken.entry(*charge).or_default() += bill.total.minor();
            }
            PaymentFact::SurplusReceived { charge, amount } => {
                *self.taken.entry(*charge).or_default() += amount.minor();
                self.surplus.insert(*charge);
            }
            PaymentFact::RefundRequested {
                refund,
                charge,
                amount,
                ..
            } => {
                self.wanted.insert(*refund, (*charge, amount.minor()));
            }
            PaymentFact::Refunded { refund, amount } => {
                self.failed.remove(refund);
                if let Some((charge, _)) = self.wanted.get(refund) {
                    *self.returned.entry(*charge).or_default() += amount.minor();
                }
            }
            PaymentFact::RefundAgainRequested {
                refund,
                failed,
                charge,
                amount,
                ..
            } => {
                self.wanted.remove(failed);
                self.failed.remove(failed);
                self.wanted.insert(*refund, (*charge, amount.minor()));
            }
            PaymentFact::RefundFailed { refund, returned } => {
                self.failed.insert(*refund);
                if let (Some(amount), Some((charge, _))) = (returned, self.wanted.get(refund)) {
                    *self.returned.entry(*charge).or_default() -= amount.minor();
                }
            }
            PaymentFact::ChargedBack {
                dispute, amount, ..
            } => {
                self.disputed.insert(*dispute, amount.minor());
            }
            PaymentFact::ChargebackWon { dispute, .. } => {
                self.disputed.remove(dispute);
            }
            _ => {}
        }
    }

    /// Nothing is kept of what paid for nothing, but what a bank won't take back:
    /// for when all is quiet.
    pub(crate) fn nothing_kept(&self, sandbox: &Sandbox) -> Result<()> {
        let owed = |charge| {
            let mut wanted = self.failed.iter().filter_map(|id| self.wanted.get(id));
            wanted.any(|(of, _)| *of == charge)
        };
        for (charge, taken, back) in sandbox.paid() {
            ensure!(
                taken == back || !self.surplus.contains(&charge) || owed(charge),
                "no money is kept for what was given up: {back} of {taken} by {charge} went back"
            );
        }
        Ok(())
    }

    /// What the provider holds for us, by this account.
    pub(crate) fn held(&self) -> i64 {
        let sum = |map: &BTreeMap<_, i64>| map.values().sum::<i64>();
        sum(&self.taken) - sum(&self.returned) - self.disputed.values().sum::<i64>()
    }

    /// Holds it against the bank's. Charges that it took and we haven't heard of
    /// are returned: somebody has to be asking about each.
    pub(crate) fn against(&self, sandbox: &Sandbox) -> Result<Vec<ChargeId>> {
        let mut wanted: BTreeMap<ChargeId, i64> = BTreeMap::new();
        for (charge, amount) in self.wanted.values() {
            *wanted.entry(*charge).or_default() += amount;
        }
        let (mut unheard, mut known) = (Vec::new(), 0);
        for (charge, taken, back) in sandbox.paid() {
            let (taken, back) = (taken.minor(), back.minor());
            match self.taken.get(&charge) {
                Some(ours) => {
                    ensure!(
                        *ours == taken,
                        "{charge} took {taken}, and we booked {ours}"
                    );
                    known += 1;
                }
                None => unheard.push(charge),
            }
            let at = |map: &BTreeMap<ChargeId, i64>| map.get(&charge).copied().unwrap_or(0);
            let (least, most) = (at(&self.returned), at(&wanted));
            ensure!(
                (least..=most).contains(&back),
                "the bank gave back {back} of {charge}, and we say {least} of {most}"
            );
        }
        ensure!(
            known == self.taken.len(),
            "we booked {} charges, and the bank took {known} of them",
            self.taken.len()
        );
        Ok(unheard)
    }
}
