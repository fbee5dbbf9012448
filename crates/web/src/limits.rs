//! How often something may be tried: by network and its surroundings, and by mail
//! address. In bounded memory, and the same whether there is an account or not.
//!
//! Each allowance is a burst and a pace (the generic cell rate algorithm, ITU-T
//! I.371): kept of it is one time, at which all of it will be there again.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use access::SessionId;
use commerce::ids::AccountId;
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use store::MailAddress;

use crate::known::Known;

/// The most that are told apart, at some forty bytes each: 5 MB. Who comes when
/// all are taken shares one of [`SHARED`] with others of the same kind that try the
/// same, so that filling the table lets nobody through, and keeps nobody from
/// anything else.
const MAX_KEPT: usize = 1 << 17;
const SHARED: u64 = 256;

/// The most browsers that are told apart, in a table of their own. Nobody can fill
/// it who hasn't signed in as often, and none of them shares with strangers: where
/// all are taken, the one is forgotten that has tried the least.
const MAX_BROWSERS: usize = 1 << 14;

/// How often a full table is gone through for what is over: while it is filled on
/// purpose, each try would go through all of it, and others wait for that.
const SWEEP: SignedDuration = SignedDuration::from_secs(1);

/// How often a table that isn't full is gone through: what is over says when
/// somebody tried something, and nobody needs that any more.
const TIDY: SignedDuration = SignedDuration::from_hours(1);

/// By how much one request may overtake another between looking at the clock and
/// being counted. What is to be there again later than that is of a time that the
/// clock showed before it was put back.
const OVERTAKEN: SignedDuration = SignedDuration::from_mins(1);

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Signing in with a password. Many share an address of a mobile network,
    /// and most of them know theirs.
    SignIn,
    /// Having a mail sent.
    Mail,
    /// Bringing a link back. Nobody can guess one; this bounds the work.
    Link,
    /// Looking whether a code is one.
    Code,
    /// Buying something.
    Buy,
    /// Entering a card. Who has stolen many tries them out somewhere.
    Card,
    /// Having the provider asked something, or begin something.
    Ask,
    /// Having everything that is known written into a file.
    Export,
    /// Sending a form while one is signed in, whatever it does.
    Form,
    /// Asking for a feed by one's own address.
    Feed,
    /// Asking for a feed by an address of which nobody has heard.
    StrangeFeed,
}

/// Of a session. Most forms write something that is kept for good, and there is
/// one turn to write at a time: somebody who empties a page of seats presses a
/// button every few seconds, and a script would every few milliseconds. Of a
/// session and not of its account, so that a stranger who is signed in to it keeps
/// nobody from signing them out.
const FORMS: Allowance = allow(60, 5);

/// Of an account's address of feeds, wherever it is used: all sections of a large
/// paper at once, in two programs, and thirty a minute then.
const FEEDS: Allowance = allow(60, 2);

/// How many at once, and how long until there is another.
#[derive(Clone, Copy, Debug)]
struct Allowance {
    burst: i64,
    pace: SignedDuration,
}

const fn allow(burst: i64, seconds: i64) -> Allowance {
    Allowance {
        burst,
        pace: SignedDuration::from_secs(seconds),
    }
}

impl Allowance {
    /// Takes one, where there is one.
    fn take(self, table: &mut FullAgain, id: u64, now: Timestamp) -> Result<(), TooOften> {
        let mut full = table.get(&id).copied().unwrap_or(now).max(now);
        let most = self.after(now, self.burst);
        if full.duration_since(most) > OVERTAKEN {
            // As if all of it had been tried just now.
            full = most;
            table.insert(id, full);
        }
        let earliest = self.after(full, 1 - self.burst);
        if earliest > now {
            let wait = now.duration_until(earliest);
            return Err(TooOften { wait });
        }
        table.insert(id, self.after(full, 1));
        Ok(())
    }

    /// So many paces after `time`, or before it.
    fn after(self, time: Timestamp, paces: i64) -> Timestamp {
        let paces = i32::try_from(paces).unwrap_or(i32::MAX);
        time.saturating_add(self.pace * paces).unwrap_or(time)
    }
}

