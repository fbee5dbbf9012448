//! How a page is built, for whoever has to find out how a site marks its
//! stories: what its head says, where it links to, and which elements hold how
//! much of its running text.
//!
//! Nothing is cut by this; it describes pages to people who write selectors.

use std::collections::HashMap;

use crate::charset;
use crate::error::CompileError;
use crate::html::select::can_hold_a_prompt;
use crate::html::tag::{self, Code};
use crate::html::token::{Attribute, Kind, Token, Tokenizer};
use crate::html::tree::{Open, Space, Started, Tree};
use crate::html::{Span, entity};
use crate::options::Limits;
use crate::read::{separates, step};
use crate::words::{Counter, WORD};

/// Elements described of one page: the longest live blogs met have some ten
/// thousand. The text of those beyond counts for the ones around them.
const MAX_ELEMENTS: usize = 32 * 1024;

/// Links, meta elements and scripts with JSON-LD remembered of one page, each:
/// the largest front pages met link to some two thousand places.
const MAX_REMEMBERED: usize = 8 * 1024;

/// Classes remembered of one element: style sheets made of single properties
/// give some thirty.
const MAX_CLASSES: usize = 64;

/// Words in a row from which text outside of a paragraph counts as running
/// text: captions, bylines and the labels of buttons have fewer.
const RUNNING: u64 = 12;

/// How a page is built.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Names and contents of `<meta>`: the name is in lower case, and is the
    /// value of `property`, `name` or `itemprop`.
    pub metas: Vec<(String, String)>,
    /// The page's `<link>` elements.
    pub links: Vec<Link>,
    /// Where its `<a>` lead, as written.
    pub anchors: Vec<String>,
    /// Its scripts with JSON-LD, as written.
    pub linked: Vec<String>,
    /// How many other scripts it has.
    pub scripts: usize,
    /// The values of `data-key` on scripts: content systems name there what
    /// their own interfaces are asked with.
    pub keys: Vec<String>,
    /// Its title.
    pub title: Option<String>,
    /// The language tag of the page.
    pub language: Option<String>,
    /// Its elements in the order of the page, `html` and `body` left out.
    pub elements: Vec<Element>,
    /// Words of running text on the page.
    pub words: u64,
}

/// A `<link>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// `rel`, in lower case.
    pub rel: String,
    /// `type`, in lower case; empty where there is none.
    pub media: String,
    /// `href` as written.
    pub href: String,
}

/// An element.
#[derive(Clone, Debug)]
pub struct Element {
    /// The number of the one around it; `None` right below `body`.
    pub parent: Option<usize>,
    /// Its name in lower case.
    pub name: String,
    /// Its `id`.
    pub id: Option<String>,
    /// Its classes.
    pub classes: Vec<String>,
    /// Its `itemprop`.
    pub property: Option<String>,
    /// Words of running text in it: in paragraphs, or many in a row.
    pub words: u64,
    /// Whether a story's body may be such an element.
    pub can_be_body: bool,
}

impl Outline {
    /// The first content that a `<meta>` of this name gives.
    pub fn meta(&self, name: &str) -> Option<&str> {
        let found = self.metas.iter().find(|(known, _)| known == name);
        found.map(|(_, content)| content.as_str())
    }
}

/// Describes the HTML of a page. `charset` is what the response's
/// `Content-Type` says of its encoding, if anything.
///
/// # Errors
///
/// A page that can't be read safely, for the reasons of
/// [`compile`](crate::compile()).
pub fn outline(html: &[u8], charset: Option<&str>) -> Result<Outline, CompileError> {
    let limit = Limits::default().html;
    if html.len() > limit {
        return Err(CompileError::TooLarge {
            len: html.len(),
            limit,
        });
    }
    let decoded = charset::decode(html, charset)?;
    let mut surveyor = Surveyor {
        source: &decoded.text,
        tokens: Tokenizer::new(&decoded.text),
        tree: Tree::new(&decoded.text),
        numbers: HashMap::new(),
        out: Outline::default(),
    };
    while let Some(token) = surveyor.tokens.next() {
        surveyor.token(token)?;
        surveyor.tokens.cdata = surveyor.tree.in_foreign();
    }
    Ok(surveyor.out)
}

struct Surveyor<'a> {
    source: &'a str,
    tokens: Tokenizer<'a>,
    tree: Tree<'a>,
    /// Which element a number of the tree's is.
    numbers: HashMap<u32, usize>,
    out: Outline,
}

