//! Forward authorisation: a proxy asks whether a reader may have something, and
//! gets it from the site by itself.
//!
//! The same phases as of a request that goes through the gate, without the
//! bytes. What the site will answer can't be looked at here, so only what it has
//! answered to nobody in particular counts: a request that may be answered in
//! another way is refused, and has to go through the gate itself. Refused is
//! also what the gate would have to change, such as a feed.
//!
//! `200` means that the proxy may get it, `403` that it mustn't. With a `403`
//! comes what the gate would have sent, for proxies that pass that on.

use std::net::IpAddr;

use access::Outcome;
use http::{HeaderValue, Method, Response, StatusCode, header};
use page::CompiledPage;

use super::judging::Read;
use super::{Gate, normalise};
use crate::asker::{Asker, Original};
use crate::body::Body;
use crate::forward;
use crate::head::Head;
use crate::media::Media;
use crate::metrics::{Authorized, Phase, Stopwatch};
use crate::pages::{Content, Finding, Found, NoPage, Page};
use crate::policy::{Mode, Policy};
use crate::refused::Refused;
use crate::respond::{self, refusal};
use crate::site::Site;
use crate::target::Target;

/// Where the question is asked, below the prefix.
pub(crate) const AUTHORIZE: &str = "authorize";

/// Why a question isn't answered with yes.
enum No {
    /// With what the gate sends instead.
    Instead(Box<Response<Body>>),
    /// Because only the gate itself can answer.
    GateOnly,
}

impl Gate {
    /// Answers a proxy that asks about a reader's request.
    pub(super) async fn authorize(
        &self,
        asking: &Head<'_>,
        policy: &Policy,
        how: Finding<'_>,
        peer: Option<IpAddr>,
        watch: &mut Stopwatch<'_>,
    ) -> Response<Body> {
        let Some(asker) = policy.parts.asker else {
            return refusal(
                StatusCode::NOT_FOUND,
                "Nobody may ask here",
                "If you run this site: [gate] forward_auth names the proxy that asks.",
            );
        };
        let original = match self.question(asker, asking, policy, peer) {
            Ok(original) => original,
            Err(response) => return *response,
        };
        let request = Head {
            method: original.method,
            version: asking.version,
            path: original.path,
            query: original.query,
            fields: asking.fields.iter().collect(),
            bare: false,
        };
        let mut response = match self.admits(&request, policy, how, peer, watch).await {
            Ok(response) => {
                self.metrics.authorized(Authorized::Yes);
                return response;
            }
            Err(No::Instead(response)) => {
                self.metrics.authorized(Authorized::No);
                *response
            }
            Err(No::GateOnly) => {
                self.metrics.authorized(Authorized::GateOnly);
                refusal(
                    StatusCode::FORBIDDEN,
                    "This can’t be shown this way",
                    "If you run this site: requests like this one have to go through the gate.",
                )
            }
        };
        *response.status_mut() = StatusCode::FORBIDDEN;
        response
    }

