//! A payment provider in the process, which moves no money: for the
//! demonstration, for trying a publication out, and for tests.
//!
//! It behaves as one outside does. It takes [cards](NUMBERS) that succeed, are
//! declined, want to be confirmed; it knows what it was asked after the program
//! has ended in the middle; it tells [events](Sandbox::events) late; and where
//! it is told to, it [makes trouble](Mischief), the same way every time.

mod bank;
mod card;
mod journal;
mod mischief;
mod recent;

use std::path::Path;

use commerce::ids::{AccountId, ChargeId};
use commerce::money::Money;
use commerce::payment::Outcome;
use jiff::Timestamp;
use parking_lot::Mutex;

use bank::{Bank, Call, Charged, SetupState};
use journal::Journal;
use mischief::Dice;

pub use card::{Fate, NUMBERS, NotATestCard, TestCard};
pub use journal::JournalError;
pub use mischief::{Mischief, PerMille};

use crate::payment::{
    Answer, Authentication, CardEntry, Charge, CustomerToken, Delivery, Error, Event, EventId,
    Method, MethodToken, Refund, Request, SetupOutcome, SetupToken,
};

/// What it is called where another provider's address would be.
const HERE: &str = "the sandbox";

/// The bank and the way to it.
#[derive(Debug)]
pub struct Sandbox {
    inner: Mutex<Inner>,
    mischief: Mischief,
}

#[derive(Debug)]
struct Inner {
    bank: Bank,
    journal: Option<Journal>,
    dice: Dice,
}

impl Sandbox {
    /// One that forgets everything when it ends.
    pub fn in_memory(mischief: Mischief) -> Self {
        Self::new(Bank::default(), None, mischief)
    }

    /// One that writes down what it is told, and knows what the file says.
    pub fn open(journal: &Path) -> Result<Self, JournalError> {
        let (journal, bank) = Journal::open(journal)?;
        Ok(Self::new(bank, Some(journal), Mischief::default()))
    }

    fn new(bank: Bank, journal: Option<Journal>, mischief: Mischief) -> Self {
        let inner = Inner {
            bank,
            journal,
            dice: Dice::new(mischief.seed),
        };
        Self {
            inner: Mutex::new(inner),
            mischief,
        }
    }

    /// As [`Provider::carry_out`](crate::payment::Provider::carry_out) says. It
    /// knows its charges by their ids, so a second delivery is no second charge.
    pub(crate) fn carry_out(
        &self,
        request: &Request,
        _delivery: Delivery,
        now: Timestamp,
    ) -> Result<Answer, Error> {
        let inner = &mut *self.inner.lock();
        if inner.dice.falls(self.mischief.requests_lost) {
            return Err(no_answer());
        }
        let answer = match request {
            Request::Charge(charge) => inner.charge(charge, self.mischief.declines, now),
            Request::Inquire(charge) => inner.inquire(charge, now),
            Request::Void(charge) => inner.void(charge, now),
            Request::Refund(refund) => inner.refund(refund, now),
        }?;
        if inner.dice.falls(self.mischief.answers_lost) {
            return Err(no_answer());
        }
        Ok(answer)
    }

    pub(crate) fn customer(account: AccountId) -> Result<CustomerToken, Error> {
        Ok(format!("sbxcus_{:032x}", account.get()).parse()?)
    }

    pub(crate) fn set_up(
        &self,
        customer: &CustomerToken,
        drawn: u128,
    ) -> Result<(SetupToken, CardEntry), Error> {
        let setup: SetupToken = format!("sbxseti_{drawn:032x}").parse()?;
        let call = Call::SetUp {
            setup: setup.clone(),
            customer: customer.clone(),
            drawn,
        };
        // What a setup comes to depends on no time.
        self.inner.lock().perform(&call, Timestamp::UNIX_EPOCH)?;
        Ok((setup, CardEntry::Ours))
    }

    /// Enters a card: what a browser does with another provider's script.
    pub fn enter(
        &self,
        setup: &SetupToken,
        customer: &CustomerToken,
        card: TestCard,
        now: Timestamp,
    ) -> Result<SetupOutcome, Error> {
        let inner = &mut *self.inner.lock();
        inner.setup_outcome(setup, customer)?;
        let setup = setup.clone();
        inner.perform(
            &Call::Enter {
                setup: setup.clone(),
                card,
            },
            now,
        )?;
        inner.setup_outcome(&setup, customer)
    }

