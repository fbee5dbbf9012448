//! Feeds: whatever system writes them, everybody gets the headline, the link and
//! a few words, and nobody the text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use ludgate_page::feed::{Feed, FeedError, cut_json, cut_xml, is_terse};

/// A story's text: forty words, each its own canary.
fn text() -> String {
    let words: Vec<String> = (0..40).map(|number| format!("canary{number}end")).collect();
    words.join(" ")
}

/// How many of the words are in `feed`.
fn shown(feed: &str) -> usize {
    (0..40)
        .filter(|number| feed.contains(&format!("canary{number}end")))
        .count()
}

#[track_caller]
fn cut(feed: &str) -> String {
    match cut_xml(feed.as_bytes(), None, 5) {
        Ok(Feed::Cut(cut)) => cut,
        other => panic!("{other:?} of {feed}"),
    }
}

/// Feeds as systems write them; `TEXT` stands for a story's text.
const FEEDS: &[(&str, &str)] = &[
    (
        "WordPress, whole text",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Post</title>\
         <item><title>Head</title><link>http://a.example/b</link>\
         <description><![CDATA[<p>TEXT</p>]]></description>\
         <content:encoded><![CDATA[<p>TEXT</p>]]></content:encoded></item></channel></rss>",
    ),
    (
        "everything in the description, escaped twice",
        "<rss><channel><item><title>Head</title>\
         <description>&lt;p&gt;TEXT&lt;/p&gt;</description></item></channel></rss>",
    ),
    (
        "RDF",
        "<rdf:RDF xmlns:rdf=\"r\" xmlns:c=\"c\"><channel/><item rdf:about=\"u\"><title>Head</title>\
         <c:encoded>TEXT</c:encoded><dc:description>TEXT</dc:description></item></rdf:RDF>",
    ),
    (
        "Atom with XHTML",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>Head</title>\
         <summary type=\"xhtml\"><div><p>TEXT</p><p>TEXT</p></div></summary>\
         <content type=\"xhtml\"><div><p>TEXT</p></div></content></entry></feed>",
    ),
    (
        "words in pieces, by elements and references",
        "<rss><channel><item><title>Head</title><description><i>canary0end</i> canary1end \
         <b>canary2end</b>&amp;canary3end<u>canary4end <s>canary5end canary6end canary7end \
         canary8end</s></u></description></item></channel></rss>",
    ),
    (
        "attributes, comments and instructions",
        "<rss><channel><item text=\"TEXT\"><!-- TEXT --><?note TEXT?><title>Head</title>\
         <media:text value='TEXT'/><x:other a=\"TEXT\">canary0end</x:other></item></channel></rss>",
    ),
    (
        "names that nobody knows",
        "<rss><channel><description>TEXT</description><item><title>Head</title>\
         <my:story><my:part>TEXT</my:part></my:story><yandex:full-text>TEXT</yandex:full-text>\
         <podcast:transcript>TEXT</podcast:transcript></item></channel></rss>",
    ),
];

#[test]
fn no_entry_says_more_than_a_few_words_whatever_it_calls_them() {
    for (name, feed) in FEEDS {
        let feed = feed.replace("TEXT", &text());
        let cut = cut(&feed);
        assert!(cut.contains("Head"), "{name}: {cut}");
        assert!(shown(&cut) <= 5, "{name}: {cut}");
        // What was cut is sound, and there is nothing more to cut.
        assert_eq!(self::cut(&cut), cut, "{name}");
        let untouched = cut_xml(feed.as_bytes(), None, 1_000);
        let Ok(Feed::Cut(whole)) = untouched else {
            panic!("{untouched:?}")
        };
        assert!(
            whole.len() >= cut.len(),
            "{name}: with room for all, at least as much is there"
        );
    }
}

