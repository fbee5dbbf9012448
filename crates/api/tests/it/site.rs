//! A publication with programs: its gate and its store, until the end of the test.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use access::{
    Action, Allowance, Condition, Entitlement, Entitlements, Meter, MeterNo, PathPattern, Period,
    Rule, Rules, Seq, SessionId, Snapshot, Standing, Tier, Wall,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use commerce::ids::AccountId;
use gateway::{
    Articles, Enquiry, Fetching, Gate, GateParts, Keyring, Metrics, Mode, Origin, OriginRequest,
    OriginResponse, Pages, PolicyParts, ReaderCookie, TrustedProxies,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ludgate_api::{Accounts, Api, App, Doing, Feed, Parts, Settings, World};
use prompts::{Benefit, Links, Locale, Messages, Prompts, Words};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::accounts::NewAccount;
use store::apps::{Permission, Scopes};
use store::gate::Directory;
use store::sessions::NewSession;
use store::{MailAddress, Options, Store, TokenHash};
use tokio::sync::Mutex;

use crate::canary;
use crate::shelves::Stand;

pub(crate) const URL: &str = "http://review.example";

/// 12 November 2026, noon in Tokyo.
pub(crate) const START: &str = "2026-11-12T03:00:00Z";

pub(crate) const CLIENT: &str = "reader";
pub(crate) const REDIRECT: &str = "example.reader:/cb";
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// The stories there are: name, section, tier, and days ago.
pub(crate) const STORIES: [(&str, &str, &str, i64); 7] = [
    ("free", "city", "free", 1),
    ("a", "city", "metered", 2),
    ("b", "city", "metered", 3),
    ("c", "harbour", "metered", 4),
    ("d", "harbour", "metered", 5),
    ("e", "harbour", "metered", 6),
    ("locked", "city", "locked", 7),
];

/// How a test's site differs from the usual one.
#[derive(Clone)]
pub(crate) struct Setup {
    pub(crate) has_lists: bool,
    pub(crate) has_accounts: bool,
    pub(crate) origins: Vec<String>,
    pub(crate) apps: Vec<App>,
}

impl Default for Setup {
    fn default() -> Self {
        let app = |id: &str| App {
            id: id.to_owned(),
            name: "Tide Reader".to_owned(),
        };
        Self {
            has_lists: true,
            has_accounts: true,
            origins: Vec::new(),
            apps: vec![app(CLIENT), app("other")],
        }
    }
}

pub(crate) struct Site {
    pub(crate) api: Api,
    pub(crate) gate: Arc<Gate>,
    pub(crate) store: Store,
    follower: Arc<Follower>,
    ahead: Arc<AtomicU64>,
    people: AtomicU64,
    _folder: tempfile::TempDir,
}

/// What follows the store, when it is asked whether it has.
struct Follower {
    gate: Arc<Gate>,
    store: Store,
    at: Mutex<(i64, Directory)>,
}

impl Feed for Follower {
    fn has_heard(&self, feed: i64) -> Doing<'_, bool> {
        Box::pin(async move {
            let mut at = self.at.lock().await;
            let changes = self.store.read().await.expect("a turn");
            let mut changes = changes;
            let changes = changes.feed_after(at.0).await.expect("changes");
            for (seq, change) in changes.changes {
                for told in at.1.take(change) {
                    self.gate.accounts().apply(seq, told);
                }
            }
            at.0 = changes.last;
            at.0 >= feed
        })
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{error}: {}", String::from_utf8_lossy(&self.body));
        })
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The name of the problem, or `well`.
    #[track_caller]
    pub(crate) fn problem(&self) -> String {
        if self.status.is_success() {
            return "well".to_owned();
        }
        let said = self.json();
        if let Some(error) = said.get("error") {
            return error.as_str().expect("text").to_owned();
        }
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json")
        );
        assert_eq!(said["status"], self.status.as_u16());
        let kind = said["type"].as_str().expect("a type");
        let kind = kind.strip_prefix("urn:ludgate:problem:").expect("ours");
        kind.to_owned()
    }

    /// The cookie that a browser keeps, as it sends it.
    pub(crate) fn cookie(&self) -> Option<String> {
        let set = self.header("set-cookie")?;
        Some(format!("cookie: {}", set.split(';').next()?))
    }
}

