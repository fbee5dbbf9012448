//! Reading by an address. Whoever asks is a machine: it is known by the address
//! alone, is given no cookie, and is told no more than that there is nothing where
//! there is nothing.
//!
//! The address must not get into logs.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;
use prompts::Locale;
use store::feed_addresses::FeedReader;
use store::{StoreError, TokenHash};

use crate::gate::Feed;
use crate::limits::{Act, TooOften};
use crate::pages::Pages;
use crate::request::Request;
use crate::respond;

/// Where feeds are read, below the prefix.
const FEEDS: &str = "feeds/";

/// Whether feeds are read at `path`, below the prefix, by addresses that readers have.
pub fn is_feed_address(path: &str) -> bool {
    path.starts_with(FEEDS)
}

/// Characters of a token: 24 bytes in base64.
const TOKEN: usize = 32;

const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// Why there is no feed.
enum NoFeed {
    /// Nobody's address, or nothing there is a feed of.
    Nowhere,
    TooOften(TooOften),
    Store(StoreError),
    /// It couldn't be made.
    Gate(String),
}

impl From<StoreError> for NoFeed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<TooOften> for NoFeed {
    fn from(too_often: TooOften) -> Self {
        Self::TooOften(too_often)
    }
}

impl Pages {
    /// Answers a `GET` of a feed by its address; `None` for what else is asked.
    pub(crate) async fn by_feed_address(&self, request: &Request) -> Option<Response<Bytes>> {
        let address = request.path.strip_prefix(FEEDS)?;
        let now = (self.world.system)();
        Some(match self.read_feed(request, address, now).await {
            Ok(feed) => sent(request, feed),
            Err(why) => self.no_feed(why),
        })
    }

    async fn read_feed(
        &self,
        request: &Request,
        address: &str,
        now: Timestamp,
    ) -> Result<Feed, NoFeed> {
        let found = address.split_once('/').filter(|(token, _)| is_token(token));
        let known = match found {
            None => None,
            Some((token, place)) => {
                let hash = TokenHash::of(token.as_bytes());
                let reader = self.store.read().await?.feed_reader(hash, now).await?;
                reader.map(|reader| (hash, place, reader))
            }
        };
        let Some((hash, place, reader)) = known else {
            let from = request.address;
            self.limits.network(Act::StrangeFeed, from, now)?;
            return Err(NoFeed::Nowhere);
        };
        self.limits.account(Act::Feed, reader.account, now)?;
        self.note_use(request, hash, &reader, now).await?;
        let feed = self.gate.feed(place, reader.account.into(), request.now);
        match feed.await {
            Ok(feed) => feed.ok_or(NoFeed::Nowhere),
            Err(error) => Err(NoFeed::Gate(error)),
        }
    }

    /// Notes the day, once, and that it was used from very many networks.
    async fn note_use(
        &self,
        request: &Request,
        hash: TokenHash,
        reader: &FeedReader,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let is_spread = self.spread.note(reader.account, request.address, now);
        let is_news = !reader.is_used_today || (is_spread && !reader.is_spread_today);
        if !is_news {
            return Ok(());
        }
        let mut writing = self.store.write().await?;
        writing.use_feed_address(hash, is_spread, now).await?;
        writing.commit().await.map(drop)
    }

    fn no_feed(&self, why: NoFeed) -> Response<Bytes> {
        let (status, key, wait) = match why {
            NoFeed::Nowhere => (StatusCode::NOT_FOUND, "feeds-nowhere", None),
            NoFeed::TooOften(too_often) => {
                let seconds = HeaderValue::from(too_often.seconds());
                (
                    StatusCode::TOO_MANY_REQUESTS,
                    "feeds-too-often",
                    Some(seconds),
                )
            }
            NoFeed::Store(error) => {
                tracing::warn!(%error, "a reader's feed couldn't be seen to");
                (
                    StatusCode::SERVICE_UNAVAILABLE,
                    "feeds-later",
                    Some(respond::SOON),
                )
            }
            NoFeed::Gate(error) => {
                tracing::error!(error, "a reader's feed couldn't be made");
                (
                    StatusCode::SERVICE_UNAVAILABLE,
                    "feeds-later",
                    Some(respond::SOON),
                )
            }
        };
        // What machines say of languages is nobody's wish.
        let locale = self.settings.locales.first().cloned();
        let locale = locale.unwrap_or_else(Locale::english);
        let text = self.templates.messages().text(&locale, key, &[]);
        let mut response = Response::new(Bytes::from(format!("{text}\n")));
        *response.status_mut() = status;
        response.headers_mut().insert(header::CONTENT_TYPE, TEXT);
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, wait);
        }
        response
    }
}

fn is_token(text: &str) -> bool {
    let sign = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'_');
    text.len() == TOKEN && text.bytes().all(sign)
}

/// The feed, or that it is still the one that the machine has.
fn sent(request: &Request, feed: Feed) -> Response<Bytes> {
    let hash = blake3::hash(&feed.body).to_hex();
    let tag = format!("\"{}\"", &hash[..32]);
    let mut response = if holds(request, &tag) {
        let mut same = Response::new(Bytes::new());
        *same.status_mut() = StatusCode::NOT_MODIFIED;
        same
    } else {
        let mut whole = Response::new(feed.body);
        let kind = HeaderValue::from_static(feed.content_type);
        whole.headers_mut().insert(header::CONTENT_TYPE, kind);
        whole
    };
    if let Ok(tag) = HeaderValue::try_from(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// Whether the machine holds what has this tag (RFC 9110, section 13.1.2).
fn holds(request: &Request, tag: &str) -> bool {
    let lines = request.headers.get_all(header::IF_NONE_MATCH).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .any(|held| held == "*" || held.trim_start_matches("W/") == tag)
}
