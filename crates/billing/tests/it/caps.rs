//! Caps: an offer is taken so often and no more, however it was taken.

use commerce::catalog::{Caps, NotOffered, Offer, OfferAudience};
use commerce::ids::{AccountId, OfferId, SubscriptionId};
use commerce::subscription::ChangeWhen;
use ludgate_billing::{BillingError, Came, Who, Wish};
use store::care::InvoiceNames;

use crate::support::*;

/// An offer for subscribers at a lower price for a month, with caps.
async fn saving(caps: Caps) -> Press {
    let press = Press::new().await;
    let mut sales = sales();
    let like = OfferId::new("come-back").expect("an offer");
    let like = sales.catalog.offer(&like).expect("it").clone();
    sales.catalog.offers.push(Offer {
        id: OfferId::new("stay").expect("an offer"),
        audience: OfferAudience::Subscribers,
        caps,
        ..like
    });
    sales.catalog.check().expect("a catalog that makes sense");
    press.billing.set_sales(sales);
    press
}

fn once_each() -> Caps {
    Caps {
        total: None,
        per_account: Some(1),
    }
}

fn one_for_all() -> Caps {
    Caps {
        total: Some(1),
        per_account: None,
    }
}

async fn becomes(
    press: &Press,
    account: AccountId,
    id: SubscriptionId,
    offer: &str,
) -> Result<Came, BillingError> {
    let change = Wish::Change {
        chosen: Box::new(chosen(offer)),
        when: ChangeWhen::PeriodEnd,
        as_of: None,
        shown: None,
        agreement: Box::new(agreement()),
    };
    let who = Who::Reader(account);
    press.billing.command(&who, id, change).await
}

/// Why the offer may not be had, as the page of all offers has it.
async fn shown(press: &Press, account: AccountId) -> Result<(), NotOffered> {
    let held = press.billing.offers_for(Some(account), None, usd()).await;
    let held = held.expect("offers");
    let stay = held
        .into_iter()
        .find(|one| one.pitch.offer.as_str() == "stay");
    stay.expect("it").may
}

fn why<T>(result: Result<T, BillingError>) -> NotOffered {
    match result {
        Err(BillingError::NotOffered(why)) => why,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it was had"),
    }
}

#[tokio::test]
async fn an_offer_that_keeps_somebody_is_had_once_whatever_comes_after_it() {
    let press = saving(once_each()).await;
    let anna = press.reader("anna").await;
    let id = press.buys(anna, "standard", GOOD).await.subscription.id;
    assert_eq!(shown(&press, anna).await, Ok(()));
    becomes(&press, anna, id, "stay").await.expect("agreed");
    // It counts before it comes about.
    assert_eq!(shown(&press, anna).await, Err(NotOffered::HadAlready));
    press.until("2027-03-02T00:00:00Z").await;
    becomes(&press, anna, id, "print").await.expect("agreed");
    press.until("2027-04-02T00:00:00Z").await;
    let now = press.subscription(id).await.terms.offer.clone();
    assert_eq!(now.as_str(), "print");
    assert_eq!(shown(&press, anna).await, Err(NotOffered::HadAlready));
    let again = becomes(&press, anna, id, "stay").await;
    assert_eq!(why(again), NotOffered::HadAlready);
    press.sound().await;
}

#[tokio::test]
async fn the_last_place_is_taken_when_it_is_agreed_to() {
    let press = saving(one_for_all()).await;
    let (anna, ben) = (press.reader("anna").await, press.reader("ben").await);
    let first = press.buys(anna, "standard", GOOD).await.subscription.id;
    let other = press.buys(ben, "standard", GOOD).await.subscription.id;
    becomes(&press, anna, first, "stay").await.expect("agreed");
    let late = becomes(&press, ben, other, "stay").await;
    assert_eq!(why(late), NotOffered::UsedUp);
    // Who thinks better of it before it comes about hasn't had it.
    let keeps = Wish::KeepPlan;
    let kept = press
        .billing
        .command(&Who::Reader(anna), first, keeps)
        .await;
    kept.expect("kept");
    becomes(&press, ben, other, "stay").await.expect("agreed");
    assert_eq!(shown(&press, anna).await, Err(NotOffered::UsedUp));
    press.until("2027-02-02T00:00:00Z").await;
    // Leaving makes no room.
    becomes(&press, ben, other, "print").await.expect("agreed");
    press.until("2027-03-02T00:00:00Z").await;
    let late = becomes(&press, anna, first, "stay").await;
    assert_eq!(why(late), NotOffered::UsedUp);
    press.sound().await;
}