impl Site {
    pub(crate) async fn start() -> Self {
        Self::with(Setup::default()).await
    }

    pub(crate) async fn with(setup: Setup) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let ahead = Arc::new(AtomicU64::new(0));
        let start: Timestamp = START.parse().expect("a time");
        let path = folder.path().join("ludgate.db");
        let store = Store::open(&Options::at(path), start)
            .await
            .expect("a store");
        let clock = clock(&ahead);
        let gate = Arc::new(gate(folder.path(), &clock));
        let follower = Arc::new(Follower {
            gate: Arc::clone(&gate),
            store: store.clone(),
            at: Mutex::default(),
        });
        let api = api(&setup, &gate, &store, &follower, clock);
        Self {
            api,
            gate,
            store,
            follower,
            ahead,
            people: AtomicU64::new(0),
            _folder: folder,
        }
    }

    /// The same, where no program is let in any more.
    pub(crate) fn without_apps(self) -> Self {
        let setup = Setup {
            apps: Vec::new(),
            ..Setup::default()
        };
        Self {
            api: api(
                &setup,
                &self.gate,
                &self.store,
                &self.follower,
                clock(&self.ahead),
            ),
            ..self
        }
    }

    pub(crate) async fn has_heard(&self, feed: i64) -> bool {
        self.follower.has_heard(feed).await
    }

    pub(crate) fn now(&self) -> Timestamp {
        clock(&self.ahead)()
    }

    pub(crate) fn pass(&self, time: SignedDuration) {
        let seconds = u64::try_from(time.as_secs()).expect("forward");
        self.ahead.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) async fn get(&self, path: &str, lines: &[&str]) -> Reply {
        self.ask(Method::GET, path, lines, b"").await
    }

    /// A request below the version; with a slash in front, below the prefix.
    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        lines: &[&str],
        body: &[u8],
    ) -> Reply {
        let (path, query) = match path.split_once('?') {
            None => (path, None),
            Some((path, query)) => (path, Some(query.to_owned())),
        };
        let path = match path.strip_prefix('/') {
            Some(_) if path.starts_with("/.well-known/") => path.to_owned(),
            Some(rest) => rest.to_owned(),
            None => format!("api/v1/{path}"),
        };
        let mut headers = HeaderMap::new();
        for line in lines {
            let (name, value) = line.split_once(": ").expect("a header");
            let name: HeaderName = name.parse().expect("a name");
            headers.append(name, HeaderValue::from_str(value).expect("a value"));
        }
        let home: IpAddr = "127.0.0.1".parse().expect("an address");
        let is_head = method == Method::HEAD;
        let response = self
            .api
            .answer(&Enquiry {
                method: if is_head { Method::GET } else { method },
                is_head,
                path,
                query,
                headers,
                body: Bytes::copy_from_slice(body),
                address: Some(home),
                peer: Some(home),
                is_secure: false,
                now: self.now(),
            })
            .await;
        let (head, body) = response.into_parts();
        Reply {
            status: head.status,
            headers: head.headers,
            body,
        }
    }

    /// A form to where programs are let in.
    pub(crate) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut form = form_urlencoded::Serializer::new(String::new());
        let form = form.extend_pairs(fields).finish();
        let kind = "content-type: application/x-www-form-urlencoded";
        self.ask(Method::POST, path, &[kind], form.as_bytes()).await
    }

    /// Somebody with an account.
    pub(crate) async fn person(&self) -> AccountId {
        let number = self.people.fetch_add(1, Ordering::SeqCst);
        let id = AccountId::new(u128::from(number) + 1);
        let mut writing = self.store.write().await.expect("a turn");
        let mail = format!("reader{number}@example.com");
        let new = NewAccount {
            id,
            mail: MailAddress::new(&mail).expect("an address"),
            name: Some("Anna".to_owned()),
            locale: None,
            password: None,
            verified: Some(self.now()),
        };
        writing.add_account(&new, self.now()).await.expect("added");
        writing.commit().await.expect("kept");
        id
    }

    /// The line of a browser that is signed in to the account.
    pub(crate) async fn browser(&self, account: AccountId) -> String {
        let until = self.now() + SignedDuration::from_hours(24);
        let new = self.gate.new_session(until, self.now()).expect("a session");
        self.add(account, new.id).await;
        let set = new.cookie.to_str().expect("text");
        format!("cookie: {}", set.split(';').next().expect("a pair"))
    }

    async fn add(&self, account: AccountId, id: SessionId) {
        let mut writing = self.store.write().await.expect("a turn");
        let session = NewSession {
            id,
            account,
            label: "Firefox".to_owned(),
            expires: self.now() + SignedDuration::from_hours(24),
        };
        writing
            .add_session(&session, 5, self.now())
            .await
            .expect("added");
        let feed = writing.commit().await.expect("kept").feed.expect("told");
        assert!(self.follower.has_heard(feed).await);
    }

    /// Makes the account one that may read.
    pub(crate) fn entitle(&self, account: AccountId) {
        let snapshot = Snapshot {
            entitlements: Entitlements::new(vec![Entitlement {
                name: "read".into(),
                standing: Standing::Paid,
                until: None,
            }]),
            ..Snapshot::default()
        };
        // After everything that the store tells.
        let seq = Seq(1 << 40);
        self.gate.accounts().apply(
            seq,
            access::AccountChange::Entitled {
                account: account.into(),
                snapshot,
            },
        );
    }

    /// A code, as the reader's page hands it over.
    pub(crate) async fn code(&self, account: AccountId, scopes: &str) -> String {
        let mut drawn = [0; 32];
        assert!(random_enough(&mut drawn));
        let code = URL_SAFE_NO_PAD.encode(drawn);
        let permission = Permission {
            app: CLIENT.to_owned(),
            redirect: REDIRECT.to_owned(),
            challenge: URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER)),
            scopes: Scopes::parse(scopes).expect("scopes").bits(),
            label: "Tide Reader (Safari, iPhone)".to_owned(),
        };
        let mut writing = self.store.write().await.expect("a turn");
        let hash = TokenHash::of(code.as_bytes());
        let added = writing
            .add_code(hash, (account, &permission), self.now())
            .await;
        added.expect("added");
        writing.commit().await.expect("kept");
        code
    }

    /// Tokens for a code.
    pub(crate) async fn exchange(&self, code: &str) -> Reply {
        let fields = [
            ("grant_type", "authorization_code"),
            ("client_id", CLIENT),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        self.form("/oauth/token", &fields).await
    }

    /// New tokens for a refresh token.
    pub(crate) async fn refresh(&self, token: &str) -> Reply {
        let fields = [
            ("grant_type", "refresh_token"),
            ("client_id", CLIENT),
            ("refresh_token", token),
        ];
        self.form("/oauth/token", &fields).await
    }

    /// The line of a program that the account has let in.
    pub(crate) async fn program(&self, account: AccountId, scopes: &str) -> String {
        let code = self.code(account, scopes).await;
        let reply = self.exchange(&code).await;
        bearer(&reply)
    }
}

