//! Varnish between readers and the gate, in a CDN's place, with the very file of
//! the guide. What one reader was sent must never reach another.

use crate::foreign::Cms;
use crate::program::{Paper, Server, ask, cookie, decision, free_ports, get, said};
use crate::recipe::{Recipe, Running};

/// In memory, without a management port or a folder of its own beside HOME.
const VARNISH: [&str; 11] = [
    "varnishd",
    "-F",
    "-n",
    "HOME",
    "-f",
    "FILE",
    "-a",
    "ADDRESS",
    "-s",
    "malloc,16m",
    "-T",
];

/// A site, the gate before it, and a cache before that.
struct Scene {
    cache: Running,
    gate: Server,
    paper: Paper,
    cms: Cms,
}

impl Scene {
    fn set() -> Self {
        let cms = Cms::start();
        let paper = cms.paper();
        paper.edit("ludgate.toml", |text| {
            text.replacen("[server]", "[server]\ntrusted_proxies = [\"127.0.0.1\"]", 1)
        });
        let gate = paper.serve();
        let [address, _] = free_ports();
        let port = format!(".port = \"{}\"", gate.readers.port());
        let here = address.to_string();
        let command: Vec<&str> = VARNISH
            .iter()
            .map(|&word| if word == "ADDRESS" { &*here } else { word })
            .chain(["none"])
            .collect();
        let cache = Recipe::of("behind-a-cdn/varnish.vcl")
            .with(".port = \"8080\"", &port)
            .run(&command, address);
        Self {
            cache,
            gate,
            paper,
            cms,
        }
    }

    fn get(&self, path: &str, headers: &str) -> (u16, String) {
        get(self.cache.address, path, headers)
    }

    /// A reader who has read all that is free.
    fn exhausted(&self) -> String {
        let mut header = String::new();
        for story in ["x", "y", "z"] {
            let (_, page) = self.get(&format!("/2026/11/{story}/"), &header);
            assert!(decision(&page).contains("reason=counted"), "{page}");
            header = cookie(&page);
        }
        header
    }
}

/// Whether a response came out of the cache: it then names two requests.
fn is_kept(response: &str) -> bool {
    let field = response.split("X-Varnish: ").nth(1).expect("the header");
    field.lines().next().expect("a value").contains(' ')
}

/// Whether anything well after a story's beginning is in it.
fn leaks(response: &str) -> bool {
    (9..20).any(|number| response.contains(&format!("canary{number}end")))
}

#[test]
#[ignore = "runs Varnish"]
fn a_story_that_was_opened_for_one_reader_reaches_no_other_through_a_cache() {
    let scene = Scene::set();
    let walled = scene.exhausted();
    for (number, headers) in [
        "",
        "Accept-Encoding: gzip\r\n",
        "Range: bytes=900-\r\n",
        "If-None-Match: *\r\n",
        "If-Modified-Since: Fri, 27 Nov 2026 00:00:00 GMT\r\n",
        "Cache-Control: max-stale=9999, only-if-cached\r\n",
        "Pragma: no-cache\r\n",
        "Cookie: ludgate-staff=made-up\r\n",
        "X-Forwarded-For: 127.0.0.1\r\nX-Others: x\r\n",
    ]
    .into_iter()
    .enumerate()
    {
        let path = format!("/2026/11/opened-{number}/");
        let (_, opened) = get(scene.cache.address, &path, "");
        assert!(opened.contains("canary19end"), "{opened}");
        let id = cookie(&opened);
        for _ in 0..3 {
            let (status, page) = scene.get(&path, &format!("{walled}{headers}"));
            assert!(!leaks(&page) && !is_kept(&page), "{headers}: {page}");
            assert!(matches!(status, 200 | 206), "{headers}: {page}");
            let other = id.trim_start_matches("Cookie: ").trim_end();
            assert!(
                !page.contains(other),
                "{headers}: another reader's id: {page}"
            );
        }
        // Nor the wall to who may read it.
        let (_, again) = scene.get(&path, &id);
        assert!(again.contains("canary19end"), "{again}");
    }
}

#[test]
#[ignore = "runs Varnish"]
fn no_address_makes_a_cache_keep_a_story() {
    let scene = Scene::set();
    let walled = scene.exhausted();
    for path in [
        "/2026/11/d/style.css",
        "/2026/11/d.css",
        "/2026/11/d/?style.css",
        "/2026/11/d/;style.css",
        "/2026/11/d/%2estyle.css",
        "/2026/11/d/?utm_source=x",
        "/wp-content/2026/11/d.jpg",
        "//2026/11/d/",
    ] {
        let (_, opened) = scene.get(path, "");
        assert!(!is_kept(&opened), "{path}: {opened}");
        let (_, page) = scene.get(path, &walled);
        assert!(!leaks(&page) && !is_kept(&page), "{path}: {page}");
    }
    // A HEAD isn't made a GET, which would be counted.
    let fresh = scene.get("/2026/11/e/", "").1;
    let reader = cookie(&fresh);
    for story in ["f", "g", "h", "i"] {
        ask(
            scene.cache.address,
            "HEAD",
            &format!("/2026/11/{story}/"),
            &reader,
        );
    }
    let (_, page) = scene.get("/2026/11/j/", &reader);
    assert!(decision(&page).contains("used=2"), "{page}");
}

