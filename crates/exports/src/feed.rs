//! Feeds: RSS 2.0 and 1.0, and Atom.
//!
//! A feed knows less of a story than an export: no pages, often no text but an excerpt.
//! What is in it is public unless it says that it is a draft.

use std::io::BufRead;

use jiff::tz::TimeZone;

use crate::atom;
use crate::directory::Directory;
use crate::entry::{Entry, Found, Lead, Term};
use crate::error::Error;
use crate::html::{Dialect, plain};
use crate::moment;
use crate::remark::{Remark, Remarks};
use crate::xml::{Element, Names, Part, walk};

const NAMES: Names = Names {
    ids: &["guid", "id"],
    entries: &["item", "entry"],
    facts: &[
        "title",
        "link",
        "language",
        "author",
        "wp:wxr_version",
        "id",
    ],
};

/// Where an entry says when it appeared, the first of them that it has.
const APPEARED: [&str; 4] = ["pubDate", "published", "dc:date", "issued"];

/// Likewise, when it was last changed.
const CHANGED: [&str; 3] = ["updated", "modified", "dcterms:modified"];

/// How many digits the id of an entry has that names none: 128 bits, by which no two
/// of any feed are the same.
const MADE: usize = 32;

/// Reads the feed, each entry handed over as it comes.
pub(crate) fn read<E: From<Error>>(
    source: impl BufRead,
    zone: &TimeZone,
    directory: &mut Directory,
    gather: bool,
    each: &mut dyn FnMut(Found, &Directory) -> Result<(), E>,
) -> Result<(), E> {
    let mut is_feed = false;
    walk(source, &NAMES, &mut |part| match part {
        Part::Root("rss" | "feed" | "rdf:RDF") => {
            is_feed = true;
            Ok(())
        }
        Part::Root(name) => {
            Err(not_one(format!("it begins with <{}>", name.escape_debug())).into())
        }
        Part::Broken { line, what, known } => each(Found::Broken { line, what, known }, directory),
        Part::Entry {
            element,
            line,
            was_bytes,
        } => {
            let mut entry = entry(element, line, zone);
            if entry.byline.is_empty() && !directory.site.author.is_empty() {
                entry.byline.push(directory.site.author.clone());
            }
            if was_bytes {
                entry.remarks.add(Remark::Bytes);
            }
            each(Found::Entry(Box::new(entry)), directory)
        }
        Part::Fact(element) if element.name == "wp:wxr_version" => {
            let found = "it is an export of WordPress; read it with --from wordpress";
            Err(not_one(found.to_owned()).into())
        }
        Part::Fact(element) => {
            if gather {
                fact(element, directory);
            }
            Ok(())
        }
    })?;
    if is_feed {
        return Ok(());
    }
    Err(not_one("it has neither RSS nor Atom in it".to_owned()).into())
}

fn not_one(found: String) -> Error {
    Error::Other {
        expected: "feed",
        found,
    }
}

/// Notes what the feed says of its site.
fn fact(element: &Element<'_>, directory: &mut Directory) {
    let site = &mut directory.site;
    match &*element.name {
        "title" if site.name.is_empty() => {
            site.name = plain(&element.text, &mut Remarks::default());
        }
        "language" if site.language.is_empty() => {
            element.text.trim().clone_into(&mut site.language);
        }
        "author" if site.author.is_empty() => {
            element.value("name").clone_into(&mut site.author);
        }
        "link" if site.address.is_empty() => {
            let is_page = element
                .attribute("rel")
                .is_none_or(|rel| rel == "alternate");
            let address = element.attribute("href").unwrap_or(element.text.trim());
            if is_page && address.contains("://") {
                address.trim_end_matches('/').clone_into(&mut site.address);
            }
        }
        _ => {}
    }
}

