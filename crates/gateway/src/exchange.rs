//! Reaching a foreign site: which requests are answered with what is kept for
//! everybody, and which are passed on as one reader's own.
//!
//! A page is first asked for as by nobody. Only of what is known to be no story
//! does a reader whom the site knows get the site's own answer to them; a story
//! is never asked for with anybody's cookies. Staff see the site as it is.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

use crate::body::Body;
use crate::forward;
use crate::gate::{Asked, Gate, Link};
use crate::head::{Fields, Head};
use crate::origin::{OriginRequest, OriginResponse};
use crate::pages::{Content, Finding, Found, Glance, Made, NoPage, Passing, tales};
use crate::policy::{Mode, Policy};
use crate::respond;
use crate::site::Site;
use crate::target::Target;
use crate::trailers::Trailers;
use crate::tunnel;

/// A request to a foreign site.
pub(crate) struct Reach<'a> {
    pub(crate) site: &'a Arc<Site>,
    pub(crate) policy: &'a Policy,
    pub(crate) target: &'a Target<'a>,
    pub(crate) request: &'a Head<'a>,
    pub(crate) how: Finding<'a>,
}

/// What came of it.
pub(crate) enum Reached {
    /// A page, to be decided upon where it is a story.
    Page(Arc<crate::pages::Page>),
    /// A response that is ready.
    Response(Box<Response<Body>>, Option<NoPage>),
}

impl Reached {
    /// Of an answer that passes by.
    pub(crate) fn passing(passing: Passing) -> Self {
        let trailers = if passing.observes {
            Trailers::AsTheyCome
        } else {
            Trailers::Short
        };
        let response = respond::relay(passing.answer, trailers);
        Self::Response(Box::new(response), passing.held)
    }

    fn ready(response: Response<Body>) -> Self {
        Self::Response(Box::new(response), None)
    }

    /// Why it would be kept back, where it goes out only because the gate
    /// observes.
    pub(crate) fn held(&self) -> Option<NoPage> {
        match self {
            Self::Page(page) => page.held,
            Self::Response(_, held) => *held,
        }
    }
}

