//! What must be as it was after a restart, though it isn't written down as such.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

mod common;

use std::path::Path;

use access::Name;
use common::{charge, minute, reader, term, warm_charge};
use ludgate_meter::{Config, NetworkKey, Spent, Store, Unavailable};

/// As many networks of one neighbourhood as are counted one by one.
const NEIGHBOURS: u32 = 1 << 12;

fn open(dir: &Path) -> Store {
    Store::open(Config::new(dir)).unwrap()
}

/// A network of the one neighbourhood.
fn neighbour(number: u32) -> NetworkKey {
    let [a, b, c, d] = number.to_be_bytes();
    NetworkKey([1, 2, 3, 9, a, b, c, d])
}

#[test]
fn a_restart_makes_no_room_for_more_networks_of_a_neighbourhood() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    for number in 0..NEIGHBOURS {
        let spent = store.spend(neighbour(number), term(1), 1).unwrap();
        assert_eq!(spent, Spent::Allowed { left: 0 }, "{number}");
    }
    store.close().unwrap();
    let store = open(dir.path());
    let spend = |number| store.spend(neighbour(number), term(1), 1).unwrap();
    assert!(spend(NEIGHBOURS).is_allowed(), "the neighbourhood's own");
    for number in NEIGHBOURS + 1..NEIGHBOURS + 10 {
        assert_eq!(spend(number), Spent::Exhausted, "{number}");
    }
    assert!(
        store
            .spend(neighbour(NEIGHBOURS), term(2), 1)
            .unwrap()
            .is_allowed()
    );
    store.close().unwrap();
}

#[test]
fn numbers_of_meters_long_out_of_use_are_given_out_again_and_no_others() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let name = |n: u32| Name::new(format!("meter-{n}"));
    for n in 0..64 {
        assert_eq!(u32::from(store.meter_no(&name(n)).unwrap().get()), n);
    }
    let one_more = Name::new("one more");
    let refused = store.meter_no(&one_more);
    assert!(matches!(refused, Err(Unavailable::TooMany { .. })));
    // All but four have been counted lately; one of the four long ago.
    for n in 4..64 {
        let lately = charge(u8::try_from(n).unwrap(), 0, 1_000, 9);
        warm_charge(&store, reader(n), 1, &lately);
    }
    warm_charge(&store, reader(3), 1, &charge(3, 0, 999, 9));
    let keep = [name(0), name(1)];
    assert_eq!(store.release_meters(&keep, minute(1_000)), Ok(2));
    assert_eq!(store.meter_no(&one_more).unwrap().get(), 2);
    assert_eq!(store.meter_no(&name(0)).unwrap().get(), 0);
    store.close().unwrap();

    let store = open(dir.path());
    assert_eq!(store.meter_no(&one_more).unwrap().get(), 2);
    assert_eq!(store.meter_no(&name(3)).unwrap().get(), 3, "as it was");
    assert!(store.meter_no(&Name::new("two more")).is_err());
    store.close().unwrap();
}
