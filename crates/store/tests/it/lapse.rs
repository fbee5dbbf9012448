//! What a database that is put back is told of the time since its backup.

use std::path::PathBuf;

use access::SessionId;
use jiff::{SignedDuration, Timestamp};
use ludgate_store::accounts::PasswordHash;
use ludgate_store::acts::Act;
use ludgate_store::sessions::NewSession;
use ludgate_store::tokens::{NewToken, Purpose};
use ludgate_store::upkeep::{LEFT_OUT, Restored, Undone, restore};
use ludgate_store::{MailAddress, Store, TokenHash};

use crate::support::*;
use commerce::ids::AccountId;

const SESSION: SessionId = SessionId([1; 16]);

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// The numbers of an account's invoices, the latest first.
async fn numbers(store: &Store, account: AccountId) -> Vec<u64> {
    let mut reading = store.read().await.expect("a transaction");
    let invoices = reading.invoices(account).await.expect("read");
    invoices.iter().map(|one| one.number.count).collect()
}

/// A world with a subscriber and a backup, in which a month went by since.
async fn moved_on() -> (World, AccountId, PathBuf) {
    let mut world = World::new().await;
    let account = world.account("anna@example.com").await;
    world.subscribes(account, "standard").await;
    world.settles(Card::Pays).await;
    let mut writing = world.writing().await;
    let session = NewSession {
        id: SESSION,
        account,
        label: "Firefox".into(),
        expires: world.now + days(300),
    };
    let signed_in = writing.add_session(&session, 3, world.now).await;
    assert_eq!(signed_in.expect("signed in"), []);
    let token = NewToken {
        hash: TokenHash::of(&[1]),
        purpose: Purpose::MagicLink,
        account: Some(account),
        mail: None,
        body: String::new(),
        expires: world.now + days(300),
    };
    writing.add_token(&token, world.now).await.expect("kept");
    writing.commit().await.expect("committed");
    let backup = world.folder().join("backup.db");
    world.store.backup(&backup).await.expect("a backup");
    world.passes(days(31));
    world.ticks().await;
    world.settles(Card::Pays).await;
    assert_eq!(numbers(&world.store, account).await, [2, 1]);
    (world, account, backup)
}

/// Puts the backup in the place of a world's database, or elsewhere.
async fn put_back(world: World, backup: &std::path::Path, elsewhere: bool) -> (World, Restored) {
    let path = if elsewhere {
        backup.with_file_name("elsewhere.db")
    } else {
        world.store.path().to_owned()
    };
    let now = world.now;
    let folder = world.closed().await;
    let restored = restore(backup, &path, now).await.expect("restored");
    let mut world = World::at(&path, 5_000).await;
    world.now = now;
    world.keeps(folder);
    (world, restored)
}

#[tokio::test]
async fn no_number_of_an_invoice_is_given_twice() {
    for (elsewhere, next) in [(false, 3), (true, 1 + LEFT_OUT + 1 + 1)] {
        let (world, account, backup) = moved_on().await;
        let (mut world, restored) = put_back(world, &backup, elsewhere).await;
        assert_eq!(restored.undone.is_some(), !elsewhere);
        world.ticks().await;
        world.settles(Card::Pays).await;
        let next = u64::try_from(next).expect("a number");
        assert_eq!(numbers(&world.store, account).await, [next, 1]);
        let checked = world.store.check().await.expect("checked");
        assert_eq!(checked.findings, Vec::<String>::new());
    }
}

#[tokio::test]
async fn for_a_while_it_is_looked_first_what_was_done_already() {
    let (world, _, backup) = moved_on().await;
    let was = async |store: &Store, now: Timestamp| {
        let mut reading = store.read().await.expect("a transaction");
        reading.was_restored(now).await.expect("read")
    };
    assert!(!was(&world.store, world.now).await);
    let (world, _) = put_back(world, &backup, false).await;
    assert!(was(&world.store, world.now).await);
    assert!(was(&world.store, world.now + days(39)).await);
    assert!(!was(&world.store, world.now + days(41)).await);
}

#[tokio::test]
async fn nobody_is_signed_in_and_what_is_undone_is_told() {
    let (world, account, backup) = moved_on().await;
    let now = world.now;
    let mut writing = world.writing().await;
    for what in ["erase", "extend"] {
        let act = Act {
            actor: "cli:bert".into(),
            what: what.into(),
            why: "asked by mail".into(),
            account: Some(account),
            owner: None,
        };
        writing.act(&act, now).await.expect("noted");
    }
    let hash = PasswordHash::new("$argon2id$v=19$secret");
    let set = writing.set_password(account, Some(&hash)).await;
    set.expect("written");
    let elsewhere = MailAddress::new("elsewhere@example.com").expect("an address");
    let set = writing.set_mail(account, &elsewhere, now).await;
    assert!(set.expect("written"));
    writing.commit().await.expect("committed");
    let (world, restored) = put_back(world, &backup, false).await;
    let erased = Undone::Act {
        at: now,
        actor: "cli:bert".into(),
        what: "erase".into(),
        about: account.to_string(),
    };
    assert_eq!(
        restored.undone,
        Some(vec![
            erased,
            Undone::Password(account),
            Undone::Address(account)
        ])
    );
    let mut writing = world.writing().await;
    assert_eq!(writing.session_of(SESSION, now).await.expect("read"), None);
    let hash = TokenHash::of(&[1]);
    let used = writing.use_token(hash, Purpose::MagicLink, now).await;
    assert_eq!(used.expect("read"), None);
}
