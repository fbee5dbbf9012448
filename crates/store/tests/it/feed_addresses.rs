//! The addresses under which accounts read feeds: one at a time, for as long as
//! the account is open.

use jiff::SignedDuration;
use ludgate_store::TokenHash;
use ludgate_store::care::InvoiceNames;
use ludgate_store::feed_addresses::FeedReader;

use crate::support::*;
use commerce::ids::AccountId;

fn hash(secret: &str) -> TokenHash {
    TokenHash::of(secret.as_bytes())
}

async fn makes(world: &World, account: AccountId, secret: &str) {
    let mut writing = world.writing().await;
    let made = writing.make_feed_address(account, hash(secret), world.now);
    made.await.expect("made");
    writing.commit().await.expect("committed");
}

async fn whose(world: &World, secret: &str) -> Option<AccountId> {
    Some(reader(world, secret).await?.account)
}

async fn reader(world: &World, secret: &str) -> Option<FeedReader> {
    let mut reading = world.store.read().await.expect("a transaction");
    let found = reading.feed_reader(hash(secret), world.now).await;
    found.expect("read")
}

async fn uses(world: &World, secret: &str, is_spread: bool) {
    let mut writing = world.writing().await;
    let used = writing.use_feed_address(hash(secret), is_spread, world.now);
    used.await.expect("written");
    writing.commit().await.expect("committed");
}

#[tokio::test]
async fn a_new_address_ends_the_old_one_and_giving_it_up_ends_it_for_good() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let bert = world.account("bert@example.com").await;
    makes(&world, anna, "first").await;
    makes(&world, bert, "another's").await;
    assert_eq!(whose(&world, "first").await, Some(anna));
    makes(&world, anna, "second").await;
    assert_eq!(whose(&world, "first").await, None);
    assert_eq!(whose(&world, "second").await, Some(anna));

    let mut writing = world.writing().await;
    let revoked = writing.revoke_feed_address(anna, world.now).await;
    assert!(revoked.expect("written"));
    let again = writing.revoke_feed_address(anna, world.now).await;
    assert!(!again.expect("written"), "there is none any more");
    let kept = writing.feed_address(anna).await.expect("read");
    assert_eq!(kept.expect("known").revoked, Some(world.now));
    writing.commit().await.expect("committed");
    assert_eq!(whose(&world, "second").await, None);
    assert_eq!(whose(&world, "another's").await, Some(bert));
    makes(&world, anna, "third").await;
    let mut reading = world.store.read().await.expect("a transaction");
    let kept = reading.feed_address(anna).await.expect("read");
    assert_eq!(kept.expect("known").revoked, None);
}

#[tokio::test]
async fn of_its_use_no_more_is_kept_than_the_day() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    makes(&world, anna, "secret").await;
    let fresh = reader(&world, "secret").await.expect("known");
    assert!(!fresh.is_used_today && !fresh.is_spread_today);
    uses(&world, "secret", false).await;
    let used = reader(&world, "secret").await.expect("known");
    assert!(used.is_used_today && !used.is_spread_today);
    uses(&world, "secret", true).await;
    let today = world.now;
    world.now = today + SignedDuration::from_hours(24);
    let next_day = reader(&world, "secret").await.expect("known");
    assert!(!next_day.is_used_today && !next_day.is_spread_today);
    let mut reading = world.store.read().await.expect("a transaction");
    let kept = reading.feed_address(anna).await.expect("read");
    let kept = kept.expect("known");
    assert_eq!(kept.used, kept.spread);
    let used = kept.used.expect("a day");
    assert_eq!(used.as_second().rem_euclid(24 * 60 * 60), 0, "{used}");
    assert!(used <= today && today.duration_since(used).as_hours() < 24);
}

#[tokio::test]
async fn it_ends_with_the_account_and_isnt_carried_into_another() {
    let mut world = World::new().await;
    let old = world.account("anna@old.example").await;
    let anna = world.account("anna@example.com").await;
    makes(&world, old, "old").await;
    makes(&world, anna, "own").await;
    let mut writing = world.writing().await;
    writing.set_open(anna, false).await.expect("closed");
    writing.commit().await.expect("committed");
    assert_eq!(whose(&world, "own").await, None, "closed by care");
    let mut writing = world.writing().await;
    let refused = writing.make_feed_address(anna, hash("new"), world.now);
    assert!(refused.await.is_err(), "a closed account is given none");
    drop(writing);
    let mut writing = world.writing().await;
    writing.set_open(anna, true).await.expect("opened");
    writing
        .merge_accounts(old, anna, &world.books(), world.now)
        .await
        .expect("merged");
    writing.commit().await.expect("committed");
    assert_eq!(whose(&world, "old").await, None);
    assert_eq!(whose(&world, "own").await, Some(anna));

    let mut writing = world.writing().await;
    let all = writing.export(anna).await.expect("read").expect("somebody");
    let listed = all["feed_address"].as_array().expect("a list");
    assert_eq!(listed.len(), 1, "{all}");
    assert_eq!(listed[0]["created"], world.now.to_string());
    assert!(!all.to_string().contains(&hash("own").to_string()), "{all}");
    let erased = writing.erase(anna, InvoiceNames::Kept, world.now).await;
    erased.expect("erased");
    assert_eq!(writing.feed_address(anna).await.expect("read"), None);
    writing.commit().await.expect("committed");
    assert_eq!(whose(&world, "own").await, None);
}
