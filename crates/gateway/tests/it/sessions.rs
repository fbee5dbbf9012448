//! Sessions: who is signed in reads what their account may, until they aren't.

use access::{
    AccountChange, AccountKey, Condition, Entitlement, Entitlements, Seq, SessionId, Snapshot,
    Standing, Stories, StoryEntitlement, StoryId,
};
use http::{HeaderMap, HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use ludgate_gateway::{Applied, Keyring, Mode, NewSession, Readiness, Sender, reader_of};

use crate::canary::{leaks, shown_and_hidden};
use crate::client::{Reply, request, send};
use crate::site::{Setup, Site, rules_opening};

mod foreign;

/// A site that opens its stories to whoever is entitled to read.
fn site(setup: &Setup) -> Site {
    let site = Site::start(setup);
    let mut policy = site.policy(setup);
    policy.rules = rules_opening(Condition::Entitled("read".into()));
    site.gate.install(policy);
    site
}

fn until(site: &Site, hours: i64) -> Timestamp {
    site.now() + SignedDuration::from_hours(hours)
}

pub(crate) fn reading(standing: Standing, until: Option<Timestamp>) -> Snapshot {
    Snapshot {
        entitlements: Entitlements::new(vec![Entitlement {
            name: "read".into(),
            standing,
            until,
        }]),
        ..Snapshot::default()
    }
}

pub(crate) fn subscriber() -> Snapshot {
    reading(Standing::Paid, None)
}

fn bought(story: &str, until: Option<Timestamp>) -> Snapshot {
    Snapshot {
        stories: Stories::new(vec![StoryEntitlement {
            story: StoryId::new(story),
            until,
        }]),
        ..Snapshot::default()
    }
}

/// A browser that is signed in.
pub(crate) struct Browser {
    /// What is kept of its session.
    session: SessionId,
    /// The header line that it sends.
    pub(crate) line: String,
}

impl Browser {
    fn of(new: &NewSession) -> Self {
        let set = new.cookie.to_str().expect("text");
        Self {
            session: new.id,
            line: format!("Cookie: {}", set.split(';').next().expect("a pair")),
        }
    }

    fn token(&self) -> &str {
        self.line.rsplit('=').next().expect("a token")
    }
}

impl Site {
    /// Pushes a change to the gate.
    pub(crate) fn push(&self, seq: u64, change: AccountChange) -> Applied {
        self.gate.accounts().apply(Seq(seq), change)
    }

    pub(crate) fn entitle(&self, seq: u64, account: u128, snapshot: Snapshot) -> Applied {
        let account = AccountKey(account);
        self.push(seq, AccountChange::Entitled { account, snapshot })
    }

    /// Signs a browser in for a day.
    pub(crate) fn sign_in(&self, seq: u64, account: u128) -> Browser {
        let until = until(self, 24);
        let new = self.gate.new_session(until, self.now()).expect("a session");
        let opened = AccountChange::SessionOpened {
            session: new.id,
            account: AccountKey(account),
            until,
        };
        assert_eq!(self.push(seq, opened), Applied::Now);
        Browser::of(&new)
    }

    /// A browser that is signed in to an account with so much.
    pub(crate) fn with(&self, account: u128, snapshot: Snapshot) -> Browser {
        self.entitle(1, account, snapshot);
        self.sign_in(2, account)
    }

    fn reads(&self, story: &str, line: &str) -> Reply {
        let reply = self.get(&format!("/stories/{story}"), &[line]);
        let is_full = reply.decision().starts_with("full");
        let told = leaks(story, &reply.decoded());
        assert_eq!(told.is_empty(), !is_full, "{story}: {told:?}");
        assert_eq!(
            reply.header("cache-control"),
            Some("private, no-store"),
            "{story}"
        );
        reply
    }

    #[track_caller]
    fn says(&self, story: &str, line: &str, reason: &str) {
        assert_eq!(self.reads(story, line).reason(), reason, "{story} {line}");
    }
}

#[test]
fn a_subscriber_reads_everything_and_nothing_is_counted_or_given_to_keep() {
    let site = site(&Setup::default());
    let browser = site.with(7, subscriber());
    for story in ["a", "b", "c", "d", "e", "locked"] {
        let reply = site.reads(story, &browser.line);
        assert_eq!(reply.reason(), "entitled", "{story}");
        assert_eq!(reply.header("set-cookie"), None, "{story}");
        assert!(!reply.text().contains("data-ludgate"), "{story}: no prompt");
    }
    assert!(site.get("/stories/a", &[]).decision().contains("used=1"));
}

#[test]
fn a_pages_style_can_tell_subscribers_whatever_the_story_is() {
    let site = site(&Setup::default());
    let subscriber = site.with(7, subscriber());
    let registered = site.with(8, Snapshot::default());
    let knows = |story: &str, line: &str| {
        let reply = site.get(&format!("/stories/{story}"), &[line]);
        reply.text().contains("class=\"ludgate-reads\"")
    };
    for story in ["a", "free", "sponsored", "locked"] {
        assert!(knows(story, &subscriber.line), "{story}");
        assert!(!knows(story, &registered.line), "{story}");
        assert!(!knows(story, ""), "{story}");
    }
    site.entitle(9, 7, reading(Standing::EndedSubscription, None));
    assert!(!knows("a", &subscriber.line), "from the next request on");
}

#[test]
fn an_account_has_its_own_count_whatever_the_browser_has() {
    let site = site(&Setup::default());
    let walled = site.walled();
    let browser = site.with(7, Snapshot::default());
    let both = format!("{walled}; {}", browser.line.trim_start_matches("Cookie: "));
    for (story, used) in [("d", 1), ("e", 2)] {
        let reply = site.reads(story, &both);
        assert_eq!(
            reply.decision(),
            format!("full; reason=counted; rule=\"metered\"; used={used}; limit=5")
        );
        assert_eq!(
            reply.header("set-cookie"),
            None,
            "an account's id stays here"
        );
    }
    // On another device it is the same count; for another account another one.
    let phone = site.sign_in(3, 7);
    assert!(site.reads("f", &phone.line).decision().contains("used=3"));
    let other = site.with(8, Snapshot::default());
    assert!(site.reads("f", &other.line).decision().contains("used=1"));
    site.says("d", &walled, "meter-exhausted");
}

#[test]
fn signing_out_a_refund_and_an_erasure_hold_from_the_next_request_on() {
    let site = site(&Setup::default());
    let browser = site.with(7, subscriber());
    let phone = site.sign_in(3, 7);
    site.says("locked", &browser.line, "entitled");
    let session = browser.session;
    site.push(4, AccountChange::SessionEnded { session });
    site.says("locked", &browser.line, "subscription-required");
    site.says("locked", &phone.line, "entitled");
    site.entitle(6, 7, reading(Standing::EndedSubscription, Some(site.now())));
    site.says("locked", &phone.line, "subscription-ended");
    // What comes late undoes neither.
    site.entitle(5, 7, subscriber());
    site.says("locked", &phone.line, "subscription-ended");
    let (account, until) = (AccountKey(7), until(&site, 24));
    let opened = AccountChange::SessionOpened {
        session,
        account,
        until,
    };
    assert_eq!(site.push(3, opened), Applied::Late);
    site.says("locked", &browser.line, "subscription-required");
    site.entitle(7, 7, subscriber());
    site.says("locked", &phone.line, "entitled");
    site.push(8, AccountChange::Gone { account });
    site.says("locked", &phone.line, "subscription-required");
}

#[test]
fn each_standing_has_its_words() {
    let site = site(&Setup::default());
    let browser = site.sign_in(1, 7);
    let later = site.now() + SignedDuration::from_hours(24 * 60);
    for (seq, standing, until, reason, words) in [
        (2, Standing::Trial, None, "entitled", ""),
        (
            3,
            Standing::Grace,
            None,
            "payment-grace",
            "Your last payment",
        ),
        (
            4,
            Standing::Paused,
            Some(later),
            "subscription-paused",
            "Your subscription is paused until 11 January",
        ),
        (
            5,
            Standing::EndedTrial,
            None,
            "trial-ended",
            "Your trial has ended",
        ),
        (
            6,
            Standing::EndedSubscription,
            None,
            "subscription-ended",
            "Your subscription has ended",
        ),
    ] {
        site.entitle(seq, 7, reading(standing, until));
        let reply = site.reads("locked", &browser.line);
        assert_eq!(reply.reason(), reason);
        assert!(
            reply.text().contains(words),
            "{standing:?}: {}",
            reply.text()
        );
        assert!(!reply.text().contains("Sign in"), "{standing:?}: they are");
    }
}

#[test]
fn an_entitlement_and_a_session_end_at_their_very_second() {
    let site = site(&Setup::default());
    let browser = site.with(7, reading(Standing::Paid, Some(until(&site, 1))));
    let second = SignedDuration::from_secs(1);
    site.pass(SignedDuration::from_hours(1) - second);
    site.says("locked", &browser.line, "entitled");
    site.pass(second);
    site.says("locked", &browser.line, "subscription-ended");
    site.entitle(3, 7, subscriber());
    site.pass(SignedDuration::from_hours(23) - second);
    site.says("locked", &browser.line, "entitled");
    site.pass(second);
    site.says("locked", &browser.line, "subscription-required");
}

#[test]
fn what_we_have_not_signed_or_do_not_know_is_nobodys_and_costs_nothing() {
    let site = site(&Setup::default());
    let browser = site.with(7, subscriber());
    let token = browser.token();
    let forged = {
        let other = Site::start(&Setup::default());
        other
            .gate
            .install_keys(Keyring::new(&[(1, [8; 32])]).expect("a key"));
        Browser::of(
            &other
                .gate
                .new_session(until(&site, 1), site.now())
                .expect("one"),
        )
    };
    let reader = site.reader(&["a"]);
    let id = reader.trim_start_matches("ludgate=");
    let cut = &token[..token.len() - 1];
    let turned: String = token.chars().rev().collect();
    let folded = token.to_ascii_lowercase();
    for bad in [
        "",
        "1",
        "7",
        id,
        cut,
        &turned,
        &folded,
        &format!("{token}A"),
        &format!("\"{token}\""),
        &format!("{token}%00"),
        forged.token(),
    ] {
        let line = format!("Cookie: ludgate-session={bad}");
        site.says("locked", &line, "subscription-required");
    }
    // A good token in another cookie, or in none.
    for line in [
        format!("Cookie: ludgate={token}"),
        format!("Cookie: ludgate-staff={token}"),
        format!("Cookie: session={token}; xludgate-session={token}"),
        format!("Cookie: Ludgate-Session={token}"),
        format!("Cookie: __Host-ludgate-session={token}"),
        format!("Cookie: __Secure-ludgate-session={token}"),
        format!("Authorization: Bearer {token}"),
        format!("Ludgate-Session: {token}"),
    ] {
        site.says("locked", &line, "subscription-required");
    }
    // Of two, the first.
    let (good, bad) = (&browser.line, format!("ludgate-session={}", forged.token()));
    site.says("locked", &format!("{good}; {bad}"), "entitled");
    let turned = format!("Cookie: {bad}; ludgate-session={token}");
    site.says("locked", &turned, "subscription-required");
    // Signed, and of nobody.
    for _ in 0..2_000 {
        let new = site.gate.new_session(until(&site, 1), site.now());
        let mut headers = HeaderMap::new();
        let line = Browser::of(&new.expect("a session")).line;
        let line = HeaderValue::from_str(line.trim_start_matches("Cookie: ")).expect("a line");
        headers.insert(header::COOKIE, line);
        assert_eq!(site.gate.sender(&headers), Sender::Anonymous);
    }
    assert_eq!(
        site.gate.accounts().sessions(),
        1,
        "nothing is kept of them"
    );
}

#[test]
fn on_https_only_the_cookie_that_is_bound_to_the_host_counts() {
    let site = site(&Setup {
        https: true,
        ..Setup::default()
    });
    let browser = site.with(7, subscriber());
    assert!(
        browser.line.starts_with("Cookie: __Host-ludgate-session="),
        "{}",
        browser.line
    );
    site.says("locked", &browser.line, "entitled");
    let plain = browser.line.replace("__Host-", "");
    site.says("locked", &plain, "subscription-required");
    let folded = browser.line.replace("__Host-", "__host-");
    site.says("locked", &folded, "subscription-required");
}

#[test]
fn staff_are_staff_whoever_is_signed_in_and_no_session_makes_anybody_staff() {
    let site = site(&Setup::default());
    let browser = site.with(7, reading(Standing::EndedSubscription, None));
    site.says("locked", &browser.line, "subscription-ended");
    let path = site.gate.staff_path(until(&site, 1)).expect("a path");
    let staff = site.get(&path, &[]).cookie().expect("a cookie");
    site.says("locked", &format!("{}; {staff}", browser.line), "staff");
    let forged = format!("{}; ludgate-staff={}", browser.line, browser.token());
    site.says("locked", &forged, "subscription-ended");
}

#[test]
fn looking_ahead_and_head_are_free_for_the_entitled_and_cost_others_nothing() {
    let site = site(&Setup::default());
    let subscriber = site.with(7, subscriber());
    let registered = site.with(8, Snapshot::default());
    let ahead = "Purpose: prefetch";
    let head = |line: &str| send(site.address, &request("HEAD", "/stories/a", &[line]));
    let reply = site.get("/stories/a", &[&subscriber.line, ahead]);
    assert_eq!(reply.reason(), "entitled");
    assert_eq!(head(&subscriber.line).reason(), "entitled");
    assert!(head(&subscriber.line).body.is_empty());
    let reply = site.get("/stories/a", &[&registered.line, ahead]);
    assert_eq!((reply.status, reply.header("set-cookie")), (503, None));
    assert_eq!(head(&registered.line).reason(), "unavailable");
    let counted = site.reads("a", &registered.line);
    assert!(
        counted.decision().contains("used=1"),
        "{}",
        counted.decision()
    );
}

#[test]
fn a_bought_story_is_open_under_its_addresses_and_nothing_else_is() {
    let site = site(&Setup::default());
    let browser = site.with(7, bought("/stories/d", Some(until(&site, 2))));
    let locked = site.with(8, bought("/stories/locked", None));
    let get = |path: &str, browser: &Browser| {
        let reply = site.get(path, &[&browser.line]);
        (reply.status, reply.reason().to_owned())
    };
    for path in [
        "/stories/d",
        "/stories/d?utm_source=x",
        "/stories/d/",
        "/stories/d?page=2",
    ] {
        assert_eq!(get(path, &browser), (200, "entitled".to_owned()), "{path}");
    }
    assert_eq!(get("/stories/D", &browser).1, "counted", "another story");
    site.says("locked", &locked.line, "entitled");
    site.says("locked", &browser.line, "subscription-required");
    // A list with the same canonical address is a list all the same.
    let list = site.get("/stories/archive", &[&browser.line]);
    assert_eq!((list.status, list.reason()), (200, "subscription-required"));
    let (_, hidden) = shown_and_hidden("d");
    assert!(hidden.iter().all(|word| !list.text().contains(word)));
    site.pass(SignedDuration::from_hours(2));
    assert_eq!(get("/stories/d", &browser).1, "counted");
}

#[test]
fn before_the_accounts_have_come_nobody_is_sold_what_they_may_have() {
    let site = site(&Setup {
        awaits_accounts: true,
        ..Setup::default()
    });
    assert_eq!(site.gate.readiness(), Readiness::Loading);
    let new = site.gate.new_session(until(&site, 24), site.now());
    let new = new.expect("a session");
    let browser = Browser::of(&new);
    site.says("free", &browser.line, "free");
    site.says("sponsored", &browser.line, "sponsored");
    let reply = site.reads("locked", &browser.line);
    assert_eq!(reply.reason(), "unavailable");
    let text = reply.text();
    assert!(text.contains("in full just now"), "{text}");
    assert!(!text.contains("href=\"/subscribe\""), "{text}");
    // What the browser may read without an account it may read, and no more.
    let walled = site.walled();
    let both = format!("{walled}; {}", browser.line.trim_start_matches("Cookie: "));
    site.says("a", &both, "already-counted");
    site.says("d", &both, "unavailable");
    site.says("d", &walled, "meter-exhausted");
    let fresh = site.reads("d", &browser.line);
    assert_eq!(fresh.reason(), "counted");
    assert!(fresh.cookie().expect("an id").starts_with("ludgate="));
    // A forged one is nobody's even now.
    let forged = format!("{}A", browser.line);
    site.says("locked", &forged, "subscription-required");
    let ready = site.get("/-/readyz", &[]);
    assert_eq!(
        (ready.status, ready.text().as_str()),
        (503, "the accounts are being loaded\n")
    );

    let mut load = site.gate.accounts().load(Seq(1)).expect("a load");
    load.account(AccountKey(7), subscriber());
    load.session(new.id, AccountKey(7), until(&site, 24));
    load.finish().expect("all");
    site.says("locked", &browser.line, "entitled");
    site.says("d", &both, "entitled");
    assert_eq!(site.gate.readiness(), Readiness::Ready);
}

#[test]
fn what_a_browser_had_read_goes_over_to_the_account_once() {
    let site = site(&Setup::default());
    let reader = site.reader(&["a", "b"]);
    let browser = site.with(7, Snapshot::default());
    site.reads("b", &browser.line);
    let headers = |cookies: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_str(cookies).expect("a line"),
        );
        headers
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let take_over = |cookies: &str| {
        let headers = headers(cookies);
        let taken = site.gate.take_over(&headers, AccountKey(7));
        runtime.block_on(taken).expect("taken over")
    };
    assert!(!take_over("sid=1; ludgate=forged"), "nothing to take");
    assert!(
        take_over(&reader) && take_over(&reader),
        "as often as one likes"
    );
    assert!(site.reads("a", &browser.line).decision().contains("used=2"));
    let third = site.reads("c", &browser.line);
    assert!(
        third.decision().contains("used=3; limit=5"),
        "{}",
        third.decision()
    );
    // Signing out gives nothing back.
    let line = format!("Cookie: {reader}");
    assert!(
        site.reads("c", &line)
            .decision()
            .contains("used=3; limit=3")
    );
    site.says("d", &line, "meter-exhausted");
    let account = site.gate.meter().read(reader_of(AccountKey(7)), <[_]>::len);
    assert_eq!(account, meter::Lookup::Warm(3));
}

