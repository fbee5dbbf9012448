//! A publication with a store and a gate that follows it, and clocks that stand
//! still until they are moved.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use access::{AccountChange, AccountKey, SessionId, StoryId};
use billing::{Billing, Clock};
use bytes::Bytes;
use commerce::ids::AccountId;
use http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use ludgate_web::{
    Cost, Counted, Doing, Feed, FeedOf, FeedPlace, FoundText, FoundTexts, FoundValue, Gate,
    Headline, ICONS, Keepable, Letter, NewSession, NotSearched, OwnApp, Pages, Parts, Passwords,
    Piece, Sender, Settings, Sponsor, StripeScript, TextWish, World,
};
use prompts::{Locale, Messages};
use providers::payment::Provider;
use providers::sandbox::{Mischief, Sandbox};
use store::accounts::{Account, NewAccount};
use store::gate::Directory;
use store::jobs::{Lane, Lease, Worker};
use store::outbox::Task;
use store::{MailAddress, Options, Store};

use crate::stall::{NoPost, sales};

pub(crate) const SITE: &str = "https://review.example";

/// What is cheap enough for tests.
const CHEAP: Cost = Cost {
    memory: 8,
    passes: 1,
};

pub(crate) struct Site {
    pub(crate) pages: Pages,
    pub(crate) billing: Billing,
    pub(crate) store: Store,
    pub(crate) gate: Arc<Followed>,
    ahead: Arc<AtomicI64>,
    _data: tempfile::TempDir,
}

const START: &str = "2026-11-12T03:00:00Z";

fn clock(ahead: &Arc<AtomicI64>) -> impl Fn() -> Timestamp + Send + Sync + 'static {
    let ahead = Arc::clone(ahead);
    move || {
        let start: Timestamp = START.parse().expect("a time");
        start + SignedDuration::from_secs(ahead.load(Ordering::SeqCst))
    }
}

/// Bytes that never repeat within a test.
fn random(bytes: &mut [u8]) -> bool {
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    let number = DRAWN.fetch_add(1, Ordering::Relaxed);
    let mut hasher = blake3::Hasher::new();
    hasher.update(&number.to_le_bytes());
    hasher.finalize_xof().fill(bytes);
    true
}

/// What the paper says of itself.
fn usual() -> Settings {
    let locale = |tag: &str| tag.parse::<Locale>().expect("a locale");
    Settings {
        name: "The Ludgate Review".to_owned(),
        site: SITE.to_owned(),
        prefix: "/-/".to_owned(),
        looks: None,
        locales: ["en", "ja", "ar", "de", "fr", "pl"].map(locale).to_vec(),
        zone: jiff::tz::TimeZone::UTC,
        session: SignedDuration::from_hours(24 * 30),
        devices: 10,
        newsletter: true,
        gift_links: true,
        app: Some(OwnApp {
            lease: SignedDuration::from_hours(24 * 7),
            icons: ICONS.map(|icon| Bytes::from_static(icon.path.as_bytes())),
            paper: "#fdfcf9".to_owned(),
        }),
        apps: vec![ludgate_web::App {
            id: "reader".to_owned(),
            name: "Tide Reader".to_owned(),
            redirects: vec![
                "example.reader:/cb".parse().expect("an address"),
                "http://127.0.0.1/cb".parse().expect("an address"),
            ],
        }],
        print: Some(schedule()),
        stripe: StripeScript::default(),
    }
}

