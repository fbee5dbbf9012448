//! Checks that find what is wrong, backups, and restores.

use ludgate_store::upkeep::{AuditError, BackupError, RestoreError, audit, restore};
use ludgate_store::{OpenError, Options, Owner, Store};

use crate::support::*;
use commerce::ids::{AccountId, RefundId};
use commerce::invoice::InvoiceKind;
use commerce::payment::RefundWish;
use commerce::subscription::{AfterRefund, Command};

/// A database with something of everything in it.
async fn lived() -> World {
    let mut world = World::new().await;
    for number in 0..3 {
        let account = world.account(&format!("reader{number}@example.com")).await;
        world.subscribes(account, "standard").await;
    }
    world.settles(Card::Pays).await;
    world.passes(jiff::SignedDuration::from_hours(24 * 32));
    world.ticks().await;
    world.settles(Card::Pays).await;
    world
}

async fn findings(store: &Store) -> Vec<String> {
    store.check().await.expect("checked").findings
}

#[tokio::test]
async fn a_sound_database_has_nothing_to_find() {
    let world = lived().await;
    let mut seen = Vec::new();
    let checked = world.store.check_telling(&mut |many| seen.push(many)).await;
    let checked = checked.expect("checked");
    assert!(checked.is_sound(), "{checked:?}");
    assert_eq!((checked.subscriptions, seen), (3, vec![3]));
    let running = world
        .store
        .read()
        .await
        .expect("a turn")
        .running_count()
        .await;
    assert_eq!(running.expect("a count"), 3);
    assert!(checked.facts > 20, "{checked:?}");
}

#[tokio::test]
async fn every_way_of_being_wrong_is_found() {
    let rows = [
        (
            "UPDATE postings SET amount = amount + 1 WHERE line = 1 AND account = 'provider'",
            "out of balance",
        ),
        (
            "DELETE FROM postings WHERE account LIKE 'revenue%' OR (account = 'deferred_revenue' AND amount > 0)",
            "the books of",
        ),
        ("DELETE FROM invoices WHERE count = 2", "numbers from 1 to"),
        (
            "DELETE FROM invoices WHERE count = 6",
            "was paid and has no invoice",
        ),
        (
            "UPDATE counters SET value = value + 1 WHERE name LIKE 'invoice/%'",
            "drawn",
        ),
        ("DELETE FROM facts WHERE seq = 4", "/4 is missing"),
        (
            "UPDATE facts SET body = '\"recovered\"' WHERE name = 'period_started'",
            "isn't what its facts make",
        ),
        ("UPDATE facts SET body = '{' WHERE seq = 2", "EOF"),
        ("UPDATE subscriptions SET version = version + 1", "and says"),
        (
            "UPDATE subscriptions SET next_due = NULL",
            "is due at another time",
        ),
        (
            "UPDATE subscriptions SET grants = NULL",
            "gives the gate something else",
        ),
        ("UPDATE subscriptions SET state = '{}'", "can't be read"),
        (
            "UPDATE subscriptions SET account_id = (SELECT MIN(id) FROM accounts)",
            "under another account",
        ),
        (
            "DELETE FROM subscriptions WHERE id = (SELECT MIN(id) FROM subscriptions)",
            "no projection",
        ),
        ("DELETE FROM uses", "took offers more or less often"),
        (
            "INSERT INTO uses (offer, owner, seq) SELECT 'another', id, 1 FROM subscriptions",
            "6 uses of offers are counted, and by the facts 3",
        ),
        (
            "UPDATE invoices SET account_id = 'nobody' WHERE count = 1",
            "invoices names something that isn't in accounts",
        ),
    ];
    is_found(&lived().await, &rows).await;
}

