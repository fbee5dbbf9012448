//! Gifts: bought, mailed, redeemed once.

use commerce::catalog::{Caps, NotOffered};
use commerce::gift::{GiftFact, GiftRefusal, GiftStage};
use commerce::subscription::{EndReason, Stage};
use ludgate_billing::{
    BillingError, GiftBought, GiftCard, GiftPurchase, PaymentState, Redemption, Resend, Who,
};

use commerce::ids::AccountId;
use providers::payment::Provider;
use providers::sandbox::{Mischief, Sandbox};
use store::MailAddress;

use crate::support::*;

async fn gives(press: &Press, account: AccountId, number: &str) -> GiftBought {
    let purchase = present(press, account, number).await;
    press.billing.buy_gift(&purchase).await.expect("bought")
}

async fn present(press: &Press, account: AccountId, number: &str) -> GiftPurchase {
    let method = press.card(account, number).await;
    GiftPurchase {
        account,
        chosen: chosen("gift"),
        shown: None,
        tax: consumer(),
        party: None,
        agreement: agreement(),
        method,
        card: GiftCard {
            to: Some("ben@example.com".into()),
            ..GiftCard::default()
        },
        form: press.form(),
    }
}

fn redemption(press: &Press, account: AccountId, code: &str) -> Redemption {
    Redemption {
        account,
        code: code.into(),
        tax: consumer(),
        agreement: agreement(),
        address: None,
        form: press.form(),
    }
}

#[tokio::test]
async fn a_gift_is_redeemed_once_by_the_code_that_was_mailed() {
    let press = Press::new().await;
    let (anna, ben) = (press.reader("anna").await, press.reader("ben").await);
    let gift = gives(&press, anna, GOOD).await;
    assert_eq!(gift.payment, PaymentState::Settled);
    assert_eq!(
        press.until("2027-01-01T00:00:01Z").await,
        ["01-01 09:00 gift [paid]", "01-01 09:00 gift [ready]"]
    );
    let codes = press.mailbox.codes();
    let [code] = codes.as_slice() else {
        panic!("{codes:?}");
    };
    // Sent once more, it is said where that goes: to whom the gift is for.
    let care = Who::Care {
        actor: "cli:anna".into(),
        why: "asked by mail".into(),
    };
    for (which, to) in [
        (Resend::Latest, "ben@example.com"),
        (Resend::Receipt, "anna@example.com"),
    ] {
        let sent = press.billing.resend(&care, anna, which).await;
        assert_eq!(sent.expect("sent").to, to);
    }
    let shown = press.billing.gift_code(anna, gift.gift.id).await;
    assert_eq!(shown.expect("shown").as_ref(), Some(code));
    let theirs = press.billing.gift_code(ben, gift.gift.id).await;
    assert!(matches!(theirs, Err(BillingError::NotTheirs(_))));
    // Typed as people do.
    let typed = code.to_lowercase().replace('-', " ").replace('0', "o");
    // Looking uses nothing up.
    let seen = press.billing.gift_by_code(&typed).await.expect("seen");
    assert_eq!(seen.gift.id, gift.gift.id);
    let written = seen.card.expect("a card");
    assert_eq!(written.to.as_deref(), Some("ben@example.com"));
    for wrong in ["", "x", &"A".repeat(10_000)] {
        let refused = press.billing.gift_by_code(wrong).await;
        assert!(matches!(refused, Err(BillingError::NoSuchGift)), "{wrong}");
    }
    let redeems = redemption(&press, ben, &typed);
    let begun = press.billing.redeem(&redeems).await.expect("redeemed");
    assert_eq!(begun.stage, Stage::Active);
    let again = press.billing.redeem(&redeems).await.expect("the same form");
    assert_eq!(again.id, begun.id);
    let carla = press.reader("carla").await;
    let late = redemption(&press, carla, code);
    let refused = press.billing.redeem(&late).await;
    assert!(
        matches!(refused, Err(BillingError::Gift(GiftRefusal::Redeemed))),
        "{refused:?}"
    );
    let guessed = redemption(&press, carla, "0000-0000-0000-0000");
    let refused = press.billing.redeem(&guessed).await;
    assert!(matches!(refused, Err(BillingError::NoSuchGift)));
    let mut lines = press.until("2027-05-01T00:00:00Z").await;
    // Two mails of one moment, in no order.
    if let Some(first) = lines.get_mut(..2) {
        first.sort();
    }
    assert_eq!(
        lines,
        [
            "01-01 09:00 [begun]",
            "01-01 09:00 gift [redeemed]",
            "04-01 09:00 period_ended",
            "04-01 09:00 ended",
            "04-01 09:00 [ended]",
        ]
    );
    let whole = ["begun", "period_started", "period_ended", "ended"];
    assert_eq!(press.facts(begun.id).await, whole);
    let mut reading = press.billing.store().read().await.expect("a transaction");
    let facts = reading.gift_facts(gift.gift.id).await.expect("facts");
    let names: Vec<_> = facts.iter().map(GiftFact::name).collect();
    let paid = ["bought", "order_opened", "charge_requested", "paid"];
    assert_eq!(names, [&paid[..], &["ready", "redeemed"]].concat());
    // Who came too late has begun nothing.
    let late = reading.subscriptions(carla).await.expect("read");
    assert!(late.is_empty(), "{late:?}");
    drop(reading);
    assert_eq!(press.bank(), (1, 4000));
    press.sound().await;
}

