//! What facts make of a subscription. Total and dumb: everything was decided
//! and reckoned when the fact was made.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Answer, ChangeForm, Ending, Fact, PendingChange, Position, Stage, Subscription};
use crate::calendar::{Anchor, Period};
use crate::money::{Money, MoneyError};
use crate::payment::{PaymentFact, RefundSource};
use crate::terms::Then;

impl Subscription {
    /// Takes a fact in.
    pub fn apply(&mut self, fact: &Fact) {
        match fact {
            // Only the first of a history can begin it.
            Fact::Begun(_) => {}
            Fact::Payment(fact) => self.apply_payment(fact),
            Fact::Seat(fact) => self.seats.apply(fact),
            Fact::PaymentMethodSet { method } => self.method = Some(*method),
            Fact::Transferred { account } => self.account = *account,
            Fact::AddressSet { address, .. } => self.address = Some(*address),
            Fact::TaxStatusSet { status } => self.tax_status = *status,
            Fact::PriceRiseAnnounced(rise) => self.rise = Some(*rise),
            Fact::PriceRiseTold { from } => self.told_of_rise(*from),
            Fact::PriceRiseAccepted => self.answer(Answer::Accepted),
            Fact::PriceRiseRefused => self.answer(Answer::Refused),
            Fact::PriceRiseApplied { price } => self.apply_price(*price),
            Fact::PlanChangeAgreed { .. } | Fact::PlanChangeDropped | Fact::PlanChanged { .. } => {
                self.apply_change(fact);
            }
            Fact::CancellationScheduled { since, cause, .. } => {
                self.ending = Some(Ending {
                    since: *since,
                    cause: *cause,
                });
            }
            Fact::CancellationWithdrawn => self.ending = None,
            Fact::ReminderDue { days, .. } => self.reminded.push(*days),
            Fact::PeriodStarted(_)
            | Fact::PeriodEnded { .. }
            | Fact::GraceStarted { .. }
            | Fact::Recovered
            | Fact::Ended { .. }
            | Fact::Paused { .. }
            | Fact::Resumed { .. }
            | Fact::Extended { .. } => self.apply_course(fact),
        }
    }

    /// The course of time.
    fn apply_course(&mut self, fact: &Fact) {
        match fact {
            Fact::PeriodStarted(cycle) => {
                self.cycle = Some(cycle.clone());
                self.stage = Stage::Active;
                self.reminded.clear();
                self.paused_for = SignedDuration::ZERO;
            }
            Fact::PeriodEnded { earned } => {
                self.settle(*earned);
                if let Some(cycle) = &mut self.cycle {
                    cycle.over = true;
                }
            }
            Fact::GraceStarted { until } => self.stage = Stage::PastDue { until: *until },
            Fact::Recovered => self.stage = Stage::Active,
            Fact::Ended { at, why } => {
                self.stage = Stage::Ended { at: *at, why: *why };
                self.change = None;
                self.rise = None;
            }
            Fact::Paused { since, resumes } => {
                self.stage = Stage::Paused {
                    since: *since,
                    resumes: *resumes,
                };
            }
            Fact::Resumed { period, anchor } => {
                self.stage = Stage::Active;
                if let Some(cycle) = &self.cycle {
                    let away = period.start.duration_since(cycle.period.start);
                    self.paused_for = self.paused_for.saturating_add(away);
                }
                self.move_period(*period, *anchor);
            }
            Fact::Extended { period, anchor } => self.move_period(*period, *anchor),
            _ => {}
        }
    }

    fn apply_change(&mut self, fact: &Fact) {
        match fact {
            Fact::PlanChangeAgreed {
                terms,
                acceptance,
                form,
            } => {
                let (terms, acceptance) = (Arc::new(*terms.clone()), acceptance.clone());
                self.change = Some(match form {
                    ChangeForm::AtPeriodEnd => PendingChange::AtPeriodEnd { terms, acceptance },
                    ChangeForm::OnPayment => PendingChange::OnPayment {
                        terms,
                        acceptance,
                        from: None,
                    },
                    ChangeForm::OnPaymentAnew { from } => PendingChange::OnPayment {
                        terms,
                        acceptance,
                        from: Some(*from),
                    },
                });
            }
            Fact::PlanChanged {
                terms,
                acceptance,
                price,
                taxation,
            } => {
                self.terms = Arc::new(*terms.clone());
                self.acceptance = acceptance.clone();
                self.change = None;
                self.rise = None;
                if let Some(cycle) = &mut self.cycle {
                    cycle.position = Position::Start;
                    cycle.price = price.unwrap_or(cycle.price);
                    cycle.taxation = taxation.or(cycle.taxation);
                }
            }
            _ => self.change = None,
        }
    }

    fn apply_payment(&mut self, fact: &PaymentFact) {
        self.payments.apply(fact);
        match fact {
            PaymentFact::Paid { bill, .. } => self.defer(self.deferred.plus(bill.split.net)),
            PaymentFact::RefundRequested {
                source: RefundSource::Sale { deferred, .. },
                ..
            }
            | PaymentFact::ChargedBack {
                source: RefundSource::Sale { deferred, .. },
                ..
            } => self.settle(*deferred),
            _ => {}
        }
    }

    fn apply_price(&mut self, price: Money) {
        if let Then::Renews { price: today, .. } = &mut Arc::make_mut(&mut self.terms).then {
            *today = price;
        }
        self.rise = None;
    }

    fn told_of_rise(&mut self, from: Timestamp) {
        if let Some(rise) = &mut self.rise {
            (rise.told, rise.from) = (true, from);
        }
    }

    fn answer(&mut self, answer: Answer) {
        if let Some(rise) = &mut self.rise {
            rise.answer = answer;
        }
    }

    /// It ends on another day, of which readers are reminded anew.
    fn move_period(&mut self, period: Period, anchor: Anchor) {
        self.reminded.clear();
        if let Some(cycle) = &mut self.cycle {
            (cycle.period, cycle.anchor) = (period, anchor);
        }
    }

    /// So much less is deferred.
    fn settle(&mut self, amount: Money) {
        self.defer(self.deferred.minus(amount));
    }

    /// Facts hold amounts that were reckoned with before; a history that was
    /// tampered with leaves the sum as it was.
    fn defer(&mut self, sum: Result<Money, MoneyError>) {
        if let Ok(sum) = sum {
            self.deferred = sum;
        }
    }
}