impl Surveyor<'_> {
    fn token(&mut self, token: Token) -> Result<(), CompileError> {
        match token.kind {
            Kind::Start { tag, .. } => self.start(token, tag.code)?,
            Kind::Text | Kind::Cdata => self.text(token.span),
            Kind::Doctype => self.tree.doctype(token.span.of(self.source)),
            _ => {
                step(self.source, &mut self.tokens, &mut self.tree, token)?;
            }
        }
        Ok(())
    }

    fn start(&mut self, token: Token, code: Code) -> Result<(), CompileError> {
        let attributes: Vec<Attribute> = self.tokens.attributes().to_vec();
        let value = |name: &str| value(self.source, &attributes, name);
        let element = Element {
            parent: None,
            name: String::new(),
            id: value("id").filter(|id| !id.is_empty()),
            classes: value("class").map_or_else(Vec::new, |classes| {
                let classes = classes.split_whitespace().take(MAX_CLASSES);
                classes.map(ToOwned::to_owned).collect()
            }),
            property: value("itemprop"),
            words: 0,
            can_be_body: can_hold_a_prompt(code),
        };
        match code {
            tag::META => {
                let name = value("property")
                    .or_else(|| value("name"))
                    .or_else(|| value("itemprop"));
                if let (Some(name), Some(content)) = (name, value("content")) {
                    let pair = (name.trim().to_ascii_lowercase(), content.trim().to_owned());
                    remember(&mut self.out.metas, pair);
                }
            }
            tag::LINK => {
                if let (Some(rel), Some(href)) = (value("rel"), value("href")) {
                    let link = Link {
                        rel: rel.trim().to_ascii_lowercase(),
                        media: value("type").unwrap_or_default().to_ascii_lowercase(),
                        href: href.trim().to_owned(),
                    };
                    remember(&mut self.out.links, link);
                }
            }
            tag::A => {
                if let Some(href) = value("href") {
                    remember(&mut self.out.anchors, href.trim().to_owned());
                }
            }
            tag::HTML if self.out.language.is_none() => self.out.language = value("lang"),
            tag::SCRIPT => {
                if let Some(key) = value("data-key") {
                    remember(&mut self.out.keys, key);
                }
            }
            _ => {}
        }
        let media = value("type").unwrap_or_default().to_ascii_lowercase();
        let Some((started, content)) = step(self.source, &mut self.tokens, &mut self.tree, token)?
        else {
            return Ok(());
        };
        match started {
            Started::Pushed => self.element(element),
            Started::Raw(_) => self.raw(code, &media, content),
            _ => {}
        }
        Ok(())
    }

    /// The element that has just been opened.
    fn element(&mut self, element: Element) {
        let Some((open, around)) = self.tree.stack().split_last() else {
            return;
        };
        if self.out.elements.len() >= MAX_ELEMENTS {
            return;
        }
        let mut around = around.iter().rev();
        let parent = around.find_map(|open| self.numbers.get(&open.number));
        let element = Element {
            parent: parent.copied(),
            name: open.tag.text(self.source),
            can_be_body: element.can_be_body && open.space == Space::Html,
            ..element
        };
        self.numbers.insert(open.number, self.out.elements.len());
        self.out.elements.push(element);
    }

    fn raw(&mut self, code: Code, media: &str, content: Span) {
        let text = content.of(self.source);
        match code {
            tag::TITLE if self.out.title.is_none() => {
                self.out.title = Some(entity::decode(text).trim().to_owned());
            }
            tag::SCRIPT if media.starts_with("application/ld+json") => {
                remember(&mut self.out.linked, text.to_owned());
            }
            tag::SCRIPT => self.out.scripts += 1,
            _ => {}
        }
    }

    fn text(&mut self, span: Span) {
        let text = span.of(self.source);
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            return;
        }
        self.tree.begun();
        let words = words(text);
        let stack = self.tree.stack();
        if stack.iter().any(is_beside) {
            return;
        }
        let around = stack.iter().rev().find(|open| separates(open.tag.code));
        let counts = around.map_or(words >= RUNNING, |open| match open.tag.code {
            tag::P => true,
            code => !tag::is_heading(code) && words >= RUNNING,
        });
        if !counts {
            return;
        }
        self.out.words += words;
        for open in stack {
            let number = self.numbers.get(&open.number);
            if let Some(element) = number.and_then(|number| self.out.elements.get_mut(*number)) {
                element.words += words;
            }
        }
    }
}

/// What stands in such an element is no running text of the page's.
fn is_beside(open: &Open) -> bool {
    open.space != Space::Html
        || matches!(
            open.tag.code,
            tag::NAV | tag::FOOTER | tag::ASIDE | tag::FORM | tag::TEMPLATE | tag::BUTTON
        )
}

fn value(source: &str, attributes: &[Attribute], name: &str) -> Option<String> {
    let mut found = attributes.iter();
    let found = found.find(|one| one.name.of(source).eq_ignore_ascii_case(name))?;
    Some(entity::decode_value(found.value.of(source)).into_owned())
}

fn remember<T>(list: &mut Vec<T>, one: T) {
    if list.len() < MAX_REMEMBERED {
        list.push(one);
    }
}

/// Words of a text, as previews are measured.
pub(crate) fn words(text: &str) -> u64 {
    let mut counter = Counter::default();
    for char in entity::decode(text).chars() {
        counter.take(char);
    }
    counter.length / WORD
}
