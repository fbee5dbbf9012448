//! Facts, the projection and the outbox, written together.

use jiff::SignedDuration;
use ludgate_store::acts::Act;
use ludgate_store::gate::{Change, Changes, Directory};
use ludgate_store::jobs::Lane;
use ludgate_store::outbox::Task;
use ludgate_store::subscriptions::CommandError;
use ludgate_store::{Owner, StoreError};

use crate::support::*;
use commerce::ids::*;
use commerce::subscription::*;

fn names(facts: &[Fact]) -> Vec<&'static str> {
    facts.iter().map(Fact::name).collect()
}

fn follow(directory: &mut Directory, found: &Changes) {
    for (_, change) in &found.changes {
        directory.take(change.clone());
    }
}

#[tokio::test]
async fn a_purchase_is_facts_a_projection_and_a_charge_to_be_made() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let id = world.subscribes(account, "standard").await;

    let mut reading = world.store.read().await.expect("a transaction");
    let facts = reading.facts(id).await.expect("facts");
    assert_eq!(names(&facts), ["begun", "order_opened", "charge_requested"]);
    let subscription = reading
        .subscription(id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(Subscription::replay(id, &facts), Ok(subscription.clone()));
    assert!(matches!(subscription.stage, Stage::Incomplete { .. }));
    let jobs = reading
        .jobs_of(Owner::Subscription(id))
        .await
        .expect("jobs");
    let ids: Vec<String> = jobs.iter().map(|(job, _)| job.id.clone()).collect();
    assert_eq!(ids, [format!("{id}/1/mail"), format!("{id}/3")]);
    let order = subscription.payments.open.expect("an order").id;
    let owner = reading.owner_of_order(order).await.expect("read");
    assert_eq!(owner, Some(Owner::Subscription(id)));
    assert_eq!(reading.subscriptions(account).await.expect("read").len(), 1);
}

#[tokio::test]
async fn a_subscription_lives_through_payment_renewal_and_failure() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let id = world.subscribes(account, "standard").await;
    assert_eq!(world.settles(Card::Pays).await, ["charge_requested"]);

    world.passes(SignedDuration::from_hours(31 * 24));
    assert_eq!(world.ticks().await, 1);
    assert_eq!(world.settles(Card::Pays).await, ["charge_requested"]);
    world.passes(SignedDuration::from_hours(28 * 24));
    world.ticks().await;
    assert_eq!(world.settles(Card::Declines).await, ["charge_requested"]);

    let mut reading = world.store.read().await.expect("a transaction");
    let facts = reading.facts(id).await.expect("facts");
    let subscription = reading
        .subscription(id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(Subscription::replay(id, &facts), Ok(subscription.clone()));
    assert!(
        matches!(subscription.stage, Stage::PastDue { .. }),
        "{subscription:?}"
    );
    assert_eq!(reading.invoices(account).await.expect("read").len(), 2);
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let id = SubscriptionId::new(world.draw());
    let begin = world
        .shop
        .begin(account, "standard", OrderId::new(1), world.now);
    let mut writing = world.writing().await;
    let begun = writing.begin_subscription(id, &begin, &world.books()).await;
    begun.expect("a beginning");
    drop(writing);

    let mut reading = world.store.read().await.expect("a transaction");
    assert!(reading.subscription(id).await.expect("read").is_none());
    assert_eq!(
        reading
            .jobs_waiting(Lane::Provider, world.now)
            .await
            .expect("read"),
        0
    );
    // The writer is free again.
    world.subscribes(account, "standard").await;
}

#[tokio::test]
async fn what_failed_half_way_cant_be_committed() {
    let world = World::new().await;
    // Its facts are written before anybody notices that there is no account.
    let nobody = AccountId::new(5);
    let begin = world
        .shop
        .begin(nobody, "standard", OrderId::new(1), world.now);
    let mut writing = world.writing().await;
    let id = SubscriptionId::new(7);
    let begun = writing.begin_subscription(id, &begin, &world.books()).await;
    assert!(begun.is_err(), "{begun:?}");
    // A caller that makes nothing of it.
    let committed = writing.commit().await;
    assert!(
        matches!(committed, Err(StoreError::HalfDone)),
        "{committed:?}"
    );
    let mut reading = world.store.read().await.expect("a transaction");
    assert_eq!(reading.facts(id).await.expect("read"), []);
}

