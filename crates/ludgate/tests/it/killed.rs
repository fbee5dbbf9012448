//! kill -9 while readers buy, the bank's events are heard and subscriptions are
//! renewed, in a loop: nothing is lost, and nothing happens twice. Orders, the
//! bank's charges, subscriptions and mails in the folder are compared after each.
//!
//! `LUDGATE_KILLS` says how often each test kills; seven times otherwise.

use std::collections::BTreeMap;
use std::net::TcpStream;
use std::time::Instant;

use commerce::ids::{AccountId, ChargeId, SubscriptionId};
use commerce::payment::PaymentFact;
use commerce::subscription::Fact;
use providers::sandbox::Sandbox;
use store::accounts::NewAccount;
use store::{MailAddress, Store};

use crate::accounts::{A_MOMENT, beside, mails, sign_up, site};
use crate::browser::Browser;
use crate::buying::{CHECKOUT, GOOD, becomes, checkout, pairs, shop, subscribes};
use crate::program::{Paper, Server, said};

/// How often each test kills.
pub(crate) fn kills() -> usize {
    let said = std::env::var("LUDGATE_KILLS").ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(7)
}

const CHARGED_BACK: &str = "4000 0000 0000 0259";

/// The password of everybody here.
const PASSWORD: &str = "correct horse battery";

/// A paper, and the server that is killed again and again.
struct Victim {
    paper: Paper,
    server: Server,
    /// Whoever has an account.
    readers: Vec<AccountId>,
}

impl Victim {
    /// With one reader, Anna, whose password is everybody's.
    fn new() -> Self {
        let paper = shop();
        let server = paper.serve();
        let mut browser = Browser::of(server.readers, &site(&paper));
        sign_up(&paper, &mut browser);
        let anna = beside(&paper, async |store| {
            account(store, "anna@example.com").await.id
        });
        Self {
            paper,
            server,
            readers: vec![anna],
        }
    }

    /// Somebody new, signed in.
    fn reader(&mut self) -> Browser {
        let number = self.readers.len();
        let mail = format!("reader{number}@example.com");
        let id = AccountId::new(u128::try_from(number).expect("few"));
        self.readers.push(id);
        beside(&self.paper, async |store| {
            let anna = account(store, "anna@example.com").await;
            let new = NewAccount {
                id,
                mail: MailAddress::new(&mail).expect("an address"),
                name: None,
                locale: None,
                password: anna.password,
                verified: anna.verified,
            };
            let mut writing = store.write().await.expect("a turn");
            assert!(
                writing
                    .add_account(&new, anna.created)
                    .await
                    .expect("added")
            );
            writing.commit().await.expect("committed");
        });
        let mut browser = Browser::of(self.server.readers, &site(&self.paper));
        let fields = [("mail", &*mail), ("password", PASSWORD)];
        let reply = browser.fill("/-/login", "/-/login", &fields);
        assert_eq!(reply.status, 303, "{reply:?}");
        browser
    }

    /// Somebody new subscribes, in peace.
    fn subscribes(&mut self, card: &str) -> Browser {
        let mut browser = self.reader();
        subscribes(&mut browser, card);
        browser
    }

    /// Kills it as soon as the bank has written so many lines more, or it has
    /// answered; and starts it again.
    fn is_killed(&mut self, request: &TcpStream, lines: usize) {
        request.set_nonblocking(true).expect("a socket");
        let answered = || request.peek(&mut [0]).is_ok();
        let end = Instant::now() + A_MOMENT;
        while self.lines() < lines && !answered() {
            assert!(Instant::now() < end, "nothing happened");
            std::thread::yield_now();
        }
        self.server.kill();
        self.server = self.paper.serve();
    }

    /// How many lines the bank has written.
    fn lines(&self) -> usize {
        let journal = std::fs::read(self.paper.path("data/sandbox.journal"));
        let newlines = journal.unwrap_or_default().into_iter();
        newlines.filter(|byte| *byte == b'\n').count()
    }

    /// Begins to move the clock, and doesn't wait.
    fn begins_to_advance(&self, by: &str) -> TcpStream {
        let token = std::fs::read_to_string(self.paper.path("data/admin-token"));
        let headers = format!(
            "Authorization: Bearer {}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            token.expect("a token").trim()
        );
        let admin = Browser::of(self.server.admin, "");
        admin.ask("POST", "/clock", &headers, &format!("by={by}"))
    }

    /// Moves it, and a day more: what was bought some seconds later is due some
    /// seconds later, and would be while it is looked at.
    fn advances(&self, by: &str) {
        for by in [by, "1 day"] {
            let (code, text) = said(&["clock", "advance", by, "--data", &self.paper.data()]);
            assert_eq!(code, 0, "{text}");
        }
    }

