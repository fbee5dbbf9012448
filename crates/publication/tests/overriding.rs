//! Whatever the built-in publication looks like, a theme can say otherwise.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use std::collections::BTreeSet;
use std::path::Path;

use ludgate_publication::Publication;
use paper::{BENCHES, PAPER, files, get, now};

/// A paper with a page of every kind.
fn everything() -> paper::Files {
    let more = "\n[[series]]\nid = \"quays\"\ntitle = \"The quays\"\n";
    let gone = "gone = { date = 2026-11-20, reason = \"It was false.\" }\ntier =";
    let part = "series = \"quays\"\ntier =";
    files()
        .with("publication.toml", format!("{PAPER}{more}"))
        .with("stories/gone.md", BENCHES.replace("tier =", gone))
        .with("stories/part.md", BENCHES.replace("tier =", part))
}

/// Which page shows that a template is overridden; every template is here.
const SHOWN: [(&str, &str); 21] = [
    ("archive.html", "/archive"),
    ("base.html", "/"),
    ("corrections.html", "/corrections"),
    ("feed.xml", "/feed.xml"),
    ("feeds.html", "/feeds"),
    ("front.html", "/"),
    ("gone.html", "/stories/gone"),
    ("list.html", "/sections/city"),
    ("missing.html", "/nothing"),
    ("page.html", "/pages/about"),
    ("parts.html", "/stories/night-ferry"),
    ("robots.txt", "/robots.txt"),
    ("rss.xml", "/rss.xml"),
    ("search.html", "/search"),
    ("series.html", "/series/quays"),
    ("sitemap-index.xml", "/sitemap.xml"),
    ("sitemap-news.xml", "/sitemaps/news.xml"),
    ("sitemap.xml", "/sitemaps/pages.xml"),
    ("story.html", "/stories/night-ferry"),
    ("story.html", "/stories/shop-lease"),
    ("list.html", "/authors/ines-marlow"),
];

fn builtin() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/publication");
    let files = std::fs::read_dir(folder).unwrap();
    files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn body(publication: &Publication, address: &str) -> String {
    String::from_utf8(get(publication, address).body.to_vec()).unwrap()
}

#[test]
fn every_template_can_be_overridden_in_a_theme_folder() {
    let named: BTreeSet<String> = SHOWN.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(named, builtin(), "a template that no test overrides");
    for (name, address) in SHOWN {
        let theme = tempfile::tempdir().unwrap();
        let folder = theme.path().join("publication");
        std::fs::create_dir(&folder).unwrap();
        // Macros are taken over one by one; a page whole, with our own within reach.
        let own = if name == "parts.html" {
            let builtin = Path::new(env!("CARGO_MANIFEST_DIR"));
            let builtin = builtin.join("../../templates/publication/parts.html");
            let text = std::fs::read_to_string(builtin).unwrap();
            text.replace("class=\"share\"", "class=\"share set-by-hand\"")
        } else if Path::new(name).extension() == Some("xml".as_ref()) {
            format!("{{% include \"builtin/publication/{name}\" %}}\n<!-- set-by-hand -->\n")
        } else {
            format!("{{% include \"builtin/publication/{name}\" %}}\nset-by-hand\n")
        };
        std::fs::write(folder.join(name), own).unwrap();
        let themed = everything().load_in("en", Some(theme.path()));
        let themed = themed.unwrap_or_else(|errors| panic!("{name}: {errors}"));
        assert!(
            body(&themed, address).contains("set-by-hand"),
            "{name} on {address}"
        );
        let usual = everything().load().unwrap();
        assert!(!body(&usual, address).contains("set-by-hand"), "{address}");
    }
}

#[test]
fn a_template_for_machines_that_makes_no_xml_is_refused_by_its_name() {
    let of_xml = |name: &&String| Path::new(name).extension() == Some("xml".as_ref());
    for name in builtin().iter().filter(of_xml) {
        let theme = tempfile::tempdir().unwrap();
        let folder = theme.path().join("publication");
        std::fs::create_dir(&folder).unwrap();
        let own = format!("{{% include \"builtin/publication/{name}\" %}}\n<open>\n");
        std::fs::write(folder.join(name), own).unwrap();
        let refused = everything().load_in("en", Some(theme.path())).unwrap_err();
        let said = refused.to_string();
        assert!(said.contains(&format!("publication/{name}")), "{said}");
        assert!(said.contains("isn't XML: line "), "{said}");
    }
}

#[test]
fn every_style_of_ours_has_one_of_the_themes_after_it() {
    let theme = tempfile::tempdir().unwrap();
    std::fs::create_dir(theme.path().join("publication")).unwrap();
    let (tokens, site) = (":root{--brick:#00543d}", ".masthead{display:none}");
    std::fs::write(theme.path().join("tokens.css"), tokens).unwrap();
    std::fs::write(theme.path().join("publication/site.css"), site).unwrap();
    let themed = files().load_in("en", Some(theme.path())).unwrap();
    let paths = themed.paths(now());
    let style = paths
        .iter()
        .find(|path| path.rsplit('.').next() == Some("css"))
        .unwrap();
    let style = body(&themed, style);
    let at = |text: &str| style.rfind(text).unwrap_or_else(|| panic!("{text}"));
    assert!(at("--brick: #a8452f") < at(tokens));
    assert!(at(".masthead__bar") < at(site));
}

#[test]
fn a_template_that_overrides_nothing_is_told_of() {
    let theme = tempfile::tempdir().unwrap();
    std::fs::create_dir(theme.path().join("publication")).unwrap();
    std::fs::write(theme.path().join("publication/storry.html"), "x").unwrap();
    let refused = files()
        .load_in("en", Some(theme.path()))
        .unwrap_err()
        .to_string();
    assert!(refused.contains("story.html"), "{refused}");
}
