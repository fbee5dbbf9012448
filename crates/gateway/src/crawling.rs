//! Identifying who says that they are a search engine's crawler.
//!
//! Only who says so is looked at, and only who says so ever waits: a browser
//! costs one pass over its User-Agent. Whether it is so is for [`crawlers`] to
//! find out; what a crawler may see is for `access` to decide.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use access::ReaderKind;
use crawlers::{Agent, Crawlers, Verdict};
use http::header;

use crate::gate::Gate;
use crate::head::Fields;
use crate::policy::PolicyParts;
use crate::visitor::Visitor;

/// How crawlers are told from others.
#[derive(Clone)]
pub struct Crawling {
    /// Who tells.
    pub crawlers: Crawlers,
    /// How long a request waits for a look-up that isn't over; meanwhile its
    /// sender is anybody.
    pub wait: Duration,
}

impl fmt::Debug for Crawling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crawling({:?})", self.crawlers)
    }
}

/// What somebody says that they are, from where.
pub(crate) struct Claim<'a> {
    crawling: &'a Crawling,
    agent: Agent,
    address: IpAddr,
}

/// What the visitor says that they are, if that is a crawler. Whose address isn't
/// known is none, and staff need not be one.
pub(crate) fn claim<'a>(
    parts: &'a PolicyParts,
    fields: &Fields<'_>,
    visitor: &Visitor,
) -> Option<Claim<'a>> {
    let crawling = parts.crawling.as_ref()?;
    let agent = Agent::claimed_by(fields.all(&header::USER_AGENT).next()?)?;
    let address = visitor.address?;
    let may_be = visitor.reader.kind != ReaderKind::Staff;
    may_be.then_some(Claim {
        crawling,
        agent,
        address,
    })
}

impl Gate {
    /// Whether a claim is true. Waits for a look-up, so long as is configured.
    pub(crate) async fn is_true(&self, claim: Claim<'_>) -> bool {
        let Claim {
            crawling: Crawling { crawlers, wait },
            agent,
            address,
        } = claim;
        let now = (self.world().elapsed)();
        let verdict = if wait.is_zero() {
            crawlers.verdict(address, agent, now)
        } else {
            crawlers.verify(address, agent, now, *wait).await
        };
        self.metrics().claimed(verdict);
        matches!(verdict, Verdict::Crawler(_))
    }

    /// Who tells crawlers from others, where anybody does.
    pub fn crawlers(&self) -> Option<Crawlers> {
        let (_, policy) = self.policy();
        let crawling = policy.parts.crawling.as_ref()?;
        Some(crawling.crawlers.clone())
    }

    /// Forgets the addresses that have been kept for as long as they may be.
    pub fn forget_addresses(&self) {
        if let Some(crawlers) = self.crawlers() {
            crawlers.forget((self.world().elapsed)());
        }
    }
}