#[test]
fn what_is_short_stays_as_it_is() {
    let feed = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>\
                <title>Fish &amp; ships</title><item><title>Head</title>\
                <link>http://a.example/b?c=d&amp;e</link><guid isPermaLink=\"false\">7</guid>\
                <enclosure url=\"http://a.example/b.mp3\" length=\"1\" type=\"audio/mpeg\"/>\
                <description>Four words of it.</description></item></channel></rss>";
    assert_eq!(cut(feed), feed);
}

#[test]
fn other_documents_are_told_from_feeds() {
    let check = |xml: &str| cut_xml(xml.as_bytes(), None, 5);
    assert_eq!(
        check("<urlset><url><loc>a</loc></url></urlset>"),
        Ok(Feed::Harmless)
    );
    assert_eq!(check("<sitemapindex/>"), Ok(Feed::Harmless));
    assert_eq!(
        check("<xsl:stylesheet xmlns:xsl=\"x\"/>"),
        Ok(Feed::Harmless)
    );
    assert_eq!(check("<NewsML><p>text</p></NewsML>"), Ok(Feed::Unknown));
    assert_eq!(cut_json(b"[]", 5), Ok(Feed::Unknown));
    assert_eq!(cut_json(b"{\"posts\":[]}", 5), Ok(Feed::Unknown));
}

#[test]
fn a_map_is_cut_like_a_feed_where_a_place_says_more_than_an_excerpt() {
    let map = |place: &str| {
        let link = "<loc>https://a.example/b</loc><lastmod>2026-11-28T02:47:22Z</lastmod>";
        format!("<urlset xmlns:image=\"http://a.example/image\"><url>{link}{place}</url></urlset>")
    };
    let check = |xml: &str| cut_xml(xml.as_bytes(), None, 60);
    let languages = "<xhtml:link rel=\"alternate\" hreflang=\"de\" href=\"https://a.example/de\"/>";
    let pictures = "<image:image><image:loc>https://a.example/b.jpg</image:loc></image:image>";
    for place in [
        String::new(),
        "<news:news><news:title>The tide gauge that lied to the harbour</news:title></news:news>"
            .to_owned(),
        "<!-- made by a program that says so -->".to_owned(),
        languages.repeat(80),
        pictures.repeat(1000),
    ] {
        assert_eq!(check(&map(&place)), Ok(Feed::Harmless), "{place:.100}");
    }
    let text = "word ".repeat(61);
    for place in [
        format!("<news:news><news:title>{text}</news:title></news:news>"),
        format!("<x:p a=\"{text}\"/>"),
        format!("<!-- {text} -->"),
        format!(
            "<x:story>{}</x:story>",
            "<p>some twenty letters of it</p>".repeat(30)
        ),
        "<content>whole</content>".to_owned(),
    ] {
        let Ok(Feed::Cut(cut)) = check(&map(&place)) else {
            panic!("{place}");
        };
        assert!(cut.contains("<loc>https://a.example/b</loc>"), "{cut}");
        let words = cut.matches("word").count();
        assert!(words <= 60, "{cut}");
    }
}

#[test]
fn lists_and_styles_stay_as_they_are_where_they_say_little() {
    let check = |xml: &str| cut_xml(xml.as_bytes(), None, 60);
    let list = |outline: &str| {
        format!(
            "<opml version=\"2.0\"><body><outline text=\"Friends\">{outline}</outline></body></opml>"
        )
    };
    let feeds: Vec<String> = (0..300)
        .map(|number| format!("<outline type=\"rss\" text=\"The harbour pilots of our town\" xmlUrl=\"https://a.example/{number}\"/>"))
        .collect();
    assert_eq!(check(&list(&feeds.concat())), Ok(Feed::Harmless));
    let paragraph = "word ".repeat(16);
    assert_eq!(
        check(&list(&format!("<outline text=\"{paragraph}\"/>"))),
        Ok(Feed::Unknown)
    );
    let style = |inner: &str| {
        format!(
            "<xsl:stylesheet><xsl:template><html><style>{}</style>{inner}</html></xsl:template></xsl:stylesheet>",
            "td { color: red } ".repeat(99)
        )
    };
    assert_eq!(
        check(&style("<p>This map of the site is for search engines.</p>")),
        Ok(Feed::Harmless)
    );
    let text = "word ".repeat(61);
    assert_eq!(check(&style(&format!("<p>{text}</p>"))), Ok(Feed::Unknown));
}