#[test]
#[ignore = "runs Varnish"]
fn whatever_a_site_tells_caches_a_story_isnt_kept() {
    let scene = Scene::set();
    let walled = scene.exhausted();
    for (number, said) in [
        "Surrogate-Control: max-age=600\r\n",
        "CDN-Cache-Control: public, max-age=600\r\n",
        "Cache-Control: public, s-maxage=600\r\nETag: \"one\"\r\n",
        "Expires: Fri, 01 Jan 2100 00:00:00 GMT\r\nVary: Accept\r\n",
        "Cache-Control: public, max-age=600\r\nCache-Control: immutable\r\n",
    ]
    .into_iter()
    .enumerate()
    {
        scene.cms.say(said);
        let path = format!("/2026/11/said-{number}/");
        let (_, opened) = scene.get(&path, "");
        assert!(opened.contains("canary19end"), "{opened}");
        let (_, page) = scene.get(&path, &walled);
        assert!(!leaks(&page) && !is_kept(&page), "{said}: {page}");
    }
}

#[test]
#[ignore = "runs Varnish"]
fn many_who_ask_at_once_for_what_a_cache_has_not_are_each_answered_for_themselves() {
    let scene = Scene::set();
    let walled = scene.exhausted();
    for round in 0..5 {
        let path = format!("/2026/11/at-once-{round}/");
        let pages: Vec<(bool, String)> = std::thread::scope(|threads| {
            let readers: Vec<_> = (0..16)
                .map(|number| {
                    let header = if number % 2 == 0 { "" } else { &*walled };
                    let (path, cache) = (&path, scene.cache.address);
                    threads.spawn(move || (!header.is_empty(), get(cache, path, header).1))
                })
                .collect();
            let pages = readers.into_iter().map(std::thread::ScopedJoinHandle::join);
            pages.map(|page| page.expect("a page")).collect()
        });
        let mut ids = std::collections::HashSet::new();
        for (is_walled, page) in &pages {
            assert_eq!(leaks(page), !is_walled, "{page}");
            if !is_walled {
                assert!(ids.insert(cookie(page)), "one id for two readers: {page}");
            }
        }
    }
}

#[test]
#[ignore = "runs Varnish"]
fn what_is_everybodys_is_kept_until_it_is_purged_and_staff_see_it_anew() {
    let scene = Scene::set();
    let walled = scene.exhausted();
    scene.cms.say("Cache-Control: public, max-age=600\r\n");
    let feed = |headers: &str| scene.get("/feed/", headers).1;
    assert!(!is_kept(&feed("")));
    assert!(is_kept(&feed("")));
    assert!(
        is_kept(&feed(&walled)),
        "the gate's own cookie changes no feed"
    );
    assert!(!is_kept(&feed("Cookie: wordpress_logged_in_x=1\r\n")));
    // Staff get it whole, and nobody gets what they got.
    let (code, link) = said(&["staff", "--config", &scene.paper.config()]);
    assert_eq!(code, 0, "{link}");
    let path = link.trim().find("/-/staff/").expect("a link");
    let (_, welcome) = scene.get(link.trim()[path..].trim(), "");
    let staff = cookie(&welcome);
    for path in ["/feed/", "/2026/11/staff/"] {
        let (_, page) = scene.get(path, &format!("{walled}{staff}"));
        assert!(page.contains("canary19end") && !is_kept(&page), "{page}");
        let (_, page) = scene.get(path, &walled);
        assert!(!leaks(&page), "{path}: {page}");
    }
    // A cache that isn't told keeps what it has.
    let (status, said) = ask(scene.cache.address, "PURGE", "/feed/", "");
    assert_eq!(status, 200, "{said}");
    assert!(!is_kept(&feed("")));
}

#[test]
#[ignore = "runs Varnish"]
fn a_gate_that_is_gone_leaves_no_story_in_a_cache() {
    let scene = Scene::set();
    let (_, opened) = scene.get("/2026/11/a/", "");
    assert!(opened.contains("canary19end"), "{opened}");
    drop(scene.gate);
    for header in [String::new(), cookie(&opened)] {
        let (status, page) = get(scene.cache.address, "/2026/11/a/", &header);
        assert_eq!(status, 503, "{page}");
        assert!(!page.contains("canary"), "{page}");
    }
}
