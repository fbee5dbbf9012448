//! Series, languages, and stories that were withdrawn.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use std::path::Path;

use ludgate_publication::{Kind, Publication};
use paper::{BENCHES, Files, PAPER, TIDES, attributes, files, get, now, page};

/// The tide table with `lines` in its facts.
fn tides(lines: &str) -> String {
    TIDES.replace("tier =", &format!("{lines}\ntier ="))
}

/// Four parts of six, of which one isn't out yet.
fn serial() -> Files {
    let series = "\n[[series]]\nid = \"quays\"\ntitle = \"The quays\"\nstandfirst = \"What they \
                  are for.\"\nparts = 6\n";
    let part = |number: u8, day: u8| {
        let facts = format!("series = \"quays\"\npart = {number}");
        let story = tides(&facts).replace("2026-11-18", &format!("2026-11-{day}"));
        story.replace("The tide table", &format!("Quay number {number}"))
    };
    files()
        .with("publication.toml", format!("{PAPER}{series}"))
        .with("stories/quay-one.md", part(1, 12))
        .with("stories/quay-two.md", part(2, 11))
        .with("stories/quay-three.md", part(3, 13))
        .with("stories/quay-four.md", part(4, 30))
}

#[test]
fn a_story_says_which_part_it_is_and_leads_to_those_before_and_after() {
    let publication = serial().load().unwrap();
    let links = |address: &str, rel: &str| {
        let html = page(&publication, address);
        let series = html.split("<nav class=\"series\"").nth(1).unwrap();
        let series = series.split("</nav>").next().unwrap();
        let link = series.split(&format!("rel=\"{rel}\" href=\"")).nth(1);
        link.map(|rest| rest.split('"').next().unwrap().to_owned())
    };
    for (story, previous, next) in [
        ("one", None, Some("two")),
        ("two", Some("one"), Some("three")),
        ("three", Some("two"), None),
    ] {
        let address = format!("/stories/quay-{story}");
        let path = |name: Option<&str>| name.map(|name| format!("/stories/quay-{name}"));
        assert_eq!(links(&address, "prev"), path(previous), "{story}");
        assert_eq!(links(&address, "next"), path(next), "{story}");
    }
    let two = page(&publication, "/stories/quay-two");
    assert!(two.contains("2\u{2069} of \u{2068}6") || two.contains("Part 2 of 6"));
    assert!(two.contains("\"isPartOf\":{\"@type\":\"CreativeWorkSeries\""));
    assert!(two.contains("<nav class=\"next\""));
}

#[test]
fn a_series_has_a_page_in_its_order_with_what_is_out() {
    let publication = serial().load().unwrap();
    let html = page(&publication, "/series/quays");
    let order: Vec<usize> = ["one", "two", "three"]
        .iter()
        .map(|name| html.find(&format!("/stories/quay-{name}\"")).unwrap())
        .collect();
    assert!(order.is_sorted());
    assert!(!html.contains("quay-four") && html.contains("What they are for."));
    assert!(
        publication
            .paths(now())
            .contains(&"/series/quays".to_owned())
    );
    assert_eq!(get(&publication, "/series/quay").status, 404);
    let paper = format!("{PAPER}\n[[series]]\nid = \"empty\"\ntitle = \"Empty\"\n");
    let empty = files().with("publication.toml", paper).load().unwrap();
    assert_eq!(get(&empty, "/series/empty").status, 404);
}

fn bilingual() -> Publication {
    let german = tides("language = \"de\"\ntranslation = \"tide-table\"")
        .replace("The tide table", "Die Gezeitentafel")
        .replace("High water is at \"noon\".", "Hochwasser ist um 12 Uhr.")
        .replace("2026-11-18T06", "2026-11-18T09");
    let welsh = tides("language = \"cy\"\ntranslation = \"gezeitentafel\"")
        .replace("The tide table", "Tabl y llanw");
    files()
        .with("stories/gezeitentafel.md", german)
        .with("stories/tabl-y-llanw.md", welsh)
        .load()
        .unwrap()
}

#[test]
fn a_story_in_another_language_has_furniture_of_that_language() {
    let publication = bilingual();
    let german = page(&publication, "/stories/gezeitentafel");
    assert!(german.contains("<html lang=\"de\" dir=\"ltr\">"));
    assert!(german.contains("<h1 class=\"story__title\">Die Gezeitentafel"));
    assert!(german.contains("Zum Inhalt") && german.contains("Teilen"));
    // What is the paper's own is in the paper's language.
    assert!(german.contains("class=\"kicker__section\" lang=\"en\" dir=\"ltr\""));
    assert!(german.contains("\"inLanguage\":\"de\""));
    assert!(german.contains("<meta property=\"og:locale\" content=\"de\">"));
    assert!(german.contains("hreflang=\"en\" href=\"/stories/tide-table\">Read in English</a>"));
    let english = page(&publication, "/stories/tide-table");
    assert!(english.contains(
        "lang=\"de\" dir=\"ltr\" hreflang=\"de\" href=\"/stories/gezeitentafel\">Auf Deutsch lesen"
    ));
    // Where there are no words, the furniture stays and the story says what it is.
    let welsh = page(&publication, "/stories/tabl-y-llanw");
    assert!(welsh.contains("<html lang=\"en\" dir=\"ltr\">"));
    assert!(welsh.contains("<h1 class=\"story__title\" lang=\"cy\" dir=\"ltr\">Tabl"));
    assert!(english.contains("hreflang=\"cy\" href=\"/stories/tabl-y-llanw\">Tabl y llanw</a>"));
}

