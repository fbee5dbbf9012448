//! A site behind a gate: an origin of a few stories with a canary in every
//! paragraph, served on loopback until the end of the test.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use access::{
    Action, Allowance, Condition, Meter, MeterNo, PathPattern, Period, Rule, Rules, Tier, Wall,
};
use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ludgate_gateway::{
    Accounts, Articles, Asset, Entrance, Fetching, Gate, GateParts, Keyring, Limits, Metrics, Mode,
    Origin, OriginRequest, OriginResponse, Pages, PolicyParts, ReaderCookie, Server,
    TrustedProxies, World,
};
use prompts::{Benefit, Links, Locale, Messages, Prompts, Words};
use tokio::sync::watch;

use crate::canary;
use crate::client::{Reply, request, send};

/// How a test's site differs from the usual one.
#[derive(Clone)]
pub(crate) struct Setup {
    /// Whether locked text is withheld at all; off, every leak test must fail.
    pub(crate) cut: bool,
    pub(crate) mode: Mode,
    pub(crate) fresh_readers: u32,
    pub(crate) fresh_hours: u32,
    pub(crate) trusted: &'static [&'static str],
    pub(crate) https: bool,
    pub(crate) sync: bool,
    pub(crate) limits: Limits,
    /// What is known of the site, where it is a foreign one.
    pub(crate) foreign: Option<Arc<ludgate_gateway::Site>>,
    /// The proxy that asks.
    pub(crate) asker: Option<ludgate_gateway::Asker>,
    /// Whether the server finds that it gets to everything a second too late.
    pub(crate) late: bool,
    pub(crate) crawling: Option<ludgate_gateway::Crawling>,
    /// What its connections come through, if anything.
    pub(crate) entrance: Option<Arc<dyn Entrance>>,
    /// Bytes of pages in memory and on the disk, where there is one.
    pub(crate) memory_and_disk: Option<(u64, u64)>,
    /// Whether its accounts have yet to come.
    pub(crate) awaits_accounts: bool,
    pub(crate) gifts: Option<ludgate_gateway::Gifts>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            cut: true,
            mode: Mode::Enforce,
            fresh_readers: 1_000,
            fresh_hours: 24,
            trusted: &[],
            https: false,
            sync: false,
            limits: Limits {
                connections: 512,
                head: Duration::from_millis(600),
                stall: Duration::from_millis(600),
                drain: Duration::from_secs(2),
            },
            foreign: None,
            asker: None,
            late: false,
            crawling: None,
            entrance: None,
            memory_and_disk: None,
            awaits_accounts: false,
            gifts: None,
        }
    }
}

/// What the site's content system signs with.
pub(crate) const WEBHOOK_SECRET_OF_TESTS: [u8; ludgate_gateway::WEBHOOK_SECRET] = [b'7'; 64];

/// A running site.
pub(crate) struct Site<O = Stories> {
    pub(crate) address: SocketAddr,
    pub(crate) gate: Arc<Gate>,
    clocks: Clocks,
    pub(crate) origin: Arc<O>,
    stop: watch::Sender<bool>,
    worker: Option<std::thread::JoinHandle<usize>>,
    _data: tempfile::TempDir,
}

/// 12 November 2026, noon in Tokyo.
const START: &str = "2026-11-12T03:00:00Z";

/// In seconds.
#[derive(Clone, Default)]
struct Clocks {
    /// How far both of the site's clocks are ahead of its start.
    ahead: Arc<AtomicU64>,
    /// How far the business clock is ahead of the system's.
    leapt: Arc<AtomicU64>,
}

impl Clocks {
    fn system(&self) -> Timestamp {
        let start: Timestamp = START.parse().expect("a time");
        start + seconds(&self.ahead)
    }

    fn business(&self) -> Timestamp {
        self.system() + seconds(&self.leapt)
    }
}

fn seconds(counted: &AtomicU64) -> SignedDuration {
    let seconds = i64::try_from(counted.load(Ordering::SeqCst)).expect("not so far ahead");
    SignedDuration::from_secs(seconds)
}

impl Site {
    pub(crate) fn start(setup: &Setup) -> Self {
        Self::before(setup, Stories::default())
    }

