//! Finding somebody, their timeline, merging, giving and forgetting all that is
//! known.

use access::SessionId;
use jiff::{SignedDuration, Timestamp};
use ludgate_store::accounts::AccountStatus;
use ludgate_store::acts::Act;
use ludgate_store::care::*;
use ludgate_store::gate::Directory;
use ludgate_store::jobs::{Finished, Lane, NewJob, Worker};
use ludgate_store::outbox::Task;
use ludgate_store::payment_methods::PaymentMethod;
use ludgate_store::sessions::NewSession;
use ludgate_store::{Books, ExternalId, MailAddress, Owner};

use crate::erase::providers_forget;
use crate::support::*;
use commerce::address::PostalAddress;
use commerce::ids::*;
use commerce::subscription::*;

/// Somebody of whom everything is known.
pub(crate) async fn somebody(world: &mut World, mail: &str) -> (AccountId, SubscriptionId) {
    let account = world.account(mail).await;
    let id = world.subscribes(account, "standard").await;
    world.settles(Card::Pays).await;
    let (bits, now) = (world.draw(), world.now);
    let mut writing = world.writing().await;
    let session = NewSession {
        id: SessionId(bits.to_be_bytes()),
        account,
        label: format!("{mail}'s phone"),
        expires: now + SignedDuration::from_hours(24),
    };
    writing
        .add_session(&session, 5, now)
        .await
        .expect("signed in");
    let method = PaymentMethod {
        id: PaymentMethodId::new(bits),
        account,
        provider: "stripe".into(),
        reference: format!("pm of {mail}"),
        customer: None,
        label: format!("Visa of {mail}"),
        expires: None,
        created: now,
        removed: None,
    };
    writing.add_payment_method(&method).await.expect("kept");
    writing
        .add_customer(account, "stripe", &format!("cus of {mail}"))
        .await
        .expect("kept");
    let address = PostalAddress {
        name: format!("Home of {mail}"),
        lines: vec!["1 Ludgate Hill".into()],
        city: "London".into(),
        region: None,
        postcode: None,
        country: country("GB"),
    };
    writing
        .add_address(AddressId::new(bits), account, &address, now)
        .await
        .expect("kept");
    let words = writing.keep_words("Write to me.", now).await.expect("kept");
    writing
        .give_consent(account, "newsletter", &words, "web", now)
        .await
        .expect("given");
    let external = ExternalId {
        source: "ghost".into(),
        kind: "account".into(),
        external: format!("ghost of {mail}"),
    };
    writing
        .add_external_id(&external, &account.to_string())
        .await
        .expect("noted");
    let act = Act {
        actor: "cli:bert".into(),
        what: "note".into(),
        why: format!("{mail} called"),
        account: Some(account),
        owner: Some(Owner::Subscription(id)),
    };
    writing.act(&act, now).await.expect("noted");
    writing.commit().await.expect("committed");
    (account, id)
}

#[tokio::test]
async fn somebody_is_found_by_whatever_is_at_hand() {
    let mut world = World::new().await;
    let (anna, id) = somebody(&mut world, "anna@example.com").await;
    somebody(&mut world, "annabel@example.com").await;
    let mut reading = world.store.read().await.expect("a transaction");
    let subscription = reading
        .subscription(id)
        .await
        .expect("read")
        .expect("there");
    let payment = subscription
        .payments
        .payments()
        .next()
        .expect("a payment")
        .clone();
    let invoice = reading.invoices(anna).await.expect("read").remove(0);
    let hand = [
        " Anna@Example.com ".to_owned(),
        anna.to_string(),
        id.to_string(),
        payment.charge.order.to_string(),
        payment.charge.to_string(),
        invoice.id.to_string(),
        invoice.number.to_string(),
        "cus of anna@example.com".to_owned(),
        "ghost of anna@example.com".to_owned(),
        "anna@".to_owned(),
    ];
    for text in hand {
        let found = reading.find(&text).await.expect("read");
        let ids: Vec<AccountId> = found.iter().map(|account| account.id).collect();
        assert_eq!(ids, [anna], "{text}");
    }
    assert_eq!(reading.find("anna").await.expect("read").len(), 2);
    // By how something begins, or a part of a name, nobody is meant for certain.
    assert_eq!(reading.find("A EXAM").await.expect("read").len(), 2);
    for part in ["anna", "anna@", "Anna Example"] {
        assert_eq!(
            reading.find_exactly(part).await.expect("read"),
            [],
            "{part}"
        );
    }
    let exactly = reading.find_exactly("Anna@example.com").await;
    assert_eq!(exactly.expect("read").len(), 1);
    for nobody in [
        "",
        "an",
        "x@example.com",
        "LR-999999",
        "%",
        "___",
        "' OR 1=1 --",
        "acc_1",
    ] {
        assert_eq!(reading.find(nobody).await.expect("read"), [], "{nobody}");
    }
}

