//! One request through the gate.
//!
//! [`Gate::answer`] is the whole of it, phase by phase: normalise, find,
//! identify, decide, count, splice, record. Each phase is a function of its
//! own module; this one only strings them together.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use access::{Decision, Name, Outcome, Purpose, Request};
use arc_swap::ArcSwap;
use http::{HeaderValue, Method, Response, StatusCode, Version, header};
use jiff::Timestamp;
use meter::Store;
use page::CompiledPage;

use crate::body::Body;
use crate::clues::{self, Clues};
use crate::head::Head;
use crate::identity::Keyring;
use crate::metrics::{Metrics, Phase, Stopwatch};
use crate::origin::Origin;
use crate::pages::{Finding, NoPage, Page, Pages, StoryPage};
use crate::policy::{Mode, Policy, PolicyParts};
use crate::reserved;
use crate::respond::{self, refusal};
use crate::shelf::Which;
use crate::slots;
use crate::target::{BadTarget, Target};
use crate::visit::Visit;
use crate::visitor::Visitor;
use crate::world::World;

/// The gate. One serves all connections.
pub struct Gate {
    policy: ArcSwap<Numbered>,
    keys: ArcSwap<Keyring>,
    network_secret: [u8; 32],
    pages: Arc<Pages>,
    meter: Store,
    world: World,
    metrics: Arc<Metrics>,
    policies: AtomicU64,
    draining: AtomicBool,
}

/// A policy and which one it is since the start.
struct Numbered {
    number: u64,
    policy: Arc<Policy>,
}

/// What a gate is made of.
pub struct GateParts {
    /// What to work by.
    pub policy: PolicyParts,
    /// What reader ids are signed with.
    pub keys: Keyring,
    /// What network prefixes are hashed with.
    pub network_secret: [u8; 32],
    /// Where pages come from.
    pub origin: Arc<dyn Origin>,
    /// Bytes of compiled pages to keep.
    pub page_memory: u64,
    /// Where stories are counted.
    pub meter: Store,
    /// Time and chance.
    pub world: World,
    /// Where to record.
    pub metrics: Arc<Metrics>,
}

/// What the gate made of a story request, before it is written out.
struct Judged {
    decision: Decision,
    purpose: Purpose,
    visitor: Visitor,
    slot: Option<Arc<page::Slot>>,
}

impl Judged {
    /// Whether the request is a speculative one that would have to be charged.
    /// Who only observes withholds nothing, so there it is served, uncounted.
    fn is_declined(&self, mode: Mode) -> bool {
        mode == Mode::Enforce && self.purpose == Purpose::Prefetch && self.decision.charge.is_some()
    }
}

/// One reading of one story, as the later phases see it.
struct Read<'a> {
    policy: &'a Policy,
    page: &'a Page,
    story: &'a StoryPage,
    target: &'a Target<'a>,
    request: &'a Head<'a>,
    peer: IpAddr,
    now: Timestamp,
}

impl Gate {
    /// Puts the parts together.
    pub fn new(parts: GateParts) -> Self {
        let now = (parts.world.now)();
        let first = Numbered {
            number: 0,
            policy: Arc::new(Policy::new(parts.policy, now)),
        };
        Self {
            policy: ArcSwap::from_pointee(first),
            keys: ArcSwap::from_pointee(parts.keys),
            network_secret: parts.network_secret,
            pages: Arc::new(Pages::new(parts.origin, parts.page_memory)),
            meter: parts.meter,
            world: parts.world,
            metrics: parts.metrics,
            policies: AtomicU64::new(1),
            draining: AtomicBool::new(false),
        }
    }

    /// Works by `policy` from the next request on; requests under way end
    /// under the policy they began with.
    pub fn install(&self, policy: PolicyParts) {
        let number = self.policies.fetch_add(1, Ordering::Relaxed);
        let policy = Arc::new(Policy::new(policy, (self.world.now)()));
        self.policy.store(Arc::new(Numbered { number, policy }));
    }

    /// Signs with other keys from the next request on.
    pub fn install_keys(&self, keys: Keyring) {
        self.keys.store(Arc::new(keys));
    }

