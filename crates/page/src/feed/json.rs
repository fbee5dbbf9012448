//! Feeds in JSON: JSON Feed 1 and 1.1.

use serde_json::{Map, Value};

use super::text::{is_long, shortened};
use super::{EXCERPT, Feed, FeedError};

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

/// Whether little is said in the document: in all of it no more than `words`,
/// in each string no more than an excerpt.
pub(super) fn is_terse(json: &[u8], words: u32) -> bool {
    let Ok(value) = serde_json::from_slice::<Value>(json) else {
        return false;
    };
    let mut said = String::new();
    gather(&value, &mut said) && !is_long(&said, words)
}

/// Gathers all that is said; false where one thing is longer than an excerpt.
fn gather(value: &Value, said: &mut String) -> bool {
    let mut add = |text: &str| {
        said.push_str(text);
        said.push(' ');
        !is_long(text, EXCERPT)
    };
    match value {
        Value::String(text) => add(text),
        Value::Array(list) => list.iter().all(|one| gather(one, said)),
        Value::Object(object) => object
            .iter()
            .all(|(name, inner)| gather(&Value::String(name.clone()), said) && gather(inner, said)),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
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