#[test]
fn the_languages_of_a_story_know_each_other_by_whole_addresses() {
    let publication = bilingual();
    for story in ["tide-table", "gezeitentafel", "tabl-y-llanw"] {
        let html = page(&publication, &format!("/stories/{story}"));
        for (language, name) in [
            ("en", "tide-table"),
            ("de", "gezeitentafel"),
            ("cy", "tabl-y-llanw"),
            ("x-default", "tide-table"),
        ] {
            let link = format!(
                "<link rel=\"alternate\" hreflang=\"{language}\" \
                 href=\"https://mercury.example/stories/{name}\">"
            );
            assert_eq!(html.matches(&link).count(), 1, "{story}: {link}");
        }
    }
    assert!(!page(&publication, "/stories/night-ferry").contains("hreflang"));
}

#[test]
fn lists_say_which_language_a_story_is_in_and_the_front_page_shows_one_of_them() {
    let publication = bilingual();
    let topic = page(&publication, "/topics/tides");
    assert!(
        topic.contains("<span class=\"mark mark--tongue\" lang=\"de\" dir=\"ltr\">Deutsch</span>")
    );
    assert!(topic.contains("<h2 class=\"card__title\" lang=\"de\" dir=\"ltr\">"));
    // The latest is German, and the first thing on the page is in the paper's language.
    let cards: Vec<&str> = topic.split("class=\"card__title\"").skip(1).collect();
    let titles = cards.iter().map(|card| card.split("</a>").next().unwrap());
    let titles: Vec<&str> = titles
        .map(|title| title.rsplit('>').next().unwrap())
        .collect();
    assert_eq!(titles[..2], ["The tide table", "Die Gezeitentafel"]);
    assert!(topic.find("card--lead") < topic.find("The tide table</a>"));
    assert_eq!(titles.len(), 3);
    let front = page(&publication, "/");
    assert!(front.contains("/stories/tide-table\"") && !front.contains("/stories/gezeitentafel"));
    let alone = files()
        .with("stories/gezeitentafel.md", tides("language = \"de\""))
        .load()
        .unwrap();
    assert!(page(&alone, "/").contains("/stories/gezeitentafel"));
}

fn with_gone() -> Publication {
    let gone = "gone = { date = 2026-11-20, reason = \"The court asked us to.\" }";
    let later = "embargo = 2026-12-01T06:00:00Z\ngone = { date = 2026-11-20, reason = \"Never.\" }";
    let listed =
        "\n[[gone]]\nstory = \"long-ago\"\ndate = 2020-02-03\nreason = \"It was false.\"\n";
    files()
        .with("publication.toml", format!("{PAPER}{listed}"))
        .with(
            "stories/hard-benches.md",
            BENCHES.replace("tier =", &format!("{gone}\ntier =")),
        )
        .with("stories/unborn.md", tides(later))
        .load()
        .unwrap()
}

#[test]
fn the_picture_of_a_withdrawn_story_goes_with_it() {
    let picture = "[picture]\nfile = \"hall.svg\"\nalt = \"A hall.\"\n+++\n\n";
    let gone = "[gone]\ndate = 2026-11-20\nreason = \"The court asked us to.\"\n";
    let shown = |head: &str| {
        let story = BENCHES.replacen("+++\n\n", &format!("{head}{picture}"), 1);
        let publication = files()
            .with("stories/hard-benches.md", story)
            .with("pictures/hall.svg", paper::DRAWING)
            .load()
            .unwrap();
        get(&publication, "/pictures/hall.svg").status
    };
    assert_eq!((shown(""), shown(gone)), (200, 404));
}

#[test]
fn a_withdrawn_story_says_so_at_its_address_and_stands_nowhere_else() {
    let publication = with_gone();
    for (address, said) in [
        ("/stories/hard-benches", "The court asked us to."),
        ("/stories/long-ago", "It was false."),
    ] {
        let response = get(&publication, address);
        assert_eq!(
            (response.status, response.kind),
            (410, Kind::Gone),
            "{address}"
        );
        let html = String::from_utf8(response.body.to_vec()).unwrap();
        assert!(html.contains(said) && html.contains("noindex"), "{address}");
        for lost in ["hard benches", "The benches at the hall", "canonical"] {
            assert!(!html.contains(lost), "{address}: {lost}");
        }
    }
    assert_eq!(get(&publication, "/stories/hard-benches/").status, 301);
    for path in publication.paths(now()) {
        let body = get(&publication, &path).body;
        let body = String::from_utf8_lossy(&body);
        assert!(
            !body.contains("hard benches") && !body.contains("hard-benches"),
            "{path}"
        );
    }
    assert_eq!(
        get(&publication, "/stories/unborn").status,
        404,
        "it was never there"
    );
}