#[tokio::test]
async fn what_nobody_waited_for_cant_be_committed() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let begin = world
        .shop
        .begin(account, "standard", OrderId::new(1), world.now);
    let (id, books) = (SubscriptionId::new(7), world.books());
    // The database's thread may be so fast that all is done at the first look.
    let mut cut = None;
    for _ in 0..1_000 {
        let mut writing = world.writing().await;
        let mut beginning = Box::pin(writing.begin_subscription(id, &begin, &books));
        let is_done = tokio::select! {
            biased;
            _ = &mut beginning => true,
            () = std::future::ready(()) => false,
        };
        drop(beginning);
        if !is_done {
            cut = Some(writing);
            break;
        }
    }
    let committed = cut.expect("one that was cut short").commit().await;
    assert!(
        matches!(committed, Err(StoreError::HalfDone)),
        "{committed:?}"
    );
    // The writer is free again.
    world.subscribes(account, "standard").await;
    let mut reading = world.store.read().await.expect("a transaction");
    assert_eq!(reading.facts(id).await.expect("read"), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_write_one_after_the_other_and_lose_nothing() {
    let world = World::new().await;
    let other = open(world.store.path()).await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..40 {
        let store = if number % 2 == 0 {
            world.store.clone()
        } else {
            other.clone()
        };
        let now = world.now;
        tasks.spawn(async move {
            let mut writing = store.write().await.expect("a transaction");
            let act = Act {
                actor: "cli:bert".into(),
                what: "note".into(),
                why: number.to_string(),
                account: None,
                owner: None,
            };
            let drawn = writing.act(&act, now).await.expect("noted");
            writing.commit().await.expect("committed");
            drawn.get()
        });
    }
    let mut numbers = tasks.join_all().await;
    numbers.sort_unstable();
    assert_eq!(
        numbers,
        (1..=40).collect::<Vec<i64>>(),
        "each drew a number of its own"
    );
}

#[tokio::test]
async fn a_refusal_changes_nothing_and_says_why() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let id = world.subscribes(account, "standard").await;
    let mut writing = world.writing().await;
    let refused = writing.command(id, &Command::Resume, &world.books()).await;
    assert!(
        matches!(refused, Err(CommandError::Refused(Refusal::NotPaused))),
        "{refused:?}"
    );
    let unknown = SubscriptionId::new(9);
    let nobody = writing
        .command(unknown, &Command::Resume, &world.books())
        .await;
    assert!(
        matches!(nobody, Err(CommandError::Store(StoreError::Unknown(_)))),
        "{nobody:?}"
    );
    writing.commit().await.expect("committed");
    let mut reading = world.store.read().await.expect("a transaction");
    assert_eq!(reading.facts(id).await.expect("facts").len(), 3);
}

#[tokio::test]
async fn many_commands_are_written_together_and_one_that_is_refused_is_left_out() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let one = world.subscribes(account, "trial").await;
    let other = world.subscribes(account, "trial").await;
    let cancel = Command::Cancel {
        when: CancelWhen::PeriodEnd,
        reason: CancelReason::Unsaid,
    };
    // Two about the same: the second sees what the first did.
    let commands = [
        (one, cancel.clone()),
        (one, cancel.clone()),
        (other, Command::Resume),
        (other, cancel),
    ];
    let mut writing = world.writing().await;
    let answers = writing
        .commands(&commands, &world.books())
        .await
        .expect("written");
    writing.commit().await.expect("committed");
    let facts: Vec<Option<usize>> = answers
        .iter()
        .map(|answer| answer.as_ref().ok().map(|done| done.facts.len()))
        .collect();
    assert_eq!(facts, [Some(1), Some(0), None, Some(1)]);
    let mut reading = world.store.read().await.expect("a transaction");
    for id in [one, other] {
        let subscription = reading
            .subscription(id)
            .await
            .expect("read")
            .expect("there");
        let facts = reading.facts(id).await.expect("facts");
        assert!(subscription.ending.is_some());
        assert_eq!(Subscription::replay(id, &facts), Ok(subscription));
    }
}

#[tokio::test]
async fn what_is_due_is_ticked_once_and_in_parts() {
    let mut world = World::new().await;
    for index in 0..7 {
        let account = world.account(&format!("reader{index}@example.com")).await;
        world.subscribes(account, "trial").await;
    }
    assert_eq!(world.ticks().await, 0, "nothing is due yet");
    world.passes(SignedDuration::from_hours(24 * 15));
    assert_eq!(world.ticks().await, 7);
    assert_eq!(world.ticks().await, 0, "it was done");
    let mut reading = world.store.read().await.expect("a transaction");
    let due = reading.next_subscription_due().await.expect("read");
    assert!(due.is_some_and(|due| due > world.now));
}

