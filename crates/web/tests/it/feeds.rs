//! Feeds by an address of one's own: who gets one, what it is good for, and what
//! machines are told.

use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Method, Response, StatusCode};
use std::net::IpAddr;

use bytes::Bytes;
use ludgate_web::Request;

use crate::browser::Browser;
use crate::reader::Reader;
use crate::site::{SITE, Site};

const ANNA: &str = "anna@example.com";
const EVE: &str = "eve@example.com";
const PAGE: &str = "/-/account/feeds";

/// What its reader is told where it is used from very many networks.
const WORDS: &str = "from very many places";

/// The addresses that a page shows.
fn shown(html: &str) -> Vec<String> {
    let html = html.replace("&#x2f;", "/");
    let fields = html.split("<input id=\"feed-").skip(1);
    let values = fields.filter_map(|rest| rest.split("value=\"").nth(1)?.split('"').next());
    values.map(str::to_owned).collect()
}

/// Makes an address, and says where the feed of everything is.
async fn makes(site: &Site, anna: &mut Reader) -> String {
    let reply = anna.browser.fill(site, (PAGE, PAGE), &[]).await;
    assert_eq!(reply.status, StatusCode::OK);
    let shown = shown(&reply.html);
    assert_eq!(shown.len(), 2, "{}", reply.html);
    shown[0].clone()
}

struct Machine {
    from: IpAddr,
    says: Vec<(HeaderName, HeaderValue)>,
}

impl Machine {
    fn new() -> Self {
        Self::at([203, 0, 113, 9])
    }

    fn at(from: [u8; 4]) -> Self {
        Self {
            from: IpAddr::from(from),
            says: Vec::new(),
        }
    }

    async fn asks(&self, site: &Site, address: &str) -> Response<Bytes> {
        let below = address.strip_prefix(SITE).unwrap_or(address);
        let request = Request {
            method: Method::GET,
            path: below.strip_prefix("/-/").expect("ours").to_owned(),
            query: None,
            headers: self.says.iter().cloned().collect::<HeaderMap>(),
            body: Bytes::new(),
            address: Some(self.from),
            now: site.now(),
        };
        site.pages.answer(&request).await
    }
}

fn text(response: &Response<Bytes>) -> &str {
    std::str::from_utf8(response.body()).expect("UTF-8")
}

#[tokio::test]
async fn an_address_is_shown_once_and_reads_for_whom_it_was_made() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let page = anna.browser.get(&site, PAGE).await;
    assert!(shown(&page.html).is_empty());
    let address = makes(&site, &mut anna).await;
    assert!(
        address.starts_with(&format!("{SITE}/-/feeds/")),
        "{address}"
    );
    let feed = Machine::new().asks(&site, &address).await;
    assert_eq!(feed.status(), StatusCode::OK);
    assert!(text(&feed).contains(&anna.account.get().to_string()));
    let kind = &feed.headers()[header::CONTENT_TYPE];
    assert_eq!(kind, "application/atom+xml; charset=utf-8");
    assert!(!feed.headers().contains_key(header::SET_COOKIE));

    let page = anna.browser.get(&site, PAGE).await;
    let token = address.split('/').nth(5).expect("a token");
    assert!(shown(&page.html).is_empty() && !page.html.contains(token));
    assert!(page.html.contains("It was last used on"), "{}", page.html);
    // Whoever is signed in reads no more by it than whoever isn't.
    let mut eve = Reader::signed_in(&site, EVE).await;
    let below = address.strip_prefix(SITE).expect("ours");
    let seen = eve.browser.get(&site, below).await;
    assert!(seen.html.contains(&anna.account.get().to_string()));
}

#[tokio::test]
async fn a_new_one_ends_the_old_one_and_one_that_was_given_up_is_as_unknown_as_any() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let first = makes(&site, &mut anna).await;
    let second = makes(&site, &mut anna).await;
    let machine = Machine::new();
    let never = first.replace(first.split('/').nth(5).expect("one"), &"A".repeat(32));
    let unknown = machine.asks(&site, &never).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_eq!(machine.asks(&site, &second).await.status(), StatusCode::OK);
    let reply = anna
        .browser
        .fill(&site, (PAGE, "/-/account/feeds/end"), &[])
        .await;
    assert_eq!(reply.location.as_deref(), Some(PAGE));
    let page = anna.browser.get(&site, PAGE).await;
    assert!(
        page.html.contains("Your address was ended on"),
        "{}",
        page.html
    );
    for address in [
        &*first,
        &*second,
        "/-/feeds/x/feed.xml",
        "/-/feeds/",
        &second[..60],
    ] {
        let told = machine.asks(&site, address).await;
        assert_eq!(told.status(), unknown.status(), "{address}");
        assert_eq!(text(&told), text(&unknown), "{address}");
        assert_eq!(told.headers(), unknown.headers(), "{address}");
    }
    let all = site
        .store
        .read()
        .await
        .expect("a turn")
        .export(anna.account)
        .await;
    let all = all.expect("read").expect("an account");
    let acts = all["acts"].to_string();
    assert_eq!(acts.matches("feed_address_made").count(), 2, "{acts}");
    assert_eq!(acts.matches("feed_address_ended").count(), 1, "{acts}");
}

