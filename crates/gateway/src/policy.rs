//! Everything a publisher may change while the server runs, in one piece that
//! is swapped whole.

use std::sync::Arc;
use std::time::Duration;

use access::{Asked, Moment, PathPattern, Rules};
use arc_swap::ArcSwap;
use http::{HeaderName, HeaderValue};
use jiff::Timestamp;
use page::Encoding;
use prompts::{Locale, Prompts};

use crate::address::TrustedProxies;
use crate::asker::Asker;
use crate::countries::Countries;
use crate::crawling::Crawling;
use crate::gifts::Gifts;
use crate::head::Fields;
use crate::identity::ReaderCookie;
use crate::negotiate;
use crate::origin::Origin;
use crate::reserved::Asset;
use crate::site::Site;
use crate::slots::Slots;
use crate::target::{BadTarget, Target};

/// Whether the gate acts on its decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It does.
    Enforce,
    /// It decides, counts and records, and withholds nothing.
    Observe,
}

impl Mode {
    /// As it is configured.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Observe => "observe",
        }
    }
}

/// How stories are recognised and kept.
#[derive(Clone, Debug)]
pub struct Articles {
    /// How the origin's HTML is compiled.
    pub compile: page::Options,
    /// Paths that must have a story's body: without one they are refused.
    pub paths: Vec<PathPattern>,
    /// How long a compiled page is used before the origin is asked again.
    pub max_age: Duration,
    /// The query parameters that make a different page.
    pub query: Vec<Box<str>>,
}

/// The policy as configured.
pub struct PolicyParts {
    /// Who may read what.
    pub rules: Rules,
    /// Where pages come from. A part of the policy, so that the pages and how
    /// they are cut change together.
    pub origin: Arc<dyn Origin>,
    /// How stories are recognised.
    pub articles: Articles,
    /// What is known of a foreign site; `None` for the built-in publication.
    pub site: Option<Arc<Site>>,
    /// What readers are told.
    pub prompts: Arc<Prompts>,
    /// The publication's locales, the default one first.
    pub locales: Vec<Locale>,
    /// Whether `Accept-Language` chooses among them.
    pub negotiate_locale: bool,
    /// What subscribers may give to others; `None` where that is nothing.
    pub gifts: Option<Gifts>,
    /// Whether decisions are acted on.
    pub mode: Mode,
    /// Whether responses say what was decided.
    pub expose_decisions: bool,
    /// New readers a network may make in a term.
    pub fresh_readers: u32,
    /// The hours that a term lasts, 24 at most: so long is it kept, under the hash
    /// of its network, how many there were.
    pub fresh_hours: u32,
    /// What everything of ours on the readers' host lives under: `/-/`.
    pub prefix: Box<str>,
    /// The publication's own URL, scheme and host, perhaps with a port:
    /// `https://review.example`.
    pub url: Box<str>,
    /// Its host.
    pub host: Box<str>,
    /// What prompts need in a page.
    pub assets: Vec<Asset>,
    /// The address of the one with the publication's colours and letters.
    pub looks: Option<Box<str>>,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
    /// The proxy that asks whether a reader may have something and gets it from
    /// the site by itself; `None` where all goes through the gate.
    pub asker: Option<Asker>,
    /// The header in which a trusted proxy says where the reader is.
    pub country_header: Option<HeaderName>,
    /// The countries of addresses, for those that no proxy tells.
    pub countries: Option<Arc<Countries>>,
    /// How crawlers are told from others; `None` where nobody is one.
    pub crawling: Option<Crawling>,
    /// What `Strict-Transport-Security` says over secure connections.
    pub hsts: Option<HeaderValue>,
    /// The cookie for reader ids.
    pub cookie: ReaderCookie,
    /// Whether pages are sent in zstd to those who ask for it.
    pub zstd: bool,
}

/// A policy at work: the configured parts and what is derived from them.
pub(crate) struct Policy {
    /// As configured.
    pub parts: PolicyParts,
    /// What the rules want to know about a request.
    pub(crate) asked: Asked,
    /// Prompts rendered so far.
    pub(crate) slots: Slots,
    moment: ArcSwap<Moment>,
}

/// What `path` and `query` mean as an address of the publication.
pub(crate) fn addressed<'r>(
    articles: &Articles,
    site: Option<&Site>,
    path: &'r str,
    query: Option<&str>,
) -> Result<Target<'r>, BadTarget> {
    let target = Target::new(path, query, &articles.query)?;
    Ok(match site {
        // What makes a difference to stories is listed; of other pages of a
        // foreign site nobody has said it.
        Some(site) if !articles.paths.iter().any(|one| one.matches(target.path())) => {
            target.with_all_but(query, &site.noise)
        }
        _ => target,
    })
}

impl Policy {
    /// Puts the parts to work.
    pub(crate) fn new(parts: PolicyParts, now: Timestamp) -> Self {
        let moment = ArcSwap::from_pointee(parts.rules.moment(now));
        let slots = Slots::new(&parts.locales);
        Self {
            asked: Asked::by(&parts.rules),
            parts,
            slots,
            moment,
        }
    }

    /// The encoding that is sent to whoever sent `fields`.
    pub(crate) fn encoding(&self, fields: &Fields<'_>) -> Encoding {
        negotiate::encoding(fields, self.parts.zstd)
    }

    /// The windows of all meters around `now`. They change with the minute at
    /// most, so nearly every request copies what an earlier one computed.
    pub(crate) fn moment(&self, now: Timestamp) -> Moment {
        let kept = self.moment.load();
        let mut moment = Moment::clone(&kept);
        let minute = moment.minute();
        self.parts.rules.advance(&mut moment, now);
        if moment.minute() != minute {
            self.moment.store(Arc::new(moment.clone()));
        }
        moment
    }
}
