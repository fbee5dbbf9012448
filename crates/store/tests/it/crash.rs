//! kill -9 while subscriptions are bought, paid and renewed, in a loop: nothing
//! is lost, nothing happens twice, facts, projection and outbox stay in step.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use jiff::SignedDuration;
use ludgate_store::Owner;

use crate::support::*;
use commerce::ids::*;
use commerce::subscription::Fact;

/// How often the victim is killed.
const KILLS: u32 = 12;

/// The promises that a victim makes before it is killed: more each time, so that
/// it dies in other places.
fn promises(kill: u32) -> usize {
    5 + kill as usize * 3
}

/// What the victim is told by a line on its standard input: cargo's own harness
/// takes the arguments, and nobody reads the environment.
fn orders() -> Option<(u32, String)> {
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

/// Buys, pays and renews as fast as it can, and says what was committed.
#[tokio::test]
#[ignore = "a child process of the test below"]
async fn busy_victim() {
    let Some((run, path)) = orders() else { return };
    let mut world = World::at(Path::new(&path), u128::from(run) << 64).await;
    let mut writing = world.writing().await;
    writing.release_jobs().await.expect("released");
    writing.commit().await.expect("committed");
    loop {
        let number = world.draw();
        let account = world
            .account(&format!("reader{number:x}@example.com"))
            .await;
        say(&format!("account {account}"));
        let id = world.subscribes(account, "standard").await;
        say(&format!("begun {id}"));
        world.settles(Card::Pays).await;
        say(&format!("paid {id}"));
        world.passes(SignedDuration::from_hours(24 * 11));
        world.ticks().await;
    }
}

fn victim(run: u32, path: &Path) -> Child {
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program)
        .args(["--ignored", "--exact", "--nocapture", "crash::busy_victim"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let mut orders = child.stdin.take().expect("its standard input");
    writeln!(orders, "{run} {}", path.display()).expect("told");
    child
}

/// Lets it live for some promises, kills it, and returns them.
fn killed(run: u32, path: &Path) -> Vec<String> {
    let mut child = victim(run, path);
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

#[tokio::test]
async fn nothing_is_lost_or_done_twice_when_the_process_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ludgate.db");
    let mut begun: Vec<SubscriptionId> = Vec::new();
    for run in 1..=KILLS {
        let promised = killed(run, &path);
        assert!(promised.len() >= promises(run), "{promised:?}");
        let world = World::at(&path, 1).await;
        let checked = world.store.check().await.expect("checked");
        assert_eq!(checked.findings, Vec::<String>::new(), "after kill {run}");
        let mut reading = world.store.read().await.expect("a transaction");
        for promise in promised {
            let (what, id) = promise.split_once(' ').expect("a promise");
            if what == "account" {
                let id = id.parse().expect("an id");
                assert!(
                    reading.account(id).await.expect("read").is_some(),
                    "{promise}"
                );
                continue;
            }
            let id: SubscriptionId = id.parse().expect("an id");
            let facts = reading.facts(id).await.expect("facts");
            let is_paid = facts.iter().any(|fact| fact.name() == "paid");
            assert!(what == "begun" || is_paid, "{promise}: {facts:?}");
            if what == "begun" {
                begun.push(id);
            }
        }
        for id in &begun {
            in_step(&mut reading, *id).await;
        }
        drop(reading);
        world.store.close().await;
    }
    assert!(begun.len() > 30, "{}", begun.len());
}

/// Every fact that asks for something has exactly one job, and no other.
async fn in_step(reading: &mut ludgate_store::Reading, id: SubscriptionId) {
    let facts = reading.facts(id).await.expect("facts");
    let owner = Owner::Subscription(id);
    let jobs = reading.jobs_of(owner).await.expect("jobs");
    let mut found: Vec<String> = jobs.into_iter().map(|(job, _)| job.id).collect();
    let mut expected = Vec::new();
    for (seq, fact) in (1..).zip(&facts) {
        if matches!(fact, Fact::Payment(fact) if fact.asks_provider()) {
            expected.push(format!("{id}/{seq}"));
        }
        if matches!(fact.name(), "begun" | "paid" | "reminder_due") {
            expected.push(format!("{id}/{seq}/mail"));
        }
    }
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "{facts:?}");
}
