//! Where a gift stands, and what has happened to it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::calendar::Interval;
use crate::ids::{AccountId, GiftId, PaymentMethodId, SubscriptionId};
use crate::money::{Money, MoneyError};
use crate::payment::{AttemptState, PaymentFact, Payments, RefundSource};
use crate::tax::TaxStatus;
use crate::terms::{Acceptance, Terms};

/// A gift as its facts have made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gift {
    /// Its id.
    pub id: GiftId,
    /// How it was bought.
    pub bought: Bought,
    /// With what it is paid.
    pub method: PaymentMethodId,
    /// Where it stands.
    pub stage: GiftStage,
    /// Its order, payment and refunds.
    pub payments: Payments,
    /// What was paid, without tax, and isn't anybody's yet.
    pub deferred: Money,
    /// How often its code has gone out once more.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub sent_again: u8,
    /// Which of its codes is good, from nought: each time that one goes
    /// elsewhere, it is the next.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub code: u8,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_nought(number: &u8) -> bool {
    *number == 0
}

/// Where a gift stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GiftStage {
    /// To be paid.
    Incomplete {
        /// When the checkout closes.
        expires: Timestamp,
    },
    /// Paid; its code can be redeemed.
    Ready {
        /// The first instant at which it no longer can.
        until: Timestamp,
    },
    /// Somebody has it.
    Redeemed {
        /// Who.
        account: AccountId,
        /// As what.
        subscription: SubscriptionId,
    },
    /// Nobody can have it any more.
    Ended {
        /// Why.
        why: GiftEnd,
    },
}

/// Why a gift can't be had any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GiftEnd {
    /// It was never paid.
    NeverPaid,
    /// It was refunded.
    Refunded,
    /// The buyer's bank took the payment back.
    ChargedBack,
    /// Nobody redeemed it in time.
    Expired,
}

/// What has happened to a gift. Holds no personal data: whom it is for and what
/// the card says is kept outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GiftFact {
    /// It was chosen. Always the first.
    Bought(Box<Bought>),
    /// About its order and money.
    Payment(PaymentFact),
    /// It is paid; the code goes out.
    Ready {
        /// Until when it can be redeemed.
        until: Timestamp,
    },
    /// Its code goes out once more.
    SentAgain {
        /// Whether elsewhere, and so another code.
        elsewhere: bool,
    },
    /// Somebody redeemed it.
    Redeemed {
        /// Who.
        account: AccountId,
        /// As what.
        subscription: SubscriptionId,
        /// What was paid for it, without tax; the subscription earns it.
        prepaid: Money,
    },
    /// Nobody redeemed it in time; the publisher keeps what was paid.
    Forfeited {
        /// How much, without tax.
        earned: Money,
    },
    /// Nobody can have it any more.
    Ended {
        /// Why.
        why: GiftEnd,
    },
    /// What came of it is to be revoked: its payment was taken back.
    RevocationRequested {
        /// The subscription.
        subscription: SubscriptionId,
    },
    /// It is paid otherwise from now on.
    PaymentMethodSet {
        /// With what.
        method: PaymentMethodId,
    },
}

/// How a gift was bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bought {
    /// Who gives it.
    pub buyer: AccountId,
    /// What is given.
    pub terms: Terms,
    /// The record of the buyer's agreement.
    pub acceptance: Acceptance,
    /// How the buyer is taxed.
    pub tax_status: TaxStatus,
    /// With what it is paid.
    pub method: PaymentMethodId,
    /// When the checkout closes.
    pub expires: Timestamp,
    /// For how long it can be redeemed once it is paid.
    pub redeemable: Interval,
}

/// The first fact of a history isn't that it was bought, or there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a gift's history begins with its being bought; restore the facts before")]
pub struct BadGiftHistory;

impl Gift {
    /// The gift that its first fact makes.
    pub fn bought(id: GiftId, bought: &Bought) -> Self {
        Self {
            id,
            method: bought.method,
            stage: GiftStage::Incomplete {
                expires: bought.expires,
            },
            payments: Payments::default(),
            deferred: Money::zero(bought.terms.currency),
            sent_again: 0,
            code: 0,
            bought: bought.clone(),
        }
    }

    /// The gift that a whole history makes.
    pub fn replay<'a>(
        id: GiftId,
        facts: impl IntoIterator<Item = &'a GiftFact>,
    ) -> Result<Self, BadGiftHistory> {
        let mut facts = facts.into_iter();
        let Some(GiftFact::Bought(bought)) = facts.next() else {
            return Err(BadGiftHistory);
        };
        let mut gift = Self::bought(id, bought);
        for fact in facts {
            gift.apply(fact);
        }
        Ok(gift)
    }

    /// Takes a fact in.
    pub fn apply(&mut self, fact: &GiftFact) {
        match fact {
            GiftFact::Bought(_) | GiftFact::RevocationRequested { .. } => {}
            GiftFact::Payment(fact) => {
                self.payments.apply(fact);
                match fact {
                    PaymentFact::Paid { bill, .. } => {
                        self.defer(self.deferred.plus(bill.split.net));
                    }
                    PaymentFact::RefundRequested {
                        source: RefundSource::Sale { deferred, .. },
                        ..
                    }
                    | PaymentFact::ChargedBack {
                        source: RefundSource::Sale { deferred, .. },
                        ..
                    } => self.defer(self.deferred.minus(*deferred)),
                    _ => {}
                }
            }
            GiftFact::Ready { until } => self.stage = GiftStage::Ready { until: *until },
            GiftFact::SentAgain { elsewhere } => {
                self.sent_again = self.sent_again.saturating_add(1);
                self.code = self.code.saturating_add(u8::from(*elsewhere));
            }
            GiftFact::Redeemed {
                account,
                subscription,
                prepaid,
            } => {
                self.defer(self.deferred.minus(*prepaid));
                self.stage = GiftStage::Redeemed {
                    account: *account,
                    subscription: *subscription,
                };
            }
            GiftFact::Forfeited { earned } => self.defer(self.deferred.minus(*earned)),
            GiftFact::Ended { why } => self.stage = GiftStage::Ended { why: *why },
            GiftFact::PaymentMethodSet { method } => self.method = *method,
        }
    }

    /// When the gift needs a tick next.
    pub fn next_due(&self) -> Option<Timestamp> {
        let order = self.payments.open.as_ref();
        match self.stage {
            GiftStage::Incomplete { expires } => match order.map(|order| order.attempt.state) {
                Some(AttemptState::InFlight { .. } | AttemptState::AwaitingReader { .. }) => {
                    order.and_then(crate::payment::Order::due)
                }
                _ => Some(expires),
            },
            GiftStage::Ready { until } => Some(until),
            GiftStage::Redeemed { .. } | GiftStage::Ended { .. } => None,
        }
    }

    /// See [`Subscription`](crate::subscription::Subscription): facts hold what
    /// was reckoned with before.
    fn defer(&mut self, sum: Result<Money, MoneyError>) {
        if let Ok(sum) = sum {
            self.deferred = sum;
        }
    }
}