#[tokio::test]
async fn it_reads_nothing_any_more_once_the_account_is_closed() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let address = makes(&site, &mut anna).await;
    let fields = [("password", "correct horse battery"), ("sure", "yes")];
    let erase = "/-/account/erase";
    let reply = anna.browser.fill(&site, (erase, erase), &fields).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.html);
    let feed = Machine::new().asks(&site, &address).await;
    assert_eq!(feed.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_a_machine_holds_isnt_sent_again() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let address = makes(&site, &mut anna).await;
    let mut machine = Machine::new();
    let feed = machine.asks(&site, &address).await;
    let tag = feed.headers()[header::ETAG].clone();
    let line = |text: &str| HeaderValue::try_from(text.to_owned()).expect("a header");
    let quoted = tag.to_str().expect("text");
    for (says, status) in [
        (tag.clone(), 304),
        (line(&format!("\"other\", W/{quoted}")), 304),
        (line("*"), 304),
        (line("\"other\""), 200),
    ] {
        machine.says = vec![(header::IF_NONE_MATCH, says.clone())];
        let again = machine.asks(&site, &address).await;
        assert_eq!(again.status().as_u16(), status, "{says:?}");
        assert_eq!(again.body().is_empty(), status == 304, "{says:?}");
        assert_eq!(again.headers()[header::ETAG], tag, "{says:?}");
    }
}

#[tokio::test]
async fn an_address_has_its_allowance_and_guessing_costs_the_network_its_own() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let address = makes(&site, &mut anna).await;
    let machine = Machine::new();
    let mut through = 0;
    let refused = loop {
        let feed = machine.asks(&site, &address).await;
        if feed.status() != StatusCode::OK {
            break feed;
        }
        through += 1;
        assert!(through < 1_000, "there is an end to it");
    };
    assert_eq!((through, refused.status().as_u16()), (60, 429));
    assert_eq!(refused.headers()[header::RETRY_AFTER], "2");
    // It is the address that is asked too often, and not a network.
    let mut eve = Reader::signed_in(&site, EVE).await;
    let hers = makes(&site, &mut eve).await;
    assert_eq!(machine.asks(&site, &hers).await.status(), StatusCode::OK);
    site.pass(60);
    assert_eq!(machine.asks(&site, &address).await.status(), StatusCode::OK);

    let guess = "/-/feeds/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/feed.xml";
    let mut guesses = 0;
    while machine.asks(&site, guess).await.status() == StatusCode::NOT_FOUND {
        guesses += 1;
        assert!(guesses < 10_000, "there is an end to it");
    }
    assert_eq!(guesses, 240);
    // Whose address is good reads on beside whoever guesses.
    assert_eq!(machine.asks(&site, &address).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn its_reader_is_told_where_it_is_used_from_very_many_networks() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let address = makes(&site, &mut anna).await;
    for network in 0..30 {
        let page = anna.browser.get(&site, PAGE).await;
        assert_eq!(page.html.contains(WORDS), network >= 24, "{network}");
        site.pass(10);
        let machine = Machine::at([198, 51, network, 1]);
        let feed = machine.asks(&site, &address).await;
        assert_eq!(feed.status(), StatusCode::OK, "nobody is kept out");
    }
    // With a new address it is over.
    makes(&site, &mut anna).await;
    let page = anna.browser.get(&site, PAGE).await;
    assert!(!page.html.contains(WORDS), "{}", page.html);
}

#[tokio::test]
async fn a_feed_that_isnt_there_and_one_that_cant_be_made_are_told_apart_by_who_may_read() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let address = makes(&site, &mut anna).await;
    let machine = Machine::new();
    let none = address.replace("feed.xml", "nothing.xml");
    assert_eq!(
        machine.asks(&site, &none).await.status(),
        StatusCode::NOT_FOUND
    );
    let broken = address.replace("feed.xml", "broken.xml");
    let later = machine.asks(&site, &broken).await;
    assert_eq!(later.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(later.headers().contains_key(header::RETRY_AFTER));
    // What is sent to it is a form of nobody's.
    let below = address.strip_prefix(SITE).expect("ours");
    let sent = Browser::new().post(&site, below, &[]).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn where_stories_come_from_another_site_there_are_no_feeds() {
    let site = Site::start().await;
    let mut anna = Reader::signed_in(&site, ANNA).await;
    let account = anna.browser.get(&site, "/-/account").await;
    assert!(account.slashed().contains("/-/account/feeds"));
    let token = account.token().to_owned();
    site.gate.has_no_feeds();
    let account = anna.browser.get(&site, "/-/account").await;
    assert!(!account.slashed().contains("/-/account/feeds"));
    let page = anna.browser.get(&site, PAGE).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let made = anna.browser.post(&site, PAGE, &[("token", &token)]).await;
    assert_eq!(made.status, StatusCode::NOT_FOUND);
}