#[tokio::test]
async fn a_text_points_at_what_it_names_and_a_person_at_nothing() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let ben = world.account("ben@example.com").await;
    let both = [
        world.subscribes(anna, "standard").await,
        world.subscribes(ben, "standard").await,
    ];
    world.settles(Card::Pays).await;
    let mut reading = world.store.read().await.expect("a turn");
    for id in both {
        let owner = Owner::Subscription(id);
        let found = reading.subscription(id).await.expect("read").expect("one");
        let paid = found.payments.payments().next().expect("a payment").charge;
        let invoice = reading.invoice_of(paid).await.expect("read").expect("one");
        let (order, charge) = (paid.order.to_string(), paid.to_string());
        for (text, payment) in [
            (format!(" {id} "), None),
            (order.clone(), Some(order)),
            (charge.clone(), Some(charge.clone())),
            (invoice.id.to_string(), Some(charge.clone())),
            (invoice.number.to_string(), Some(charge)),
        ] {
            let pointed = reading.pointed_at(&text).await.expect("read");
            assert_eq!(pointed, Some(Pointed { owner, payment }), "{text}");
        }
    }
    for person in ["anna@example.com", &anna.to_string(), "LR-999999", "", "7"] {
        assert_eq!(
            reading.pointed_at(person).await.expect("read"),
            None,
            "{person}"
        );
    }
}

#[tokio::test]
async fn a_timeline_says_what_happened_who_did_it_and_why() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let id = world.subscribes(account, "trial").await;
    world.passes(SignedDuration::from_hours(1));
    let mut writing = world.writing().await;
    let act = Act {
        actor: "cli:bert".into(),
        what: "revoke".into(),
        why: "a stolen card".into(),
        account: Some(account),
        owner: Some(Owner::Subscription(id)),
    };
    let number = writing.act(&act, world.now).await.expect("noted");
    let books = Books {
        act: Some(number),
        ..world.books()
    };
    writing
        .command(id, &Command::Revoke, &books)
        .await
        .expect("accepted");
    writing.commit().await.expect("committed");

    let mut reading = world.store.read().await.expect("a transaction");
    let timeline = reading
        .timeline(account, Timestamp::MAX)
        .await
        .expect("read");
    let brief: Vec<String> = timeline
        .iter()
        .map(|entry| match &entry.what {
            What::Fact { name, act, .. } => match act {
                Some(act) => format!("{name} by act {act}"),
                None => name.clone(),
            },
            What::Act {
                number,
                actor,
                what,
                why,
                ..
            } => format!("{number}: {actor} {what}: {why}"),
        })
        .collect();
    let expected = [
        "ended by act 1",
        "period_ended by act 1",
        "1: cli:bert revoke: a stolen card",
        "period_started",
        "begun",
    ];
    assert_eq!(brief, expected);
    let earlier = timeline.get(3).expect("an entry").at + SignedDuration::from_secs(1);
    let before = reading.timeline(account, earlier).await.expect("read");
    assert_eq!(before.len(), 2, "the next page");
}

