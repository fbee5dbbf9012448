//! The demonstration newspaper is content like any other, and has to load.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::tz::TimeZone;
use ludgate_publication::{Beginning, Publication, Settings, Source, Story};
use prompts::Messages;

#[test]
fn the_demonstration_newspaper_loads_and_every_page_of_it_renders() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/content");
    let settings = Settings {
        url: "https://review.example".to_owned(),
        locale: "en".parse().unwrap(),
        zone: TimeZone::UTC,
        account: None,
        subscribe: None,
        app: None,
        give: None,
        derived: None,
        beginning: Beginning::Words(100),
        search: None,
        texts: None,
        text_search: None,
    };
    let messages = Arc::new(Messages::builtin().unwrap());
    let loaded = Publication::load(&Source::Folder(content), settings, None, messages);
    let publication = loaded.unwrap_or_else(|errors| panic!("{errors}"));
    let now = "2026-11-23T17:00:00Z".parse().unwrap();
    for path in publication.paths(now) {
        let response = publication.respond(&path, None, now);
        assert_eq!(response.status, 200, "{path}");
        if path.starts_with("/stories/") {
            let size = response.body.len();
            assert!((10_000..45_000).contains(&size), "{path} has {size} bytes");
        }
    }
    let stories = publication.stories();
    assert!(stories.len() >= 40, "{}", stories.len());
    let languages: BTreeSet<_> = stories
        .iter()
        .filter_map(|story| story.language.as_ref())
        .map(ToString::to_string)
        .collect();
    assert_eq!(Vec::from_iter(languages), ["de", "ja"], "beside English");
    let days = |story: &Story| story.published.to_zoned_datetime(TimeZone::UTC).date();
    let newest = stories.iter().map(|story| days(story)).max().unwrap();
    let oldest = stories.iter().map(|story| days(story)).min().unwrap();
    assert!(oldest + 2.months() < newest, "{oldest} to {newest}");
}
