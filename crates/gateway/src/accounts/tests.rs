//! The newest holds, in whichever order it comes, and nobody is taken for
//! another.

use access::{Entitlement, Entitlements, Standing};
use proptest::prelude::*;

use super::*;

fn now() -> Timestamp {
    "2026-11-12T03:00:00Z".parse().expect("a time")
}

fn in_hours(hours: i64) -> Timestamp {
    now() + jiff::SignedDuration::from_hours(hours)
}

fn session(number: u8) -> SessionId {
    SessionId([number; 16])
}

fn account(number: u8) -> AccountKey {
    AccountKey(u128::from(number))
}

/// A snapshot that is told from others by what it entitles to.
fn snapshot(name: &str) -> Snapshot {
    Snapshot {
        entitlements: Entitlements::new(vec![Entitlement {
            name: name.into(),
            standing: Standing::Paid,
            until: None,
        }]),
        ..Snapshot::default()
    }
}

fn opens(number: u8) -> AccountChange {
    AccountChange::SessionOpened {
        session: session(number),
        account: account(number),
        until: in_hours(1),
    }
}

fn ends(number: u8) -> AccountChange {
    AccountChange::SessionEnded {
        session: session(number),
    }
}

fn entitles(number: u8, name: &str) -> AccountChange {
    AccountChange::Entitled {
        account: account(number),
        snapshot: snapshot(name),
    }
}

fn gone(number: u8) -> AccountChange {
    AccountChange::Gone {
        account: account(number),
    }
}

/// What the session says: `nobody`, `unknown`, or the entitlement.
fn who(accounts: &Accounts, number: u8, at: Timestamp) -> String {
    match accounts.whose(session(number), at) {
        Whose::Nobodys => "nobody".to_owned(),
        Whose::Unknown => "unknown".to_owned(),
        Whose::Readers(found) => {
            assert_eq!(found.account, account(number));
            assert_eq!(found.reader, reader_of(account(number)));
            let named = |name: &&str| found.snapshot.entitlements.active(name, at);
            let name = ["read", "apps", "print"].into_iter().find(named);
            name.unwrap_or("registered").to_owned()
        }
    }
}

#[track_caller]
fn check(changes: &[(u64, AccountChange)], expected: &str) {
    let accounts = Accounts::none();
    for (seq, change) in changes {
        accounts.apply(Seq(*seq), change.clone());
    }
    assert_eq!(who(&accounts, 1, now()), expected, "{changes:?}");
}

#[test]
fn the_newest_change_holds_in_whichever_order_they_come() {
    let story = [
        (1, entitles(1, "read")),
        (2, opens(1)),
        (3, entitles(1, "apps")),
    ];
    check(&story, "apps");
    check(
        &[story[2].clone(), story[1].clone(), story[0].clone()],
        "apps",
    );
    check(&[&story[..], &story[..]].concat(), "apps");
    let ended = (4, ends(1));
    check(
        &[&story[..], std::slice::from_ref(&ended)].concat(),
        "nobody",
    );
    check(
        &[std::slice::from_ref(&ended), &story[..]].concat(),
        "nobody",
    );
    let erased = (4, gone(1));
    check(
        &[&story[..], std::slice::from_ref(&erased)].concat(),
        "nobody",
    );
    check(
        &[std::slice::from_ref(&erased), &story[..]].concat(),
        "nobody",
    );
    let back = (5, entitles(1, "print"));
    check(&[&story[..], &[back, erased]].concat(), "print");
}

#[test]
fn a_session_is_over_to_the_second_and_before_its_account_is_known_nobodys() {
    let accounts = Accounts::none();
    accounts.apply(Seq(1), opens(1));
    assert_eq!(who(&accounts, 1, now()), "nobody");
    accounts.apply(Seq(2), entitles(1, "read"));
    let second = jiff::SignedDuration::from_secs(1);
    assert_eq!(who(&accounts, 1, in_hours(1) - second), "read");
    assert_eq!(who(&accounts, 1, in_hours(1)), "nobody");
    assert_eq!((accounts.sweep(now()), accounts.sessions()), (0, 1));
    assert_eq!((accounts.sweep(in_hours(1)), accounts.sessions()), (1, 0));
}

#[test]
fn until_all_has_come_who_is_not_known_is_unknown() {
    let accounts = Accounts::awaited();
    assert_eq!(who(&accounts, 1, now()), "unknown");
    accounts.apply(Seq(9), opens(2));
    accounts.apply(Seq(9), entitles(2, "read"));
    assert_eq!(who(&accounts, 2, now()), "read", "who has come is known");
    let load = accounts.load(Seq(5)).expect("a load");
    drop(load);
    assert!(!accounts.is_complete(), "a load that breaks off is none");
    let mut load = accounts.load(Seq(5)).expect("a load");
    load.account(account(1), snapshot("apps"));
    load.session(session(1), account(1), in_hours(1));
    load.finish().expect("all");
    assert_eq!(who(&accounts, 1, now()), "apps");
    assert_eq!(who(&accounts, 2, now()), "read", "what is newer stays");
    assert_eq!(who(&accounts, 3, now()), "nobody");
}

