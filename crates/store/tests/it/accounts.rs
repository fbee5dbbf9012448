//! Accounts, devices, tokens, what somebody pays with and agreed to.

use access::{AccountChange, SessionId, Snapshot};
use jiff::SignedDuration;
use ludgate_store::accounts::{AccountStatus, PasswordHash};
use ludgate_store::care::InvoiceNames;
use ludgate_store::gate::Directory;
use ludgate_store::payment_methods::PaymentMethod;
use ludgate_store::sessions::NewSession;
use ludgate_store::tokens::{NewToken, Purpose};
use ludgate_store::{ExternalId, MailAddress, Store, StoreError, TokenHash};

use crate::support::*;
use commerce::ids::*;
use commerce::invoice::Party;

fn mail(text: &str) -> MailAddress {
    MailAddress::new(text).expect("an address")
}

fn session(account: AccountId, number: u8, now: jiff::Timestamp) -> NewSession {
    NewSession {
        id: SessionId([number; 16]),
        account,
        label: format!("Device {number}"),
        expires: now + SignedDuration::from_hours(24),
    }
}

/// What is so now, as whoever begins to follow is told it.
async fn so(store: &Store) -> Vec<AccountChange> {
    let (mut directory, mut all) = (Directory::default(), Vec::new());
    let mut reading = store.read().await.expect("a transaction");
    let end = reading
        .feed_all(|change| all.extend(directory.take(change)))
        .await;
    assert_eq!(end.expect("read"), reading.feed_end().await.expect("read"));
    all
}

/// What the gate was told, from the beginning.
async fn told(store: &Store) -> Vec<AccountChange> {
    let mut directory = Directory::default();
    let mut reading = store.read().await.expect("a transaction");
    let found = reading.feed_after(0).await.expect("read");
    let changes = found.changes.into_iter();
    changes
        .flat_map(|(_, change)| directory.take(change))
        .collect()
}

#[tokio::test]
async fn an_address_is_one_persons_however_it_is_written() {
    let mut world = World::new().await;
    let id = world.account("Anna@Example.com").await;
    let mut writing = world.writing().await;
    let twin = new_account(AccountId::new(9), "anna@example.COM");
    assert!(
        !writing
            .add_account(&twin, world.now)
            .await
            .expect("no error")
    );
    let found = writing
        .account_by_mail(&mail("ANNA@example.com"))
        .await
        .expect("read");
    let found = found.expect("an account");
    assert_eq!(found.id, id);
    assert_eq!(found.status, AccountStatus::Open);
    assert_eq!(
        found.mail,
        Some(mail("Anna@example.com")),
        "as it was written"
    );
    assert_eq!(found.created, world.now);
}

#[tokio::test]
async fn an_address_changes_only_to_one_that_nobody_has() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    world.account("bert@example.com").await;
    let now = world.now;
    let mut writing = world.writing().await;
    let taken = writing.set_mail(anna, &mail("BERT@example.com"), now).await;
    assert!(!taken.expect("no error"));
    let own = writing.set_mail(anna, &mail("Anna@example.com"), now).await;
    assert!(own.expect("no error"), "another spelling of one's own");
    assert!(
        writing
            .set_mail(anna, &mail("new@example.com"), now)
            .await
            .expect("no error")
    );
    // The link of the address before says nothing about this one.
    let stale = writing
        .verify_mail(anna, &mail("anna@example.com"), now)
        .await;
    assert!(!stale.expect("no error"));
    let found = writing
        .account(anna)
        .await
        .expect("read")
        .expect("an account");
    assert_eq!(found.verified, Some(now));
}

#[tokio::test]
async fn nothing_changes_in_an_account_that_isnt_open() {
    let mut world = World::new().await;
    let closed = world.account("closed@example.com").await;
    let erased = world.account("erased@example.com").await;
    let now = world.now;
    let mut writing = world.writing().await;
    writing.set_open(closed, false).await.expect("closed");
    let names = InvoiceNames::Forgotten;
    writing.erase(erased, names, now).await.expect("erased");
    writing.commit().await.expect("committed");

    let hash = PasswordHash::new("$argon2id$v=19$secret");
    let party = Party {
        name: "Anna Example GmbH".into(),
        address: Vec::new(),
        country: country("DE"),
        vat_id: None,
    };
    for id in [closed, erased, AccountId::new(5)] {
        let mut writing = world.writing().await;
        let before = writing.account(id).await.expect("read");
        let refused = [
            writing
                .set_mail(id, &mail("new@example.com"), now)
                .await
                .err(),
            writing.set_password(id, Some(&hash)).await.err(),
            writing.set_profile(id, Some("Bert"), None).await.err(),
            writing.set_billing(id, Some(&party)).await.err(),
        ];
        for refused in refused {
            assert!(
                matches!(refused, Some(StoreError::Unknown(_))),
                "{refused:?}"
            );
        }
        let old = mail("closed@example.com");
        let verified = writing.verify_mail(id, &old, now).await;
        assert!(!verified.expect("no error"));
        assert_eq!(writing.account(id).await.expect("read"), before);
        assert_eq!(writing.billing(id).await.expect("read"), None);
        let signed_in = writing.add_session(&session(id, 1, now), 5, now).await;
        assert!(
            matches!(signed_in, Err(StoreError::Unknown(_))),
            "{signed_in:?}"
        );
    }
    let mut writing = world.writing().await;
    writing.set_open(closed, true).await.expect("opened");
    writing
        .set_password(closed, Some(&hash))
        .await
        .expect("it is open again");
    let opened = writing.set_open(erased, true).await;
    assert!(opened.is_err(), "there is nobody any more");
}

