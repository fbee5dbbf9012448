//! Verdicts: from what is known at once, or from a look-up that is waited for.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::agent::Agent;
use crate::flights::{Arrival, Boarding, Flights};
use crate::lookup::Dns;
use crate::ranges::Ranges;
use crate::results::{Claim, Outcome, Results};
use crate::servers::ServersError;

/// Requests that wait for a look-up at once. A crawler opens a few dozen
/// connections; whoever opens more to wait here is answered without waiting.
const MAX_WAITING: usize = 256;

/// How crawlers are looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Who is asked; [`crate::Servers`] has their addresses. Where there is
    /// nobody, published ranges alone vouch for an address.
    pub servers: Vec<SocketAddr>,
    /// How long a server has for an answer, from 0.1 to 5 seconds; what lies
    /// outside is taken for the nearer of them. A whole look-up takes no longer
    /// than four times as much.
    pub timeout: Duration,
    /// The longest that an address is remembered, whatever was found out.
    pub keep: Duration,
}

/// Who somebody is who says that they are a crawl agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// Not that agent.
    Stranger,
    /// Nothing could be found out, or not yet. They are to be treated as a
    /// stranger.
    Unknown,
    /// The agent that they say they are.
    Crawler(Agent),
}

impl Verdict {
    fn of(agent: Agent, outcome: Outcome) -> Self {
        match outcome {
            Outcome::Verified => Self::Crawler(agent),
            Outcome::Refuted => Self::Stranger,
            Outcome::Failed => Self::Unknown,
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
    /// Requests that wait for one.
    pub waiting: usize,
}

/// Tells who is a search engine's crawler. Clones share what they have found
/// out.
#[derive(Clone)]
pub struct Crawlers {
    shared: Arc<Shared>,
    ranges: Arc<Ranges>,
}

struct Shared {
    config: Config,
    results: Results,
    flights: Flights,
    /// `None` where nobody is asked.
    dns: Option<Dns>,
    runtime: Handle,
    waiting: Semaphore,
}

/// What there is to say of a claim at once.
enum Standing {
    Settled(Verdict),
    Pending(Arrival),
}

impl Crawlers {
    /// Sets up look-ups, which run on `runtime`; it needs tokio's timers and
    /// sockets.
    pub fn new(config: Config, ranges: Ranges, runtime: Handle) -> Result<Self, ServersError> {
        let dns = match config.servers.as_slice() {
            [] => None,
            servers => Some(Dns::new(servers, config.timeout)?),
        };
        let shared = Arc::new(Shared {
            results: Results::new(config.keep),
            config,
            flights: Flights::default(),
            dns,
            runtime,
            waiting: Semaphore::new(MAX_WAITING),
        });
        Ok(Self {
            shared,
            ranges: Arc::new(ranges),
        })
    }

    /// These, with other published ranges. Both remember alike what they find
    /// out.
    #[must_use]
    pub fn with_ranges(&self, ranges: Ranges) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            ranges: Arc::new(ranges),
        }
    }

    /// What these were set up with.
    pub fn config(&self) -> &Config {
        &self.shared.config
    }

    /// Whether the client at `address` is `agent`, as far as that is known at
    /// `now`. Starts a look-up where it isn't, and doesn't wait.
    pub fn verdict(&self, address: IpAddr, agent: Agent, now: Duration) -> Verdict {
        match self.standing(address, agent, now) {
            Standing::Settled(verdict) => verdict,
            Standing::Pending(_) => Verdict::Unknown,
        }
    }

    /// The same, but waits for a look-up for as long as `patience`. It is
    /// [`Verdict::Unknown`] after that, and where too many wait already.
    pub async fn verify(
        &self,
        address: IpAddr,
        agent: Agent,
        now: Duration,
        patience: Duration,
    ) -> Verdict {
        let mut arrival = match self.standing(address, agent, now) {
            Standing::Settled(verdict) => return verdict,
            Standing::Pending(arrival) => arrival,
        };
        let Ok(_place) = self.shared.waiting.try_acquire() else {
            return Verdict::Unknown;
        };
        let arrived = tokio::time::timeout(patience, arrival.wait_for(Option::is_some)).await;
        match arrived {
            Ok(Ok(outcome)) => outcome.map_or(Verdict::Unknown, |found| Verdict::of(agent, found)),
            // The look-up died, or takes too long.
            Ok(Err(_)) | Err(_) => Verdict::Unknown,
        }
    }

    /// Forgets the addresses whose time is up at `now`. Until it is called they
    /// are in memory, though nothing comes of them any more.
    pub fn forget(&self, now: Duration) {
        self.shared.results.forget(now);
    }

    /// How much there is to remember and to do.
    pub fn stats(&self) -> Stats {
        let Shared {
            results,
            flights,
            waiting,
            ..
        } = &*self.shared;
        Stats {
            kept: results.len(),
            under_way: flights.len(),
            waiting: MAX_WAITING.saturating_sub(waiting.available_permits()),
        }
    }

    fn standing(&self, address: IpAddr, agent: Agent, now: Duration) -> Standing {
        // An IPv4 address in IPv6 clothes is an IPv4 address.
        let claim = (agent, address.to_canonical());
        if self.ranges.contain(agent, claim.1) {
            return Standing::Settled(Verdict::Crawler(agent));
        }
        if agent.hosts().is_empty() || !is_public(claim.1) {
            return Standing::Settled(Verdict::Stranger);
        }
        let shared = &self.shared;
        let known = || {
            let outcome = shared.results.get(claim, now)?;
            Some(Standing::Settled(Verdict::of(agent, outcome)))
        };
        if let Some(settled) = known() {
            return settled;
        }
        if shared.dns.is_none() {
            return Standing::Settled(Verdict::Unknown);
        }
        match shared.flights.board(claim) {
            Boarding::Full => Standing::Settled(Verdict::Unknown),
            Boarding::Joined(arrival) => Standing::Pending(arrival),
            Boarding::First(landing, arrival) => {
                // One may have landed since we looked.
                if let Some(settled) = known() {
                    return settled;
                }
                let shared = Arc::clone(shared);
                self.shared.runtime.spawn(async move {
                    let outcome = shared.look_up(claim, now).await;
                    landing.tell(outcome);
                });
                Standing::Pending(arrival)
            }
        }
    }
}

impl Shared {
    async fn look_up(&self, claim: Claim, now: Duration) -> Outcome {
        let outcome = match &self.dns {
            Some(dns) => dns.check(claim).await,
            None => Outcome::Failed,
        };
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
