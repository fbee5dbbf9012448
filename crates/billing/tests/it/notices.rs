//! Notices of what is to come: nobody pays more who wasn't told of it, and all of it
//! is told as it is when it leaves.

use commerce::ids::{AccountId, SubscriptionId};
use jiff::SignedDuration;
use ludgate_billing::{Again, Contents, News, NotSent, Resend, Retry, Wish};

use crate::support::*;

/// Somebody has bought, and is to pay more from the end of January on. The mail
/// server takes nothing, and says what.
async fn announced(again: Again) -> (Press, AccountId, SubscriptionId) {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    press.until("2027-01-01T00:00:00Z").await;
    *press.mailbox.trouble.lock() = Some(NotSent {
        again,
        why: "no such mailbox".into(),
    });
    let rise = Wish::AnnouncePriceRise {
        price: money("18.00 USD"),
        from: None,
    };
    press
        .billing
        .command(&care(), id, rise)
        .await
        .expect("announced");
    (press, anna, id)
}

/// What the mails of price rises have told: from which day on.
fn told(press: &Press) -> Vec<String> {
    let sent = press.mailbox.sent.lock();
    let from = |parcel: &ludgate_billing::Parcel| match &parcel.what {
        Contents::Told(told) => match &told.news {
            News::Subscription {
                fact: commerce::subscription::Fact::PriceRiseAnnounced(rise),
                ..
            } => Some(rise.from.to_string()),
            _ => None,
        },
        Contents::Asked { .. } => None,
    };
    sent.iter().filter_map(from).collect()
}

#[tokio::test]
async fn the_old_price_holds_where_the_notice_was_given_up_until_it_is_sent_after_all() {
    let (press, _, id) = announced(Again::Never).await;
    let lines = press.until("2027-02-03T00:00:00Z").await;
    let first = lines.first().expect("it failed");
    assert!(
        first.contains("the old price holds until this is sent"),
        "{lines:?}"
    );
    assert_eq!(press.bank(), (2, 3000), "February at the old price");

    *press.mailbox.trouble.lock() = None;
    let retried = press.billing.retry(&care(), &Retry::All).await;
    assert!(retried.expect("written") > 0);
    press.until("2027-03-02T00:00:00Z").await;
    assert_eq!(told(&press), ["2027-03-05T00:00:00Z"], "thirty days on");
    assert!(press.facts(id).await.contains(&"price_rise_told"));
    assert_eq!(press.bank(), (3, 4500), "March, too");
    press.until("2027-04-02T00:00:00Z").await;
    assert_eq!(press.bank(), (4, 4500 + 1800), "April at the new one");
    press.sound().await;
}

#[tokio::test]
async fn a_notice_that_leaves_within_a_day_puts_nothing_off() {
    let (press, ..) = announced(Again::Later).await;
    press.until("2027-01-01T12:00:00Z").await;
    *press.mailbox.trouble.lock() = None;
    press.passes(SignedDuration::from_mins(5));
    press.until("2027-02-02T00:00:00Z").await;
    assert_eq!(told(&press), ["2027-01-31T00:00:00Z"]);
    assert_eq!(press.bank(), (2, 1500 + 1800));
    press.sound().await;
}

#[tokio::test]
async fn a_notice_that_care_sends_once_more_counts() {
    let (press, anna, id) = announced(Again::Never).await;
    press.until("2027-01-10T00:00:00Z").await;
    assert!(!press.facts(id).await.contains(&"price_rise_told"));
    *press.mailbox.trouble.lock() = None;
    let sent = press.billing.resend(&care(), anna, Resend::Latest).await;
    assert_eq!(sent.expect("sent").about, "price_rise_announced");
    assert!(press.facts(id).await.contains(&"price_rise_told"));
    press.until("2027-03-02T00:00:00Z").await;
    assert_eq!(press.bank(), (3, 1500 + 1500 + 1800));
    press.sound().await;
}

/// In how many days what the reminders tell of comes.
fn reminded(press: &Press) -> Vec<u16> {
    let sent = press.mailbox.sent.lock();
    let days = |parcel: &ludgate_billing::Parcel| match &parcel.what {
        Contents::Told(told) => match &told.news {
            News::Subscription {
                fact: commerce::subscription::Fact::ReminderDue { days, .. },
                ..
            } => Some(*days),
            _ => None,
        },
        Contents::Asked { .. } => None,
    };
    sent.iter().filter_map(days).collect()
}

#[tokio::test]
async fn a_reminder_that_leaves_late_counts_the_days_from_when_it_leaves() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    press.buys(anna, "trial", GOOD).await;
    press.until("2027-01-07T00:00:00Z").await;
    *press.mailbox.trouble.lock() = Some(NotSent {
        again: Again::Later,
        why: "come again".into(),
    });
    press.until("2027-01-08T12:00:00Z").await;
    assert_eq!(reminded(&press), [0_u16; 0]);
    *press.mailbox.trouble.lock() = None;
    press.passes(SignedDuration::from_hours(20));
    press.until("2027-01-09T09:00:00Z").await;
    assert_eq!(reminded(&press), [6], "it ends on the fifteenth");
    press.until("2027-01-14T12:00:00Z").await;
    assert_eq!(reminded(&press), [6, 1]);
}

#[tokio::test]
async fn the_letter_of_an_end_knows_what_its_reader_may_not_have() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let cancel = Wish::Cancel {
        when: commerce::subscription::CancelWhen::PeriodEnd,
        reason: commerce::subscription::CancelReason::Price,
    };
    for (offer, until) in [
        ("standard", "2027-02-02T00:00:00Z"),
        ("come-back", "2027-04-02T00:00:00Z"),
    ] {
        let id = press.buys(anna, offer, GOOD).await.subscription.id;
        let reader = ludgate_billing::Who::Reader(anna);
        let done = press.billing.command(&reader, id, cancel.clone()).await;
        done.expect("cancelled");
        press.until(until).await;
    }
    let sent = press.mailbox.sent.lock();
    let ended = sent.iter().filter_map(|parcel| match &parcel.what {
        Contents::Told(told) => match &told.news {
            News::Subscription {
                fact: commerce::subscription::Fact::Ended { .. },
                ..
            } => Some(&told.not_offered),
            _ => None,
        },
        Contents::Asked { .. } => None,
    });
    let refused = ended.map(|refused| {
        ["standard", "winter", "come-back"]
            .map(|name| refused.iter().any(|offer| offer.as_str() == name))
    });
    let refused: Vec<[bool; 3]> = refused.collect();
    // One for new readers never, one that may be had once not again.
    assert_eq!(refused, [[false, true, false], [false, true, true]]);
}
