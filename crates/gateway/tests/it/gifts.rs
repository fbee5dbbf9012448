//! Gift links: a subscriber opens one story for others, so many a month, for so
//! long, for so many.

use access::{Condition, Device, Snapshot, Standing};
use jiff::SignedDuration;
use ludgate_gateway::Gifts;

use crate::canary::leaks;
use crate::client::{Reply, request, send};
use crate::sessions::{Browser, reading, subscriber};
use crate::site::{Setup, Site, rules_opening, rules_opening_either};

mod hostile;

const GIFTS: Gifts = Gifts {
    a_month: 3,
    days: 5,
    browsers: 4,
};

const GIVER: u128 = 7;

fn setup() -> Setup {
    Setup {
        gifts: Some(GIFTS),
        ..Setup::default()
    }
}

/// A site whose subscribers read everything and may give three stories a month,
/// each to four browsers, and one of its subscribers.
fn site(setup: &Setup) -> (Site, Browser) {
    let site = Site::start(setup);
    let mut policy = site.policy(setup);
    policy.rules = rules_opening(Condition::Entitled("read".into()));
    site.gate.install(policy);
    let giver = site.with(GIVER, subscriber());
    (site, giver)
}

fn usual() -> (Site, Browser) {
    site(&setup())
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

impl Site {
    /// Sends the form that makes a link.
    fn ask(&self, story: &str, lines: &[&str]) -> Reply {
        let form = format!("story={}", story.replace('/', "%2F"));
        let length = format!("Content-Length: {}", form.len());
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let mut headers = vec![&*length, kind];
        headers.extend(lines.iter().filter(|line| !line.is_empty()));
        let mut sent = request("POST", "/-/gift", &headers);
        sent.extend_from_slice(form.as_bytes());
        send(self.address, &sent)
    }

    /// The path of a link to the story, which has to be to be had.
    #[track_caller]
    fn link(&self, story: &str, giver: &Browser) -> String {
        let reply = self.ask(&format!("/stories/{story}"), &[&giver.line]);
        assert_eq!(reply.status, 200, "{} {}", reply.head, reply.text());
        link_in(&reply).expect("a link")
    }

    /// Follows a link; the header line that the browser sends from then on.
    #[track_caller]
    fn follow(&self, link: &str, lines: &[&str]) -> String {
        let lines: Vec<&str> = lines
            .iter()
            .copied()
            .filter(|line| !line.is_empty())
            .collect();
        let reply = self.get(link, &lines);
        assert_eq!(reply.status, 303, "{}", reply.head);
        format!("Cookie: {}", reply.cookie().expect("a cookie"))
    }

    /// Reads a story; that no more of it comes than was decided.
    #[track_caller]
    fn visit(&self, path: &str, lines: &[&str]) -> Reply {
        let lines: Vec<&str> = lines
            .iter()
            .copied()
            .filter(|line| !line.is_empty())
            .collect();
        let reply = self.get(path, &lines);
        let name = path.trim_start_matches("/stories/");
        let name = name.split(['?', '/']).next().expect("a name");
        let is_full = reply.decision().starts_with("full");
        let told = leaks(name, &reply.decoded());
        assert_eq!(told.is_empty(), !is_full, "{path}: {told:?}");
        assert_eq!(reply.header("cache-control"), Some("private, no-store"));
        reply
    }

    #[track_caller]
    fn reason(&self, path: &str, line: &str) -> String {
        self.visit(path, &[line]).reason().to_owned()
    }
}

/// The words, with slashes as they are meant.
fn text(reply: &Reply) -> String {
    reply.text().replace("&#x2f;", "/")
}

/// The path of the link in the page.
fn link_in(reply: &Reply) -> Option<String> {
    let text = text(reply);
    let (_, rest) = text.split_once("value=\"http://review.example/-/gift/")?;
    let (token, _) = rest.split_once('"')?;
    Some(format!("/-/gift/{token}"))
}

#[test]
fn whoever_follows_a_link_reads_the_story_and_it_is_not_counted() {
    let (site, giver) = usual();
    let link = site.link("d", &giver);
    let reply = site.get(&link, &[]);
    assert_eq!(reply.status, 303);
    assert_eq!(reply.header("location"), Some("/stories/d"));
    assert_eq!(reply.header("cache-control"), Some("private, no-store"));
    assert_eq!(reply.header("referrer-policy"), Some("no-referrer"));
    let set = reply.header("set-cookie").expect("a cookie");
    assert!(set.starts_with("ludgate-gift="), "{set}");
    assert!(
        set.contains("; Path=/; Max-Age=432000; HttpOnly; SameSite=Lax"),
        "{set}"
    );

    // Somebody new, and somebody who has read all they may.
    let fresh = format!("Cookie: {}", reply.cookie().expect("a cookie"));
    let walled = site.walled();
    let other = site.follow(&link, &[]);
    let known = format!("{walled}; {}", other.trim_start_matches("Cookie: "));
    for line in [&fresh, &known] {
        for _ in 0..2 {
            let reply = site.visit("/stories/d", &[line]);
            assert_eq!(reply.decision(), "full; reason=gift");
            assert_eq!(reply.header("set-cookie"), None, "nobody is counted");
            let text = text(&reply);
            assert!(text.contains("A subscriber gave you this story."), "{text}");
            assert!(text.contains("data-ludgate-notice=\"gift\""));
            assert!(text.contains("href=\"/subscribe\""), "what there is beside");
        }
    }
    // It opens nothing else, and costs nothing of the reader's own.
    assert_eq!(site.reason("/stories/e", &known), "meter-exhausted");
    let first = site.visit("/stories/a", &[&fresh]);
    assert!(first.decision().contains("used=1"), "{}", first.decision());
}

#[test]
fn a_gift_opens_a_story_that_no_meter_opens() {
    let (site, giver) = usual();
    let line = site.follow(&site.link("locked", &giver), &[]);
    assert_eq!(site.reason("/stories/locked", &line), "gift");
    assert_eq!(site.reason("/stories/locked", ""), "subscription-required");
}

#[test]
fn the_same_story_is_the_same_link_and_the_month_has_so_many() {
    let (site, giver) = usual();
    let left = |reply: &Reply, words: &str| {
        let text = reply.text();
        assert!(text.contains(words), "{words}: {text}");
    };
    let first = site.ask("/stories/a", &[&giver.line]);
    left(&first, "You can give 2 more stories this month.");
    left(&first, "You can give 3 again from 1 December.");
    left(&first, "until 17 November");
    let again = site.ask("/stories/a", &[&giver.line]);
    left(&again, "You can give 2 more stories this month.");
    assert_eq!(link_in(&first), link_in(&again));
    // However its address is written, and on another device of the giver's.
    let phone = site.sign_in(3, GIVER);
    for address in [
        "/stories/a?utm_source=x",
        "http://review.example/stories/a#top",
    ] {
        let same = site.ask(address, &[&phone.line]);
        assert_eq!(link_in(&same), link_in(&first), "{address}");
    }
    site.link("b", &giver);
    left(
        &site.ask("/stories/c", &[&giver.line]),
        "You have given all of this month",
    );
    let refused = site.ask("/stories/d", &[&giver.line]);
    assert_eq!((refused.status, link_in(&refused)), (403, None));
    left(&refused, "No gifts left this month");
    // What they have given they may give again, and find the button.
    assert_eq!(
        link_in(&site.ask("/stories/a", &[&giver.line])),
        link_in(&first)
    );
    for (story, finds) in [("a", true), ("d", false), ("nowhere", false)] {
        let page = site.get(&format!("/-/gift?story=/stories/{story}"), &[&giver.line]);
        assert_eq!(page.text().contains("<form"), finds, "{story}");
        let says = page.text().contains("You have given this story already");
        assert_eq!(says, finds, "{story}");
    }
    // Others have their own, and in December there are new ones.
    let other = site.with(8, subscriber());
    assert_ne!(Some(site.link("a", &other)), link_in(&first));
    site.pass(days(20));
    let giver = site.sign_in(4, GIVER);
    assert_ne!(Some(site.link("a", &giver)), link_in(&first));
    left(
        &site.ask("/stories/d", &[&giver.line]),
        "You can give 1 more story this month.",
    );
}

#[test]
fn when_its_time_is_over_a_link_may_be_had_again_for_the_month_it_was_counted_in() {
    let (site, giver) = usual();
    let first = site.link("a", &giver);
    let old = site.follow(&first, &[]);
    site.pass(days(5));
    let giver = site.sign_in(3, GIVER);
    let second = site.link("a", &giver);
    assert_ne!(first, second);
    let text = site.ask("/stories/b", &[&giver.line]).text();
    assert!(
        text.contains("1 more story"),
        "a and b are counted, once each: {text}"
    );
    assert_eq!(site.reason("/stories/a", &old), "counted");
    // A new link takes the place of one that is over.
    let new = site.follow(&second, &[&old]);
    assert_eq!(site.reason("/stories/a", &new), "gift");
}

#[test]
fn only_who_may_read_gives_and_only_what_they_read_for_that() {
    let (site, giver) = usual();
    let ended = reading(Standing::EndedSubscription, None);
    let paused = reading(Standing::Paused, None);
    let others = [Snapshot::default(), ended, paused];
    let others = (20..)
        .zip(others)
        .map(|(account, snapshot)| site.with(account, snapshot).line);
    for line in others.chain([String::new(), site.walled()]) {
        let refused = site.ask("/stories/d", &[&line]);
        assert_eq!((refused.status, link_in(&refused)), (403, None), "{line}");
        let text = refused.text();
        assert!(text.contains("Gift links are for subscribers"), "{text}");
        assert!(text.contains("With a subscription you can give 3 stories a month"));
        let page = site.get("/-/gift?story=/stories/d", &[&line]);
        assert_eq!(page.status, 403);
        assert!(!page.text().contains("<form"), "{line}");
    }
    for standing in [Standing::Trial, Standing::Grace, Standing::Complimentary] {
        let able = site.with(30 + standing as u128, reading(standing, None));
        site.link("d", &able);
    }
    let put = send(
        site.address,
        &request("PUT", "/-/gift", &["Content-Length: 0"]),
    );
    assert_eq!(put.status, 405);
    assert_eq!(put.header("allow"), Some("GET, HEAD, POST"));
    // Nothing of theirs is read, however much they say they send.
    let sends_much = request("POST", "/-/gift", &["Content-Length: 60000"]);
    assert_eq!(send(site.address, &sends_much).status, 403);
    // What is open to everybody needs no gift, and costs none.
    for story in ["free", "sponsored"] {
        let reply = site.ask(&format!("/stories/{story}"), &[&giver.line]);
        assert_eq!(reply.status, 200);
        let text = text(&reply);
        let address = format!("value=\"http://review.example/stories/{story}\"");
        assert!(text.contains(&address), "{text}");
        assert!(text.contains("You can give 3 more stories"), "{text}");
    }
    for nothing in [
        "",
        "x",
        "/",
        "/nowhere",
        "/stories/archive",
        "/-/gift",
        "/site.css",
        "https://evil.example/stories/d",
        "//evil.example/stories/d",
        "/stories/%2e%2e/d",
    ] {
        let reply = site.ask(nothing, &[&giver.line]);
        assert_eq!((reply.status, link_in(&reply)), (404, None), "{nothing}");
    }
    assert_eq!(site.ask("/stories/broken", &[&giver.line]).status, 503);
}

#[test]
fn what_is_open_to_the_giver_for_where_and_when_they_are_is_given_by_a_link() {
    let tomorrow = "2026-11-13T12:00:00Z".parse().expect("a time");
    let (site, _) = usual();
    for (account, when) in (40..).zip([
        Condition::Network(vec!["127.0.0.0/8".parse().expect("a network")]),
        Condition::Device(vec![Device::Desktop]),
        Condition::Until(tomorrow),
    ]) {
        let mut policy = site.policy(&setup());
        policy.rules = rules_opening(when.clone());
        site.gate.install(policy);
        let giver = site.with(account, subscriber());
        let refused = site.ask("/stories/d", &[&giver.line]);
        assert_eq!(link_in(&refused), None, "{when}: it isn't theirs to give");
        assert!(!text(&refused).contains("/stories/d\""), "{when}");

        let mut policy = site.policy(&setup());
        let read = Condition::Entitled("read".into());
        policy.rules = rules_opening_either(when, read);
        site.gate.install(policy);
        site.link("d", &giver);
    }
}

#[test]
fn a_link_that_is_over_leaves_an_ordinary_reader_who_is_told_why() {
    let (site, giver) = usual();
    let link = site.link("d", &giver);
    let walled = site.walled();
    let with = |line: &str| format!("{walled}; {}", line.trim_start_matches("Cookie: "));
    let opened = site.follow(&link, &[]);
    assert_eq!(site.reason("/stories/d", &opened), "gift");
    let told = |line: &str, reason: &str, words: &str| {
        let reply = site.visit("/stories/d", &[line]);
        assert_eq!(reply.reason(), reason);
        assert!(reply.text().contains(words), "{words}: {}", reply.text());
    };
    // As many have opened it as may; those who have keep it.
    for _ in 1..GIFTS.browsers {
        assert_eq!(site.reason("/stories/d", &site.follow(&link, &[])), "gift");
    }
    let late = site.follow(&link, &[]);
    let used_up = "The gift link has been opened as often as it can be.";
    told(&with(&late), "meter-exhausted", used_up);
    told(&late, "counted", used_up);
    assert_eq!(site.reason("/stories/d", &opened), "gift");
    // Nor is it promised again to who gave it.
    let again = site.ask("/stories/d", &[&giver.line]);
    assert_eq!((again.status, link_in(&again)), (200, None));
    let text = again.text();
    assert!(text.contains("4 browsers, which is as many"), "{text}");
    // Whoever gave it can't read themselves any more.
    site.entitle(50, GIVER, reading(Standing::EndedSubscription, None));
    told(
        &with(&opened),
        "meter-exhausted",
        "The gift link no longer works.",
    );
    site.entitle(51, GIVER, reading(Standing::Grace, None));
    assert_eq!(site.reason("/stories/d", &opened), "gift");
    // Its time is over.
    site.pass(days(5) - SignedDuration::from_secs(60));
    assert_eq!(site.reason("/stories/d", &opened), "gift");
    site.pass(SignedDuration::from_secs(60));
    told(
        &with(&opened),
        "meter-exhausted",
        "The gift link has ended.",
    );
    let reply = site.get(&link, &[]);
    assert_eq!(reply.header("location"), Some("/stories/d"));
    let set = reply.header("set-cookie").expect("told on the story");
    assert!(set.contains("Max-Age=600;"), "{set}");
    told(
        &with(&format!("Cookie: {}", reply.cookie().expect("it"))),
        "meter-exhausted",
        "has ended",
    );
}

#[test]
fn a_browser_holds_the_last_few_links_and_is_the_same_browser_again() {
    let (site, giver) = usual();
    let links = ["a", "b", "c"].map(|story| site.link(story, &giver));
    let mut line = String::new();
    for link in &links {
        line = site.follow(link, &[&line]);
    }
    for story in ["a", "b", "c"] {
        assert_eq!(site.reason(&format!("/stories/{story}"), &line), "gift");
    }
    // Following one again, however often, is one browser.
    for _ in 0..10 {
        line = site.follow(&links[0], &[&line]);
        assert_eq!(site.reason("/stories/a", &line), "gift");
    }
    for _ in 1..GIFTS.browsers {
        assert_eq!(
            site.reason("/stories/a", &site.follow(&links[0], &[])),
            "gift"
        );
    }
    assert_eq!(
        site.reason("/stories/a", &site.follow(&links[0], &[])),
        "counted"
    );
}

#[test]
fn a_link_that_opens_nothing_takes_nothing_away_that_another_has_opened() {
    let (site, giver) = usual();
    let mine = site.link("locked", &giver);
    site.pass(SignedDuration::from_hours(1));
    let other = site.with(8, subscriber());
    let theirs = site.link("locked", &other);
    for _ in 0..GIFTS.browsers {
        let read = site.reason("/stories/locked", &site.follow(&theirs, &[]));
        assert_eq!(read, "gift");
    }
    // Whichever was followed first, and whether or not it was read in between.
    for order in [[&mine, &theirs], [&theirs, &mine]] {
        let line = site.follow(order[0], &[]);
        let line = site.follow(order[1], &[&line]);
        assert_eq!(site.reason("/stories/locked", &line), "gift");
        assert_eq!(site.reason("/stories/locked", &line), "gift");
    }
    // Two browsers of hers have used two; where both open, only one is used up.
    let fresh = site.with(9, subscriber());
    site.pass(SignedDuration::from_hours(1));
    let third = site.link("locked", &fresh);
    let line = site.follow(&mine, &[]);
    assert_eq!(site.reason("/stories/locked", &line), "gift");
    let line = site.follow(&third, &[&line]);
    assert_eq!(site.reason("/stories/locked", &line), "gift");
    for _ in 0..GIFTS.browsers {
        let read = site.reason("/stories/locked", &site.follow(&third, &[]));
        assert_eq!(read, "gift", "none of the third was used up");
    }
}

#[test]
fn who_is_signed_in_reads_a_gift_at_no_cost_and_subscribers_use_none_up() {
    let (site, giver) = usual();
    let link = site.link("d", &giver);
    let registered = site.with(8, Snapshot::default());
    let gift = site.follow(&link, &[]);
    let both = format!(
        "{}; {}",
        registered.line,
        gift.trim_start_matches("Cookie: ")
    );
    assert_eq!(
        site.visit("/stories/d", &[&both]).decision(),
        "full; reason=gift"
    );
    assert!(
        site.visit("/stories/e", &[&both])
            .decision()
            .contains("used=1")
    );
    for _ in 0..10 {
        let gift = site.follow(&link, &[]);
        let both = format!("{}; {}", giver.line, gift.trim_start_matches("Cookie: "));
        assert_eq!(site.reason("/stories/d", &both), "entitled");
    }
    for _ in 1..GIFTS.browsers {
        assert_eq!(site.reason("/stories/d", &site.follow(&link, &[])), "gift");
    }
}

#[test]
fn the_page_says_how_many_are_left_and_a_script_is_told_the_same() {
    let (site, giver) = usual();
    let page = site.get("/-/gift?story=%2Fstories%2Fd", &[&giver.line]);
    let text = text(&page);
    assert_eq!(page.status, 200);
    assert!(
        text.contains("name=\"story\" value=\"/stories/d\""),
        "{text}"
    );
    assert!(
        text.contains("method=\"post\" action=\"/-/gift\""),
        "{text}"
    );
    assert!(
        text.contains("It works for 5 days, in up to 4 browsers."),
        "{text}"
    );
    assert!(
        text.contains("You can give 3 more stories this month."),
        "{text}"
    );
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    let csp = page.header("content-security-policy").expect("a policy");
    assert!(csp.contains("form-action 'self'") && csp.contains("default-src 'none'"));

    let accepts = "Accept: application/json";
    let made = site.ask("/stories/d", &[&giver.line, accepts]);
    assert_eq!(made.header("content-type"), Some("application/json"));
    let made = made.text();
    assert!(made.contains("\"says\":\"made\""), "{made}");
    assert!(
        made.contains("\"link\":\"http://review.example/-/gift/"),
        "{made}"
    );
    assert!(made.contains("\"left\":2"), "{made}");
    assert!(made.contains("\"until\":\"2026-11-17\""), "{made}");
    assert!(made.contains("\"renews\":\"2026-12-01\""), "{made}");
    let none = site.ask("/stories/d", &[accepts]);
    assert_eq!(none.status, 403);
    let none = none.text();
    assert!(none.contains("\"says\":\"for-subscribers\"") && none.contains("\"link\":null"));
}

#[test]
fn a_style_can_show_a_button_to_subscribers_where_there_is_something_to_give() {
    let (site, giver) = usual();
    let says = |path: &str, line: &str| {
        site.visit(path, &[line])
            .text()
            .contains("ludgate-may-give")
    };
    assert!(says("/stories/d", &giver.line));
    assert!(says("/stories/locked", &giver.line));
    assert!(!says("/stories/d", ""));
    let gift = site.follow(&site.link("d", &giver), &[]);
    assert!(!says("/stories/d", &gift));
    site.entitle(9, GIVER, reading(Standing::Grace, None));
    assert!(
        says("/stories/d", &giver.line),
        "beside what is said of the payment"
    );
}

#[test]
fn where_nothing_may_be_given_there_is_no_such_place() {
    let (on, giver) = usual();
    let link = on.link("d", &giver);
    let kept = on.follow(&link, &[]);
    let mut policy = on.policy(&Setup::default());
    policy.rules = rules_opening(Condition::Entitled("read".into()));
    on.gate.install(policy);
    assert_eq!(on.get("/-/gift", &[&giver.line]).status, 404);
    assert_eq!(on.ask("/stories/d", &[&giver.line]).status, 405);
    assert_eq!(on.get(&link, &[]).status, 404);
    assert_eq!(on.reason("/stories/d", &kept), "counted");
    assert!(
        !on.visit("/stories/d", &[&giver.line])
            .text()
            .contains("ludgate-may-give")
    );
}

#[test]
fn before_accounts_have_come_nothing_is_made_and_a_link_opens_nothing() {
    let awaiting = Setup {
        awaits_accounts: true,
        ..setup()
    };
    let (site, giver) = site(&awaiting);
    let link = site.link("locked", &giver);
    let kept = site.follow(&link, &[]);
    assert_eq!(
        site.reason("/stories/locked", &kept),
        "gift",
        "of a giver who is known"
    );
    site.push(
        60,
        access::AccountChange::Gone {
            account: access::AccountKey(GIVER),
        },
    );
    let reply = site.visit("/stories/locked", &[&kept]);
    assert_eq!(reply.reason(), "unavailable");
    let load = site
        .gate
        .accounts()
        .load(access::Seq(61))
        .expect("in order");
    load.finish().expect("all has come");
    assert_eq!(
        site.reason("/stories/locked", &kept),
        "subscription-required"
    );
}
