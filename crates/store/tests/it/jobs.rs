//! Leases, back-off, order, and what becomes of jobs whose worker died.

use jiff::SignedDuration;
use ludgate_store::Owner;
use ludgate_store::jobs::{Finished, Lane, MAX_ATTEMPTS, NewJob, Worker, backoff};
use ludgate_store::outbox::Task;

use crate::support::*;
use commerce::subscription::Command;

fn work(id: &str, due: jiff::Timestamp) -> NewJob {
    NewJob {
        id: id.into(),
        account: None,
        task: Task::Work {
            kind: "reconcile".into(),
            body: serde_json::Value::Null,
        },
        due,
    }
}

async fn add(world: &World, job: &NewJob) -> bool {
    let mut writing = world.writing().await;
    let added = writing.add_job(job, world.now).await.expect("no error");
    writing.commit().await.expect("committed");
    added
}

#[tokio::test]
async fn a_job_of_an_id_happens_once() {
    let world = World::new().await;
    let job = work("reconcile/2027-01-01", world.now);
    assert!(add(&world, &job).await);
    let mut other = work(
        "reconcile/2027-01-01",
        world.now + SignedDuration::from_hours(1),
    );
    other.task = Task::Invoice;
    assert!(!add(&world, &other).await, "no error, and no change");
    let worker = Worker::new("one");
    let taken = world.takes(Lane::Work, &worker).await;
    let tasks: Vec<(&Task, jiff::Timestamp)> =
        taken.iter().map(|job| (&job.task, job.due)).collect();
    assert_eq!(tasks, [(&job.task, world.now)]);
    let mut writing = world.writing().await;
    for job in &taken {
        let finished = writing
            .finish_job(job, &worker, world.now)
            .await
            .expect("written");
        assert_eq!(finished, Finished::Yes);
    }
    writing.commit().await.expect("committed");
    assert!(!add(&world, &job).await, "it was done");
    assert_eq!(world.takes(Lane::Work, &worker).await, []);
}

#[tokio::test]
async fn two_workers_never_have_one_job_and_only_who_has_it_finishes_it() {
    let mut world = World::new().await;
    for number in 0..4 {
        add(&world, &work(&format!("job/{number}"), world.now)).await;
    }
    let (one, other) = (Worker::new("one"), Worker::new("other"));
    let mut writing = world.writing().await;
    let first = writing
        .take_jobs(Lane::Work, &one, world.lease(), 3)
        .await
        .expect("jobs");
    let rest = writing
        .take_jobs(Lane::Work, &other, world.lease(), 3)
        .await
        .expect("jobs");
    writing.commit().await.expect("committed");
    assert_eq!((first.len(), rest.len()), (3, 1));

    // The first is silent for longer than its lease: it counts as dead.
    world.passes(SignedDuration::from_mins(2));
    let again = world.takes(Lane::Work, &other).await;
    assert_eq!(again.len(), 4);
    assert!(
        again.iter().all(|job| job.attempts == 2),
        "nobody knows how far it came"
    );
    let mut writing = world.writing().await;
    let job = first.first().expect("a job");
    let late = writing
        .finish_job(job, &one, world.now)
        .await
        .expect("written");
    assert_eq!(late, Finished::LeaseLost);
    let failed = writing
        .fail_job(job, &one, "too late", world.now)
        .await
        .expect("written");
    assert_eq!(failed, Finished::LeaseLost);
    let taken = again.first().expect("a job");
    let done = writing
        .finish_job(taken, &other, world.now)
        .await
        .expect("written");
    assert_eq!(done, Finished::Yes);
}

