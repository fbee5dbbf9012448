//! Readers who come over together: all of them or nobody, wherever it breaks off,
//! and as if each had come alone.

use ludgate_billing::{Arrival, Arrived, BillingError, Brings, Coming};
use store::care::What;

use crate::arrivals::{arrival, given, mail, paid};
use crate::support::*;

/// Some who come with different things, so that each kind of row is written.
fn many() -> Vec<Arrival> {
    let one = |number: usize| {
        let brings = match number % 4 {
            0 => Brings::Account,
            1 => given("digital", None),
            2 => paid("2026-06-30T15:00:00Z", None),
            _ => paid("2027-05-01T00:00:00Z", None),
        };
        Arrival {
            newsletter: number.is_multiple_of(2),
            ..arrival(&format!("reader{number}"), brings)
        }
    };
    (0..120).map(one).collect()
}

/// Polls it so many times, and lets go of it then.
async fn abandoned<T>(future: impl Future<Output = T>, polls: usize) -> Option<T> {
    let mut future = std::pin::pin!(future);
    let mut left = polls;
    let polled = std::future::poll_fn(|context| {
        if left == 0 {
            return std::task::Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    });
    polled.await
}

impl Press {
    /// How many of some have an account, and how many subscriptions they have.
    async fn here(&self, all: &[Arrival]) -> (usize, usize) {
        let (mut accounts, mut subscriptions) = (0, 0);
        let mut reading = self.billing.store().read().await.expect("a transaction");
        for one in all {
            let Some(found) = reading.account_by_mail(&one.mail).await.expect("read") else {
                continue;
            };
            accounts += 1;
            let own = reading.subscriptions(found.id).await.expect("read");
            subscriptions += own.len();
        }
        (accounts, subscriptions)
    }
}

#[tokio::test]
async fn wherever_it_breaks_off_all_of_them_have_come_or_nobody_and_again_each_comes_once() {
    let press = Press::new().await;
    let all = many();
    let everybody = (all.len(), all.len() * 3 / 4);
    let care = care();
    // What is begun is stopped at each place where it waits for anything.
    for polls in 0.. {
        let coming = press.billing.arrive(&care, &all, Coming::Quietly);
        if abandoned(coming, polls).await.is_some() {
            assert!(polls > 10, "it waits for hardly anything");
            break;
        }
        let here = press.here(&all).await;
        assert!(here == (0, 0) || here == everybody, "{polls}: {here:?}");
    }
    assert_eq!(press.here(&all).await, everybody);
    let again = press.arrive(&all, Coming::Quietly).await;
    let is_before = |one: &Result<Arrived, _>| matches!(one, Ok(Arrived::Before));
    assert!(again.iter().all(is_before), "{again:?}");
    assert_eq!(press.here(&all).await, everybody);
    press.sound().await;
}

#[tokio::test]
async fn a_failure_in_the_midst_of_it_undoes_all_of_them() {
    let press = Press::new().await;
    let all = many();
    press.draws_the_same(true);
    let failed = press.billing.arrive(&care(), &all, Coming::Quietly).await;
    assert!(matches!(failed, Err(BillingError::Store(_))), "{failed:?}");
    assert_eq!(press.here(&all).await, (0, 0));
    press.draws_the_same(false);
    let came = press.arrive(&all, Coming::Quietly).await;
    let is_new = |one: &Result<Arrived, _>| {
        matches!(
            one,
            Ok(Arrived::Now {
                had_account: false,
                ..
            })
        )
    };
    assert!(came.iter().all(is_new), "{came:?}");
    assert_eq!(press.here(&all).await, (all.len(), all.len() * 3 / 4));
    press.sound().await;
}

#[tokio::test]
async fn who_is_there_twice_comes_once_however_many_come_together() {
    let press = Press::new().await;
    let later = "2027-05-01T00:00:00Z";
    let other = Arrival {
        external: "another-7".into(),
        ..arrival("anna", paid(later, None))
    };
    let elsewhere = Arrival {
        source: "old list".into(),
        ..arrival("anna", Brings::Account)
    };
    let all = [
        arrival("anna", paid(later, None)),
        arrival("ben", Brings::Account),
        arrival("anna", paid(later, None)),
        other,
        elsewhere,
        arrival("carla", paid(later, None)),
    ];
    let came = press.arrive(&all, Coming::Quietly).await;
    let said: Vec<String> = came
        .iter()
        .map(|one| match one {
            Ok(came) => format!("{came:?}"),
            Err(error) => error.to_string(),
        })
        .collect();
    let new = "Now { had_account: false";
    let expected = [
        new,
        new,
        "Before",
        "the account has that already",
        "Now { had_account: true",
        new,
    ];
    for (found, expected) in said.iter().zip(expected) {
        assert!(found.starts_with(expected), "{said:#?}");
    }
    assert_eq!(press.has("anna").await.len(), 1);
    press.sound().await;
}

#[tokio::test]
async fn each_of_those_who_come_together_has_an_act_of_their_own() {
    let press = Press::new().await;
    let later = "2027-05-01T00:00:00Z";
    let all = [
        arrival("anna", paid(later, None)),
        arrival("ben", paid("2026-06-30T15:00:00Z", None)),
    ];
    press.arrive(&all, Coming::Quietly).await;
    let mut reading = press.billing.store().read().await.expect("a transaction");
    let mut numbers = Vec::new();
    for name in ["anna", "ben"] {
        let account = reading.account_by_mail(&mail(name)).await.expect("read");
        let account = account.expect("an account").id;
        let timeline = reading.timeline(account, at("2027-01-02T00:00:00Z"));
        let timeline = timeline.await.expect("a timeline");
        let mut acts: Vec<_> = timeline
            .iter()
            .map(|entry| match &entry.what {
                What::Fact { act, .. } => act.expect("somebody did it"),
                What::Act { number, .. } => *number,
            })
            .collect();
        acts.dedup();
        let [act] = acts.try_into().expect("one act");
        numbers.push(act);
    }
    assert_eq!(numbers.len(), 2);
    assert_ne!(numbers.first(), numbers.last());
}