#[tokio::test]
async fn a_revoked_subscription_is_none_at_the_gate_as_soon_as_it_is_committed() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let id = world.subscribes(account, "trial").await;
    let mut directory = Directory::default();
    let mut last = 0;
    let feeds = world.store.feeds();
    for (command, reads) in [(None, true), (Some(Command::Revoke), false)] {
        if let Some(command) = command {
            world.does(id, &command).await;
        }
        let mut reading = world.store.read().await.expect("a transaction");
        let found = reading.feed_after(last).await.expect("read");
        assert!(!found.is_more);
        last = found.last;
        assert_eq!(*feeds.borrow(), last, "whoever follows was woken");
        follow(&mut directory, &found);
        let active = directory
            .snapshot(account)
            .entitlements
            .active("read", world.now);
        assert_eq!(active, reads);
    }
}

#[tokio::test]
async fn whoever_goes_away_during_a_commit_keeps_nothing_from_the_gate() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let id = world.subscribes(account, "trial").await;
    let mut feeds = world.store.feeds();
    let known = *feeds.borrow_and_update();
    let mut writing = world.writing().await;
    let revoked = writing.command(id, &Command::Revoke, &world.books()).await;
    revoked.expect("accepted");
    // Begun, and not waited for.
    let mut commit = Box::pin(writing.commit());
    tokio::select! {
        biased;
        _ = &mut commit => {}
        () = std::future::ready(()) => {}
    }
    drop(commit);
    if *feeds.borrow() == known {
        feeds.changed().await.expect("woken");
    }
    let mut reading = world.store.read().await.expect("a transaction");
    let found = reading.feed_after(known).await.expect("read");
    assert_eq!(found.changes.len(), 1, "{found:?}");
}

#[tokio::test]
async fn members_read_by_their_seat_and_whoever_pays_doesnt_without_one() {
    let mut world = World::new().await;
    let firm = world.account("firm@example.com").await;
    let member = world.account("anna@example.com").await;
    let id = world.subscribes(firm, "team").await;
    world.settles(Card::Pays).await;
    let seat = SeatId::new(world.draw());
    world
        .does(id, &Command::Seat(SeatCommand::Invite { seat }))
        .await;
    let accept = SeatCommand::Accept {
        seat,
        account: member,
    };
    world.does(id, &Command::Seat(accept)).await;

    let mut reading = world.store.read().await.expect("a transaction");
    let mut directory = Directory::default();
    let found = reading.feed_after(0).await.expect("read");
    follow(&mut directory, &found);
    assert!(
        directory
            .snapshot(member)
            .entitlements
            .active("read", world.now)
    );
    assert!(
        !directory
            .snapshot(firm)
            .entitlements
            .active("read", world.now)
    );
    assert_eq!(reading.seats(member).await.expect("read").len(), 1);
    // Whoever begins to follow is told as much, in whatever order.
    let mut whole = Directory::default();
    let last = reading.feed_all(|change| drop(whole.take(change))).await;
    assert_eq!(last.expect("read"), found.last);
    for account in [firm, member] {
        assert_eq!(whole.snapshot(account), directory.snapshot(account));
    }
    drop(reading);

    world
        .does(id, &Command::Seat(SeatCommand::Free { seat }))
        .await;
    let mut reading = world.store.read().await.expect("a transaction");
    let found = reading.feed_after(found.last).await.expect("read");
    let [(_, Change::Subscription { .. })] = found.changes.as_slice() else {
        panic!("{found:?}");
    };
    follow(&mut directory, &found);
    assert!(
        !directory
            .snapshot(member)
            .entitlements
            .active("read", world.now)
    );
    assert_eq!(reading.seats(member).await.expect("read"), []);
}

#[tokio::test]
async fn tasks_are_written_in_words_that_stay() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    world.subscribes(account, "standard").await;
    let tasks = world
        .takes(Lane::Provider, &ludgate_store::jobs::Worker::new("w"))
        .await;
    let written = serde_json::to_value(&tasks.first().expect("a job").task).expect("JSON");
    assert!(
        written
            .pointer("/provider/charge_requested/charge")
            .is_some(),
        "{written}"
    );
    assert_eq!(serde_json::to_value(Task::Tell).expect("JSON"), "tell");
}
