//! How often offers were taken, as their caps count it.

use commerce::gift::{Buy, GiftCommand};
use commerce::ids::*;
use commerce::subscription::*;
use commerce::tax::TaxStatus;
use commerce::terms::Then;
use ludgate_store::Store;

use crate::support::*;

/// A change to another offer, whose plan costs so much.
fn change(world: &mut World, offer: &str, price: &str, when: ChangeWhen) -> Command {
    let mut terms = world.shop.terms("standard");
    terms.offer = OfferId::new(offer).expect("an offer");
    terms.plan = PlanId::new(offer).expect("a plan");
    if let Then::Renews { price: old, .. } = &mut terms.then {
        *old = price.parse().expect("an amount");
    }
    Command::ChangePlan(Box::new(ChangePlan {
        terms,
        intro: IntroOnChange::LeftOut,
        acceptance: acceptance(world.now),
        when,
        as_of: None,
        order: OrderId::new(world.draw()),
        refund: RefundId::new(world.draw()),
    }))
}

/// How often each was taken by an account; by everybody as often.
async fn taken<const N: usize>(world: &World, account: AccountId, offers: [&str; N]) -> [u64; N] {
    let mut reading = world.store.read().await.expect("a transaction");
    let mut all = [0; N];
    for (offer, count) in offers.iter().zip(&mut all) {
        let offer = OfferId::new(offer).expect("an offer");
        *count = reading.uses_by(&offer, account).await.expect("counted");
        assert_eq!(reading.uses(&offer, 100).await.expect("counted"), *count);
    }
    all
}

#[tokio::test]
async fn an_offer_is_taken_when_it_is_agreed_to_and_stays_so_when_it_is_left() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let id = world.subscribes(anna, "standard").await;
    let offers = ["standard", "save", "more"];
    assert_eq!(taken(&world, anna, offers).await, [1, 0, 0]);
    world.settles(Card::Pays).await;

    // At the period's end it counts at once, and once it has come about no more
    // than that.
    let save = change(&mut world, "save", "9.00 USD", ChangeWhen::PeriodEnd);
    world.does(id, &save).await;
    assert_eq!(taken(&world, anna, offers).await, [1, 1, 0]);
    // Another in its place, and thought better of.
    let more = change(&mut world, "more", "30.00 USD", ChangeWhen::PeriodEnd);
    world.does(id, &more).await;
    assert_eq!(taken(&world, anna, offers).await, [1, 0, 1]);
    world.does(id, &Command::KeepPlan).await;
    assert_eq!(taken(&world, anna, offers).await, [1, 0, 0]);
    let save = change(&mut world, "save", "9.00 USD", ChangeWhen::PeriodEnd);
    world.does(id, &save).await;
    world.passes(jiff::SignedDuration::from_hours(24 * 32));
    world.ticks().await;
    world.settles(Card::Pays).await;
    assert_eq!(taken(&world, anna, offers).await, [1, 1, 0]);

    // A change that isn't paid comes to nothing, one that is counts.
    let more = change(&mut world, "more", "30.00 USD", ChangeWhen::Now);
    world.does(id, &more).await;
    assert_eq!(taken(&world, anna, offers).await, [1, 1, 1]);
    world.settles(Card::Declines).await;
    assert_eq!(taken(&world, anna, offers).await, [1, 1, 0]);
    let more = change(&mut world, "more", "30.00 USD", ChangeWhen::Now);
    world.does(id, &more).await;
    world.settles(Card::Pays).await;
    assert_eq!(taken(&world, anna, offers).await, [1, 1, 1]);

    // A cheaper one comes about at once, in the place of what was to come. Taken
    // again, it counts again.
    let standard = change(&mut world, "standard", "15.00 USD", ChangeWhen::PeriodEnd);
    world.does(id, &standard).await;
    assert_eq!(taken(&world, anna, offers).await, [2, 1, 1]);
    let save = change(&mut world, "save", "9.00 USD", ChangeWhen::Now);
    world.does(id, &save).await;
    assert_eq!(taken(&world, anna, offers).await, [1, 2, 1]);

    // What it would have become when it ended wasn't taken.
    let more = change(&mut world, "more", "30.00 USD", ChangeWhen::PeriodEnd);
    world.does(id, &more).await;
    world.does(id, &Command::Revoke).await;
    assert_eq!(taken(&world, anna, offers).await, [1, 2, 1]);
    world.settles(Card::Pays).await;
    sound(&world.store).await;
}

#[tokio::test]
async fn everybodys_uses_are_counted_no_further_than_is_asked() {
    let mut world = World::new().await;
    for name in ["anna", "ben", "carla"] {
        let account = world.account(&format!("{name}@example.com")).await;
        world.subscribes(account, "standard").await;
    }
    let offer = OfferId::new("standard").expect("an offer");
    let mut reading = world.store.read().await.expect("a transaction");
    for (most, counted) in [(0, 0), (2, 2), (3, 3), (u64::MAX, 3)] {
        let uses = reading.uses(&offer, most).await.expect("counted");
        assert_eq!(uses, counted, "{most}");
    }
}

