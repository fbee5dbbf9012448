//! The crawl agents of search engines, and who claims to be one. A claim is a
//! question, never an answer.

use std::fmt;

use crate::hosts::Hosts;
use crate::known::{KNOWN, Known};

/// The longest beginning of a User-Agent that is read. The longest that an
/// operator documents has 210 bytes.
const MAX_READ: usize = 512;

/// A search engine's crawl agent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Agent(u8);

/// How many agents there are.
pub(crate) const AGENTS: usize = KNOWN.len();

/// For each byte the agents that a word may claim which begins with it, as bits.
/// Most words of a browser's User-Agent are done with at their first byte.
static INITIALS: [u16; 256] = initials();

const _: () = assert!(AGENTS <= u16::BITS as usize, "an agent has a bit");

const fn initials() -> [u16; 256] {
    let mut initials = [0; 256];
    let mut agent = 0;
    while agent < AGENTS {
        let mut word = 0;
        while word < KNOWN[agent].words.len() {
            let first = KNOWN[agent].words[word].as_bytes()[0];
            initials[first.to_ascii_lowercase() as usize] |= 1 << agent;
            initials[first.to_ascii_uppercase() as usize] |= 1 << agent;
            word += 1;
        }
        agent += 1;
    }
    initials
}

impl Agent {
    /// All agents, as they are in the table.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).take(AGENTS).map(Self)
    }

    /// The agent of a name, `googlebot` for instance, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|agent| agent.name().eq_ignore_ascii_case(name))
    }

    /// The first agent that a User-Agent claims to be. A claim is free: it says
    /// whom to ask, and nothing more.
    pub fn claimed_by(user_agent: impl AsRef<[u8]>) -> Option<Self> {
        let bytes = user_agent.as_ref();
        let bytes = &bytes[..bytes.len().min(MAX_READ)];
        let mut within_word = false;
        for (at, &byte) in bytes.iter().enumerate() {
            let candidates = INITIALS[usize::from(byte)];
            if !within_word && candidates != 0 {
                let rest = &bytes[at..];
                let mut candidates = Self::all().filter(|agent| candidates >> agent.0 & 1 == 1);
                let claimed = candidates.find(|agent| agent.begins(rest));
                if claimed.is_some() {
                    return claimed;
                }
            }
            within_word = byte.is_ascii_alphanumeric();
        }
        None
    }

    /// What configuration and logs call it.
    pub fn name(self) -> &'static str {
        self.known().name
    }

    /// Where its operator publishes the ranges of its addresses, if it does.
    pub fn ranges_at(self) -> Option<&'static str> {
        self.known().ranges
    }

    /// Its number in the table, below [`AGENTS`].
    pub(crate) fn number(self) -> usize {
        usize::from(self.0)
    }

    /// The hosts it crawls from.
    pub(crate) fn hosts(self) -> &'static [Hosts] {
        self.known().hosts
    }

    fn known(self) -> &'static Known {
        &KNOWN[self.number()]
    }

    /// Whether `text` begins with one of its words, as a whole word.
    fn begins(self, text: &[u8]) -> bool {
        self.known().words.iter().any(|word| {
            let ends = text
                .get(word.len())
                .is_none_or(|next| !next.is_ascii_alphanumeric());
            ends && text
                .get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
        })
    }
}

impl fmt::Debug for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(user_agent: &str, claimed: Option<&str>) {
        let found = Agent::claimed_by(user_agent).map(Agent::name);
        assert_eq!(found, claimed, "{user_agent}");
    }

    #[test]
    fn crawlers_are_recognised_by_what_they_call_themselves() {
        check(
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            Some("googlebot"),
        );
        check("Googlebot-Image/1.0", Some("googlebot"));
        check("GOOGLEBOT", Some("googlebot"));
        check(
            "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
            Some("bingbot"),
        );
        check(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) \
             Version/13.1.1 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)",
            Some("applebot"),
        );
        check(
            "Mozilla/5.0 (compatible; DuckDuckBot-Https/1.1; https://duckduckgo.com/duckduckbot)",
            Some("duckduckbot"),
        );
        check(
            "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
            Some("yandexbot"),
        );
        check(
            "Mozilla/5.0 (compatible; Baiduspider-render/2.0; +http://www.baidu.com/search/spider.html)",
            Some("baiduspider"),
        );
        check(
            "Mozilla/5.0 (compatible; SeznamBot/4.0; +http://napoveda.seznam.cz/seznambot-intro/)",
            Some("seznambot"),
        );
        check(
            "Mozilla/5.0 (compatible; Qwantbot-news/2.0; +https://help.qwant.com/bot/)",
            Some("qwantbot"),
        );
        check(
            "Mozilla/5.0 (compatible; MojeekBot/0.11; +https://www.mojeek.com/bot.html)",
            Some("mojeekbot"),
        );
        check(
            "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)",
            Some("yeti"),
        );
        check(
            "Mozilla/5.0 (compatible;PetalBot;+https://webmaster.petalsearch.com/site/petalbot)",
            Some("petalbot"),
        );
    }

    #[test]
    fn browsers_and_what_fetches_for_a_person_claim_nothing() {
        for user_agent in [
            "",
            "-",
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
             Chrome/141.0.0.0 Safari/537.36",
            "Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)",
            "FeedFetcher-Google; (+http://www.google.com/feedfetcher.html)",
            "AdsBot-Google (+http://www.google.com/adsbot.html)",
            "DuckAssistBot/1.2; (+http://duckduckgo.com/duckassistbot.html)",
            "Googlebots/1.0",
            "NotGooglebot/1.0",
            "Googlebo",
            "Yetis",
        ] {
            check(user_agent, None);
        }
    }

    #[test]
    fn the_first_claim_counts_and_a_late_one_is_not_read() {
        check("bingbot/2.0 (like Googlebot)", Some("bingbot"));
        check(&format!("{} Googlebot", "x".repeat(MAX_READ)), None);
        check(&format!("{}Googlebot", "é".repeat(20)), Some("googlebot"));
    }

    #[test]
    fn the_table_is_in_order() {
        for agent in Agent::all() {
            assert_eq!(Agent::named(&agent.name().to_uppercase()), Some(agent));
            assert!(
                !agent.hosts().is_empty() || agent.ranges_at().is_some(),
                "{agent}"
            );
            for hosts in agent.hosts() {
                assert!(!hosts.under.starts_with('.') && !hosts.under.ends_with('.'));
                assert!(
                    hosts.under.contains('.'),
                    "{}: a whole top level",
                    hosts.under
                );
            }
            for word in agent.known().words {
                assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
            }
        }
        assert_eq!(Agent::all().count(), AGENTS);
        assert_eq!(Agent::named("mozilla"), None);
    }

    #[test]
    fn an_operators_other_hosts_are_not_crawl_hosts() {
        for name in [
            "google-proxy-66-249-81-1.google.com",
            "rate-limited-proxy-66-249-90-77.google.com",
            "crawl-66-249-66-1.google.com",
            "107-178-194-1.gae.googleusercontent.com",
            "proxy.yandex.net",
            "vm.cloud.yandex.ru",
            "www.baidu.com",
            "mail.seznam.cz",
            "mx1.qwant.com",
            "www.apple.com",
            "exchange.msn.com",
        ] {
            let labels: Vec<&[u8]> = name.split('.').map(str::as_bytes).collect();
            for agent in Agent::all() {
                let crawls = agent.hosts().iter().any(|hosts| hosts.include(&labels));
                assert!(!crawls, "{agent}: {name}");
            }
        }
    }
}