#[tokio::test]
async fn a_password_is_kept_as_its_hash_and_never_shown() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let hash = PasswordHash::new("$argon2id$v=19$secret");
    let mut writing = world.writing().await;
    writing
        .set_password(anna, Some(&hash))
        .await
        .expect("written");
    let found = writing
        .account(anna)
        .await
        .expect("read")
        .expect("an account");
    assert_eq!(found.password, Some(hash));
    assert!(!format!("{found:?}").contains("secret"));
    writing.set_password(anna, None).await.expect("written");
    let unknown = writing.set_password(AccountId::new(5), None).await;
    assert!(unknown.is_err(), "nobody's password");
}

#[tokio::test]
async fn a_session_that_is_revoked_is_none_at_the_gate() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let now = world.now;
    let mut writing = world.writing().await;
    writing
        .add_session(&session(anna, 1, now), 5, now)
        .await
        .expect("signed in");
    let committed = writing.commit().await.expect("committed");
    assert_eq!(committed.feed, Some(1));
    let session = SessionId([1; 16]);
    // An account that has bought nothing has to be known all the same.
    let nothing = AccountChange::Entitled {
        account: anna.into(),
        snapshot: Snapshot::default(),
    };
    let opened = AccountChange::SessionOpened {
        session,
        account: anna.into(),
        until: now + SignedDuration::from_hours(24),
    };
    assert_eq!(told(&world.store).await, [nothing, opened]);
    assert_eq!(so(&world.store).await, told(&world.store).await);

    let mut writing = world.writing().await;
    let stranger = AccountId::new(5);
    let others = writing.revoke_session(stranger, session, now).await;
    assert!(!others.expect("no error"));
    let own = writing.revoke_session(anna, session, now).await;
    assert!(own.expect("no error"));
    let again = writing.revoke_session(anna, session, now).await;
    assert!(!again.expect("no error"), "it was already");
    let committed = writing.commit().await.expect("committed");
    let mut reading = world.store.read().await.expect("a transaction");
    let found = reading.feed_after(0).await.expect("read");
    assert_eq!(
        committed.feed,
        Some(found.last),
        "who has read it all has what was committed"
    );
    drop(reading);
    let ended = AccountChange::SessionEnded { session };
    assert_eq!(told(&world.store).await, [ended]);
    assert_eq!(so(&world.store).await, [], "what has ended isn't told");
    let mut reading = world.store.read().await.expect("a transaction");
    assert_eq!(reading.session_of(session, now).await.expect("read"), None);
}

#[tokio::test]
async fn beyond_the_cap_the_device_that_wasnt_seen_for_longest_is_signed_out() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let mut writing = world.writing().await;
    for number in 1..=3 {
        let now = world.now + SignedDuration::from_mins(i64::from(number));
        let over = writing
            .add_session(&session(anna, number, now), 3, now)
            .await;
        assert_eq!(over.expect("signed in"), []);
    }
    // The first is used again.
    let now = world.now + SignedDuration::from_mins(10);
    let seen = [(SessionId([1; 16]), now)];
    writing.see_sessions(&seen).await.expect("written");
    let over = writing.add_session(&session(anna, 4, now), 3, now).await;
    assert_eq!(over.expect("signed in"), [SessionId([2; 16])]);
    let there = writing.sessions(anna, now).await.expect("read");
    let ids: Vec<SessionId> = there.iter().map(|session| session.id).collect();
    assert_eq!(ids, [1, 4, 3].map(|number| SessionId([number; 16])));
    let but = Some(SessionId([4; 16]));
    assert_eq!(
        writing
            .revoke_sessions(anna, but, now)
            .await
            .expect("revoked"),
        2
    );
    assert_eq!(writing.sessions(anna, now).await.expect("read").len(), 1);
}

