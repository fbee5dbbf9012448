//! A higher price for all who have a plan: foreseen, announced, told, answered.

use billing::{Who, Wish};
use commerce::ids::{AccountId, SubscriptionId};
use commerce::subscription::{EndReason, Stage, Subscription};
use jiff::Timestamp;
use store::care::{Entry, What};

use crate::accounts::{beside, mails};
use crate::buying::{billing, buy, new_account, shop};
use crate::program::{Paper, said};

/// What is said to a price rise on this paper.
fn rise(paper: &Paper, args: &[&str]) -> (i32, String) {
    let data = paper.data();
    let command = ["price-rise"];
    let reason = [
        "--reason",
        "paper costs more",
        "--by",
        "olga",
        "--data",
        &data,
    ];
    said(&[&command, args, &reason].concat())
}

fn buys(paper: &Paper, name: &str) -> (AccountId, SubscriptionId) {
    beside(paper, async |store| {
        let account = new_account(store, name).await;
        let bought = buy(&billing(store), account).await;
        (account, bought.subscription.id)
    })
}

fn subscription(paper: &Paper, id: SubscriptionId) -> Subscription {
    beside(paper, async |store| {
        let mut reading = store.read().await.expect("a turn");
        let found = reading.subscription(id).await.expect("read");
        found.expect("a subscription")
    })
}

fn timeline(paper: &Paper, account: AccountId) -> Vec<Entry> {
    beside(paper, async |store| {
        let mut reading = store.read().await.expect("a turn");
        let timeline = reading.timeline(account, Timestamp::MAX).await;
        timeline.expect("a timeline")
    })
}

fn answers(paper: &Paper, (account, id): (AccountId, SubscriptionId), wish: Wish) {
    beside(paper, async |store| {
        let came = billing(store)
            .command(&Who::Reader(account), id, wish)
            .await;
        came.expect("answered");
    });
}

#[test]
fn a_price_rise_is_foreseen_told_and_accepted_or_refused_at_renewal() {
    let paper = shop();
    let mut server = paper.serve();
    let anna = buys(&paper, "anna");
    let ben = buys(&paper, "ben");
    mails(&paper, 2);
    let (code, text) = rise(&paper, &["monthly", "12.00 USD", "--yes"]);
    assert!(
        code == 1 && text.contains("Write the new price there first"),
        "{text}"
    );
    paper.edit("ludgate.toml", |text| {
        text.replace("10.00 USD", "12.00 USD")
    });
    server.wait_for("reloaded");
    let (code, text) = rise(&paper, &["monthly", "12.00 USD"]);
    assert_eq!(code, 1, "{text}");
    for words in ["2 to be told", "who doesn't answer agrees", "say --yes"] {
        assert!(text.contains(words), "{text}");
    }
    assert_eq!(subscription(&paper, anna.1).rise, None, "only foreseen");
    let (code, text) = rise(&paper, &["monthly", "12.00 USD", "--yes"]);
    assert!(
        code == 0 && text.contains("12.00 USD for monthly: 2 told"),
        "{text}"
    );
    server.wait_for("a price rise was announced");
    let told = mails(&paper, 4);
    let told = told.iter().filter(|mail| mail.text.contains("$12"));
    assert_eq!(told.count(), 2, "a mail each");
    let by = timeline(&paper, anna.0)
        .into_iter()
        .find_map(|entry| match entry.what {
            What::Act { actor, why, .. } => Some((actor, why)),
            What::Fact { .. } => None,
        });
    let by = by.expect("somebody did it");
    assert!(by.0.ends_with(" as olga"), "{by:?}");
    assert_eq!(by.1, "paper costs more");
    let (code, text) = rise(&paper, &["monthly", "12.00 USD", "--yes"]);
    assert!(
        code == 1 && text.contains("2 passed over: know of a rise already"),
        "{text}"
    );

    answers(&paper, anna, Wish::AcceptPriceRise);
    answers(&paper, ben, Wish::RefusePriceRise);
    let (code, text) = said(&["clock", "advance", "3 months", "--data", &paper.data()]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("fact    price_rise_applied"), "{text}");
    let anna = subscription(&paper, anna.1);
    assert_eq!(anna.stage, Stage::Active);
    let price = anna.terms.evergreen().expect("it renews").0;
    assert_eq!(price, "12.00 USD".parse().expect("a price"));
    let ben = subscription(&paper, ben.1);
    assert!(
        matches!(
            ben.stage,
            Stage::Ended {
                why: EndReason::PriceRiseRefused,
                ..
            }
        ),
        "{:?}",
        ben.stage
    );
}

#[test]
fn what_makes_no_sense_is_refused_and_says_what_to_do() {
    let paper = shop();
    let mut server = paper.serve();
    let refused = |args: &[&str], words: &str| {
        let (code, text) = rise(&paper, &[args, &["--yes"]].concat());
        assert!(code == 1 && text.contains(words), "{words}: {text}");
    };
    refused(
        &["weekly", "12.00 USD"],
        "there is no plan \"weekly\", and nobody has it; there is monthly",
    );
    refused(&["monthly", "10.00 USD"], "nobody has the plan monthly");
    buys(&paper, "anna");
    refused(&["monthly", "10.00 USD"], "10.00 USD is no rise");
    refused(
        &["monthly", "12.00 EUR"],
        "isn't sold in EUR: its price is 10.00 USD",
    );
    refused(&["monthly", "12"], "12");
    refused(&["monthly", "9.00 USD"], "[plans.monthly] says 10.00 USD");
    refused(&["monthly", "12.00 USD", "--from", "soon"], "is no day");
    let (code, text) = said(&[
        "price-rise",
        "monthly",
        "12.00 USD",
        "--data",
        &paper.data(),
    ]);
    assert!(code == 2 && text.contains("--reason"), "{text}");
    // A plan that is no longer sold may still rise, and not too soon.
    paper.edit("ludgate.toml", |text| {
        text.replace("[plans.monthly]", "[plans.month]")
            .replace("plan = \"monthly\"", "plan = \"month\"")
    });
    server.wait_for("reloaded");
    refused(
        &["monthly", "12.00 USD", "--from", "2020-01-01"],
        "the notice would be too short",
    );
    let (code, text) = rise(&paper, &["monthly", "12.00 USD", "--yes"]);
    assert!(code == 0 && text.contains("1 told"), "{text}");
}

#[test]
fn where_nothing_is_sold_no_price_rises() {
    let paper = crate::accounts::paper();
    let _server = paper.serve();
    let (code, text) = rise(&paper, &["monthly", "12.00 USD", "--yes"]);
    assert!(code == 1 && text.contains("[payments]"), "{text}");
}
