//! kill -9 while subscriptions are bought, renewed and mailed, in a loop: nothing
//! is lost, nobody pays twice, the bank and the books agree.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use commerce::ids::SubscriptionId;
use commerce::payment::PaymentFact;
use commerce::subscription::Fact;
use jiff::SignedDuration;
use providers::payment::Provider;
use providers::sandbox::Sandbox;

use crate::support::*;

/// How often the victim is killed.
const KILLS: u64 = 8;

/// The promises that a victim makes before it is killed: more each time, so that
/// it dies in other places.
fn promises(kill: u64) -> usize {
    usize::try_from(4 + kill * 2).expect("a few")
}

async fn press(folder: &Path, seed: u64) -> Press {
    let sandbox = Sandbox::open(&folder.join("bank")).expect("a journal");
    Press::at(folder, Provider::Sandbox(Box::new(sandbox)), seed).await
}

/// What the victim is told by a line on its standard input: cargo's own harness
/// takes the arguments, and nobody reads the environment.
fn orders() -> Option<(u64, String)> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).ok()?;
    let (run, path) = line.trim().split_once(' ')?;
    Some((run.parse().ok()?, path.to_owned()))
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "promise {line}").expect("said");
    out.flush().expect("said");
}

/// Buys and renews as fast as it can, and says what was paid.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a child process of the test below"]
async fn busy_victim() {
    let Some((run, path)) = orders() else { return };
    let press = press(Path::new(&path), run).await;
    let billing = press.billing.clone();
    tokio::spawn(async move { billing.run(std::future::pending()).await });
    loop {
        let name = format!("reader{}", press.draw());
        let reader = press.reader(&name).await;
        let bought = press.buys(reader, "standard", GOOD).await;
        say(&format!("paid {}", bought.subscription.id));
        press
            .advance(press.now() + SignedDuration::from_hours(24 * 11))
            .await;
        say("advanced");
    }
}

fn victim(run: u64, folder: &Path) -> Child {
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program)
        .args(["--ignored", "--exact", "--nocapture", "crash::busy_victim"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let mut orders = child.stdin.take().expect("its standard input");
    writeln!(orders, "{run} {}", folder.display()).expect("told");
    child
}

/// Lets it live for some promises, kills it, and returns them.
fn killed(run: u64, folder: &Path) -> Vec<String> {
    let mut child = victim(run, folder);
    let out = BufReader::new(child.stdout.take().expect("its standard output"));
    let mut promised = Vec::new();
    for line in out.lines() {
        let line = line.expect("a line");
        let Some((_, promise)) = line.split_once("promise ") else {
            continue;
        };
        promised.push(promise.to_owned());
        if promised.len() == promises(run) {
            child.kill().expect("killed");
        }
    }
    child.wait().expect("ended");
    promised
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_charged_twice_when_the_process_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut begun: Vec<SubscriptionId> = Vec::new();
    for run in 1..=KILLS {
        let promised = killed(run, folder.path());
        assert!(promised.len() >= promises(run), "{promised:?}");
        // The next process takes up what the dead one had.
        let press = press(folder.path(), 1_000 + run).await;
        press.billing.run(async {}).await.expect("taken over");
        press
            .advance(press.now() + SignedDuration::from_hours(2))
            .await;
        press.sound().await;
        for promise in &promised {
            if let Some((_, id)) = promise.split_once(' ') {
                begun.push(id.parse().expect("an id"));
            }
        }
        agreed(&press, &begun).await;
        drop(press);
    }
    assert!(begun.len() > 20, "{}", begun.len());
}

/// Every payment that a reader was promised is in the books, and the bank took
/// exactly what the books say.
async fn agreed(press: &Press, begun: &[SubscriptionId]) {
    let mut reading = press.billing.store().read().await.expect("a transaction");
    for id in begun {
        let facts = reading.facts(*id).await.expect("facts");
        let paid = facts.iter().any(|fact| fact.name() == "paid");
        assert!(paid, "{id}: {facts:?}");
    }
    for (charge, amount, _) in press.sandbox().paid() {
        let owner = reading.owner_of_order(charge.order).await.expect("read");
        let Some(store::Owner::Subscription(id)) = owner else {
            panic!("{charge} is nobody's");
        };
        let facts = reading.facts(id).await.expect("facts");
        let of_order = |fact: &&Fact| {
            matches!(fact, Fact::Payment(PaymentFact::Paid { charge: paid, bill, .. })
                if paid.order == charge.order && bill.total == amount)
        };
        let times = facts.iter().filter(of_order).count();
        assert_eq!(times, 1, "{charge}: {facts:?}");
    }
}

#[tokio::test]
async fn a_charge_that_was_made_and_not_written_down_is_found_and_not_made_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let id = {
        let press = press(folder.path(), 1).await;
        let anna = press.reader("anna").await;
        let id = press.buys(anna, "trial", GOOD).await.subscription.id;
        press.advance(at("2027-01-14T23:59:00Z")).await;
        // It falls due, and a worker has the bank charge, and dies.
        press.passes(SignedDuration::from_mins(2));
        let sales = sales();
        let books = store::Books {
            now: press.now(),
            tax: &sales.tax,
            issuer: &sales.issuer,
            act: None,
        };
        let mut writing = press.billing.store().write().await.expect("a transaction");
        let ticked = writing.tick_due(&books, None, 10).await;
        assert_eq!(ticked.expect("ticked").done.len(), 1);
        let worker = store::jobs::Worker::new("dead");
        let lease = store::jobs::Lease {
            business: press.now(),
            system: press.now(),
            lasts: SignedDuration::from_hours(1),
        };
        let jobs = writing
            .take_jobs(store::jobs::Lane::Provider, &worker, lease, 10)
            .await;
        let jobs = jobs.expect("jobs");
        writing.commit().await.expect("committed");
        let [job] = jobs.as_slice() else {
            panic!("{jobs:?}");
        };
        let store::outbox::Task::Provider(PaymentFact::ChargeRequested {
            charge,
            amount,
            method,
            ..
        }) = &job.task
        else {
            panic!("{job:?}");
        };
        let mut reading = press.billing.store().read().await.expect("a transaction");
        let payer = reading.payer(*method).await.expect("read").expect("known");
        let charge = providers::payment::Charge {
            id: *charge,
            amount: *amount,
            customer: payer.customer.expect("known").parse().expect("a token"),
            method: payer.reference.parse().expect("a token"),
            reference: None,
        };
        let request = providers::payment::Request::Charge(charge);
        let delivery = providers::payment::Delivery::First;
        let answer = press
            .billing
            .provider()
            .carry_out(&request, delivery, press.now());
        assert!(answer.await.is_ok());
        assert_eq!(press.bank(), (1, 1500));
        id
    };
    let press = press(folder.path(), 2).await;
    press.billing.run(async {}).await.expect("taken over");
    press.advance(at("2027-01-15T00:02:00Z")).await;
    let facts = press.facts(id).await;
    assert_eq!(facts.iter().filter(|name| **name == "paid").count(), 1);
    assert_eq!(press.bank(), (1, 1500));
    press.sound().await;
}
