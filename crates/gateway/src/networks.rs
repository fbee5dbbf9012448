//! What readers of certain networks may use without an account, in memory, so
//! that no request waits for a database: a firm's or a library's subscription.
//!
//! Whoever keeps subscriptions pushes all of it whenever something in it changes
//! ([`Networks::replace`]). It holds from the next request on, and ends by itself
//! at the instant that came with it, so what isn't renewed closes though nobody
//! says so. Until it has come first, nobody is entitled by a network.
//!
//! Whose address it is, is found as for rules and budgets ([`address`](crate::address)):
//! no reader's word is taken for it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use access::{Entitlements, NetworkGrant};
use arc_swap::ArcSwap;
use ipnet::IpNet;
use jiff::Timestamp;

/// The most networks, at some two hundred bytes each: 250 subscriptions with as
/// many as one may have, or ten thousand with a handful.
const MAX_NETWORKS: usize = 1 << 16;

/// Which networks' readers are entitled to what.
#[derive(Debug, Default)]
pub struct Networks(ArcSwap<Table>);

#[derive(Debug, Default)]
struct Table {
    grants: HashMap<IpNet, Vec<Grant>>,
    /// The lengths of prefixes that occur, the longest first: at most so many
    /// look-ups, however many networks there are.
    v4: Vec<u8>,
    v6: Vec<u8>,
}

#[derive(Debug)]
struct Grant {
    entitlements: Entitlements,
    until: Option<Timestamp>,
}

/// What an address entitles to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ByNetwork {
    /// The narrowest network by which it does.
    pub(crate) network: IpNet,
    /// All that may be used.
    pub(crate) entitlements: Entitlements,
}

impl Networks {
    /// Takes all that is so in place of what was. Says how many networks there
    /// was no room for, the last ones: their readers are like any others.
    pub fn replace(&self, grants: Vec<NetworkGrant>) -> usize {
        let left_out = grants.len().saturating_sub(MAX_NETWORKS);
        let mut table = Table::default();
        for grant in grants.into_iter().take(MAX_NETWORKS) {
            let lengths = match grant.network {
                IpNet::V4(_) => &mut table.v4,
                IpNet::V6(_) => &mut table.v6,
            };
            if !lengths.contains(&grant.network.prefix_len()) {
                lengths.push(grant.network.prefix_len());
            }
            let there = table.grants.entry(grant.network.trunc()).or_default();
            there.push(Grant {
                entitlements: grant.entitlements,
                until: grant.until,
            });
        }
        for lengths in [&mut table.v4, &mut table.v6] {
            lengths.sort_unstable_by(|a, b| b.cmp(a));
        }
        self.0.store(Arc::new(table));
        left_out
    }

    /// What readers at `address` may use at `now` by its networks. Takes no lock.
    pub(crate) fn at(&self, address: IpAddr, now: Timestamp) -> Option<ByNetwork> {
        let table = self.0.load();
        let lengths = match address {
            IpAddr::V4(_) => &table.v4,
            IpAddr::V6(_) => &table.v6,
        };
        let mut found: Option<ByNetwork> = None;
        for length in lengths {
            let Ok(network) = IpNet::new(address, *length) else {
                continue;
            };
            let network = network.trunc();
            let grants = table.grants.get(&network).into_iter().flatten();
            let running = grants.filter(|grant| grant.until.is_none_or(|until| now < until));
            for grant in running {
                match &mut found {
                    Some(found) => found.entitlements = found.entitlements.and(&grant.entitlements),
                    None => {
                        found = Some(ByNetwork {
                            network,
                            entitlements: grant.entitlements.clone(),
                        });
                    }
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use access::{Entitlement, Standing};

    use super::*;

    fn now() -> Timestamp {
        "2026-11-12T03:00:00Z".parse().expect("a time")
    }

    fn grant(network: &str, name: &str, until: Option<Timestamp>) -> NetworkGrant {
        NetworkGrant {
            network: network.parse().expect("a network"),
            entitlements: Entitlements::new(vec![Entitlement {
                name: name.into(),
                standing: Standing::Paid,
                until,
            }]),
            until,
        }
    }

    fn known(networks: &Networks) -> usize {
        networks.0.load().grants.len()
    }

    /// What an address reads by, and may use of `read` and `apps`; "nobody's"
    /// where it is in no network.
    fn at(networks: &Networks, address: &str) -> String {
        let address = address.parse().expect("an address");
        let Some(found) = networks.at(address, now()) else {
            return "nobody's".to_owned();
        };
        let names = ["read", "apps"];
        let active = names
            .iter()
            .filter(|name| found.entitlements.active(name, now()));
        let active: Vec<&str> = active.copied().collect();
        format!("{} {}", found.network, active.join("+"))
    }

    #[test]
    fn an_address_uses_what_all_of_its_networks_give() {
        let networks = Networks::default();
        assert_eq!(at(&networks, "192.0.2.7"), "nobody's");
        let left_out = networks.replace(vec![
            grant("192.0.0.0/16", "read", None),
            grant("192.0.2.0/24", "apps", None),
            // Written by one of its addresses.
            grant("198.51.100.9/30", "read", None),
            grant("2001:db8::/32", "read", None),
        ]);
        assert_eq!((left_out, known(&networks)), (0, 4));
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.0/24 read+apps"),
            ("192.0.3.7", "192.0.0.0/16 read"),
            ("192.1.2.7", "nobody's"),
            ("198.51.100.8", "198.51.100.8/30 read"),
            ("198.51.100.11", "198.51.100.8/30 read"),
            ("198.51.100.12", "nobody's"),
            ("2001:db8:1::1", "2001:db8::/32 read"),
            ("2001:db9::1", "nobody's"),
            ("::ffff:192.0.2.7", "nobody's"),
        ] {
            assert_eq!(at(&networks, address), expected, "{address}");
        }
        networks.replace(Vec::new());
        assert_eq!(at(&networks, "192.0.2.7"), "nobody's");
    }

    #[test]
    fn what_has_ended_entitles_nobody_and_leaves_no_trace() {
        let networks = Networks::default();
        let later = now() + jiff::SignedDuration::from_secs(1);
        networks.replace(vec![
            grant("192.0.2.0/24", "read", Some(now())),
            grant("192.0.0.0/16", "apps", Some(later)),
        ]);
        assert_eq!(at(&networks, "192.0.2.7"), "192.0.0.0/16 apps");
        let address = "192.0.2.7".parse().expect("an address");
        assert_eq!(networks.at(address, later), None);
    }

    #[test]
    fn there_is_an_end_to_networks() {
        let networks = Networks::default();
        let one = |number: u32| {
            let address = std::net::Ipv4Addr::from(0x0b00_0000 + number);
            grant(&format!("{address}/32"), "read", None)
        };
        let many = (0..=u32::try_from(MAX_NETWORKS).expect("a few")).map(one);
        assert_eq!(networks.replace(many.collect()), 1);
        assert_eq!(known(&networks), MAX_NETWORKS);
        assert_eq!(at(&networks, "11.0.255.255"), "11.0.255.255/32 read");
        assert_eq!(at(&networks, "11.1.0.0"), "nobody's");
    }
}
