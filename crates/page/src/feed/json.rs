//! Feeds in JSON: JSON Feed 1 and 1.1.

use serde_json::{Map, Value};

use super::budget::Budget;
use super::text::{has_long_tag, is_long};
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
    let mut budget = Budget::new(words);
    let entries = match feed.get_mut("items") {
        Some(Value::Array(list)) => std::mem::take(list),
        _ => Vec::new(),
    };
    shorten(&mut feed, &mut budget);
    let short = entries.into_iter().map(|mut entry| {
        let said = |name| entry.get(name).and_then(Value::as_str);
        budget.begin(said("url").or(said("external_url")), said("id"));
        shorten(&mut entry, &mut budget);
        budget.end();
        entry
    });
    let short: Vec<Value> = short.collect();
    if let Some(Value::Array(list)) = feed.get_mut("items") {
        *list = short;
    }
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
        !is_long(text, EXCERPT) && !has_long_tag(text, EXCERPT)
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
fn shorten(value: &mut Value, budget: &mut Budget) {
    match value {
        Value::String(text) => {
            if let Some(short) = budget.say(text) {
                *text = short;
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| shorten(one, budget)),
        Value::Object(object) => shorten_all(object, budget),
        _ => {}
    }
}

fn shorten_all(object: &mut Map<String, Value>, budget: &mut Budget) {
    let whole: Vec<Value> = WHOLE
        .iter()
        .filter_map(|name| object.remove(*name))
        .collect();
    let first = whole.iter().find_map(Value::as_str);
    // A name may be a text too.
    object.retain(|name, _| budget.say(name).is_none());
    for (_, inner) in object.iter_mut() {
        shorten(inner, budget);
    }
    // An entry must have a text (JSON Feed 1.1, "Items").
    if let Some(text) = first {
        let text = budget.say(text).unwrap_or_else(|| text.to_owned());
        object.insert("content_text".to_owned(), Value::String(text));
    }
}