#[test]
fn a_rotation_of_keys_renews_the_session_and_the_end_of_its_key_ends_it() {
    let site = site(&Setup::default());
    let browser = site.with(7, subscriber());
    let sign_with = |keys: &[(u8, [u8; 32])]| {
        site.gate.install_keys(Keyring::new(keys).expect("a key"));
    };
    sign_with(&[(2, [8; 32]), (1, [7; 32])]);
    let reply = site.reads("locked", &browser.line);
    assert_eq!(reply.reason(), "entitled");
    let renewed = format!("Cookie: {}", reply.cookie().expect("a cookie"));
    assert!(renewed.starts_with("Cookie: ludgate-session=") && renewed != browser.line);
    assert!(
        reply
            .header("set-cookie")
            .expect("one")
            .contains("Max-Age=86400;")
    );
    sign_with(&[(2, [8; 32])]);
    site.says("locked", &browser.line, "subscription-required");
    site.says("locked", &renewed, "entitled");
    let session = browser.session;
    site.push(9, AccountChange::SessionEnded { session });
    site.says("locked", &renewed, "subscription-required");
}

#[test]
fn who_sends_a_request_is_told_and_a_session_can_be_taken_away() {
    let site = site(&Setup::default());
    let browser = site.with(7, subscriber());
    let mut headers = HeaderMap::new();
    assert_eq!(site.gate.sender(&headers), Sender::Anonymous);
    let line = browser.line.trim_start_matches("Cookie: ");
    headers.insert(header::COOKIE, HeaderValue::from_str(line).expect("a line"));
    let (session, account) = (browser.session, AccountKey(7));
    let signed_in = Sender::SignedIn { session, account };
    assert_eq!(site.gate.sender(&headers), signed_in);
    let forget = site.gate.forget_session(site.now()).expect("a cookie");
    assert_eq!(
        forget.to_str().expect("text"),
        "ludgate-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
    );
    let again = site.gate.new_session(until(&site, 1), site.now());
    assert_ne!(again.expect("a session").id, session, "each is another");
}

