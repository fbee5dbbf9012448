//! Forward-confirmed reverse DNS: the names of an address, and whether one that
//! is a crawl host has that address.
//!
//! The names come from whoever has the address, and they may write there what
//! they like. What confirms them is the answer of the name's own domain. So
//! nothing is believed but address records of the very name that was asked for.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts,
};
use hickory_resolver::lookup::Lookup;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RData};
use hickory_resolver::{Resolver, TokioResolver};

use crate::results::{Claim, Outcome};
use crate::servers::ServersError;

/// The most names that an address may have. A crawler's has one; an answer of
/// one datagram has room for some fifty.
const MAX_NAMES: usize = 32;

/// The most of them that are confirmed. All that get this far are names of one
/// operator's crawl hosts, so one more would be no better than these.
const MAX_CONFIRMED: usize = 4;

/// What one answer may take. Below, servers far away couldn't answer; above,
/// nobody waits for it, and the places for look-ups would fill.
const SHORTEST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(5);

/// A whole look-up may take as long as this many answers: two are needed, and
/// as many again where a name leads to another.
const ANSWERS: u32 = 4;

/// Asks DNS servers about claims.
#[derive(Debug)]
pub(crate) struct Dns {
    resolver: TokioResolver,
    patience: Duration,
}

impl Dns {
    /// Asks `servers`, which have `timeout` for an answer.
    pub(crate) fn new(servers: &[SocketAddr], timeout: Duration) -> Result<Self, ServersError> {
        let timeout = timeout.clamp(SHORTEST, LONGEST);
        let servers = servers.iter().map(server).collect();
        let config = ResolverConfig::from_name_servers(servers);
        let mut builder = Resolver::builder_with_config(config, TokioRuntimeProvider::default());
        set(builder.options_mut(), timeout);
        let resolver = builder
            .build()
            .map_err(|error| ServersError::Resolver(error.to_string()))?;
        Ok(Self {
            resolver,
            patience: timeout * ANSWERS,
        })
    }

    /// Finds out about a claim, within a bounded time.
    pub(crate) async fn check(&self, claim: Claim) -> Outcome {
        let confirmed = tokio::time::timeout(self.patience, self.confirm(claim)).await;
        let outcome = match confirmed {
            Ok(Ok(true)) => Outcome::Verified,
            Ok(Ok(false)) => Outcome::Refuted,
            Ok(Err(_)) | Err(_) => Outcome::Failed,
        };
        // Neither the address nor the error, which has it in the name asked for.
        tracing::debug!(agent = %claim.0, ?outcome, "crawler looked up");
        outcome
    }

    async fn confirm(&self, (agent, address): Claim) -> Result<bool, NetError> {
        let Some(reverse) = found(self.resolver.reverse_lookup(address).await)? else {
            return Ok(false);
        };
        // An address in a small network may have its names by way of an alias
        // (RFC 2317), so whose they are isn't looked at.
        let names: Vec<&Name> = reverse
            .answers()
            .iter()
            .filter_map(|record| match &record.data {
                RData::PTR(name) => Some(&name.0),
                _ => None,
            })
            .collect();
        if names.len() > MAX_NAMES {
            return Ok(false);
        }
        let crawl_hosts = names.into_iter().filter(|name| {
            let labels: Vec<&[u8]> = name.iter().collect();
            agent.hosts().iter().any(|hosts| hosts.include(&labels))
        });
        for name in crawl_hosts.take(MAX_CONFIRMED) {
            if self.has(name, address).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the host of this name has the address, by a record of its own: no
    /// operator's crawl hosts are aliases, and an alias is somebody else's word.
    async fn has(&self, name: &Name, address: IpAddr) -> Result<bool, NetError> {
        let answer = match address {
            IpAddr::V4(_) => self.resolver.ipv4_lookup(name.clone()).await,
            IpAddr::V6(_) => self.resolver.ipv6_lookup(name.clone()).await,
        };
        let Some(forward) = found(answer)? else {
            return Ok(false);
        };
        Ok(forward.answers().iter().any(|record| {
            record.name.eq_ignore_root(name) && record.data.ip_addr() == Some(address)
        }))
    }
}

/// By UDP only: what doesn't fit in a datagram isn't a crawler's.
fn server(address: &SocketAddr) -> NameServerConfig {
    let mut connection = ConnectionConfig::udp();
    connection.port = address.port();
    NameServerConfig::new(address.ip(), true, vec![connection])
}

fn set(options: &mut ResolverOpts, timeout: Duration) {
    options.timeout = timeout;
    // Within the time-out a datagram is sent again by itself.
    options.attempts = 0;
    // Results are kept here, those of DNS by the servers.
    options.cache_size = 0;
    // DNS alone tells whose an address is.
    options.use_hosts_file = ResolveHosts::Never;
    // Some twenty random bits more that a forged answer would have to guess.
    options.case_randomization = true;
}

/// No such name, or no such record, is an answer; everything else is a failure.
fn found(answer: Result<Lookup, NetError>) -> Result<Option<Lookup>, NetError> {
    match answer {
        Ok(lookup) => Ok(Some(lookup)),
        Err(NetError::Dns(DnsError::NoRecordsFound(none)))
            if matches!(
                none.response_code,
                ResponseCode::NXDomain | ResponseCode::NoError
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