impl Act {
    /// Of a network: a /24 or a /64.
    fn of_network(self) -> Allowance {
        match self {
            Self::SignIn => allow(60, 5),
            Self::Mail | Self::Export => allow(20, 60),
            Self::Link => allow(60, 2),
            Self::Code => allow(30, 10),
            Self::Buy => allow(50, 6),
            Self::Card => allow(30, 60),
            // Counted for each session.
            Self::Form => FORMS,
            // Counted for each account.
            Self::Feed => FEEDS,
            // A service that reads for many asks for addresses that were given up,
            // too, until it has learned of it. Nobody can guess one.
            Self::Ask | Self::StrangeFeed => allow(240, 1),
        }
    }

    /// Of the surroundings of a network, a /48: whoever has an IPv6 address mostly
    /// has 65,536 networks, and four make up for some that are let to many.
    fn of_surroundings(self) -> Allowance {
        let Allowance { burst, pace } = self.of_network();
        Allowance {
            burst: burst * 4,
            pace: pace / 4,
        }
    }

    /// Of everybody together, browsers apart that have been signed in: what a
    /// mail provider lets through before it takes us for a sender of junk. Four a
    /// second are more than a large publication's readers ask for, and few for
    /// whoever has a thousand machines.
    fn of_all(self) -> Option<Allowance> {
        match self {
            Self::Mail => Some(Allowance {
                burst: 5_000,
                pace: SignedDuration::from_millis(250),
            }),
            _ => None,
        }
    }

    /// Of an account, wherever it is signed in: ten cards are more than anybody has
    /// with them.
    fn of_account(self) -> Allowance {
        match self {
            Self::Ask => allow(30, 10),
            Self::Feed => FEEDS,
            // Codes and invitations, to whomever: a team is invited in a go.
            Self::Mail => allow(30, 60),
            _ => allow(10, 600),
        }
    }

    /// Of a mail address: ten guesses, then 1,440 a day. A link still signs its
    /// owner in meanwhile.
    fn of_address(self) -> Allowance {
        match self {
            Self::Mail | Self::Export => allow(3, 600),
            _ => allow(10, 60),
        }
    }
}

/// That it was tried too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooOften {
    /// How long to wait.
    pub(crate) wait: SignedDuration,
}

impl TooOften {
    /// For `Retry-After`.
    pub(crate) fn seconds(self) -> i64 {
        self.wait.as_secs().max(1)
    }

    /// For people.
    pub(crate) fn minutes(self) -> i64 {
        self.seconds().saturating_add(59) / 60
    }
}

/// When all of an allowance will be there again, by who has it.
type FullAgain = HashMap<u64, Timestamp>;

/// Those of whoever isn't a known browser.
#[derive(Default)]
struct Table {
    full_again: FullAgain,
    swept: Option<Timestamp>,
}

impl Table {
    /// Forgets who has all of an allowance again, where that wasn't done so
    /// lately; says whether it did.
    fn sweep(&mut self, every: SignedDuration, now: Timestamp) -> bool {
        let is_due = |swept: Timestamp| now.duration_since(swept).abs() >= every;
        let sweeps = self.swept.is_none_or(is_due);
        if sweeps {
            self.full_again.retain(|_, full| *full > now);
            self.swept = Some(now);
        }
        sweeps
    }
}

/// Who has an allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Network,
    Surroundings,
    Address,
    Account,
    Session,
    All,
}

/// What was tried lately. All clones are one.
#[derive(Clone)]
pub(crate) struct Limits {
    key: [u8; 32],
    most: usize,
    table: Arc<Mutex<Table>>,
    most_browsers: usize,
    browsers: Arc<Mutex<FullAgain>>,
}

impl Limits {
    pub(crate) fn new(secret: &[u8; 32]) -> Self {
        Self {
            key: blake3::derive_key("ludgate 2026 limits", secret),
            most: MAX_KEPT,
            table: Arc::default(),
            most_browsers: MAX_BROWSERS,
            browsers: Arc::default(),
        }
    }

