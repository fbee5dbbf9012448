//! HTML as a tree of few things: elements, text, comments.
//!
//! The standard's own tokeniser reads it; the tree is built here, simpler than a
//! browser's. Nothing of it is ever printed as HTML, so the two needn't agree on
//! what is broken. Scripts, styles and event handlers end here. Whatever is
//! nested deeper than [`MAX_DEPTH`] stays with what it is in.

use std::cell::RefCell;

use html5ever::LocalName;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tokenizer::{
    CharacterTokens, CommentToken, EndTag, StartTag, Tag, TagToken, Token, TokenSink,
    TokenSinkResult, Tokenizer, TokenizerOpts, states,
};

use crate::remark::{Remark, Remarks};

/// How deep elements are nested. Pages that people wrote have a dozen levels, ones
/// that page builders wrote thirty.
const MAX_DEPTH: usize = 120;

/// How many characters a comment may have: the longest name of a block with what it is
/// told.
const MAX_COMMENT: usize = 64 * 1024;

/// A part of a page.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
    Comment(String),
}

/// An element with what is in it.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: LocalName,
    attributes: Vec<(LocalName, String)>,
    pub(crate) children: Vec<Node>,
}

impl Element {
    /// What an attribute says; `None` where it isn't there or says nothing.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| **known == *name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Whether its class has that word.
    pub(crate) fn has_class(&self, word: &str) -> bool {
        let class = self.attribute("class").unwrap_or_default();
        class.split_ascii_whitespace().any(|known| known == word)
    }

    /// Its elements, without the text between them.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        elements(&self.children)
    }

    /// The first of those names in it, at any depth.
    pub(crate) fn find(&self, names: &[&str]) -> Option<&Element> {
        self.elements().find_map(|element| {
            if names.contains(&&*element.name) {
                return Some(element);
            }
            element.find(names)
        })
    }

    /// Its text with that of all in it.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        gather(&self.children, &mut text);
        text
    }
}

/// The elements among `nodes`.
pub(crate) fn elements(nodes: &[Node]) -> impl Iterator<Item = &Element> {
    nodes.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        _ => None,
    })
}

/// The text of `nodes`, a blank where a block or a line ends.
pub(crate) fn gather(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Text(words) => text.push_str(words),
            Node::Comment(_) => {}
            Node::Element(element) => {
                let breaks = is_block(&element.name) || &*element.name == "br";
                if breaks {
                    text.push(' ');
                }
                gather(&element.children, text);
                if breaks {
                    text.push(' ');
                }
            }
        }
    }
}

