//! How long the account's page takes while everything due is renewed beside it.
//! Run it by hand, optimised, and read what it prints:
//!
//! `cargo test --release -p ludgate-web --test it -- --ignored --nocapture account_page`

use std::time::{Duration, Instant};

use crate::reader::{GOOD, Reader};
use crate::site::Site;

/// Whose subscriptions are renewed beside it.
const OTHERS: usize = 300;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures, and fails on a machine that does something else"]
#[expect(clippy::disallowed_methods, reason = "it measures real time")]
async fn the_account_page_is_quick_while_everything_is_renewed() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, "anna@example.com").await;
    anna.buys(&site, "monthly", GOOD).await;
    for number in 0..OTHERS {
        let mail = format!("reader-{number}@example.com");
        let account = site.register(&mail, "correct horse battery").await;
        let browser = crate::browser::Browser::new();
        let reader = Reader { browser, account };
        reader.buys(&site, "monthly", GOOD).await;
    }
    let (sender, mut receiver) = tokio::sync::mpsc::channel(16);
    let listening = tokio::spawn(async move { while receiver.recv().await.is_some() {} });
    let billing = site.billing.clone();
    let to = "2026-12-13T00:00:00Z".parse().expect("a time");
    let renewing = tokio::spawn(async move { billing.advance(to, sender).await });
    let mut took: Vec<Duration> = Vec::new();
    while !renewing.is_finished() || took.len() < 100 {
        let began = Instant::now();
        let page = anna.browser.get(&site, "/-/account").await;
        took.push(began.elapsed());
        assert!(page.html.contains("Paid until"), "{}", page.html);
        tokio::task::yield_now().await;
    }
    renewing.await.expect("it ran").expect("it moved");
    listening.await.expect("heard");
    took.sort_unstable();
    let at = |part: usize| took[(took.len() - 1) * part / 100];
    println!(
        "{} pages beside {OTHERS} renewals: p50 {:?}, p99 {:?}",
        took.len(),
        at(50),
        at(99)
    );
    assert!(at(99) < Duration::from_millis(20), "p99 {:?}", at(99));
}
