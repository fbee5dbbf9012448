//! Programs that were let in, saved stories and reading histories.

use access::SessionId;
use commerce::ids::AccountId;
use jiff::SignedDuration;
use ludgate_store::apps::{NewApp, Permission, Scope, Scopes};
use ludgate_store::care::InvoiceNames;
use ludgate_store::readings::MAX_READINGS;
use ludgate_store::saved::{After, MAX_SAVED};
use ludgate_store::sessions::NewSession;
use ludgate_store::{StoreError, TokenHash};

use crate::support::*;

fn hash(text: &str) -> TokenHash {
    TokenHash::of(text.as_bytes())
}

fn permission() -> Permission {
    Permission {
        app: "reader".to_owned(),
        redirect: "example.reader:/cb".to_owned(),
        challenge: "x".to_owned(),
        scopes: 5,
        label: "Reader".to_owned(),
    }
}

/// Lets a program in to the account, with that session.
async fn let_in(world: &World, account: AccountId, number: u8) -> SessionId {
    let id = SessionId([number; 16]);
    let mut writing = world.writing().await;
    let session = NewSession {
        id,
        account,
        label: "Reader".to_owned(),
        expires: world.now + SignedDuration::from_hours(24),
    };
    writing
        .add_session(&session, 5, world.now)
        .await
        .expect("added");
    let app = NewApp {
        session: id,
        app: "reader",
        scopes: Scopes::from_bits(5),
        code: hash(&format!("code {number}")),
        refresh: hash("first"),
    };
    writing.add_app(&app).await.expect("added");
    writing.commit().await.expect("kept");
    id
}

#[test]
fn scopes_are_read_as_they_are_written() {
    for (text, expected) in [
        ("read", Some("read")),
        ("saved read", Some("read saved")),
        ("", Some("read")),
        ("  read  account ", Some("read account")),
        ("read root", None),
        ("Read", None),
    ] {
        let scopes = Scopes::parse(text).map(|scopes| scopes.to_string());
        assert_eq!(scopes.as_deref(), expected, "{text}");
    }
    let scopes = Scopes::parse("read saved").expect("scopes");
    assert!(scopes.has(Scope::Saved) && !scopes.has(Scope::History));
    assert!(Scopes::parse("read").expect("scopes").are_among(scopes));
    assert!(!scopes.are_among(Scopes::parse("read").expect("scopes")));
}

#[tokio::test]
async fn a_code_is_good_once_and_for_a_minute() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let mut writing = world.writing().await;
    for code in ["a", "b"] {
        let added = writing
            .add_code(hash(code), (anna, &permission()), world.now)
            .await;
        added.expect("added");
    }
    let used = writing.use_code(hash("a"), world.now).await.expect("used");
    assert_eq!(used, Some((anna, permission())));
    assert_eq!(
        writing.use_code(hash("a"), world.now).await.expect("read"),
        None
    );
    let later = world.now + SignedDuration::from_secs(60);
    assert_eq!(
        writing.use_code(hash("b"), later).await.expect("read"),
        None
    );
}

#[tokio::test]
async fn a_program_is_known_by_its_session_until_that_is_over_and_renews_once() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let session = let_in(&world, anna, 1).await;
    let mut writing = world.writing().await;
    let app = writing
        .app(session, world.now)
        .await
        .expect("read")
        .expect("an app");
    assert_eq!(
        (app.account, &*app.app, app.refresh),
        (anna, "reader", hash("first"))
    );
    assert!(
        writing
            .renew_app(session, hash("first"), hash("second"))
            .await
            .expect("done")
    );
    assert!(
        !writing
            .renew_app(session, hash("first"), hash("third"))
            .await
            .expect("done")
    );
    let by_code = writing.session_by_code(hash("code 1")).await.expect("read");
    assert_eq!(by_code, Some((session, anna)));
    let over = world.now + SignedDuration::from_hours(24);
    assert_eq!(writing.app(session, over).await.expect("read"), None);
    writing
        .revoke_session(anna, session, world.now)
        .await
        .expect("done");
    assert_eq!(writing.app(session, world.now).await.expect("read"), None);
    assert_eq!(
        writing.session_by_code(hash("code 1")).await.expect("read"),
        None
    );
    let later = over + SignedDuration::from_hours(1);
    assert_eq!(writing.forget_sessions(later).await.expect("done"), 1);
}

