//! A DNS server, the crawlers that ask it, and words for what the tests say.

use std::net::IpAddr;
use std::time::Duration;

use ludgate_crawlers::{Agent, Config, Crawlers, Ranges, Verdict};
use tokio::runtime::Handle;

use crate::dns::{Dns, Zone, addresses, names};

pub(crate) const GOOGLEBOT: &str =
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
pub(crate) const BINGBOT: &str =
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)";

/// A crawler of Google's, and the name that its address has.
pub(crate) const CRAWLER: &str = "66.249.66.1";
pub(crate) const CRAWL_HOST: &str = "crawl-66-249-66-1.googlebot.com";

/// Longer than anything here takes, shorter than a test's patience.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Scene {
    pub(crate) dns: Dns,
    pub(crate) crawlers: Crawlers,
}

impl Scene {
    /// Crawlers whose server knows `zone`.
    pub(crate) async fn with(zone: Zone) -> Self {
        Self::start(zone, true, Duration::from_secs(5)).await
    }

    /// The same; the server doesn't reply until it is opened.
    pub(crate) async fn held(zone: Zone) -> Self {
        Self::start(zone, false, Duration::from_secs(5)).await
    }

    /// The same; whoever asks gives up soon.
    pub(crate) async fn hasty(zone: Zone) -> Self {
        Self::start(zone, true, Duration::ZERO).await
    }

    async fn start(zone: Zone, open: bool, timeout: Duration) -> Self {
        let dns = Dns::serve(zone, open).await;
        let config = Config {
            servers: vec![dns.address],
            timeout,
            keep: Duration::from_hours(24),
        };
        let crawlers = Crawlers::new(config, Ranges::default(), Handle::current());
        Self {
            dns,
            crawlers: crawlers.expect("crawlers"),
        }
    }

    /// The same crawlers with these published ranges.
    pub(crate) fn and_ranges(self, ranges: Ranges) -> Self {
        let crawlers = self.crawlers.with_ranges(ranges);
        Self { crawlers, ..self }
    }

    /// Who somebody is in the end, at a time.
    pub(crate) async fn verify_at(&self, address: &str, agent: &str, now: Duration) -> Verdict {
        let (address, agent) = claim(address, agent);
        self.crawlers.verify(address, agent, now, PATIENCE).await
    }

    pub(crate) async fn verify(&self, address: &str, agent: &str) -> Verdict {
        self.verify_at(address, agent, Duration::ZERO).await
    }

    /// Who somebody is as far as is known.
    pub(crate) fn verdict(&self, address: &str, agent: &str) -> Verdict {
        let (address, agent) = claim(address, agent);
        self.crawlers.verdict(address, agent, Duration::ZERO)
    }
}

/// Who a User-Agent claims to be, from where.
pub(crate) fn claim(address: &str, user_agent: &str) -> (IpAddr, Agent) {
    let agent = Agent::claimed_by(user_agent).expect("a claim");
    (address.parse().expect("an address"), agent)
}

pub(crate) fn crawler(name: &str) -> Verdict {
    Verdict::Crawler(Agent::named(name).expect("an agent"))
}

/// What Google's servers say about [`CRAWLER`].
pub(crate) fn google() -> Zone {
    Zone::from([
        names(CRAWLER, &[CRAWL_HOST]),
        addresses(CRAWL_HOST, &[CRAWLER]),
    ])
}