    /// Counts a try from a network, and where that is one of many, from around
    /// it. Loopback is the machine itself; those whose address isn't known are one
    /// network.
    pub(crate) fn network(
        &self,
        act: Act,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<(), TooOften> {
        let Some(network) = network(from) else {
            return Ok(());
        };
        self.take((act, Kind::Network, &network), act.of_network(), now)?;
        match network.get(..SURROUNDINGS) {
            Some(around) => {
                let who = (act, Kind::Surroundings, around);
                self.take(who, act.of_surroundings(), now)
            }
            None => Ok(()),
        }
    }

    /// Counts a try of nobody who is known, whoever it is.
    pub(crate) fn stranger(&self, act: Act, now: Timestamp) -> Result<(), TooOften> {
        let Some(allowance) = act.of_all() else {
            return Ok(());
        };
        self.take((act, Kind::All, &[]), allowance, now)
    }

    /// Counts a try with a mail address. Case is no way to have more of them.
    pub(crate) fn address(
        &self,
        act: Act,
        mail: &MailAddress,
        now: Timestamp,
    ) -> Result<(), TooOften> {
        let key = mail.as_str().to_lowercase();
        self.take((act, Kind::Address, key.as_bytes()), act.of_address(), now)
    }

    /// Counts a try with a mail address in a browser that has been signed in with
    /// it: that one's own, whatever others try.
    pub(crate) fn browser(&self, act: Act, known: Known, now: Timestamp) -> Result<(), TooOften> {
        let id = self.id(b"browser", act, &known.0);
        let mut table = self.browsers.lock();
        if !table.contains_key(&id) && table.len() >= self.most_browsers {
            let least = table.iter().min_by_key(|(_, full)| **full);
            if let Some(least) = least.map(|(id, _)| *id) {
                table.remove(&least);
            }
        }
        act.of_address().take(&mut table, id, now)
    }

    /// Counts a try of an account.
    pub(crate) fn account(
        &self,
        act: Act,
        account: AccountId,
        now: Timestamp,
    ) -> Result<(), TooOften> {
        let key = account.get().to_be_bytes();
        self.take((act, Kind::Account, &key), act.of_account(), now)
    }

    /// Counts a form that a session sends.
    pub(crate) fn form(&self, session: SessionId, now: Timestamp) -> Result<(), TooOften> {
        self.take((Act::Form, Kind::Session, &session.0), FORMS, now)
    }

    fn take(
        &self,
        (act, kind, whose): (Act, Kind, &[u8]),
        allowance: Allowance,
        now: Timestamp,
    ) -> Result<(), TooOften> {
        let mut id = self.id(&[kind as u8], act, whose);
        let mut table = self.table.lock();
        if table.sweep(TIDY, now) {
            self.browsers.lock().retain(|_, full| *full > now);
        }
        if !table.full_again.contains_key(&id) && table.full_again.len() >= self.most {
            table.sweep(SWEEP, now);
            if table.full_again.len() >= self.most {
                let shared = (id % SHARED).to_be_bytes();
                id = self.id(&[kind as u8, 1], act, &shared);
            }
        }
        allowance.take(&mut table.full_again, id, now)
    }

    fn id(&self, kind: &[u8], act: Act, whose: &[u8]) -> u64 {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        let length = kind.len().to_be_bytes();
        hasher.update(&length).update(kind);
        hasher.update(&[act as u8]).update(whose);
        let mut id = [0; 8];
        id.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        u64::from_le_bytes(id)
    }
}

/// Bytes of a /48, which a /24 hasn't: its addresses are few.
const SURROUNDINGS: usize = 6;

/// The /24 or the /64; `None` for loopback.
pub(crate) fn network(address: Option<IpAddr>) -> Option<Vec<u8>> {
    let Some(address) = address else {
        return Some(Vec::new());
    };
    let address = match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    };
    match address {
        _ if address.is_loopback() => None,
        IpAddr::V4(v4) => Some(v4.octets()[..3].to_vec()),
        IpAddr::V6(v6) => Some(v6.octets()[..8].to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits::new(&[1; 32])
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).expect("a time")
    }

