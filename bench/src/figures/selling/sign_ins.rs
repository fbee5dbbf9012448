//! People who sign in, and readers who notice nothing of it.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Result, ensure};
use hdrhistogram::Histogram;

use super::beside;
use crate::books::{self, Books, Sold};
use crate::clock;
use crate::cores;
use crate::effort::Effort;
use crate::figures::metered;
use crate::load::{self, Load, SignIn, SignedIn};
use crate::peers::{Cores, Ludgate, Server};
use crate::report::{Bounds, Figure, spread};
use crate::story;

/// How many sign in each second.
const RATE: u64 = 100;

/// How often the story is asked for, each second.
const STORIES: f64 = 1_000.0;

/// How many accounts take turns: each has ten tries, and is asked for less often.
const ACCOUNTS: u64 = 1_000;

/// How long readers are watched at a time: what the machine does besides spoils
/// one of these, and not all.
const TURN: Duration = Duration::from_millis(500);

/// What came of those who signed in.
#[derive(Default)]
struct Came {
    asked: AtomicU64,
    signed_in: AtomicU64,
    sent_away: AtomicU64,
    failed: AtomicU64,
    /// Microseconds that those who were signed in have waited, together.
    waited: AtomicU64,
}

pub(super) fn measure(dir: &Path, effort: &Effort) -> Result<Vec<Figure>> {
    cores::on_both(|| {
        let books = Books::open(&dir.join("data"))?;
        books.add(0..ACCOUNTS, Sold::Nothing)?;
        books.close();
        Ok(())
    })?;
    let ludgate = Ludgate::selling(dir, Cores::Both)?;
    let server = &ludgate.server;
    let keys = load::keyring(&ludgate.data)?;
    let readers = metered::few(server, &keys)?;
    let load = Load {
        lasts: TURN,
        ..beside(server, &readers, story::PATH, STORIES)
    };
    let alone = p99s(&load, effort.signing_in / 2)?;
    let form = SignIn::open(server.address)?;
    let (came, over) = (Came::default(), AtomicBool::new(false));
    let busy = server.busy()?;
    let (meanwhile, took) = thread::scope(|scope| {
        let people = scope.spawn(|| sign_in(server, &form, &came, &over));
        let start = clock::now();
        let meanwhile = p99s(&load, effort.signing_in);
        over.store(true, Ordering::Relaxed);
        let took = start.elapsed();
        let people = people.join();
        ensure!(people.is_ok(), "those who sign in have broken off");
        Ok((meanwhile?, took))
    })?;
    let count = |of: &AtomicU64| of.load(Ordering::Relaxed);
    let failed = count(&came.failed);
    ensure!(failed == 0, "{failed} were neither signed in nor sent away");
    let cores = server.busy()?.saturating_sub(busy).as_secs_f64() / took.as_secs_f64();
    let (p99, least, most) = spread(meanwhile);
    let (before, ..) = spread(alone);
    #[expect(clippy::cast_precision_loss, reason = "figures to be printed")]
    let (signed_in, waited) = (
        count(&came.signed_in) as f64,
        count(&came.waited) as f64 / 1e3,
    );
    let rate = signed_in / took.as_secs_f64();
    Ok(vec![
        Figure {
            what: format!("p99 of a story while {RATE} a second sign in, two cores"),
            value: format!("{p99:.2} ms ({least:.2}–{most:.2})"),
            measured: p99,
            bounds: Some(Bounds::at_most(5.0, 2.0, "ms")),
            note: format!(
                "{STORIES}/s asked for, turns of {TURN:?}; without anybody who signs in \
                 {before:.2} ms; the server had {cores:.2} cores, which it shared with whoever asks"
            ),
        },
        Figure {
            what: format!("signed in each second, of {RATE} who ask"),
            value: format!("{rate:.0}/s"),
            measured: rate,
            bounds: None,
            note: format!(
                "argon2id, 19 MiB, two passes, and a session on disk; {:.0} ms each on average; \
                 {} of {} told to come again",
                waited / signed_in.max(1.0),
                count(&came.sent_away),
                count(&came.asked)
            ),
        },
    ])
}

/// Readers go on asking for so long; the p99 of each turn, in milliseconds.
fn p99s(load: &Load<'_>, lasts: Duration) -> Result<Vec<f64>> {
    let start = clock::now();
    let mut p99s = Vec::new();
    while p99s.is_empty() || start.elapsed() < lasts {
        let outcome = load::run(load)?;
        let mut latency: Histogram<u64> = outcome.latency;
        // Who was never served has waited the whole turn.
        for _ in 0..outcome.unsent {
            latency.record(u64::try_from(TURN.as_nanos())?)?;
        }
        p99s.push(Duration::from_nanos(latency.value_at_quantile(0.99)).as_secs_f64() * 1e3);
    }
    Ok(p99s)
}

/// Lets one after the other sign in, each when it is their turn, whether or not
/// the ones before have been.
fn sign_in(server: &Server, form: &SignIn, came: &Came, over: &AtomicBool) {
    let start = clock::now();
    thread::scope(|scope| {
        for number in 0.. {
            let due = Duration::from_secs(number) / u32::try_from(RATE).unwrap_or(u32::MAX);
            while start.elapsed() < due {
                clock::pause();
            }
            if over.load(Ordering::Relaxed) {
                return;
            }
            came.asked.fetch_add(1, Ordering::Relaxed);
            scope.spawn(move || {
                let mail = books::mail(number % ACCOUNTS);
                let count = match form.send(&mail, books::PASSWORD) {
                    Ok(SignedIn::Yes(_)) => {
                        let waited = start.elapsed().saturating_sub(due).as_micros();
                        let waited = u64::try_from(waited).unwrap_or(u64::MAX);
                        came.waited.fetch_add(waited, Ordering::Relaxed);
                        &came.signed_in
                    }
                    Ok(SignedIn::Later) => &came.sent_away,
                    Err(error) => {
                        eprintln!("signing in at {}: {error:#}", server.address);
                        &came.failed
                    }
                };
                count.fetch_add(1, Ordering::Relaxed);
            });
        }
    });
}
