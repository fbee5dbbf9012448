//! Charges and refunds at the bank.

use commerce::ids::{ChargeId, DisputeId, RefundId};
use commerce::money::Money;
use commerce::payment::{DeclineReason, Outcome};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Bank;
use crate::payment::{MethodToken, Notice};
use crate::sandbox::card::{CHARGEBACK_DAYS, DECISION_DAYS, Fate, REFUND_DAYS, TestCard};

/// A charge the bank was asked for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(in crate::sandbox) struct Charged {
    pub(in crate::sandbox) amount: Money,
    state: Charging,
    fate: Fate,
    /// How much was given back.
    refunded: Money,
    /// From when on the money is back at the bank.
    taken_back: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Charging {
    Paid,
    Declined(DeclineReason, bool),
    Waiting,
    Voided,
    NeverCame,
}

/// What is known of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum GivenBack {
    Yes,
    No,
    /// It takes its time.
    NotYet,
}

impl Bank {
    pub(in crate::sandbox) fn charged(&self, charge: ChargeId) -> Option<&Charged> {
        self.charges.get(&charge)
    }

    /// Whether a refund was made, as it is known at a time; `None` where none was
    /// asked for.
    pub(in crate::sandbox) fn refunded(
        &self,
        refund: RefundId,
        now: Timestamp,
    ) -> Option<GivenBack> {
        let done = *self.refunds.get(&refund)?;
        let known = self.refunds_known.get(&refund);
        Some(match done {
            _ if known.is_some_and(|known| now < *known) => GivenBack::NotYet,
            true => GivenBack::Yes,
            false => GivenBack::No,
        })
    }

    /// Every charge that took money, with what was given back of it.
    pub(in crate::sandbox) fn paid(&self) -> impl Iterator<Item = (ChargeId, Money, Money)> {
        let all = self.charges.iter();
        all.filter(|(_, charged)| charged.state == Charging::Paid)
            .map(|(id, charged)| (*id, charged.amount, charged.refunded))
    }

    /// Whether a charge waits for its reader.
    pub(super) fn is_waiting(&self, charge: ChargeId) -> bool {
        let known = self.charges.get(&charge);
        known.is_some_and(|charged| charged.state == Charging::Waiting)
    }

    pub(super) fn charge(
        &mut self,
        charge: ChargeId,
        amount: Money,
        method: &MethodToken,
        whim: bool,
        now: Timestamp,
    ) {
        if self.charges.get(&charge).is_some() {
            return;
        }
        let past = self.pasts.get(method).copied().unwrap_or_default();
        let card = TestCard::of_token(method).filter(|_| !past.detached);
        let fate = card.map_or(Fate::Declined, TestCard::fate);
        let state = match card {
            None => Charging::Declined(DeclineReason::CardBlocked, true),
            Some(card) if card.card().expires.is_over(now) => {
                Charging::Declined(DeclineReason::CardExpired, true)
            }
            Some(_) if whim => Charging::Declined(DeclineReason::Refused, false),
            Some(_) => match fate.decline(past.successes) {
                Some((reason, is_final)) => Charging::Declined(reason, is_final),
                None if fate == Fate::Authenticates => Charging::Waiting,
                None => Charging::Paid,
            },
        };
        if state == Charging::Paid && matches!(fate, Fate::SucceedsTimes(_)) {
            self.past(method).successes += 1;
        }
        let charged = Charged {
            amount,
            state,
            fate,
            refunded: Money::zero(amount.currency()),
            taken_back: None,
        };
        self.charges.insert(charge, charged);
        self.came_about(charge, now);
    }

    pub(super) fn confirm(&mut self, charge: ChargeId, agrees: bool, now: Timestamp) {
        let Some(charged) = self.charges.get_mut(&charge) else {
            return;
        };
        if charged.state != Charging::Waiting {
            return;
        }
        charged.state = if agrees {
            Charging::Paid
        } else {
            Charging::Declined(DeclineReason::AuthenticationFailed, false)
        };
        self.came_about(charge, now);
    }

