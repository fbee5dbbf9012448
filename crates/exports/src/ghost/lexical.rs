//! Ghost's own form of a text becomes HTML, for posts that were never published in it and
//! so have no HTML yet.
//!
//! What comes out is read like all HTML that comes in; nothing here has to be safe.

use std::fmt::Write as _;

use serde_json::Value;

use super::cards::{card, value, words};
use super::gated::may_show;
use crate::entry::Audience;
use crate::remark::Remarks;

/// How deep a document is nested: lists in lists in a quotation.
const MAX_DEPTH: usize = 60;

/// How text is set: a bit each (`lexical/src/LexicalConstants.ts`).
const FORMATS: [(u64, &str); 7] = [
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (8, "u"),
    (16, "code"),
    (32, "sub"),
    (64, "sup"),
];

/// The HTML of a document.
pub(super) fn html(document: &Value, readers: Audience, remarks: &mut Remarks) -> String {
    let mut html = String::new();
    if let Some(root) = document.get("root") {
        children(root, 0, &mut html, readers, remarks);
    }
    html
}

fn children(
    node: &Value,
    depth: usize,
    html: &mut String,
    readers: Audience,
    remarks: &mut Remarks,
) {
    if depth > MAX_DEPTH {
        return;
    }
    for child in node
        .get("children")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        one(child, depth, html, readers, remarks);
    }
}

fn one(node: &Value, depth: usize, html: &mut String, readers: Audience, remarks: &mut Remarks) {
    let said = |key: &str| node.get(key).and_then(Value::as_str).unwrap_or_default();
    if !may_show(node, readers, html, remarks) {
        return;
    }
    let mut wrap = |open: &str, close: &str, remarks: &mut Remarks| {
        html.push_str(open);
        children(node, depth + 1, html, readers, remarks);
        html.push_str(close);
    };
    match said("type") {
        "paragraph" => wrap("<p>", "</p>", remarks),
        "heading" | "extended-heading" => {
            let tag = if matches!(said("tag"), "h1" | "h2") {
                "h2"
            } else {
                "h3"
            };
            wrap(&format!("<{tag}>"), &format!("</{tag}>"), remarks);
        }
        "quote" | "extended-quote" | "aside" => {
            wrap("<blockquote><p>", "</p></blockquote>", remarks);
        }
        "list" => {
            let tag = if said("listType") == "number" {
                "ol"
            } else {
                "ul"
            };
            wrap(&format!("<{tag}>"), &format!("</{tag}>"), remarks);
        }
        "listitem" => wrap("<li>", "</li>", remarks),
        "link" | "autolink" => {
            let open = format!("<a href=\"{}\">", value(said("url")));
            wrap(&open, "</a>", remarks);
        }
        "linebreak" => html.push_str("<br>"),
        "horizontalrule" => html.push_str("<hr>"),
        "text" | "extended-text" | "code-highlight" | "tab" => text(node, html),
        kind => card(kind, node, html, remarks),
    }
}

fn text(node: &Value, html: &mut String) {
    let format = node
        .get("format")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    let tags = || FORMATS.iter().filter(|(bit, _)| format & bit != 0);
    for (_, tag) in tags() {
        let _ = write!(html, "<{tag}>");
    }
    html.push_str(&words(
        node.get("text").and_then(Value::as_str).unwrap_or_default(),
    ));
    for (_, tag) in tags().rev() {
        let _ = write!(html, "</{tag}>");
    }
}
