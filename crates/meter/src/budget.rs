//! How many fresh readers a network may make in a term, which is a day or less.
//!
//! The table of networks is bounded, and a network that finds no room in it
//! shares the budget of its wider neighbourhood, so filling the table never opens
//! anything: an attacker with a large block of addresses uses up the
//! neighbourhood that the block lies in.

use std::hash::{BuildHasherDefault, Hasher};

use access::Minute;
use hashbrown::HashMap;

use crate::codec;
use crate::disk::{Fault, View};

/// The most networks that are counted one by one. A day's readers of a large
/// publication come from fewer. An account takes 25 bytes in a table that is at
/// least seven sixteenths full: 13 MB, and 26 MB where every neighbourhood of a
/// network without one has one too.
const MOST_NETWORKS: usize = 1 << 18;

/// The most networks of one neighbourhood that are counted one by one. These are
/// all the /24s of an IPv4 /12, 2²⁴⁻¹², so there everybody has a budget of their
/// own until the table is full. An IPv6 provider's customers are more than that,
/// but those without a cookie on one day are not; somebody who owns a /32 has four
/// billion /64s to come from.
const MOST_NEIGHBOURS: u32 = 1 << 12;

/// A network that shares a budget of fresh readers, as a name that says nothing
/// about it: a keyed hash of its prefix, so that no address is ever written down.
///
/// The first three bytes name the wider neighbourhood (a keyed hash of, say, the
/// /32 of an IPv6 network or the /12 of an IPv4 one), the last five the network.
/// Where all eight come from one hash, networks are thrown together at random
/// when they have to share, which is safe but less fair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NetworkKey(pub [u8; 8]);

impl NetworkKey {
    /// What a network shares a budget with when it can have none of its own. Its
    /// five zeros are no network's, save one in a trillion.
    fn neighbourhood(self) -> Self {
        let [a, b, c, ..] = self.0;
        Self([a, b, c, 0, 0, 0, 0, 0])
    }

    fn number(self) -> u64 {
        u64::from_be_bytes(self.0)
    }
}

/// A stretch of time that budgets are for, named by the hour that it begins with,
/// counted from [`Minute::MIN`]. So terms of other lengths have their place among
/// these: a budget that was spent under one isn't spent again under another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(pub u32);

impl Term {
    /// The term that `minute` lies in, where each lasts so many hours; with 24 a
    /// day of UTC, since a bound on abuse needs no local midnight.
    pub fn of(minute: Minute, hours: u32) -> Self {
        let hour = minute.get() / 60;
        Self(hour - hour % hours.max(1))
    }
}

/// What became of a request for one more fresh reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spent {
    /// Granted; so many more are left in this term.
    Allowed {
        /// Fresh readers left.
        left: u32,
    },
    /// Those of this term are used up.
    Exhausted,
}

impl Spent {
    /// Whether the fresh reader is granted.
    pub fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed { .. })
    }
}

#[derive(Clone, Copy)]
struct Account {
    term: Term,
    spent: u32,
    /// For a neighbourhood: how many of its networks have an account.
    members: u32,
    dirty: bool,
}

/// Network keys are spread by one multiplication; nobody can flood one bucket
/// without owning the addresses in it, and the table is bounded.
#[derive(Default)]
pub(crate) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        for &byte in rest {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, word: u64) {
        // Both halves of the product, so that every bit counts everywhere.
        let [low, high] = halves(u128::from(self.0 ^ word) * 0x9e37_79b9_7f4a_7c15);
        self.0 = low ^ high;
    }
}

fn halves(wide: u128) -> [u64; 2] {
    #[expect(clippy::cast_possible_truncation, reason = "the two halves are wanted")]
    [wide as u64, (wide >> 64) as u64]
}

#[derive(Default)]
pub(crate) struct Budgets {
    accounts: HashMap<NetworkKey, Account, BuildHasherDefault<Spread>>,
    dirty: Vec<NetworkKey>,
    /// The term in which accounts of earlier ones were last cleared away.
    cleared: Option<Term>,
}

impl Budgets {
    pub(crate) fn load(view: &View<'_>) -> Result<Self, Fault> {
        let mut budgets = Self::default();
        view.scan(codec::BUDGETS, None, |key, value| {
            let (network, term, spent) = codec::read_budget(key, value)?;
            let account = Account {
                term: Term(term),
                spent,
                members: 0,
                dirty: false,
            };
            budgets
                .accounts
                .insert(NetworkKey(network.to_be_bytes()), account);
            // Twice the bound: networks and their neighbourhoods.
            Ok(budgets.accounts.len() < 2 * MOST_NETWORKS)
        })?;
        budgets.count_members();
        Ok(budgets)
    }

