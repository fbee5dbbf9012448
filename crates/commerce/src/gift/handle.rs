//! What commands come to.

use jiff::Timestamp;
use thiserror::Error;

use super::{Bought, Gift, GiftEnd, GiftFact, GiftStage};
use crate::bill::{Bill, Sold, Taxing};
use crate::calendar::{Anchor, Interval, OutOfCalendar};
use crate::ids::{
    AccountId, ChargeId, DisputeId, GiftId, OrderId, PaymentMethodId, RefundId, SubscriptionId,
};
use crate::money::{Money, MoneyError};
use crate::payment::{
    AttemptState, DeclineReason, Outcome, PaymentFact, PaymentRefusal, Payments, Purpose,
    RefundReason, RefundWish, Report, closes,
};
use crate::subscription::{Context, first};
use crate::tax::TaxStatus;
use crate::terms::{Acceptance, Terms};

/// How often a code may go out once more: for a mistyped address or two. Beyond
/// that it would be a way to have mail sent to strangers.
pub const MAX_SENT_AGAIN: u8 = 5;

/// What can be asked of a gift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiftCommand {
    /// Time has passed.
    Tick,
    /// A provider reports what became of a charge.
    Report {
        /// Which charge.
        charge: ChargeId,
        /// What became of it.
        outcome: Outcome,
    },
    /// A provider reports what became of a refund.
    RefundReport {
        /// Which refund.
        refund: RefundId,
        /// Whether the money was given back.
        done: bool,
    },
    /// Money was given back at the provider itself, in its dashboard, and nobody
    /// here had asked for it: it is booked, and a
    /// gift of which nothing is left can't be had any more.
    RefundedElsewhere {
        /// The refund: the same whenever the provider speaks of it.
        refund: RefundId,
        /// Of which charge.
        charge: ChargeId,
        /// How much, tax included.
        amount: Money,
        /// Whether it was; else it came back, where it was known that it had been.
        done: bool,
    },
    /// The buyer's bank takes the payment back.
    Chargeback {
        /// The dispute.
        dispute: DisputeId,
        /// Of which charge.
        charge: ChargeId,
        /// How much.
        amount: Money,
    },
    /// A dispute was decided for the publisher.
    ChargebackWon {
        /// The dispute.
        dispute: DisputeId,
    },
    /// Try to pay with this.
    PayWith {
        /// With what.
        method: PaymentMethodId,
    },
    /// Its buyer gives up paying for it. What waits for their bank is called off.
    GiveUp,
    /// Have its code go out once more.
    SendAgain {
        /// Whether to another address than before, so that the code that is in
        /// somebody else's hands is good no longer.
        elsewhere: bool,
    },
    /// Have it.
    Redeem {
        /// Who.
        account: AccountId,
        /// The subscription that is to come of it, drawn for it.
        subscription: SubscriptionId,
    },
    /// Give money back. All of it ends the gift, unless somebody has it.
    Refund {
        /// What and how much.
        wish: RefundWish,
    },
    /// Ask the provider once more for what it couldn't give back.
    RefundAgain {
        /// The refund that failed.
        failed: RefundId,
        /// The one that is asked for instead, drawn for it.
        refund: RefundId,
    },
}