#[test]
fn who_only_observes_records_what_would_have_been_decided() {
    let site = site(&Setup {
        mode: Mode::Observe,
        ..Setup::default()
    });
    let browser = site.with(7, reading(Standing::EndedSubscription, None));
    let reply = site.get("/stories/locked", &[&browser.line]);
    assert_eq!(reply.reason(), "subscription-ended");
    assert!(!leaks("locked", &reply.decoded()).is_empty());
}

#[test]
fn a_business_clock_that_is_moved_ends_what_was_bought_and_signs_nobody_out() {
    let site = site(&Setup::default());
    let month = SignedDuration::from_hours(30 * 24);
    let ends = site.now() + month;
    let browser = site.with(7, reading(Standing::Paid, Some(ends)));
    site.says("locked", &browser.line, "entitled");
    site.leap(month);
    let signed_in = Sender::SignedIn {
        session: browser.session,
        account: AccountKey(7),
    };
    let mut headers = HeaderMap::new();
    let line = browser.line.trim_start_matches("Cookie: ");
    headers.insert(
        header::COOKIE,
        HeaderValue::from_str(line).expect("a header"),
    );
    assert_eq!(site.gate.sender(&headers), signed_in);
    site.says("locked", &browser.line, "subscription-ended");
    site.pass(SignedDuration::from_hours(24));
    assert_eq!(site.gate.sender(&headers), Sender::Anonymous);
}
