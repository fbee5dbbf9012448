//! The page of a story: everything on it, in its order.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use paper::{FERRY, attributes, files, page, publication};

/// Every needle must occur, each after the one before.
#[track_caller]
fn in_order(html: &str, needles: &[&str]) {
    let mut rest = html;
    for needle in needles {
        match rest.find(needle) {
            Some(at) => rest = &rest[at + needle.len()..],
            None if html.contains(needle) => panic!("{needle:?} is in the wrong place"),
            None => panic!("{needle:?} isn't there"),
        }
    }
}

#[test]
fn a_story_has_every_element_of_the_page_from_top_to_bottom() {
    let publication = publication();
    let html = page(&publication, "/stories/night-ferry");
    in_order(
        &html,
        &[
            "<a class=\"skip\" href=\"#content\">",
            "<nav class=\"menu\" aria-label=\"Menu\">",
            "href=\"/sections/city\"",
            "href=\"/pages/about\"",
            "action=\"/search\" role=\"search\"",
            "href=\"/pages/contact\"",
            "href=\"/-/account\">Account",
            "<a href=\"/\">The Test &amp; Mercury</a>",
            "<nav class=\"sections\"",
            "aria-current=\"true\">City",
            "<main id=\"content\"",
            "<a class=\"kicker__label\" href=\"/topics/ward-elections\">Ward elections</a>",
            "For subscribers",
            "<h1 class=\"story__title\">Night ferry “survives” &lt;by&gt; three &amp; a half votes",
            "It’s the late boat’s last year, perhaps.",
            "By <a rel=\"author\" href=\"/authors/ines-marlow\">Ines Marlow</a>, ",
            "href=\"/authors/zo%C3%AB-%C5%82%C4%85cka\">Zoë Łącka</a> and ",
            "Dermot Ashby</a>",
            "Published</span> <time datetime=\"2026-11-20T06:00:00Z\">20 November 2026, 6.00",
            "Updated</span> <time datetime=\"2026-11-20T16:40:00Z\">20 November 2026, 16.40",
            "1-minute read",
            "<img src=\"/pictures/ferry.svg\" width=\"1200\" height=\"800\" alt=\"A lit ferry\"",
            "The 11.15 to Saltpan.",
            "Drawing: Hester Lumb",
            "<div class=\"story-body\">",
            "<p><span class=\"dateline\">SALTPAN</span> Paragraph one tells of “boats”",
            "<a href=\"https://example.org/a?b=c&amp;d\">",
            "<h2>The crosshead</h2>",
            "<blockquote>\n<p>A pulled quotation.</p>\n</blockquote>",
            "Paragraph five",
            "<aside class=\"slot slot--promotion\" data-ludgate-inset aria-label=\"From the paper\">",
            "Paragraph six",
            "<th class=\"figure\" scope=\"col\">Built</th>",
            "<figure class=\"plate\">",
            "alt=\"A hull on the slip\"",
            "The slip in winter.",
            "Paragraph eleven",
            "<aside class=\"slot slot--advertisement\" data-ludgate-inset aria-label=\"Advertisement\">",
            "Paragraph thirteen",
            "<nav class=\"share\"",
            "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fmercury.example%2Fstories",
            "https://www.linkedin.com/sharing/share-offsite/?url=",
            "https://x.com/intent/post?url=",
            "href=\"mailto:?subject=Night%20ferry",
            "<li hidden data-print><button type=\"button\">Print</button>",
            "<h2 id=\"corrections\">Correction</h2>",
            "<time datetime=\"2026-11-21\">21 November 2026</time>",
            "The vote was 25 to 22.",
            "<a rel=\"tag\" href=\"/topics/ward-elections\">Ward elections</a>",
            "<a rel=\"tag\" href=\"/topics/fenwick-quay\">Fenwick Quay</a>",
            "id=\"next\">Next story",
            "rel=\"next\" href=\"/stories/tide-table\"",
            "https://mercury.example/stories/night-ferry</p>",
            "id=\"related\">Read next",
            "href=\"/stories/hard-benches\"",
            "<aside class=\"sponsored\"",
            "Commissioned and paid for by Guild of Surveyors",
            "<footer class=\"colophon\">",
            "href=\"/sections/opinion\"",
            "href=\"/pages/sponsored\"",
            "href=\"/feeds\"",
            "href=\"#top\"",
        ],
    );
    assert_eq!(html.matches("story-body").count(), 1);
    assert!(
        (10_000..45_000).contains(&html.len()),
        "{} bytes",
        html.len()
    );
}

