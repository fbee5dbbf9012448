//! WordPress's shortcodes, `[caption …]…[/caption]` and the like, become HTML or go.
//!
//! What only looks like one, such as `[sic]`, stays. What comes out is read like
//! everything else, so nothing gets past the reader by way of a shortcode.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::Places;
use crate::remark::{Remark, Remarks};

/// The longest name there is. WordPress has no limit; plugins stay below forty.
const MAX_NAME: usize = 64;

/// How long a shortcode may be in its brackets.
const MAX_TAG: usize = 8 * 1024;

/// How many pictures a gallery shows.
const MAX_GALLERY: usize = 200;

/// Those that are shortcodes even without anything that tells so.
const KNOWN: [&str; 16] = [
    "caption",
    "wp_caption",
    "gallery",
    "embed",
    "video",
    "audio",
    "playlist",
    "youtube",
    "vimeo",
    "tweet",
    "instagram",
    "contact-form-7",
    "toc",
    "soundcloud",
    "gist",
    "contact-form",
];

/// A shortcode as it is written.
#[derive(Debug)]
struct Tag<'a> {
    name: &'a str,
    inside: &'a str,
    is_end: bool,
    /// Where what follows begins.
    end: usize,
}

/// Where the ends of shortcodes are, by their names. They are looked for once, so that
/// thousands of beginnings don't each look through the whole text.
struct Ends<'a> {
    html: &'a str,
    places: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Ends<'a> {
    fn of(html: &'a str) -> Self {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, _) in html.match_indices("[/") {
            let rest = &html[at + 2..];
            let length = name_length(rest);
            if length > 0 && rest[length..].starts_with(']') {
                places.entry(&rest[..length]).or_default().push(at);
            }
        }
        Self { html, places }
    }

    /// What is between a shortcode and its end, and where that is over.
    fn body(&self, tag: &Tag<'_>) -> Option<(&'a str, usize)> {
        let places = self.places.get(tag.name)?;
        let next = places.partition_point(|at| *at < tag.end);
        let at = *places.get(next)?;
        Some((&self.html[tag.end..at], at + tag.name.len() + 3))
    }
}

fn name_length(text: &str) -> usize {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    text.bytes().take(MAX_NAME + 1).take_while(is_name).count()
}

/// The text with its shortcodes expanded.
pub(super) fn expand(html: &str, places: &dyn Places, remarks: &mut Remarks) -> String {
    let mut text = String::with_capacity(html.len());
    let ends = Ends::of(html);
    let mut at = 0;
    while let Some(found) = html[at..].find(['[', '<']) {
        text.push_str(&html[at..at + found]);
        at += found;
        if html[at..].starts_with('<') {
            // Brackets within a tag or a comment belong to it.
            let near = &html.as_bytes()[at..html.len().min(at + MAX_TAG)];
            let end = if near.starts_with(b"<!--") {
                memchr::memmem::find(near, b"-->").map(|end| end + 3)
            } else {
                memchr::memchr(b'>', near).map(|end| end + 1)
            };
            let end = end.unwrap_or(1);
            text.push_str(&html[at..at + end]);
            at += end;
            continue;
        }
        // [[so]] is [so] itself.
        if html[at..].starts_with("[[")
            && let Some(end) = closing(&html[at + 2..]).map(|end| end + 2)
            && html[at + end..].starts_with("]]")
        {
            text.push_str(&html[at + 1..=at + end]);
            at += end + 2;
            continue;
        }
        let Some(tag) = tag(html, at).filter(|tag| is_one(tag, &ends)) else {
            text.push('[');
            at += 1;
            continue;
        };
        at = replace(&tag, &ends, &mut text, places, remarks);
    }
    text.push_str(&html[at..]);
    text
}

/// What is in the brackets at `at`, if it could be a shortcode.
fn tag(html: &str, at: usize) -> Option<Tag<'_>> {
    let rest = &html[at + 1..];
    let is_end = rest.starts_with('/');
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let length = rest
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        .count();
    if length == 0
        || length > MAX_NAME
        || rest.starts_with(|c: char| c.is_ascii_digit() || c == '-')
    {
        return None;
    }
    let after = &rest[length..];
    if !after.starts_with([']', ' ', '\n', '\t', '/', '=', '\u{a0}']) {
        return None;
    }
    let close = closing(after)?;
    Some(Tag {
        name: &rest[..length],
        inside: after[..close].trim_end_matches('/'),
        is_end,
        end: at + 1 + usize::from(is_end) + length + close + 1,
    })
}

