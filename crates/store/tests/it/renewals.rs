//! Orders that time alone opens: each has the same id whenever it is opened.

use std::path::Path;

use commerce::ids::{OrderId, SubscriptionId};
use jiff::{SignedDuration, Timestamp};
use ludgate_store::Store;

use crate::support::*;

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// The order that is being collected.
async fn open_order(store: &Store, id: SubscriptionId) -> Option<OrderId> {
    let mut reading = store.read().await.expect("a transaction");
    let found = reading.subscription(id).await.expect("read");
    found.expect("there").payments.open.map(|order| order.id)
}

/// What one order of a subscription is called where a backup was put back and
/// ticked by itself at some time.
async fn restored(backup: &Path, name: &str, now: Timestamp, id: SubscriptionId) -> OrderId {
    let path = backup.with_file_name(name);
    std::fs::copy(backup, &path).expect("a copy");
    let mut world = World::at(&path, 9_000).await;
    world.now = now;
    let mut writing = world.writing().await;
    writing.tick(id, &world.books()).await.expect("ticked");
    writing.commit().await.expect("committed");
    open_order(&world.store, id).await.expect("an order")
}

#[tokio::test]
async fn a_renewal_is_asked_for_by_one_name_however_often_a_backup_was_put_back() {
    let mut world = World::new().await;
    let mut ids = Vec::new();
    for name in ["anna", "bela"] {
        let account = world.account(&format!("{name}@example.com")).await;
        ids.push(world.subscribes(account, "standard").await);
    }
    world.settles(Card::Pays).await;
    let backup = world.folder().join("backup.db");
    world.store.backup(&backup).await.expect("a backup");

    let mut orders = Vec::new();
    for month in [31, 28] {
        world.passes(days(month));
        assert_eq!(world.ticks().await, 2);
        for id in &ids {
            orders.push(open_order(&world.store, *id).await.expect("an order"));
        }
        world.settles(Card::Pays).await;
    }
    let mut distinct = orders.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(
        distinct.len(),
        4,
        "each period of each has its own: {orders:?}"
    );
    for (number, id) in ids.iter().enumerate() {
        let later = new_year() + days(33);
        let order = restored(&backup, &format!("{number}.db"), later, *id).await;
        assert_eq!(Some(&order), orders.get(number));
    }
}

#[tokio::test]
async fn a_tick_that_is_late_names_an_order_as_a_punctual_one_does() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let id = world.subscribes(account, "short-trial").await;
    let backup = world.folder().join("backup.db");
    world.store.backup(&backup).await.expect("a backup");
    world.passes(days(4));
    world.ticks().await;
    assert_eq!(open_order(&world.store, id).await, None);
    world.passes(days(1));
    world.ticks().await;
    let punctual = open_order(&world.store, id).await.expect("an order");
    let late = restored(&backup, "late.db", new_year() + days(7), id).await;
    assert_eq!(late, punctual);
}