#[tokio::test]
async fn another_key_makes_another_code_and_whichever_was_shown_last_is_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = || Provider::Sandbox(Box::new(Sandbox::in_memory(Mischief::default())));
    let press = Press::at(folder.path(), sandbox(), 1).await;
    let anna = press.reader("anna").await;
    let gift = gives(&press, anna, GOOD).await.gift.id;
    let first = press.billing.gift_code(anna, gift).await.expect("shown");
    let first = first.expect("a code");
    press.billing.store().clone().close().await;
    drop(press);
    let press = Press::at(folder.path(), sandbox(), 2).await;
    assert_eq!(
        press
            .billing
            .gift_by_code(&first)
            .await
            .expect("seen")
            .gift
            .id,
        gift
    );
    press.until("2027-01-01T00:00:01Z").await;
    let codes = press.mailbox.codes();
    let [mailed] = codes.as_slice() else {
        panic!("{codes:?}");
    };
    assert_ne!(*mailed, first);
    assert_eq!(
        press
            .billing
            .gift_by_code(mailed)
            .await
            .expect("seen")
            .gift
            .id,
        gift
    );
    let before = press.billing.gift_by_code(&first).await;
    assert!(
        matches!(before, Err(BillingError::NoSuchGift)),
        "{before:?}"
    );
    let shown = press.billing.gift_code(anna, gift).await.expect("shown");
    assert_eq!(shown.as_ref(), Some(mailed));
}

#[tokio::test]
async fn a_gift_that_is_charged_back_takes_its_subscription_with_it() {
    let press = Press::new().await;
    let (anna, ben) = (press.reader("anna").await, press.reader("ben").await);
    let gift = gives(&press, anna, CHARGED_BACK).await.gift;
    let code = press.billing.gift_code(anna, gift.id).await.expect("shown");
    let redeems = redemption(&press, ben, &code.expect("a code"));
    let begun = press.billing.redeem(&redeems).await.expect("redeemed");
    let lines = press.until("2027-02-01T00:00:00Z").await;
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.starts_with("01-15"))
            .collect::<Vec<_>>(),
        [
            "01-15 09:00 gift charged_back",
            "01-15 09:00 gift revocation_requested",
            "01-15 09:00 period_ended",
            "01-15 09:00 ended",
            "01-15 09:00 [ended]",
        ]
    );
    let ended = press.subscription(begun.id).await;
    assert!(matches!(
        ended.stage,
        Stage::Ended {
            why: EndReason::Revoked,
            ..
        }
    ));
    press.sound().await;
}

#[tokio::test]
async fn a_gift_that_nobody_redeems_is_forfeited() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let gift = gives(&press, anna, GOOD).await.gift;
    assert!(matches!(gift.stage, GiftStage::Ready { .. }));
    assert_eq!(
        press.until("2028-02-01T00:00:00Z").await,
        [
            "01-01 09:00 gift [paid]",
            "01-01 09:00 gift [ready]",
            "01-01 09:00 gift forfeited",
            "01-01 09:00 gift ended",
        ]
    );
    press.sound().await;
}

