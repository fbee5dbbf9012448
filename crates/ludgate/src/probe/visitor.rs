//! Asking a site as a polite stranger: one thing at a time, with a pause, by
//! name, and only so much of everything.

use std::io::{IsTerminal, Read, Write};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use bytes::{Bytes, BytesMut};
use flate2::read::MultiGzDecoder;
use http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use http_body_util::BodyExt;
use upstream::{Body, Patience, Received, Route, Settings, Upstream};

use super::home::Home;
use super::nothing::Nothing;
use crate::world;

/// The most bytes read of one answer, compressed or not: feeds with fifty whole
/// stories are below one megabyte.
const MOST: usize = 4 << 20;

/// Redirects followed for one address: from http to https, to the slash at the
/// end, to the new address of a story.
const REDIRECTS: usize = 5;

/// Requests in all, whatever they are for: pages, maps, feeds and other doors.
const REQUESTS: usize = 200;

/// Bytes read in all, which are kept until the end: twenty pages of the largest
/// sites have ten million.
const ALTOGETHER: usize = 64 << 20;

/// Nothing is waited for longer than this.
const WAIT: Duration = Duration::from_secs(15);

/// Who asks.
const NAME: &str = concat!("Ludgate/", env!("CARGO_PKG_VERSION"), " (ludgate probe)");

/// How much time a visit may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Between two requests.
    pub(crate) pause: Duration,
    /// For the whole visit.
    pub(crate) time: Duration,
}

/// What a site has answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Path and query that were asked for in the end.
    pub(crate) place: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// As it came, perhaps compressed.
    pub(crate) body: Bytes,
    /// Whether that is all of it.
    pub(crate) is_whole: bool,
}

/// Who visits a site.
pub(crate) struct Visitor {
    home: Home,
    host: Option<HeaderValue>,
    upstream: Upstream,
    pace: Pace,
    began: Duration,
    asked: usize,
    read: usize,
    ran_out: bool,
    tells: bool,
}

impl Answer {
    /// The media type, in lower case, without its parameters.
    pub(crate) fn media(&self) -> String {
        let line = self.content_type();
        let essence = line.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }

    /// The charset that the media type names.
    pub(crate) fn charset(&self) -> Option<&str> {
        self.content_type().split(';').skip(1).find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let is_charset = name.trim().eq_ignore_ascii_case("charset");
            is_charset.then(|| value.trim().trim_matches('"'))
        })
    }

    fn content_type(&self) -> &str {
        let line = self.headers.get(header::CONTENT_TYPE);
        line.and_then(|line| line.to_str().ok()).unwrap_or_default()
    }

    pub(crate) fn is_html(&self) -> bool {
        matches!(self.media().as_str(), "text/html" | "application/xhtml+xml")
    }

    /// The body without its compression, as far as it was read.
    pub(crate) fn plain(&self) -> Bytes {
        let coding = self.headers.get(header::CONTENT_ENCODING);
        if coding.is_none_or(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"gzip")) {
            return self.body.clone();
        }
        let mut out = Vec::new();
        // What breaks off is looked at as far as it goes.
        let _ = MultiGzDecoder::new(&*self.body)
            .take(MOST as u64)
            .read_to_end(&mut out);
        out.into()
    }

    /// The same as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.plain()).into_owned()
    }
}

impl Visitor {
    /// Somebody who visits `home`, and tells it that it is called `host`, where
    /// that is something else than its address says.
    pub(crate) fn new(mut home: Home, host: Option<&str>, pace: Pace) -> Result<Self> {
        if let Some(host) = host {
            home.calls_itself(&format!("http://{host}"));
        }
        let host = host
            .map(|host| HeaderValue::from_str(host).context("--host is no host's name"))
            .transpose()?;
        Ok(Self {
            upstream: upstream(&home, host.as_ref())?,
            home,
            host,
            pace,
            began: world::elapsed(),
            asked: 0,
            read: 0,
            ran_out: false,
            tells: std::io::stderr().is_terminal(),
        })
    }

    pub(crate) fn home(&self) -> &Home {
        &self.home
    }

    /// Requests so far.
    pub(crate) fn asked(&self) -> usize {
        self.asked
    }

    /// Whether anything was left unasked for want of time.
    pub(crate) fn ran_out(&self) -> bool {
        self.ran_out
    }

    /// What the site is told that it is called, where that was said.
    pub(crate) fn host(&self) -> Option<String> {
        let host = self.host.as_ref()?.to_str().ok()?;
        Some(host.to_owned())
    }

    /// Believes what the site calls itself.
    pub(crate) fn believe(&mut self, url: &str) {
        self.home.calls_itself(url);
    }

