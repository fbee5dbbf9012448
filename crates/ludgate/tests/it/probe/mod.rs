//! `ludgate probe` before sites of all kinds, each served by a test.

pub(crate) mod site;

use std::time::{Duration, Instant};

use serde_json::Value;

use self::site::{Says, Site, html, other, text};
use crate::program::{Server, ludgate, said};

/// Probes without pauses; what was found.
#[track_caller]
fn found(url: &str) -> Value {
    let output = ludgate(&["probe", url, "--pause", "0", "--format", "json"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The line about a kind of leak: paragraphs found today, paragraphs found
/// behind the gate, and what becomes of it.
#[track_caller]
fn leak<'v>(found: &'v Value, what: &str) -> (u64, u64, &'v str) {
    let leaks = found["leaks"].as_array().expect("a list");
    let leak = leaks.iter().find(|leak| leak["what"] == what);
    let leak = leak.unwrap_or_else(|| panic!("{what}: {found:#}"));
    let number = |key: &str| leak[key].as_u64().expect("a number");
    let becomes = leak["becomes"].as_str().expect("a word");
    (number("today"), number("behind"), becomes)
}

/// What became of each story.
fn fates(found: &Value) -> Vec<&str> {
    let stories = found["stories"].as_array().expect("a list");
    let fates = stories.iter().map(|story| story["fate"].as_str());
    fates.map(|fate| fate.expect("a word")).collect()
}

/// The feed of some stories, whole.
fn feed(stories: &[&str]) -> String {
    let item = |name: &&str| {
        format!(
            "<item><title>{name}</title><link>HOME/{name}/</link><content:encoded><![CDATA[{}]]>\
             </content:encoded></item>",
            text(name)
        )
    };
    let items: String = stories.iter().map(item).collect();
    format!("<rss xmlns:content=\"x\"><channel><link>HOME/</link>{items}</channel></rss>")
}

const STORIES: [&str; 3] = ["herring-and-salt", "rope-and-tar-pots", "lamps-on-the-mole"];

fn links() -> String {
    STORIES
        .map(|name| format!("<a href=\"/{name}/\">{name}</a>"))
        .concat()
}

fn wordpress() -> Site {
    let page = |name: &str| {
        html(format!(
            "<html lang=en><head><title>{name}</title><meta name=generator content=\"WordPress 6.8\">\
             <meta property=og:type content=article><link rel=alternate type=application/rss+xml \
             href=/feed/><link rel=alternate type=application/json href=/wp-json/wp/v2/posts/7>\
             <link rel=stylesheet href=/wp-content/a.css></head><body class=single-post>\
             <article><h1>{name}</h1><div class=entry-content>{}</div></article><a href=/subscribe/>\
             Subscribe</a></body></html>",
            text(name)
        ))
    };
    let front = format!(
        "<meta property=og:site_name content=\"The Post\"><meta name=generator content=\"WordPress 6.8\">\
         <link rel=alternate type=application/rss+xml href=/feed/><link rel=stylesheet \
         href=/wp-content/a.css><body class=blog>{}",
        links()
    );
    let post = |name: &str| format!("{{\"content\":{{\"rendered\":{:?}}}}}", text(name));
    Site::start([
        ("/", html(front)),
        ("/herring-and-salt/", page("herring-and-salt")),
        ("/rope-and-tar-pots/", page("rope-and-tar-pots")),
        ("/lamps-on-the-mole/", page("lamps-on-the-mole")),
        ("/feed/", other("application/rss+xml", feed(&STORIES))),
        (
            "/wp-json/wp/v2/posts?per_page=3",
            other("application/json", post("herring-and-salt")),
        ),
        (
            "/wp-json/wp/v2/posts/7",
            other("application/json", post("rope-and-tar-pots")),
        ),
        (
            "/robots.txt",
            other("text/plain", "User-agent: *\nDisallow: /index.json\n"),
        ),
    ])
}

#[test]
fn a_wordpress_gets_its_preset_and_hears_what_it_gives_away() {
    let site = wordpress();
    let found = found(&site.url());
    assert_eq!(found["system"], "WordPress");
    assert_eq!(
        (&found["preset"], found["body"].as_array().map(Vec::len)),
        (&"wordpress".into(), Some(0))
    );
    assert_eq!(fates(&found), ["cut"; 3], "{found:#}");
    let (today, behind, becomes) = leak(&found, "feed");
    assert!(today > 20, "{found:#}");
    assert_eq!((behind, becomes), (0, "cut"));
    let (today, behind, becomes) = leak(&found, "content API");
    assert!(today > 5, "{found:#}");
    assert_eq!((behind, becomes), (0, "closed"));
    let text = found["configuration"].as_str().expect("a text");
    assert!(text.contains("name     = \"The Post\""), "{text}");
    assert!(text.contains("subscribe = \"/subscribe/\""), "{text}");
}

#[test]
fn a_site_is_visited_by_name_within_bounds_and_only_where_robots_may_go() {
    let site = wordpress();
    let found = found(&site.url());
    let asked = site.asked();
    assert_eq!(Some(asked.len() as u64), found["requests"].as_u64());
    let mut once = asked.clone();
    once.sort();
    once.dedup();
    assert_eq!(
        once.len(),
        asked.len(),
        "nothing is asked for twice: {asked:?}"
    );
    assert!(!asked.contains(&"/index.json".to_owned()), "{asked:?}");
    assert_eq!(found["left_out"], serde_json::json!(["/index.json"]));
    let [agent] = &site.agents()[..] else {
        panic!("{:?}", site.agents())
    };
    assert!(agent.starts_with("ludgate/"), "{agent}");

    let site = wordpress();
    let url = site.url();
    let (code, text) = said(&["probe", &url, "--pause", "0", "--pages", "2"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("2 pages looked at"), "{text}");
}

#[test]
fn what_is_written_can_be_checked_and_nothing_is_written_over() {
    let site = wordpress();
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("ludgate.toml");
    let file = file.to_str().expect("a path");
    let url = site.url();
    let args = ["probe", &url, "--pause", "0", "--write", file];
    let (code, text) = said(&args);
    assert_eq!(code, 0, "{text}");
    let (code, checked) = said(&["check", "--config", file]);
    assert_eq!(code, 0, "{checked}");
    std::fs::write(file, "mine").expect("a file");
    let before = site.asked().len();
    let (code, text) = said(&args);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("is there already"), "{text}");
    assert_eq!(site.asked().len(), before, "nobody was asked for nothing");
    assert_eq!(std::fs::read_to_string(file).expect("a file"), "mine");
}

#[test]
fn a_ghost_is_asked_by_the_key_in_its_pages() {
    let page = |name: &str| {
        html(format!(
            "<html><head><meta name=generator content=\"Ghost 5.9\"><meta property=og:type \
             content=article><script data-ghost=HOME/ data-key=00ff data-api=HOME/ghost/api/content/ \
             src=/p.js></script></head><body><article class=gh-article><section class=\"gh-content\">\
             {}</section></article></body></html>",
            text(name)
        ))
    };
    let post = format!(
        "{{\"posts\":[{{\"html\":{:?}}}]}}",
        text("rope-and-tar-pots")
    );
    let site = Site::start([
        (
            "/",
            html(format!(
                "<meta name=generator content=\"Ghost 5.9\">{}",
                links()
            )),
        ),
        ("/herring-and-salt/", page("herring-and-salt")),
        ("/rope-and-tar-pots/", page("rope-and-tar-pots")),
        (
            "/ghost/api/content/posts/?key=00ff&limit=3",
            other("application/json", post),
        ),
    ]);
    let found = found(&site.url());
    assert_eq!(
        (&found["system"], &found["preset"]),
        (&"Ghost".into(), &"ghost".into())
    );
    assert_eq!(fates(&found), ["cut"; 2], "{found:#}");
    let (today, behind, becomes) = leak(&found, "content API");
    assert!(today > 5, "{found:#}");
    assert_eq!((behind, becomes), (0, "closed"));
}

/// A site whose classes a build has made up, but for one.
fn built(around: &str, body: &str, index: Says) -> Site {
    let page = |name: &str| {
        html(format!(
            "<html><head><meta property=og:type content=article></head><body><{around} class=css-1x2y3z>\
             <h1>{name}</h1><div class=\"{body}\">{}</div><div class=comment-list>{}</div></{around}>\
             <script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"articleBody\":{:?}}}</script>",
            text(name),
            text(&format!("remarks on {name}")),
            text(name)
        ))
    };
    Site::start([
        (
            "/",
            html(format!("<main class=css-1x2y3z>{}</main>", links())),
        ),
        ("/herring-and-salt/", page("herring-and-salt")),
        ("/rope-and-tar-pots/", page("rope-and-tar-pots")),
        ("/lamps-on-the-mole/", page("lamps-on-the-mole")),
        ("/search.json", index),
    ])
}

#[test]
fn the_one_good_name_among_made_up_ones_is_found_and_what_stays_open_is_said() {
    let index = other(
        "application/javascript",
        format!("let index = [{:?}]", text("herring-and-salt")),
    );
    let site = built("main", "css-9f8e7d story-text", index);
    let found = found(&site.url());
    assert_eq!(
        found["body"],
        serde_json::json!([".story-text"]),
        "{found:#}"
    );
    assert_eq!(fates(&found), ["cut"; 3], "{found:#}");
    let (today, behind, becomes) = leak(&found, "search index");
    assert!(today > 5 && behind == today, "{found:#}");
    assert_eq!(becomes, "open");
    let (_, behind, becomes) = leak(&found, "articleBody in the page");
    assert_eq!((behind, becomes), (0, "cut"));
    let decide = found["decide"].to_string();
    assert!(
        decide.contains("[origin] closed = [\\\"/search.json\\\"]"),
        "{decide}"
    );
    assert!(!decide.contains("made up"), "{decide}");
}

#[test]
fn a_name_that_a_build_has_made_is_proposed_with_a_warning_only() {
    let site = built("div", "css-9f8e7d", other("application/json", "[]"));
    let found = found(&site.url());
    assert_eq!(fates(&found), ["cut"; 3], "{found:#}");
    assert_eq!(
        found["body"],
        serde_json::json!([".css-9f8e7d"]),
        "{found:#}"
    );
    assert!(found["decide"].to_string().contains("made up"), "{found:#}");
}

#[test]
fn the_tiers_that_pages_name_become_rules() {
    let page = |name: &str, tier: &str| {
        html(format!(
            "<meta property=og:type content=article><meta property=article:content_tier content={tier}>\
             <meta property=article:section content=\"Members only\"><article class=story-body>{}</article>",
            text(name)
        ))
    };
    let site = Site::start([
        ("/", html(links())),
        ("/herring-and-salt/", page("herring-and-salt", "free")),
        ("/rope-and-tar-pots/", page("rope-and-tar-pots", "locked")),
        ("/lamps-on-the-mole/", page("lamps-on-the-mole", "metered")),
    ]);
    let found = found(&site.url());
    let mut fates = fates(&found);
    fates.sort_unstable();
    assert_eq!(fates, ["cut", "cut", "open-by-rule"], "{found:#}");
    let text = found["configuration"].as_str().expect("a text");
    for rule in [
        "tier = \"free\"",
        "tier = \"locked\"",
        "section = [\"Members only\"]",
    ] {
        assert!(text.contains(rule), "{text}");
    }
}

#[test]
fn stories_that_all_have_one_address_are_named_for_they_would_be_one() {
    let page = |name: &str| {
        html(format!(
            "<link rel=canonical href=\"HOME/stories/\"><meta property=og:type content=article>\
             <article class=story-body>{}</article>",
            text(name)
        ))
    };
    let site = Site::start([
        ("/", html(links())),
        ("/herring-and-salt/", page("herring-and-salt")),
        ("/rope-and-tar-pots/", page("rope-and-tar-pots")),
        ("/lamps-on-the-mole/", page("lamps-on-the-mole")),
    ]);
    let found = found(&site.url());
    let said = found["decide"].to_string();
    assert!(
        said.contains("3 stories say that they are at /stories/"),
        "{found:#}"
    );
}

#[test]
fn a_story_under_two_addresses_is_one_and_its_words_are_still_missed() {
    let page = |name: &str| {
        html(format!(
            "<meta property=og:type content=article><div class=story-body>{}<p>This line stands below \
             every story that the paper has ever printed.</div>",
            text(name)
        ))
    };
    let seen = "<a href=/herring-and-salt/?utm_source=front>Herring</a><a \
                href=/rope-and-tar-pots/?utm_source=front>Rope</a>";
    let site = Site::start([
        ("/", html(format!("{seen}{}", links()))),
        ("/herring-and-salt/", page("herring-and-salt")),
        (
            "/herring-and-salt/?utm_source=front",
            page("herring-and-salt"),
        ),
        (
            "/rope-and-tar-pots/?utm_source=front",
            page("rope-and-tar-pots"),
        ),
        (
            "/index.json",
            other(
                "application/json",
                format!("[{:?}]", text("herring-and-salt")),
            ),
        ),
        (
            "/llms-full.txt",
            other(
                "text/css",
                "This line stands below every story that the paper has ever printed.",
            ),
        ),
    ]);
    let found = found(&site.url());
    assert_eq!(fates(&found), ["cut"; 2], "{found:#}");
    let (today, _, becomes) = leak(&found, "search index");
    assert!(today > 5 && becomes == "closed", "{found:#}");
    assert_eq!(
        found["leaks"].as_array().map(Vec::len),
        Some(1),
        "{found:#}"
    );
}

/// Standard error where the command fails.
#[track_caller]
fn refused(args: &[&str], expected: &[&str]) {
    let (code, text) = said(&[&["probe", "--pause", "0"], args].concat());
    assert_eq!(code, 1, "{text}");
    for words in expected {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn text_that_a_script_brings_is_no_text_and_that_is_said() {
    let app =
        "<meta property=og:type content=article><div id=app></div><script src=/a.js></script>";
    let site = Site::start([("/", html(links())), ("/herring-and-salt/", html(app))]);
    refused(
        &[&site.url()],
        &["/herring-and-salt/", "isn't in the HTML", "server-side"],
    );
    let site = Site::start([("/", html("<div id=app></div><script src=/a.js></script>"))]);
    refused(&[&site.url()], &["isn't in the HTML"]);
    let site = Site::start([("/", html("<p>Nothing here but a few words.</p>"))]);
    refused(&[&site.url()], &["no stories were found", "name one"]);
}

#[test]
fn a_site_that_leads_elsewhere_is_not_followed_there() {
    let other = Site::start([("/", html(links()))]);
    let site = Site::start([("/", Says::Elsewhere(format!("{}/", other.url())))]);
    refused(&[&site.url()], &[&other.url(), "--host"]);
    assert_eq!(other.asked(), [""; 0]);
    let site = Site::start([("/", Says::Elsewhere("/".to_owned()))]);
    refused(&[&site.url()], &["in a circle"]);
    let site = Site::start([
        ("/", Says::Elsewhere("/home/".to_owned())),
        ("/home/", html("<p>Moved.</p>")),
    ]);
    refused(&[&site.url()], &["no stories were found"]);
}

#[test]
fn a_site_that_is_slow_or_endless_takes_bounded_time_and_memory() {
    let site = Site::start([("/", Says::Nothing)]);
    let began = Instant::now();
    refused(&[&site.url(), "--time", "1"], &["--time"]);
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "15 s is the most"
    );
    let site = Site::start([("/", Says::Endless)]);
    refused(&[&site.url()], &["larger than 4 MB"]);
    // Elsewhere on a site that works otherwise it costs that page alone.
    let page = |name: &str| {
        html(format!(
            "<meta property=og:type content=article><div class=story-body>{}</div>",
            text(name)
        ))
    };
    let site = Site::start([
        ("/", html(links())),
        ("/herring-and-salt/", page("herring-and-salt")),
        ("/rope-and-tar-pots/", Says::Endless),
        ("/lamps-on-the-mole/", page("lamps-on-the-mole")),
        ("/search.json", Says::Endless),
    ]);
    let found = found(&site.url());
    assert_eq!(fates(&found), ["cut"; 2], "{found:#}");
}

#[test]
fn what_keeps_a_visitor_out_is_named_with_what_to_do() {
    let status = |status: u16| Says::This(status, "text/html", String::new());
    for (says, expected) in [
        (status(403), "keeps strangers out"),
        (status(404), "name a page that is"),
        (status(429), "try again later"),
        (status(503), "try again when it does"),
        (other("application/json", "{}"), "no page"),
    ] {
        let site = Site::start([("/", says)]);
        refused(&[&site.url()], &[expected]);
    }
    refused(
        &["http://127.0.0.1:1"],
        &["can't be reached", "is it running"],
    );
    let (code, text) = said(&["probe", "post.example"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("https://post.example"), "{text}");
}

#[test]
fn the_demonstration_is_recognised_as_what_it_is() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().to_str().expect("a path");
    let addresses = ["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"];
    let server = Server::start(&[&["demo", "--data", data], &addresses[..]].concat());
    let found = found(&format!("http://{}", server.readers));
    assert_eq!(
        found["body"],
        serde_json::json!([".story-body"]),
        "{found:#}"
    );
    let fates = fates(&found);
    assert!(fates.len() > 5, "{found:#}");
    assert!(
        fates
            .iter()
            .all(|fate| ["cut", "open-by-rule"].contains(fate)),
        "{found:#}"
    );
    assert_eq!(found["leaks"], serde_json::json!([]), "{found:#}");
    assert!(
        found["decide"]
            .to_string()
            .contains("[articles] paths = [\\\"/stories/**\\\"]")
    );
}
