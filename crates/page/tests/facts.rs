//! What a page is believed to say of itself, and what not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "tests"
)]

mod support;

use access::Tier;
use ludgate_page::PageFacts;
use support::{compile, compile_with, options};

fn facts(head: &str) -> PageFacts {
    let html = format!("<html lang=en-GB><head>{head}</head><div class=story-body>a b c</div>");
    compile(&html).unwrap().facts().clone()
}

#[test]
fn a_story_is_known_by_its_canonical_link_only_where_that_can_be_believed() {
    let check = |href: &str, id: &str| {
        let facts = facts(&format!("<link rel='x canonical' href='{href}'>"));
        assert_eq!(facts.story.id.as_str(), id, "{href}");
        assert_eq!(facts.canonical.is_some(), id != "/stories/one", "{href}");
    };
    check("https://review.example/news/two", "/news/two");
    check(
        "http://review.example/news/two?p=1&amp;q=2#top",
        "/news/two?p=1&q=2",
    );
    check("/news/two", "/news/two");
    check(
        "https://review.example/%7Enews/%e6%b8%af",
        "/~news/%E6%B8%AF",
    );
    check("https://review.example/港", "/%E6%B8%AF");
    let fallback = "/stories/one";
    check("https://other.example/news/two", fallback);
    check("https://review.example@other.example/two", fallback);
    check("//other.example/two", fallback);
    check("/\\other.example/two", fallback);
    check("https://review.example/", fallback);
    check("https://review.example", fallback);
    check("https://review.example/a/../b", fallback);
    check("https://review.example/a%2fb", fallback);
    check("https://review.example/a%00b", fallback);
    check("https://review.example/a%zzb", fallback);
    check("https://review.example/a\\b", fallback);
    check("javascript:alert(1)", fallback);
    check("two", fallback);
    check("", fallback);
    check(&format!("/{}", "a".repeat(2000)), fallback);
}

#[test]
fn a_tier_is_never_free_by_mistake() {
    let check = |words: &[&str], tier: Tier| {
        let metas: String = words.iter().fold(String::new(), |metas, word| {
            metas + &format!("<meta property=\"article:content_tier\" content=\"{word}\">")
        });
        assert_eq!(facts(&metas).story.tier, tier, "{words:?}");
    };
    check(&[], Tier::Metered);
    check(&["free"], Tier::Free);
    check(&[" FREE "], Tier::Free);
    check(&["locked"], Tier::Locked);
    check(&["freee"], Tier::Metered);
    check(&["free", "nonsense"], Tier::Metered);
    check(&["free", "locked", "metered"], Tier::Locked);
    check(&["locked", "free"], Tier::Locked);
    let mut strict = options();
    strict.default_tier = Tier::Locked;
    let html = "<meta property=article:content_tier content=nonsense><div class=story-body>a";
    let page = compile_with(html.as_bytes(), &strict).unwrap();
    assert_eq!(page.facts().story.tier, Tier::Locked);
}

#[test]
fn what_stands_in_the_story_or_below_says_nothing_of_it() {
    let html = "<head><title>Real</title></head><body><div class=story-body>a b c</div><div class=comments>\
        <meta property=article:content_tier content=free><meta name=ludgate:sponsor content=Me>\
        <link rel=canonical href=/other><title>Fake</title></div>";
    let page = compile(html).unwrap();
    let story = &page.facts().story;
    assert_eq!(
        (story.tier, &story.sponsor, story.id.as_str()),
        (Tier::Metered, &None, "/stories/one")
    );
    assert_eq!(page.facts().headline.as_deref(), Some("Real"));
}

#[test]
fn open_graph_speaks_before_structured_data_and_both_before_the_page() {
    let linked = "<script type=application/ld+json>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"Site\"},\
        {\"@type\":\"NewsArticle\",\"headline\":\"From JSON\",\"articleSection\":\"World\",\
        \"keywords\":[\"ships\",\"storms\"],\"author\":[{\"name\":\"Ann\"},{\"name\":\"Ben\"}],\
        \"datePublished\":\"2026-03-01\",\"sponsor\":{\"@type\":\"Organization\",\"name\":\"Harbour Trust\"}}]}</script>";
    let one = facts(linked);
    assert_eq!(one.headline.as_deref(), Some("From JSON"));
    assert_eq!(one.story.section.as_ref().unwrap().as_str(), "World");
    let names = |names: &[access::Name]| {
        names
            .iter()
            .map(|n| n.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&one.story.tags), ["ships", "storms"]);
    assert_eq!(names(&one.story.authors), ["Ann", "Ben"]);
    assert_eq!(
        one.story.published.unwrap().to_string(),
        "2026-03-01T00:00:00Z"
    );
    assert_eq!(one.story.sponsor.unwrap().name.as_str(), "Harbour Trust");
    assert_eq!(one.language.as_deref(), Some("en-GB"));
    let two = facts(&format!(
        "{linked}<meta property=og:title content='From &quot;Graph&quot;'><meta property=article:section content=Local>\
         <meta property=article:tag content='a'><meta property=article:tag content='b'>\
         <meta property=article:author content='https://social.example/ann'><meta name=author content=Cy>\
         <meta property=article:published_time content='2026-04-01T10:00:00+09:00'>\
         <meta property=og:description content='Standfirst'><meta property=og:image content=/lead.jpg>"
    ));
    assert_eq!(two.headline.as_deref(), Some("From \"Graph\""));
    assert_eq!(two.story.section.unwrap().as_str(), "Local");
    assert_eq!(names(&two.story.tags), ["a", "b", "ships", "storms"]);
    assert_eq!(names(&two.story.authors), ["Cy", "Ann", "Ben"]);
    assert_eq!(
        two.story.published.unwrap().to_string(),
        "2026-04-01T01:00:00Z"
    );
    assert_eq!(two.description.as_deref(), Some("Standfirst"));
    assert_eq!(two.image.as_deref(), Some("/lead.jpg"));
    assert_eq!(
        facts("<title>Title &amp; more</title>").headline.as_deref(),
        Some("Title & more")
    );
}