    /// How often the origin was asked for something.
    pub(crate) fn fetches(&self) -> u64 {
        self.origin.fetches.load(Ordering::SeqCst)
    }
}

impl<O: Origin> Site<O> {
    /// A gate before `origin`.
    pub(crate) fn before(setup: &Setup, origin: O) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let clocks = Clocks::default();
        let origin = Arc::new(origin);
        let behind = Arc::clone(&origin) as Arc<dyn Origin>;
        let gate = Arc::new(gate(setup, data.path(), &clocks, behind));
        let (stop, stopping) = watch::channel(false);
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("non-blocking");
        let address = listener.local_addr().expect("an address");
        let mut server = Server::new(Arc::clone(&gate), setup.limits);
        if let Some(entrance) = &setup.entrance {
            server = server.behind(Arc::clone(entrance));
        }
        let worker = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.expect("a runtime").block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                server.run(listener, stopping).await
            })
        });
        Self {
            address,
            gate,
            clocks,
            origin,
            stop,
            worker: Some(worker),
            _data: data,
        }
    }

    /// The policy of such a site.
    pub(crate) fn policy(&self, setup: &Setup) -> PolicyParts {
        policy(setup, Arc::clone(&self.origin) as Arc<dyn Origin>)
    }

    /// Works by the same policy anew, as after any change of what it is made of.
    pub(crate) fn change(&self, setup: &Setup) {
        self.gate.install(self.policy(setup));
    }

    /// Moves the site's clocks.
    pub(crate) fn pass(&self, time: SignedDuration) {
        let seconds = u64::try_from(time.as_secs()).expect("forward");
        self.clocks.ahead.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Moves its business clock only, as a test clock is moved.
    pub(crate) fn leap(&self, time: SignedDuration) {
        let seconds = u64::try_from(time.as_secs()).expect("forward");
        self.clocks.leapt.fetch_add(seconds, Ordering::SeqCst);
    }

    /// What the site's business clock says.
    pub(crate) fn now(&self) -> Timestamp {
        self.clocks.business()
    }

    pub(crate) fn get(&self, target: &str, headers: &[&str]) -> Reply {
        send(self.address, &request("GET", target, headers))
    }

    /// A new reader's cookie, with stories a to `last` counted.
    pub(crate) fn reader(&self, stories: &[&str]) -> String {
        let mut cookie = String::new();
        for story in stories {
            let line = format!("Cookie: {cookie}");
            let headers: &[&str] = if cookie.is_empty() { &[] } else { &[&line] };
            let reply = self.get(&format!("/stories/{story}"), headers);
            assert_eq!(reply.reason(), "counted", "{story}");
            cookie = reply.cookie().unwrap_or(cookie);
        }
        cookie
    }

    /// The header line of a reader who has used up the month.
    pub(crate) fn walled(&self) -> String {
        format!("Cookie: {}", self.reader(&["a", "b", "c"]))
    }

    /// Stops the server; how many connections had to be cut off.
    pub(crate) fn stop(mut self) -> usize {
        let _ = self.stop.send(true);
        self.worker
            .take()
            .expect("a worker")
            .join()
            .expect("a clean end")
    }
}

