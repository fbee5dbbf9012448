//! Ghost's export: the tables of its database as one JSON document.
//!
//! Posts come before the tags and authors that they have, so these are gathered first.

mod cards;
mod gated;
mod lexical;
mod mobiledoc;
mod scan;

use std::io::BufRead;

use jiff::Timestamp;
use serde_json::Value;

use crate::directory::{Directory, GhostMeta, GhostTag};
use crate::entry::{Audience, Entry, Found, Kind, Known, Lead, Standing, Term};
use crate::error::Error;
use crate::html::Dialect;
use crate::remark::{Remark, Remarks};
use scan::Rows;

/// What parts the beginning of a post, which everybody reads, from the rest.
const PAYWALL: &str = "<!--members-only-->";

/// Reads the export, each post handed over as it comes.
pub(crate) fn read<E: From<Error>>(
    source: impl BufRead,
    directory: &mut Directory,
    gather: bool,
    each: &mut dyn FnMut(Found, &Directory) -> Result<(), E>,
) -> Result<(), E> {
    let mut rows = Rows::open(source)?;
    while let Some(row) = rows.next()? {
        let (line, is_post) = (row.line, row.table == "posts");
        if !is_post && !gather {
            continue;
        }
        let value = row.value.and_then(|bytes| {
            let value: Result<Value, _> = serde_json::from_slice(bytes);
            value.map_err(|error| error.to_string())
        });
        let table = row.table;
        match value {
            Ok(value) if is_post => {
                let entry = post(&value, line, directory);
                each(Found::Entry(Box::new(entry)), directory)?;
            }
            Ok(value) => fact(table, &value, directory)?,
            Err(what) => {
                let what = format!("in \"{table}\": {what}");
                let known = Known::default();
                each(Found::Broken { line, what, known }, directory)?;
            }
        }
    }
    Ok(())
}

/// A text of a row; empty where there is none.
fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// An id, which is a text, and was a number in Ghost's first years.
fn id(row: &Value, key: &str) -> String {
    match row.get(key) {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => String::new(),
    }
}

/// Notes what posts refer to.
fn fact(table: &str, row: &Value, directory: &mut Directory) -> Result<(), Error> {
    let own = id(row, "id");
    match table {
        "users" => {
            let name = text(row, "name");
            directory.charge(&[&own, name])?;
            directory.authors.insert(own, name.to_owned());
        }
        "tags" => {
            let (name, slug) = (text(row, "name"), text(row, "slug"));
            directory.charge(&[&own, name, slug])?;
            let tag = GhostTag {
                is_internal: text(row, "visibility") == "internal" || name.starts_with('#'),
                term: Term {
                    name: name.trim_start_matches('#').to_owned(),
                    slug: slug.to_owned(),
                },
            };
            directory.tags.insert(own, tag);
        }
        "posts_tags" | "posts_authors" => {
            let (post, order) = (
                id(row, "post_id"),
                row.get("sort_order").and_then(Value::as_i64),
            );
            let is_tags = table == "posts_tags";
            let other = id(row, if is_tags { "tag_id" } else { "author_id" });
            directory.charge(&[&post, &other])?;
            let all = if is_tags {
                &mut directory.post_tags
            } else {
                &mut directory.post_authors
            };
            all.entry(post)
                .or_default()
                .push((order.unwrap_or_default(), other));
        }
        "posts_meta" => {
            let post = id(row, "post_id");
            let (alt, caption) = (
                text(row, "feature_image_alt"),
                text(row, "feature_image_caption"),
            );
            let description = description(row);
            if !(alt.is_empty() && caption.is_empty() && description.is_empty()) {
                directory.charge(&[&post, alt, caption, description])?;
                let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
                let meta = GhostMeta {
                    alt: some(alt),
                    caption: some(caption),
                    description: some(description),
                };
                directory.post_meta.insert(post, meta);
            }
        }
        "settings" => match text(row, "key") {
            "title" => text(row, "value").clone_into(&mut directory.site.name),
            "locale" | "lang" | "default_locale" => {
                text(row, "value").clone_into(&mut directory.site.language);
            }
            "url" => {
                let address = text(row, "value");
                address
                    .trim_end_matches('/')
                    .clone_into(&mut directory.site.address);
            }
            _ => {}
        },
        _ => {}
    }
    Ok(())
}

