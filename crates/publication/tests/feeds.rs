//! Feeds: whose stories are in which, and whose text in none.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod paper;

use std::collections::HashSet;

use ludgate_publication::{Kind, Publication};
use paper::{attributes, files, get, now, page, publication};

/// The feeds of the paper that have stories, by the folder they are in.
const FOLDERS: [&str; 5] = [
    "",
    "/sections/city",
    "/sections/opinion",
    "/topics/ward-elections",
    "/authors/ines-marlow",
];

const FILES: [(&str, &str); 3] = [
    ("rss.xml", "application/rss+xml; charset=utf-8"),
    ("feed.xml", "application/atom+xml; charset=utf-8"),
    ("feed.json", "application/feed+json; charset=utf-8"),
];

/// The slugs of the stories that a feed has, in its order.
fn slugs(feed: &str) -> Vec<String> {
    let mut slugs: Vec<String> = Vec::new();
    for rest in feed.split("https://mercury.example/stories/").skip(1) {
        let slug = rest.split(['<', '"', '\\']).next().unwrap();
        if !slugs.iter().any(|known| known == slug) {
            slugs.push(slug.to_owned());
        }
    }
    slugs
}

/// A paper with so many stories more, one an hour, the last of them the latest.
fn with_many(count: usize) -> Publication {
    let mut files = files();
    for number in 0..count {
        let (day, hour) = (1 + number / 24, number % 24);
        let story = paper::TIDES
            .replace("2026-11-18T06", &format!("2026-10-{day:02}T{hour:02}"))
            .replace("The tide table", &format!("Tide {number}"));
        files = files.with(&format!("stories/tide-{number}.md"), story);
    }
    files.load().unwrap()
}

#[test]
fn each_feed_has_its_own_stories_and_no_word_of_any_text() {
    let publication = publication();
    let all = ["night-ferry", "tide-table", "hard-benches", "shop-lease"];
    let expected: [&[&str]; 5] = [
        &all,
        &["night-ferry", "tide-table", "shop-lease"],
        &["hard-benches"],
        &["night-ferry"],
        &["night-ferry", "hard-benches"],
    ];
    for (folder, stories) in FOLDERS.iter().zip(expected) {
        for (file, content_type) in FILES {
            let path = format!("{folder}/{file}");
            let response = get(&publication, &path);
            assert_eq!(response.kind, Kind::Machine, "{path}");
            assert_eq!(response.content_type, content_type, "{path}");
            let feed = page(&publication, &path);
            assert_eq!(slugs(&feed), stories, "{path}");
            for story in publication.stories() {
                let text = publication.text(story).unwrap();
                let first = text.lines().next().unwrap();
                assert!(!feed.contains(first), "{path}: {first}");
            }
            for hidden in ["zeppelin", "xylophone", "Embargoed", "Nemo"] {
                assert!(!feed.contains(hidden), "{path}: {hidden}");
            }
        }
    }
}

#[test]
fn a_feed_says_what_programs_ask_of_it() {
    let publication = publication();
    let atom = page(&publication, "/feed.xml");
    for said in [
        "<id>https://mercury.example/</id>",
        "<title>The Test &amp; Mercury</title>",
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://mercury.example/feed.xml\"/>",
        "<id>https://mercury.example/stories/night-ferry</id>",
        "<published>2026-11-20T06:00:00Z</published>",
        "<updated>2026-11-20T16:40:00Z</updated>",
        "<author><name>Zoë Łącka</name><uri>https://mercury.example/authors/zo%C3%AB-%C5%82%C4%85cka</uri></author>",
        "<category term=\"City\"/>",
        "<category term=\"Fenwick Quay\"/>",
        "<media:credit>Drawing: Hester Lumb</media:credit>",
        "<title>Sponsored: A lease, clause by clause</title>",
        "Commissioned and paid for by Guild of Surveyors",
        "<title>Night ferry &quot;survives&quot; &lt;by&gt;",
    ] {
        let typographic = said.replace("&quot;survives&quot;", "“survives”");
        assert!(
            atom.contains(said) || atom.contains(&typographic),
            "{said}: {atom}"
        );
    }
    let rss = page(&publication, "/sections/city/rss.xml");
    for said in [
        "<title>City – The Test &amp; Mercury</title>",
        "<link>https://mercury.example/sections/city</link>",
        "<description>What happened in town.</description>",
        "<guid isPermaLink=\"true\">https://mercury.example/stories/tide-table</guid>",
        "<pubDate>Fri, 20 Nov 2026 06:00:00 GMT</pubDate>",
        "<dc:creator>Ruth Adeyinka</dc:creator>",
        "<enclosure url=\"https://mercury.example/pictures/",
    ] {
        assert!(rss.contains(said), "{said}: {rss}");
    }
    let json: serde_json::Value = serde_json::from_str(&page(&publication, "/feed.json")).unwrap();
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["feed_url"], "https://mercury.example/feed.json");
    let lease = &json["items"][3];
    assert_eq!(lease["_sponsor"]["name"], "Guild of Surveyors");
    assert_eq!(lease["content_text"], lease["summary"]);
    assert_eq!(json["items"][0]["authors"][2]["name"], "Dermot Ashby");
    assert_eq!(json.get("next_url"), None);
}