#[tokio::test]
async fn uses_go_along_when_accounts_are_merged_and_outlive_who_is_erased() {
    let press = saving(once_each()).await;
    let (anna, other) = (press.reader("anna").await, press.reader("anne").await);
    let id = press.buys(other, "standard", GOOD).await.subscription.id;
    becomes(&press, other, id, "stay").await.expect("agreed");
    press.until("2027-02-02T00:00:00Z").await;
    let merged = press.billing.merge(&care(), other, anna).await;
    merged.expect("merged");
    assert_eq!(shown(&press, anna).await, Err(NotOffered::HadAlready));

    let revoked = press.billing.command(&care(), id, Wish::Revoke).await;
    revoked.expect("revoked");
    let now = press.now();
    press.advance(now).await;
    let erased = press
        .billing
        .erase(&care(), anna, InvoiceNames::Forgotten)
        .await;
    erased.expect("erased");
    let mut all = press.billing.sales().as_ref().clone();
    let offers = all.catalog.offers.iter_mut();
    for stay in offers.filter(|offer| offer.id.as_str() == "stay") {
        stay.caps = one_for_all();
    }
    press.billing.set_sales(all);
    let ben = press.reader("ben").await;
    let id = press.buys(ben, "print", GOOD).await.subscription.id;
    let late = becomes(&press, ben, id, "stay").await;
    assert_eq!(why(late), NotOffered::UsedUp);
    press.sound().await;
}

/// A view of the offers where every offer has these caps.
async fn viewed(press: &Press, caps: Caps, account: Option<AccountId>) -> Result<(), BillingError> {
    let mut sales = press.billing.sales().as_ref().clone();
    for offer in &mut sales.catalog.offers {
        offer.caps = caps;
    }
    press.billing.set_sales(sales);
    let held = press.billing.offers_for(account, None, usd()).await;
    held.map(|held| assert!(!held.is_empty()))
}

/// With the table out of the way, whoever counts fails.
#[tokio::test]
async fn uses_are_counted_only_for_who_can_have_some_and_where_caps_ask() {
    let press = Press::new().await;
    let anna = press.reader("anna").await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(press.billing.store().path());
    let pool = sqlx::SqlitePool::connect_with(options).await;
    let pool = pool.expect("a connection");
    let hidden = sqlx::query("ALTER TABLE uses RENAME TO hidden");
    hidden.execute(&pool).await.expect("hidden");
    pool.close().await;
    for (caps, account, counts) in [
        (Caps::default(), Some(anna), false),
        (once_each(), None, false),
        (once_each(), Some(anna), true),
        (one_for_all(), None, true),
    ] {
        let seen = viewed(&press, caps, account).await;
        assert_eq!(seen.is_err(), counts, "{caps:?} {account:?}: {seen:?}");
    }
}

#[tokio::test]
async fn what_somebody_has_not_paid_makes_no_room_beyond_the_cap() {
    let press = Press::new().await;
    for name in ["ben", "carla"] {
        let account = press.reader(name).await;
        press.buys(account, "standard", GOOD).await;
    }
    let anna = press.reader("anna").await;
    press.buys(anna, "standard", NO_MONEY).await;
    let mut sales = sales();
    for offer in &mut sales.catalog.offers {
        offer.caps = one_for_all();
    }
    press.billing.set_sales(sales);
    let method = press.card(anna, GOOD).await;
    let quote = press
        .billing
        .quote(Some(anna), &chosen("standard"), consumer())
        .await;
    assert_eq!(why(quote), NotOffered::UsedUp);
    let again = press.purchase(anna, "standard", Some(method));
    let again = press.billing.begin(&again).await;
    assert_eq!(why(again), NotOffered::UsedUp);
}
