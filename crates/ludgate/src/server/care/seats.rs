//! Who sits in a subscription for several, and who comes without an invitation:
//! by the mail domain of their address, or by the network they read from.
//!
//! Only care says who does, as nobody may claim a domain or a network that isn't
//! theirs: whether it is, is found out beforehand, and said with the reason.

use std::net::IpAddr;

use anyhow::{Result, bail};
use billing::{Entrances, Who, Wish};
use commerce::subscription::{Fact, MailDomain, SeatFact, SeatHolder, Seats, Subscription};
use ipnet::IpNet;
use store::MailAddress;

use super::subscriptions::would_come;
use super::{Care, which, words};
use crate::care::{Member, SeatList, Turn, plain};

/// The most seats that are listed.
const MOST: usize = 1_000;

/// What is let in, or no longer, as it was written.
pub(super) fn whom(domains: &[String], networks: &[String]) -> Result<Entrances> {
    Ok(Entrances {
        domains: domains
            .iter()
            .map(|text| domain(text))
            .collect::<Result<_>>()?,
        networks: networks
            .iter()
            .map(|text| network(text))
            .collect::<Result<_>>()?,
    })
}

/// A domain in any script, as addresses at it are known; `@example.com` is one
/// as well.
fn domain(text: &str) -> Result<MailDomain> {
    let bare = text.trim().trim_start_matches('@');
    let wrong = || {
        let text = plain(text);
        anyhow::anyhow!("\"{text}\" is no mail domain; write what is behind the @: example.com")
    };
    // By what would be anybody's address there.
    let address = MailAddress::new(&format!("anybody@{bare}")).map_err(|_| wrong())?;
    if bare.contains('@') {
        return Err(wrong());
    }
    MailDomain::new(address.domain()).map_err(|_| wrong())
}

/// A network by its first address; an address is a network of its own.
fn network(text: &str) -> Result<IpNet> {
    let bare = text.trim();
    let found = bare
        .parse::<IpNet>()
        .or_else(|_| bare.parse::<IpAddr>().map(IpNet::from));
    let Ok(found) = found else {
        let text = plain(text);
        bail!("\"{text}\" is no network; write for example 192.0.2.0/24 or 2001:db8::/32");
    };
    if let IpNet::V6(six) = found
        && six.addr().to_ipv4_mapped().is_some()
    {
        bail!("{found} is an IPv4 network in IPv6's clothes; write it as IPv4");
    }
    Ok(found.trunc())
}

impl Care {
    /// Who sits there.
    pub(super) async fn seats(&self, named: (&str, Option<&str>)) -> Result<SeatList> {
        let mut reading = self.reading().await?;
        let found = which::subscription(&mut reading, named, |one| one.terms.seated).await?;
        let seats = &found.seats;
        let mut members = Vec::new();
        for seat in seats.seats.iter().take(MOST) {
            let account = match seat.holder {
                SeatHolder::Invited => None,
                SeatHolder::Member(account) => Some(account),
            };
            let mail = match account {
                Some(account) => reading.account(account).await?.and_then(|found| found.mail),
                None => None,
            };
            members.push(Member {
                account: account.map(|account| account.to_string()),
                mail: mail.map(|mail| mail.as_str().to_owned()),
                domain: seat.domain.as_ref().map(|one| one.as_str().to_owned()),
            });
        }
        Ok(SeatList {
            id: found.id.to_string(),
            account: found.account.to_string(),
            standing: words::standing(&found),
            seats: found.terms.quantity,
            taken: seats.taken(),
            domains: seats
                .domains
                .iter()
                .map(|one| one.as_str().to_owned())
                .collect(),
            networks: seats.networks.iter().map(ToString::to_string).collect(),
            members,
            more: seats.seats.len().saturating_sub(MOST),
        })
    }

    /// Lets in, or no longer.
    pub(super) async fn turn(
        &self,
        who: &Who,
        named: (&str, Option<&str>),
        (turn, whom): (Turn, Entrances),
        dry_run: bool,
    ) -> Result<String> {
        let mut reading = self.reading().await?;
        let found = which::subscription(&mut reading, named, |one| one.terms.seated).await?;
        drop(reading);
        let warnings = match turn {
            Turn::Add => self.doubts(&whom.networks),
            Turn::Remove => Vec::new(),
        };
        let wish = match turn {
            Turn::Add => Wish::Admit(whom),
            Turn::Remove => {
                are_there(&found, &whom)?;
                Wish::Dismiss(whom)
            }
        };
        let said = if dry_run {
            would_come(&self.billing.preview(who, found.id, &wish).await?)
        } else {
            let came = self.billing.command(who, found.id, wish).await?;
            turned(&came.facts, &came.subscription)
        };
        Ok(std::iter::once(said)
            .chain(warnings)
            .collect::<Vec<_>>()
            .join("\n"))
    }