#[test]
fn an_embargo_wins_over_the_date_of_a_story() {
    let story = tides("embargo = 2026-11-23T18:00:00Z");
    let publication = files().with("stories/tide-table.md", story).load().unwrap();
    assert_eq!(get(&publication, "/stories/tide-table").status, 404);
    let then = "2026-11-23T18:00:00Z".parse().unwrap();
    let out = publication.respond("/stories/tide-table", None, then);
    assert_eq!(out.status, 200);
    let html = String::from_utf8(out.body.to_vec()).unwrap();
    assert!(attributes(&html, "datetime").contains(&"2026-11-23T18:00:00Z"));
    assert!(
        !html.contains("2026-11-18"),
        "nothing tells of the time before"
    );
    // One that is over already changes nothing.
    let story = tides("embargo = 2026-11-01T18:00:00Z");
    let publication = files().with("stories/tide-table.md", story).load().unwrap();
    assert!(page(&publication, "/stories/tide-table").contains("2026-11-18T06:00:00Z"));
}

/// What is said of a page as JSON-LD, by the type of each.
fn said(html: &str) -> std::collections::BTreeMap<String, serde_json::Value> {
    let scripts = html.split("<script type=\"application/ld+json\">").skip(1);
    scripts
        .map(|rest| {
            let text = rest.split("</script>").next().unwrap();
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            (value["@type"].as_str().unwrap().to_owned(), value)
        })
        .collect()
}

#[test]
fn programs_are_told_all_of_a_story_in_whole_addresses() {
    let paper = format!("logo = \"ferry.svg\"\n{PAPER}");
    let publication = files().with("publication.toml", paper).load().unwrap();
    let html = page(&publication, "/stories/night-ferry");
    let said = said(&html);
    let article = &said["NewsArticle"];
    for (place, value) in [
        (
            "/headline",
            "Night ferry “survives” <by> three & a half votes",
        ),
        ("/datePublished", "2026-11-20T06:00:00Z"),
        ("/dateModified", "2026-11-20T16:40:00Z"),
        ("/dateline", "SALTPAN"),
        ("/inLanguage", "en"),
        ("/articleSection", "City"),
        ("/url", "https://mercury.example/stories/night-ferry"),
        ("/author/0/name", "Ines Marlow"),
        (
            "/author/0/url",
            "https://mercury.example/authors/ines-marlow",
        ),
        ("/publisher/name", "The Test & Mercury"),
        (
            "/publisher/correctionsPolicy",
            "https://mercury.example/corrections",
        ),
        ("/image/creditText", "Drawing: Hester Lumb"),
        ("/correction/0/text", "The vote was 25 to 22."),
    ] {
        let found = article.pointer(place).and_then(|found| found.as_str());
        assert_eq!(found, Some(value), "{place}");
    }
    // Networks and search engines take no drawings.
    for place in ["/publisher/logo/url", "/image/url"] {
        let url = article.pointer(place).and_then(|found| found.as_str());
        let path = url
            .unwrap()
            .strip_prefix("https://mercury.example")
            .unwrap();
        assert!(
            publication.print(path, paper::now()).is_some(),
            "{place}: {path}"
        );
        let kind = Path::new(path).extension();
        assert_eq!(kind.and_then(|kind| kind.to_str()), Some("png"), "{place}");
    }
    assert_eq!(
        article
            .pointer("/image/width")
            .and_then(serde_json::Value::as_u64),
        Some(1200)
    );
    let trail = said["BreadcrumbList"]["itemListElement"]
        .as_array()
        .unwrap();
    let trail: Vec<&str> = trail
        .iter()
        .map(|step| step["item"].as_str().unwrap())
        .collect();
    assert_eq!(
        trail,
        [
            "https://mercury.example/",
            "https://mercury.example/sections/city",
            "https://mercury.example/stories/night-ferry"
        ]
    );
    for address in [
        "/",
        "/sections/city",
        "/authors/ines-marlow",
        "/stories/tide-table",
    ] {
        let html = page(&publication, address);
        for (_, value) in self::said(&html) {
            let text = value.to_string();
            assert!(
                !text.contains("\"/") && !text.contains("null"),
                "{address}: {text}"
            );
        }
        let image = "<meta property=\"og:image\" content=\"https://mercury.example/pictures/";
        assert!(html.contains(image), "{address}");
    }
}
