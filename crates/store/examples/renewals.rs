//! Measures the nightly run: so many subscriptions, of which some are due, are
//! renewed and paid through the jobs, and nothing else is done.
//!
//! ```text
//! cargo run --release -p ludgate-store --example renewals -- 1000000 33000 FOLDER
//! ```
//!
//! The folder, the system's own for such things by default, is left with the
//! database in it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::similar_names,
    clippy::wildcard_imports,
    reason = "a measurement, with the tests' shop"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a measurement has a clock of its own"
)]

#[path = "../tests/it/support/shop.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod shop;

use std::path::PathBuf;
use std::time::Instant;

use commerce::ids::{AccountId, OrderId, PaymentMethodId, SubscriptionId};
use commerce::payment::{Outcome, PaymentFact};
use commerce::subscription::{Begin, Command, Funding};
use commerce::tax::TaxStatus;
use jiff::{SignedDuration, Timestamp};
use ludgate_store::accounts::NewAccount;
use ludgate_store::jobs::{Job, Lane, Lease, Worker};
use ludgate_store::outbox::Task;
use ludgate_store::subscriptions::MAX_BATCH;
use ludgate_store::{MailAddress, Options, Owner, Store};
use shop::{Shop, acceptance, country};

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
    let path = folder.join("renewals.db");
    let store = Store::open(&Options::at(&path), new_year())
        .await
        .expect("opens");
    let shop = Shop::new();
    let began = Instant::now();
    fill(&store, &shop, all, due).await;
    println!(
        "{all} subscriptions begun and paid in {:.1?}",
        began.elapsed()
    );

    // Only the first to begin are due then.
    let night = new_year() + SignedDuration::from_hours(31 * 24) + SignedDuration::from_mins(1);
    let began = Instant::now();
    let ticked = tick(&store, &shop, night).await;
    let tick_took = began.elapsed();
    let paid = pay(&store, &shop, night).await;
    let took = began.elapsed();
    println!("{ticked} ticked in {tick_took:.1?}, {paid} paid, all in {took:.1?}");
    println!("{} KB at most in memory", peak());
    let size = std::fs::metadata(&path).expect("the file").len();
    println!("{} MB on disk", size / 1_000_000);
    store.close().await;
}

/// Subscriptions that began long enough apart for only some to be due.
async fn fill(store: &Store, shop: &Shop, all: u128, due: u128) {
    let mut begun = 0;
    while begun < all {
        let now = if begun < due {
            new_year()
        } else {
            new_year() + SignedDuration::from_hours(24)
        };
        let books = shop.books(now);
        let mut writing = store.write().await.expect("a transaction");
        let mut reports = Vec::with_capacity(MAX_BATCH);
        for index in begun..(begun + MAX_BATCH as u128).min(all) {
            let account = AccountId::new(index + 1);
            let new = NewAccount {
                id: account,
                mail: MailAddress::new(&format!("reader{index}@example.com")).expect("an address"),
                name: Some(format!("Reader {index}")),
                locale: None,
                password: None,
                verified: None,
            };
            writing.add_account(&new, now).await.expect("added");
            let id = SubscriptionId::new((index + 1) << 32);
            let begin = Begin {
                account,
                terms: shop.terms("standard"),
                acceptance: acceptance(now),
                tax_status: TaxStatus::consumer(country("DE")),
                method: Some(PaymentMethodId::new(index + 1)),
                address: None,
                funding: Funding::Own {
                    order: OrderId::new((index + 1) << 64),
                },
            };
            let done = writing
                .begin_subscription(id, &begin, &books)
                .await
                .expect("begun");
            let open = done.subscription.payments.open.as_ref().expect("an order");
            let outcome = Outcome::Paid {
                amount: open.bill.total,
            };
            reports.push((
                id,
                Command::Report {
                    charge: open.charge(),
                    outcome,
                },
            ));
        }
        begun += reports.len() as u128;
        writing.commands(&reports, &books).await.expect("paid");
        // What was asked of the provider then isn't what is measured.
        let worker = Worker::new("fill");
        let jobs = take(&mut writing, &worker, now).await;
        let finished = writing.finish_jobs(&jobs, &worker, now).await;
        assert_eq!(finished.expect("written").len(), jobs.len());
        writing.commit().await.expect("committed");
    }
}

async fn take(writing: &mut ludgate_store::Writing, worker: &Worker, now: Timestamp) -> Vec<Job> {
    let lease = Lease {
        business: now,
        system: now,
        lasts: SignedDuration::from_mins(1),
    };
    let jobs = writing
        .take_jobs(Lane::Provider, worker, lease, MAX_BATCH)
        .await;
    jobs.expect("jobs")
}

async fn tick(store: &Store, shop: &Shop, now: Timestamp) -> usize {
    let (mut count, mut from) = (0, None);
    loop {
        let mut writing = store.write().await.expect("a transaction");
        let books = shop.books(now);
        let ticked = writing.tick_due(&books, from.as_ref(), MAX_BATCH).await;
        let ticked = ticked.expect("ticked");
        writing.commit().await.expect("committed");
        assert_eq!(ticked.failed, []);
        count += ticked.done.len();
        from = ticked.next;
        if from.is_none() {
            return count;
        }
    }
}

/// A provider that says yes to everything, at once.
async fn pay(store: &Store, shop: &Shop, now: Timestamp) -> usize {
    let worker = Worker::new("night");
    let mut count = 0;
    loop {
        let mut writing = store.write().await.expect("a transaction");
        let jobs = take(&mut writing, &worker, now).await;
        writing.commit().await.expect("committed");
        if jobs.is_empty() {
            return count;
        }
        let reports: Vec<_> = jobs.iter().map(report).collect();
        let mut writing = store.write().await.expect("a transaction");
        let answers = writing
            .commands(&reports, &shop.books(now))
            .await
            .expect("written");
        assert!(answers.iter().all(Result::is_ok));
        let finished = writing.finish_jobs(&jobs, &worker, now).await;
        assert_eq!(finished.expect("written").len(), jobs.len());
        writing.commit().await.expect("committed");
        count += jobs.len();
    }
}

fn report(job: &Job) -> (SubscriptionId, Command) {
    let (Some(Owner::Subscription(id)), Task::Provider(fact)) = (job.owner, &job.task) else {
        panic!("{job:?}");
    };
    let PaymentFact::ChargeRequested { charge, amount, .. } = fact else {
        panic!("{fact:?}");
    };
    let (charge, outcome) = (*charge, Outcome::Paid { amount: *amount });
    (id, Command::Report { charge, outcome })
}

/// The most memory that this process has had, in KB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits: String = line
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or(0)
}
