//! Measures the nightly run as the program does it: so many subscriptions, of
//! which some are due, are renewed by [`Billing::run`] with the sandbox as the
//! bank, its journal on disk, mail going nowhere.
//!
//! ```text
//! cargo run --release -p ludgate-billing --example night -- 100000 33000 FOLDER
//! ```
//!
//! The folder, the system's own for such things by default, is left with the
//! database in it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::similar_names,
    reason = "a measurement, with the tests' shop"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a measurement has a clock of its own"
)]

#[path = "../tests/it/support/shop.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the tests")]
mod shop;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use commerce::catalog::{Choice, Relation, Uses};
use commerce::ids::{AccountId, OfferId, OrderId, PaymentMethodId, SubscriptionId};
use commerce::payment::Outcome;
use commerce::subscription::{Begin, Command, Funding};
use commerce::terms::{Acceptance, Channel};
use jiff::{SignedDuration, Timestamp};
use ludgate_billing::{Billing, Clock, Parcel, Parts, Post, Random, Sales, Sending, World};
use parking_lot::Mutex;
use providers::payment::{Expiry, MethodToken, Provider, SetupOutcome};
use providers::sandbox::{Sandbox, TestCard};
use shop::{consumer, sales, usd};
use store::accounts::NewAccount;
use store::jobs::{Lane, Lease, Worker};
use store::payment_methods::PaymentMethod;
use store::subscriptions::{CommandError, Done, MAX_BATCH};
use store::{Books, MailAddress, Options, Store};

/// Mail that goes nowhere.
struct Nowhere(AtomicU64);

impl Post for Nowhere {
    fn send<'a>(&'a self, _: &'a Parcel) -> Sending<'a> {
        Box::pin(async {
            self.0.fetch_add(1, Ordering::Relaxed);
            Ok(true)
        })
    }
}

fn new_year() -> Timestamp {
    "2027-01-01T00:00:00Z".parse().expect("a time")
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize, otherwise| {
        let found = arguments.get(index);
        found.map_or(otherwise, |text| text.parse().expect("a number"))
    };
    let (all, due): (u128, u128) = (number(0, 100_000), number(1, 33_000));
    let folder = arguments
        .get(2)
        .map_or_else(std::env::temp_dir, PathBuf::from);
    let options = Options::at(folder.join("night.db"));
    let store = Store::open(&options, new_year()).await.expect("opens");
    let provider = Arc::new(Provider::Sandbox(Box::new(
        Sandbox::open(&folder.join("night.journal")).expect("a journal"),
    )));
    let began = Instant::now();
    let method = card(&provider).await;
    fill(&store, &sales(), &method, all, due).await;
    println!("{all} begun and paid in {:.1?}", began.elapsed());
    night(&folder, store, provider, (all, due)).await;
}

/// Kinds of ids.
const ACCOUNT: u8 = 0;
const SUBSCRIPTION: u8 = 1;
const CARD: u8 = 2;
const ORDER: u8 = 3;

/// An id as it is drawn: they lie about in every index.
fn scattered(index: u128, kind: u8) -> u128 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&index.to_be_bytes()).update(&[kind]);
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    u128::from_be_bytes(bytes)
}

/// What every reader pays with.
async fn card(provider: &Provider) -> MethodToken {
    let Provider::Sandbox(sandbox) = provider else {
        panic!("it is the sandbox");
    };
    let customer = provider
        .customer(AccountId::new(1), None)
        .await
        .expect("known");
    let (setup, _) = provider.set_up(&customer, 1).await.expect("a setup");
    let expires = Expiry::new(2035, 12).expect("a month");
    let card = TestCard::typed("4242 4242 4242 4242", expires).expect("a card");
    match sandbox.enter(&setup, &customer, card, new_year()) {
        Ok(SetupOutcome::Saved(method)) => method.token,
        other => panic!("{other:?}"),
    }
}

