//! Every page, in every locale.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use std::collections::BTreeSet;

use ludgate_publication::{Kind, Publication, Slug, looks, own_looks};
use paper::{attributes, files, get, now, page, publication};

const LOCALES: [&str; 6] = ["en", "ja", "de", "fr", "pl", "ar"];

fn html_pages(publication: &Publication) -> Vec<(String, String)> {
    let mut addresses = publication.paths(now());
    addresses.extend(["/search?q=tide", "/search?q=zeppelin", "/search?q=%2B"].map(str::to_owned));
    let mut pages: Vec<(String, String)> = addresses
        .into_iter()
        .map(|address| (get(publication, &address), address))
        .filter(|(response, _)| response.content_type.starts_with("text/html"))
        .map(|(response, address)| {
            assert_eq!(response.status, 200, "{address}");
            (address, String::from_utf8(response.body.to_vec()).unwrap())
        })
        .collect();
    let missing = get(publication, "/nothing/here");
    assert_eq!(missing.status, 404);
    pages.push((
        "/nothing/here".to_owned(),
        String::from_utf8(missing.body.to_vec()).unwrap(),
    ));
    pages
}

#[test]
fn every_page_renders_in_every_locale_with_its_own_words() {
    let mut titles = BTreeSet::new();
    for locale in LOCALES {
        let publication = files().load_in(locale, None).unwrap();
        let direction = if locale == "ar" { "rtl" } else { "ltr" };
        let pages = html_pages(&publication);
        assert!(pages.len() > 15);
        for (address, html) in &pages {
            let start = format!("<!doctype html>\n<html lang=\"{locale}\" dir=\"{direction}\">");
            assert!(html.starts_with(&start), "{locale} {address}");
            assert!(html.trim_end().ends_with("</html>"), "{locale} {address}");
            assert!(
                !html.contains("pub-"),
                "{locale} {address}: a message has no words"
            );
            assert_eq!(html.matches("<h1").count(), 1, "{locale} {address}");
            assert_eq!(html.matches("<main").count(), 1, "{locale} {address}");
        }
        let messages = publication_messages(locale);
        assert!(messages.is_empty(), "{locale} lacks {messages:?}");
        let missing = &pages.last().unwrap().1;
        titles.insert(
            missing
                .split("<h1")
                .nth(1)
                .unwrap()
                .split('<')
                .next()
                .unwrap()
                .to_owned(),
        );
    }
    assert_eq!(titles.len(), LOCALES.len());
}