#[test]
fn what_cannot_be_read_with_certainty_is_refused() {
    for feed in [
        "",
        "no feed",
        "<rss>",
        "<rss><channel></rss>",
        "<rss><channel><item><description>a</channel></rss>",
        "<rss><channel><item><description>&unknown;</description></item></channel></rss>",
        "<rss a=\"1\" a=\"2\"/>",
    ] {
        assert!(
            matches!(
                cut_xml(feed.as_bytes(), None, 5),
                Err(FeedError::Malformed(_))
            ),
            "{feed}"
        );
    }
    let entities = "<!DOCTYPE rss [<!ENTITY story \"TEXT\">]><rss><channel><item>\
                    <title>&story;</title></item></channel></rss>";
    assert_eq!(
        cut_xml(entities.as_bytes(), None, 5),
        Err(FeedError::Doctype)
    );
    let deep = format!("<rss>{}", "<item>".repeat(1_000));
    assert!(cut_xml(deep.as_bytes(), None, 5).is_err());
}

#[test]
fn a_feed_that_breaks_off_anywhere_gives_nothing_away() {
    for (name, feed) in FEEDS {
        let feed = feed.replace("TEXT", &text());
        for end in 0..feed.len() {
            if let Ok(Feed::Cut(cut)) = cut_xml(&feed.as_bytes()[..end], None, 5) {
                assert!(shown(&cut) <= 5, "{name}, {end}");
            }
        }
    }
}

#[test]
fn a_feed_in_json_is_cut_likewise() {
    let text = text();
    let feed = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Post\",\"items\":[{{\
         \"id\":\"1\",\"url\":\"http://a.example/b\",\"title\":\"Head\",\"summary\":\"{text}\",\
         \"content_html\":\"<p>{text}</p>\",\"content_text\":\"{text}\",\
         \"_own\":{{\"deep\":[\"{text}\"]}}}}]}}"
    );
    let Ok(Feed::Cut(cut)) = cut_json(feed.as_bytes(), 5) else {
        panic!("no feed")
    };
    assert!(shown(&cut) <= 5 && cut.contains("Head"), "{cut}");
    assert!(cut.contains("content_text"), "an entry has a text: {cut}");
}

#[test]
fn data_is_terse_where_neither_one_thing_nor_all_of_it_is_long() {
    let words = |count: usize| vec!["word"; count].join(" ");
    let rows = [
        (
            "{\"sent\":true,\"message\":\"Thank you.\"}".to_owned(),
            true,
        ),
        ("0".to_owned(), true),
        ("[]".to_owned(), true),
        (String::new(), false),
        ("<p>no JSON</p>".to_owned(), false),
        (format!("{{\"a\":\"{}\"}}", words(59)), true),
        (format!("{{\"a\":\"{}\"}}", words(70)), false),
        (
            format!("[{}]", vec![format!("\"{}\"", words(30)); 9].join(",")),
            true,
        ),
        (
            format!("[{}]", vec![format!("\"{}\"", words(30)); 11].join(",")),
            false,
        ),
        (format!("{{\"{}\":1}}", words(70)), false),
        // What a script reads out of a tag is said as well.
        (
            format!("{{\"html\":\"<div data-story='{}'></div>\"}}", words(70)),
            false,
        ),
        (
            format!("{{\"html\":\"<!-- {} --><p>x\"}}", words(70)),
            false,
        ),
        (
            format!("{{\"html\":\"{}\"}}", "<i class='a-b c-d'></i>".repeat(70)),
            true,
        ),
        // A text that has no spaces is as long as it is.
        (format!("\"{}\"", "d29yZCB3b3Jk".repeat(200)), false),
    ];
    for (data, expected) in rows {
        assert_eq!(is_terse(data.as_bytes(), 300), expected, "{data}");
    }
}