#[tokio::test]
async fn the_pages_of_a_timeline_lose_nothing_that_happened_at_once() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let mut facts = 0;
    for _ in 0..90 {
        let id = world.subscribes(account, "standard").await;
        let mut reading = world.store.read().await.expect("a transaction");
        facts += reading.facts(id).await.expect("read").len();
    }
    let mut writing = world.writing().await;
    for number in 0..250 {
        let act = Act {
            actor: "cli:bert".into(),
            what: "note".into(),
            why: number.to_string(),
            account: Some(account),
            owner: None,
        };
        writing.act(&act, world.now).await.expect("noted");
    }
    writing.commit().await.expect("committed");
    let mut reading = world.store.read().await.expect("a transaction");
    let mut page = reading
        .timeline(account, Timestamp::MAX)
        .await
        .expect("read");
    let mut all = Vec::new();
    while let Some(last) = page.last().cloned() {
        assert!(page.len() <= MAX_ENTRIES);
        all.append(&mut page);
        page = reading.timeline_after(account, &last).await.expect("read");
    }
    assert_eq!(all.len(), facts + 250);
    let acts = all.iter().filter_map(|entry| match entry.what {
        What::Act { number, .. } => Some(number.get()),
        What::Fact { .. } => None,
    });
    assert!(acts.eq((1..=250).rev()), "each once, the latest first");
}

