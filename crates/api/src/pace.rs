//! How much may be asked: of each session, and of each network where nobody is signed
//! in; and how often whole texts are searched, by whatever way. In bounded memory.
//!
//! Each has a burst and a pace (the generic cell rate algorithm, ITU-T I.371): kept of
//! it is one time, at which all of it will be there again.

use std::collections::HashMap;
use std::net::IpAddr;

use access::{AccountKey, SessionId};
use gateway::Entitled;
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;

/// The most that are told apart, at some thirty bytes each: 4 MB. Who comes when all
/// are taken shares one of [`SHARED`] with others.
const MOST: usize = 1 << 17;
const SHARED: u64 = 256;

/// How often those are forgotten who have all of it again.
const TIDY: SignedDuration = SignedDuration::from_mins(1);

/// An app that starts asks some twenty things at once, and somebody who leafs through
/// a newspaper one a second. 600 at once and then five a second are more than either,
/// and slow for whoever takes all of it down.
const SESSION: Allowance = allow(600, 200);

/// Of a network, which may be a carrier's: twenty times as many.
const NETWORK: Allowance = allow(2_000, 20);

/// What a program is let in by: codes and refresh tokens are drawn at random, so
/// nobody can guess one; this bounds the work.
const ENTRY: Allowance = allow(120, 500);

/// Of an account, wherever it is signed in and whatever asks for it. Each search of
/// whole texts has a hundred stories looked at: thirty at once, and one in two seconds
/// then, are more than anybody reads.
const TEXTS: Allowance = allow(30, 2_000);

/// Of a firm's or a library's network, whose readers have no account: ten times as
/// many between them.
const TEXTS_NEAR: Allowance = allow(300, 200);

#[derive(Clone, Copy)]
struct Allowance {
    burst: i32,
    pace: SignedDuration,
}

const fn allow(burst: i32, milliseconds: i64) -> Allowance {
    Allowance {
        burst,
        pace: SignedDuration::from_millis(milliseconds),
    }
}

/// Who asks, as far as that is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// Whoever shows a session, by token or cookie.
    Session(SessionId),
    /// Anybody at an address; `None` where a proxy doesn't tell it.
    Address(Option<IpAddr>),
    /// Who wants in from an address.
    Entry(Option<IpAddr>),
    /// Who searches whole texts.
    Texts(Entitled),
}

/// What was asked lately.
pub struct Pace {
    key: [u8; 32],
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    full_again: HashMap<u64, Timestamp>,
    tidied: Option<Timestamp>,
}

impl Pace {
    /// Nothing was asked yet. What is kept of askers is keyed with `secret`.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self {
            key: blake3::derive_key("ludgate 2026 api pace", secret),
            table: Mutex::default(),
        }
    }

    /// Counts a request. Loopback is the machine itself, unless somebody is signed in
    /// there.
    ///
    /// # Errors
    ///
    /// It is one too many: after how many seconds there is room for one.
    pub fn take(&self, asker: Asker, now: Timestamp) -> Result<(), i64> {
        let Some((id, allowance)) = self.id(asker) else {
            return Ok(());
        };
        let mut table = self.table.lock();
        let is_due = |tidied: Timestamp| now.duration_since(tidied).abs() >= TIDY;
        if table.tidied.is_none_or(is_due) {
            table.full_again.retain(|_, full| *full > now);
            table.tidied = Some(now);
        }
        let is_room = table.full_again.len() < MOST || table.full_again.contains_key(&id);
        let id = if is_room { id } else { id % SHARED };
        let burst = allowance.pace * allowance.burst;
        let most = now.saturating_add(burst).unwrap_or(now);
        let full = table.full_again.get(&id).copied().unwrap_or(now).max(now);
        if full > most {
            // The clock was put back: as if all of it had been asked just now.
            table.full_again.insert(id, most);
        }
        let full = full.min(most);
        let next = full.saturating_add(allowance.pace).unwrap_or(full);
        if next > most {
            let wait = most.duration_until(next);
            return Err(wait.as_secs() + i64::from(wait.subsec_nanos() > 0));
        }
        table.full_again.insert(id, next);
        Ok(())
    }

    fn id(&self, asker: Asker) -> Option<(u64, Allowance)> {
        let (kind, whose, allowance): (u8, Vec<u8>, _) = match asker {
            Asker::Session(SessionId(id)) => (0, id.to_vec(), SESSION),
            Asker::Address(address) => (1, network(address)?, NETWORK),
            Asker::Entry(address) => (2, network(address)?, ENTRY),
            Asker::Texts(Entitled::Account(AccountKey(key))) => {
                (3, key.to_be_bytes().to_vec(), TEXTS)
            }
            Asker::Texts(Entitled::Network(network)) => {
                (4, network.to_string().into_bytes(), TEXTS_NEAR)
            }
        };
        let mut said = vec![kind];
        said.extend(whose);
        let hash = blake3::keyed_hash(&self.key, &said);
        let mut id = [0; 8];
        id.copy_from_slice(&hash.as_bytes()[..8]);
        Some((u64::from_be_bytes(id), allowance))
    }
}