    /// What may not be meant about networks.
    fn doubts(&self, networks: &[IpNet]) -> Vec<String> {
        let proxies = &self.running.config().server.trusted_proxies;
        let doubt = |network: &IpNet| {
            let is_among = |proxy: &IpNet| proxy.contains(network) || network.contains(proxy);
            if proxies.iter().any(is_among) {
                return Some(format!(
                    "warning: {network} has proxies of [server] trusted_proxies in it, and what \
                     comes from those is never theirs"
                ));
            }
            is_private(network.addr()).then(|| {
                format!(
                    "warning: {network} is private: readers elsewhere don't have such an address, \
                     and everybody has one where a proxy stands before the server that [server] \
                     trusted_proxies doesn't list"
                )
            })
        };
        networks.iter().filter_map(doubt).collect()
    }
}

/// Whether everything is there that is to go, lest a slip passes for done.
fn are_there(found: &Subscription, whom: &Entrances) -> Result<()> {
    let Seats {
        domains, networks, ..
    } = &found.seats;
    let domain = whom.domains.iter().find(|one| !domains.contains(one));
    let network = whom.networks.iter().find(|one| !networks.contains(one));
    let missing = domain
        .map(|one| one.as_str().to_owned())
        .or_else(|| network.map(ToString::to_string));
    match missing {
        None => Ok(()),
        Some(missing) => bail!("{} doesn't let in {missing}; {}", found.id, lets_in(found)),
    }
}

/// What came of it.
fn turned(facts: &[Fact], subscription: &Subscription) -> String {
    let already = if facts.is_empty() {
        "was so already: "
    } else {
        ""
    };
    let freed = |fact: &&Fact| matches!(fact, Fact::Seat(SeatFact::Freed { .. }));
    let lost = match facts.iter().filter(freed).count() {
        0 => String::new(),
        1 => "; 1 seat was given up".to_owned(),
        many => format!("; {many} seats were given up"),
    };
    format!(
        "{}: {already}{}; {} of {} seats are taken{lost}",
        subscription.id,
        lets_in(subscription),
        subscription.seats.taken(),
        subscription.terms.quantity
    )
}

fn lets_in(subscription: &Subscription) -> String {
    let seats = &subscription.seats;
    let domains = seats.domains.iter().map(|one| one.as_str().to_owned());
    let networks = seats.networks.iter().map(ToString::to_string);
    let all: Vec<String> = domains.chain(networks).collect();
    if all.is_empty() {
        return "it lets in nobody without an invitation".to_owned();
    }
    format!("it lets in {}", all.join(", "))
}

/// Addresses that mean another machine in every house (RFC 6890).
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => {
            let [a, b, ..] = four.octets();
            // Behind a provider's own translation (RFC 6598).
            let is_shared = a == 100 && (64..128).contains(&b);
            four.is_private()
                || four.is_loopback()
                || four.is_link_local()
                || four.is_unspecified()
                || is_shared
        }
        IpAddr::V6(six) => {
            six.is_loopback()
                || six.is_unspecified()
                || six.is_unique_local()
                || six.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_read_as_addresses_at_it_are() {
        let check = |text: &str, expected: Option<&str>| {
            let read = domain(text).ok();
            let read = read.as_ref().map(MailDomain::as_str);
            assert_eq!(read, expected, "{text}");
        };
        check("Example.COM", Some("example.com"));
        check(" @example.com", Some("example.com"));
        check("bücher.example", Some("xn--bcher-kva.example"));
        for wrong in ["", "com", "a@b.example", "*.example.com", "a b.example"] {
            check(wrong, None);
        }
    }

    #[test]
    fn a_network_is_known_by_its_first_address() {
        let check = |text: &str, expected: Option<&str>| {
            let read = network(text).ok().map(|read| read.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        };
        check("192.0.2.7/24", Some("192.0.2.0/24"));
        check("192.0.2.7", Some("192.0.2.7/32"));
        check("2001:db8::7/32", Some("2001:db8::/32"));
        check("2001:db8::7", Some("2001:db8::7/128"));
        for wrong in ["", "192.0.2.0/33", "example.com", "::ffff:192.0.2.0/120"] {
            check(wrong, None);
        }
    }

    #[test]
    fn what_is_private_everywhere_is_told_from_what_is_somebodys() {
        for private in ["10.1.0.0", "127.0.0.1", "100.64.0.0", "fd00::", "::1"] {
            assert!(is_private(private.parse().expect("one")), "{private}");
        }
        for public in ["8.8.8.8", "100.128.0.0", "2001:db8::", "172.32.0.0"] {
            assert!(!is_private(public.parse().expect("one")), "{public}");
        }
    }
}