    /// What is asked, where it is asked as it should be.
    fn question<'a>(
        &self,
        asker: Asker,
        asking: &Head<'a>,
        policy: &Policy,
        peer: Option<IpAddr>,
    ) -> Result<Original<'a>, Box<Response<Body>>> {
        let refuse = |why: &str| {
            self.refused(asking, Refused::Authorize);
            let what = "That can’t be asked";
            Box::new(refusal(StatusCode::FORBIDDEN, what, why))
        };
        let proxies = &policy.parts.trusted_proxies;
        if !peer.is_some_and(|peer| proxies.trusts(peer)) {
            return Err(refuse(
                "Only a proxy may ask here that [server] trusted_proxies lists.",
            ));
        }
        if forward::has_passed_a_gate(&asking.fields) {
            tracing::error!(
                "[origin] url leads back to the proxy that asks the gate; let it lead to the site"
            );
            return Err(refuse("[origin] url has to lead to the site itself."));
        }
        let address = format!("{}{AUTHORIZE}", policy.parts.prefix);
        asker.original(asking, &address).ok_or_else(|| {
            tracing::warn!(
                asker = asker.as_str(),
                "a proxy asks without saying once which address and method it asks about"
            );
            refuse("The address and the method that are asked about have to be said once.")
        })
    }

    /// Whether the proxy may get what `request` asks for: then what to tell it.
    async fn admits(
        &self,
        request: &Head<'_>,
        policy: &Policy,
        how: Finding<'_>,
        peer: Option<IpAddr>,
        watch: &mut Stopwatch<'_>,
    ) -> Result<Response<Body>, No> {
        let parts = &policy.parts;
        let target = match normalise(request, policy) {
            Ok(target) => target,
            Err(why) => return Err(No::instead(self.malformed(request, why))),
        };
        if target.path().starts_with(&*parts.prefix) {
            return Err(No::GateOnly);
        }
        let observes = parts.mode == Mode::Observe;
        if self.is_staff(policy, &request.fields) {
            return Ok(yes());
        }
        let site = how.site.map(|site| &**site);
        let is_closed = site.is_some_and(|site| site.is_closed(target.path(), target.query()));
        if is_closed && !observes {
            return Err(No::instead(self.no_page(request, NoPage::Closed)));
        }
        if !observes && may_be_answered_in_another_way(request, &target, site) {
            return Err(No::GateOnly);
        }
        watch.lap(Phase::Normalise);
        let found = self.pages.find(&target, &request.fields, how).await;
        watch.lap(Phase::Find);
        let held = match &found {
            Ok(Found::Page(page)) => page.held,
            Ok(Found::Streams(passing)) => passing.held,
            Err(_) => None,
        };
        if let Some(why) = is_closed.then_some(NoPage::Closed).or(held) {
            self.would_refuse(request, why);
        }
        let page = match found {
            Ok(Found::Page(page)) => page,
            Ok(Found::Streams(passing)) => {
                let answer = &passing.answer;
                let is_harmless = matches!(Media::of(&answer.headers), Media::Harmless(_));
                let passes = answer.status.is_success() && is_harmless && !passing.is_quieted;
                return self.public_if(passes || observes);
            }
            Err(_) if observes => return Ok(yes()),
            Err(why) => return Err(No::instead(self.no_page(request, why))),
        };
        let Some((compiled, story)) = page.story() else {
            let is_known = site.is_some_and(|site| site.knows(&request.fields));
            return self.public_if(observes || is_the_same(&page, is_known));
        };
        let read = Read {
            policy,
            page: &page,
            story,
            target: &target,
            request,
            peer,
            now: how.now,
        };
        self.story(&read, compiled, watch).await
    }

    async fn story(
        &self,
        read: &Read<'_>,
        compiled: &CompiledPage,
        watch: &mut Stopwatch<'_>,
    ) -> Result<Response<Body>, No> {
        let policy = read.policy;
        let judged = self.judge(read, watch).await;
        let mode = policy.parts.mode;
        if judged.decided.is_declined(mode) {
            self.metrics.declined_prefetch();
            return Err(No::GateOnly);
        }
        if !judged.decided.is_speculative() {
            self.record(read, &judged.decided);
        }
        let response = self.splice(read, compiled, &judged);
        if judged.decided.decision.outcome == Outcome::Preview && mode == Mode::Enforce {
            return Err(No::instead(response));
        }
        let mut answer = yes();
        answer
            .headers_mut()
            .insert(header::CACHE_CONTROL, respond::PRIVATE);
        if let Some(field) = respond::decision_field(policy, &judged.decided.decision) {
            answer.headers_mut().insert(respond::DECISION, field);
        }
        // What the gate would say besides, and the site doesn't know of: the
        // reader's cookie, and that archives shouldn't hand out copies.
        for name in [header::SET_COOKIE, respond::ROBOTS] {
            for value in response.headers().get_all(&name) {
                answer.headers_mut().append(name.clone(), value.clone());
            }
        }
        Ok(answer)
    }

    fn public_if(&self, is_public: bool) -> Result<Response<Body>, No> {
        if !is_public {
            return Err(No::GateOnly);
        }
        self.metrics.public();
        Ok(yes())
    }
}

impl No {
    fn instead(response: Response<Body>) -> Self {
        Self::Instead(Box::new(response))
    }
}

/// Whether the site may answer this request in another way than it has answered
/// nobody's plain one.
fn may_be_answered_in_another_way(
    request: &Head<'_>,
    target: &Target<'_>,
    site: Option<&Site>,
) -> bool {
    let fields = &request.fields;
    let noise = site.map_or(&[][..], |site| &site.noise);
    !matches!(request.method, Method::GET | Method::HEAD)
        || fields.all(&header::AUTHORIZATION).next().is_some()
        || fields.all(&header::UPGRADE).next().is_some()
        || forward::may_rewrite(fields)
        || !target.is_as_written(request.path, request.query, noise)
        || site.is_some_and(|site| site.is_personal(target.path()))
}

/// Whether the site's own answer to this reader is the page as the gate has it.
fn is_the_same(page: &Page, is_known: bool) -> bool {
    if page.is_quieted {
        return false;
    }
    match page.content {
        // Others than nobody may be shown another page.
        Content::Html(..) => !is_known && !page.status.is_redirection(),
        // A list that may have been cut.
        Content::Other(_) => false,
        Content::AsItCame(_) => true,
    }
}

/// The proxy may get it. How long a page may be kept is the site's to say, so
/// nothing is said of that here.
fn yes() -> Response<Body> {
    let mut response = Response::new(Body::default());
    let text = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, text);
    response
}