async fn night(folder: &Path, store: Store, provider: Arc<Provider>, (all, due): (u128, u128)) {
    let now = new_year() + SignedDuration::from_hours(31 * 24) + SignedDuration::from_mins(1);
    let system = Arc::new(Mutex::new(now));
    let clock = Clock::real(Arc::new(move || *system.lock()));
    let drawn = AtomicU64::new(1);
    let random: Random = Arc::new(move |bytes| {
        for chunk in bytes.chunks_mut(16) {
            let next = drawn.fetch_add(1, Ordering::Relaxed);
            let hash = blake3::hash(&next.to_be_bytes());
            chunk.copy_from_slice(hash.as_bytes().get(..chunk.len()).expect("bytes"));
        }
        true
    });
    let post = Arc::new(Nowhere(AtomicU64::new(0)));
    let billing = Billing::new(Parts {
        store: store.clone(),
        provider: Arc::clone(&provider),
        sales: sales(),
        world: World { clock, random },
        post: Arc::clone(&post) as Arc<dyn Post>,
        codes: [1; 32],
    })
    .expect("billing");
    let before = memory("VmRSS:");
    let began = Instant::now();
    let (stop_looking, stopped) = tokio::sync::watch::channel(false);
    let pages = tokio::spawn(look_at_accounts(store.clone(), all, stopped));
    let looking = async move {
        let mut paid = None;
        loop {
            tokio::time::sleep(Duration::from_millis(50)).await;
            let mut reading = store.read().await.expect("a transaction");
            let next = reading.next_subscription_due().await.expect("read");
            let mut waits = async |lane| {
                let waiting = reading.jobs_waiting(lane, now).await;
                waiting.expect("read") > 0
            };
            if paid.is_none() && next.is_none_or(|next| next > now) && !waits(Lane::Provider).await
            {
                paid = Some(began.elapsed());
            }
            if paid.is_some() && !waits(Lane::Mail).await {
                return paid;
            }
        }
    };
    let (send, receive) = tokio::sync::oneshot::channel();
    let running = billing.clone();
    let run = tokio::spawn(async move {
        let stop = async {
            let _ = receive.await;
        };
        running.run(stop).await.expect("run");
    });
    let paid = looking.await.expect("paid");
    let took = began.elapsed();
    let grown = memory("VmHWM:").saturating_sub(before);
    let _ = send.send(());
    run.await.expect("ended");
    stop_looking.send_replace(true);
    let mut pages = pages.await.expect("pages");
    let Provider::Sandbox(sandbox) = &*provider else {
        panic!("it is the sandbox");
    };
    let charges = sandbox.paid().len();
    assert_eq!(charges as u128, due, "each is charged once");
    let mails = post.0.load(Ordering::Relaxed);
    println!(
        "{charges} renewed and paid in {paid:.1?}; {mails} mails handed over after {took:.1?}"
    );
    pages.sort();
    let quantile = |part: usize| pages.get(pages.len() * part / 100).expect("pages");
    println!(
        "{} account pages read beside it: median {:.1?}, p99 {:.1?}",
        pages.len(),
        quantile(50),
        quantile(99)
    );
    println!("{} MB more in memory", grown / 1_000);
    let size = std::fs::metadata(folder.join("night.db")).expect("the file");
    println!("{} MB on disk", size.len() / 1_000_000);
}

/// What a reader's account page reads, fifty times a second, of one reader after
/// the other; how long each took from when it was due.
async fn look_at_accounts(
    store: Store,
    all: u128,
    mut stopped: tokio::sync::watch::Receiver<bool>,
) -> Vec<Duration> {
    let mut took = Vec::new();
    let mut next = Instant::now();
    for index in (0..all).cycle().step_by(7_919) {
        next += Duration::from_millis(20);
        tokio::select! {
            () = tokio::time::sleep_until(next.into()) => {}
            _ = stopped.changed() => break,
        }
        let account = AccountId::new(scattered(index, ACCOUNT));
        let mut reading = store.read().await.expect("a transaction");
        let found = reading.account(account).await.expect("read");
        assert!(found.is_some());
        reading.sessions(account, new_year()).await.expect("read");
        reading.subscriptions(account).await.expect("read");
        reading.payment_methods(account).await.expect("read");
        reading.invoices(account).await.expect("read");
        drop(reading);
        took.push(next.elapsed());
    }
    took
}

