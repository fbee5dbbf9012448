//! Stories for programs: the same decision, count and words as for a page, and
//! nothing beyond them.

use std::sync::Arc;

use access::{AccountChange, AccountKey, Condition, Outcome, Reason, SessionId, Snapshot};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use jiff::SignedDuration;
use ludgate_gateway::{Access, Enquirer, Mode, NotTold, ProgramTag, Told, Wanted, Whom};

use crate::canary::{leaks, token};
use crate::sessions::subscriber;
use crate::site::{Setup, Site, rules_opening};

/// The headers of these lines.
pub(crate) fn headers(lines: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ").expect("a header");
        let name: HeaderName = name.parse().expect("a name");
        headers.append(name, HeaderValue::from_str(value).expect("a value"));
    }
    headers
}

fn runs<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(future)
}

impl Site {
    fn told(&self, address: &str, lines: &[&str]) -> Result<Told, NotTold> {
        self.told_by(address, lines, true)
    }

    fn told_by(&self, address: &str, lines: &[&str], reads: bool) -> Result<Told, NotTold> {
        let headers = headers(lines);
        let wanted = Wanted {
            address,
            headers: &headers,
            peer: Some("127.0.0.1".parse().expect("an address")),
            reads,
            now: self.now(),
        };
        runs(self.gate.tell(wanted))
    }

    /// A program's line for an account that is signed in with it.
    fn program(&self, seq: u64, account: u128) -> (SessionId, String) {
        let session = SessionId([u8::try_from(seq).expect("small"); 16]);
        let until = self.now() + SignedDuration::from_hours(24);
        let account = AccountKey(account);
        self.push(
            seq,
            AccountChange::SessionOpened {
                session,
                account,
                until,
            },
        );
        let access = Access {
            session,
            program: ProgramTag::of("reader"),
            scopes: 1,
            until,
        };
        let token = self.gate.access_token(&access).expect("a token");
        (session, format!("authorization: Bearer {token}"))
    }
}

/// Says what was decided, after looking that the body is what it says.
fn reads(site: &Site, story: &str, lines: &[&str]) -> Reason {
    let told = site.told(&format!("/stories/{story}"), lines).expect(story);
    let leaked = leaks(story, told.body.as_bytes());
    assert_eq!(told.is_whole, told.decision.outcome == Outcome::Full);
    assert_eq!(leaked.is_empty(), !told.is_whole, "{story}: {leaked:?}");
    assert!(
        told.body.contains(&token(story, 0)),
        "{story}: {}",
        told.body
    );
    assert!(!told.body.contains("<h1>"), "{story}: only the body");
    assert_eq!(told.headline.as_deref(), Some(story));
    // The page repeats all of the text there.
    let described = told.description.unwrap_or_default();
    assert_eq!(
        leaks(story, described.as_bytes()).is_empty(),
        !told.is_whole
    );
    if !told.is_whole {
        let prompt = told.prompt.expect("words");
        assert!(leaks(story, prompt.html.as_bytes()).is_empty());
        assert!(!prompt.text.contains('<'), "{}", prompt.text);
    }
    told.decision.reason
}

#[test]
fn a_program_is_counted_as_a_browser_is_and_stops_at_the_same_wall() {
    let site = Site::start(&Setup::default());
    let first = site.told("/stories/a", &[]).expect("told");
    assert_eq!(first.decision.reason, Reason::Counted);
    assert!(first.is_whole);
    let cookie = first
        .cookies
        .first()
        .expect("an id")
        .to_str()
        .expect("text");
    let line = format!("cookie: {}", cookie.split(';').next().expect("a pair"));
    assert_eq!(reads(&site, "a", &[&line]), Reason::AlreadyCounted);
    assert_eq!(reads(&site, "b", &[&line]), Reason::Counted);
    // The page and the program are one meter.
    assert_eq!(site.get("/stories/c", &[&line]).reason(), "counted");
    assert_eq!(reads(&site, "d", &[&line]), Reason::MeterExhausted);
    assert_eq!(site.get("/stories/d", &[&line]).reason(), "meter-exhausted");
    assert_eq!(reads(&site, "free", &[&line]), Reason::Free);
    assert_eq!(reads(&site, "sponsored", &[&line]), Reason::Sponsored);
    assert_eq!(
        reads(&site, "locked", &[&line]),
        Reason::SubscriptionRequired
    );
}

