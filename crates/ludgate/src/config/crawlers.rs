//! The section `[crawlers]`: who tells search engines' crawlers from others, and
//! how long a request waits for that.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ::crawlers::{Agent, MAX_SERVERS, Ranges, Servers};
use toml::Spanned;

use super::check::Check;
use super::errors::nearest;
use super::values::{self, Many};
use super::{Crawlers, raw};

/// How long a DNS server has for an answer, unless configured, and what can be.
const TIMEOUT: Duration = Duration::from_secs(2);
const SHORTEST_TIMEOUT: Duration = Duration::from_millis(100);
const LONGEST_TIMEOUT: Duration = Duration::from_secs(5);

/// How long the first request of a crawler waits, unless configured. Two answers
/// from servers at the other end of the world take less.
const WAIT: Duration = Duration::from_millis(500);

/// Nobody crawls what takes longer.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// The port of DNS.
const DNS: u16 = 53;

impl Check<'_> {
    pub(super) fn crawlers(&mut self, raw: &raw::Crawlers) -> Option<Crawlers> {
        let servers = self.dns_servers(raw.dns.as_ref());
        let timeout = self.value(
            raw.timeout.as_ref(),
            TIMEOUT,
            |text| match values::duration(text)? {
                length if (SHORTEST_TIMEOUT..=LONGEST_TIMEOUT).contains(&length) => Ok(length),
                _ => {
                    Err("a DNS server is given from \"100 ms\" to \"5 s\" for an answer".to_owned())
                }
            },
        );
        let wait = self.value(raw.wait.as_ref(), WAIT, |text| {
            match values::duration(text)? {
                length if length <= LONGEST_WAIT => Ok(length),
                _ => Err("no crawler waits longer than \"5 s\" for a page".to_owned()),
            }
        });
        let ranges = self.ranges(raw);
        let (ranges, files) = ranges?;
        Some(Crawlers {
            verify: raw.verify.unwrap_or(true),
            servers: servers?,
            timeout: timeout?,
            wait: wait?,
            ranges,
            files,
        })
    }

    fn dns_servers(&mut self, raw: Option<&Spanned<Many>>) -> Option<Servers> {
        let Some(raw) = raw else {
            return Some(Servers::System);
        };
        let list = &raw.get_ref().0;
        if let [one] = list.as_slice()
            && one == "system"
        {
            return Some(Servers::System);
        }
        if list.len() > MAX_SERVERS {
            let message =
                format!("of more than {MAX_SERVERS} DNS servers the others are never asked");
            self.wrong_with_help(raw, message, "leave some out");
            return None;
        }
        let mut servers = Vec::new();
        for one in list {
            match server(one) {
                Some(server) => servers.push(server),
                None => self.wrong_with_help(
                    raw,
                    format!("\"{one}\" is no address of a DNS server"),
                    "write IP addresses, with or without a port, for example \"127.0.0.1:53\"; \
                     or \"system\" for those in /etc/resolv.conf; or [] to ask nobody",
                ),
            }
        }
        (servers.len() == list.len()).then_some(Servers::These(servers))
    }

    /// Published ranges are read here, so that a mistake in them is found when
    /// one in this file is.
    fn ranges(&mut self, raw: &raw::Crawlers) -> Option<(Ranges, Vec<PathBuf>)> {
        let noted = self.errors.len();
        let (mut ranges, mut read) = (Ranges::default(), Vec::new());
        for (name, files) in &raw.ranges {
            let Some(agent) = Agent::named(name.get_ref()) else {
                let names: Vec<&str> = Agent::all().map(Agent::name).collect();
                let help = match nearest(name.get_ref(), names.iter().copied()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("known are {}", names.join(", ")),
                };
                let message = format!("no crawler is called \"{}\"", name.get_ref());
                self.wrong_with_help(name, message, &help);
                continue;
            };
            for file in &files.get_ref().0 {
                let path = self.folder.join(file);
                match ranges.add(agent, &path) {
                    Ok(()) => read.push(path),
                    Err(error) => self.wrong(files, error.to_string()),
                }
            }
        }
        (self.errors.len() == noted).then_some((ranges, read))
    }
}

/// An address, with or without a port.
fn server(text: &str) -> Option<SocketAddr> {
    let with_port = text.parse().ok();
    with_port.or_else(|| Some(SocketAddr::new(text.parse::<IpAddr>().ok()?, DNS)))
}
