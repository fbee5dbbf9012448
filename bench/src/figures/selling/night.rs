//! The night: of a million subscriptions some fall due at one moment, and are
//! renewed, charged and booked by the running program, beside readers who look
//! at their accounts.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use hdrhistogram::Histogram;
use jiff::{SignedDuration, Timestamp};

use super::{beside, sign_in};
use crate::books::{self, Books, Sold};
use crate::clock;
use crate::cores;
use crate::effort::Effort;
use crate::load::{self, Load, Readers};
use crate::peers::{Cores, Ludgate, Server};
use crate::report::{Bounds, Figure};

/// How often readers look at their accounts, each second, and who does.
const LOOKS: f64 = 50.0;
const LOOKING: u64 = 16;

/// How long it is until the night, besides so many times as long as those who fall
/// due took to be written where nothing else went on.
const HEAD_START: SignedDuration = SignedDuration::from_secs(3);
const UNHURRIED: f64 = 3.0;

/// The longest that a night may take.
const LONGEST: Duration = Duration::from_mins(5);

/// How many of those who were renewed are looked at.
const LOOKED_AT: u64 = 50;

pub(super) fn measure(dir: &Path, effort: &Effort) -> Result<Vec<Figure>> {
    let (all, due) = (effort.subscriptions, effort.due);
    let written = cores::on_both(|| fill(&dir.join("data"), all - due))?;
    let ludgate = Ludgate::selling(dir, Cores::Both)?;
    let server = &ludgate.server;
    let sessions = sign_in(server, 0..LOOKING)?;
    let readers = Readers::signed_in(&load::keyring(&ludgate.data)?, &sessions);
    let books = Books::open(&ludgate.data)?;
    #[expect(clippy::cast_precision_loss, reason = "seconds, about")]
    let writing = written.mul_f64(UNHURRIED * due as f64 / (all - due) as f64);
    let falls_due = books::now() + HEAD_START + SignedDuration::try_from(writing)?;
    books.add(all - due..all, Sold::DueAt(falls_due))?;
    ensure!(
        books::now() < falls_due,
        "the night began before everybody was ready; the machine is too busy for it"
    );
    let seen = watch(server, &readers, &books, falls_due)?;
    for place in 0..LOOKED_AT {
        books.must_have_paid_once(all - due + place * due / LOOKED_AT)?;
    }
    let size = std::fs::metadata(ludgate.data.join("ludgate.db"))?.len();
    books.close();
    Ok(figures(effort, &seen, size))
}

/// Everybody who isn't due, and how long it took to write them.
fn fill(data: &Path, many: u64) -> Result<Duration> {
    let books = Books::open(data)?;
    let start = clock::now();
    books.add(0..many, Sold::Paid)?;
    let took = start.elapsed();
    books.close();
    Ok(took)
}

/// What was seen of the night.
struct Seen {
    /// Until nothing was due and no charge waited.
    took: Duration,
    /// How much more the program had in memory at most than just before.
    grown: u64,
    before: u64,
    /// Mails that still waited then.
    mails: u64,
    /// What readers waited for their accounts, in nanoseconds.
    waited: Histogram<u64>,
}

fn watch(server: &Server, readers: &Readers, books: &Books, falls_due: Timestamp) -> Result<Seen> {
    let (over, waited) = (AtomicBool::new(false), Mutex::new(Histogram::new(3)?));
    let load = Load {
        lasts: Duration::from_millis(500),
        ..beside(server, readers, "/-/account", LOOKS)
    };
    while books::now() < falls_due {
        clock::pause();
    }
    let before = server.resident()?;
    let (start, mut most) = (clock::now(), before);
    thread::scope(|scope| {
        let looking = scope.spawn(|| look(&load, &over, &waited));
        let mut watching = || -> Result<u64> {
            loop {
                thread::yield_now();
                let ahead = books.ahead()?;
                most = most.max(server.resident()?);
                if !ahead.money {
                    return Ok(ahead.mails);
                }
                ensure!(start.elapsed() < LONGEST, "the night has no end");
                for _ in 0..10 {
                    clock::pause();
                }
            }
        };
        let mails = watching();
        let took = start.elapsed();
        over.store(true, Ordering::Relaxed);
        looking.join().ok().context("those who look broke off")??;
        Ok(Seen {
            took,
            grown: most - before,
            before,
            mails: mails?,
            waited: waited.lock().ok().context("a lock")?.clone(),
        })
    })
}

/// Readers look at their accounts until the night is over.
fn look(load: &Load<'_>, over: &AtomicBool, waited: &Mutex<Histogram<u64>>) -> Result<()> {
    while !over.load(Ordering::Relaxed) {
        let outcome = load::run(load)?;
        ensure!(outcome.unsent == 0, "accounts can't be looked at any more");
        let mut waited = waited.lock().ok().context("a lock")?;
        waited.add(&outcome.latency)?;
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "figures to be printed")]
fn figures(effort: &Effort, seen: &Seen, size: u64) -> Vec<Figure> {
    let took = seen.took.as_secs_f64();
    let mebibytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    let milliseconds = |quantile| {
        Duration::from_nanos(seen.waited.value_at_quantile(quantile)).as_secs_f64() * 1e3
    };
    let (all, due) = (effort.subscriptions, effort.due);
    let (p99, grown) = (milliseconds(0.99), mebibytes(seen.grown));
    vec![
        Figure {
            what: format!("the night: {due} of {all} subscriptions renewed and paid, SQLite"),
            value: format!("{took:.1} s"),
            measured: took,
            bounds: Some(Bounds::at_most(60.0, 10.0, "s")),
            note: format!(
                "all due at one moment, ids scattered, the sandbox as the bank, receipts into a \
                 folder, of which {} were still to be written; the database has {:.1} GB; two cores, \
                 shared with whoever asks",
                seen.mails,
                size as f64 / 1e9
            ),
        },
        Figure {
            what: "the night: growth of memory".into(),
            value: format!("{grown:.0} MB"),
            measured: grown,
            bounds: Some(Bounds::at_most(256.0, 128.0, "MB")),
            note: format!("resident, at most, from {:.0} MB", mebibytes(seen.before)),
        },
        Figure {
            what: "the night: p99 of a reader's account page".into(),
            value: format!("{p99:.1} ms"),
            measured: p99,
            bounds: Some(Bounds::at_most(20.0, 5.0, "ms")),
            note: format!(
                "`/-/account`, {LOOKS}/s, {} of them; median {:.1} ms, the longest {:.1} ms",
                seen.waited.len(),
                milliseconds(0.5),
                milliseconds(1.0)
            ),
        },
    ]
}