#[test]
fn who_only_asks_is_not_counted_and_gets_no_more_than_is_open() {
    let site = Site::start(&Setup::default());
    for (story, reason) in [("a", Reason::Unavailable), ("free", Reason::Free)] {
        let told = site.told_by(&format!("/stories/{story}"), &[], false);
        let told = told.expect("told");
        assert_eq!(told.decision.reason, reason, "{story}");
        assert_eq!(told.is_whole, reason == Reason::Free, "{story}");
        assert!(told.cookies.is_empty(), "{story}");
    }
    let ahead = site.told("/stories/a", &["sec-purpose: prefetch"]);
    assert_eq!(ahead.err(), Some(NotTold::Ahead));
    let free = site.told("/stories/free", &["sec-purpose: prefetch"]);
    assert!(free.expect("told").is_whole);
}

#[test]
fn of_many_at_the_limit_exactly_one_is_whole() {
    let site = Arc::new(Site::start(&Setup::default()));
    let line = format!("cookie: {}", site.reader(&["a", "b"]));
    let started = (0..12).map(|number| {
        let (site, line) = (Arc::clone(&site), line.clone());
        std::thread::spawn(move || {
            let story = format!("/stories/p{number}");
            site.told(&story, &[&line]).expect("told").is_whole
        })
    });
    let threads: Vec<_> = started.collect();
    let whole = threads.into_iter().filter(|_| true);
    let whole = whole.map(|thread| thread.join().expect("an end"));
    assert_eq!(whole.filter(|is_whole| *is_whole).count(), 1);
}

#[test]
fn a_token_reads_for_its_reader_and_nothing_else_the_request_shows_matters() {
    let site = Site::start(&Setup::default());
    let mut policy = site.policy(&Setup::default());
    policy.rules = rules_opening(Condition::Entitled("read".into()));
    site.gate.install(policy);
    site.entitle(1, 7, subscriber());
    let (session, line) = site.program(2, 7);
    assert_eq!(reads(&site, "locked", &[&line]), Reason::Entitled);
    let caller = site.gate.caller(&headers(&[&line]));
    assert!(
        matches!(caller, Enquirer::Program { access, account: AccountKey(7) } if access.session == session),
        "{caller:?}"
    );
    // No page is opened by it.
    let page = site.get("/stories/locked", &[&line]);
    assert_eq!(page.reason(), "subscription-required");
    assert!(leaks("locked", &page.decoded()).is_empty());
    // A token that isn't good is nobody's, whatever cookie comes with it.
    let walled = site.walled();
    let browser = site.sign_in(3, 7);
    for bad in ["authorization: Bearer x", "authorization: Bearer"] {
        for cookie in [&*walled, &*browser.line] {
            let cookie = cookie.replace("Cookie:", "cookie:");
            let told = site.told("/stories/free", &[bad, &cookie]);
            assert_eq!(told.err(), Some(NotTold::Token), "{bad}");
            assert_eq!(
                site.gate.caller(&headers(&[bad, &cookie])),
                Enquirer::Refused
            );
        }
    }
    let twice = site.told("/stories/free", &[&line, &line]);
    assert_eq!(twice.err(), Some(NotTold::Token));
}

#[test]
fn a_token_ends_with_its_hour_and_with_its_session() {
    let site = Site::start(&Setup::default());
    site.entitle(1, 7, Snapshot::default());
    let (session, line) = site.program(2, 7);
    assert_eq!(reads(&site, "a", &[&line]), Reason::Counted);
    site.pass(SignedDuration::from_mins(59));
    assert!(site.told("/stories/a", &[&line]).is_ok());
    site.pass(SignedDuration::from_mins(1));
    let over = site.told("/stories/a", &[&line]);
    assert_eq!(over.err(), Some(NotTold::Token), "an hour is the most");

    let (_, line) = site.program(3, 7);
    assert!(site.told("/stories/a", &[&line]).is_ok());
    site.push(
        4,
        AccountChange::SessionEnded {
            session: SessionId([3; 16]),
        },
    );
    assert_eq!(
        site.told("/stories/a", &[&line]).err(),
        Some(NotTold::Token)
    );
    assert_ne!(session, SessionId([3; 16]));
}