fn post(row: &Value, line: u64, directory: &Directory) -> Entry {
    let mut remarks = Remarks::default();
    let own = id(row, "id");
    let slug = text(row, "slug");
    let is_page = text(row, "type") == "page"
        || matches!(row.get("page"), Some(Value::Bool(true)))
        || row.get("page").and_then(Value::as_i64) == Some(1);
    let standing = match text(row, "status") {
        "published" => Standing::Out,
        "scheduled" => Standing::Scheduled,
        other => Standing::Hidden(other.to_owned()),
    };
    let audience = match text(row, "visibility") {
        "public" => Some(Audience::Public),
        "members" => Some(Audience::Members),
        "" => None,
        // Paid, and those for some tiers only: nobody gets more than they had.
        _ => Some(Audience::Paying),
    };
    let (categories, tags) = tags(&own, directory);
    if row.get("featured").is_some_and(|is| is == true || is == 1) {
        remarks.add(Remark::Sticky);
    }
    for (key, said) in [
        ("codeinjection_head", "code for the page's head"),
        ("codeinjection_foot", "code for the page's foot"),
        ("custom_template", "a template of its own"),
        ("canonical_url", "the address of its original"),
    ] {
        if !text(row, key).is_empty() {
            remarks.add(Remark::Field(said.to_owned()));
        }
    }
    let moment = |key| {
        let found: Option<Timestamp> = crate::moment::any(text(row, key), &jiff::tz::TimeZone::UTC);
        // Ghost's first years wrote milliseconds.
        found.or_else(|| Timestamp::from_millisecond(row.get(key)?.as_i64()?).ok())
    };
    let meta = directory.post_meta.get(&own).cloned().unwrap_or_default();
    let said = meta.description.as_deref().unwrap_or(description(row));
    let description = escaped(said);
    let picture = [text(row, "feature_image"), text(row, "image")];
    let picture = picture
        .into_iter()
        .find(|address| !address.is_empty())
        .map(|address| Lead {
            address: address.to_owned(),
            alt: meta.alt,
            caption: meta.caption,
        });
    // Where it isn't said, nothing has been for some only.
    let readers = audience.unwrap_or(Audience::Public);
    let body = body(row, readers, &mut remarks);
    Entry {
        line,
        kind: if is_page { Kind::Page } else { Kind::Story },
        standing,
        title: escaped(text(row, "title")),
        slug: slug.to_owned(),
        // Where Ghost has it, unless its routes say otherwise.
        address: Some(format!("/{slug}/")).filter(|_| !slug.is_empty()),
        excerpt: escaped(text(row, "custom_excerpt")),
        open: match audience {
            Some(Audience::Members | Audience::Paying) => body.find(PAYWALL).unwrap_or(0),
            Some(Audience::Public) | None => body.len(),
        },
        description,
        body,
        dialect: Dialect::Html,
        byline: authors(&own, row, directory),
        categories,
        tags,
        published: moment("published_at"),
        updated: moment("updated_at"),
        audience,
        picture,
        remarks,
        id: own,
    }
}

/// What search engines and networks are told of a post. It stands in the page's head, also
/// of posts that not everybody may read; Ghost's first versions had it in the post's own row.
fn description(row: &Value) -> &str {
    let keys = ["meta_description", "og_description", "twitter_description"];
    let mut said = keys.into_iter().map(|key| text(row, key));
    said.find(|said| !said.is_empty()).unwrap_or_default()
}

/// The text: what Ghost has made of it, or what that is made of.
fn body(row: &Value, readers: Audience, remarks: &mut Remarks) -> String {
    let html = text(row, "html");
    if !html.is_empty() {
        return gated::without_gated(html, readers, remarks).into_owned();
    }
    let lexical = text(row, "lexical");
    if let Ok(document) = serde_json::from_str::<Value>(lexical) {
        return lexical::html(&document, readers, remarks);
    }
    let older = serde_json::from_str::<Value>(text(row, "mobiledoc"));
    if let Some(html) = older
        .ok()
        .and_then(|older| mobiledoc::html(&older, readers, remarks))
    {
        return html;
    }
    let plain = text(row, "plaintext");
    if !plain.is_empty() {
        remarks.add(Remark::Field(
            "the form of a text that is there in plain words only".to_owned(),
        ));
    }
    let paragraphs = plain
        .split("\n\n")
        .map(|words| format!("<p>{}</p>", escaped(words)));
    paragraphs.collect()
}

fn in_order(mut list: Vec<(i64, String)>) -> impl Iterator<Item = String> {
    list.sort_by_key(|(order, _)| *order);
    list.into_iter().map(|(_, id)| id)
}

/// The main tag is what a category is elsewhere. Internal tags are for themes.
fn tags(own: &str, directory: &Directory) -> (Vec<Term>, Vec<Term>) {
    let all = directory.post_tags.get(own).cloned().unwrap_or_default();
    let mut terms: Vec<Term> = in_order(all)
        .filter_map(|id| directory.tags.get(&id))
        .filter(|tag| !tag.is_internal && !tag.term.name.is_empty())
        .map(|tag| tag.term.clone())
        .collect();
    let tags = if terms.is_empty() {
        Vec::new()
    } else {
        terms.split_off(1)
    };
    (terms, tags)
}

fn authors(own: &str, row: &Value, directory: &Directory) -> Vec<String> {
    let all = directory.post_authors.get(own).cloned().unwrap_or_default();
    let mut names: Vec<String> = in_order(all)
        .filter_map(|id| directory.authors.get(&id).cloned())
        .collect();
    if names.is_empty() {
        names.extend(directory.authors.get(&id(row, "author_id")).cloned());
    }
    names.iter().map(|name| escaped(name)).collect()
}

/// Plain text as HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
