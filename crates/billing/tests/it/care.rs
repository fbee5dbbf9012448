//! What customer care and firms do: access for nothing, seats, price rises for
//! all; and that each act is written down.

use commerce::ids::{AccountId, PlanId, ProductId, RefundId};
use commerce::subscription::{
    AfterRefund, CancelReason, CancelWhen, EndReason, Fact, MailDomain, SeatFact, Stage,
};
use commerce::terms::Silence;
use std::sync::Arc;

use ludgate_billing::{
    BillingError, Entrances, Erased, Forgetting, Happening, PassedOver, Resend, Retry, Rise, Risen,
    Traces, Who, Wish,
};
use parking_lot::Mutex;
use store::accounts::AccountStatus;
use store::care::{EraseError, InvoiceNames, MergeError};

use crate::support::*;

#[tokio::test]
async fn what_is_given_ends_on_its_day_and_is_given_once() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.billing.draw_subscription().expect("an id");
    let product = ProductId::new("digital").expect("a product");
    let until = Some(at("2027-02-01T00:00:00Z"));
    let by_reader = press
        .billing
        .give(&Who::Reader(anna), id, anna, &product, until)
        .await;
    assert!(matches!(by_reader, Err(BillingError::OnlyCare(_))));
    for _ in 0..2 {
        let care = care();
        let given = press.billing.give(&care, id, anna, &product, until).await;
        assert_eq!(given.expect("given").stage, Stage::Active);
    }
    let nothing = ProductId::new("gold").expect("a name");
    let other = press.billing.draw_subscription().expect("an id");
    let refused = press
        .billing
        .give(&care(), other, anna, &nothing, until)
        .await;
    assert!(matches!(refused, Err(BillingError::NoSuchProduct(_))));
    assert_eq!(
        press.until("2027-03-01T00:00:00Z").await,
        [
            "01-01 09:00 [begun]",
            "02-01 09:00 period_ended",
            "02-01 09:00 ended",
            "02-01 09:00 [ended]",
        ]
    );
    let mut reading = press.billing.store().read().await.expect("a transaction");
    let timeline = reading
        .timeline(anna, press.now())
        .await
        .expect("a timeline");
    let told = format!("{timeline:?}");
    assert!(told.contains("cli:anna"), "{told}");
    drop(reading);
    press.sound().await;
}

#[tokio::test]
async fn a_seat_is_taken_by_its_invitation_and_given_back() {
    let press = Press::new().await;
    let (firm, ben) = (press.reader("firm").await, press.reader("ben").await);
    let id = press.buys(firm, "team", GOOD).await.subscription.id;
    let reader = Who::Reader(firm);
    let invitation = press.invitation(firm);
    let seat = invitation.seat;
    let wish = Wish::Invite(Box::new(invitation));
    let came = press.billing.command(&reader, id, wish).await;
    let came = came.expect("invited");
    assert_eq!(came.facts, [Fact::Seat(SeatFact::Invited { seat })]);
    let taken = press.billing.take_seat(ben, id, seat).await.expect("taken");
    assert!(taken.seats.has_member(ben));
    let carla = press.reader("carla").await;
    let refused = press.billing.take_seat(carla, id, seat).await;
    assert!(
        matches!(refused, Err(BillingError::Refused(_))),
        "{refused:?}"
    );
    // Her address belongs to the firm; but nobody knows yet that it is hers.
    let admit = Wish::Admit(Entrances {
        domains: vec![MailDomain::new("example.com").expect("a domain")],
        networks: Vec::new(),
    });
    press
        .billing
        .command(&care(), id, admit)
        .await
        .expect("admitted");
    let refused = press.billing.join(carla, id).await;
    assert!(matches!(refused, Err(BillingError::NotVerified)));
    let left = press.billing.leave_seat(ben, id).await.expect("left");
    assert!(!left.seats.has_member(ben));
    press.sound().await;
}

