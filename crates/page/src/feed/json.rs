//! Feeds in JSON: JSON Feed 1 and 1.1.

use serde_json::{Map, Value};

use super::text::{is_long, shortened};
use super::{Feed, FeedError};

/// What the whole text of an entry is called.
const WHOLE: [&str; 3] = ["content_html", "content_text", "content"];

/// Cuts the document, where it is a feed.
pub(super) fn cut(json: &[u8], words: u32) -> Result<Feed, FeedError> {
    let malformed = |error: serde_json::Error| FeedError::Malformed(error.to_string());
    let mut feed: Value = serde_json::from_slice(json).map_err(malformed)?;
    let version = feed.get("version").and_then(Value::as_str);
    let is_feed =
        version.is_some_and(|version| version.starts_with("https://jsonfeed.org/version/"));
    if !is_feed {
        return Ok(Feed::Unknown);
    }
    shorten(&mut feed, words);
    serde_json::to_string(&feed)
        .map(Feed::Cut)
        .map_err(malformed)
}

/// Nested as deeply as the parser takes, which is bounded.
fn shorten(value: &mut Value, words: u32) {
    match value {
        Value::String(text) if is_long(text, words) => *text = shortened(text, words),
        Value::Array(list) => list.iter_mut().for_each(|one| shorten(one, words)),
        Value::Object(object) => shorten_all(object, words),
        _ => {}
    }
}

fn shorten_all(object: &mut Map<String, Value>, words: u32) {
    let first = WHOLE
        .iter()
        .filter_map(|name| object.remove(*name))
        .find_map(|text| text.as_str().map(|text| shortened(text, words)));
    for (_, inner) in object.iter_mut() {
        shorten(inner, words);
    }
    // An entry must have a text (JSON Feed 1.1, "Items").
    if let Some(text) = first {
        object.insert("content_text".to_owned(), Value::String(text));
    }
}
