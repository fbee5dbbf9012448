//! Verdicts: from what is known at once, or from a look-up that is waited for.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::agent::Agent;
use crate::flights::{Arrival, Boarding, Flights};
use crate::lookup::Dns;
use crate::ranges::Ranges;
use crate::results::{Claim, Outcome, Results};
use crate::servers::{Servers, ServersError};

/// Requests that wait for a look-up at once. A crawler opens a few dozen
/// connections; whoever opens more to wait here is answered without waiting.
const MAX_WAITING: usize = 256;

/// How crawlers are looked up.
#[derive(Clone, Debug)]
pub struct Config {
    /// Who is asked.
    pub servers: Servers,
    /// How long a server has for an answer, from 0.1 to 5 seconds; what lies
    /// outside is taken for the nearer of them. A whole look-up takes no longer
    /// than four times as much.
    pub timeout: Duration,
}

impl Default for Config {
    /// The system's servers, with two seconds.
    fn default() -> Self {
        Self {
            servers: Servers::System,
            timeout: Duration::from_secs(2),
        }
    }
}

/// Who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// Not a crawler, as far as anybody can tell: they don't say so, or it isn't
    /// so, or it couldn't be found out.
    Stranger,
    /// They claim to be a crawler, and a look-up is under way. For now they are
    /// to be treated as a stranger.
    Unknown,
    /// The crawl agent that they say they are.
    Crawler(Agent),
}

impl Verdict {
    fn of(agent: Agent, outcome: Outcome) -> Self {
        match outcome {
            Outcome::Verified => Self::Crawler(agent),
            Outcome::Refuted | Outcome::Failed => Self::Stranger,
        }
    }
}

/// How much there is to remember and to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stats {
    /// Results kept.
    pub kept: usize,
    /// Look-ups under way.
    pub under_way: usize,
}

/// Tells who is a search engine's crawler.
#[derive(Clone)]
pub struct Crawlers(Arc<Shared>);

struct Shared {
    ranges: ArcSwap<Ranges>,
    results: Results,
    flights: Flights,
    dns: Dns,
    runtime: Handle,
    waiting: Semaphore,
}

/// What there is to say of a claim at once.
enum Standing {
    Settled(Verdict),
    Pending(Agent, Arrival),
}

impl Crawlers {
    /// Sets up look-ups, which run on `runtime`; it needs tokio's timers and
    /// sockets. Reads the system's list of servers if that is asked for.
    pub fn new(config: &Config, ranges: Ranges, runtime: Handle) -> Result<Self, ServersError> {
        let dns = Dns::new(&config.servers.addresses()?, config.timeout)?;
        Ok(Self(Arc::new(Shared {
            ranges: ArcSwap::from_pointee(ranges),
            results: Results::new(),
            flights: Flights::default(),
            dns,
            runtime,
            waiting: Semaphore::new(MAX_WAITING),
        })))
    }

    /// Who the client at `address` is that sent the User-Agent `agent`, as far as
    /// that is known at `now`. Starts a look-up where it isn't, and doesn't wait.
    pub fn verdict(&self, address: IpAddr, agent: Option<&str>, now: Duration) -> Verdict {
        match self.standing(address, agent, now) {
            Standing::Settled(verdict) => verdict,
            Standing::Pending(..) => Verdict::Unknown,
        }
    }

    /// The same, but waits for a look-up for as long as `patience`. It is
    /// [`Verdict::Unknown`] after that, and where too many wait already.
    pub async fn verify(
        &self,
        address: IpAddr,
        agent: Option<&str>,
        now: Duration,
        patience: Duration,
    ) -> Verdict {
        let (agent, mut arrival) = match self.standing(address, agent, now) {
            Standing::Settled(verdict) => return verdict,
            Standing::Pending(agent, arrival) => (agent, arrival),
        };
        let Ok(_place) = self.0.waiting.try_acquire() else {
            return Verdict::Unknown;
        };
        let arrived = tokio::time::timeout(patience, arrival.wait_for(Option::is_some)).await;
        match arrived {
            Ok(Ok(outcome)) => outcome.map_or(Verdict::Unknown, |found| Verdict::of(agent, found)),
            // The look-up died, or takes too long.
            Ok(Err(_)) | Err(_) => Verdict::Unknown,
        }
    }

    /// Uses other published ranges from now on.
    pub fn replace_ranges(&self, ranges: Ranges) {
        self.0.ranges.store(Arc::new(ranges));
    }

    /// How much there is to remember and to do.
    pub fn stats(&self) -> Stats {
        Stats {
            kept: self.0.results.len(),
            under_way: self.0.flights.len(),
        }
    }

    fn standing(&self, address: IpAddr, agent: Option<&str>, now: Duration) -> Standing {
        let stranger = Standing::Settled(Verdict::Stranger);
        let Some(agent) = agent.and_then(Agent::claimed_by) else {
            return stranger;
        };
        // An IPv4 address in IPv6 clothes is an IPv4 address.
        let claim = (agent, address.to_canonical());
        if self.0.ranges.load().contain(agent, claim.1) {
            return Standing::Settled(Verdict::Crawler(agent));
        }
        if agent.hosts().is_empty() || !is_public(claim.1) {
            return stranger;
        }
        if let Some(outcome) = self.0.results.get(claim, now) {
            return Standing::Settled(Verdict::of(agent, outcome));
        }
        match self.0.flights.board(claim) {
            Boarding::Full => stranger,
            Boarding::Joined(arrival) => Standing::Pending(agent, arrival),
            Boarding::First(landing, arrival) => {
                // One may have landed since we looked.
                if let Some(outcome) = self.0.results.get(claim, now) {
                    return Standing::Settled(Verdict::of(agent, outcome));
                }
                let shared = Arc::clone(&self.0);
                self.0.runtime.spawn(async move {
                    let outcome = shared.look_up(claim, now).await;
                    landing.tell(outcome);
                });
                Standing::Pending(agent, arrival)
            }
        }
    }
}

impl Shared {
    async fn look_up(&self, claim: Claim, now: Duration) -> Outcome {
        let outcome = self.dns.check(claim).await;
        self.results.put(claim, outcome, now);
        outcome
    }
}

impl fmt::Debug for Crawlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crawlers({:?})", self.stats())
    }
}

/// Whether an address may be a crawler's at all. The names of private addresses
/// are nobody's business but that of the network they are in.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            // 100.64.0.0/10 is between a carrier and its customers (RFC 6598).
            let [first, second, ..] = v4.octets();
            let carrier = first == 100 && second & 0xc0 == 64;
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_multicast()
                || v4.is_broadcast()
                || v4.is_unspecified()
                || carrier)
        }
        IpAddr::V6(v6) => {
            !(v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_multicast()
                || v6.is_unicast_link_local()
                || v6.is_unique_local())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_not_asked_about() {
        let rows = [
            ("66.249.66.1", true),
            ("100.63.0.1", true),
            ("100.64.0.1", false),
            ("100.127.0.1", false),
            ("100.128.0.1", true),
            ("10.0.0.1", false),
            ("192.168.1.1", false),
            ("127.0.0.1", false),
            ("169.254.1.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("0.0.0.0", false),
            ("2001:4860:4801:10::1", true),
            ("::1", false),
            ("::", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("ff02::1", false),
        ];
        for (address, public) in rows {
            assert_eq!(
                is_public(address.parse().expect("an address")),
                public,
                "{address}"
            );
        }
    }
}