/// The line that shows the access token.
#[track_caller]
pub(crate) fn bearer(reply: &Reply) -> String {
    let said = reply.json();
    let token = said["access_token"].as_str();
    let token = token.unwrap_or_else(|| panic!("no tokens: {said}"));
    format!("authorization: Bearer {token}")
}

fn api(
    setup: &Setup,
    gate: &Arc<Gate>,
    store: &Store,
    follower: &Arc<Follower>,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
) -> Api {
    Api::new(Parts {
        settings: Settings {
            name: "The Review".to_owned(),
            url: URL.to_owned(),
            prefix: "/-/".to_owned(),
            locales: vec![Locale::english()],
            timezone: "Asia/Tokyo".to_owned(),
            colours: BTreeMap::from([("ink".to_owned(), "#111".to_owned())]),
            origins: setup.origins.clone(),
        },
        gate: Arc::clone(gate),
        newsroom: Arc::new(Stand(setup.has_lists, Arc::clone(gate))),
        accounts: setup.has_accounts.then(|| Accounts {
            store: store.clone(),
            feed: Arc::clone(follower) as Arc<dyn Feed>,
            apps: setup.apps.clone(),
            session: SignedDuration::from_hours(24 * 90),
            devices: 5,
        }),
        messages: Arc::new(Messages::builtin().expect("messages")),
        secret: [3; 32],
        world: World {
            system: clock,
            random: Arc::new(random_enough),
        },
    })
}