/// What is damaged by a statement is found, by those words.
async fn is_found(world: &World, rows: &[(&str, &str)]) {
    let backup = world.folder().join("backup.db");
    world.store.backup(&backup).await.expect("a backup");
    for (number, (text, expected)) in rows.iter().enumerate() {
        let path = world.folder().join(format!("damaged{number}.db"));
        std::fs::copy(&backup, &path).expect("a copy");
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(&path)
            .foreign_keys(false);
        let pool = sqlx::SqlitePool::connect_with(options)
            .await
            .expect("a connection");
        let text = sqlx::AssertSqlSafe((*text).to_owned());
        sqlx::query(text).execute(&pool).await.expect("damaged");
        pool.close().await;
        let store = open(&path).await;
        let found = findings(&store).await;
        assert!(
            found.iter().any(|what| what.contains(*expected)),
            "{expected}: {found:?}"
        );
    }
}

/// The same, and one of the first payments was given back, in two parts.
async fn gave_back() -> World {
    let mut world = lived().await;
    let mut reading = world.store.read().await.expect("a transaction");
    let ids = reading.invoices(AccountId::new(1_001)).await;
    let invoice = ids.expect("read").pop().expect("an invoice");
    let InvoiceKind::Invoice { charge } = invoice.kind else {
        panic!("{invoice:?}");
    };
    let owner = reading.owner_of_order(charge.order).await.expect("read");
    let Some(Owner::Subscription(id)) = owner else {
        panic!("{owner:?}");
    };
    drop(reading);
    for amount in ["5.00 USD", "10.00 USD"] {
        let refund = Command::Refund {
            wish: RefundWish {
                refund: RefundId::new(world.draw()),
                charge,
                amount: Some(amount.parse().expect("an amount")),
            },
            access: AfterRefund::Keep,
        };
        world.does(id, &refund).await;
    }
    world.settles(Card::Pays).await;
    assert_eq!(findings(&world.store).await, Vec::<String>::new());
    world
}

#[tokio::test]
async fn documents_that_disagree_with_the_facts_or_the_books_are_found() {
    let credit = "WHERE series = 'LRC-' AND count = 1";
    let set = |path: &str, value: &str| {
        format!("UPDATE invoices SET body = json_set(body, '{path}', {value}) {credit}")
    };
    let rows = [
        (
            format!("DELETE FROM invoices {credit}"),
            "is given back and has no credit note",
        ),
        (
            format!("DELETE FROM invoices {credit}"),
            "\"LRC-\" has 1 numbers from 2 to 2, of 2 drawn",
        ),
        (
            "DELETE FROM invoices WHERE series = 'LRC-'".to_owned(),
            "\"LRC-\" has no numbers, of 2 drawn",
        ),
        (
            "DELETE FROM invoices WHERE charge IS NOT NULL AND owner IN
                (SELECT owner FROM invoices WHERE series = 'LRC-')"
                .to_owned(),
            "corrects another invoice",
        ),
        (
            format!("UPDATE invoices SET count = 7 {credit}"),
            "has another number printed on it",
        ),
        (
            format!("UPDATE invoices SET body = '{{}}' {credit}"),
            "can't be read",
        ),
        (
            format!(
                "UPDATE invoices SET body = (SELECT body FROM invoices o
                    WHERE o.series = 'LR-' AND o.count = 1) {credit}"
            ),
            "isn't what its fact asks for",
        ),
        (
            set("$.taxes", "json('[]')"),
            "has lines or taxes that don't come to its sums",
        ),
        (
            "UPDATE postings SET account = 'revenue' WHERE account LIKE 'tax_payable%'".to_owned(),
            "has another tax or total than the books",
        ),
    ];
    let rows: Vec<(&str, &str)> = rows
        .iter()
        .map(|(text, what)| (text.as_str(), *what))
        .collect();
    is_found(&gave_back().await, &rows).await;
}

