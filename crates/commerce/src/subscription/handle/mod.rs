//! What commands come to.
//!
//! Each is worked out on a [`Draft`]: a copy of the subscription on which
//! every fact is applied as soon as it is found, so that what follows is
//! decided on what has become of it. Only the facts come out.

mod begin;
mod cancel;
mod change;
mod collect;
mod details;
mod end;
mod pause;
mod period;
mod price;
mod refund;
mod tick;

use jiff::Timestamp;

pub use begin::begin;

use super::{Command, Fact, Refusal, Stage, Subscription};
use crate::bill::Taxing;
use crate::tax::TaxRates;
use crate::terms::Terms;

/// What a decision needs besides the state and the command.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The business clock.
    pub now: Timestamp,
    /// The publisher's rates of tax.
    pub tax: &'a TaxRates,
}

/// What a command comes to: facts, in order, or a refusal that says why. No
/// facts means that everything is as the command wants it already.
pub fn handle(
    subscription: &Subscription,
    command: &Command,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let mut draft = Draft::new(subscription.clone(), *context);
    draft.take(command)?;
    Ok(draft.facts)
}

/// A copy of the subscription, and the facts found so far.
pub(super) struct Draft<'a> {
    state: Subscription,
    facts: Vec<Fact>,
    context: Context<'a>,
}

impl<'a> Draft<'a> {
    fn new(state: Subscription, context: Context<'a>) -> Self {
        Self {
            state,
            facts: Vec::new(),
            context,
        }
    }

    fn now(&self) -> Timestamp {
        self.context.now
    }

    fn push(&mut self, fact: impl Into<Fact>) {
        let fact = fact.into();
        self.state.apply(&fact);
        self.facts.push(fact);
    }

    fn take(&mut self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Tick { order } => self.tick(*order),
            Command::Report { charge, outcome } => self.reported(*charge, *outcome),
            Command::RefundReport { refund, done } => self.refund_reported(*refund, *done),
            Command::RefundedElsewhere {
                refund,
                charge,
                amount,
                done,
            } => self.refunded_elsewhere(*refund, (*charge, *amount), *done),
            Command::Chargeback {
                dispute,
                charge,
                amount,
            } => self.charged_back(*dispute, *charge, *amount),
            Command::ChargebackWon { dispute } => self.chargeback_won(*dispute),
            Command::Refund { wish, access } => self.refund(*wish, *access),
            Command::RefundAgain { failed, refund } => self.refund_again(*failed, *refund),
            Command::SetTaxStatus { status } => {
                self.set_tax_status(*status);
                Ok(())
            }
            Command::Transfer { to } => {
                self.transfer(*to);
                Ok(())
            }
            Command::Revoke => self.revoke(),
            Command::PriceRiseTold { price, from } => {
                self.told_of_rise(*price, *from);
                Ok(())
            }
            // Everything else is about something that goes on.
            _ if self.state.is_ended() => Err(Refusal::Ended),
            Command::SetPaymentMethod { method } => self.set_payment_method(*method),
            Command::PayNow => self.pay_now(),
            Command::Cancel { when, reason } => self.cancel(*when, *reason),
            Command::Reactivate => self.reactivate(),
            Command::Pause { resumes } => self.pause(*resumes),
            Command::Resume => self.resume(),
            Command::ChangePlan(change) => self.change_plan(change),
            Command::KeepPlan => self.keep_plan(),
            Command::Withdraw { refund } => self.withdraw(*refund),
            Command::AnnouncePriceRise { price, from } => self.announce(*price, *from),
            Command::AcceptPriceRise => self.answer(true),
            Command::RefusePriceRise => self.answer(false),
            Command::Extend { by } => self.extend(*by),
            Command::SetAddress { address } => self.set_address(*address),
            Command::Seat(command) => self.seat(command),
        }
    }

    /// What taxes a sale on `terms` today.
    fn taxing<'t>(&self, terms: &'t Terms) -> Taxing<'t>
    where
        'a: 't,
    {
        Taxing {
            rates: self.context.tax,
            customer: self.state.tax_status,
            class: &terms.tax_class,
            basis: terms.tax_basis,
            day: terms.zone.civil(self.context.now).date(),
        }
    }

    /// Refuses unless it runs, unhindered.
    fn running(&self) -> Result<(), Refusal> {
        match self.state.stage {
            Stage::Incomplete { .. } => Err(Refusal::Incomplete),
            Stage::PastDue { .. } => Err(Refusal::PastDue),
            Stage::Paused { .. } => Err(Refusal::Paused),
            Stage::Ended { .. } => Err(Refusal::Ended),
            Stage::Active if self.state.payments.open.is_some() => Err(Refusal::PaymentUnderWay),
            Stage::Active => Ok(()),
        }
    }
}