/// Where the bracket is that closes it, outside quotation marks.
fn closing(text: &str) -> Option<usize> {
    let mut quote = None;
    for (index, c) in text.char_indices() {
        if index > MAX_TAG {
            return None;
        }
        match (quote, c) {
            (None, ']') => return Some(index),
            (None, '[') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// Whether it is a shortcode and not words in brackets: it is a known one, is told
/// something, has a name that nobody writes in brackets, or has an end.
fn is_one(tag: &Tag<'_>, ends: &Ends<'_>) -> bool {
    tag.is_end
        || KNOWN.contains(&tag.name)
        || tag.inside.contains('=')
        || tag.name.contains('_')
        || ends.body(tag).is_some()
}

/// Writes what it becomes, and says where to go on.
fn replace(
    tag: &Tag<'_>,
    ends: &Ends<'_>,
    text: &mut String,
    places: &dyn Places,
    remarks: &mut Remarks,
) -> usize {
    let value = |name| attribute(tag.inside, name);
    let body = || ends.body(tag);
    let mut frame = |address: &str| {
        let _ = write!(
            text,
            "\n\n<iframe src=\"{}\"></iframe>\n\n",
            escaped(address)
        );
    };
    match (tag.name, tag.is_end) {
        ("caption" | "wp_caption", false) => {
            let Some((inner, end)) = body() else {
                return tag.end;
            };
            let split = inner
                .find("/>")
                .map(|at| at + 2)
                .or(inner.find("</a>").map(|at| at + 4));
            let split = inner.find("</a>").map(|at| at + 4).or(split);
            let split = split
                .or_else(|| Some(inner.find('>')? + 1))
                .unwrap_or(inner.len());
            let (picture, words) = inner.split_at(split);
            let words = value("caption").unwrap_or_else(|| words.to_owned());
            let _ = write!(
                text,
                "\n\n<figure>{picture}<figcaption>{words}</figcaption></figure>\n\n"
            );
            end
        }
        ("gallery", false) => {
            let ids = value("ids").or(value("include")).unwrap_or_default();
            let mut is_any = false;
            for id in ids.split(',').map(str::trim).take(MAX_GALLERY) {
                if let Some(found) = places.attachment(id) {
                    is_any = true;
                    let _ = write!(
                        text,
                        "\n\n<figure><img src=\"{}\" alt=\"{}\"><figcaption>{}</figcaption></figure>\n\n",
                        escaped(&found.address),
                        escaped(found.alt.as_deref().unwrap_or_default()),
                        escaped(found.caption.as_deref().unwrap_or_default())
                    );
                }
            }
            if !is_any {
                remarks.add(Remark::LeftOut(
                    "a gallery of pictures that the export doesn't name",
                ));
            }
            tag.end
        }
        ("embed", false) => {
            let Some((inner, end)) = body() else {
                return tag.end;
            };
            frame(inner.trim());
            end
        }
        ("video" | "audio" | "youtube" | "vimeo" | "soundcloud" | "gist" | "tweet", false) => {
            let names = [
                "src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "url", "id",
            ];
            let given = names.into_iter().find_map(value);
            // [youtube=https://…] and [youtube https://…]
            let bare = tag.inside.trim_start_matches('=').trim().to_owned();
            let bare = Some(bare).filter(|bare| bare.starts_with("http"));
            let end = body().map(|(_, end)| end);
            let found = given.or(bare).filter(|found| found.contains("//"));
            match found {
                Some(address) => frame(&address),
                None => remarks.add(Remark::LeftOut("something embedded without an address")),
            }
            end.unwrap_or(tag.end)
        }
        (name, is_end) => {
            // Its end was spoken of with its beginning.
            if !is_end {
                remarks.add(Remark::Shortcode(name.to_owned()));
            }
            tag.end
        }
    }
}

/// What an attribute says: `name="so"`, `name='so'` or `name=so`.
fn attribute(inside: &str, name: &str) -> Option<String> {
    let mut rest = inside;
    while let Some(at) = rest.find(name) {
        let stands_alone = rest[..at]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace);
        let after = rest[at + name.len()..].trim_start();
        if let (true, Some(value)) = (stands_alone, after.strip_prefix('=')) {
            let value = value.trim_start();
            let quoted = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let found = match quoted {
                Some(quote) => value[1..].split(quote).next(),
                None => value.split(char::is_whitespace).next(),
            };
            return found.map(str::to_owned).filter(|found| !found.is_empty());
        }
        rest = &rest[at + name.len()..];
    }
    None
}

/// Text as an attribute's value.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}