#[tokio::test]
async fn due_is_by_the_business_clock_and_waiting_by_the_system_clock() {
    let world = World::new().await;
    let tomorrow = world.now + SignedDuration::from_hours(24);
    add(&world, &work("job", tomorrow)).await;
    let worker = Worker::new("one");
    assert_eq!(world.takes(Lane::Work, &worker).await, [], "not due yet");
    // A test clock leaps; the system clock doesn't.
    let mut lease = world.lease();
    lease.business = tomorrow;
    let mut writing = world.writing().await;
    let taken = writing
        .take_jobs(Lane::Work, &worker, lease, 9)
        .await
        .expect("jobs");
    let job = taken.first().expect("a job");
    let failed = writing
        .fail_job(job, &worker, "no answer", lease.system)
        .await;
    assert_eq!(failed.expect("written"), Finished::Yes);
    // However far the business clock leaps, the other server is left alone.
    lease.business = tomorrow + SignedDuration::from_hours(24 * 365);
    let early = writing
        .take_jobs(Lane::Work, &worker, lease, 9)
        .await
        .expect("jobs");
    assert_eq!(early, []);
    lease.system += backoff(1);
    let again = writing
        .take_jobs(Lane::Work, &worker, lease, 9)
        .await
        .expect("jobs");
    assert_eq!(again.first().map(|job| job.attempts), Some(2));
}

#[tokio::test]
async fn what_failed_too_often_is_dead_seen_and_can_be_revived() {
    let mut world = World::new().await;
    add(&world, &work("job", world.now)).await;
    let worker = Worker::new("one");
    for attempt in 1..=MAX_ATTEMPTS {
        let taken = world.takes(Lane::Work, &worker).await;
        let job = taken.first().expect("a job");
        assert_eq!(job.attempts, attempt);
        let mut writing = world.writing().await;
        let failed = writing.fail_job(job, &worker, "no answer", world.now).await;
        assert_eq!(failed.expect("written"), Finished::Yes);
        writing.commit().await.expect("committed");
        world.passes(backoff(attempt));
    }
    assert_eq!(world.takes(Lane::Work, &worker).await, []);
    let mut writing = world.writing().await;
    let dead = writing.dead_jobs().await.expect("read");
    assert_eq!(
        dead.first().map(|dead| dead.error.as_str()),
        Some("no answer")
    );
    assert!(writing.revive_job("job").await.expect("no error"));
    assert!(!writing.revive_job("job").await.expect("no error"));
    writing.commit().await.expect("committed");
    let again = world.takes(Lane::Work, &worker).await;
    // Not as if nobody had been asked before.
    let attempts: Vec<u32> = again.iter().map(|job| job.attempts).collect();
    assert_eq!(attempts, [2]);
}

#[tokio::test]
async fn workers_that_never_come_back_dont_try_for_ever() {
    let mut world = World::new().await;
    add(&world, &work("job", world.now)).await;
    for attempt in 1..=MAX_ATTEMPTS {
        let worker = Worker::new(format!("{attempt}"));
        assert_eq!(world.takes(Lane::Work, &worker).await.len(), 1);
        world.passes(SignedDuration::from_mins(2));
    }
    assert_eq!(world.takes(Lane::Work, &Worker::new("last")).await, []);
    let mut reading = world.store.read().await.expect("a transaction");
    let dead = reading.dead_jobs().await.expect("read");
    assert_eq!(dead.len(), 1, "{dead:?}");
}

#[tokio::test]
async fn a_new_process_takes_over_at_once_what_the_dead_one_had() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    world.subscribes(account, "standard").await;
    assert_eq!(
        world
            .takes(Lane::Provider, &Worker::new("dead"))
            .await
            .len(),
        1
    );
    assert_eq!(world.takes(Lane::Provider, &Worker::new("new")).await, []);
    let mut writing = world.writing().await;
    assert_eq!(writing.release_jobs().await.expect("written"), 1);
    writing.commit().await.expect("committed");
    let taken = world.takes(Lane::Provider, &Worker::new("new")).await;
    assert_eq!(
        taken.first().map(|job| job.attempts),
        Some(2),
        "so it inquires first"
    );
}

