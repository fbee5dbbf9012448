//! A small publication on a database of its own.

mod provider;
mod shop;

use commerce::ids::{AccountId, OrderId, PaymentMethodId, SubscriptionId};
use commerce::subscription::{Begin, Command, Funding};
use commerce::tax::TaxStatus;
use jiff::{SignedDuration, Timestamp};
use ludgate_store::accounts::NewAccount;
use ludgate_store::subscriptions::Done;
use ludgate_store::{Books, MailAddress, Options, Store, Writing};
use tempfile::TempDir;

pub(crate) use provider::*;
pub(crate) use shop::*;

/// A database in a folder that goes away, and a clock that is moved by hand.
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) shop: Shop,
    pub(crate) now: Timestamp,
    drawn: u128,
    folder: Option<TempDir>,
}

/// 1 January 2027, nine in the morning in Tokyo.
pub(crate) fn new_year() -> Timestamp {
    "2027-01-01T00:00:00Z".parse().expect("a time")
}

pub(crate) async fn open(path: &std::path::Path) -> Store {
    let store = Store::open(&Options::at(path), new_year()).await;
    store.expect("the database opens")
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut world = Self::at(&folder.path().join("ludgate.db"), 1_000).await;
        world.folder = Some(folder);
        world
    }

    /// A world on a database that is there; what it draws comes after `drawn`.
    pub(crate) async fn at(path: &std::path::Path, drawn: u128) -> Self {
        Self {
            store: open(path).await,
            shop: Shop::new(),
            now: new_year(),
            drawn,
            folder: None,
        }
    }

    /// Closes the database for good, and hands over the folder that it is in.
    pub(crate) async fn closed(self) -> Option<TempDir> {
        self.store.close().await;
        self.folder
    }

    /// Keeps a folder as long as itself.
    pub(crate) fn keeps(&mut self, folder: Option<TempDir>) {
        self.folder = folder;
    }

    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.as_ref().expect("a folder of its own").path()
    }

    /// Bits that weren't drawn before.
    pub(crate) fn draw(&mut self) -> u128 {
        self.drawn += 1;
        self.drawn
    }

    pub(crate) fn books(&self) -> Books<'_> {
        self.shop.books(self.now)
    }

    pub(crate) async fn writing(&self) -> Writing {
        self.store.write().await.expect("a transaction")
    }

    pub(crate) fn passes(&mut self, time: SignedDuration) {
        self.now += time;
    }

    /// Signs somebody up.
    pub(crate) async fn account(&mut self, mail: &str) -> AccountId {
        let id = AccountId::new(self.draw());
        let mut writing = self.writing().await;
        let new = new_account(id, mail);
        assert!(
            writing
                .add_account(&new, self.now)
                .await
                .expect("an account")
        );
        writing.commit().await.expect("committed");
        id
    }

    /// Takes an offer out, with a card.
    pub(crate) async fn subscribes(&mut self, account: AccountId, offer: &str) -> SubscriptionId {
        let id = SubscriptionId::new(self.draw());
        let order = OrderId::new(self.draw());
        let begin = self.shop.begin(account, offer, order, self.now);
        let mut writing = self.writing().await;
        let begun = writing.begin_subscription(id, &begin, &self.books()).await;
        begun.expect("a beginning");
        writing.commit().await.expect("committed");
        id
    }

    /// Runs a command, which has to be accepted.
    pub(crate) async fn does(&mut self, id: SubscriptionId, command: &Command) -> Done {
        let mut writing = self.writing().await;
        let done = writing
            .command(id, command, &self.books())
            .await
            .expect("accepted");
        writing.commit().await.expect("committed");
        done
    }

    /// Ticks whatever is due; says how many.
    pub(crate) async fn ticks(&mut self) -> usize {
        let mut count = 0;
        let mut from = None;
        loop {
            let mut writing = self.store.write().await.expect("a transaction");
            let books = self.shop.books(self.now);
            let ticked = writing.tick_due(&books, from.as_ref(), 3).await;
            let ticked = ticked.expect("ticked");
            assert_eq!(ticked.failed, []);
            writing.commit().await.expect("committed");
            count += ticked.done.len();
            from = ticked.next;
            if from.is_none() {
                return count;
            }
        }
    }
}

pub(crate) fn new_account(id: AccountId, mail: &str) -> NewAccount {
    NewAccount {
        id,
        mail: MailAddress::new(mail).expect("an address"),
        name: Some("Anna Example".into()),
        locale: Some("en".into()),
        password: None,
        verified: None,
    }
}

impl Shop {
    pub(crate) fn begin(
        &self,
        account: AccountId,
        offer: &str,
        order: OrderId,
        now: Timestamp,
    ) -> Begin {
        Begin {
            account,
            terms: self.terms(offer),
            acceptance: acceptance(now),
            tax_status: TaxStatus::consumer(country("DE")),
            method: Some(PaymentMethodId::new(1)),
            address: None,
            funding: Funding::Own { order },
        }
    }
}