    fn from(address: &str) -> IpAddr {
        address.parse().expect("an address")
    }

    /// How many tries are let through before the first isn't.
    fn tries(limits: &Limits, address: &str, seconds: i64) -> usize {
        (0..1_000)
            .take_while(|_| {
                limits
                    .network(Act::Mail, Some(from(address)), at(seconds))
                    .is_ok()
            })
            .count()
    }

    #[test]
    fn a_burst_is_let_through_and_then_one_at_a_time() {
        let limits = limits();
        assert_eq!(tries(&limits, "192.0.2.1", 0), 20);
        assert_eq!(tries(&limits, "192.0.2.9", 0), 0, "neighbours share");
        assert_eq!(tries(&limits, "192.0.3.1", 0), 20);
        let refused = limits.network(Act::Mail, Some(from("192.0.2.1")), at(1));
        let wait = SignedDuration::from_secs(59);
        assert_eq!(refused, Err(TooOften { wait }));
        assert_eq!(tries(&limits, "192.0.2.1", 60), 1);
        assert_eq!(tries(&limits, "192.0.2.1", 60 + 180), 3);
        assert_eq!(tries(&limits, "192.0.2.1", 100_000), 20);
    }

    #[test]
    fn a_clock_that_was_put_back_keeps_nobody_out_for_as_long() {
        let limits = limits();
        assert_eq!(tries(&limits, "192.0.2.1", 100_000), 20);
        assert_eq!(tries(&limits, "192.0.2.1", 0), 0);
        assert_eq!(tries(&limits, "192.0.2.1", 59), 0);
        assert_eq!(tries(&limits, "192.0.2.1", 60), 1);
        assert_eq!(tries(&limits, "192.0.2.1", 2_000), 20);
        // Who is overtaken gets no more for it.
        assert_eq!(tries(&limits, "192.0.2.1", 1_990), 0);
        assert_eq!(tries(&limits, "192.0.2.1", 2_059), 0);
        assert_eq!(tries(&limits, "192.0.2.1", 2_060), 1);
    }

    #[test]
    fn who_has_many_networks_has_four_times_as_much_and_no_more() {
        let limits = limits();
        let mut through = 0;
        for number in 0..1_000 {
            through += tries(&limits, &format!("2001:db8:7:{number:x}::1"), 0);
        }
        assert_eq!(through, 80);
        assert_eq!(tries(&limits, "2001:db8:8::1", 0), 20, "another's");
        assert_eq!(tries(&limits, "2001:db8:7:ffff::1", 60), 4);
    }

    #[test]
    fn strangers_have_so_many_mails_sent_between_them() {
        let limits = limits();
        let through = |seconds| {
            let tried = (0..20_000).map(|_| limits.stranger(Act::Mail, at(seconds)));
            tried.flatten().count()
        };
        assert_eq!(through(0), 5_000);
        assert_eq!(through(10), 40);
        assert_eq!(limits.stranger(Act::SignIn, at(10)), Ok(()));
    }

    #[test]
    fn acts_are_counted_apart_and_case_makes_no_other_address() {
        let limits = limits();
        let mail = |text| MailAddress::new(text).expect("an address");
        for text in ["anna@example.com", "Anna@example.com", "ANNA@EXAMPLE.com"] {
            assert_eq!(limits.address(Act::Mail, &mail(text), at(0)), Ok(()));
        }
        let again = limits.address(Act::Mail, &mail("anna@example.com"), at(0));
        assert!(again.is_err());
        let other = limits.address(Act::SignIn, &mail("anna@example.com"), at(0));
        assert_eq!(other, Ok(()));
    }