#[test]
fn looking_ahead_counts_nothing_and_is_whole_only_for_who_is_entitled() {
    let site = Site::start(&Setup::default());
    let mut policy = site.policy(&Setup::default());
    policy.rules = rules_opening(Condition::Entitled("read".into()));
    site.gate.install(policy);
    let nobody = Snapshot::default();
    let reads = subscriber();
    for (story, account, whole) in [
        ("a", None, false),
        ("a", Some(&nobody), false),
        ("a", Some(&reads), true),
        ("locked", Some(&nobody), false),
        ("locked", Some(&reads), true),
        ("free", None, true),
        ("sponsored", Some(&nobody), true),
    ] {
        let whom = account.map_or(Whom::Nobody, |snapshot| {
            Whom::Account(AccountKey(7), snapshot)
        });
        let address = format!("/stories/{story}");
        let ahead = runs(site.gate.foresee(&address, whom, site.now()));
        let ahead = ahead.expect("a decision");
        assert_eq!(ahead.is_whole(), whole, "{story} {ahead:?}");
        let body = ahead.body().expect("a body");
        assert_eq!(leaks(story, body.as_bytes()).is_empty(), !whole, "{story}");
        assert!(body.contains(&token(story, 0)), "{story}");
    }
    assert!(site.get("/stories/a", &[]).decision().contains("used=1"));
}

#[test]
fn where_there_is_no_one_story_it_says_so() {
    let site = Site::start(&Setup::default());
    for (address, why) in [
        ("/", NotTold::NoStory),
        ("/site.css", NotTold::NoStory),
        ("/stories/archive", NotTold::NoStory),
        ("/stories/broken", NotTold::NoStory),
        ("/stories/charset", NotTold::Unavailable),
        ("/nothing", NotTold::Missing(StatusCode::NOT_FOUND)),
        (
            "/stories/embargoed",
            NotTold::Missing(StatusCode::NOT_FOUND),
        ),
        ("/-/healthz", NotTold::Missing(StatusCode::NOT_FOUND)),
        ("stories/a", NotTold::Address),
        ("/stories/%2e%2e/a%00", NotTold::Address),
    ] {
        assert_eq!(site.told(address, &[]).err(), Some(why), "{address}");
    }
}

#[test]
fn a_gate_that_observes_withholds_nothing_from_programs_either() {
    let site = Site::start(&Setup {
        mode: Mode::Observe,
        ..Setup::default()
    });
    let told = site.told("/stories/locked", &[]).expect("told");
    assert_eq!(told.decision.reason, Reason::SubscriptionRequired);
    assert!(told.is_whole);
    assert_eq!(told.prompt, None);
}

#[test]
fn while_accounts_are_loaded_a_token_is_nobodys_yet() {
    let site = Site::start(&Setup {
        awaits_accounts: true,
        ..Setup::default()
    });
    let access = Access {
        session: SessionId([1; 16]),
        program: ProgramTag::of("reader"),
        scopes: 1,
        until: site.now() + SignedDuration::from_mins(30),
    };
    let token = site.gate.access_token(&access).expect("a token");
    let line = format!("authorization: Bearer {token}");
    let told = site.told("/stories/free", &[&line]);
    assert_eq!(told.err(), Some(NotTold::Unavailable));
    assert_eq!(site.gate.caller(&headers(&[&line])), Enquirer::Unknown);
}

#[test]
fn where_a_reader_stands_is_said_without_counting() {
    let site = Site::start(&Setup::default());
    let cookie = format!("cookie: {}", site.reader(&["a", "b"]));
    let standing = |lines: &[&str]| {
        let headers = headers(lines);
        let peer = Some("127.0.0.1".parse().expect("an address"));
        runs(site.gate.standing(&headers, peer, site.now()))
    };
    for (lines, used, limit) in [(&[][..], 0, 3), (&[&*cookie][..], 2, 3)] {
        let told = standing(lines).expect("a standing");
        let meter = told.meters.first().expect("a meter");
        assert_eq!((meter.used, meter.limit), (used, limit));
        assert_eq!(
            meter.renews.map(|day| day.to_string()).as_deref(),
            Some("2026-12-01")
        );
    }
    site.entitle(1, 7, subscriber());
    let (_, line) = site.program(2, 7);
    let told = standing(&[&line, &cookie]).expect("a standing");
    assert!(told.entitlements.active("read", site.now()));
    assert_eq!(
        told.meters.first().map(|meter| (meter.used, meter.limit)),
        Some((0, 5))
    );
    let refused = standing(&[&format!("{}: Bearer x", header::AUTHORIZATION)]);
    assert_eq!(refused.err(), Some(NotTold::Token));
}