fn names(folder: &std::path::Path) -> Vec<std::ffi::OsString> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("one").file_name())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn an_audit_writes_nothing_and_reads_what_was_committed_last() {
    let world = lived().await;
    let path = world.store.path().to_owned();
    // Its log has what isn't in the file yet.
    let mut told = 0;
    let found = audit(&path, &mut |many| told = many)
        .await
        .expect("checked");
    assert!(found.is_sound() && found.facts > 20, "{found:?}");
    assert_eq!((found.subscriptions, told), (3, 3));
    assert_eq!(found, world.store.check().await.expect("checked"));

    let folder = world.folder().join("backup");
    std::fs::create_dir(&folder).expect("a folder");
    let backup = folder.join("ludgate.db");
    world.store.backup(&backup).await.expect("a backup");
    let before = std::fs::read(&backup).expect("a file");
    let again = audit(&backup, &mut |_| {}).await.expect("checked");
    assert_eq!(again, found);
    assert_eq!(names(&folder), ["ludgate.db"]);
    assert_eq!(std::fs::read(&backup).expect("a file"), before);
}

#[tokio::test]
async fn an_audit_brings_no_other_schema_up_to_date() {
    let world = World::new().await;
    let path = world.folder().join("earlier.db");
    world.store.backup(&path).await.expect("a backup");
    let latest = ludgate_store::migrations::MIGRATIONS.len();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let pool = sqlx::SqlitePool::connect_with(options)
        .await
        .expect("a connection");
    let forget = "DELETE FROM migrations WHERE version = (SELECT MAX(version) FROM migrations)";
    sqlx::query(forget).execute(&pool).await.expect("forgotten");
    pool.close().await;
    let before = std::fs::read(&path).expect("a file");
    let refused = audit(&path, &mut |_| {}).await.expect_err("refused");
    let text = refused.to_string();
    assert!(
        matches!(refused, AuditError::Open(OpenError::Older { .. })),
        "{text}"
    );
    let words = format!(
        "has schema {}, and this version reads schema {latest}",
        latest - 1
    );
    assert!(text.contains(&words), "{text}");
    assert_eq!(std::fs::read(&path).expect("a file"), before);
    let nothing = world.folder().join("nothing.db");
    std::fs::write(&nothing, "").expect("written");
    let refused = audit(&nothing, &mut |_| {}).await.expect_err("refused");
    assert!(matches!(refused, AuditError::Open(_)), "{refused}");
}

#[tokio::test]
async fn a_backup_is_made_beside_its_users_and_put_back() {
    let mut world = lived().await;
    let backup = world.folder().join("backup.db");
    // Somebody is writing, and what they haven't committed isn't in it.
    let mut writing = world.writing().await;
    let late = new_account(commerce::ids::AccountId::new(5), "late@example.com");
    writing.add_account(&late, world.now).await.expect("added");
    world.store.backup(&backup).await.expect("a backup");
    writing.commit().await.expect("committed");
    let again = world.store.backup(&backup).await;
    assert!(matches!(again, Err(BackupError::Exists(_))), "{again:?}");
    assert!(!world.folder().join("backup.db.part").exists());
    world.account("later@example.com").await;

    let path = world.store.path().to_owned();
    let running = restore(&backup, &path, world.now).await;
    assert!(
        matches!(running, Err(RestoreError::InUse(_))),
        "{running:?}"
    );
    let World { store, now, .. } = &world;
    store.clone().close().await;
    let shop_is_open = restore(&backup, &path, *now).await;
    assert!(
        matches!(shop_is_open, Err(RestoreError::InUse(_))),
        "the handle is still there"
    );

    let elsewhere = world.folder().join("elsewhere.db");
    let restored = restore(&backup, &elsewhere, world.now)
        .await
        .expect("restored");
    assert_eq!(restored.replaced, None);
    assert_eq!(restored.checked.subscriptions, 3);
    let other = open(&elsewhere).await;
    let mut reading = other.read().await.expect("a transaction");
    assert!(reading.account(late.id).await.expect("read").is_none());
    drop(reading);
    other.close().await;

    let restored = restore(&backup, &elsewhere, world.now)
        .await
        .expect("restored");
    let first = restored.replaced.expect("what was there");
    let restored = restore(&backup, &elsewhere, world.now)
        .await
        .expect("restored");
    let aside = restored.replaced.expect("what was there");
    assert_ne!(first, aside, "in the same second, and nothing is lost");
    assert!(first.exists());
    assert!(
        findings(&open(&aside).await).await.is_empty(),
        "it is whole, and not lost"
    );
    assert!(findings(&open(&elsewhere).await).await.is_empty());
}