/// Reads `html`; what is left out on the way is remarked.
pub(crate) fn parse(html: &str, remarks: &mut Remarks) -> Vec<Node> {
    let builder = Builder {
        site: RefCell::new(Site {
            open: Vec::new(),
            done: Vec::new(),
            remarks: Remarks::default(),
        }),
    };
    let tokenizer = Tokenizer::new(builder, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(html.into());
    // A script's end makes the tokeniser ask whether to go on.
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    let mut site = tokenizer.sink.site.into_inner();
    while site.close() {}
    remarks.append(site.remarks);
    site.done
}

struct Builder {
    site: RefCell<Site>,
}

/// The tree while it is built.
struct Site {
    open: Vec<Element>,
    done: Vec<Node>,
    remarks: Remarks,
}

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut site = self.site.borrow_mut();
        match token {
            TagToken(tag) => return site.tag(tag),
            CharacterTokens(text) => site.text(&text),
            CommentToken(text) if text.len() <= MAX_COMMENT => {
                site.put(Node::Comment(text.to_string()));
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Site {
    fn tag(&mut self, tag: Tag) -> TokenSinkResult<()> {
        match tag.kind {
            EndTag => {
                self.end(&tag.name);
                TokenSinkResult::Continue
            }
            StartTag => self.start(tag),
        }
    }

    fn start(&mut self, tag: Tag) -> TokenSinkResult<()> {
        while self
            .open
            .last()
            .is_some_and(|open| is_ended_by(&open.name, &tag.name))
        {
            self.close();
        }
        // An item ends the one before it through whatever is open in that.
        if let Some((ends, within)) = ended_through(&tag.name) {
            self.end_within(ends, within);
        }
        let mut attributes = Vec::new();
        for attribute in tag.attrs {
            let name = attribute.name.local;
            if name.len() > 2 && name.starts_with("on") {
                self.remarks.add(Remark::Handler);
            } else {
                attributes.push((name, visible(&attribute.value)));
            }
        }
        let element = Element {
            name: tag.name,
            attributes,
            children: Vec::new(),
        };
        let result = match &*element.name {
            "script" => TokenSinkResult::RawData(states::RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                TokenSinkResult::RawData(states::RawKind::Rawtext)
            }
            "textarea" | "title" => TokenSinkResult::RawData(states::RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        };
        if is_void(&element.name) || self.open.len() >= MAX_DEPTH {
            // Too deep: it is there, and what would be in it comes after it.
            self.put(Node::Element(element));
        } else {
            self.open.push(element);
        }
        result
    }

    fn end(&mut self, name: &LocalName) {
        if &**name == "br" {
            // Browsers take it for a break.
            let element = Element {
                name: name.clone(),
                attributes: Vec::new(),
                children: Vec::new(),
            };
            return self.put(Node::Element(element));
        }
        let Some(depth) = self.open.iter().rposition(|open| open.name == *name) else {
            return;
        };
        // A stray end tag within a cell doesn't end what its table is in.
        let is_wall = |open: &Element| matches!(&*open.name, "td" | "th" | "table");
        let is_part = matches!(
            &**name,
            "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "table"
        );
        if !is_part && self.open.iter().skip(depth + 1).any(is_wall) {
            return;
        }
        while self.open.len() > depth && self.close() {}
    }

    /// Ends the innermost element of the names `ends`, unless one of `within` is
    /// further in.
    fn end_within(&mut self, ends: &[&str], within: &[&str]) {
        let found = self
            .open
            .iter()
            .enumerate()
            .rev()
            .find_map(|(depth, open)| {
                if ends.contains(&&*open.name) {
                    return Some(Some(depth));
                }
                within.contains(&&*open.name).then_some(None)
            });
        if let Some(Some(depth)) = found {
            while self.open.len() > depth && self.close() {}
        }
    }

    /// Ends the innermost element. `false` where there is none.
    fn close(&mut self) -> bool {
        let Some(element) = self.open.pop() else {
            return false;
        };
        match &*element.name {
            "script" => {
                let is_data = element
                    .attribute("type")
                    .is_some_and(|kind| kind.contains("json"));
                if !is_data {
                    self.remarks.add(Remark::Script);
                }
            }
            "style" => self.remarks.add(Remark::Style),
            _ => self.put(Node::Element(element)),
        }
        true
    }

    fn text(&mut self, text: &str) {
        let text = visible(text);
        let children = match self.open.last_mut() {
            Some(open) => &mut open.children,
            None => &mut self.done,
        };
        match children.last_mut() {
            Some(Node::Text(before)) => before.push_str(&text),
            _ => children.push(Node::Text(text)),
        }
    }

    fn put(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.children.push(node),
            None => self.done.push(node),
        }
    }
}

/// Text without characters that print nothing and mean something to machines only.
/// Line breaks and tabs stay.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| {
            !matches!(
                c,
                '\u{feff}' | '\u{202d}' | '\u{202e}' | '\u{fffe}' | '\u{ffff}'
            )
        })
        .collect()
}

/// Elements that stand between blocks and not within a line.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
            | "caption"
    )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether what is `open` ends where `next` begins.
fn is_ended_by(open: &str, next: &str) -> bool {
    match open {
        "p" => is_block(next),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            matches!(next, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        }
        "option" => matches!(next, "option" | "optgroup"),
        _ => false,
    }
}

/// What `next` ends with all that is open in it, and what keeps it from that.
fn ended_through(next: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    match next {
        "li" => Some((&["li"], &["ul", "ol", "menu", "dir", "table"])),
        "dt" | "dd" => Some((&["dt", "dd"], &["dl", "table"])),
        "tr" => Some((&["tr"], &["table"])),
        "td" | "th" => Some((&["td", "th"], &["tr", "table"])),
        "thead" | "tbody" | "tfoot" => Some((&["thead", "tbody", "tfoot"], &["table"])),
        _ => None,
    }
}
