//! WordPress's own export, called WXR: RSS with everything that WordPress knows of a post.

use std::io::BufRead;

use jiff::tz::TimeZone;

use crate::directory::{Category, Directory};
use crate::entry::{Audience, Entry, Found, Kind, Lead, Standing, Term};
use crate::error::Error;
use crate::footnotes::{self, with_footnotes};
use crate::html::{Dialect, plain};
use crate::members;
use crate::moment;
use crate::remark::{Remark, Remarks};
use crate::xml::{Element, Names, Part, walk};

const NAMES: Names = Names {
    ids: &["wp:post_id"],
    entries: &["item"],
    facts: &[
        "title",
        "language",
        "wp:base_blog_url",
        "wp:wxr_version",
        "wp:author",
        "wp:category",
        "wp:tag",
        "wp:term",
    ],
};

/// Reads the export, each entry handed over as it comes. In the first pass, `gather`,
/// the directory is filled and entries may lack what comes after them.
pub(crate) fn read<E: From<Error>>(
    source: impl BufRead,
    zone: &TimeZone,
    directory: &mut Directory,
    gather: bool,
    each: &mut dyn FnMut(Found, &Directory) -> Result<(), E>,
) -> Result<(), E> {
    let mut is_export = false;
    walk(source, &NAMES, &mut |part| match part {
        Part::Root("rss") => Ok(()),
        Part::Root(name) => Err(other(name).into()),
        Part::Broken { line, what, known } => each(Found::Broken { line, what, known }, directory),
        Part::Entry { .. } if !is_export => {
            Err(not_one("it has no wp:wxr_version; a feed is read with --from feed").into())
        }
        Part::Entry {
            element,
            line,
            was_bytes,
        } => {
            let mut entry = item(element, line, zone, directory);
            if was_bytes {
                entry.remarks.add(Remark::Bytes);
            }
            if gather && entry.kind == Kind::Attachment {
                attach(element, &entry, directory)?;
            }
            each(Found::Entry(Box::new(entry)), directory)
        }
        Part::Fact(element) => {
            is_export |= element.name == "wp:wxr_version";
            if gather {
                fact(element, directory)?;
            }
            Ok(())
        }
    })?;
    if is_export {
        return Ok(());
    }
    Err(not_one("it has no wp:wxr_version").into())
}

fn not_one(found: &str) -> Error {
    Error::Other {
        expected: "export of WordPress",
        found: found.to_owned(),
    }
}

fn other(root: &str) -> Error {
    match root {
        "feed" => not_one("it is a feed; read it with --from feed"),
        name => not_one(&format!("it begins with <{}>", name.escape_debug())),
    }
}

/// Notes what stands outside of the entries.
fn fact(element: &Element<'_>, directory: &mut Directory) -> Result<(), Error> {
    let text = || plain(&element.text, &mut Remarks::default());
    match &*element.name {
        "title" if directory.site.name.is_empty() => directory.site.name = text(),
        "language" if directory.site.language.is_empty() => {
            element.text.trim().clone_into(&mut directory.site.language);
        }
        "wp:base_blog_url" => {
            let address = element.text.trim().trim_end_matches('/');
            address.clone_into(&mut directory.site.address);
        }
        "wp:author" => {
            let login = element.value("wp:author_login");
            let named = plain(
                element.value("wp:author_display_name"),
                &mut Remarks::default(),
            );
            let named = if named.is_empty() {
                login.to_owned()
            } else {
                named
            };
            directory.charge(&[login, &named])?;
            directory.authors.insert(login.to_owned(), named);
        }
        "wp:category" => {
            let names = ["wp:category_nicename", "wp:cat_name", "wp:category_parent"];
            category(element, names, directory)?;
        }
        "wp:term" if element.value("wp:term_taxonomy") == "category" => {
            let names = ["wp:term_slug", "wp:term_name", "wp:term_parent"];
            category(element, names, directory)?;
        }
        _ => {}
    }
    Ok(())
}

fn category(
    element: &Element<'_>,
    [slug, name, parent]: [&str; 3],
    directory: &mut Directory,
) -> Result<(), Error> {
    let (slug, parent) = (element.value(slug), element.value(parent));
    let name = plain(element.value(name), &mut Remarks::default());
    directory.charge(&[slug, &name, parent])?;
    let found = Category {
        name,
        parent: parent.to_owned(),
        number: element.value("wp:term_id").to_owned(),
    };
    directory.categories.insert(slug.to_owned(), found);
    Ok(())
}

/// Notes a picture or file that others refer to by its number.
fn attach(element: &Element<'_>, entry: &Entry, directory: &mut Directory) -> Result<(), Error> {
    let address = element.value("wp:attachment_url");
    let alt =
        meta(element, "_wp_attachment_image_alt").map(|alt| plain(alt, &mut Remarks::default()));
    let caption = plain(&entry.excerpt, &mut Remarks::default());
    if address.is_empty() {
        return Ok(());
    }
    let id = element.value("wp:post_id");
    directory.charge(&[id, address, alt.as_deref().unwrap_or_default(), &caption])?;
    let lead = Lead {
        address: address.to_owned(),
        alt: alt.filter(|alt| !alt.is_empty()),
        caption: Some(caption).filter(|caption| !caption.is_empty()),
    };
    directory.attachments.insert(id.to_owned(), lead);
    Ok(())
}

/// What a field of the post's own says.
fn meta<'a>(element: &'a Element<'_>, key: &str) -> Option<&'a str> {
    let found = element
        .all("wp:postmeta")
        .find(|meta| meta.value("wp:meta_key") == key);
    found
        .map(|meta| meta.value("wp:meta_value"))
        .filter(|value| !value.is_empty())
}