/// Our messages that a locale says in English.
fn publication_messages(locale: &str) -> Vec<String> {
    let messages = prompts::Messages::builtin().unwrap();
    let locale = locale.parse().unwrap();
    let ours = |key: &&str| key.starts_with("pub-");
    messages
        .missing(&locale)
        .into_iter()
        .filter(ours)
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_link_within_the_site_leads_to_a_page() {
    let publication = publication();
    let pages = html_pages(&publication);
    let mut followed = BTreeSet::new();
    for (address, html) in &pages {
        let links = attributes(html, "href")
            .into_iter()
            .chain(attributes(html, "src"));
        for link in links.filter(|link| link.starts_with('/') && !link.starts_with("/-/")) {
            let link = link.replace("&amp;", "&");
            let response = get(&publication, &link);
            let response = match response.redirect {
                Some(to) => get(&publication, &to),
                None => response,
            };
            assert_eq!(response.status, 200, "{link} on {address}");
            followed.insert(link);
        }
        for anchor in attributes(html, "href")
            .iter()
            .filter_map(|link| link.strip_prefix('#'))
        {
            assert!(
                attributes(html, "id").contains(&anchor),
                "#{anchor} on {address}"
            );
        }
    }
    // Nothing but the files for machines is without a way to it.
    for path in publication.paths(now()) {
        let known = path == "/robots.txt" || path.contains("/sitemap");
        assert!(known || followed.contains(&path), "nothing leads to {path}");
    }
}

#[test]
fn no_page_has_inline_code_or_anything_from_elsewhere() {
    let publication = publication();
    for (address, html) in html_pages(&publication) {
        for (index, tag) in html.split('<').enumerate().skip(1) {
            let tag = tag.split('>').next().unwrap();
            let name = tag.split([' ', '\n']).next().unwrap();
            assert!(name != "style", "{address}");
            if name == "script" {
                let inert = tag.contains("type=\"application/ld+json\"");
                let ours = ["site", "app"].map(|name| format!(" src=\"/assets/{name}."));
                let ours = ours.iter().any(|source| tag.contains(source));
                assert!(inert || ours, "{address}: {tag}");
            }
            for (at, _) in tag.match_indices(" on") {
                let handler = tag[at + 3..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
                assert!(!handler.starts_with("=\""), "{address} {index}: {tag}");
            }
            assert!(!tag.contains(" style="), "{address}: {tag}");
            if ["img", "script", "iframe", "video", "source", "use"].contains(&name) {
                assert!(!tag.contains("http"), "{address}: {tag}");
            }
        }
        assert!(!html.contains("javascript:"), "{address}");
    }
}

#[test]
fn ids_are_unique_and_pictures_have_a_size_and_words() {
    let publication = publication();
    for (address, html) in html_pages(&publication) {
        let ids = attributes(&html, "id");
        assert_eq!(
            ids.iter().collect::<BTreeSet<_>>().len(),
            ids.len(),
            "{address}: {ids:?}"
        );
        for image in html
            .split("<img ")
            .skip(1)
            .map(|rest| rest.split('>').next().unwrap())
        {
            for attribute in ["src=", "alt=", "width=\"1200\"", "height=\"800\""] {
                assert!(image.contains(attribute), "{address}: {image}");
            }
        }
    }
}

/// What stands around each link to a path: the card, the entry of a list or the
/// module that it is in.
fn around(html: &str, path: &str) -> Vec<String> {
    let link = format!("href=\"{path}\"");
    let tags = [
        ("<article", "</article>"),
        ("<li", "</li>"),
        ("<nav", "</nav>"),
    ];
    html.match_indices(&link)
        .map(|(at, _)| {
            let within = tags.iter().filter_map(|(open, close)| {
                let start = html[..at].rfind(open)?;
                let end = start + html[start..].find(close)?;
                (end > at).then_some((start, end))
            });
            let (start, end) = within.max().unwrap();
            html[start..end].to_owned()
        })
        .collect()
}

#[test]
fn a_story_that_somebody_paid_for_is_told_from_others_wherever_its_headline_stands() {
    let corrected = "\n[[correction]]\ndate = 2026-11-21\ntext = \"It was six.\"\n+++\n\nA";
    let publication = files()
        .with(
            "stories/shop-lease.md",
            paper::LEASE.replace("+++\n\nA", corrected),
        )
        .load()
        .unwrap();
    publication.rank(["shop-lease", "tide-table"].map(|name| Slug::parse(name).unwrap()));
    let mut pages = html_pages(&publication);
    for address in ["/archive/2026/11", "/archive/2026/11/16"] {
        pages.push((address.to_owned(), page(&publication, address)));
    }
    let mut places = BTreeSet::new();
    for (address, html) in pages {
        for place in around(&html, "/stories/shop-lease") {
            assert!(place.contains("mark--sponsored"), "{address}: {place}");
            places.insert(address.clone());
        }
        for place in around(&html, "/stories/tide-table") {
            assert!(!place.contains("mark--sponsored"), "{address}: {place}");
        }
    }
    for address in [
        "/",
        "/archive/2026/11",
        "/archive/2026/11/16",
        "/corrections",
        "/sections/city",
        "/topics/shops",
        "/stories/night-ferry",
    ] {
        assert!(places.contains(address), "{address}: {places:?}");
    }
}

#[test]
fn assets_are_small_and_addressed_by_what_they_say() {
    let publication = publication();
    let paths = publication.paths(now());
    for (name, extension, limit) in [
        // All pages, for screens and for paper: eleven compressed.
        ("site", ".css", 50 * 1024),
        // A kilobyte's half each for the menu, sizes of letters, sharing and slots, and
        // five for suggestions.
        ("site", ".js", 9 * 1024),
        // Five compressed: copies on the device, and the button that saves one.
        ("app", ".js", 15 * 1024),
    ] {
        let asset = format!("/assets/{name}.");
        let is_it = |path: &&String| path.starts_with(&asset) && path.ends_with(extension);
        let path = paths.iter().find(is_it).unwrap();
        let response = get(&publication, path);
        assert_eq!((response.status, response.kind), (200, Kind::Asset));
        assert!(
            !response.body.is_empty() && response.body.len() <= limit,
            "{path}"
        );
    }
    let theme = tempfile::tempdir().unwrap();
    std::fs::create_dir(theme.path().join("publication")).unwrap();
    std::fs::write(
        theme.path().join("publication/site.css"),
        ":root{--brick:red}",
    )
    .unwrap();
    let themed = files().load_in("en", Some(theme.path())).unwrap();
    let style = themed
        .paths(now())
        .into_iter()
        .find(|path| path.contains(".css"))
        .unwrap();
    assert!(!paths.contains(&style));
    assert!(page(&themed, &style).ends_with(":root{--brick:red}"));
}

#[test]
fn a_themes_colours_are_those_of_the_paper_and_of_the_pages_beside_it() {
    let theme = tempfile::tempdir().unwrap();
    let own = ":root{--brick:green;--page:#0a0b0c;--night:#400}\n";
    std::fs::write(theme.path().join("tokens.css"), own).unwrap();
    let looks = looks(Some(theme.path())).unwrap();
    let looks = String::from_utf8(looks).unwrap();
    assert!(looks.contains("--ludgate-accent: var(--brick);") && looks.ends_with(own));
    assert_eq!(own_looks(Some(theme.path())).unwrap(), own.as_bytes());
    assert_eq!(own_looks(None).unwrap(), b"");
    let themed = files().load_in("en", Some(theme.path())).unwrap();
    let paths = themed.paths(now());
    let style = paths.iter().find(|path| path.contains(".css")).unwrap();
    let style = page(&themed, style);
    let rest = style.strip_prefix(&*looks).unwrap();
    assert!(rest.contains(".masthead"));
    let front = page(&themed, "/");
    assert_eq!(
        front
            .matches("name=\"theme-color\" content=\"#0a0b0c\"")
            .count(),
        2
    );
    let icon = paths.iter().find(|path| path.starts_with("/assets/icon."));
    let icon = icon.unwrap();
    assert!(page(&themed, icon).contains("#400"));
    std::fs::write(theme.path().join("tokens.css"), vec![b' '; 256 * 1024 + 1]).unwrap();
    let refused = own_looks(Some(theme.path())).unwrap_err().to_string();
    assert!(
        refused.contains("tokens.css") && refused.contains("shorten"),
        "{refused}"
    );
}

#[test]
fn content_in_another_language_than_the_furniture_says_so() {
    let paper = paper::PAPER.replace("city = ", "language = \"en-GB\"\ncity = ");
    let files = files().with("publication.toml", paper);
    let arabic = files.load_in("ar", None).unwrap();
    let html = page(&arabic, "/stories/tide-table");
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(html.contains("<h1 class=\"story__title\" lang=\"en-GB\" dir=\"ltr\">"));
    assert!(html.contains("<div class=\"story-body\" lang=\"en-GB\" dir=\"ltr\">"));
    let english = files.load_in("en", None).unwrap();
    assert!(page(&english, "/stories/tide-table").contains("<div class=\"story-body\">"));
}

#[test]
fn the_words_of_a_story_are_on_its_own_page_and_nowhere_else() {
    let publication = publication();
    for (address, html) in html_pages(&publication) {
        let own = address == "/stories/night-ferry";
        assert_eq!(html.contains("Paragraph thirteen"), own, "{address}");
        assert_eq!(html.contains("Paragraph one"), own, "{address}");
    }
}

#[test]
fn content_that_is_compiled_in_is_the_same_newspaper() {
    use std::sync::Arc;
    static TABLE: &[(&str, &[u8])] = &[
        ("publication.toml", paper::PAPER.as_bytes()),
        ("stories/night-ferry.md", paper::FERRY.as_bytes()),
        ("stories/tide-table.md", paper::TIDES.as_bytes()),
        ("stories/hard-benches.md", paper::BENCHES.as_bytes()),
        ("stories/shop-lease.md", paper::LEASE.as_bytes()),
        ("stories/tomorrow.md", paper::TOMORROW.as_bytes()),
        ("pages/about.md", paper::ABOUT.as_bytes()),
        ("pages/contact.md", paper::CONTACT.as_bytes()),
        ("pages/sponsored.md", paper::SPONSORED.as_bytes()),
        ("pictures/ferry.svg", paper::DRAWING.as_bytes()),
    ];
    let load = |table| {
        let settings = ludgate_publication::Settings {
            url: "https://mercury.example".to_owned(),
            locale: "en".parse().unwrap(),
            zone: jiff::tz::TimeZone::get("Europe/London").unwrap(),
            account: Some("/-/account".to_owned()),
            subscribe: None,
            app: Some("/-/app".to_owned()),
            give: Some("/-/gift".to_owned()),
            derived: None,
            beginning: ludgate_publication::Beginning::default(),
            search: None,
            texts: None,
            text_search: None,
        };
        let messages = Arc::new(prompts::Messages::builtin().unwrap());
        Publication::load(
            &ludgate_publication::Source::Embedded(table),
            settings,
            None,
            messages,
        )
    };
    let (embedded, folder) = (load(TABLE).unwrap(), publication());
    assert_eq!(embedded.paths(now()), folder.paths(now()));
    for path in folder.paths(now()) {
        assert_eq!(get(&embedded, &path), get(&folder, &path), "{path}");
    }
    let errors = load(&TABLE[1..]).unwrap_err().to_string();
    assert!(
        errors.starts_with("publication.toml: the file is missing"),
        "{errors}"
    );
}

#[test]
fn an_address_that_isn_t_a_host_is_refused() {
    for url in [
        "review.example",
        "ftp://x",
        "https://",
        "https://a/b",
        "https://a\"b",
        "javascript:x",
    ] {
        let folder = tempfile::tempdir().unwrap();
        files().write(folder.path());
        let settings = ludgate_publication::Settings {
            url: url.to_owned(),
            locale: "en".parse().unwrap(),
            zone: jiff::tz::TimeZone::UTC,
            account: None,
            subscribe: None,
            app: Some("/-/app".to_owned()),
            give: None,
            derived: None,
            beginning: ludgate_publication::Beginning::default(),
            search: None,
            texts: None,
            text_search: None,
        };
        let messages = std::sync::Arc::new(prompts::Messages::builtin().unwrap());
        let source = ludgate_publication::Source::Folder(folder.path().to_owned());
        let errors = Publication::load(&source, settings, None, messages)
            .unwrap_err()
            .to_string();
        assert!(
            errors.contains("write one such as https://review.example"),
            "{errors}"
        );
    }
}

#[test]
fn lists_say_the_year_of_a_story_that_is_not_of_this_one() {
    for (locale, old, new) in [
        ("en", "5 November 2019", "18 November"),
        ("ja", "2019年11月5日", "11月18日"),
        ("de", "5. November 2019", "18. November"),
        ("fr", "5 novembre 2019", "18 novembre"),
        ("pl", "5 listopada 2019", "18 listopada"),
        ("ar", "٥ نوفمبر ٢٠١٩", "١٨ نوفمبر"),
    ] {
        let story = paper::BENCHES.replace("2026-11-17T06:00:00Z", "2019-11-05T06:00:00Z");
        let files = files().with("stories/hard-benches.md", story);
        let publication = files.load_in(locale, None).unwrap();
        for (address, said) in [
            ("/search?q=benches", old),
            ("/sections/opinion", old),
            ("/topics/music", old),
            ("/authors/ines-marlow", old),
            ("/sections/city", new),
        ] {
            let html = page(&publication, address);
            assert!(
                html.contains(&format!(">{said}</time>")),
                "{locale} {address}"
            );
        }
    }
}
