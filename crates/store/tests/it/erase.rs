//! What is left in the database of somebody who was erased.

use jiff::SignedDuration;
use ludgate_store::care::InvoiceNames;
use ludgate_store::jobs::{Finished, Lane, NewJob, Worker};
use ludgate_store::outbox::Task;
use ludgate_store::tokens::{NewToken, Purpose};
use ludgate_store::{MailAddress, Owner, TokenHash};

use crate::care::somebody;
use crate::support::*;
use commerce::ids::*;
use commerce::subscription::Command;

/// Everything that the database holds, as text.
async fn dump(world: &World) -> Vec<String> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(world.store.path());
    let pool = sqlx::SqlitePool::connect_with(options)
        .await
        .expect("a connection");
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
            WHERE m.type = 'table'",
    )
    .fetch_all(&pool)
    .await
    .expect("columns");
    let mut all = Vec::new();
    for (table, column) in columns {
        let text = format!("SELECT CAST({column} AS TEXT) FROM {table}");
        let cells: Vec<(Option<String>,)> = sqlx::query_as(sqlx::AssertSqlSafe(text))
            .fetch_all(&pool)
            .await
            .expect("cells");
        let told = |cell: String| format!("{table}.{column}: {cell}");
        all.extend(cells.into_iter().filter_map(|(cell,)| cell).map(told));
    }
    pool.close().await;
    all
}

/// A profile, and a token for somebody who isn't signed in.
async fn leaves_traces(world: &mut World, account: AccountId, mail: &str) {
    let now = world.now;
    let mut writing = world.writing().await;
    let profile = writing.set_profile(account, Some("Anna Example"), Some("tlh"));
    profile.await.expect("written");
    let address = MailAddress::new(mail).expect("an address");
    let verified = writing.verify_mail(account, &address, now).await;
    assert!(verified.expect("written"));
    let token = NewToken {
        hash: TokenHash::of(mail.as_bytes()),
        purpose: Purpose::MagicLink,
        account: None,
        mail: MailAddress::new(&mail.to_uppercase()).ok(),
        body: format!("{mail} wants in"),
        expires: now + SignedDuration::from_hours(1),
    };
    writing.add_token(&token, now).await.expect("kept");
    writing.commit().await.expect("committed");
}

/// Every mail to these comes back, with their address.
async fn bounces(world: &World, people: &[(AccountId, &str)]) {
    let mut writing = world.writing().await;
    let worker = Worker::new("mail");
    let jobs = writing.take_jobs(Lane::Mail, &worker, world.lease(), 99);
    for job in jobs.await.expect("jobs") {
        for (account, mail) in people {
            let subscriptions = writing.subscriptions(*account).await.expect("read");
            let gifts = writing.gifts(*account).await.expect("read");
            let owners = subscriptions.iter().map(|one| Owner::Subscription(one.id));
            let mut owners = owners.chain(gifts.iter().map(|one| Owner::Gift(one.id)));
            if owners.any(|owner| Some(owner) == job.owner) {
                let error = format!("550 {mail}: no such mailbox");
                let failed = writing.fail_job(&job, &worker, &error, world.now).await;
                assert_eq!(failed.expect("written"), Finished::Yes);
            }
        }
    }
    writing.commit().await.expect("committed");
}

/// Bought by one, redeemed by the other, with a card.
async fn gives(world: &mut World, giver: AccountId, friend: AccountId) {
    let (gift, order) = (GiftId::new(world.draw()), OrderId::new(world.draw()));
    let buy = commerce::gift::Buy {
        buyer: giver,
        terms: world.shop.terms("gift"),
        acceptance: acceptance(world.now),
        tax_status: commerce::tax::TaxStatus::consumer(country("DE")),
        method: PaymentMethodId::new(1),
        order,
        redeemable: commerce::calendar::Interval::YEAR,
    };
    let mut writing = world.writing().await;
    let bought = writing.buy_gift(gift, &buy, &world.books()).await;
    bought.expect("bought");
    let card = r#"{"to": "Anna Example", "from": "Anna Example"}"#;
    writing.set_gift_card(gift, card).await.expect("written");
    writing.commit().await.expect("committed");
    world.settles(Card::Pays).await;
    let id = SubscriptionId::new(world.draw());
    let order = OrderId::new(world.draw());
    let begin = world.shop.begin(friend, "gift", order, world.now);
    let mut writing = world.writing().await;
    let redeemed = writing.redeem_gift(gift, id, &begin, &world.books()).await;
    redeemed.expect("redeemed");
    writing
        .command(id, &Command::Revoke, &world.books())
        .await
        .expect("ended");
    writing.commit().await.expect("committed");
}

