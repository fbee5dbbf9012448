//! Ghost's cards: pictures, embedded things, boxes. They say the same in both of the forms
//! in which Ghost keeps a text.
//!
//! What comes out is read like all HTML that comes in; nothing here has to be safe.

use std::fmt::Write as _;

use pulldown_cmark::html::push_html;
use pulldown_cmark::{Options, Parser};
use serde_json::Value;

use crate::remark::{Remark, Remarks};

/// What a card of that kind says.
pub(super) fn card(kind: &str, node: &Value, html: &mut String, remarks: &mut Remarks) {
    let said = |key: &str| node.get(key).and_then(Value::as_str).unwrap_or_default();
    let picture = |node: &Value, html: &mut String| {
        let said = |key: &str| node.get(key).and_then(Value::as_str).unwrap_or_default();
        let _ = write!(
            html,
            "<figure><img src=\"{}\" alt=\"{}\"><figcaption>{}</figcaption></figure>",
            value(said("src")),
            value(said("alt")),
            said("caption")
        );
    };
    match kind {
        "image" => picture(node, html),
        "gallery" => {
            for image in node
                .get("images")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                picture(image, html);
            }
        }
        "html" => html.push_str(said("html")),
        "codeblock" | "code" => {
            let _ = write!(
                html,
                "<pre><code class=\"language-{}\">{}</code></pre>",
                value(said("language")),
                words(said("code"))
            );
        }
        "embed" | "video" | "audio" => {
            let address = if said("url").is_empty() {
                said("src")
            } else {
                said("url")
            };
            let _ = write!(html, "<iframe src=\"{}\"></iframe>", value(address));
        }
        "bookmark" | "button" | "file" => {
            let address = ["url", "buttonUrl", "src"]
                .into_iter()
                .map(said)
                .find(|text| !text.is_empty());
            let title = ["title", "buttonText", "fileTitle", "fileName"]
                .into_iter()
                .map(said);
            let meta = node
                .get("metadata")
                .and_then(|meta| meta.get("title"))
                .and_then(Value::as_str);
            let title = meta.into_iter().chain(title).find(|text| !text.is_empty());
            let address = address.unwrap_or_default();
            let _ = write!(
                html,
                "<p><a href=\"{}\">{}</a></p>",
                value(address),
                words(title.unwrap_or(address))
            );
        }
        "callout" => {
            let _ = write!(html, "<blockquote>{}</blockquote>", said("calloutText"));
        }
        "toggle" => {
            let _ = write!(
                html,
                "<p><strong>{}</strong></p>{}",
                said("heading"),
                said("content")
            );
        }
        "markdown" | "card-markdown" => {
            let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
            push_html(html, Parser::new_ext(said("markdown"), options));
        }
        "horizontalrule" | "hr" => html.push_str("<hr>"),
        "paywall" => html.push_str(super::PAYWALL),
        other => remarks.add(Remark::Block(other.to_owned())),
    }
}

/// Plain text as HTML.
pub(super) fn words(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The same within the quotation marks of an attribute.
pub(super) fn value(text: &str) -> String {
    words(text).replace('"', "&quot;")
}