/// A gift is bought, and a bank says what it does.
async fn gives(world: &mut World, buyer: AccountId, card: Card) -> GiftId {
    let id = GiftId::new(world.draw());
    let buy = Buy {
        buyer,
        terms: world.shop.terms("gift"),
        acceptance: acceptance(world.now),
        tax_status: TaxStatus::consumer(country("DE")),
        method: PaymentMethodId::new(1),
        order: OrderId::new(world.draw()),
        redeemable: commerce::calendar::Interval::Months(12),
    };
    let mut writing = world.writing().await;
    let bought = writing.buy_gift(id, &buy, &world.books()).await;
    bought.expect("bought");
    writing.commit().await.expect("committed");
    world.settles(card).await;
    id
}

async fn gives_up(world: &World, gift: GiftId) {
    let mut writing = world.writing().await;
    let (command, books) = (GiftCommand::GiveUp, world.books());
    let done = writing.gift_command(gift, &command, &books).await;
    done.expect("given up");
    writing.commit().await.expect("committed");
}

#[tokio::test]
async fn a_gift_is_taken_by_who_buys_it_and_by_nobody_if_it_isnt_paid() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let ben = world.account("ben@example.com").await;
    let gift = gives(&mut world, anna, Card::Pays).await;
    let order = OrderId::new(world.draw());
    let begin = world.shop.begin(ben, "gift", order, world.now);
    let id = SubscriptionId::new(world.draw());
    let mut writing = world.writing().await;
    let redeemed = writing.redeem_gift(gift, id, &begin, &world.books()).await;
    redeemed.expect("redeemed");
    writing.commit().await.expect("committed");
    assert_eq!(taken(&world, anna, ["gift"]).await, [1]);

    let unpaid = gives(&mut world, anna, Card::Declines).await;
    assert_eq!(taken(&world, anna, ["gift"]).await, [2]);
    gives_up(&world, unpaid).await;
    assert_eq!(taken(&world, anna, ["gift"]).await, [1]);
    sound(&world.store).await;
}

async fn sound(store: &Store) {
    let checked = store.check().await.expect("checked");
    assert_eq!(checked.findings, Vec::<String>::new());
}

/// Everything that is written down of uses, in a row.
async fn written(path: &std::path::Path) -> Vec<(String, String)> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let pool = sqlx::SqlitePool::connect_with(options).await;
    let pool = pool.expect("a connection");
    let rows = sqlx::query_as("SELECT offer, owner FROM uses ORDER BY owner, offer")
        .fetch_all(&pool)
        .await;
    pool.close().await;
    rows.expect("rows")
}

/// Whichever write a page for each subscription and gift that begins.
async fn indexes_of_offers(path: &std::path::Path) -> Vec<(String,)> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let pool = sqlx::SqlitePool::connect_with(options).await;
    let pool = pool.expect("a connection");
    let text = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '%(offer%'";
    let rows = sqlx::query_as(text).fetch_all(&pool).await;
    pool.close().await;
    rows.expect("rows")
}

#[tokio::test]
async fn a_database_of_before_has_its_uses_counted_from_what_has_happened() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let ben = world.account("ben@example.com").await;
    let left = world.subscribes(anna, "standard").await;
    let never_paid = world.subscribes(ben, "standard").await;
    world.settles(Card::Pays).await;
    let unpaid = world.subscribes(ben, "team").await;
    let given_up = gives(&mut world, ben, Card::Declines).await;
    gives(&mut world, anna, Card::Pays).await;
    for (offer, price, when) in [
        ("a-name.with_all-9", "9.00 USD", ChangeWhen::Now),
        ("dropped", "30.00 USD", ChangeWhen::PeriodEnd),
        ("replaced", "31.00 USD", ChangeWhen::PeriodEnd),
        ("to-come", "32.00 USD", ChangeWhen::PeriodEnd),
    ] {
        let change = change(&mut world, offer, price, when);
        world.does(left, &change).await;
        if offer == "dropped" {
            world.does(left, &Command::KeepPlan).await;
        }
    }
    let more = change(&mut world, "never", "33.00 USD", ChangeWhen::PeriodEnd);
    world.does(never_paid, &more).await;
    world.does(never_paid, &Command::Revoke).await;
    world.does(unpaid, &Command::Revoke).await;
    gives_up(&world, given_up).await;

    let path = world.store.path().to_owned();
    let folder = world.closed().await;
    let before = written(&path).await;
    assert_eq!(before.len(), 5, "{before:?}");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let pool = sqlx::SqlitePool::connect_with(options).await;
    let pool = pool.expect("a connection");
    for text in [
        "DROP TABLE uses",
        "CREATE INDEX subscriptions_offer ON subscriptions (offer)",
        "CREATE INDEX gifts_offer ON gifts (offer)",
        "DELETE FROM migrations WHERE version IN (5, 6)",
    ] {
        sqlx::query(text).execute(&pool).await.expect("undone");
    }
    pool.close().await;
    let store = open(&path).await;
    sound(&store).await;
    store.close().await;
    assert_eq!(written(&path).await, before);
    assert_eq!(indexes_of_offers(&path).await, Vec::<(String,)>::new());
    drop(folder);
}