/// Payment providers are asked to forget these customers, and do.
pub(crate) async fn providers_forget(world: &World, customers: &[&str]) {
    let mut writing = world.writing().await;
    let worker = Worker::new("provider");
    let jobs = writing.take_jobs(Lane::Provider, &worker, world.lease(), 9);
    let jobs = jobs.await.expect("jobs");
    let mut asked = Vec::new();
    for job in &jobs {
        let Task::ForgetCustomer { provider, customer } = &job.task else {
            panic!("{job:?} was left");
        };
        assert_eq!(provider, "stripe");
        asked.push(customer.as_str());
        let finished = writing.finish_job(job, &worker, world.now).await;
        assert_eq!(finished.expect("written"), Finished::Yes);
    }
    asked.sort_unstable();
    assert_eq!(asked, customers);
    writing.commit().await.expect("committed");
}

#[tokio::test]
async fn nothing_is_left_of_somebody_who_was_erased() {
    let mut world = World::new().await;
    let (old, first) = somebody(&mut world, "anna@old.example").await;
    let (anna, second) = somebody(&mut world, "anna@example.com").await;
    let (bert, _) = somebody(&mut world, "bert@example.org").await;
    let mut writing = world.writing().await;
    let profile = writing.set_profile(bert, Some("Bert"), None);
    profile.await.expect("written");
    writing.commit().await.expect("committed");
    gives(&mut world, anna, bert).await;
    gives(&mut world, bert, anna).await;
    leaves_traces(&mut world, old, "anna@old.example").await;
    leaves_traces(&mut world, anna, "anna@example.com").await;
    bounces(
        &world,
        &[(old, "anna@old.example"), (anna, "anna@example.com")],
    )
    .await;
    let mut writing = world.writing().await;
    writing
        .merge_accounts(old, anna, &world.books(), world.now)
        .await
        .expect("merged");
    for id in [first, second] {
        writing
            .command(id, &Command::Revoke, &world.books())
            .await
            .expect("ended");
    }
    writing.commit().await.expect("committed");
    let theirs = |cell: &String| {
        let cell = cell.to_lowercase();
        cell.contains("anna") || cell.ends_with(": tlh") || cell.contains("home of anna")
    };
    let before = dump(&world)
        .await
        .iter()
        .filter(|cell| theirs(cell))
        .count();
    assert!(before > 20, "{before} of them");

    let mut writing = world.writing().await;
    let names = InvoiceNames::Forgotten;
    writing.erase(anna, names, world.now).await.expect("erased");
    writing.commit().await.expect("committed");
    providers_forget(
        &world,
        &["cus of anna@example.com", "cus of anna@old.example"],
    )
    .await;
    let dump = dump(&world).await;
    // Bert's invoices of before he had a name of his own are his.
    let left: Vec<&String> = dump
        .iter()
        .filter(|cell| theirs(cell) && !cell.starts_with("invoices.customer"))
        .collect();
    assert_eq!(left, Vec::<&String>::new());
    let mut reading = world.store.read().await.expect("a transaction");
    for invoice in reading.invoices(anna).await.expect("read") {
        assert_eq!(invoice.customer.name, "(erased)");
    }
    assert!(dump.iter().any(|cell| cell.contains("bert@example.org")));
    drop(reading);
    // What is kept elsewhere is left to a job, which names nobody either.
    let mut writing = world.writing().await;
    let worker = Worker::new("one");
    let jobs = writing.take_jobs(Lane::Work, &worker, world.lease(), 9);
    let jobs = jobs.await.expect("jobs");
    let mail = MailAddress::new("Anna@Example.com").expect("an address");
    let before = MailAddress::new("anna@old.example").expect("an address");
    let forget = Task::Forget {
        accounts: vec![anna, old],
        mail: Some(mail.trace().to_string()),
        former: vec![before.trace().to_string()],
    };
    let tasks: Vec<&Task> = jobs.iter().map(|job| &job.task).collect();
    assert_eq!(tasks, [&forget]);
}

#[tokio::test]
async fn a_customer_that_a_provider_makes_too_late_is_forgotten_there_too() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let (old, bert) = (
        world.account("bert@old.example").await,
        world.account("bert@example.org").await,
    );
    let now = world.now;
    let mut writing = world.writing().await;
    let names = InvoiceNames::Forgotten;
    writing.erase(anna, names, now).await.expect("erased");
    writing
        .merge_accounts(old, bert, &world.books(), now)
        .await
        .expect("merged");
    let later = now + SignedDuration::from_secs(1);
    // Each was asked for while the account was open.
    for (account, customer, is_kept) in [
        (anna, "cus_late", false),
        (old, "cus_moved", false),
        (bert, "cus_new", true),
    ] {
        let kept = writing.keep_customer(account, ("stripe", customer), later);
        assert_eq!(kept.await.expect("written"), is_kept, "{customer}");
    }
    let whose = writing.customer_at(anna, "stripe").await.expect("read");
    assert_eq!(whose, None);
    let moved = ["cus_moved".to_owned()];
    let whose = writing.accounts_of_customers("stripe", &moved).await;
    assert_eq!(whose.expect("read").get("cus_moved"), Some(&bert));
    writing.commit().await.expect("committed");
    providers_forget(&world, &["cus_late"]).await;
}