#[tokio::test]
async fn a_provider_is_asked_in_the_order_of_the_facts() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let id = world.subscribes(account, "standard").await;
    // Nothing was heard for ten minutes: it is to be inquired about.
    world.passes(SignedDuration::from_mins(11));
    let order = commerce::ids::OrderId::new(world.draw());
    world.does(id, &Command::Tick { order }).await;
    let worker = Worker::new("one");
    let taken = world.takes(Lane::Provider, &worker).await;
    assert_eq!(
        taken.len(),
        1,
        "the inquiry waits until the charge was asked for"
    );
    let Some(Task::Provider(fact)) = taken.first().map(|job| &job.task) else {
        panic!("{taken:?}");
    };
    assert_eq!(fact.name(), "charge_requested");
    let mut writing = world.writing().await;
    for job in &taken {
        let finished = writing.finish_job(job, &worker, world.now).await;
        assert_eq!(finished.expect("written"), Finished::Yes);
    }
    writing.commit().await.expect("committed");
    let next = world.takes(Lane::Provider, &worker).await;
    assert!(
        matches!(next.first().map(|job| &job.task), Some(Task::Provider(fact)) if fact.name() == "inquiry_requested"),
        "{next:?}"
    );
    // Mail is another lane, and wasn't held up.
    assert_eq!(world.takes(Lane::Mail, &worker).await.len(), 1);
}

#[tokio::test]
async fn a_mail_that_somebody_waits_for_goes_before_all_that_tell_of_something() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    world.subscribes(account, "standard").await;
    world.passes(SignedDuration::from_mins(1));
    let link = NewJob {
        id: "mail/1".into(),
        account: None,
        task: Task::Mail {
            kind: "magic_link".into(),
            body: serde_json::Value::Null,
        },
        due: world.now,
    };
    add(&world, &link).await;
    let worker = Worker::new("one");
    let mut writing = world.writing().await;
    let mut ids = Vec::new();
    for most in [1, 5] {
        let taken = writing.take_jobs(Lane::Mail, &worker, world.lease(), most);
        ids.push(taken.await.expect("jobs").into_iter().map(|job| job.id));
    }
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    let told = ids.get(1).expect("the subscription is told of");
    assert_eq!(ids.first().map(String::as_str), Some("mail/1"));
    assert!(told.ends_with("/mail") && ids.len() == 2, "{ids:?}");
}

#[tokio::test]
async fn many_jobs_are_finished_together_but_those_that_somebody_else_has() {
    let world = World::new().await;
    for number in 0..113 {
        add(&world, &work(&format!("job/{number:03}"), world.now)).await;
    }
    let (one, other) = (Worker::new("one"), Worker::new("other"));
    let mut writing = world.writing().await;
    let lease = world.lease();
    let mut jobs = writing
        .take_jobs(Lane::Work, &one, lease, 112)
        .await
        .expect("jobs");
    let others = writing.take_jobs(Lane::Work, &other, lease, 1).await;
    jobs.splice(50..50, others.expect("a job"));
    let finished = writing.finish_jobs(&jobs, &one, world.now).await;
    let finished = finished.expect("written");
    let lost: Vec<usize> = (0..)
        .zip(&finished)
        .filter_map(|(place, finished)| (*finished == Finished::LeaseLost).then_some(place))
        .collect();
    assert_eq!((finished.len(), lost), (113, vec![50]));
    writing.commit().await.expect("committed");
    let mut reading = world.store.read().await.expect("a transaction");
    let waiting = reading.jobs_waiting(Lane::Work, world.now).await;
    assert_eq!(waiting.expect("read"), 1);
}

#[tokio::test]
async fn the_secrets_of_a_mail_are_forgotten_once_it_was_sent() {
    let world = World::new().await;
    let mail = NewJob {
        id: "mail/1".into(),
        account: None,
        task: Task::Mail {
            kind: "magic_link".into(),
            // Longer than a page, so that whole pages become free.
            body: serde_json::json!({ "token": "secret ".repeat(2_000) }),
        },
        due: world.now,
    };
    add(&world, &mail).await;
    let worker = Worker::new("one");
    let taken = world.takes(Lane::Mail, &worker).await;
    let mut writing = world.writing().await;
    for job in &taken {
        let finished = writing.finish_job(job, &worker, world.now).await;
        assert_eq!(finished.expect("written"), Finished::Yes);
    }
    writing.commit().await.expect("committed");
    world.store.clone().close().await;
    let file = std::fs::read(world.store.path()).expect("the file");
    let is_there = |word: &[u8]| file.windows(word.len()).any(|part| part == word);
    assert!(is_there(b"magic_link"));
    assert!(file.len() > 8 * 4_096, "there were such pages");
    assert!(!is_there(b"secret"), "nor is it left on a free page");
}

