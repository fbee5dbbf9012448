//! From how many networks an address is used in a day: one that was passed on is
//! used from many. Nobody is kept out for it; its reader is told.
//!
//! In bounded memory, of today only, and of networks no more than a keyed hash. A
//! restart forgets.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use commerce::ids::AccountId;
use jiff::Timestamp;
use parking_lot::Mutex;

use crate::limits::network;

/// From as many networks in a day an address is used from very many: a phone that
/// moves about has a handful, and services that read for many a few.
const MANY: usize = 24;

/// The most addresses that are looked at in a day, at some 150 bytes each: 5 MB.
/// Those that come later aren't looked at that day.
const MOST: usize = 1 << 15;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// What was seen today. All clones are one.
#[derive(Clone)]
pub(crate) struct Spread {
    key: [u8; 32],
    most: usize,
    seen: Arc<Mutex<Today>>,
}

#[derive(Default)]
struct Today {
    day: i64,
    /// Hashes of networks by account, at most [`MANY`] of each.
    networks: HashMap<u128, Vec<u32>>,
}

impl Spread {
    pub(crate) fn new(secret: &[u8; 32]) -> Self {
        Self {
            key: blake3::derive_key("ludgate 2026 networks of feeds", secret),
            most: MOST,
            seen: Arc::default(),
        }
    }

    /// Notes that an account's address was used from there; whether that makes very
    /// many networks today. Loopback is none.
    pub(super) fn note(&self, account: AccountId, from: Option<IpAddr>, now: Timestamp) -> bool {
        let Some(network) = network(from) else {
            return false;
        };
        let network = self.hash(account, &network);
        let day = now.as_second().div_euclid(DAY);
        let mut today = self.seen.lock();
        if today.day != day {
            *today = Today {
                day,
                ..Today::default()
            };
        }
        let is_full = today.networks.len() >= self.most;
        if is_full && !today.networks.contains_key(&account.get()) {
            return false;
        }
        let seen = today.networks.entry(account.get()).or_default();
        if seen.len() < MANY && !seen.contains(&network) {
            seen.push(network);
        }
        seen.len() >= MANY
    }

    fn hash(&self, account: AccountId, network: &[u8]) -> u32 {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(&account.get().to_be_bytes()).update(network);
        let [a, b, c, d, ..] = *hasher.finalize().as_bytes();
        u32::from_le_bytes([a, b, c, d])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_800_014_400;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(NOON + seconds).expect("a time")
    }

    fn spread() -> Spread {
        Spread::new(&[1; 32])
    }

    /// From how many of these networks it takes until there are very many.
    fn takes(spread: &Spread, account: u128, seconds: i64) -> Option<usize> {
        (1..=100_u8).position(|network| {
            let from = Some(IpAddr::from([198, 51, network, 7]));
            spread.note(AccountId::new(account), from, at(seconds))
        })
    }

    #[test]
    fn many_networks_in_a_day_are_many_and_as_many_addresses_of_one_arent() {
        let spread = spread();
        for host in 0..=255 {
            let from = Some(IpAddr::from([192, 0, 2, host]));
            assert!(!spread.note(AccountId::new(1), from, at(0)), "{host}");
        }
        assert_eq!(takes(&spread, 1, 1), Some(MANY - 2), "with the one before");
        assert_eq!(takes(&spread, 1, 2), Some(0), "it stays so for the day");
        assert_eq!(takes(&spread, 2, 2), Some(MANY - 1), "another's is apart");
        assert_eq!(takes(&spread, 1, DAY), Some(MANY - 1), "the next day");
    }

    #[test]
    fn this_machine_is_no_network_and_the_unknown_are_one() {
        let spread = spread();
        for _ in 0..1_000 {
            let here = Some(IpAddr::from([127, 0, 0, 1]));
            assert!(!spread.note(AccountId::new(1), here, at(0)));
            assert!(!spread.note(AccountId::new(1), None, at(0)));
        }
    }

    #[test]
    fn no_more_are_looked_at_than_there_is_room_for() {
        let spread = Spread {
            most: 2,
            ..spread()
        };
        for account in [1, 2] {
            assert_eq!(takes(&spread, account, 0), Some(MANY - 1));
        }
        assert_eq!(takes(&spread, 3, 0), None);
        assert_eq!(spread.seen.lock().networks.len(), 2);
        assert_eq!(takes(&spread, 3, DAY), Some(MANY - 1), "room again");
    }
}
