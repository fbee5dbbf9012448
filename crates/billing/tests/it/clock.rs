//! The test clock, and the run beside it.

use jiff::SignedDuration;
use ludgate_billing::{Again, BillingError, NotMoved, NotSent};
use store::jobs::MAX_ATTEMPTS;
use tokio::sync::mpsc;

use crate::support::*;

#[tokio::test]
async fn the_clock_never_goes_back_and_stays_where_it_was_left() {
    let press = Press::new().await;
    press.until("2027-03-01T00:00:00Z").await;
    let (sender, _receiver) = mpsc::channel(1);
    let back = press
        .billing
        .advance(at("2027-02-01T00:00:00Z"), sender.clone());
    assert!(matches!(
        back.await,
        Err(BillingError::Clock(NotMoved::Backwards { .. }))
    ));
    let far = press
        .billing
        .advance(at("2099-02-01T00:00:00Z"), sender)
        .await;
    assert!(matches!(
        far,
        Err(BillingError::Clock(NotMoved::TooFar { .. }))
    ));
    press.passes(SignedDuration::from_hours(1));
    assert_eq!(press.now(), at("2027-03-01T01:00:00Z"));
    let ahead = press.billing.store().read().await.expect("a transaction");
    let mut ahead = ahead;
    let ahead = ahead.clock_ahead().await.expect("read");
    assert_eq!(ahead, press.billing.clock().ahead());
}

#[tokio::test]
async fn a_mail_server_that_is_down_holds_up_nothing() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    *press.mailbox.trouble.lock() = Some(NotSent {
        again: Again::Later,
        why: "nobody answers".into(),
    });
    press.buys(anna, "standard", GOOD).await;
    let lines = press.until("2027-02-02T00:00:00Z").await;
    assert_eq!(lines.iter().filter(|line| line.contains("paid")).count(), 1);
    let failed = lines.iter().filter(|line| line.contains("nobody answers"));
    assert_eq!(failed.count(), 3, "{lines:#?}");
    *press.mailbox.trouble.lock() = None;
    // What was held back goes out when the system's time has come.
    press.passes(SignedDuration::from_mins(1));
    let lines = press.until("2027-02-02T00:02:00Z").await;
    let mailed = lines.iter().filter(|line| line.contains('['));
    assert_eq!(mailed.count(), 3, "{lines:#?}");
    press.sound().await;
}

#[tokio::test]
async fn the_run_does_what_is_due_and_stops_when_it_is_told() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    press.buys(anna, "standard", GOOD).await;
    press.passes(SignedDuration::from_hours(31 * 24));
    let mut feeds = press.billing.store().feeds();
    let stop = async {
        // Renewed: the gate is told of another period.
        while press.bank().0 < 2 || press.mailbox.sent.lock().len() < 3 {
            let _ =
                tokio::time::timeout(std::time::Duration::from_millis(100), feeds.changed()).await;
        }
    };
    press.billing.run(stop).await.expect("run");
    assert_eq!(press.bank(), (2, 3000));
    press.sound().await;
}

#[tokio::test]
async fn a_mail_that_waits_for_a_login_to_be_put_right_is_never_given_up() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    *press.mailbox.trouble.lock() = Some(NotSent {
        again: Again::Repaired,
        why: "the login is wrong".into(),
    });
    press.buys(anna, "standard", GOOD).await;
    for _ in 0..2 * MAX_ATTEMPTS {
        press.passes(SignedDuration::from_hours(2));
        let now = press.now();
        press.advance(now).await;
    }
    *press.mailbox.trouble.lock() = None;
    press.passes(SignedDuration::from_hours(1));
    let now = press.now();
    press.advance(now).await;
    // That it began, and that it was paid.
    assert_eq!(press.mailbox.sent.lock().len(), 2);
    press.sound().await;
}