    /// Everything that everybody has.
    fn histories(&self) -> BTreeMap<SubscriptionId, Vec<Fact>> {
        beside(&self.paper, async |store| {
            let mut all = BTreeMap::new();
            let mut reading = store.read().await.expect("a turn");
            for account in &self.readers {
                for one in reading.subscriptions(*account).await.expect("read") {
                    let facts = reading.facts(one.id).await.expect("facts");
                    all.insert(one.id, facts);
                }
            }
            all
        })
    }

    /// Books, bank and mails agree.
    fn agrees(&self) {
        let histories = self.histories();
        for (id, facts) in &histories {
            let count = |name| facts.iter().filter(|fact| fact.name() == name).count();
            assert_eq!(count("paid"), count("period_started"), "{id}: {facts:?}");
            assert_eq!(count("paid"), count("order_opened"), "{id}: {facts:?}");
            assert!(count("ended") <= 1, "{id}: {facts:?}");
        }
        let facts = histories.values().flatten();
        let mut booked: BTreeMap<ChargeId, i64> = BTreeMap::new();
        for fact in facts {
            if let Fact::Payment(PaymentFact::Paid { charge, bill, .. }) = fact {
                let twice = booked.insert(*charge, bill.total.minor());
                assert_eq!(twice, None, "{charge}");
            }
        }
        assert_eq!(self.bank(), booked);
        beside(&self.paper, async |store| {
            let checked = store.check().await.expect("checked");
            assert_eq!(checked.findings, Vec::<String>::new());
        });
        // Of each payment and each end, and the link that Anna signed up by.
        let told = histories.values().flatten();
        let told = told.filter(|fact| matches!(fact.name(), "paid" | "ended"));
        let letters = told.count() + 1;
        assert_eq!(mails(&self.paper, letters).len(), letters);
    }

    /// What the bank has taken, by its own account. Its file is copied: it is
    /// being written.
    fn bank(&self) -> BTreeMap<ChargeId, i64> {
        let copy = self.paper.path("journal");
        std::fs::copy(self.paper.path("data/sandbox.journal"), &copy).expect("a copy");
        let bank = Sandbox::open(&copy).expect("a journal");
        let paid = bank.paid().into_iter();
        paid.map(|(charge, amount, _)| (charge, amount.minor()))
            .collect()
    }
}

async fn account(store: &Store, mail: &str) -> store::accounts::Account {
    let mail = MailAddress::new(mail).expect("an address");
    let mut reading = store.read().await.expect("a turn");
    let account = reading.account_by_mail(&mail).await.expect("a row");
    account.expect("an account")
}

#[test]
fn a_reader_whose_checkout_is_killed_sends_it_again_and_pays_once() {
    let mut victim = Victim::new();
    for kill in 0..kills() {
        let mut browser = victim.reader();
        let form = checkout(&mut browser, GOOD);
        // The card is begun, entered and charged; then comes the answer.
        let lines = victim.lines() + kill % 5;
        let request = browser.begin_post(CHECKOUT, &pairs(&form));
        victim.is_killed(&request, lines);
        let again = browser.post(CHECKOUT, &pairs(&form));
        assert!(again.location().contains("/order/"), "{again:?}");
        becomes(&mut browser, "full; reason=entitled");
        let all = victim.histories();
        assert_eq!(all.len(), kill + 1, "{all:?}");
        victim.agrees();
    }
}

#[test]
fn a_renewal_run_that_is_killed_renews_everybody_once() {
    let mut victim = Victim::new();
    for _ in 0..4 {
        victim.subscribes(GOOD);
    }
    for kill in 0..kills() {
        let lines = victim.lines() + 1 + kill % 8;
        let request = victim.begins_to_advance("1+month");
        victim.is_killed(&request, lines);
        victim.advances("1 month");
        victim.agrees();
        let paid: Vec<usize> = victim
            .histories()
            .values()
            .map(|all| payments(all))
            .collect();
        // How far the clock had come nobody knows; a month or two.
        let least = kill + 2;
        let most = 2 * kill + 3;
        for times in paid {
            assert!(
                (least..=most).contains(&times),
                "{times} of {least} to {most}"
            );
        }
    }
}

#[test]
fn what_the_bank_tells_while_it_is_killed_is_heard_once() {
    let mut victim = Victim::new();
    for kill in 0..kills() {
        victim.subscribes(CHARGED_BACK);
        let lines = victim.lines() + kill % 4;
        let request = victim.begins_to_advance("15+days");
        victim.is_killed(&request, lines);
        victim.advances("15 days");
        victim.agrees();
        for (id, facts) in victim.histories() {
            let back = facts.iter().filter(|fact| fact.name() == "charged_back");
            assert_eq!(back.count(), 1, "{id}: {facts:?}");
        }
    }
}

fn payments(facts: &[Fact]) -> usize {
    facts.iter().filter(|fact| fact.name() == "paid").count()
}
