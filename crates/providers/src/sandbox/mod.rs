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
mod teller;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use commerce::ids::{AccountId, ChargeId};
use commerce::money::Money;
use jiff::Timestamp;
use parking_lot::Mutex;

use bank::{Bank, Call, number_of};
use journal::Journal;
use teller::{Teller, silent};

pub use card::{Fate, NUMBERS, NotATestCard, TestCard};
pub use journal::JournalError;
pub use mischief::{Mischief, PerMille};

use crate::payment::{
    Answer, Authentication, CardEntry, CustomerToken, Error, Event, EventId, Method, MethodToken,
    Request, SetupOutcome, SetupToken,
};

/// The bank and the way to it.
pub struct Sandbox {
    teller: Arc<Mutex<Teller>>,
    /// Whether it writes a file.
    has_journal: bool,
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
        let has_journal = journal.is_some();
        let teller = Arc::new(Mutex::new(Teller::new(bank, journal, mischief)));
        Self {
            teller,
            has_journal,
        }
    }

    /// Does what a row of the outbox asks for.
    pub(crate) async fn carry_out(
        &self,
        request: &Request,
        now: Timestamp,
    ) -> Result<Answer, Error> {
        let request = request.clone();
        self.ask(move |teller| teller.carry_out(&request, now))
            .await
    }

    /// The same of many, in their order: a thread is begun once for all.
    pub(crate) async fn carry_out_all(
        &self,
        requests: Vec<Request>,
        now: Timestamp,
    ) -> Vec<Result<Answer, Error>> {
        let count = requests.len();
        let asked = self.ask(move |teller| {
            let answers = requests.iter();
            let answers = answers.map(|request| teller.carry_out(request, now));
            Ok(answers.collect())
        });
        asked.await.unwrap_or_else(|error| {
            let why = error.to_string();
            (0..count).map(|_| Err(silent(why.clone()))).collect()
        })
    }

    pub(crate) fn customer(account: AccountId) -> Result<CustomerToken, Error> {
        Ok(format!("sbxcus_{:032x}", account.get()).parse()?)
    }

    pub(crate) async fn set_up(
        &self,
        customer: &CustomerToken,
        drawn: u128,
    ) -> Result<(SetupToken, CardEntry), Error> {
        let setup: SetupToken = format!("sbxseti_{drawn:032x}").parse()?;
        let customer = customer.clone();
        self.ask(move |teller| {
            teller.set_up(&setup, customer, drawn)?;
            Ok((setup, CardEntry::Ours))
        })
        .await
    }

    /// Enters a card: what a browser does with another provider's script.
    pub fn enter(
        &self,
        setup: &SetupToken,
        customer: &CustomerToken,
        card: TestCard,
        now: Timestamp,
    ) -> Result<SetupOutcome, Error> {
        self.teller.lock().enter(setup, customer, card, now)
    }

    pub(crate) async fn setup_outcome(
        &self,
        setup: &SetupToken,
        customer: &CustomerToken,
    ) -> Result<SetupOutcome, Error> {
        let (setup, customer) = (setup.clone(), customer.clone());
        self.ask(move |teller| teller.setup_outcome(&setup, &customer))
            .await
    }

    pub(crate) async fn methods(&self, customer: &CustomerToken) -> Result<Vec<Method>, Error> {
        let customer = customer.clone();
        self.ask(move |teller| Ok(teller.methods(&customer))).await
    }

    pub(crate) async fn detach(&self, method: &MethodToken) -> Result<(), Error> {
        let method = method.clone();
        // A card that is gone is gone at any time.
        let call = Call::Detach { method };
        self.ask(move |teller| teller.perform(&call, Timestamp::UNIX_EPOCH))
            .await
    }

    pub(crate) async fn authentication(&self, charge: ChargeId) -> Result<Authentication, Error> {
        self.ask(move |teller| Ok(teller.authentication(charge)))
            .await
    }

    /// The reader has confirmed a charge on our page, or has refused to. What
    /// came of it is told as an event, and to whoever inquires.
    pub fn confirm(&self, charge: ChargeId, agrees: bool, now: Timestamp) -> Result<(), Error> {
        let call = Call::Confirm { charge, agrees };
        self.teller.lock().perform(&call, now)
    }

    /// The events that are due by the business clock, about so many. They come
    /// again until they are [heard](Self::heard), as webhooks do that nobody
    /// answers.
    pub fn events(&self, now: Timestamp, most: usize) -> Result<Vec<Event>, Error> {
        self.teller.lock().events(now, most)
    }

    /// When the next event after `now` is due by the business clock: for a clock
    /// that steps through them.
    pub fn next_event_after(&self, now: Timestamp) -> Option<Timestamp> {
        self.teller.lock().next_event_after(now)
    }

    /// Takes note that these events are done with.
    pub fn heard(&self, events: &[EventId], now: Timestamp) -> Result<(), Error> {
        let numbers = events.iter().filter_map(number_of).collect();
        self.teller.lock().heard(numbers, now)
    }

    /// Every charge that took money, how much, and how much of that was given
    /// back: the bank's own account, to hold ours against.
    pub fn paid(&self) -> Vec<(ChargeId, Money, Money)> {
        self.teller.lock().paid()
    }

    /// Asks the teller, on a thread that may wait for a disk where there is a
    /// file: a line is quick, but putting a long journal together isn't.
    async fn ask<T: Send + 'static>(
        &self,
        what: impl FnOnce(&mut Teller) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        if !self.has_journal {
            return what(&mut self.teller.lock());
        }
        let teller = Arc::clone(&self.teller);
        let asked = tokio::task::spawn_blocking(move || {
            let teller = &mut *teller.lock();
            let said = what(teller);
            teller.tidy();
            said
        });
        asked
            .await
            .unwrap_or_else(|error| Err(silent(error.to_string())))
    }
}

/// Without what the bank knows, which is tens of megabytes.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("has_journal", &self.has_journal)
            .finish_non_exhaustive()
    }
}