#[test]
fn pages_lead_to_the_feeds_of_what_they_show_and_then_to_those_of_everything() {
    let publication = publication();
    let check = |address: &str, first: &str| {
        let html = page(&publication, address);
        let head = html.split("</head>").next().unwrap();
        let feeds: Vec<&str> = head
            .split("<link rel=\"alternate\"")
            .skip(1)
            .filter_map(|link| attributes(link, "href").first().copied())
            .collect();
        assert_eq!(feeds.first(), Some(&first), "{address}");
        assert!(feeds.contains(&"/feed.xml"), "{address}: {feeds:?}");
        for feed in feeds {
            assert_eq!(get(&publication, feed).kind, Kind::Machine, "{feed}");
        }
    };
    check("/", "/rss.xml");
    check("/stories/night-ferry", "/rss.xml");
    check("/sections/city", "/sections/city/rss.xml");
    check("/topics/ward-elections", "/topics/ward-elections/rss.xml");
    check("/authors/ines-marlow", "/authors/ines-marlow/rss.xml");
    let listed = page(&publication, "/feeds");
    for feed in ["/rss.xml", "/feed.xml", "/sections/opinion/feed.json"] {
        assert!(attributes(&listed, "href").contains(&feed), "{feed}");
    }
}

#[test]
fn a_feed_has_one_address_and_other_names_for_it_lead_there() {
    let publication = publication();
    let check = |address: &str, to: Option<&str>| {
        let response = get(&publication, address);
        assert_eq!(response.redirect.as_deref(), to, "{address}");
        let status = if to.is_some() { 301 } else { 404 };
        assert_eq!(response.status, status, "{address}");
    };
    check("/feed", Some("/feed.xml"));
    check("/feed/", Some("/feed.xml"));
    check("/atom.xml", Some("/feed.xml"));
    check("/rss", Some("/rss.xml"));
    check("/sections/city/feed", Some("/sections/city/feed.xml"));
    check("/feed.xml?page=1", Some("/feed.xml"));
    check("/feed.xml?page=0", None);
    check("/feed.xml?page=2", None);
    check("/sections/nowhere/feed.xml", None);
    check("/topics/secrets/feed.xml", None);
    check("/authors/nemo-nobody/rss.xml", None);
    check("/stories/feed.xml", None);
    check("/a/b/feed.xml", None);
}

