//! One request through the gate.
//!
//! [`Gate::answer`] is the whole of it, phase by phase: normalise, find,
//! identify, decide, count, splice, record. Each phase is a function of its
//! own module; this one only strings them together.

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use access::{Offers, Seq};
use arc_swap::ArcSwap;
use http::{Method, Response, Version, header};
use hyper::upgrade::OnUpgrade;
use jiff::Timestamp;
use meter::Store;
use tokio::sync::Semaphore;

use crate::accounts::{Accounts, Applied};
use crate::bodies::Bodies;
use crate::body::Body;
use crate::exchange::{Reach, Reached};
use crate::head::{Fields, Head};
use crate::metrics::{Metrics, Phase, Stopwatch};
use crate::networks::Networks;
use crate::offers::HeldOut;
use crate::origin::Stream;
use crate::pages::{Finding, Found, Page, Pages};
use crate::patience::Activity;
use crate::policy::{Mode, Policy, PolicyParts, addressed};
use crate::reads::Reads;
use crate::reception::{Desk, Reception};
use crate::refused::{Malformed, Refused};
use crate::reserved;
use crate::respond;
use crate::sealed::Keyring;
use crate::target::Target;
use crate::visitor::Recognising;
use crate::webhook::WEBHOOK_SECRET;
use crate::world::World;

mod authorize;
mod giving;
mod judging;
mod making;
mod standing;
mod telling;

use giving::{Giving, Wish};
use judging::Read;
pub use standing::{MeterStanding, ReaderStanding};
pub use telling::{Entitled, Foreseen, NotTold, Told, Wanted, Whom};

/// Connections that speak another protocol at a time: each holds two buffers
/// and two descriptors.
const TUNNELS: usize = 1024;

/// What forms may hold while they are on their way, in bytes: of 24 networks that
/// send as much as they may and as slowly.
const FORMS: usize = 24 * 1024 * 1024;

/// The gate. One serves all connections.
pub struct Gate {
    policy: ArcSwap<Numbered>,
    keys: ArcSwap<Keyring>,
    network_secret: [u8; 32],
    webhook_secret: [u8; WEBHOOK_SECRET],
    pages: Arc<Pages>,
    meter: Store,
    accounts: Accounts,
    networks: Networks,
    offers: ArcSwap<HeldOut>,
    world: World,
    metrics: Arc<Metrics>,
    policies: AtomicU64,
    draining: AtomicBool,
    tunnels: Arc<Semaphore>,
    forms: Bodies,
    desk: OnceLock<Desk>,
    reads: Reads,
}

/// The connection that a request comes over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// Whose it is, where that is known.
    pub(crate) address: Option<IpAddr>,
    /// Whether it is a secure one of ours.
    pub(crate) is_secure: bool,
}

/// What a request brings beside its head.
pub(crate) struct Asked {
    pub(crate) link: Link,
    pub(crate) now: Timestamp,
    /// Whether there is time to answer it.
    pub(crate) is_admitted: bool,
    /// What it sends.
    pub(crate) body: Option<Stream>,
    /// The connection, where it may speak another protocol.
    pub(crate) upgrade: Option<OnUpgrade>,
    /// What the connection is doing.
    pub(crate) activity: Option<Arc<Activity>>,
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
    /// What a content system signs its messages with.
    pub webhook_secret: [u8; WEBHOOK_SECRET],
    /// Where compiled pages are kept.
    pub pages: Pages,
    /// Where stories are counted.
    pub meter: Store,
    /// Who is signed in.
    pub accounts: Accounts,
    /// Time and chance.
    pub world: World,
    /// Where to record.
    pub metrics: Arc<Metrics>,
}