#[tokio::test]
async fn what_a_crash_left_in_the_log_is_put_aside_with_the_database() {
    let mut world = lived().await;
    let backup = world.folder().join("backup.db");
    world.store.backup(&backup).await.expect("a backup");
    world.account("later@example.com").await;
    // As it is on disk when the process dies: what came last is in the log.
    let path = world.folder().join("crashed.db");
    let log = |path: &std::path::Path| {
        let mut name = path.as_os_str().to_owned();
        name.push("-wal");
        std::path::PathBuf::from(name)
    };
    std::fs::copy(world.store.path(), &path).expect("a copy");
    std::fs::copy(log(world.store.path()), log(&path)).expect("a copy");
    let restored = restore(&backup, &path, world.now).await.expect("restored");
    assert!(
        !log(&path).exists(),
        "the new one has no log of the old one"
    );
    let aside = restored.replaced.expect("what was there");
    let mail = ludgate_store::MailAddress::new("later@example.com").expect("an address");
    for (path, is_known) in [(aside, true), (path, false)] {
        let store = open(&path).await;
        let mut reading = store.read().await.expect("a transaction");
        let found = reading.account_by_mail(&mail).await.expect("read");
        assert_eq!(found.is_some(), is_known, "{}", path.display());
    }
}

#[tokio::test]
async fn two_backups_of_one_name_are_one_and_an_error() {
    let world = lived().await;
    let backup = world.folder().join("backup.db");
    let part = world.folder().join("backup.db.part");
    // One that was begun and never finished is in nobody's way.
    std::fs::write(&part, "half of one").expect("written");
    let (one, other) = tokio::join!(world.store.backup(&backup), world.store.backup(&backup));
    let (made, refused) = if one.is_ok() {
        (one, other)
    } else {
        (other, one)
    };
    made.expect("a backup");
    assert!(
        matches!(refused, Err(BackupError::Exists(_))),
        "{refused:?}"
    );
    assert!(!part.exists());
    assert!(findings(&open(&backup).await).await.is_empty());
}

#[tokio::test]
async fn a_backup_that_isnt_sound_is_left_alone() {
    let world = lived().await;
    let folder = tempfile::tempdir().expect("a folder");
    let (backup, path) = (
        folder.path().join("backup.db"),
        folder.path().join("ludgate.db"),
    );
    world.store.backup(&backup).await.expect("a backup");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&backup);
    let pool = sqlx::SqlitePool::connect_with(options)
        .await
        .expect("a connection");
    sqlx::query("DELETE FROM invoices WHERE count = 2")
        .execute(&pool)
        .await
        .expect("damaged");
    pool.close().await;
    open(&path).await.close().await;
    let before = std::fs::read(&path).expect("read");
    let refused = restore(&backup, &path, world.now).await;
    let Err(RestoreError::Unsound(checked)) = &refused else {
        panic!("{refused:?}");
    };
    assert!(!checked.findings.is_empty());
    std::fs::write(&backup, "no database at all").expect("written");
    let refused = restore(&backup, &path, world.now).await;
    assert!(
        matches!(refused, Err(RestoreError::Open { .. })),
        "{refused:?}"
    );
    let missing = restore(&folder.path().join("none"), &path, world.now).await;
    assert!(
        matches!(missing, Err(RestoreError::File { .. })),
        "{missing:?}"
    );
    assert_eq!(std::fs::read(&path).expect("read"), before);
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    assert_eq!(names, ["backup.db", "ludgate.db", "ludgate.db.lock"]);
}

#[tokio::test]
async fn nobody_opens_a_database_that_is_being_restored() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ludgate.db");
    let lock = folder.path().join("ludgate.db.lock");
    let file = std::fs::File::create(&lock).expect("a file");
    file.lock().expect("locked");
    let refused = Store::open(&Options::at(&path), new_year()).await.err();
    assert!(
        matches!(refused, Some(OpenError::Restoring { .. })),
        "{refused:?}"
    );
}