    pub(crate) fn keys(&self) -> Arc<Keyring> {
        self.keys.load_full()
    }

    /// The policy at work and its number.
    pub(crate) fn policy(&self) -> (u64, Arc<Policy>) {
        let numbered = self.policy.load();
        (numbered.number, Arc::clone(&numbered.policy))
    }

    /// Says in readiness checks that the server is about to stop.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    pub(crate) fn world(&self) -> &World {
        &self.world
    }

    /// The store that counts.
    pub fn meter(&self) -> &Store {
        &self.meter
    }

    /// The pages in memory.
    pub fn pages(&self) -> &Arc<Pages> {
        &self.pages
    }

    /// Answers a request that the client at `peer` has sent `now`.
    pub(crate) async fn answer(
        &self,
        request: &Head<'_>,
        peer: IpAddr,
        now: Timestamp,
    ) -> Response<Body> {
        let response = self.pass(request, peer, now).await;
        if request.method == Method::HEAD {
            respond::without_body(response)
        } else {
            response
        }
    }

    /// The walk itself. A `HEAD` is answered in full here.
    async fn pass(&self, request: &Head<'_>, peer: IpAddr, now: Timestamp) -> Response<Body> {
        let mut watch = Stopwatch::start(&self.metrics, &*self.world.elapsed);
        let (policy_number, policy) = self.policy();
        let policy = &*policy;

        // Normalise.
        let target = match normalise(request, policy) {
            Ok(target) => target,
            Err(why) => return self.malformed(request, why),
        };
        watch.lap(Phase::Normalise);

        if let Some(rest) = target.path().strip_prefix(&*policy.parts.prefix) {
            self.metrics.reserved();
            return self.reserved(rest, request, policy, now);
        }
        if request.method != Method::GET && request.method != Method::HEAD {
            self.refused(request, "method");
            return reserved::method_not_allowed();
        }

        // Find.
        let how = Finding {
            articles: &policy.parts.articles,
            policy: policy_number,
            now,
        };
        let page = match self.pages.find(&target, how).await {
            Ok(page) => page,
            Err(why) => return self.no_page(request, why),
        };
        watch.lap(Phase::Find);

        let Some((compiled, story)) = page.story() else {
            self.metrics.public();
            let response = respond::public(&page, request, policy.encoding(&request.fields));
            watch.lap(Phase::Splice);
            return response;
        };

        // Identify, decide, count.
        let read = Read {
            policy,
            page: &page,
            story,
            target: &target,
            request,
            peer,
            now,
        };
        let judged = self.judge(&read, &mut watch).await;
        if judged.is_declined(policy.parts.mode) {
            self.metrics.declined_prefetch();
            return come_back();
        }

        // Splice.
        let response = self.splice(&read, compiled, &judged);
        watch.lap(Phase::Splice);

        // Record.
        self.record(&read, &judged.decision);
        response
    }

    fn malformed(&self, request: &Head<'_>, why: Malformed) -> Response<Body> {
        let (reason, status, said) = match why {
            Malformed::Host => (
                "host",
                StatusCode::BAD_REQUEST,
                "The request names no host, or more than one.".to_owned(),
            ),
            Malformed::Target(bad @ BadTarget::TooLong) => {
                ("target", StatusCode::URI_TOO_LONG, format!("Here {bad}."))
            }
            Malformed::Target(bad) => ("target", StatusCode::BAD_REQUEST, format!("Here {bad}.")),
        };
        self.refused(request, reason);
        refusal(status, "That request can't be answered", &said)
    }

    fn no_page(&self, request: &Head<'_>, why: NoPage) -> Response<Body> {
        let reason = match why {
            NoPage::Origin => "origin",
            NoPage::Unreadable => "unreadable",
            NoPage::StoryMissing => "story-missing",
            NoPage::Busy => "busy",
        };
        self.refused(request, reason);
        let mut response = refusal(
            StatusCode::SERVICE_UNAVAILABLE,
            "This page can't be shown just now",
            "Please try again in a moment. Nothing has been counted.",
        );
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        response
    }

    async fn judge(&self, read: &Read<'_>, watch: &mut Stopwatch<'_>) -> Judged {
        let policy = read.policy;
        let parts = &policy.parts;
        let fields = &read.request.fields;
        let address = parts.trusted_proxies.client(read.peer, fields);
        let mut visitor = Visitor::identify(&self.keys.load(), parts.cookie, fields, address);
        visitor.look_for_staff(&self.keys.load(), parts.cookie, fields, read.now);
        let locale = slots::locale(policy, fields);
        let clues = Clues::read(policy, read.peer, read.request);
        let request = Request {
            path: read.target.path(),
            purpose: clues::purpose(&read.request.method, fields),
            country: clues.country,
            language: clues.language,
            device: clues.device,
            referrer: clues.referrer,
            address,
            locale: policy.slots.name(locale),
        };
        watch.lap(Phase::Identify);

        let moment = policy.moment(read.now);
        let visit = Visit {
            policy,
            meter: &self.meter,
            world: &self.world,
            metrics: &self.metrics,
            network_secret: &self.network_secret,
            story: read.story,
            request: &request,
            moment: &moment,
            degraded: read.page.is_degraded(),
        };
        let fresh = visitor.id.is_none();
        let decision = visit.run(&mut visitor, watch).await;
        if fresh && visitor.id.is_some() {
            self.metrics.fresh_reader();
        }
        let slot = slots::slot(policy, &decision, locale, &moment);
        Judged {
            decision,
            purpose: request.purpose,
            visitor,
            slot,
        }
    }

    fn splice(&self, read: &Read<'_>, compiled: &CompiledPage, judged: &Judged) -> Response<Body> {
        let Read {
            policy,
            page,
            request,
            ..
        } = *read;
        let decision = &judged.decision;
        let (outcome, slot) = match policy.parts.mode {
            Mode::Observe if !page.is_degraded() => (Outcome::Full, None),
            Mode::Observe | Mode::Enforce => (decision.outcome, judged.slot.as_ref()),
        };
        let which = Which {
            outcome,
            encoding: policy.encoding(&request.fields),
            slot,
        };
        let mut response = respond::story(page, compiled, &which, request.bare);
        let headers = response.headers_mut();
        if policy.parts.expose_decisions
            && let Some(field) = respond::decision_field(policy, decision)
        {
            headers.insert(respond::DECISION, field);
        }
        if judged.visitor.issue
            && let Some(id) = judged.visitor.id
            && let Some(cookie) = policy.parts.cookie.set(&self.keys.load().sign(id))
        {
            headers.insert(header::SET_COOKIE, cookie);
        }
        response
    }

    /// The fields are made only where the level is on.
    fn record(&self, read: &Read<'_>, decision: &Decision) {
        self.metrics.decided(decision);
        let rules = &read.policy.parts.rules;
        tracing::debug!(
            target: "ludgate::decision",
            path = read.target.path(),
            outcome = decision.outcome.as_str(),
            reason = decision.reason.as_str(),
            rule = decision.rule.and_then(|no| rules.rule_id(no)).map(Name::as_str),
            used = decision.reading.map(|reading| reading.used),
            limit = decision.reading.map(|reading| reading.limit),
        );
    }

    fn refused(&self, request: &Head<'_>, reason: &'static str) {
        self.metrics.refused(reason);
        let path = request.path;
        tracing::debug!(target: "ludgate::decision", path, refused = reason);
    }
}

/// Why a request can't be taken as one for a page.
#[derive(Clone, Copy)]
enum Malformed {
    Host,
    Target(BadTarget),
}

fn normalise<'r>(request: &Head<'r>, policy: &Policy) -> Result<Target<'r>, Malformed> {
    let hosts = request.fields.all(&header::HOST).count();
    let needs_host = request.version == Version::HTTP_11;
    if hosts > 1 || (needs_host && hosts == 0) {
        return Err(Malformed::Host);
    }
    let query = &policy.parts.articles.query;
    Target::new(request.path, request.query, query).map_err(Malformed::Target)
}

/// A speculative request that would have to be charged: browsers ask again
/// when the reader really goes there.
fn come_back() -> Response<Body> {
    let mut response = respond::plain(
        StatusCode::SERVICE_UNAVAILABLE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
        "This story is counted when it is read, not before.\n",
    );
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("0"));
    response
}