#[tokio::test]
async fn a_price_rise_is_announced_to_all_of_a_plan_once() {
    let press = Press::new().await;
    for name in ["anna", "ben", "carla"] {
        let reader = press.reader(name).await;
        press.buys(reader, "standard", GOOD).await;
    }
    let dora = press.reader("dora").await;
    press.buys(dora, "print", GOOD).await;
    let rise = Rise {
        plan: PlanId::new("monthly").expect("a plan"),
        price: money("18.00 USD"),
        from: None,
    };
    let told = &mut |_| {};
    let foreseen = press.billing.foresee_price_rise(&rise, told).await;
    let foreseen = foreseen.expect("foreseen");
    assert_eq!((foreseen.announced, foreseen.passed_over.all()), (3, 0));
    let mut seen = Vec::new();
    let risen = press
        .billing
        .announce_price_rise(&care(), &rise, &mut |many| seen.push(many))
        .await;
    assert_eq!(risen.expect("announced"), foreseen);
    assert_eq!(seen, [4], "print is looked at as well");
    let notice = foreseen.notices.first().expect("a notice");
    assert_eq!((notice.many, notice.silence), (3, Silence::Accepts));
    let again = press
        .billing
        .announce_price_rise(&care(), &rise, told)
        .await;
    let none = Risen {
        passed_over: PassedOver {
            told_before: 3,
            ..PassedOver::default()
        },
        ..Risen::default()
    };
    assert_eq!(again.expect("known"), none);
    let by_reader = press
        .billing
        .announce_price_rise(&Who::Reader(dora), &rise, told)
        .await;
    assert!(matches!(by_reader, Err(BillingError::OnlyCare(_))));
    press.until("2027-03-02T00:00:00Z").await;
    // January at the old price; February and March, which begin after the thirty
    // days of notice, at the new one. Print stays.
    assert_eq!(press.bank().1, 3 * (1500 + 1800 + 1800) + 3 * 4000);
    press.sound().await;
}

#[tokio::test]
async fn a_revocation_holds_at_once() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    let came = press.billing.command(&care(), id, Wish::Revoke).await;
    let ended = came.expect("revoked").subscription;
    assert!(matches!(
        ended.stage,
        Stage::Ended {
            why: EndReason::Revoked,
            ..
        }
    ));
    let again = press.billing.command(&care(), id, Wish::Revoke).await;
    assert_eq!(again.expect("it is so").facts, []);
}

/// Who keeps traces of readers, and is in trouble once.
#[derive(Default)]
struct Keepers(Mutex<Vec<Erased>>);

impl Traces for Keepers {
    fn forget<'a>(&'a self, whom: &'a Erased) -> Forgetting<'a> {
        let mut all = self.0.lock();
        all.push(whom.clone());
        let is_first = all.len() == 1;
        let done = if is_first {
            Err("the disk is full".to_owned())
        } else {
            Ok(())
        };
        Box::pin(std::future::ready(done))
    }
}

/// What care did to an account, and why, the latest first.
async fn acts(press: &Press, account: commerce::ids::AccountId) -> Vec<String> {
    let mut reading = press.billing.store().read().await.expect("a transaction");
    let all = reading.timeline(account, jiff::Timestamp::MAX).await;
    let act = |entry: store::care::Entry| match entry.what {
        store::care::What::Act {
            actor, what, why, ..
        } => Some(format!("{actor} {what}: {why}")),
        store::care::What::Fact { .. } => None,
    };
    all.expect("read").into_iter().filter_map(act).collect()
}

#[tokio::test]
async fn who_is_erased_leaves_no_seat_and_no_money_on_its_way() {
    let press = Press::new().await;
    let (firm, ben) = (press.reader("firm").await, press.reader("ben").await);
    let id = press.buys(firm, "team", GOOD).await.subscription.id;
    let invitation = press.invitation(firm);
    let seat = invitation.seat;
    let wish = Wish::Invite(Box::new(invitation));
    let came = press.billing.command(&Who::Reader(firm), id, wish).await;
    came.expect("invited");
    press.billing.take_seat(ben, id, seat).await.expect("taken");
    let names = InvoiceNames::Kept;
    let mut writing = press.billing.store().write().await.expect("a turn");
    let seated = writing.erase(ben, names, press.now()).await;
    assert!(
        matches!(&seated, Err(EraseError::Seated(ids)) if *ids == [id]),
        "{seated:?}"
    );
    drop(writing);
    let erased = press.billing.erase(&care(), ben, names).await;
    erased.expect("erased");
    let left = press.billing.store().read().await.expect("a turn");
    let left = { left }.subscription(id).await.expect("read").expect("it");
    assert!(!left.seats.has_member(ben));

    // Somebody gets their money back, and the bank hasn't been asked yet.
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    press
        .billing
        .command(&care(), id, Wish::Withdraw)
        .await
        .expect("withdrawn");
    let early = press.billing.erase(&care(), anna, names).await;
    assert!(
        matches!(&early, Err(BillingError::Erase(EraseError::MoneyMoves(_)))),
        "{early:?}"
    );
    let now = press.now();
    press.advance(now).await;
    let erased = press.billing.erase(&care(), anna, names).await;
    erased.expect("erased");
    press.sound().await;
}