fn entry(element: &Element<'_>, line: u64, zone: &TimeZone) -> Entry {
    let mut remarks = Remarks::default();
    let address = address(element);
    let title = markup(element, "title", &mut remarks);
    let known = ["guid", "id"]
        .into_iter()
        .map(|name| element.value(name))
        .find(|id| !id.is_empty());
    let known = known.or(address.as_deref()).map(str::to_owned);
    let (excerpt, body) = words(element, &mut remarks);
    let own = address.as_deref().unwrap_or_default();
    let (excerpt, body) = (without_way_back(excerpt, own), without_way_back(body, own));
    let is_lost = |found: &Element<'_>| {
        let kind = found.attribute("type").unwrap_or_default();
        !kind.starts_with("image/")
    };
    if element.all("enclosure").any(is_lost) {
        remarks.add(Remark::LeftOut(
            "a file that is sent along and is no picture",
        ));
    }
    let mut time = |names: &[&str]| {
        names.iter().find_map(|name| {
            let said = element.value(name);
            let found = moment::any(said, zone);
            if found.is_none() && !said.trim().is_empty() {
                remarks.add(Remark::Moment(said.trim().to_owned()));
            }
            found
        })
    };
    let updated = time(&CHANGED);
    let published = time(&APPEARED).or(updated);
    let id = known.unwrap_or_else(|| {
        let mut said = APPEARED
            .into_iter()
            .chain(CHANGED)
            .map(|name| element.value(name));
        let date = said.find(|said| !said.is_empty()).unwrap_or_default();
        made_id(&title, date, &body)
    });
    let mut terms = Vec::new();
    let filed = element
        .all("category")
        .filter(|category| !atom::says_kind(category));
    for found in filed.chain(element.all("dc:subject")) {
        let said = [
            found.attribute("label"),
            Some(found.text.trim()),
            found.attribute("term"),
        ];
        let said = said.into_iter().flatten().find(|said| !said.is_empty());
        let name = said
            .map(|said| plain(said, &mut remarks))
            .unwrap_or_default();
        let slug = found.attribute("term").unwrap_or_default().to_owned();
        if !name.is_empty() && !terms.iter().any(|term: &Term| term.name == name) {
            terms.push(Term { name, slug });
        }
    }
    // The first is the section, as far as a feed has any.
    let tags = if terms.is_empty() {
        Vec::new()
    } else {
        terms.split_off(1)
    };
    Entry {
        line,
        kind: atom::kind(element),
        standing: atom::standing(element),
        title,
        slug: address.as_deref().map(last_part).unwrap_or_default(),
        excerpt,
        // What is in a feed, everybody may read.
        open: body.len(),
        description: String::new(),
        body,
        dialect: Dialect::Html,
        byline: authors(element),
        categories: terms,
        tags,
        published,
        updated,
        audience: None,
        picture: picture(element),
        remarks,
        address,
        id,
    }
}

/// The excerpt and the text, as HTML; an excerpt stands for a text where there is none.
fn words(element: &Element<'_>, remarks: &mut Remarks) -> (String, String) {
    let excerpt = ["summary", "description", "itunes:summary"];
    let excerpt = excerpt
        .into_iter()
        .map(|name| markup(element, name, remarks))
        .find(|text| !text.is_empty());
    let whole = ["content:encoded", "content"]
        .into_iter()
        .map(|name| markup(element, name, remarks));
    let whole = whole.into_iter().find(|text| !text.is_empty());
    match (excerpt, whole) {
        (excerpt, Some(whole)) => (excerpt.unwrap_or_default(), whole),
        (Some(only), None) => {
            remarks.add(Remark::ExcerptOnly);
            (only.clone(), only)
        }
        (None, None) => Default::default(),
    }
}