/// The /24 or the /64; `None` for loopback. All whose address isn't known are one.
fn network(address: Option<IpAddr>) -> Option<Vec<u8>> {
    match address {
        None => Some(Vec::new()),
        Some(address) if address.is_loopback() => None,
        Some(IpAddr::V4(v4)) => Some(v4.octets()[..3].to_vec()),
        Some(IpAddr::V6(v6)) => Some(v6.octets()[..8].to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).expect("a time")
    }

    fn address(last: u8) -> Asker {
        Asker::Address(Some(IpAddr::from([192, 0, 2, last])))
    }

    #[test]
    fn a_burst_is_there_at_once_and_then_one_by_one() {
        let pace = Pace::new(&[1; 32]);
        let session = Asker::Session(SessionId([1; 16]));
        for number in 0..600 {
            assert_eq!(pace.take(session, at(0)), Ok(()), "{number}");
        }
        assert_eq!(pace.take(session, at(0)), Err(1));
        assert_eq!(pace.take(Asker::Session(SessionId([2; 16])), at(0)), Ok(()));
        for _ in 0..5 {
            assert_eq!(pace.take(session, at(1)), Ok(()));
        }
        assert_eq!(pace.take(session, at(1)), Err(1));
    }

    #[test]
    fn a_network_is_one_asker_and_the_machine_itself_none() {
        let pace = Pace::new(&[1; 32]);
        for number in 0..2_000 {
            let last = u8::try_from(number % 250).expect("small");
            assert_eq!(pace.take(address(last), at(0)), Ok(()), "{number}");
        }
        assert!(pace.take(address(7), at(0)).is_err());
        assert_eq!(
            pace.take(Asker::Entry(Some(IpAddr::from([192, 0, 2, 7]))), at(0)),
            Ok(())
        );
        let home = Asker::Address(Some(IpAddr::from([127, 0, 0, 1])));
        for _ in 0..3_000 {
            assert_eq!(pace.take(home, at(0)), Ok(()));
        }
    }

    #[test]
    fn whole_texts_are_searched_so_often_by_an_account_and_by_a_network() {
        let pace = Pace::new(&[1; 32]);
        let account = |key| Asker::Texts(Entitled::Account(AccountKey(key)));
        let network = |text: &str| {
            let network = text.parse().expect("a network");
            Asker::Texts(Entitled::Network(network))
        };
        let through = |asker, seconds| {
            let tries = (0..1_000).take_while(|_| pace.take(asker, at(seconds)).is_ok());
            tries.count()
        };
        for (asker, seconds, expected) in [
            (account(7), 0, 30),
            (account(8), 0, 30),
            (account(7), 1, 0),
            (account(7), 2, 1),
            (account(7), 8, 3),
            (network("192.0.2.0/24"), 8, 300),
            (network("192.0.2.7/32"), 8, 300),
            (network("192.0.2.0/24"), 9, 5),
        ] {
            assert_eq!(through(asker, seconds), expected, "{asker:?} {seconds}");
        }
        assert_eq!(pace.take(account(7), at(8)), Err(2));
    }

    #[test]
    fn a_clock_that_is_put_back_keeps_nobody_waiting() {
        let pace = Pace::new(&[1; 32]);
        for _ in 0..2_000 {
            let _ = pace.take(address(1), at(1_000_000));
        }
        assert!(pace.take(address(1), at(1_000_000)).is_err());
        assert_eq!(pace.take(address(1), at(40)), Err(1));
        assert_eq!(pace.take(address(1), at(41)), Ok(()));
    }
}
