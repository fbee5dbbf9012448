//! A small publication on a database of its own, with the sandbox as its bank
//! and a clock that is moved by hand.

mod mailbox;
mod shop;
mod stripe;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use commerce::ids::{AccountId, PaymentMethodId, SubscriptionId};
use commerce::subscription::{Fact, Subscription};
use jiff::{SignedDuration, Timestamp};
use ludgate_billing::{
    Billing, Bought, CardEntered, Clock, FormToken, Happened, Happening, Invitation, Parts,
    Purchase, Who, World,
};
use parking_lot::Mutex;
use providers::payment::{Expiry, Provider};
use providers::sandbox::{Mischief, Sandbox, TestCard};
use store::accounts::NewAccount;
use store::{MailAddress, Options, Owner, Store};
use tempfile::TempDir;
use tokio::sync::mpsc;

pub(crate) use mailbox::Mailbox;
pub(crate) use shop::*;
pub(crate) use stripe::{Asked, Notes, Said, stripe};

/// Cards of the sandbox, by what becomes of them.
pub(crate) const GOOD: &str = "4242 4242 4242 4242";
pub(crate) const NO_MONEY: &str = "4000 0000 0000 9995";
pub(crate) const EXPIRED: &str = "4000 0000 0000 0069";
pub(crate) const ONCE: &str = "4000 0000 0000 7015";
pub(crate) const TWICE: &str = "4000 0000 0000 7023";
pub(crate) const AUTHENTICATES: &str = "4000 0027 6000 3184";
pub(crate) const ANSWER_LOST: &str = "4000 0000 0000 5043";
pub(crate) const REQUEST_LOST: &str = "4000 0000 0000 4087";
pub(crate) const NOT_REFUNDED: &str = "4000 0000 0000 5126";
pub(crate) const REFUNDED_LATER: &str = "4000 0000 0000 7726";
pub(crate) const CHARGED_BACK: &str = "4000 0000 0000 0259";

/// A publication.
pub(crate) struct Press {
    pub(crate) billing: Billing,
    pub(crate) mailbox: Arc<Mailbox>,
    system: Arc<Mutex<Timestamp>>,
    drawn: AtomicU64,
    /// Whether the same is drawn again and again.
    stuck: Arc<AtomicBool>,
    /// Kept until the end of the test.
    #[allow(dead_code, reason = "goes away when it is dropped")]
    folder: Option<TempDir>,
}