#[tokio::test]
async fn caps_of_a_gift_count_who_buys_it_and_not_who_redeems_it() {
    let press = Press::new().await;
    let mut capped = sales();
    for offer in &mut capped.catalog.offers {
        if offer.gift {
            offer.caps = Caps {
                total: Some(2),
                per_account: Some(1),
            };
        }
    }
    press.billing.set_sales(capped);
    let anna = press.reader("anna").await;
    gives(&press, anna, GOOD).await;
    let again = present(&press, anna, GOOD).await;
    let refused = press.billing.buy_gift(&again).await;
    assert!(
        matches!(
            refused,
            Err(BillingError::NotOffered(NotOffered::HadAlready))
        ),
        "{refused:?}"
    );
    // A card that is declined takes none away from others, once that is over.
    let ben = press.reader("ben").await;
    gives(&press, ben, NO_MONEY).await;
    press.until("2027-01-03T00:00:00Z").await;
    let carla = press.reader("carla").await;
    gives(&press, carla, GOOD).await;
    let dora = press.reader("dora").await;
    let late = present(&press, dora, GOOD).await;
    let refused = press.billing.buy_gift(&late).await;
    assert!(
        matches!(refused, Err(BillingError::NotOffered(NotOffered::UsedUp))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_gift_is_sent_elsewhere_and_the_code_that_went_astray_is_good_no_longer() {
    let press = Press::new().await;
    let (anna, ben) = (press.reader("anna").await, press.reader("ben").await);
    let gift = gives(&press, anna, GOOD).await.gift.id;
    press.until("2027-01-01T00:00:01Z").await;
    let to = |name: &str| MailAddress::new(&format!("{name}@example.com")).expect("an address");
    let theirs = press.billing.send_gift(ben, gift, &to("eve")).await;
    assert!(
        matches!(theirs, Err(BillingError::NotTheirs(_))),
        "{theirs:?}"
    );
    // Once more to the same address, and then to the right one.
    press
        .billing
        .send_gift(anna, gift, &to("ben"))
        .await
        .expect("sent");
    press
        .billing
        .send_gift(anna, gift, &to("ben.sand"))
        .await
        .expect("sent");
    assert_eq!(
        press.until("2027-01-01T00:00:02Z").await,
        [
            "01-01 09:00 gift [sent_again]",
            "01-01 09:00 gift [sent_again]"
        ]
    );
    let codes = press.mailbox.codes();
    let [first, .., last] = codes.as_slice() else {
        panic!("{codes:?}");
    };
    assert_ne!(first, last);
    let astray = press.billing.redeem(&redemption(&press, ben, first)).await;
    assert!(
        matches!(astray, Err(BillingError::CodeReplaced)),
        "{astray:?}"
    );
    let looked = press.billing.gift_by_code(first).await;
    assert!(
        matches!(looked, Err(BillingError::CodeReplaced)),
        "{looked:?}"
    );
    let card = press.billing.gift_card(anna, gift).await.expect("read");
    assert_eq!(
        card.and_then(|card| card.to).as_deref(),
        Some("ben.sand@example.com")
    );
    let shown = press.billing.gift_code(anna, gift).await.expect("shown");
    assert_eq!(shown.as_ref(), Some(last));
    press
        .billing
        .redeem(&redemption(&press, ben, last))
        .await
        .expect("redeemed");
    let late = press.billing.send_gift(anna, gift, &to("carla")).await;
    assert!(
        matches!(late, Err(BillingError::Gift(GiftRefusal::Redeemed))),
        "{late:?}"
    );
    press.sound().await;
}

#[tokio::test]
async fn who_hands_a_code_over_keeps_it_when_they_have_it_mailed_after_all() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let mut purchase = present(&press, anna, GOOD).await;
    purchase.card.to = None;
    let gift = press
        .billing
        .buy_gift(&purchase)
        .await
        .expect("bought")
        .gift
        .id;
    let handed = press.billing.gift_code(anna, gift).await.expect("shown");
    let to = MailAddress::new("ben@example.com").expect("an address");
    press
        .billing
        .send_gift(anna, gift, &to)
        .await
        .expect("sent");
    let mailed = press.billing.gift_code(anna, gift).await.expect("shown");
    assert_eq!(handed, mailed);
}