    /// Asks for a path and query, and follows the site's own redirects.
    pub(crate) async fn get(&mut self, place: &str) -> Result<Answer, Nothing> {
        let mut place = place.to_owned();
        for _ in 0..=REDIRECTS {
            let answer = self.ask(&place).await?;
            self.read += answer.body.len();
            self.tell(&answer);
            let Some(link) = leads_to(&answer) else {
                return Ok(answer);
            };
            let Some(next) = self.home.place(&place, &link) else {
                return Err(Nothing::Elsewhere(link));
            };
            if let Some(https) = self.home.scheme_of(&link)
                && https != self.home.is_https()
            {
                self.move_to(https)?;
            } else if next == place {
                return Err(if link.contains("://") {
                    Nothing::Elsewhere(link)
                } else {
                    Nothing::Circle
                });
            }
            place = next;
        }
        Err(Nothing::Circle)
    }

    /// The same host, over TLS or not: the site has said that it is there.
    fn move_to(&mut self, https: bool) -> Result<(), Nothing> {
        let home = self.home.with_scheme(https);
        let moved = upstream(&home, self.host.as_ref());
        self.upstream = moved.map_err(|error| Nothing::BrokeOff(format!("{error:#}")))?;
        self.home = home;
        Ok(())
    }

    async fn ask(&mut self, place: &str) -> Result<Answer, Nothing> {
        let left = self.left();
        if left.is_zero() || self.asked >= REQUESTS || self.read >= ALTOGETHER {
            self.ran_out = true;
            return Err(Nothing::Enough);
        }
        if self.asked > 0 {
            tokio::time::sleep(self.pace.pause.min(left)).await;
        }
        self.asked += 1;
        let wait = self.left().min(WAIT);
        let request = request(place).map_err(Nothing::BrokeOff)?;
        let exchange = async {
            let answer = self.upstream.send(request, world::elapsed()).await;
            let (head, body) = answer.map_err(Nothing::Failed)?.into_parts();
            let (body, is_whole) = read(body).await.map_err(Nothing::BrokeOff)?;
            Ok(Answer {
                place: place.to_owned(),
                status: head.status,
                headers: head.headers,
                body,
                is_whole,
            })
        };
        match tokio::time::timeout(wait, exchange).await {
            Ok(answer) => answer,
            Err(_) if wait < WAIT => {
                self.ran_out = true;
                Err(Nothing::Enough)
            }
            Err(_) => Err(Nothing::BrokeOff(format!(
                "it wasn't all there after {WAIT:?}"
            ))),
        }
    }

    /// The time that is left.
    fn left(&self) -> Duration {
        let gone = world::elapsed().saturating_sub(self.began);
        self.pace.time.saturating_sub(gone)
    }

    /// A line for who waits.
    fn tell(&self, answer: &Answer) {
        if self.tells {
            let size = answer.body.len().div_ceil(1024);
            // A terminal that has gone away is no reason to stop.
            let _ = writeln!(
                anstream::stderr(),
                "{:>4}  {}  {size:>5} KB  {}",
                self.asked,
                answer.status.as_u16(),
                answer.place
            );
        }
    }
}

fn upstream(home: &Home, host: Option<&HeaderValue>) -> Result<Upstream> {
    let Ok(server) = home.to_string().parse() else {
        bail!("{home} is no address of a site");
    };
    Ok(Upstream::new(Settings {
        routes: vec![Route {
            paths: Vec::new(),
            servers: vec![server],
            host: host.cloned(),
        }],
        patience: Patience {
            first_byte: WAIT,
            stall: WAIT,
            ..Patience::default()
        },
        connections: 1,
        secret: None,
        authorities: None,
        certificate_name: None,
    })?)
}

fn request(place: &str) -> Result<Request<Body>, String> {
    let name = HeaderValue::from_static(NAME);
    let anything = HeaderValue::from_static("text/html,application/xhtml+xml,*/*;q=0.8");
    let mut request = Request::new(upstream::empty());
    *request.uri_mut() = place.parse().map_err(|_| format!("{place} is no path"))?;
    request.headers_mut().insert(header::USER_AGENT, name);
    request.headers_mut().insert(header::ACCEPT, anything);
    request
        .headers_mut()
        .insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    Ok(request)
}

/// The body up to the most that is read, and whether that is all of it.
async fn read(mut body: Received) -> Result<(Bytes, bool), String> {
    let mut all = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| error.to_string())?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        let room = MOST - all.len();
        if data.len() > room {
            all.extend_from_slice(data.get(..room).unwrap_or_default());
            return Ok((all.freeze(), false));
        }
        all.extend_from_slice(&data);
    }
    Ok((all.freeze(), true))
}

/// Where a redirect leads.
fn leads_to(answer: &Answer) -> Option<String> {
    if !answer.status.is_redirection() {
        return None;
    }
    let link = answer.headers.get(header::LOCATION)?;
    Some(String::from_utf8_lossy(link.as_bytes()).into_owned())
}
