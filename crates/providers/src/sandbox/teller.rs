//! Who takes what the sandbox is asked, writes it down and lets the bank do it,
//! or makes the trouble that was ordered.

use commerce::ids::ChargeId;
use commerce::money::Money;
use commerce::payment::Outcome;
use jiff::Timestamp;

use super::Sandbox;
use super::bank::{Bank, Call, Charged, GivenBack, SetupState};
use super::card::{Fate, TestCard};
use super::journal::Journal;
use super::mischief::{Dice, Mischief};
use crate::payment::{
    Answer, Authentication, Charge, CustomerToken, Error, Event, Method, Refund, Request,
    SetupOutcome, SetupToken,
};

/// What it is called where another provider's address would be.
const HERE: &str = "the sandbox";

/// The bank, its books and the way to it.
#[derive(Debug)]
pub(super) struct Teller {
    pub(super) bank: Bank,
    journal: Option<Journal>,
    mischief: Mischief,
    dice: Dice,
}

impl Teller {
    pub(super) fn new(bank: Bank, journal: Option<Journal>, mischief: Mischief) -> Self {
        Self {
            bank,
            journal,
            dice: Dice::new(mischief.seed),
            mischief,
        }
    }

    /// Writes it down and does it, where it would change anything.
    pub(super) fn perform(&mut self, call: &Call, now: Timestamp) -> Result<(), Error> {
        if self.bank.is_moot(call) {
            return Ok(());
        }
        if let Some(journal) = &mut self.journal {
            journal.write(call, now)?;
        }
        self.bank.apply(call, now);
        Ok(())
    }

    /// Puts the journal together where it has grown long. Where that fails it
    /// goes on as it is: nothing is lost by it.
    pub(super) fn tidy(&mut self) {
        if let Some(journal) = self.journal.as_mut().filter(|journal| journal.is_long()) {
            journal.put_together(&self.bank);
        }
    }

    /// As [`Provider::carry_out`](crate::payment::Provider::carry_out) says. It
    /// knows its charges by their ids, so a second delivery is no second charge.
    pub(super) fn carry_out(&mut self, request: &Request, now: Timestamp) -> Result<Answer, Error> {
        if self.dice.falls(self.mischief.requests_lost) {
            return Err(no_answer());
        }
        let answer = match request {
            Request::Charge(charge) => self.charge(charge, now),
            Request::Inquire(charge) => self.inquire(charge, now),
            Request::Void(charge) => self.void(charge, now),
            Request::Refund(refund) => self.refund(refund, now),
            Request::Introduce { account, .. } => {
                Sandbox::customer(*account).map(|customer| Answer::introduced(*account, customer))
            }
            Request::Forget(customer) => self.forget(customer, now),
        }?;
        if self.dice.falls(self.mischief.answers_lost) {
            return Err(no_answer());
        }
        Ok(answer)
    }

    fn forget(&mut self, customer: &CustomerToken, now: Timestamp) -> Result<Answer, Error> {
        let customer = customer.clone();
        self.perform(&Call::Forget { customer }, now)?;
        Ok(Answer::silent())
    }

    pub(super) fn set_up(
        &mut self,
        setup: &SetupToken,
        customer: CustomerToken,
        drawn: u128,
    ) -> Result<(), Error> {
        let setup = setup.clone();
        let call = Call::SetUp {
            setup,
            customer,
            drawn,
        };
        // What a setup comes to depends on no time.
        self.perform(&call, Timestamp::UNIX_EPOCH)
    }

    pub(super) fn enter(
        &mut self,
        setup: &SetupToken,
        customer: &CustomerToken,
        card: TestCard,
        now: Timestamp,
    ) -> Result<SetupOutcome, Error> {
        self.setup_outcome(setup, customer)?;
        let call = Call::Enter {
            setup: setup.clone(),
            card,
        };
        self.perform(&call, now)?;
        self.setup_outcome(setup, customer)
    }

    pub(super) fn methods(&self, customer: &CustomerToken) -> Vec<Method> {
        self.bank.methods(customer)
    }

    pub(super) fn authentication(&self, charge: ChargeId) -> Authentication {
        match self.bank.charged(charge).map(Charged::outcome) {
            Some(Outcome::NeedsAuthentication) => Authentication::Ours,
            _ => Authentication::NotWaiting,
        }
    }