#[tokio::test]
async fn so_many_stories_are_saved_and_no_more() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let mut writing = world.writing().await;
    for number in 0..MAX_SAVED {
        let saved = writing
            .save_story(anna, &format!("s{number}"), world.now)
            .await;
        saved.expect("saved");
    }
    writing
        .save_story(anna, "s1", world.now)
        .await
        .expect("it is there already");
    let more = writing.save_story(anna, "more", world.now).await;
    assert!(matches!(more, Err(StoreError::TooMany { .. })), "{more:?}");
    assert!(writing.drop_story(anna, "s1").await.expect("done"));
    assert!(!writing.drop_story(anna, "s1").await.expect("done"));
    writing
        .save_story(anna, "more", world.now)
        .await
        .expect("there is room");
    let long = "x".repeat(2_000);
    assert!(writing.save_story(anna, &long, world.now).await.is_err());
}

#[tokio::test]
async fn a_list_goes_on_after_any_of_its_places() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let mut writing = world.writing().await;
    for (story, minutes) in [("a", 1), ("b", 1), ("c", 2), ("d", 0)] {
        let at = world.now + SignedDuration::from_mins(minutes);
        writing.save_story(anna, story, at).await.expect("saved");
    }
    let all = writing.saved(anna, None, 10).await.expect("read");
    let names: Vec<&str> = all.iter().map(|one| one.story.as_str()).collect();
    assert_eq!(names, ["c", "a", "b", "d"]);
    for (number, one) in all.iter().enumerate() {
        let after = After {
            at: one.at,
            story: &one.story,
        };
        let rest = writing.saved(anna, Some(&after), 10).await.expect("read");
        assert_eq!(rest, all[number + 1..]);
    }
}

#[tokio::test]
async fn nothing_is_written_down_unasked_and_the_oldest_give_way() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let mut writing = world.writing().await;
    assert!(
        !writing
            .note_reading(anna, "a", world.now)
            .await
            .expect("done")
    );
    writing.want_history(anna, world.now).await.expect("done");
    for number in 0..=MAX_READINGS {
        let seconds = i64::try_from(number).expect("small");
        let at = world.now + SignedDuration::from_secs(seconds);
        let noted = writing.note_reading(anna, &format!("s{number}"), at).await;
        assert!(noted.expect("done"));
    }
    let all = writing
        .readings(anna, None, usize::MAX)
        .await
        .expect("read");
    assert_eq!(all.len(), MAX_READINGS);
    assert!(all.iter().all(|one| one.story != "s0"));
    writing.clear_history(anna).await.expect("done");
    assert_eq!(writing.readings(anna, None, 10).await.expect("read"), []);
    assert!(writing.history_since(anna).await.expect("read").is_some());
    writing.leave_history(anna).await.expect("done");
    assert_eq!(writing.history_since(anna).await.expect("read"), None);
}

#[tokio::test]
async fn it_is_given_to_its_reader_goes_over_in_a_merger_and_is_erased() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let other = world.account("anna@work.example").await;
    let_in(&world, other, 1).await;
    let books = world.books();
    let mut writing = world.writing().await;
    for account in [anna, other] {
        writing
            .want_history(account, world.now)
            .await
            .expect("done");
    }
    writing
        .save_story(other, "saved-story", world.now)
        .await
        .expect("saved");
    writing
        .note_reading(other, "read-story", world.now)
        .await
        .expect("noted");
    let file = writing.export(other).await.expect("read").expect("a file");
    assert_eq!(file["saved_stories"][0]["story"], "saved-story");
    assert_eq!(file["reading_history"][0]["story"], "read-story");
    assert_eq!(file["apps"][0]["app"], "reader");
    let merged = writing.merge_accounts(other, anna, &books, world.now).await;
    merged.expect("merged");
    let (hers, gone) = (
        writing.export(anna).await.expect("read").expect("a file"),
        writing.export(other).await.expect("read").expect("a file"),
    );
    assert_eq!(hers["saved_stories"][0]["story"], "saved-story");
    assert_eq!(hers["reading_history"][0]["story"], "read-story");
    assert_eq!(gone["saved_stories"], serde_json::json!([]));
    let erased = writing
        .erase(anna, InvoiceNames::Forgotten, world.now)
        .await;
    erased.expect("erased");
    let file = writing.export(anna).await.expect("read").expect("a file");
    for list in ["saved_stories", "reading_history", "apps"] {
        assert_eq!(file[list], serde_json::json!([]), "{list}");
    }
}