#[tokio::test]
async fn who_is_erased_is_forgotten_elsewhere_too_and_that_it_was_done_is_kept() {
    let press = Press::new().await;
    let keepers = Arc::new(Keepers::default());
    press
        .billing
        .forgets_by(Arc::clone(&keepers) as Arc<dyn Traces>);
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    let names = InvoiceNames::Kept;
    let running = press.billing.erase(&care(), anna, names).await;
    assert!(
        matches!(&running, Err(BillingError::Erase(EraseError::Active(ids))) if *ids == [id]),
        "{running:?}"
    );
    assert_eq!(press.billing.cards(anna).await.expect("read").len(), 1);
    press
        .billing
        .command(&care(), id, Wish::Revoke)
        .await
        .expect("revoked");
    let by_reader = press.billing.erase(&Who::Reader(anna), anna, names).await;
    assert!(matches!(by_reader, Err(BillingError::OnlyCare(_))));
    let erased = press.billing.erase(&care(), anna, names).await;
    assert_eq!(erased.expect("erased").customers.len(), 1);
    assert_eq!(
        acts(&press, anna).await,
        ["cli:anna erase: asked by mail", "cli:anna revoke: "]
    );
    let now = press.now();
    let happened = press.advance(now).await;
    let asked = Happening::Asked("customer_forgotten");
    let asked = happened.iter().filter(|one| one.what == asked).count();
    assert_eq!(asked, 1, "{happened:?}");
    press.passes(jiff::SignedDuration::from_hours(1));
    let now = press.now();
    press.advance(now).await;
    let asked = keepers.0.lock().clone();
    assert_eq!(asked.len(), 2, "once in vain");
    assert!(
        asked
            .iter()
            .all(|one| one.accounts == [anna] && one.mail.is_some())
    );
    assert!(press.billing.cards(anna).await.expect("read").is_empty());
    press.sound().await;
}

#[tokio::test]
async fn accounts_become_one_by_somebodys_act() {
    let press = Press::new().await;
    let (old, anna) = (press.reader("old").await, press.reader("anna").await);
    let id = press.buys(old, "standard", GOOD).await.subscription.id;
    let same = press.billing.merge(&care(), anna, anna).await;
    assert!(matches!(same, Err(BillingError::Merge(MergeError::Same))));
    let merged = press.billing.merge(&care(), old, anna).await;
    assert_eq!(merged.expect("merged").subscriptions, [id]);
    assert_eq!(press.subscription(id).await.account, anna);
    assert_eq!(acts(&press, anna).await, ["cli:anna merge: asked by mail"]);
    let again = press.billing.merge(&care(), old, anna).await;
    assert!(matches!(
        again,
        Err(BillingError::Merge(MergeError::NotOpen(_)))
    ));
    press.sound().await;
}

#[tokio::test]
async fn a_receipt_is_sent_again_as_another_mail() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let none = press.billing.resend(&care(), anna, Resend::Latest).await;
    assert!(matches!(none, Err(BillingError::NothingToSend)), "{none:?}");
    press.buys(anna, "standard", GOOD).await;
    let now = press.now();
    press.advance(now).await;
    let before = press.mailbox.sent.lock().len();
    for _ in 0..2 {
        let sent = press.billing.resend(&care(), anna, Resend::Receipt).await;
        assert_eq!(sent.expect("sent").about, "paid");
    }
    assert_eq!(press.mailbox.sent.lock().len(), before + 2);
    assert_eq!(acts(&press, anna).await.len(), 2);
    *press.mailbox.trouble.lock() = Some(ludgate_billing::NotSent {
        again: ludgate_billing::Again::Later,
        why: "nobody answers".into(),
    });
    let failed = press.billing.resend(&care(), anna, Resend::Receipt).await;
    assert!(
        matches!(failed, Err(BillingError::NotSent(_))),
        "{failed:?}"
    );
    assert_eq!(acts(&press, anna).await.len(), 2, "nothing was done");
}

#[tokio::test]
async fn who_is_put_together_and_pays_twice_for_the_same_is_told_of() {
    let press = Press::new().await;
    let (anna, old) = (press.reader("anna").await, press.reader("old").await);
    let first = press.buys(anna, "standard", GOOD).await.subscription.id;
    assert_eq!(press.billing.paid_twice(anna).await.expect("read"), []);
    let second = press.buys(old, "standard", GOOD).await.subscription.id;
    let merged = press.billing.merge(&care(), old, anna).await;
    merged.expect("merged");
    let mut twice = press.billing.paid_twice(anna).await.expect("read");
    let mut both = vec![first, second];
    twice.sort();
    both.sort();
    assert_eq!(twice, both);
    // Where one of them ends with its period there is nothing to tell.
    let wish = Wish::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Unsaid,
    };
    let cancelled = press.billing.command(&care(), second, wish).await;
    cancelled.expect("cancelled");
    assert_eq!(press.billing.paid_twice(anna).await.expect("read"), []);
}