    pub(crate) fn setup_outcome(
        &self,
        setup: &SetupToken,
        customer: &CustomerToken,
    ) -> Result<SetupOutcome, Error> {
        self.inner.lock().setup_outcome(setup, customer)
    }

    pub(crate) fn methods(&self, customer: &CustomerToken) -> Vec<Method> {
        self.inner.lock().bank.methods(customer)
    }

    pub(crate) fn detach(&self, method: &MethodToken) -> Result<(), Error> {
        let method = method.clone();
        // A card that is gone is gone at any time.
        let call = Call::Detach { method };
        self.inner.lock().perform(&call, Timestamp::UNIX_EPOCH)
    }

    pub(crate) fn authentication(&self, charge: ChargeId) -> Authentication {
        match self.inner.lock().bank.charged(charge).map(Charged::outcome) {
            Some(Outcome::NeedsAuthentication) => Authentication::Ours,
            _ => Authentication::NotWaiting,
        }
    }

    /// The reader has confirmed a charge on our page, or has refused to. What
    /// came of it is told as an event, and to whoever inquires.
    pub fn confirm(&self, charge: ChargeId, agrees: bool, now: Timestamp) -> Result<(), Error> {
        let call = Call::Confirm { charge, agrees };
        self.inner.lock().perform(&call, now)
    }

    /// The events that are due by the business clock, about so many. They come
    /// again until they are [heard](Self::heard), as webhooks do that nobody
    /// answers.
    pub fn events(&self, now: Timestamp, most: usize) -> Result<Vec<Event>, Error> {
        let inner = &mut *self.inner.lock();
        let mut lost = Vec::new();
        let mut events: Vec<Event> = Vec::new();
        for (number, event) in inner.bank.due(now).take(most) {
            if inner.dice.falls(self.mischief.events_dropped) {
                lost.push(number);
                continue;
            }
            if inner.dice.falls(self.mischief.events_doubled) {
                events.push(event.clone());
            }
            events.push(event);
            if let [.., before, last] = events.as_mut_slice()
                && inner.dice.falls(self.mischief.events_swapped)
            {
                std::mem::swap(before, last);
            }
        }
        inner.forget(lost, now)?;
        Ok(events)
    }

    /// When the next event after `now` is due by the business clock: for a clock
    /// that steps through them.
    pub fn next_event_after(&self, now: Timestamp) -> Option<Timestamp> {
        self.inner.lock().bank.next_due(now)
    }

    /// Takes note that these events are done with.
    pub fn heard(&self, events: &[EventId], now: Timestamp) -> Result<(), Error> {
        let numbers = events.iter().filter_map(bank::number_of).collect();
        self.inner.lock().forget(numbers, now)
    }

    /// Every charge that took money, how much, and how much of that was given
    /// back: the bank's own account, to hold ours against.
    pub fn paid(&self) -> Vec<(ChargeId, Money, Money)> {
        self.inner.lock().bank.paid().collect()
    }
}

impl Inner {
    /// Writes it down and does it.
    fn perform(&mut self, call: &Call, now: Timestamp) -> Result<(), Error> {
        if let Some(journal) = &mut self.journal {
            journal.write(call, now)?;
        }
        self.bank.apply(call, now);
        Ok(())
    }

    fn forget(&mut self, events: Vec<u64>, now: Timestamp) -> Result<(), Error> {
        if events.is_empty() {
            return Ok(());
        }
        self.perform(&Call::Heard { events }, now)
    }

    fn charge(
        &mut self,
        ask: &Charge,
        declines: PerMille,
        now: Timestamp,
    ) -> Result<Answer, Error> {
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
            whim: self.dice.falls(declines),
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
        let (charge, amount) = (ask.id, ask.amount);
        self.perform(&Call::Void { charge, amount }, now)?;
        self.known(charge, amount)
    }

    fn refund(&mut self, ask: &Refund, now: Timestamp) -> Result<Answer, Error> {
        if self.bank.refunded(ask.id).is_none() {
            let call = Call::Refund {
                refund: ask.id,
                charge: ask.charge,
                amount: ask.amount,
            };
            self.perform(&call, now)?;
        }
        let done = self.bank.refunded(ask.id).ok_or_else(no_answer)?;
        Ok(Answer::refund(ask.id, done))
    }

    fn known(&self, charge: ChargeId, amount: Money) -> Result<Answer, Error> {
        let known = self.bank.charged(charge).ok_or_else(no_answer)?;
        answer(charge, amount, known)
    }

    fn setup_outcome(
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
    Error::NoAnswer {
        at: HERE.to_owned(),
        why: "it was to keep silent".to_owned(),
    }
}
