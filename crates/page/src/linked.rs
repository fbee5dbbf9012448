//! JSON-LD: what it says of the story, and what it must not say.
//!
//! Structured data usually repeats the whole story (`articleBody`). Search
//! engines are told instead, in the form they ask for, that a part of the page
//! is not for everybody: `isAccessibleForFree` and `hasPart`.

use serde_json::{Map, Value, json};

use crate::leak::Locked;

/// Objects looked at in one script; a story's graph has about ten.
const MAX_OBJECTS: usize = 256;

/// The longest headline written, in characters: what search engines read of
/// one, and too short for a story in the place of a title.
const HEADLINE: usize = 110;

/// One script with JSON-LD.
pub(crate) struct Linked {
    value: Value,
}

impl Linked {
    /// `None` where the script is no JSON: it is then treated like any other.
    pub(crate) fn parse(script: &str) -> Option<Self> {
        let value = serde_json::from_str(script.trim()).ok()?;
        Some(Self { value })
    }

    /// A script of our own for a page that has none about its story.
    pub(crate) fn article(headline: Option<&str>, published: Option<String>) -> Self {
        let mut article = Map::new();
        article.insert("@context".into(), "https://schema.org".into());
        article.insert("@type".into(), "NewsArticle".into());
        if let Some(headline) = headline {
            let headline: String = headline.chars().take(HEADLINE).collect();
            article.insert("headline".into(), headline.into());
        }
        if let Some(published) = published {
            article.insert("datePublished".into(), published.into());
        }
        Self {
            value: Value::Object(article),
        }
    }

    /// The objects about a story: at the top, in a list, in a graph.
    pub(crate) fn articles(&self) -> Vec<&Map<String, Value>> {
        let mut found = Vec::new();
        let mut open = vec![&self.value];
        for _ in 0..MAX_OBJECTS {
            match open.pop() {
                Some(Value::Array(values)) => open.extend(values.iter().rev()),
                Some(Value::Object(object)) => {
                    open.extend(object.get("@graph"));
                    if is_article(object) {
                        found.push(object);
                    }
                }
                Some(_) => {}
                None => break,
            }
        }
        found
    }

    /// Writes into every object about a story who may read it. `selector`
    /// names the part that isn't for everybody.
    pub(crate) fn mark(&mut self, free: bool, selector: Option<&str>) {
        let mut open = vec![&mut self.value];
        for _ in 0..MAX_OBJECTS {
            match open.pop() {
                Some(Value::Array(values)) => open.extend(values.iter_mut().rev()),
                Some(Value::Object(object)) => {
                    if is_article(object) {
                        mark(object, free, selector);
                    }
                    open.extend(object.get_mut("@graph"));
                }
                Some(_) => {}
                None => break,
            }
        }
    }

    /// Takes out what repeats the locked text.
    pub(crate) fn withhold(&mut self, locked: &Locked) {
        prune(&mut self.value, locked);
    }

    /// The whole element.
    pub(crate) fn element(&self) -> String {
        let script = self.script();
        format!("<script type=\"application/ld+json\">{script}</script>")
    }

    /// The script's content. No bracket in it can end the script.
    pub(crate) fn script(&self) -> String {
        self.value.to_string().replace('<', "\\u003c")
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    let story = |name: &str| {
        let name = name.rsplit(['/', ':']).next().unwrap_or(name);
        name.ends_with("Article") || matches!(name, "BlogPosting" | "LiveBlogPosting" | "Report")
    };
    match object.get("@type") {
        Some(Value::String(name)) => story(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(story),
        _ => false,
    }
}

fn mark(object: &mut Map<String, Value>, free: bool, selector: Option<&str>) {
    object.insert("isAccessibleForFree".into(), free.into());
    let mut parts = match object.remove("hasPart") {
        Some(Value::Array(parts)) => parts,
        Some(part) => vec![part],
        None => Vec::new(),
    };
    // What the page said so far of its locked part is no longer true.
    parts.retain(|part| part.get("isAccessibleForFree").is_none());
    if let Some(selector) = selector.filter(|_| !free) {
        parts.push(json!({
            "@type": "WebPageElement",
            "isAccessibleForFree": false,
            "cssSelector": selector,
        }));
    }
    match parts.len() {
        0 => {}
        1 => {
            object.insert("hasPart".into(), parts.remove(0));
        }
        _ => {
            object.insert("hasPart".into(), parts.into());
        }
    }
}

/// The parser bounds the depth of the value at 128.
fn prune(value: &mut Value, locked: &Locked) {
    let hit = |value: &Value| value.as_str().is_some_and(|text| locked.is_in(text));
    match value {
        Value::Array(values) => {
            values.retain(|value| !hit(value));
            for value in values {
                prune(value, locked);
            }
        }
        Value::Object(object) => {
            object.retain(|name, value| {
                !name.eq_ignore_ascii_case("articleBody") && !locked.is_in(name) && !hit(value)
            });
            for value in object.values_mut() {
                prune(value, locked);
            }
        }
        _ => {}
    }
}

/// The text of a value: a string, or the `name` of an object.
pub(crate) fn text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(object) => object.get("name").or_else(|| object.get("url"))?.as_str(),
        Value::Array(values) => values.first().and_then(text),
        _ => None,
    }
}

/// The addresses that an object about a story gives itself: of the story, or
/// of the page that is about it.
pub(crate) fn addresses(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    ["url", "mainEntityOfPage", "@id"]
        .into_iter()
        .filter_map(|key| object.get(key))
        .flat_map(|value| match value {
            Value::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        })
        .filter_map(|value| match value {
            Value::Object(page) => page.get("@id").or_else(|| page.get("url"))?.as_str(),
            value => value.as_str(),
        })
}

/// The texts of a value or of each in a list.
pub(crate) fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(values) => values.iter().filter_map(text).collect(),
        value => text(value).into_iter().collect(),
    }
}