#[tokio::test]
async fn two_accounts_of_one_person_become_one() {
    let mut world = World::new().await;
    let (from, id) = somebody(&mut world, "anna@old.example").await;
    let (into, other) = somebody(&mut world, "anna@new.example").await;
    let firm = world.account("firm@example.com").await;
    let team = world.subscribes(firm, "team").await;
    world.settles(Card::Pays).await;
    let seat = SeatId::new(world.draw());
    world
        .does(team, &Command::Seat(SeatCommand::Invite { seat }))
        .await;
    let accept = SeatCommand::Accept {
        seat,
        account: from,
    };
    world.does(team, &Command::Seat(accept)).await;

    let mut writing = world.writing().await;
    let merged = writing
        .merge_accounts(from, into, &world.books(), world.now)
        .await;
    let merged = merged.expect("merged");
    assert_eq!((merged.subscriptions, merged.seats), (vec![id], vec![team]));
    let again = writing
        .merge_accounts(from, into, &world.books(), world.now)
        .await;
    assert!(matches!(again, Err(MergeError::NotOpen(_))), "{again:?}");
    let same = writing
        .merge_accounts(into, into, &world.books(), world.now)
        .await;
    assert!(matches!(same, Err(MergeError::Same)), "{same:?}");
    writing.commit().await.expect("committed");

    let mut reading = world.store.read().await.expect("a transaction");
    let subscriptions = reading.subscriptions(into).await.expect("read");
    let mut ids: Vec<SubscriptionId> = subscriptions.iter().map(|one| one.id).collect();
    ids.sort();
    let mut expected = [id, other];
    expected.sort();
    assert_eq!(ids, expected);
    assert_eq!(reading.seats(into).await.expect("read").len(), 1);
    assert_eq!(reading.payment_methods(into).await.expect("read").len(), 2);
    assert_eq!(reading.invoices(into).await.expect("read").len(), 2);
    assert_eq!(reading.sessions(from, world.now).await.expect("read"), []);
    let gone = reading.account(from).await.expect("read").expect("known");
    assert_eq!(gone.status, AccountStatus::Merged(into));
    let old = MailAddress::new("anna@old.example").expect("an address");
    assert_eq!(reading.account_by_mail(&old).await.expect("read"), None);
    let mut directory = Directory::default();
    let found = reading.feed_after(0).await.expect("read");
    for (_, change) in found.changes {
        directory.take(change);
    }
    assert!(
        !directory
            .snapshot(from)
            .entitlements
            .active("read", world.now)
    );
    assert!(
        directory
            .snapshot(into)
            .entitlements
            .active("read", world.now)
    );
    drop(reading);
    let checked = world.store.check().await.expect("checked");
    assert_eq!(checked.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_a_merge_moves_tells_nobody_and_is_billed_to_who_is_left() {
    let mut world = World::new().await;
    let from = world.account("anna@old.example").await;
    let into = world.account("anna@new.example").await;
    let firm = world.account("firm@example.com").await;
    let mut teams = Vec::new();
    for members in [vec![from], vec![from, into]] {
        let team = world.subscribes(firm, "team").await;
        world.settles(Card::Pays).await;
        for account in members {
            let seat = SeatId::new(world.draw());
            for command in [
                SeatCommand::Invite { seat },
                SeatCommand::Accept { seat, account },
            ] {
                world.does(team, &Command::Seat(command)).await;
            }
        }
        teams.push(team);
    }
    // A gift that isn't paid for yet.
    let (gift, order) = (GiftId::new(world.draw()), OrderId::new(world.draw()));
    let buy = commerce::gift::Buy {
        buyer: from,
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
    writing.commit().await.expect("committed");

    let mut writing = world.writing().await;
    let before = writing.jobs_waiting(Lane::Mail, world.now).await;
    let merged = writing
        .merge_accounts(from, into, &world.books(), world.now)
        .await;
    let mut seats = merged.expect("merged").seats;
    seats.sort();
    teams.sort();
    assert_eq!(seats, teams);
    let after = writing.jobs_waiting(Lane::Mail, world.now).await;
    assert_eq!(before.expect("read"), after.expect("read"), "no invitation");
    writing.commit().await.expect("committed");
    world.settles(Card::Pays).await;

    let mut reading = world.store.read().await.expect("a transaction");
    assert_eq!(reading.seats(from).await.expect("read"), []);
    let sits = reading.seats(into).await.expect("read");
    let taken: Vec<usize> = sits.iter().map(|one| one.seats.seats.len()).collect();
    assert_eq!(taken, [1, 1], "one seat in each is enough for one person");
    let invoices = reading.invoices(into).await.expect("read");
    let names: Vec<&str> = invoices
        .iter()
        .map(|one| one.customer.name.as_str())
        .collect();
    assert_eq!(names, ["Anna Example"], "the gift's");
    assert_eq!(reading.invoices(from).await.expect("read"), []);
}

#[tokio::test]
async fn everything_is_given_and_then_forgotten_but_what_happened() {
    let mut world = World::new().await;
    let (anna, id) = somebody(&mut world, "anna@example.com").await;
    somebody(&mut world, "bert@example.org").await;
    let mut writing = world.writing().await;
    let export = writing.export(anna).await.expect("read").expect("somebody");
    let text = export.to_string();
    for known in [
        "anna@example.com's phone",
        "Visa of anna@example.com",
        "cus of anna@example.com",
        "Home of anna@example.com",
        "ghost of anna@example.com",
        "anna@example.com called",
        "newsletter",
        "Anna Example",
        "LR-",
        "period_started",
    ] {
        assert!(text.contains(known), "{known}: {text}");
    }
    assert!(!text.contains("bert@"), "only what is theirs");
    assert_eq!(writing.export(AccountId::new(5)).await.expect("read"), None);

    let running = writing
        .erase(anna, InvoiceNames::Forgotten, world.now)
        .await;
    assert!(
        matches!(running, Err(EraseError::Active(ref ids)) if *ids == [id]),
        "{running:?}"
    );
    writing
        .command(id, &Command::Revoke, &world.books())
        .await
        .expect("ended");
    let erased = writing
        .erase(anna, InvoiceNames::Kept, world.now)
        .await
        .expect("erased");
    assert_eq!(
        erased.customers,
        [("stripe".into(), "cus of anna@example.com".into())]
    );
    let invoices = writing.invoices(anna).await.expect("read");
    assert_eq!(
        invoices.first().map(|one| one.customer.name.as_str()),
        Some("Anna Example")
    );
    let again = writing
        .erase(anna, InvoiceNames::Forgotten, world.now)
        .await;
    assert_eq!(again.expect("as good as once"), Erased::default());
    writing.commit().await.expect("committed");

    let mut reading = world.store.read().await.expect("a transaction");
    let invoices = reading.invoices(anna).await.expect("read");
    assert_eq!(invoices.len(), 1, "the number stays");
    assert_eq!(
        reading
            .facts(id)
            .await
            .expect("read")
            .first()
            .map(Fact::name),
        Some("begun")
    );
    let found = reading.account(anna).await.expect("read").expect("known");
    assert_eq!((found.status, found.mail), (AccountStatus::Erased, None));
    drop(reading);
    providers_forget(&world, &["cus of anna@example.com"]).await;
    assert!(world.store.check().await.expect("checked").is_sound());
    world.store.clone().close().await;
    let file = std::fs::read(world.store.path()).expect("the file");
    for gone in [&b"anna@example.com"[..], b"Home of anna", b"Visa of anna"] {
        let is_there = file.windows(gone.len()).any(|part| part == gone);
        assert!(!is_there, "{}", String::from_utf8_lossy(gone));
    }
    // Bert is still there.
    assert!(file.windows(16).any(|part| part == b"bert@example.org"));
}

#[tokio::test]
async fn what_somebody_was_told_is_found_the_latest_first() {
    let mut world = World::new().await;
    let (anna, id) = somebody(&mut world, "anna@example.com").await;
    let (bert, _) = somebody(&mut world, "bert@example.com").await;
    world.passes(SignedDuration::from_hours(1));
    world.does(id, &Command::Revoke).await;
    let mut reading = world.store.read().await.expect("a transaction");
    let told = reading.told(anna).await.expect("read");
    let names: Vec<&str> = told.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["ended", "paid", "begun"]);
    assert!(told.iter().all(|one| one.owner == Owner::Subscription(id)));
    assert_eq!(reading.told(bert).await.expect("read").len(), 2);
}

#[tokio::test]
async fn what_was_mailed_and_where_they_sit_is_given_without_any_words() {
    let mut world = World::new().await;
    let anna = world.account("anna@first.example").await;
    let firm = world.account("firm@example.com").await;
    let team = world.subscribes(firm, "team").await;
    let own = world.subscribes(anna, "standard").await;
    world.settles(Card::Pays).await;
    let seat = commerce::ids::SeatId::new(world.draw());
    for command in [
        SeatCommand::Invite { seat },
        SeatCommand::Accept {
            seat,
            account: anna,
        },
    ] {
        world.does(team, &Command::Seat(command)).await;
    }
    let now = world.now;
    let mut writing = world.writing().await;
    let job = NewJob {
        id: "mail/1".into(),
        account: Some(anna),
        task: Task::Mail {
            kind: "reset".into(),
            body: serde_json::json!({ "to": "anna@first.example", "link": "a secret" }),
        },
        due: now,
    };
    assert!(writing.add_job(&job, now).await.expect("added"));
    let worker = Worker::new("mail");
    let jobs = writing.take_jobs(Lane::Mail, &worker, world.lease(), 99);
    for job in jobs.await.expect("jobs") {
        let finished = writing.finish_job(&job, &worker, now).await;
        assert_eq!(finished.expect("written"), Finished::Yes);
    }
    let second = MailAddress::new("anna@second.example").expect("an address");
    assert!(writing.set_mail(anna, &second, now).await.expect("written"));
    let all = writing.export(anna).await.expect("read").expect("somebody");
    let mailed = all["mailed"].as_array().expect("a list");
    let about = |kind: &str| mailed.iter().filter(|one| one["about"] == kind).count();
    assert_eq!((about("reset"), about("paid")), (1, 1), "{mailed:?}");
    assert!(mailed.iter().all(|one| one["sent"] == now.to_string()));
    assert!(!all.to_string().contains("a secret"), "{all}");
    assert_eq!(all["seats"][0][0], team.to_string());
    assert_eq!(all["orders"].as_array().map(Vec::len), Some(1));
    assert_eq!(all["orders"][0][1], own.to_string());
    assert_eq!(all["former_addresses"][0]["mail"], "anna@first.example");
}
