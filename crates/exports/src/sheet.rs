//! The file of a story or page: front matter and Markdown.
//!
//! What is written here is read by the publication; every text is quoted so that it
//! can't be more than a text.

use std::fmt::Write as _;

use access::Tier;
use jiff::Timestamp;
use publication::Slug;

/// The longest text of one key, in bytes; the publication takes 2000.
const MAX_TEXT: usize = 1900;

/// How many tags or authors are taken; the publication takes 50.
pub(crate) const MAX_LIST: usize = 50;

/// Everything above a story's text.
#[derive(Clone, Debug)]
pub(crate) struct StoryHead {
    pub(crate) title: String,
    pub(crate) standfirst: String,
    pub(crate) label: String,
    pub(crate) byline: Vec<String>,
    pub(crate) published: Timestamp,
    pub(crate) updated: Option<Timestamp>,
    pub(crate) section: Slug,
    pub(crate) tags: Vec<String>,
    pub(crate) tier: Tier,
    /// So many paragraphs everybody could read, where it wasn't all of them.
    pub(crate) preview: Option<usize>,
    pub(crate) picture: Option<LeadPicture>,
}

/// The picture over a story.
#[derive(Clone, Debug)]
pub(crate) struct LeadPicture {
    pub(crate) file: String,
    pub(crate) alt: String,
    pub(crate) caption: Option<String>,
}

/// A story's file.
pub(crate) fn story(head: &StoryHead, body: &str) -> String {
    let mut text = String::with_capacity(body.len() + 1024);
    text.push_str("+++\n");
    line(&mut text, "title", &head.title);
    line(&mut text, "standfirst", &head.standfirst);
    line(&mut text, "label", &head.label);
    list(&mut text, "byline", &head.byline);
    let _ = writeln!(text, "published = {}", head.published);
    if let Some(updated) = head.updated {
        let _ = writeln!(text, "updated = {updated}");
    }
    line(&mut text, "section", head.section.as_str());
    if !head.tags.is_empty() {
        list(&mut text, "tags", &head.tags);
    }
    line(&mut text, "tier", head.tier.as_str());
    if let Some(preview) = head.preview {
        let _ = writeln!(text, "preview = {preview}");
    }
    if let Some(picture) = &head.picture {
        text.push_str("\n[picture]\n");
        line(&mut text, "file", &picture.file);
        line(&mut text, "alt", &picture.alt);
        if let Some(caption) = &picture.caption {
            line(&mut text, "caption", caption);
        }
    }
    text.push_str("+++\n\n");
    text.push_str(body);
    text
}

/// A page's file.
pub(crate) fn page(title: &str, standfirst: &str, body: &str) -> String {
    let mut text = String::from("+++\n");
    line(&mut text, "title", title);
    if !standfirst.is_empty() {
        line(&mut text, "standfirst", standfirst);
    }
    text.push_str("+++\n\n");
    text.push_str(body);
    text
}

fn line(text: &mut String, key: &str, value: &str) {
    let _ = writeln!(text, "{key} = {}", quoted(value));
}

fn list(text: &mut String, key: &str, values: &[String]) {
    let quoted: Vec<String> = values.iter().map(|value| self::quoted(value)).collect();
    let _ = writeln!(text, "{key} = [{}]", quoted.join(", "));
}

/// A text as TOML has it, on one line.
pub(crate) fn quoted(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    text.push('"');
    for c in fitting(value).chars() {
        match c {
            '"' | '\\' => {
                text.push('\\');
                text.push(c);
            }
            c if c.is_control() => text.push(' '),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

/// The text cut at a blank where it is longer than a key may have.
fn fitting(value: &str) -> &str {
    if value.len() <= MAX_TEXT {
        return value;
    }
    let mut end = MAX_TEXT;
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    let cut = &value[..end];
    cut.rfind(' ').map_or(cut, |blank| &cut[..blank])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_never_more_than_a_text() {
        for (value, expected) in [
            ("Plain", "\"Plain\""),
            ("\"so\" \\n", "\"\\\"so\\\" \\\\n\""),
            ("two\nlines\u{0}\u{7f}", "\"two lines  \""),
            (
                "\"\n+++\ntier = \"free\"",
                "\"\\\" +++ tier = \\\"free\\\"\"",
            ),
        ] {
            assert_eq!(quoted(value), expected);
            let table: toml::Table = format!("key = {expected}").parse().expect("TOML");
            assert!(table["key"].is_str());
        }
        assert!(quoted(&"words ".repeat(1000)).len() <= MAX_TEXT + 2);
    }
}