fn clock(ahead: &Arc<AtomicU64>) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
    let ahead = Arc::clone(ahead);
    Arc::new(move || {
        let start: Timestamp = START.parse().expect("a time");
        let seconds = i64::try_from(ahead.load(Ordering::SeqCst)).expect("not so far");
        start + SignedDuration::from_secs(seconds)
    })
}

/// What never repeats within a test, which is all that is asked of it.
fn random_enough(bytes: &mut [u8]) -> bool {
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    let number = DRAWN.fetch_add(1, Ordering::Relaxed);
    let hash = blake3::hash(&number.to_le_bytes());
    bytes.copy_from_slice(&hash.as_bytes()[..bytes.len()]);
    true
}

fn gate(data: &std::path::Path, clock: &Arc<dyn Fn() -> Timestamp + Send + Sync>) -> Gate {
    let mut registry = prometheus_client::registry::Registry::default();
    Gate::new(GateParts {
        policy: policy(),
        keys: Keyring::new(&[(1, [7; 32])]).expect("a key"),
        network_secret: [9; 32],
        webhook_secret: [b'7'; gateway::WEBHOOK_SECRET],
        pages: Pages::new(16 << 20),
        meter: meter::Store::open(meter::Config::new(data.join("meter"))).expect("a meter"),
        accounts: gateway::Accounts::none(),
        world: gateway::World {
            now: Arc::clone(clock),
            system: Arc::clone(clock),
            elapsed: Arc::new(|| Duration::ZERO),
            random: Arc::new(random_enough),
        },
        metrics: Arc::new(Metrics::new(&mut registry)),
    })
}

fn policy() -> PolicyParts {
    let home = page::Origin::parse(URL).expect("a site");
    let mut compile = page::Options::new(home)
        .body([".story-body"])
        .expect("a selector");
    compile.preview = page::Preview::Words(40);
    PolicyParts {
        rules: rules(),
        origin: Arc::new(Stories),
        articles: Articles {
            compile,
            paths: PathPattern::new("/stories/**").into_iter().collect(),
            max_age: Duration::from_mins(1),
            query: Vec::new(),
        },
        site: None,
        prompts: Arc::new(prompts()),
        locales: vec![Locale::english()],
        negotiate_locale: false,
        gifts: None,
        mode: Mode::Enforce,
        expose_decisions: true,
        fresh_readers: 1_000,
        fresh_hours: 24,
        prefix: "/-/".into(),
        url: URL.into(),
        host: "review.example".into(),
        assets: Vec::new(),
        looks: None,
        trusted_proxies: TrustedProxies::default(),
        country_header: None,
        asker: None,
        countries: None,
        crawling: None,
        hsts: None,
        cookie: ReaderCookie::new(false),
        zstd: true,
    }
}

fn rules() -> Rules {
    let meter = Meter {
        id: "monthly".into(),
        no: MeterNo::new(0).expect("a number"),
        period: Period::CalendarMonth,
        allowance: Allowance {
            anonymous: 3,
            registered: 4,
        },
        notice: 2,
    };
    let rule = |id: &str, when, then| Rule {
        id: id.into(),
        when,
        then,
    };
    let list = vec![
        rule("readers", Condition::Entitled("read".into()), Action::Open),
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
    ];
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
    let messages = Arc::new(Messages::builtin().expect("messages"));
    Prompts::load(None, messages, words).expect("prompts")
}

/// The origin: the stories, each with a canary in every paragraph.
struct Stories;

impl Origin for Stories {
    fn fetch<'a>(&'a self, request: OriginRequest<'a>) -> Fetching<'a> {
        let name = request.path.strip_prefix("/stories/").unwrap_or_default();
        let known = STORIES.iter().find(|(known, ..)| *known == name);
        let (status, body) = match (known, name) {
            (Some((name, _, tier, _)), _) => {
                let head = format!("<meta property=\"article:content_tier\" content=\"{tier}\">");
                (200, canary::story(name, &head))
            }
            (None, "gone") => (410, "<h1>It is gone</h1>".to_owned()),
            _ => (404, "<h1>Nothing here</h1>".to_owned()),
        };
        let status = StatusCode::from_u16(status).expect("a status");
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        let answer = OriginResponse::whole(status, kind, Bytes::from(body));
        Box::pin(std::future::ready(Ok(answer)))
    }
}
