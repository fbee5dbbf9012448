//! The ranges of addresses that operators publish, in the format that Google
//! and Bing share: `{"prefixes": [{"ipv4Prefix": "…"}, {"ipv6Prefix": "…"}]}`.
//!
//! Files are read when the caller says so, and never fetched.

use std::fs::File;
use std::io::{self, Read};
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use serde::Deserialize;

use crate::agent::{AGENTS, Agent};

/// The longest file read. The longest published has a thousand prefixes in
/// 100 kB.
const MAX_BYTES: u64 = 1 << 20;

/// The widest prefixes believed. The widest that a search engine publishes are
/// a /17 and a /29; with `0.0.0.0/0` in a file, a User-Agent would be enough.
const WIDEST_V4: u8 = 12;
const WIDEST_V6: u8 = 24;

/// The published ranges of every agent that has a file of them. Those of an agent
/// are in order and don't touch.
#[derive(Clone, Debug, Default)]
pub struct Ranges([Vec<IpNet>; AGENTS]);

/// Something is wrong with a file of ranges.
#[derive(Debug, thiserror::Error)]
#[error("{}: {fault}; download it again{}", path.display(), from(*agent))]
pub struct RangesError {
    /// The file.
    pub path: PathBuf,
    /// Whose ranges it was to have.
    pub agent: Agent,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a file of ranges.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It can't be read.
    #[error("can't be read ({0})")]
    Unreadable(io::Error),
    /// It is longer than any such file.
    #[error("is longer than {MAX_BYTES} bytes, so it isn't a list of prefixes")]
    TooLong,
    /// It isn't in the format. The error has line and column.
    #[error("isn't a list such as {{\"prefixes\": [{{\"ipv4Prefix\": \"192.0.2.0/24\"}}]}} ({0})")]
    Format(serde_json::Error),
    /// It has no prefix at all.
    #[error("has no prefixes")]
    Empty,
    /// An entry has neither kind of prefix.
    #[error("entry {0} of \"prefixes\" has neither \"ipv4Prefix\" nor \"ipv6Prefix\"")]
    Bare(usize),
    /// A prefix is wider than any crawler's.
    #[error("has the prefix {0}, which is too much of the internet to be a crawler's")]
    TooWide(IpNet),
}

fn from(agent: Agent) -> String {
    agent
        .ranges_at()
        .map(|place| format!(" from {place}"))
        .unwrap_or_default()
}

#[derive(Deserialize)]
struct Published {
    prefixes: Vec<Prefix>,
}

/// An entry. Operators may say more about it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Prefix {
    ipv4_prefix: Option<Ipv4Net>,
    ipv6_prefix: Option<Ipv6Net>,
}

impl Ranges {
    /// Reads a file of an agent's. Several files for one agent add up; one with
    /// something wrong in it adds nothing. Waits for the disk.
    pub fn add(&mut self, agent: Agent, path: &Path) -> Result<(), RangesError> {
        let found = read(path)
            .and_then(|text| parse(&text))
            .map_err(|fault| RangesError {
                path: path.to_owned(),
                agent,
                fault,
            })?;
        let nets = &mut self.0[agent.number()];
        nets.extend(found);
        *nets = IpNet::aggregate(nets);
        nets.sort_unstable_by_key(IpNet::network);
        Ok(())
    }

    /// Whether `address` is in the ranges of `agent`.
    pub(crate) fn contain(&self, agent: Agent, address: IpAddr) -> bool {
        let nets = &self.0[agent.number()];
        let after = nets.partition_point(|net| net.network() <= address);
        after
            .checked_sub(1)
            .and_then(|at| nets.get(at))
            .is_some_and(|net| net.contains(&address))
    }
}

fn read(path: &Path) -> Result<String, Fault> {
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_string(&mut text))
        .map_err(Fault::Unreadable)?;
    if text.len() as u64 > MAX_BYTES {
        return Err(Fault::TooLong);
    }
    Ok(text)
}