impl<O> Drop for Site<O> {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

fn gate(setup: &Setup, data: &std::path::Path, clocks: &Clocks, origin: Arc<dyn Origin>) -> Gate {
    let (business, system) = (clocks.clone(), clocks.clone());
    let mut config = meter::Config::new(data.join("meter"));
    if setup.sync {
        config.durability = meter::Durability::Sync;
    }
    let mut registry = prometheus_client::registry::Registry::default();
    Gate::new(GateParts {
        policy: policy(setup, origin),
        keys: Keyring::new(&[(1, [7; 32])]).expect("a key"),
        network_secret: [9; 32],
        webhook_secret: WEBHOOK_SECRET_OF_TESTS,
        pages: pages(setup, data),
        meter: meter::Store::open(config).expect("a meter"),
        accounts: if setup.awaits_accounts {
            Accounts::awaited()
        } else {
            Accounts::none()
        },
        world: World {
            now: Arc::new(move || business.business()),
            system: Arc::new(move || system.system()),
            elapsed: elapsed(setup.late),
            random: Arc::new(random_enough),
        },
        metrics: Arc::new(Metrics::new(&mut registry)),
    })
}

fn pages(setup: &Setup, data: &std::path::Path) -> Pages {
    match setup.memory_and_disk {
        None => Pages::new(16 << 20),
        Some((memory, disk)) => Pages::new(memory).with_disk(data, disk).expect("room"),
    }
}

/// A clock that stands still, or one that a second passes on between any two
/// looks at it.
fn elapsed(late: bool) -> Arc<dyn Fn() -> Duration + Send + Sync> {
    let looks = AtomicU64::new(0);
    Arc::new(move || {
        if late {
            Duration::from_secs(looks.fetch_add(1, Ordering::SeqCst))
        } else {
            Duration::ZERO
        }
    })
}

/// Ids that never repeat within a test, which is all that is asked of them.
fn random_enough(bytes: &mut [u8]) -> bool {
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    let number = DRAWN.fetch_add(1, Ordering::Relaxed);
    let hash = blake3::hash(&number.to_le_bytes());
    bytes.copy_from_slice(&hash.as_bytes()[..bytes.len()]);
    true
}

fn policy(setup: &Setup, origin: Arc<dyn Origin>) -> PolicyParts {
    let scheme = if setup.https { "https" } else { "http" };
    let home = page::Origin::parse(&format!("{scheme}://review.example")).expect("a site");
    let mut compile = page::Options::new(home)
        .body([".story-body"])
        .expect("a selector");
    compile.preview = page::Preview::Words(40);
    let compile = compile.inside([".archive"], page::Role::List);
    let mut compile = compile.expect("a selector");
    if !setup.cut {
        compile = compile.without_the_cut();
    }
    let trusted = setup
        .trusted
        .iter()
        .map(|net| net.parse().expect("a network"))
        .collect();
    PolicyParts {
        rules: rules(3),
        origin,
        articles: Articles {
            compile,
            paths: PathPattern::new("/stories/**").into_iter().collect(),
            max_age: Duration::from_mins(1),
            query: vec!["page".into()],
        },
        site: setup.foreign.clone(),
        prompts: Arc::new(prompts()),
        locales: vec![Locale::english()],
        negotiate_locale: false,
        gifts: setup.gifts,
        mode: setup.mode,
        expose_decisions: true,
        fresh_readers: setup.fresh_readers,
        fresh_hours: setup.fresh_hours,
        prefix: "/-/".into(),
        url: format!("{scheme}://review.example").into(),
        host: "review.example".into(),
        assets: Vec::<Asset>::new(),
        looks: None,
        trusted_proxies: TrustedProxies::new(trusted),
        country_header: None,
        asker: setup.asker,
        countries: None,
        crawling: setup.crawling.clone(),
        hsts: Some(http::HeaderValue::from_static("max-age=15552000")),
        cookie: ReaderCookie::new(setup.https),
        zstd: true,
    }
}

pub(crate) fn rules(allowance: u16) -> Rules {
    rules_after(allowance, Vec::new())
}

/// Rules that open every story on a condition, before the others.
pub(crate) fn rules_opening(when: Condition) -> Rules {
    rules_after(3, vec![rule("first", when, Action::Open)])
}

/// Rules that open every story on one condition, then on another.
pub(crate) fn rules_opening_either(one: Condition, other: Condition) -> Rules {
    let list = [("first", one), ("second", other)];
    let list = list.map(|(id, when)| rule(id, when, Action::Open));
    rules_after(3, list.to_vec())
}

fn rule(id: &str, when: Condition, then: Action) -> Rule {
    Rule {
        id: id.into(),
        when,
        then,
    }
}

fn rules_after(allowance: u16, mut list: Vec<Rule>) -> Rules {
    let meter = Meter {
        id: "monthly".into(),
        no: MeterNo::new(0).expect("a number"),
        period: Period::CalendarMonth,
        allowance: Allowance {
            anonymous: allowance,
            registered: 5.max(allowance),
        },
        notice: 2,
    };
    list.extend([
        rule("free", Condition::Tier(vec![Tier::Free]), Action::Open),
        rule(
            "exclusive",
            Condition::Tier(vec![Tier::Locked]),
            Action::Wall(Wall::Subscribe),
        ),
        rule(
            "metered",
            Condition::Always,
            Action::Meter {
                meter: 0,
                wall: Wall::Subscribe,
            },
        ),
    ]);
    let zone = TimeZone::get("Asia/Tokyo").expect("a zone");
    Rules::new(zone, vec![meter], list).expect("rules")
}

fn prompts() -> Prompts {
    let link = || "/subscribe".to_owned();
    let words = Words {
        publication: "The Review".to_owned(),
        links: Links {
            subscribe: link(),
            offers: Some(link()),
            login: Some(link()),
            register: Some(link()),
            account: Some(link()),
        },
        benefits: Benefit::ALL.to_vec(),
    };
    Prompts::load(
        None,
        Arc::new(Messages::builtin().expect("messages")),
        words,
    )
    .expect("prompts")
}

/// The origin: any `/stories/<name>` is a metered story; some names are free,
/// locked or sponsored, broken, long or slow to come.
#[derive(Default)]
pub(crate) struct Stories {
    pub(crate) fetches: AtomicU64,
    pub(crate) down: std::sync::atomic::AtomicBool,
}

impl Origin for Stories {
    fn fetch<'a>(&'a self, request: OriginRequest<'a>) -> Fetching<'a> {
        Box::pin(async move {
            self.fetches.fetch_add(1, Ordering::SeqCst);
            if self.down.load(Ordering::SeqCst) {
                return Err(ludgate_gateway::OriginError("it is down".to_owned()));
            }
            if request.path == "/stories/slow" {
                tokio::time::sleep(Duration::from_millis(300)).await;
            }
            Ok(answer(&request))
        })
    }
}

fn answer(request: &OriginRequest<'_>) -> OriginResponse {
    let published: Timestamp = "2026-12-24T06:00:00Z".parse().expect("a time");
    let (status, content_type, body) = match request.path.strip_prefix("/stories/") {
        Some("embargoed") if request.now < published => (404, "text/html", String::new()),
        Some("broken") => (
            200,
            "text/html; charset=utf-8",
            "<p>no story here</p>".to_owned(),
        ),
        Some("charset") => (
            200,
            "text/html; charset=klingon",
            canary::story("charset", ""),
        ),
        Some(name) => {
            let name = name.trim_end_matches('/');
            let extra = match name {
                "free" | "long" => "<meta property=\"article:content_tier\" content=\"free\">",
                "locked" => "<meta property=\"article:content_tier\" content=\"locked\">",
                "sponsored" => "<meta name=\"ludgate:sponsor\" content=\"The Chandlers\">",
                _ => "",
            };
            let mut story = canary::story(name, extra);
            if name == "archive" {
                story = canary::story("d", "").replace("<article ", "<article class=archive ");
            }
            if name == "long" {
                story = story.replace("</div></article>", &(noise() + "</div></article>"));
            }
            (200, "text/html; charset=utf-8", story)
        }
        None if request.path == "/" => (200, "text/html", "<h1>Front page</h1>".to_owned()),
        None if request.path == "/soon" => (200, "text/html", "<h1>Until then</h1>".to_owned()),
        None if request.path == "/site.css" => (200, "text/css", "body{color:red}".to_owned()),
        None => (404, "text/html", "<h1>Nothing here</h1>".to_owned()),
    };
    let status = StatusCode::from_u16(status).expect("a status");
    let content_type = HeaderValue::from_static(content_type);
    let kept = match request.path {
        "/soon" => "public, max-age=5",
        _ => "public, max-age=60",
    };
    OriginResponse::whole(status, content_type, Bytes::from(body))
        .kept(HeaderValue::from_static(kept))
}

/// Some 200 KB once compressed, which is more than a socket takes at once.
fn noise() -> String {
    let words = (0..6_000_u32).map(|number| blake3::hash(&number.to_le_bytes()).to_hex());
    words.fold(String::new(), |text, word| text + &word + " ")
}

/// An address of the IPv4 range for documentation.
pub(crate) fn documented(last: u8) -> IpAddr {
    IpAddr::from([192, 0, 2, last])
}
