//! The form in which Ghost kept texts before the present one becomes HTML, for posts that
//! have none (`mobiledoc` 0.3: sections, in which markers open and close markups that are
//! named by their numbers).
//!
//! What comes out is read like all HTML that comes in; nothing here has to be safe.

use std::fmt::Write as _;

use serde_json::Value;

use super::cards::{card, value, words};
use super::gated::may_show;
use crate::entry::Audience;
use crate::remark::{Remark, Remarks};

/// What a section is, by its number.
const MARKUP: u64 = 1;
const IMAGE: u64 = 2;
const LIST: u64 = 3;
const CARD: u64 = 10;

/// A marker that isn't text.
const ATOM: u64 = 1;

/// Markups that are open at a time; editors know five.
const MOST_OPEN: usize = 32;

/// The HTML of a document; `None` where it is none.
pub(super) fn html(document: &Value, readers: Audience, remarks: &mut Remarks) -> Option<String> {
    let sections = document.get("sections")?.as_array()?;
    let mut html = String::new();
    for section in sections {
        let said = |at: usize| section.get(at).and_then(Value::as_str).unwrap_or_default();
        match section.get(0).and_then(Value::as_u64) {
            Some(MARKUP) => {
                let tag = tag(said(1));
                let _ = write!(html, "<{tag}>");
                markers(document, section.get(2), &mut html);
                let _ = write!(html, "</{tag}>");
            }
            Some(IMAGE) => {
                let _ = write!(html, "<img src=\"{}\">", value(said(1)));
            }
            Some(LIST) => {
                let tag = if said(1) == "ol" { "ol" } else { "ul" };
                let _ = write!(html, "<{tag}>");
                for item in section
                    .get(2)
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                {
                    html.push_str("<li>");
                    markers(document, Some(item), &mut html);
                    html.push_str("</li>");
                }
                let _ = write!(html, "</{tag}>");
            }
            Some(CARD) => {
                let found = named(document, "cards", section.get(1));
                let kind = found.and_then(|found| found.get(0)?.as_str());
                let kind = kind.unwrap_or("card");
                match found.and_then(|found| found.get(1)) {
                    Some(payload) if !may_show(payload, readers, &mut html, remarks) => {}
                    Some(payload) => card(kind, payload, &mut html, remarks),
                    None => remarks.add(Remark::Block(kind.to_owned())),
                }
            }
            _ => remarks.add(Remark::LeftOut("a part of a kind that isn't known")),
        }
    }
    Some(html)
}

/// What a section's tag is here.
fn tag(name: &str) -> &'static str {
    match name {
        "h1" | "h2" => "h2",
        "h3" | "h4" | "h5" | "h6" => "h3",
        "blockquote" | "pull-quote" | "aside" => "blockquote",
        _ => "p",
    }
}

/// The entry of a table that a number names.
fn named<'a>(document: &'a Value, table: &str, number: Option<&Value>) -> Option<&'a Value> {
    let number = usize::try_from(number?.as_u64()?).ok()?;
    document.get(table)?.get(number)
}

/// Text with what is emphasised and linked in it.
fn markers(document: &Value, list: Option<&Value>, html: &mut String) {
    let mut open: Vec<&str> = Vec::new();
    for marker in list.and_then(Value::as_array).into_iter().flatten() {
        for number in marker
            .get(1)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            if let Some(markup) = named(document, "markups", Some(number))
                && open.len() < MOST_OPEN
            {
                open.push(begin(markup, html));
            }
        }
        let is_atom = marker.get(0).and_then(Value::as_u64) == Some(ATOM);
        let text = if is_atom {
            named(document, "atoms", marker.get(3)).and_then(|atom| {
                if atom.get(0)?.as_str()? == "soft-return" {
                    html.push_str("<br>");
                }
                atom.get(1)?.as_str()
            })
        } else {
            marker.get(3).and_then(Value::as_str)
        };
        html.push_str(&words(text.unwrap_or_default()));
        let closing = marker.get(2).and_then(Value::as_u64).unwrap_or_default();
        for _ in 0..closing {
            let Some(tag) = open.pop() else { break };
            let _ = write!(html, "</{tag}>");
        }
    }
    for tag in open.into_iter().rev() {
        let _ = write!(html, "</{tag}>");
    }
}

/// Opens a markup, and says by what it is closed.
fn begin(markup: &Value, html: &mut String) -> &'static str {
    let tag = match markup.get(0).and_then(Value::as_str).unwrap_or_default() {
        "strong" | "b" => "strong",
        "em" | "i" => "em",
        "a" => "a",
        "code" => "code",
        "s" => "s",
        "sub" => "sub",
        "sup" => "sup",
        _ => "span",
    };
    let attributes = markup.get(1).and_then(Value::as_array);
    let pairs = attributes.map(|list| list.chunks(2)).into_iter().flatten();
    let mut links = pairs.filter_map(|pair| match pair {
        [name, to] if name.as_str() == Some("href") => to.as_str(),
        _ => None,
    });
    match links.next().filter(|_| tag == "a") {
        Some(to) => {
            let _ = write!(html, "<a href=\"{}\">", value(to));
        }
        None => {
            let _ = write!(html, "<{tag}>");
        }
    }
    tag
}