impl Site {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// One that says other things of itself.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let ahead = Arc::new(AtomicI64::new(0));
        let now = clock(&ahead);
        let options = Options::at(data.path().join("ludgate.db"));
        let store = Store::open(&options, now()).await.expect("a store");
        let gate = Arc::new(Followed::new(store.clone()));
        let billing = Billing::new(billing::Parts {
            store: store.clone(),
            provider: Arc::new(Provider::Sandbox(Box::new(Sandbox::in_memory(
                Mischief::default(),
            )))),
            sales: sales(),
            world: billing::World {
                clock: Clock::test(&store, Arc::new(clock(&ahead)))
                    .await
                    .expect("a clock"),
                random: Arc::new(random),
            },
            post: Arc::new(NoPost),
            codes: [9; 32],
        });
        let billing = billing.expect("billing");
        let mut settings = usual();
        change(&mut settings);
        let pages = Pages::load(Parts {
            settings,
            store: store.clone(),
            billing: Some(billing.clone()),
            gate: Arc::clone(&gate) as Arc<dyn Gate>,
            messages: Arc::new(Messages::load(None).expect("messages")),
            theme: None,
            passwords: Passwords::new(CHEAP, 2).expect("a cost"),
            secret: [7; 32],
            world: World {
                system: Arc::new(now),
                random: Arc::new(random),
            },
        });
        Self {
            pages: pages.expect("pages"),
            billing,
            store,
            gate,
            ahead,
            _data: data,
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        clock(&self.ahead)()
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Makes an account with a password behind the pages' back.
    pub(crate) async fn register(&self, mail: &str, password: &str) -> AccountId {
        self.brings_over(mail, password, Some(self.now())).await
    }

    /// The same, of an address that was confirmed then, or never.
    pub(crate) async fn brings_over(
        &self,
        mail: &str,
        password: &str,
        verified: Option<Timestamp>,
    ) -> AccountId {
        let hasher = argon2::Argon2::new(
            argon2::Algorithm::Argon2id,
            argon2::Version::V0x13,
            argon2::Params::new(CHEAP.memory, CHEAP.passes, 1, None).expect("a cost"),
        );
        let salt = [3; 16];
        let hash = argon2::password_hash::PasswordHasher::hash_password_with_salt(
            &hasher,
            password.as_bytes(),
            &salt,
        );
        let mut bits = [0; 16];
        random(&mut bits);
        let id = AccountId::new(u128::from_be_bytes(bits));
        let new = NewAccount {
            id,
            mail: MailAddress::new(mail).expect("an address"),
            name: None,
            locale: None,
            password: Some(store::accounts::PasswordHash::new(
                hash.expect("a hash").to_string(),
            )),
            verified,
        };
        let mut writing = self.store.write().await.expect("a turn");
        assert!(writing.add_account(&new, self.now()).await.expect("a row"));
        writing.commit().await.expect("a commit");
        id
    }

    pub(crate) async fn account(&self, mail: &str) -> Option<Account> {
        let mail = MailAddress::new(mail).expect("an address");
        let mut reading = self.store.read().await.expect("a turn");
        reading.account_by_mail(&mail).await.expect("a row")
    }

    /// The mails that were asked for since the last look, the first first.
    pub(crate) async fn letters(&self) -> Vec<Letter> {
        let lease = Lease {
            business: self.now(),
            system: self.now(),
            lasts: SignedDuration::from_hours(1_000_000),
        };
        let worker = Worker::new("tests");
        let mut writing = self.store.write().await.expect("a turn");
        let jobs = writing.take_jobs(Lane::Mail, &worker, lease, 100).await;
        writing.commit().await.expect("a commit");
        let letter = |job: store::jobs::Job| match job.task {
            Task::Mail { kind, body } => {
                let letter: Letter = serde_json::from_value(body).expect("a letter");
                assert_eq!(letter.kind.as_str(), kind);
                Some(letter)
            }
            // What has become of a subscription is told by billing.
            Task::Tell => None,
            other => panic!("{other:?}"),
        };
        jobs.expect("jobs").into_iter().filter_map(letter).collect()
    }

    /// The one mail that was asked for.
    pub(crate) async fn letter(&self) -> Letter {
        let mut letters = self.letters().await;
        assert_eq!(letters.len(), 1, "{letters:?}");
        letters.remove(0)
    }
}

/// The path and query of a letter's link.
pub(crate) fn link(letter: &Letter) -> String {
    let link = letter.link.as_deref().expect("a link");
    link.strip_prefix(SITE).expect("a link here").to_owned()
}

/// A gate that knows of sessions what the store's feed says, as the real one.
pub(crate) struct Followed {
    store: Store,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    directory: Directory,
    heard: i64,
    sessions: HashMap<SessionId, (AccountKey, Timestamp)>,
    taken_over: Vec<(String, AccountKey)>,
    /// Whether accounts are still being loaded.
    loads: bool,
    /// Whether the stories are another site's.
    is_foreign: bool,
    /// Who holds `apps`.
    holders: Vec<AccountKey>,
}

fn id(secret: &str) -> SessionId {
    let mut id = [0; 16];
    id.copy_from_slice(&blake3::hash(secret.as_bytes()).as_bytes()[..16]);
    SessionId(id)
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let line = headers.get(header::COOKIE)?.to_str().ok()?;
    let pairs = line.split("; ").filter_map(|pair| pair.split_once('='));
    pairs
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| value)
        .next()
}

impl Followed {
    fn new(store: Store) -> Self {
        Self {
            store,
            known: Mutex::default(),
        }
    }

    /// Whom the gate takes the bearer of the cookie for.
    pub(crate) fn knows(&self, secret: &str, now: Timestamp) -> Option<AccountKey> {
        let known = self.known.lock().expect("a lock");
        let (account, until) = known.sessions.get(&id(secret))?;
        (now < *until).then_some(*account)
    }