fn parse(text: &str) -> Result<Vec<IpNet>, Fault> {
    let published: Published = serde_json::from_str(text).map_err(Fault::Format)?;
    let mut nets = Vec::with_capacity(published.prefixes.len());
    for (at, prefix) in published.prefixes.iter().enumerate() {
        let v4 = prefix.ipv4_prefix.map(IpNet::V4);
        let v6 = prefix.ipv6_prefix.map(IpNet::V6);
        if v4.is_none() && v6.is_none() {
            return Err(Fault::Bare(at + 1));
        }
        nets.extend(v4.into_iter().chain(v6));
    }
    let wide = nets.iter().find(|net| {
        let widest = if net.addr().is_ipv4() {
            WIDEST_V4
        } else {
            WIDEST_V6
        };
        net.prefix_len() < widest
    });
    match wide {
        Some(net) => Err(Fault::TooWide(*net)),
        None if nets.is_empty() => Err(Fault::Empty),
        None => Ok(nets),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agent(name: &str) -> Agent {
        Agent::named(name).expect("an agent")
    }

    /// The ranges of a Googlebot whose file holds `text`.
    fn load(text: &str) -> Result<Ranges, RangesError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("googlebot.json");
        std::fs::write(&path, text).expect("written");
        let mut ranges = Ranges::default();
        ranges.add(agent("googlebot"), &path).map(|()| ranges)
    }

    #[test]
    fn addresses_in_a_published_prefix_are_the_agents_and_no_others() {
        let ranges = load(
            r#"{"creationTime": "2026-01-01T00:00:00", "prefixes": [
                {"ipv4Prefix": "66.249.64.32/27"},
                {"ipv6Prefix": "2001:4860:4801:10::/64", "service": "x"},
                {"ipv4Prefix": "66.249.64.0/27"},
                {"ipv4Prefix": "66.249.64.16/28"},
                {"ipv4Prefix": "192.178.5.7/32"}]}"#,
        );
        let ranges = ranges.expect("ranges");
        let rows = [
            ("66.249.64.0", true),
            ("66.249.64.63", true),
            ("66.249.64.64", false),
            ("66.249.63.255", false),
            ("192.178.5.7", true),
            ("192.178.5.8", false),
            ("0.0.0.0", false),
            ("255.255.255.255", false),
            ("2001:4860:4801:10::1", true),
            ("2001:4860:4801:10:ffff:ffff:ffff:ffff", true),
            ("2001:4860:4801:11::", false),
            ("::", false),
        ];
        for (address, contained) in rows {
            let address = address.parse().expect("an address");
            assert_eq!(
                ranges.contain(agent("googlebot"), address),
                contained,
                "{address}"
            );
            assert!(!ranges.contain(agent("bingbot"), address), "{address}");
        }
        let address = "66.249.64.1".parse().expect("an address");
        assert!(!Ranges::default().contain(agent("googlebot"), address));
    }

    #[test]
    fn several_files_for_one_agent_add_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = ["192.0.2.0/24", "198.51.100.0/24"].map(|prefix| {
            let path = folder.path().join(prefix.replace('/', "-"));
            let text = format!(r#"{{"prefixes": [{{"ipv4Prefix": "{prefix}"}}]}}"#);
            std::fs::write(&path, text).expect("written");
            path
        });
        let mut ranges = Ranges::default();
        for path in files {
            ranges.add(agent("bingbot"), &path).expect("ranges");
        }
        let nowhere = ranges.add(agent("bingbot"), Path::new("/nowhere"));
        assert!(nowhere.is_err(), "and takes nothing away");
        for address in ["192.0.2.1", "198.51.100.1"] {
            assert!(ranges.contain(agent("bingbot"), address.parse().expect("an address")));
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_with_its_name_and_what_to_do() {
        let many = format!(r#"{{"prefixes": [{}]}}"#, " ".repeat(1 << 20));
        let rows = [
            ("", "line 1 column 0"),
            ("<html>", "line 1 column 1"),
            ("{}", "missing field `prefixes`"),
            (r#"{"prefixes": []}"#, "has no prefixes"),
            (
                r#"{"prefixes": [{"ipv4Prefix": "192.0.2.0/33"}]}"#,
                "line 1 column 43",
            ),
            (
                r#"{"prefixes": [{"ipv4Prefix": "2001:db8::/32"}]}"#,
                "line 1 column 44",
            ),
            (
                r#"{"prefixes": [{"ipv4Prefix": "192.0.2.0/24"}, {"cidr": "x"}]}"#,
                "entry 2",
            ),
            (
                r#"{"prefixes": [{"ipv4Prefix": "0.0.0.0/0"}]}"#,
                "0.0.0.0/0",
            ),
            (r#"{"prefixes": [{"ipv6Prefix": "2000::/3"}]}"#, "2000::/3"),
            (&many, "longer than 1048576 bytes"),
        ];
        for (text, expected) in rows {
            let error = load(text).expect_err(expected).to_string();
            assert!(error.contains(expected), "{error}");
            assert!(error.contains("googlebot.json: "), "{error}");
            assert!(
                error.contains("; download it again from https://"),
                "{error}"
            );
        }
        let error = Ranges::default().add(agent("yeti"), Path::new("/nowhere/yeti.json"));
        let error = error.expect_err("no file").to_string();
        assert!(
            error.starts_with("/nowhere/yeti.json: can't be read"),
            "{error}"
        );
    }
}