impl Reach<'_> {
    /// Reaches the site.
    pub(crate) async fn answer(&self, gate: &Gate, asked: &mut Asked) -> Result<Reached, NoPage> {
        let Self {
            site,
            policy,
            target,
            request,
            ..
        } = *self;
        if forward::has_passed_a_gate(&request.fields) {
            tracing::error!(
                path = target.path(),
                "a request has come back to the gate that asked it: [origin] url leads to the gate; \
                 let it lead to the site itself"
            );
            return Err(NoPage::Origin);
        }
        if gate.is_staff(policy, &request.fields) {
            return self.as_it_is(gate, asked).await;
        }
        let is_closed = site.is_closed(target.path(), target.query());
        if is_closed && policy.parts.mode == Mode::Enforce {
            return Err(NoPage::Closed);
        }
        let reached = self.for_a_reader(gate, asked).await?;
        let held = is_closed.then_some(NoPage::Closed).or(reached.held());
        if let Some(why) = held {
            gate.would_refuse(request, why);
        }
        Ok(reached)
    }

    async fn for_a_reader(&self, gate: &Gate, asked: &mut Asked) -> Result<Reached, NoPage> {
        let Self {
            site,
            target,
            request,
            ..
        } = *self;
        if let Some(protocol) = self.protocol() {
            return self.upgraded(gate, asked, protocol).await;
        }
        let is_own = !matches!(request.method, Method::GET | Method::HEAD)
            || asked.body.is_some()
            || request.fields.all(&header::AUTHORIZATION).next().is_some()
            || site.is_personal(target.path());
        if is_own {
            return self.own(gate, asked).await;
        }
        let is_known = site.knows(&request.fields);
        let glance = gate.pages().glance(target, &request.fields, self.how);
        let has_part = request.fields.all(&header::RANGE).next().is_some();
        let is_new = match glance {
            Glance::Nothing => true,
            // Too large to be kept, as a rule; who is known asks for themselves.
            Glance::Apart => !is_known,
            Glance::Page | Glance::Other => false,
        };
        if has_part
            && is_new
            && let Some(part) = self.part(gate).await?
        {
            return if is_known {
                self.own(gate, asked).await
            } else {
                Ok(part)
            };
        }
        if is_known && matches!(glance, Glance::Apart | Glance::Page) {
            return self.own(gate, asked).await;
        }
        let fields = &request.fields;
        match gate.pages().find(target, fields, self.how).await? {
            Found::Page(page) => {
                // One that is held is a page that couldn't be taken apart.
                let is_html = matches!(page.content, Content::Html(..)) || page.held.is_some();
                if is_known && is_html && page.story().is_none() {
                    return self.own(gate, asked).await;
                }
                Ok(Reached::Page(page))
            }
            Found::Streams(_) if is_known => self.own(gate, asked).await,
            Found::Streams(passing) => Ok(Reached::passing(*passing)),
        }
    }

    /// A part of what isn't known yet, asked for as by nobody: of something
    /// large, as a rule. `None` where it turns out to be of a page, of which
    /// there are no parts.
    async fn part(&self, gate: &Gate) -> Result<Option<Reached>, NoPage> {
        let (path, query) = (self.target.path(), self.target.query());
        let request = OriginRequest {
            headers: forward::for_a_part(self.site, &self.request.fields),
            ..OriginRequest::get(path, query, self.how.now)
        };
        match gate.pages().exchange(self.target, request, self.how).await {
            Ok(Made::Streams(passing)) => Ok(Some(Reached::passing(*passing))),
            Ok(Made::Page(..)) | Err(NoPage::Part) => Ok(None),
            Err(why) => Err(why),
        }
    }

    /// The site's own answer to this reader. A part of a page can't be judged:
    /// where one comes for want of all of it, all of it is asked for.
    async fn own(&self, gate: &Gate, asked: &mut Asked) -> Result<Reached, NoPage> {
        let request = self.to_the_site(asked);
        let has_part = request.headers.contains_key(header::RANGE);
        let again = (has_part && request.body.is_none() && request.method == Method::GET)
            .then(|| whole(&request));
        let pages = gate.pages();
        let made = match pages.exchange(self.target, request, self.how).await {
            Err(NoPage::Part) if let Some(again) = again => {
                pages.exchange(self.target, again, self.how).await?
            }
            made => made?,
        };
        Ok(match made {
            Made::Page(page, _) => Reached::Page(page),
            Made::Streams(passing) => Reached::passing(*passing),
        })
    }

    /// The site as it is, for staff: neither cut nor kept, and for nobody else
    /// to keep.
    async fn as_it_is(&self, gate: &Gate, asked: &mut Asked) -> Result<Reached, NoPage> {
        if let Some(protocol) = wanted(&self.request.fields) {
            return self.upgraded(gate, asked, protocol).await;
        }
        let mut request = self.to_the_site(asked);
        forward::with_the_method_meant(&mut request.headers, &self.request.fields);
        let is_change = !matches!(request.method, Method::GET | Method::HEAD);
        let answer = self.how.ask(request).await?;
        if is_change && !answer.status.is_client_error() {
            gate.pages().has_changed(self.target);
        }
        let mut response = respond::relay(answer, Trailers::AsTheyCome);
        let headers = response.headers_mut();
        forward::drop_for_caches_between(headers);
        headers.insert(header::CACHE_CONTROL, respond::PRIVATE);
        Ok(Reached::ready(response))
    }

    /// The reader's request as the site gets it.
    fn to_the_site(&self, asked: &mut Asked) -> OriginRequest<'_> {
        let proxies = &self.policy.parts.trusted_proxies;
        let client = proxies.client(asked.link.address, &self.request.fields);
        OriginRequest {
            method: self.request.method.clone(),
            headers: forward::for_one(self.site, &self.request.fields, client),
            body: asked.body.take(),
            ..OriginRequest::get(self.target.path(), self.target.query(), asked.now)
        }
    }

    /// The protocol that the connection shall speak from now on, where it may.
    fn protocol(&self) -> Option<HeaderValue> {
        let protocol = wanted(&self.request.fields)?;
        self.site
            .may_upgrade(self.target.path())
            .then_some(protocol)
    }

    async fn upgraded(
        &self,
        gate: &Gate,
        asked: &mut Asked,
        protocol: HeaderValue,
    ) -> Result<Reached, NoPage> {
        let mut request = self.to_the_site(asked);
        forward::for_an_upgrade(&mut request.headers, protocol);
        let mut answer = self.how.ask(request).await?;
        let ends = (asked.upgrade.take(), answer.upgrade.take());
        let (true, (Some(reader), Some(site))) =
            (answer.status == StatusCode::SWITCHING_PROTOCOLS, ends)
        else {
            // The site won't: then nothing of what it says instead is needed.
            return Err(NoPage::Origin);
        };
        if !self.how.observes {
            tales::leave_out(&mut answer.headers);
        }
        let room = gate.tunnels().try_acquire_owned();
        let room = room.map_err(|_| NoPage::Busy)?;
        let activity = asked.activity.take();
        tokio::spawn(tunnel::join(reader, site, activity, room));
        Ok(Reached::ready(switched(&answer)))
    }
}

/// The same request, which brings nothing, for all of what is there.
fn whole<'a>(request: &OriginRequest<'a>) -> OriginRequest<'a> {
    let mut headers = request.headers.clone();
    headers.remove(header::RANGE);
    headers.remove(header::IF_RANGE);
    OriginRequest {
        headers,
        ..OriginRequest::get(request.path, request.query, request.now)
    }
}

/// The protocol that the request wants to speak.
fn wanted(fields: &Fields<'_>) -> Option<HeaderValue> {
    let is_asked = fields.all(&header::CONNECTION).any(|line| {
        line.split(|&byte| byte == b',')
            .any(|word| word.trim_ascii().eq_ignore_ascii_case(b"upgrade"))
    });
    let protocol = fields.text(&header::UPGRADE)?;
    let is_known = protocol.trim().eq_ignore_ascii_case("websocket");
    (is_asked && is_known).then(|| HeaderValue::from_static("websocket"))
}

fn switched(answer: &OriginResponse) -> Response<Body> {
    let mut response = Response::new(Body::default());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let mut headers: HeaderMap = answer
        .headers
        .iter()
        .filter(|(name, _)| !forward::stays_here(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    *response.headers_mut() = headers;
    response
}

impl Asked {
    /// Of a plain request, which brings nothing.
    pub(crate) fn plain(link: Link, now: jiff::Timestamp, is_admitted: bool) -> Self {
        Self {
            link,
            now,
            is_admitted,
            body: None,
            upgrade: None,
            activity: None,
        }
    }
}
