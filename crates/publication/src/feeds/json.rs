//! A feed as JSON Feed 1.1 has it (<https://www.jsonfeed.org/version/1.1/>).

use serde_json::{Map, Value, json};

use super::document::Document;
use super::entry::{Author, Entry};

/// The document as text.
pub(crate) fn json(document: &Document) -> String {
    let mut feed = Map::new();
    let mut put = |key: &str, value: Value| {
        if !value.is_null() {
            feed.insert(key.to_owned(), value);
        }
    };
    put("version", json!("https://jsonfeed.org/version/1.1"));
    put("title", json!(document.title.0));
    put("home_page_url", json!(document.home.0));
    put("feed_url", json!(document.this.as_ref().map(|at| &at.0)));
    put(
        "description",
        json!(document.subtitle.as_ref().map(|it| &it.0)),
    );
    put("next_url", json!(document.older.as_ref().map(|at| &at.0)));
    put("icon", json!(document.icon.0));
    put("language", json!(document.language));
    let items: Vec<Value> = document.entries.iter().map(item).collect();
    put("items", Value::Array(items));
    let mut text = Value::Object(feed).to_string();
    text.push('\n');
    text
}

fn item(entry: &Entry) -> Value {
    let mut item = json!({
        "id": entry.url.0,
        "url": entry.url.0,
        "title": entry.title.0,
        "summary": entry.summary.0,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": entry.authors.iter().map(author).collect::<Vec<_>>(),
        "tags": entry.categories.iter().map(|tag| &tag.0).collect::<Vec<_>>(),
    });
    let Value::Object(fields) = &mut item else {
        return item;
    };
    // One of the two has to be there.
    let (key, content) = match &entry.whole {
        Some(html) => ("content_html", &html.0),
        None => ("content_text", &entry.summary.0),
    };
    fields.insert(key.to_owned(), json!(content));
    if let Some(picture) = &entry.picture {
        fields.insert("image".to_owned(), json!(picture.url.0));
    }
    if let Some(language) = &entry.language {
        fields.insert("language".to_owned(), json!(language));
    }
    if let Some(by) = &entry.sponsor {
        // Extensions of one's own begin with an underscore.
        fields.insert("_sponsor".to_owned(), json!({ "name": by.0 }));
    }
    item
}

fn author(author: &Author) -> Value {
    json!({ "name": author.name.0, "url": author.url.0 })
}