    /// Calls off what hasn't come about yet.
    pub(super) fn call_off(&mut self, charge: ChargeId, amount: Money, state: Charging) {
        match self.charges.get_mut(&charge) {
            Some(charged) if charged.state == Charging::Waiting => charged.state = state,
            Some(_) => {}
            None => {
                let charged = Charged {
                    amount,
                    state,
                    fate: Fate::Succeeds,
                    refunded: Money::zero(amount.currency()),
                    taken_back: None,
                };
                self.charges.insert(charge, charged);
            }
        }
    }

    pub(super) fn refund(
        &mut self,
        refund: RefundId,
        charge: ChargeId,
        amount: Money,
        now: Timestamp,
    ) {
        if self.refunds.get(&refund).is_some() {
            return;
        }
        let charged = self.charges.get_mut(&charge);
        let is_slow = charged
            .as_ref()
            .is_some_and(|charged| charged.fate == Fate::RefundedLater);
        let done = charged.is_some_and(|charged| charged.give_back(amount, now));
        self.refunds.insert(refund, done);
        let known = later(now, REFUND_DAYS).filter(|_| is_slow);
        if let Some(known) = known {
            self.refunds_known.insert(refund, known);
        }
        self.tell(Notice::Refund { refund, done }, known.unwrap_or(now));
    }

    /// Tells what became of a charge, and plans what its card has in store.
    fn came_about(&mut self, charge: ChargeId, now: Timestamp) {
        let Some(charged) = self.charges.get_mut(&charge) else {
            return;
        };
        let (outcome, fate, amount) = (charged.outcome(), charged.fate, charged.amount);
        // Else nobody would have to inquire.
        if fate != Fate::AnswerLost {
            self.tell(Notice::Charge { charge, outcome }, now);
        }
        let is_disputed = matches!(fate, Fate::ChargedBack | Fate::ChargebackWon)
            && matches!(outcome, Outcome::Paid { .. });
        let Some(taken_back) = later(now, CHARGEBACK_DAYS).filter(|_| is_disputed) else {
            return;
        };
        if let Some(charged) = self.charges.get_mut(&charge) {
            charged.taken_back = Some(taken_back);
        }
        let dispute = dispute_about(charge);
        let notice = Notice::Chargeback {
            dispute,
            charge,
            amount,
        };
        self.tell(notice, taken_back);
        if fate == Fate::ChargebackWon
            && let Some(decided) = later(taken_back, DECISION_DAYS)
        {
            self.tell(Notice::ChargebackWon { dispute }, decided);
        }
    }
}

impl Charged {
    pub(in crate::sandbox) fn outcome(&self) -> Outcome {
        let declined = |reason, is_final| Outcome::Declined { reason, is_final };
        match self.state {
            Charging::Paid => Outcome::Paid {
                amount: self.amount,
            },
            Charging::Declined(reason, is_final) => declined(reason, is_final),
            Charging::Waiting => Outcome::NeedsAuthentication,
            Charging::Voided => declined(DeclineReason::Voided, false),
            Charging::NeverCame => declined(DeclineReason::ProviderError, false),
        }
    }

    /// Gives back a part, where there is one to give.
    fn give_back(&mut self, amount: Money, now: Timestamp) -> bool {
        let is_here = self.state == Charging::Paid
            && self.fate != Fate::NotRefunded
            && self.taken_back.is_none_or(|at| now < at);
        let Ok(refunded) = self.refunded.plus(amount) else {
            return false;
        };
        if !is_here || !amount.is_positive() || refunded.minor() > self.amount.minor() {
            return false;
        }
        self.refunded = refunded;
        true
    }
}

fn later(now: Timestamp, days: i64) -> Option<Timestamp> {
    now.checked_add(SignedDuration::from_hours(24 * days)).ok()
}

/// One dispute about each charge, known by it.
fn dispute_about(charge: ChargeId) -> DisputeId {
    DisputeId::new(charge.order.get().wrapping_add(u128::from(charge.attempt)))
}