    /// The events that are due, about so many, and what befalls them.
    pub(super) fn events(&mut self, now: Timestamp, most: usize) -> Result<Vec<Event>, Error> {
        let mut lost = Vec::new();
        let mut events: Vec<Event> = Vec::new();
        for (number, event) in self.bank.due(now).take(most) {
            if self.dice.falls(self.mischief.events_dropped) {
                lost.push(number);
                continue;
            }
            if self.dice.falls(self.mischief.events_doubled) {
                events.push(event.clone());
            }
            events.push(event);
            if let [.., before, last] = events.as_mut_slice()
                && self.dice.falls(self.mischief.events_swapped)
            {
                std::mem::swap(before, last);
            }
        }
        self.heard(lost, now)?;
        Ok(events)
    }

    pub(super) fn heard(&mut self, events: Vec<u64>, now: Timestamp) -> Result<(), Error> {
        self.perform(&Call::Heard { events }, now)
    }

    pub(super) fn next_event_after(&self, now: Timestamp) -> Option<Timestamp> {
        self.bank.next_due(now)
    }

    pub(super) fn paid(&self) -> Vec<(ChargeId, Money, Money)> {
        self.bank.paid().collect()
    }

    fn charge(&mut self, ask: &Charge, now: Timestamp) -> Result<Answer, Error> {
        if let Some(known) = self.bank.charged(ask.id) {
            return answer(ask.id, ask.amount, known);
        }
        let fate = TestCard::of_token(&ask.method).map(TestCard::fate);
        if fate == Some(Fate::RequestLost) {
            return Err(no_answer());
        }
        let call = Call::Charge {
            charge: ask.id,
            amount: ask.amount,
            method: ask.method.clone(),
            whim: self.dice.falls(self.mischief.declines),
        };
        self.perform(&call, now)?;
        if fate == Some(Fate::AnswerLost) {
            return Err(no_answer());
        }
        self.known(ask.id, ask.amount)
    }

    /// What became of a charge; one that was never heard of never will be.
    fn inquire(&mut self, ask: &Charge, now: Timestamp) -> Result<Answer, Error> {
        let (charge, amount) = (ask.id, ask.amount);
        if self.bank.charged(charge).is_none() {
            self.perform(&Call::Forestall { charge, amount }, now)?;
        }
        self.known(charge, amount)
    }

    fn void(&mut self, ask: &Charge, now: Timestamp) -> Result<Answer, Error> {
        if self.dice.falls(self.mischief.voids_lost) {
            return Err(no_answer());
        }
        let (charge, amount) = (ask.id, ask.amount);
        self.perform(&Call::Void { charge, amount }, now)?;
        self.known(charge, amount)
    }

    fn refund(&mut self, ask: &Refund, now: Timestamp) -> Result<Answer, Error> {
        if self.bank.refunded(ask.id, now).is_none() {
            let call = Call::Refund {
                refund: ask.id,
                charge: ask.charge,
                amount: ask.amount,
            };
            self.perform(&call, now)?;
        }
        let known = self.bank.refunded(ask.id, now).ok_or_else(no_answer)?;
        Ok(match known {
            GivenBack::Yes => Answer::refund(ask.id, true),
            GivenBack::No => Answer::refund(ask.id, false),
            GivenBack::NotYet => Answer::silent(),
        })
    }

    fn known(&self, charge: ChargeId, amount: Money) -> Result<Answer, Error> {
        let known = self.bank.charged(charge).ok_or_else(no_answer)?;
        answer(charge, amount, known)
    }

    pub(super) fn setup_outcome(
        &self,
        setup: &SetupToken,
        customer: &CustomerToken,
    ) -> Result<SetupOutcome, Error> {
        let Some(known) = self.bank.setup(setup) else {
            return Ok(SetupOutcome::Over);
        };
        if known.customer != *customer {
            return Err(Error::NotTheirs);
        }
        Ok(match &known.state {
            SetupState::Waiting => SetupOutcome::Waiting,
            SetupState::Refused(reason) => SetupOutcome::Refused(*reason),
            SetupState::Saved(method) => SetupOutcome::Saved(method.clone()),
        })
    }
}

fn answer(charge: ChargeId, amount: Money, known: &Charged) -> Result<Answer, Error> {
    if known.amount != amount {
        return Err(Error::Refused {
            at: HERE.to_owned(),
            code: Some("idempotency_error".to_owned()),
            why: format!(
                "{charge} was asked for {} before, not {amount}",
                known.amount
            ),
        });
    }
    Ok(Answer::charge(charge, known.outcome(), None))
}

fn no_answer() -> Error {
    silent("it was to keep silent".to_owned())
}

/// There is no answer.
pub(super) fn silent(why: String) -> Error {
    let at = HERE.to_owned();
    Error::NoAnswer { at, why }
}
