//! The head of a page: where it ends, and what it says.

use super::Reader;
use crate::charset;
use crate::html::Span;
use crate::html::entity;
use crate::html::tag::{self, Code};

/// Facts are looked for in this many `<meta>` elements at most; pages have some fifty.
const MAX_METAS: usize = 512;

/// Which part of the document is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// The head; its facts count.
    Inside,
    /// Past where links are written, but no `<body>` has been seen: pages with
    /// a stray element in their head go on with it.
    Late,
    Over,
}

impl Reader<'_, '_> {
    /// Whether a start tag or text means that the head is over. True where it
    /// is the first content of the body.
    pub(super) fn head_before(&mut self, code: Code, span: Span) -> bool {
        let outside = self.tree.stack().len() <= 2;
        let belongs = matches!(
            code,
            tag::HTML
                | tag::HEAD
                | tag::TITLE
                | tag::META
                | tag::LINK
                | tag::SCRIPT
                | tag::STYLE
                | tag::BASE
                | tag::BASEFONT
                | tag::BGSOUND
                | tag::NOSCRIPT
                | tag::NOFRAMES
                | tag::TEMPLATE
        ) || !outside;
        let is_body = code == tag::BODY && outside;
        let over = is_body || self.body_at.is_some();
        if self.head == Head::Inside && (over || !belongs) {
            self.found.head_end = span.start;
            self.head = Head::Late;
        }
        if over {
            self.head = Head::Over;
        }
        let begins = self.begun.is_none() && (is_body || !belongs);
        if begins {
            self.begun = Some(if is_body { span.end } else { span.start });
        }
        begins
    }

    pub(super) fn facts(&mut self, code: Code) {
        let source = self.source;
        let attributes = self.tokens.attributes();
        let value = |name: &str| {
            let found = attributes.iter();
            let mut found = found.filter(|a| a.name.of(source).eq_ignore_ascii_case(name));
            found
                .next()
                .map(|attribute| entity::decode_value(attribute.value.of(source)))
        };
        match code {
            tag::META => {
                if let Some(span) = charset::declaration(source, attributes) {
                    self.found.charsets.push(span);
                }
                let name = value("property")
                    .or_else(|| value("name"))
                    .or_else(|| value("itemprop"));
                if let (Some(name), Some(content)) = (name, value("content"))
                    && self.head != Head::Over
                    && self.found.metas.len() < MAX_METAS
                {
                    let name = name.trim().to_ascii_lowercase();
                    let content = content.trim().to_owned();
                    self.found.metas.push((name, content));
                }
            }
            tag::LINK if self.head != Head::Over && self.found.canonical.is_none() => {
                let canonical = value("rel").is_some_and(|rel| {
                    rel.split_ascii_whitespace()
                        .any(|word| word.eq_ignore_ascii_case("canonical"))
                });
                if canonical {
                    self.found.canonical = value("href").map(|href| href.trim().to_owned());
                }
            }
            tag::HTML if self.found.language.is_none() => {
                self.found.language = value("lang").map(|lang| lang.trim().to_owned());
            }
            _ => {}
        }
    }
}