#[test]
fn a_load_does_not_undo_what_changed_while_it_came() {
    let accounts = Accounts::awaited();
    let mut load = accounts.load(Seq(5)).expect("a load");
    // Newer than what is loaded, and older.
    accounts.apply(Seq(6), ends(1));
    accounts.apply(Seq(7), entitles(2, "print"));
    accounts.apply(Seq(4), entitles(3, "read"));
    accounts.apply(Seq(4), opens(4));
    for number in 1..=3 {
        load.account(account(number), snapshot("apps"));
        load.session(session(number), account(number), in_hours(1));
    }
    load.finish().expect("all");
    let found = [1, 2, 3, 4].map(|number| who(&accounts, number, now()));
    assert_eq!(found, ["nobody", "print", "apps", "nobody"]);
}

#[test]
fn what_is_not_so_any_more_goes_with_the_next_load_and_nobody_is_signed_out_meanwhile() {
    let accounts = Accounts::none();
    for number in 1..=2 {
        accounts.apply(Seq(1), opens(number));
        accounts.apply(Seq(1), entitles(number, "read"));
    }
    let mut load = accounts.load(Seq(8)).expect("a load");
    load.account(account(1), snapshot("read"));
    load.session(session(1), account(1), in_hours(1));
    assert_eq!(who(&accounts, 2, now()), "read");
    load.finish().expect("all");
    assert_eq!(who(&accounts, 1, now()), "read");
    assert_eq!(who(&accounts, 2, now()), "nobody");
}

#[test]
fn what_was_forgotten_can_not_come_back() {
    let map: Versioned<SessionId, ()> = Versioned::new(8);
    let key = |number: u64| {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&number.to_le_bytes());
        SessionId(id)
    };
    let count = versioned::REMEMBERED as u64;
    assert_eq!(map.remove(Seq(2), key(0)), Applied::Now);
    for number in 1..=count {
        assert_eq!(map.remove(Seq(number + 2), key(number)), Applied::Now);
    }
    // The removal of the first is forgotten by now; what it undid stays undone.
    assert_eq!(map.put(Seq(1), key(0), ()), Applied::Late);
    assert_eq!(map.load(Seq(2), key(count), ()), Applied::Late);
    assert_eq!(map.begin(Seq(1)), Err(Overtaken));
    assert_eq!(map.begin(Seq(2)), Ok(()));
    assert_eq!(map.put(Seq(count + 3), key(0), ()), Applied::Now);
}

#[test]
fn there_is_room_for_so_many_and_what_goes_makes_room() {
    let map: Versioned<SessionId, u8> = Versioned::new(2);
    assert_eq!(map.put(Seq(1), session(1), 1), Applied::Now);
    assert_eq!(map.put(Seq(2), session(2), 2), Applied::Now);
    assert_eq!(map.put(Seq(3), session(3), 3), Applied::Full);
    assert_eq!(map.load(Seq(3), session(3), 3), Applied::Full);
    assert_eq!(map.put(Seq(4), session(2), 4), Applied::Now, "it is there");
    assert_eq!(map.remove(Seq(5), session(1)), Applied::Now);
    assert_eq!(map.put(Seq(6), session(3), 6), Applied::Now);
    assert_eq!((map.get(session(3), |it| *it), map.len()), (Some(6), 2));
}

#[test]
fn what_the_meter_knows_an_account_by_is_for_good() {
    // As another program computes it: another id would be another reader.
    let id = [240, 158, 74, 212, 50, 226, 210, 245, 128, 52, 11, 14];
    assert_eq!(reader_of(AccountKey(7)), ReaderId(id));
    assert_ne!(reader_of(AccountKey(8)), ReaderId(id));
}

fn any_change() -> impl Strategy<Value = AccountChange> {
    let names = prop::sample::select(vec!["read", "apps", "print"]);
    (1..4_u8, 0..4_u8, names).prop_map(|(number, which, name)| match which {
        0 => opens(number),
        1 => ends(number),
        2 => entitles(number, name),
        _ => gone(number),
    })
}

proptest! {
    /// Changes in any order, some of them twice, come to what they come to in
    /// their own order, each once.
    #[test]
    fn the_order_of_coming_makes_no_difference(
        changes in prop::collection::vec(any_change(), 1..24),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..48),
    ) {
        let numbered: Vec<(Seq, AccountChange)> = (1..).map(Seq).zip(changes).collect();
        let straight = Accounts::none();
        for (seq, change) in &numbered {
            straight.apply(*seq, change.clone());
        }
        let crooked = Accounts::none();
        let mixed = order.iter().map(|index| index.get(&numbered)).chain(numbered.iter().rev());
        for (seq, change) in mixed {
            crooked.apply(*seq, change.clone());
        }
        for number in 1..4 {
            prop_assert_eq!(who(&crooked, number, now()), who(&straight, number, now()));
        }
        prop_assert_eq!(crooked.sessions(), straight.sessions());
    }
}

#[test]
fn a_session_that_is_good_is_seen_when_it_is_shown_and_no_other() {
    let accounts = Accounts::none();
    for (seq, change) in [(1, entitles(1, "read")), (2, opens(1)), (3, opens(2))] {
        assert_eq!(accounts.apply(Seq(seq), change), Applied::Now);
    }
    accounts.apply(Seq(4), ends(2));
    let later = now() + jiff::SignedDuration::from_mins(59);
    for (number, at) in [(1, later), (2, later), (3, later), (1, in_hours(1))] {
        accounts.whose(session(number), at);
    }
    assert_eq!(accounts.take_seen(10), [(session(1), later)]);
    // What its account may use is another thing.
    accounts.apply(Seq(5), entitles(1, "apps"));
    accounts.whose(session(1), later);
    assert_eq!(accounts.take_seen(10), []);
}
