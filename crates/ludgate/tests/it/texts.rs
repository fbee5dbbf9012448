//! Searching whole texts: for who may read them, for as long as they may, and never a
//! word to anybody else.

use serde_json::Value;

use crate::accounts::{beside, sign_up, site};
use crate::browser::{Browser, Reply};
use crate::buying::{anna_buys, becomes, billing, refund, shop};
use crate::program::{Paper, Server, get, said};

const PAGE: &str = "/-/account/search";
const LACKS: &str = "comes with a subscription";

/// A paper with a word that stands at the end of a locked story alone.
fn paper() -> Paper {
    let paper = shop();
    paper.edit("content/stories/shut.md", |text| {
        format!("{text}\nAt last the zeppelin landed on the quay.\n")
    });
    paper
}

fn search(browser: &mut Browser, query: &str) -> Reply {
    browser.get(&format!("{PAGE}?{query}"))
}

fn finds(reply: &Reply) -> bool {
    let html = reply.html.replace("&#x2f;", "/");
    html.contains("href=\"/stories/shut\"") && html.contains("<mark>zeppelin</mark>")
}

/// What was found: where that is nothing, the latest stories are shown below.
fn results(said: &str) -> &str {
    said.split("id=\"latest\"").next().expect("a part")
}

/// What everybody is told.
fn public(server: &Server) -> [String; 3] {
    [
        "/search?q=zeppelin",
        "/search/suggest?q=zepp",
        "/-/api/v1/search?q=zeppelin",
    ]
    .map(|path| {
        let (_, response) = get(server.readers, path, "");
        let (_, body) = response.split_once("\r\n\r\n").expect("a body");
        body.to_owned()
    })
}

#[test]
fn whole_texts_are_searched_by_who_may_read_them_and_by_nobody_else() {
    let paper = paper();
    let mut server = paper.serve();
    server.wait_for("the index of whole texts is up to date");
    let site = site(&paper);
    let before = public(&server);
    for said in &before {
        let found = results(said);
        assert!(!found.contains("/stories/shut"), "{found}");
    }

    let mut browser = Browser::of(server.readers, &site);
    let nobody = search(&mut browser, "q=zeppelin");
    assert_eq!(nobody.status, 303);
    assert!(nobody.location().contains("/-/login?to="), "{nobody:?}");
    sign_up(&paper, &mut browser);
    // Who has bought nothing is told so, whatever there is to be found.
    for query in ["q=zeppelin", "q=xyzzy", "q=zeppelin&section=city&page=7"] {
        let reply = search(&mut browser, query);
        assert_eq!(reply.status, 200, "{reply:?}");
        assert!(
            !finds(&reply) && !reply.html.contains("zeppelin"),
            "{reply:?}"
        );
        assert!(reply.html.contains(LACKS), "{reply:?}");
        assert!(
            reply.head.contains("cache-control: private, no-store"),
            "{}",
            reply.head
        );
    }
    let (status, refused) = get(
        server.readers,
        "/-/api/v1/search?q=zeppelin&scope=whole",
        "",
    );
    assert_eq!(status, 403, "{refused}");
    assert!(refused.contains("not-entitled"), "{refused}");

    let bought = anna_buys(&paper, &mut browser);
    let found = search(&mut browser, "q=zeppelin");
    assert!(finds(&found), "{found:?}");
    assert!(
        found.head.contains("cache-control: private, no-store"),
        "{}",
        found.head
    );
    for query in [
        "q=zeppel",
        "q=%22zeppelin+landed%22",
        "q=quay+zeppelin&order=newest",
    ] {
        let reply = search(&mut browser, query);
        assert!(reply.html.contains("hit__title"), "{query}: {reply:?}");
    }
    let none = search(&mut browser, "q=xyzzyx");
    assert!(
        none.html.contains("None of the stories that you may read"),
        "{none:?}"
    );
    for long in ["x".repeat(7_000), "%2B-%2A%22".repeat(500)] {
        let reply = search(&mut browser, &format!("q={long}"));
        assert_eq!(reply.status, 200, "{reply:?}");
    }
    let said = browser.get("/-/api/v1/search?q=zeppelin&scope=whole");
    let said: Value = serde_json::from_str(&said.html).expect("JSON");
    assert_eq!(said["results"][0]["story"]["id"], "shut");
    let excerpt = said["results"][0]["excerpt"].as_str().expect("an excerpt");
    assert!(excerpt.contains("<mark>zeppelin</mark>"), "{excerpt}");
    assert_eq!(
        public(&server),
        before,
        "what everybody is told stays what it was"
    );

    beside(&paper, async |store| refund(&billing(store), &bought).await);
    becomes(&mut browser, "preview; reason=subscription-");
    let over = search(&mut browser, "q=zeppelin");
    assert!(over.html.contains(LACKS) && !finds(&over), "{over:?}");
}