impl Gate {
    /// Puts the parts together.
    pub fn new(parts: GateParts) -> Self {
        let now = (parts.world.now)();
        let mut seed = [0; 16];
        // Without chance, hashes could be foreseen, and nothing worse.
        (parts.world.random)(&mut seed);
        let seed = seed.as_chunks().0;
        let seed = [0, 1].map(|at| seed.get(at).map_or(0, |half| u64::from_le_bytes(*half)));
        let first = Numbered {
            number: 0,
            policy: Arc::new(Policy::new(parts.policy, now)),
        };
        Self {
            policy: ArcSwap::from_pointee(first),
            keys: ArcSwap::from_pointee(parts.keys),
            network_secret: parts.network_secret,
            webhook_secret: parts.webhook_secret,
            pages: Arc::new(parts.pages),
            meter: parts.meter,
            accounts: parts.accounts,
            networks: Networks::default(),
            offers: ArcSwap::default(),
            world: parts.world,
            metrics: parts.metrics,
            policies: AtomicU64::new(1),
            draining: AtomicBool::new(false),
            tunnels: Arc::new(Semaphore::new(TUNNELS)),
            forms: Bodies::new(FORMS),
            desk: OnceLock::new(),
            reads: Reads::new(seed),
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

    /// From now on `reception` answers below the prefix for what isn't the
    /// gate's own. Once and for good: `false` where there is one already. It
    /// needs the gate to know who is signed in, so it can't be there before it.
    pub fn receive_by(&self, reception: Arc<dyn Reception>) -> bool {
        self.desk.set(Desk::new(reception)).is_ok()
    }

    /// What readers send, while it is on its way.
    pub(crate) fn forms(&self) -> &Bodies {
        &self.forms
    }

    pub(crate) fn desk(&self) -> Option<&Desk> {
        self.desk.get()
    }

    pub(crate) fn keys(&self) -> Arc<Keyring> {
        self.keys.load_full()
    }

    pub(crate) fn webhook_secret(&self) -> &[u8] {
        &self.webhook_secret
    }

    pub(crate) fn tunnels(&self) -> Arc<Semaphore> {
        Arc::clone(&self.tunnels)
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

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// The store that counts.
    pub fn meter(&self) -> &Store {
        &self.meter
    }

    /// Who is signed in: what changes is pushed here.
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// What readers read most.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// Which networks' readers need no account: what changes is pushed here.
    pub fn networks(&self) -> &Networks {
        &self.networks
    }

    /// Holds out these offers at walls from the next request on, unless newer ones
    /// are held out already. Closed and coming ones may be among them.
    pub fn hold_out(&self, seq: Seq, offers: &Offers) -> Applied {
        HeldOut::replace(&self.offers, seq, offers)
    }

    /// The pages in memory.
    pub fn pages(&self) -> &Arc<Pages> {
        &self.pages
    }

    /// Answers a request.
    pub(crate) async fn answer(&self, request: &Head<'_>, asked: Asked) -> Response<Body> {
        let is_secure = asked.link.is_secure;
        let mut response = self.pass(request, asked).await;
        if response.status().is_client_error() || response.status().is_server_error() {
            self.say_to_programs(request, &mut response);
        }
        if is_secure {
            self.insist_on_security(&mut response);
        }
        if request.method == Method::HEAD {
            respond::without_body(response)
        } else {
            response
        }
    }

    /// Says that the site is to be asked over secure connections only, in place of
    /// what a site behind says of it. Over others browsers would ignore it (RFC
    /// 6797, 7.2).
    fn insist_on_security(&self, response: &mut Response<Body>) {
        if let Some(value) = &self.policy.load().policy.parts.hsts {
            let headers = response.headers_mut();
            headers.insert(header::STRICT_TRANSPORT_SECURITY, value.clone());
        }
    }

    /// The walk itself. A `HEAD` is answered in full here.
    async fn pass(&self, request: &Head<'_>, mut asked: Asked) -> Response<Body> {
        let (peer, now) = (asked.link.address, asked.now);
        let mut watch = Stopwatch::start(&self.metrics, &*self.world.elapsed);
        let (policy_number, policy) = self.policy();
        let policy = &*policy;

        // Normalise.
        let target = match normalise(request, policy) {
            Ok(target) => target,
            Err(why) => return self.malformed(request, why),
        };
        watch.lap(Phase::Normalise);

        let below = target.path().strip_prefix(&*policy.parts.prefix);
        let asks = below.is_some_and(is_question);
        if let Some(rest) = below {
            self.metrics.reserved();
            if rest == "purge" && request.method == Method::POST {
                return self.told_of_changes(request, &mut asked).await;
            }
            if let (Some(gifts), Some(giving)) = (policy.parts.gifts, Giving::of(rest)) {
                let wish = Wish {
                    request,
                    policy,
                    gifts,
                    how: finding(policy, policy_number, now),
                    peer,
                };
                return Box::pin(self.give(giving, &wish, &mut asked)).await;
            }
            if !asks {
                return match self.reserved(rest, request, policy) {
                    Some(response) => response,
                    None => Box::pin(self.enquire(rest, request, policy, &mut asked)).await,
                };
            }
        }

        if self.desk().is_some_and(|desk| desk.is_at(target.path())) {
            return Box::pin(self.enquire(target.path(), request, policy, &mut asked)).await;
        }

        if !asked.is_admitted {
            self.refused(request, Refused::Overload);
            return respond::try_again();
        }

        // Find.
        let how = finding(policy, policy_number, now);
        if asks {
            return self.authorize(request, policy, how, peer, &mut watch).await;
        }
        let page = match self.find(&target, request, policy, how, &mut asked).await {
            Ok(page) => page,
            Err(response) => return *response,
        };
        watch.lap(Phase::Find);

        let Some((compiled, story)) = page.story() else {
            self.metrics.public();
            let encoding = policy.encoding(&request.fields);
            let response = respond::public(&page, request, encoding, now);
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
        if judged.decided.is_declined(policy.parts.mode) {
            self.metrics.declined_prefetch();
            return respond::come_back();
        }

        // Splice.
        let response = self.splice(&read, compiled, &judged);
        watch.lap(Phase::Splice);

        // Record.
        if judged.decided.is_speculative() {
            self.metrics.declined_prefetch();
        } else {
            self.record(&read, &judged.decided);
        }
        response
    }

    /// The page that a request is for; where there is none, the response.
    async fn find(
        &self,
        target: &Target<'_>,
        request: &Head<'_>,
        policy: &Policy,
        how: Finding<'_>,
        asked: &mut Asked,
    ) -> Result<Arc<Page>, Box<Response<Body>>> {
        let found = match how.site {
            Some(site) => {
                let reach = Reach {
                    site,
                    policy,
                    target,
                    request,
                    how,
                };
                reach.answer(self, asked).await
            }
            None if request.method != Method::GET && request.method != Method::HEAD => {
                self.refused(request, Refused::Method);
                return Err(Box::new(reserved::method_not_allowed(reserved::READ)));
            }
            None => {
                let found = self.pages.find(target, &request.fields, how).await;
                let reached = found.map(|found| match found {
                    Found::Page(page) => Reached::Page(page),
                    Found::Streams(passing) => Reached::passing(*passing),
                });
                if let Ok(Some(why)) = reached.as_ref().map(Reached::held) {
                    self.would_refuse(request, why);
                }
                reached
            }
        };
        match found {
            Ok(Reached::Page(page)) => Ok(page),
            Ok(Reached::Response(response, _)) => {
                self.metrics.public();
                Err(response)
            }
            Err(why) => Err(Box::new(self.no_page(request, why))),
        }
    }

    /// What readers are recognised by under `policy`.
    pub(crate) fn recognising<'a>(&'a self, keys: &'a Keyring, policy: &Policy) -> Recognising<'a> {
        Recognising {
            keys,
            accounts: &self.accounts,
            cookie: policy.parts.cookie,
            world: &self.world,
        }
    }

    /// Whether the browser holds a staff token.
    pub(crate) fn is_staff(&self, policy: &Policy, fields: &Fields<'_>) -> bool {
        let cookie = policy.parts.cookie;
        cookie.is_staff(&self.keys.load(), fields, &*self.world.system)
    }
}

/// Whether a path below the prefix is where a proxy asks; one that adds the
/// original path to it does so after a slash.
fn is_question(rest: &str) -> bool {
    rest.strip_prefix(authorize::AUTHORIZE)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// How pages are found under `policy`.
pub(crate) fn finding(policy: &Policy, number: u64, now: Timestamp) -> Finding<'_> {
    Finding {
        origin: &policy.parts.origin,
        articles: &policy.parts.articles,
        site: policy.parts.site.as_ref(),
        observes: policy.parts.mode == Mode::Observe,
        policy: number,
        now,
    }
}

fn normalise<'r>(request: &Head<'r>, policy: &Policy) -> Result<Target<'r>, Malformed> {
    let hosts = request.fields.all(&header::HOST).count();
    let needs_host = request.version == Version::HTTP_11;
    if hosts > 1 || (needs_host && hosts == 0) {
        return Err(Malformed::Host);
    }
    let (articles, site) = (&policy.parts.articles, policy.parts.site.as_deref());
    addressed(articles, site, request.path, request.query).map_err(Malformed::Target)
}
