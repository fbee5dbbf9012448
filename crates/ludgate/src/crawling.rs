//! Who tells search engines' crawlers from others: set up at the start, and kept
//! by reloads with what has been found out, so long as the same servers are asked
//! alike.

use anyhow::Result;
use crawlers::{Crawlers, Servers, ServersError};
use gateway::Crawling;
use tokio::runtime::Handle;

use crate::config::Config;

/// The crawlers of `config`, whose look-ups run on `runtime`: those of `before`
/// where nothing but ranges and waiting differs. Reads the system's list of
/// servers if that is asked for; where it can't, published ranges alone vouch.
pub(crate) fn crawling(
    config: &Config,
    runtime: &Handle,
    before: Option<&Crawling>,
) -> Result<Option<Crawling>> {
    let settings = &config.crawlers;
    if !settings.verify {
        return Ok(None);
    }
    let before = before.map(|before| &before.crawlers);
    let servers = servers(&settings.servers).unwrap_or_else(|error| {
        // Once, and not at every change of a story.
        if before.is_none_or(|before| !before.config().servers.is_empty()) {
            tracing::warn!("{}", in_words(&error));
        }
        Vec::new()
    });
    let wanted = crawlers::Config {
        servers,
        timeout: settings.timeout,
        keep: config.privacy.addresses,
    };
    let ranges = settings.ranges.clone();
    let crawlers = match before {
        Some(before) if *before.config() == wanted => before.with_ranges(ranges),
        _ => Crawlers::new(wanted, ranges, runtime.clone())?,
    };
    Ok(Some(Crawling {
        crawlers,
        wait: settings.wait,
    }))
}

/// What a start would warn of.
pub(crate) fn advice(config: &Config) -> Option<String> {
    let settings = &config.crawlers;
    let error = servers(&settings.servers).err()?;
    settings.verify.then(|| in_words(&error))
}

/// Nobody, where nobody is named on purpose.
fn servers(servers: &Servers) -> Result<Vec<std::net::SocketAddr>, ServersError> {
    match servers.addresses() {
        Err(ServersError::NoneListed) => Ok(Vec::new()),
        found => found,
    }
}

fn in_words(error: &ServersError) -> String {
    format!(
        "search engines' crawlers are told by published ranges only, and see walls where there \
         are none: {error}: [crawlers] dns = \"127.0.0.1:53\", or verify = false if no crawler \
         shall read on"
    )
}