fn item(element: &Element<'_>, line: u64, zone: &TimeZone, directory: &Directory) -> Entry {
    let mut remarks = Remarks::default();
    let kind = match element.value("wp:post_type") {
        "post" => Kind::Story,
        "page" => Kind::Page,
        "attachment" => Kind::Attachment,
        other => Kind::Other(other.to_owned()),
    };
    let standing = match element.value("wp:status") {
        _ if !element.value("wp:post_password").is_empty() => Standing::Password,
        "publish" => Standing::Out,
        "future" => Standing::Scheduled,
        other => Standing::Hidden(other.to_owned()),
    };
    let time = |name| {
        let text = element.value(name);
        moment::local(text, &TimeZone::UTC)
    };
    let local_time = moment::local(element.value("wp:post_date"), zone);
    let published = time("wp:post_date_gmt").or(local_time);
    let published = published.or_else(|| moment::any(element.value("pubDate"), zone));
    let updated = time("wp:post_modified_gmt");
    let comments = element
        .all("wp:comment")
        .filter(|comment| comment.value("wp:comment_approved") == "1")
        .count();
    if comments > 0 {
        remarks.add(Remark::Comments(comments as u64));
    }
    if element.value("wp:is_sticky") == "1" {
        remarks.add(Remark::Sticky);
    }
    let (categories, tags, mut byline) = terms(element, &mut remarks);
    if byline.is_empty() {
        let login = element.value("dc:creator");
        let named = directory.authors.get(login).map_or(login, String::as_str);
        byline.extend(Some(named.to_owned()).filter(|name| !name.is_empty()));
    }
    let body = element.value("content:encoded");
    let body = with_footnotes(body, meta(element, footnotes::FIELD), &mut remarks).into_owned();
    let picture = meta(element, "_thumbnail_id").and_then(|id| directory.attachments.get(id));
    let has_lost_picture =
        meta(element, "_thumbnail_id").is_some_and(|id| id != "0") && picture.is_none();
    if has_lost_picture {
        remarks.add(Remark::LeftOut(
            "its picture, which the export doesn't name,",
        ));
    }
    let fields = element
        .all("wp:postmeta")
        .map(|meta| (meta.value("wp:meta_key"), meta.value("wp:meta_value")));
    let gate = members::of_fields(fields).map(|by| (0, by));
    let gate = gate.or_else(|| members::of_text(&body));
    let open = gate.as_ref().map_or(body.len(), |(at, _)| *at);
    let audience = gate.map(|(_, by)| {
        remarks.add(Remark::Locked(by));
        Audience::Paying
    });
    let excerpt = element.value("excerpt:encoded");
    let excerpt_end = members::of_text(excerpt).map_or(excerpt.len(), |(at, _)| at);
    Entry {
        line,
        id: element.value("wp:post_id").to_owned(),
        kind,
        standing,
        title: element.value("title").to_owned(),
        slug: element.value("wp:post_name").to_owned(),
        address: Some(element.value("link").to_owned()).filter(|address| !address.is_empty()),
        excerpt: excerpt.get(..excerpt_end).unwrap_or_default().to_owned(),
        open,
        description: description(element),
        body,
        dialect: Dialect::WordPress,
        byline,
        categories: in_order(&categories, element, directory),
        tags,
        published,
        updated,
        audience,
        picture: picture.cloned(),
        remarks,
    }
}

/// What plugins for search engines tell these of it, unless that has to be filled in.
fn description(element: &Element<'_>) -> String {
    let keys = ["_yoast_wpseo_metadesc", "rank_math_description"];
    let mut said = keys.into_iter().filter_map(|key| meta(element, key));
    let found = said.find(|said| !said.contains('%') && members::of_text(said).is_none());
    found.unwrap_or_default().to_owned()
}

type Terms = (Vec<Term>, Vec<Term>, Vec<String>);

/// Categories, tags, and the authors that plugins file as terms.
fn terms(element: &Element<'_>, remarks: &mut Remarks) -> Terms {
    let (mut categories, mut tags, mut authors) = (Vec::new(), Vec::new(), Vec::new());
    for found in element.all("category") {
        let term = Term {
            name: plain(&found.text, remarks),
            slug: found.attribute("nicename").unwrap_or_default().to_owned(),
        };
        if term.name.is_empty() {
            continue;
        }
        match found.attribute("domain").unwrap_or_default() {
            "category" => categories.push(term),
            "post_tag" => tags.push(term),
            "author" => authors.push(term.name),
            "post_format" | "nav_menu" | "wp_theme" => {}
            "language" => remarks.add(Remark::LeftOut(
                "the language that it is filed under, which `language` says here,",
            )),
            other => remarks.add(Remark::Field(format!("{other} \"{}\"", term.name))),
        }
    }
    (categories, tags, authors)
}

/// The category that the editor called the main one first, then the narrowest: one that
/// others of the post's are in says least.
fn in_order(terms: &[Term], element: &Element<'_>, directory: &Directory) -> Vec<Term> {
    // Two plugins for search engines let editors choose; WordPress itself doesn't.
    let keys = [
        "_yoast_wpseo_primary_category",
        "rank_math_primary_category",
    ];
    let main = keys
        .into_iter()
        .find_map(|key| meta(element, key))
        .unwrap_or("none");
    let number = |term: &Term| {
        directory
            .categories
            .get(&term.slug)
            .map(|found| &*found.number)
    };
    let is_outer = |term: &Term| {
        let lines = terms
            .iter()
            .map(|other| directory.line_of(&other.slug).skip(1));
        lines.flatten().any(|outer| outer.slug == term.slug)
    };
    let rank = |term: &Term| (number(term) != Some(main), is_outer(term));
    let mut ranked: Vec<_> = terms
        .iter()
        .map(|term| (rank(term), term.clone()))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, term)| term).collect()
}