#[test]
fn the_head_tells_programs_what_the_story_is() {
    let publication = publication();
    let html = page(&publication, "/stories/night-ferry");
    for line in [
        "<title>Night ferry “survives” &lt;by&gt; three &amp; a half votes – The Test &amp; Mercury",
        "<meta name=\"description\" content=\"It’s the late boat’s last year, perhaps.\">",
        "<link rel=\"canonical\" href=\"https://mercury.example/stories/night-ferry\">",
        "<meta property=\"og:type\" content=\"article\">",
        "<meta property=\"og:image\" content=\"https://mercury.example/pictures/ferry.",
        ".1200.png\">\n<meta property=\"og:image:width\" content=\"1200\">",
        "<meta property=\"article:section\" content=\"city\">",
        "<meta property=\"article:tag\" content=\"ferry\">",
        "<meta property=\"article:tag\" content=\"fenwick-quay\">",
        "<meta property=\"article:author\" content=\"Zoë Łącka\">",
        "<meta property=\"article:published_time\" content=\"2026-11-20T06:00:00Z\">",
        "<meta property=\"article:modified_time\" content=\"2026-11-20T16:40:00Z\">",
        "<meta property=\"article:content_tier\" content=\"locked\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        "media=\"(prefers-color-scheme: dark)\">",
        "<link rel=\"alternate\" href=\"/feed.xml\" type=\"application/atom+xml\"",
        "type=\"image/svg+xml\">",
    ] {
        assert!(html.contains(line), "{line}");
    }
    assert!(!html.contains("ludgate:sponsor"));
    let data = html
        .split("application/ld+json\">")
        .nth(1)
        .unwrap()
        .split("</script>")
        .next();
    let data: serde_json::Value = serde_json::from_str(data.unwrap()).unwrap();
    assert_eq!(data["@type"], "NewsArticle");
    assert_eq!(
        data["headline"],
        "Night ferry “survives” <by> three & a half votes"
    );
    assert_eq!(data["author"][1]["name"], "Zoë Łącka");
    assert_eq!(data["dateModified"], "2026-11-20T16:40:00Z");
    assert_eq!(data["image"]["width"], 1200);
    for absent in ["articleBody", "isAccessibleForFree", "hasPart"] {
        assert!(data.get(absent).is_none(), "{absent}");
    }
}

#[test]
fn a_headline_cannot_break_out_of_the_structured_data() {
    let story = FERRY.replace("<by>", "</script><script>alert(1)</script>");
    let publication = files()
        .with("stories/night-ferry.md", story)
        .load()
        .unwrap();
    let html = page(&publication, "/stories/night-ferry");
    assert!(!html.contains("<script>"));
    let scripts = html.matches("<script ").count();
    assert_eq!(html.matches("</script>").count(), scripts);
}

#[test]
fn a_sponsored_story_says_so_over_the_headline_and_wherever_it_is_listed() {
    let publication = publication();
    let html = page(&publication, "/stories/shop-lease");
    in_order(
        &html,
        &[
            "<meta name=\"ludgate:sponsor\" content=\"Guild of Surveyors\">",
            "\"@type\":\"AdvertiserContentArticle\"",
            "<main id=\"content\" class=\"story story--sponsored\"",
            "<p class=\"commission__label\">Sponsored</p>",
            "Commissioned and paid for by Guild of Surveyors",
            "The newsroom had no part in it.",
            "href=\"/pages/sponsored\"",
            "<h1",
        ],
    );
    for address in [
        "/",
        "/sections/city",
        "/search?q=lease",
        "/authors/commissions-desk",
    ] {
        let html = page(&publication, address);
        let card = html
            .split("<article")
            .find(|card| card.contains("/stories/shop-lease"));
        let card = card.unwrap();
        let title = card.find("card__title").unwrap();
        assert!(card[..title].contains(">Sponsored</span>"), "{address}");
        assert!(card.contains("Guild of Surveyors"), "{address}");
    }
}

#[test]
fn the_article_of_a_sponsor_is_said_in_the_stories_own_language_only() {
    let lease = paper::LEASE.replace(
        "name = \"Guild of Surveyors\"",
        "name = \"Guild of Surveyors\"\narticle = \"the\"",
    );
    let check = |locale: &str, expected: &str| {
        let english = format!("language = \"en\"\n{}", paper::PAPER);
        let content = files().with("stories/shop-lease.md", &lease);
        let content = content.with("publication.toml", english);
        let publication = content.load_in(locale, None).unwrap();
        for address in ["/stories/shop-lease", "/"] {
            let html = page(&publication, address);
            assert!(html.contains(expected), "{address}: {expected}");
        }
        let html = page(&publication, "/stories/shop-lease");
        assert!(html.contains("content=\"Guild of Surveyors\""));
        assert!(html.contains("\"name\":\"Guild of Surveyors\""));
    };
    check("en", "Commissioned and paid for by the Guild of Surveyors");
    check("ja", "提供：Guild of Surveyors");
}