/// Why a command is refused, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GiftRefusal {
    /// The terms are of something that can't be given.
    #[error("only what is bought once, for one reader, can be given; choose another")]
    NotGivable,
    /// It isn't paid yet.
    #[error("the gift isn't paid for yet; ask whoever gave it")]
    Incomplete,
    /// Somebody has it.
    #[error("the gift has been redeemed; a code is good for once")]
    Redeemed,
    /// Nobody can have it any more.
    #[error("the gift can't be redeemed any more ({0:?}); ask whoever gave it")]
    Ended(GiftEnd),
    /// Its code went out as often as it may.
    #[error("the code has gone out {MAX_SENT_AGAIN} times more; hand it over yourself")]
    SentTooOften,
    /// About its payment.
    #[error(transparent)]
    Payment(#[from] PaymentRefusal),
    /// A date that the calendar doesn't have.
    #[error(transparent)]
    Calendar(#[from] OutOfCalendar),
    /// An amount that can't be reckoned with.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What somebody gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buy {
    /// Who gives it.
    pub buyer: AccountId,
    /// What is given.
    pub terms: Terms,
    /// The record of the agreement.
    pub acceptance: Acceptance,
    /// How the buyer is taxed.
    pub tax_status: TaxStatus,
    /// With what it is paid.
    pub method: PaymentMethodId,
    /// The order, drawn for it.
    pub order: OrderId,
    /// For how long it can be redeemed once it is paid.
    pub redeemable: Interval,
}

/// The facts with which a gift begins, the first of them
/// [`GiftFact::Bought`].
pub fn buy(id: GiftId, buy: &Buy, context: &Context<'_>) -> Result<Vec<GiftFact>, GiftRefusal> {
    let terms = &buy.terms;
    let segment = first(terms)
        .filter(|segment| !terms.renews() && !terms.seated && segment.price.is_positive())
        .ok_or(GiftRefusal::NotGivable)?;
    let bought = Bought {
        buyer: buy.buyer,
        terms: terms.clone(),
        acceptance: buy.acceptance.clone(),
        tax_status: buy.tax_status,
        method: buy.method,
        expires: closes(context.now)?,
        redeemable: buy.redeemable,
    };
    let taxing = Taxing {
        rates: context.tax,
        customer: buy.tax_status,
        class: &terms.tax_class,
        basis: terms.tax_basis,
        day: terms.zone.civil(context.now).date(),
    };
    let plan = terms.plan.clone();
    let line = taxing.line(Sold::Gift { plan }, 1, segment.price)?;
    let bill = Bill::new(terms.currency, vec![line])?;
    let mut draft = Draft {
        state: Gift::bought(id, &bought),
        facts: vec![GiftFact::Bought(Box::new(bought))],
        now: context.now,
    };
    let (order, method, now) = (buy.order, buy.method, context.now);
    let payments = Payments::default();
    for fact in payments.opening(order, Purpose::Gift, bill, None, method, now)? {
        draft.push(GiftFact::Payment(fact));
    }
    Ok(draft.facts)
}

/// What a command comes to: facts, in order, or a refusal that says why.
pub fn handle(
    gift: &Gift,
    command: &GiftCommand,
    now: Timestamp,
) -> Result<Vec<GiftFact>, GiftRefusal> {
    let mut draft = Draft {
        state: gift.clone(),
        facts: Vec::new(),
        now,
    };
    draft.take(command)?;
    Ok(draft.facts)
}

struct Draft {
    state: Gift,
    facts: Vec<GiftFact>,
    now: Timestamp,
}

impl Draft {
    fn push(&mut self, fact: GiftFact) {
        self.state.apply(&fact);
        self.facts.push(fact);
    }

    fn paying(&mut self, fact: Option<PaymentFact>) -> bool {
        let is_new = fact.is_some();
        if let Some(fact) = fact {
            self.push(GiftFact::Payment(fact));
        }
        is_new
    }

    fn take(&mut self, command: &GiftCommand) -> Result<(), GiftRefusal> {
        match *command {
            GiftCommand::Tick => self.tick(),
            GiftCommand::Report { charge, outcome } => self.reported(charge, outcome),
            GiftCommand::PayWith { method } => self.pay_with(method),
            GiftCommand::GiveUp => self.give_up(),
            GiftCommand::SendAgain { elsewhere } => self.send_again(elsewhere),
            GiftCommand::Redeem {
                account,
                subscription,
            } => self.redeem(account, subscription),
            GiftCommand::Refund { wish } => self.refund(wish),
            GiftCommand::RefundAgain { failed, refund } => {
                let fact = self.state.payments.refunding_again(failed, refund)?;
                self.paying(fact);
                Ok(())
            }
            GiftCommand::RefundReport { refund, done } => {
                let fact = self.state.payments.refund_result(refund, done)?;
                self.paying(fact);
                Ok(())
            }
            GiftCommand::RefundedElsewhere {
                refund,
                charge,
                amount,
                done,
            } => self.refunded_elsewhere(refund, (charge, amount), done),
            GiftCommand::Chargeback {
                dispute,
                charge,
                amount,
            } => self.charged_back(dispute, charge, amount),
            GiftCommand::ChargebackWon { dispute } => {
                let fact = self.state.payments.chargeback_won(dispute)?;
                self.paying(fact);
                Ok(())
            }
        }
    }

    fn reported(&mut self, charge: ChargeId, outcome: Outcome) -> Result<(), GiftRefusal> {
        match self.state.payments.report(charge, outcome, self.now)? {
            Report::Known => {}
            Report::Only(facts) => {
                for fact in facts {
                    self.push(GiftFact::Payment(fact));
                }
            }
            Report::Paid(charge) => self.paid(charge)?,
            Report::Declined {
                charge,
                reason,
                is_final,
            } => self.declined(charge, reason, is_final),
            Report::AwaitingReader(charge) => {
                if let GiftStage::Incomplete { expires: until } = self.state.stage {
                    let fact = PaymentFact::AuthenticationRequired { charge, until };
                    self.push(GiftFact::Payment(fact));
                }
            }
        }
        Ok(())
    }

    fn paid(&mut self, charge: ChargeId) -> Result<(), GiftRefusal> {
        let Some(order) = self.state.payments.open.clone() else {
            return Ok(());
        };
        if order.charge() != charge && order.is_under_way() {
            let void = order.void(self.now)?;
            self.push(GiftFact::Payment(void));
        }
        let (bill, at) = (order.bill, self.now);
        self.push(GiftFact::Payment(PaymentFact::Paid { charge, bill, at }));
        let zone = &self.state.bought.terms.zone;
        let until = Anchor::new(at, zone)
            .after(self.state.bought.redeemable)?
            .instant(zone)?;
        self.push(GiftFact::Ready { until });
        Ok(())
    }

    /// The buyer is there, and tries another card or leaves.
    fn declined(&mut self, charge: ChargeId, reason: DeclineReason, is_final: bool) {
        self.push(GiftFact::Payment(PaymentFact::ChargeDeclined {
            charge,
            reason,
            is_final,
            retry_at: None,
        }));
    }

    fn pay_with(&mut self, method: PaymentMethodId) -> Result<(), GiftRefusal> {
        let open = self.state.payments.open.as_ref();
        let order = open.ok_or(PaymentRefusal::NothingOpen)?;
        let fact = order.again(method, self.now)?;
        self.push(GiftFact::PaymentMethodSet { method });
        self.push(GiftFact::Payment(fact));
        Ok(())
    }

    fn tick(&mut self) -> Result<(), GiftRefusal> {
        if self.state.next_due().is_none_or(|due| due > self.now) {
            return Ok(());
        }
        match self.state.stage {
            GiftStage::Incomplete { .. } => self.collect(),
            GiftStage::Ready { .. } => {
                let earned = self.state.deferred;
                self.push(GiftFact::Forfeited { earned });
                let why = GiftEnd::Expired;
                self.push(GiftFact::Ended { why });
                Ok(())
            }
            GiftStage::Redeemed { .. } | GiftStage::Ended { .. } => Ok(()),
        }
    }

    fn collect(&mut self) -> Result<(), GiftRefusal> {
        let Some(order) = self.state.payments.open.clone() else {
            return Ok(());
        };
        match order.attempt.state {
            AttemptState::InFlight { .. } => {
                if let Some(fact) = order.inquire(self.now)? {
                    self.push(GiftFact::Payment(fact));
                    return Ok(());
                }
                // Nobody asks about it any more, so it mustn't come about either.
                let void = order.void(self.now)?;
                self.push(GiftFact::Payment(void));
                self.declined(order.charge(), DeclineReason::NeverAnswered, true);
                if self.state.next_due().is_some_and(|due| due <= self.now) {
                    self.never_paid(order.id);
                }
            }
            AttemptState::AwaitingReader { .. } => {
                let void = order.void(self.now)?;
                self.push(GiftFact::Payment(void));
            }
            AttemptState::Declined { .. } => self.never_paid(order.id),
        }
        Ok(())
    }

    /// What the provider is being asked for may be paid at any moment, so that is
    /// waited for. What waits for the buyer's bank is called off; should they have
    /// confirmed it before, the money goes back.
    fn give_up(&mut self) -> Result<(), GiftRefusal> {
        let (GiftStage::Incomplete { .. }, Some(order)) =
            (self.state.stage, self.state.payments.open.clone())
        else {
            return Ok(());
        };
        match order.attempt.state {
            AttemptState::InFlight { .. } => return Err(PaymentRefusal::UnderWay.into()),
            AttemptState::AwaitingReader { .. } => {
                let void = order.void(self.now)?;
                self.push(GiftFact::Payment(void));
            }
            AttemptState::Declined { .. } => {}
        }
        self.never_paid(order.id);
        Ok(())
    }

    fn never_paid(&mut self, order: OrderId) {
        self.push(GiftFact::Payment(PaymentFact::OrderFailed { order }));
        let why = GiftEnd::NeverPaid;
        self.push(GiftFact::Ended { why });
    }

    fn redeem(
        &mut self,
        account: AccountId,
        subscription: SubscriptionId,
    ) -> Result<(), GiftRefusal> {
        let redeemed = GiftStage::Redeemed {
            account,
            subscription,
        };
        if self.state.stage == redeemed {
            return Ok(());
        }
        self.to_be_had()?;
        let prepaid = self.state.deferred;
        self.push(GiftFact::Redeemed {
            account,
            subscription,
            prepaid,
        });
        Ok(())
    }

    /// Refused unless it is paid, nobody has it, and its time isn't over.
    fn to_be_had(&self) -> Result<(), GiftRefusal> {
        match self.state.stage {
            GiftStage::Incomplete { .. } => Err(GiftRefusal::Incomplete),
            GiftStage::Redeemed { .. } => Err(GiftRefusal::Redeemed),
            GiftStage::Ended { why } => Err(GiftRefusal::Ended(why)),
            GiftStage::Ready { until } if until <= self.now => {
                Err(GiftRefusal::Ended(GiftEnd::Expired))
            }
            GiftStage::Ready { .. } => Ok(()),
        }
    }

    fn send_again(&mut self, elsewhere: bool) -> Result<(), GiftRefusal> {
        self.to_be_had()?;
        if self.state.sent_again >= MAX_SENT_AGAIN {
            return Err(GiftRefusal::SentTooOften);
        }
        self.push(GiftFact::SentAgain { elsewhere });
        Ok(())
    }

    fn refund(&mut self, wish: RefundWish) -> Result<(), GiftRefusal> {
        let deferred = self.state.deferred;
        let payments = &self.state.payments;
        let fact = payments.refunding(wish, RefundReason::Care, deferred)?;
        if self.paying(fact) {
            self.ends_if_all_went_back(wish.charge)?;
        }
        Ok(())
    }

    fn refunded_elsewhere(
        &mut self,
        refund: RefundId,
        what: (ChargeId, Money),
        done: bool,
    ) -> Result<(), GiftRefusal> {
        let (payments, deferred) = (&self.state.payments, self.state.deferred);
        for fact in payments.refunded_elsewhere(refund, what, done, deferred)? {
            self.push(GiftFact::Payment(fact));
        }
        self.ends_if_all_went_back(what.0)
    }

    /// Nobody can have a gift of whose payment nothing is left.
    fn ends_if_all_went_back(&mut self, charge: ChargeId) -> Result<(), GiftRefusal> {
        let payment = self.state.payments.payment(charge);
        let left = payment
            .map(crate::payment::Payment::refundable)
            .transpose()?;
        let all = left.is_some_and(Money::is_zero);
        if all && matches!(self.state.stage, GiftStage::Ready { .. }) {
            let why = GiftEnd::Refunded;
            self.push(GiftFact::Ended { why });
        }
        Ok(())
    }

    fn charged_back(
        &mut self,
        dispute: DisputeId,
        charge: ChargeId,
        amount: Money,
    ) -> Result<(), GiftRefusal> {
        let deferred = self.state.deferred;
        let payments = &self.state.payments;
        let fact = payments.charged_back(dispute, charge, amount, deferred)?;
        let paid_for_nothing = fact.as_ref().is_some_and(PaymentFact::is_of_surplus);
        if !self.paying(fact) || paid_for_nothing {
            return Ok(());
        }
        match self.state.stage {
            GiftStage::Redeemed { subscription, .. } => {
                self.push(GiftFact::RevocationRequested { subscription });
            }
            GiftStage::Ready { .. } => {
                let earned = self.state.deferred;
                if !earned.is_zero() {
                    self.push(GiftFact::Forfeited { earned });
                }
                let why = GiftEnd::ChargedBack;
                self.push(GiftFact::Ended { why });
            }
            GiftStage::Incomplete { .. } | GiftStage::Ended { .. } => {}
        }
        Ok(())
    }
}