#[tokio::test]
async fn the_secrets_of_a_mail_that_was_given_up_arent_kept_for_ever() {
    let world = World::new().await;
    let mail = NewJob {
        id: "mail/1".into(),
        account: None,
        task: Task::Mail {
            kind: "magic_link".into(),
            body: serde_json::json!({ "token": "secret" }),
        },
        due: world.now,
    };
    let shown = format!("{mail:?}");
    assert!(shown.contains("magic_link"), "{shown}");
    assert!(!shown.contains("secret"), "{shown}");
    add(&world, &mail).await;
    add(&world, &work("work/1", world.now)).await;
    let worker = Worker::new("one");
    let mut writing = world.writing().await;
    for lane in [Lane::Mail, Lane::Work] {
        let taken = writing.take_jobs(lane, &worker, world.lease(), 9).await;
        for job in taken.expect("jobs") {
            let given_up = writing.abandon_job(&job, &worker, "no such mailbox", world.now);
            assert_eq!(given_up.await.expect("written"), Finished::Yes);
        }
    }
    assert_eq!(writing.dead_jobs().await.expect("read").len(), 2);
    let forgotten = writing.forget_jobs(world.now).await;
    assert_eq!(forgotten.expect("written"), 0, "somebody may revive it");
    let later = world.now + SignedDuration::from_secs(1);
    assert_eq!(writing.forget_jobs(later).await.expect("written"), 1);
    let left = writing.dead_jobs().await.expect("read");
    let ids: Vec<&str> = left.iter().map(|dead| dead.id.as_str()).collect();
    assert_eq!(ids, ["work/1"], "that is to be seen to");
}

#[tokio::test]
async fn done_jobs_are_forgotten_and_others_stay() {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    let id = world.subscribes(account, "standard").await;
    world.settles(Card::Pays).await;
    let later = world.now + SignedDuration::from_secs(1);
    let mut writing = world.writing().await;
    assert_eq!(
        writing.forget_jobs(world.now).await.expect("written"),
        0,
        "not old enough"
    );
    assert_eq!(writing.forget_jobs(later).await.expect("written"), 1);
    assert_eq!(writing.forget_jobs(later).await.expect("written"), 0);
    let left = writing
        .jobs_of(Owner::Subscription(id))
        .await
        .expect("read");
    assert!(
        left.iter().all(|(job, _)| job.task == Task::Tell),
        "{left:?}"
    );
    assert_eq!(left.len(), 2, "the welcome and the receipt");
}