/// 1 January 2027, nine in the morning in Tokyo.
pub(crate) fn new_year() -> Timestamp {
    at("2027-01-01T00:00:00Z")
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// Customer care.
pub(crate) fn care() -> Who {
    Who::Care {
        actor: "cli:anna".into(),
        why: "asked by mail".into(),
    }
}

impl Press {
    pub(crate) async fn new() -> Self {
        Self::troubled_by(Mischief::default()).await
    }

    /// One whose bank makes that trouble.
    pub(crate) async fn troubled_by(mischief: Mischief) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let provider = Provider::Sandbox(Box::new(Sandbox::in_memory(mischief)));
        let mut press = Self::at(folder.path(), provider, 1).await;
        press.folder = Some(folder);
        press
    }

    /// A publication whose database is there; what it draws begins with `seed`,
    /// and its keys are made of it.
    pub(crate) async fn at(folder: &Path, provider: Provider, seed: u64) -> Self {
        let options = Options::at(folder.join("ludgate.db"));
        let store = Store::open(&options, new_year()).await.expect("opens");
        let system = Arc::new(Mutex::new(new_year()));
        let told = Arc::clone(&system);
        let clock = Clock::test(&store, Arc::new(move || *told.lock()))
            .await
            .expect("a clock");
        let drawn = AtomicU64::new(seed << 32);
        let stuck = Arc::new(AtomicBool::new(false));
        let is_stuck = Arc::clone(&stuck);
        let random = move |bytes: &mut [u8]| {
            for chunk in bytes.chunks_mut(16) {
                let step = u64::from(!is_stuck.load(Ordering::Relaxed));
                let next = drawn.fetch_add(step, Ordering::Relaxed) + step;
                let drawn = blake3::hash(&next.to_be_bytes());
                chunk.copy_from_slice(&drawn.as_bytes()[..chunk.len()]);
            }
            true
        };
        let mailbox = Arc::new(Mailbox::default());
        let billing = Billing::new(Parts {
            store,
            provider: Arc::new(provider),
            sales: sales(),
            world: World {
                clock,
                random: Arc::new(random),
            },
            post: Arc::clone(&mailbox) as Arc<dyn ludgate_billing::Post>,
            codes: *blake3::hash(&seed.to_be_bytes()).as_bytes(),
        });
        Self {
            billing: billing.expect("billing"),
            mailbox,
            system,
            drawn: AtomicU64::new(seed << 32),
            stuck,
            folder: None,
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.billing.clock().now()
    }

    /// Lets the system's time pass; the business clock goes with it.
    pub(crate) fn passes(&self, time: SignedDuration) {
        *self.system.lock() += time;
    }

    /// Has the same drawn again and again, or no longer.
    pub(crate) fn draws_the_same(&self, again: bool) {
        self.stuck.store(again, Ordering::Relaxed);
    }

    pub(crate) fn draw(&self) -> u64 {
        self.drawn.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn form(&self) -> FormToken {
        FormToken::new(u128::from(self.draw()))
    }

    /// An invitation that a form of that account's sends.
    pub(crate) fn invitation(&self, from: AccountId) -> Invitation {
        let to = MailAddress::new("eve@example.com").expect("an address");
        Invitation {
            seat: self.form().seat(from, &to),
            kind: "invitation".into(),
            letter: serde_json::json!({ "to": to.as_str() }),
        }
    }

    /// Signs somebody up.
    pub(crate) async fn reader(&self, name: &str) -> AccountId {
        let id = AccountId::new(u128::from(self.draw()));
        let mut writing = self.billing.store().write().await.expect("a transaction");
        let new = NewAccount {
            id,
            mail: MailAddress::new(&format!("{name}@example.com")).expect("an address"),
            name: Some(name.into()),
            locale: Some("en".into()),
            password: None,
            verified: None,
        };
        assert!(writing.add_account(&new, self.now()).await.expect("added"));
        writing.commit().await.expect("committed");
        id
    }

    pub(crate) fn sandbox(&self) -> &Sandbox {
        match self.billing.provider() {
            Provider::Sandbox(sandbox) => sandbox,
            Provider::Stripe(_) => panic!("it is the sandbox"),
        }
    }

    /// Enters a card, as a browser does on our page; `pays` is what it is for.
    pub(crate) async fn enters(
        &self,
        account: AccountId,
        number: &str,
        pays: Option<SubscriptionId>,
    ) -> (PaymentMethodId, Option<Box<Subscription>>) {
        let (setup, _) = self
            .billing
            .enter_card(account, pays)
            .await
            .expect("a setup");
        let expires = Expiry::new(2035, 12).expect("a month");
        let card = TestCard::typed(number, expires).expect("a test card");
        let entered = self.billing.enter_test_card(account, &setup, card).await;
        match entered.expect("entered") {
            CardEntered::Kept { method, pays } => (method.id, pays),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn card(&self, account: AccountId, number: &str) -> PaymentMethodId {
        self.enters(account, number, None).await.0
    }

    pub(crate) fn purchase(
        &self,
        account: AccountId,
        offer: &str,
        method: Option<PaymentMethodId>,
    ) -> Purchase {
        Purchase {
            account,
            chosen: chosen(offer),
            shown: None,
            tax: consumer(),
            party: None,
            agreement: agreement(),
            method,
            address: None,
            form: self.form(),
        }
    }

    /// Buys an offer with a card of that number.
    pub(crate) async fn buys(&self, account: AccountId, offer: &str, number: &str) -> Bought {
        let method = self.card(account, number).await;
        let purchase = self.purchase(account, offer, Some(method));
        self.billing.begin(&purchase).await.expect("bought")
    }

    pub(crate) async fn subscription(&self, id: SubscriptionId) -> Subscription {
        let mut reading = self.billing.store().read().await.expect("a transaction");
        reading
            .subscription(id)
            .await
            .expect("read")
            .expect("there")
    }

    /// The names of everything that has happened to a subscription.
    pub(crate) async fn facts(&self, id: SubscriptionId) -> Vec<&'static str> {
        let mut reading = self.billing.store().read().await.expect("a transaction");
        let facts = reading.facts(id).await.expect("facts");
        facts.iter().map(Fact::name).collect()
    }

    /// Moves the clock, and says what happened on the way.
    pub(crate) async fn advance(&self, to: Timestamp) -> Vec<Happened> {
        let (sender, mut receiver) = mpsc::channel(16);
        let listening = tokio::spawn(async move {
            let mut all = Vec::new();
            while let Some(happened) = receiver.recv().await {
                all.push(happened);
            }
            all
        });
        let now = self.billing.advance(to, sender).await.expect("moved");
        assert!(now >= to, "{now} {to}");
        listening.await.expect("heard")
    }

    /// Everything that happened on the way to a moment, a line each: when, in
    /// Tokyo, and what. Mails in brackets, requests with a question mark.
    pub(crate) async fn until(&self, to: &str) -> Vec<String> {
        self.advance(at(to)).await.iter().map(line).collect()
    }

    /// Everything is as it should be in the books.
    pub(crate) async fn sound(&self) {
        let checked = self.billing.store().check().await.expect("checked");
        assert_eq!(checked.findings, Vec::<String>::new());
    }

    /// How much the bank has taken and given back, by its own account.
    pub(crate) fn bank(&self) -> (usize, i64) {
        let paid = self.sandbox().paid();
        let sum = paid
            .iter()
            .map(|(_, amount, refunded)| amount.minor() - refunded.minor())
            .sum();
        (paid.len(), sum)
    }
}

/// A line for something that happened.
pub(crate) fn line(happened: &Happened) -> String {
    let zone = jiff::tz::TimeZone::get("Asia/Tokyo").expect("a zone");
    let at = zone
        .to_datetime(happened.at)
        .strftime("%m-%d %H:%M")
        .to_string();
    let gift = matches!(happened.owner, Some(Owner::Gift(_)));
    let of = if gift { "gift " } else { "" };
    match &happened.what {
        Happening::Fact(name) => format!("{at} {of}{name}"),
        Happening::Asked(name) => format!("{at} {of}{name}?"),
        Happening::Mail(name) => format!("{at} {of}[{name}]"),
        Happening::Failed(why) => format!("{at} {of}failed: {why}"),
    }
}