#[test]
fn what_doesnt_fit_goes_on_on_other_pages_of_the_feed() {
    let publication = with_many(100);
    let mut address = "/feed.json".to_owned();
    let mut found = Vec::new();
    let mut pages = 0;
    loop {
        let json: serde_json::Value = serde_json::from_str(&page(&publication, &address)).unwrap();
        found.extend(
            json["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["id"].to_string()),
        );
        pages += 1;
        assert!(pages < 10, "there is an end to it");
        match json["next_url"].as_str() {
            Some(next) => next
                .strip_prefix("https://mercury.example")
                .unwrap()
                .clone_into(&mut address),
            None => break,
        }
    }
    assert_eq!(pages, 3);
    let different: HashSet<&String> = found.iter().collect();
    assert_eq!((found.len(), different.len()), (104, 104));
    let second = page(&publication, "/rss.xml?page=2");
    for (rel, page) in [("first", ""), ("previous", ""), ("next", "?page=3")] {
        let link = format!(
            "<atom:link rel=\"{rel}\" type=\"application/rss+xml\" \
             href=\"https://mercury.example/rss.xml{page}\"/>"
        );
        assert!(second.contains(&link), "{link}: {second}");
    }
    let first = page(&publication, "/feed.xml");
    assert!(first.contains("rel=\"next\"") && !first.contains("rel=\"previous\""));
}

#[test]
fn what_no_xml_can_hold_breaks_no_feed() {
    let hostile = paper::TIDES
        .replace("The tide table", "Tides ]]> \\uFFFF & <b>")
        .replace("Every high water", "]]>&nbsp;\\uFFFE");
    let publication = files()
        .with("stories/tide-table.md", hostile)
        .load()
        .unwrap();
    for (file, _) in FILES {
        let feed = page(&publication, &format!("/{file}"));
        let is_sound = |c: char| !c.is_control() || matches!(c, '\n' | '\t' | '\r');
        assert!(
            feed.chars().all(is_sound) && !feed.contains('\u{ffff}'),
            "{file}"
        );
        assert!(!feed.contains("<b>") || file == "feed.json", "{file}");
    }
    let sitemap = page(&publication, "/sitemaps/2026-11.xml");
    assert!(sitemap.contains("/stories/tide-table"));
}

/// What one reader's feed says who may read these.
fn own(publication: &Publication, path: &str, whole: &[&str]) -> String {
    let whole = whole
        .iter()
        .map(|slug| format!("/stories/{slug}"))
        .collect();
    let response = publication.feed_with(path, &whole, now()).unwrap();
    assert_eq!(response.kind, Kind::Machine, "{path}");
    String::from_utf8(response.body.to_vec()).unwrap()
}

#[test]
fn one_readers_feed_has_the_text_of_what_they_may_read_and_of_nothing_else() {
    let publication = publication();
    for (file, _) in FILES {
        let path = format!("/{file}");
        let asked = publication.feed_stories(&path, now()).unwrap();
        assert_eq!(asked.len(), 4, "what isn't out isn't asked about");
        let feed = own(&publication, &path, &["night-ferry"]);
        for whole in [
            "Paragraph one tells",
            "word zeppelin",
            "SALTPAN",
            "25 to 22",
            "The slip in winter.",
        ] {
            assert!(feed.contains(whole), "{file}: {whole}: {feed}");
        }
        for hidden in [
            "High water is at noon",
            "benches at the hall",
            "runs to 46",
            "xylophone",
        ] {
            assert!(!feed.contains(hidden), "{file}: {hidden}");
        }
        // Links and pictures lead somewhere from anywhere.
        for link in ["href=&quot;/", "src=&quot;/", "href=\\\"/", "src=\\\"/"] {
            assert!(!feed.contains(link), "{file}: {link}");
        }
        assert!(
            feed.contains("https://mercury.example/pictures/ferry.svg"),
            "{file}"
        );
        // Where it was read isn't said in it: that is a secret.
        assert!(
            !feed.contains("rel=\"self\"") && !feed.contains("feed_url"),
            "{file}"
        );
        let none = own(&publication, &path, &[]);
        assert!(!none.contains("zeppelin") && !none.contains("content_html"));
        // Who may read what isn't out yet, by a mistake, doesn't either.
        let early = own(&publication, &path, &["tomorrow"]);
        assert!(!early.contains("xylophone"), "{file}");
        let paid = own(&publication, &path, &["shop-lease"]);
        assert!(paid.contains("The newsroom had no part in it."), "{file}");
        assert!(paid.contains("runs to 46 pages"), "{file}");
    }
    assert_eq!(publication.feed_stories("/feed", now()), None);
    assert_eq!(
        publication.feed_stories("/stories/night-ferry", now()),
        None
    );
    let many = with_many(100);
    assert_eq!(many.feed_stories("/rss.xml", now()).unwrap().len(), 30);
}

#[test]
fn a_publishers_own_page_goes_before_another_name_for_a_feed() {
    let own = "+++\ntitle = \"Feed\"\n+++\n\nFor horses.\n";
    let publication = files().with("pages/feed.md", own).load().unwrap();
    let to = get(&publication, "/feed").redirect;
    assert_eq!(to.as_deref(), Some("/pages/feed"));
    assert_eq!(get(&publication, "/feed.xml").status, 200);
}