/// The id of an entry that has neither one nor an address. Where it stands in the feed says
/// nothing, since tomorrow another stands there; its title and date, as they are written, do.
/// Where one of them is missing it is known by its text, too.
fn made_id(title: &str, date: &str, text: &str) -> String {
    let is_clear = !title.is_empty() && !date.is_empty();
    let mut hasher = blake3::Hasher::new();
    for part in [title, date, if is_clear { "" } else { text }] {
        // With its length, so that what one ends with isn't what the next begins with.
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let hex = hasher.finalize().to_hex();
    format!("made {}", hex.get(..MADE).unwrap_or_default())
}

/// The page that an entry is about.
fn address(element: &Element<'_>) -> Option<String> {
    let links = element
        .all("link")
        .filter(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"));
    let mut found = links.map(|link| link.attribute("href").unwrap_or(link.text.trim()));
    let found = found.find(|address| !address.is_empty()).or_else(|| {
        let guid = element.child("guid")?;
        let is_page = guid.attribute("isPermaLink").is_none_or(|is| is != "false");
        Some(guid.text.trim()).filter(|address| is_page && address.contains("://"))
    });
    found.map(str::to_owned)
}

/// A text without what sends readers of a feed to the story itself: "read on" at its end,
/// or the last paragraph, where that is about where it appeared first.
fn without_way_back(mut text: String, address: &str) -> String {
    /// The longest paragraph that says no more than that.
    const SHORT: usize = 600;
    let page = address.split(['?', '#']).next().unwrap_or_default();
    let Some(link) = text.rfind("<a ").filter(|_| !page.is_empty()) else {
        return text;
    };
    let last = text.rfind("<p").unwrap_or(0);
    let tail = text.get(last..).unwrap_or_default();
    if last > 0 && tail.len() <= SHORT && tail.contains(page) {
        text.truncate(last);
        return text;
    }
    let leads_there = text[link..]
        .split('>')
        .next()
        .is_some_and(|tag| tag.contains(page));
    let Some((_, after)) = text[link..].split_once("</a>").filter(|_| leads_there) else {
        return text;
    };
    // Only at the end: a link within what is told is part of it.
    let is_end = plain(after, &mut Remarks::default()).len() <= 1;
    if is_end {
        let after = after.to_owned();
        text.truncate(link);
        text.push_str(&after);
    }
    text
}

/// The last part of an address's path, without an ending such as `.html`.
fn last_part(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let Some((_, path)) = path.trim_end_matches('/').split_once('/') else {
        return String::new();
    };
    let last = path.rsplit('/').next().unwrap_or_default();
    let endings = [".html", ".htm", ".php", ".aspx"];
    let bare = endings.iter().find_map(|ending| last.strip_suffix(ending));
    bare.unwrap_or(last).to_owned()
}

/// A text as HTML, whichever way it is put into the feed. What is no text, such as a picture
/// in Base64, is told.
fn markup(element: &Element<'_>, name: &str, remarks: &mut Remarks) -> String {
    for found in element.all(name) {
        match found.attribute("type") {
            Some("xhtml" | "application/xhtml+xml") => return found.inside.to_owned(),
            // Atom's own plain text; in RSS everything is HTML.
            Some("text" | "text/plain") => return escaped(&found.text),
            None if element.name == "entry" => return escaped(&found.text),
            None | Some("html" | "text/html") => return found.text.trim().to_owned(),
            Some(other) => {
                let what = format!("{name} of the type \"{other}\", which is no text,");
                remarks.add(Remark::Field(what));
            }
        }
    }
    String::new()
}

fn escaped(text: &str) -> String {
    text.trim().replace('&', "&amp;").replace('<', "&lt;")
}

fn authors(element: &Element<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for author in element.all("author").chain(element.all("dc:creator")) {
        let name = match author.child("name") {
            Some(name) => name.text.trim(),
            // RSS writes "desk@post.example (Ines Marlow)".
            None => match author.text.split_once('(') {
                Some((_, rest)) => rest.trim_end_matches([')', ' ']),
                None => author.text.trim(),
            },
        };
        // An address isn't a name, and nobody has agreed to its being printed.
        if !name.is_empty() && !name.contains('@') && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The picture that is sent along.
fn picture(element: &Element<'_>) -> Option<Lead> {
    let media = element
        .all("media:content")
        .chain(element.all("media:thumbnail"));
    let grouped = element
        .all("media:group")
        .flat_map(|group| group.all("media:content"));
    let is_picture = |found: &&Element<'_>| {
        let kind = found
            .attribute("type")
            .or(found.attribute("medium"))
            .unwrap_or("image");
        kind.starts_with("image")
    };
    let enclosed = element.all("enclosure").filter(|found| {
        found
            .attribute("type")
            .is_some_and(|kind| kind.starts_with("image/"))
    });
    let found = media
        .chain(grouped)
        .filter(is_picture)
        .chain(enclosed)
        .next()?;
    let said = |name: &str| {
        let own = found.child(name).or(element.child(name));
        own.map(|said| said.text.trim().to_owned())
            .filter(|said| !said.is_empty())
    };
    Some(Lead {
        address: found.attribute("url")?.to_owned(),
        alt: said("media:title"),
        caption: said("media:description"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_to_the_story_is_no_part_of_it() {
        let page = "https://post.example/one/";
        for (text, expected) in [
            (
                "<p>Short. <a href=\"https://post.example/one/\">Read on</a></p>",
                "<p>Short. </p>",
            ),
            (
                "<p>Whole.</p>\n<p>The post <a href=\"https://post.example/one/\">One</a> appeared \
                 first on <a href=\"https://post.example\">Post</a>.</p>",
                "<p>Whole.</p>\n",
            ),
            (
                "<p>See <a href=\"https://post.example/one/\">this</a> and that.</p>",
                "<p>See <a href=\"https://post.example/one/\">this</a> and that.</p>",
            ),
            (
                "<p>So</p><p>Of <a href=\"https://other.example\">others</a></p>",
                "<p>So</p><p>Of <a href=\"https://other.example\">others</a></p>",
            ),
            ("<a ", "<a "),
        ] {
            assert_eq!(without_way_back(text.to_owned(), page), expected);
        }
        let text = "<p>a</p><p><a href=\"\">b</a></p>";
        assert_eq!(without_way_back(text.to_owned(), ""), text);
    }
}