#[tokio::test]
async fn what_is_exported_says_that_it_was() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let all = press.billing.export(&care(), anna).await.expect("exported");
    assert_eq!(all["acts"][0]["what"], "export");
    let nobody = commerce::ids::AccountId::new(1 << 90);
    let none = press.billing.export(&care(), nobody).await;
    assert!(matches!(none, Err(BillingError::NoAccount(_))), "{none:?}");
}

#[tokio::test]
async fn a_mail_that_was_given_up_goes_out_when_somebody_says_so() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    *press.mailbox.trouble.lock() = Some(ludgate_billing::NotSent {
        again: ludgate_billing::Again::Never,
        why: "no such mailbox".into(),
    });
    press.buys(anna, "standard", GOOD).await;
    let now = press.now();
    press.advance(now).await;
    *press.mailbox.trouble.lock() = None;
    let none = Retry::One("nothing".into());
    let none = press.billing.retry(&care(), &none).await;
    assert_eq!(none.expect("read"), 0);
    let mut reading = press.billing.store().read().await.expect("a transaction");
    let dead = reading.dead_jobs().await.expect("read");
    drop(reading);
    let id = dead.first().expect("a dead job").id.clone();
    let one = press.billing.retry(&care(), &Retry::One(id)).await;
    assert_eq!(one.expect("written"), 1);
    assert_eq!(acts(&press, anna).await, ["cli:anna retry: asked by mail"]);
    let rest = press.billing.retry(&care(), &Retry::All).await;
    assert_eq!(rest.expect("written"), dead.len() as u64 - 1);
    let now = press.now();
    press.advance(now).await;
    assert_eq!(press.mailbox.sent.lock().len(), dead.len());
}

#[tokio::test]
async fn what_couldnt_be_given_back_is_asked_for_again_without_a_second_credit_note() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let bought = press.buys(anna, "standard", NOT_REFUNDED).await;
    let id = bought.subscription.id;
    let (failed, refund) = (RefundId::new(77), RefundId::new(78));
    let first = Wish::Refund {
        refund: failed,
        charge: bought
            .subscription
            .payments
            .payments()
            .last()
            .expect("paid")
            .charge,
        amount: None,
        access: AfterRefund::Keep,
    };
    let again = Wish::RefundAgain { failed, refund };
    let reader = Who::Reader(anna);
    let by_reader = press.billing.command(&reader, id, again.clone()).await;
    assert!(matches!(by_reader, Err(BillingError::OnlyCare(_))));
    for wish in [first, again.clone(), again] {
        let came = press.billing.command(&care(), id, wish).await;
        came.expect("asked");
        press.until("2027-01-02T00:00:00Z").await;
    }
    let facts = press.facts(id).await;
    let tail = facts.get(facts.len() - 4..).expect("some");
    assert_eq!(
        tail,
        [
            "refund_requested",
            "refund_failed",
            "refund_again_requested",
            "refund_failed"
        ]
    );
    let mut reading = press.billing.store().read().await.expect("a transaction");
    let documents = reading.invoices(anna).await.expect("documents");
    assert_eq!(documents.len(), 2, "an invoice and a credit note");
    drop(reading);
    press.sound().await;
}

#[tokio::test]
async fn a_closed_account_keeps_what_it_has_and_its_reader_out() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    let session = store::sessions::NewSession {
        id: access::SessionId([7; 16]),
        account: anna,
        label: "a browser".into(),
        expires: at("2027-03-01T00:00:00Z"),
    };
    let mut writing = press.billing.store().write().await.expect("a turn");
    let added = writing.add_session(&session, 9, press.now()).await;
    added.expect("signed in");
    writing.commit().await.expect("committed");
    let by_reader = press
        .billing
        .set_open(&Who::Reader(anna), anna, false)
        .await;
    assert!(matches!(by_reader, Err(BillingError::OnlyCare(_))));
    for is_open in [false, true] {
        let set = press.billing.set_open(&care(), anna, is_open).await;
        set.expect("set");
        let mut reading = press.billing.store().read().await.expect("a turn");
        let there = reading.sessions(anna, press.now()).await.expect("read");
        assert_eq!(there.len(), 0, "signed out everywhere");
        let found = reading.account(anna).await.expect("read");
        let is_closed = found.expect("an account").status == AccountStatus::Closed;
        assert_eq!(is_closed, !is_open);
    }
    assert!(!press.subscription(id).await.is_ended());
    let nobody = AccountId::new(404);
    let unknown = press.billing.set_open(&care(), nobody, false).await;
    assert!(matches!(unknown, Err(BillingError::NoAccount(_))));
    press.sound().await;
}