#[test]
fn a_story_may_keep_every_slot_out_of_it() {
    let check = |slots: &str, expected: usize| {
        let story = FERRY.replace("tier = ", &format!("{slots}\ntier = "));
        let content = files().with("stories/night-ferry.md", story);
        let html = page(&content.load().unwrap(), "/stories/night-ferry");
        assert_eq!(html.matches("<aside class=\"slot").count(), expected);
    };
    check("", 2);
    check("slots = true", 2);
    check("slots = false", 0);
}

#[test]
fn no_slot_comes_between_a_colon_and_what_it_announces() {
    let story = FERRY.replace(
        "Paragraph six follows it.",
        "Paragraph six promises:\n\nThis.",
    );
    let story = story.replace("Paragraph five is short.", "Paragraph five announces:");
    let content = files().with("stories/night-ferry.md", story);
    in_order(
        &page(&content.load().unwrap(), "/stories/night-ferry"),
        &[
            "Paragraph five announces:",
            "Paragraph six promises:",
            "This.",
            "Paragraph eight",
            "slot--promotion",
            "Paragraph nine",
        ],
    );
}

#[test]
fn the_masthead_carries_the_day_of_the_newest_story_that_is_out() {
    let html = page(&publication(), "/stories/tide-table");
    assert!(html.contains("<p class=\"masthead__date\"><time datetime=\"2026-11-20\">"));
}

#[test]
fn only_a_story_that_is_not_open_to_everybody_can_be_given() {
    let publication = publication();
    for (address, gives) in [
        ("/stories/night-ferry", true),
        ("/stories/tide-table", false),
        ("/stories/shop-lease", false),
    ] {
        let html = page(&publication, address);
        let form = "<li class=\"share__give\"><form method=\"post\" action=\"/-/gift\">";
        assert_eq!(html.contains(form), gives, "{address}");
        let story = format!("name=\"story\" value=\"https://mercury.example{address}\"");
        assert_eq!(html.contains(&story), gives, "{address}");
    }
}

#[test]
fn a_short_story_keeps_its_advertisement_out_of_the_body() {
    let publication = publication();
    let html = page(&publication, "/stories/tide-table");
    let body = html.split("<div class=\"story-body\">").nth(1).unwrap();
    let body = body.split("</div>").next().unwrap();
    assert!(!body.contains("<aside"), "{body}");
    assert_eq!(html.matches("slot--advertisement").count(), 1);
    assert!(!html.contains("story__time--updated"));
}

#[test]
fn notices_of_the_publishers_own_take_the_places_of_ours() {
    let paper = format!(
        "{}\n[promotion]\ntitle = \"Our <letter>\"\ntext = \"Daily.\"\nlink = \"/about\"\n\
         action = \"Read on\"\n\n[advertisement]\ntitle = \"Ness Ropes\"\ntext = \"They hold.\"\n",
        paper::PAPER
    );
    let publication = files().with("publication.toml", paper).load().unwrap();
    let html = page(&publication, "/stories/night-ferry");
    in_order(
        &html,
        &[
            "Our &lt;letter&gt;",
            "href=\"/about\">Read on",
            "Ness Ropes",
            "Paragraph thirteen",
        ],
    );
}

#[test]
fn markdown_is_escaped_where_it_isn_t_html() {
    let story = FERRY.replace(
        "Paragraph three is here.",
        "If a \\<b\\> & `<i>` then 2 < 3.",
    );
    let publication = files()
        .with("stories/night-ferry.md", story)
        .load()
        .unwrap();
    let html = page(&publication, "/stories/night-ferry");
    assert!(html.contains("If a &lt;b&gt; &amp; <code>&lt;i&gt;</code> then 2 &lt; 3."));
}

#[test]
fn the_text_of_a_story_is_what_its_page_shows() {
    let publication = publication();
    let story = publication.story("night-ferry").unwrap();
    let text = publication.text(story).unwrap();
    assert!(text.starts_with("Paragraph one tells of “boats”"));
    assert!(text.ends_with("zeppelin."));
    assert_eq!(story.path(), "/stories/night-ferry");
    let html = page(&publication, "/stories/night-ferry");
    assert!(
        attributes(&html, "href").contains(&story.path().as_str()) || html.contains(&story.path())
    );
}