#[tokio::test]
async fn a_token_is_good_once_for_one_thing_and_for_a_while() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let (now, hour) = (world.now, SignedDuration::from_hours(1));
    let token = |number: u8| NewToken {
        hash: TokenHash::of(&[number]),
        purpose: Purpose::MagicLink,
        account: Some(anna),
        mail: Some(mail("anna@example.com")),
        body: "/stories/the-tide-gauge".into(),
        expires: now + hour,
    };
    let shown = format!("{:?}", token(1));
    assert!(!shown.contains("tide"), "{shown}");
    let mut writing = world.writing().await;
    for number in 1..=3 {
        writing.add_token(&token(number), now).await.expect("kept");
    }
    let hash = TokenHash::of(&[1]);
    let other = writing.use_token(hash, Purpose::ResetPassword, now).await;
    assert_eq!(other.expect("no error"), None, "it is for something else");
    let late = writing
        .use_token(hash, Purpose::MagicLink, now + hour)
        .await;
    assert_eq!(late.expect("no error"), None, "it is over");
    let used = writing.use_token(hash, Purpose::MagicLink, now).await;
    let used = used.expect("no error").expect("it is good");
    assert_eq!(used.account, Some(anna));
    assert_eq!(used.body, "/stories/the-tide-gauge");
    assert!(!format!("{used:?}").contains("tide"));
    let again = writing.use_token(hash, Purpose::MagicLink, now).await;
    assert_eq!(again.expect("no error"), None, "it was used");
    let voided = writing.void_tokens(anna, Purpose::MagicLink, now).await;
    assert_eq!(voided.expect("no error"), 2);
    let void = writing
        .use_token(TokenHash::of(&[2]), Purpose::MagicLink, now)
        .await;
    assert_eq!(void.expect("no error"), None);
}

#[tokio::test]
async fn a_payment_method_that_is_removed_is_known_and_not_offered() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let method = PaymentMethod {
        id: PaymentMethodId::new(7),
        account: anna,
        provider: "sandbox".into(),
        reference: "card_1".into(),
        customer: None,
        label: "Visa, ending in 4242".into(),
        expires: Some("2029-04".into()),
        created: world.now,
        removed: None,
    };
    let mut writing = world.writing().await;
    writing.add_payment_method(&method).await.expect("kept");
    assert_eq!(
        writing.payment_methods(anna).await.expect("read"),
        std::slice::from_ref(&method)
    );
    let stranger = AccountId::new(5);
    let others = writing
        .remove_payment_method(stranger, method.id, world.now)
        .await;
    assert!(!others.expect("no error"));
    let removed = writing
        .remove_payment_method(anna, method.id, world.now)
        .await;
    assert!(removed.expect("no error"));
    assert_eq!(writing.payment_methods(anna).await.expect("read"), []);
    let known = writing
        .payment_method(method.id)
        .await
        .expect("read")
        .expect("known");
    assert_eq!(known.removed, Some(world.now));
    writing
        .add_customer(anna, "stripe", "cus_1")
        .await
        .expect("kept");
    writing
        .add_customer(anna, "stripe", "cus_1")
        .await
        .expect("twice is once");
    let found = writing
        .accounts_of_customers("stripe", &["cus_1".to_owned(), "cus_2".to_owned()])
        .await
        .expect("read");
    assert_eq!(found.into_values().collect::<Vec<_>>(), [anna]);
}

#[tokio::test]
async fn consents_are_kept_with_their_very_words() {
    let mut world = World::new().await;
    let anna = world.account("anna@example.com").await;
    let mut writing = world.writing().await;
    let digest = writing
        .keep_words("Yes, write to me.", world.now)
        .await
        .expect("kept");
    let again = writing
        .keep_words("Yes, write to me.", world.now)
        .await
        .expect("kept");
    assert_eq!(digest, again);
    let given = writing
        .give_consent(anna, "newsletter", &digest, "web", world.now)
        .await;
    given.expect("given");
    let unknown = writing
        .give_consent(anna, "terms", "no such words", "web", world.now)
        .await;
    assert!(unknown.is_err(), "nobody agrees to words that aren't kept");
    let gone = writing
        .withdraw_consent(anna, "newsletter", world.now)
        .await;
    assert!(gone.expect("no error"));
    let there = writing.consents(anna).await.expect("read");
    let consent = there.first().expect("a consent");
    assert_eq!(consent.withdrawn, Some(world.now));
    let words = writing.words(&consent.words).await.expect("read");
    assert_eq!(words.as_deref(), Some("Yes, write to me."));
    let all = writing.export(anna).await.expect("read").expect("hers");
    assert_eq!(all["consents"][0]["words"], *consent.words);
    let given = serde_json::json!([{ "digest": digest, "text": "Yes, write to me." }]);
    assert_eq!(all["words"], given);
}

#[tokio::test]
async fn bringing_the_same_over_again_changes_nothing() {
    let world = World::new().await;
    let id = ExternalId {
        source: "ghost".into(),
        kind: "account".into(),
        external: "42".into(),
    };
    let mut writing = world.writing().await;
    assert!(
        writing
            .add_external_id(&id, "acc_1")
            .await
            .expect("no error")
    );
    assert!(
        !writing
            .add_external_id(&id, "acc_2")
            .await
            .expect("no error")
    );
    let local = writing.local_id(&id).await.expect("read");
    assert_eq!(local.as_deref(), Some("acc_1"));
}