    /// How many networks of each neighbourhood have an account isn't written
    /// down, but must be known, or every start would make room for more.
    fn count_members(&mut self) {
        let networks: Vec<(NetworkKey, Term)> = self
            .accounts
            .iter()
            .filter(|(key, _)| key.neighbourhood() != **key)
            .map(|(key, account)| (*key, account.term))
            .collect();
        for (network, term) in networks {
            let empty = Account {
                term,
                spent: 0,
                members: 0,
                dirty: false,
            };
            let wide = self.accounts.entry(network.neighbourhood());
            let wide = wide.or_insert(empty);
            if wide.term < term {
                *wide = empty;
            }
            wide.members += u32::from(wide.term == term);
        }
    }

    /// What is left to a network in a term, without using any of it.
    pub(crate) fn left(&self, network: NetworkKey, term: Term, limit: u32) -> u32 {
        let account = self.accounts.get(&network).or_else(|| {
            let wide = self.accounts.get(&network.neighbourhood());
            wide.filter(|wide| wide.term >= term && self.is_crowded(wide))
        });
        let spent = account
            .filter(|account| account.term >= term)
            .map_or(0, |account| account.spent);
        limit.saturating_sub(spent)
    }

    fn is_crowded(&self, wide: &Account) -> bool {
        wide.members >= MOST_NEIGHBOURS || self.accounts.len() >= MOST_NETWORKS
    }

    /// Uses one of a network's fresh readers.
    pub(crate) fn spend(&mut self, network: NetworkKey, term: Term, limit: u32) -> Spent {
        let key = self.account_for(network, term);
        let Some(account) = self.accounts.get_mut(&key) else {
            return Spent::Exhausted;
        };
        // A term that goes back gives nobody a second budget.
        if account.term < term {
            *account = Account {
                term,
                spent: 0,
                ..*account
            };
        }
        if account.spent >= limit {
            return Spent::Exhausted;
        }
        account.spent += 1;
        if !account.dirty {
            account.dirty = true;
            self.dirty.push(key);
        }
        Spent::Allowed {
            left: limit - account.spent,
        }
    }

    /// The account that a network draws on: its own if there is room for it.
    fn account_for(&mut self, network: NetworkKey, term: Term) -> NetworkKey {
        if self.accounts.contains_key(&network) {
            return network;
        }
        if self.accounts.len() >= MOST_NETWORKS && self.cleared.is_none_or(|last| last < term) {
            self.forget(term);
        }
        let empty = Account {
            term,
            spent: 0,
            members: 0,
            dirty: false,
        };
        let full = self.accounts.len() >= MOST_NETWORKS;
        let wide_key = network.neighbourhood();
        if full
            && !self.accounts.contains_key(&wide_key)
            && self.accounts.len() >= 2 * MOST_NETWORKS
        {
            // Nothing is left but to refuse.
            return wide_key;
        }
        let wide = self.accounts.entry(wide_key).or_insert(empty);
        if wide.term < term {
            *wide = Account {
                dirty: wide.dirty,
                ..empty
            };
        }
        if full || wide.members >= MOST_NEIGHBOURS {
            return wide_key;
        }
        wide.members += 1;
        self.accounts.insert(network, empty);
        network
    }

    /// Forgets the accounts of terms before `term`, except those still to be
    /// written.
    pub(crate) fn forget(&mut self, term: Term) {
        self.cleared = Some(term);
        self.accounts
            .retain(|_, account| account.term >= term || account.dirty);
    }

    /// Hands changed accounts to `put` and says whose they were.
    pub(crate) fn take(&mut self, mut put: impl FnMut(&[u8], &[u8])) -> Vec<NetworkKey> {
        let taken = std::mem::take(&mut self.dirty);
        for key in &taken {
            if let Some(account) = self.accounts.get_mut(key) {
                account.dirty = false;
                let value = codec::write_budget(account.term.0, account.spent);
                put(&codec::budget_key(key.number()), &value);
            }
        }
        taken
    }