#[tokio::test]
async fn a_job_that_cant_be_read_holds_up_no_other_and_is_seen() {
    let world = World::new().await;
    assert!(add(&world, &work("spoilt", world.now)).await);
    assert!(add(&world, &work("good", world.now)).await);
    let file = world.folder().join("ludgate.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let pool = sqlx::SqlitePool::connect_with(options)
        .await
        .expect("opened");
    sqlx::query("UPDATE jobs SET body = '{\"of_tomorrow\":1}' WHERE id = 'spoilt'")
        .execute(&pool)
        .await
        .expect("spoilt");
    pool.close().await;
    let taken = world.takes(Lane::Work, &Worker::new("one")).await;
    let ids: Vec<&str> = taken.iter().map(|job| job.id.as_str()).collect();
    assert_eq!(ids, ["good"]);
    let mut reading = world.store.read().await.expect("a transaction");
    let dead = reading.dead_jobs().await.expect("read");
    let found: Vec<(&str, bool)> = dead
        .iter()
        .map(|dead| (dead.id.as_str(), dead.job.is_some()))
        .collect();
    assert_eq!(found, [("spoilt", false)]);
}

#[tokio::test]
async fn a_job_that_waits_for_something_to_be_put_right_is_tried_every_hour_and_never_dies() {
    let mut world = World::new().await;
    add(&world, &work("job", world.now)).await;
    let worker = Worker::new("one");
    for _ in 0..2 * MAX_ATTEMPTS {
        let taken = world.takes(Lane::Work, &worker).await;
        let job = taken.first().expect("it is tried within the hour");
        let mut writing = world.writing().await;
        let delayed = writing.delay_job(job, &worker, "the key is wrong", world.now);
        assert_eq!(delayed.await.expect("written"), Finished::Yes);
        writing.commit().await.expect("committed");
        assert_eq!(world.takes(Lane::Work, &worker).await, [], "not at once");
        world.passes(SignedDuration::from_hours(1));
    }
    let mut reading = world.store.read().await.expect("a transaction");
    assert_eq!(reading.dead_jobs().await.expect("read"), []);
}

#[tokio::test]
async fn what_was_given_up_or_waits_is_tried_again_at_once_and_nothing_else() {
    let world = World::new().await;
    for id in ["dead", "waits", "held", "fresh"] {
        add(&world, &work(id, world.now)).await;
    }
    let worker = Worker::new("one");
    let mut writing = world.writing().await;
    let taken = writing.take_jobs(Lane::Work, &worker, world.lease(), 3);
    for job in taken.await.expect("jobs") {
        let error = "no answer";
        let _ = match job.id.as_str() {
            "dead" => writing.abandon_job(&job, &worker, error, world.now).await,
            "waits" => writing.fail_job(&job, &worker, error, world.now).await,
            _ => continue,
        };
    }
    writing.commit().await.expect("committed");
    let mut reading = world.store.read().await.expect("a transaction");
    let due = reading.due_jobs(world.now).await.expect("read");
    let ids: Vec<&str> = due.iter().map(|job| job.id.as_str()).collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
    let waits = due.iter().find(|job| job.id == "waits").expect("it is due");
    assert_eq!(waits.error.as_deref(), Some("no answer"));
    assert!(waits.held_until > world.now);
    drop(reading);

    let mut writing = world.writing().await;
    for (id, expected) in [
        ("dead", true),
        ("waits", true),
        ("held", false),
        ("none", false),
    ] {
        let retried = writing.retry_job(id).await.expect("written");
        assert_eq!(retried, expected, "{id}");
    }
    drop(writing);
    let mut writing = world.writing().await;
    assert_eq!(writing.retry_jobs().await.expect("written"), 2);
    writing.commit().await.expect("committed");
    let other = Worker::new("other");
    let taken = world.takes(Lane::Work, &other).await;
    let mut ids: Vec<&str> = taken.iter().map(|job| job.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["dead", "fresh", "waits"]);
}

#[tokio::test]
async fn nobody_waits_for_a_provider_that_is_asked_again_only_later() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let id = world.subscribes(anna, "standard").await;
    let owner = Owner::Subscription(id);
    let is_asked = async |world: &World| {
        let mut reading = world.store.read().await.expect("a turn");
        reading.is_asked(owner, world.now).await.expect("read")
    };
    assert!(is_asked(&world).await, "at any moment");
    let worker = Worker::new("one");
    let taken = world.takes(Lane::Provider, &worker).await;
    let job = taken.first().expect("a job");
    assert!(is_asked(&world).await, "it is being asked");
    let mut writing = world.writing().await;
    let failed = writing.fail_job(job, &worker, "no answer", world.now).await;
    assert_eq!(failed.expect("written"), Finished::Yes);
    writing.commit().await.expect("committed");
    assert!(!is_asked(&world).await, "it is put off");
    world.passes(backoff(1));
    assert!(is_asked(&world).await, "it is its turn again");
}
