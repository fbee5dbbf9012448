//! A DNS server, the crawlers that ask it, and words for what the tests say.

use std::net::IpAddr;
use std::time::Duration;

use hickory_resolver::proto::rr::RecordType;
use ludgate_crawlers::{Agent, Config, Crawlers, Ranges, Servers, Verdict};
use tokio::runtime::Handle;

use crate::dns::{Dns, Reply, Zone, address, ptr, reverse};

pub(crate) const GOOGLEBOT: &str =
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
pub(crate) const BINGBOT: &str =
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)";
pub(crate) const FIREFOX: &str =
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

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
            servers: Servers::These(vec![dns.address]),
            timeout,
        };
        let crawlers = Crawlers::new(&config, Ranges::default(), Handle::current());
        Self {
            dns,
            crawlers: crawlers.expect("crawlers"),
        }
    }

    /// Who somebody is in the end, at a time.
    pub(crate) async fn verify_at(&self, address: &str, agent: &str, now: Duration) -> Verdict {
        let address: IpAddr = address.parse().expect("an address");
        self.crawlers
            .verify(address, Some(agent), now, PATIENCE)
            .await
    }

    pub(crate) async fn verify(&self, address: &str, agent: &str) -> Verdict {
        self.verify_at(address, agent, Duration::ZERO).await
    }

    /// Who somebody is as far as is known.
    pub(crate) fn verdict(&self, address: &str, agent: &str) -> Verdict {
        let address: IpAddr = address.parse().expect("an address");
        self.crawlers.verdict(address, Some(agent), Duration::ZERO)
    }
}

pub(crate) fn crawler(name: &str) -> Verdict {
    Verdict::Crawler(Agent::named(name).expect("an agent"))
}

/// The address has these names.
pub(crate) fn names(of: &str, names: &[&str]) -> ((String, RecordType), Reply) {
    let owner = reverse(of);
    let records = names.iter().map(|name| ptr(&owner, name)).collect();
    ((owner, RecordType::PTR), Reply::Records(records))
}

/// The name has these addresses, all of one kind.
pub(crate) fn addresses(name: &str, of: &[&str]) -> ((String, RecordType), Reply) {
    let records = of.iter().map(|found| address(name, found)).collect();
    ((name.to_owned(), kind(of[0])), Reply::Records(records))
}

/// The type of record that an address is in.
pub(crate) fn kind(address: &str) -> RecordType {
    if address.contains(':') {
        RecordType::AAAA
    } else {
        RecordType::A
    }
}

/// What Google's servers say about [`CRAWLER`].
pub(crate) fn google() -> Zone {
    Zone::from([
        names(CRAWLER, &[CRAWL_HOST]),
        addresses(CRAWL_HOST, &[CRAWLER]),
    ])
}