#[test]
fn only_the_storys_own_object_says_who_paid_for_it() {
    let check = |linked: &str, sponsor: Option<&str>| {
        let facts = facts(&format!(
            "<link rel=canonical href=https://review.example/a>\
             <script type=application/ld+json>{linked}</script>"
        ));
        let found = facts.story.sponsor.map(|sponsor| sponsor.name);
        assert_eq!(
            found.as_ref().map(access::Name::as_str),
            sponsor,
            "{linked}"
        );
    };
    let own = r#""@type":"NewsArticle","sponsor":{"name":"Trust"}"#;
    let other = r#""@type":"Article","sponsor":"Other","articleSection":"Ads""#;
    check(&format!("{{{own}}}"), Some("Trust"));
    check(
        &format!(r#"[{{"@type":"Person"}},{{{own}}}]"#),
        Some("Trust"),
    );
    // A related story is sponsored, and this one isn't.
    check(&format!(r#"[{{"@type":"NewsArticle"}},{{{other}}}]"#), None);
    check(
        &format!(r#"{{"@graph":[{{"@type":"NewsArticle"}},{{{other}}}]}}"#),
        None,
    );
    check(
        &format!(r#"{{"@type":"NewsArticle","isRelatedTo":{{{other}}}}}"#),
        None,
    );
    check(
        &format!(
            r#"{{"@type":"NewsArticle"}}</script><script type=application/ld+json>{{{other}}}"#
        ),
        None,
    );
    check(
        &format!(r#"[{{"@type":"NewsArticle","url":"/a"}},{{{other},"url":"/b"}}]"#),
        None,
    );
    check(
        &format!(r#"{{{other},"url":"https://review.example/b"}}"#),
        None,
    );
    // It is this one, and it says so.
    for address in [
        r#""url":"https://review.example/a""#,
        r#""url":"http://review.example/a/""#,
        r#""@id":"https://review.example/a#article""#,
        r#""mainEntityOfPage":"https://review.example/a""#,
        r#""mainEntityOfPage":{"@type":"WebPage","@id":"https://review.example/a"}"#,
        r#""mainEntityOfPage":true,"url":["/amp/a","/a"]"#,
    ] {
        check(&format!("[{{{other}}},{{{own},{address}}}]"), Some("Trust"));
    }
    // Told twice, and not alike.
    check(
        &format!(r#"[{{{own},"url":"/a"}},{{"@type":"Article","@id":"/a#post"}}]"#),
        None,
    );
    // The foundation behind the newsroom opens nothing.
    check(
        r#"{"@type":"NewsArticle","funder":{"name":"Knight Foundation"}}"#,
        None,
    );
}

#[test]
fn facts_of_several_stories_are_not_mixed() {
    let said = |addresses: [&str; 2]| {
        facts(&format!(
            "<link rel=canonical href=/a><script type=application/ld+json>[\
             {{\"@type\":\"Article\",{}\"headline\":\"Old\",\"datePublished\":\"2001-01-01\",\
             \"articleSection\":\"Archive\",\"keywords\":\"old\",\"author\":\"Ann\"}},\
             {{\"@type\":\"Article\",{}\"headline\":\"New\",\"author\":\"Ben\"}}]</script>",
            addresses[0], addresses[1]
        ))
    };
    let named = said(["\"url\":\"/b\",", "\"url\":\"/a\","]);
    assert_eq!(named.headline.as_deref(), Some("New"));
    assert_eq!(named.story.authors, [access::Name::new("Ben")]);
    for facts in [named, said(["", ""])] {
        assert_eq!(facts.story.section, None);
        assert_eq!(facts.story.published, None);
        assert!(facts.story.tags.is_empty());
    }
    assert_eq!(said(["", ""]).headline, None);
}

#[test]
fn nothing_said_is_nothing_known() {
    let one = facts(
        "<meta property=article:section content=''><meta property=article:published_time content=soon>\
        <meta name=ludgate:sponsor content=' '><script type=application/ld+json>{broken</script>",
    );
    assert_eq!(
        (one.story.section, one.story.published, one.story.sponsor),
        (None, None, None)
    );
    assert_eq!(one.headline, None);
}