/// Subscriptions that began long enough apart for only some to be due.
async fn fill(store: &Store, sales: &Sales, method: &MethodToken, all: u128, due: u128) {
    let mut begun = 0;
    while begun < all {
        let later = SignedDuration::from_hours(if begun < due { 0 } else { 24 });
        let now = new_year() + later;
        let most = (begun + MAX_BATCH as u128).min(if begun < due { due } else { all });
        batch(store, sales, method, begun..most, now).await;
        begun = most;
        if begun.is_multiple_of(100_000) {
            println!("{begun} begun and paid");
        }
    }
}

async fn batch(
    store: &Store,
    sales: &Sales,
    method: &MethodToken,
    indices: std::ops::Range<u128>,
    now: Timestamp,
) {
    let books = Books {
        now,
        tax: &sales.tax,
        issuer: &sales.issuer,
        act: None,
    };
    let mut writing = store.write().await.expect("a transaction");
    let mut begins = Vec::with_capacity(MAX_BATCH);
    for index in indices {
        let account = AccountId::new(scattered(index, ACCOUNT));
        sign_up(&mut writing, account, index, method, now).await;
        let id = SubscriptionId::new(scattered(index, SUBSCRIPTION));
        begins.push((id, begin(sales, account, index, now)));
    }
    let begun = writing.begin_subscriptions(&begins, &books).await;
    let paid = |done: Result<Done, CommandError>| {
        let subscription = done.expect("begun").subscription;
        let open = subscription.payments.open.as_ref().expect("an order");
        let (charge, amount) = (open.charge(), open.bill.total);
        let outcome = Outcome::Paid { amount };
        (subscription.id, Command::Report { charge, outcome })
    };
    let reports: Vec<_> = begun.expect("written").into_iter().map(paid).collect();
    writing.commands(&reports, &books).await.expect("paid");
    // What was asked for then isn't what is measured.
    let worker = Worker::new("fill");
    for lane in [Lane::Provider, Lane::Mail] {
        let lease = Lease {
            business: now,
            system: now,
            lasts: SignedDuration::from_mins(1),
        };
        let jobs = writing.take_jobs(lane, &worker, lease, 2 * MAX_BATCH).await;
        let jobs = jobs.expect("jobs");
        let _ = writing
            .finish_jobs(&jobs, &worker, now)
            .await
            .expect("done");
    }
    writing.commit().await.expect("committed");
}

async fn sign_up(
    writing: &mut store::Writing,
    account: AccountId,
    index: u128,
    method: &MethodToken,
    now: Timestamp,
) {
    let new = NewAccount {
        id: account,
        mail: MailAddress::new(&format!("reader{index}@example.com")).expect("an address"),
        name: Some(format!("Reader {index}")),
        locale: None,
        password: None,
        verified: None,
    };
    writing.add_account(&new, now).await.expect("added");
    let customer = format!("sbxcus_{:032x}", account.get());
    let added = writing.add_customer(account, "sandbox", &customer).await;
    added.expect("added");
    let card = PaymentMethod {
        id: PaymentMethodId::new(scattered(index, CARD)),
        account,
        provider: "sandbox".into(),
        reference: method.as_str().to_owned(),
        customer: Some(customer),
        label: "Visa 4242".into(),
        expires: Some("2035-12".into()),
        created: now,
        removed: None,
    };
    writing.add_payment_method(&card).await.expect("added");
}

fn begin(sales: &Sales, account: AccountId, index: u128, now: Timestamp) -> Begin {
    let offer = OfferId::new("standard").expect("an offer");
    let choice = Choice {
        offer: &offer,
        currency: usd(),
        quantity: 1,
        code: None,
        story: None,
    };
    let terms = sales
        .catalog
        .terms(&choice, Relation::Registered, Uses::default(), now);
    Begin {
        account,
        terms: terms.expect("terms"),
        acceptance: Acceptance {
            at: now,
            locale: "en".into(),
            words: "00".repeat(32),
            channel: Channel::Web,
            withdrawal_waived: false,
        },
        tax_status: consumer(),
        method: Some(PaymentMethodId::new(scattered(index, CARD))),
        address: None,
        funding: Funding::Own {
            order: OrderId::new(scattered(index, ORDER)),
        },
    }
}

/// What this process has in memory, in KB: now, or at most.
fn memory(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|found| found.strip_prefix(line));
    let words = line.unwrap_or_default().split_whitespace();
    words
        .take(1)
        .find_map(|number| number.parse().ok())
        .unwrap_or(0)
}