    #[test]
    fn a_full_table_lets_nobody_through_whom_it_would_not_let_otherwise() {
        let limits = Limits {
            most: 64,
            ..limits()
        };
        let mut through = 0;
        for number in 0..200_000_u32 {
            let [_, a, b, c] = number.to_be_bytes();
            let address = IpAddr::from([10 + a, b, c, 1]);
            through += usize::from(limits.network(Act::Mail, Some(address), at(0)).is_ok());
        }
        let kept = limits.table.lock().full_again.len();
        assert!(
            kept <= 64 + usize::try_from(SHARED).expect("small"),
            "{kept}"
        );
        assert!(through <= (64 + 256) * 20, "{through}");
        assert_eq!(tries(&limits, "198.51.100.1", 100_000), 20, "room again");
    }

    #[test]
    fn a_full_table_is_gone_through_once_a_second() {
        let limits = full();
        let swept = || limits.table.lock().swept;
        assert_eq!(swept(), Some(at(0)));
        let half = at(0) + SignedDuration::from_millis(500);
        let _ = limits.network(Act::Mail, Some(from("192.0.2.1")), half);
        assert_eq!(swept(), Some(at(0)));
        let _ = limits.network(Act::Mail, Some(from("192.0.2.1")), at(1));
        assert_eq!(swept(), Some(at(1)));
    }

    /// A table that strangers have filled by having mail sent.
    fn full() -> Limits {
        let limits = Limits {
            most: 64,
            most_browsers: 4,
            ..limits()
        };
        for number in 0..20_000_u32 {
            let [_, a, b, c] = number.to_be_bytes();
            let address = IpAddr::from([10 + a, b, c, 1]);
            let _ = limits.network(Act::Mail, Some(address), at(0));
        }
        assert_eq!(tries(&limits, "192.0.2.1", 0), 0, "it is full");
        limits
    }

    #[test]
    fn what_was_tried_is_forgotten_within_the_hour_once_it_doesnt_count() {
        let limits = limits();
        let anna = MailAddress::new("anna@example.com").expect("an address");
        assert_eq!(limits.address(Act::SignIn, &anna, at(0)), Ok(()));
        assert_eq!(limits.browser(Act::SignIn, Known([1; 16]), at(0)), Ok(()));
        assert_eq!(tries(&limits, "192.0.2.1", 0), 20);
        let kept = || {
            let table = limits.table.lock().full_again.len();
            (table, limits.browsers.lock().len())
        };
        assert_eq!(kept(), (2, 1));
        // Whoever tries something has what is over forgotten.
        assert_eq!(tries(&limits, "198.51.100.1", 3_600), 20);
        assert_eq!(kept(), (1, 0));
    }

    #[test]
    fn a_table_full_of_one_thing_keeps_nobody_from_another() {
        let limits = full();
        let from = Some(from("192.0.2.1"));
        for act in [Act::SignIn, Act::Link, Act::Code, Act::Buy] {
            assert_eq!(limits.network(act, from, at(0)), Ok(()), "{act:?}");
        }
        let anna = MailAddress::new("anna@example.com").expect("an address");
        assert_eq!(limits.address(Act::Mail, &anna, at(0)), Ok(()));
        let account = AccountId::new(7);
        assert_eq!(limits.account(Act::Ask, account, at(0)), Ok(()));
    }

    #[test]
    fn a_known_browser_shares_with_nobody_whatever_is_full() {
        let limits = full();
        let browser = |number| limits.browser(Act::SignIn, Known([number; 16]), at(0));
        for number in 0..100 {
            assert_eq!(browser(number), Ok(()), "{number}");
        }
        assert_eq!(limits.browsers.lock().len(), 4);
        // Who has tried the most is remembered the longest.
        for _ in 1..10 {
            assert_eq!(browser(99), Ok(()));
        }
        for number in 0..50 {
            assert_eq!(browser(number), Ok(()), "{number}");
        }
        assert!(browser(99).is_err());
    }

    #[test]
    fn loopback_is_nobodys_network_and_the_unknown_are_one() {
        assert_eq!(tries(&limits(), "127.0.0.1", 0), 1_000);
        let limits = limits();
        let unknown = (0..100).filter(|_| limits.network(Act::Mail, None, at(0)).is_ok());
        assert_eq!(unknown.count(), 20);
    }
}