#[test]
fn a_reader_searches_so_often_whatever_the_way() {
    let paper = paper();
    let mut server = paper.serve();
    server.wait_for("the index of whole texts is up to date");
    let site = site(&paper);
    let mut browser = Browser::of(server.readers, &site);
    sign_up(&paper, &mut browser);
    anna_buys(&paper, &mut browser);
    let mut answered = 0;
    let mut tries = 0..200;
    let (page, said) = loop {
        tries.next().expect("there is an end to it");
        let said = browser.get("/-/api/v1/search?q=zeppelin&scope=whole");
        let page = search(&mut browser, "q=zeppelin");
        let statuses = [said.status, page.status];
        answered += statuses.iter().filter(|status| **status == 200).count();
        // Of a slow machine one of two may come when there is room for one again.
        if statuses == [429, 429] {
            break (page, said);
        }
    };
    assert!(answered >= 30, "{answered}");
    assert!(said.html.contains("urn:ludgate:problem:often"), "{said:?}");
    for reply in [&said, &page] {
        assert!(reply.head.contains("retry-after: "), "{}", reply.head);
        assert!(!reply.html.contains("/stories/"), "{reply:?}");
    }
    // What everybody may read is found all the same.
    assert_eq!(browser.get("/-/api/v1/search?q=called").status, 200);
}

#[test]
fn a_text_that_was_changed_is_found_by_what_it_says_now() {
    const KNOWN: &str = "the index of whole texts is up to date";
    let paper = paper();
    let mut server = paper.serve();
    server.wait_for(KNOWN);
    let site = site(&paper);
    let mut browser = Browser::of(server.readers, &site);
    sign_up(&paper, &mut browser);
    anna_buys(&paper, &mut browser);
    let mut is_found = |query: &str| {
        let reply = search(&mut browser, query);
        assert_eq!(reply.status, 200, "{query}: {reply:?}");
        reply.html.contains("hit__title")
    };
    assert!(is_found("q=zeppelin") && !is_found("q=airship"));
    paper.edit("content/stories/shut.md", |text| {
        text.replace("zeppelin", "airship")
    });
    server.wait_for(KNOWN);
    assert!(is_found("q=airship") && !is_found("q=zeppelin"));
}

#[test]
fn a_scheduled_story_is_found_from_its_minute_by_the_publications_clock() {
    const KNOWN: &str = "the index of whole texts is up to date";
    let paper = shop();
    let scheduled = |slug: &str, days: i64, word: &str| {
        paper.story(slug);
        let due = in_days(days);
        paper.edit(&format!("content/stories/{slug}.md"), |text| {
            let text = text.replace("2026-01-02T06:00:00Z", &due);
            let text = text.replace("\"The story called", &format!("\"{word} called"));
            format!("{text}\nAt last the {word}ship landed on the quay.\n")
        });
    };
    scheduled("soon", 14, "Zeppelin");
    scheduled("later", 45, "Gazelle");
    let mut server = paper.serve();
    server.wait_for(KNOWN);
    let site = site(&paper);
    let mut browser = Browser::of(server.readers, &site);
    sign_up(&paper, &mut browser);
    anna_buys(&paper, &mut browser);
    let mut check = |slug: &str, word: &str, found: bool| {
        let link = format!("/stories/{slug}");
        for path in [
            format!("/search?q={word}"),
            format!("/search/suggest?q={word}"),
            format!("/-/api/v1/search?q={word}"),
            format!("{PAGE}?q={word}ship"),
            format!("/-/api/v1/search?q={word}ship&scope=whole"),
        ] {
            let reply = browser.get(&path);
            assert_eq!(reply.status, 200, "{path}: {reply:?}");
            let said = reply.html.replace("&#x2f;", "/");
            let said = results(&said);
            assert_eq!(said.contains(&link), found, "{path}: {said}");
        }
    };
    let advance = || {
        let (code, text) = said(&["clock", "advance", "1 month", "--data", &paper.data()]);
        assert_eq!(code, 0, "{text}");
    };
    check("soon", "zeppelin", false);
    advance();
    server.wait_for(KNOWN);
    check("soon", "zeppelin", true);
    check("later", "gazelle", false);

    // With a clock that is ahead from the start, and goes on.
    drop(server);
    let mut server = paper.serve();
    advance();
    server.wait_for(KNOWN);
    check("soon", "zeppelin", true);
    check("later", "gazelle", true);

    // And where the indexes are made anew.
    drop(server);
    for index in ["search", "texts"] {
        let folder = paper.path(&format!("data/publication/{index}"));
        std::fs::remove_dir_all(folder).expect("a folder");
    }
    let mut server = paper.serve();
    server.wait_for(KNOWN);
    check("later", "gazelle", true);
}

/// A moment some days after now.
#[expect(
    clippy::disallowed_methods,
    reason = "beside a server that lives by it"
)]
fn in_days(days: i64) -> String {
    let due = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
    due.to_string()
}
