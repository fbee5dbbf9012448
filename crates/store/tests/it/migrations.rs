//! Opening: new, again, newer, altered, somebody else's.

use ludgate_store::migrations::MIGRATIONS;
use ludgate_store::{OpenError, Options, Store, StoreError};

use crate::support::*;

#[tokio::test]
async fn a_database_that_is_opened_again_is_as_it_was() {
    let mut world = World::new().await;
    let id = world.account("anna@example.com").await;
    let path = world.store.path().to_owned();
    world.store.clone().close().await;
    let again = open(&path).await;
    let mut reading = again.read().await.expect("a transaction");
    assert!(reading.account(id).await.expect("read").is_some());
}

/// Writes into the table of migrations, as another version would have.
async fn tamper(world: &World, text: &'static str) -> OpenError {
    let path = world.store.path().to_owned();
    world.store.clone().close().await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let pool = sqlx::SqlitePool::connect_with(options)
        .await
        .expect("a connection");
    sqlx::query(text).execute(&pool).await.expect("tampered");
    pool.close().await;
    let refused = Store::open(&Options::at(&path), world.now).await;
    refused.err().expect("a refusal")
}

#[tokio::test]
async fn a_database_of_a_later_version_is_refused_with_what_to_do() {
    let world = World::new().await;
    let text = "INSERT INTO migrations VALUES (99, '0099_later', '', 0)";
    let refused = tamper(&world, text).await;
    let known = MIGRATIONS.len();
    let text = refused.to_string();
    assert!(
        matches!(refused, OpenError::Newer { found: 99, .. }),
        "{refused:?}"
    );
    assert!(text.contains(&format!(
        "schema 99; this version knows schemas up to {known}"
    )));
    assert!(
        text.contains("Start the version that wrote it, or restore a backup"),
        "{text}"
    );
}

#[tokio::test]
async fn a_database_that_was_migrated_otherwise_is_refused() {
    let world = World::new().await;
    let refused = tamper(&world, "UPDATE migrations SET digest = 'other'").await;
    assert!(matches!(refused, OpenError::Altered { .. }), "{refused:?}");
}

#[tokio::test]
async fn what_is_no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("letter.txt");
    let letter = "Dear reader, ".repeat(200);
    std::fs::write(&path, &letter).expect("written");
    let refused = Store::open(&Options::at(&path), new_year()).await;
    let refused = refused.err().expect("a refusal");
    assert!(
        matches!(
            &refused,
            OpenError::Database {
                source: StoreError::Damaged(_),
                ..
            }
        ),
        "{refused:?}"
    );
    assert_eq!(std::fs::read_to_string(&path).expect("read"), letter);
    let nowhere = Options::at(folder.path().join("no/such/folder/l.db"));
    let refused = Store::open(&nowhere, new_year()).await.err();
    assert!(
        matches!(refused, Some(OpenError::File { .. })),
        "{refused:?}"
    );
}

#[test]
fn migrations_count_from_one_without_gaps() {
    let versions: Vec<i64> = MIGRATIONS.iter().map(|one| one.version).collect();
    let expected: Vec<i64> = (1..).take(MIGRATIONS.len()).collect();
    assert_eq!(versions, expected);
    for one in MIGRATIONS {
        assert!(
            one.name.starts_with(&format!("{:04}_", one.version)),
            "{}",
            one.name
        );
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_database_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let mut world = World::new().await;
    world.account("anna@example.com").await;
    for suffix in ["", "-wal", "-shm"] {
        let path = format!("{}{suffix}", world.store.path().display());
        let mode = std::fs::metadata(&path)
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "{path}");
    }
}