    /// Has it load accounts, or be done with that.
    pub(crate) fn loads(&self, loads: bool) {
        self.known.lock().expect("a lock").loads = loads;
    }

    /// Has its stories come from another site.
    pub(crate) fn has_no_feeds(&self) {
        self.known.lock().expect("a lock").is_foreign = true;
    }

    /// Has these accounts, and no others, hold `apps`.
    pub(crate) fn entitles(&self, holders: &[AccountKey]) {
        self.known.lock().expect("a lock").holders = holders.to_vec();
    }

    /// How far it has followed the store's feed.
    pub(crate) fn heard(&self) -> i64 {
        self.known.lock().expect("a lock").heard
    }

    /// Which browsers' counts went to which accounts.
    pub(crate) fn taken_over(&self) -> Vec<(String, AccountKey)> {
        self.known.lock().expect("a lock").taken_over.clone()
    }

    async fn follow(&self) -> i64 {
        let heard = self.known.lock().expect("a lock").heard;
        let mut reading = self.store.read().await.expect("a turn");
        let changes = reading.feed_after(heard).await.expect("changes");
        let mut known = self.known.lock().expect("a lock");
        for (_, change) in changes.changes {
            for change in known.directory.take(change) {
                match change {
                    AccountChange::SessionOpened {
                        session,
                        account,
                        until,
                    } => {
                        known.sessions.insert(session, (account, until));
                    }
                    AccountChange::SessionEnded { session } => {
                        known.sessions.remove(&session);
                    }
                    AccountChange::Entitled { .. } | AccountChange::Gone { .. } => {}
                }
            }
        }
        known.heard = changes.last;
        changes.last
    }
}

impl Gate for Followed {
    fn sender(&self, headers: &HeaderMap, now: Timestamp) -> Sender {
        let secret = cookie(headers, "session");
        if secret.is_some() && self.known.lock().expect("a lock").loads {
            return Sender::Unknown;
        }
        let known = secret.and_then(|secret| Some((id(secret), self.knows(secret, now)?)));
        known.map_or(Sender::Anonymous, |(session, account)| Sender::SignedIn {
            session,
            account,
        })
    }

    fn new_session(&self, _: Timestamp, _: Timestamp) -> Option<NewSession> {
        let mut secret = [0; 16];
        random(&mut secret);
        let secret = format!("{:032x}", u128::from_be_bytes(secret));
        Some(NewSession {
            id: id(&secret),
            cookie: HeaderValue::try_from(format!("session={secret}; Path=/")).ok()?,
        })
    }

    fn forget_session(&self, _: Timestamp) -> Option<HeaderValue> {
        Some(HeaderValue::from_static("session=; Path=/; Max-Age=0"))
    }