    /// Notes that what was taken has not been written.
    pub(crate) fn restore(&mut self, taken: &[NetworkKey]) {
        for key in taken {
            if let Some(account) = self.accounts.get_mut(key).filter(|account| !account.dirty) {
                account.dirty = true;
                self.dirty.push(*key);
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.accounts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Network `n` of a neighbourhood.
    fn key(neighbourhood: u32, number: u32) -> NetworkKey {
        let mut key = [1; 8];
        key[..3].copy_from_slice(&neighbourhood.to_be_bytes()[1..]);
        key[4..].copy_from_slice(&number.to_be_bytes());
        NetworkKey(key)
    }

    #[test]
    fn a_budget_is_spent_once_a_term_and_a_term_that_goes_back_renews_nothing() {
        let mut budgets = Budgets::default();
        let network = key(1, 1);
        // term, what becomes of it, what is left to look at
        let rows = [
            (5, Spent::Allowed { left: 1 }, 1),
            (5, Spent::Allowed { left: 0 }, 0),
            (5, Spent::Exhausted, 0),
            (4, Spent::Exhausted, 0),
            (6, Spent::Allowed { left: 1 }, 1),
            (5, Spent::Allowed { left: 0 }, 0),
            (6, Spent::Exhausted, 0),
        ];
        for (term, spent, left) in rows {
            assert_eq!(budgets.spend(network, Term(term), 2), spent, "term {term}");
            assert_eq!(budgets.left(network, Term(term), 2), left, "term {term}");
        }
        assert_eq!(budgets.left(key(2, 1), Term(6), 2), 2);
        assert_eq!(budgets.spend(key(2, 1), Term(6), 0), Spent::Exhausted);
    }

    #[test]
    fn terms_of_a_day_begin_at_midnight_utc_and_shorter_ones_have_their_place_in_it() {
        let term = |minute, hours| Term::of(Minute::new(minute).unwrap(), hours);
        assert_eq!([term(1439, 24), term(1440, 24)], [Term(0), Term(24)]);
        assert_eq!([term(1799, 6), term(1800, 6)], [Term(24), Term(30)]);
        assert_eq!([term(1799, 1), term(1800, 1)], [Term(29), Term(30)]);
        assert_eq!(term(1800, 0), Term(30));
    }

    #[test]
    fn whoever_owns_a_block_of_addresses_uses_up_that_block_alone() {
        let mut budgets = Budgets::default();
        let granted = (0..100_000)
            .filter(|&n| budgets.spend(key(7, n), Term(1), 1).is_allowed())
            .count();
        assert_eq!(granted, MOST_NEIGHBOURS as usize + 1);
        assert!(budgets.len() <= MOST_NEIGHBOURS as usize + 1);
        assert_eq!(
            budgets.spend(key(8, 0), Term(1), 1),
            Spent::Allowed { left: 0 }
        );
        assert_eq!(budgets.left(key(7, 200_000), Term(1), 1), 0);
    }

    #[test]
    fn a_full_table_never_grants_more_than_the_neighbourhoods_have() {
        let mut budgets = Budgets::default();
        let mut networks = 0;
        while budgets.len() < MOST_NETWORKS {
            budgets.spend(key(networks % 256, networks), Term(1), 1);
            networks += 1;
        }
        let late = key(254, u32::MAX);
        assert_eq!(budgets.left(late, Term(1), 1), 1);
        assert_eq!(budgets.spend(late, Term(1), 1), Spent::Allowed { left: 0 });
        let neighbour = key(254, u32::MAX - 1);
        assert_eq!(budgets.spend(neighbour, Term(1), 1), Spent::Exhausted);
        // The next term starts afresh.
        assert_eq!(
            budgets.spend(neighbour, Term(2), 1),
            Spent::Allowed { left: 0 }
        );
    }

    #[test]
    fn neighbourhoods_without_end_are_refused_in_the_end() {
        let mut budgets = Budgets::default();
        let all = 3 * u32::try_from(MOST_NETWORKS).unwrap();
        let granted = (0..all)
            .filter(|&n| budgets.spend(key(n, n), Term(1), 1).is_allowed())
            .count();
        assert!(granted <= 2 * MOST_NETWORKS);
        assert!(budgets.len() <= 2 * MOST_NETWORKS);
    }

    #[test]
    fn a_batch_that_was_refused_is_written_again() {
        let mut budgets = Budgets::default();
        budgets.spend(key(1, 1), Term(1), 5);
        let mut values = Vec::new();
        let taken = budgets.take(|_, value| values.push(value.to_vec()));
        budgets.spend(key(1, 1), Term(1), 5);
        budgets.restore(&taken);
        budgets.take(|_, value| values.push(value.to_vec()));
        assert_eq!(
            values,
            [codec::write_budget(1, 1), codec::write_budget(1, 2)]
        );
        assert!(budgets.take(|_, _| {}).is_empty());
    }
}