/// Has a mail sent that no fact asks for.
async fn writes(world: &World, id: &str, account: Option<AccountId>, to: &str) {
    let job = NewJob {
        id: format!("mail/{id}"),
        account,
        task: Task::Mail {
            kind: "confirm".into(),
            body: serde_json::json!({ "to": to, "link": format!("for {to}") }),
        },
        due: world.now,
    };
    let mut writing = world.writing().await;
    assert!(writing.add_job(&job, world.now).await.expect("added"));
    writing.commit().await.expect("committed");
}

async fn moves(world: &World, account: AccountId, to: &str) {
    let to = MailAddress::new(to).expect("an address");
    let mut writing = world.writing().await;
    let set = writing.set_mail(account, &to, world.now).await;
    assert!(set.expect("written"));
    writing.commit().await.expect("committed");
}

async fn forgets(world: &World, account: AccountId) {
    let mut writing = world.writing().await;
    let names = InvoiceNames::Forgotten;
    let erased = writing.erase(account, names, world.now).await;
    erased.expect("erased");
    writing.commit().await.expect("committed");
}

/// The jobs for mails that there still are.
async fn letters(world: &World) -> Vec<String> {
    let mut jobs = world.takes(Lane::Mail, &Worker::new("letters")).await;
    jobs.sort_by(|one, other| one.id.cmp(&other.id));
    jobs.into_iter().map(|job| job.id).collect()
}

#[tokio::test]
async fn no_byte_is_left_of_any_address_that_somebody_ever_had() {
    let mut world = World::new().await;
    let anna = world.account("Anna@First.example").await;
    let bert = world.account("bert@example.org").await;
    leaves_traces(&mut world, anna, "anna@first.example").await;
    // Before she had an account, and by somebody else.
    writes(&world, "1", None, "anna@FIRST.example").await;
    writes(&world, "2", Some(bert), "anna@second.example").await;
    moves(&world, anna, "anna@second.example").await;
    writes(&world, "3", None, "anna@second.example").await;
    moves(&world, anna, "anna@third.example").await;
    writes(&world, "4", None, "anna@third.example").await;
    writes(&world, "5", None, "bert@example.org").await;
    let had = world.store.read().await.expect("a turn");
    let had = { had }.former_addresses(anna).await.expect("read");
    let had: Vec<&str> = had.iter().map(MailAddress::as_str).collect();
    assert_eq!(had, ["anna@first.example", "anna@second.example"]);
    let mut writing = world.writing().await;
    let worker = Worker::new("mail");
    let jobs = writing.take_jobs(Lane::Mail, &worker, world.lease(), 9);
    for job in jobs.await.expect("jobs") {
        let error = "550 anna@first.example, anna@second.example: no such mailbox";
        let failed = match &*job.id {
            "mail/5" => continue,
            _ => writing.fail_job(&job, &worker, error, world.now).await,
        };
        assert_eq!(failed.expect("written"), Finished::Yes);
    }
    writing.commit().await.expect("committed");

    forgets(&world, anna).await;
    let folder = world.closed().await.expect("a folder");
    let mut whole = Vec::new();
    for file in folder.path().read_dir().expect("a folder") {
        let bytes = std::fs::read(file.expect("a file").path()).expect("read");
        whole.extend(bytes.to_ascii_lowercase());
    }
    let is_there = |word: &str| {
        let word = word.as_bytes();
        whole.windows(word.len()).any(|part| part == word)
    };
    for gone in ["first.example", "second.example", "third.example"] {
        assert!(!is_there(gone), "{gone}");
    }
    assert!(is_there("bert@example.org"));
}

#[tokio::test]
async fn what_is_sent_to_who_has_the_address_by_now_is_theirs() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    moves(&world, anna, "anna@second.example").await;
    writes(&world, "1", None, "anna@example.com").await;
    let carl = world.account("anna@example.com").await;
    writes(&world, "2", Some(carl), "anna@example.com").await;
    writes(&world, "3", Some(anna), "anna@second.example").await;
    forgets(&world, anna).await;
    assert_eq!(letters(&world).await, ["mail/1", "mail/2"]);
    // It is his own too, where he had it before.
    moves(&world, carl, "carl@example.com").await;
    forgets(&world, carl).await;
    world.passes(SignedDuration::from_mins(5));
    assert_eq!(letters(&world).await, [""; 0]);
}