    fn take_over<'a>(
        &'a self,
        headers: &'a HeaderMap,
        account: AccountKey,
    ) -> Doing<'a, Result<bool, String>> {
        let reader = cookie(headers, "reader").map(str::to_owned);
        let is_known = reader.is_some();
        let mut known = self.known.lock().expect("a lock");
        known
            .taken_over
            .extend(reader.map(|reader| (reader, account)));
        Box::pin(std::future::ready(Ok(is_known)))
    }

    fn story<'a>(&'a self, place: &'a str) -> Doing<'a, Option<StoryId>> {
        let path = place.split('?').next().unwrap_or_default();
        let story = path.starts_with("/stories/").then(|| StoryId::new(path));
        Box::pin(std::future::ready(story))
    }

    fn counted(&self, account: AccountKey) -> Doing<'_, Result<Counted, String>> {
        let read = serde_json::json!({ "story": "/stories/a", "by": account.0.to_string() });
        let counted = Counted {
            read: vec![read],
            given: Vec::new(),
        };
        Box::pin(std::future::ready(Ok(counted)))
    }

    fn holds(&self, account: AccountKey, what: &str, _now: Timestamp) -> Option<bool> {
        let known = self.known.lock().expect("a lock");
        Some(what == "apps" && known.holders.contains(&account))
    }

    fn keepable<'a>(
        &'a self,
        _account: AccountKey,
        stories: &'a [&'a str],
        _now: Timestamp,
    ) -> Doing<'a, Result<Vec<Keepable>, String>> {
        let may = stories.iter().filter(|story| !story.starts_with("closed"));
        let may = may.map(|story| Keepable {
            id: (*story).to_owned(),
            beginning: "In the beginning.".to_owned(),
            version: "1".to_owned(),
        });
        Box::pin(std::future::ready(Ok(may.collect())))
    }

    fn search_texts<'a>(
        &'a self,
        wish: &'a TextWish,
        account: AccountKey,
        _now: Timestamp,
    ) -> Doing<'a, Result<FoundTexts, NotSearched>> {
        let known = self.known.lock().expect("a lock");
        let found = if known.is_foreign {
            Err(NotSearched::Elsewhere)
        } else if !known.holders.contains(&account) {
            Err(NotSearched::NotEntitled)
        } else if wish.words == "again" {
            Err(NotSearched::TooOften(SignedDuration::from_secs(7)))
        } else {
            Ok(texts(wish))
        };
        Box::pin(std::future::ready(found))
    }

    fn language(&self) -> Option<String> {
        Some("en".to_owned())
    }

    fn headline(&self, story: &str, _now: Timestamp) -> Option<Headline> {
        (story != "gone").then(|| Headline {
            path: format!("/stories/{story}"),
            title: format!("About {story}"),
            standfirst: "What it says.".to_owned(),
            language: "en".to_owned(),
            sponsor: (story == "the-lido").then(trust),
        })
    }

    fn feeds(&self) -> Vec<FeedOf> {
        if self.known.lock().expect("a lock").is_foreign {
            return Vec::new();
        }
        let place = |format, path: &str| FeedPlace {
            format,
            path: path.to_owned(),
        };
        vec![FeedOf {
            section: None,
            places: vec![place("Atom", "feed.xml"), place("RSS", "rss.xml")],
        }]
    }

    fn feed<'a>(
        &'a self,
        place: &'a str,
        account: AccountKey,
        _now: Timestamp,
    ) -> Doing<'a, Result<Option<Feed>, String>> {
        let feed = Feed {
            content_type: "application/atom+xml; charset=utf-8",
            body: format!("<feed>{}</feed>", account.0).into(),
        };
        let made = match place {
            "broken.xml" => Err("a template failed".to_owned()),
            "feed.xml" | "rss.xml" => Ok(Some(feed)),
            _ => Ok(None),
        };
        Box::pin(std::future::ready(made))
    }

    fn has_heard(&self, feed: i64) -> Doing<'_, bool> {
        Box::pin(async move { self.follow().await >= feed })
    }
}

/// Print comes on every day but Sunday, and is settled two days before.
fn schedule() -> commerce::delivery::Schedule {
    use commerce::calendar::Zone;
    use commerce::delivery::{Days, Limits, Schedule};
    use jiff::civil::{Time, Weekday};
    Schedule {
        zone: Zone::new(jiff::tz::TimeZone::get("UTC").expect("a zone")).expect("a name"),
        days: Days {
            weekdays: (0..6)
                .map(|day| Weekday::from_monday_zero_offset(day).expect("a day"))
                .collect(),
            ..Days::default()
        },
        lead_days: 2,
        closes: Time::MAX,
        in_grace: true,
        limits: Limits {
            suspensions_a_year: 2,
            longest_days: 14,
            ahead_days: 180,
        },
    }
}

/// Who pays for stories here.
fn trust() -> Sponsor {
    Sponsor {
        name: "Lido Trust".to_owned(),
        said: "the Lido Trust".to_owned(),
    }
}

/// Thirty stories that have every word, in one section if that is asked for.
fn texts(wish: &TextWish) -> FoundTexts {
    let piece = |text: &str, marked| Piece {
        text: text.to_owned(),
        marked,
    };
    let story = |number: usize| FoundText {
        path: format!("/stories/{number}"),
        language: "en".to_owned(),
        title: vec![piece("About ", false), piece(&wish.words, true)],
        standfirst: vec![piece("What it says.", false)],
        excerpt: vec![piece("Deep in it: ", false), piece(&wish.words, true)],
        filed: Vec::new(),
        cut_before: true,
        cut_after: false,
        byline: vec!["Ada Moss".to_owned()],
        sponsor: (number == 1).then(trust),
        published: Timestamp::UNIX_EPOCH,
    };
    if wish.words.is_empty() || wish.words == "nothing" {
        return FoundTexts::default();
    }
    let value = |id: &str, stories| FoundValue {
        id: id.to_owned(),
        name: id.to_uppercase(),
        stories,
    };
    let mut values: [Vec<FoundValue>; 4] = Default::default();
    values[0] = vec![value("city", 20), value("sport", 10)];
    let numbers = (0..30).skip(wish.from).take(wish.most);
    FoundTexts {
        stories: numbers.map(story).collect(),
        count: 30,
        values,
        instead: (wish.words == "fery").then(|| "ferry".to_owned()),
        complete: true,
    }
}
